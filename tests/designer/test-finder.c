/* test-finder.c: the steps of a pipeline, and the files of a folder, in which something stands
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/find/runnel-finder.h"
#include "designer/find/runnel-folder-search.h"
#include "model/runnel-edit.h"
#include "util/runnel-remove-tree.h"

#define PIPELINE \
  "{\"format\": 1, \"name\": \"Make it\", \"steps\": [" \
  "{\"id\": \"a\", \"kind\": \"command\", \"with\": {\"argv\": [\"make\"]}}," \
  "{\"id\": \"b\", \"kind\": \"script\", \"with\": {\"run\": \"echo b\"}}," \
  "{\"id\": \"c\", \"kind\": \"command\", \"with\": {\"argv\": [\"make\", \"dist\"]}}]}"

static RunnelFinder *
finder_new (RunnelPipeline *pipeline,
            const char     *text)
{
  g_autoptr(RunnelPattern) pattern = runnel_pattern_new (text, RUNNEL_PATTERN_PLAIN, NULL);
  RunnelFinder *finder = runnel_finder_new ();

  runnel_finder_set_pipeline (finder, pipeline);
  runnel_finder_set_pattern (finder, pattern);
  return finder;
}

/* The pipeline itself comes first. */
static void
test_found (void)
{
  g_autoptr(RunnelPipeline) pipeline = runnel_pipeline_new_from_text (PIPELINE, -1, NULL, NULL);
  g_autoptr(RunnelFinder) finder = finder_new (pipeline, "make");
  g_autofree char *first = runnel_finder_describe (finder, 0);
  g_autofree char *last = runnel_finder_describe (finder, 2);

  g_assert_cmpuint (runnel_finder_get_size (finder), ==, 3);
  g_assert_null (runnel_finder_get_id (finder, 0));
  g_assert_cmpstr (runnel_finder_get_id (finder, 1), ==, "a");
  g_assert_cmpstr (first, ==, "name: Make it");
  g_assert_cmpstr (last, ==, "with.argv[0]: make");
  g_assert_cmpstr (runnel_finder_get_id (finder, 2), ==, "c");
  runnel_finder_set_pattern (finder, NULL);
  g_assert_cmpuint (runnel_finder_get_size (finder), ==, 0);
}

static void
count_cb (gpointer  source,
          guint    *n_calls)
{
  (*n_calls)++;
}

static void
test_follows_edits (void)
{
  g_autoptr(RunnelPipeline) pipeline = runnel_pipeline_new_from_text (PIPELINE, -1, NULL, NULL);
  g_autoptr(RunnelFinder) finder = finder_new (pipeline, "dist");
  g_autoptr(RunnelEdit) remove = runnel_edit_new_remove_step ("c");
  g_autoptr(RunnelEdit) inverse = NULL;
  guint n_calls = 0;

  g_signal_connect (finder, "changed", G_CALLBACK (count_cb), &n_calls);
  g_assert_cmpuint (runnel_finder_get_size (finder), ==, 1);
  inverse = runnel_edit_apply (remove, pipeline, NULL);
  g_assert_cmpuint (n_calls, ==, 1);
  g_assert_cmpuint (runnel_finder_get_size (finder), ==, 0);
}

static void
write_file (const char *folder,
            const char *name,
            const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
wait_for_end (RunnelFolderSearch *search)
{
  while (runnel_folder_search_is_busy (search))
    g_main_context_iteration (NULL, TRUE);
}

static RunnelFoundItem *
get_item (RunnelFolderSearch *search,
          guint               index)
{
  RunnelFoundItem *item = g_list_model_get_item (runnel_folder_search_get_items (search), index);

  g_assert_nonnull (item);
  g_object_unref (item); /* the model keeps it */
  return item;
}

static void
test_folder (void)
{
  g_autofree char *folder = g_dir_make_tmp ("runnel-find-XXXXXX", NULL);
  g_autoptr(RunnelFolderSearch) search = runnel_folder_search_new ();
  g_autoptr(RunnelPattern) make = runnel_pattern_new ("make", RUNNEL_PATTERN_PLAIN, NULL);
  g_autoptr(RunnelPattern) echo = runnel_pattern_new ("echo", RUNNEL_PATTERN_PLAIN, NULL);

  write_file (folder, "one.runnel.json", PIPELINE);
  write_file (folder, "two.runnel.json", "{\"format\": 1, \"name\": \"<b>&make\", \"steps\": []}");
  write_file (folder, "wrong.runnel.json", "{");
  runnel_folder_search_start (search, make, folder);
  wait_for_end (search);
  g_assert_cmpuint (runnel_folder_search_get_files (search), ==, 2);
  g_assert_cmpuint (runnel_folder_search_get_places (search), ==, 4);
  g_assert_cmpuint (runnel_folder_search_get_failed (search), ==, 1);
  g_assert_false (runnel_folder_search_is_cut (search));
  g_assert_true (runnel_found_item_is_file (get_item (search, 0)));
  g_assert_cmpstr (runnel_found_item_get_title (get_item (search, 0)), ==, "one.runnel.json");
  g_assert_cmpstr (runnel_found_item_get_step (get_item (search, 2)), ==, "a");
  g_assert_cmpstr (runnel_found_item_get_markup (get_item (search, 2)), ==,
                   "with.argv[0]: <b>make</b>");
  g_assert_cmpstr (runnel_found_item_get_markup (get_item (search, 5)), ==,
                   "name: &lt;b&gt;&amp;<b>make</b>");

  /* Another search begins from nothing, whatever the first still does. */
  runnel_folder_search_start (search, make, folder);
  runnel_folder_search_start (search, echo, folder);
  wait_for_end (search);
  g_assert_cmpuint (runnel_folder_search_get_places (search), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (runnel_folder_search_get_items (search)), ==, 2);
  g_assert_true (runnel_remove_tree (folder, NULL));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/designer/finder/found", test_found);
  g_test_add_func ("/designer/finder/follows-edits", test_follows_edits);
  g_test_add_func ("/designer/finder/folder", test_folder);
  return g_test_run ();
}
