/* runnel-run-item.c: a run as one item of a list
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/runs/runnel-run-item.h"

struct _RunnelRunItem
{
  GObject parent_instance;

  RunnelRunRecord *record;
};

G_DEFINE_FINAL_TYPE (RunnelRunItem, runnel_run_item, G_TYPE_OBJECT)

static guint changed_signal;

static void
runnel_run_item_finalize (GObject *object)
{
  RunnelRunItem *self = RUNNEL_RUN_ITEM (object);

  g_clear_pointer (&self->record, runnel_run_record_free);

  G_OBJECT_CLASS (runnel_run_item_parent_class)->finalize (object);
}

static void
runnel_run_item_class_init (RunnelRunItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = runnel_run_item_finalize;

  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
runnel_run_item_init (RunnelRunItem *self)
{
}

/**
 * runnel_run_item_new:
 * @record: (transfer full): what history says of a run
 *
 * Returns: (transfer full): the item
 */
RunnelRunItem *
runnel_run_item_new (RunnelRunRecord *record)
{
  g_return_val_if_fail (record != NULL, NULL);

  RunnelRunItem *self = g_object_new (RUNNEL_TYPE_RUN_ITEM, NULL);
  self->record = record;
  return self;
}

const RunnelRunRecord *
runnel_run_item_get_record (RunnelRunItem *self)
{
  g_return_val_if_fail (RUNNEL_IS_RUN_ITEM (self), NULL);

  return self->record;
}

/* Whether a row would look the same. */
static gboolean
is_same (const RunnelRunRecord *a,
         const RunnelRunRecord *b)
{
  return a->state == b->state && a->finished == b->finished && g_strcmp0 (a->reason, b->reason) == 0
         && a->n_steps == b->n_steps
         && memcmp (a->n_by_state, b->n_by_state, sizeof a->n_by_state) == 0;
}

/**
 * runnel_run_item_take:
 * @self: a run item
 * @record: (transfer full): what history says of the same run now
 *
 * Replaces the record, and says so when anything in it is new.
 */
void
runnel_run_item_take (RunnelRunItem   *self,
                      RunnelRunRecord *record)
{
  g_return_if_fail (RUNNEL_IS_RUN_ITEM (self));
  g_return_if_fail (record != NULL && record->id == self->record->id);

  gboolean same = is_same (self->record, record);
  runnel_run_record_free (self->record);
  self->record = record;
  if (!same)
    g_signal_emit (self, changed_signal, 0);
}
