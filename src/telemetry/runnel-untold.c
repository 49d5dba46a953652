/* runnel-untold.c: runs of which the end was not told
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <fcntl.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "engine/limits/runnel-state-dir.h"
#include "engine/runnel-run-dir.h"
#include "telemetry/runnel-untold.h"

static char *
get_folder (void)
{
  g_autofree char *telemetry = runnel_state_dir_get ("telemetry");

  return g_build_filename (telemetry, "untold", NULL);
}

static char *
make_path (gint64 run)
{
  g_autofree char *folder = get_folder ();
  g_autofree char *name = g_strdup_printf ("%" G_GINT64_FORMAT, run);

  return g_build_filename (folder, name, NULL);
}

/**
 * runnel_untold_mark:
 * @run: the number of a run of which somebody is told from now on
 *
 * Where there is no room for the mark, the run is told without.
 */
void
runnel_untold_mark (gint64 run)
{
  g_autofree char *folder = get_folder ();
  g_autofree char *path = make_path (run);
  int fd = -1;

  if (g_mkdir_with_parents (folder, 0700) == 0)
    fd = g_open (path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (fd >= 0)
    close (fd);
}

/**
 * runnel_untold_unmark:
 * @run: the number of a run of which the end was told
 */
void
runnel_untold_unmark (gint64 run)
{
  g_autofree char *path = make_path (run);

  g_unlink (path);
}

/* Of a run that is gone there is nothing to tell. */
static gboolean
is_over (RunnelHistory *history,
         gint64         run,
         gboolean      *ret_exists)
{
  g_autofree char *folder = runnel_history_get_run_dir (run);
  RunnelRunRecord *record = runnel_history_get_run (history, run, NULL);
  gboolean result = record && runnel_state_is_terminal (record->state);

  *ret_exists = record != NULL;
  runnel_run_record_free (record);
  return result && !runnel_run_dir_is_alive (folder);
}

/* Whoever removes the mark has the run. */
static void
consider (RunnelHistory *history,
          GArray        *runs,
          gint64         run)
{
  g_autofree char *path = make_path (run);
  gboolean exists;

  if (is_over (history, run, &exists) && g_unlink (path) == 0)
    g_array_append_val (runs, run);
  else if (!exists)
    g_unlink (path);
}

/**
 * runnel_untold_claim:
 * @history: where the runs are
 *
 * Returns: (transfer full) (element-type gint64): the runs whose end is to be told by the caller,
 *   and by nobody else
 */
GArray *
runnel_untold_claim (RunnelHistory *history)
{
  g_autofree char *folder = get_folder ();
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (gint64));
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      gint64 run = g_ascii_strtoll (name, NULL, 10);

      if (run > 0)
        consider (history, runs, run);
    }
  return runs;
}
