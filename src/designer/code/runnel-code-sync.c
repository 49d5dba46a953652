/* runnel-code-sync.c: a text and a document that follow each other
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * After a pause in typing the text is read in a thread. What it says new, compared with what it
 * said before, is done to the document as one edit; so changes that the canvas has made meanwhile
 * stay. The other way the checker gives the document's text after each edit, and only the lines
 * that differ are replaced. As long as the text is wrong nothing goes either way.
 */
#include "config.h"

#include <string.h>

#include "designer/code/runnel-code-sync.h"
#include "util/runnel-task.h"
#include "util/runnel-text-hunks.h"

#define TYPING_PAUSE_MS 300

/* GtkSourceView gives up colouring, with a complaint, when a line takes too long. */
#define LONGEST_COLORED_LINE 10000 /* bytes */

struct _RunnelCodeSync
{
  GObject parent_instance;

  RunnelDocument *document;
  RunnelChecker *checker;
  GSignalGroup *checker_signals;
  GSignalGroup *pipeline_signals;
  GtkTextBuffer *buffer;
  RunnelPipeline *base;           /* what the text said when it was right last */
  char *canonical;                /* that as text, when it was typed and is written otherwise */
  RunnelDiagnostics *diagnostics; /* of what was typed; NULL = those of the checker */
  GArray *blocks;                 /* of RunnelCodeBlock, one for each step of `base` */
  RunnelCodeState state;
  char *problem;                  /* why the text is wrong, or NULL */
  guint serial;                   /* counts what is typed */
  guint delay;                    /* source id: what is typed is to be read */
  gboolean is_visible;
  gboolean is_writing;            /* the buffer is changed by us, not by a person */
  gboolean is_applying;           /* the document is changed by us */
  gboolean holds_back;            /* the document was changed while the text is wrong */
};

enum
{
  PROP_0,
  PROP_PENDING,
  N_PROPS
};

enum
{
  UPDATED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (RunnelCodeSync, runnel_code_sync, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void show_document (RunnelCodeSync *self);

static char *
get_text (RunnelCodeSync *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  return gtk_text_buffer_get_text (self->buffer, &start, &end, TRUE);
}

static void
set_state (RunnelCodeSync  *self,
           RunnelCodeState  state,
           const char      *problem)
{
  gboolean was_pending = self->state != RUNNEL_CODE_SHOWN;
  char *copy = g_strdup (problem);

  g_free (self->problem);
  self->problem = copy;
  self->state = state;
  if (state == RUNNEL_CODE_SHOWN)
    self->holds_back = FALSE;
  if (was_pending != (state != RUNNEL_CODE_SHOWN))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PENDING]);
}

static void
updated (RunnelCodeSync *self)
{
  g_signal_emit (self, signals[UPDATED], 0);
}

/* --- From the text to the document --- */

typedef struct
{
  char *text;
  char *file;
  guint serial;
} ReadOrder;

static void
read_order_free (gpointer data)
{
  ReadOrder *order = data;

  g_free (order->text);
  g_free (order->file);
  g_free (order);
}

static ReadOrder *
read_order_new (RunnelCodeSync *self)
{
  ReadOrder *order = g_new0 (ReadOrder, 1);
  GFile *file = runnel_document_get_file (self->document);

  order->text = get_text (self);
  order->file = file ? g_file_get_path (file) : NULL;
  order->serial = self->serial;
  return order;
}

static RunnelCodeReading *
read_text (ReadOrder *order)
{
  return runnel_code_reading_new (order->text, strlen (order->text), order->file);
}

/* The first error, as a line under the text says it. */
static const char *
find_problem (RunnelDiagnostics *diagnostics,
              const char        *otherwise)
{
  for (guint i = 0; i < runnel_diagnostics_get_size (diagnostics); i++)
    if (runnel_diagnostics_get (diagnostics, i)->severity == RUNNEL_SEVERITY_ERROR)
      return runnel_diagnostics_get (diagnostics, i)->message;
  return otherwise;
}

