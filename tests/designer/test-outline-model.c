/* test-outline-model.c: the steps of a pipeline as a list
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/outline/runnel-outline-model.h"
#include "engine/kinds/runnel-kinds.h"
#include "model/runnel-areas.h"
#include "model/runnel-document.h"

/* In the file the last comes first, so that the orders differ. */
#define PIPELINE \
  "{\"format\": 1, \"steps\": [" \
  "{\"id\": \"ship\", \"name\": \"Eclair\", \"kind\": \"wait\", \"needs\": [\"test\"]}," \
  "{\"id\": \"test\", \"name\": \"zebra\", \"kind\": \"wait\", \"needs\": [\"build\"]}," \
  "{\"id\": \"build\", \"name\": \"Make\", \"kind\": \"wait\"}," \
  "{\"id\": \"lint\", \"name\": \"lint\", \"kind\": \"wait\"}]%s}"

#define GROUP ", \"groups\": [{\"id\": \"g\", \"name\": \"Checks\", " \
              "\"steps\": [\"lint\", \"test\", \"nobody\", 7]}]"

typedef struct
{
  RunnelDocument *document;
  RunnelPipeline *pipeline;
  RunnelOutlineModel *model;
  guint n_changes;
  guint position, removed, added; /* of the last change */
} Fixture;

static void
items_changed_cb (Fixture *fixture,
                  guint    position,
                  guint    removed,
                  guint    added)
{
  fixture->n_changes++;
  fixture->position = position;
  fixture->removed = removed;
  fixture->added = added;
}

static void
replace (Fixture    *fixture,
         const char *more)
{
  g_autofree char *text = g_strdup_printf (PIPELINE, more);
  g_autoptr(RunnelPipeline) pipeline = runnel_pipeline_new_from_text (text, -1, NULL, NULL);
  g_autoptr(RunnelEdit) edit = runnel_edit_new_replace_all (pipeline);

  g_assert_true (runnel_document_apply (fixture->document, edit, NULL));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  more)
{
  fixture->document = runnel_document_new ();
  fixture->pipeline = runnel_document_get_pipeline (fixture->document);
  replace (fixture, more != NULL ? more : "");
  fixture->model = runnel_outline_model_new ();
  runnel_outline_model_set_order (fixture->model, RUNNEL_OUTLINE_AS_FILE);
  runnel_outline_model_set_pipeline (fixture->model, fixture->pipeline);
  g_signal_connect_swapped (fixture->model, "items-changed", G_CALLBACK (items_changed_cb),
                            fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  more)
{
  g_assert_finalize_object (fixture->model);
  g_object_unref (fixture->document);
}

/* Ids in a row: "[g]" is a group, ">test" a step inside of one. */
static void
assert_rows (Fixture    *fixture,
             const char *expected)
{
  g_autoptr(GString) rows = g_string_new (NULL);
  GListModel *model = G_LIST_MODEL (fixture->model);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr(RunnelOutlineItem) item = g_list_model_get_item (model, i);
      const char *id = runnel_outline_item_get_id (item);

      g_string_append_printf (rows, runnel_outline_item_is_group (item) ? "%s[%s]" : "%s%s%s",
                              i > 0 ? " " : "",
                              runnel_outline_item_is_group (item)    ? id
                              : runnel_outline_item_is_inside (item) ? ">"
                                                                     : "",
                              id);
    }
  g_assert_cmpstr (rows->str, ==, expected);
}

static void
test_orders (Fixture       *fixture,
             gconstpointer  more)
{
  assert_rows (fixture, "ship test build lint");
  runnel_outline_model_set_order (fixture->model, RUNNEL_OUTLINE_AS_RUN);
  assert_rows (fixture, "build lint test ship");
  runnel_outline_model_set_order (fixture->model, RUNNEL_OUTLINE_BY_NAME);
  assert_rows (fixture, "ship lint build test");
}

static void
test_filter (Fixture       *fixture,
             gconstpointer  more)
{
  runnel_outline_model_set_filter (fixture->model, "MAK");
  assert_rows (fixture, "build");
  runnel_outline_model_set_filter (fixture->model, "t");
  assert_rows (fixture, "test lint");
  runnel_outline_model_set_filter (fixture->model, "nothing");
  assert_rows (fixture, "");
  runnel_outline_model_set_filter (fixture->model, "");
  assert_rows (fixture, "ship test build lint");
}

/* A group stands where its first step does, whatever it names besides. */
static void
test_groups (Fixture       *fixture,
             gconstpointer  more)
{
  assert_rows (fixture, "ship [g] >test >lint build");
  runnel_outline_model_set_closed (fixture->model, "g", TRUE);
  assert_rows (fixture, "ship [g] build");
  runnel_outline_model_set_filter (fixture->model, "lint");
  assert_rows (fixture, "[g] >lint");
  runnel_outline_model_set_filter (fixture->model, NULL);
  runnel_outline_model_set_closed (fixture->model, "g", FALSE);
  assert_rows (fixture, "ship [g] >test >lint build");
  replace (fixture, "");
  assert_rows (fixture, "ship test build lint");
}

