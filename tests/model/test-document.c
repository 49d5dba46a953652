/* test-document.c: documents, their files and their crash journals
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "model/runnel-document.h"

/* Not canonical, so that byte by byte means something. */
static const char source[] =
  "{ \"steps\": [ {\"kind\":\"command\", \"id\":\"a\"} ],\n  \"format\": 1, \"x\": 1.50 }";

typedef struct
{
  char *folder;
  char *path;
  char *journal;
  char *orphan;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  f->folder = g_dir_make_tmp ("runnel-document-XXXXXX", &error);
  g_assert_no_error (error);
  f->path = g_build_filename (f->folder, "p.runnel.json", NULL);
  f->journal = g_build_filename (f->folder, ".p.runnel.json.journal", NULL);
  f->orphan = g_build_filename (f->folder, ".p.runnel.json.journal.orphan", NULL);
  g_assert_true (g_file_set_contents (f->path, source, -1, NULL));
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_autoptr(GDir) dir = g_dir_open (f->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (f->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (f->folder);
  g_free (f->folder);
  g_free (f->path);
  g_free (f->journal);
  g_free (f->orphan);
}

static void
result_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static RunnelDocument *
load_path (const char  *path,
           GError     **error)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GAsyncResult) result = NULL;

  runnel_document_load_async (file, NULL, result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return runnel_document_load_finish (result, error);
}

static RunnelDocument *
load (const char *path)
{
  g_autoptr(GError) error = NULL;
  RunnelDocument *document = load_path (path, &error);

  g_assert_no_error (error);
  g_assert_nonnull (document);

  return document;
}

static gboolean
save (RunnelDocument  *document,
      const char      *path,
      gboolean         overwrite,
      GError         **error)
{
  g_autoptr(GFile) file = path != NULL ? g_file_new_for_path (path) : NULL;
  g_autoptr(GAsyncResult) result = NULL;

  runnel_document_save_async (document, file, overwrite, NULL, result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return runnel_document_save_finish (document, result, error);
}

static void
assert_saves (RunnelDocument *document,
              const char     *path)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (save (document, path, FALSE, &error));
  g_assert_no_error (error);
  g_assert_false (runnel_document_get_modified (document));
}

static void
set_name (RunnelDocument *document,
          const char     *name)
{
  g_autoptr(JsonNode) value = json_node_init_string (json_node_alloc (), name);
  g_autoptr(RunnelEdit) edit = runnel_edit_new_set_member ("name", value);
  g_autoptr(GError) error = NULL;

  g_assert_true (runnel_document_apply (document, edit, &error));
  g_assert_no_error (error);
}

static char *
read_file (const char *path)
{
  g_autoptr(GError) error = NULL;
  char *text;

  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  g_assert_no_error (error);

  return text;
}

static void
assert_file (const char *path,
             const char *expected)
{
  g_autofree char *text = read_file (path);

  g_assert_cmpstr (text, ==, expected);
}

static gboolean
exists (const char *path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK);
}

static void
assert_name (RunnelDocument *document,
             const char     *name)
{
  g_assert_cmpstr (runnel_pipeline_get_name (runnel_document_get_pipeline (document)), ==, name);
}

/* --- Files --- */

static void
test_save (Fixture       *f,
           gconstpointer  data)
{
  g_autoptr(RunnelDocument) document = load (f->path);
  g_autoptr(RunnelDocument) again = NULL;
  g_autofree char *title = runnel_document_get_title (document);
  g_autofree char *saved = NULL;

  g_assert_cmpstr (title, ==, "p");
  g_assert_false (runnel_document_get_modified (document));
  set_name (document, "One");
  g_assert_true (runnel_document_get_modified (document));
  assert_saves (document, NULL);

  saved = read_file (f->path);
  g_assert_nonnull (strstr (saved, "  \"format\": 1,\n  \"name\": \"One\",\n"));
  again = load (f->path);
  assert_name (again, "One");
}

/* Back at what was opened, the bytes are those that were opened. */
static void
test_original_bytes (Fixture       *f,
                     gconstpointer  data)
{
  g_autoptr(RunnelDocument) document = load (f->path);
  g_autoptr(GBytes) text = NULL;

  for (guint i = 0; i < 5; i++)
    set_name (document, i % 2 == 0 ? "even" : "odd");
  while (runnel_document_undo (document))
    ;
  g_assert_false (runnel_document_get_modified (document));

  text = runnel_document_get_text (document);
  g_assert_cmpmem (g_bytes_get_data (text, NULL), g_bytes_get_size (text), source, strlen (source));
  assert_saves (document, NULL);
  assert_file (f->path, source);
}

