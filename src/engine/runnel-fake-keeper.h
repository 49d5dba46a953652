/* runnel-fake-keeper.h: a keeper for tests: answers are told, time passes on a clock
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/runnel-keeper.h"

G_BEGIN_DECLS

/* What becomes of one step. Zero: nothing is found, everything is kept at once. */
typedef struct
{
  gint64 look_up_time;    /* microseconds; a cancel ends it */
  gint64 reused;          /* the run whose result is found, 0 = none */
  JsonObject *outputs;    /* (transfer none): of the result that is found, or NULL */
  const char *found_why;  /* NULL = "nothing is cached yet" */
  gint64 keep_time;       /* microseconds; a cancel ends it */
  const char *error;      /* why the artifacts can't be kept, or NULL */
  const char *note;
  JsonArray *artifacts;   /* (transfer none): found or kept, or NULL */
} RunnelFakeKept;

/* What is asked is written down as "look-up build", "keep build" or
 * "keep-only-artifacts build", in order. */
RunnelKeeper      *runnel_fake_keeper_new       (RunnelClock           *clock);
void               runnel_fake_keeper_tell      (RunnelKeeper          *self,
                                                 const char            *step,
                                                 const RunnelFakeKept  *kept);
const char *const *runnel_fake_keeper_get_calls (RunnelKeeper          *self);
JsonObject        *runnel_fake_keeper_get_parts (RunnelKeeper          *self,
                                                 const char            *step);
const char        *runnel_fake_keeper_get_base  (RunnelKeeper          *self,
                                                 const char            *step);
guint              runnel_fake_keeper_get_open  (RunnelKeeper          *self);

G_END_DECLS
