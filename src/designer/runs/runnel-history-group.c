/* runnel-history-group.c: the preferences of what is kept of runs, and what that takes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/compat/runnel-tip.h"
#include "designer/runs/runnel-cleanup-dialog.h"
#include "designer/runs/runnel-history-group.h"
#include "designer/runs/runnel-history-job.h"
#include "designer/runs/runnel-limit-row.h"
#include "designer/runs/runnel-size-meter.h"
#include "history/runnel-retention.h"
#include "util/runnel-format.h"

/* Of an expander row: its pipeline, and its limit rows. */
#define PIPELINE "runnel-pipeline"
#define LIMITS "runnel-limits"

#define MARGIN 12

struct _RunnelHistoryGroup
{
  AdwPreferencesGroup parent_instance;

  RunnelMachineSettings *settings;
  GCancellable *cancellable;
  RunnelSizeMeter *history_meter;
  RunnelSizeMeter *cache_meter;
  GtkLabel *last_label;
  GtkWidget *free_button;
  GtkSwitch *automatic_switch;
  GPtrArray *limit_rows;    /* for all pipelines together, borrowed */
  GPtrArray *pipeline_rows; /* of AdwExpanderRow, borrowed */
  AdwEntryRow *add_row;
  gint64 budget;
  gboolean is_showing;      /* values are put into the rows, nobody has changed them */
};

G_DEFINE_FINAL_TYPE (RunnelHistoryGroup, runnel_history_group, ADW_TYPE_PREFERENCES_GROUP)

static const struct
{
  const char *name;
  const char *title;          /* for all pipelines together */
  const char *pipeline_title; /* for one */
} limits[] = {
  { "max-age", N_("Keep runs for, such as 90d"), N_("Keep its runs for, such as 90d") },
  { "max-runs", N_("Keep this many runs, all together"), N_("Keep this many of its runs") },
  { "max-size", N_("Runs take at most, such as 10 GB"), N_("Its runs take at most, such as 1 GB") },
};

static void measure (RunnelHistoryGroup *self);

static void
show_problem (RunnelHistoryGroup *self,
              const char         *problem)
{
  g_autofree char *markup = problem ? g_markup_escape_text (problem, -1) : NULL;

  adw_preferences_group_set_description (
    ADW_PREFERENCES_GROUP (self),
    markup ? markup : _("When one of the limits is reached, the oldest runs go. Pinned runs, runs "
                        "under way and the latest run of a pipeline that succeeded always stay."));
}

/* --- What it takes --- */

static void
show_last (RunnelHistoryGroup        *self,
           const RunnelCleanupStatus *status)
{
  g_autofree char *age = runnel_format_age (status->time, g_get_real_time ());
  g_autofree char *freed = g_format_size (MAX (status->freed, 0));
  g_autofree char *text = NULL;

  if (status->problem)
    text = g_strdup_printf (_("Last cleaned %s, but: %s"), age, status->problem);
  else if (status->time > 0)
    text = g_strdup_printf (_("Last cleaned %s: %s freed"), age, freed);
  gtk_label_set_label (self->last_label, text ? text : _("Not cleaned yet"));
}

static void
measured_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(RunnelHistoryGroup) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(RunnelCleanupPlan) plan = runnel_history_job_plan_finish (result, &error);
  RunnelSizePart parts[3], cached;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!plan)
    {
      show_problem (self, error->message);
      return;
    }
  parts[0] = (RunnelSizePart) { _("Logs"), plan->size.logs };
  parts[1] = (RunnelSizePart) { _("Artifacts"), plan->size.artifacts };
  parts[2] = (RunnelSizePart) { _("Database"), plan->size.database };
  cached = (RunnelSizePart) { _("Cached results"), plan->cache };
  runnel_size_meter_set (self->history_meter, parts, G_N_ELEMENTS (parts), self->budget);
  runnel_size_meter_set (self->cache_meter, &cached, 1, plan->cache_max);
  show_last (self, &plan->last);
}

static void
measure (RunnelHistoryGroup *self)
{
  runnel_history_job_plan_async (self->cancellable, measured_cb, g_object_ref (self));
}

