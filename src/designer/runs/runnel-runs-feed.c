/* runnel-runs-feed.c: keeps a list of runs as the history has it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Once a second it asks whether anything was written. Only then is there another question for all
 * runs that pass the filter, and never so often that the questions take more than a tenth of the
 * time of those who answer.
 */
#include "config.h"

#include "designer/runs/runnel-runs-feed.h"

#define TICK_S 1
#define BREATH 10 /* times as long as the last question took */
/* A filter such as "since:2d" lets other runs pass as time goes by. */
#define PATIENCE (60 * G_TIME_SPAN_SECOND)

struct _RunnelRunsFeed
{
  GObject parent_instance;

  RunnelHistoryService *history;
  RunnelRunQuery *query;
  RunnelRunLoader *loader;
  RunnelRunsModel *model;
  GCancellable *cancellable; /* of what is asked now, or NULL */

  gint64 version;            /* of what is in the list; -1 = none */
  gint64 n_all;              /* runs at all; -1 = not known */
  gint64 asked;              /* when the question was put, monotonic */
  gint64 next;               /* when it may be put again */
  guint timeout;
  guint is_other : 1;        /* the query is not the one the list was made for */
};

G_DEFINE_FINAL_TYPE (RunnelRunsFeed, runnel_runs_feed, G_TYPE_OBJECT)

enum { SIGNAL_FOUND, SIGNAL_FAILED, SIGNAL_TICK, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
stop_asking (RunnelRunsFeed *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

/* Returns: whether what was asked is of no interest any more, and this object perhaps gone */
static gboolean
is_cancelled (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
fail (RunnelRunsFeed *self,
      const GError   *error)
{
  g_clear_object (&self->cancellable);
  self->version = -1;
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, error->message);
}

static void
counted_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  RunnelRunsFeed *self = user_data;
  g_autoptr(GError) error = NULL;
  gint64 n_all =
    runnel_history_service_count_runs_finish (RUNNEL_HISTORY_SERVICE (object), result, &error);
  gboolean is_other;

  if (is_cancelled (error))
    return;
  if (n_all < 0)
    {
      fail (self, error);
      return;
    }

  g_clear_object (&self->cancellable);
  is_other = self->is_other;
  self->is_other = FALSE;
  self->n_all = n_all;
  self->next = g_get_monotonic_time () + BREATH * (g_get_monotonic_time () - self->asked);
  g_signal_emit (self, signals[SIGNAL_FOUND], 0, is_other);
}

static void
found_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  RunnelRunsFeed *self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) runs =
    runnel_history_service_find_runs_finish (RUNNEL_HISTORY_SERVICE (object), result, &error);

  if (is_cancelled (error))
    return;
  if (runs == NULL)
    {
      fail (self, error);
      return;
    }

  runnel_runs_model_set_runs (self->model, (const gint64 *) runs->data, runs->len);
  runnel_run_loader_reload (self->loader);
  runnel_history_service_count_runs_async (self->history, NULL, self->cancellable, counted_cb, self);
}

static gboolean
is_time (RunnelRunsFeed *self,
         gint64          version)
{
  gint64 now = g_get_monotonic_time ();

  if (self->is_other)
    return TRUE;
  return now >= self->next && (version != self->version || now - self->asked > PATIENCE);
}

static void
version_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  RunnelRunsFeed *self = user_data;
  g_autoptr(GError) error = NULL;
  gint64 version =
    runnel_history_service_get_version_finish (RUNNEL_HISTORY_SERVICE (object), result, &error);

  if (is_cancelled (error))
    return;
  if (version < 0)
    {
      fail (self, error);
      return;
    }
  if (!is_time (self, version))
    {
      g_clear_object (&self->cancellable);
      return;
    }

  self->version = version;
  self->asked = g_get_monotonic_time ();
  runnel_history_service_find_runs_async (self->history, runnel_run_query_get_filter (self->query),
                                          self->cancellable, found_cb, self);
}

static void
ask (RunnelRunsFeed *self)
{
  self->cancellable = g_cancellable_new ();
  runnel_history_service_get_version_async (self->history, self->cancellable, version_cb, self);
}

static gboolean
tick_cb (gpointer user_data)
{
  RunnelRunsFeed *self = user_data;

  runnel_run_loader_reload_active (self->loader);
  g_signal_emit (self, signals[SIGNAL_TICK], 0);
  if (self->cancellable == NULL)
    ask (self);
  return G_SOURCE_CONTINUE;
}

static void
query_changed_cb (RunnelRunsFeed *self)
{
  self->is_other = TRUE;
  if (self->timeout != 0)
    runnel_runs_feed_refresh (self);
}

