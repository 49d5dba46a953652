/* runnel-cli-log-search.c: finds a text in the logs of many runs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "cli/runnel-cli-json.h"
#include "cli/runnel-cli-log-search.h"
#include "cli/runnel-cli-terminal.h"
#include "history/runnel-run-filter.h"
#include "log/runnel-log-hunt.h"
#include "util/runnel-format.h"

typedef struct
{
  RunnelHistory *history;
  GMainLoop *loop;
  gboolean as_json;
  gint64 shown;      /* the run that the last heading was for */
} Search;

/* --- What is found -------------------------------------------------------------------------- */

/* "==> Run 12: Nightly, failed, 2026-01-31 23:59:59 <==" */
static void
print_heading (Search *self,
               gint64  number)
{
  RunnelRunRecord *run = runnel_history_get_run (self->history, number, NULL);
  g_autofree char *started = run ? runnel_format_time (run->started) : NULL;

  printf ("%s%s==> Run %" G_GINT64_FORMAT, self->shown != 0 ? "\n" : "", runnel_terminal_get_dim (),
          number);
  if (run)
    runnel_terminal_print (stdout, ": %s, %s, %s", run->pipeline,
                           runnel_state_to_string (run->state), started);
  printf (" <==%s\n", runnel_terminal_get_reset ());
  self->shown = number;
  g_clear_pointer (&run, runnel_run_record_free);
}

/* "build:17: text", or "build.2:17: text" for a later attempt. */
static void
print_hit (const RunnelLogHit *hit)
{
  const char *reset = runnel_terminal_get_reset ();
  const char *mark = *reset != '\0' ? "\033[1;31m" : "";

  printf ("%s%s", runnel_terminal_get_dim (), hit->step);
  if (hit->attempt > 1)
    printf (".%u", hit->attempt);
  printf (":%" G_GUINT64_FORMAT ":%s %.*s%s%.*s%s%s\n", hit->number + 1, reset, (int) hit->start,
          hit->text, mark, (int) (hit->end - hit->start), hit->text + hit->start, reset,
          hit->text + hit->end);
}

static void
print_json_line (const RunnelLogHit *hit)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "run", hit->run);
  json_object_set_string_member (object, "step", hit->step);
  json_object_set_int_member (object, "attempt", hit->attempt);
  json_object_set_int_member (object, "line", (gint64) hit->number + 1);
  json_object_set_string_member (object, "text", hit->text);
  json_object_set_string_member (object, "log", hit->path);
  json_node_take_object (node, object);
  text = json_to_string (node, FALSE);
  puts (text);
}

static void
hit_cb (const RunnelLogHit *hit,
        gpointer            user_data)
{
  Search *self = user_data;

  if (self->as_json)
    {
      print_json_line (hit);
      return;
    }
  if (hit->run != self->shown)
    print_heading (self, hit->run);
  print_hit (hit);
  fflush (stdout);
}

static void
done_cb (gpointer user_data)
{
  g_main_loop_quit (((Search *) user_data)->loop);
}

/* --- Where is looked ---------------------------------------------------------------------------- */

static GArray *
find_runs (RunnelHistory  *history,
           char          **words,
           GError        **error)
{
  g_autoptr(RunnelRunFilter) filter = runnel_run_filter_new ();

  for (; *words; words++)
    if (!runnel_run_filter_parse_word (filter, *words, error))
      return NULL;
  return runnel_history_find_runs (history, filter, error);
}

static int
search (Search           *self,
        RunnelLogPattern *pattern,
        GArray           *runs,
        guint             limit)
{
  const RunnelLogHuntFuncs funcs = { .hit = hit_cb, .done = done_cb };
  g_autofree char *runs_dir = runnel_history_get_runs_dir ();
  g_autoptr(RunnelLogHunt) hunt =
    runnel_log_hunt_new (pattern, runs_dir, (gint64 *) runs->data, runs->len, limit, &funcs, self);

  g_main_loop_run (self->loop);
  if (runnel_log_hunt_has_more (hunt))
    fprintf (stderr, "runnel: there is more; these are the first %u lines (see --limit)\n", limit);
  return runnel_log_hunt_get_n_hits (hunt) > 0 ? RUNNEL_EXIT_SUCCEEDED : RUNNEL_EXIT_FAILED;
}

/**
 * runnel_cli_log_search:
 * @pattern: what is looked for
 * @words: which runs are meant, in the words of runnel list
 * @limit: how many lines are printed at most
 * @as_json: whether each is printed as JSON
 *
 * Returns: the exit code of the command
 */
int
runnel_cli_log_search (RunnelLogPattern  *pattern,
                       char             **words,
                       guint              limit,
                       gboolean           as_json,
                       GError           **error)
{
  g_autoptr(RunnelHistory) history = runnel_cli_open_history (error);
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Search self = { history, loop, as_json, 0 };
  g_autoptr(GArray) runs = NULL;

  if (!history)
    return RUNNEL_EXIT_STORE;
  runs = find_runs (history, words, error);
  if (!runs)
    return RUNNEL_EXIT_USAGE;
  return search (&self, pattern, runs, limit);
}
