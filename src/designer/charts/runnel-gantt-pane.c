/* runnel-gantt-pane.c: the timing chart of a run with all that belongs to it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "charts/runnel-gantt-layout.h"
#include "designer/charts/runnel-gantt-legend.h"
#include "designer/charts/runnel-gantt-pane.h"

struct _RunnelGanttPane
{
  GtkWidget parent_instance;

  /* Template widgets */
  RunnelGantt *gantt;
  RunnelGanttLegend *legend;
};

G_DEFINE_FINAL_TYPE (RunnelGanttPane, runnel_gantt_pane, GTK_TYPE_WIDGET)

static void
update_legend (RunnelGanttPane *self)
{
  const RunnelGanttTree *tree = runnel_gantt_get_tree (self->gantt);
  gboolean critical;

  g_object_get (self->gantt, "critical-path", &critical, NULL);
  critical = critical && tree->timing != NULL && tree->timing->n_critical > 0;
  runnel_gantt_legend_set_looks (self->legend,
                                 runnel_gantt_list_looks (tree) &
                                   ~(critical ? 0 : 1u << RUNNEL_LOOK_SLACK), critical);
}

static void
runnel_gantt_pane_dispose (GObject *object)
{
  GtkWidget *child;

  gtk_widget_dispose_template (GTK_WIDGET (object), RUNNEL_TYPE_GANTT_PANE);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (runnel_gantt_pane_parent_class)->dispose (object);
}

static gboolean
runnel_gantt_pane_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (RUNNEL_GANTT_PANE (widget)->gantt));
}

static void
runnel_gantt_pane_class_init (RunnelGanttPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = runnel_gantt_pane_dispose;
  widget_class->grab_focus = runnel_gantt_pane_grab_focus;

  g_type_ensure (RUNNEL_TYPE_GANTT);
  g_type_ensure (RUNNEL_TYPE_GANTT_LEGEND);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/runnel/Runnel/runnel-gantt-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, RunnelGanttPane, gantt);
  gtk_widget_class_bind_template_child (widget_class, RunnelGanttPane, legend);
  gtk_widget_class_bind_template_callback (widget_class, update_legend);
}

static void
runnel_gantt_pane_init (RunnelGanttPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * runnel_gantt_pane_get_gantt:
 * @self: a pane
 *
 * Returns: (transfer none): its chart
 */
RunnelGantt *
runnel_gantt_pane_get_gantt (RunnelGanttPane *self)
{
  g_return_val_if_fail (RUNNEL_IS_GANTT_PANE (self), NULL);

  return self->gantt;
}

/**
 * runnel_gantt_pane_set_timing:
 * @self: a pane
 * @timing: (transfer full) (nullable): what to show
 */
void
runnel_gantt_pane_set_timing (RunnelGanttPane *self,
                              RunnelTiming    *timing)
{
  g_return_if_fail (RUNNEL_IS_GANTT_PANE (self));

  runnel_gantt_set_timing (self->gantt, timing);
}
