/* runnel-log-hunt.c: a pattern looked for in the logs of many runs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "log/runnel-log-hunt.h"
#include "log/runnel-log-packed.h"
#include "util/runnel-zstd.h"

/* A few threads look through a run each. What they find is kept until the runs before are through,
 * so that the latest run comes first whatever its size, and no more of it than is wanted at all. */

#define MAX_THREADS 4
#define RUNS_AHEAD 4    /* for each thread */
#define MAX_TEXT 1000   /* bytes of a line */
#define BEFORE 200      /* of them before the place, at most */

/* What the threads see. It outlives the hunt while one of them is at work. */
typedef struct
{
  gatomicrefcount ref_count;
  RunnelLogPattern *pattern;
  char *runs_dir;
  guint limit;
  GMainContext *context;
  int is_over;           /* atomic: nobody wants anything any more */
  RunnelLogHunt *hunt;   /* NULL once that is gone; of the main thread alone */
} Share;

struct _RunnelLogHunt
{
  Share *share;
  RunnelLogHuntFuncs funcs;
  gpointer user_data;
  gint64 *runs;
  guint n_runs;
  GHashTable *early;     /* index -> Quarry: of runs whose turn has not come */
  guint next_started;
  guint next_delivered;
  guint n_hits;
  gboolean has_more;
  gboolean is_done;
};

/* What is found in one run. */
typedef struct
{
  Share *share;
  guint index;
  gint64 run;
  GPtrArray *hits;       /* of RunnelLogHit, with texts of their own */
} Quarry;

static void
share_unref (Share *share)
{
  if (!g_atomic_ref_count_dec (&share->ref_count))
    return;
  runnel_log_pattern_unref (share->pattern);
  g_main_context_unref (share->context);
  g_free (share->runs_dir);
  g_free (share);
}

static void
hit_free (gpointer data)
{
  RunnelLogHit *hit = data;

  g_free ((char *) hit->step);
  g_free ((char *) hit->path);
  g_free ((char *) hit->text);
  g_free (hit);
}

static void
quarry_free (Quarry *quarry)
{
  g_ptr_array_unref (quarry->hits);
  share_unref (quarry->share);
  g_free (quarry);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Quarry, quarry_free)

/* --- In the threads --------------------------------------------------------------------- */

/**
 * runnel_log_hunt_parse_name:
 * @name: of a file in the folder of a run
 * @ret_step: (out) (transfer full): the id of the step
 * @ret_attempt: (out): which attempt
 *
 * Returns: whether it is the log of an attempt, compressed or not
 */
gboolean
runnel_log_hunt_parse_name (const char  *name,
                            char       **ret_step,
                            guint       *ret_attempt)
{
  gsize length = strlen (name);
  const char *dot;
  char *end;

  if (g_str_has_suffix (name, RUNNEL_ZSTD_SUFFIX))
    length -= strlen (RUNNEL_ZSTD_SUFFIX);
  if (length < 4 || strncmp (name + length - 4, ".log", 4) != 0)
    return FALSE;
  length -= 4;
  dot = memrchr (name, '.', length);
  if (!dot || dot == name)
    return FALSE;
  *ret_attempt = (guint) g_ascii_strtoull (dot + 1, &end, 10);
  if (end != name + length || end == dot + 1)
    return FALSE;
  *ret_step = g_strndup (name, (gsize) (dot - name));
  return TRUE;
}

/* Of a line that is very long, what is around the place. */
static RunnelLogHit *
make_hit (const char *text,
          gsize       length,
          gsize       start,
          gsize       end)
{
  RunnelLogHit *hit = g_new0 (RunnelLogHit, 1);
  gsize first = 0, last = length;

  if (length > MAX_TEXT)
    {
      first = start - MIN (start, BEFORE);
      while (first < start && ((guchar) text[first] & 0xc0) == 0x80)
        first++;
      last = MIN (first + MAX_TEXT, length);
      while (last > first && last < length && ((guchar) text[last] & 0xc0) == 0x80)
        last--;
    }
  hit->text = g_utf8_make_valid (text + first, (gssize) (last - first));
  hit->start = MIN (start - first, strlen (hit->text));
  hit->end = CLAMP (end - first, hit->start, strlen (hit->text));
  return hit;
}

/* Where in a log we are. */
typedef struct
{
  Quarry *quarry;
  RunnelLogMatcher *matcher;
  const char *step;
  guint attempt;
  const char *path;
  guint64 n_lines;    /* in the blocks before */
} Trail;

