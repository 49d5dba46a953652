/* runnel-cli-queue.c: lets a run begin when others of its group are over
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "cli/runnel-cli-queue.h"
#include "engine/limits/runnel-run-queue.h"
#include "engine/limits/runnel-state-dir.h"
#include "engine/runnel-run-client.h"

struct _RunnelCliQueue
{
  RunnelCliOrder *order;
  RunnelRun *run;
  gint64 id;
  RunnelRunQueue *queue;  /* NULL when the run belongs to no group */
  GHashTable *cancelling; /* RunnelRunClient by the number of the run it has asked to end */
  RunnelRunFinishedFunc finished;
  gpointer user_data;
};

/* --- Cancelling others --- */

static void
closed_cb (RunnelRunClient *client,
           const char      *error,
           gpointer         user_data)
{
  RunnelCliQueue *self = user_data;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->cancelling);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (value == client)
      g_hash_table_iter_remove (&iter);
}

static void
close_client (gpointer data)
{
  RunnelRunClient *client = data;

  runnel_run_client_close (client);
  g_object_unref (client);
}

/* A run that can't be reached is over, or will be asked again. */
static void
cancel_cb (gint64      run,
           const char *reason,
           gpointer    user_data)
{
  RunnelCliQueue *self = user_data;
  g_autofree char *run_dir = runnel_history_get_run_dir (run);
  g_autoptr(JsonObject) request = NULL;
  RunnelRunClient *client;

  if (g_hash_table_contains (self->cancelling, &run))
    return;
  client = runnel_run_client_new (run_dir, NULL);
  if (!client)
    return;

  g_hash_table_insert (self->cancelling, g_memdup2 (&run, sizeof run), client);
  g_signal_connect (client, "closed", G_CALLBACK (closed_cb), self);
  request = runnel_run_client_make_request ("cancel", NULL, reason);
  runnel_run_client_send (client, request);
}

/* --- The own place --- */

static void
take_place (RunnelCliQueue *self,
            RunnelPlace     place,
            const char     *reason)
{
  switch (place)
    {
    case RUNNEL_PLACE_IN:
      runnel_run_start (self->run, self->finished, self->user_data);
      break;
    case RUNNEL_PLACE_WAITING:
      runnel_run_queue (self->run, reason, self->finished, self->user_data);
      break;
    case RUNNEL_PLACE_SKIPPED:
      runnel_run_decline (self->run, RUNNEL_STATE_SKIPPED, reason, self->finished, self->user_data);
      break;
    case RUNNEL_PLACE_FAILED:
    default:
      runnel_run_decline (self->run, RUNNEL_STATE_FAILED, reason, self->finished, self->user_data);
    }
}

/* The run may have been cancelled, and not have told us yet. */
static void
moved_cb (RunnelPlace  place,
          const char  *reason,
          gpointer     user_data)
{
  RunnelCliQueue *self = user_data;

  if (runnel_run_get_state (self->run) == RUNNEL_STATE_QUEUED)
    take_place (self, place, reason);
}

static const RunnelRunQueueCallbacks callbacks = { moved_cb, cancel_cb };

static void
line_up (RunnelCliQueue          *self,
         const RunnelConcurrency *concurrency)
{
  const char *ancestry = self->order->ancestry ? self->order->ancestry : "";
  g_autofree char *folder = runnel_state_dir_get ("groups");
  g_autofree char *reason = NULL;
  RunnelPlace place;

  self->queue = runnel_run_queue_new (folder, concurrency, self->id, ancestry,
                                      runnel_clock_get_system ());
  place = runnel_run_queue_enter (self->queue, &callbacks, self, &reason);
  take_place (self, place, reason);
}

/**
 * runnel_cli_queue_new:
 * @order: (transfer none): must outlive the queue
 * @run: (transfer none): a run that has not started; must outlive the queue
 * @id: its number
 *
 * Returns: (transfer full): its way to its beginning
 */
RunnelCliQueue *
runnel_cli_queue_new (RunnelCliOrder *order,
                      RunnelRun      *run,
                      gint64          id)
{
  RunnelCliQueue *self = g_new0 (RunnelCliQueue, 1);

  self->order = order;
  self->run = run;
  self->id = id;
  self->cancelling = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, close_client);

  return self;
}

/**
 * runnel_cli_queue_free:
 * @self: (transfer full): its run is over
 *
 * Lets the next run of the group in.
 */
void
runnel_cli_queue_free (RunnelCliQueue *self)
{
  g_clear_pointer (&self->queue, runnel_run_queue_free);
  g_hash_table_unref (self->cancelling);
  g_free (self);
}

/**
 * runnel_cli_queue_start:
 * @finished: called once, from the clock, when the run is over, also when it never began
 *
 * Starts the run, at once or when it is its turn.
 */
void
runnel_cli_queue_start (RunnelCliQueue        *self,
                        RunnelRunFinishedFunc  finished,
                        gpointer               user_data)
{
  g_auto(RunnelConcurrency) concurrency = { NULL, };
  g_autoptr(GError) error = NULL;
  g_autofree char *reason = NULL;

  self->finished = finished;
  self->user_data = user_data;
  if (!runnel_run_get_concurrency (self->run, &concurrency, &error))
    {
      reason = g_strdup_printf ("its concurrency group can't be evaluated: %s", error->message);
      take_place (self, RUNNEL_PLACE_FAILED, reason);
    }
  else if (concurrency.file)
    line_up (self, &concurrency);
  else
    take_place (self, RUNNEL_PLACE_IN, NULL);
}
