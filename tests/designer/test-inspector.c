/* test-inspector.c: the properties of what is selected, and how editing them changes the document
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <gtksourceview/gtksource.h>

#include "designer/inspector/runnel-field-row.h"
#include "designer/inspector/runnel-form.h"
#include "designer/inspector/runnel-hook-card.h"
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
  g_autoptr(JsonNode) member = runnel_step_dup_member (get_step (fixture, id), key);
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
  g_assert_false (runnel_step_has_member (get_step (fixture, "make"), "with"));
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
iterate (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
assert_pipeline_member (Fixture    *fixture,
                        const char *key,
                        const char *json)
{
  JsonNode *member =
    runnel_pipeline_get_member (runnel_document_get_pipeline (fixture->document), key);
  g_autoptr(JsonNode) expected = json ? json_from_string (json, NULL) : NULL;

  if (expected)
    g_assert_true (member && json_node_equal (member, expected));
  else
    g_assert_null (member);
}

static GtkWidget *
get_expander (Fixture    *fixture,
              const char *key)
{
  return gtk_widget_get_ancestor (GTK_WIDGET (get_row (fixture, key)), GTK_TYPE_EXPANDER);
}

/* The nth widget of a type in a tree, from 0. */
static GtkWidget *
find_nth (GtkWidget *widget,
          GType      type,
          guint     *n)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type) && (*n)-- == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_nth (child, type, n);

      if (found)
        return found;
    }
  return NULL;
}

static void
click (Fixture    *fixture,
       const char *key,
       guint       n)
{
  GtkWidget *button = find_nth (GTK_WIDGET (get_row (fixture, key)), GTK_TYPE_BUTTON, &n);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

static void
type_nth (Fixture    *fixture,
          const char *key,
          guint       n,
          const char *text)
{
  GtkWidget *entry = find_nth (GTK_WIDGET (get_row (fixture, key)), GTK_TYPE_ENTRY, &n);

  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static void
choose (Fixture    *fixture,
        const char *key,
        guint       position)
{
  GtkWidget *drop_down = find (GTK_WIDGET (get_row (fixture, key)), GTK_TYPE_DROP_DOWN);

  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), position);
  iterate ();
}

static void
test_matrix (Fixture       *fixture,
             gconstpointer  data)
{
  show (fixture, "make");
  click (fixture, "matrix", 0);
  type_nth (fixture, "matrix", 0, "os");
  type_nth (fixture, "matrix", 1, "debian, fedora, 12");
  runnel_inspector_flush (fixture->inspector);
  assert_member (fixture, "make", "matrix", "{\"os\": [\"debian\", \"fedora\", 12]}");
  type (fixture, "matrix.max-parallel", "2");
  click (fixture, "matrix.include", 0);
  type (fixture, "matrix.include", "os: arch, cc: clang");
  assert_member (fixture, "make", "matrix",
                 "{\"os\": [\"debian\", \"fedora\", 12], \"max-parallel\": 2,"
                 " \"include\": [{\"os\": \"arch\", \"cc\": \"clang\"}]}");
  type_nth (fixture, "matrix", 0, "include");
  runnel_inspector_flush (fixture->inspector);
  g_assert_nonnull (runnel_field_row_get_message (get_row (fixture, "matrix")));
  type_nth (fixture, "matrix", 0, "distribution");
  runnel_inspector_flush (fixture->inspector);
  assert_member (fixture, "make", "matrix",
                 "{\"distribution\": [\"debian\", \"fedora\", 12], \"max-parallel\": 2,"
                 " \"include\": [{\"os\": \"arch\", \"cc\": \"clang\"}]}");
}

