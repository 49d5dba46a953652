/* interchange-bench.c: a large workflow read from the file of another system
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "goals.h"
#include "interchange/runnel-targets.h"

#define BYTES (500 * 1000) /* the most that GitHub takes */
#define MOST_MILLISECONDS 100
#define N_ROUNDS 5

static char *
make_workflow (guint *ret_n_jobs)
{
  GString *text = g_string_new ("name: Large\non: push\njobs:\n");

  for (*ret_n_jobs = 0; text->len < BYTES; (*ret_n_jobs)++)
    {
      guint job = *ret_n_jobs;

      g_string_append_printf (text, "  job-%u:\n", job);
      if (job > 1)
        g_string_append_printf (text,
                                "    needs: [job-%u, job-%u]\n"
                                "    if: ${{ always() && needs.job-%u.result == 'success' }}\n",
                                job - 1, job / 2, job - 1);
      g_string_append (text,
                       "    runs-on: ubuntu-latest\n    env:\n      A: ${{ matrix.os }}\n"
                       "    strategy:\n      matrix:\n        os: [a, b, c]\n    steps:\n"
                       "      - uses: actions/checkout@v4\n      - name: Build\n        run: |\n"
                       "          ./configure\n          make\n");
    }

  return g_string_free (text, FALSE);
}

/* Milliseconds, the best of some. */
static double
measure (const char *text, guint n_jobs)
{
  double best = G_MAXDOUBLE;

  for (guint i = 0; i < N_ROUNDS; i++)
    {
      gint64 start = g_get_monotonic_time ();
      g_autoptr(RunnelImport) import = runnel_import_new (NULL);
      g_autoptr(RunnelPipeline) pipeline = NULL;
      g_autoptr(GError) error = NULL;

      runnel_target_github.import (import, "large.yml", text, strlen (text), &error);
      g_assert_no_error (error);
      pipeline = runnel_import_make_pipeline (import, 0, &error);
      g_assert_no_error (error);
      best = MIN (best, (g_get_monotonic_time () - start) / 1000.0);
      g_assert_cmpuint (runnel_pipeline_get_n_steps (pipeline), ==, n_jobs);
    }

  return best;
}

int
main (int argc, char **argv)
{
  g_autoptr(GString) goals = g_string_new (NULL);
  guint n_jobs;
  g_autofree char *text = make_workflow (&n_jobs);
  double milliseconds = measure (text, n_jobs);

  printf ("A workflow of %zu bytes with %u jobs\n", strlen (text), n_jobs);
  goals_add (goals, "import of GitHub Actions, ms", milliseconds, GOAL_AT_MOST, MOST_MILLISECONDS);
  printf ("{\"benchmark\": \"interchange\", \"bytes\": %zu, \"jobs\": %u, \"goals\": [%s]}\n",
          strlen (text), n_jobs, goals->str);

  return 0;
}
