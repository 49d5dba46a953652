/* runnel-rerunner.c: the actions of a page that run again what ran before
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/runs/runnel-designer-history.h"
#include "designer/runs/runnel-rerun-dialog.h"
#include "designer/runs/runnel-rerunner.h"

struct _RunnelRerunner
{
  GObject parent_instance;

  RunnelPage *page;    /* borrowed: it owns this object */
  RunnelTextFunc get_text;
  gpointer text_data;
  GCancellable *cancellable;

  gint64 run;          /* the earlier one; 0: the latest of the pipeline in `path` */
  char *path;          /* of the pipeline's file, or NULL */
  char *step;          /* the selected one, or NULL */
  gboolean enabled;

  RunnelRerunVerb verb; /* what was asked for */
  char *verb_step;
};

G_DEFINE_FINAL_TYPE (RunnelRerunner, runnel_rerunner, G_TYPE_OBJECT)

enum { SIGNAL_STARTING, SIGNAL_STARTED, SIGNAL_FIRST_RUN, SIGNAL_MESSAGE, N_SIGNALS };
static guint signals[N_SIGNALS];

static const struct
{
  const char *action;
  RunnelRerunVerb verb;
  gboolean has_step;
} verbs[] = {
  { "rerun", RUNNEL_RERUN_ALL, FALSE },     { "resume", RUNNEL_RERUN_FAILED, FALSE },
  { "run-step", RUNNEL_RERUN_STEP, TRUE },  { "run-from", RUNNEL_RERUN_FROM, TRUE },
  { "run-until", RUNNEL_RERUN_UNTIL, TRUE },
};

static void
update_actions (RunnelRerunner *self)
{
  GActionMap *actions = G_ACTION_MAP (runnel_page_get_actions (self->page));

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    g_simple_action_set_enabled (
      G_SIMPLE_ACTION (g_action_map_lookup_action (actions, verbs[i].action)),
      self->enabled && (self->step != NULL || !verbs[i].has_step));
}

static void
started_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(RunnelRerunner) self = user_data;
  g_autoptr(GError) error = NULL;
  gint64 run = runnel_rerun_dialog_start_finish (result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return; /* the page is gone; a run that was started goes on without it */
  if (run > 0)
    g_signal_emit (self, signals[SIGNAL_STARTED], 0, run);
  else if (error != NULL)
    g_signal_emit (self, signals[SIGNAL_MESSAGE], 0, error->message);
}

static void
rerun (RunnelRerunner *self,
       gint64          run)
{
  g_autofree char *text = self->get_text != NULL ? self->get_text (self->text_data) : NULL;
  const RunnelRerun wish = { .run = run, .verb = self->verb, .step = self->verb_step, .text = text };
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self->page));

  runnel_rerun_dialog_start_async (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, &wish,
                                   self->path, self->cancellable, started_cb, g_object_ref (self));
}

/* The latest run of the pipeline; the history does not say which is the latest that is over, and
 * one under way is not to be repeated. */
static void
found_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(RunnelRerunner) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) runs =
    runnel_history_service_list_runs_finish (RUNNEL_HISTORY_SERVICE (object), result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (runs != NULL && runs->len > 0)
    rerun (self, ((const RunnelRunRecord *) g_ptr_array_index (runs, 0))->id);
  else
    g_signal_emit (self, signals[SIGNAL_FIRST_RUN], 0, self->verb, self->verb_step);
}

static void
start (RunnelRerunner  *self,
       RunnelRerunVerb  verb)
{
  g_autoptr(RunnelRunFilter) filter = runnel_run_filter_new ();

  g_signal_emit (self, signals[SIGNAL_STARTING], 0);
  self->verb = verb;
  g_free (self->verb_step);
  self->verb_step = g_strdup (self->step);
  if (self->run > 0)
    rerun (self, self->run);
  else if (self->path != NULL)
    {
      filter->pipeline = g_strdup (self->path);
      filter->states = ~RUNNEL_RUN_FILTER_ACTIVE;
      runnel_history_service_list_runs_async (runnel_designer_get_history (), filter, 1,
                                              self->cancellable, found_cb, g_object_ref (self));
    }
  else
    g_signal_emit (self, signals[SIGNAL_FIRST_RUN], 0, verb, self->verb_step);
}