static void
test_matrix_by_expression (Fixture       *fixture,
                           gconstpointer  data)
{
  GtkWidget *toggle;

  show (fixture, "make");
  toggle = find (GTK_WIDGET (get_row (fixture, "matrix")), GTK_TYPE_TOGGLE_BUTTON);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (toggle), TRUE);
  assert_member (fixture, "make", "matrix", NULL);
  type (fixture, "matrix", "${{ fromJSON(steps.test.outputs.list) }}");
  assert_member (fixture, "make", "matrix", "\"${{ fromJSON(steps.test.outputs.list) }}\"");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (get_row (fixture, "matrix.include"))));
  g_assert_true (runnel_document_undo (fixture->document));
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (toggle)));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (get_row (fixture, "matrix.include"))));
}

static void
test_undo_has_its_own_fields (Fixture       *fixture,
                              gconstpointer  data)
{
  g_autofree char *label = NULL;

  show (fixture, "test");
  /* Nothing is the first of the list, then come the kinds in the order of the step's own list. */
  choose (fixture, "undo.kind", 1);
  assert_member (fixture, "test", "undo", "{\"kind\": \"command\"}");
  g_object_get (fixture->document, "undo-label", &label, NULL);
  g_assert_cmpstr (label, ==, "Change undo of test");
  click (fixture, "undo.with.argv", 0);
  type (fixture, "undo.with.argv", "rm");
  type (fixture, "undo.timeout", "5s");
  type (fixture, "undo.retry.max", "2");
  assert_member (fixture, "test", "undo",
                 "{\"kind\": \"command\", \"with\": {\"argv\": [\"rm\"]}, \"timeout\": \"5s\","
                 " \"retry\": 2}");
  assert_member (fixture, "test", "with", "{\"argv\": [\"make\", \"test\"]}");
  choose (fixture, "undo.kind", 0);
  assert_member (fixture, "test", "undo", NULL);
  g_assert_true (runnel_document_undo (fixture->document));
  iterate ();
  g_assert_cmpstr (gtk_editable_get_text (get_entry (fixture, "undo.timeout")), ==, "5s");
}

static void
test_cache_and_breaker (Fixture       *fixture,
                        gconstpointer  data)
{
  show (fixture, "make");
  click (fixture, "cache.inputs", 0);
  type (fixture, "cache.inputs", "src/**");
  type (fixture, "cache.key", "${{ params.mode }}");
  assert_member (fixture, "make", "cache",
                 "{\"inputs\": [\"src/**\"], \"key\": \"${{ params.mode }}\"}");
  type (fixture, "breaker.failures", "3");
  type (fixture, "breaker.cool-down", "1h");
  assert_member (fixture, "make", "breaker", "{\"failures\": 3, \"cool-down\": \"1h\"}");
  click (fixture, "artifacts", 0);
  type (fixture, "artifacts", "*.deb");
  assert_member (fixture, "make", "artifacts", "[\"*.deb\"]");
}

static void
test_labels (Fixture       *fixture,
             gconstpointer  data)
{
  runnel_inspector_show_steps (fixture->inspector, (const char *const[]) { NULL });
  click (fixture, "labels", 0);
  type (fixture, "labels", "nightly");
  assert_pipeline_member (fixture, "labels", "[\"nightly\"]");
  type (fixture, "labels", "");
  assert_pipeline_member (fixture, "labels", NULL);
}

static void
test_pool_is_chosen (Fixture       *fixture,
                     gconstpointer  data)
{
  runnel_inspector_show_steps (fixture->inspector, (const char *const[]) { NULL });
  click (fixture, "pools", 0);
  type_nth (fixture, "pools", 0, "gpu");
  type_nth (fixture, "pools", 1, "many");
  runnel_inspector_flush (fixture->inspector);
  assert_pipeline_member (fixture, "pools", NULL);
  g_assert_nonnull (runnel_field_row_get_message (get_row (fixture, "pools")));
  type_nth (fixture, "pools", 1, "2");
  runnel_inspector_flush (fixture->inspector);
  assert_pipeline_member (fixture, "pools", "{\"gpu\": 2}");
  show (fixture, "make");
  gtk_widget_activate_action (GTK_WIDGET (get_row (fixture, "pool.name")), "row.suggest", "s",
                              "gpu");
  assert_member (fixture, "make", "pool", "\"gpu\"");
  type (fixture, "pool.slots", "2");
  assert_member (fixture, "make", "pool", "{\"name\": \"gpu\", \"slots\": 2}");
}

