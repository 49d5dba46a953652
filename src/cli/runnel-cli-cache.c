/* runnel-cli-cache.c: runnel cache
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>

#include "cli/runnel-cli-table.h"
#include "cli/runnel-cli.h"
#include "engine/files/runnel-cache.h"
#include "engine/limits/runnel-settings.h"
#include "util/runnel-format.h"

static const char *const titles[] = { "STEP", "RUN", "SIZE", "USED", "FILE", NULL };

static RunnelCache *
open_cache (void)
{
  g_autoptr(RunnelSettings) settings = runnel_settings_load ();
  g_autofree char *folder = runnel_cache_get_default_folder ();

  return runnel_cache_new (folder, runnel_settings_get_max_cache_size (settings));
}

static void
print_sum (RunnelCache *cache,
           guint        n_results,
           guint64      size)
{
  g_autofree char *used = g_format_size (size);
  g_autofree char *limit = g_format_size (runnel_cache_get_max_size (cache));

  printf ("%u result%s, %s of at most %s\n", n_results, n_results == 1 ? "" : "s", used, limit);
}

static void
print_table (GPtrArray *items)
{
  g_autoptr(RunnelCliTable) table = runnel_cli_table_new (titles, /* flexible= */ 4);
  gint64 now = g_get_real_time ();

  for (guint i = 0; i < items->len; i++)
    {
      const RunnelCacheItem *item = g_ptr_array_index (items, i);
      char *cells[] = {
        g_strdup (item->entry->step),
        g_strdup_printf ("%" G_GINT64_FORMAT, item->entry->run),
        g_format_size (runnel_cache_entry_get_size (item->entry)),
        runnel_format_age (item->used, now),
        g_strdup (item->entry->file),
      };

      runnel_cli_table_take_row (table, cells, RUNNEL_STATE_PENDING);
    }
  runnel_cli_table_print (table);
  printf ("\n");
}

static JsonObject *
item_to_json (const RunnelCacheItem *item)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "key", item->key);
  json_object_set_string_member (object, "file", item->entry->file);
  json_object_set_string_member (object, "step", item->entry->step);
  json_object_set_int_member (object, "run", item->entry->run);
  json_object_set_int_member (object, "size", runnel_cache_entry_get_size (item->entry));
  json_object_set_int_member (object, "used", item->used);

  return object;
}

static void
print_json (RunnelCache *cache,
            GPtrArray   *items,
            guint64      size)
{
  JsonObject *object = json_object_new ();
  JsonArray *array = json_array_sized_new (items->len);
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  for (guint i = 0; i < items->len; i++)
    json_array_add_object_element (array, item_to_json (g_ptr_array_index (items, i)));
  json_object_set_int_member (object, "size", size);
  json_object_set_int_member (object, "max-size", runnel_cache_get_max_size (cache));
  json_object_set_array_member (object, "results", array);
  json_node_take_object (node, object);
  runnel_cli_print_json (node);
}

static int
list (gboolean   as_json,
      GError   **error)
{
  g_autoptr(RunnelCache) cache = open_cache ();
  guint64 size;
  g_autoptr(GPtrArray) items = runnel_cache_list (cache, &size, error);

  if (!items)
    return RUNNEL_EXIT_STORE;
  if (as_json)
    {
      print_json (cache, items, size);
      return RUNNEL_EXIT_SUCCEEDED;
    }
  if (items->len > 0)
    print_table (items);
  print_sum (cache, items->len, size);

  return RUNNEL_EXIT_SUCCEEDED;
}

static int
clear (GError **error)
{
  g_autoptr(RunnelCache) cache = open_cache ();

  return runnel_cache_clear (cache, error) ? RUNNEL_EXIT_SUCCEEDED : RUNNEL_EXIT_STORE;
}

static int
collect (GError **error)
{
  g_autoptr(RunnelCache) cache = open_cache ();
  g_autofree char *left = NULL;
  guint n_evicted;
  guint64 size;

  if (!runnel_cache_collect (cache, /* wait= */ TRUE, &n_evicted, &size, error))
    return RUNNEL_EXIT_STORE;
  left = g_format_size (size);
  printf ("%u result%s evicted, %s left\n", n_evicted, n_evicted == 1 ? "" : "s", left);

  return RUNNEL_EXIT_SUCCEEDED;
}

int
runnel_cli_cache (int      argc,
                  char   **argv,
                  GError **error)
{
  gboolean as_json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, "Print the list as a JSON object", NULL },
    { NULL }
  };
  const char *verb;

  if (!runnel_cli_parse (&argc, &argv, entries, "[list|gc|clear]",
                         "Shows or empties the cache of the results of steps.", 0, 1, error))
    return RUNNEL_EXIT_USAGE;

  verb = argc > 1 ? argv[1] : "list";
  if (g_str_equal (verb, "list"))
    return list (as_json, error);
  if (g_str_equal (verb, "gc"))
    return collect (error);
  if (g_str_equal (verb, "clear"))
    return clear (error);

  g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE,
               "there is no “runnel cache %s”; list shows the results, gc takes away what is too "
               "much, clear everything", verb);

  return RUNNEL_EXIT_USAGE;
}
