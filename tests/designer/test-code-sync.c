/* test-code-sync.c: a text and a document that follow each other
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>

#include "designer/code/runnel-code-view.h"
#include "engine/kinds/runnel-kinds.h"

#define STEP(id) "{\"id\": \"" id "\", \"kind\": \"command\", \"with\": {\"argv\": [\"make\"]}}"
#define PIPELINE "{\"format\": 1, \"name\": \"N\", \"steps\": [" STEP ("one") ", " STEP ("two") "]}\n"

#define N_MANY 10000

typedef struct
{
  GFile *file;
  RunnelDocument *document;
  RunnelChecker *checker;
  RunnelCodeSync *sync;
  GtkTextBuffer *buffer;
  guint n_updated;
  gint64 longest; /* that the main loop did not go on, µs */
} Fixture;

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Fixture *self = user_data;
  g_autoptr(GError) error = NULL;

  self->document = runnel_document_load_finish (result, &error);
  g_assert_no_error (error);
}

static char *
get_text (Fixture *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  return gtk_text_buffer_get_text (self->buffer, &start, &end, TRUE);
}

static char *
get_document_text (Fixture *self)
{
  g_autoptr(GBytes) bytes = runnel_document_get_text (self->document);
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  return g_strndup (text, length);
}

static gboolean
is_same (Fixture *self)
{
  g_autofree char *text = get_text (self), *document = get_document_text (self);

  return g_str_equal (text, document);
}

static void
updated_cb (Fixture *self)
{
  self->n_updated++;
}

static gint64 polled_at; /* when the main loop last had something to do */

static int
poll_func (GPollFD *fds,
           guint    n_fds,
           int      timeout)
{
  int n = g_poll (fds, n_fds, timeout);

  polled_at = g_get_monotonic_time ();
  return n;
}

static void
wait_updated (Fixture *self)
{
  for (guint n = self->n_updated; n == self->n_updated;)
    {
      g_main_context_iteration (NULL, TRUE);
      self->longest = MAX (self->longest, g_get_monotonic_time () - polled_at);
    }
}

/* Until the text is what a save would write. */
static void
wait_shown (Fixture *self)
{
  while (!is_same (self))
    wait_updated (self);
}

/* Until the text was read; "typed" is the state between. */
static void
wait_read (Fixture *self)
{
  while (runnel_code_sync_get_state (self->sync) == RUNNEL_CODE_TYPED)
    g_main_context_iteration (NULL, TRUE);
}

static void
fixture_open (Fixture    *self,
              const char *text)
{
  g_autoptr(GFileIOStream) stream = NULL;
  g_autofree char *path = NULL;

  self->file = g_file_new_tmp ("runnel-code-XXXXXX.runnel.json", &stream, NULL);
  path = g_file_get_path (self->file);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  runnel_document_load_async (self->file, NULL, loaded_cb, self);
  while (!self->document)
    g_main_context_iteration (NULL, TRUE);
  self->checker = runnel_checker_new (self->document);
  self->sync = runnel_code_sync_new ();
  self->buffer = GTK_TEXT_BUFFER (runnel_code_sync_get_buffer (self->sync));
  g_signal_connect_swapped (self->sync, "updated", G_CALLBACK (updated_cb), self);
  runnel_code_sync_set_document (self->sync, self->document, self->checker);
  runnel_code_sync_set_visible (self->sync, TRUE);
  while (!runnel_code_sync_get_pipeline (self->sync))
    wait_updated (self);
}

static void
fixture_set_up (Fixture       *self,
                gconstpointer  data)
{
  fixture_open (self, PIPELINE);
}

static void
fixture_tear_down (Fixture       *self,
                   gconstpointer  data)
{
  runnel_document_discard_journal (self->document);
  /* What reads the text in a thread keeps it for a while. */
  g_signal_handlers_disconnect_by_data (self->sync, self);
  g_clear_object (&self->sync);
  g_clear_object (&self->checker);
  g_clear_object (&self->document);
  g_file_delete (self->file, NULL, NULL);
  g_clear_object (&self->file);
}

