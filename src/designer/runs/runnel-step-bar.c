/* runnel-step-bar.c: why a step of a run is what it is, and what can be done with it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/runs/runnel-step-bar.h"

struct _RunnelStepBar
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkLabel *why_label;
  GtkButton *freeze_button;
  GtkButton *thaw_button;
};

G_DEFINE_FINAL_TYPE (RunnelStepBar, runnel_step_bar, ADW_TYPE_BIN)

static void
runnel_step_bar_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), RUNNEL_TYPE_STEP_BAR);

  G_OBJECT_CLASS (runnel_step_bar_parent_class)->dispose (object);
}

static void
runnel_step_bar_class_init (RunnelStepBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = runnel_step_bar_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/runnel/Runnel/runnel-step-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, RunnelStepBar, why_label);
  gtk_widget_class_bind_template_child (widget_class, RunnelStepBar, freeze_button);
  gtk_widget_class_bind_template_child (widget_class, RunnelStepBar, thaw_button);
}

static void
runnel_step_bar_init (RunnelStepBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  runnel_step_bar_set_holds (self, FALSE, FALSE);
}

/**
 * runnel_step_bar_new:
 *
 * Returns: (transfer floating): a bar without a step, which is not visible
 */
GtkWidget *
runnel_step_bar_new (void)
{
  return g_object_new (RUNNEL_TYPE_STEP_BAR, NULL);
}

/**
 * runnel_step_bar_explain:
 * @self: a step bar
 * @explanation: (nullable): why the step that is selected is what it is, one fact a line; %NULL
 *   when none is selected
 */
void
runnel_step_bar_explain (RunnelStepBar *self,
                         const char    *explanation)
{
  g_return_if_fail (RUNNEL_IS_STEP_BAR (self));

  gtk_widget_set_visible (GTK_WIDGET (self), explanation != NULL);
  gtk_label_set_label (self->why_label, explanation != NULL ? explanation : "");
}

/**
 * runnel_step_bar_set_holds:
 * @self: a step bar
 * @can_freeze: whether an attempt of the step is under way
 * @can_thaw: whether it is frozen
 */
void
runnel_step_bar_set_holds (RunnelStepBar *self,
                           gboolean       can_freeze,
                           gboolean       can_thaw)
{
  g_return_if_fail (RUNNEL_IS_STEP_BAR (self));

  gtk_widget_set_visible (GTK_WIDGET (self->freeze_button), can_freeze);
  gtk_widget_set_visible (GTK_WIDGET (self->thaw_button), can_thaw);
}
