/* runnel-editor-page-interchange.c: the pipeline being edited, and other systems
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/interchange/runnel-export-job.h"
#include "designer/interchange/runnel-export-window.h"
#include "designer/interchange/runnel-finding-marks.h"
#include "designer/runnel-editor-page-private.h"
#include "designer/runnel-settings.h"
#include "designer/runnel-window.h"

/* --- What becomes of the pipeline on the systems it is meant for --- */

static void
show_marks (RunnelEditorPage *self)
{
  GListModel *findings = runnel_portability_panel_get_findings (self->portability);
  g_autoptr(GHashTable) marks = runnel_finding_marks_new (findings);

  runnel_canvas_set_marks (self->canvas, marks);
}

static void
judged_cb (RunnelEditorPage *self)
{
  runnel_portability_panel_set_portability (
    self->portability, runnel_portability_watch_get_portability (self->portability_watch),
    runnel_portability_watch_get_obstacle (self->portability_watch));
  show_marks (self);
}

static void
step_activated_cb (RunnelEditorPage *self,
                   const char       *id)
{
  RunnelPipeline *pipeline = runnel_document_get_pipeline (self->document);

  /* A hook has no card: like the pipeline itself it is found in the properties of nothing selected. */
  if (id && runnel_pipeline_find_step (pipeline, id, NULL))
    runnel_editor_page_show_step (self, id);
  else
    runnel_canvas_select_none (self->canvas);
}

static void
portability_action (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  RunnelEditorPage *self = user_data;

  gtk_stack_set_visible_child_name (self->bottom_stack, "portability");
  gtk_widget_set_visible (self->bottom, TRUE);
  gtk_widget_child_focus (GTK_WIDGET (self->portability), GTK_DIR_TAB_FORWARD);
}

/* --- Exports --- */

static void
export_code_action (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  RunnelEditorPage *self = user_data;
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  g_auto(GStrv) systems = NULL;
  RunnelPortability *portability;

  runnel_editor_page_flush (self);
  if (!self->document)
    return;
  systems = runnel_portability_panel_get_systems (self->portability);
  portability = runnel_portability_watch_get_portability (self->portability_watch);
  gtk_window_present (runnel_export_window_new (window, self->document, portability, systems[0]));
}

static void
synced_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(RunnelEditorPage) self = user_data;
  g_autoptr(GError) error = NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *text = NULL;

  if (runnel_export_job_sync_finish (result, &error) || !RUNNEL_IS_WINDOW (root))
    return;
  /* translators: why a file of another system could not be written with the pipeline */
  text = g_strdup_printf (_("An export is out of date. %s"), error->message);
  runnel_window_add_toast_with_action (RUNNEL_WINDOW (root), text, _("_Export…"),
                                       "page.export-code");
}

/* What the pipeline keeps in sync is written again, after the pipeline itself was. */
void
_runnel_editor_page_sync_exports (RunnelEditorPage *self)
{
  RunnelPipeline *pipeline = runnel_document_get_pipeline (self->document);
  g_autofree char *path = g_file_get_path (runnel_document_get_file (self->document));

  if (path && runnel_pipeline_get_member (pipeline, "exports"))
    runnel_export_job_sync_async (pipeline, path, synced_cb, g_object_ref (self));
}

/* --- The page --- */

void
_runnel_editor_page_interchange_set_document (RunnelEditorPage *self)
{
  if (self->portability_watch)
    g_signal_handlers_disconnect_by_data (self->portability_watch, self);
  g_clear_object (&self->portability_watch);
  self->portability_watch = runnel_portability_watch_new (self->checker);
  g_signal_connect_swapped (self->portability_watch, "judged", G_CALLBACK (judged_cb), self);
}

void
_runnel_editor_page_interchange_init (RunnelEditorPage *self)
{
  const GActionEntry entries[] = {
    { "portability", portability_action },
    { "export-code", export_code_action },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (runnel_page_get_actions (RUNNEL_PAGE (self))),
                                   entries, G_N_ELEMENTS (entries), self);
  g_settings_bind (runnel_settings_get (), "systems", self->portability, "systems",
                   G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (self->portability, "notify::systems", G_CALLBACK (show_marks), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->portability, "step-activated", G_CALLBACK (step_activated_cb),
                           self, G_CONNECT_SWAPPED);
}
