/* runnel-added-step.h: what is known of a step that a run has beyond those in its file
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What a step is to its run. Stored as numbers in the history: append only. */
typedef enum
{
  RUNNEL_ROLE_STEP, /* it stands in the file's `steps` */
  RUNNEL_ROLE_LEG,  /* one combination of a matrix: "build.2" */
  RUNNEL_ROLE_UNDO, /* takes back what another step did: "deploy.undo" */
  RUNNEL_ROLE_HOOK, /* stands in the file's `hooks` */
  RUNNEL_N_ROLES
} RunnelRole;

const char *runnel_role_to_string       (RunnelRole             self);
gboolean    runnel_role_from_string     (const char            *text,
                                         RunnelRole            *ret_role);

/* The details of step-added. Strings and objects belong to whoever made it. */
typedef struct
{
  RunnelRole role;
  const char *parent;  /* id of the step it belongs to, or NULL */
  const char *name;    /* the title people see, or NULL: its id */
  const char *kind;
  JsonObject *matrix;  /* of a leg: its values by axis, or NULL */
} RunnelAddedStep;

JsonObject *runnel_added_step_to_json   (const RunnelAddedStep *self);
gboolean    runnel_added_step_from_json (JsonObject            *details,
                                         RunnelAddedStep       *ret_step);

G_END_DECLS
