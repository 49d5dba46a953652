/* test-import.c: runs out of a file that was exported, into the history
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "exchange-fixture.h"

#define UUID "2dc2ba7b-78e8-4d2c-a9d8-358be1a97158"
#define HEADER "{\"type\": \"runnel-history\", \"version\": 1, \"host\": \"elsewhere\"}\n"
#define END "{\"type\": \"end\"}\n"

static char *
make_definition (const char *text)
{
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  g_autofree char *escaped = g_strescape (text, NULL);

  return g_strdup_printf ("{\"type\": \"definition\", \"sha256\": \"%s\", \"text\": \"%s\"}\n", sha256,
                          escaped);
}

/* A run of a pipeline with one step "a", whose head also has @members. */
static char *
make_run (const char *uuid,
          const char *members)
{
  static const char text[] = "{\"format\": 1, \"steps\": [{\"id\": \"a\", \"kind\": \"command\"}]}";
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  g_autofree char *definition = make_definition (text);

  return g_strdup_printf ("%s{\"type\": \"run\", \"uuid\": \"%s\", \"number\": 7, \"definition\": \"%s\","
                          " \"pipeline\": \"p\", \"file\": \"/f\", \"trigger\": \"manual\"%s}\n",
                          definition, uuid, sha256,
                          members ? members : ", \"state\": \"failed\", \"started\": 5");
}

static char *
make_file (const char *run,
           const char *rows)
{
  return g_strconcat (HEADER, run, rows, "{\"type\": \"run-end\"}\n", END, NULL);
}

