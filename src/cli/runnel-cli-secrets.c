/* runnel-cli-secrets.c: runnel secrets
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>

#include "cli/runnel-cli-password.h"
#include "cli/runnel-cli-table.h"
#include "cli/runnel-cli-terminal.h"
#include "cli/runnel-cli.h"
#include "engine/secrets/runnel-keyring.h"
#include "engine/secrets/runnel-secrets.h"
#include "model/runnel-shape.h"

/* The keyring answers on the main context. */

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  GAsyncResult **ret_result = user_data;

  *ret_result = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (!*result)
    g_main_context_iteration (NULL, TRUE);

  return *result;
}

static gboolean
check_name (const char  *name,
            GError     **error)
{
  if (runnel_id_is_valid (name))
    return TRUE;

  g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE,
               "“%s” is no name for a secret: a letter or _, then letters, digits, _ and -", name);

  return FALSE;
}

static int
set (const char  *name,
     GError     **error)
{
  g_autofree char *prompt = g_strdup_printf ("Value of %s: ", name);
  g_autofree char *value = runnel_cli_read_password (prompt, error);
  g_autoptr(GAsyncResult) result = NULL;

  if (!value || !runnel_secret_check_value (name, value, error))
    return RUNNEL_EXIT_USAGE;

  runnel_keyring_store_async (name, value, NULL, answered_cb, &result);
  if (!runnel_keyring_store_finish (wait_for (&result), error))
    return RUNNEL_EXIT_STORE;
  runnel_terminal_print (stderr, "The keyring has the secret %s now.\n", name);

  return RUNNEL_EXIT_SUCCEEDED;
}

static int
delete (const char  *name,
        GError     **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  runnel_keyring_delete_async (name, NULL, answered_cb, &result);
  if (!runnel_keyring_delete_finish (wait_for (&result), error))
    return RUNNEL_EXIT_STORE;
  runnel_terminal_print (stderr, "The keyring has no secret %s any more.\n", name);

  return RUNNEL_EXIT_SUCCEEDED;
}

static char **
list_keyring (GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  runnel_keyring_list_async (NULL, answered_cb, &result);

  return runnel_keyring_list_finish (wait_for (&result), error);
}

static int
list_all (gboolean   as_json,
          GError   **error)
{
  g_auto(GStrv) names = list_keyring (error);
  JsonNode *node;
  JsonArray *array;

  if (!names)
    return RUNNEL_EXIT_STORE;

  array = json_array_new ();
  for (char **name = names; *name; name++)
    {
      json_array_add_string_element (array, *name);
      if (!as_json)
        puts (*name);
    }
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, array);
  if (as_json)
    runnel_cli_print_json (node);
  else
    json_node_unref (node);

  return RUNNEL_EXIT_SUCCEEDED;
}

/* Those of one pipeline. */

typedef struct
{
  char **names;
  RunnelSecrets *found;  /* in file and environment */
  char **keyring;        /* names in the keyring, or NULL */
} Listing;

static void
listing_clear (Listing *self)
{
  g_clear_pointer (&self->names, g_strfreev);
  g_clear_pointer (&self->found, runnel_secrets_free);
  g_clear_pointer (&self->keyring, g_strfreev);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Listing, listing_clear)

static const char *
get_place (Listing    *self,
           const char *name)
{
  RunnelSecretSource source = runnel_secrets_get_source (self->found, name);

  if (source == RUNNEL_SECRET_MISSING && self->keyring &&
      g_strv_contains ((const char *const *) self->keyring, name))
    source = RUNNEL_SECRET_FROM_KEYRING;

  return runnel_secret_source_to_string (source);
}

static void
print_listing (Listing *self)
{
  static const char *const titles[] = { "SECRET", "FROM", NULL };
  g_autoptr(RunnelCliTable) table = runnel_cli_table_new (titles, 0);

  for (char **name = self->names; *name; name++)
    {
      char *cells[] = { g_strdup (*name), g_strdup (get_place (self, *name)) };

      runnel_cli_table_take_row (table, cells, RUNNEL_STATE_PENDING);
    }
  runnel_cli_table_print (table);
}