static void
set_cleaning (RunnelHistoryGroup *self,
              gboolean            is_cleaning)
{
  gtk_widget_set_sensitive (self->free_button, !is_cleaning);
  gtk_button_set_label (GTK_BUTTON (self->free_button),
                        is_cleaning ? _("Cleaning…") : _("Free Space…"));
}

static void
cleaned_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(RunnelHistoryGroup) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *done = runnel_history_job_clean_finish (result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  set_cleaning (self, FALSE);
  show_problem (self, done ? NULL : error->message);
  measure (self);
}

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(RunnelHistoryGroup) self = user_data;
  g_autoptr(GError) error = NULL;
  gboolean is_wanted = runnel_cleanup_dialog_ask_finish (result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  set_cleaning (self, is_wanted);
  if (is_wanted)
    runnel_history_job_clean_async (NULL, NULL, cleaned_cb, g_object_ref (self));
  else if (error)
    show_problem (self, error->message);
}

static void
free_space_cb (RunnelHistoryGroup *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_widget_set_sensitive (self->free_button, FALSE);
  runnel_cleanup_dialog_ask_async (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                   self->cancellable, answered_cb, g_object_ref (self));
}

/* --- Limits --- */

static void
show_all (GPtrArray      *rows,
          RunnelSettings *settings)
{
  for (guint i = 0; i < rows->len; i++)
    runnel_limit_row_show (g_ptr_array_index (rows, i), settings);
}

static void
remove_cb (GtkButton          *button,
           RunnelHistoryGroup *self)
{
  g_autofree char *key = runnel_limit_make_key (g_object_get_data (G_OBJECT (button), PIPELINE),
                                                NULL);

  runnel_machine_settings_set (self->settings, key, NULL);
}

static GtkWidget *
create_remove_button (RunnelHistoryGroup *self,
                      const char         *pipeline)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  runnel_tip_set (button, _("Remove the limits"));
  g_object_set_data_full (G_OBJECT (button), PIPELINE, g_strdup (pipeline), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_cb), self, 0);
  return button;
}

static gboolean
is_any (const char *pipeline)
{
  return g_str_equal (pipeline, RUNNEL_RETENTION_ANY_PIPELINE);
}

static void
add_pipeline_row (RunnelHistoryGroup *self,
                  const char         *pipeline)
{
  GtkWidget *row = adw_expander_row_new ();
  GPtrArray *rows = g_ptr_array_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 is_any (pipeline) ? _("Each Other Pipeline") : pipeline);
  if (!is_any (pipeline))
    adw_expander_row_add_action (ADW_EXPANDER_ROW (row), create_remove_button (self, pipeline));
  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      g_autofree char *key = runnel_limit_make_key (pipeline, limits[i].name);
      GtkWidget *limit = runnel_limit_row_new (self->settings, key, _(limits[i].pipeline_title));

      adw_expander_row_add_row (ADW_EXPANDER_ROW (row), limit);
      g_ptr_array_add (rows, limit);
    }
  g_object_set_data_full (G_OBJECT (row), PIPELINE, g_strdup (pipeline), g_free);
  g_object_set_data_full (G_OBJECT (row), LIMITS, rows, (GDestroyNotify) g_ptr_array_unref);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->pipeline_rows, row);
}

/* Those that have limits; any other one can get some at all times. */
static GPtrArray *
list_pipelines (RunnelSettings *settings)
{
  JsonNode *node = runnel_settings_lookup (settings, "history.pipelines", NULL);
  GPtrArray *pipelines = g_ptr_array_new_with_free_func (g_free);
  JsonObjectIter iter;
  const char *name;

  g_ptr_array_add (pipelines, g_strdup (RUNNEL_RETENTION_ANY_PIPELINE));
  if (!node || !JSON_NODE_HOLDS_OBJECT (node))
    return pipelines;
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    if (!is_any (name))
      g_ptr_array_add (pipelines, g_strdup (name));
  return pipelines;
}

