/* runnel-secrets.c: the values of the secrets that a pipeline declares
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "engine/secrets/runnel-keyring.h"
#include "engine/secrets/runnel-secret-file.h"
#include "engine/secrets/runnel-secret-forms.h"
#include "engine/secrets/runnel-secrets.h"

G_DEFINE_QUARK (runnel-secrets-error-quark, runnel_secrets_error)

#define MIN_LENGTH_TO_GIVE_AWAY 12

typedef struct
{
  char *value;
  RunnelSecretSource source;
} Secret;

struct _RunnelSecrets
{
  char **names;        /* those declared */
  GHashTable *values;  /* name -> Secret; from a parent also such as are not declared */
  RunnelSecretMask *mask;
};

static void
secret_free (gpointer data)
{
  Secret *self = data;

  explicit_bzero (self->value, strlen (self->value));
  g_free (self->value);
  g_free (self);
}

static void
set_value (RunnelSecrets      *self,
           const char         *name,
           const char         *value,
           RunnelSecretSource  source)
{
  Secret *secret = g_new0 (Secret, 1);

  secret->value = g_strdup (value);
  secret->source = source;
  g_hash_table_insert (self->values, g_strdup (name), secret);
  g_clear_pointer (&self->mask, runnel_secret_mask_unref);
}

static gboolean
take (RunnelSecrets       *self,
      const char          *name,
      const char          *value,
      RunnelSecretSource   source,
      GError             **error)
{
  if (!runnel_secret_check_value (name, value, error))
    return FALSE;
  set_value (self, name, value, source);
  return TRUE;
}

static char **
list_missing (RunnelSecrets *self)
{
  g_autoptr(GPtrArray) missing = g_ptr_array_new ();

  for (char **name = self->names; *name; name++)
    if (!g_hash_table_contains (self->values, *name))
      g_ptr_array_add (missing, g_strdup (*name));
  g_ptr_array_add (missing, NULL);
  return (char **) g_ptr_array_steal (missing, NULL);
}

/* TOKEN itself is a fine name for a variable, deploy-token is not. */
static char *
make_variable_name (const char *name)
{
  g_autofree char *upper = g_ascii_strup (name, -1);

  g_strdelimit (upper, "-", '_');
  return g_strconcat (RUNNEL_SECRET_VARIABLE_PREFIX, upper, NULL);
}

static void
set_missing (char         **missing,
             const GError  *keyring_error,
             GError       **error)
{
  g_autofree char *names = g_strjoinv ("”, “", missing);
  g_autofree char *variable = make_variable_name (missing[0]);
  const char *name = missing[0];

  g_set_error (error, RUNNEL_SECRETS_ERROR, RUNNEL_SECRETS_ERROR_MISSING,
               "the secret%s “%s” %s no value%s%s%s.\nGive it one with `runnel secrets set %s`, "
               "with --secrets-file, or in the environment variable %s",
               missing[1] ? "s" : "", names, missing[1] ? "have" : "has",
               keyring_error ? " (" : "", keyring_error ? keyring_error->message : "",
               keyring_error ? ")" : "", name, variable);
}

/**
 * runnel_secret_source_to_string:
 *
 * Returns: (transfer none): the place, for people
 */
const char *
runnel_secret_source_to_string (RunnelSecretSource source)
{
  static const char *const names[] = {
    [RUNNEL_SECRET_MISSING] = "missing",
    [RUNNEL_SECRET_FROM_PARENT] = "parent",
    [RUNNEL_SECRET_FROM_FILE] = "file",
    [RUNNEL_SECRET_FROM_ENVIRONMENT] = "environment",
    [RUNNEL_SECRET_FROM_KEYRING] = "keyring",
  };

  return names[source];
}

/**
 * runnel_secret_check_value:
 * @name: what the secret is called
 * @value: what it is
 * @error: %RUNNEL_SECRETS_ERROR_INVALID, in words that do not tell the value
 *
 * Returns: whether a secret can have this value: UTF-8, of a length that can be hidden in logs
 *   without hiding half of them, and handed over in the environment
 */
