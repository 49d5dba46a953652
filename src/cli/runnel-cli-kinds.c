/* runnel-cli-kinds.c: runnel kinds
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>

#include "cli/runnel-cli-kinds.h"
#include "cli/runnel-cli.h"
#include "util/runnel-nearest.h"

static const char *const type_names[] = {
  [RUNNEL_FIELD_STRING] = "text",
  [RUNNEL_FIELD_NUMBER] = "number",
  [RUNNEL_FIELD_INTEGER] = "integer",
  [RUNNEL_FIELD_BOOLEAN] = "boolean",
  [RUNNEL_FIELD_CHOICE] = "choice",
  [RUNNEL_FIELD_DURATION] = "duration",
  [RUNNEL_FIELD_STRINGS] = "array of texts",
  [RUNNEL_FIELD_MAP] = "object of texts",
  [RUNNEL_FIELD_ANY] = "any JSON",
  [RUNNEL_FIELD_FILE] = "file",
};

/**
 * runnel_cli_field_get_type_name:
 * @field: a field of a kind
 *
 * Returns: (transfer none): its type in words
 */
const char *
runnel_cli_field_get_type_name (const RunnelField *field)
{
  return type_names[field->type];
}

static void
print_field (const RunnelField *field)
{
  printf ("\n  with.%s  (%s%s)\n    %s\n", field->name, runnel_cli_field_get_type_name (field),
          field->flags & RUNNEL_FIELD_REQUIRED ? ", required" : "", field->description);
  if (field->choices)
    {
      g_autofree char *choices = g_strjoinv (", ", (char **) field->choices);

      printf ("    One of: %s\n", choices);
    }
  if (field->default_value)
    printf ("    Default: %s\n", field->default_value);
  if (field->flags & RUNNEL_FIELD_NO_EXPRESSIONS)
    printf ("    No ${{ }} here: give values by “env”.\n");
}

static void
print_kind (const RunnelKind *kind)
{
  printf ("%s: %s\n\n%s\n", kind->name, kind->title, kind->description);
  for (const RunnelField *field = kind->fields; field->name; field++)
    print_field (field);
  printf ("\nExample:\n  %s\n", kind->example);
}

static void
print_kinds (void)
{
  guint n_kinds;
  const RunnelKind **kinds = runnel_kind_list (&n_kinds);

  for (guint i = 0; i < n_kinds; i++)
    printf ("%-10s %s\n", kinds[i]->name, kinds[i]->description);
}

static JsonObject *
field_to_json (const RunnelField *field)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "name", field->name);
  json_object_set_string_member (object, "type", runnel_cli_field_get_type_name (field));
  json_object_set_boolean_member (object, "required", !!(field->flags & RUNNEL_FIELD_REQUIRED));
  json_object_set_boolean_member (object, "expressions",
                                  !(field->flags & RUNNEL_FIELD_NO_EXPRESSIONS));
  json_object_set_string_member (object, "label", field->label);
  json_object_set_string_member (object, "description", field->description);
  if (field->default_value)
    json_object_set_member (object, "default", json_from_string (field->default_value, NULL));
  if (field->choices)
    {
      JsonArray *choices = json_array_new ();

      for (gsize i = 0; field->choices[i]; i++)
        json_array_add_string_element (choices, field->choices[i]);
      json_object_set_array_member (object, "choices", choices);
    }

  return object;
}

static JsonNode *
kind_to_json (const RunnelKind *kind)
{
  JsonObject *object = json_object_new ();
  JsonArray *fields = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  for (const RunnelField *field = kind->fields; field->name; field++)
    json_array_add_object_element (fields, field_to_json (field));
  json_object_set_string_member (object, "name", kind->name);
  json_object_set_string_member (object, "title", kind->title);
  json_object_set_string_member (object, "description", kind->description);
  json_object_set_array_member (object, "fields", fields);
  json_object_set_member (object, "example", json_from_string (kind->example, NULL));
  json_node_take_object (node, object);

  return node;
}

static JsonNode *
kinds_to_json (void)
{
  guint n_kinds;
  const RunnelKind **kinds = runnel_kind_list (&n_kinds);
  JsonArray *array = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; i < n_kinds; i++)
    json_array_add_element (array, kind_to_json (kinds[i]));
  json_node_take_array (node, array);

  return node;
}

static const RunnelKind *
find_kind (const char  *name,
           GError     **error)
{
  const RunnelKind *kind = runnel_kind_lookup (name);
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  const RunnelKind **kinds;
  const char *nearest;
  guint n_kinds;

  if (kind)
    return kind;

  kinds = runnel_kind_list (&n_kinds);
  for (guint i = 0; i < n_kinds; i++)
    g_ptr_array_add (names, (gpointer) kinds[i]->name);
  g_ptr_array_add (names, NULL);
  nearest = runnel_nearest (name, (const char *const *) names->pdata);
  g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_NOT_FOUND,
               "there is no kind “%s”%s%s%s; see runnel kinds", name,
               nearest ? "; did you mean “" : "", nearest ? nearest : "", nearest ? "”?" : "");

  return NULL;
}

int
runnel_cli_kinds (int      argc,
                  char   **argv,
                  GError **error)
{
  gboolean as_json = FALSE;
  gboolean as_markdown = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, "Print the declarations as JSON", NULL },
    { "markdown", 0, 0, G_OPTION_ARG_NONE, &as_markdown,
      "Print the page about all kinds, docs/kinds.md", NULL },
    { NULL }
  };
  const RunnelKind *kind = NULL;

  if (!runnel_cli_parse (&argc, &argv, entries, "[KIND]",
                         "Lists the kinds of steps, or describes one with its fields.", 0, 1,
                         error))
    return RUNNEL_EXIT_USAGE;
  if (as_markdown && (as_json || argc > 1))
    {
      g_set_error_literal (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE,
                           "--markdown prints all kinds: leave out KIND and --json");
      return RUNNEL_EXIT_USAGE;
    }
  if (argc > 1 && !(kind = find_kind (argv[1], error)))
    return RUNNEL_EXIT_NOT_FOUND;

  if (as_markdown)
    runnel_cli_kinds_print_manual ();
  else if (as_json)
    runnel_cli_print_json (kind ? kind_to_json (kind) : kinds_to_json ());
  else if (kind)
    print_kind (kind);
  else
    print_kinds ();

  return RUNNEL_EXIT_SUCCEEDED;
}
