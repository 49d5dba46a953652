/* runnel-digests.c: the digests of files, remembered while the files stay as they are
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A file is the same while its device, inode, size and times are. The time of its last change
 * (ctime) can't be set by programs, so that a file with its old mtime put back is not missed. As
 * in git, a file that was changed just now is read again the next time: a second change within
 * the same tick of the file system's clock would leave no trace.
 */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "engine/files/runnel-digests.h"
#include "engine/files/runnel-sealed-file.h"
#include "util/runnel-digest.h"

#define SETTLE_TIME (2 * G_TIME_SPAN_SECOND)
#define MAX_KEPT 100000 /* of files this process did not ask for */
#define DIGEST_LENGTH (2 * RUNNEL_DIGEST_SIZE)

typedef struct
{
  guint64 device;
  guint64 inode;
  gint64 size;
  gint64 modified; /* nanoseconds since 1970 */
  gint64 changed;
} Identity;

typedef struct
{
  Identity identity; /* first: it is the key, too */
  char digest[DIGEST_LENGTH + 1];
  gboolean used; /* by this process */
} Known;

struct _RunnelDigests
{
  GMutex mutex;      /* steps are looked up in several threads */
  char *path;        /* or NULL */
  GHashTable *known; /* of Known by themselves */
  gboolean loaded;
  gboolean changed;
  guint n_read;
};

static gint64
to_nanoseconds (const struct timespec *time)
{
  return time->tv_sec * G_GINT64_CONSTANT (1000000000) + time->tv_nsec;
}

static gboolean
identify (int fd, Identity *ret, GError **error)
{
  struct stat status;

  if (fstat (fd, &status) != 0)
    {
      g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
      return FALSE;
    }
  memset (ret, 0, sizeof *ret);
  ret->device = status.st_dev;
  ret->inode = status.st_ino;
  ret->size = status.st_size;
  ret->modified = to_nanoseconds (&status.st_mtim);
  ret->changed = to_nanoseconds (&status.st_ctim);
  return TRUE;
}

static guint
identity_hash (gconstpointer data)
{
  const Identity *self = data;

  return (guint) (self->inode * 31 + self->device) ^ (guint) (self->changed >> 10);
}

static gboolean
identity_equal (gconstpointer left, gconstpointer right)
{
  return memcmp (left, right, sizeof (Identity)) == 0;
}

static gboolean
has_settled (const Identity *identity)
{
  return g_get_real_time () - identity->changed / 1000 > SETTLE_TIME;
}

static void
remember (RunnelDigests *self, const Identity *identity, const char *digest, gboolean used)
{
  Known *known = g_new0 (Known, 1);

  known->identity = *identity;
  known->used = used;
  g_strlcpy (known->digest, digest, sizeof known->digest);
  g_hash_table_add (self->known, known);
}

static void
load (RunnelDigests *self)
{
  g_autofree char *text = runnel_sealed_file_read (self->path, NULL);
  char *rest = text;

  while (rest != NULL && *rest != '\0')
    {
      char *line = strsep (&rest, "\n");
      char digest[DIGEST_LENGTH + 1];
      Identity identity = { 0, };

      if (sscanf (line,
                  "%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GINT64_FORMAT
                  " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %64s",
                  &identity.device, &identity.inode, &identity.size, &identity.modified,
                  &identity.changed, digest) == 6)
        remember (self, &identity, digest, FALSE);
    }
}

/* The file is read when the first digest is asked for, by whoever has the time to wait for it. */
static char *
recall (RunnelDigests *self, const Identity *identity)
{
  Known *known;

  if (!self->loaded && self->path != NULL)
    load (self);
  self->loaded = TRUE;
  known = g_hash_table_lookup (self->known, identity);
  if (known == NULL)
    return NULL;
  known->used = TRUE;
  return g_strdup (known->digest);
}

static void
append_known (GString *text, const Known *known)
{
  g_string_append_printf (text,
                          "%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GINT64_FORMAT
                          " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s\n",
                          known->identity.device, known->identity.inode, known->identity.size,
                          known->identity.modified, known->identity.changed, known->digest);
}

/**
 * runnel_digests_new:
 * @path: (type filename) (nullable): the file from one process to the next; a missing or damaged
 *   one means that nothing is known yet
 *
 * Returns: (transfer full): digests, to be used from any thread
 */
RunnelDigests *
runnel_digests_new (const char *path)
{
  RunnelDigests *self = g_new0 (RunnelDigests, 1);

  g_mutex_init (&self->mutex);
  self->path = g_strdup (path);
  self->known = g_hash_table_new_full (identity_hash, identity_equal, g_free, NULL);
  return self;
}

void
runnel_digests_free (RunnelDigests *self)
{
  g_hash_table_unref (self->known);
  g_mutex_clear (&self->mutex);
  g_free (self->path);
  g_free (self);
}

/**
 * runnel_digests_get:
 * @self: digests
 * @fd: a regular file, open for reading at its beginning
 * @cancellable: (nullable): stops it
 * @error: return location for a #GIOErrorEnum
 *
 * Reads the file unless it is known. It blocks as long as that takes.
 *
 * Returns: (transfer full): the SHA-256 of its content in hexadecimal, or %NULL with @error set
 */
char *
runnel_digests_get (RunnelDigests *self, int fd, GCancellable *cancellable, GError **error)
{
  g_autoptr(GChecksum) checksum = NULL;
  Identity before;
  Identity after;
  char *digest;

  if (!identify (fd, &before, error))
    return NULL;
  g_mutex_lock (&self->mutex);
  digest = recall (self, &before);
  g_mutex_unlock (&self->mutex);
  if (digest != NULL)
    return digest;

  checksum = runnel_digest_fd (fd, cancellable, error);
  if (checksum == NULL || !identify (fd, &after, error))
    return NULL;
  g_mutex_lock (&self->mutex);
  self->n_read++;
  if (identity_equal (&before, &after) && has_settled (&after))
    {
      remember (self, &after, g_checksum_get_string (checksum), TRUE);
      self->changed = TRUE;
    }
  g_mutex_unlock (&self->mutex);
  return g_strdup (g_checksum_get_string (checksum));
}

/**
 * runnel_digests_save:
 * @self: digests with a file
 * @error: return location for a #GFileError
 *
 * Writes down what was learnt. Of several processes the last one wins; what is lost is read
 * again. When there are too many, only the files that this process asked for are kept.
 *
 * Returns: whether the file says what is known
 */
gboolean
runnel_digests_save (RunnelDigests *self, GError **error)
{
  g_autoptr(GString) text = NULL;
  GHashTableIter iter;
  gpointer item;
  gboolean all;

  if (!self->changed || self->path == NULL)
    return TRUE;
  all = g_hash_table_size (self->known) <= MAX_KEPT;
  text = g_string_new (NULL);
  g_hash_table_iter_init (&iter, self->known);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    {
      const Known *known = item;

      if (all || known->used)
        append_known (text, known);
    }
  self->changed = FALSE;
  return runnel_sealed_file_write (self->path, text->str, error);
}

/**
 * runnel_digests_get_n_read:
 *
 * Returns: how many files were read because they were not known
 */
guint
runnel_digests_get_n_read (RunnelDigests *self)
{
  return self->n_read;
}