static void
test_modified (Fixture       *f,
               gconstpointer  data)
{
  g_autoptr(RunnelDocument) document = load (f->path);

  set_name (document, "One");
  set_name (document, "Two");
  assert_saves (document, NULL);
  g_assert_true (runnel_document_undo (document));
  g_assert_true (runnel_document_get_modified (document));
  g_assert_true (runnel_document_redo (document));
  g_assert_false (runnel_document_get_modified (document));

  /* What was saved is among the undone changes that are now forgotten: it can't be reached any more. */
  runnel_document_undo (document);
  set_name (document, "Other");
  g_assert_true (runnel_document_get_modified (document));
  runnel_document_undo (document);
  runnel_document_undo (document);
  g_assert_true (runnel_document_get_modified (document));
  g_assert_false (runnel_document_undo (document));
}

static void
test_properties (Fixture       *f,
                 gconstpointer  data)
{
  g_autoptr(RunnelDocument) document = load (f->path);
  g_autofree char *undo_label = NULL, *redo_label = NULL;
  gboolean can_undo, can_redo;

  set_name (document, "One");
  set_name (document, "Two");
  runnel_document_undo (document);
  g_object_get (document, "can-undo", &can_undo, "can-redo", &can_redo,
                "undo-label", &undo_label, "redo-label", &redo_label, NULL);
  g_assert_true (can_undo && can_redo);
  g_assert_cmpstr (undo_label, ==, "Change name");
  g_assert_cmpstr (redo_label, ==, "Change name");
  g_assert_cmpuint (runnel_document_get_n_changes (document), ==, 2);
  g_assert_cmpuint (runnel_document_get_position (document), ==, 1);
  g_assert_cmpstr (runnel_document_get_change_label (document, 1), ==, "Change name");
}

static void
test_changed_behind (Fixture       *f,
                     gconstpointer  data)
{
  g_autoptr(RunnelDocument) document = load (f->path);
  g_autoptr(GError) error = NULL;

  set_name (document, "Mine");
  g_assert_true (g_file_set_contents (f->path, "{\"format\": 1, \"name\": \"Theirs\", \"steps\": []}", -1, NULL));
  g_assert_false (save (document, NULL, FALSE, &error));
  g_assert_error (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_CHANGED);
  assert_file (f->path, "{\"format\": 1, \"name\": \"Theirs\", \"steps\": []}");
  g_assert_true (runnel_document_get_modified (document));

  g_clear_error (&error);
  g_assert_true (save (document, NULL, TRUE, &error));
  g_assert_no_error (error);
  g_assert_false (runnel_document_get_modified (document));

  /* Touched, but with the same content: nobody's work would be lost. */
  set_name (document, "Mine again");
  {
    g_autofree char *text = read_file (f->path);

    g_assert_true (g_file_set_contents (f->path, text, -1, NULL));
  }
  assert_saves (document, NULL);
}