gboolean
runnel_secret_check_value (const char  *name,
                           const char  *value,
                           GError     **error)
{
  const char *problem = NULL;

  if (!g_utf8_validate (value, -1, NULL))
    problem = "is not UTF-8 text; store bytes in base64";
  else if (g_utf8_strlen (value, -1) < RUNNEL_SECRET_MIN_LENGTH)
    problem = "is shorter than 4 characters: it could not be told from other text in logs";
  else if (strlen (value) > RUNNEL_SECRET_MAX_SIZE)
    problem = "is larger than 64 KiB: keep it in a file, and make its name or its key the secret";
  if (problem)
    g_set_error (error, RUNNEL_SECRETS_ERROR, RUNNEL_SECRETS_ERROR_INVALID, "the secret “%s” %s",
                 name, problem);
  return problem == NULL;
}

/**
 * runnel_secrets_list_declared:
 * @pipeline: a pipeline
 *
 * Returns: (transfer full): the names in its `secrets`, NULL-terminated
 */
char **
runnel_secrets_list_declared (RunnelPipeline *pipeline)
{
  JsonNode *declared = runnel_pipeline_get_member (pipeline, "secrets");
  JsonArray *array = declared && JSON_NODE_HOLDS_ARRAY (declared) ? json_node_get_array (declared)
                                                                  : NULL;
  g_autoptr(GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; array && i < json_array_get_length (array); i++)
    {
      JsonNode *name = json_array_get_element (array, i);

      if (json_node_get_value_type (name) == G_TYPE_STRING)
        g_ptr_array_add (names, json_node_dup_string (name));
    }
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_steal (names, NULL);
}

/**
 * runnel_secrets_new:
 * @names: the declared names, NULL-terminated
 *
 * Returns: (transfer full): secrets without values
 */
RunnelSecrets *
runnel_secrets_new (const char *const *names)
{
  RunnelSecrets *self = g_new0 (RunnelSecrets, 1);

  self->names = g_strdupv ((char **) names);
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, secret_free);
  return self;
}

void
runnel_secrets_free (RunnelSecrets *self)
{
  g_strfreev (self->names);
  g_hash_table_unref (self->values);
  g_clear_pointer (&self->mask, runnel_secret_mask_unref);
  g_free (self);
}

/**
 * runnel_secrets_take_parent:
 * @values: what runnel_secrets_to_json() gave in the run that this one is a step of
 * @error: %RUNNEL_SECRETS_ERROR_INVALID
 *
 * Takes all secrets of the parent: what it must not show, this run must not either.
 */
