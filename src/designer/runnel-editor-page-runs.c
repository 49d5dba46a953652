/* runnel-editor-page-runs.c: the runs of the pipeline being edited
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/runnel-editor-page-private.h"
#include "designer/runnel-window.h"

static void
starting_cb (RunnelEditorPage *self)
{
  runnel_editor_page_flush (self);
}

static void
run_ended_cb (RunnelEditorPage *self,
              gint64            run,
              const char       *text)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (RUNNEL_IS_WINDOW (root))
    runnel_window_tell_run (RUNNEL_WINDOW (root), text, run);
}

void
_runnel_editor_page_runs_init (RunnelEditorPage *self)
{
  self->run_controller = runnel_run_controller_new (RUNNEL_PAGE (self), self->canvas);
  g_signal_connect_object (self->run_controller, "starting", G_CALLBACK (starting_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->run_controller, "show-log",
                           G_CALLBACK (runnel_editor_page_show_log), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->run_controller, "message",
                           G_CALLBACK (runnel_editor_page_add_toast), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->run_controller, "run-ended", G_CALLBACK (run_ended_cb), self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (self->log_bin, runnel_run_controller_get_step_panel (self->run_controller));
  adw_bin_set_child (self->approval_bin,
                     runnel_run_controller_get_approval_bar (self->run_controller));
}