static gboolean
apply (RunnelCodeSync  *self,
       RunnelPipeline  *wanted,
       GError         **error)
{
  g_autoptr(GError) local_error = NULL;
  g_autoptr(RunnelEdit) edit =
    runnel_edit_new_merge (runnel_document_get_pipeline (self->document), self->base, wanted,
                           &local_error);
  gboolean success = !local_error;

  if (edit)
    {
      self->is_applying = TRUE;
      success = runnel_document_apply (self->document, edit, &local_error);
      self->is_applying = FALSE;
    }
  if (local_error)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return success;
}

/* What is in the document is undone there, and no longer in the text. */
static void
forget_typing (RunnelCodeSync *self)
{
  gtk_text_buffer_begin_irreversible_action (self->buffer);
  gtk_text_buffer_end_irreversible_action (self->buffer);
}

static void
accept (RunnelCodeSync    *self,
        RunnelCodeReading *reading)
{
  g_autoptr(GError) error = NULL;

  g_clear_pointer (&self->diagnostics, runnel_diagnostics_free);
  self->diagnostics = g_steal_pointer (&reading->diagnostics);
  if (!reading->pipeline)
    set_state (self, RUNNEL_CODE_WRONG, find_problem (self->diagnostics, ""));
  else if (!apply (self, reading->pipeline, &error))
    set_state (self, RUNNEL_CODE_WRONG, find_problem (self->diagnostics, error->message));
  else
    {
      g_set_object (&self->base, reading->pipeline);
      g_free (self->canonical);
      self->canonical = g_steal_pointer (&reading->canonical);
      g_array_unref (self->blocks);
      self->blocks = g_steal_pointer (&reading->blocks);
      set_state (self, RUNNEL_CODE_SHOWN, NULL);
      forget_typing (self);
    }
  updated (self);
  show_document (self);
}

static void
read_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  g_task_return_pointer (task, read_text (task_data), (GDestroyNotify) runnel_code_reading_free);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  RunnelCodeSync *self = RUNNEL_CODE_SYNC (object);
  ReadOrder *order = g_task_get_task_data (G_TASK (result));
  g_autoptr(RunnelCodeReading) reading = g_task_propagate_pointer (G_TASK (result), NULL);

  /* Somebody types on, or it was read already. */
  if (order->serial == self->serial && self->state == RUNNEL_CODE_TYPED)
    accept (self, reading);
}

static gboolean
typing_paused_cb (gpointer user_data)
{
  RunnelCodeSync *self = user_data;
  g_autoptr(GTask) task = g_task_new (self, NULL, read_cb, NULL);

  self->delay = 0;
  g_task_set_source_tag (task, typing_paused_cb);
  g_task_set_task_data (task, read_order_new (self), read_order_free);
  runnel_task_run_in_thread (task, read_thread);
  return G_SOURCE_REMOVE;
}

static void
buffer_changed_cb (RunnelCodeSync *self)
{
  if (self->is_writing || !self->base)
    return;
  self->serial++;
  set_state (self, RUNNEL_CODE_TYPED, self->problem);
  g_clear_handle_id (&self->delay, g_source_remove);
  self->delay = g_timeout_add (TYPING_PAUSE_MS, typing_paused_cb, self);
}

/* --- From the document to the text --- */

typedef struct
{
  char *from;     /* the text as it is */
  GBytes *source; /* what the checker gave */
  char *to;       /* the same, ended with NUL */
  guint serial;
  GArray *hunks;
  GArray *blocks;
  gsize longest_line;
} ShowOrder;

static void
show_order_free (gpointer data)
{
  ShowOrder *order = data;

  g_clear_pointer (&order->hunks, g_array_unref);
  g_clear_pointer (&order->blocks, g_array_unref);
  g_bytes_unref (order->source);
  g_free (order->from);
  g_free (order->to);
  g_free (order);
}

