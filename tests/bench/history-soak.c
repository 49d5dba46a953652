/* history-soak.c: a process that records runs and looks at them for long
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * usage: history-soak DATABASE RUNS SAMPLES
 *
 * Prints its resident memory in kilobytes, SAMPLES times.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "history/runnel-history-writer.h"

#define N_STEPS 20
#define T0 (G_GINT64_CONSTANT (1767225600) * G_TIME_SPAN_SECOND)

static void
check (GError *error)
{
  if (error != NULL)
    g_error ("%s", error->message);
}

static char *
make_text (void)
{
  GString *text = g_string_new ("{\"format\": 1, \"name\": \"soak\", \"steps\": [");

  for (guint i = 0; i < N_STEPS; i++)
    g_string_append_printf (text, "%s{\"id\": \"s%u\", \"kind\": \"command\","
                                  " \"with\": {\"argv\": [\"true\"]}}", i > 0 ? ", " : "", i);
  g_string_append (text, "]}");
  return g_string_free (text, FALSE);
}

static void
record (RunnelHistory *history,
        RunnelEvent    event)
{
  g_autoptr(GError) error = NULL;

  runnel_history_record (history, &event, &error);
  check (error);
}

static void
record_run (RunnelHistory *history,
            const char    *text)
{
  g_autoptr(GError) error = NULL;
  gint64 run = runnel_history_add_run (history, "soak", "/home/ana/soak.runnel.json", text,
                                       strlen (text), T0, &error);
  g_autoptr(JsonNode) details = json_from_string ("{\"parameters\": {\"env\": \"prod\"},"
                                                  " \"labels\": [\"nightly\"]}", NULL);

  check (error);
  runnel_history_begin (history, &error);
  check (error);
  record (history, (RunnelEvent) { .type = RUNNEL_EVENT_RUN_STARTED, .run = run, .time = T0 + run,
                                   .details = json_node_get_object (details) });
  for (guint i = 0; i < N_STEPS; i++)
    {
      record (history, (RunnelEvent) { .type = RUNNEL_EVENT_ATTEMPT_STARTED, .run = run,
                                       .step_index = i, .attempt = 1, .time = T0 + run + i });
      record (history, (RunnelEvent) { .type = RUNNEL_EVENT_STEP_FINISHED, .run = run,
                                       .step_index = i, .state = RUNNEL_STATE_FAILED,
                                       .reason = "Exited with code 1", .time = T0 + run + i + 1 });
    }
  record (history, (RunnelEvent) { .type = RUNNEL_EVENT_RUN_FINISHED, .run = run,
                                   .state = RUNNEL_STATE_FAILED, .time = T0 + run + 99 });
  runnel_history_commit (history, &error);
  check (error);
}

static void
look (RunnelHistory *history,
      const char    *words)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(RunnelRunFilter) filter = runnel_run_filter_parse (words, &error);
  g_autoptr(GPtrArray) runs = NULL;
  g_autoptr(GPtrArray) steps = NULL;

  check (error);
  runs = runnel_history_list_runs (history, filter, 50, &error);
  check (error);
  steps = runnel_history_get_steps (history, ((RunnelRunRecord *) runs->pdata[0])->id, &error);
  check (error);
}

static long
read_rss_kb (void)
{
  g_autofree char *text = NULL;
  long size = 0, resident = 0;

  if (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    sscanf (text, "%ld %ld", &size, &resident);
  return resident * (sysconf (_SC_PAGESIZE) / 1024);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *text = make_text ();
  g_autoptr(RunnelHistory) history = NULL;
  g_autoptr(GError) error = NULL;
  guint n_runs, n_samples;

  if (argc != 4)
    {
      fprintf (stderr, "usage: history-soak DATABASE RUNS SAMPLES\n");
      return EXIT_FAILURE;
    }
  n_runs = g_ascii_strtoull (argv[2], NULL, 10);
  n_samples = CLAMP (g_ascii_strtoull (argv[3], NULL, 10), 1, n_runs);
  history = runnel_history_open (argv[1], &error);
  check (error);
  for (guint i = 0; i < n_runs; i++)
    {
      record_run (history, text);
      look (history, "");
      look (history, "state:failed label:nightly param:env=prod code");
      if (i % (n_runs / n_samples) == 0)
        printf ("%ld\n", read_rss_kb ());
    }
  return EXIT_SUCCESS;
}
