/* runnel-cache-inputs.c: the files that the result of a step depends on
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <sys/stat.h>
#include <unistd.h>

#include "engine/files/runnel-cache-inputs.h"
#include "engine/files/runnel-cache-parts.h"
#include "engine/files/runnel-cache.h"
#include "util/runnel-glob.h"

static JsonObject *
copy_parts (JsonObject *parts)
{
  JsonObject *copy = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, parts);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    json_object_set_member (copy, name, json_node_copy (value));
  return copy;
}

/* A pattern that names nothing is most likely mistyped: a result that depended on nothing would
 * be used for ever. */
static GPtrArray *
find_inputs (const char *base_dir,
             const char *const *patterns,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr(RunnelGlob) glob = runnel_glob_new (base_dir);
  g_autoptr(GPtrArray) files = NULL;

  for (guint i = 0; patterns[i] != NULL; i++)
    {
      if (!runnel_glob_add (glob, patterns[i], error))
        return NULL;
    }
  files = runnel_glob_find (glob, cancellable, error);
  if (files == NULL || runnel_glob_get_unmatched (glob) == NULL)
    return g_steal_pointer (&files);
  g_set_error (error, RUNNEL_CACHE_ERROR, RUNNEL_CACHE_ERROR_UNMATCHED,
               "no file matches the input “%s”", runnel_glob_get_unmatched (glob));
  return NULL;
}

/* Names that are no text must be different texts, too. */
static char *
make_text (const char *path)
{
  return g_utf8_validate (path, -1, NULL) ? g_strdup (path) : g_strescape (path, NULL);
}

static gboolean
add_input (JsonObject *parts,
           const char *base_dir,
           const char *path,
           RunnelDigests *digests,
           GCancellable *cancellable,
           GError **error)
{
  int fd = runnel_glob_open (base_dir, path, error);
  g_autofree char *shown = make_text (path);
  g_autofree char *name = g_strconcat ("input ", shown, NULL);
  g_autofree char *digest = NULL;
  g_autofree char *text = NULL;
  struct stat status;

  if (fd < 0)
    return FALSE;
  if (fstat (fd, &status) != 0)
    status.st_mode = 0;
  digest = runnel_digests_get (digests, fd, cancellable, error);
  close (fd);
  if (digest == NULL)
    {
      g_prefix_error (error, "can't read the input “%s”: ", shown);
      return FALSE;
    }
  text = g_strconcat (digest, (status.st_mode & 0100) != 0 ? " x" : "", NULL);
  runnel_cache_parts_add (parts, name, text);
  return TRUE;
}

/**
 * runnel_cache_inputs_add:
 * @parts: what a result depends on besides files; stays as it is
 * @base_dir: (type filename): the folder that @patterns are relative to
 * @patterns: as runnel_glob_add() takes them
 * @digests: where the digests of files are remembered
 * @ret_n_inputs: (out) (optional): how many files there are
 * @cancellable: (nullable): stops it
 * @error: return location for a %RUNNEL_CACHE_ERROR_UNMATCHED, a #RunnelGlobError or a
 *   #GIOErrorEnum
 *
 * It blocks as long as searching and reading take.
 *
 * Returns: (transfer full): all that the result depends on, or %NULL with @error set
 */
JsonObject *
runnel_cache_inputs_add (JsonObject *parts,
                         const char *base_dir,
                         const char *const *patterns,
                         RunnelDigests *digests,
                         guint *ret_n_inputs,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr(GPtrArray) files = find_inputs (base_dir, patterns, cancellable, error);
  g_autoptr(JsonObject) all = files != NULL ? copy_parts (parts) : NULL;

  if (files == NULL)
    return NULL;
  for (guint i = 0; i < files->len; i++)
    {
      if (!add_input (all, base_dir, g_ptr_array_index (files, i), digests, cancellable, error))
        return NULL;
    }
  if (ret_n_inputs != NULL)
    *ret_n_inputs = files->len;
  return g_steal_pointer (&all);
}
