/* runnel-cache-collect.c: what is in the cache, and what has to go
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/files/runnel-cache-private.h"
#include "engine/files/runnel-sealed-file.h"
#include "util/runnel-remove-tree.h"

#define FORGET_AFTER (90 * G_TIME_SPAN_DAY) /* what the last result of an unused step depended on */

/* A content, while it is found out which are needed. */
typedef struct
{
  char *path;
  guint64 size;
  guint n_users; /* results that name it */
} Blob;

typedef struct
{
  RunnelCache *cache;
  GHashTable *blobs; /* of Blob by SHA-256 */
  GPtrArray *items;  /* of RunnelCacheItem, the one used last first */
  guint64 size;      /* of all contents */
} Survey;

static void
blob_free (Blob *self)
{
  g_free (self->path);
  g_free (self);
}

static void
item_free (RunnelCacheItem *self)
{
  runnel_cache_entry_free (self->entry);
  g_free (self->key);
  g_free (self);
}

static void
survey_init (Survey *self, RunnelCache *cache)
{
  self->cache = cache;
  self->blobs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify) blob_free);
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) item_free);
  self->size = 0;
}

static void
survey_clear (Survey *self)
{
  g_clear_pointer (&self->blobs, g_hash_table_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Survey, survey_clear)

/* Contents. */

/* What lies about in a folder of contents and is none: the rest of a process that died. */
static void
add_blob (Survey *self, const char *folder, const char *start, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  struct stat status;
  Blob *blob;

  if (lstat (path, &status) != 0)
    return;
  blob = g_new0 (Blob, 1);
  blob->path = g_steal_pointer (&path);
  blob->size = status.st_size;
  self->size += blob->size;
  g_hash_table_insert (self->blobs, g_strconcat (start, name, NULL), blob);
}

static void
find_blobs_in (Survey *self, const char *folder, const char *start)
{
  GDir *dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    add_blob (self, folder, start, name);
  g_clear_pointer (&dir, g_dir_close);
}

static void
find_blobs (Survey *self)
{
  g_autofree char *blobs = g_build_filename (self->cache->folder, "blobs", NULL);
  GDir *dir = g_dir_open (blobs, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *folder = g_build_filename (blobs, name, NULL);

      if (g_file_test (folder, G_FILE_TEST_IS_DIR))
        find_blobs_in (self, folder, name);
      else
        add_blob (self, blobs, "", name);
    }
  g_clear_pointer (&dir, g_dir_close);
}

/* Results. */

static void
count_users (Survey *self, GPtrArray *files, int change)
{
  for (guint i = 0; i < files->len; i++)
    {
      const RunnelArtifact *file = g_ptr_array_index (files, i);
      Blob *blob = g_hash_table_lookup (self->blobs, file->sha256);

      if (blob != NULL)
        blob->n_users += change;
    }
}

static RunnelCacheEntry *
read_entry (const char *path)
{
  g_autofree char *text = runnel_sealed_file_read (path, NULL);

  return text != NULL ? runnel_cache_entry_from_text (text, NULL) : NULL;
}

/* Returns FALSE for a file that is no whole result. */
static gboolean
add_item (Survey *self, const char *path, const char *key)
{
  RunnelCacheEntry *entry = read_entry (path);
  RunnelCacheItem *item;
  struct stat status;

  if (entry == NULL || stat (path, &status) != 0)
    {
      g_clear_pointer (&entry, runnel_cache_entry_free);
      return FALSE;
    }
  item = g_new0 (RunnelCacheItem, 1);
  item->key = g_strdup (key);
  item->entry = entry;
  item->used = status.st_mtim.tv_sec * G_USEC_PER_SEC + status.st_mtim.tv_nsec / 1000;
  g_ptr_array_add (self->items, item);
  count_users (self, entry->outputs, 1);
  count_users (self, entry->artifacts, 1);
  return TRUE;
}

static int
compare_use (gconstpointer left, gconstpointer right)
{
  const RunnelCacheItem *a = *(RunnelCacheItem *const *) left;
  const RunnelCacheItem *b = *(RunnelCacheItem *const *) right;

  if (a->used != b->used)
    return a->used < b->used ? 1 : -1;
  return strcmp (a->key, b->key);
}

static void
find_items (Survey *self, gboolean remove_others)
{
  g_autofree char *folder = g_build_filename (self->cache->folder, "entries", NULL);
  GDir *dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (!add_item (self, path, name) && remove_others)
        unlink (path);
    }
  g_clear_pointer (&dir, g_dir_close);
  g_ptr_array_sort (self->items, compare_use);
}

