/* random-script.h: random pipelines whose runs can be compared, step by step
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nothing in them depends on time: run with one step at once, the order of the steps, their states,
 * attempts and values are always the same. Each attempt adds a line to the file "trace".
 */
#pragma once

#include <glib.h>

static inline gboolean
chance (GRand *rand, double probability)
{
  return g_rand_double (rand) < probability;
}

static inline const char *
choose (GRand *rand, const char *const *from, guint n)
{
  return from[g_rand_int_range (rand, 0, n)];
}

/* A condition over what step s<other>, before this one, has left. */
static inline void
append_condition (GString *text, GRand *rand, guint other)
{
  const char *const conditions[] = {
    "success()",
    "failure()",
    "!failure()",
    "always() && params.go",
    "params.word != 'x' && params.count > 2",
    "steps.s%u.outcome == 'success'",
    "steps.s%u.state == 'failed' || steps.s%u.outputs.v == 'V%u'",
    "contains(steps.s%u.outputs.v, 'v') || !success()",
    "steps.s%u.exit_code == 3 || steps.s%u.attempts >= 1",
    "steps.s%u.conclusion != 'skipped' && startsWith(params.word, 'ST')",
  };
  g_autofree char *number = g_strdup_printf ("%u", other);
  g_auto(GStrv) parts = g_strsplit (choose (rand, conditions, G_N_ELEMENTS (conditions)), "%u", -1);
  g_autofree char *condition = g_strjoinv (number, parts);

  g_string_append_printf (text, ", \"if\": \"%s\"", condition);
}

static inline void
append_needs (GString *text, GRand *rand, guint step)
{
  static const char *const ons[] = { "success", "success", "failure", "finished", "always" };
  static const char *const joins[] = { "all", "all", "any", "none-failed" };
  gboolean first = TRUE;

  g_string_append (text, ", \"needs\": [");
  for (guint i = step > 4 ? step - 4 : 0; i < step; i++)
    if (chance (rand, 0.4))
      {
        g_string_append_printf (text, "%s{\"step\": \"s%u\", \"on\": \"%s\"", first ? "" : ", ", i,
                                choose (rand, ons, G_N_ELEMENTS (ons)));
        if (chance (rand, 0.2))
          g_string_append_printf (text, ", \"handles\": %s", chance (rand, 0.5) ? "true" : "false");
        g_string_append_c (text, '}');
        first = FALSE;
      }
  g_string_append_printf (text, "], \"join\": \"%s\"", choose (rand, joins, G_N_ELEMENTS (joins)));
}

static inline void
append_failing (GString *text, GRand *rand)
{
  if (chance (rand, 0.3))
    g_string_append_printf (text, ", \"retry\": {\"max\": %d%s}", g_rand_int_range (rand, 1, 3),
                            chance (rand, 0.4) ? ", \"exit-codes\": [3, 4]"
                            : chance (rand, 0.4) ? ", \"if\": \"steps.self.attempts < 2\""
                                                 : "");
  if (chance (rand, 0.2))
    g_string_append (text, chance (rand, 0.5)
                             ? ", \"continue-on-error\": true"
                             : ", \"continue-on-error\": \"${{ steps.self.exit_code == 3 }}\"");
  if (chance (rand, 0.08))
    g_string_append_printf (text, ", \"disabled\": %s", chance (rand, 0.5) ? "true" : "\"bypass\"");
  if (chance (rand, 0.2))
    g_string_append_printf (text, ", \"priority\": %d", g_rand_int_range (rand, -1, 3));
}

static inline void
append_matrix (GString *text, GRand *rand)
{
  g_string_append_printf (
    text, ", \"matrix\": {\"os\": [\"a\", \"b\"], \"n\": [1, 2.5], \"fail-fast\": %s%s}",
    chance (rand, 0.5) ? "true" : "false", chance (rand, 0.5) ? ", \"max-parallel\": 1" : "");
}

