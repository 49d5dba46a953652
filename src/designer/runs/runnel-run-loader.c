/* runnel-run-loader.c: reads of the history what rows show of runs
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A list has a hundred thousand runs and shows twenty. So an item is made when it is asked for, and
 * its record is read when a row shows it: all that came onto the screen since the last answer in
 * one question, nothing of what was scrolled past meanwhile.
 */
#include "config.h"

#include "designer/runs/runnel-run-loader.h"

struct _RunnelRunLoader
{
  GObject parent_instance;

  RunnelHistoryService *history;
  GHashTable *items;         /* as runnel_run_item_dup() wants it */
  GHashTable *shown;         /* of RunnelRunItem, owned */
  GQueue kept;               /* of RunnelRunItem, owned; shown last first */
  GHashTable *kept_links;    /* RunnelRunItem -> its GList in `kept` */
  GHashTable *stale;         /* of RunnelRunItem, not owned: shown ones to be read again */
  GArray *asked;             /* of gint64: the runs that are being read, NULL when none are */
  GCancellable *cancellable;
  guint source;
};

G_DEFINE_FINAL_TYPE (RunnelRunLoader, runnel_run_loader, G_TYPE_OBJECT)

static void queue_load (RunnelRunLoader *self);

/* --- Items that are kept ----------------------------------------------------------------- */

static void
forget (RunnelRunLoader *self,
        GList           *link)
{
  g_hash_table_remove (self->kept_links, link->data);
  g_object_unref (link->data);
  g_queue_delete_link (&self->kept, link);
}

static void
keep (RunnelRunLoader *self,
      RunnelRunItem   *item)
{
  GList *link = g_hash_table_lookup (self->kept_links, item);

  if (link != NULL)
    {
      g_queue_unlink (&self->kept, link);
      g_queue_push_head_link (&self->kept, link);
      return;
    }
  g_queue_push_head (&self->kept, g_object_ref (item));
  g_hash_table_insert (self->kept_links, item, self->kept.head);
  if (self->kept.length > RUNNEL_RUN_LOADER_KEPT)
    forget (self, self->kept.tail);
}

static void
forget_all (RunnelRunLoader *self)
{
  while (self->kept.tail != NULL)
    forget (self, self->kept.tail);
}

/* --- Reading --------------------------------------------------------------------------------- */

static GHashTable *
index_records (GPtrArray *records)
{
  GHashTable *by_run = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < records->len; i++)
    {
      RunnelRunRecord *record = g_ptr_array_index (records, i);

      g_hash_table_insert (by_run, &record->id, record);
    }
  return by_run;
}

/* A run that was asked for and of which nothing came is gone. */
static void
take_records (RunnelRunLoader *self,
              GArray          *asked,
              GPtrArray       *records)
{
  g_autoptr(GHashTable) by_run = index_records (records);

  g_ptr_array_set_free_func (records, NULL);
  for (guint i = 0; i < asked->len; i++)
    {
      gint64 run = g_array_index (asked, gint64, i);
      g_autoptr(RunnelRunItem) item = runnel_run_loader_get_item (self, run);
      RunnelRunRecord *record = g_hash_table_lookup (by_run, &run);

      g_hash_table_remove (self->stale, item);
      runnel_run_item_take (item, record);
      if (record != NULL)
        keep (self, item);
    }
}

static void
take_outlooks (RunnelRunLoader *self,
               GPtrArray       *outlooks)
{
  g_ptr_array_set_free_func (outlooks, NULL);
  for (guint i = 0; i < outlooks->len; i++)
    {
      RunnelOutlook *outlook = g_ptr_array_index (outlooks, i);
      g_autoptr(RunnelRunItem) item = runnel_run_loader_get_item (self, outlook->run);

      runnel_run_item_take_outlook (item, outlook);
    }
}