static void
assert_imported (RunnelHistory *history,
                 const char    *text,
                 guint          n_added,
                 guint          n_known)
{
  g_autoptr(GError) error = NULL;
  RunnelImportResult result;

  g_assert_true (import_data (history, text, strlen (text), &result, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (result.n_added, ==, n_added);
  g_assert_cmpuint (result.n_known, ==, n_known);
}

/* The error names the line, and nothing of the run is there. */
static void
assert_refused (const char *text,
                const char *message)
{
  g_autoptr(RunnelHistory) history = open_history (NULL);
  g_autofree char *runs_dir = runnel_history_get_runs_dir ();
  g_autofree char *staging = g_build_filename (runs_dir, ".import", "now", NULL);
  g_autofree char *folder = runnel_history_get_run_dir (1);
  g_autoptr(GError) error = NULL;
  RunnelImportResult result;

  g_assert_false (import_data (history, text, strlen (text), &result, &error));
  g_assert_nonnull (error);
  if (!g_str_has_prefix (error->message, "line ") || !strstr (error->message, message))
    g_error ("expected “%s”, not “%s”", message, error->message);
  g_assert_cmpint (read_number ("SELECT count (*) FROM run"), ==, 0);
  g_assert_cmpint (read_number ("SELECT count (*) FROM definition"), ==, 0);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (staging, G_FILE_TEST_EXISTS));
}

static void
assert_run_refused (const char *members,
                    const char *rows,
                    const char *message)
{
  g_autofree char *run = make_run (UUID, members);
  g_autofree char *text = make_file (run, rows);

  assert_refused (text, message);
}

static void
test_minimal (void)
{
  g_autoptr(RunnelHistory) history = open_history (NULL);
  g_autofree char *run = make_run (UUID, NULL);
  g_autofree char *text = make_file (run, "{\"type\": \"step\", \"state\": \"failed\"}\n"
                                          "{\"type\": \"attempt\", \"attempt\": 1, \"state\": \"failed\","
                                          " \"started\": 1, \"finished\": 4, \"exit-code\": 2}\n"
                                          "{\"type\": \"label\", \"label\": \"green\"}\n"
                                          "{\"type\": \"of a later version\", \"x\": [1]}\n"
                                          "{\"type\": \"file\", \"name\": \"a.1.log\"}\n"
                                          "{\"type\": \"data\", \"text\": \"hel\"}\n"
                                          "{\"type\": \"data\", \"base64\": \"bG8=\"}\n"
                                          "{\"type\": \"file-end\", \"size\": 5, \"sha256\": \"2cf24dba5fb0a30e"
                                          "26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824\"}\n");
  g_autofree char *log = NULL;
  g_autofree char *content = NULL;
  g_autofree char *folder = NULL;
  RunnelRunRecord *record;
  g_autoptr(GPtrArray) steps = NULL;
  const RunnelStepRecord *step;

  add_finished (history, "mine", RUNNEL_STATE_SUCCEEDED, 10);
  assert_imported (history, text, 1, 0);
  record = get_run (history, 2);
  g_assert_cmpstr (record->uuid, ==, UUID);
  g_assert_cmpstr (record->imported_from, ==, "elsewhere");
  g_assert_cmpint (record->imported_number, ==, 7);
  g_assert_cmpstr (record->labels[0], ==, "green");
  g_assert_cmpuint (record->n_by_state[RUNNEL_STATE_FAILED], ==, 1);
  runnel_run_record_free (record);
  steps = get_steps (history, 2);
  step = g_ptr_array_index (steps, 0);
  g_assert_cmpstr (step->id, ==, "a");
  g_assert_cmpint (((RunnelAttemptRecord *) step->attempts->pdata[0])->exit_code, ==, 2);

  folder = runnel_history_get_run_dir (2);
  log = g_build_filename (folder, "a.1.log", NULL);
  g_assert_true (g_file_get_contents (log, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "hello");
  assert_imported (history, text, 0, 1);
  g_assert_cmpint (read_number ("SELECT count (*) FROM run"), ==, 2);
}

/* Everything that goes out comes in, and goes out again as it was. */
static void
test_round_trip (gconstpointer compress)
{
  g_autoptr(RunnelHistory) history = open_history (NULL);
  g_autoptr(GBytes) first = NULL;
  g_autoptr(GBytes) second = NULL;
  g_autofree char *other = g_build_filename (g_get_user_data_dir (), "other.db", NULL);
  g_autoptr(RunnelHistory) copy = NULL;
  RunnelImportResult result;
  gint64 pinned = 2;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 5; i++)
    add_finished (history, i % 2 ? "a" : "b", RUNNEL_STATE_FAILED, 100000 * i);
  g_free (write_run_file (3, "artifacts/s0/x", 1000));
  g_assert_true (runnel_history_set_pinned (history, &pinned, 1, TRUE, NULL));
  g_assert_true (runnel_history_add_label (history, &pinned, 1, "a b", NULL));
  execute ("UPDATE run SET parent = 1, parent_step = 's0' WHERE id = 2;"
           "UPDATE run SET origin = 2, details = '{\"trigger\": {\"kind\": \"rerun\", \"run\": 2},"
           " \"parameters\": {\"x\": 1}}' WHERE id = 3;"
           "INSERT INTO audit VALUES (3, 5, 'started', '', '', 'ana', 'box', 'terminal');"
           "INSERT INTO artifact VALUES (3, 0, 'x', 1000, zeroblob (32));"
           "INSERT INTO added_step VALUES (3, 3, 1, 's0.1', 's0', NULL, 'command', '{\"os\": 1}');"
           "INSERT INTO step (run, step, state, reused) VALUES (3, 0, 4, 1), (3, 3, 4, 0);"
           "INSERT INTO attempt (run, step, attempt, state) VALUES (3, 0, 1, 4);"
           "INSERT INTO wait (run, step, started, kind) VALUES (3, 0, 17, 2);");
  first = export_all (history, FALSE);

  /* The folders of the copies are those behind the originals. */
  copy = open_history (other);
  g_assert_true (runnel_history_begin (copy, NULL));
  g_assert_true (runnel_history_commit (copy, NULL));
  if (compress)
    {
      g_autoptr(GBytes) packed = export_all (history, TRUE);

      g_assert_cmpuint (g_bytes_get_size (packed), <, g_bytes_get_size (first) / 2);
      import_data (copy, g_bytes_get_data (packed, NULL), g_bytes_get_size (packed), &result,
                   &error);
    }
  else
    import_data (copy, g_bytes_get_data (first, NULL), g_bytes_get_size (first), &result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result.n_added, ==, 5);

  /* They say now where they come from. */
  second = export_all (copy, FALSE);
  {
    g_autoptr(GRegex) host = g_regex_new (", \"host\": \"[^\"]*\", \"state\"", 0, 0, NULL);
    g_autofree char *text = g_regex_replace_literal (host, g_bytes_get_data (second, NULL), -1, 0,
                                                     ", \"state\"", 0, NULL);

    g_assert_cmpstr (strchr (text, '\n'), ==, strchr (g_bytes_get_data (first, NULL), '\n'));
  }
}

/* A run may come before the one that it belongs to. */
static void
test_links (void)
{
  g_autoptr(RunnelHistory) history = open_history (NULL);
  g_autofree char *inner = make_run ("2dc2ba7b-78e8-4d2c-a9d8-358be1a97001",
                                     ", \"state\": \"succeeded\", \"started\": 5,"
                                     " \"parent\": \"2dc2ba7b-78e8-4d2c-a9d8-358be1a97002\","
                                     " \"parent-step\": \"x\","
                                     " \"details\": {\"trigger\": {\"kind\": \"pipeline\", \"run\": 12}},"
                                     " \"links\": {\"12\": \"2dc2ba7b-78e8-4d2c-a9d8-358be1a97002\"}");
  g_autofree char *outer = make_run ("2dc2ba7b-78e8-4d2c-a9d8-358be1a97002",
                                     ", \"state\": \"succeeded\", \"started\": 4");
  g_autofree char *first = make_file (inner, "");
  g_autofree char *second = make_file (outer, "");
  RunnelRunRecord *run;

  add_finished (history, "mine", RUNNEL_STATE_SUCCEEDED, 10);
  assert_imported (history, first, 1, 0);
  run = get_run (history, 2);
  g_assert_cmpint (run->parent, ==, 0);
  runnel_run_record_free (run);
  assert_imported (history, second, 1, 0);
  run = get_run (history, 2);
  g_assert_cmpint (run->parent, ==, 3);
  runnel_run_record_free (run);
}

/* Who reads the details relies on what they are. */
static void
test_bad_details (void)
{
  static const char *const bad[] = {
    "\"host\": {}", "\"user\": []", "\"origin\": 1", "\"jobs\": []", "\"parameters\": [1]", "\"labels\": \"x\"",
    "\"trigger\": \"x\"", "\"trigger\": {\"kind\": {}}", "\"trigger\": {\"run\": []}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *members =
        g_strdup_printf (", \"state\": \"failed\", \"started\": 5, \"details\": {%s}", bad[i]);

      assert_run_refused (members, "", "line 3: “details” has a “");
    }
}

/* SQLite reads what is written of them. */
static void
test_big_numbers (void)
{
  g_autoptr(RunnelHistory) history = open_history (NULL);
  g_autofree char *run = make_run (UUID, ", \"state\": \"failed\", \"started\": 5,"
                                         " \"details\": {\"parameters\": {\"x\": 1e20, \"y\": 1e308}}");
  g_autofree char *text = make_file (run, "");

  assert_imported (history, text, 1, 0);
  g_assert_cmpint (read_number ("SELECT count (*) FROM run_parameter"), ==, 2);
  g_assert_cmpint (read_number ("SELECT json_extract (details, '$.parameters.x') = 1e20 FROM run"), ==, 1);
}

static void
test_circles (void)
{
  static const char outer[] = "2dc2ba7b-78e8-4d2c-a9d8-358be1a97002";
  g_autoptr(RunnelHistory) history = open_history (NULL);
  g_autofree char *inner = make_run (UUID, ", \"state\": \"failed\", \"started\": 5,"
                                           " \"parent\": \"2dc2ba7b-78e8-4d2c-a9d8-358be1a97002\"");
  g_autofree char *around = make_run (outer, ", \"state\": \"failed\", \"started\": 5, \"parent\": \"" UUID "\"");
  g_autofree char *first = make_file (inner, "");
  g_autofree char *second = make_file (around, "");
  g_autoptr(GError) error = NULL;
  RunnelImportResult result;

  assert_run_refused (", \"state\": \"failed\", \"started\": 5, \"parent\": \"" UUID "\"", "",
                      "line 3: The run belongs to itself");
  assert_run_refused (", \"state\": \"failed\", \"started\": 5, \"origin\": \"" UUID "\"", "",
                      "line 3: The run belongs to itself");
  assert_imported (history, first, 1, 0);
  g_assert_false (import_data (history, second, strlen (second), &result, &error));
  g_assert_error (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_EXCHANGE);
  g_assert_cmpint (read_number ("SELECT count (*) FROM run"), ==, 1);
}

/* Numbers in the details become those of this machine. */
static void
test_trigger (void)
{
  g_autoptr(RunnelHistory) history = open_history (NULL);
  g_autofree char *origin = make_run ("2dc2ba7b-78e8-4d2c-a9d8-358be1a97001", NULL);
  g_autofree char *rerun = make_run ("2dc2ba7b-78e8-4d2c-a9d8-358be1a97002",
                                     ", \"state\": \"succeeded\", \"started\": 4,"
                                     " \"origin\": \"2dc2ba7b-78e8-4d2c-a9d8-358be1a97001\","
                                     " \"details\": {\"trigger\": {\"kind\": \"rerun\", \"run\": 12,"
                                     " \"resumes\": 13}},"
                                     " \"links\": {\"12\": \"2dc2ba7b-78e8-4d2c-a9d8-358be1a97001\"}");
  g_autofree char *runs = g_strconcat (origin, "{\"type\": \"run-end\"}\n", rerun, NULL);
  g_autofree char *text = make_file (runs, "");

  add_finished (history, "mine", RUNNEL_STATE_SUCCEEDED, 10);
  assert_imported (history, text, 2, 0);
  g_assert_cmpint (read_number ("SELECT details ->> '$.trigger.run' FROM run WHERE id = 3"), ==, 2);
  g_assert_cmpint (read_number ("SELECT details ->> '$.trigger.resumes' IS NULL FROM run WHERE id = 3"),
                   ==, 1);
  g_assert_cmpint (read_number ("SELECT origin FROM run WHERE id = 3"), ==, 2);
}

static void
test_nonsense (void)
{
  assert_refused ("", "The file is empty");
  assert_refused ("a log like any other\n", "line 1: This is no JSON, from column 1 on");
  assert_refused ("[1]\n", "line 1: A line must be an object");
  assert_refused ("{\"type\": 5}\n", "line 1: A line must be an object");
  assert_refused ("{\"type\": \"x\"}\n", "no history that Runnel has exported");
  assert_refused ("{\"type\": \"runnel-history\", \"version\": 2}\n", "a later version");
  assert_refused (HEADER, "The file has no end");
  assert_refused (HEADER END END, "line 3: There is something behind the end");
  assert_refused (HEADER "{\"type\": \"step\"}\n", "line 2: This belongs to a run");
  assert_refused (HEADER "{\"type\": \"run-end\"}\n", "line 2: A run ends here");
  assert_refused (HEADER "{\"type\": \"run\"}\n", "line 2: A run has no UUID");
  assert_refused (HEADER "{\"type\": \"definition\", \"sha256\": \"12\", \"text\": \"\"}\n",
                  "line 2: A definition has no text");
}

static void
test_bad_heads (void)
{
  g_autofree char *not_uuid = make_run ("../../x", NULL);
  g_autofree char *not_uuid_file = make_file (not_uuid, "");

  assert_refused (not_uuid_file, "line 3: The UUID of the run");
  assert_refused ("{\"type\": \"runnel-history\", \"version\": []}\n", "line 1: This is no history");
  assert_run_refused (", \"started\": 5", "", "line 3: The run is in no state");
  assert_run_refused (", \"started\": 5, \"state\": \"running\"", "", "line 3: The run is in no state");
  assert_run_refused (", \"state\": \"failed\"", "", "“started” is missing");
  assert_run_refused (", \"state\": \"failed\", \"started\": -1", "", "“started” is a number that can't");
  assert_run_refused (", \"state\": \"failed\", \"started\": 1e300", "", "“started” must be a whole");
  assert_run_refused (", \"state\": \"failed\", \"started\": 9223372036854775807", "",
                      "“started” is a number that can't");
  assert_run_refused (", \"state\": \"failed\", \"started\": \"5\"", "", "“started” must be a whole");
  assert_run_refused (", \"state\": \"failed\", \"started\": 5, \"pinned\": 7", "", "“pinned”");
  assert_run_refused (", \"state\": \"failed\", \"started\": 5, \"details\": []", "", "“details”");
}

static void
test_bad_definition (void)
{
  static const char *const texts[] = {
    "{\"steps\": [{\"id\": \"../../x\", \"kind\": \"command\"}]}", "no JSON at all",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *definition = make_definition (texts[i]);
      g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, texts[i], -1);
      g_autofree char *text = g_strdup_printf (
        HEADER "%s{\"type\": \"run\", \"uuid\": \"" UUID "\", \"definition\": \"%s\", \"pipeline\": \"p\","
        " \"file\": \"/f\", \"state\": \"failed\", \"started\": 5, \"trigger\": \"manual\"}\n"
        "{\"type\": \"run-end\"}\n" END, definition, sha256);

      assert_refused (text, "line 3: ");
    }
  assert_refused (HEADER "{\"type\": \"run\", \"uuid\": \"" UUID "\", \"definition\": "
                  "\"0000000000000000000000000000000000000000000000000000000000000000\"}\n"
                  "{\"type\": \"run-end\"}\n" END, "line 3: The run has a definition that is not in");
}

