/* runnel-legs.h: the bar on the card of a matrix step: how its legs stand
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#include "engine/runnel-state.h"

G_BEGIN_DECLS

/* How many legs are in each state. */
typedef struct
{
  guint counts[RUNNEL_N_STATES];
} RunnelLegs;

/* What a part of the bar looks like, beside its colour. */
typedef enum
{
  RUNNEL_LEGS_SOLID,   /* succeeded */
  RUNNEL_LEGS_TALL,    /* a failure of any kind stands out above the others */
  RUNNEL_LEGS_HATCHED, /* under way */
  RUNNEL_LEGS_LINE,    /* not started yet */
  RUNNEL_LEGS_DOTTED,  /* will not run any more */
} RunnelLegsPattern;

typedef struct
{
  RunnelState state;
  RunnelLegsPattern pattern;
  double start;
  double end;
} RunnelLegsPart;

gboolean runnel_legs_equal (const RunnelLegs *self,
                            const RunnelLegs *other);
guint    runnel_legs_count (const RunnelLegs *self);
guint    runnel_legs_split (const RunnelLegs *self,
                            double            width,
                            RunnelLegsPart    ret_parts[RUNNEL_N_STATES]);

G_END_DECLS
