/* runnel-log-folds.c: the groups of lines in a log that can be folded
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "log/runnel-log-folds.h"
#include "log/runnel-log-marker.h"
#include "log/runnel-log-pass.h"

/* A log that has more of them was not written for a person. */
#define MAX_MARKS 200000

/* Where a group begins or ends. */
typedef struct
{
  RunnelLogLine line;
  guint name;
  guint is_start : 1;
  guint is_closed : 1; /* the log wants it so */
  guint has_text : 1;  /* the line has something else to say */
} Mark;

struct _RunnelLogFolds
{
  RunnelLogPass *pass;
  RunnelLogFoldsFunc changed;
  gpointer user_data;

  GArray *marks;     /* of Mark */
  GArray *folds;     /* of RunnelLogFold, by their heads */
  GHashTable *asked; /* index of a mark + 1 -> whether a person wants it closed, plus 1 */
  GArray *mark_of;   /* of guint, by fold: the index of its mark */
};

/* --- Looking for them --------------------------------------------------------------------- */

static void
collect_marks (const RunnelLogSpan *span,
               RunnelLogLine        line,
               GArray             **marks)
{
  RunnelLogMarker marker;
  gsize position = 0;

  while (runnel_log_marker_next (span->text, span->length, &position, &marker))
    {
      Mark mark = { line, marker.name, marker.type == RUNNEL_LOG_MARKER_GROUP, marker.is_closed,
                    FALSE };

      if (marker.type > RUNNEL_LOG_MARKER_END_GROUP)
        break;
      if (!*marks)
        *marks = g_array_new (FALSE, FALSE, sizeof (Mark));
      g_array_append_val (*marks, mark);
    }
  if (*marks && (*marks)->len > 0)
    {
      Mark *last = &g_array_index (*marks, Mark, (*marks)->len - 1);

      if (last->line.nth == line.nth)
        last->has_text = runnel_log_marker_has_text (span->text, span->length, position);
    }
}

static void
look_at_block (RunnelLogSource *source,
               RunnelLogBlock  *block,
               guint64          number,
               guint64          size,
               gpointer         item,
               gpointer         work_data)
{
  RunnelLogLine line = { number, 0 };
  RunnelLogSpan span;
  gsize position = 0;

  for (; runnel_log_block_next (block, &position, &span); line.nth++)
    if (runnel_log_marker_may_be (span.text, span.length))
      collect_marks (&span, line, item);
}

static void
clear_item (gpointer item)
{
  GArray **marks = item;

  g_clear_pointer (marks, g_array_unref);
}

/* --- Making folds of them ------------------------------------------------------------------- */

static gboolean
is_closed (RunnelLogFolds *self,
           guint           mark)
{
  guint asked = GPOINTER_TO_UINT (g_hash_table_lookup (self->asked, GUINT_TO_POINTER (mark + 1)));

  return asked > 0 ? asked - 1 : g_array_index (self->marks, Mark, mark).is_closed;
}

static void
open_fold (RunnelLogFolds *self,
           GArray         *stack,
           guint           mark)
{
  guint index = self->folds->len;
  RunnelLogFold fold = {
    .head = g_array_index (self->marks, Mark, mark).line,
    .end = { G_MAXUINT64, 0 },
    .depth = stack->len,
    .is_closed = is_closed (self, mark),
  };

  g_array_append_val (self->folds, fold);
  g_array_append_val (self->mark_of, mark);
  g_array_append_val (stack, index);
}

/* An end with a name ends the group of this name and those within; without, the last one. */
static guint
find_open (RunnelLogFolds *self,
           GArray         *stack,
           const Mark     *end)
{
  for (guint i = stack->len; i-- > 0;)
    {
      guint fold = g_array_index (stack, guint, i);
      guint mark = g_array_index (self->mark_of, guint, fold);

      if (g_array_index (self->marks, Mark, mark).name == end->name)
        return i;
    }
  return stack->len;
}

