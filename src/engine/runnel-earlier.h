/* runnel-earlier.h: what is known of a run that is over, for another that takes it up
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "engine/runnel-added-step.h"
#include "engine/runnel-state.h"

G_BEGIN_DECLS

/* How a step of it ended. */
typedef struct
{
  char *id;
  RunnelRole role;
  char *parent;        /* id of the step that a leg or an undo belongs to, or NULL */
  JsonObject *matrix;  /* of a leg: its values by axis, or NULL */
  RunnelState state;   /* pending: it never came to an end */
  gboolean tolerated;
  gboolean undone;     /* what it did, or a leg of it, was taken back since */
  guint n_attempts;
  int exit_code;       /* of the last attempt, -1 = none */
  JsonObject *outputs; /* or NULL */
  JsonArray *artifacts; /* that are still there: [{"path", "size", "sha256"}], or NULL */
} RunnelEarlierStep;

typedef struct
{
  gint64 run;
  GPtrArray *steps;  /* of RunnelEarlierStep: those of the file, then added ones as they came */
  GHashTable *by_id; /* id -> RunnelEarlierStep */
} RunnelEarlier;

RunnelEarlier           *runnel_earlier_new        (gint64               run);
void                     runnel_earlier_free       (RunnelEarlier       *self);
void                     runnel_earlier_take       (RunnelEarlier       *self,
                                                    RunnelEarlierStep   *step);
const RunnelEarlierStep *runnel_earlier_find       (const RunnelEarlier *self,
                                                    const char          *id);
const RunnelEarlierStep *runnel_earlier_find_leg   (const RunnelEarlier *self,
                                                    const char          *parent,
                                                    JsonObject          *matrix);
GPtrArray               *runnel_earlier_list_undos (const RunnelEarlier *self,
                                                    GHashTable          *undone,
                                                    const char          *to,
                                                    GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelEarlier, runnel_earlier_free)

G_END_DECLS
