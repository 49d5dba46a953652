/* document-bench.c: what reading and writing a large pipeline costs
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The floor of the same run: json-glib alone, which parses and writes the same text.
 */
#include <stdio.h>
#include <string.h>

#include "engine/kinds/runnel-kinds.h"
#include "model/runnel-pipeline.h"

#include "goals.h"

#define N_ROUNDS 7
#define MILLISECONDS_TO_LOAD 150 /* 10,000 steps */

static char *
make_text (guint n_steps)
{
  GString *text = g_string_new ("{\n  \"format\": 1,\n  \"name\": \"Large\",\n  \"steps\": [\n");

  for (guint i = 0; i < n_steps; i++)
    {
      g_string_append_printf (text, "    {\"id\": \"step-%u\", \"name\": \"Step %u\", \"kind\": \"command\", "
                                    "\"with\": {\"argv\": [\"/bin/true\", \"--number=%u\"]}, \"timeout\": \"5m\"", i, i, i);
      if (i >= 100)
        g_string_append_printf (text, ", \"needs\": [\"step-%u\", \"step-%u\"]", i - 100, i - 50);
      g_string_append (text, i + 1 < n_steps ? "},\n" : "}\n");
    }
  g_string_append (text, "  ],\n  \"layout\": {\"steps\": {\n");
  for (guint i = 0; i < n_steps; i++)
    g_string_append_printf (text, "    \"step-%u\": [%u, %u]%s\n", i, i / 100 * 264, i % 100 * 96, i + 1 < n_steps ? "," : "");
  g_string_append (text, "  }}\n}\n");
  return g_string_free (text, FALSE);
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static double
median (double *values)
{
  qsort (values, N_ROUNDS, sizeof *values, compare_doubles);
  return values[N_ROUNDS / 2];
}

/* Milliseconds since @start. */
static double
since (gint64 start)
{
  return (g_get_monotonic_time () - start) / 1000.0;
}

typedef struct
{
  double load, save, validate, parse, generate;
} Times;

static void
measure_runnel (const char *text,
                gsize       length,
                guint       round,
                double    (*samples)[N_ROUNDS])
{
  g_autoptr(RunnelDiagnostics) diagnostics = runnel_diagnostics_new ();
  g_autoptr(GError) error = NULL;
  gsize written;

  gint64 start = g_get_monotonic_time ();
  g_autoptr(RunnelPipeline) pipeline = runnel_pipeline_new_from_text (text, length, diagnostics, &error);
  samples[0][round] = since (start);
  g_assert_no_error (error);

  start = g_get_monotonic_time ();
  g_autofree char *again = runnel_pipeline_to_text (pipeline, &written);
  samples[1][round] = since (start);

  start = g_get_monotonic_time ();
  runnel_pipeline_validate (pipeline, diagnostics);
  samples[2][round] = since (start);
  g_assert_false (runnel_diagnostics_has_error (diagnostics));
}

static void
measure_json_glib (const char *text,
                   gsize       length,
                   guint       round,
                   double    (*samples)[N_ROUNDS])
{
  g_autoptr(JsonParser) parser = json_parser_new_immutable ();

  gint64 start = g_get_monotonic_time ();
  g_assert_true (json_parser_load_from_data (parser, text, length, NULL));
  samples[3][round] = since (start);

  start = g_get_monotonic_time ();
  g_autofree char *again = json_to_string (json_parser_get_root (parser), TRUE);
  samples[4][round] = since (start);
}

static Times
measure (guint n_steps)
{
  g_autofree char *text = make_text (n_steps);
  gsize length = strlen (text);
  double samples[5][N_ROUNDS];

  for (guint round = 0; round < N_ROUNDS; round++)
    {
      measure_json_glib (text, length, round, samples);
      measure_runnel (text, length, round, samples);
    }
  return (Times) { median (samples[0]), median (samples[1]), median (samples[2]), median (samples[3]), median (samples[4]) };
}

int
main (void)
{
  static const guint sizes[] = { 1000, 10000, 50000 };
  g_autoptr(GString) json = g_string_new ("{\"benchmark\": \"document\", \"sizes\": [");
  g_autoptr(GString) goals = g_string_new (NULL);
  double load_ms = 0;

  runnel_kinds_init ();
  printf ("%8s %10s %10s %12s %14s %16s\n", "steps", "load ms", "save ms", "validate ms", "json-glib ms", "load/json-glib");
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      Times times = measure (sizes[i]);

      if (sizes[i] == 10000)
        load_ms = times.load;
      printf ("%8u %10.1f %10.1f %12.1f %6.1f / %5.1f %16.2f\n", sizes[i], times.load, times.save, times.validate,
              times.parse, times.generate, times.load / times.parse);
      g_string_append_printf (json, "%s{\"steps\": %u, \"load_ms\": %.2f, \"save_ms\": %.2f, \"validate_ms\": %.2f, "
                                    "\"json_glib_parse_ms\": %.2f, \"json_glib_generate_ms\": %.2f}",
                              i > 0 ? ", " : "", sizes[i], times.load, times.save, times.validate, times.parse, times.generate);
    }
  goals_add (goals, "load 10,000 steps, ms", load_ms, GOAL_AT_MOST, MILLISECONDS_TO_LOAD);
  printf ("%s], \"goals\": [%s]}\n", json->str, goals->str);
  return 0;
}
