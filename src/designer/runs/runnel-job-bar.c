/* runnel-job-bar.c: how far long work has come, with a button that stops it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/runs/runnel-job-bar.h"

struct _RunnelJobBar
{
  GtkWidget parent_instance;

  /* Template widgets */
  GtkRevealer *revealer;
  GtkLabel *label;
  GtkProgressBar *progress_bar;

  GCancellable *cancellable; /* of the work under way, or NULL */
};

G_DEFINE_FINAL_TYPE (RunnelJobBar, runnel_job_bar, GTK_TYPE_WIDGET)

static void
cancel_cb (RunnelJobBar *self)
{
  g_cancellable_cancel (self->cancellable);
}

static void
runnel_job_bar_dispose (GObject *object)
{
  RunnelJobBar *self = RUNNEL_JOB_BAR (object);

  /* Nobody is there any more to be told that it is done. */
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->revealer != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->revealer));
  self->revealer = NULL;
  G_OBJECT_CLASS (runnel_job_bar_parent_class)->dispose (object);
}

static void
runnel_job_bar_class_init (RunnelJobBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = runnel_job_bar_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/runnel/Runnel/runnel-job-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, RunnelJobBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, RunnelJobBar, label);
  gtk_widget_class_bind_template_child (widget_class, RunnelJobBar, progress_bar);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
}

static void
runnel_job_bar_init (RunnelJobBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * runnel_job_bar_begin:
 * @text: what is done, "Exporting"
 *
 * Shows the bar. There must be no other work under way.
 *
 * Returns: (transfer none): is cancelled by the button, and when the bar goes away
 */
GCancellable *
runnel_job_bar_begin (RunnelJobBar *self,
                      const char   *text)
{
  g_return_val_if_fail (RUNNEL_IS_JOB_BAR (self) && self->cancellable == NULL, NULL);

  self->cancellable = g_cancellable_new ();
  gtk_label_set_label (self->label, text);
  gtk_progress_bar_set_fraction (self->progress_bar, 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress_bar),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_set_visible (GTK_WIDGET (self->revealer), TRUE);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
  return self->cancellable;
}

gboolean
runnel_job_bar_is_active (RunnelJobBar *self)
{
  g_return_val_if_fail (RUNNEL_IS_JOB_BAR (self), FALSE);

  return self->cancellable != NULL;
}

/**
 * runnel_job_bar_set_fraction:
 * @fraction: from 0 to 1, or below 0 when nobody knows
 *
 * Shows how far it is.
 */
void
runnel_job_bar_set_fraction (RunnelJobBar *self,
                             double        fraction)
{
  g_return_if_fail (RUNNEL_IS_JOB_BAR (self));

  if (fraction < 0)
    gtk_progress_bar_pulse (self->progress_bar);
  else
    gtk_progress_bar_set_fraction (self->progress_bar, MIN (fraction, 1));
}

/**
 * runnel_job_bar_end:
 *
 * Hides the bar: the work is done, or was stopped.
 */
void
runnel_job_bar_end (RunnelJobBar *self)
{
  g_return_if_fail (RUNNEL_IS_JOB_BAR (self));

  g_clear_object (&self->cancellable);
  if (self->revealer)
    {
      gtk_revealer_set_reveal_child (self->revealer, FALSE);
      gtk_widget_set_visible (GTK_WIDGET (self->revealer), FALSE); /* its button is nowhere to be found */
    }
}