static void
test_bad_rows (void)
{
  assert_run_refused (NULL, "{\"type\": \"step\"}\n", "line 4: “state” is missing");
  assert_run_refused (NULL, "{\"type\": \"step\", \"state\": \"good\"}\n", "line 4: “state” is no state");
  assert_run_refused (NULL, "{\"type\": \"step\", \"step\": 99999999999, \"state\": \"failed\"}\n",
                      "line 4: “step”");
  assert_run_refused (NULL, "{\"type\": \"step\", \"step\": 1, \"state\": \"failed\"}\n",
                      "The run has facts of steps that it does not have");
  assert_run_refused (NULL, "{\"type\": \"attempt\", \"step\": 1, \"attempt\": 1, \"state\": \"failed\"}\n",
                      "The run has facts of steps that it does not have");
  assert_run_refused (NULL, "{\"type\": \"step\", \"state\": \"failed\"}\n"
                            "{\"type\": \"step\", \"state\": \"failed\"}\n", "line 5: The same is told twice");
  assert_run_refused (NULL, "{\"type\": \"step\", \"state\": \"failed\", \"outputs\": 7}\n", "line 4: “outputs”");
  assert_run_refused (NULL, "{\"type\": \"artifact\", \"path\": \"../x\", \"sha256\": \"\"}\n",
                      "line 4: “path” is a path out of the folder");
  assert_run_refused (NULL, "{\"type\": \"artifact\", \"path\": \"x\", \"sha256\": \"zz\"}\n",
                      "line 4: “sha256” must be a SHA-256");
  assert_run_refused (NULL, "{\"type\": \"added-step\", \"step\": 1, \"id\": \"../x\", \"kind\": \"command\"}\n",
                      "line 4: “id” can't be the id of a step");
  assert_run_refused (NULL, "{\"type\": \"added-step\", \"step\": 1, \"role\": 99, \"id\": \"x\","
                            " \"kind\": \"command\"}\n", "line 4: “role”");
}

