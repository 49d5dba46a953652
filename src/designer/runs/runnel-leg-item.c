/* runnel-leg-item.c: one combination of a matrix step as one item of a list
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "designer/runs/runnel-leg-item.h"

struct _RunnelLegItem
{
  GObject parent_instance;

  RunnelLegFacts facts; /* its id and matrix are owned */
};

G_DEFINE_FINAL_TYPE (RunnelLegItem, runnel_leg_item, G_TYPE_OBJECT)

static guint changed_signal;

static void
runnel_leg_item_finalize (GObject *object)
{
  RunnelLegItem *self = RUNNEL_LEG_ITEM (object);

  g_free ((char *) self->facts.id);
  g_clear_pointer (&self->facts.matrix, json_object_unref);

  G_OBJECT_CLASS (runnel_leg_item_parent_class)->finalize (object);
}

static void
runnel_leg_item_class_init (RunnelLegItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = runnel_leg_item_finalize;

  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
runnel_leg_item_init (RunnelLegItem *self)
{
}

/**
 * runnel_leg_item_new:
 * @facts: what is known of the leg; copied
 *
 * Returns: (transfer full): the item
 */
RunnelLegItem *
runnel_leg_item_new (const RunnelLegFacts *facts)
{
  RunnelLegItem *self = g_object_new (RUNNEL_TYPE_LEG_ITEM, NULL);

  g_return_val_if_fail (facts != NULL && facts->id != NULL, NULL);

  self->facts = *facts;
  self->facts.id = g_strdup (facts->id);
  self->facts.matrix = facts->matrix != NULL ? json_object_ref (facts->matrix) : NULL;
  return self;
}

const RunnelLegFacts *
runnel_leg_item_get_facts (RunnelLegItem *self)
{
  g_return_val_if_fail (RUNNEL_IS_LEG_ITEM (self), NULL);

  return &self->facts;
}

static gboolean
is_same (const RunnelLegFacts *a,
         const RunnelLegFacts *b)
{
  return a->state == b->state && a->attempts == b->attempts && a->started == b->started
         && a->finished == b->finished && a->exit_code == b->exit_code;
}

/**
 * runnel_leg_item_update:
 * @facts: what is known of the same leg now
 *
 * Returns: whether anything is new
 */
gboolean
runnel_leg_item_update (RunnelLegItem        *self,
                        const RunnelLegFacts *facts)
{
  g_return_val_if_fail (RUNNEL_IS_LEG_ITEM (self), FALSE);
  g_return_val_if_fail (facts != NULL && g_str_equal (facts->id, self->facts.id), FALSE);

  if (is_same (&self->facts, facts))
    return FALSE;
  self->facts.state = facts->state;
  self->facts.attempts = facts->attempts;
  self->facts.started = facts->started;
  self->facts.finished = facts->finished;
  self->facts.exit_code = facts->exit_code;
  g_signal_emit (self, changed_signal, 0);
  return TRUE;
}

/**
 * runnel_leg_item_get_number:
 *
 * Returns: which leg of its step it is, from 1: what is behind the point in "build.2"
 */
guint
runnel_leg_item_get_number (RunnelLegItem *self)
{
  const char *point;

  g_return_val_if_fail (RUNNEL_IS_LEG_ITEM (self), 0);

  point = strrchr (self->facts.id, '.');
  return point != NULL ? g_ascii_strtoull (point + 1, NULL, 10) : 0;
}

/**
 * runnel_leg_item_get_value:
 * @axis: an axis of the matrix
 *
 * Returns: (transfer full): the leg's value of it, a text as it is and all else as JSON; "" when
 *   the leg has none
 */
char *
runnel_leg_item_get_value (RunnelLegItem *self,
                           const char    *axis)
{
  JsonNode *value = NULL;

  g_return_val_if_fail (RUNNEL_IS_LEG_ITEM (self), NULL);

  if (self->facts.matrix != NULL)
    value = json_object_get_member (self->facts.matrix, axis);
  if (value == NULL)
    return g_strdup ("");
  if (JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING)
    return json_node_dup_string (value);
  return json_to_string (value, FALSE);
}

/**
 * runnel_leg_item_get_duration:
 * @now: the present in microseconds since 1970, for a leg that is under way
 *
 * Returns: how long it took, in microseconds; -1 when it did not start
 */
gint64
runnel_leg_item_get_duration (RunnelLegItem *self,
                              gint64         now)
{
  g_return_val_if_fail (RUNNEL_IS_LEG_ITEM (self), -1);

  if (self->facts.started == 0)
    return -1;
  return MAX ((self->facts.finished > 0 ? self->facts.finished : now) - self->facts.started, 0);
}
