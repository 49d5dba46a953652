/* runnel-step-panel.c: the log of a step between the legs it has and the files it left
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/runs/runnel-step-panel.h"

#define TABLE_WIDTH 420
#define ARTIFACTS_WIDTH 300

struct _RunnelStepPanel
{
  AdwBin parent_instance;

  GtkPaned *paned;
  RunnelLegsTable *table;
  RunnelLogView *log_view;
  RunnelArtifactsList *artifacts;
};

G_DEFINE_FINAL_TYPE (RunnelStepPanel, runnel_step_panel, ADW_TYPE_BIN)

static guint leg_selected_signal;

static void
selected_cb (RunnelStepPanel *self)
{
  g_signal_emit (self, leg_selected_signal, 0);
}

static void
runnel_step_panel_class_init (RunnelStepPanelClass *klass)
{
  leg_selected_signal = g_signal_new ("leg-selected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                      0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
runnel_step_panel_init (RunnelStepPanel *self)
{
  GtkWidget *paned = gtk_paned_new (GTK_ORIENTATION_HORIZONTAL);
  GtkWidget *table = runnel_legs_table_new ();
  GtkWidget *log_view = runnel_log_view_new ();
  GtkWidget *artifacts = runnel_artifacts_list_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->paned = GTK_PANED (paned);
  self->table = RUNNEL_LEGS_TABLE (table);
  self->log_view = RUNNEL_LOG_VIEW (log_view);
  self->artifacts = RUNNEL_ARTIFACTS_LIST (artifacts);
  gtk_widget_set_hexpand (log_view, TRUE);
  gtk_widget_set_size_request (artifacts, ARTIFACTS_WIDTH, -1);
  gtk_box_append (GTK_BOX (box), log_view);
  gtk_box_append (GTK_BOX (box), artifacts);
  gtk_widget_set_visible (table, FALSE);
  gtk_widget_set_size_request (table, 200, -1);
  gtk_paned_set_start_child (self->paned, table);
  gtk_paned_set_end_child (self->paned, box);
  gtk_paned_set_resize_start_child (self->paned, FALSE);
  gtk_paned_set_shrink_start_child (self->paned, FALSE);
  gtk_paned_set_shrink_end_child (self->paned, FALSE);
  gtk_paned_set_position (self->paned, TABLE_WIDTH);
  adw_bin_set_child (ADW_BIN (self), paned);
  g_signal_connect_object (table, "selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
}

/**
 * runnel_step_panel_new:
 *
 * Returns: (transfer floating): a panel that shows the log of nothing
 */
GtkWidget *
runnel_step_panel_new (void)
{
  return g_object_new (RUNNEL_TYPE_STEP_PANEL, NULL);
}

/**
 * runnel_step_panel_get_log_view:
 *
 * Returns: (transfer none): what shows the log
 */
RunnelLogView *
runnel_step_panel_get_log_view (RunnelStepPanel *self)
{
  g_return_val_if_fail (RUNNEL_IS_STEP_PANEL (self), NULL);

  return self->log_view;
}

/**
 * runnel_step_panel_get_artifacts:
 *
 * Returns: (transfer none): what shows the files that the step left
 */
RunnelArtifactsList *
runnel_step_panel_get_artifacts (RunnelStepPanel *self)
{
  g_return_val_if_fail (RUNNEL_IS_STEP_PANEL (self), NULL);

  return self->artifacts;
}

/**
 * runnel_step_panel_set_table_width:
 * @width: of the legs, in pixels, where there is room for it
 */
void
runnel_step_panel_set_table_width (RunnelStepPanel *self,
                                   int              width)
{
  g_return_if_fail (RUNNEL_IS_STEP_PANEL (self));

  gtk_paned_set_position (self->paned, width);
}

/**
 * runnel_step_panel_set_legs:
 * @legs: (array length=n_legs): the legs of the step; none for a step without a matrix
 */
void
runnel_step_panel_set_legs (RunnelStepPanel      *self,
                            const RunnelLegFacts *legs,
                            guint                 n_legs)
{
  g_return_if_fail (RUNNEL_IS_STEP_PANEL (self));

  runnel_legs_table_set_legs (self->table, legs, n_legs);
  gtk_widget_set_visible (GTK_WIDGET (self->table), n_legs > 0);
}

/**
 * runnel_step_panel_get_leg:
 *
 * Returns: (transfer none) (nullable): the id of the selected leg
 */
const char *
runnel_step_panel_get_leg (RunnelStepPanel *self)
{
  g_return_val_if_fail (RUNNEL_IS_STEP_PANEL (self), NULL);

  return runnel_legs_table_get_selection (self->table);
}

/**
 * runnel_step_panel_select_leg:
 * @id: (nullable): the id of a leg of the step that is shown
 */
void
runnel_step_panel_select_leg (RunnelStepPanel *self,
                              const char      *id)
{
  g_return_if_fail (RUNNEL_IS_STEP_PANEL (self));

  runnel_legs_table_select (self->table, id);
}