gboolean
runnel_secrets_take_parent (RunnelSecrets  *self,
                            JsonObject     *values,
                            GError        **error)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init (&iter, values);
  while (json_object_iter_next (&iter, &name, &value))
    {
      g_autofree char *text = json_node_dup_string (value);

      if (!take (self, name, text ? text : "", RUNNEL_SECRET_FROM_PARENT, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * runnel_secrets_take_file:
 * @path: see runnel_secret_file_read()
 * @error: #RUNNEL_SECRETS_ERROR
 *
 * Takes values for those declared names that have none yet. Others in the file are left there.
 */
gboolean
runnel_secrets_take_file (RunnelSecrets  *self,
                          const char     *path,
                          GError        **error)
{
  g_autoptr(GHashTable) values = runnel_secret_file_read (path, error);
  g_auto(GStrv) missing = list_missing (self);

  for (char **name = missing; values && *name; name++)
    {
      const char *value = g_hash_table_lookup (values, *name);

      if (value && !take (self, *name, value, RUNNEL_SECRET_FROM_FILE, error))
        return FALSE;
    }
  return values != NULL;
}

/**
 * runnel_secrets_take_environment:
 * @environment: "NAME=value" strings, NULL-terminated
 * @error: %RUNNEL_SECRETS_ERROR_INVALID
 *
 * Takes values for those declared names that have none yet: that of the variable of the same name,
 * or of RUNNEL_SECRET_NAME, in capitals, with - written as _. An empty variable is none.
 */
gboolean
runnel_secrets_take_environment (RunnelSecrets      *self,
                                 const char *const  *environment,
                                 GError            **error)
{
  g_auto(GStrv) missing = list_missing (self);

  for (char **name = missing; *name; name++)
    {
      g_autofree char *variable = make_variable_name (*name);
      const char *value = g_environ_getenv ((char **) environment, variable);

      if (!value)
        value = g_environ_getenv ((char **) environment, *name);
      if (value && *value && !take (self, *name, value, RUNNEL_SECRET_FROM_ENVIRONMENT, error))
        return FALSE;
    }
  return TRUE;
}

/* The keyring. */

static gboolean
take_keyring (RunnelSecrets  *self,
              GHashTable     *values,
              GError        **error)
{
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, values);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (!take (self, name, value, RUNNEL_SECRET_FROM_KEYRING, error))
      return FALSE;
  return TRUE;
}

static void
keyring_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  RunnelSecrets *self = g_task_get_task_data (task);
  g_autoptr(GError) keyring_error = NULL;
  g_autoptr(GHashTable) values = runnel_keyring_lookup_finish (result, &keyring_error);
  g_auto(GStrv) missing = NULL;
  GError *error = NULL;

  if (values)
    take_keyring (self, values, &error);
  missing = list_missing (self);
  if (!error && g_error_matches (keyring_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    error = g_steal_pointer (&keyring_error);
  else if (!error && missing[0])
    set_missing (missing, keyring_error, &error);

  if (error)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * runnel_secrets_resolve_async:
 * @self: must live until @callback
 *
 * Looks into the keyring for what is still missing; does not touch it when nothing is.
 */
void
runnel_secrets_resolve_async (RunnelSecrets       *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  g_auto(GStrv) missing = list_missing (self);

  g_task_set_source_tag (task, runnel_secrets_resolve_async);
  g_task_set_task_data (task, self, NULL);
  if (missing[0])
    {
      runnel_keyring_lookup_async ((const char *const *) missing, cancellable, keyring_cb, task);
      return;
    }
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

/**
 * runnel_secrets_resolve_finish:
 * @error: #RUNNEL_SECRETS_ERROR; MISSING names all that are, and how to give them
 *
 * Returns: whether all declared secrets have a value
 */
gboolean
runnel_secrets_resolve_finish (RunnelSecrets  *self,
                               GAsyncResult   *result,
                               GError        **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, runnel_secrets_resolve_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * runnel_secrets_lookup:
 * @name: a declared name
 *
 * Returns: (transfer none) (nullable): its value
 */
const char *
runnel_secrets_lookup (RunnelSecrets *self,
                       const char    *name)
{
  Secret *secret = NULL;

  if (g_strv_contains ((const char *const *) self->names, name))
    secret = g_hash_table_lookup (self->values, name);
  return secret ? secret->value : NULL;
}

RunnelSecretSource
runnel_secrets_get_source (RunnelSecrets *self,
                           const char    *name)
{
  Secret *secret = g_hash_table_lookup (self->values, name);

  return secret ? secret->source : RUNNEL_SECRET_MISSING;
}

/**
 * runnel_secrets_get_mask:
 *
 * Returns: (transfer none) (nullable): what finds the values, also those of a parent; %NULL when
 *   there are none. Good until another value is taken.
 */
RunnelSecretMask *
runnel_secrets_get_mask (RunnelSecrets *self)
{
  g_autoptr(GPtrArray) values = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer secret;

  if (self->mask || g_hash_table_size (self->values) == 0)
    return self->mask;
  g_hash_table_iter_init (&iter, self->values);
  while (g_hash_table_iter_next (&iter, NULL, &secret))
    g_ptr_array_add (values, ((Secret *) secret)->value);
  g_ptr_array_add (values, NULL);
  self->mask = runnel_secret_mask_new ((const char *const *) values->pdata);
  return self->mask;
}

/**
 * runnel_secrets_to_json:
 *
 * Returns: (transfer full): all values by name, for runnel_secrets_take_parent() in a run inside
 *   of this one
 */
JsonObject *
runnel_secrets_to_json (RunnelSecrets *self)
{
  JsonObject *object = json_object_new ();
  GHashTableIter iter;
  gpointer name, secret;

  g_hash_table_iter_init (&iter, self->values);
  while (g_hash_table_iter_next (&iter, &name, &secret))
    json_object_set_string_member (object, name, ((Secret *) secret)->value);
  return object;
}

/**
 * runnel_secrets_find_in_text:
 * @text: the text of a pipeline
 *
 * Looks for a value that stands in the open where only its name belongs. Short ones are passed
 * over: a user name may be in many places without being given away.
 *
 * Returns: (transfer none) (nullable): the name of a secret whose value is in @text
 */
const char *
runnel_secrets_find_in_text (RunnelSecrets *self,
                             const char    *text)
{
  GHashTableIter iter;
  gpointer name, secret;

  g_hash_table_iter_init (&iter, self->values);
  while (g_hash_table_iter_next (&iter, &name, &secret))
    {
      const char *value = ((Secret *) secret)->value;

      if (strlen (value) >= MIN_LENGTH_TO_GIVE_AWAY && strstr (text, value))
        return name;
    }
  return NULL;
}
