/* test-log-hunt.c: a pattern looked for in the logs of many runs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include <glib/gstdio.h>

#include "log/runnel-log-hunt.h"
#include "log/runnel-log-pack.h"
#include "util/runnel-remove-tree.h"

typedef struct
{
  char *folder;
  RunnelLogHunt *hunt;
  GString *found;     /* "RUN STEP.ATTEMPT:NUMBER TEXT|" */
  guint n_done, n_next;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer user_data)
{
  fixture->folder = g_dir_make_tmp ("runnel-hunt-XXXXXX", NULL);
  fixture->found = g_string_new (NULL);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer user_data)
{
  g_clear_pointer (&fixture->hunt, runnel_log_hunt_free);
  g_assert_true (runnel_remove_tree (fixture->folder, NULL));
  g_string_free (fixture->found, TRUE);
  g_free (fixture->folder);
}

static char *
write_log (Fixture    *fixture,
           guint       run,
           const char *name,
           const char *text)
{
  g_autofree char *folder = g_strdup_printf ("%s/%u", fixture->folder, run);
  char *path = g_build_filename (folder, name, NULL);

  g_mkdir (folder, 0700);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static void
add_log (Fixture    *fixture,
         guint       run,
         const char *name,
         const char *text)
{
  g_free (write_log (fixture, run, name, text));
}

static void
hit (const RunnelLogHit *place,
     gpointer            user_data)
{
  Fixture *fixture = user_data;

  g_assert_true (g_utf8_validate (place->text, -1, NULL));
  g_assert_cmpuint (place->end, <=, strlen (place->text));
  g_string_append_printf (fixture->found, "%" G_GINT64_FORMAT " %s.%u:%" G_GUINT64_FORMAT " %s|",
                          place->run, place->step, place->attempt, place->number, place->text);
}

static void
done (gpointer user_data)
{
  ((Fixture *) user_data)->n_done++;
}

static void
next (gpointer user_data)
{
  ((Fixture *) user_data)->n_next++;
}

static void
begin (Fixture      *fixture,
       const char   *text,
       const gint64 *runs,
       guint         n_runs,
       guint         limit)
{
  const RunnelLogHuntFuncs funcs = { hit, done, next };
  g_autoptr(RunnelLogPattern) pattern =
    runnel_log_pattern_new (text, RUNNEL_LOG_PATTERN_CASELESS, NULL);

  g_clear_pointer (&fixture->hunt, runnel_log_hunt_free);
  g_string_truncate (fixture->found, 0);
  fixture->n_done = fixture->n_next = 0;
  fixture->hunt = runnel_log_hunt_new (pattern, fixture->folder, runs, n_runs, limit, &funcs,
                                       fixture);
}

static void
wait_until_done (Fixture *fixture)
{
  while (!runnel_log_hunt_is_done (fixture->hunt))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (fixture->n_done, ==, 1);
}

static void
test_in_order (Fixture      *fixture,
               gconstpointer user_data)
{
  const gint64 runs[] = { 3, 2, 1 };
  gint64 saved;
  g_autofree char *packed = write_log (fixture, 2, "old.1.log", "a\nb\nan Apple\n");

  add_log (fixture, 1, "a.1.log", "apple one\nnothing\napple two\n");
  add_log (fixture, 1, "a.1.times", "apple, but no log\n");
  add_log (fixture, 1, "events.jsonl", "apple, but no log\n");
  add_log (fixture, 3, "b.2.log", "\033[31map\033[0mple three\n");
  add_log (fixture, 3, "b.10.log", "pear\n");
  g_assert_true (runnel_log_pack (packed, &saved, NULL, NULL));
  begin (fixture, "APPLE", runs, 3, 100);
  wait_until_done (fixture);
  g_assert_cmpstr (fixture->found->str, ==,
                   "3 b.2:0 apple three|2 old.1:2 an Apple|1 a.1:0 apple one|1 a.1:2 apple two|");
  g_assert_cmpuint (runnel_log_hunt_get_n_hits (fixture->hunt), ==, 4);
  g_assert_cmpuint (runnel_log_hunt_get_n_runs (fixture->hunt), ==, 3);
  g_assert_cmpuint (fixture->n_next, ==, 3);
  g_assert_false (runnel_log_hunt_has_more (fixture->hunt));
}

static void
test_limit (Fixture      *fixture,
            gconstpointer user_data)
{
  const gint64 runs[] = { 2, 1 };

  add_log (fixture, 2, "a.1.log", "x\nx\n");
  add_log (fixture, 1, "a.1.log", "x\nx\n");
  begin (fixture, "x", runs, 2, 3);
  wait_until_done (fixture);
  g_assert_cmpstr (fixture->found->str, ==, "2 a.1:0 x|2 a.1:1 x|1 a.1:0 x|");
  g_assert_true (runnel_log_hunt_has_more (fixture->hunt));
  begin (fixture, "x", runs, 2, 4);
  wait_until_done (fixture);
  g_assert_false (runnel_log_hunt_has_more (fixture->hunt));
}

static void
test_nothing (Fixture      *fixture,
              gconstpointer user_data)
{
  const gint64 runs[] = { 7 }; /* has no folder */

  begin (fixture, "x", NULL, 0, 10);
  g_assert_false (runnel_log_hunt_is_done (fixture->hunt));
  wait_until_done (fixture);
  begin (fixture, "x", runs, 1, 10);
  wait_until_done (fixture);
  g_assert_cmpstr (fixture->found->str, ==, "");
}

/* Only what is around the place, and no character is cut. */
static void
test_long_line (Fixture      *fixture,
                gconstpointer user_data)
{
  const gint64 runs[] = { 1 };
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < 5000; i++)
    g_string_append (text, "ä");
  g_string_append (text, "needle");
  for (guint i = 0; i < 5000; i++)
    g_string_append (text, "ö");
  add_log (fixture, 1, "a.1.log", text->str);
  begin (fixture, "needle", runs, 1, 10);
  wait_until_done (fixture);
  g_assert_cmpuint (fixture->found->len, <, 1200);
  g_assert_nonnull (strstr (fixture->found->str, "äneedleö"));
}

