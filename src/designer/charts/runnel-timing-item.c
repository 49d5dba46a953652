/* runnel-timing-item.c: a step in a table of the timing
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/charts/runnel-timing-item.h"

struct _RunnelTimingItem
{
  GObject parent_instance;

  RunnelTiming *timing;
  guint row;
  guint depth;
};

G_DEFINE_FINAL_TYPE (RunnelTimingItem, runnel_timing_item, G_TYPE_OBJECT)

static guint changed_signal;

static void
runnel_timing_item_finalize (GObject *object)
{
  runnel_timing_unref (RUNNEL_TIMING_ITEM (object)->timing);
  G_OBJECT_CLASS (runnel_timing_item_parent_class)->finalize (object);
}

static void
runnel_timing_item_class_init (RunnelTimingItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = runnel_timing_item_finalize;
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
runnel_timing_item_init (RunnelTimingItem *self)
{
}

/**
 * runnel_timing_item_new:
 * @timing: a timing
 * @row: one of its rows
 * @depth: of lines that it is inside of
 *
 * Returns: (transfer full): an item for the row
 */
RunnelTimingItem *
runnel_timing_item_new (RunnelTiming *timing,
                        guint         row,
                        guint         depth)
{
  RunnelTimingItem *self = g_object_new (RUNNEL_TYPE_TIMING_ITEM, NULL);

  self->timing = runnel_timing_ref (timing);
  self->row = row;
  self->depth = depth;
  return self;
}

/**
 * runnel_timing_item_set_timing:
 * @self: an item
 * @timing: a later picture of the same run
 * @row: the same step in it
 */
void
runnel_timing_item_set_timing (RunnelTimingItem *self,
                               RunnelTiming     *timing,
                               guint             row)
{
  RunnelTiming *old;

  g_return_if_fail (RUNNEL_IS_TIMING_ITEM (self));

  old = self->timing;
  self->timing = runnel_timing_ref (timing);
  self->row = row;
  runnel_timing_unref (old);
  g_signal_emit (self, changed_signal, 0);
}

/**
 * runnel_timing_item_get_id:
 * @self: an item
 *
 * Returns: (transfer none): the id of its step
 */
const char *
runnel_timing_item_get_id (RunnelTimingItem *self)
{
  g_return_val_if_fail (RUNNEL_IS_TIMING_ITEM (self), NULL);

  return self->timing->rows[self->row].id;
}

/**
 * runnel_timing_item_get_depth:
 * @self: an item
 *
 * Returns: how many lines it is inside of
 */
guint
runnel_timing_item_get_depth (RunnelTimingItem *self)
{
  g_return_val_if_fail (RUNNEL_IS_TIMING_ITEM (self), 0);

  return self->depth;
}

/**
 * runnel_timing_item_get_state:
 * @self: an item
 *
 * Returns: the state of its step
 */
RunnelState
runnel_timing_item_get_state (RunnelTimingItem *self)
{
  g_return_val_if_fail (RUNNEL_IS_TIMING_ITEM (self), RUNNEL_STATE_PENDING);

  return self->timing->rows[self->row].state;
}

/**
 * runnel_timing_item_get_text:
 * @self: an item
 * @column: a column
 *
 * Returns: (transfer full): what stands there
 */
char *
runnel_timing_item_get_text (RunnelTimingItem   *self,
                             RunnelTimingColumn  column)
{
  g_return_val_if_fail (RUNNEL_IS_TIMING_ITEM (self), NULL);

  return runnel_timing_get_text (self->timing, self->row, column);
}

/**
 * runnel_timing_item_compare:
 * @self: an item
 * @other: another one
 * @column: a column
 *
 * Returns: below 0, 0 or above 0, as the one comes before the other
 */
int
runnel_timing_item_compare (RunnelTimingItem   *self,
                            RunnelTimingItem   *other,
                            RunnelTimingColumn  column)
{
  gint64 left, right;

  g_return_val_if_fail (RUNNEL_IS_TIMING_ITEM (self) && RUNNEL_IS_TIMING_ITEM (other), 0);

  if (column == RUNNEL_TIMING_STEP)
    return g_utf8_collate (self->timing->rows[self->row].title,
                           other->timing->rows[other->row].title);
  left = runnel_timing_get_number (self->timing, self->row, column);
  right = runnel_timing_get_number (other->timing, other->row, column);
  return (left > right) - (left < right);
}
