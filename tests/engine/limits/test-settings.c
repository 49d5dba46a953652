/* test-settings.c: what holds for every pipeline on this machine
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "engine/limits/runnel-settings.h"
#include "model/runnel-json-read.h"

/* The folder "user" is the user's, "system" that of the machine; both are made by main(). */
static char *top;

static char *
get_file (const char *whose)
{
  return g_build_filename (top, whose, "runnel", "settings.json", NULL);
}

static void
write_file (const char *whose,
            const char *text)
{
  g_autofree char *path = get_file (whose);
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static char *
read_file (void)
{
  g_autofree char *path = get_file ("user");
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));

  return text;
}

static void
remove_files (void)
{
  g_autofree char *user = get_file ("user");
  g_autofree char *system = get_file ("system");

  g_remove (user);
  g_remove (system);
}

static JsonNode *
parse (const char *text)
{
  return runnel_json_read (text, strlen (text), RUNNEL_JSON_MAX_DEPTH, NULL, NULL);
}

static void
test_defaults (void)
{
  g_autoptr(RunnelSettings) settings = runnel_settings_load ();
  g_auto(GStrv) pools = runnel_settings_list_pools (settings);
  g_autoptr(GError) error = NULL;

  g_assert_null (runnel_settings_describe_problems (settings, RUNNEL_SEVERITY_WARNING));
  g_assert_cmpuint (g_strv_length (pools), ==, 0);
  g_assert_cmpuint (runnel_settings_get_pool_size (settings, "gpu"), ==, 0);
  g_assert_cmpuint (runnel_settings_get_max_cache_size (settings), ==, G_GUINT64_CONSTANT (5000000000));
  g_assert_null (runnel_settings_lookup (settings, "pools.gpu", &error));
  g_assert_no_error (error);
}

static void
test_user_wins (void)
{
  g_autoptr(RunnelSettings) settings = NULL;
  g_auto(GStrv) pools = NULL;

  write_file ("system", "{\"pools\": {\"gpu\": 2, \"tape\": 1}, \"cache\": {\"max-size\": \"1 GB\"}}");
  write_file ("user", "{\"pools\": {\"gpu\": 3}}");
  settings = runnel_settings_load ();
  pools = runnel_settings_list_pools (settings);

  g_assert_cmpuint (runnel_settings_get_pool_size (settings, "gpu"), ==, 3);
  g_assert_cmpuint (runnel_settings_get_pool_size (settings, "tape"), ==, 1);
  g_assert_cmpuint (g_strv_length (pools), ==, 2);
  g_assert_cmpuint (runnel_settings_get_max_cache_size (settings), ==, 1000000000);
  remove_files ();
}

static void
test_bad_values (void)
{
  g_autoptr(RunnelSettings) settings = NULL;
  g_autofree char *errors = NULL;
  g_autofree char *all = NULL;

  write_file ("user", "{\"pools\": {\"gpu\": \"two\", \"tape\": 1, \"a b\": 1},\n"
                      " \"cache\": {\"max-size\": \"much\"},\n"
                      " \"pool\": {}}");
  settings = runnel_settings_load ();
  errors = runnel_settings_describe_problems (settings, RUNNEL_SEVERITY_ERROR);
  all = runnel_settings_describe_problems (settings, RUNNEL_SEVERITY_WARNING);

  /* What is right still holds. */
  g_assert_cmpuint (runnel_settings_get_pool_size (settings, "gpu"), ==, 0);
  g_assert_cmpuint (runnel_settings_get_pool_size (settings, "a b"), ==, 0);
  g_assert_cmpuint (runnel_settings_get_pool_size (settings, "tape"), ==, 1);
  g_assert_cmpuint (runnel_settings_get_max_cache_size (settings), ==, G_GUINT64_CONSTANT (5000000000));

  g_assert_nonnull (strstr (errors, "settings.json:1:19: error: “gpu” must be a whole number"));
  g_assert_nonnull (strstr (errors, "settings.json:2:24: error: “much” is not a size"));
  g_assert_nonnull (strstr (errors, "“a b” can't be the name of a pool"));
  g_assert_null (strstr (errors, "did you mean “pools”?"));
  g_assert_nonnull (strstr (all, "did you mean “pools”?"));
  remove_files ();
}