/* The lines: they tell what they are given, make an output, and end as it was drawn. */
static inline void
append_run (GString *text, GRand *rand, guint step, gboolean has_matrix)
{
  static const char *const ends[] = {
    "true", "true", "true", "exit 3", "exit 4", "test $RUNNEL_ATTEMPT -ge 2 || exit 3", "false",
  };

  g_string_append_printf (
    text,
    "\"with\": {\"run\": \"echo \\\"$RUNNEL_STEP $RUNNEL_ATTEMPT $IN $RUNNEL_PARAM_WORD "
    "$RUNNEL_MATRIX_OS $RUNNEL_MATRIX_N\\\" >>trace\\necho \\\"v=v%u$RUNNEL_MATRIX_OS\\\" "
    ">>$RUNNEL_OUTPUT\\nprintf 'w<<E\\\\na\\\\n b\\\\nE\\\\n' >>$RUNNEL_OUTPUT\\n%s%s\\n\"}",
    step,
    has_matrix && chance (rand, 0.4) ? "test $RUNNEL_MATRIX_OS$RUNNEL_MATRIX_N != a2.5\\n" : "",
    choose (rand, ends, G_N_ELEMENTS (ends)));
}

static inline void
append_step (GString *text, GRand *rand, guint step, gboolean in_order, guint64 *with_matrix)
{
  gboolean has_matrix = chance (rand, 0.2);
  guint other = step > 0 ? (guint) g_rand_int_range (rand, 0, step) : 0;
  gboolean reads = in_order && step > 0 && !(*with_matrix & (1ull << other));

  g_string_append_printf (text, "%s{\"id\": \"s%u\", \"kind\": \"script\", ", step > 0 ? ", " : "",
                          step);
  append_run (text, rand, step, has_matrix);
  append_needs (text, rand, step);
  append_failing (text, rand);
  if (reads && chance (rand, 0.35))
    append_condition (text, rand, other);
  else if (!in_order && chance (rand, 0.2))
    g_string_append_printf (text, ", \"if\": \"params.count %s 3\"",
                            chance (rand, 0.5) ? ">" : ">=");
  if (reads)
    g_string_append_printf (text,
                            ", \"env\": {\"IN\": \"<${{ steps.s%u.outputs.v }}|"
                            "${{ steps.s%u.outputs.v == 'v%u' && params.word || 'none' }}>\"}",
                            other, other, other);
  if (has_matrix)
    {
      append_matrix (text, rand);
      *with_matrix |= 1ull << step;
    }
  if (chance (rand, 0.2))
    g_string_append_printf (text,
                            ", \"undo\": {\"kind\": \"script\", \"with\": {\"run\": "
                            "\"echo \\\"$RUNNEL_STEP %s$RUNNEL_MATRIX_OS\\\" >>trace\"}}",
                            chance (rand, 0.5) ? "x" : "y");
  g_string_append_c (text, '}');
}

/* (transfer full): the text of a pipeline of up to 9 steps. With `in_order` steps also look at what
 * others have left that they do not need, which only the same order makes the same. */
static inline char *
make_random_pipeline (guint32 seed, gboolean in_order)
{
  GRand *rand = g_rand_new_with_seed (seed);
  GString *text =
    g_string_new ("{\"format\": 1, \"parameters\": {\"word\": {\"default\": "
                  "\"Stable one\"}, \"count\": {\"type\": \"number\", \"default\": 3}, "
                  "\"go\": {\"type\": \"boolean\", \"default\": true}}, ");
  guint n_steps = g_rand_int_range (rand, 3, 10);
  guint64 with_matrix = 0;

  if (chance (rand, 0.3))
    g_string_append (text, "\"on-failure\": \"rollback\", ");
  if (chance (rand, 0.4))
    g_string_append (text, "\"hooks\": {\"on-start\": [{\"id\": \"h0\", \"kind\": \"script\", "
                           "\"with\": {\"run\": \"echo h0 >>trace\"}}], \"on-failure\": [{\"id\": "
                           "\"h1\", \"kind\": \"script\", \"with\": {\"run\": \"echo h1 >>trace; "
                           "false\"}}], \"on-finish\": [{\"id\": \"h2\", \"kind\": \"script\", "
                           "\"with\": {\"run\": \"echo h2 $S >>trace\"}, \"env\": {\"S\": "
                           "\"${{ run.state }}\"}, \"if\": \"always()\"}]}, ");
  g_string_append (text, "\"steps\": [");
  for (guint i = 0; i < n_steps; i++)
    append_step (text, rand, i, in_order, &with_matrix);
  g_string_append (text, "]}");
  g_rand_free (rand);

  return g_string_free (text, FALSE);
}
