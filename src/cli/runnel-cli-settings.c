/* runnel-cli-settings.c: runnel settings
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>

#include "cli/runnel-cli-terminal.h"
#include "cli/runnel-cli.h"
#include "engine/limits/runnel-settings.h"
#include "model/runnel-json-path.h"
#include "model/runnel-json-write.h"

static void
print_value (const char *key,
             JsonNode   *value)
{
  g_autoptr(GString) text = g_string_new (NULL);

  if (json_node_get_value_type (value) == G_TYPE_STRING)
    g_string_append (text, json_node_get_string (value));
  else
    runnel_json_write_compact (text, value);

  if (key)
    runnel_terminal_print (stdout, "%s = %s\n", key, text->str);
  else
    runnel_terminal_print (stdout, "%s\n", text->str);
}

/* "pools.gpu = 1": the names are those that `settings set` takes. */
static void
print_object (GString    *path,
              JsonObject *object)
{
  gsize length = path->len;
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      runnel_json_path_append_key (path, name);
      if (JSON_NODE_HOLDS_OBJECT (value))
        print_object (path, json_node_get_object (value));
      else
        print_value (path->str, value);
      g_string_truncate (path, length);
    }
}

static int
print_setting (RunnelSettings  *settings,
               const char      *key,
               gboolean         as_json,
               GError         **error)
{
  g_autoptr(GString) path = g_string_new (NULL);
  g_autoptr(GError) problem = NULL;
  JsonNode *value = runnel_settings_lookup (settings, key, &problem);

  if (!value && !problem)
    g_set_error (&problem, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_NOT_FOUND,
                 "%s is not set; runnel settings set %s VALUE sets it", key, key);
  if (!value)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return RUNNEL_EXIT_NOT_FOUND;
    }

  if (as_json)
    runnel_cli_print_json (json_node_ref (value));
  else if (JSON_NODE_HOLDS_OBJECT (value))
    print_object (path, json_node_get_object (value));
  else
    print_value (NULL, value);

  return RUNNEL_EXIT_SUCCEEDED;
}

static int
show (const char  *key,
      gboolean     as_json,
      GError     **error)
{
  g_autoptr(RunnelSettings) settings = runnel_settings_load ();
  g_autoptr(GString) path = g_string_new (NULL);
  g_autofree char *problems = NULL;

  problems = runnel_settings_describe_problems (settings, RUNNEL_SEVERITY_WARNING);
  if (problems)
    runnel_terminal_print (stderr, "%s\n", problems);
  if (key)
    return print_setting (settings, key, as_json, error);

  if (as_json)
    runnel_cli_print_json (json_node_init_object (json_node_alloc (),
                                                  runnel_settings_get_all (settings)));
  else
    print_object (path, runnel_settings_get_all (settings));

  return RUNNEL_EXIT_SUCCEEDED;
}

/* What is JSON is taken as that, anything else as a text: 2 is a number, 5 GB is not. */
static JsonNode *
read_value (const char *text)
{
  JsonNode *value = json_from_string (text, NULL);

  return value ? value : json_node_init_string (json_node_alloc (), text);
}

static int
change (const char  *key,
        const char  *text,
        GError     **error)
{
  g_autoptr(JsonNode) value = text ? read_value (text) : NULL;

  return runnel_settings_set (key, value, error) ? RUNNEL_EXIT_SUCCEEDED : RUNNEL_EXIT_STORE;
}

int
runnel_cli_settings (int      argc,
                     char   **argv,
                     GError **error)
{
  gboolean as_json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, "Print JSON", NULL },
    { NULL }
  };
  g_autofree char *keys = runnel_settings_describe_keys ();
  g_autofree char *summary = g_strconcat ("Shows or changes what holds for every pipeline on this "
                                          "machine.\n\nSettings:\n", keys, NULL);
  const char *verb;

  if (!runnel_cli_parse (&argc, &argv, entries, "[get KEY | set KEY VALUE | unset KEY]", summary,
                         0, 3, error))
    return RUNNEL_EXIT_USAGE;

  verb = argc > 1 ? argv[1] : "";
  if (argc == 1)
    return show (NULL, as_json, error);
  if (argc == 3 && g_str_equal (verb, "get"))
    return show (argv[2], as_json, error);
  if (argc == 4 && g_str_equal (verb, "set"))
    return change (argv[2], argv[3], error);
  if (argc == 3 && g_str_equal (verb, "unset"))
    return change (argv[2], NULL, error);

  g_set_error_literal (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE,
                       "usage: runnel settings [get KEY | set KEY VALUE | unset KEY]; "
                       "see runnel settings --help");

  return RUNNEL_EXIT_USAGE;
}
