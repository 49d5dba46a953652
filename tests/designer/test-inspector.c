/* test-inspector.c: the properties of what is selected, and how editing them changes the document
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>
#include <gtksourceview/gtksource.h>

#include "designer/inspector/runnel-field-row.h"
#include "designer/inspector/runnel-form.h"
#include "designer/inspector/runnel-inspector.h"
#include "engine/kinds/runnel-kinds.h"

typedef struct
{
  RunnelDocument *document;
  RunnelChecker *checker;
  RunnelInspector *inspector;
  char *renamed;
  guint n_left;
} Fixture;

static void
add_step (RunnelDocument *document,
          const char     *json)
{
  g_autoptr(JsonNode) node = json_from_string (json, NULL);
  g_autoptr(RunnelDiagnostics) diagnostics = runnel_diagnostics_new ();
  g_autoptr(RunnelStep) step = runnel_step_new (json_node_get_object (node), "", diagnostics);
  g_autoptr(RunnelEdit) edit = runnel_edit_new_add_step (runnel_document_get_pipeline (document),
                                                         step, (RunnelPoint) { 0, 0 });
  g_autoptr(GError) error = NULL;

  runnel_document_apply (document, edit, &error);
  g_assert_no_error (error);
}

static void
renamed_cb (RunnelInspector *inspector,
            const char      *id,
            Fixture         *fixture)
{
  g_free (fixture->renamed);
  fixture->renamed = g_strdup (id);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->document = runnel_document_new ();
  add_step (fixture->document, "{\"id\": \"make\", \"kind\": \"script\","
                               " \"with\": {\"run\": \"make\", \"shell\": \"bash\"}}");
  add_step (fixture->document, "{\"id\": \"test\", \"kind\": \"command\", \"retry\": 2,"
                               " \"with\": {\"argv\": [\"make\", \"test\"]}, \"needs\": [\"make\"]}");
  fixture->checker = runnel_checker_new (fixture->document);
  fixture->inspector = g_object_ref_sink (RUNNEL_INSPECTOR (runnel_inspector_new ()));
  runnel_inspector_set_document (fixture->inspector, fixture->document, fixture->checker);
  g_signal_connect (fixture->inspector, "step-renamed", G_CALLBACK (renamed_cb), fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->inspector);
  g_clear_object (&fixture->checker);
  g_clear_object (&fixture->document);
  g_free (fixture->renamed);
}

static GtkWidget *
find (GtkWidget *widget,
      GType      type)
{
  if (!widget || g_type_is_a (G_OBJECT_TYPE (widget), type))
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

static RunnelFieldRow *
get_row (Fixture    *fixture,
         const char *key)
{
  GtkWidget *form = find (GTK_WIDGET (fixture->inspector), RUNNEL_TYPE_FORM);
  RunnelFieldRow *row = runnel_form_get_row (RUNNEL_FORM (form), key);

  g_assert_nonnull (row);
  return row;
}

static GtkEditable *
get_entry (Fixture    *fixture,
           const char *key)
{
  return GTK_EDITABLE (find (GTK_WIDGET (get_row (fixture, key)), GTK_TYPE_ENTRY));
}

static void
type (Fixture    *fixture,
      const char *key,
      const char *text)
{
  gtk_editable_set_text (get_entry (fixture, key), text);
  runnel_inspector_flush (fixture->inspector);
}

static void
show (Fixture    *fixture,
      const char *id)
{
  runnel_inspector_show_steps (fixture->inspector, (const char *const[]) { id, NULL });
}

static RunnelStep *
get_step (Fixture    *fixture,
          const char *id)
{
  RunnelPipeline *pipeline = runnel_document_get_pipeline (fixture->document);
  guint index;

  if (!runnel_pipeline_find_step (pipeline, id, &index))
    return NULL;
  return runnel_pipeline_get_step (pipeline, index);
}

static void
assert_member (Fixture    *fixture,
               const char *id,
               const char *key,
               const char *json)
{
  JsonNode *member = runnel_step_get_member (get_step (fixture, id), key);
  g_autoptr(JsonNode) expected = json ? json_from_string (json, NULL) : NULL;

  if (expected)
    g_assert_true (member && json_node_equal (member, expected));
  else
    g_assert_null (member);
}

static void
test_nothing_shows_the_pipeline (Fixture       *fixture,
                                 gconstpointer  data)
{
  type (fixture, "name", "Nightly");
  g_assert_cmpstr (runnel_pipeline_get_name (runnel_document_get_pipeline (fixture->document)), ==,
                   "Nightly");
  type (fixture, "concurrency.jobs", "4");
  type (fixture, "concurrency.jobs", "");
  g_assert_null (runnel_pipeline_get_member (runnel_document_get_pipeline (fixture->document),
                                             "concurrency"));
}

static void
test_edit_and_undo (Fixture       *fixture,
                    gconstpointer  data)
{
  show (fixture, "make");
  type (fixture, "name", "Build it");
  assert_member (fixture, "make", "name", "\"Build it\"");
  g_assert_true (runnel_document_undo (fixture->document));
  assert_member (fixture, "make", "name", NULL);
  g_assert_cmpstr (gtk_editable_get_text (get_entry (fixture, "name")), ==, "");
}

static void
test_retry_stays_short (Fixture       *fixture,
                        gconstpointer  data)
{
  show (fixture, "test");
  g_assert_cmpstr (gtk_editable_get_text (get_entry (fixture, "retry.max")), ==, "2");
  type (fixture, "retry.delay", "5s");
  assert_member (fixture, "test", "retry", "{\"max\": 2, \"delay\": \"5s\"}");
  type (fixture, "retry.delay", "");
  assert_member (fixture, "test", "retry", "2");
}

static void
test_rename_follows (Fixture       *fixture,
                     gconstpointer  data)
{
  show (fixture, "make");
  type (fixture, "id", "build");
  g_assert_cmpstr (fixture->renamed, ==, "build");
  assert_member (fixture, "test", "needs", "[\"build\"]");
  type (fixture, "name", "Still the same form");
  assert_member (fixture, "build", "name", "\"Still the same form\"");
}

static void
test_rename_refused (Fixture       *fixture,
                     gconstpointer  data)
{
  show (fixture, "make");
  type (fixture, "id", "test");
  g_assert_null (fixture->renamed);
  g_assert_nonnull (get_step (fixture, "make"));
  g_assert_nonnull (runnel_field_row_get_message (get_row (fixture, "id")));
}

static void
test_switch_kind_keeps_what_fits (Fixture       *fixture,
                                  gconstpointer  data)
{
  GtkWidget *drop_down;

  show (fixture, "make");
  drop_down = find (GTK_WIDGET (get_row (fixture, "kind")), GTK_TYPE_DROP_DOWN);
  /* The first of the list is the command. */
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), 0);
  assert_member (fixture, "make", "kind", "\"command\"");
  g_assert_null (runnel_step_get_member (get_step (fixture, "make"), "with"));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_nonnull (get_row (fixture, "with.argv"));
  runnel_document_undo (fixture->document);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_nonnull (get_row (fixture, "with.run"));
  assert_member (fixture, "make", "with", "{\"run\": \"make\", \"shell\": \"bash\"}");
}

