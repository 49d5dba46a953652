/* test-field-row.c: fields of a form: what is shown, typed, committed and refused
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>
#include <gtksourceview/gtksource.h>

#include "designer/inspector/runnel-choice-row.h"
#include "designer/inspector/runnel-code-row.h"
#include "designer/inspector/runnel-field-value.h"
#include "designer/inspector/runnel-form.h"
#include "designer/inspector/runnel-list-row.h"
#include "designer/inspector/runnel-parameters-row.h"
#include "designer/inspector/runnel-text-row.h"

typedef struct
{
  guint n_commits;
  char *last; /* JSON of the value, "none" for none */
} Log;

static void
commit_cb (RunnelFieldRow *row,
           JsonNode       *value,
           Log            *log)
{
  log->n_commits++;
  g_free (log->last);
  log->last = value ? runnel_field_value_to_json (value) : g_strdup ("none");
}

static RunnelFieldRow *
watch (RunnelFieldRow *row,
       Log            *log)
{
  g_object_ref_sink (row);
  g_signal_connect (row, "commit", G_CALLBACK (commit_cb), log);
  return row;
}

static void
set_json (RunnelFieldRow *row,
          const char     *json)
{
  g_autoptr(JsonNode) value = json ? json_from_string (json, NULL) : NULL;

  runnel_field_row_set_value (row, value);
}

/* The first widget of a type in a tree, in the order of the tree. */
static GtkWidget *
find (GtkWidget *widget,
      GType      type)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found)
        return found;
    }
  return NULL;
}

static void
type (RunnelFieldRow *row,
      const char     *text)
{
  gtk_editable_set_text (GTK_EDITABLE (find (GTK_WIDGET (row), GTK_TYPE_ENTRY)), text);
}

static const char *
get_text (RunnelFieldRow *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (find (GTK_WIDGET (row), GTK_TYPE_ENTRY)));
}

static void
test_showing_commits_nothing (void)
{
  Log log = { 0 };
  g_autoptr(RunnelFieldRow) row = watch (runnel_text_row_new (RUNNEL_FIELD_STRING), &log);

  set_json (row, "\"make\"");
  runnel_field_row_flush (row);
  g_assert_cmpuint (log.n_commits, ==, 0);
  g_assert_cmpstr (get_text (row), ==, "make");
}

static void
test_typing_is_one_commit (void)
{
  Log log = { 0 };
  g_autoptr(RunnelFieldRow) row = watch (runnel_text_row_new (RUNNEL_FIELD_STRING), &log);

  type (row, "m");
  type (row, "ma");
  type (row, "make");
  g_assert_cmpuint (log.n_commits, ==, 0);
  runnel_field_row_flush (row);
  g_assert_cmpuint (log.n_commits, ==, 1);
  g_assert_cmpstr (log.last, ==, "\"make\"");
  runnel_field_row_flush (row);
  g_assert_cmpuint (log.n_commits, ==, 1);
  type (row, "");
  runnel_field_row_flush (row);
  g_assert_cmpstr (log.last, ==, "none");
  g_free (log.last);
}

static void
test_typing_back_is_no_commit (void)
{
  Log log = { 0 };
  g_autoptr(RunnelFieldRow) row = watch (runnel_text_row_new (RUNNEL_FIELD_STRING), &log);

  set_json (row, "\"make\"");
  type (row, "makes");
  type (row, "make");
  runnel_field_row_flush (row);
  g_assert_cmpuint (log.n_commits, ==, 0);
}

static void
test_wrong_value_is_told_and_kept (void)
{
  Log log = { 0 };
  g_autoptr(RunnelFieldRow) row = watch (runnel_text_row_new (RUNNEL_FIELD_DURATION), &log);
  GtkWidget *entry = find (GTK_WIDGET (row), GTK_TYPE_ENTRY);

  set_json (row, "\"5m\"");
  type (row, "90");
  g_assert_nonnull (runnel_field_row_get_message (row));
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  runnel_field_row_flush (row);
  g_assert_cmpuint (log.n_commits, ==, 0);
  /* Another field changed the document: what is typed here stays. */
  set_json (row, "\"5m\"");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "90");
  /* This field's value changed, as by undo: it is shown. */
  set_json (row, "\"6m\"");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "6m");
  g_assert_null (runnel_field_row_get_message (row));
  g_assert_false (gtk_widget_has_css_class (entry, "error"));
}

static void
test_choice (void)
{
  const char *const strings[] = { "GET", "POST", NULL };
  Log log = { 0 };
  g_autoptr(RunnelFieldRow) row =
    watch (runnel_choice_row_new_strings (strings, "\"GET\"", TRUE), &log);
  GtkDropDown *drop_down = GTK_DROP_DOWN (find (GTK_WIDGET (row), GTK_TYPE_DROP_DOWN));

  set_json (row, "\"POST\"");
  g_assert_cmpuint (gtk_drop_down_get_selected (drop_down), ==, 2);
  g_assert_cmpuint (log.n_commits, ==, 0);
  gtk_drop_down_set_selected (drop_down, 1);
  g_assert_cmpstr (log.last, ==, "\"GET\"");
  gtk_drop_down_set_selected (drop_down, 0);
  g_assert_cmpstr (log.last, ==, "none");
  set_json (row, "\"${{ params.method }}\"");
  g_assert_cmpuint (gtk_drop_down_get_selected (drop_down), ==, 3);
  type (row, "${{ params.verb }}");
  runnel_field_row_flush (row);
  g_assert_cmpstr (log.last, ==, "\"${{ params.verb }}\"");
  g_free (log.last);
}

