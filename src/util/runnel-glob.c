/* runnel-glob.c: the files below a folder that patterns name
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Segments are matched as by fnmatch(3), so that * and ? do not cross a slash and match hidden
 * files, too; ** stands for any number of folders, as in git and GitHub Actions.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "util/runnel-glob.h"

G_DEFINE_QUARK (runnel-glob-error-quark, runnel_glob_error)

typedef struct
{
  char *text;
  char **segments;
  gboolean excludes;
  gboolean matched; /* some file, whatever later patterns said of it */
} Pattern;

struct _RunnelGlob
{
  char *base_dir;
  char *real_base;     /* without symbolic links, to see whether a link leads out of it */
  GPtrArray *patterns; /* of Pattern */
  GQueue folders;      /* still to be listed, relative to base_dir */
  GPtrArray *files;    /* found, relative to base_dir */
};

static void
pattern_free (Pattern *self)
{
  g_free (self->text);
  g_strfreev (self->segments);
  g_free (self);
}

static void
set_errno_error (GError     **error,
                 const char  *path)
{
  int saved_errno = errno;

  g_set_error (error, RUNNEL_GLOB_ERROR, RUNNEL_GLOB_ERROR_READ, "can't read “%s”: %s", path,
               g_strerror (saved_errno));
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
is_wanted (RunnelGlob *self,
           const char *path)
{
  g_auto(GStrv) segments = split_path (path);
  gboolean wanted = FALSE;

  for (guint i = 0; i < self->patterns->len; i++)
    {
      Pattern *pattern = g_ptr_array_index (self->patterns, i);

      if (wanted != pattern->excludes && pattern->matched)
        continue;
      if (!pattern_match (pattern->segments, segments, FALSE))
        continue;
      pattern->matched = TRUE;
      wanted = !pattern->excludes;
    }

  return wanted;
}

static gboolean
may_hold_wanted (RunnelGlob *self,
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

/* What lies at the end of a path when that is below the folder, else NULL; free with free(). */
static char *
resolve_inside (const char *real_base,
                const char *full_path)
{
  gsize length = g_str_equal (real_base, "/") ? 0 : strlen (real_base);
  char *real = realpath (full_path, NULL);

  if (real && strncmp (real, real_base, length) == 0 && real[length] == '/')
    return real;
  if (real)
    errno = EXDEV;
  free (real);

  return NULL;
}

/* A symbolic link counts as the file it leads to, if that lies below the folder too. Links to
 * folders are never followed, so there are no circles. */
static gboolean
is_link_inside (RunnelGlob *self,
                const char *full_path)
{
  char *real = resolve_inside (self->real_base, full_path);
  struct stat status;
  gboolean inside = real && stat (real, &status) == 0 && S_ISREG (status.st_mode);

  free (real);

  return inside;
}

static void
visit_entry (RunnelGlob *self,
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
  else if ((S_ISREG (status.st_mode) ||
            (S_ISLNK (status.st_mode) && is_link_inside (self, full_path))) &&
           is_wanted (self, path))
    g_ptr_array_add (self->files, g_strdup (path));
}

static gboolean
list_folder (RunnelGlob  *self,
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

static int
compare_paths (gconstpointer left,
               gconstpointer right)
{
  return strcmp (*(const char *const *) left, *(const char *const *) right);
}

/**
 * runnel_glob_new:
 * @base_dir: (type filename): the folder to look in
 *
 * Returns: (transfer full): a search that names no file yet
 */
RunnelGlob *
runnel_glob_new (const char *base_dir)
{
  RunnelGlob *self = g_new0 (RunnelGlob, 1);

  self->base_dir = g_strdup (base_dir);
  self->patterns = g_ptr_array_new_with_free_func ((GDestroyNotify) pattern_free);

  return self;
}

void
runnel_glob_free (RunnelGlob *self)
{
  g_clear_pointer (&self->real_base, free);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_ptr_array_unref (self->patterns);
  g_queue_clear_full (&self->folders, g_free);
  g_free (self->base_dir);
  g_free (self);
}

/**
 * runnel_glob_add:
 * @self: a search
 * @pattern: a path relative to the folder, with `*`, `?`, `[...]` and `**` for any number of
 *   folders; a folder means all files below it; `!` at the start takes files out again
 * @error: return location for a %RUNNEL_GLOB_ERROR_OUTSIDE
 *
 * A later pattern wins over earlier ones. An absolute path is welcome if it stays below the
 * folder.
 *
 * Returns: whether the pattern names nothing outside of the folder
 */
gboolean
runnel_glob_add (RunnelGlob  *self,
                 const char  *pattern,
                 GError     **error)
{
  gboolean excludes = *pattern == '!';
  const char *path = pattern + excludes;
  Pattern *added;

  if (g_str_has_prefix (path, self->base_dir) && path[strlen (self->base_dir)] == '/')
    path += strlen (self->base_dir) + 1;

  added = g_new0 (Pattern, 1);
  added->text = g_strdup (pattern);
  added->segments = split_path (path);
  added->excludes = excludes;
  g_ptr_array_add (self->patterns, added);

  if (*path == '/' || g_strv_contains ((const char *const *) added->segments, ".."))
    {
      g_set_error (error, RUNNEL_GLOB_ERROR, RUNNEL_GLOB_ERROR_OUTSIDE,
                   "“%s” leads out of the folder %s", pattern, self->base_dir);
      return FALSE;
    }

  return TRUE;
}

/**
 * runnel_glob_find:
 * @self: a search, to be used once
 * @cancellable: (nullable): stops it
 * @error: return location for a %RUNNEL_GLOB_ERROR_READ or %G_IO_ERROR_CANCELLED
 *
 * Walks through the folders in which there may be such files. It blocks as long as that takes.
 *
 * Returns: (transfer full) (element-type filename): regular files, and links to such, relative to
 *   the folder and in the order of their bytes, whatever the order of the file system is
 */
GPtrArray *
runnel_glob_find (RunnelGlob    *self,
                  GCancellable  *cancellable,
                  GError       **error)
{
  self->real_base = realpath (self->base_dir, NULL);
  if (!self->real_base)
    {
      set_errno_error (error, self->base_dir);
      return NULL;
    }

  self->files = g_ptr_array_new_with_free_func (g_free);
  g_queue_push_tail (&self->folders, g_strdup (""));
  while (!g_queue_is_empty (&self->folders))
    {
      g_autofree char *folder = g_queue_pop_head (&self->folders);

      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !list_folder (self, folder, error))
        return NULL;
    }
  g_ptr_array_sort (self->files, compare_paths);

  return g_steal_pointer (&self->files);
}

/**
 * runnel_glob_get_unmatched:
 * @self: a search that is over
 *
 * Returns: (nullable): the first pattern that named no file, and was to take files in
 */
const char *
runnel_glob_get_unmatched (RunnelGlob *self)
{
  for (guint i = 0; i < self->patterns->len; i++)
    {
      Pattern *pattern = g_ptr_array_index (self->patterns, i);

      if (!pattern->matched && !pattern->excludes)
        return pattern->text;
    }

  return NULL;
}

/**
 * runnel_glob_open:
 * @base_dir: (type filename): a folder
 * @path: (type filename): of a file, relative to it
 * @error: return location for a #RunnelGlobError
 *
 * Opens a file for reading as runnel_glob_find() found it: a link is followed only to a regular
 * file below the folder, and nothing that became a pipe meanwhile makes it wait.
 *
 * Returns: a descriptor, or -1 with @error set
 */
int
runnel_glob_open (const char  *base_dir,
                  const char  *path,
                  GError     **error)
{
  g_autofree char *full_path = g_build_filename (base_dir, path, NULL);
  char *real_base = realpath (base_dir, NULL);
  char *real = real_base ? resolve_inside (real_base, full_path) : NULL;
  int flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;
  int fd = real ? open (real, flags) : -1;

  if (fd < 0 && errno == EXDEV)
    g_set_error (error, RUNNEL_GLOB_ERROR, RUNNEL_GLOB_ERROR_OUTSIDE,
                 "“%s” leads out of the folder %s", path, base_dir);
  else if (fd < 0)
    set_errno_error (error, full_path);
  free (real);
  free (real_base);

  return fd;
}