static void
test_save_as (Fixture       *f,
              gconstpointer  data)
{
  g_autofree char *other = g_build_filename (f->folder, "other.runnel.json", NULL);
  g_autoptr(RunnelDocument) document = runnel_document_new ();
  g_autoptr(GError) error = NULL;
  struct stat status;
  mode_t mask = umask (022);

  umask (mask);
  g_assert_false (save (document, NULL, FALSE, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_FILENAME);
  g_clear_error (&error);
  g_assert_false (save (document, f->path, FALSE, &error));
  g_assert_error (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_CHANGED);
  assert_file (f->path, source);

  set_name (document, "New");
  assert_saves (document, other);
  g_assert_cmpint (stat (other, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0666 & ~mask);

  set_name (document, "Newer");
  assert_saves (document, NULL);
  g_assert_nonnull (runnel_document_get_file (document));
}

static void
test_mode (Fixture       *f,
           gconstpointer  data)
{
  g_autoptr(RunnelDocument) document = NULL;
  struct stat status;

  g_assert_cmpint (chmod (f->path, 0640), ==, 0);
  document = load (f->path);
  set_name (document, "One");
  assert_saves (document, NULL);
  g_assert_cmpint (stat (f->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 07777, ==, 0640);
}

static void
test_symlink (Fixture       *f,
              gconstpointer  data)
{
  g_autofree char *first = g_build_filename (f->folder, "link", NULL);
  g_autofree char *second = g_build_filename (f->folder, "link2", NULL);
  g_autoptr(RunnelDocument) document = NULL;
  g_autofree char *target = NULL, *text = NULL;

  g_assert_cmpint (symlink ("p.runnel.json", first), ==, 0);
  g_assert_cmpint (symlink (first, second), ==, 0);
  document = load (second);
  set_name (document, "Through links");
  runnel_document_flush_journal (document);
  g_assert_true (exists (f->journal));
  assert_saves (document, NULL);

  target = g_file_read_link (first, NULL);
  g_assert_cmpstr (target, ==, "p.runnel.json");
  text = read_file (f->path);
  g_assert_nonnull (strstr (text, "Through links"));
}

/* The folder is gone: nothing can be written there, not even by root. */
static void
test_cannot_save (Fixture       *f,
                  gconstpointer  data)
{
  g_autoptr(RunnelDocument) document = load (f->path);
  g_autofree char *moved = g_strconcat (f->folder, "-moved", NULL);
  g_autoptr(GError) error = NULL;

  set_name (document, "Kept");
  runnel_document_flush_journal (document);
  g_assert_cmpint (g_rename (f->folder, moved), ==, 0);
  g_assert_false (save (document, NULL, FALSE, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "folder"));
  g_assert_true (runnel_document_get_modified (document));
  assert_name (document, "Kept");

  g_assert_cmpint (g_rename (moved, f->folder), ==, 0);
  assert_saves (document, NULL);
}

static void
test_cannot_load (Fixture       *f,
                  gconstpointer  data)
{
  g_autofree char *missing = g_build_filename (f->folder, "missing", NULL);
  g_autofree char *fifo = g_build_filename (f->folder, "fifo", NULL);
  g_autoptr(GError) error = NULL;

  g_assert_null (load_path (missing, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (load_path (f->folder, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE);
  g_clear_error (&error);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  g_assert_null (load_path (fifo, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE);
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (f->path, "", 0, NULL));
  g_assert_null (load_path (f->path, &error));
  g_assert_error (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_SYNTAX);
  g_clear_error (&error);

  g_assert_cmpint (truncate (f->path, 65 * 1024 * 1024), ==, 0);
  g_assert_null (load_path (f->path, &error));
  g_assert_error (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_TOO_LARGE);
}

/* An edit made while the file is being written stays unsaved, and in the journal. */
static void
test_edit_while_saving (Fixture       *f,
                        gconstpointer  data)
{
  g_autoptr(RunnelDocument) document = load (f->path);
  g_autoptr(RunnelDocument) again = NULL;
  g_autoptr(GAsyncResult) result = NULL, second = NULL;
  g_autoptr(GError) error = NULL;

  set_name (document, "One");
  runnel_document_save_async (document, NULL, FALSE, NULL, result_cb, &result);
  runnel_document_save_async (document, NULL, FALSE, NULL, result_cb, &second);
  set_name (document, "Two");
  while (result == NULL || second == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (runnel_document_save_finish (document, result, &error));
  g_assert_no_error (error);
  g_assert_false (runnel_document_save_finish (document, second, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PENDING);

  g_assert_true (runnel_document_get_modified (document));
  g_clear_object (&result);
  g_clear_object (&second);
  g_clear_object (&document);
  again = load (f->path);
  assert_name (again, "One");
  g_assert_true (runnel_document_recover (again, NULL));
  assert_name (again, "Two");
}

/* --- Journal --- */

/* A session that ends with unsaved changes that nobody has thrown away. */
static void
leave_journal (Fixture *f)
{
  g_autoptr(RunnelDocument) document = load (f->path);

  set_name (document, "One");
  set_name (document, "Two");
  set_name (document, "Three");
  runnel_document_undo (document);
}

/* What a session that crashed did has its names and times again. */
static void
test_recover_history (Fixture       *f,
                      gconstpointer  data)
{
  g_autoptr(RunnelDocument) document = NULL;
  gint64 begin = g_get_real_time ();
  const char *labels[3];

  leave_journal (f);
  document = load (f->path);
  g_assert_true (runnel_document_recover (document, NULL));
  g_assert_cmpuint (runnel_document_get_n_changes (document), ==, 3);
  g_assert_cmpuint (runnel_document_get_position (document), ==, 2);
  for (guint i = 0; i < 3; i++)
    {
      gint64 time = runnel_document_get_change_time (document, i);

      labels[i] = runnel_document_get_change_label (document, i);
      g_assert_cmpstr (labels[i], !=, "");
      g_assert_cmpint (time, >=, begin / 1000 * 1000);
      g_assert_cmpint (time, <=, g_get_real_time ());
    }
}

static void
count_cb (GObject    *object,
          GParamSpec *pspec,
          guint      *n_calls)
{
  (*n_calls)++;
}

/* Any state of the history is one step away, and a crash afterwards finds the same one. */
static void
test_go_to (Fixture       *f,
            gconstpointer  data)
{
  g_autoptr(RunnelDocument) document = load (f->path);
  guint n_notified = 0;

  set_name (document, "One");
  set_name (document, "Two");
  set_name (document, "Three");
  g_signal_connect (document, "notify::can-undo", G_CALLBACK (count_cb), &n_notified);
  runnel_document_go_to (document, 0);
  assert_name (document, NULL);
  g_assert_false (runnel_document_get_modified (document));
  g_assert_cmpuint (n_notified, ==, 1);
  runnel_document_go_to (document, 3);
  assert_name (document, "Three");
  runnel_document_go_to (document, 1);
  assert_name (document, "One");
  g_assert_cmpuint (runnel_document_get_n_changes (document), ==, 3);
  runnel_document_flush_journal (document);
  g_clear_object (&document);

  document = load (f->path);
  g_assert_true (runnel_document_recover (document, NULL));
  assert_name (document, "One");
}

static void
test_recover (Fixture       *f,
              gconstpointer  data)
{
  g_autoptr(RunnelDocument) document = NULL;
  struct stat status;

  leave_journal (f);
  g_assert_cmpint (stat (f->journal, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);

  document = load (f->path);
  g_assert_true (runnel_document_has_journal (document));
  assert_name (document, NULL);
  g_assert_true (runnel_document_recover (document, NULL));
  g_assert_false (runnel_document_has_journal (document));
  assert_name (document, "Two");
  g_assert_true (runnel_document_get_modified (document));

  /* The history is there too. */
  g_assert_true (runnel_document_redo (document));
  assert_name (document, "Three");
  g_assert_true (runnel_document_undo (document) && runnel_document_undo (document) && runnel_document_undo (document));
  g_assert_false (runnel_document_undo (document));
  g_assert_false (runnel_document_get_modified (document));

  /* The journal goes on where it was, so a second crash loses nothing either. */
  runnel_document_redo (document);
  set_name (document, "Four");
  g_clear_object (&document);
  document = load (f->path);
  g_assert_true (runnel_document_recover (document, NULL));
  assert_name (document, "Four");
  assert_saves (document, NULL);
  runnel_document_flush_journal (document);
  g_assert_false (exists (f->journal));
}

/* Undoing back past the last save, which the history after a crash does not reach. */
static void
test_recover_across_save (Fixture       *f,
                          gconstpointer  data)
{
  g_autoptr(RunnelDocument) document = load (f->path);

  set_name (document, "One");
  set_name (document, "Two");
  assert_saves (document, NULL);
  runnel_document_undo (document);
  runnel_document_undo (document);
  set_name (document, "Three");
  runnel_document_undo (document);
  g_clear_object (&document);

  document = load (f->path);
  assert_name (document, "Two");
  g_assert_true (runnel_document_recover (document, NULL));
  assert_name (document, NULL);
}

static void
test_no_journal_left (Fixture       *f,
                      gconstpointer  data)
{
  g_autoptr(RunnelDocument) document = load (f->path);

  set_name (document, "One");
  runnel_document_undo (document);
  g_clear_object (&document);
  g_assert_false (exists (f->journal));

  document = load (f->path);
  set_name (document, "One");
  runnel_document_discard_journal (document);
  set_name (document, "Two");
  g_clear_object (&document);
  g_assert_false (exists (f->journal));

  leave_journal (f);
  document = load (f->path);
  g_assert_true (runnel_document_has_journal (document));
  runnel_document_discard_journal (document);
  runnel_document_flush_journal (document);
  g_assert_false (exists (f->journal));
  g_assert_false (runnel_document_has_journal (document));
}

/* A crash in the middle of a line loses that line only, at whatever byte. */
static void
test_torn (Fixture       *f,
           gconstpointer  data)
{
  g_autofree char *journal = NULL;
  gsize length;

  leave_journal (f);
  journal = read_file (f->journal);
  length = strlen (journal);

  for (gsize i = 0; i <= length; i += i < length - 20 ? 7 : 1)
    {
      g_autoptr(RunnelDocument) document = NULL;
      g_autoptr(GError) error = NULL;
      guint n_lines = 0;

      for (gsize j = 0; j < i; j++)
        n_lines += journal[j] == '\n';
      g_assert_true (g_file_set_contents (f->journal, journal, i, NULL));

      document = load (f->path);
      g_assert_cmpint (runnel_document_has_journal (document), ==, n_lines > 1);
      if (n_lines > 1)
        {
          g_assert_true (runnel_document_recover (document, &error));
          g_assert_cmpuint (runnel_document_get_n_changes (document), ==, MIN (n_lines - 1, 3));
          set_name (document, "More");
          runnel_document_flush_journal (document);
          g_clear_object (&document);
          document = load (f->path);
          g_assert_true (runnel_document_recover (document, &error));
          assert_name (document, "More");
        }
      runnel_document_discard_journal (document);
    }
}

static void
test_orphan (Fixture       *f,
             gconstpointer  data)
{
  g_autoptr(RunnelDocument) document = NULL;
  g_autofree char *journal = NULL;

  leave_journal (f);
  journal = read_file (f->journal);
  g_assert_true (g_file_set_contents (f->path, "{\"format\": 1, \"steps\": []}", -1, NULL));
  document = load (f->path);
  g_assert_false (runnel_document_has_journal (document));
  g_assert_false (exists (f->journal));
  assert_file (f->orphan, journal);

  /* Going on without recovering keeps what was there as well. */
  g_clear_object (&document);
  g_unlink (f->orphan);
  leave_journal (f);
  document = load (f->path);
  g_assert_true (runnel_document_has_journal (document));
  set_name (document, "Something else");
  runnel_document_flush_journal (document);
  g_assert_true (exists (f->orphan));
  g_assert_false (runnel_document_has_journal (document));
}

/* An edit that does not fit: what came before stays, and the journal is kept. */
static void
test_misfit (Fixture       *f,
             gconstpointer  data)
{
  g_autoptr(RunnelDocument) document = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *journal = NULL, *longer = NULL;

  leave_journal (f);
  journal = read_file (f->journal);
  longer = g_strconcat (journal, "{\"do\": {\"edit\": \"remove-step\", \"name\": \"nobody\"}}\n", NULL);
  g_assert_true (g_file_set_contents (f->journal, longer, -1, NULL));

  document = load (f->path);
  g_assert_false (runnel_document_recover (document, &error));
  g_assert_error (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_INVALID);
  assert_name (document, "Two");
  runnel_document_flush_journal (document);
  assert_file (f->orphan, longer);
  assert_file (f->journal, journal);
}

/* The journal of a session that lives belongs to it. */
static void
test_two_sessions (Fixture       *f,
                   gconstpointer  data)
{
  g_autoptr(RunnelDocument) document = load (f->path);
  g_autoptr(RunnelDocument) other = NULL;

  set_name (document, "Mine");
  runnel_document_flush_journal (document);
  other = load (f->path);
  g_assert_false (runnel_document_has_journal (other));
  g_clear_object (&other);
  g_assert_true (exists (f->journal));
}

static void
test_killed_child (void)
{
  const char *path = g_getenv ("RUNNEL_TEST_DOCUMENT");
  g_autoptr(RunnelDocument) document = NULL;

  if (path == NULL)
    return;

  document = load (path);
  for (guint i = 0; i < 50; i++)
    set_name (document, i % 2 == 0 ? "Even" : "Odd");
  runnel_document_flush_journal (document);
  raise (SIGKILL);
}

static void
test_killed (Fixture       *f,
             gconstpointer  data)
{
  g_autoptr(RunnelDocument) document = NULL;

  g_setenv ("RUNNEL_TEST_DOCUMENT", f->path, TRUE);
  g_test_trap_subprocess ("/model/document/killed/subprocess", 0, 0);
  g_assert_false (g_test_trap_has_passed ());

  document = load (f->path);
  g_assert_true (runnel_document_has_journal (document));
  g_assert_true (runnel_document_recover (document, NULL));
  g_assert_cmpuint (runnel_document_get_n_changes (document), ==, 50);
  assert_name (document, "Odd");
}

#define ADD(name, func) g_test_add ("/model/document/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("save", test_save);
  ADD ("original-bytes", test_original_bytes);
  ADD ("modified", test_modified);
  ADD ("properties", test_properties);
  ADD ("changed-behind", test_changed_behind);
  ADD ("save-as", test_save_as);
  ADD ("mode", test_mode);
  ADD ("symlink", test_symlink);
  ADD ("cannot-save", test_cannot_save);
  ADD ("cannot-load", test_cannot_load);
  ADD ("edit-while-saving", test_edit_while_saving);
  ADD ("recover", test_recover);
  ADD ("recover-history", test_recover_history);
  ADD ("go-to", test_go_to);
  ADD ("recover-across-save", test_recover_across_save);
  ADD ("no-journal-left", test_no_journal_left);
  ADD ("torn", test_torn);
  ADD ("orphan", test_orphan);
  ADD ("misfit", test_misfit);
  ADD ("two-sessions", test_two_sessions);
  ADD ("killed", test_killed);
  g_test_add_func ("/model/document/killed/subprocess", test_killed_child);

  return g_test_run ();
}
