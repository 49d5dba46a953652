/* runnel-wrap-box.c: widgets beside each other, in as many lines as it takes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/runnel-wrap-box.h"
#include "designer/runnel-wrap-layout.h"

struct _RunnelWrapBox
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (RunnelWrapBox, runnel_wrap_box, GTK_TYPE_WIDGET)

static void
runnel_wrap_box_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (runnel_wrap_box_parent_class)->dispose (object);
}

static void
runnel_wrap_box_class_init (RunnelWrapBoxClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = runnel_wrap_box_dispose;

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), RUNNEL_TYPE_WRAP_LAYOUT);
}

static void
runnel_wrap_box_init (RunnelWrapBox *self)
{
}

/**
 * runnel_wrap_box_new:
 *
 * Returns: (transfer floating): a box with nothing in it
 */
GtkWidget *
runnel_wrap_box_new (void)
{
  return g_object_new (RUNNEL_TYPE_WRAP_BOX, NULL);
}

/**
 * runnel_wrap_box_append:
 * @self: a box
 * @child: (transfer floating): comes behind the others
 */
void
runnel_wrap_box_append (RunnelWrapBox *self,
                        GtkWidget     *child)
{
  g_return_if_fail (RUNNEL_IS_WRAP_BOX (self));
  g_return_if_fail (GTK_IS_WIDGET (child));

  gtk_widget_set_parent (child, GTK_WIDGET (self));
}
