/* runnel-run-monitor.c: one run as the application sees it, live
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "designer/runs/runnel-designer-history.h"
#include "designer/runs/runnel-run-monitor.h"
#include "engine/runnel-event.h"
#include "engine/runnel-run-client.h"
#include "engine/runnel-run-dir.h"

struct _RunnelRunMonitor
{
  GObject parent_instance;

  gint64 run;
  char *run_dir;
  RunnelRunClient *client;   /* NULL once the run is over */
  GCancellable *cancellable;
  GHashTable *steps;         /* id -> RunnelStepStatus */
  guint n_over;              /* steps in a terminal state */
  char *hold;                /* why it does not go forward, for people, or NULL */
  guint finished : 1;
  guint paused : 1;
};

G_DEFINE_FINAL_TYPE (RunnelRunMonitor, runnel_run_monitor, G_TYPE_OBJECT)

enum { SIGNAL_STEP_CHANGED, SIGNAL_CHANGED, SIGNAL_FINISHED, SIGNAL_REFUSED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
step_status_free (RunnelStepStatus *step)
{
  g_free (step->id);
  g_free (step->reason);
  g_free (step->cause);
  g_free (step->parent);
  g_free (step->name);
  g_clear_pointer (&step->matrix, json_object_unref);
  g_free (step);
}

static RunnelStepStatus *
ensure_step (RunnelRunMonitor *self,
             const char       *id)
{
  RunnelStepStatus *step = g_hash_table_lookup (self->steps, id);

  if (step == NULL)
    {
      step = g_new0 (RunnelStepStatus, 1);
      step->id = g_strdup (id);
      step->exit_code = -1;
      g_hash_table_insert (self->steps, step->id, step);
    }
  return step;
}

static void
take_added (RunnelRunMonitor      *self,
            const char            *id,
            const RunnelAddedStep *added)
{
  RunnelStepStatus *step = ensure_step (self, id);

  if (step->parent != NULL || step->role != RUNNEL_ROLE_STEP)
    return;
  step->role = added->role;
  step->parent = g_strdup (added->parent);
  step->name = g_strdup (added->name);
  step->matrix = added->matrix != NULL ? json_object_ref (added->matrix) : NULL;
  step->asks = g_strcmp0 (added->kind, "approval") == 0;
  if (step->role == RUNNEL_ROLE_LEG && step->parent != NULL)
    ensure_step (self, step->parent)->legs.counts[step->state]++;
}

static void
take_added_json (RunnelRunMonitor *self,
                 const char       *id,
                 JsonObject       *details)
{
  RunnelAddedStep added;

  if (details != NULL && runnel_added_step_from_json (details, &added))
    take_added (self, id, &added);
}

/* The bar of the step that a leg belongs to. */
static void
update_legs (RunnelRunMonitor       *self,
             const RunnelStepStatus *leg,
             RunnelState             before)
{
  RunnelStepStatus *parent;

  if (leg->role != RUNNEL_ROLE_LEG || leg->parent == NULL || leg->state == before)
    return;
  parent = ensure_step (self, leg->parent);
  parent->legs.counts[before]--;
  parent->legs.counts[leg->state]++;
  g_signal_emit (self, signals[SIGNAL_STEP_CHANGED], 0, parent->id);
}

static void
update_step (RunnelRunMonitor *self,
             const char       *id,
             RunnelState       state,
             guint             attempt,
             const char       *reason)
{
  RunnelStepStatus *step = ensure_step (self, id);
  RunnelState before = step->state;

  self->n_over -= runnel_state_is_terminal (step->state);
  self->n_over += runnel_state_is_terminal (state);
  step->state = state;
  step->attempt = MAX (step->attempt, attempt);
  if (g_strcmp0 (step->reason, reason) != 0)
    {
      g_free (step->reason);
      step->reason = g_strdup (reason);
    }
  update_legs (self, step, before);
  g_signal_emit (self, signals[SIGNAL_STEP_CHANGED], 0, step->id);
}

static void
set_hold (RunnelRunMonitor *self,
          const char       *text)
{
  g_free (self->hold);
  self->hold = g_strdup (text);
}

static void
finish (RunnelRunMonitor *self,
        RunnelState       state)
{
  if (self->finished)
    return;

  self->finished = TRUE;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  g_signal_emit (self, signals[SIGNAL_FINISHED], 0, state);
}

static void
set_paused (RunnelRunMonitor *self,
            const char       *reason)
{
  self->paused = reason != NULL;
  set_hold (self, reason);
}

static void
set_cause (RunnelStepStatus *step,
           const char       *cause)
{
  if (cause == NULL)
    return;
  g_free (step->cause);
  step->cause = g_strdup (cause);
}

static void
begin_attempt (RunnelStepStatus *step,
               gint64            time)
{
  if (step->started == 0)
    step->started = time;
  step->exit_code = -1;
}

static void
event_cb (RunnelRunMonitor  *self,
          const RunnelEvent *event)
{
  switch (event->type)
    {
    case RUNNEL_EVENT_STEP_QUEUED:
      set_cause (ensure_step (self, event->step), event->cause);
      update_step (self, event->step, RUNNEL_STATE_QUEUED, event->attempt, event->reason);
      break;
    case RUNNEL_EVENT_STEP_WAITING:
      update_step (self, event->step, event->state, event->attempt, event->reason);
      break;
    case RUNNEL_EVENT_ATTEMPT_STARTED:
      begin_attempt (ensure_step (self, event->step), event->time);
      update_step (self, event->step, RUNNEL_STATE_RUNNING, event->attempt, NULL);
      break;
    case RUNNEL_EVENT_ATTEMPT_FINISHED: /* what comes of it follows: a retry or the end of the step */
      ensure_step (self, event->step)->exit_code = event->exit_code;
      break;
    case RUNNEL_EVENT_STEP_FINISHED:
      ensure_step (self, event->step)->finished = event->time;
      ensure_step (self, event->step)->tolerated = event->tolerated;
      update_step (self, event->step, event->state, event->attempt, event->reason);
      break;
    case RUNNEL_EVENT_RUN_FINISHED:
      finish (self, event->state);
      return;
    case RUNNEL_EVENT_STEP_ADDED:
      take_added_json (self, event->step, event->details);
      update_step (self, event->step, RUNNEL_STATE_PENDING, 0, NULL);
      break;
    case RUNNEL_EVENT_RUN_STARTED:
    case RUNNEL_EVENT_RUN_RESUMED:
    case RUNNEL_EVENT_RUN_CANCELLING:
      set_paused (self, NULL);
      break;
    case RUNNEL_EVENT_RUN_QUEUED:
      set_hold (self, event->reason != NULL ? event->reason : _("Waits for its turn"));
      break;
    case RUNNEL_EVENT_RUN_PAUSED:
      set_paused (self, event->reason != NULL ? event->reason : _("Paused"));
      break;
    case RUNNEL_EVENT_RUN_ROLLING_BACK:
      set_hold (self, _("Rolling back"));
      break;
    default:
      break;
    }
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static const char *
get_string (JsonObject *object,
            const char *key)
{
  return json_object_get_string_member_with_default (object, key, NULL);
}

static void
take_step_snapshot (RunnelRunMonitor *self,
                    JsonObject       *object)
{
  const char *id = get_string (object, "id");
  const char *state_name = get_string (object, "state");
  RunnelStepStatus *step;
  RunnelState state;

  if (id == NULL || state_name == NULL || !runnel_state_from_string (state_name, &state))
    return;
  step = ensure_step (self, id);
  step->asks = g_strcmp0 (get_string (object, "kind"), "approval") == 0;
  step->started = json_object_get_int_member_with_default (object, "started", 0);
  step->finished = json_object_get_int_member_with_default (object, "finished", 0);
  step->exit_code = json_object_get_int_member_with_default (object, "exit-code", -1);
  if (json_object_has_member (object, "added"))
    take_added_json (self, id, json_object_get_object_member (object, "added"));
  update_step (self, id, state, json_object_get_int_member_with_default (object, "attempt", 0),
               get_string (object, "reason"));
}

static void
take_hold_snapshot (RunnelRunMonitor *self,
                    JsonObject       *snapshot)
{
  set_paused (self, get_string (snapshot, "paused"));
  if (g_strcmp0 (get_string (snapshot, "state"), "queued") == 0)
    set_hold (self, get_string (snapshot, "reason"));
  else if (json_object_get_boolean_member_with_default (snapshot, "rolling-back", FALSE))
    set_hold (self, _("Rolling back"));
}

static void
snapshot_cb (RunnelRunMonitor *self,
             JsonObject       *snapshot)
{
  JsonArray *steps = json_object_get_array_member (snapshot, "steps");

  take_hold_snapshot (self, snapshot);
  for (guint i = 0; steps != NULL && i < json_array_get_length (steps); i++)
    take_step_snapshot (self, json_array_get_object_element (steps, i));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* --- What history knows -------------------------------------------------- */

static void
take_step_record (RunnelRunMonitor       *self,
                  const RunnelStepRecord *record)
{
  RunnelStepStatus *step = ensure_step (self, record->id);
  const RunnelAddedStep added = {
    record->role, record->parent, record->name, record->kind, record->matrix,
  };

  if (record->role != RUNNEL_ROLE_STEP)
    take_added (self, record->id, &added);
  step->started = record->started;
  step->finished = record->finished;
  step->tolerated = record->tolerated;
  set_cause (step, record->cause);
  if (record->attempts->len > 0)
    step->exit_code =
      ((RunnelAttemptRecord *) record->attempts->pdata[record->attempts->len - 1])->exit_code;
  update_step (self, record->id, record->state, record->attempts->len, record->reason);
}

static void
take_step_records (RunnelRunMonitor *self,
                   GPtrArray        *records)
{
  for (guint i = 0; i < records->len; i++)
    take_step_record (self, g_ptr_array_index (records, i));
}

static void
get_run_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(RunnelRunMonitor) self = user_data;
  g_autoptr(GError) error = NULL;
  RunnelRunRecord *record =
    runnel_history_service_get_run_finish (RUNNEL_HISTORY_SERVICE (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  finish (self, record != NULL ? record->state : RUNNEL_STATE_INTERRUPTED);
  g_clear_pointer (&record, runnel_run_record_free);
}

static void
get_steps_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(RunnelRunMonitor) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) records =
    runnel_history_service_get_steps_finish (RUNNEL_HISTORY_SERVICE (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (records != NULL)
    take_step_records (self, records);
  runnel_history_service_get_run_async (RUNNEL_HISTORY_SERVICE (object), self->run,
                                        self->cancellable, get_run_cb, g_object_ref (self));
}

static void
reconcile_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(RunnelRunMonitor) self = user_data;
  g_autoptr(GError) error = NULL;

  runnel_history_service_reconcile_finish (RUNNEL_HISTORY_SERVICE (object), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  runnel_history_service_get_steps_async (RUNNEL_HISTORY_SERVICE (object), self->run,
                                          self->cancellable, get_steps_cb, g_object_ref (self));
}

/* The run can't be heard any more: it ended before we listened, or died. History knows how,
 * once what died without a word is written down. */
static void
ask_history (RunnelRunMonitor *self)
{
  runnel_history_service_reconcile_async (runnel_designer_get_history (), self->cancellable,
                                          reconcile_cb, g_object_ref (self));
}

static void
closed_cb (RunnelRunMonitor *self,
           const char       *error)
{
  g_clear_object (&self->client);
  if (!self->finished)
    ask_history (self);
}

static void
refused_cb (RunnelRunMonitor *self,
            const char       *message)
{
  g_signal_emit (self, signals[SIGNAL_REFUSED], 0, message);
}

static void
listen (RunnelRunMonitor *self)
{
  self->client = runnel_run_client_new (self->run_dir, NULL);
  if (self->client == NULL)
    {
      ask_history (self);
      return;
    }
  g_signal_connect_object (self->client, "snapshot", G_CALLBACK (snapshot_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->client, "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->client, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->client, "refused", G_CALLBACK (refused_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
runnel_run_monitor_dispose (GObject *object)
{
  RunnelRunMonitor *self = RUNNEL_RUN_MONITOR (object);

  g_cancellable_cancel (self->cancellable);
  if (self->client != NULL)
    runnel_run_client_close (self->client);
  g_clear_object (&self->client);

  G_OBJECT_CLASS (runnel_run_monitor_parent_class)->dispose (object);
}

static void
runnel_run_monitor_finalize (GObject *object)
{
  RunnelRunMonitor *self = RUNNEL_RUN_MONITOR (object);

  g_object_unref (self->cancellable);
  g_hash_table_unref (self->steps);
  g_free (self->run_dir);
  g_free (self->hold);

  G_OBJECT_CLASS (runnel_run_monitor_parent_class)->finalize (object);
}

static void
runnel_run_monitor_class_init (RunnelRunMonitorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = runnel_run_monitor_dispose;
  object_class->finalize = runnel_run_monitor_finalize;

  signals[SIGNAL_STEP_CHANGED] =
    g_signal_new ("step-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FINISHED] = g_signal_new ("finished", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[SIGNAL_REFUSED] = g_signal_new ("refused", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
runnel_run_monitor_init (RunnelRunMonitor *self)
{
  self->cancellable = g_cancellable_new ();
  self->steps =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) step_status_free);
}

/**
 * runnel_run_monitor_new:
 * @run: the number of a run, of which it is not known whether it is over
 *
 * Follows a run over its socket; how one ended that can't be heard any more is asked of the
 * history. Nothing is emitted before the main loop runs.
 *
 * Returns: (transfer full): the monitor
 */
RunnelRunMonitor *
runnel_run_monitor_new (gint64 run)
{
  RunnelRunMonitor *self = g_object_new (RUNNEL_TYPE_RUN_MONITOR, NULL);
  g_autofree char *runs_dir = runnel_history_get_runs_dir ();

  self->run = run;
  self->run_dir = runnel_run_dir_make_path (runs_dir, run);
  listen (self);
  return self;
}

gint64
runnel_run_monitor_get_run (RunnelRunMonitor *self)
{
  g_return_val_if_fail (RUNNEL_IS_RUN_MONITOR (self), 0);

  return self->run;
}

gboolean
runnel_run_monitor_is_finished (RunnelRunMonitor *self)
{
  g_return_val_if_fail (RUNNEL_IS_RUN_MONITOR (self), TRUE);

  return self->finished;
}

/**
 * runnel_run_monitor_get_step:
 * @self: a run monitor
 * @id: the id of a step
 *
 * Returns: (transfer none) (nullable): what is known of it, valid until the next signal; %NULL when
 *   nothing was heard of it
 */
const RunnelStepStatus *
runnel_run_monitor_get_step (RunnelRunMonitor *self,
                             const char       *id)
{
  g_return_val_if_fail (RUNNEL_IS_RUN_MONITOR (self), NULL);

  return g_hash_table_lookup (self->steps, id);
}

/**
 * runnel_run_monitor_foreach_step:
 * @self: a run monitor
 * @visit: (scope call): called with each step of which something is known, in no order
 * @user_data: for @visit
 */
void
runnel_run_monitor_foreach_step (RunnelRunMonitor *self,
                                 void            (*visit) (const RunnelStepStatus *step,
                                                           gpointer                user_data),
                                 gpointer          user_data)
{
  GHashTableIter iter;
  gpointer step;

  g_return_if_fail (RUNNEL_IS_RUN_MONITOR (self));

  g_hash_table_iter_init (&iter, self->steps);
  while (g_hash_table_iter_next (&iter, NULL, &step))
    visit (step, user_data);
}

/* One that waits for its turn, in a pool, asks nothing yet. Of several questions it is the same
 * one each time. */
static void
choose_question (const RunnelStepStatus *step,
                 gpointer                user_data)
{
  const RunnelStepStatus **found = user_data;

  if (step->asks && step->attempt > 0 && step->state == RUNNEL_STATE_WAITING
      && (*found == NULL || strcmp (step->id, (*found)->id) < 0))
    *found = step;
}

/**
 * runnel_run_monitor_find_question:
 * @self: a run monitor
 *
 * Returns: (transfer none) (nullable): a step that waits for a person's answer, valid until the
 *   next signal
 */
const RunnelStepStatus *
runnel_run_monitor_find_question (RunnelRunMonitor *self)
{
  const RunnelStepStatus *question = NULL;

  g_return_val_if_fail (RUNNEL_IS_RUN_MONITOR (self), NULL);

  if (!self->finished)
    runnel_run_monitor_foreach_step (self, choose_question, &question);
  return question;
}

/**
 * runnel_run_monitor_get_progress:
 * @self: a run monitor
 *
 * Returns: the share of the steps that are over, 0..1
 */
double
runnel_run_monitor_get_progress (RunnelRunMonitor *self)
{
  g_return_val_if_fail (RUNNEL_IS_RUN_MONITOR (self), 0);

  if (self->finished)
    return 1;
  guint n_steps = g_hash_table_size (self->steps);
  return n_steps > 0 ? (double) self->n_over / n_steps : 0;
}

/**
 * runnel_run_monitor_get_hold:
 * @self: a run monitor
 *
 * Returns: (transfer none) (nullable): why the run does not go forward: its place in the queue,
 *   that it is paused or rolling back; for people. %NULL when it goes on, or is over
 */
const char *
runnel_run_monitor_get_hold (RunnelRunMonitor *self)
{
  g_return_val_if_fail (RUNNEL_IS_RUN_MONITOR (self), NULL);

  return self->finished ? NULL : self->hold;
}

/**
 * runnel_step_status_is_frozen:
 * @self: what is known of a step
 *
 * Returns: whether it waits to be thawed
 */
gboolean
runnel_step_status_is_frozen (const RunnelStepStatus *self)
{
  return self->state == RUNNEL_STATE_WAITING && self->reason != NULL
         && g_str_has_prefix (self->reason, RUNNEL_REASON_FROZEN);
}

/**
 * runnel_run_monitor_is_paused:
 * @self: a run monitor
 *
 * Returns: whether nothing starts in the run until it is resumed
 */
gboolean
runnel_run_monitor_is_paused (RunnelRunMonitor *self)
{
  g_return_val_if_fail (RUNNEL_IS_RUN_MONITOR (self), FALSE);

  return self->paused && !self->finished;
}

/**
 * runnel_run_monitor_get_log_path:
 * @self: a run monitor
 * @id: the id of a step
 * @attempt: one of its attempts, from 1
 *
 * Returns: (transfer full) (type filename): where that attempt's log is kept; it may not exist yet
 */
char *
runnel_run_monitor_get_log_path (RunnelRunMonitor *self,
                                 const char       *id,
                                 guint             attempt)
{
  g_return_val_if_fail (RUNNEL_IS_RUN_MONITOR (self), NULL);

  g_autofree char *name = runnel_run_dir_log_name (id, attempt);
  return g_build_filename (self->run_dir, name, NULL);
}

static void
send_request (RunnelRunMonitor *self,
              const char       *request_name,
              const char       *id,
              const char       *comment)
{
  if (self->client == NULL)
    return;

  g_autoptr(JsonObject) request = runnel_run_client_make_request (request_name, id, comment);
  runnel_run_client_send (self->client, request);
}

/**
 * runnel_run_monitor_cancel:
 * @self: a run monitor
 *
 * Asks the run to cancel; it ends when nothing of it is left.
 */
void
runnel_run_monitor_cancel (RunnelRunMonitor *self)
{
  g_return_if_fail (RUNNEL_IS_RUN_MONITOR (self));

  send_request (self, "cancel", NULL, NULL);
}

/**
 * runnel_run_monitor_answer:
 * @self: a run monitor
 * @id: a step that waits for an approval
 * @approved: the answer
 * @comment: (nullable): kept with it
 */
void
runnel_run_monitor_answer (RunnelRunMonitor *self,
                           const char       *id,
                           gboolean          approved,
                           const char       *comment)
{
  g_return_if_fail (RUNNEL_IS_RUN_MONITOR (self));

  send_request (self, approved ? "approve" : "reject", id, comment);
}

/**
 * runnel_run_monitor_set_paused:
 * @self: a run monitor
 * @paused: whether to let nothing new start
 */
void
runnel_run_monitor_set_paused (RunnelRunMonitor *self,
                               gboolean          paused)
{
  g_return_if_fail (RUNNEL_IS_RUN_MONITOR (self));

  send_request (self, paused ? "pause" : "resume", NULL, NULL);
}

/**
 * runnel_run_monitor_set_frozen:
 * @self: a run monitor
 * @id: a step with an attempt under way
 * @frozen: whether it is to stand still, or to go on
 */
void
runnel_run_monitor_set_frozen (RunnelRunMonitor *self,
                               const char       *id,
                               gboolean          frozen)
{
  g_return_if_fail (RUNNEL_IS_RUN_MONITOR (self));

  send_request (self, frozen ? "freeze" : "thaw", id, NULL);
}