static void
test_bad_files (void)
{
  static const char *const names[] = { "../x", "/etc/x", "a/../../x", "", ".", "lock", "socket" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *line = g_strdup_printf ("{\"type\": \"file\", \"name\": \"%s\"}\n", names[i]);

      assert_run_refused (NULL, line, "line 4: The name of a file leads out");
    }
  for (guint i = 0; i < 2; i++) /* a part that no file system takes, and too many parts */
    {
      g_autofree char *part = g_strnfill (i == 0 ? 256 : 200, 'x');
      g_autoptr(GString) line = g_string_new ("{\"type\": \"file\", \"name\": \"artifacts/s0");

      for (guint j = 0; j < (i == 0 ? 1 : 20); j++)
        g_string_append_printf (line, "/%s", part);
      g_string_append (line, "\"}\n");
      assert_run_refused (NULL, line->str, "line 4: The name of a file is too long");
    }
  assert_run_refused (NULL, "{\"type\": \"file\"}\n", "line 4: A file has no name");
  assert_run_refused (NULL, "{\"type\": \"data\", \"text\": \"x\"}\n", "line 4: There is data here");
  assert_run_refused (NULL, "{\"type\": \"file\", \"name\": \"x\"}\n{\"type\": \"data\"}\n",
                      "line 5: Data must be");
  assert_run_refused (NULL, "{\"type\": \"file\", \"name\": \"x\"}\n{\"type\": \"file\", \"name\": \"y\"}\n",
                      "line 5: The file before has no end");
  assert_run_refused (NULL, "{\"type\": \"file\", \"name\": \"x\"}\n", "line 5: The last file of the run");
  assert_run_refused (NULL, "{\"type\": \"file\", \"name\": \"x\"}\n{\"type\": \"data\", \"text\": \"y\"}\n"
                            "{\"type\": \"file-end\", \"size\": 1, \"sha256\": \"00\"}\n",
                      "line 6: The file “x” is not what was exported");
  assert_run_refused (NULL, "{\"type\": \"file-end\"}\n", "line 4: A file ends here");
}

