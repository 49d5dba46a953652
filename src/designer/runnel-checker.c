/* runnel-checker.c: keeps the problems of a document up to date while it is edited
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/runnel-checker.h"
#include "engine/runnel-check-files.h"
#include "engine/runnel-check.h"
#include "util/runnel-task.h"

/* After an edit the check waits this long for the next one. */
#define DELAY_MS 250

#define LONGEST_LINE 4000 /* bytes */

struct _RunnelChecker
{
  GObject parent_instance;

  RunnelDocument *document;
  RunnelDiagnostics *diagnostics; /* of the last check that ended */
  RunnelPipeline *pipeline;       /* a copy of what was checked */
  GBytes *text;                   /* the document as text, as it was then */
  GCancellable *cancellable;      /* of the check under way, else NULL */
  guint delay;                    /* source id */
};

enum
{
  CHECKED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (RunnelChecker, runnel_checker, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

/* What the thread is given, and what it makes of it. */
typedef struct
{
  RunnelPipeline *pipeline; /* a copy */
  char *file;               /* where it is, or NULL for one that was never saved */
  GBytes *text;             /* NULL when it is to be written */
  RunnelDiagnostics *diagnostics;
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  g_clear_object (&order->pipeline);
  g_clear_pointer (&order->text, g_bytes_unref);
  g_clear_pointer (&order->diagnostics, runnel_diagnostics_free);
  g_free (order->file);
  g_free (order);
}

static Order *
order_new (RunnelDocument *document)
{
  Order *order = g_new0 (Order, 1);
  GFile *file = runnel_document_get_file (document);

  order->pipeline = runnel_pipeline_copy (runnel_document_get_pipeline (document));
  order->file = file ? g_file_get_path (file) : NULL;
  /* What was not changed is there already, canonical or not. */
  if (!runnel_document_get_modified (document))
    order->text = runnel_document_get_text (document);
  return order;
}

/* A pipeline all in one line is not what somebody wants to see, and slow to lay out. */
static gboolean
is_readable (GBytes *text)
{
  gsize length, longest = 0;
  const char *p = g_bytes_get_data (text, &length), *end = p + length;

  while (p < end)
    {
      const char *newline = memchr (p, '\n', (gsize) (end - p));

      longest = MAX (longest, (gsize) ((newline ? newline : end) - p));
      p = newline ? newline + 1 : end;
    }
  return longest <= LONGEST_LINE;
}

static void
write_text (Order *order)
{
  gsize length;
  char *text;

  if (order->text && is_readable (order->text))
    return;
  text = runnel_pipeline_to_text (order->pipeline, &length);
  g_clear_pointer (&order->text, g_bytes_unref);
  order->text = g_bytes_new_take (text, length);
}

static void
check_thread (GTask        *task,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  Order *order = task_data;
  const char *text;
  gsize length;

  write_text (order);
  text = g_bytes_get_data (order->text, &length);
  order->diagnostics = runnel_diagnostics_new ();
  runnel_check_pipeline (order->pipeline, order->diagnostics);
  if (order->file)
    runnel_check_files (order->pipeline, order->file, order->diagnostics);
  runnel_diagnostics_locate (order->diagnostics, text, length);
  g_task_return_boolean (task, TRUE);
}

static void
checked_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  RunnelChecker *self = RUNNEL_CHECKER (object);
  Order *order = g_task_get_task_data (G_TASK (result));
  /* json-glib wants the copy freed in the thread it was made in, and the task may end elsewhere. */
  g_autoptr(RunnelPipeline) pipeline = g_steal_pointer (&order->pipeline);

  /* Cancelled: a later edit began another check. */
  if (!g_task_propagate_boolean (G_TASK (result), NULL))
    return;
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->diagnostics, runnel_diagnostics_free);
  g_clear_pointer (&self->text, g_bytes_unref);
  self->diagnostics = g_steal_pointer (&order->diagnostics);
  self->text = g_steal_pointer (&order->text);
  g_set_object (&self->pipeline, pipeline);
  g_signal_emit (self, signals[CHECKED], 0);
}