static void
close_folds (RunnelLogFolds *self,
             GArray         *stack,
             const Mark     *mark,
             gboolean        is_shown)
{
  guint first = find_open (self, stack, mark);
  RunnelLogLine end = mark->line;

  if (!is_shown)
    end.nth++;
  for (guint i = first; i < stack->len; i++)
    g_array_index (self->folds, RunnelLogFold, g_array_index (stack, guint, i)).end = end;
  g_array_set_size (stack, first);
}

/* The line that ends a group goes with it, unless it says something else as well. */
static gboolean
says_more (RunnelLogFolds *self,
           guint           index)
{
  const Mark *mark = &g_array_index (self->marks, Mark, index);
  const Mark *next = mark + 1;

  return mark->has_text ||
         (index + 1 < self->marks->len && runnel_log_line_compare (&mark->line, &next->line) == 0);
}

static void
make_folds (RunnelLogFolds *self)
{
  g_autoptr(GArray) stack = g_array_new (FALSE, FALSE, sizeof (guint)); /* folds that are open */

  g_array_set_size (self->folds, 0);
  g_array_set_size (self->mark_of, 0);
  for (guint i = 0; i < self->marks->len; i++)
    {
      const Mark *mark = &g_array_index (self->marks, Mark, i);

      if (mark->is_start)
        open_fold (self, stack, i);
      else
        close_folds (self, stack, mark, says_more (self, i));
    }
}

static void
drop_marks_from (RunnelLogFolds *self,
                 guint64         block)
{
  guint n = self->marks->len;

  while (n > 0 && g_array_index (self->marks, Mark, n - 1).line.block >= block)
    n--;
  g_array_set_size (self->marks, n);
}

static void
deliver (guint64  first,
         gpointer items,
         guint    n_items,
         gpointer user_data)
{
  RunnelLogFolds *self = user_data;
  GArray **marks = items;
  guint before = self->marks->len;

  drop_marks_from (self, first);
  for (guint i = 0; i < n_items; i++)
    {
      if (marks[i] && self->marks->len < MAX_MARKS)
        g_array_append_vals (self->marks, marks[i]->data, marks[i]->len);
      clear_item (&marks[i]);
    }
  if (before == 0 && self->marks->len == 0)
    return; /* as it is with most logs */
  make_folds (self);
  self->changed (self->user_data);
}

static void
done (gpointer user_data)
{
  RunnelLogFolds *self = user_data;

  self->changed (self->user_data);
}

/**
 * runnel_log_folds_new:
 * @source: a log
 * @changed: called on this thread's main context when more is known
 * @user_data: for @changed
 *
 * Returns: (transfer full): folds of a log that nobody has looked at yet, see
 *   runnel_log_folds_extend()
 */
RunnelLogFolds *
runnel_log_folds_new (RunnelLogSource    *source,
                      RunnelLogFoldsFunc  changed,
                      gpointer            user_data)
{
  static const RunnelLogPassFuncs funcs = { sizeof (GArray *), clear_item, look_at_block, deliver,
                                            done };
  RunnelLogFolds *self = g_new0 (RunnelLogFolds, 1);

  self->changed = changed;
  self->user_data = user_data;
  self->marks = g_array_new (FALSE, FALSE, sizeof (Mark));
  self->folds = g_array_new (FALSE, FALSE, sizeof (RunnelLogFold));
  self->mark_of = g_array_new (FALSE, FALSE, sizeof (guint));
  self->asked = g_hash_table_new (NULL, NULL);
  self->pass = runnel_log_pass_new (source, &funcs, NULL, NULL, self);
  return self;
}

void
runnel_log_folds_free (RunnelLogFolds *self)
{
  runnel_log_pass_free (self->pass);
  g_array_unref (self->marks);
  g_array_unref (self->folds);
  g_array_unref (self->mark_of);
  g_hash_table_unref (self->asked);
  g_free (self);
}

/**
 * runnel_log_folds_extend:
 * @unchanged: up to where the log is as it was
 * @size: how long it is now, in bytes
 *
 * Looks through what has not been looked at.
 */
void
runnel_log_folds_extend (RunnelLogFolds *self,
                         guint64         unchanged,
                         guint64         size)
{
  if (unchanged == 0)
    g_hash_table_remove_all (self->asked);
  runnel_log_pass_extend (self->pass, unchanged, size);
}