/* Types in place of the first `old`; "" = at the end. */
static void
replace (Fixture    *self,
         const char *old,
         const char *new)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_start_iter (self->buffer, &start);
  g_assert_true (gtk_text_iter_forward_search (&start, old, 0, &start, &end, NULL));
  gtk_text_buffer_begin_user_action (self->buffer);
  gtk_text_buffer_delete (self->buffer, &start, &end);
  gtk_text_buffer_insert (self->buffer, &start, new, -1);
  gtk_text_buffer_place_cursor (self->buffer, &start);
  gtk_text_buffer_end_user_action (self->buffer);
}

static void
rename_pipeline (Fixture    *self,
                 const char *name)
{
  g_autoptr(JsonNode) value = json_node_init_string (json_node_alloc (), name);
  g_autoptr(RunnelEdit) edit = runnel_edit_new_set_member ("name", value);

  g_assert_true (runnel_document_apply (self->document, edit, NULL));
}

static const char *
get_name (Fixture *self)
{
  return runnel_pipeline_get_name (runnel_document_get_pipeline (self->document));
}

/* What is opened is shown as it is in the file, which need not be as Runnel would write it. */
static void
test_shows_file (Fixture       *self,
                 gconstpointer  data)
{
  g_autofree char *text = get_text (self);

  g_assert_cmpstr (text, ==, PIPELINE);
  g_assert_false (runnel_code_sync_get_pending (self->sync));
}

static void
test_typing (Fixture       *self,
             gconstpointer  data)
{
  g_autofree char *text = NULL;

  replace (self, "\"N\"", "\"Nightly\"");
  g_assert_true (runnel_code_sync_get_pending (self->sync));
  wait_read (self);
  g_assert_cmpstr (get_name (self), ==, "Nightly");
  g_assert_cmpuint (runnel_document_get_n_changes (self->document), ==, 1);
  g_assert_cmpstr (runnel_document_get_change_label (self->document, 0), ==, "Change name");
  /* The text stays as it was typed, and is written as it will be saved when asked. */
  text = get_text (self);
  g_assert_nonnull (strstr (text, "\"steps\": [" STEP ("one")));
  runnel_code_sync_tidy (self->sync);
  wait_shown (self);
}

static void
test_one_edit_for_many_keys (Fixture       *self,
                             gconstpointer  data)
{
  replace (self, "\"make\"", "\"make\", \"-j\"");
  replace (self, "\"two\"", "\"three\"");
  wait_read (self);
  g_assert_cmpuint (runnel_document_get_n_changes (self->document), ==, 1);
  g_assert_true (runnel_pipeline_find_step (runnel_document_get_pipeline (self->document), "three",
                                            NULL));
}

static void
test_canvas_edit (Fixture       *self,
                  gconstpointer  data)
{
  GtkTextIter iter;

  rename_pipeline (self, "Weekly");
  wait_shown (self);
  /* The cursor stays in its step while lines above it come and go. */
  gtk_text_buffer_get_start_iter (self->buffer, &iter);
  g_assert_true (gtk_text_iter_forward_search (&iter, "\"two\"", 0, &iter, NULL, NULL));
  gtk_text_buffer_place_cursor (self->buffer, &iter);
  rename_pipeline (self, "A longer name");
  wait_shown (self);
  gtk_text_buffer_get_iter_at_mark (self->buffer, &iter, gtk_text_buffer_get_insert (self->buffer));
  g_assert_cmpint (gtk_text_iter_get_char (&iter), ==, '"');
  g_assert_true (runnel_document_undo (self->document));
  wait_shown (self);
  gtk_text_buffer_get_iter_at_mark (self->buffer, &iter, gtk_text_buffer_get_insert (self->buffer));
  g_assert_cmpstr (runnel_code_sync_find_step (self->sync, (guint) gtk_text_iter_get_line (&iter)),
                   ==, "two");
}

