/* runnel-hash-files.c: one hash over the files that patterns name
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * As hashFiles() of GitHub Actions: the SHA-256 of the SHA-256 of each file. There the files come
 * in the order in which the folders list them; here they are sorted, so that two machines agree.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "expr/runnel-expr.h"
#include "expr/runnel-hash-files.h"

#define DIGEST_LENGTH 32

typedef struct
{
  char **segments;
  gboolean excludes;
} Pattern;

typedef struct
{
  const char *base_dir;
  char *real_base;     /* without symbolic links, to see whether a link leads out of it */
  GPtrArray *patterns; /* of Pattern */
  GQueue folders;      /* still to be listed, relative to base_dir */
  GPtrArray *files;    /* found, relative to base_dir */
} Search;

static void
pattern_free (Pattern *self)
{
  g_strfreev (self->segments);
  g_free (self);
}

static void
search_clear (Search *self)
{
  g_clear_pointer (&self->real_base, free);
  g_clear_pointer (&self->patterns, g_ptr_array_unref);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_queue_clear_full (&self->folders, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

static void
set_errno_error (GError     **error,
                 const char  *path)
{
  int saved_errno = errno;

  g_set_error (error, RUNNEL_EXPR_ERROR, RUNNEL_EXPR_ERROR_VALUE,
               "hashFiles(): can't read “%s”: %s", path, g_strerror (saved_errno));
}

/* The segments between slashes, without empty ones and ".". */
static char **
split_path (const char *path)
{
  g_auto(GStrv) parts = g_strsplit (path, "/", -1);
  g_autoptr(GPtrArray) segments = g_ptr_array_new ();

  for (gsize i = 0; parts[i]; i++)
    if (*parts[i] && !g_str_equal (parts[i], "."))
      g_ptr_array_add (segments, g_strdup (parts[i]));
  g_ptr_array_add (segments, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&segments), FALSE);
}

static gboolean
add_pattern (Search      *self,
             const char  *line,
             GError     **error)
{
  gboolean excludes = *line == '!';
  const char *path = line + excludes;
  Pattern *pattern;

  /* An absolute pattern is welcome if it stays below the folder. */
  if (g_str_has_prefix (path, self->base_dir) && path[strlen (self->base_dir)] == '/')
    path += strlen (self->base_dir) + 1;

  pattern = g_new0 (Pattern, 1);
  pattern->segments = split_path (path);
  pattern->excludes = excludes;
  g_ptr_array_add (self->patterns, pattern);

  if (*path == '/' || g_strv_contains ((const char *const *) pattern->segments, ".."))
    {
      g_set_error (error, RUNNEL_EXPR_ERROR, RUNNEL_EXPR_ERROR_ARGUMENTS,
                   "hashFiles(): “%s” leads out of the pipeline's folder %s", line, self->base_dir);
      return FALSE;
    }

  return TRUE;
}

/* Each argument may hold several patterns, one a line; # begins a comment. */
static gboolean
add_patterns (Search      *self,
              const char  *argument,
              GError     **error)
{
  g_auto(GStrv) lines = g_strsplit (argument, "\n", -1);

  for (gsize i = 0; lines[i]; i++)
    {
      g_strstrip (lines[i]);
      if (*lines[i] && *lines[i] != '#' && !add_pattern (self, lines[i], error))
        return FALSE;
    }

  return TRUE;
}

/* Whether a path, or a folder above it, is named by the pattern. `partial`: whether anything
 * below the path may be. A ** takes as little as it can; to try again with more it is enough
 * to go back to the last one. */
static gboolean
pattern_match (char **pattern,
               char **path,
               gboolean partial)
{
  char **after_stars = NULL;
  char **retry = NULL;

  while (*path)
    {
      if (!*pattern)
        return TRUE;
      if (g_str_equal (*pattern, "**"))
        {
          if (partial)
            return TRUE;
          after_stars = ++pattern;
          retry = path;
        }
      else if (fnmatch (*pattern, *path, 0) == 0)
        {
          pattern++;
          path++;
        }
      else if (after_stars)
        {
          pattern = after_stars;
          path = ++retry;
        }
      else
        return FALSE;
    }

  while (*pattern && g_str_equal (*pattern, "**"))
    pattern++;

  return partial || !*pattern;
}

/* Later patterns win over earlier ones. */
static gboolean
is_wanted (Search     *self,
           const char *path)
{
  g_auto(GStrv) segments = split_path (path);
  gboolean wanted = FALSE;

  for (guint i = 0; i < self->patterns->len; i++)
    {
      Pattern *pattern = g_ptr_array_index (self->patterns, i);

      if (wanted == pattern->excludes && pattern_match (pattern->segments, segments, FALSE))
        wanted = !pattern->excludes;
    }

  return wanted;
}

static gboolean
may_hold_wanted (Search     *self,
                 const char *folder)
{
  g_auto(GStrv) segments = split_path (folder);

  for (guint i = 0; i < self->patterns->len; i++)
    {
      Pattern *pattern = g_ptr_array_index (self->patterns, i);

      if (!pattern->excludes && pattern_match (pattern->segments, segments, TRUE))
        return TRUE;
    }

  return FALSE;
}

/* A symbolic link counts as the file it leads to, if that lies below the folder too. Links to
 * folders are never followed, so there are no circles. */
static gboolean
is_link_inside (Search     *self,
                const char *full_path)
{
  char *real = realpath (full_path, NULL);
  gsize length = strlen (self->real_base);
  struct stat status;
  gboolean inside;

  inside = real && strncmp (real, self->real_base, length) == 0 &&
           (real[length] == '/' || g_str_equal (self->real_base, "/")) &&
           stat (real, &status) == 0 && S_ISREG (status.st_mode);
  free (real);

  return inside;
}

static void
visit_entry (Search     *self,
             const char *path)
{
  g_autofree char *full_path = g_build_filename (self->base_dir, path, NULL);
  struct stat status;

  /* What vanishes while we look was not there. */
  if (lstat (full_path, &status) < 0)
    return;

  if (S_ISDIR (status.st_mode))
    {
      if (may_hold_wanted (self, path))
        g_queue_push_tail (&self->folders, g_strdup (path));
    }
  else if (is_wanted (self, path) &&
           (S_ISREG (status.st_mode) ||
            (S_ISLNK (status.st_mode) && is_link_inside (self, full_path))))
    g_ptr_array_add (self->files, g_strdup (path));
}

static gboolean
list_folder (Search      *self,
             const char  *folder,
             GError     **error)
{
  g_autofree char *full_path = g_build_filename (self->base_dir, folder, NULL);
  GDir *dir = g_dir_open (full_path, 0, NULL);
  const char *name;

  if (!dir)
    {
      set_errno_error (error, full_path);
      return FALSE;
    }

  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *path = *folder ? g_build_filename (folder, name, NULL) : g_strdup (name);

      visit_entry (self, path);
    }
  g_dir_close (dir);

  return TRUE;
}

