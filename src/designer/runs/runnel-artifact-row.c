/* runnel-artifact-row.c: one file that a step left, with what can be done with it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/runs/runnel-artifact-row.h"

struct _RunnelArtifactRow
{
  GtkWidget parent_instance;

  /* Template widgets */
  GtkBox *box;
  GtkLabel *name_label;
  GtkLabel *size_label;
  GtkButton *open_button;
  GtkButton *reveal_button;
  GtkButton *copy_button;
};

G_DEFINE_FINAL_TYPE (RunnelArtifactRow, runnel_artifact_row, GTK_TYPE_WIDGET)

/* The path has to be there first: an action does not take less than it asks for. */
static void
set_action (GtkButton  *button,
            const char *name,
            const char *path)
{
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", path);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), name);
}

static void
runnel_artifact_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), RUNNEL_TYPE_ARTIFACT_ROW);

  G_OBJECT_CLASS (runnel_artifact_row_parent_class)->dispose (object);
}

static void
runnel_artifact_row_class_init (RunnelArtifactRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = runnel_artifact_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/runnel/Runnel/runnel-artifact-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RunnelArtifactRow, box);
  gtk_widget_class_bind_template_child (widget_class, RunnelArtifactRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, RunnelArtifactRow, size_label);
  gtk_widget_class_bind_template_child (widget_class, RunnelArtifactRow, open_button);
  gtk_widget_class_bind_template_child (widget_class, RunnelArtifactRow, reveal_button);
  gtk_widget_class_bind_template_child (widget_class, RunnelArtifactRow, copy_button);
}

static void
runnel_artifact_row_init (RunnelArtifactRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * runnel_artifact_row_new:
 *
 * Returns: (transfer floating): a row without a file
 */
GtkWidget *
runnel_artifact_row_new (void)
{
  return g_object_new (RUNNEL_TYPE_ARTIFACT_ROW, NULL);
}

/**
 * runnel_artifact_row_set_item:
 * @self: a row
 * @item: the file it is to show
 */
void
runnel_artifact_row_set_item (RunnelArtifactRow  *self,
                              RunnelArtifactItem *item)
{
  const char *path = runnel_artifact_item_get_path (item);
  g_autofree char *size = g_format_size (runnel_artifact_item_get_size (item));
  g_autofree char *tooltip = NULL;

  g_return_if_fail (RUNNEL_IS_ARTIFACT_ROW (self));

  tooltip = g_strdup_printf ("SHA-256 %s", runnel_artifact_item_get_sha256 (item));
  gtk_label_set_label (self->name_label, runnel_artifact_item_get_name (item));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name_label), tooltip);
  gtk_label_set_label (self->size_label, size);
  set_action (self->open_button, "artifacts.open", path);
  set_action (self->reveal_button, "artifacts.reveal", path);
  set_action (self->copy_button, "artifacts.copy-path", path);
}