static void
add_hits (Trail                *trail,
          const RunnelLogBlock *block)
{
  GPtrArray *hits = trail->quarry->hits;
  guint64 number = trail->n_lines;
  RunnelLogSpan line;
  gsize position = 0;

  for (; runnel_log_block_next (block, &position, &line); number++)
    {
      gsize length, start, end;
      const char *text = runnel_log_matcher_read (trail->matcher, &line, &length);
      RunnelLogHit *hit;

      if (!runnel_log_matcher_find (trail->matcher, text, length, 0, &start, &end))
        continue;
      hit = make_hit (text, length, start, end);
      hit->run = trail->quarry->run;
      hit->step = g_strdup (trail->step);
      hit->attempt = trail->attempt;
      hit->path = g_strdup (trail->path);
      hit->number = number;
      g_ptr_array_add (hits, hit);
      if (hits->len > trail->quarry->share->limit)
        return;
    }
}

static gboolean
is_enough (Quarry *quarry)
{
  return quarry->hits->len > quarry->share->limit ||
         g_atomic_int_get (&quarry->share->is_over);
}

static void
look_through_log (Trail *trail)
{
  g_autoptr(RunnelLogSource) source = runnel_log_open (trail->path);
  g_auto(RunnelLogBlock) block = { 0, };
  guint64 size = runnel_log_source_get_size (source);

  for (guint64 i = 0; i < runnel_log_block_count (size) && !is_enough (trail->quarry); i++)
    {
      runnel_log_block_load (&block, source, i, size, TRUE);
      if (runnel_log_matcher_count (trail->matcher, &block) > 0)
        add_hits (trail, &block);
      trail->n_lines += runnel_log_block_n_lines (&block);
    }
}

static int
compare_names (gconstpointer left,
               gconstpointer right)
{
  return strcmp (*(const char *const *) left, *(const char *const *) right);
}

/* Returns: (transfer full): of the logs of a run, in the order of their names */
static GPtrArray *
list_logs (const char *folder)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      gsize length = strlen (name);
      g_autofree char *step = NULL;
      guint attempt;

      if (!runnel_log_hunt_parse_name (name, &step, &attempt))
        continue;
      if (g_str_has_suffix (name, RUNNEL_ZSTD_SUFFIX))
        length -= strlen (RUNNEL_ZSTD_SUFFIX);
      g_ptr_array_add (names, g_strndup (name, length));
    }
  g_ptr_array_sort (names, compare_names);
  return names;
}

static void
look_through_run (Quarry *quarry)
{
  g_autofree char *folder =
    g_strdup_printf ("%s/%" G_GINT64_FORMAT, quarry->share->runs_dir, quarry->run);
  g_autoptr(GPtrArray) names = list_logs (folder);
  g_autoptr(RunnelLogMatcher) matcher = runnel_log_matcher_new (quarry->share->pattern);

  for (guint i = 0; i < names->len && !is_enough (quarry); i++)
    {
      g_autofree char *path = g_build_filename (folder, g_ptr_array_index (names, i), NULL);
      g_autofree char *step = NULL;
      Trail trail = { .quarry = quarry, .matcher = matcher, .path = path };

      runnel_log_hunt_parse_name (g_ptr_array_index (names, i), &step, &trail.attempt);
      trail.step = step;
      look_through_log (&trail);
    }
}

static gboolean deliver_cb (gpointer user_data);

static void
work_in_thread (gpointer data,
                gpointer user_data)
{
  Quarry *quarry = data;
  g_autoptr(GSource) source = g_idle_source_new ();

  if (!g_atomic_int_get (&quarry->share->is_over))
    look_through_run (quarry);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, deliver_cb, quarry, NULL);
  g_source_attach (source, quarry->share->context);
}

/* Not those that look at the log that is shown: a hunt may take minutes. */
static GThreadPool *
get_threads (void)
{
  static gsize threads = 0;

  if (g_once_init_enter (&threads))
    g_once_init_leave (&threads,
                       (gsize) g_thread_pool_new (work_in_thread, NULL,
                                                  CLAMP ((int) g_get_num_processors (), 1,
                                                         MAX_THREADS),
                                                  FALSE, NULL));
  return (GThreadPool *) threads;
}

/* --- In the main thread ------------------------------------------------------------------- */

static void
start_more (RunnelLogHunt *self)
{
  guint ahead = RUNS_AHEAD * (guint) g_thread_pool_get_max_threads (get_threads ());

  while (self->next_started < self->n_runs && self->next_started < self->next_delivered + ahead)
    {
      Quarry *quarry = g_new0 (Quarry, 1);

      g_atomic_ref_count_inc (&self->share->ref_count);
      quarry->share = self->share;
      quarry->index = self->next_started;
      quarry->run = self->runs[self->next_started++];
      quarry->hits = g_ptr_array_new_with_free_func (hit_free);
      g_thread_pool_push (get_threads (), quarry, NULL);
    }
}

