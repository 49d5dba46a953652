/* runnel-log-pass.c: a look at all blocks of a log, in the background
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "log/runnel-log-pass.h"

#define PIECE_BLOCKS 16 /* what a thread does before it says what it found: 1 MB */
#define MAX_THREADS 4
#define PIECES_AHEAD 2  /* for each thread, so that none waits for the main loop */

/* What the threads see. It outlives the pass while one of them is at work. */
typedef struct
{
  gatomicrefcount ref_count;
  RunnelLogPassFuncs funcs;
  RunnelLogSource *source;
  gpointer work_data;
  GDestroyNotify free_work_data;
  GMainContext *context;
  int generation;      /* atomic; what was begun for another is of no use any more */
  RunnelLogPass *pass; /* NULL once that is gone; of the main thread alone */
} Share;

struct _RunnelLogPass
{
  Share *share;
  gpointer user_data;

  GByteArray *begins;    /* of each block delivered: whether a line begins in it */
  GQueue early;          /* of Piece: done before one that comes before it */
  guint64 size;          /* of the log, as it is looked at now */
  guint64 wanted_size;   /* and next */
  guint64 unchanged;     /* from here on it has to be looked at again */
  guint64 next_started;  /* block */
  guint64 next_delivered;
  guint n_started;       /* pieces under way */
  gboolean is_busy;
};

typedef struct
{
  Share *share;
  int generation;
  guint64 first;
  guint n_blocks;
  guint64 size;
  guint8 *items;
  guint8 begins[PIECE_BLOCKS];
} Piece;

static void
share_unref (Share *share)
{
  if (!g_atomic_ref_count_dec (&share->ref_count))
    return;
  if (share->free_work_data)
    share->free_work_data (share->work_data);
  runnel_log_source_unref (share->source);
  g_main_context_unref (share->context);
  g_free (share);
}

static gpointer
piece_get_item (Piece *piece,
                guint  index)
{
  return piece->items + index * piece->share->funcs.item_size;
}

static void
clear_items (Piece *piece)
{
  for (guint i = 0; piece->items && piece->share->funcs.clear && i < piece->n_blocks; i++)
    piece->share->funcs.clear (piece_get_item (piece, i));
  g_clear_pointer (&piece->items, g_free);
}

static void
piece_free (Piece *piece)
{
  clear_items (piece);
  share_unref (piece->share);
  g_free (piece);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Piece, piece_free)

/* --- In the threads --------------------------------------------------------------------- */

static gboolean deliver_cb (gpointer user_data);

static void
work_on_piece (Piece *piece)
{
  Share *share = piece->share;
  g_auto(RunnelLogBlock) block = { 0, };

  for (guint i = 0; i < piece->n_blocks; i++)
    {
      if (g_atomic_int_get (&share->generation) != piece->generation)
        return;
      runnel_log_block_load (&block, share->source, piece->first + i, piece->size, TRUE);
      piece->begins[i] = block.length > 0;
      share->funcs.work (share->source, &block, piece->first + i, piece->size,
                         piece_get_item (piece, i), share->work_data);
    }
}

static void
work_in_thread (gpointer data,
                gpointer user_data)
{
  Piece *piece = data;
  g_autoptr(GSource) source = g_idle_source_new ();

  work_on_piece (piece);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, deliver_cb, piece, NULL);
  g_source_attach (source, piece->share->context);
}

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
start_piece (RunnelLogPass *self,
             guint64        n_blocks)
{
  Piece *piece = g_new0 (Piece, 1);

  g_atomic_ref_count_inc (&self->share->ref_count);
  piece->share = self->share;
  piece->generation = self->share->generation;
  piece->first = self->next_started;
  piece->n_blocks = (guint) MIN (PIECE_BLOCKS, n_blocks - self->next_started);
  piece->size = self->size;
  piece->items = g_malloc0_n (piece->n_blocks, self->share->funcs.item_size);
  self->next_started += piece->n_blocks;
  self->n_started++;
  g_thread_pool_push (get_threads (), piece, NULL);
}

static void
start_pieces (RunnelLogPass *self)
{
  guint64 n_blocks = runnel_log_block_count (self->size);
  guint most = PIECES_AHEAD * (guint) g_thread_pool_get_max_threads (get_threads ());

  while (self->next_started < n_blocks && self->n_started < most)
    start_piece (self, n_blocks);
}

/* The last block up to this one in which a line begins, as far as is known. */
static guint64
find_begin (RunnelLogPass *self,
            guint64        block)
{
  while (block > 0 && (block >= self->begins->len || !self->begins->data[block]))
    block--;
  return block;
}

/* What was the last line may go on. Of a log that was cut amid a block, lines that begin in it are
 * no longer there, and the last one that is begins before it. */
static guint64
find_first_changed (RunnelLogPass *self)
{
  guint64 block = MIN (runnel_log_block_of (self->unchanged), self->begins->len);

  block = find_begin (self, block);
  if (self->unchanged < self->size && block > 0)
    block = find_begin (self, block - 1);
  return block;
}

