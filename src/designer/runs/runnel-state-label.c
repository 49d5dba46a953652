/* runnel-state-label.c: a state as icon, colour and word
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/runs/runnel-state-label.h"

#define SPACING 6

struct _RunnelStateLabel
{
  GtkWidget parent_instance;

  GtkImage *image;
  GtkLabel *label;
  const char *css_class;
};

G_DEFINE_FINAL_TYPE (RunnelStateLabel, runnel_state_label, GTK_TYPE_WIDGET)

static const struct
{
  const char *title;
  const char *icon_name;
  const char *css_class;
} looks[RUNNEL_N_STATES] = {
  [RUNNEL_STATE_PENDING] = { N_("Pending"), "content-loading-symbolic", "dim-label" },
  [RUNNEL_STATE_QUEUED] = { N_("Queued"), "document-open-recent-symbolic", "dim-label" },
  [RUNNEL_STATE_WAITING] = { N_("Waiting"), "preferences-system-time-symbolic", "warning" },
  [RUNNEL_STATE_RUNNING] = { N_("Running"), "media-playback-start-symbolic", "accent" },
  [RUNNEL_STATE_SUCCEEDED] = { N_("Succeeded"), "emblem-ok-symbolic", "success" },
  [RUNNEL_STATE_FAILED] = { N_("Failed"), "dialog-error-symbolic", "error" },
  [RUNNEL_STATE_TIMED_OUT] = { N_("Timed out"), "alarm-symbolic", "error" },
  [RUNNEL_STATE_SKIPPED] = { N_("Skipped"), "media-skip-forward-symbolic", "dim-label" },
  [RUNNEL_STATE_CANCELLED] = { N_("Cancelled"), "process-stop-symbolic", "dim-label" },
  [RUNNEL_STATE_INTERRUPTED] = { N_("Interrupted"), "dialog-warning-symbolic", "error" },
};

/**
 * runnel_state_get_title:
 * @state: a state
 *
 * Returns: its name for people, translated
 */
const char *
runnel_state_get_title (RunnelState state)
{
  g_return_val_if_fail ((guint) state < RUNNEL_N_STATES, "");

  return _(looks[state].title);
}

const char *
runnel_state_get_icon_name (RunnelState state)
{
  g_return_val_if_fail ((guint) state < RUNNEL_N_STATES, NULL);

  return looks[state].icon_name;
}

/**
 * runnel_state_get_css_class:
 * @state: a state
 *
 * Returns: the style class that gives its colour
 */
const char *
runnel_state_get_css_class (RunnelState state)
{
  g_return_val_if_fail ((guint) state < RUNNEL_N_STATES, NULL);

  return looks[state].css_class;
}

static void
runnel_state_label_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (runnel_state_label_parent_class)->dispose (object);
}

static void
runnel_state_label_class_init (RunnelStateLabelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = runnel_state_label_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "statelabel");
}

static void
runnel_state_label_init (RunnelStateLabel *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), SPACING);
  self->image = GTK_IMAGE (gtk_image_new ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->image), GTK_ACCESSIBLE_PROPERTY_LABEL, "",
                                  -1);
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->label, 0);
  gtk_widget_set_parent (GTK_WIDGET (self->image), GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->label), GTK_WIDGET (self));
}

/**
 * runnel_state_label_new:
 *
 * Returns: (transfer floating): a label that shows no state yet
 */
GtkWidget *
runnel_state_label_new (void)
{
  return g_object_new (RUNNEL_TYPE_STATE_LABEL, NULL);
}

/**
 * runnel_state_label_set_state:
 * @self: a state label
 * @state: the state to show
 */
void
runnel_state_label_set_state (RunnelStateLabel *self,
                              RunnelState       state)
{
  g_return_if_fail (RUNNEL_IS_STATE_LABEL (self));
  g_return_if_fail ((guint) state < RUNNEL_N_STATES);

  if (self->css_class != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self), self->css_class);
  self->css_class = looks[state].css_class;
  gtk_widget_add_css_class (GTK_WIDGET (self), self->css_class);
  gtk_image_set_from_icon_name (self->image, looks[state].icon_name);
  gtk_label_set_label (self->label, runnel_state_get_title (state));
}
