/* runnel-hash-files.c: one hash over the files that patterns name
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * As hashFiles() of GitHub Actions: the SHA-256 of the SHA-256 of each file. There the files come
 * in the order in which the folders list them; here they are sorted, so that two machines agree.
 */
#include "config.h"

#include <unistd.h>

#include "expr/runnel-expr.h"
#include "expr/runnel-hash-files.h"
#include "util/runnel-digest.h"
#include "util/runnel-glob.h"

static gboolean
propagate (GError **error,
           GError  *problem)
{
  gboolean outside = g_error_matches (problem, RUNNEL_GLOB_ERROR, RUNNEL_GLOB_ERROR_OUTSIDE);

  g_set_error (error, RUNNEL_EXPR_ERROR,
               outside ? RUNNEL_EXPR_ERROR_ARGUMENTS : RUNNEL_EXPR_ERROR_VALUE,
               "hashFiles(): %s", problem->message);
  g_error_free (problem);

  return FALSE;
}

/* Each argument may hold several patterns, one a line; # begins a comment. */
static gboolean
add_patterns (RunnelGlob  *glob,
              const char  *argument,
              GError     **error)
{
  g_auto(GStrv) lines = g_strsplit (argument, "\n", -1);
  GError *problem = NULL;

  for (gsize i = 0; lines[i]; i++)
    {
      g_strstrip (lines[i]);
      if (*lines[i] && *lines[i] != '#' && !runnel_glob_add (glob, lines[i], &problem))
        return propagate (error, problem);
    }

  return TRUE;
}

static gboolean
add_file (GChecksum   *total,
          const char  *base_dir,
          const char  *path,
          GError     **error)
{
  g_autoptr(GChecksum) checksum = NULL;
  guint8 digest[RUNNEL_DIGEST_SIZE];
  gsize length = sizeof digest;
  GError *problem = NULL;
  int fd = runnel_glob_open (base_dir, path, &problem);

  if (fd < 0)
    return propagate (error, problem);
  checksum = runnel_digest_fd (fd, NULL, &problem);
  close (fd);
  if (!checksum)
    {
      g_prefix_error (&problem, "can't read “%s/%s”: ", base_dir, path);
      return propagate (error, problem);
    }

  g_checksum_get_digest (checksum, digest, &length);
  g_checksum_update (total, digest, length);

  return TRUE;
}

static char *
hash_found (const char  *base_dir,
            GPtrArray   *files,
            GError     **error)
{
  g_autoptr(GChecksum) total = g_checksum_new (G_CHECKSUM_SHA256);

  if (files->len == 0)
    return g_strdup ("");

  for (guint i = 0; i < files->len; i++)
    if (!add_file (total, base_dir, g_ptr_array_index (files, i), error))
      return NULL;

  return g_strdup (g_checksum_get_string (total));
}

/**
 * runnel_hash_files:
 * @base_dir: the folder to look in
 * @patterns: (array zero-terminated=1): paths relative to @base_dir with `*`, `?`, `[...]` and
 *   `**` for any number of folders; a folder means all files below it; `!` at the start takes
 *   files out again
 * @error: return location for a %RUNNEL_EXPR_ERROR_ARGUMENTS (a pattern that leads out of
 *   @base_dir) or a %RUNNEL_EXPR_ERROR_VALUE (something can't be read)
 *
 * Hashes the contents of files. It blocks as long as reading takes.
 *
 * Returns: (transfer full): the hash in hexadecimal, "" when there are no such files, or %NULL
 *   with @error set
 */
char *
runnel_hash_files (const char         *base_dir,
                   const char *const  *patterns,
                   GError            **error)
{
  g_autoptr(RunnelGlob) glob = NULL;
  g_autoptr(GPtrArray) files = NULL;
  GError *problem = NULL;

  g_return_val_if_fail (base_dir != NULL, NULL);
  g_return_val_if_fail (patterns != NULL, NULL);

  glob = runnel_glob_new (base_dir);
  for (; *patterns; patterns++)
    if (!add_patterns (glob, *patterns, error))
      return NULL;

  files = runnel_glob_find (glob, NULL, &problem);
  if (!files)
    propagate (error, problem);

  return files ? hash_found (base_dir, files, error) : NULL;
}