static void
deliver (RunnelLogHunt *self,
         Quarry        *quarry)
{
  self->next_delivered++;
  for (guint i = 0; i < quarry->hits->len && !self->has_more; i++)
    {
      self->has_more = self->n_hits == self->share->limit;
      if (self->has_more)
        break;
      self->n_hits++;
      self->funcs.hit (g_ptr_array_index (quarry->hits, i), self->user_data);
    }
  if (self->funcs.next)
    self->funcs.next (self->user_data);
}

static void
deliver_early (RunnelLogHunt *self)
{
  Quarry *quarry;

  while ((quarry = g_hash_table_lookup (self->early, GUINT_TO_POINTER (self->next_delivered))))
    {
      g_hash_table_steal (self->early, GUINT_TO_POINTER (quarry->index));
      deliver (self, quarry);
      quarry_free (quarry);
    }
}

static void
finish (RunnelLogHunt *self)
{
  g_atomic_int_set (&self->share->is_over, TRUE);
  self->is_done = TRUE;
  self->funcs.done (self->user_data);
}

static gboolean
deliver_cb (gpointer user_data)
{
  g_autoptr(Quarry) quarry = user_data;
  RunnelLogHunt *self = quarry->share->hunt;

  if (!self || self->is_done)
    return G_SOURCE_REMOVE;
  if (quarry->index == self->next_delivered)
    {
      deliver (self, quarry);
      deliver_early (self);
    }
  else
    {
      guint index = quarry->index;

      g_hash_table_insert (self->early, GUINT_TO_POINTER (index), g_steal_pointer (&quarry));
    }
  if (self->has_more || self->next_delivered == self->n_runs)
    finish (self);
  else
    start_more (self);
  return G_SOURCE_REMOVE;
}

static gboolean
finish_cb (gpointer user_data)
{
  Share *share = user_data;

  if (share->hunt)
    finish (share->hunt);
  return G_SOURCE_REMOVE;
}

/* Nobody is called before runnel_log_hunt_new() has returned. */
static void
finish_soon (RunnelLogHunt *self)
{
  g_autoptr(GSource) source = g_idle_source_new ();

  g_atomic_ref_count_inc (&self->share->ref_count);
  g_source_set_callback (source, finish_cb, self->share, (GDestroyNotify) share_unref);
  g_source_attach (source, self->share->context);
}

/**
 * runnel_log_hunt_new:
 * @pattern: what is looked for
 * @runs_dir: (type filename): the folder of all runs
 * @runs: (array length=n_runs): numbers of runs; those without a folder have no logs
 * @n_runs: how many
 * @limit: how many lines are wanted at most
 * @funcs: who is told, on this thread's main context
 * @user_data: for @funcs
 *
 * Begins to look through the logs of runs, in their order.
 *
 * Returns: (transfer full): the hunt
 */
RunnelLogHunt *
runnel_log_hunt_new (RunnelLogPattern         *pattern,
                     const char               *runs_dir,
                     const gint64             *runs,
                     guint                     n_runs,
                     guint                     limit,
                     const RunnelLogHuntFuncs *funcs,
                     gpointer                  user_data)
{
  RunnelLogHunt *self = g_new0 (RunnelLogHunt, 1);
  Share *share = g_new0 (Share, 1);

  g_atomic_ref_count_init (&share->ref_count);
  share->pattern = runnel_log_pattern_ref (pattern);
  share->runs_dir = g_strdup (runs_dir);
  share->limit = limit;
  share->context = g_main_context_ref_thread_default ();
  share->hunt = self;
  self->share = share;
  self->funcs = *funcs;
  self->user_data = user_data;
  self->runs = g_memdup2 (runs, n_runs * sizeof (gint64));
  self->n_runs = n_runs;
  self->early = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) quarry_free);
  start_more (self);
  if (n_runs == 0)
    finish_soon (self);
  return self;
}

/**
 * runnel_log_hunt_free:
 *
 * Gives up what is under way; nobody is told of it.
 */
void
runnel_log_hunt_free (RunnelLogHunt *self)
{
  g_atomic_int_set (&self->share->is_over, TRUE);
  self->share->hunt = NULL;
  share_unref (self->share);
  g_hash_table_unref (self->early);
  g_free (self->runs);
  g_free (self);
}

gboolean
runnel_log_hunt_is_done (RunnelLogHunt *self)
{
  return self->is_done;
}

/**
 * runnel_log_hunt_get_n_hits:
 *
 * Returns: how many lines were found so far
 */
guint
runnel_log_hunt_get_n_hits (RunnelLogHunt *self)
{
  return self->n_hits;
}

/**
 * runnel_log_hunt_get_n_runs:
 *
 * Returns: how many runs have been looked through
 */
guint
runnel_log_hunt_get_n_runs (RunnelLogHunt *self)
{
  return self->next_delivered;
}

/**
 * runnel_log_hunt_has_more:
 *
 * Returns: whether there are more lines than were wanted
 */
gboolean
runnel_log_hunt_has_more (RunnelLogHunt *self)
{
  return self->has_more;
}