static gboolean
shows_pipelines (RunnelHistoryGroup *self,
                 GPtrArray          *pipelines)
{
  if (pipelines->len != self->pipeline_rows->len)
    return FALSE;
  for (guint i = 0; i < pipelines->len; i++)
    if (!g_str_equal (g_ptr_array_index (pipelines, i),
                      g_object_get_data (g_ptr_array_index (self->pipeline_rows, i), PIPELINE)))
      return FALSE;
  return TRUE;
}

/* "90d, 500 runs, 1 GB" */
static char *
describe_limits (GPtrArray *rows)
{
  g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < rows->len; i++)
    {
      const char *text = gtk_editable_get_text (GTK_EDITABLE (g_ptr_array_index (rows, i)));
      gboolean is_count = g_str_equal (limits[i].name, "max-runs");

      if (*text)
        g_ptr_array_add (parts, is_count ? g_strdup_printf (_("%s runs"), text) : g_strdup (text));
    }
  if (parts->len == 0)
    return g_strdup (_("No limits of its own"));
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (", ", (char **) parts->pdata);
}

static void
show_pipeline (AdwExpanderRow *row,
               RunnelSettings *settings)
{
  GPtrArray *rows = g_object_get_data (G_OBJECT (row), LIMITS);
  g_autofree char *text = NULL;

  show_all (rows, settings);
  text = describe_limits (rows);
  adw_expander_row_set_subtitle (row, text);
}

/* Rows are only made again when there are other pipelines: somebody may be in the middle of one.
 * The row that adds one stays the last. */
static void
show_pipelines (RunnelHistoryGroup *self,
                RunnelSettings     *settings)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);
  g_autoptr(GPtrArray) pipelines = list_pipelines (settings);
  g_autoptr(GtkWidget) add_row = g_object_ref (GTK_WIDGET (self->add_row));

  if (!shows_pipelines (self, pipelines))
    {
      for (guint i = 0; i < self->pipeline_rows->len; i++)
        adw_preferences_group_remove (group, g_ptr_array_index (self->pipeline_rows, i));
      g_ptr_array_set_size (self->pipeline_rows, 0);
      adw_preferences_group_remove (group, add_row);
      for (guint i = 0; i < pipelines->len; i++)
        add_pipeline_row (self, g_ptr_array_index (pipelines, i));
      adw_preferences_group_add (group, add_row);
    }
  for (guint i = 0; i < self->pipeline_rows->len; i++)
    show_pipeline (g_ptr_array_index (self->pipeline_rows, i), settings);
}

static void
add_pipeline_cb (RunnelHistoryGroup *self)
{
  const char *pipeline = gtk_editable_get_text (GTK_EDITABLE (self->add_row));
  g_autofree char *key = runnel_limit_make_key (pipeline, NULL);

  if (*pipeline)
    runnel_machine_settings_set (self->settings, key,
                                 json_node_init_object (json_node_alloc (), json_object_new ()));
  gtk_editable_set_text (GTK_EDITABLE (self->add_row), "");
}

static void
automatic_changed_cb (RunnelHistoryGroup *self)
{
  gboolean active = gtk_switch_get_active (self->automatic_switch);

  if (!self->is_showing)
    runnel_machine_settings_set (self->settings, "history.automatic",
                                 json_node_init_boolean (json_node_alloc (), active));
}

static void
loaded_cb (RunnelHistoryGroup *self,
           RunnelSettings     *settings)
{
  g_autoptr(RunnelRetention) policy = runnel_retention_new_for (settings);
  g_autofree char *problems = runnel_settings_describe_problems (settings, RUNNEL_SEVERITY_ERROR);
  gint64 max_size = policy->all.max_size;

  show_problem (self, problems);
  self->budget = max_size > 0 && max_size < RUNNEL_RETENTION_UNLIMITED ? max_size : 0;
  self->is_showing = TRUE;
  show_all (self->limit_rows, settings);
  show_pipelines (self, settings);
  gtk_switch_set_active (self->automatic_switch, policy->automatic);
  self->is_showing = FALSE;
  measure (self);
}

/* --- The group --- */

static void
runnel_history_group_dispose (GObject *object)
{
  RunnelHistoryGroup *self = RUNNEL_HISTORY_GROUP (object);

  g_cancellable_cancel (self->cancellable);
  if (self->settings)
    runnel_machine_settings_stop (self->settings);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (runnel_history_group_parent_class)->dispose (object);
}

