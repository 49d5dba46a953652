/* runnel-reference.h: where expressions name steps
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "model/runnel-step.h"

G_BEGIN_DECLS

/* `steps.ID`, `steps.ID.MEMBER` or `steps.ID.outputs.NAME` in an expression, however it is written. */
typedef struct
{
  const char *id;
  const char *member; /* or NULL */
  const char *name;   /* of an output, or NULL */
  const char *text;   /* as it stands in the expression */
  gsize id_start;     /* where in `text` what follows `steps` begins */
  gsize length;       /* of `text`, in bytes */
} RunnelReference;

/* Returns (transfer full): what is to stand in its place, or NULL to leave it. */
typedef char *(*RunnelReferenceFunc) (const RunnelReference *reference,
                                      gpointer               user_data);

JsonNode   *runnel_reference_replace_in_json (JsonNode            *value,
                                              RunnelReferenceFunc  replace,
                                              gpointer             user_data);

/* `names` maps old ids to new ones. */
char       *runnel_reference_rename         (const char *text,
                                             gboolean    whole,
                                             GHashTable *names);
JsonNode   *runnel_reference_rename_in_json (JsonNode   *value,
                                             GHashTable *names);
RunnelStep *runnel_reference_rename_in_step (RunnelStep *step,
                                             GHashTable *names);

G_END_DECLS
