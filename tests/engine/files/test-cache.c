/* test-cache.c: results of steps are kept, found again, and go when there are too many
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>
#include <sys/file.h>

#include "engine/files/runnel-artifacts.h"
#include "engine/files/runnel-cache.h"
#include "files-fixture.h"

#define KEY "1111111111111111111111111111111111111111111111111111111111111111"
#define OTHER_KEY "2222222222222222222222222222222222222222222222222222222222222222"
#define PLENTY (100 * 1024 * 1024)

typedef struct
{
  FilesFixture files;
  RunnelCache *cache;
  char *cache_dir;
  char *base_dir;
  char *run_dir;
  RunnelCachePlace place;
} Fixture;

static void
open_cache (Fixture *self, guint64 max_size)
{
  g_clear_pointer (&self->cache, runnel_cache_free);
  self->cache = runnel_cache_new (self->cache_dir, max_size);
}

static void
set_up (Fixture *self, gconstpointer user_data)
{
  files_set_up (&self->files, user_data);
  self->cache_dir = files_path (&self->files, "cache");
  self->base_dir = files_path (&self->files, "work");
  self->run_dir = files_path (&self->files, "run");
  self->place = (RunnelCachePlace){ self->base_dir, self->run_dir, "build" };
  g_assert_cmpint (g_mkdir (self->base_dir, 0700), ==, 0);
  open_cache (self, PLENTY);
}

static void
tear_down (Fixture *self, gconstpointer user_data)
{
  runnel_cache_free (self->cache);
  g_free (self->cache_dir);
  g_free (self->base_dir);
  g_free (self->run_dir);
  files_tear_down (&self->files, user_data);
}

static gboolean
store (Fixture *self, const char *key, gint64 run, const char *patterns, GError **error)
{
  g_autoptr(RunnelCacheEntry) entry = runnel_cache_entry_new (run, "/p.runnel.json", "build");
  g_auto(GStrv) words = g_strsplit (patterns, " ", -1);

  return runnel_cache_store (self->cache, key, entry, &self->place, (const char *const *) words,
                             NULL, error);
}

static void
store_well (Fixture *self, const char *key, gint64 run, const char *patterns)
{
  g_autoptr(GError) error = NULL;

  store (self, key, run, patterns, &error);
  g_assert_no_error (error);
}

/* Returns the number of the run that made the result. */
static gint64
reuse (Fixture *self, const char *key)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(RunnelCacheEntry) entry =
    runnel_cache_reuse (self->cache, key, &self->place, NULL, &error);

  g_assert_no_error (error);
  return entry->run;
}

static void
assert_not_reused (Fixture *self, const char *key, RunnelCacheError code)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (runnel_cache_reuse (self->cache, key, &self->place, NULL, &error));
  g_assert_error (error, RUNNEL_CACHE_ERROR, (int) code);
}

/* Path of the only content there is, relative to the fixture's folder. */
static char *
find_blob (Fixture *self, const char *content)
{
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, content, -1);

  return g_strdup_printf ("cache/blobs/%.2s/%s", sha256, sha256 + 2);
}

static void
damage (Fixture *self, const char *content, const char *with)
{
  g_autofree char *name = find_blob (self, content);
  g_autofree char *path = files_path (&self->files, name);

  g_assert_cmpint (chmod (path, 0600), ==, 0);
  g_assert_true (g_file_set_contents (path, with, -1, NULL));
}

static void
set_used (Fixture *self, const char *key, time_t when)
{
  g_autofree char *path = g_build_filename (self->cache_dir, "entries", key, NULL);
  const struct timespec times[2] = { { .tv_sec = when }, { .tv_sec = when } };

  g_assert_cmpint (utimensat (AT_FDCWD, path, times, 0), ==, 0);
}

static void
test_outputs (Fixture *self, gconstpointer user_data)
{
  files_write (&self->files, "work/out/app", "app", 0755);
  files_write (&self->files, "work/out/doc", "doc", 0644);
  store_well (self, KEY, 17, "out");
  files_write (&self->files, "work/out/app", "other", 0600);
  g_assert_cmpint (g_remove ("work/out/doc"), !=, 0);
  files_write (&self->files, "work/out/mine", "mine", 0644);

  g_assert_cmpint (reuse (self, KEY), ==, 17);
  files_assert_content (&self->files, "work/out/app", "app");
  g_assert_cmphex (files_stat (&self->files, "work/out/app").st_mode & 0777, ==, 0755);
  files_assert_content (&self->files, "work/out/doc", "doc");
  files_assert_content (&self->files, "work/out/mine", "mine");
  assert_not_reused (self, OTHER_KEY, RUNNEL_CACHE_ERROR_NONE);
}