/* What came before the damage stays, wherever the file is cut off. */
static void
test_cut_off (void)
{
  g_autoptr(RunnelHistory) history = open_history (NULL);
  g_autofree char *other = g_build_filename (g_get_user_data_dir (), "other.db", NULL);
  g_autoptr(RunnelHistory) copy = open_history (other);
  g_autoptr(GBytes) data = NULL;
  gsize size, step;
  guint n_before = 0;

  for (guint i = 0; i < 4; i++)
    add_finished (history, "a", RUNNEL_STATE_FAILED, 500);
  data = export_all (history, FALSE);
  size = g_bytes_get_size (data);
  step = size / 40;
  for (gsize length = step; length < size - 1; length += step)
    {
      g_autoptr(GError) error = NULL;
      RunnelImportResult result;

      g_assert_false (import_data (copy, g_bytes_get_data (data, NULL), length, &result, &error));
      g_assert_error (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_EXCHANGE);
      g_assert_cmpuint (result.n_known, ==, n_before);
      n_before += result.n_added;
    }
  g_assert_cmpuint (n_before, >=, 3);
}

static void
test_in_the_way (void)
{
  g_autoptr(RunnelHistory) history = open_history (NULL);
  g_autofree char *run = make_run (UUID, NULL);
  g_autofree char *text = make_file (run, "");

  g_free (write_run_file (1, "old.log", 10));
  assert_imported (history, text, 1, 0);
  g_assert_false (has_run_file (1, "old.log"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/history/exchange/import/minimal", test_minimal);
  g_test_add_data_func ("/history/exchange/import/round-trip", NULL, test_round_trip);
  g_test_add_data_func ("/history/exchange/import/round-trip-compressed", "", test_round_trip);
  g_test_add_func ("/history/exchange/import/links", test_links);
  g_test_add_func ("/history/exchange/import/trigger", test_trigger);
  g_test_add_func ("/history/exchange/import/nonsense", test_nonsense);
  g_test_add_func ("/history/exchange/import/bad-heads", test_bad_heads);
  g_test_add_func ("/history/exchange/import/bad-details", test_bad_details);
  g_test_add_func ("/history/exchange/import/big-numbers", test_big_numbers);
  g_test_add_func ("/history/exchange/import/circles", test_circles);
  g_test_add_func ("/history/exchange/import/bad-definition", test_bad_definition);
  g_test_add_func ("/history/exchange/import/bad-rows", test_bad_rows);
  g_test_add_func ("/history/exchange/import/bad-files", test_bad_files);
  g_test_add_func ("/history/exchange/import/cut-off", test_cut_off);
  g_test_add_func ("/history/exchange/import/in-the-way", test_in_the_way);

  return g_test_run ();
}