static void
outlooks_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  RunnelRunLoader *self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) outlooks =
    runnel_history_service_list_outlooks_finish (RUNNEL_HISTORY_SERVICE (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* the loader may be gone */
  g_clear_pointer (&self->asked, g_array_unref);
  if (outlooks != NULL)
    take_outlooks (self, outlooks);
  queue_load (self);
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  RunnelRunLoader *self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) records =
    runnel_history_service_load_runs_finish (RUNNEL_HISTORY_SERVICE (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* the loader may be gone */
  if (records == NULL)
    { /* whoever asks for the list hears of it; the rows wait for the next reload */
      g_clear_pointer (&self->asked, g_array_unref);
      return;
    }
  take_records (self, self->asked, records);
  runnel_history_service_list_outlooks_async (self->history, (const gint64 *) self->asked->data,
                                              self->asked->len, self->cancellable, outlooks_cb,
                                              self);
}

static gboolean
is_wanted (RunnelRunLoader *self,
           RunnelRunItem   *item)
{
  return g_hash_table_contains (self->stale, item)
         || (runnel_run_item_get_record (item) == NULL && !runnel_run_item_is_gone (item));
}

static GArray *
list_wanted (RunnelRunLoader *self)
{
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer item;

  g_hash_table_iter_init (&iter, self->shown);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    if (is_wanted (self, item))
      {
        gint64 run = runnel_run_item_get_run (item);

        g_array_append_val (runs, run);
      }
  return runs;
}

static gboolean
load_cb (gpointer user_data)
{
  RunnelRunLoader *self = user_data;
  g_autoptr(GArray) runs = list_wanted (self);

  self->source = 0;
  if (runs->len == 0)
    return G_SOURCE_REMOVE;
  self->asked = g_steal_pointer (&runs);
  runnel_history_service_load_runs_async (self->history, (const gint64 *) self->asked->data,
                                          self->asked->len, self->cancellable, loaded_cb, self);
  return G_SOURCE_REMOVE;
}

/* Once the frame is out in which the rows came. */
static void
queue_load (RunnelRunLoader *self)
{
  if (self->source == 0 && self->asked == NULL)
    self->source = g_idle_add (load_cb, self);
}

/* --- The object --------------------------------------------------------------------------------- */

static void
runnel_run_loader_dispose (GObject *object)
{
  RunnelRunLoader *self = RUNNEL_RUN_LOADER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->source, g_source_remove);
  g_hash_table_remove_all (self->stale);
  g_hash_table_remove_all (self->shown);
  forget_all (self);

  G_OBJECT_CLASS (runnel_run_loader_parent_class)->dispose (object);
}

static void
runnel_run_loader_finalize (GObject *object)
{
  RunnelRunLoader *self = RUNNEL_RUN_LOADER (object);

  g_clear_pointer (&self->asked, g_array_unref);
  g_hash_table_unref (self->stale);
  g_hash_table_unref (self->shown);
  g_hash_table_unref (self->kept_links);
  g_hash_table_unref (self->items);
  g_object_unref (self->cancellable);
  g_object_unref (self->history);

  G_OBJECT_CLASS (runnel_run_loader_parent_class)->finalize (object);
}

static void
runnel_run_loader_class_init (RunnelRunLoaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = runnel_run_loader_dispose;
  object_class->finalize = runnel_run_loader_finalize;
}

static void
runnel_run_loader_init (RunnelRunLoader *self)
{
  self->items = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->shown = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->stale = g_hash_table_new (NULL, NULL);
  self->kept_links = g_hash_table_new (NULL, NULL);
  self->cancellable = g_cancellable_new ();
}

/**
 * runnel_run_loader_new:
 * @history: what is read
 *
 * Returns: (transfer full): the loader
 */
RunnelRunLoader *
runnel_run_loader_new (RunnelHistoryService *history)
{
  RunnelRunLoader *self;

  g_return_val_if_fail (RUNNEL_IS_HISTORY_SERVICE (history), NULL);

  self = g_object_new (RUNNEL_TYPE_RUN_LOADER, NULL);
  self->history = g_object_ref (history);
  return self;
}

/**
 * runnel_run_loader_get_item:
 * @self: a loader
 * @run: the number of a run
 *
 * Costs no reading: the record comes when the item is shown.
 *
 * Returns: (transfer full): the item of the run, the same one as long as anybody holds it
 */
RunnelRunItem *
runnel_run_loader_get_item (RunnelRunLoader *self,
                            gint64           run)
{
  g_return_val_if_fail (RUNNEL_IS_RUN_LOADER (self), NULL);

  return runnel_run_item_dup (self->items, run);
}

/**
 * runnel_run_loader_show:
 * @self: a loader
 * @item: one of its items, which a row shows from now on
 */
void
runnel_run_loader_show (RunnelRunLoader *self,
                        RunnelRunItem   *item)
{
  g_return_if_fail (RUNNEL_IS_RUN_LOADER (self));
  g_return_if_fail (RUNNEL_IS_RUN_ITEM (item));

  g_hash_table_add (self->shown, g_object_ref (item));
  if (runnel_run_item_get_record (item) != NULL)
    keep (self, item);
  else
    queue_load (self);
}

/**
 * runnel_run_loader_hide:
 * @self: a loader
 * @item: one of its items, which no row shows any more
 */
void
runnel_run_loader_hide (RunnelRunLoader *self,
                        RunnelRunItem   *item)
{
  g_return_if_fail (RUNNEL_IS_RUN_LOADER (self));
  g_return_if_fail (RUNNEL_IS_RUN_ITEM (item));

  g_hash_table_remove (self->stale, item);
  g_hash_table_remove (self->shown, item);
}

static void
reload (RunnelRunLoader *self,
        gboolean         only_active)
{
  GHashTableIter iter;
  gpointer item;

  g_hash_table_iter_init (&iter, self->shown);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    if (!only_active || runnel_run_item_is_active (item))
      g_hash_table_add (self->stale, item);
  queue_load (self);
}

/**
 * runnel_run_loader_reload_active:
 * @self: a loader
 *
 * Reads again those runs on the screen that go on.
 */
void
runnel_run_loader_reload_active (RunnelRunLoader *self)
{
  g_return_if_fail (RUNNEL_IS_RUN_LOADER (self));

  reload (self, TRUE);
}

/**
 * runnel_run_loader_reload:
 * @self: a loader
 *
 * Reads again all runs on the screen, and others when they come there: something in the history is
 * not as it was.
 */
void
runnel_run_loader_reload (RunnelRunLoader *self)
{
  g_return_if_fail (RUNNEL_IS_RUN_LOADER (self));

  forget_all (self);
  reload (self, FALSE);
}
