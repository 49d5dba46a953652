/* runnel-pair-item.c: a step of two runs in a list
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/charts/runnel-pair-item.h"

struct _RunnelPairItem
{
  GObject parent_instance;

  RunnelTimingDiff *diff;
  guint pair;
};

G_DEFINE_FINAL_TYPE (RunnelPairItem, runnel_pair_item, G_TYPE_OBJECT)

static void
runnel_pair_item_finalize (GObject *object)
{
  runnel_timing_diff_unref (RUNNEL_PAIR_ITEM (object)->diff);
  G_OBJECT_CLASS (runnel_pair_item_parent_class)->finalize (object);
}

static void
runnel_pair_item_class_init (RunnelPairItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = runnel_pair_item_finalize;
}

static void
runnel_pair_item_init (RunnelPairItem *self)
{
}

/**
 * runnel_pair_item_new:
 * @diff: a comparison
 * @pair: one of its pairs
 *
 * Returns: (transfer full): an item for the pair
 */
RunnelPairItem *
runnel_pair_item_new (RunnelTimingDiff *diff,
                      guint             pair)
{
  RunnelPairItem *self = g_object_new (RUNNEL_TYPE_PAIR_ITEM, NULL);

  self->diff = runnel_timing_diff_ref (diff);
  self->pair = pair;
  return self;
}

/**
 * runnel_pair_item_get_diff:
 * @self: an item
 *
 * Returns: (transfer none): its comparison
 */
const RunnelTimingDiff *
runnel_pair_item_get_diff (RunnelPairItem *self)
{
  g_return_val_if_fail (RUNNEL_IS_PAIR_ITEM (self), NULL);

  return self->diff;
}

/**
 * runnel_pair_item_get_pair:
 * @self: an item
 *
 * Returns: its pair
 */
guint
runnel_pair_item_get_pair (RunnelPairItem *self)
{
  g_return_val_if_fail (RUNNEL_IS_PAIR_ITEM (self), 0);

  return self->pair;
}