static void
apply (Fixture    *fixture,
       RunnelEdit *edit)
{
  g_autoptr(RunnelEdit) owned = edit;

  g_assert_true (runnel_document_apply (fixture->document, owned, NULL));
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
rename (Fixture    *fixture,
        const char *id,
        const char *name)
{
  g_autoptr(JsonNode) value = json_node_init_string (json_node_alloc (), name);

  apply (fixture, runnel_edit_new_set_field (fixture->pipeline, id, "name", value));
}

/* What is typed reaches one item, and the list stays as it is. */
static void
test_typing (Fixture       *fixture,
             gconstpointer  more)
{
  g_autoptr(RunnelOutlineItem) item = g_list_model_get_item (G_LIST_MODEL (fixture->model), 1);
  g_autoptr(RunnelOutlineItem) other = g_list_model_get_item (G_LIST_MODEL (fixture->model), 2);
  g_autoptr(RunnelOutlineItem) same = NULL;
  guint n_item = 0, n_other = 0;

  g_signal_connect_swapped (item, "changed", G_CALLBACK (count_cb), &n_item);
  g_signal_connect_swapped (other, "changed", G_CALLBACK (count_cb), &n_other);
  rename (fixture, "test", "T");
  rename (fixture, "test", "Te");
  g_assert_cmpuint (n_item, ==, 2);
  g_assert_cmpuint (n_other, ==, 0);
  g_assert_cmpuint (fixture->n_changes, ==, 0);
  same = g_list_model_get_item (G_LIST_MODEL (fixture->model), 1);
  g_assert_true (same == item);
}

/* An order that depends on names follows, a moment later. */
static void
test_typing_in_order_of_names (Fixture       *fixture,
                               gconstpointer  more)
{
  runnel_outline_model_set_order (fixture->model, RUNNEL_OUTLINE_BY_NAME);
  fixture->n_changes = 0;
  rename (fixture, "test", "A");
  rename (fixture, "test", "Aa");
  g_assert_cmpuint (fixture->n_changes, ==, 0);
  while (fixture->n_changes == 0)
    g_main_context_iteration (NULL, TRUE);
  assert_rows (fixture, "test ship lint build");
  g_assert_cmpuint (fixture->n_changes, ==, 1);
}

static void
test_removal_and_undo (Fixture       *fixture,
                       gconstpointer  more)
{
  g_autoptr(RunnelOutlineItem) last = g_list_model_get_item (G_LIST_MODEL (fixture->model), 3);
  g_autoptr(RunnelOutlineItem) moved = NULL;
  guint position;

  apply (fixture, runnel_edit_new_delete_steps (fixture->pipeline,
                                                (const char *const[]) { "build", NULL }));
  assert_rows (fixture, "ship test lint");
  g_assert_cmpuint (fixture->n_changes, ==, 1);
  g_assert_cmpuint (fixture->position, ==, 2);
  g_assert_cmpuint (fixture->removed, ==, 1);
  g_assert_cmpuint (fixture->added, ==, 0);
  moved = g_list_model_get_item (G_LIST_MODEL (fixture->model), 2);
  g_assert_true (moved == last);
  g_assert_true (runnel_outline_model_find_step (fixture->model, "lint", &position));
  g_assert_cmpuint (position, ==, 2);
  g_assert_false (runnel_outline_model_find_step (fixture->model, "build", NULL));

  runnel_document_undo (fixture->document);
  assert_rows (fixture, "ship test build lint");
  g_assert_cmpuint (fixture->n_changes, ==, 2);
  g_assert_cmpuint (fixture->added, ==, 1);
}

/* A list that nobody sees follows when somebody does. */
static void
test_inactive (Fixture       *fixture,
               gconstpointer  more)
{
  runnel_outline_model_set_active (fixture->model, FALSE);
  apply (fixture, runnel_edit_new_remove_step ("lint"));
  g_assert_cmpuint (fixture->n_changes, ==, 0);
  runnel_outline_model_set_active (fixture->model, TRUE);
  assert_rows (fixture, "ship test build");
  runnel_outline_model_set_pipeline (fixture->model, NULL);
  assert_rows (fixture, "");
}

/* Steps that wait for each other come last, and once. */
static void
test_cycle (void)
{
  g_autoptr(RunnelPipeline) pipeline = runnel_pipeline_new_from_text (
    "{\"format\": 1, \"steps\": ["
    "{\"id\": \"a\", \"kind\": \"wait\", \"needs\": [\"b\"]},"
    "{\"id\": \"b\", \"kind\": \"wait\", \"needs\": [\"a\"]},"
    "{\"id\": \"c\", \"kind\": \"wait\", \"needs\": [\"nobody\"]}]}", -1, NULL, NULL);
  g_autoptr(GArray) order = runnel_outline_order_list (pipeline, RUNNEL_OUTLINE_AS_RUN);

  g_assert_cmpuint (order->len, ==, 3);
  g_assert_cmpuint (g_array_index (order, guint, 0), ==, 2);
  g_assert_cmpuint (g_array_index (order, guint, 1), ==, 0);
  g_assert_cmpuint (g_array_index (order, guint, 2), ==, 1);
}

#define ADD(path, function, more) \
  g_test_add ("/designer/outline-model/" path, Fixture, more, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  runnel_kinds_init ();
  ADD ("orders", test_orders, NULL);
  ADD ("filter", test_filter, NULL);
  ADD ("groups", test_groups, GROUP);
  ADD ("typing", test_typing, NULL);
  ADD ("typing-in-order-of-names", test_typing_in_order_of_names, NULL);
  ADD ("removal-and-undo", test_removal_and_undo, NULL);
  ADD ("inactive", test_inactive, NULL);
  g_test_add_func ("/designer/outline-model/cycle", test_cycle);

  return g_test_run ();
}
