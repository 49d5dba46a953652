/* runnel-approval-bar.c: asks a person what a run waits for
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/runs/runnel-approval-bar.h"

struct _RunnelApprovalBar
{
  GtkWidget parent_instance;

  /* Template widgets */
  GtkRevealer *revealer;
  GtkLabel *prompt;
  GtkEntry *comment;

  /* Owned references */
  GSignalGroup *monitor_signals;
  char *step; /* the id of the step asked about, or NULL */
};

G_DEFINE_FINAL_TYPE (RunnelApprovalBar, runnel_approval_bar, GTK_TYPE_WIDGET)

static void
update (RunnelApprovalBar *self)
{
  g_autoptr(RunnelRunMonitor) monitor = g_signal_group_dup_target (self->monitor_signals);
  const RunnelStepStatus *question =
    monitor != NULL ? runnel_run_monitor_find_question (monitor) : NULL;

  gtk_revealer_set_reveal_child (self->revealer, question != NULL);
  if (g_strcmp0 (question != NULL ? question->id : NULL, self->step) == 0)
    return;

  g_free (self->step);
  self->step = question != NULL ? g_strdup (question->id) : NULL;
  if (question != NULL)
    {
      gtk_label_set_label (self->prompt,
                           question->reason != NULL ? question->reason : question->id);
      gtk_editable_set_text (GTK_EDITABLE (self->comment), "");
    }
}

static void
answer (RunnelApprovalBar *self,
        gboolean           approved)
{
  g_autoptr(RunnelRunMonitor) monitor = g_signal_group_dup_target (self->monitor_signals);
  const char *comment = gtk_editable_get_text (GTK_EDITABLE (self->comment));

  if (monitor != NULL && self->step != NULL)
    runnel_run_monitor_answer (monitor, self->step, approved, *comment != '\0' ? comment : NULL);
}

static void
approve_cb (RunnelApprovalBar *self)
{
  answer (self, TRUE);
}

static void
reject_cb (RunnelApprovalBar *self)
{
  answer (self, FALSE);
}

static void
runnel_approval_bar_dispose (GObject *object)
{
  RunnelApprovalBar *self = RUNNEL_APPROVAL_BAR (object);
  GtkWidget *child;

  g_clear_object (&self->monitor_signals);
  g_clear_pointer (&self->step, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUNNEL_TYPE_APPROVAL_BAR);
  /* That took only the children that have a name here. */
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (runnel_approval_bar_parent_class)->dispose (object);
}

static void
runnel_approval_bar_class_init (RunnelApprovalBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = runnel_approval_bar_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/runnel/Runnel/runnel-approval-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, RunnelApprovalBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, RunnelApprovalBar, prompt);
  gtk_widget_class_bind_template_child (widget_class, RunnelApprovalBar, comment);
  gtk_widget_class_bind_template_callback (widget_class, approve_cb);
  gtk_widget_class_bind_template_callback (widget_class, reject_cb);
  gtk_widget_class_set_css_name (widget_class, "approvalbar");
}

static void
runnel_approval_bar_init (RunnelApprovalBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->monitor_signals = g_signal_group_new (RUNNEL_TYPE_RUN_MONITOR);
  g_signal_group_connect_swapped (self->monitor_signals, "changed", G_CALLBACK (update), self);
}

/**
 * runnel_approval_bar_new:
 *
 * A bar that is hidden while no run asks for anything.
 *
 * Returns: (transfer floating): the bar
 */
GtkWidget *
runnel_approval_bar_new (void)
{
  return g_object_new (RUNNEL_TYPE_APPROVAL_BAR, NULL);
}

/**
 * runnel_approval_bar_set_monitor:
 * @self: an approval bar
 * @monitor: (nullable): the run whose questions to ask
 */
void
runnel_approval_bar_set_monitor (RunnelApprovalBar *self,
                                 RunnelRunMonitor  *monitor)
{
  g_return_if_fail (RUNNEL_IS_APPROVAL_BAR (self));

  g_signal_group_set_target (self->monitor_signals, monitor);
  update (self);
}