static void
test_choice_shows_what_is_none (void)
{
  Log log = { 0 };
  g_autoptr(RunnelFieldRow) row = watch (runnel_choice_row_new_boolean (NULL, FALSE), &log);

  set_json (row, "\"perhaps\"");
  g_assert_cmpstr (get_text (row), ==, "perhaps");
  g_assert_cmpuint (log.n_commits, ==, 0);
}

static void
test_code (void)
{
  Log log = { 0 };
  g_autoptr(RunnelFieldRow) row = watch (runnel_code_row_new (RUNNEL_FIELD_ANY), &log);
  GtkTextBuffer *buffer =
    gtk_text_view_get_buffer (GTK_TEXT_VIEW (find (GTK_WIDGET (row), GTK_TYPE_TEXT_VIEW)));

  gtk_text_buffer_set_text (buffer, "{\"key\": ", -1);
  g_assert_nonnull (runnel_field_row_get_message (row));
  gtk_text_buffer_set_text (buffer, "{\"key\": \"k\"}", -1);
  g_assert_null (runnel_field_row_get_message (row));
  runnel_field_row_flush (row);
  g_assert_cmpuint (log.n_commits, ==, 1);
  g_free (log.last);
}

static void
test_list (void)
{
  Log log = { 0 };
  g_autoptr(RunnelFieldRow) row = watch (runnel_list_row_new_strings (), &log);

  set_json (row, "[\"make\", \"-j2\"]");
  type (row, "ninja");
  runnel_field_row_flush (row);
  g_assert_cmpstr (log.last, ==, "[\"ninja\", \"-j2\"]");
  g_assert_cmpuint (log.n_commits, ==, 1);
  set_json (row, NULL);
  g_assert_null (find (GTK_WIDGET (row), GTK_TYPE_ENTRY));
  g_free (log.last);
}

static void
test_map_refuses_twice (void)
{
  Log log = { 0 };
  g_autoptr(RunnelFieldRow) row = watch (runnel_list_row_new_map ("Name", "Value"), &log);

  set_json (row, "{\"A\": \"1\", \"B\": \"2\"}");
  type (row, "B");
  g_assert_nonnull (runnel_field_row_get_message (row));
  type (row, "C");
  runnel_field_row_flush (row);
  g_assert_cmpstr (log.last, ==, "{\"C\": \"1\", \"B\": \"2\"}");
  g_free (log.last);
}

static void
test_parameters_keep_unknown_members (void)
{
  Log log = { 0 };
  g_autoptr(RunnelFieldRow) row = watch (runnel_parameters_row_new (), &log);
  g_autoptr(JsonNode) value = NULL;
  const char *json = "{\"who\": {\"type\": \"string\", \"default\": \"world\", \"x-note\": 1}}";
  g_autoptr(JsonNode) expected = json_from_string (json, NULL);

  set_json (row, json);
  g_assert_true (runnel_field_row_read_value (row, &value, NULL));
  g_assert_true (json_node_equal (value, expected));
  g_assert_cmpuint (log.n_commits, ==, 0);
}

static void
test_form_finds_the_field_of_a_path (void)
{
  g_autoptr(RunnelForm) form = g_object_ref_sink (runnel_form_new ());

  runnel_form_add_group (form, "test", NULL);
  runnel_form_add_row (form, "with.run", "Script", NULL, runnel_text_row_new (RUNNEL_FIELD_STRING));
  runnel_form_add_row (form, "retry", "Retry", NULL, runnel_text_row_new (RUNNEL_FIELD_INTEGER));
  runnel_form_add_row (form, "retry.delay", "Delay", NULL,
                       runnel_text_row_new (RUNNEL_FIELD_DURATION));
  g_assert_true (runnel_form_add_problem (form, "retry.delay", RUNNEL_SEVERITY_ERROR, "first"));
  g_assert_true (runnel_form_add_problem (form, "retry.delay", RUNNEL_SEVERITY_ERROR, "second"));
  g_assert_false (runnel_form_add_problem (form, "with.runner", RUNNEL_SEVERITY_ERROR, "other"));
  g_assert_cmpstr (runnel_field_row_get_message (runnel_form_get_row (form, "retry.delay")), ==,
                   "first");
  g_assert_null (runnel_field_row_get_message (runnel_form_get_row (form, "retry")));
  runnel_form_clear_problems (form);
  g_assert_null (runnel_field_row_get_message (runnel_form_get_row (form, "retry.delay")));
}

static void
test_rows_go_away (void)
{
  RunnelFieldRow *row = g_object_ref_sink (runnel_code_row_new (RUNNEL_FIELD_STRING));

  set_json (row, "\"text\"");
  g_assert_finalize_object (row);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  gtk_source_init ();
  g_test_add_func ("/designer/field-row/showing-commits-nothing", test_showing_commits_nothing);
  g_test_add_func ("/designer/field-row/typing-is-one-commit", test_typing_is_one_commit);
  g_test_add_func ("/designer/field-row/typing-back-is-no-commit", test_typing_back_is_no_commit);
  g_test_add_func ("/designer/field-row/wrong-value-is-told-and-kept",
                   test_wrong_value_is_told_and_kept);
  g_test_add_func ("/designer/field-row/choice", test_choice);
  g_test_add_func ("/designer/field-row/choice-shows-what-is-none", test_choice_shows_what_is_none);
  g_test_add_func ("/designer/field-row/code", test_code);
  g_test_add_func ("/designer/field-row/list", test_list);
  g_test_add_func ("/designer/field-row/map-refuses-twice", test_map_refuses_twice);
  g_test_add_func ("/designer/field-row/parameters-keep-unknown-members",
                   test_parameters_keep_unknown_members);
  g_test_add_func ("/designer/field-row/form-finds-the-field-of-a-path",
                   test_form_finds_the_field_of_a_path);
  g_test_add_func ("/designer/field-row/rows-go-away", test_rows_go_away);
  return g_test_run ();
}
