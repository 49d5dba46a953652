/* runnel-cli-request.h: asks a run that is under way for something
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "cli/runnel-cli.h"

G_BEGIN_DECLS

gboolean runnel_cli_request (gint64       run,
                             const char  *request,
                             const char  *step,
                             const char  *comment,
                             GError     **error);

G_END_DECLS
