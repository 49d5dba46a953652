/* runnel-action-rows.h: the rows that a step, its undo and a hook have in common
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/inspector/runnel-form.h"

G_BEGIN_DECLS

/* What a step, an undo and a hook do is written with the same members; in a form their keys begin
 * with a prefix: "timeout" is the step's, "undo.timeout" that of its undo. Rows go into the last
 * group of the form. */
void      runnel_action_rows_add_kind        (RunnelForm *form,
                                              const char *prefix,
                                              gboolean    is_optional);
void      runnel_action_rows_add_fields      (RunnelForm *form,
                                              const char *prefix,
                                              const char *kind,
                                              GFile      *base);
void      runnel_action_rows_add_environment (RunnelForm *form,
                                              const char *prefix);
void      runnel_action_rows_add_timeout     (RunnelForm *form,
                                              const char *prefix);
void      runnel_action_rows_add_retry       (RunnelForm *form,
                                              const char *prefix);

const char *runnel_action_get_kind           (JsonNode   *action);
JsonNode   *runnel_action_with_kind          (JsonNode   *action,
                                              JsonNode   *kind);

G_END_DECLS
