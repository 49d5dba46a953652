/* test-stamps.c: pipelines run by make and by ninja
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/kinds/runnel-kinds.h"
#include "interchange/runnel-targets.h"
#include "random-script.h"
#include "script-run.h"
#include "util/runnel-remove-tree.h"

#define N_RANDOM 6

typedef struct
{
  const RunnelTarget *target;
  const char *program;
  const char *command;
} Builder;

static const Builder builders[] = {
  { &runnel_target_make, "make", "RUNNEL_JOBS=1 make -s -j1 2>&1" },
  { &runnel_target_ninja, "ninja", "RUNNEL_JOBS=1 ninja -j 1 2>&1" },
};

static void
compare (const char *folder, const Builder *builder, guint32 seed)
{
  g_autofree char *text = make_random_pipeline (seed, FALSE);
  g_autofree char *events = NULL;
  g_autofree char *output = NULL;
  g_autofree char *expected_states = NULL;
  g_autofree char *states = NULL;
  int expected, found;

  run (folder, "rm -rf .p.state .ninja_log .ninja_deps", NULL);
  write_export (folder, builder->target, text);
  expected = run_by_runnel (folder, &events);
  expected_states = list_states_of_run (events);
  found = run (folder, builder->command, &output);
  states = list_states_of_script (output);
  if ((expected == 0) != (found == 0) || !g_str_equal (states, expected_states))
    g_error ("seed %u by %s:\n%s\n--- Runnel: %d\n%s\n--- %s: %d\n%s\n%s", seed, builder->program,
             text, expected, expected_states, builder->program, found, states, output);
}

static void
test_random (gconstpointer data)
{
  const Builder *builder = data;
  g_autofree char *folder = g_dir_make_tmp ("runnel-stamps-XXXXXX", NULL);
  g_autofree char *program = g_find_program_in_path (builder->program);
  guint32 first = g_test_rand_int_range (0, G_MAXINT32 - N_RANDOM);

  for (guint i = 0; program != NULL && i < N_RANDOM; i++)
    compare (folder, builder, first + i);
  if (program == NULL)
    g_test_skip ("the program is not installed");
  else
    g_test_message ("%u random pipelines by %s: the same states", N_RANDOM, builder->program);
  runnel_remove_tree (folder, NULL);
}

/* What succeeded is not done again; what failed is, with all that needs it. */
static void
test_resume (gconstpointer data)
{
  const Builder *builder = data;
  g_autofree char *folder = g_dir_make_tmp ("runnel-stamps-XXXXXX", NULL);
  g_autofree char *program = g_find_program_in_path (builder->program);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *output = NULL;
  const char *text = "{\"format\": 1, \"steps\": ["
                     "{\"id\": \"a\", \"kind\": \"script\", \"with\": {\"run\": \"echo a >>trace; "
                     "echo v=1 >>$RUNNEL_OUTPUT\"}},"
                     "{\"id\": \"b\", \"kind\": \"script\", \"needs\": [\"a\"], \"env\": {\"V\": "
                     "\"${{ steps.a.outputs.v }}\"},"
                     " \"with\": {\"run\": \"echo b $V >>trace; test -e good\"}},"
                     "{\"id\": \"c\", \"kind\": \"script\", \"needs\": [\"b\"], \"with\": "
                     "{\"run\": \"echo c >>trace\"}},"
                     "{\"id\": \"d\", \"kind\": \"script\", \"needs\": [{\"step\": \"b\", \"on\": "
                     "\"failure\", \"handles\": false}],"
                     " \"with\": {\"run\": \"echo d >>trace\"}}]}";

  if (program != NULL)
    {
      write_export (folder, builder->target, text);
      g_assert_cmpint (run (folder, builder->command, &output), !=, 0);
      g_clear_pointer (&output, g_free);
      first = take_trace (folder);
      g_assert_cmpstr (first, ==, "a\nb 1\nd\n");
      run (folder, "touch good", NULL);
      g_assert_cmpint (run (folder, builder->command, &output), ==, 0);
      second = take_trace (folder);
      g_assert_cmpstr (second, ==, "b 1\nc\n");
    }
  else
    g_test_skip ("the program is not installed");
  runnel_remove_tree (folder, NULL);
}

static void
test_dry (gconstpointer data)
{
  const Builder *builder = data;
  g_autofree char *folder = g_dir_make_tmp ("runnel-stamps-XXXXXX", NULL);
  g_autofree char *program = g_find_program_in_path (builder->program);
  g_autofree char *command = g_strdup_printf ("%s -n >/dev/null", builder->program);

  for (guint i = 0; program != NULL && i < 5; i++)
    {
      g_autofree char *text = make_random_pipeline (i, FALSE);

      write_export (folder, builder->target, text);
      g_assert_cmpint (run (folder, command, NULL), ==, 0);
      g_assert_cmpint (run (folder, "test -e trace", NULL), !=, 0);
    }
  if (program == NULL)
    g_test_skip ("the program is not installed");
  runnel_remove_tree (folder, NULL);
}

static void
add (const char *name, GTestDataFunc function)
{
  for (guint i = 0; i < G_N_ELEMENTS (builders); i++)
    {
      g_autofree char *path =
        g_strdup_printf ("/interchange/stamps/%s/%s", builders[i].program, name);

      g_test_add_data_func (path, &builders[i], function);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  runnel_kinds_init ();

  add ("random", test_random);
  add ("resume", test_resume);
  add ("dry", test_dry);

  return g_test_run ();
}