static void
test_wrong_text (Fixture       *self,
                 gconstpointer  data)
{
  RunnelDiagnostics *diagnostics;
  g_autofree char *text = NULL;

  replace (self, "\"N\",", "\"M\"");
  wait_read (self);
  g_assert_cmpint (runnel_code_sync_get_state (self->sync), ==, RUNNEL_CODE_WRONG);
  g_assert_false (runnel_code_sync_flush (self->sync));
  g_assert_cmpstr (get_name (self), ==, "N");
  diagnostics = runnel_code_sync_get_diagnostics (self->sync);
  g_assert_cmpuint (runnel_diagnostics_get_size (diagnostics), ==, 1);
  g_assert_cmpuint (runnel_diagnostics_get (diagnostics, 0)->line, ==, 1);
  g_assert_cmpuint (runnel_diagnostics_get (diagnostics, 0)->column, >, 20);
  g_assert_cmpstr (runnel_code_sync_get_problem (self->sync), ==,
                   runnel_diagnostics_get (diagnostics, 0)->message);
  /* Undo in the text gives back what was there before it went wrong. */
  g_assert_true (gtk_text_buffer_get_can_undo (self->buffer));
  gtk_text_buffer_undo (self->buffer);
  wait_read (self);
  g_assert_cmpint (runnel_code_sync_get_state (self->sync), ==, RUNNEL_CODE_SHOWN);
  g_assert_cmpuint (runnel_document_get_n_changes (self->document), ==, 0);
}

static void
test_two_steps_with_one_id (Fixture       *self,
                            gconstpointer  data)
{
  replace (self, "\"two\"", "\"one\"");
  wait_read (self);
  g_assert_cmpint (runnel_code_sync_get_state (self->sync), ==, RUNNEL_CODE_WRONG);
  g_assert_true (runnel_pipeline_find_step (runnel_document_get_pipeline (self->document), "two",
                                            NULL));
}

/* What the canvas changes while the text is wrong is kept, and what was typed is too. */
static void
test_both_while_wrong (Fixture       *self,
                       gconstpointer  data)
{
  g_autofree char *text = NULL;

  replace (self, "\"two\"", "\"three");
  wait_read (self);
  rename_pipeline (self, "Canvas");
  g_assert_true (runnel_code_sync_holds_back (self->sync));
  while (!runnel_checker_is_current (self->checker))
    g_main_context_iteration (NULL, TRUE);
  text = get_text (self);
  g_assert_null (strstr (text, "Canvas"));
  replace (self, "\"three", "\"three\"");
  wait_read (self);
  wait_shown (self);
  g_assert_cmpstr (get_name (self), ==, "Canvas");
  g_assert_true (runnel_pipeline_find_step (runnel_document_get_pipeline (self->document), "three",
                                            NULL));
  g_assert_false (runnel_code_sync_holds_back (self->sync));
}

static void
test_revert (Fixture       *self,
             gconstpointer  data)
{
  replace (self, "\"N\",", "\"M\"");
  wait_read (self);
  runnel_code_sync_revert (self->sync);
  g_assert_false (runnel_code_sync_get_pending (self->sync));
  g_assert_true (is_same (self));
  /* Even that can be taken back. */
  gtk_text_buffer_undo (self->buffer);
  wait_read (self);
  g_assert_cmpint (runnel_code_sync_get_state (self->sync), ==, RUNNEL_CODE_WRONG);
}

static void
test_flush (Fixture       *self,
            gconstpointer  data)
{
  replace (self, "\"N\"", "\"Now\"");
  g_assert_true (runnel_code_sync_flush (self->sync));
  g_assert_cmpstr (get_name (self), ==, "Now");
}

