/* runnel-log-cache.c: the blocks of a log that were looked at last
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "log/runnel-log-cache.h"
#include "log/runnel-log-text.h"

#define N_ENTRIES 16 /* what a window shows is in two or three of them */

typedef struct
{
  guint64 number;
  RunnelLogBlock block;
  GArray *starts;         /* of guint32: where its lines begin, in `block.data` */
  guint last_used;
  gboolean is_used;

  /* What the lines up to `style_line` leave to those behind them. */
  RunnelLogStyle style;
  guint style_line;
  gboolean has_style;
} Entry;

struct _RunnelLogCache
{
  RunnelLogSource *source;
  RunnelLogCacheFunc loaded;
  gpointer user_data;
  guint64 size;
  Entry entries[N_ENTRIES];
  guint clock;
  GHashTable *loading;      /* block numbers that a thread is at, as gint64 */
  GCancellable *cancellable;
};

static void
entry_clear (Entry *entry)
{
  runnel_log_block_clear (&entry->block);
  g_clear_pointer (&entry->starts, g_array_unref);
  *entry = (Entry) { 0, };
}

static Entry *
find_entry (RunnelLogCache *self,
            guint64         number)
{
  for (guint i = 0; i < N_ENTRIES; i++)
    if (self->entries[i].is_used && self->entries[i].number == number)
      return &self->entries[i];
  return NULL;
}

static Entry *
choose_entry (RunnelLogCache *self)
{
  Entry *oldest = &self->entries[0];

  for (guint i = 0; i < N_ENTRIES; i++)
    {
      Entry *entry = &self->entries[i];

      if (!entry->is_used)
        return entry;
      if (entry->last_used < oldest->last_used)
        oldest = entry;
    }
  entry_clear (oldest);
  return oldest;
}

static Entry *
add_entry (RunnelLogCache *self,
           guint64         number,
           RunnelLogBlock *block)
{
  Entry *entry = choose_entry (self);
  RunnelLogSpan line;
  gsize position = 0;

  *entry = (Entry) { .number = number, .block = *block, .is_used = TRUE };
  *block = (RunnelLogBlock) { 0, };
  entry->starts = g_array_new (FALSE, FALSE, sizeof (guint32));
  while (runnel_log_block_next (&entry->block, &position, &line))
    {
      guint32 start = (guint32) (line.text - entry->block.data);

      g_array_append_val (entry->starts, start);
    }
  return entry;
}

/* --- Reading in a thread ------------------------------------------------------------------- */

typedef struct
{
  RunnelLogSource *source;
  guint64 number;
  guint64 size;
  RunnelLogBlock block;
} Load;

static void
load_free (Load *load)
{
  runnel_log_source_unref (load->source);
  runnel_log_block_clear (&load->block);
  g_free (load);
}

static void
load_in_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Load *load = task_data;

  runnel_log_block_load (&load->block, load->source, load->number, load->size, TRUE);
  g_task_return_boolean (task, TRUE);
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  RunnelLogCache *self = user_data;
  Load *load = g_task_get_task_data (G_TASK (result));
  gint64 number = (gint64) load->number;

  if (!g_task_propagate_boolean (G_TASK (result), NULL))
    return; /* the cache is gone */
  g_hash_table_remove (self->loading, &number);
  /* The log may have changed meanwhile: then it is read again, if it is still wanted. */
  if (load->size == self->size && !find_entry (self, load->number))
    add_entry (self, load->number, &load->block);
  self->loaded (self->user_data);
}

static void
load_later (RunnelLogCache *self,
            guint64         number)
{
  g_autoptr(GTask) task = NULL;
  gint64 key = (gint64) number;
  Load *load;

  if (!g_hash_table_add (self->loading, g_memdup2 (&key, sizeof key)))
    return;
  load = g_new0 (Load, 1);
  load->source = runnel_log_source_ref (self->source);
  load->number = number;
  load->size = self->size;
  task = g_task_new (NULL, self->cancellable, loaded_cb, self);
  g_task_set_source_tag (task, load_later);
  g_task_set_task_data (task, load, (GDestroyNotify) load_free);
  g_task_run_in_thread (task, load_in_thread);
}

/* Returns: (nullable): NULL when it has to be waited for */
static Entry *
get_entry (RunnelLogCache *self,
           guint64         number)
{
  Entry *entry = find_entry (self, number);
  g_auto(RunnelLogBlock) block = { 0, };

  if (!entry && runnel_log_block_load (&block, self->source, number, self->size, FALSE))
    entry = add_entry (self, number, &block);
  if (entry)
    entry->last_used = ++self->clock;
  else
    load_later (self, number);
  return entry;
}

