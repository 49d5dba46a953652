/* runnel-log-hunter.c: a search through the logs of many runs, as a list that fills
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The history says which runs there are, a #RunnelLogHunt looks through their logs in threads, and
 * what it tells goes into the list when the application has nothing better to do.
 */
#include "config.h"

#include "designer/logs/runnel-log-hunter.h"

/* Nobody reads more; who gets as many looks for something else. */
#define MAX_LINES 5000

struct _RunnelLogHunter
{
  GObject parent_instance;

  RunnelHistoryService *history;
  GListStore *items;         /* of RunnelLogHitItem: a run, its lines, the next run... */
  GPtrArray *pending;        /* of RunnelLogHitItem: not in the list yet */
  guint flush_source;

  RunnelLogPattern *pattern; /* what is looked for; NULL = nothing was, since it was cleared */
  GCancellable *cancellable; /* of asking the history; NULL = it is not asked */
  RunnelLogHunt *hunt;       /* NULL when none is under way */
  gint64 last_run;           /* the one with the last heading */
  guint n_lines;
  guint n_found;             /* runs with such lines */
  guint n_searched;
  guint n_runs;
  gboolean is_stopped;
  gboolean has_more;
  char *problem;             /* why the history can't be read, or NULL */
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (RunnelLogHunter, runnel_log_hunter, G_TYPE_OBJECT)

static void
changed (RunnelLogHunter *self)
{
  g_signal_emit (self, changed_signal, 0);
}

/* --- What is found --------------------------------------------------------------------- */

static void
flush (RunnelLogHunter *self)
{
  g_clear_handle_id (&self->flush_source, g_source_remove);
  if (self->pending->len > 0)
    g_list_store_splice (self->items, g_list_model_get_n_items (G_LIST_MODEL (self->items)), 0,
                         self->pending->pdata, self->pending->len);
  g_ptr_array_set_size (self->pending, 0);
}

static gboolean
flush_cb (gpointer user_data)
{
  RunnelLogHunter *self = user_data;

  self->flush_source = 0;
  flush (self);
  changed (self);
  return G_SOURCE_REMOVE;
}

static void
hit_cb (const RunnelLogHit *hit,
        gpointer            user_data)
{
  RunnelLogHunter *self = user_data;

  if (hit->run != self->last_run)
    {
      g_ptr_array_add (self->pending, runnel_log_hit_item_new_run (hit->run));
      self->last_run = hit->run;
      self->n_found++;
    }
  g_ptr_array_add (self->pending, runnel_log_hit_item_new (hit));
  self->n_lines++;
}

static void
next_cb (gpointer user_data)
{
  RunnelLogHunter *self = user_data;

  self->n_searched = runnel_log_hunt_get_n_runs (self->hunt);
  if (self->flush_source == 0)
    self->flush_source = g_idle_add (flush_cb, self);
}

/* The hunt itself calls: it is let go of later. */
static void
done_cb (gpointer user_data)
{
  RunnelLogHunter *self = user_data;

  self->has_more = runnel_log_hunt_has_more (self->hunt);
  flush (self);
  changed (self);
}

/* --- Where is looked --------------------------------------------------------------------- */

static void
hunt (RunnelLogHunter *self,
      GArray          *runs)
{
  const RunnelLogHuntFuncs funcs = { .hit = hit_cb, .done = done_cb, .next = next_cb };
  g_autofree char *runs_dir = runnel_history_get_runs_dir ();

  self->n_runs = runs->len;
  self->hunt = runnel_log_hunt_new (self->pattern, runs_dir, (const gint64 *) runs->data, runs->len,
                                    MAX_LINES, &funcs, self);
  changed (self);
}

static void
runs_found_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  RunnelLogHunter *self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) runs =
    runnel_history_service_find_runs_finish (RUNNEL_HISTORY_SERVICE (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* the hunter may be gone */
  g_clear_object (&self->cancellable);
  if (runs)
    {
      hunt (self, runs);
      return;
    }
  self->problem = g_strdup (error->message);
  changed (self);
}

/* --- The object --------------------------------------------------------------------------- */

static void
give_up (RunnelLogHunter *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->hunt, runnel_log_hunt_free);
}

static void
runnel_log_hunter_dispose (GObject *object)
{
  RunnelLogHunter *self = RUNNEL_LOG_HUNTER (object);

  give_up (self);
  g_clear_handle_id (&self->flush_source, g_source_remove);
  g_clear_pointer (&self->pattern, runnel_log_pattern_unref);
  g_clear_pointer (&self->pending, g_ptr_array_unref);
  g_clear_pointer (&self->problem, g_free);
  g_clear_object (&self->items);
  g_clear_object (&self->history);

  G_OBJECT_CLASS (runnel_log_hunter_parent_class)->dispose (object);
}

