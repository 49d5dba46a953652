/* runnel-cli-marks.c: runnel pin, runnel unpin and runnel label
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>

#include "cli/runnel-cli.h"

/* What `runnel label` is told. */
typedef struct
{
  GArray *runs;        /* of gint64 */
  GPtrArray *added;    /* of char *, which the arguments own */
  GPtrArray *removed;
} Marking;

static void
marking_init (Marking *self)
{
  self->runs = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->added = g_ptr_array_new ();
  self->removed = g_ptr_array_new ();
}

static void
marking_clear (Marking *self)
{
  g_array_unref (self->runs);
  g_ptr_array_unref (self->added);
  g_ptr_array_unref (self->removed);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Marking, marking_clear)

static gboolean
add_run (GArray      *runs,
         const char  *text,
         GError     **error)
{
  gint64 run = runnel_cli_parse_run (text, error);

  if (run != 0)
    g_array_append_val (runs, run);

  return run != 0;
}

/* Whoever names a run wants that one: a wrong number is not passed over. */
static gboolean
check_runs (RunnelHistory  *history,
            GArray         *runs,
            GError        **error)
{
  for (guint i = 0; i < runs->len; i++)
    {
      RunnelRunRecord *run = runnel_history_get_run (history, g_array_index (runs, gint64, i), error);

      if (!run)
        return FALSE;
      runnel_run_record_free (run);
    }

  return TRUE;
}

static RunnelHistory *
open_for (GArray  *runs,
          GError **error)
{
  g_autoptr(RunnelHistory) history = runnel_cli_open_history (error);

  if (!history || !check_runs (history, runs, error))
    return NULL;

  return g_steal_pointer (&history);
}

static int
set_pinned (int          argc,
            char       **argv,
            gboolean     pinned,
            const char  *summary,
            GError     **error)
{
  g_autoptr(GArray) runs = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(RunnelHistory) history = NULL;

  if (!runnel_cli_parse (&argc, &argv, NULL, "RUN…", summary, 1, -1, error))
    return RUNNEL_EXIT_USAGE;
  for (int i = 1; i < argc; i++)
    if (!add_run (runs, argv[i], error))
      return RUNNEL_EXIT_USAGE;

  history = open_for (runs, error);
  if (!history || !runnel_history_set_pinned (history, (const gint64 *) runs->data, runs->len,
                                              pinned, error))
    return RUNNEL_EXIT_STORE;

  return RUNNEL_EXIT_SUCCEEDED;
}

int
runnel_cli_pin (int      argc,
                char   **argv,
                GError **error)
{
  return set_pinned (argc, argv, TRUE, "Keeps runs when old ones are cleared away.", error);
}

int
runnel_cli_unpin (int      argc,
                  char   **argv,
                  GError **error)
{
  return set_pinned (argc, argv, FALSE, "Lets pinned runs be cleared away like all others.", error);
}

/* "+a" and "-a" are labels, a number is a run. */
static gboolean
read_words (Marking  *self,
            char    **words,
            GError  **error)
{
  for (; *words; words++)
    if (**words == '+' || **words == '-')
      {
        if (!runnel_history_check_label (*words + 1, error))
          return FALSE;
        g_ptr_array_add (**words == '+' ? self->added : self->removed, *words + 1);
      }
    else if (!add_run (self->runs, *words, error))
      return FALSE;
  if (self->runs->len > 0 && self->added->len + self->removed->len > 0)
    return TRUE;

  g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE,
               "label: write the runs and what to do, as in: runnel label 12 13 +nightly -old");

  return FALSE;
}

static gboolean
apply (Marking        *self,
       RunnelHistory  *history,
       GError        **error)
{
  const gint64 *runs = (const gint64 *) self->runs->data;
  guint n_runs = self->runs->len;

  for (guint i = 0; i < self->removed->len; i++)
    if (!runnel_history_remove_label (history, runs, n_runs, self->removed->pdata[i], error))
      return FALSE;
  for (guint i = 0; i < self->added->len; i++)
    if (!runnel_history_add_label (history, runs, n_runs, self->added->pdata[i], error))
      return FALSE;

  return TRUE;
}

/* A label to take off looks like an option, so only what comes first can be one. */
int
runnel_cli_label (int      argc,
                  char   **argv,
                  GError **error)
{
  g_auto(Marking) marking;
  g_autoptr(RunnelHistory) history = NULL;
  int n_before_words = argc > 1 && g_ascii_isdigit (*argv[1]) ? 1 : argc;

  marking_init (&marking);
  if (!runnel_cli_parse (&n_before_words, &argv, NULL, "RUN… +LABEL… -LABEL…",
                         "Puts labels on runs, and takes them off.", 0, -1, error) ||
      !read_words (&marking, argv + 1, error))
    return RUNNEL_EXIT_USAGE;

  history = open_for (marking.runs, error);
  if (!history || !apply (&marking, history, error))
    return RUNNEL_EXIT_STORE;

  return RUNNEL_EXIT_SUCCEEDED;
}