static gboolean
find_files (Search  *self,
            GError **error)
{
  g_queue_push_tail (&self->folders, g_strdup (""));
  while (!g_queue_is_empty (&self->folders))
    {
      g_autofree char *folder = g_queue_pop_head (&self->folders);

      if (!list_folder (self, folder, error))
        return FALSE;
    }

  return TRUE;
}

/* Reads a file to its end. Returns FALSE with errno set. */
static gboolean
checksum_read (GChecksum *checksum,
               int        fd)
{
  guint8 buffer[65536];
  gssize n_read;

  do
    {
      n_read = read (fd, buffer, sizeof buffer);
      if (n_read > 0)
        g_checksum_update (checksum, buffer, n_read);
    }
  while (n_read > 0 || (n_read < 0 && errno == EINTR));

  return n_read == 0;
}

static gboolean
add_file (GChecksum   *total,
          const char  *path,
          GError     **error)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[DIGEST_LENGTH];
  gsize length = sizeof digest;
  int fd = open (path, O_RDONLY | O_CLOEXEC);

  if (fd < 0 || !checksum_read (checksum, fd))
    {
      set_errno_error (error, path);
      if (fd >= 0)
        close (fd);
      return FALSE;
    }
  close (fd);

  g_checksum_get_digest (checksum, digest, &length);
  g_checksum_update (total, digest, length);

  return TRUE;
}

static int
compare_paths (gconstpointer left,
               gconstpointer right)
{
  return strcmp (*(const char *const *) left, *(const char *const *) right);
}

static char *
hash_found (Search  *self,
            GError **error)
{
  g_autoptr(GChecksum) total = g_checksum_new (G_CHECKSUM_SHA256);

  if (self->files->len == 0)
    return g_strdup ("");

  g_ptr_array_sort (self->files, compare_paths);
  for (guint i = 0; i < self->files->len; i++)
    {
      g_autofree char *path = g_build_filename (self->base_dir,
                                                g_ptr_array_index (self->files, i), NULL);

      if (!add_file (total, path, error))
        return NULL;
    }

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
  g_auto(Search) self = { base_dir, NULL, NULL, G_QUEUE_INIT, NULL };

  g_return_val_if_fail (base_dir != NULL, NULL);
  g_return_val_if_fail (patterns != NULL, NULL);

  self.patterns = g_ptr_array_new_with_free_func ((GDestroyNotify) pattern_free);
  self.files = g_ptr_array_new_with_free_func (g_free);
  self.real_base = realpath (base_dir, NULL);
  if (!self.real_base)
    {
      set_errno_error (error, base_dir);
      return NULL;
    }

  for (; *patterns; patterns++)
    if (!add_patterns (&self, *patterns, error))
      return NULL;

  return find_files (&self, error) ? hash_found (&self, error) : NULL;
}
