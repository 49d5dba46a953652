/* runnel-application-commands.c: titles and keys of what windows and pages can do
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/canvas/runnel-canvas.h"
#include "designer/charts/runnel-gantt-pane.h"
#include "designer/commands/runnel-commands.h"
#include "designer/commands/runnel-keymap.h"
#include "designer/logs/runnel-log-commands.h"
#include "designer/runnel-application-commands.h"
#include "designer/runs/runnel-runs-page.h"

#define EDIT RUNNEL_COMMANDS_EDIT
#define FILES RUNNEL_COMMANDS_FILE
#define RUN RUNNEL_COMMANDS_RUN
#define STEPS RUNNEL_COMMANDS_STEPS
#define FIND RUNNEL_COMMANDS_FIND
#define VIEW RUNNEL_COMMANDS_VIEW
#define PANELS RUNNEL_COMMANDS_PANELS
#define WINDOW RUNNEL_COMMANDS_WINDOW

/* Only keys that no text field wants for itself: these win over the focused widget. An action of a
 * page that only passes on what the canvas can do has no row; the canvas has it. */
static const RunnelCommand commands[] = {
  { "win.new", N_("_New Pipeline"), FILES, "<Control>n <Control>t" },
  { "win.open", N_("_Open…"), FILES, "<Control>o" },
  { "page.save", N_("_Save"), FILES, "<Control>s" },
  { "page.save-as", N_("Save _As…"), FILES, "<Control><Shift>s" },
  { "page.reload", N_("Re_load From Disk"), FILES },
  { "page.open-text", N_("Open in a _Text Editor"), FILES },
  { "page.create", N_("_Create the Missing File"), FILES },
  { "win.open-folder", N_("Open _Folder"), FILES },
  { "page.compare", N_("Co_mpare With a File…"), FILES },
  { "page.compare-saved", N_("Compare With What Is Sa_ved"), FILES },
  { "page.compare-revision", N_("Compare With a Version in _Git…"), FILES },
  { "page.export-code", N_("Export to Another S_ystem…"), FILES, "<Control><Alt>s" },
  { "win.import", N_("_Import…"), FILES, "<Control><Alt>o" },
  { "win.import-folder", N_("Import a Fol_der…"), FILES },

  { "win.history", N_("_History of Changes"), EDIT, "<Control><Shift>h" },

  { "page.run", N_("_Run"), RUN, "<Control>Return F5" },
  { "page.stop", N_("S_top the Run"), RUN, "<Control><Alt>Return <Shift>F5" },
  { "page.run-until", N_("Run _Up to Here"), RUN, "<Control><Shift>Return" },
  { "page.run-step", N_("Run This _Step"), RUN },
  { "page.run-from", N_("Run Fro_m Here"), RUN },
  { "page.rerun", N_("Run A_gain"), RUN },
  { "page.resume", N_("Resu_me Failed"), RUN },
  { "page.simulate", N_("Si_mulate…"), RUN },
  { "page.pause-run", N_("_Pause the Run"), RUN },
  { "page.resume-run", N_("_Go On With the Run"), RUN },
  { "page.roll-back", N_("Roll _Back…"), RUN },
  { "page.freeze-step", N_("_Hold the Step"), RUN },
  { "page.thaw-step", N_("_Release the Step"), RUN },
  { "page.compare-run", N_("_Compare With the Run Before"), RUN },
  { "page.swap-runs", N_("Change _Before and After"), RUN },
  { "page.export-comparison", N_("E_xport the Comparison…"), RUN, .like = "canvas.export" },
  { "page.replay", N_("Re_play the Run"), RUN, "F8" },
  { "page.replay-next", N_("Replay to What Happened Ne_xt"), RUN, "<Alt>Right" },
  { "page.replay-previous", N_("Replay to What Happened Be_fore"), RUN, "<Alt>Left" },
  { "page.run-view::chart", N_("Timing _Chart of the Run"), RUN, "<Alt>1" },
  { "page.run-view::canvas", N_("Can_vas of the Run"), RUN, "<Alt>2" },
  { "page.run-view::details", N_("_Details of the Run"), RUN, "<Alt>3" },
  { "page.pin-run", N_("_Pin the Run"), RUN },
  { "page.label-run", N_("_Labels of the Run…"), RUN },
  { "page.compare-definition", N_("Compare the Pipeline as It Ran With the Presen_t"), RUN },
  { "page.open-pipeline", N_("Open the _Pipeline of the Run"), RUN },
  { "win.runs", N_("R_uns"), RUN, "<Control>h" },
  { "win.alerts", N_("A_lerts"), RUN },
  { "win.insights", N_("Insi_ghts"), RUN, "<Control>i" },

  { "win.minimap", N_("_Minimap"), VIEW, "<Alt>m" },

  { "page.find", N_("_Find…"), FIND, "<Control>f" },
  { "page.find-next", N_("Find Ne_xt"), FIND, "F3" },
  { "page.find-previous", N_("Find Pre_vious"), FIND, "<Shift>F3" },
  { "win.find-in-files", N_("Find _in Files…"), FIND, "<Control><Shift>f" },
  { "win.search-logs", N_("Search in _Logs…"), FIND, "<Control><Alt>f" },

  { "page.enter", N_("Enter the Pip_eline"), STEPS, "<Control><Shift>o" },
  { "page.leave", N_("_Leave the Pipeline"), STEPS },
  { "page.extract", N_("E_xtract to a Pipeline…"), STEPS, "<Control><Shift>e" },
  { "page.next-difference", N_("_Next Difference"), RUNNEL_COMMANDS_FIND, "F7" },
  { "page.previous-difference", N_("_Previous Difference"), RUNNEL_COMMANDS_FIND, "<Shift>F7" },
  { "page.only-changes", N_("Show Only What _Changed"), RUNNEL_COMMANDS_FIND },

  { "page.palette", N_("_Steps to Add"), PANELS, "F9" },
  { "page.outline", N_("_List of Steps"), PANELS, "<Control>F9" },
  { "page.inspector", N_("_Properties"), PANELS, "<Shift>F9" },
  { "page.code", N_("_Code"), PANELS, "<Control>j" },
  { "page.bottom", N_("Problems and _Log"), PANELS, "<Control>grave" },
  { "page.problems", N_("_Go to the Problems"), PANELS, "<Control><Shift>m" },
  { "page.portability", N_("What Other Systems Ma_ke of It"), PANELS, "<Control><Alt>m" },

  { "win.next-tab", N_("Ne_xt Tab"), WINDOW, "<Control>Page_Down" },
  { "win.previous-tab", N_("Pre_vious Tab"), WINDOW, "<Control>Page_Up" },
  { "win.close-tab", N_("_Close Tab"), WINDOW, "<Control>w" },
  { "win.close-others", N_("Close _Other Tabs"), WINDOW },
  { "win.move-to-new-window", N_("Move Tab to New _Window"), WINDOW },
  { "app.new-window", N_("New _Window"), WINDOW, "<Control><Shift>n" },
  { "win.commands", N_("_Find a Command…"), WINDOW, "<Control>k <Control><Shift>p" },
  { "app.preferences", N_("_Preferences"), WINDOW, "<Control>comma" },
  { "app.edit-keys", N_("_Edit the Keys"), WINDOW },
  { "app.shortcuts", N_("_Keyboard Shortcuts"), WINDOW, "<Control>question F1" },
  { "app.about", N_("_About Runnel"), WINDOW },
  { "app.quit", N_("_Quit"), WINDOW, "<Control>q" },
};

