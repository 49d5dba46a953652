/* runnel-cli-detach.h: a run that goes on when the command that started it has returned
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean runnel_cli_detach      (int      *ret_code,
                                 GError  **error);
void     runnel_cli_detach_tell (gint64    run);

G_END_DECLS