/* Taking away. */

static void
remove_unused_blobs (Survey *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->blobs);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Blob *blob = value;

      if (blob->n_users > 0 || unlink (blob->path) != 0)
        continue;
      self->size -= blob->size;
      g_hash_table_iter_remove (&iter);
    }
}

static guint64
get_unused_size (Survey *self, GPtrArray *files)
{
  guint64 size = 0;

  for (guint i = 0; i < files->len; i++)
    {
      const RunnelArtifact *file = g_ptr_array_index (files, i);
      const Blob *blob = g_hash_table_lookup (self->blobs, file->sha256);

      if (blob != NULL && blob->n_users == 0)
        size += blob->size;
    }
  return size;
}

/* Returns how many bytes nobody needs any more; a content named twice by one result counts twice,
 * so that too little is taken away rather than too much. */
static guint64
evict (Survey *self, RunnelCacheItem *item)
{
  g_autofree char *path = _runnel_cache_get_entry_path (self->cache, item->key);

  unlink (path);
  count_users (self, item->entry->outputs, -1);
  count_users (self, item->entry->artifacts, -1);
  return get_unused_size (self, item->entry->outputs)
         + get_unused_size (self, item->entry->artifacts);
}

/* A tenth more than needed, so that not every new result begins this anew. */
static guint
evict_least_used (Survey *self)
{
  guint64 limit = self->cache->max_size - self->cache->max_size / 10;
  guint64 size = self->size;
  guint n_evicted = 0;

  if (size <= self->cache->max_size)
    return 0;
  while (size > limit && self->items->len > 0)
    {
      guint last = self->items->len - 1;
      guint64 freed = evict (self, g_ptr_array_index (self->items, last));

      size -= MIN (freed, size);
      g_ptr_array_remove_index (self->items, last);
      n_evicted++;
    }
  remove_unused_blobs (self);
  return n_evicted;
}

static void
forget_old_parts (RunnelCache *self)
{
  g_autofree char *folder = g_build_filename (self->folder, "parts", NULL);
  gint64 limit = (g_get_real_time () - FORGET_AFTER) / G_USEC_PER_SEC;
  GDir *dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      struct stat status;

      if (stat (path, &status) == 0 && status.st_mtime < limit)
        unlink (path);
    }
  g_clear_pointer (&dir, g_dir_close);
}

static guint64
measure (RunnelCache *self)
{
  g_auto(Survey) survey = { 0, };

  survey_init (&survey, self);
  find_blobs (&survey);
  return survey.size;
}

/*
 * _runnel_cache_note_added:
 * @self: a cache
 * @size: bytes of a content that was added
 *
 * The contents are measured once; what this process adds is counted. What others add is seen by
 * them.
 */
void
_runnel_cache_note_added (RunnelCache *self, gint64 size)
{
  g_mutex_lock (&self->mutex);
  if (self->known_size >= 0)
    self->known_size += size;
  else
    self->known_size = measure (self);
  g_mutex_unlock (&self->mutex);
}

gboolean
_runnel_cache_is_full (RunnelCache *self)
{
  gboolean full;

  g_mutex_lock (&self->mutex);
  full = self->known_size > 0 && (guint64) self->known_size > self->max_size;
  g_mutex_unlock (&self->mutex);
  return full;
}