static void
test_no_json (void)
{
  g_autoptr(RunnelSettings) settings = NULL;
  g_autoptr(JsonNode) two = parse ("2");
  g_autoptr(GError) error = NULL;
  g_autofree char *problems = NULL;
  g_autofree char *text = NULL;

  write_file ("user", "{\"pools\": {\"gpu\": 1},}");
  settings = runnel_settings_load ();
  problems = runnel_settings_describe_problems (settings, RUNNEL_SEVERITY_ERROR);
  g_assert_nonnull (strstr (problems, "line 1, column 22"));
  g_assert_cmpuint (runnel_settings_get_pool_size (settings, "gpu"), ==, 0);

  /* What can't be read is not replaced. */
  g_assert_false (runnel_settings_set ("pools.gpu", two, &error));
  g_assert_error (error, RUNNEL_SETTINGS_ERROR, RUNNEL_SETTINGS_ERROR_INVALID);
  text = read_file ();
  g_assert_cmpstr (text, ==, "{\"pools\": {\"gpu\": 1},}");
  remove_files ();
}

static void
test_set (void)
{
  g_autoptr(JsonNode) two = parse ("2");
  g_autoptr(GError) error = NULL;
  g_autoptr(RunnelSettings) settings = NULL;
  g_autofree char *text = NULL;

  write_file ("user", "{\"later\": [1], \"pools\": {\"tape\": 1}}");
  g_assert_true (runnel_settings_set ("pools.gpu", two, &error));
  g_assert_no_error (error);
  g_assert_true (runnel_settings_set ("pools.tape", NULL, &error));
  g_assert_no_error (error);

  settings = runnel_settings_load ();
  g_assert_cmpuint (runnel_settings_get_pool_size (settings, "gpu"), ==, 2);
  g_assert_cmpuint (runnel_settings_get_pool_size (settings, "tape"), ==, 0);
  text = read_file ();
  g_assert_nonnull (strstr (text, "\"later\": [1]"));
  remove_files ();
}

static void
test_set_first (void)
{
  g_autoptr(JsonNode) size = parse ("\"2 GB\"");
  g_autoptr(RunnelSettings) settings = NULL;

  g_assert_true (runnel_settings_set ("cache.max-size", size, NULL));
  settings = runnel_settings_load ();
  g_assert_cmpuint (runnel_settings_get_max_cache_size (settings), ==, 2000000000);
  remove_files ();
}

static void
test_set_nonsense (void)
{
  g_autoptr(JsonNode) none = parse ("0");
  g_autoptr(GError) error = NULL;
  g_autofree char *path = get_file ("user");

  g_assert_false (runnel_settings_set ("pool.gpu", none, &error));
  g_assert_error (error, RUNNEL_SETTINGS_ERROR, RUNNEL_SETTINGS_ERROR_UNKNOWN);
  g_clear_error (&error);
  g_assert_false (runnel_settings_set ("pools.gpu", none, &error));
  g_assert_error (error, RUNNEL_SETTINGS_ERROR, RUNNEL_SETTINGS_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (runnel_settings_set ("pools.two words", none, &error));
  g_assert_error (error, RUNNEL_SETTINGS_ERROR, RUNNEL_SETTINGS_ERROR_UNKNOWN);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
set_pools (char first)
{
  g_autoptr(JsonNode) one = parse ("1");

  for (char second = 'a'; second <= 'z'; second++)
    {
      g_autofree char *key = g_strdup_printf ("pools.%c%c", first, second);

      if (!runnel_settings_set (key, one, NULL))
        _exit (1);
    }
  _exit (0);
}

/* Writers at the same time lose nothing of each other. */
static void
test_set_at_once (void)
{
  g_autoptr(RunnelSettings) settings = NULL;
  g_auto(GStrv) pools = NULL;
  int status;

  for (char first = 'a'; first <= 'd'; first++)
    if (fork () == 0)
      set_pools (first);
  while (wait (&status) > 0)
    g_assert_cmpint (status, ==, 0);

  settings = runnel_settings_load ();
  pools = runnel_settings_list_pools (settings);
  g_assert_cmpuint (g_strv_length (pools), ==, 4 * 26);
  remove_files ();
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *user = NULL;
  g_autofree char *system = NULL;

  g_test_init (&argc, &argv, NULL);
  top = g_dir_make_tmp ("runnel-settings-XXXXXX", NULL);
  user = g_build_filename (top, "user", NULL);
  system = g_build_filename (top, "system", NULL);
  g_setenv ("XDG_CONFIG_HOME", user, TRUE);
  g_setenv ("XDG_CONFIG_DIRS", system, TRUE);

  g_test_add_func ("/engine/limits/settings/defaults", test_defaults);
  g_test_add_func ("/engine/limits/settings/user-wins", test_user_wins);
  g_test_add_func ("/engine/limits/settings/bad-values", test_bad_values);
  g_test_add_func ("/engine/limits/settings/no-json", test_no_json);
  g_test_add_func ("/engine/limits/settings/set", test_set);
  g_test_add_func ("/engine/limits/settings/set-first", test_set_first);
  g_test_add_func ("/engine/limits/settings/set-nonsense", test_set_nonsense);
  g_test_add_func ("/engine/limits/settings/set-at-once", test_set_at_once);

  return g_test_run ();
}
