/* runnel-run-notifier.c: tells the desktop when a run needs a person or ends
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/runs/runnel-run-notifier.h"
#include "designer/runs/runnel-state-label.h"

struct _RunnelRunNotifier
{
  GObject parent_instance;

  GPtrArray *watches; /* of Watch */
  RunnelRunSeenFunc is_seen;
  gpointer seen_data;
};

G_DEFINE_FINAL_TYPE (RunnelRunNotifier, runnel_run_notifier, G_TYPE_OBJECT)

/* A run that is followed until it is over, with or without a page. */
typedef struct
{
  RunnelRunNotifier *notifier;
  RunnelRunMonitor *monitor;
  gint64 run;
  char *title;    /* of the pipeline */
  char *question; /* id of the step that a notification asks about, or NULL */
} Watch;

static char *
make_id (Watch      *self,
         const char *what)
{
  return g_strdup_printf ("run-%" G_GINT64_FORMAT "-%s", self->run, what);
}

static void
withdraw_question (Watch *self)
{
  g_autofree char *id = make_id (self, "question");

  if (self->question != NULL)
    g_application_withdraw_notification (g_application_get_default (), id);
  g_clear_pointer (&self->question, g_free);
}

/* The process stays for the sake of a run, also without a window. */
static void
watch_free (gpointer data)
{
  Watch *self = data;

  g_signal_handlers_disconnect_by_data (self->monitor, self);
  withdraw_question (self);
  g_object_unref (self->monitor);
  g_free (self->title);
  g_free (self);
  g_application_release (g_application_get_default ());
}

static gboolean
is_seen (Watch *self)
{
  RunnelRunNotifier *notifier = self->notifier;

  return notifier->is_seen != NULL && notifier->is_seen (self->run, notifier->seen_data);
}

static void
send (Watch         *self,
      const char    *what,
      GNotification *notification)
{
  g_autofree char *id = make_id (self, what);

  g_notification_set_default_action_and_target (notification, "app.open-run", "x", self->run);
  g_application_send_notification (g_application_get_default (), id, notification);
}

/* --- Questions ---------------------------------------------------------------- */

static void
ask (Watch                  *self,
     const RunnelStepStatus *step)
{
  /* translators: the title of a notification: the name of a pipeline */
  g_autofree char *title = g_strdup_printf (_("%s Needs an Answer"), self->title);
  g_autoptr(GNotification) notification = g_notification_new (title);

  g_notification_set_body (notification, step->reason != NULL ? step->reason : step->id);
  g_notification_set_priority (notification, G_NOTIFICATION_PRIORITY_HIGH);
  g_notification_add_button_with_target (notification, _("Approve"), "app.answer-run", "(xsb)",
                                         self->run, step->id, TRUE);
  g_notification_add_button_with_target (notification, _("Reject"), "app.answer-run", "(xsb)",
                                         self->run, step->id, FALSE);
  send (self, "question", notification);
}

static void
changed_cb (Watch *self)
{
  const RunnelStepStatus *step = runnel_run_monitor_find_question (self->monitor);

  if (g_strcmp0 (self->question, step != NULL ? step->id : NULL) == 0)
    return;
  withdraw_question (self);
  if (step == NULL || is_seen (self))
    return;
  self->question = g_strdup (step->id);
  ask (self, step);
}

/* --- The end ---------------------------------------------------------------------- */

static void
find_first_failure (const RunnelStepStatus *step,
                    gpointer                user_data)
{
  const RunnelStepStatus **found = user_data;

  if (runnel_state_is_failure (step->state) && step->reason != NULL
      && (*found == NULL || strcmp (step->id, (*found)->id) < 0))
    *found = step;
}

static char *
describe_end (Watch *self,
              int    state)
{
  const RunnelStepStatus *failed = NULL;

  if (runnel_state_is_failure (state))
    runnel_run_monitor_foreach_step (self->monitor, find_first_failure, &failed);
  if (failed == NULL)
    return g_strdup_printf (_("Run %" G_GINT64_FORMAT), self->run);
  /* translators: the number of a run, the id of a step, and why the step failed */
  return g_strdup_printf (_("Run %" G_GINT64_FORMAT ", step %s: %s"), self->run, failed->id,
                          failed->reason);
}