static void
test_missing_outputs (Fixture *self, gconstpointer user_data)
{
  files_write (&self->files, "work/a/b/c", "abc", 0640);
  store_well (self, KEY, 3, "a");
  g_assert_true (runnel_remove_tree (self->base_dir, NULL));
  g_assert_cmpint (g_mkdir (self->base_dir, 0700), ==, 0);

  g_assert_cmpint (reuse (self, KEY), ==, 3);
  files_assert_content (&self->files, "work/a/b/c", "abc");
  g_assert_cmpuint (files_count (&self->files, "work/a/b"), ==, 1);
}

/* What is in its place already is not written again. */
static void
test_outputs_in_place (Fixture *self, gconstpointer user_data)
{
  struct stat before;
  struct stat after;

  files_write (&self->files, "work/app", "app", 0755);
  before = files_stat (&self->files, "work/app");
  store_well (self, KEY, 3, "app");
  reuse (self, KEY);
  after = files_stat (&self->files, "work/app");
  g_assert_cmpuint (before.st_ino, ==, after.st_ino);
}

/* A write into a file that was put back must not reach what is kept. */
static void
test_outputs_are_independent (Fixture *self, gconstpointer user_data)
{
  g_autofree char *path = files_path (&self->files, "work/app");
  FILE *file;

  files_write (&self->files, "work/app", "app", 0444);
  store_well (self, KEY, 3, "app");
  g_assert_cmpint (g_remove (path), ==, 0);
  reuse (self, KEY);
  g_assert_cmpint (chmod (path, 0644), ==, 0);
  file = fopen (path, "w");
  fputs ("bad", file);
  fclose (file);
  reuse (self, KEY);
  files_assert_content (&self->files, "work/app", "app");
}

static void
test_artifacts (Fixture *self, gconstpointer user_data)
{
  static const char *const patterns[] = { "*.zip", NULL };
  static const char *const none[] = { NULL };
  g_autoptr(RunnelCacheEntry) entry = runnel_cache_entry_new (5, "/p.runnel.json", "build");
  g_autoptr(RunnelCacheEntry) found = NULL;
  g_autoptr(GPtrArray) artifacts = NULL;
  g_autofree char *unmatched = NULL;
  g_autofree char *next = files_path (&self->files, "next");

  files_write (&self->files, "work/a.zip", "zip", 0644);
  artifacts = runnel_artifacts_collect (self->run_dir, "build", self->base_dir, patterns, NULL,
                                        &unmatched, NULL);
  runnel_cache_entry_set_artifacts (entry, artifacts);
  g_assert_true (runnel_cache_store (self->cache, KEY, entry, &self->place, none, NULL, NULL));

  self->place.run_dir = next;
  found = runnel_cache_reuse (self->cache, KEY, &self->place, NULL, NULL);
  g_assert_cmpuint (found->artifacts->len, ==, 1);
  files_assert_content (&self->files, "next/artifacts/build/a.zip", "zip");
  g_assert_cmpuint (files_stat (&self->files, "run/artifacts/build/a.zip").st_ino, ==,
                    files_stat (&self->files, "next/artifacts/build/a.zip").st_ino);
}

static void
test_unmatched (Fixture *self, gconstpointer user_data)
{
  g_autoptr(GError) error = NULL;

  files_write (&self->files, "work/app", "app", 0755);
  g_assert_false (store (self, KEY, 3, "app missing", &error));
  g_assert_error (error, RUNNEL_CACHE_ERROR, RUNNEL_CACHE_ERROR_UNMATCHED);
  assert_not_reused (self, KEY, RUNNEL_CACHE_ERROR_NONE);
}

/* Nothing is written when something is damaged, and the next run can keep it again. */
static void
assert_damage_noticed (Fixture *self, const char *with)
{
  g_autofree char *one = files_path (&self->files, "work/1");

  files_write (&self->files, "work/1", "one", 0644);
  files_write (&self->files, "work/2", "two", 0644);
  store_well (self, KEY, 3, "1 2");
  damage (self, "two", with);
  files_write (&self->files, "work/1", "later", 0644);
  files_write (&self->files, "work/2", "later", 0644);
  assert_not_reused (self, KEY, RUNNEL_CACHE_ERROR_DAMAGED);
  files_assert_content (&self->files, "work/1", "later");
  assert_not_reused (self, KEY, RUNNEL_CACHE_ERROR_NONE);

  files_write (&self->files, "work/1", "one", 0644);
  files_write (&self->files, "work/2", "two", 0644);
  store_well (self, KEY, 4, "1 2");
  g_assert_cmpint (g_remove (one), ==, 0);
  g_assert_cmpint (reuse (self, KEY), ==, 4);
}

static void
test_damage (Fixture *self, gconstpointer user_data)
{
  assert_damage_noticed (self, "twO");
  assert_damage_noticed (self, "tw");
  assert_damage_noticed (self, "");
}