static ShowOrder *
show_order_new (RunnelCodeSync *self)
{
  ShowOrder *order = g_new0 (ShowOrder, 1);
  const char *text;
  gsize length;

  order->from = get_text (self);
  order->source = g_bytes_ref (runnel_checker_get_text (self->checker));
  text = g_bytes_get_data (order->source, &length);
  order->to = g_strndup (text, length);
  order->serial = self->serial;
  return order;
}

/* GTK ends lines where JSON does not; with such characters there are no lines to go by. */
static gboolean
has_same_lines (const char *text)
{
  return !strchr (text, '\r') && !strstr (text, "\u2029");
}

static GArray *
make_hunks (const char *from,
            const char *to)
{
  RunnelTextHunk whole = { 0, G_MAXINT, to, strlen (to) };
  GArray *hunks;

  if (has_same_lines (from) && has_same_lines (to))
    return runnel_text_hunks_new (from, to);
  hunks = g_array_new (FALSE, FALSE, sizeof (RunnelTextHunk));
  if (!g_str_equal (from, to))
    g_array_append_val (hunks, whole);
  return hunks;
}

static gsize
measure_longest_line (const char *text)
{
  gsize longest = 0;

  while (*text)
    {
      gsize length = strcspn (text, "\n");

      longest = MAX (longest, length);
      text += length + (text[length] == '\n');
    }
  return longest;
}

static void
compare_texts (ShowOrder *order)
{
  order->longest_line = measure_longest_line (order->to);
  order->hunks = make_hunks (order->from, order->to);
  order->blocks = runnel_code_find_blocks (order->to, strlen (order->to));
}

static void
get_line_iter (RunnelCodeSync *self,
               guint           line,
               GtkTextIter    *iter)
{
  if (line >= (guint) gtk_text_buffer_get_line_count (self->buffer))
    gtk_text_buffer_get_end_iter (self->buffer, iter);
  else
    gtk_text_buffer_get_iter_at_line (self->buffer, iter, (int) line);
}

/* Leaves alone the characters that a hunk begins and ends with alike, and so a cursor among them. */
static void
replace_range (RunnelCodeSync *self,
               GtkTextIter    *start,
               GtkTextIter    *end,
               const char     *text,
               gsize           length)
{
  g_autofree char *old = gtk_text_iter_get_text (start, end);
  gsize old_length = strlen (old), same_start = 0, same_end = 0;

  while (same_start < MIN (old_length, length) && old[same_start] == text[same_start])
    same_start++;
  while (same_start > 0 && ((guchar) text[same_start] & 0xc0) == 0x80)
    same_start--;
  while (same_end < MIN (old_length, length) - same_start &&
         old[old_length - same_end - 1] == text[length - same_end - 1])
    same_end++;
  while (same_end > 0 && ((guchar) text[length - same_end] & 0xc0) == 0x80)
    same_end--;

  gtk_text_iter_forward_chars (start, (int) g_utf8_strlen (old, (gssize) same_start));
  gtk_text_iter_backward_chars (
    end, (int) g_utf8_strlen (old + old_length - same_end, (gssize) same_end));
  gtk_text_buffer_delete (self->buffer, start, end);
  gtk_text_buffer_insert (self->buffer, start, text + same_start,
                          (int) (length - same_start - same_end));
}

/* From the bottom up, so that the lines above keep their numbers. */
static void
replace_hunks (RunnelCodeSync *self,
               GArray         *hunks)
{
  self->is_writing = TRUE;
  for (guint i = hunks->len; i > 0; i--)
    {
      const RunnelTextHunk *hunk = &g_array_index (hunks, RunnelTextHunk, i - 1);
      GtkTextIter start, end;

      get_line_iter (self, hunk->line, &start);
      get_line_iter (self, hunk->line + hunk->n_removed, &end);
      replace_range (self, &start, &end, hunk->text, hunk->length);
    }
  self->is_writing = FALSE;
}

/* A text that was just opened is read from its start. */
static void
put_cursor_at_start (RunnelCodeSync *self)
{
  GtkTextIter start;

  gtk_text_buffer_get_start_iter (self->buffer, &start);
  gtk_text_buffer_place_cursor (self->buffer, &start);
}

