/* runnel-cli-systems.c: runnel systems
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "cli/runnel-cli-export.h"
#include "cli/runnel-cli-table.h"
#include "util/runnel-nearest.h"

/**
 * runnel_cli_find_target:
 * @name: the name of a system
 * @to_export: whether pipelines are to be written for it, or else read
 * @error: %RUNNEL_CLI_ERROR_USAGE
 *
 * Returns: (nullable): the system
 */
const RunnelTarget *
runnel_cli_find_target (const char  *name,
                        gboolean     to_export,
                        GError     **error)
{
  const RunnelTarget *target = runnel_target_lookup (name);
  RunnelNearest search = { .word = name };
  g_autofree char *suggestion = NULL;
  guint n_targets;
  const RunnelTarget *const *targets = runnel_target_list (&n_targets);

  if (target && (to_export ? target->export != NULL : target->import != NULL))
    return target;

  for (guint i = 0; i < n_targets; i++)
    runnel_nearest_consider (&search, targets[i]->name);
  suggestion = target ? NULL : runnel_nearest_suggest (&search);
  g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE, "%s “%s”%s%s; runnel systems lists them",
               !target ? "there is no system" : to_export ? "pipelines can't be written for"
                                                          : "pipelines can't be read from",
               name, suggestion ? "; " : "", suggestion ? suggestion : "");

  return NULL;
}

static char *
join_modes (const RunnelTarget *target)
{
  return target->modes ? g_strjoinv (", ", (char **) target->modes) : g_strdup ("");
}

static char *
make_usual_path (const RunnelTarget *target)
{
  g_auto(GStrv) parts = g_strsplit (target->default_path ? target->default_path : "", "%s", -1);

  return g_strjoinv ("NAME", parts);
}

static void
print_table (const RunnelTarget *const *targets,
             guint                      n_targets)
{
  static const char *const titles[] = {
    "SYSTEM", "TITLE", "EXPORT", "IMPORT", "FILE", "MODES", NULL
  };
  g_autoptr(RunnelCliTable) table = runnel_cli_table_new (titles, 5);

  for (guint i = 0; i < n_targets; i++)
    {
      char *cells[] = {
        g_strdup (targets[i]->name),
        g_strdup (targets[i]->title),
        g_strdup (targets[i]->export ? "yes" : "no"),
        g_strdup (targets[i]->import ? "yes" : "no"),
        make_usual_path (targets[i]),
        join_modes (targets[i]),
      };

      runnel_cli_table_take_row (table, cells, RUNNEL_STATE_SUCCEEDED);
    }
  runnel_cli_table_print (table);
}

static void
add_strings (JsonBuilder       *builder,
             const char        *name,
             const char *const *texts)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; texts && texts[i]; i++)
    json_builder_add_string_value (builder, texts[i]);
  json_builder_end_array (builder);
}

static void
add_target (JsonBuilder        *builder,
            const RunnelTarget *target)
{
  g_autofree char *path = make_usual_path (target);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "system");
  json_builder_add_string_value (builder, target->name);
  json_builder_set_member_name (builder, "title");
  json_builder_add_string_value (builder, target->title);
  json_builder_set_member_name (builder, "export");
  json_builder_add_boolean_value (builder, target->export != NULL);
  json_builder_set_member_name (builder, "import");
  json_builder_add_boolean_value (builder, target->import != NULL);
  json_builder_set_member_name (builder, "file");
  json_builder_add_string_value (builder, path);
  add_strings (builder, "modes", target->modes);
  json_builder_end_object (builder);
}

static void
print_json (const RunnelTarget *const *targets,
            guint                      n_targets)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < n_targets; i++)
    add_target (builder, targets[i]);
  json_builder_end_array (builder);
  runnel_cli_print_json (json_builder_get_root (builder));
}

int
runnel_cli_systems (int      argc,
                    char   **argv,
                    GError **error)
{
  gboolean as_json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, "Print JSON", NULL },
    { NULL }
  };
  guint n_targets;
  const RunnelTarget *const *targets = runnel_target_list (&n_targets);

  if (!runnel_cli_parse (&argc, &argv, entries, "",
                         "Lists the systems that pipelines are written for and read from.", 0, 0,
                         error))
    return RUNNEL_EXIT_USAGE;
  if (as_json)
    print_json (targets, n_targets);
  else
    print_table (targets, n_targets);

  return RUNNEL_EXIT_SUCCEEDED;
}
