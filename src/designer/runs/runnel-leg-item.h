/* runnel-leg-item.h: one combination of a matrix step as one item of a list
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "engine/runnel-state.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_LEG_ITEM (runnel_leg_item_get_type ())
G_DECLARE_FINAL_TYPE (RunnelLegItem, runnel_leg_item, RUNNEL, LEG_ITEM, GObject)

/* What is known of a leg. Times in microseconds since 1970, 0 = not yet. */
typedef struct
{
  const char *id;
  JsonObject *matrix; /* its values by axis, or NULL */
  RunnelState state;
  guint attempts;
  gint64 started;
  gint64 finished;
  int exit_code;      /* of the newest attempt, -1 = none */
} RunnelLegFacts;

/* Signal "changed" (): the facts are others now. */

RunnelLegItem        *runnel_leg_item_new          (const RunnelLegFacts *facts);
const RunnelLegFacts *runnel_leg_item_get_facts    (RunnelLegItem        *self);
gboolean              runnel_leg_item_update       (RunnelLegItem        *self,
                                                    const RunnelLegFacts *facts);
guint                 runnel_leg_item_get_number   (RunnelLegItem        *self);
char                 *runnel_leg_item_get_value    (RunnelLegItem        *self,
                                                    const char           *axis);
gint64                runnel_leg_item_get_duration (RunnelLegItem        *self,
                                                    gint64                now);

G_END_DECLS