static void
runnel_runs_feed_dispose (GObject *object)
{
  RunnelRunsFeed *self = RUNNEL_RUNS_FEED (object);

  runnel_runs_feed_stop (self);
  if (self->loader != NULL)
    g_object_run_dispose (G_OBJECT (self->loader)); /* what it has asked for, it must not take */

  G_OBJECT_CLASS (runnel_runs_feed_parent_class)->dispose (object);
}

static void
runnel_runs_feed_finalize (GObject *object)
{
  RunnelRunsFeed *self = RUNNEL_RUNS_FEED (object);

  g_object_unref (self->model);
  g_object_unref (self->loader);
  g_object_unref (self->query);
  g_object_unref (self->history);

  G_OBJECT_CLASS (runnel_runs_feed_parent_class)->finalize (object);
}

static void
runnel_runs_feed_class_init (RunnelRunsFeedClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = runnel_runs_feed_dispose;
  object_class->finalize = runnel_runs_feed_finalize;

  signals[SIGNAL_FOUND] = g_signal_new ("found", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_TICK] = g_signal_new ("tick", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 0);
}

static void
runnel_runs_feed_init (RunnelRunsFeed *self)
{
  self->version = -1;
  self->n_all = -1;
  self->is_other = TRUE;
}

/**
 * runnel_runs_feed_new:
 * @history: what is read
 * @query: which runs are wanted
 *
 * Returns: (transfer full): a feed that does not run yet
 */
RunnelRunsFeed *
runnel_runs_feed_new (RunnelHistoryService *history,
                      RunnelRunQuery       *query)
{
  RunnelRunsFeed *self;

  g_return_val_if_fail (RUNNEL_IS_HISTORY_SERVICE (history), NULL);
  g_return_val_if_fail (RUNNEL_IS_RUN_QUERY (query), NULL);

  self = g_object_new (RUNNEL_TYPE_RUNS_FEED, NULL);
  self->history = g_object_ref (history);
  self->query = g_object_ref (query);
  self->loader = runnel_run_loader_new (history);
  self->model = runnel_runs_model_new (self->loader);
  g_signal_connect_object (query, "changed", G_CALLBACK (query_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * runnel_runs_feed_get_model:
 * @self: a feed
 *
 * Returns: (transfer none): the list that it keeps
 */
RunnelRunsModel *
runnel_runs_feed_get_model (RunnelRunsFeed *self)
{
  g_return_val_if_fail (RUNNEL_IS_RUNS_FEED (self), NULL);

  return self->model;
}

/**
 * runnel_runs_feed_get_loader:
 * @self: a feed
 *
 * Returns: (transfer none): is to be told which items of the list are on the screen
 */
RunnelRunLoader *
runnel_runs_feed_get_loader (RunnelRunsFeed *self)
{
  g_return_val_if_fail (RUNNEL_IS_RUNS_FEED (self), NULL);

  return self->loader;
}

/**
 * runnel_runs_feed_get_n_all:
 * @self: a feed
 *
 * Returns: how many runs there are, whether the query wants them or not; -1 when that is not known
 */
gint64
runnel_runs_feed_get_n_all (RunnelRunsFeed *self)
{
  g_return_val_if_fail (RUNNEL_IS_RUNS_FEED (self), -1);

  return self->n_all;
}

/**
 * runnel_runs_feed_start:
 * @self: a feed
 *
 * Reads the history, and again when it changes, until runnel_runs_feed_stop().
 */
void
runnel_runs_feed_start (RunnelRunsFeed *self)
{
  g_return_if_fail (RUNNEL_IS_RUNS_FEED (self));

  if (self->timeout != 0)
    return;
  self->timeout = g_timeout_add_seconds (TICK_S, tick_cb, self);
  runnel_runs_feed_refresh (self);
}

/**
 * runnel_runs_feed_stop:
 * @self: a feed
 *
 * Lets the list be as it is.
 */
void
runnel_runs_feed_stop (RunnelRunsFeed *self)
{
  g_return_if_fail (RUNNEL_IS_RUNS_FEED (self));

  g_clear_handle_id (&self->timeout, g_source_remove);
  stop_asking (self);
}

/**
 * runnel_runs_feed_refresh:
 * @self: a feed
 *
 * Does not wait for the next second: something is known to be another.
 */
void
runnel_runs_feed_refresh (RunnelRunsFeed *self)
{
  g_return_if_fail (RUNNEL_IS_RUNS_FEED (self));

  stop_asking (self);
  self->next = 0;
  ask (self);
}