static void
print_listing_json (Listing *self)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  for (char **name = self->names; *name; name++)
    {
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "name", *name);
      json_object_set_string_member (object, "from", get_place (self, *name));
      json_array_add_object_element (array, object);
    }
  json_node_take_array (node, array);
  runnel_cli_print_json (node);
}

static gboolean
is_complete (Listing *self)
{
  for (char **name = self->names; *name; name++)
    if (g_str_equal (get_place (self, *name),
                     runnel_secret_source_to_string (RUNNEL_SECRET_MISSING)))
      return FALSE;

  return TRUE;
}

static gboolean
look_for (Listing     *self,
          const char  *file,
          const char  *secrets_file,
          GError     **error)
{
  gsize length;
  g_autofree char *text = runnel_cli_read_file (file, &length, error);
  g_autoptr(RunnelPipeline) pipeline =
    text ? runnel_cli_read_pipeline (file, text, length, error) : NULL;
  g_auto(GStrv) environment = g_get_environ ();

  if (!pipeline)
    return FALSE;

  self->names = runnel_secrets_list_declared (pipeline);
  self->found = runnel_secrets_new ((const char *const *) self->names);

  return (!secrets_file || runnel_secrets_take_file (self->found, secrets_file, error)) &&
         runnel_secrets_take_environment (self->found, (const char *const *) environment, error);
}

/* A keyring that can't be used is worth a word only if something is missing without it. */
static int
list_of_pipeline (const char  *file,
                  const char  *secrets_file,
                  gboolean     as_json,
                  GError     **error)
{
  g_auto(Listing) listing = { NULL, };
  g_autoptr(GError) problem = NULL;

  if (!look_for (&listing, file, secrets_file, error))
    return RUNNEL_EXIT_USAGE;

  if (!is_complete (&listing))
    listing.keyring = list_keyring (&problem);
  if (as_json)
    print_listing_json (&listing);
  else if (listing.names[0])
    print_listing (&listing);
  if (problem)
    runnel_terminal_print (stderr, "runnel: %s\n", problem->message);

  return is_complete (&listing) ? RUNNEL_EXIT_SUCCEEDED : RUNNEL_EXIT_FAILED;
}

static int
set_usage (GError **error)
{
  g_set_error_literal (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE,
                       "write runnel secrets set NAME, runnel secrets delete NAME, or runnel "
                       "secrets list [FILE]");

  return RUNNEL_EXIT_USAGE;
}

int
runnel_cli_secrets (int      argc,
                    char   **argv,
                    GError **error)
{
  g_autofree char *secrets_file = NULL;
  gboolean as_json = FALSE;
  const GOptionEntry entries[] = {
    { "secrets-file", 0, 0, G_OPTION_ARG_FILENAME, &secrets_file,
      "list: look into this file of secrets, too", "FILE" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, "list: print a JSON array", NULL },
    { NULL }
  };
  const char *verb, *argument;

  if (!runnel_cli_parse (&argc, &argv, entries, "set NAME | delete NAME | list [FILE]",
                         "Keeps secrets in the keyring of the desktop. `set` reads the value from "
                         "the terminal, without showing it, or from standard input. `list FILE` "
                         "tells where each secret of a pipeline comes from, and fails when one is "
                         "missing.", 1, 2, error))
    return RUNNEL_EXIT_USAGE;

  verb = argv[1];
  argument = argc > 2 ? argv[2] : NULL;
  if (g_str_equal (verb, "list"))
    return argument ? list_of_pipeline (argument, secrets_file, as_json, error)
                    : list_all (as_json, error);
  if (!argument || (!g_str_equal (verb, "set") && !g_str_equal (verb, "delete")))
    return set_usage (error);
  if (!check_name (argument, error))
    return RUNNEL_EXIT_USAGE;

  return g_str_equal (verb, "set") ? set (argument, error) : delete (argument, error);
}
