/* runnel-editor-page-simulate.c: how a run of the pipeline being edited would go
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/runnel-editor-page-private.h"
#include "designer/runnel-parameters-dialog.h"
#include "designer/runs/runnel-simulation-window.h"

static GtkWindow *
get_window (RunnelEditorPage *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

static void
simulate (RunnelEditorPage *self,
          JsonObject       *parameters)
{
  g_autofree char *path = self->file != NULL ? g_file_get_path (self->file) : NULL;

  gtk_window_present (runnel_simulation_window_new (get_window (self),
                                                    runnel_document_get_pipeline (self->document),
                                                    path, parameters));
}

static void
parameters_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(RunnelEditorPage) self = user_data;
  g_autoptr(JsonObject) parameters = runnel_parameters_dialog_ask_finish (result, NULL);

  if (parameters != NULL && self->document != NULL)
    simulate (self, parameters);
}

static void
simulate_cb (RunnelEditorPage *self)
{
  RunnelPipeline *pipeline;
  guint n_parameters;

  runnel_editor_page_flush (self);
  if (self->document == NULL)
    return;
  pipeline = runnel_document_get_pipeline (self->document);
  runnel_pipeline_get_parameters (pipeline, &n_parameters);
  if (n_parameters == 0)
    simulate (self, NULL);
  else
    runnel_parameters_dialog_ask_async (get_window (self), pipeline, NULL, parameters_cb,
                                        g_object_ref (self));
}

void
_runnel_editor_page_simulate_init (RunnelEditorPage *self)
{
  g_autoptr(GSimpleAction) action = g_simple_action_new ("simulate", NULL);

  g_signal_connect_object (action, "activate", G_CALLBACK (simulate_cb), self, G_CONNECT_SWAPPED);
  g_action_map_add_action (G_ACTION_MAP (runnel_page_get_actions (RUNNEL_PAGE (self))),
                           G_ACTION (action));
}
