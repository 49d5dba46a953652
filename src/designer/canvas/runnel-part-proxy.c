/* runnel-part-proxy.c: a part of the canvas as assistive technology sees it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-part-proxy.h"

/* The canvas paints its steps itself, and AT-SPI walks widgets only. So each step that is seen has
 * a widget that draws nothing, takes no pointer, and lies where the card is. */
struct _RunnelPartProxy
{
  GtkWidget parent_instance;

  guint node; /* index in the canvas' scene */
  char *label;
  char *description;
  GList *targets;
};

enum
{
  FOCUS_WANTED,
  ACTIVATED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (RunnelPartProxy, runnel_part_proxy, GTK_TYPE_WIDGET)

static guint signals[N_SIGNALS];

static void
focus_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  g_signal_emit (widget, signals[FOCUS_WANTED], 0);
}

static void
activate_cb (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  g_signal_emit (widget, signals[ACTIVATED], 0);
}

static void
runnel_part_proxy_snapshot (GtkWidget   *widget,
                            GtkSnapshot *snapshot)
{
}

static void
runnel_part_proxy_finalize (GObject *object)
{
  RunnelPartProxy *self = RUNNEL_PART_PROXY (object);

  g_clear_pointer (&self->label, g_free);
  g_clear_pointer (&self->description, g_free);
  g_clear_pointer (&self->targets, g_list_free);

  G_OBJECT_CLASS (runnel_part_proxy_parent_class)->finalize (object);
}

static void
runnel_part_proxy_class_init (RunnelPartProxyClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = runnel_part_proxy_finalize;
  widget_class->snapshot = runnel_part_proxy_snapshot;

  signals[FOCUS_WANTED] = g_signal_new ("focus-wanted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 0);
  signals[ACTIVATED] = g_signal_new ("activated", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "node.focus", NULL, focus_cb);
  gtk_widget_class_install_action (widget_class, "node.activate", NULL, activate_cb);
  gtk_widget_class_set_css_name (widget_class, "runnel-step");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
runnel_part_proxy_init (RunnelPartProxy *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

/**
 * runnel_part_proxy_new:
 * @node: the index of the step in its canvas' scene
 */
GtkWidget *
runnel_part_proxy_new (guint node)
{
  RunnelPartProxy *self = g_object_new (RUNNEL_TYPE_PART_PROXY, NULL);

  self->node = node;
  return GTK_WIDGET (self);
}

guint
runnel_part_proxy_get_node (RunnelPartProxy *self)
{
  g_return_val_if_fail (RUNNEL_IS_PART_PROXY (self), 0);

  return self->node;
}

const char *
runnel_part_proxy_get_label (RunnelPartProxy *self)
{
  g_return_val_if_fail (RUNNEL_IS_PART_PROXY (self), NULL);

  return self->label;
}

/**
 * runnel_part_proxy_set_label:
 * @label: what a screen reader says: "title, kind, state"
 */
void
runnel_part_proxy_set_label (RunnelPartProxy *self,
                             const char      *label)
{
  g_return_if_fail (RUNNEL_IS_PART_PROXY (self));

  if (g_strcmp0 (self->label, label) == 0)
    return;

  g_free (self->label);
  self->label = g_strdup (label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/**
 * runnel_part_proxy_set_description:
 * @description: (nullable): what leads to the step and what follows
 */
void
runnel_part_proxy_set_description (RunnelPartProxy *self,
                                   const char      *description)
{
  g_return_if_fail (RUNNEL_IS_PART_PROXY (self));

  if (g_strcmp0 (self->description, description) == 0)
    return;

  g_free (self->description);
  self->description = g_strdup (description);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description, -1);
}

static gboolean
lists_equal (GList *a,
             GList *b)
{
  for (; a != NULL && b != NULL; a = a->next, b = b->next)
    if (a->data != b->data)
      return FALSE;

  return a == b;
}

/**
 * runnel_part_proxy_set_flow:
 * @targets: (transfer container) (element-type RunnelPartProxy): the steps that links lead to
 */
void
runnel_part_proxy_set_flow (RunnelPartProxy *self,
                            GList           *targets)
{
  const GtkAccessibleRelation relation = GTK_ACCESSIBLE_RELATION_FLOW_TO;
  GValue value = G_VALUE_INIT;

  g_return_if_fail (RUNNEL_IS_PART_PROXY (self));

  if (lists_equal (self->targets, targets))
    {
      g_list_free (targets);
      return;
    }

  g_list_free (self->targets);
  self->targets = targets;
  if (targets == NULL)
    {
      gtk_accessible_reset_relation (GTK_ACCESSIBLE (self), relation);
      return;
    }

  /* GTK keeps the list that it is given */
  gtk_accessible_relation_init_value (relation, &value);
  g_value_set_pointer (&value, g_list_copy (targets));
  gtk_accessible_update_relation_value (GTK_ACCESSIBLE (self), 1,
                                        (GtkAccessibleRelation *) &relation, &value);
  g_value_unset (&value);
}
