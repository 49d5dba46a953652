/* runnel-cli-log-search.h: finds a text in the logs of many runs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "cli/runnel-cli.h"
#include "log/runnel-log-pattern.h"

G_BEGIN_DECLS

int runnel_cli_log_search (RunnelLogPattern  *pattern,
                           char             **words,
                           guint              limit,
                           gboolean           as_json,
                           GError           **error);

G_END_DECLS