/**
 * runnel_cache_list:
 * @self: a cache
 * @ret_size: (out) (optional): bytes of all contents; those of several results count once
 * @error: return location for a #GIOErrorEnum
 *
 * Returns: (transfer full) (element-type RunnelCacheItem): the results, the one used last first
 */
GPtrArray *
runnel_cache_list (RunnelCache *self, guint64 *ret_size, GError **error)
{
  int lock = _runnel_cache_lock (self, RUNNEL_CACHE_LOCK_SHARED, error);
  g_auto(Survey) survey = { 0, };

  if (lock < 0)
    return NULL;
  survey_init (&survey, self);
  find_blobs (&survey);
  find_items (&survey, /* remove_others= */ FALSE);
  close (lock);
  if (ret_size != NULL)
    *ret_size = survey.size;
  return g_steal_pointer (&survey.items);
}

/**
 * runnel_cache_collect:
 * @self: a cache
 * @wait: whether to wait while somebody reads or adds results; else nothing happens then
 * @ret_n_evicted: (out) (optional): how many results went
 * @ret_size: (out) (optional): bytes of what stays
 * @error: return location for a #GIOErrorEnum
 *
 * Takes away contents that no result names, and, if there is still more than there may be, the
 * results that were not used for the longest time.
 *
 * Returns: whether it was done
 */
gboolean
runnel_cache_collect (RunnelCache *self,
                      gboolean wait,
                      guint *ret_n_evicted,
                      guint64 *ret_size,
                      GError **error)
{
  int lock = _runnel_cache_lock (self, wait ? RUNNEL_CACHE_LOCK_EXCLUSIVE
                                            : RUNNEL_CACHE_LOCK_TRY_EXCLUSIVE, error);
  g_auto(Survey) survey = { 0, };
  guint n_evicted;

  if (lock < 0)
    return FALSE;
  survey_init (&survey, self);
  find_blobs (&survey);
  find_items (&survey, /* remove_others= */ TRUE);
  remove_unused_blobs (&survey);
  n_evicted = evict_least_used (&survey);
  forget_old_parts (self);
  close (lock);

  g_mutex_lock (&self->mutex);
  self->known_size = survey.size;
  g_mutex_unlock (&self->mutex);
  if (ret_n_evicted != NULL)
    *ret_n_evicted = n_evicted;
  if (ret_size != NULL)
    *ret_size = survey.size;
  return TRUE;
}

/**
 * runnel_cache_finish:
 * @self: a cache that this process will not use any more
 *
 * Writes down what was learnt, and sees to it that there is not too much, whoever added it. Of
 * several processes that end, the last one sees all. Nothing waits: an error is no reason to keep
 * anybody.
 */
void
runnel_cache_finish (RunnelCache *self)
{
  runnel_digests_save (self->digests, NULL);
  if (self->known_size >= 0 && measure (self) > self->max_size)
    runnel_cache_collect (self, /* wait= */ FALSE, NULL, NULL, NULL);
}

/**
 * runnel_cache_clear:
 * @self: a cache
 * @error: return location for a #GIOErrorEnum
 *
 * Takes away all results, as soon as nobody reads or adds one.
 *
 * Returns: whether nothing is left
 */
gboolean
runnel_cache_clear (RunnelCache *self, GError **error)
{
  static const char *const names[] = { "entries", "parts", "blobs", "digests" };
  int lock = _runnel_cache_lock (self, RUNNEL_CACHE_LOCK_EXCLUSIVE, error);
  gboolean cleared = lock >= 0;

  for (guint i = 0; cleared && i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (self->folder, names[i], NULL);

      cleared = runnel_remove_tree (path, error);
    }
  if (lock >= 0)
    close (lock);
  g_mutex_lock (&self->mutex);
  self->known_size = -1;
  g_mutex_unlock (&self->mutex);
  return cleared;
}
