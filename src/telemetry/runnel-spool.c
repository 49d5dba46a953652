/* runnel-spool.c: parcels that wait in files until a receiver can be reached
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "engine/limits/runnel-folder-lock.h"
#include "telemetry/runnel-spool.h"
#include "util/runnel-replace-file.h"

#define SUFFIX ".parcel"

struct _RunnelSpool
{
  char *folder;
  int lock; /* -1 = not held */
};

/* What the name of a file tells: "0006123...-4711-0-12.parcel" */
typedef struct
{
  char *name;
  gint64 time;
  guint n_facts;
  guint64 size;
} Entry;

static void
entry_free (gpointer data)
{
  Entry *self = data;

  g_free (self->name);
  g_free (self);
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  return strcmp ((*(const Entry *const *) a)->name, (*(const Entry *const *) b)->name);
}

/* Names sort by time; no two processes make the same one. */
static char *
make_name (RunnelParcel *parcel)
{
  static gint counter;

  return g_strdup_printf ("%016" G_GINT64_MODIFIER "x-%d-%d-%u" SUFFIX, g_get_real_time (),
                          (int) getpid (), g_atomic_int_add (&counter, 1), parcel->n_facts);
}

static Entry *
read_entry (RunnelSpool *self,
            const char  *name)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  guint64 time;
  guint n_facts;
  int pid, number;
  GStatBuf info;
  Entry *entry;

  if (!g_str_has_suffix (name, SUFFIX) ||
      sscanf (name, "%" G_GINT64_MODIFIER "x-%d-%d-%u", &time, &pid, &number, &n_facts) != 4 ||
      g_stat (path, &info) != 0)
    return NULL;
  entry = g_new0 (Entry, 1);
  entry->name = g_strdup (name);
  entry->time = time;
  entry->n_facts = n_facts;
  entry->size = info.st_size;
  return entry;
}

/* The oldest first. */
static GPtrArray *
list_entries (RunnelSpool *self)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func (entry_free);
  g_autoptr(GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      Entry *entry = read_entry (self, name);

      if (entry)
        g_ptr_array_add (entries, entry);
    }
  g_ptr_array_sort (entries, compare_entries);
  return entries;
}

/**
 * runnel_spool_new:
 * @folder: is made, for this user only, when something is put there
 */
RunnelSpool *
runnel_spool_new (const char *folder)
{
  RunnelSpool *self = g_new0 (RunnelSpool, 1);

  self->folder = g_strdup (folder);
  self->lock = -1;
  return self;
}

void
runnel_spool_free (RunnelSpool *self)
{
  runnel_spool_unlock (self);
  g_free (self->folder);
  g_free (self);
}

/**
 * runnel_spool_add:
 * @error: return location for a #GFileError
 *
 * Returns: whether the parcel is in a file of its own, whole
 */
gboolean
runnel_spool_add (RunnelSpool   *self,
                  RunnelParcel  *parcel,
                  GError       **error)
{
  g_autofree char *name = make_name (parcel);
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr(GBytes) bytes = runnel_parcel_to_bytes (parcel);

  if (g_mkdir_with_parents (self->folder, 0700) == 0)
    return runnel_replace_file (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), 0600,
                                error);
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno),
               "Can't make the folder “%s”: %s", self->folder, g_strerror (errno));
  return FALSE;
}

/**
 * runnel_spool_trim:
 *
 * Removes what is too old, and the oldest of what is too much.
 *
 * Returns: how many facts are lost by that
 */
guint
runnel_spool_trim (RunnelSpool *self)
{
  g_autoptr(GPtrArray) entries = list_entries (self);
  gint64 now = g_get_real_time ();
  guint64 size = 0;
  guint n_lost = 0;

  for (guint i = 0; i < entries->len; i++)
    size += ((Entry *) entries->pdata[i])->size;
  for (guint i = 0; i < entries->len; i++)
    {
      const Entry *entry = entries->pdata[i];

      if (entries->len - i <= RUNNEL_SPOOL_MAX_PARCELS && size <= RUNNEL_SPOOL_MAX_SIZE &&
          now - entry->time <= RUNNEL_SPOOL_MAX_AGE)
        break;
      runnel_spool_remove (self, entry->name);
      size -= entry->size;
      n_lost += entry->n_facts;
    }
  return n_lost;
}

/**
 * runnel_spool_list:
 *
 * Returns: (transfer full): the names of all parcels, the oldest first
 */
char **
runnel_spool_list (RunnelSpool *self)
{
  g_autoptr(GPtrArray) entries = list_entries (self);
  char **names = g_new0 (char *, entries->len + 1);

  for (guint i = 0; i < entries->len; i++)
    names[i] = g_strdup (((Entry *) entries->pdata[i])->name);
  return names;
}

/**
 * runnel_spool_read:
 * @name: one of runnel_spool_list()
 * @error: %G_FILE_ERROR when it can't be read, perhaps because another process was quicker;
 *   %G_IO_ERROR_INVALID_DATA when it is damaged
 *
 * Returns: (transfer full) (nullable): the parcel, which stays where it is
 */
RunnelParcel *
runnel_spool_read (RunnelSpool  *self,
                   const char   *name,
                   GError      **error)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr(GBytes) bytes = NULL;
  char *data;
  gsize size;

  if (!g_file_get_contents (path, &data, &size, error))
    return NULL;
  bytes = g_bytes_new_take (data, size);
  return runnel_parcel_from_bytes (bytes, error);
}

void
runnel_spool_remove (RunnelSpool *self,
                     const char  *name)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);

  g_unlink (path);
}

void
runnel_spool_measure (RunnelSpool        *self,
                      RunnelSpoolContent *ret_content)
{
  g_autoptr(GPtrArray) entries = list_entries (self);

  *ret_content = (RunnelSpoolContent) { .n_parcels = entries->len };
  for (guint i = 0; i < entries->len; i++)
    {
      const Entry *entry = entries->pdata[i];

      ret_content->n_facts += entry->n_facts;
      ret_content->size += entry->size;
      if (i == 0)
        ret_content->oldest = entry->time;
    }
}

/**
 * runnel_spool_lock:
 *
 * Returns: whether this process may empty it, and no other does
 */
gboolean
runnel_spool_lock (RunnelSpool *self)
{
  g_autofree char *folder = g_build_filename (self->folder, "emptying", NULL);

  if (self->lock < 0 && g_file_test (self->folder, G_FILE_TEST_IS_DIR))
    self->lock = runnel_folder_lock (folder, 0, NULL);
  return self->lock >= 0;
}

void
runnel_spool_unlock (RunnelSpool *self)
{
  if (self->lock >= 0)
    runnel_folder_unlock (self->lock);
  self->lock = -1;
}