static void
activate_cb (RunnelRerunner *self,
             GVariant       *parameter,
             GAction        *action)
{
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (g_str_equal (g_action_get_name (action), verbs[i].action))
      start (self, verbs[i].verb);
}

static void
runnel_rerunner_dispose (GObject *object)
{
  g_cancellable_cancel (RUNNEL_RERUNNER (object)->cancellable);

  G_OBJECT_CLASS (runnel_rerunner_parent_class)->dispose (object);
}

static void
runnel_rerunner_finalize (GObject *object)
{
  RunnelRerunner *self = RUNNEL_RERUNNER (object);

  g_object_unref (self->cancellable);
  g_free (self->path);
  g_free (self->step);
  g_free (self->verb_step);

  G_OBJECT_CLASS (runnel_rerunner_parent_class)->finalize (object);
}

static void
runnel_rerunner_class_init (RunnelRerunnerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = runnel_rerunner_dispose;
  object_class->finalize = runnel_rerunner_finalize;

  signals[SIGNAL_STARTING] = g_signal_new ("starting", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 0);
  signals[SIGNAL_STARTED] = g_signal_new ("started", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[SIGNAL_FIRST_RUN] = g_signal_new ("first-run", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                            NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_STRING);
  signals[SIGNAL_MESSAGE] = g_signal_new ("message", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
runnel_rerunner_init (RunnelRerunner *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * runnel_rerunner_new:
 * @page: the page that offers the actions; it disposes of this object before it goes
 *
 * Returns: (transfer full): the object; its actions are disabled
 */
RunnelRerunner *
runnel_rerunner_new (RunnelPage *page)
{
  RunnelRerunner *self = g_object_new (RUNNEL_TYPE_RERUNNER, NULL);

  g_return_val_if_fail (RUNNEL_IS_PAGE (page), NULL);

  self->page = page;
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      g_autoptr(GSimpleAction) action = g_simple_action_new (verbs[i].action, NULL);

      g_signal_connect_object (action, "activate", G_CALLBACK (activate_cb), self,
                               G_CONNECT_SWAPPED);
      g_action_map_add_action (G_ACTION_MAP (runnel_page_get_actions (page)), G_ACTION (action));
    }
  update_actions (self);
  return self;
}

/**
 * runnel_rerunner_set_text_func:
 * @get_text: gives the pipeline as it is now; without it the file is read
 * @user_data: for @get_text
 */
void
runnel_rerunner_set_text_func (RunnelRerunner *self,
                               RunnelTextFunc  get_text,
                               gpointer        user_data)
{
  g_return_if_fail (RUNNEL_IS_RERUNNER (self));

  self->get_text = get_text;
  self->text_data = user_data;
}

/**
 * runnel_rerunner_set_run:
 * @run: the number of the run that is repeated, 0 for the latest one of the pipeline
 */
void
runnel_rerunner_set_run (RunnelRerunner *self,
                         gint64          run)
{
  g_return_if_fail (RUNNEL_IS_RERUNNER (self));

  self->run = run;
}

/**
 * runnel_rerunner_set_path:
 * @path: (nullable): where the pipeline is kept
 */
void
runnel_rerunner_set_path (RunnelRerunner *self,
                          const char     *path)
{
  g_return_if_fail (RUNNEL_IS_RERUNNER (self));

  g_free (self->path);
  self->path = g_strdup (path);
}

/**
 * runnel_rerunner_set_step:
 * @step: (nullable): the id of the step that actions are about
 */
void
runnel_rerunner_set_step (RunnelRerunner *self,
                          const char     *step)
{
  g_return_if_fail (RUNNEL_IS_RERUNNER (self));

  g_free (self->step);
  self->step = g_strdup (step);
  update_actions (self);
}

/**
 * runnel_rerunner_set_enabled:
 * @enabled: whether anything may run again now
 */
void
runnel_rerunner_set_enabled (RunnelRerunner *self,
                             gboolean        enabled)
{
  g_return_if_fail (RUNNEL_IS_RERUNNER (self));

  self->enabled = enabled;
  update_actions (self);
}
