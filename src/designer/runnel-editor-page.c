/* runnel-editor-page.c: one pipeline, opened for editing
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/runnel-editor-page-private.h"
#include "designer/runnel-settings.h"

G_DEFINE_FINAL_TYPE (RunnelEditorPage, runnel_editor_page, RUNNEL_TYPE_PAGE)

static void
runnel_editor_page_dispose (GObject *object)
{
  RunnelEditorPage *self = RUNNEL_EDITOR_PAGE (object);

  g_clear_object (&self->file);
  G_OBJECT_CLASS (runnel_editor_page_parent_class)->dispose (object);
}

static void
runnel_editor_page_class_init (RunnelEditorPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = runnel_editor_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/runnel/Runnel/runnel-editor-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RunnelEditorPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RunnelEditorPage, inspector_flap);
  gtk_widget_class_bind_template_child (widget_class, RunnelEditorPage, palette_flap);
  gtk_widget_class_bind_template_child (widget_class, RunnelEditorPage, inspector_bin);
  gtk_widget_class_bind_template_child (widget_class, RunnelEditorPage, palette_bin);
  gtk_widget_class_bind_template_child (widget_class, RunnelEditorPage, paned);
  gtk_widget_class_bind_template_child (widget_class, RunnelEditorPage, canvas_bin);
  gtk_widget_class_bind_template_child (widget_class, RunnelEditorPage, bottom);
  gtk_widget_class_bind_template_child (widget_class, RunnelEditorPage, bottom_stack);
  gtk_widget_class_bind_template_child (widget_class, RunnelEditorPage, problems_page);
  gtk_widget_class_bind_template_child (widget_class, RunnelEditorPage, problems_bin);
  gtk_widget_class_bind_template_child (widget_class, RunnelEditorPage, log_bin);
  gtk_widget_class_bind_template_child (widget_class, RunnelEditorPage, json_bin);
}

static void
runnel_editor_page_init (RunnelEditorPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  _runnel_editor_page_actions_init (self);
  runnel_page_set_title (RUNNEL_PAGE (self), _("New Pipeline"));
}

RunnelEditorPage *
runnel_editor_page_new (void)
{
  return g_object_new (RUNNEL_TYPE_EDITOR_PAGE, NULL);
}

RunnelEditorPage *
runnel_editor_page_new_for_file (GFile *file)
{
  RunnelEditorPage *self = runnel_editor_page_new ();
  g_autofree char *name = g_file_get_basename (file);

  g_set_object (&self->file, file);
  runnel_page_set_title (RUNNEL_PAGE (self), name);
  return self;
}

GFile *
runnel_editor_page_get_file (RunnelEditorPage *self)
{
  g_return_val_if_fail (RUNNEL_IS_EDITOR_PAGE (self), NULL);

  return self->file;
}

/**
 * runnel_editor_page_set_log:
 * @log: (transfer floating): shows the log of the selected step
 *
 * Puts @log on the Log page of the bottom panel.
 */
void
runnel_editor_page_set_log (RunnelEditorPage *self,
                            GtkWidget        *log)
{
  g_return_if_fail (RUNNEL_IS_EDITOR_PAGE (self));
  g_return_if_fail (GTK_IS_WIDGET (log));

  adw_bin_set_child (self->log_bin, log);
}

/**
 * runnel_editor_page_show_log:
 *
 * Opens the bottom panel on its Log page.
 */
void
runnel_editor_page_show_log (RunnelEditorPage *self)
{
  g_return_if_fail (RUNNEL_IS_EDITOR_PAGE (self));

  gtk_stack_set_visible_child_name (self->bottom_stack, "log");
  gtk_widget_set_visible (self->bottom, TRUE);
}
