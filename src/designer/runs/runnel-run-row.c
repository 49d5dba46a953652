/* runnel-run-row.c: a run as a row of the Runs page
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/runs/runnel-run-row.h"
#include "designer/runs/runnel-state-label.h"
#include "util/runnel-format.h"

struct _RunnelRunRow
{
  GtkWidget parent_instance;

  /* Template widgets */
  RunnelStateLabel *state_label;
  GtkLabel *title_label;
  GtkLabel *detail_label;
  GtkLabel *age_label;
  GtkLabel *duration_label;

  /* Owned references */
  GSignalGroup *item_signals;
};

G_DEFINE_FINAL_TYPE (RunnelRunRow, runnel_run_row, GTK_TYPE_WIDGET)

static const RunnelRunRecord *
get_record (RunnelRunRow *self)
{
  g_autoptr(RunnelRunItem) item = g_signal_group_dup_target (self->item_signals);

  /* The list keeps the item as long as the row shows it. */
  return item != NULL ? runnel_run_item_get_record (item) : NULL;
}

/**
 * runnel_run_describe_counts:
 * @record: what history says of a run
 *
 * Returns: (transfer full): "12 of 14 steps, 1 failed"
 */
char *
runnel_run_describe_counts (const RunnelRunRecord *record)
{
  g_return_val_if_fail (record != NULL, NULL);

  guint n_succeeded = record->n_by_state[RUNNEL_STATE_SUCCEEDED];
  guint n_failed =
    record->n_by_state[RUNNEL_STATE_FAILED] + record->n_by_state[RUNNEL_STATE_TIMED_OUT];
  guint n_skipped = record->n_by_state[RUNNEL_STATE_SKIPPED];
  GString *text = g_string_new (NULL);

  g_string_append_printf (
    text, ngettext ("%u of %u step succeeded", "%u of %u steps succeeded", record->n_steps),
    n_succeeded, record->n_steps);
  if (n_failed > 0 && record->state == RUNNEL_STATE_SUCCEEDED)
    /* translators: failures that were tolerated or that a fallback made good */
    g_string_append_printf (text, _(", %u failed without harm"), n_failed);
  else if (n_failed > 0)
    g_string_append_printf (text, _(", %u failed"), n_failed);
  if (n_skipped > 0)
    g_string_append_printf (text, _(", %u skipped"), n_skipped);
  return g_string_free (text, FALSE);
}

static void
update_detail (RunnelRunRow          *self,
               const RunnelRunRecord *record)
{
  g_autofree char *counts = runnel_run_describe_counts (record);
  g_autofree char *detail = record->reason != NULL && *record->reason != '\0'
                              ? g_strdup_printf ("%s — %s", counts, record->reason)
                              : g_strdup (counts);

  gtk_label_set_label (self->detail_label, detail);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), record->file);
}

static void
update_accessible_label (RunnelRunRow          *self,
                         const RunnelRunRecord *record)
{
  /* translators: "Run 12 of Build, test, package: Succeeded" */
  g_autofree char *label =
    g_strdup_printf (_("Run %" G_GINT64_FORMAT " of %s: %s"), record->id, record->pipeline,
                     runnel_state_get_title (record->state));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
update (RunnelRunRow *self)
{
  const RunnelRunRecord *record = get_record (self);

  if (record == NULL)
    return;

  /* translators: the name of a pipeline, and the number of its run */
  g_autofree char *title =
    g_strdup_printf (_("%s  #%" G_GINT64_FORMAT), record->pipeline, record->id);

  runnel_state_label_set_state (self->state_label, record->state);
  gtk_label_set_label (self->title_label, title);
  update_detail (self, record);
  update_accessible_label (self, record);
  runnel_run_row_tick (self);
}

static void
runnel_run_row_dispose (GObject *object)
{
  RunnelRunRow *self = RUNNEL_RUN_ROW (object);
  GtkWidget *child;

  g_clear_object (&self->item_signals);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUNNEL_TYPE_RUN_ROW);
  /* That took only the children that have a name here. */
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (runnel_run_row_parent_class)->dispose (object);
}

static void
runnel_run_row_class_init (RunnelRunRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = runnel_run_row_dispose;

  g_type_ensure (RUNNEL_TYPE_STATE_LABEL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/runnel/Runnel/runnel-run-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RunnelRunRow, state_label);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunRow, detail_label);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunRow, age_label);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunRow, duration_label);
  gtk_widget_class_set_css_name (widget_class, "runrow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
runnel_run_row_init (RunnelRunRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->item_signals = g_signal_group_new (RUNNEL_TYPE_RUN_ITEM);
  g_signal_group_connect_swapped (self->item_signals, "changed", G_CALLBACK (update), self);
}

/**
 * runnel_run_row_new:
 *
 * Returns: (transfer floating): a row without a run
 */
GtkWidget *
runnel_run_row_new (void)
{
  return g_object_new (RUNNEL_TYPE_RUN_ROW, NULL);
}

/**
 * runnel_run_row_set_item:
 * @self: a run row
 * @item: (nullable): the run to show and follow
 */
void
runnel_run_row_set_item (RunnelRunRow  *self,
                         RunnelRunItem *item)
{
  g_return_if_fail (RUNNEL_IS_RUN_ROW (self));

  g_signal_group_set_target (self->item_signals, item);
  update (self);
}

/**
 * runnel_run_row_tick:
 * @self: a run row
 *
 * Shows what changes by the passing of time alone.
 */
void
runnel_run_row_tick (RunnelRunRow *self)
{
  g_return_if_fail (RUNNEL_IS_RUN_ROW (self));

  const RunnelRunRecord *record = get_record (self);
  if (record == NULL)
    return;

  gint64 now = g_get_real_time ();
  gint64 end = record->finished > 0 ? record->finished : now;
  g_autofree char *age = runnel_format_age (record->started, now);
  g_autofree char *duration = runnel_format_duration (end - record->started);

  gtk_label_set_label (self->age_label, age);
  gtk_label_set_label (self->duration_label, duration);
}