static void
begin (RunnelLogPass *self)
{
  guint64 first = find_first_changed (self);

  g_atomic_int_inc (&self->share->generation);
  g_queue_clear_full (&self->early, (GDestroyNotify) piece_free);
  self->n_started = 0;
  if (self->wanted_size < self->size)
    self->share->funcs.deliver (first, NULL, 0, self->user_data);
  g_byte_array_set_size (self->begins, (guint) MIN (first, self->begins->len));
  self->next_started = self->next_delivered = first;
  self->size = self->unchanged = self->wanted_size;
  self->is_busy = TRUE;
  start_pieces (self);
}

static void
deliver (RunnelLogPass *self,
         Piece         *piece)
{
  g_byte_array_append (self->begins, piece->begins, piece->n_blocks);
  self->next_delivered += piece->n_blocks;
  self->share->funcs.deliver (piece->first, piece->items, piece->n_blocks, self->user_data);
  g_clear_pointer (&piece->items, g_free);
}

static int
compare_first (gconstpointer left,
               gconstpointer right,
               gpointer      user_data)
{
  const Piece *l = left, *r = right;

  return (l->first > r->first) - (l->first < r->first);
}

static void
deliver_early (RunnelLogPass *self)
{
  Piece *next;

  while ((next = g_queue_peek_head (&self->early)) && next->first == self->next_delivered)
    {
      g_queue_pop_head (&self->early);
      deliver (self, next);
      piece_free (next);
    }
}

static void
go_on (RunnelLogPass *self)
{
  start_pieces (self);
  if (self->next_delivered < runnel_log_block_count (self->size))
    return;

  self->is_busy = FALSE;
  if (self->wanted_size != self->size || self->unchanged < self->size)
    {
      begin (self);
      go_on (self);
    }
  else
    self->share->funcs.done (self->user_data);
}

static gboolean
deliver_cb (gpointer user_data)
{
  g_autoptr(Piece) piece = user_data;
  RunnelLogPass *self = piece->share->pass;

  if (!self || piece->generation != piece->share->generation)
    return G_SOURCE_REMOVE;

  self->n_started--;
  if (piece->first == self->next_delivered)
    {
      deliver (self, piece);
      deliver_early (self);
    }
  else
    g_queue_insert_sorted (&self->early, g_steal_pointer (&piece), compare_first, NULL);
  go_on (self);
  return G_SOURCE_REMOVE;
}

/**
 * runnel_log_pass_new:
 * @source: a log
 * @funcs: what is looked for, and who is told
 * @work_data: for the work; not written to
 * @free_work_data: (nullable): for @work_data
 * @user_data: for what is called in this thread, on its main context
 *
 * Makes a pass that has nothing to look at yet, see runnel_log_pass_extend().
 *
 * Returns: (transfer full): the pass
 */
RunnelLogPass *
runnel_log_pass_new (RunnelLogSource          *source,
                     const RunnelLogPassFuncs *funcs,
                     gpointer                  work_data,
                     GDestroyNotify            free_work_data,
                     gpointer                  user_data)
{
  RunnelLogPass *self = g_new0 (RunnelLogPass, 1);
  Share *share = g_new0 (Share, 1);

  g_atomic_ref_count_init (&share->ref_count);
  share->funcs = *funcs;
  share->source = runnel_log_source_ref (source);
  share->work_data = work_data;
  share->free_work_data = free_work_data;
  share->context = g_main_context_ref_thread_default ();
  share->pass = self;
  self->share = share;
  self->user_data = user_data;
  self->begins = g_byte_array_new ();
  return self;
}

/**
 * runnel_log_pass_free:
 *
 * Gives up what is under way; nobody is told of it.
 */
void
runnel_log_pass_free (RunnelLogPass *self)
{
  g_atomic_int_inc (&self->share->generation);
  self->share->pass = NULL;
  g_queue_clear_full (&self->early, (GDestroyNotify) piece_free);
  share_unref (self->share);
  g_byte_array_unref (self->begins);
  g_free (self);
}

/**
 * runnel_log_pass_extend:
 * @unchanged: up to where the log is as it was, see runnel_log_source_refresh()
 * @size: how long it is now, in bytes
 *
 * Looks at what has not been looked at. What is under way goes on, unless it looks at what was cut.
 */
void
runnel_log_pass_extend (RunnelLogPass *self,
                        guint64        unchanged,
                        guint64        size)
{
  g_return_if_fail (self);
  g_return_if_fail (unchanged <= size);

  self->unchanged = MIN (self->unchanged, unchanged);
  self->wanted_size = size;
  if (!self->is_busy || unchanged < self->size)
    {
      begin (self);
      go_on (self);
    }
}

gboolean
runnel_log_pass_is_busy (RunnelLogPass *self)
{
  return self->is_busy;
}

/**
 * runnel_log_pass_get_done:
 *
 * Returns: how many blocks, from the first on, have been looked at
 */
guint64
runnel_log_pass_get_done (RunnelLogPass *self)
{
  return self->next_delivered;
}