gboolean
runnel_log_folds_is_busy (RunnelLogFolds *self)
{
  return runnel_log_pass_is_busy (self->pass);
}

guint
runnel_log_folds_get_n (RunnelLogFolds *self)
{
  return self->folds->len;
}

/**
 * runnel_log_folds_get:
 * @index: of a fold, in the order of their heads
 *
 * Returns: (transfer none): the fold; valid until they change
 */
const RunnelLogFold *
runnel_log_folds_get (RunnelLogFolds *self,
                      guint           index)
{
  g_return_val_if_fail (index < self->folds->len, NULL);

  return &g_array_index (self->folds, RunnelLogFold, index);
}

/* How many folds have their heads before a line, or at it. */
static guint
count_heads (RunnelLogFolds      *self,
             const RunnelLogLine *line)
{
  guint low = 0, high = self->folds->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (runnel_log_line_compare (&runnel_log_folds_get (self, middle)->head, line) <= 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/**
 * runnel_log_folds_find_head:
 * @line: a line
 * @ret_index: (out): the fold that has it as its head; of several, the outermost
 *
 * Returns: whether there is one
 */
gboolean
runnel_log_folds_find_head (RunnelLogFolds      *self,
                            const RunnelLogLine *line,
                            guint               *ret_index)
{
  guint n = count_heads (self, line);

  while (n > 0 && runnel_log_line_compare (&runnel_log_folds_get (self, n - 1)->head, line) == 0)
    *ret_index = --n;
  return n < self->folds->len &&
         runnel_log_line_compare (&runnel_log_folds_get (self, n)->head, line) == 0;
}

/**
 * runnel_log_folds_find_around:
 * @line: a line
 * @ret_index: (out): the innermost fold that the line is in, or is the head of
 *
 * Returns: whether there is one
 */
gboolean
runnel_log_folds_find_around (RunnelLogFolds      *self,
                              const RunnelLogLine *line,
                              guint               *ret_index)
{
  guint index = count_heads (self, line);

  while (index-- > 0)
    {
      const RunnelLogFold *fold = runnel_log_folds_get (self, index);

      *ret_index = index;
      if (runnel_log_line_compare (line, &fold->end) < 0)
        return TRUE;
      if (fold->depth == 0)
        break;
    }
  return FALSE;
}

/**
 * runnel_log_folds_set_closed:
 * @index: of a fold
 * @closed: whether its lines are hidden; remembered while the log grows
 */
void
runnel_log_folds_set_closed (RunnelLogFolds *self,
                             guint           index,
                             gboolean        closed)
{
  guint mark;

  g_return_if_fail (index < self->folds->len);

  mark = g_array_index (self->mark_of, guint, index);
  g_hash_table_insert (self->asked, GUINT_TO_POINTER (mark + 1), GUINT_TO_POINTER (!!closed + 1u));
  g_array_index (self->folds, RunnelLogFold, index).is_closed = closed;
}

void
runnel_log_folds_set_all_closed (RunnelLogFolds *self,
                                 gboolean        closed)
{
  for (guint i = 0; i < self->folds->len; i++)
    runnel_log_folds_set_closed (self, i, closed);
}

/**
 * runnel_log_folds_reveal:
 * @line: a line
 *
 * Opens what hides a line.
 *
 * Returns: whether there was anything to open
 */
gboolean
runnel_log_folds_reveal (RunnelLogFolds      *self,
                         const RunnelLogLine *line)
{
  gboolean changed = FALSE;

  for (guint i = count_heads (self, line); i-- > 0;)
    {
      const RunnelLogFold *fold = runnel_log_folds_get (self, i);
      gboolean is_around = runnel_log_line_compare (&fold->head, line) < 0 &&
                           runnel_log_line_compare (line, &fold->end) < 0;

      if (is_around && fold->is_closed)
        {
          runnel_log_folds_set_closed (self, i, FALSE);
          changed = TRUE;
        }
      if (fold->depth == 0)
        break;
    }
  return changed;
}