/* The log has a search of its own, so the page takes this key only when nobody else does. */
static gboolean
is_bound_elsewhere (const RunnelCommand *command)
{
  return g_str_equal (command->name, "page.find");
}

static void
keymap_changed_cb (GtkApplication *application)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_auto(GStrv) keys = runnel_command_list_keys (&commands[i]);

      if (!is_bound_elsewhere (&commands[i]))
        gtk_application_set_accels_for_action (application, commands[i].name,
                                               (const char *const *) keys);
    }
}

/**
 * runnel_application_commands_init:
 * @application: the application, at its start
 *
 * Makes all commands known, also those of the canvas, the chart, the log and the list of runs, and
 * binds the keys of those in this table.
 */
void
runnel_application_commands_init (GtkApplication *application)
{
  g_return_if_fail (GTK_IS_APPLICATION (application));

  g_type_class_unref (g_type_class_ref (RUNNEL_TYPE_CANVAS));
  g_type_class_unref (g_type_class_ref (RUNNEL_TYPE_GANTT));
  g_type_class_unref (g_type_class_ref (RUNNEL_TYPE_GANTT_PANE));
  runnel_log_commands_init ();
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    runnel_commands_add (&commands[i]);
  g_type_class_unref (g_type_class_ref (RUNNEL_TYPE_RUNS_PAGE));
  g_signal_connect_object (runnel_keymap_get_default (), "changed", G_CALLBACK (keymap_changed_cb),
                           application, G_CONNECT_SWAPPED);
  keymap_changed_cb (application);
}
