/* runnel-application-compare.c: the designer as a tool that shows or merges versions, as for git
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/compare/runnel-compare-page.h"
#include "designer/compare/runnel-merge-page.h"
#include "designer/runnel-application-compare.h"
#include "designer/runnel-window.h"

#define N_DIFF_FILES 2  /* earlier, later */
#define N_MERGE_FILES 4 /* base, ours, theirs, result */

static int status = RUNNEL_COMPARE_DONE;

static RunnelVersion *
version_new (const char *name,
             const char *title)
{
  g_autoptr(GFile) file = g_file_new_for_commandline_arg (name);

  return runnel_version_new_file (file, title);
}

static RunnelWindow *
present (GtkApplication *application,
         RunnelPage     *page)
{
  RunnelWindow *window = runnel_window_new (application);

  runnel_window_add_page (window, page);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static gboolean
check_files (const char *const *names,
             guint              n_files,
             const char        *usage)
{
  if (names != NULL && g_strv_length ((char **) names) == n_files)
    return TRUE;

  g_printerr ("runnel-designer: %s\n", usage);
  return FALSE;
}

/**
 * runnel_application_show_diff:
 * @names: (nullable) (array zero-terminated=1): files of whatever name, the earlier one first
 *
 * Shows two versions in a window of its own.
 *
 * Returns: the status to end with when the window is closed
 */
int
runnel_application_show_diff (GtkApplication    *application,
                              const char *const *names)
{
  if (!check_files (names, N_DIFF_FILES, _("--diff takes two files: OLD NEW")))
    return status = RUNNEL_COMPARE_USAGE;

  present (application, runnel_compare_page_new (version_new (names[0], NULL),
                                                 version_new (names[1], NULL)));
  return status;
}

static void
merged_cb (RunnelMergePage *page)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));

  status = RUNNEL_COMPARE_DONE;
  if (GTK_IS_WINDOW (root))
    gtk_window_close (GTK_WINDOW (root));
}

/**
 * runnel_application_show_merge:
 * @names: (nullable) (array zero-terminated=1): the files before both sides, of ours, of theirs,
 *   and the one to write
 *
 * Lets a person merge in a window of its own.
 *
 * Returns: the status to end with when nothing is merged
 */
int
runnel_application_show_merge (GtkApplication    *application,
                               const char *const *names)
{
  g_autoptr(GFile) result = NULL;
  RunnelPage *page;

  if (!check_files (names, N_MERGE_FILES,
                    _("--merge takes four files: BASE OURS THEIRS RESULT")))
    return status = RUNNEL_COMPARE_USAGE;

  status = RUNNEL_COMPARE_UNDECIDED;
  result = g_file_new_for_commandline_arg (names[3]);
  page = runnel_merge_page_new (version_new (names[0], _("Before")),
                                version_new (names[1], _("Ours")),
                                version_new (names[2], _("Theirs")), result);
  g_signal_connect (page, "merged", G_CALLBACK (merged_cb), NULL);
  present (application, page);
  return status;
}

/* Known only when the window is closed. */
int
runnel_application_get_status (void)
{
  return status;
}
