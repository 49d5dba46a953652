/* runnel-cli-json.h: the facts of the history as JSON
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "history/runnel-history-audit.h"

G_BEGIN_DECLS

JsonObject *runnel_cli_run_to_json      (const RunnelRunRecord      *run);
JsonObject *runnel_cli_audit_to_json    (const RunnelAuditRecord    *record);
JsonArray  *runnel_cli_steps_to_json    (GPtrArray                  *steps,
                                         GPtrArray                  *artifacts,
                                         const char                 *run_dir);
JsonObject *runnel_cli_artifact_to_json (const RunnelArtifactRecord *artifact,
                                         const char                 *run_dir);

G_END_DECLS
