/* runnel-cli-password.h: reads a value that nobody is to see
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *runnel_cli_read_password (const char  *prompt,
                                GError     **error);

G_END_DECLS