static void
checked_cb (gboolean *is_checked)
{
  *is_checked = TRUE;
}

static void
test_problems_are_under_their_field (Fixture       *fixture,
                                     gconstpointer  data)
{
  gboolean is_checked = FALSE;

  show (fixture, "make");
  type (fixture, "if", "nonsense()");
  g_signal_connect_swapped (fixture->checker, "checked", G_CALLBACK (checked_cb), &is_checked);
  while (!is_checked)
    g_main_context_iteration (NULL, TRUE);
  g_assert_nonnull (runnel_field_row_get_message (get_row (fixture, "if")));
  g_assert_null (runnel_field_row_get_message (get_row (fixture, "timeout")));
}

static void
test_link (Fixture       *fixture,
           gconstpointer  data)
{
  GtkWidget *drop_down;

  runnel_inspector_show_link (fixture->inspector, "make", "test", RUNNEL_ON_SUCCESS);
  drop_down = find (GTK_WIDGET (fixture->inspector), GTK_TYPE_DROP_DOWN);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), RUNNEL_ON_FAILURE);
  assert_member (fixture, "test", "needs", "[{\"step\": \"make\", \"on\": \"failure\"}]");
  gtk_check_button_set_active (
    GTK_CHECK_BUTTON (find (GTK_WIDGET (fixture->inspector), GTK_TYPE_CHECK_BUTTON)), FALSE);
  assert_member (fixture, "test", "needs",
                 "[{\"step\": \"make\", \"on\": \"failure\", \"handles\": false}]");
}

static void
test_several (Fixture       *fixture,
              gconstpointer  data)
{
  runnel_inspector_show_steps (fixture->inspector, (const char *const[]) { "make", "test", NULL });
  g_assert_null (find (GTK_WIDGET (fixture->inspector), RUNNEL_TYPE_FORM));
  g_assert_nonnull (find (GTK_WIDGET (fixture->inspector), GTK_TYPE_BUTTON));
}

static void
test_step_goes_away (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr(RunnelEdit) edit =
    runnel_edit_new_delete_steps (runnel_document_get_pipeline (fixture->document),
                                  (const char *const[]) { "make", NULL });

  show (fixture, "make");
  gtk_editable_set_text (get_entry (fixture, "name"), "typed, and then the step is deleted");
  g_assert_true (runnel_document_apply (fixture->document, edit, NULL));
  runnel_inspector_flush (fixture->inspector);
  g_assert_null (get_step (fixture, "make"));
}

#define ADD(name, function) \
  g_test_add ("/designer/inspector/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  runnel_kinds_init ();
  adw_init ();
  gtk_source_init ();
  ADD ("nothing-shows-the-pipeline", test_nothing_shows_the_pipeline);
  ADD ("edit-and-undo", test_edit_and_undo);
  ADD ("retry-stays-short", test_retry_stays_short);
  ADD ("rename-follows", test_rename_follows);
  ADD ("rename-refused", test_rename_refused);
  ADD ("switch-kind-keeps-what-fits", test_switch_kind_keeps_what_fits);
  ADD ("problems-are-under-their-field", test_problems_are_under_their_field);
  ADD ("link", test_link);
  ADD ("several", test_several);
  ADD ("step-goes-away", test_step_goes_away);
  return g_test_run ();
}