static void
show (RunnelCodeSync *self,
      ShowOrder      *order)
{
  gboolean is_new = !self->base;

  gtk_source_buffer_set_highlight_syntax (GTK_SOURCE_BUFFER (self->buffer),
                                          order->longest_line <= LONGEST_COLORED_LINE);
  replace_hunks (self, order->hunks);
  if (is_new)
    put_cursor_at_start (self);
  g_set_object (&self->base, runnel_checker_get_pipeline (self->checker));
  g_clear_pointer (&self->canonical, g_free);
  g_clear_pointer (&self->diagnostics, runnel_diagnostics_free);
  g_array_unref (self->blocks);
  self->blocks = g_steal_pointer (&order->blocks);
  set_state (self, RUNNEL_CODE_SHOWN, NULL);
}

static void
show_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  compare_texts (task_data);
  g_task_return_boolean (task, TRUE);
}

static void
show_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  RunnelCodeSync *self = RUNNEL_CODE_SYNC (object);
  ShowOrder *order = g_task_get_task_data (G_TASK (result));

  if (order->serial != self->serial || self->state != RUNNEL_CODE_SHOWN || !self->checker ||
      runnel_checker_get_text (self->checker) != order->source)
    return;
  gtk_text_buffer_begin_irreversible_action (self->buffer);
  show (self, order);
  gtk_text_buffer_end_irreversible_action (self->buffer);
  updated (self);
}

/* Text that says the same in another form stays as it was typed. */
static gboolean
is_shown (RunnelCodeSync *self)
{
  gsize length;
  const char *text = g_bytes_get_data (runnel_checker_get_text (self->checker), &length);

  return self->canonical && strlen (self->canonical) == length &&
         memcmp (self->canonical, text, length) == 0;
}

/* A text nobody sees is not worth the work, and one that is being typed is left in peace. */
static void
show_document (RunnelCodeSync *self)
{
  g_autoptr(GTask) task = NULL;

  if (!self->is_visible || self->state != RUNNEL_CODE_SHOWN || !self->checker ||
      !runnel_checker_get_text (self->checker) || !runnel_checker_is_current (self->checker) ||
      is_shown (self))
    return;
  task = g_task_new (self, NULL, show_cb, NULL);
  g_task_set_source_tag (task, show_document);
  g_task_set_task_data (task, show_order_new (self), show_order_free);
  runnel_task_run_in_thread (task, show_thread);
}

static void
document_changed_cb (RunnelCodeSync *self)
{
  if (self->is_applying || !self->problem || self->holds_back)
    return;
  self->holds_back = TRUE;
  updated (self);
}

/* --- Blocks stay with their lines while text is typed --- */

static void
insert_text_cb (GtkTextBuffer  *buffer,
                GtkTextIter    *location,
                char           *text,
                int             length,
                RunnelCodeSync *self)
{
  guint line = (guint) gtk_text_iter_get_line (location), n_lines = 0;

  if (self->is_writing)
    return;
  for (int i = 0; i < length; i++)
    n_lines += text[i] == '\n';
  for (guint i = 0; n_lines > 0 && i < self->blocks->len; i++)
    {
      RunnelCodeBlock *block = &g_array_index (self->blocks, RunnelCodeBlock, i);

      if (block->first > line || (block->first == line && gtk_text_iter_starts_line (location)))
        block->first += n_lines;
      if (block->last >= line)
        block->last += n_lines;
    }
}

static guint
move_up (guint line,
         guint first,
         guint last)
{
  return line <= first ? line : line >= last ? line - (last - first) : first;
}

static void
delete_range_cb (GtkTextBuffer  *buffer,
                 GtkTextIter    *start,
                 GtkTextIter    *end,
                 RunnelCodeSync *self)
{
  guint first = (guint) gtk_text_iter_get_line (start), last = (guint) gtk_text_iter_get_line (end);

  if (self->is_writing)
    return;
  for (guint i = 0; last > first && i < self->blocks->len; i++)
    {
      RunnelCodeBlock *block = &g_array_index (self->blocks, RunnelCodeBlock, i);

      block->first = move_up (block->first, first, last);
      block->last = move_up (block->last, first, last);
    }
}

