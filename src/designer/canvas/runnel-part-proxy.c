/* runnel-part-proxy.c: a part of the canvas as assistive technology sees it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-part-proxy.h"

/* The canvas paints its parts itself, and AT-SPI walks widgets only. So each part that is seen has a
 * widget that draws nothing, takes no pointer, and lies where the part is. */
struct _RunnelPartProxy
{
  GtkWidget parent_instance;

  RunnelPart part;
  guint index;
  char *label;
  char *description;
  GList *targets;
};

enum
{
  FOCUS_WANTED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (RunnelPartProxy, runnel_part_proxy, GTK_TYPE_WIDGET)

static guint signals[N_SIGNALS];

/* What a screen reader can do with a part: commands of the canvas and of the page around it, after
 * the keyboard has gone there. AT-SPI takes the first for the usual one, and GTK has them in the
 * order of a hash table: the names are such that it.focus comes first, which does no harm. */
static const struct
{
  const char *name;
  RunnelPart parts; /* that have it, 0 = all */
  const char *command; /* or NULL */
  const char *target;  /* or NULL */
} actions[] = {
  { "it.focus" },
  { "it.open", 0, "canvas.activate" },
  { "it.menu", 0, "canvas.menu" },
  { "it.delete", 0, "canvas.delete" },
  { "it.rename", RUNNEL_PART_STEP | RUNNEL_PART_CARD | RUNNEL_PART_GROUP, "canvas.rename" },
  { "it.fold", RUNNEL_PART_CARD | RUNNEL_PART_GROUP, "canvas.fold" },
  { "it.connect", RUNNEL_PART_STEP, "canvas.connect", "success" },
  { "it.disable", RUNNEL_PART_STEP, "canvas.disable" },
  { "it.bypass", RUNNEL_PART_STEP, "canvas.bypass" },
  { "it.run", RUNNEL_PART_STEP, "page.run-step" },
};

static void
activate_cb (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  g_signal_emit (widget, signals[FOCUS_WANTED], 0);

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_str_equal (actions[i].name, name) && actions[i].command != NULL)
      gtk_widget_activate_action (widget, actions[i].command, actions[i].target ? "s" : NULL,
                                  actions[i].target);
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

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, activate_cb);
  gtk_widget_class_set_css_name (widget_class, "runnel-part");
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
 * @part: what it stands for
 * @index: which of them: its index in the canvas' scene
 */
GtkWidget *
runnel_part_proxy_new (RunnelPart part,
                       guint      index)
{
  RunnelPartProxy *self = g_object_new (RUNNEL_TYPE_PART_PROXY, NULL);

  self->part = part;
  self->index = index;
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i].name,
                                   actions[i].parts == 0 || (actions[i].parts & part));

  return GTK_WIDGET (self);
}

RunnelPart
runnel_part_proxy_get_part (RunnelPartProxy *self)
{
  g_return_val_if_fail (RUNNEL_IS_PART_PROXY (self), 0);

  return self->part;
}

guint
runnel_part_proxy_get_index (RunnelPartProxy *self)
{
  g_return_val_if_fail (RUNNEL_IS_PART_PROXY (self), 0);

  return self->index;
}

const char *
runnel_part_proxy_get_label (RunnelPartProxy *self)
{
  g_return_val_if_fail (RUNNEL_IS_PART_PROXY (self), NULL);

  return self->label;
}

/**
 * runnel_part_proxy_set_label:
 * @label: what a screen reader says first, of a step "title, kind, state"
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
 * @description: (nullable): what else there is to say
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
