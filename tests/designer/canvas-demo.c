/* canvas-demo.c: the canvas alone in a window, to look at and to measure
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * canvas-demo [--dark] [--states] [--read-only] FILE
 */
#include "config.h"

#include <adwaita.h>

#include "designer/canvas/runnel-canvas.h"
#include "designer/compat/runnel-renderer.h"
#include "engine/kinds/runnel-kinds.h"

static gboolean dark, states, read_only;
static char **files;

static const GOptionEntry entries[] = {
  { "dark", 0, 0, G_OPTION_ARG_NONE, &dark, "Dark colours", NULL },
  { "states", 0, 0, G_OPTION_ARG_NONE, &states, "Show some state of a run on each step", NULL },
  { "read-only", 0, 0, G_OPTION_ARG_NONE, &read_only, "No changes", NULL },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &files, NULL, "FILE" },
  { NULL }
};

static void
refused_cb (RunnelCanvas *canvas,
            const char   *message)
{
  g_print ("refused: %s\n", message);
}

static void
activated_cb (RunnelCanvas *canvas,
              const char   *id)
{
  g_print ("activated: %s\n", id);
}

static void
selection_cb (RunnelCanvas *canvas)
{
  g_auto(GStrv) ids = runnel_canvas_get_selection (canvas);
  g_autofree char *text = g_strjoinv (" ", ids);

  g_print ("selected: %s\n", text);
}

static void
show_states (RunnelCanvas   *canvas,
             RunnelPipeline *pipeline)
{
  for (guint i = 0; i < runnel_pipeline_get_n_steps (pipeline); i++)
    {
      RunnelState state = i % RUNNEL_N_STATES;

      runnel_canvas_set_step_state (canvas, runnel_pipeline_get_step (pipeline, i)->id, state,
                                    runnel_state_to_string (state));
    }
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(RunnelDocument) document = runnel_document_load_finish (result, &error);

  if (document == NULL)
    {
      g_printerr ("%s\n", error->message);
      return;
    }

  runnel_canvas_set_document (user_data, document);
  if (states)
    show_states (user_data, runnel_document_get_pipeline (document));
}

static void
activate_cb (GtkApplication *application)
{
  GtkWidget *window = gtk_application_window_new (application);
  GtkWidget *canvas = runnel_canvas_new ();

  if (dark)
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                        ADW_COLOR_SCHEME_FORCE_DARK);

  g_signal_connect (canvas, "edit-refused", G_CALLBACK (refused_cb), NULL);
  g_signal_connect (canvas, "step-activated", G_CALLBACK (activated_cb), NULL);
  g_signal_connect (canvas, "selection-changed", G_CALLBACK (selection_cb), NULL);
  runnel_canvas_set_read_only (RUNNEL_CANVAS (canvas), read_only);
  gtk_window_set_child (GTK_WINDOW (window), canvas);
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), 1600, 1000);
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_grab_focus (canvas);

  if (files != NULL)
    {
      g_autoptr(GFile) file = g_file_new_for_commandline_arg (files[0]);

      runnel_document_load_async (file, NULL, loaded_cb, canvas);
    }
  else
    {
      g_autoptr(RunnelDocument) document = runnel_document_new ();

      runnel_canvas_set_document (RUNNEL_CANVAS (canvas), document);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);
  g_autoptr(AdwApplication) application = NULL;
  g_autoptr(GError) error = NULL;

  runnel_renderer_choose ();
  runnel_kinds_init ();
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }

  application = adw_application_new (NULL, G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);

  return g_application_run (G_APPLICATION (application), 1, argv);
}
