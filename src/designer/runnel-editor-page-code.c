/* runnel-editor-page-code.c: the document as text, beside the canvas
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/runnel-editor-page-private.h"
#include "designer/runnel-settings.h"

#define WIDTH "code-width"

static RunnelCodeSync *
get_sync (RunnelEditorPage *self)
{
  return runnel_code_view_get_sync (self->code_view);
}

/* What was typed and is wrong is easily forgotten when it is out of sight. */
static void
hidden_cb (RunnelEditorPage *self)
{
  g_settings_set_int (runnel_settings_get (), WIDTH,
                      gtk_widget_get_width (GTK_WIDGET (self->code_view)));
  if (self->document && runnel_code_sync_get_problem (get_sync (self)))
    runnel_notice_bar_show (self->notice_bar,
                            _("There is an error in the text, and what was typed there is not "
                              "in the pipeline yet."),
                            _("_Show Text"), "page.code");
}

/* The text is as wide as it was left, but leaves something of the canvas. */
static gboolean
place_cb (gpointer user_data)
{
  RunnelEditorPage *self = user_data;
  int width = gtk_widget_get_width (GTK_WIDGET (self->code_paned));
  int wanted = g_settings_get_int (runnel_settings_get (), WIDTH);

  self->code_place = 0;
  gtk_paned_set_position (self->code_paned, width - MIN (wanted, width / 2));
  return G_SOURCE_REMOVE;
}

/* The paned has its width when it was allocated. */
static void
shown_cb (RunnelEditorPage *self)
{
  if (!self->code_place)
    self->code_place = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, place_cb, self, NULL);
}

static void
pending_cb (RunnelEditorPage *self)
{
  _runnel_editor_page_update_title (self);
}

static void
step_chosen_cb (RunnelEditorPage *self,
                const char       *id)
{
  RunnelPipeline *pipeline = runnel_document_get_pipeline (self->document);

  if (!runnel_pipeline_find_step (pipeline, id, NULL))
    return;
  runnel_canvas_set_selection (self->canvas, (const char *const[]) { id, NULL });
  runnel_canvas_reveal (self->canvas, id);
}

static void
leave_cb (RunnelEditorPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
}

/* Who asks for the text wants to type in it. */
static void
visible_cb (RunnelEditorPage *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self->code_view)) &&
      gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self->code_view));
}

void
_runnel_editor_page_code_init (RunnelEditorPage *self)
{
  g_settings_bind (runnel_settings_get (), "code-visible", self->code_view, "visible",
                   G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (self->code_view, "notify::visible", G_CALLBACK (visible_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->code_view, "map", G_CALLBACK (shown_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->code_view, "unmap", G_CALLBACK (hidden_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->code_view, "step-chosen", G_CALLBACK (step_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->code_view, "leave", G_CALLBACK (leave_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (get_sync (self), "notify::pending", G_CALLBACK (pending_cb), self,
                           G_CONNECT_SWAPPED);
}

/* Shows the text with the first error in it. */
void
_runnel_editor_page_show_code_error (RunnelEditorPage *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->code_view), TRUE);
  runnel_code_view_show_problem (self->code_view);
}

/* Whether something was typed into the text that can't be brought into the document. */
gboolean
_runnel_editor_page_has_code_error (RunnelEditorPage *self)
{
  return !runnel_code_sync_flush (get_sync (self));
}

/* Gives up what was typed into the text and can't be brought into the document. */
void
_runnel_editor_page_revert_code (RunnelEditorPage *self)
{
  runnel_code_sync_revert (get_sync (self));
}