static gboolean
check_cb (gpointer user_data)
{
  RunnelChecker *self = user_data;
  g_autoptr(GTask) task = NULL;

  self->delay = 0;
  self->cancellable = g_cancellable_new ();
  task = g_task_new (self, self->cancellable, checked_cb, NULL);
  g_task_set_source_tag (task, check_cb);
  g_task_set_task_data (task, order_new (self->document), order_free);
  runnel_task_run_in_thread (task, check_thread);
  return G_SOURCE_REMOVE;
}

static void
schedule (RunnelChecker *self,
          guint          delay)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->delay, g_source_remove);
  self->delay = g_timeout_add (delay, check_cb, self);
}

static void
changed_cb (RunnelChecker *self)
{
  schedule (self, DELAY_MS);
}

static void
runnel_checker_dispose (GObject *object)
{
  RunnelChecker *self = RUNNEL_CHECKER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->delay, g_source_remove);
  g_clear_object (&self->document);
  g_clear_object (&self->pipeline);
  G_OBJECT_CLASS (runnel_checker_parent_class)->dispose (object);
}

static void
runnel_checker_finalize (GObject *object)
{
  RunnelChecker *self = RUNNEL_CHECKER (object);

  g_clear_pointer (&self->diagnostics, runnel_diagnostics_free);
  g_clear_pointer (&self->text, g_bytes_unref);
  G_OBJECT_CLASS (runnel_checker_parent_class)->finalize (object);
}

static void
runnel_checker_class_init (RunnelCheckerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = runnel_checker_dispose;
  object_class->finalize = runnel_checker_finalize;

  signals[CHECKED] = g_signal_new ("checked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
runnel_checker_init (RunnelChecker *self)
{
}

/**
 * runnel_checker_new:
 * @document: the document to watch
 *
 * Checks @document at once and after every edit, in a thread and on a copy.
 *
 * Returns: (transfer full): the checker
 */
RunnelChecker *
runnel_checker_new (RunnelDocument *document)
{
  RunnelChecker *self;

  g_return_val_if_fail (RUNNEL_IS_DOCUMENT (document), NULL);

  self = g_object_new (RUNNEL_TYPE_CHECKER, NULL);
  self->document = g_object_ref (document);
  g_signal_connect_object (runnel_document_get_pipeline (document), "changed",
                           G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  schedule (self, 0);
  return self;
}

/**
 * runnel_checker_get_diagnostics:
 *
 * Returns: (transfer none) (nullable): what the last check found, valid until "checked"; %NULL
 *   before the first
 */
RunnelDiagnostics *
runnel_checker_get_diagnostics (RunnelChecker *self)
{
  g_return_val_if_fail (RUNNEL_IS_CHECKER (self), NULL);

  return self->diagnostics;
}

/**
 * runnel_checker_get_text:
 *
 * Returns: (transfer none) (nullable): the document as text as it was checked last, valid until
 *   "checked": what a save would write, but in lines where the file has none
 */
GBytes *
runnel_checker_get_text (RunnelChecker *self)
{
  g_return_val_if_fail (RUNNEL_IS_CHECKER (self), NULL);

  return self->text;
}

/**
 * runnel_checker_get_pipeline:
 *
 * Returns: (transfer none) (nullable): a copy of the pipeline as it was checked last
 */
RunnelPipeline *
runnel_checker_get_pipeline (RunnelChecker *self)
{
  g_return_val_if_fail (RUNNEL_IS_CHECKER (self), NULL);

  return self->pipeline;
}

/**
 * runnel_checker_is_current:
 *
 * Returns: whether the document is as it was checked last; if not, "checked" will come
 */
gboolean
runnel_checker_is_current (RunnelChecker *self)
{
  g_return_val_if_fail (RUNNEL_IS_CHECKER (self), FALSE);

  return self->delay == 0 && self->cancellable == NULL;
}