static void
tell_end (Watch *self,
          int    state)
{
  /* translators: "Nightly: Failed" */
  g_autofree char *title =
    g_strdup_printf (_("%s: %s"), self->title, runnel_state_get_title (state));
  g_autoptr(GNotification) notification = g_notification_new (title);
  g_autofree char *body = describe_end (self, state);

  g_notification_set_body (notification, body);
  if (state != RUNNEL_STATE_SUCCEEDED)
    g_notification_add_button_with_target (notification, _("Retry"), "app.retry-run", "x",
                                           self->run);
  g_notification_add_button_with_target (notification, _("Open"), "app.open-run", "x", self->run);
  send (self, "end", notification);
}

static void
finished_cb (Watch *self,
             int    state)
{
  if (!is_seen (self))
    tell_end (self, state);
  g_ptr_array_remove (self->notifier->watches, self);
}

/* --- The object ---------------------------------------------------------------------- */

static void
runnel_run_notifier_finalize (GObject *object)
{
  g_ptr_array_unref (RUNNEL_RUN_NOTIFIER (object)->watches);

  G_OBJECT_CLASS (runnel_run_notifier_parent_class)->finalize (object);
}

static void
runnel_run_notifier_class_init (RunnelRunNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = runnel_run_notifier_finalize;
}

static void
runnel_run_notifier_init (RunnelRunNotifier *self)
{
  self->watches = g_ptr_array_new_with_free_func (watch_free);
}

/**
 * runnel_run_notifier_get:
 *
 * Returns: (transfer none): the one of the application
 */
RunnelRunNotifier *
runnel_run_notifier_get (void)
{
  static RunnelRunNotifier *notifier;

  if (notifier == NULL)
    notifier = g_object_new (RUNNEL_TYPE_RUN_NOTIFIER, NULL);
  return notifier;
}

/**
 * runnel_run_notifier_set_seen:
 * @is_seen: (scope forever): tells whether a person looks at a run, who then needs no notification
 * @user_data: for @is_seen
 */
void
runnel_run_notifier_set_seen (RunnelRunNotifier *self,
                              RunnelRunSeenFunc  seen_func,
                              gpointer           user_data)
{
  g_return_if_fail (RUNNEL_IS_RUN_NOTIFIER (self));

  self->is_seen = seen_func;
  self->seen_data = user_data;
}

/**
 * runnel_run_notifier_follow:
 * @run: the number of a run that was just started
 * @title: the name of its pipeline
 *
 * Follows the run to its end, and keeps the application for as long.
 */
void
runnel_run_notifier_follow (RunnelRunNotifier *self,
                            gint64             run,
                            const char        *title)
{
  Watch *watch;

  g_return_if_fail (RUNNEL_IS_RUN_NOTIFIER (self));
  g_return_if_fail (title != NULL);

  if (g_application_get_default () == NULL)
    return;
  g_application_hold (g_application_get_default ());
  watch = g_new0 (Watch, 1);
  watch->notifier = self;
  watch->run = run;
  watch->title = g_strdup (title);
  watch->monitor = runnel_run_monitor_new (run);
  g_signal_connect_swapped (watch->monitor, "changed", G_CALLBACK (changed_cb), watch);
  g_signal_connect_swapped (watch->monitor, "finished", G_CALLBACK (finished_cb), watch);
  g_ptr_array_add (self->watches, watch);
}

/**
 * runnel_run_notifier_stop:
 *
 * Follows nothing any more; the runs go on.
 */
void
runnel_run_notifier_stop (RunnelRunNotifier *self)
{
  g_return_if_fail (RUNNEL_IS_RUN_NOTIFIER (self));

  g_ptr_array_set_size (self->watches, 0);
}