/* --- Styles ------------------------------------------------------------------------------------ */

/* A style that was set more than a block ago is not found, which costs less than to read all of a
 * log to know how its end looks. Returns: whether the block before is there */
static gboolean
find_style_before (RunnelLogCache *self,
                   guint64         number,
                   RunnelLogStyle *style)
{
  const Entry *before = number > 0 ? get_entry (self, number - 1) : NULL;

  *style = (RunnelLogStyle) { 0, };
  if (before)
    *style = runnel_log_text_find_style (before->block.data, before->block.length, style);
  return before || number == 0;
}

/* The entry is the one used last, so that of the block before does not take its place. */
static RunnelLogStyle
find_style (RunnelLogCache *self,
            Entry          *entry,
            guint           nth)
{
  guint32 from, to = g_array_index (entry->starts, guint32, nth);

  if (!entry->has_style || entry->style_line > nth)
    {
      entry->has_style = find_style_before (self, entry->number, &entry->style);
      entry->style_line = 0;
    }
  from = g_array_index (entry->starts, guint32, entry->style_line);
  entry->style = runnel_log_text_find_style (entry->block.data + from, to - from, &entry->style);
  entry->style_line = nth;
  return entry->style;
}

/**
 * runnel_log_cache_new:
 * @source: a log
 * @loaded: called on this thread's main context when something is there that was to come later
 * @user_data: for @loaded
 *
 * Returns: (transfer full): the cache; it takes the log to be empty, see runnel_log_cache_extend()
 */
RunnelLogCache *
runnel_log_cache_new (RunnelLogSource    *source,
                      RunnelLogCacheFunc  loaded,
                      gpointer            user_data)
{
  RunnelLogCache *self = g_new0 (RunnelLogCache, 1);

  self->source = runnel_log_source_ref (source);
  self->loaded = loaded;
  self->user_data = user_data;
  self->loading = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->cancellable = g_cancellable_new ();
  return self;
}

void
runnel_log_cache_free (RunnelLogCache *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  for (guint i = 0; i < N_ENTRIES; i++)
    entry_clear (&self->entries[i]);
  g_hash_table_unref (self->loading);
  runnel_log_source_unref (self->source);
  g_free (self);
}

/**
 * runnel_log_cache_extend:
 * @unchanged: up to where the log is as it was
 * @size: how long it is now, in bytes
 */
void
runnel_log_cache_extend (RunnelLogCache *self,
                         guint64         unchanged,
                         guint64         size)
{
  self->size = size;
  for (guint i = 0; i < N_ENTRIES; i++)
    {
      const RunnelLogBlock *block = &self->entries[i].block;

      /* Its last line may have been the last of all. */
      if (block->offset + block->length >= unchanged)
        entry_clear (&self->entries[i]);
    }
}

/**
 * runnel_log_cache_get_line:
 * @line: which line
 * @span: (out): what is in it; valid until something else is asked for
 * @style: (out): how it begins to look
 *
 * Returns: whether the line is there
 */
RunnelLogCacheResult
runnel_log_cache_get_line (RunnelLogCache      *self,
                           const RunnelLogLine *line,
                           RunnelLogSpan       *span,
                           RunnelLogStyle      *style)
{
  Entry *entry = get_entry (self, line->block);
  gsize position;

  if (!entry)
    return RUNNEL_LOG_CACHE_LATER;
  if (line->nth >= entry->starts->len)
    return RUNNEL_LOG_CACHE_NONE;
  *style = find_style (self, entry, line->nth);
  position = g_array_index (entry->starts, guint32, line->nth);
  runnel_log_block_next (&entry->block, &position, span);
  return RUNNEL_LOG_CACHE_READY;
}

/**
 * runnel_log_cache_get_n_lines:
 * @block: which block
 * @ret_n: (out): how many lines begin in it
 *
 * Returns: whether the block is there
 */
RunnelLogCacheResult
runnel_log_cache_get_n_lines (RunnelLogCache *self,
                              guint64         block,
                              guint          *ret_n)
{
  Entry *entry;

  if (block >= runnel_log_block_count (self->size))
    return RUNNEL_LOG_CACHE_NONE;
  entry = get_entry (self, block);
  if (!entry)
    return RUNNEL_LOG_CACHE_LATER;
  *ret_n = entry->starts->len;
  return RUNNEL_LOG_CACHE_READY;
}
