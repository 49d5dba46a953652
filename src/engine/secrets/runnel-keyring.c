/* runnel-keyring.c: secrets in the keyring of the desktop
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "engine/secrets/runnel-keyring.h"

#if HAVE_LIBSECRET
#include <dlfcn.h>
#include <libsecret/secret.h>
#endif

/* The keyring is that of the Secret Service, https://specifications.freedesktop.org/secret-service,
 * through libsecret. The library is loaded when it is first needed: with it `runnel` takes a fifth
 * longer to start, and most pipelines have no secrets. Its calls wait, so they are made in
 * threads, and given up after a while: a keyring that is locked may ask somebody who is not there. */

#define SECONDS_TO_ANSWER 10
#define SECONDS_FOR_A_PERSON 60 /* where there is a screen on which the keyring can ask */

G_DEFINE_QUARK (runnel-keyring-error-quark, runnel_keyring_error)

typedef struct
{
  char **names;
  char *value;               /* to store, or NULL */
  GCancellable *cancellable; /* of the call that waits */
  GCancellable *outer;       /* the caller's, or NULL */
  gulong outer_handler;
  GSource *timer;
  guint seconds;
} Request;

static void
request_free (gpointer data)
{
  Request *self = data;

  if (self->outer)
    g_cancellable_disconnect (self->outer, self->outer_handler);
  g_source_destroy (self->timer);
  g_source_unref (self->timer);
  if (self->value)
    explicit_bzero (self->value, strlen (self->value));
  g_free (self->value);
  g_strfreev (self->names);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->outer);
  g_free (self);
}

static gboolean
late_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

static void
cancelled_cb (GCancellable *outer,
              gpointer      user_data)
{
  g_cancellable_cancel (user_data);
}

static Request *
request_new (const char *const *names,
             const char        *value,
             GCancellable      *outer)
{
  Request *self = g_new0 (Request, 1);

  self->names = g_strdupv ((char **) names);
  self->value = g_strdup (value);
  self->cancellable = g_cancellable_new ();
  if (outer)
    {
      self->outer = g_object_ref (outer);
      self->outer_handler = g_cancellable_connect (outer, G_CALLBACK (cancelled_cb),
                                                   g_object_ref (self->cancellable),
                                                   g_object_unref);
    }
  self->seconds = g_getenv ("DISPLAY") || g_getenv ("WAYLAND_DISPLAY") ? SECONDS_FOR_A_PERSON
                                                                       : SECONDS_TO_ANSWER;
  self->timer = g_timeout_source_new_seconds (self->seconds);
  g_source_set_callback (self->timer, late_cb, g_object_ref (self->cancellable), g_object_unref);
  g_source_attach (self->timer, g_main_context_get_thread_default ());
  return self;
}

/* Says it in our words. */
static GError *
explain (Request *self,
         GError  *error)
{
  g_autoptr(GError) owner = error;

  if (error->domain == RUNNEL_KEYRING_ERROR)
    return g_steal_pointer (&owner);
  if (g_cancellable_is_cancelled (self->cancellable) && !g_cancellable_is_cancelled (self->outer))
    return g_error_new (RUNNEL_KEYRING_ERROR, RUNNEL_KEYRING_ERROR_LOCKED,
                        "the keyring did not answer within %u seconds; perhaps it is locked",
                        self->seconds);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_steal_pointer (&owner);
  g_dbus_error_strip_remote_error (error);
  return g_error_new (RUNNEL_KEYRING_ERROR, RUNNEL_KEYRING_ERROR_UNAVAILABLE,
                      "the keyring can't be used: %s", error->message);
}

static void
start (Request             *request,
       gpointer             tag,
       GTaskThreadFunc      func,
       GAsyncReadyCallback  callback,
       gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, request, request_free);
  g_task_run_in_thread (task, func);
}

static void
give_up (GTask   *task,
         Request *request,
         GError  *error)
{
  g_task_return_error (task, explain (request, error));
}

#if HAVE_LIBSECRET

typedef struct
{
  __typeof__ (&secret_password_searchv_sync) search;
  __typeof__ (&secret_password_lookupv_sync) lookup;
  __typeof__ (&secret_password_storev_sync) store;
  __typeof__ (&secret_password_clearv_sync) clear;
  __typeof__ (&secret_password_free) free;
  __typeof__ (&secret_retrievable_get_attributes) get_attributes;
} Library;