static void
runnel_history_group_finalize (GObject *object)
{
  RunnelHistoryGroup *self = RUNNEL_HISTORY_GROUP (object);

  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->limit_rows);
  g_ptr_array_unref (self->pipeline_rows);
  G_OBJECT_CLASS (runnel_history_group_parent_class)->finalize (object);
}

static void
runnel_history_group_class_init (RunnelHistoryGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = runnel_history_group_dispose;
  object_class->finalize = runnel_history_group_finalize;
}

static void
add_meters (RunnelHistoryGroup *self)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, MARGIN);

  self->history_meter = RUNNEL_SIZE_METER (runnel_size_meter_new (_("Runs")));
  self->cache_meter = RUNNEL_SIZE_METER (runnel_size_meter_new (_("Cached Results")));
  self->last_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->last_label, 0);
  gtk_label_set_wrap (self->last_label, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->last_label), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->last_label), "caption");
  gtk_widget_set_margin_top (box, MARGIN);
  gtk_widget_set_margin_bottom (box, MARGIN);
  gtk_widget_set_margin_start (box, MARGIN);
  gtk_widget_set_margin_end (box, MARGIN);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->history_meter));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->cache_meter));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->last_label));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
}

static void
add_limit_row (RunnelHistoryGroup *self,
               const char         *name,
               const char         *title)
{
  g_autofree char *key = runnel_limit_make_key (NULL, name);
  GtkWidget *row = runnel_limit_row_new (self->settings, key, title);

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->limit_rows, row);
}

static void
add_automatic_row (RunnelHistoryGroup *self)
{
  GtkWidget *row = adw_action_row_new ();

  self->automatic_switch = GTK_SWITCH (gtk_switch_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->automatic_switch), GTK_ALIGN_CENTER);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Clean Up Automatically"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("Once an hour, after a run"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), GTK_WIDGET (self->automatic_switch));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), GTK_WIDGET (self->automatic_switch));
  g_signal_connect_object (self->automatic_switch, "notify::active",
                           G_CALLBACK (automatic_changed_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
}

static void
add_free_button (RunnelHistoryGroup *self)
{
  self->free_button = gtk_button_new_with_label (_("Free Space…"));
  gtk_widget_set_valign (self->free_button, GTK_ALIGN_CENTER);
  g_signal_connect_object (self->free_button, "clicked", G_CALLBACK (free_space_cb), self,
                           G_CONNECT_SWAPPED);
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self), self->free_button);
}

static void
add_add_row (RunnelHistoryGroup *self)
{
  GtkWidget *row = adw_entry_row_new ();

  self->add_row = ADW_ENTRY_ROW (row);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 _("Set limits for the pipeline of this name"));
  adw_entry_row_set_show_apply_button (self->add_row, TRUE);
  g_signal_connect_object (row, "apply", G_CALLBACK (add_pipeline_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
}

static void
runnel_history_group_init (RunnelHistoryGroup *self)
{
  self->cancellable = g_cancellable_new ();
  self->limit_rows = g_ptr_array_new ();
  self->pipeline_rows = g_ptr_array_new ();
  self->settings = runnel_machine_settings_new ();
  g_signal_connect_object (self->settings, "loaded", G_CALLBACK (loaded_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "failed", G_CALLBACK (show_problem), self,
                           G_CONNECT_SWAPPED);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("History"));
  show_problem (self, NULL);
  add_free_button (self);
  add_meters (self);
  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    add_limit_row (self, limits[i].name, _(limits[i].title));
  add_limit_row (self, "compress-after", _("Compress logs after, such as 7d"));
  add_automatic_row (self);
  add_add_row (self);
  runnel_machine_settings_load (self->settings);
}

/**
 * runnel_history_group_new:
 *
 * Returns: (transfer floating): a group that shows what the history takes and what is kept of it
 */
GtkWidget *
runnel_history_group_new (void)
{
  return g_object_new (RUNNEL_TYPE_HISTORY_GROUP, NULL);
}
