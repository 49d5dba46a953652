/* log-probe.c: does with a log what the log view does, and ends
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * usage: log-probe open LOG
 *        log-probe jump LOG PERCENT...
 *        log-probe search LOG TEXT [caseless] [regex]
 *
 * `open` ends when the last lines are there to be drawn, `jump` when those at each of the places
 * were, `search` when all lines with the text are counted, and prints how many.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "log/runnel-log-model.h"

#define SCREEN 50 /* lines */

static RunnelLogModel *
open_log (const char *path)
{
  RunnelLogModel *model = runnel_log_model_new (path, FALSE);

  while (!runnel_log_model_is_open (model))
    g_main_context_iteration (NULL, TRUE);
  return model;
}

/* Whether the lines from a row on are there, with their text. */
static gboolean
has_screen (RunnelLogModel *model,
            guint64         first)
{
  for (guint64 row = first; row < first + SCREEN; row++)
    {
      RunnelLogLine line;
      RunnelLogSpan span;
      RunnelLogStyle style;

      if (runnel_log_model_get_row (model, row, &line) != RUNNEL_LOG_CACHE_READY ||
          runnel_log_model_get_line (model, &line, &span, &style) != RUNNEL_LOG_CACHE_READY)
        return FALSE;
    }
  return TRUE;
}

/* Where the rows are is guessed until all lines are counted, so it is asked anew each time. */
static void
show (RunnelLogModel *model,
      double          share)
{
  for (;;)
    {
      guint64 n_rows = runnel_log_model_get_n_rows (model);
      guint64 last = n_rows > SCREEN ? n_rows - SCREEN : 0;

      if (has_screen (model, (guint64) (share * (double) last)))
        return;
      g_main_context_iteration (NULL, TRUE);
    }
}

static void
search (RunnelLogModel *model,
        char          **words)
{
  RunnelLogPatternFlags flags = RUNNEL_LOG_PATTERN_PLAIN;
  g_autoptr(RunnelLogPattern) pattern = NULL;
  g_autoptr(GError) error = NULL;

  if (g_strv_contains ((const char *const *) words, "caseless"))
    flags |= RUNNEL_LOG_PATTERN_CASELESS;
  if (g_strv_contains ((const char *const *) words, "regex"))
    flags |= RUNNEL_LOG_PATTERN_REGEX;
  pattern = runnel_log_pattern_new (words[0], flags, &error);
  if (!pattern)
    g_error ("%s", error->message);
  runnel_log_model_set_search (model, pattern);
  while (runnel_log_search_is_busy (runnel_log_model_get_search (model)))
    g_main_context_iteration (NULL, TRUE);
  printf ("%" G_GUINT64_FORMAT "\n",
          runnel_log_index_get_total (
            runnel_log_search_get_counts (runnel_log_model_get_search (model))));
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(RunnelLogModel) model = argc > 2 ? open_log (argv[2]) : NULL;

  if (argc == 3 && g_str_equal (argv[1], "open"))
    show (model, 1);
  else if (argc > 3 && g_str_equal (argv[1], "jump"))
    for (int i = 3; i < argc; i++)
      show (model, atoi (argv[i]) / 100.0);
  else if (argc > 3 && g_str_equal (argv[1], "search"))
    search (model, argv + 3);
  else
    return EXIT_FAILURE;
  fflush (stdout);
  _exit (EXIT_SUCCESS); /* nobody waits for what else is found in the log */
}
