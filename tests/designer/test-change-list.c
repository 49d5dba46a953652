/* test-change-list.c: the undo history of a document as a list
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/runnel-change-list.h"

static void
set_name (RunnelDocument *document,
          const char     *name)
{
  g_autoptr(JsonNode) value = json_node_init_string (json_node_alloc (), name);
  g_autoptr(RunnelEdit) edit = runnel_edit_new_set_member ("name", value);

  g_assert_true (runnel_document_apply (document, edit, NULL));
}

static RunnelChangeItem *
get_item (RunnelChangeList *list,
          guint             index)
{
  return g_list_model_get_item (G_LIST_MODEL (list), index);
}

/* The latest first, the state without any change last. */
static void
test_items (void)
{
  g_autoptr(RunnelDocument) document = runnel_document_new ();
  g_autoptr(RunnelChangeList) list = runnel_change_list_new ();
  g_autoptr(RunnelChangeItem) first = NULL, last = NULL;
  g_autofree char *first_time = NULL, *last_time = NULL;

  runnel_change_list_set_document (list, document);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1);
  set_name (document, "One");
  set_name (document, "Two");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 3);
  first = get_item (list, 0);
  last = get_item (list, 2);
  first_time = runnel_change_item_get_time (first);
  last_time = runnel_change_item_get_time (last);
  g_assert_cmpuint (runnel_change_item_get_position (first), ==, 2);
  g_assert_cmpstr (runnel_change_item_get_label (first), ==,
                   runnel_document_get_change_label (document, 1));
  g_assert_cmpstr (first_time, !=, "");
  g_assert_cmpuint (runnel_change_item_get_position (last), ==, 0);
  g_assert_cmpstr (last_time, ==, "");
  g_assert_null (get_item (list, 3));
}

/* What was undone stays in the list until another change takes its place. */
static void
test_undone (void)
{
  g_autoptr(RunnelDocument) document = runnel_document_new ();
  g_autoptr(RunnelChangeList) list = runnel_change_list_new ();

  set_name (document, "One");
  set_name (document, "Two");
  runnel_change_list_set_document (list, document);
  runnel_document_go_to (document, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 3);
  set_name (document, "Three");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 2);
  runnel_change_list_set_document (list, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/designer/change-list/items", test_items);
  g_test_add_func ("/designer/change-list/undone", test_undone);
  return g_test_run ();
}