static const SecretSchema schema = {
  "org.runnel.Runnel.Secret", SECRET_SCHEMA_NONE, { { "name", SECRET_SCHEMA_ATTRIBUTE_STRING } },
};

static gboolean
load_symbols (Library *library)
{
  void *handle = dlopen ("libsecret-1.so.0", RTLD_NOW | RTLD_LOCAL);
  const struct { const char *name; void **symbol; } symbols[] = {
    { "secret_password_searchv_sync", (void **) &library->search },
    { "secret_password_lookupv_sync", (void **) &library->lookup },
    { "secret_password_storev_sync", (void **) &library->store },
    { "secret_password_clearv_sync", (void **) &library->clear },
    { "secret_password_free", (void **) &library->free },
    { "secret_retrievable_get_attributes", (void **) &library->get_attributes },
  };

  for (guint i = 0; i < G_N_ELEMENTS (symbols) && handle; i++)
    if (!(*symbols[i].symbol = dlsym (handle, symbols[i].name)))
      return FALSE;
  return handle != NULL;
}

/* Returns: (transfer none) (nullable) */
static const Library *
get_library (GError **error)
{
  static Library library;
  static gsize is_loaded; /* 1 = it could not be, 2 = it is */

  if (g_once_init_enter (&is_loaded))
    g_once_init_leave (&is_loaded, load_symbols (&library) ? 2 : 1);
  if (is_loaded == 2)
    return &library;
  g_set_error_literal (error, RUNNEL_KEYRING_ERROR, RUNNEL_KEYRING_ERROR_UNAVAILABLE,
                       "the keyring can't be used: libsecret is not installed");
  return NULL;
}

static GHashTable *
make_attributes (const char *name)
{
  GHashTable *attributes = g_hash_table_new (g_str_hash, g_str_equal);

  if (name)
    g_hash_table_insert (attributes, (gpointer) "name", (gpointer) name);
  return attributes;
}

/* What is there can be told without unlocking. */
static GPtrArray *
search (const Library  *library,
        const char     *name,
        GCancellable   *cancellable,
        GError        **error)
{
  g_autoptr(GHashTable) attributes = make_attributes (name);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GError) local_error = NULL;
  GList *items = library->search (&schema, attributes, SECRET_SEARCH_ALL, cancellable,
                                  &local_error);

  for (GList *item = items; item; item = item->next)
    {
      g_autoptr(GHashTable) found = library->get_attributes (item->data);

      if (g_hash_table_lookup (found, "name"))
        g_ptr_array_add (names, g_strdup (g_hash_table_lookup (found, "name")));
    }
  g_list_free_full (items, g_object_unref);
  if (!local_error)
    return g_steal_pointer (&names);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/* Adds the value of one that is there to @values; asks somebody to unlock the keyring if need be. */
static gboolean
look_up (const Library  *library,
         const char     *name,
         GHashTable     *values,
         GCancellable   *cancellable,
         GError        **error)
{
  g_autoptr(GPtrArray) found = search (library, name, cancellable, error);
  g_autoptr(GHashTable) attributes = make_attributes (name);
  g_autoptr(GError) local_error = NULL;
  char *value;

  if (!found || found->len == 0)
    return found != NULL;
  value = library->lookup (&schema, attributes, cancellable, &local_error);
  if (value)
    g_hash_table_insert (values, g_strdup (name), g_strdup (value));
  library->free (value);
  if (value)
    return TRUE;
  if (local_error)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    g_set_error (error, RUNNEL_KEYRING_ERROR, RUNNEL_KEYRING_ERROR_LOCKED,
                 "the keyring has “%s”, but it is locked", name);
  return FALSE;
}

static void
lookup_thread (GTask        *task,
               gpointer      source,
               gpointer      task_data,
               GCancellable *cancellable)
{
  Request *request = task_data;
  g_autoptr(GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GError *error = NULL;
  const Library *library = get_library (&error);

  for (char **name = request->names; library && *name && !error; name++)
    look_up (library, *name, values, request->cancellable, &error);
  if (error)
    give_up (task, request, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&values), (GDestroyNotify) g_hash_table_unref);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
list_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Request *request = task_data;
  GError *error = NULL;
  const Library *library = get_library (&error);
  g_autoptr(GPtrArray) names = NULL;

  if (library)
    names = search (library, NULL, request->cancellable, &error);
  if (!names)
    {
      give_up (task, request, error);
      return;
    }
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  g_task_return_pointer (task, g_ptr_array_steal (names, NULL), (GDestroyNotify) g_strfreev);
}

