/* runnel-run-item.c: a run as one item of a list
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "designer/runs/runnel-run-item.h"

struct _RunnelRunItem
{
  GObject parent_instance;

  gint64 run;
  GHashTable *items;       /* &run -> RunnelRunItem: where it is found as long as it lives */
  RunnelRunRecord *record; /* NULL until it was read */
  RunnelOutlook *outlook;  /* or NULL */
  gboolean is_gone;        /* there was nothing to be read */
};

G_DEFINE_FINAL_TYPE (RunnelRunItem, runnel_run_item, G_TYPE_OBJECT)

static guint changed_signal;

static void
runnel_run_item_finalize (GObject *object)
{
  RunnelRunItem *self = RUNNEL_RUN_ITEM (object);

  g_hash_table_remove (self->items, &self->run);
  g_hash_table_unref (self->items);
  g_clear_pointer (&self->record, runnel_run_record_free);
  g_clear_pointer (&self->outlook, runnel_outlook_free);

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
 * runnel_run_item_dup:
 * @items: (element-type gint64 RunnelRunItem): the items that anybody holds, by run
 * @run: the number of a run
 *
 * Returns: (transfer full): the item of @items, or a new one without a record, which is among
 *   @items until nobody holds it any more
 */
RunnelRunItem *
runnel_run_item_dup (GHashTable *items,
                     gint64      run)
{
  RunnelRunItem *self;

  g_return_val_if_fail (items != NULL, NULL);

  self = g_hash_table_lookup (items, &run);
  if (self != NULL)
    return g_object_ref (self);

  self = g_object_new (RUNNEL_TYPE_RUN_ITEM, NULL);
  self->run = run;
  self->items = g_hash_table_ref (items);
  g_hash_table_insert (items, &self->run, self);
  return self;
}

gint64
runnel_run_item_get_run (RunnelRunItem *self)
{
  g_return_val_if_fail (RUNNEL_IS_RUN_ITEM (self), 0);

  return self->run;
}

/**
 * runnel_run_item_get_record:
 * @self: a run item
 *
 * Returns: (transfer none) (nullable): what history says of the run; %NULL until it was read, and
 *   when the run is not there any more
 */
const RunnelRunRecord *
runnel_run_item_get_record (RunnelRunItem *self)
{
  g_return_val_if_fail (RUNNEL_IS_RUN_ITEM (self), NULL);

  return self->record;
}

/**
 * runnel_run_item_is_gone:
 * @self: a run item
 *
 * Returns: whether the run was deleted before it could be read
 */
gboolean
runnel_run_item_is_gone (RunnelRunItem *self)
{
  g_return_val_if_fail (RUNNEL_IS_RUN_ITEM (self), FALSE);

  return self->is_gone;
}

/**
 * runnel_run_item_is_active:
 * @self: a run item
 *
 * Returns: whether the run was not over when it was read
 */
gboolean
runnel_run_item_is_active (RunnelRunItem *self)
{
  g_return_val_if_fail (RUNNEL_IS_RUN_ITEM (self), FALSE);

  return self->record != NULL && !runnel_state_is_terminal (self->record->state);
}

/* Whether a row would look the same. */
static gboolean
is_same (const RunnelRunRecord *a,
         const RunnelRunRecord *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return a->state == b->state && a->started == b->started && a->finished == b->finished
         && g_strcmp0 (a->reason, b->reason) == 0 && a->n_steps == b->n_steps
         && a->pinned == b->pinned && g_strv_equal ((const char *const *) a->labels,
                                                    (const char *const *) b->labels)
         && memcmp (a->n_by_state, b->n_by_state, sizeof a->n_by_state) == 0;
}

/**
 * runnel_run_item_take:
 * @self: a run item
 * @record: (transfer full) (nullable): what history says of the run now; %NULL when it is gone
 *
 * Replaces the record, and says so when anything in it is new.
 */
void
runnel_run_item_take (RunnelRunItem   *self,
                      RunnelRunRecord *record)
{
  gboolean same;

  g_return_if_fail (RUNNEL_IS_RUN_ITEM (self));
  g_return_if_fail (record == NULL || record->id == self->run);

  same = is_same (self->record, record) && self->is_gone == (record == NULL);
  g_clear_pointer (&self->record, runnel_run_record_free);
  self->record = record;
  self->is_gone = record == NULL;
  if (!same)
    g_signal_emit (self, changed_signal, 0);
}

/**
 * runnel_run_item_get_usual:
 * @self: a run item
 *
 * Returns: how long such a run usually takes, in microseconds; 0 when that is not known
 */
gint64
runnel_run_item_get_usual (RunnelRunItem *self)
{
  g_return_val_if_fail (RUNNEL_IS_RUN_ITEM (self), 0);

  return self->outlook != NULL ? self->outlook->usual : 0;
}

/**
 * runnel_run_item_describe_current:
 * @self: a run item
 *
 * Returns: (transfer full) (nullable): which steps run now: "Unit tests and 2 more"
 */
char *
runnel_run_item_describe_current (RunnelRunItem *self)
{
  guint n_more;

  g_return_val_if_fail (RUNNEL_IS_RUN_ITEM (self), NULL);

  if (self->outlook == NULL || self->outlook->current == NULL)
    return NULL;
  n_more = self->outlook->n_current - 1;
  if (n_more == 0)
    return g_strdup (self->outlook->current);
  /* translators: the title of a step that runs now, and how many others do */
  return g_strdup_printf (ngettext ("%s and %u more", "%s and %u more", n_more),
                          self->outlook->current, n_more);
}

/* The first line only: a row has no more. */
static char *
get_first_line (const char *text)
{
  return g_strndup (text, strcspn (text, "\n"));
}

/**
 * runnel_run_item_describe_failure:
 * @self: a run item
 *
 * Returns: (transfer full) (nullable): what went wrong first, on one line: "Unit tests: exit status
 *   1"; %NULL when nothing did
 */
char *
runnel_run_item_describe_failure (RunnelRunItem *self)
{
  const RunnelOutlook *outlook;
  g_autofree char *reason = NULL;

  g_return_val_if_fail (RUNNEL_IS_RUN_ITEM (self), NULL);

  outlook = self->outlook;
  if (outlook == NULL || outlook->culprit == NULL)
    return self->record != NULL && self->record->reason != NULL
             ? get_first_line (self->record->reason) : NULL;
  if (outlook->reason == NULL)
    return g_strdup (outlook->culprit);
  reason = get_first_line (outlook->reason);
  /* translators: the title of a step, and why it failed */
  return g_strdup_printf (_("%s: %s"), outlook->culprit, reason);
}

static gboolean
is_same_outlook (const RunnelOutlook *a,
                 const RunnelOutlook *b)
{
  return a != NULL && a->usual == b->usual && a->n_current == b->n_current
         && g_strcmp0 (a->current, b->current) == 0 && g_strcmp0 (a->culprit, b->culprit) == 0
         && g_strcmp0 (a->reason, b->reason) == 0;
}

/**
 * runnel_run_item_take_outlook:
 * @self: a run item
 * @outlook: (transfer full): what the run does now, and how long it probably takes
 */
void
runnel_run_item_take_outlook (RunnelRunItem *self,
                              RunnelOutlook *outlook)
{
  gboolean same;

  g_return_if_fail (RUNNEL_IS_RUN_ITEM (self));
  g_return_if_fail (outlook != NULL && outlook->run == self->run);

  same = is_same_outlook (self->outlook, outlook);
  g_clear_pointer (&self->outlook, runnel_outlook_free);
  self->outlook = outlook;
  if (!same)
    g_signal_emit (self, changed_signal, 0);
}