/* Lines typed above a step move it. */
static void
test_blocks_move (Fixture       *self,
                  gconstpointer  data)
{
  const RunnelCodeBlock *block;
  guint first;

  rename_pipeline (self, "M");
  wait_shown (self);
  block = runnel_code_sync_find_block (self->sync, "two");
  first = block->first;
  g_assert_cmpstr (runnel_code_sync_find_step (self->sync, block->last), ==, "two");
  g_assert_null (runnel_code_sync_find_step (self->sync, 0));
  replace (self, "\"M\",", "\"M\",\n\n\n");
  g_assert_cmpuint (block->first, ==, first + 3);
  replace (self, "\n\n\n", "");
  g_assert_cmpuint (block->first, ==, first);
}

/* GTK takes these for ends of lines, JSON does not. */
static void
test_strange_lines (Fixture       *self,
                    gconstpointer  data)
{
  rename_pipeline (self, "a\u2029b");
  wait_shown (self);
  rename_pipeline (self, "a\u2029b\u2029c");
  wait_shown (self);
}

static char *
make_many (void)
{
  GString *text = g_string_new ("{\"format\": 1, \"name\": \"N\", \"steps\": [");

  for (guint i = 0; i < N_MANY; i++)
    g_string_append_printf (text,
                            "%s{\"id\": \"s%u\", \"kind\": \"command\", \"with\": {\"argv\": "
                            "[\"make\", \"target-%u\"]}, \"env\": {\"NUMBER\": \"%u\"}}",
                            i > 0 ? ", " : "", i, i, i);
  g_string_append (text, "]}");
  return g_string_free (text, FALSE);
}

/* More than a megabyte of text: an edit in its middle touches a few lines. */
static void
test_many_steps (void)
{
  Fixture self = { NULL };
  g_autofree char *text = make_many ();
  const RunnelCodeBlock *block;
  g_autoptr(RunnelEdit) edit = NULL;
  gint64 start;

  fixture_open (&self, text);
  g_test_message ("a text of %d lines first shown: at most %" G_GINT64_FORMAT " µs at a time",
                  gtk_text_buffer_get_line_count (self.buffer), self.longest);
  rename_pipeline (&self, "Many");
  wait_shown (&self);
  block = runnel_code_sync_find_block (self.sync, "s5000");
  g_assert_cmpstr (runnel_code_sync_find_step (self.sync, block->first), ==, "s5000");
  self.longest = 0;
  edit = runnel_edit_new_delete_steps (runnel_document_get_pipeline (self.document),
                                       (const char *const[]) { "s4999", NULL });
  g_assert_true (runnel_document_apply (self.document, edit, NULL));
  wait_shown (&self);
  g_test_message ("an edit of %u steps shown: at most %" G_GINT64_FORMAT " µs at a time", N_MANY,
                  self.longest);
  replace (&self, "target-5000", "target-none");
  start = g_get_monotonic_time ();
  g_assert_true (runnel_code_sync_flush (self.sync));
  g_test_message ("reading %u steps at once: %" G_GINT64_FORMAT " µs", N_MANY,
                  g_get_monotonic_time () - start);
  g_assert_cmpuint (runnel_document_get_n_changes (self.document), ==, 3);
  g_assert_cmpstr (runnel_document_get_change_label (self.document, 2), ==, "Change s5000");
  fixture_tear_down (&self, NULL);
}

#define ADD(name, function) \
  g_test_add ("/designer/code-sync/" name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_main_context_set_poll_func (NULL, poll_func);
  runnel_kinds_init ();
  ADD ("shows-file", test_shows_file);
  ADD ("typing", test_typing);
  ADD ("one-edit-for-many-keys", test_one_edit_for_many_keys);
  ADD ("canvas-edit", test_canvas_edit);
  ADD ("wrong-text", test_wrong_text);
  ADD ("two-steps-with-one-id", test_two_steps_with_one_id);
  ADD ("both-while-wrong", test_both_while_wrong);
  ADD ("revert", test_revert);
  ADD ("flush", test_flush);
  ADD ("blocks-move", test_blocks_move);
  ADD ("strange-lines", test_strange_lines);
  g_test_add_func ("/designer/code-sync/many-steps", test_many_steps);
  return g_test_run ();
}