static void
store_thread (GTask        *task,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  Request *request = task_data;
  g_autoptr(GHashTable) attributes = make_attributes (request->names[0]);
  g_autofree char *label = g_strdup_printf ("Runnel: %s", request->names[0]);
  GError *error = NULL;
  const Library *library = get_library (&error);

  if (library && library->store (&schema, attributes, SECRET_COLLECTION_DEFAULT, label,
                                 request->value, request->cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else if (error)
    give_up (task, request, error);
  else
    g_task_return_new_error (task, RUNNEL_KEYRING_ERROR, RUNNEL_KEYRING_ERROR_LOCKED,
                             "the keyring is locked");
}

static void
delete_thread (GTask        *task,
               gpointer      source,
               gpointer      task_data,
               GCancellable *cancellable)
{
  Request *request = task_data;
  g_autoptr(GHashTable) attributes = make_attributes (request->names[0]);
  GError *error = NULL;
  const Library *library = get_library (&error);

  if (library && library->clear (&schema, attributes, request->cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else if (error)
    give_up (task, request, error);
  else
    g_task_return_new_error (task, RUNNEL_KEYRING_ERROR, RUNNEL_KEYRING_ERROR_NOT_FOUND,
                             "the keyring has no secret “%s”", request->names[0]);
}

#else

static void
no_keyring_thread (GTask        *task,
                   gpointer      source,
                   gpointer      task_data,
                   GCancellable *cancellable)
{
  give_up (task, task_data,
           g_error_new (RUNNEL_KEYRING_ERROR, RUNNEL_KEYRING_ERROR_UNAVAILABLE,
                        "the keyring can't be used: Runnel was built without libsecret"));
}

#define lookup_thread no_keyring_thread
#define list_thread no_keyring_thread
#define store_thread no_keyring_thread
#define delete_thread no_keyring_thread

#endif

/**
 * runnel_keyring_lookup_async:
 * @names: names of secrets, NULL-terminated
 *
 * Reads secrets. If the keyring is locked, the desktop asks for its password; without an answer
 * that fails after a minute, or after ten seconds where there is no screen.
 */
void
runnel_keyring_lookup_async (const char *const   *names,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  start (request_new (names, NULL, cancellable), runnel_keyring_lookup_async, lookup_thread,
         callback, user_data);
}

/**
 * runnel_keyring_lookup_finish:
 *
 * Returns: (transfer full) (nullable): values by name, of those that there are; errors are of
 *   #RUNNEL_KEYRING_ERROR or %G_IO_ERROR_CANCELLED
 */
GHashTable *
runnel_keyring_lookup_finish (GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, runnel_keyring_lookup_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * runnel_keyring_list_async:
 *
 * Lists the names of all secrets that were stored with runnel_keyring_store_async().
 */
void
runnel_keyring_list_async (GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  start (request_new (NULL, NULL, cancellable), runnel_keyring_list_async, list_thread, callback,
         user_data);
}

/**
 * runnel_keyring_list_finish:
 *
 * Returns: (transfer full) (nullable): names in order, NULL-terminated; errors as of
 *   runnel_keyring_lookup_finish()
 */
char **
runnel_keyring_list_finish (GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, runnel_keyring_list_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * runnel_keyring_store_async:
 * @name: a name
 * @value: its value, in place of an earlier one
 */
void
runnel_keyring_store_async (const char          *name,
                            const char          *value,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  const char *const names[] = { name, NULL };

  start (request_new (names, value, cancellable), runnel_keyring_store_async, store_thread,
         callback, user_data);
}

/**
 * runnel_keyring_store_finish:
 *
 * Returns: whether it was stored; errors as of runnel_keyring_lookup_finish()
 */
gboolean
runnel_keyring_store_finish (GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, runnel_keyring_store_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * runnel_keyring_delete_async:
 * @name: a name
 */
void
runnel_keyring_delete_async (const char          *name,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  const char *const names[] = { name, NULL };

  start (request_new (names, NULL, cancellable), runnel_keyring_delete_async, delete_thread,
         callback, user_data);
}

/**
 * runnel_keyring_delete_finish:
 *
 * Returns: whether it was there and no longer is; errors as of runnel_keyring_lookup_finish(), and
 *   %RUNNEL_KEYRING_ERROR_NOT_FOUND
 */
gboolean
runnel_keyring_delete_finish (GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, runnel_keyring_delete_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