static void
test_missing_content (Fixture *self, gconstpointer user_data)
{
  g_autofree char *name = find_blob (self, "one");
  g_autofree char *path = files_path (&self->files, name);
  g_autofree char *output = files_path (&self->files, "work/1");

  files_write (&self->files, "work/1", "one", 0644);
  store_well (self, KEY, 3, "1");
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_remove (output), ==, 0);
  assert_not_reused (self, KEY, RUNNEL_CACHE_ERROR_DAMAGED);
}

static void
test_damaged_entry (Fixture *self, gconstpointer user_data)
{
  files_write (&self->files, "work/1", "one", 0644);
  store_well (self, KEY, 3, "1");
  files_write (&self->files, "cache/entries/" KEY, "{\"run\": 3", 0600);
  assert_not_reused (self, KEY, RUNNEL_CACHE_ERROR_DAMAGED);
  assert_not_reused (self, KEY, RUNNEL_CACHE_ERROR_NONE);
}

/* A folder that became a link leads nowhere. */
static void
test_link_in_the_way (Fixture *self, gconstpointer user_data)
{
  g_autofree char *folder = files_path (&self->files, "work/out");
  g_autoptr(GError) error = NULL;

  files_write (&self->files, "work/out/app", "app", 0755);
  files_write (&self->files, "elsewhere/keep", "me", 0644);
  store_well (self, KEY, 3, "out");
  g_assert_true (runnel_remove_tree (folder, NULL));
  g_assert_cmpint (symlink ("../elsewhere", folder), ==, 0);
  g_assert_null (runnel_cache_reuse (self->cache, KEY, &self->place, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_assert_cmpuint (files_count (&self->files, "elsewhere"), ==, 1);
}

static void
write_large (Fixture *self, char letter)
{
  g_autofree char *content = g_strnfill (1000, letter);

  files_write (&self->files, "work/large", content, 0644);
}

static void
test_eviction (Fixture *self, gconstpointer user_data)
{
  open_cache (self, 2500);
  write_large (self, 'a');
  store_well (self, KEY, 1, "large");
  write_large (self, 'b');
  store_well (self, OTHER_KEY, 2, "large");
  set_used (self, KEY, 1000);
  set_used (self, OTHER_KEY, 2000);
  g_assert_cmpint (reuse (self, KEY), ==, 1);

  write_large (self, 'c');
  store_well (self, "3", 3, "large");
  assert_not_reused (self, OTHER_KEY, RUNNEL_CACHE_ERROR_NONE);
  g_assert_cmpint (reuse (self, KEY), ==, 1);
  g_assert_cmpint (reuse (self, "3"), ==, 3);
}

static void
test_too_large (Fixture *self, gconstpointer user_data)
{
  g_autoptr(GError) error = NULL;

  open_cache (self, 1500);
  write_large (self, 'a');
  g_assert_true (store (self, KEY, 1, "large", NULL));
  files_write (&self->files, "work/more", "more than five hundred bytes with the other one", 0644);
  files_write (&self->files, "work/large2", "x", 0644);
  open_cache (self, 1010);
  g_assert_false (store (self, OTHER_KEY, 1, "large more", &error));
  g_assert_error (error, RUNNEL_CACHE_ERROR, RUNNEL_CACHE_ERROR_TOO_LARGE);
  g_clear_error (&error);
  open_cache (self, 10);
  g_assert_false (store (self, OTHER_KEY, 1, "large", &error));
  g_assert_error (error, RUNNEL_CACHE_ERROR, RUNNEL_CACHE_ERROR_TOO_LARGE);
}

static void
test_list (Fixture *self, gconstpointer user_data)
{
  g_autoptr(GPtrArray) items = NULL;
  const RunnelCacheItem *first;
  guint64 size;

  write_large (self, 'a');
  files_write (&self->files, "work/small", "1234567", 0644);
  store_well (self, KEY, 1, "large");
  store_well (self, OTHER_KEY, 2, "large small");
  set_used (self, KEY, 1000);
  set_used (self, OTHER_KEY, 2000);
  items = runnel_cache_list (self->cache, &size, NULL);
  g_assert_cmpuint (items->len, ==, 2);
  g_assert_cmpuint (size, ==, 1007);
  first = g_ptr_array_index (items, 0);
  g_assert_cmpstr (first->key, ==, OTHER_KEY);
  g_assert_cmpint (first->used, ==, 2000 * G_USEC_PER_SEC);
  g_assert_cmpuint (runnel_cache_entry_get_size (first->entry), ==, 1007);
}

/* What a process leaves that is killed while it stores something. */
static void
test_remains (Fixture *self, gconstpointer user_data)
{
  guint n_evicted;
  guint64 size;

  files_write (&self->files, "work/1", "one", 0644);
  store_well (self, KEY, 3, "1");
  files_write (&self->files, "cache/blobs/.runnel-99-0", "half a cont", 0600);
  files_write (&self->files, "cache/blobs/ab/cdef", "a content without a result", 0400);
  files_write (&self->files, "cache/entries/" OTHER_KEY ".X1Y2Z3", "half a res", 0600);
  g_assert_true (runnel_cache_collect (self->cache, TRUE, &n_evicted, &size, NULL));
  g_assert_cmpuint (n_evicted, ==, 0);
  g_assert_cmpuint (size, ==, 3);
  g_assert_false (files_exists (&self->files, "cache/blobs/.runnel-99-0"));
  g_assert_false (files_exists (&self->files, "cache/blobs/ab/cdef"));
  g_assert_cmpuint (files_count (&self->files, "cache/entries"), ==, 1);
  g_assert_cmpint (reuse (self, KEY), ==, 3);
}

/* Nothing is taken away from under somebody who reads. */
static void
test_busy (Fixture *self, gconstpointer user_data)
{
  g_autofree char *path = files_path (&self->files, "cache/lock");
  g_autoptr(GError) error = NULL;
  int fd;

  files_write (&self->files, "work/1", "one", 0644);
  store_well (self, KEY, 3, "1");
  fd = open (path, O_RDWR | O_CLOEXEC);
  g_assert_cmpint (flock (fd, LOCK_SH), ==, 0);
  g_assert_false (runnel_cache_collect (self->cache, FALSE, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
  g_assert_cmpint (reuse (self, KEY), ==, 3);
  close (fd);
  g_assert_true (runnel_cache_collect (self->cache, FALSE, NULL, NULL, NULL));
}

static void
test_clear (Fixture *self, gconstpointer user_data)
{
  files_write (&self->files, "work/1", "one", 0644);
  store_well (self, KEY, 3, "1");
  g_assert_true (runnel_cache_clear (self->cache, NULL));
  assert_not_reused (self, KEY, RUNNEL_CACHE_ERROR_NONE);
  store_well (self, KEY, 4, "1");
  g_assert_cmpint (reuse (self, KEY), ==, 4);
}

static void
test_parts (Fixture *self, gconstpointer user_data)
{
  g_autoptr(JsonObject) parts = json_object_new ();
  g_autoptr(JsonObject) recalled = NULL;

  json_object_set_string_member (parts, "its key", "v1");
  g_assert_null (runnel_cache_recall_parts (self->cache, "/p", "build"));
  g_assert_true (runnel_cache_remember_parts (self->cache, "/p", "build", parts, NULL));
  recalled = runnel_cache_recall_parts (self->cache, "/p", "build");
  g_assert_cmpstr (json_object_get_string_member (recalled, "its key"), ==, "v1");
  g_assert_null (runnel_cache_recall_parts (self->cache, "/p", "test"));
  g_assert_null (runnel_cache_recall_parts (self->cache, "/q", "build"));
}

static gpointer
store_again_and_again (gpointer user_data)
{
  Fixture *self = user_data;

  for (guint i = 0; i < 50; i++)
    {
      store_well (self, KEY, 3, "1");
      g_assert_cmpint (reuse (self, KEY), ==, 3);
    }
  return NULL;
}

static gpointer
collect_again_and_again (gpointer user_data)
{
  Fixture *self = user_data;

  for (guint i = 0; i < 50; i++)
    g_assert_true (runnel_cache_collect (self->cache, TRUE, NULL, NULL, NULL));
  return NULL;
}

static void
test_threads (Fixture *self, gconstpointer user_data)
{
  GThread *threads[3];

  files_write (&self->files, "work/1", "one", 0644);
  threads[0] = g_thread_new (NULL, store_again_and_again, self);
  threads[1] = g_thread_new (NULL, store_again_and_again, self);
  threads[2] = g_thread_new (NULL, collect_again_and_again, self);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

#define add(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("/files/cache/outputs", test_outputs);
  add ("/files/cache/missing-outputs", test_missing_outputs);
  add ("/files/cache/outputs-in-place", test_outputs_in_place);
  add ("/files/cache/outputs-are-independent", test_outputs_are_independent);
  add ("/files/cache/artifacts", test_artifacts);
  add ("/files/cache/unmatched", test_unmatched);
  add ("/files/cache/damage", test_damage);
  add ("/files/cache/missing-content", test_missing_content);
  add ("/files/cache/damaged-entry", test_damaged_entry);
  add ("/files/cache/link-in-the-way", test_link_in_the_way);
  add ("/files/cache/eviction", test_eviction);
  add ("/files/cache/too-large", test_too_large);
  add ("/files/cache/list", test_list);
  add ("/files/cache/remains", test_remains);
  add ("/files/cache/busy", test_busy);
  add ("/files/cache/clear", test_clear);
  add ("/files/cache/parts", test_parts);
  add ("/files/cache/threads", test_threads);

  return g_test_run ();
}