/* --- Object --- */

static void
runnel_code_sync_dispose (GObject *object)
{
  RunnelCodeSync *self = RUNNEL_CODE_SYNC (object);

  g_clear_handle_id (&self->delay, g_source_remove);
  if (self->buffer)
    g_signal_handlers_disconnect_by_data (self->buffer, self);
  g_clear_object (&self->checker_signals);
  g_clear_object (&self->pipeline_signals);
  g_clear_object (&self->buffer);
  g_clear_object (&self->checker);
  g_clear_object (&self->document);
  g_clear_object (&self->base);
  G_OBJECT_CLASS (runnel_code_sync_parent_class)->dispose (object);
}

static void
runnel_code_sync_finalize (GObject *object)
{
  RunnelCodeSync *self = RUNNEL_CODE_SYNC (object);

  g_clear_pointer (&self->diagnostics, runnel_diagnostics_free);
  g_clear_pointer (&self->blocks, g_array_unref);
  g_free (self->canonical);
  g_free (self->problem);
  G_OBJECT_CLASS (runnel_code_sync_parent_class)->finalize (object);
}

static void
runnel_code_sync_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_PENDING:
      g_value_set_boolean (value, runnel_code_sync_get_pending (RUNNEL_CODE_SYNC (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
runnel_code_sync_class_init (RunnelCodeSyncClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = runnel_code_sync_dispose;
  object_class->finalize = runnel_code_sync_finalize;
  object_class->get_property = runnel_code_sync_get_property;

  properties[PROP_PENDING] =
    g_param_spec_boolean ("pending", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[UPDATED] = g_signal_new ("updated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
runnel_code_sync_init (RunnelCodeSync *self)
{
  self->blocks = g_array_new (FALSE, FALSE, sizeof (RunnelCodeBlock));
  self->buffer = GTK_TEXT_BUFFER (runnel_source_buffer_new (NULL));
  /* For what is typed and not in the document yet; the rest is undone there. */
  gtk_text_buffer_set_enable_undo (self->buffer, TRUE);
  g_signal_connect_swapped (self->buffer, "changed", G_CALLBACK (buffer_changed_cb), self);
  g_signal_connect (self->buffer, "insert-text", G_CALLBACK (insert_text_cb), self);
  g_signal_connect (self->buffer, "delete-range", G_CALLBACK (delete_range_cb), self);
  self->checker_signals = g_signal_group_new (RUNNEL_TYPE_CHECKER);
  g_signal_group_connect_swapped (self->checker_signals, "checked", G_CALLBACK (show_document),
                                  self);
  self->pipeline_signals = g_signal_group_new (RUNNEL_TYPE_PIPELINE);
  g_signal_group_connect_swapped (self->pipeline_signals, "changed",
                                  G_CALLBACK (document_changed_cb), self);
}

/**
 * runnel_code_sync_new:
 *
 * Returns: (transfer full): an empty text that follows no document
 */
RunnelCodeSync *
runnel_code_sync_new (void)
{
  return g_object_new (RUNNEL_TYPE_CODE_SYNC, NULL);
}

/**
 * runnel_code_sync_set_document:
 * @document: the document that the text is to be
 * @checker: what writes and checks @document after each edit
 *
 * What was typed and is not in the document that was followed before is lost.
 */
void
runnel_code_sync_set_document (RunnelCodeSync *self,
                               RunnelDocument *document,
                               RunnelChecker  *checker)
{
  g_return_if_fail (RUNNEL_IS_CODE_SYNC (self));
  g_return_if_fail (RUNNEL_IS_DOCUMENT (document));
  g_return_if_fail (RUNNEL_IS_CHECKER (checker));

  g_clear_handle_id (&self->delay, g_source_remove);
  self->serial++;
  g_set_object (&self->document, document);
  g_set_object (&self->checker, checker);
  g_clear_object (&self->base);
  g_clear_pointer (&self->canonical, g_free);
  g_clear_pointer (&self->diagnostics, runnel_diagnostics_free);
  g_array_set_size (self->blocks, 0);
  set_state (self, RUNNEL_CODE_SHOWN, NULL);
  g_signal_group_set_target (self->checker_signals, checker);
  g_signal_group_set_target (self->pipeline_signals, runnel_document_get_pipeline (document));
  show_document (self);
}

/**
 * runnel_code_sync_set_visible:
 * @visible: whether anybody sees the text; if not, it does not follow the document
 */
void
runnel_code_sync_set_visible (RunnelCodeSync *self,
                              gboolean        visible)
{
  g_return_if_fail (RUNNEL_IS_CODE_SYNC (self));

  self->is_visible = visible;
  show_document (self);
}

/**
 * runnel_code_sync_get_buffer:
 *
 * Returns: (transfer none): the text
 */
GtkSourceBuffer *
runnel_code_sync_get_buffer (RunnelCodeSync *self)
{
  g_return_val_if_fail (RUNNEL_IS_CODE_SYNC (self), NULL);

  return GTK_SOURCE_BUFFER (self->buffer);
}

/**
 * runnel_code_sync_get_pipeline:
 *
 * Returns: (transfer none) (nullable): what the text said when it was right last; %NULL before
 *   there is any text
 */
RunnelPipeline *
runnel_code_sync_get_pipeline (RunnelCodeSync *self)
{
  g_return_val_if_fail (RUNNEL_IS_CODE_SYNC (self), NULL);

  return self->base;
}

RunnelCodeState
runnel_code_sync_get_state (RunnelCodeSync *self)
{
  g_return_val_if_fail (RUNNEL_IS_CODE_SYNC (self), RUNNEL_CODE_SHOWN);

  return self->state;
}

/**
 * runnel_code_sync_get_pending:
 *
 * Returns: whether something was typed that the document does not have
 */
gboolean
runnel_code_sync_get_pending (RunnelCodeSync *self)
{
  g_return_val_if_fail (RUNNEL_IS_CODE_SYNC (self), FALSE);

  return self->state != RUNNEL_CODE_SHOWN;
}

/**
 * runnel_code_sync_get_problem:
 *
 * Returns: (transfer none) (nullable): why the text is wrong; %NULL when it is not
 */
const char *
runnel_code_sync_get_problem (RunnelCodeSync *self)
{
  g_return_val_if_fail (RUNNEL_IS_CODE_SYNC (self), NULL);

  return self->problem;
}

/**
 * runnel_code_sync_holds_back:
 *
 * Returns: whether the document was changed elsewhere while the text is wrong; that comes into
 *   the text once it is right
 */
gboolean
runnel_code_sync_holds_back (RunnelCodeSync *self)
{
  g_return_val_if_fail (RUNNEL_IS_CODE_SYNC (self), FALSE);

  return self->holds_back;
}

/**
 * runnel_code_sync_get_diagnostics:
 *
 * Returns: (transfer none) (nullable): what is wrong with the text, with lines of it; valid until
 *   the main loop goes on
 */
RunnelDiagnostics *
runnel_code_sync_get_diagnostics (RunnelCodeSync *self)
{
  g_return_val_if_fail (RUNNEL_IS_CODE_SYNC (self), NULL);

  if (self->diagnostics || !self->checker || !self->base)
    return self->diagnostics;
  return runnel_checker_get_diagnostics (self->checker);
}

/**
 * runnel_code_sync_find_block:
 * @id: the id of a step
 *
 * Returns: (transfer none) (nullable): its lines, valid until the text changes
 */
const RunnelCodeBlock *
runnel_code_sync_find_block (RunnelCodeSync *self,
                             const char     *id)
{
  guint index;

  g_return_val_if_fail (RUNNEL_IS_CODE_SYNC (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  if (!self->base || !runnel_pipeline_find_step (self->base, id, &index) ||
      index >= self->blocks->len)
    return NULL;
  return &g_array_index (self->blocks, RunnelCodeBlock, index);
}

static gboolean
find_block_at (RunnelCodeSync *self,
               guint           line,
               guint          *ret_index)
{
  guint low = 0, high = self->blocks->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (g_array_index (self->blocks, RunnelCodeBlock, middle).last < line)
        low = middle + 1;
      else
        high = middle;
    }
  *ret_index = low;
  return low < self->blocks->len &&
         g_array_index (self->blocks, RunnelCodeBlock, low).first <= line;
}

/**
 * runnel_code_sync_find_block_at:
 * @line: from 0
 *
 * Returns: (transfer none) (nullable): the lines of the step to which @line belongs, valid until
 *   the text changes
 */
const RunnelCodeBlock *
runnel_code_sync_find_block_at (RunnelCodeSync *self,
                                guint           line)
{
  guint index;

  g_return_val_if_fail (RUNNEL_IS_CODE_SYNC (self), NULL);

  return find_block_at (self, line, &index) ? &g_array_index (self->blocks, RunnelCodeBlock, index)
                                            : NULL;
}

/**
 * runnel_code_sync_find_step:
 * @line: from 0
 *
 * Returns: (transfer none) (nullable): the id of the step to which @line belongs, valid until the
 *   text is read again
 */
const char *
runnel_code_sync_find_step (RunnelCodeSync *self,
                            guint           line)
{
  guint index;

  g_return_val_if_fail (RUNNEL_IS_CODE_SYNC (self), NULL);

  if (!find_block_at (self, line, &index) || index >= runnel_pipeline_get_n_steps (self->base))
    return NULL;
  return runnel_pipeline_get_step (self->base, index)->id;
}

/**
 * runnel_code_sync_flush:
 *
 * Brings what was typed into the document at once, as before a save or a run.
 *
 * Returns: whether the document has all of it now; if not, the text is wrong
 */
gboolean
runnel_code_sync_flush (RunnelCodeSync *self)
{
  g_return_val_if_fail (RUNNEL_IS_CODE_SYNC (self), FALSE);

  if (self->state == RUNNEL_CODE_TYPED)
    {
      ReadOrder *order = read_order_new (self);
      g_autoptr(RunnelCodeReading) reading = read_text (order);

      g_clear_handle_id (&self->delay, g_source_remove);
      accept (self, reading);
      read_order_free (order);
    }
  return self->state == RUNNEL_CODE_SHOWN;
}

/**
 * runnel_code_sync_tidy:
 *
 * Writes the text as it will be saved, once what was typed is in the document.
 */
void
runnel_code_sync_tidy (RunnelCodeSync *self)
{
  g_return_if_fail (RUNNEL_IS_CODE_SYNC (self));

  g_clear_pointer (&self->canonical, g_free);
  show_document (self);
}

/**
 * runnel_code_sync_revert:
 *
 * Gives up what was typed and shows the document again. The text's own undo brings it back.
 */
void
runnel_code_sync_revert (RunnelCodeSync *self)
{
  ShowOrder *order;

  g_return_if_fail (RUNNEL_IS_CODE_SYNC (self));

  if (self->state == RUNNEL_CODE_SHOWN)
    return;
  g_clear_handle_id (&self->delay, g_source_remove);
  self->serial++;
  /* A document that is being checked is shown as soon as that is done. */
  if (!runnel_checker_is_current (self->checker))
    {
      g_clear_pointer (&self->canonical, g_free);
      set_state (self, RUNNEL_CODE_SHOWN, NULL);
      updated (self);
      return;
    }
  order = show_order_new (self);
  compare_texts (order);
  gtk_text_buffer_begin_user_action (self->buffer);
  show (self, order);
  gtk_text_buffer_end_user_action (self->buffer);
  show_order_free (order);
  updated (self);
}