/* The machine of main() has a pool "tape". */
static void
test_pool_of_machine (Fixture       *fixture,
                      gconstpointer  data)
{
  GtkWidget *button;

  show (fixture, "make");
  while (!(button = find (GTK_WIDGET (get_row (fixture, "pool.name")), GTK_TYPE_MENU_BUTTON)) ||
         !gtk_widget_get_visible (button))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (
    g_menu_model_get_n_items (gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (button))), ==, 1);
  gtk_widget_activate_action (GTK_WIDGET (get_row (fixture, "pool.name")), "row.suggest", "s",
                              "tape");
  assert_member (fixture, "make", "pool", "\"tape\"");
}

/* Settings of a machine of its own. */
static void
write_settings (void)
{
  g_autofree char *config = g_dir_make_tmp ("runnel-config-XXXXXX", NULL);
  g_autofree char *folder = g_build_filename (config, "runnel", NULL);
  g_autofree char *path = g_build_filename (folder, "settings.json", NULL);

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "{\"pools\": {\"tape\": 1}}", -1, NULL));
  g_setenv ("XDG_CONFIG_HOME", config, TRUE);
}

static void
test_sections_with_something_are_unfolded (Fixture       *fixture,
                                           gconstpointer  data)
{
  show (fixture, "test");
  g_assert_true (gtk_expander_get_expanded (GTK_EXPANDER (get_expander (fixture, "retry.max"))));
  show (fixture, "make");
  runnel_inspector_focus (fixture->inspector, "name");
  g_assert_null (get_expander (fixture, "cache.key"));
}

static void
test_hooks (Fixture       *fixture,
            gconstpointer  data)
{
  GtkWidget *card;
  RunnelForm *form;

  runnel_inspector_show_steps (fixture->inspector, (const char *const[]) { NULL });
  click (fixture, "hooks.on-failure", 0);
  iterate ();
  assert_pipeline_member (fixture, "hooks",
                          "{\"on-failure\": [{\"id\": \"on-failure\", \"kind\": \"script\"}]}");
  card = find (GTK_WIDGET (get_row (fixture, "hooks.on-failure")), RUNNEL_TYPE_HOOK_CARD);
  form = RUNNEL_FORM (find (card, RUNNEL_TYPE_FORM));
  gtk_editable_set_text (
    GTK_EDITABLE (find (GTK_WIDGET (runnel_form_get_row (form, "timeout")), GTK_TYPE_ENTRY)),
    "10s");
  runnel_inspector_flush (fixture->inspector);
  assert_pipeline_member (fixture, "hooks",
                          "{\"on-failure\": [{\"id\": \"on-failure\", \"kind\": \"script\","
                          " \"timeout\": \"10s\"}]}");
  g_assert_true (runnel_document_undo (fixture->document));
  g_assert_true (card == find (GTK_WIDGET (get_row (fixture, "hooks.on-failure")),
                               RUNNEL_TYPE_HOOK_CARD));
  g_assert_true (runnel_document_undo (fixture->document));
  assert_pipeline_member (fixture, "hooks", NULL);
  g_assert_null (find (GTK_WIDGET (get_row (fixture, "hooks.on-failure")), RUNNEL_TYPE_HOOK_CARD));
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
  write_settings ();
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
  ADD ("matrix", test_matrix);
  ADD ("matrix-by-expression", test_matrix_by_expression);
  ADD ("undo-has-its-own-fields", test_undo_has_its_own_fields);
  ADD ("cache-and-breaker", test_cache_and_breaker);
  ADD ("labels", test_labels);
  ADD ("pool-is-chosen", test_pool_is_chosen);
  ADD ("pool-of-machine", test_pool_of_machine);
  ADD ("sections-with-something-are-unfolded", test_sections_with_something_are_unfolded);
  ADD ("hooks", test_hooks);
  return g_test_run ();
}