static void
test_many (Fixture      *fixture,
           gconstpointer user_data)
{
  gint64 runs[200];
  g_autoptr(GString) expected = g_string_new (NULL);

  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u\nneedle %u\n", i, i);

      add_log (fixture, i, "a.1.log", text);
      runs[199 - i] = i;
    }
  for (int i = 199; i >= 0; i--)
    g_string_append_printf (expected, "%d a.1:1 needle %d|", i, i);
  begin (fixture, "needle", runs, 200, 1000);
  wait_until_done (fixture);
  g_assert_cmpstr (fixture->found->str, ==, expected->str);
  begin (fixture, "needle", runs, 200, 1000); /* and is given up */
  g_main_context_iteration (NULL, TRUE);
}

static void
test_names (Fixture      *fixture,
            gconstpointer user_data)
{
  const char *others[] = { "", "a", "a.log", ".1.log", "a.x.log", "a.1.out", "a.1.times", "a..log" };
  g_autofree char *step = NULL, *packed = NULL;
  guint attempt;

  g_assert_true (runnel_log_hunt_parse_name ("build.x.12.log", &step, &attempt));
  g_assert_cmpstr (step, ==, "build.x");
  g_assert_cmpuint (attempt, ==, 12);
  g_assert_true (runnel_log_hunt_parse_name ("build.1.log.zst", &packed, &attempt));
  g_assert_cmpstr (packed, ==, "build");
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      char *none = NULL;

      g_assert_false (runnel_log_hunt_parse_name (others[i], &none, &attempt));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/log/hunt/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("in-order", test_in_order);
  ADD ("limit", test_limit);
  ADD ("nothing", test_nothing);
  ADD ("long-line", test_long_line);
  ADD ("many", test_many);
  ADD ("names", test_names);
#undef ADD
  return g_test_run ();
}