static void
runnel_log_hunter_class_init (RunnelLogHunterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = runnel_log_hunter_dispose;

  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
runnel_log_hunter_init (RunnelLogHunter *self)
{
  self->items = g_list_store_new (RUNNEL_TYPE_LOG_HIT_ITEM);
  self->pending = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * runnel_log_hunter_new:
 * @history: tells which runs there are
 *
 * Returns: (transfer full): a hunter that has found nothing
 */
RunnelLogHunter *
runnel_log_hunter_new (RunnelHistoryService *history)
{
  RunnelLogHunter *self;

  g_return_val_if_fail (RUNNEL_IS_HISTORY_SERVICE (history), NULL);

  self = g_object_new (RUNNEL_TYPE_LOG_HUNTER, NULL);
  self->history = g_object_ref (history);
  return self;
}

static void
begin (RunnelLogHunter  *self,
       RunnelLogPattern *pattern)
{
  runnel_log_hunter_clear (self);
  self->pattern = runnel_log_pattern_ref (pattern);
}

/**
 * runnel_log_hunter_start:
 * @pattern: what is looked for
 * @filter: in the logs of which runs
 *
 * Forgets what was found and begins anew.
 */
void
runnel_log_hunter_start (RunnelLogHunter       *self,
                         RunnelLogPattern      *pattern,
                         const RunnelRunFilter *filter)
{
  g_return_if_fail (RUNNEL_IS_LOG_HUNTER (self));
  g_return_if_fail (pattern && filter);

  begin (self, pattern);
  self->cancellable = g_cancellable_new ();
  runnel_history_service_find_runs_async (self->history, filter, self->cancellable, runs_found_cb,
                                          self);
  changed (self);
}

/**
 * runnel_log_hunter_start_in_runs:
 * @pattern: what is looked for
 * @runs: (element-type gint64): in the logs of these runs, in this order
 *
 * Forgets what was found and begins anew.
 */
void
runnel_log_hunter_start_in_runs (RunnelLogHunter  *self,
                                 RunnelLogPattern *pattern,
                                 GArray           *runs)
{
  g_return_if_fail (RUNNEL_IS_LOG_HUNTER (self));
  g_return_if_fail (pattern && runs);

  begin (self, pattern);
  hunt (self, runs);
}

/**
 * runnel_log_hunter_stop:
 *
 * Gives up the search under way; what was found stays.
 */
void
runnel_log_hunter_stop (RunnelLogHunter *self)
{
  g_return_if_fail (RUNNEL_IS_LOG_HUNTER (self));

  if (!runnel_log_hunter_is_busy (self))
    return;
  give_up (self);
  self->is_stopped = TRUE;
  flush (self);
  changed (self);
}

/**
 * runnel_log_hunter_clear:
 *
 * Gives up the search under way, and forgets what was found.
 */
void
runnel_log_hunter_clear (RunnelLogHunter *self)
{
  g_return_if_fail (RUNNEL_IS_LOG_HUNTER (self));

  give_up (self);
  g_ptr_array_set_size (self->pending, 0);
  flush (self);
  g_list_store_remove_all (self->items);
  g_clear_pointer (&self->pattern, runnel_log_pattern_unref);
  g_clear_pointer (&self->problem, g_free);
  self->last_run = 0;
  self->n_lines = self->n_found = self->n_searched = self->n_runs = 0;
  self->is_stopped = self->has_more = FALSE;
  changed (self);
}

/**
 * runnel_log_hunter_get_items:
 *
 * Returns: (transfer none): #RunnelLogHitItem objects: a run, the lines of its logs, the next run...
 */
GListModel *
runnel_log_hunter_get_items (RunnelLogHunter *self)
{
  g_return_val_if_fail (RUNNEL_IS_LOG_HUNTER (self), NULL);

  return G_LIST_MODEL (self->items);
}

gboolean
runnel_log_hunter_is_busy (RunnelLogHunter *self)
{
  g_return_val_if_fail (RUNNEL_IS_LOG_HUNTER (self), FALSE);

  return self->cancellable || (self->hunt && !runnel_log_hunt_is_done (self->hunt));
}

/**
 * runnel_log_hunter_is_stopped:
 *
 * Returns: whether the search was given up before all runs were looked through
 */
gboolean
runnel_log_hunter_is_stopped (RunnelLogHunter *self)
{
  g_return_val_if_fail (RUNNEL_IS_LOG_HUNTER (self), FALSE);

  return self->is_stopped;
}

/**
 * runnel_log_hunter_has_more:
 *
 * Returns: whether there are more lines than anybody would read
 */
gboolean
runnel_log_hunter_has_more (RunnelLogHunter *self)
{
  g_return_val_if_fail (RUNNEL_IS_LOG_HUNTER (self), FALSE);

  return self->has_more;
}

guint
runnel_log_hunter_get_n_lines (RunnelLogHunter *self)
{
  g_return_val_if_fail (RUNNEL_IS_LOG_HUNTER (self), 0);

  return self->n_lines;
}

/**
 * runnel_log_hunter_get_n_found:
 *
 * Returns: in the logs of how many runs something was found
 */
guint
runnel_log_hunter_get_n_found (RunnelLogHunter *self)
{
  g_return_val_if_fail (RUNNEL_IS_LOG_HUNTER (self), 0);

  return self->n_found;
}

/**
 * runnel_log_hunter_get_n_searched:
 *
 * Returns: how many runs were looked through
 */
guint
runnel_log_hunter_get_n_searched (RunnelLogHunter *self)
{
  g_return_val_if_fail (RUNNEL_IS_LOG_HUNTER (self), 0);

  return self->n_searched;
}

/**
 * runnel_log_hunter_get_n_runs:
 *
 * Returns: how many runs there are to look through; 0 until the history has told
 */
guint
runnel_log_hunter_get_n_runs (RunnelLogHunter *self)
{
  g_return_val_if_fail (RUNNEL_IS_LOG_HUNTER (self), 0);

  return self->n_runs;
}

/**
 * runnel_log_hunter_get_problem:
 *
 * Returns: (transfer none) (nullable): why the history could not be read
 */
const char *
runnel_log_hunter_get_problem (RunnelLogHunter *self)
{
  g_return_val_if_fail (RUNNEL_IS_LOG_HUNTER (self), NULL);

  return self->problem;
}
