/* test-kind-item.c: searching the kinds of steps
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-kind-item.h"
#include "engine/kinds/runnel-kinds.h"

static RunnelKindItem *
find_item (GListModel *items,
           const char *name)
{
  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr(RunnelKindItem) item = g_list_model_get_item (items, i);

      if (g_str_equal (runnel_kind_item_get_kind (item)->name, name))
        return g_steal_pointer (&item);
    }

  return NULL;
}

static void
test_list (void)
{
  g_autoptr(GListModel) items = runnel_kind_item_list ();
  g_autoptr(RunnelKindItem) command = find_item (items, "command");
  guint n_kinds;

  runnel_kind_list (&n_kinds);
  g_assert_cmpuint (g_list_model_get_n_items (items), ==, n_kinds);
  g_assert_nonnull (command);
  g_assert_cmpstr (runnel_kind_item_get_title (command), ==, "Command");
  g_assert_cmpuint (strlen (runnel_kind_item_get_description (command)), >, 0);
}

static void
test_rank (void)
{
  g_autoptr(GListModel) items = runnel_kind_item_list ();
  g_autoptr(RunnelKindItem) script = find_item (items, "script");
  g_autoptr(RunnelKindItem) http = find_item (items, "http");

  g_assert_cmpuint (runnel_kind_item_rank (script, NULL), >, 0);
  g_assert_cmpuint (runnel_kind_item_rank (script, "  "), >, 0);
  g_assert_cmpuint (runnel_kind_item_rank (script, "SCR"), >, 0);
  g_assert_cmpuint (runnel_kind_item_rank (script, "scr qqq"), ==, 0);
  g_assert_cmpuint (runnel_kind_item_rank (http, "request"), >, 0);
  g_assert_cmpuint (runnel_kind_item_rank (http, "http request"), >,
                    runnel_kind_item_rank (http, "request"));

  /* a name that begins with the word is better than one that has it inside, or only the text */
  g_assert_cmpuint (runnel_kind_item_rank (script, "scr"), >, runnel_kind_item_rank (script, "ipt"));
  g_assert_cmpuint (runnel_kind_item_rank (script, "ipt"), >,
                    runnel_kind_item_rank (script, "shell"));
  g_assert_cmpuint (runnel_kind_item_rank (script, "shell"), >, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  runnel_kinds_init ();

  g_test_add_func ("/designer/kind-item/list", test_list);
  g_test_add_func ("/designer/kind-item/rank", test_rank);

  return g_test_run ();
}
