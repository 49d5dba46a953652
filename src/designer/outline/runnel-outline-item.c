/* runnel-outline-item.c: a step or a group in the outline
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/outline/runnel-outline-item.h"

struct _RunnelOutlineItem
{
  GObject parent_instance;

  char *id;
  gboolean is_group;
  gboolean is_inside;
};

enum
{
  CHANGED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (RunnelOutlineItem, runnel_outline_item, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static void
runnel_outline_item_finalize (GObject *object)
{
  g_clear_pointer (&RUNNEL_OUTLINE_ITEM (object)->id, g_free);
  G_OBJECT_CLASS (runnel_outline_item_parent_class)->finalize (object);
}

static void
runnel_outline_item_class_init (RunnelOutlineItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = runnel_outline_item_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
runnel_outline_item_init (RunnelOutlineItem *self)
{
}

/**
 * runnel_outline_item_new:
 * @id: of a step or a group
 * @is_group: which of them it is
 * @is_inside: whether a group is around the step
 *
 * Returns: (transfer full): the item
 */
RunnelOutlineItem *
runnel_outline_item_new (const char *id,
                         gboolean    is_group,
                         gboolean    is_inside)
{
  RunnelOutlineItem *self;

  g_return_val_if_fail (id != NULL, NULL);

  self = g_object_new (RUNNEL_TYPE_OUTLINE_ITEM, NULL);
  self->id = g_strdup (id);
  self->is_group = is_group;
  self->is_inside = is_inside;
  return self;
}

const char *
runnel_outline_item_get_id (RunnelOutlineItem *self)
{
  g_return_val_if_fail (RUNNEL_IS_OUTLINE_ITEM (self), NULL);

  return self->id;
}

gboolean
runnel_outline_item_is_group (RunnelOutlineItem *self)
{
  g_return_val_if_fail (RUNNEL_IS_OUTLINE_ITEM (self), FALSE);

  return self->is_group;
}

gboolean
runnel_outline_item_is_inside (RunnelOutlineItem *self)
{
  g_return_val_if_fail (RUNNEL_IS_OUTLINE_ITEM (self), FALSE);

  return self->is_inside;
}

void
runnel_outline_item_changed (RunnelOutlineItem *self)
{
  g_return_if_fail (RUNNEL_IS_OUTLINE_ITEM (self));

  g_signal_emit (self, signals[CHANGED], 0);
}
