/* runnel-checker.c: keeps the problems of a document up to date while it is edited
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/runnel-checker.h"
#include "engine/runnel-check-files.h"
#include "engine/runnel-check.h"

/* After an edit the check waits this long for the next one. */
#define DELAY_MS 250

struct _RunnelChecker
{
  GObject parent_instance;

  RunnelDocument *document;
  RunnelDiagnostics *diagnostics; /* of the last check that ended */
  char *text;                     /* the document as text, as it was then */
  gsize length;
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

/* What the thread makes of a copy of the pipeline. */
typedef struct
{
  RunnelDiagnostics *diagnostics;
  char *text;
  gsize length;
} Findings;

/* What the thread is given. */
typedef struct
{
  RunnelPipeline *pipeline; /* a copy */
  char *file;               /* where it is, or NULL for one that was never saved */
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  g_object_unref (order->pipeline);
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
  return order;
}

static void
findings_free (gpointer data)
{
  Findings *findings = data;

  g_clear_pointer (&findings->diagnostics, runnel_diagnostics_free);
  g_free (findings->text);
  g_free (findings);
}

static void
check_thread (GTask        *task,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  Order *order = task_data;
  Findings *findings = g_new0 (Findings, 1);

  findings->text = runnel_pipeline_to_text (order->pipeline, &findings->length);
  findings->diagnostics = runnel_diagnostics_new ();
  runnel_check_pipeline (order->pipeline, findings->diagnostics);
  if (order->file)
    runnel_check_files (order->pipeline, order->file, findings->diagnostics);
  runnel_diagnostics_locate (findings->diagnostics, findings->text, findings->length);
  g_task_return_pointer (task, findings, findings_free);
}

static void
checked_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  RunnelChecker *self = RUNNEL_CHECKER (object);
  Findings *findings = g_task_propagate_pointer (G_TASK (result), NULL);

  /* Cancelled: a later edit began another check. */
  if (!findings)
    return;
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->diagnostics, runnel_diagnostics_free);
  g_free (self->text);
  self->diagnostics = g_steal_pointer (&findings->diagnostics);
  self->text = g_steal_pointer (&findings->text);
  self->length = findings->length;
  findings_free (findings);
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
  g_task_run_in_thread (task, check_thread);
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
  G_OBJECT_CLASS (runnel_checker_parent_class)->dispose (object);
}

static void
runnel_checker_finalize (GObject *object)
{
  RunnelChecker *self = RUNNEL_CHECKER (object);

  g_clear_pointer (&self->diagnostics, runnel_diagnostics_free);
  g_clear_pointer (&self->text, g_free);
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
 * @ret_length: (out): its length in bytes
 *
 * Returns: (transfer none) (nullable): the document as text as it was checked last, valid until
 *   "checked"
 */
const char *
runnel_checker_get_text (RunnelChecker *self,
                         gsize         *ret_length)
{
  g_return_val_if_fail (RUNNEL_IS_CHECKER (self), NULL);

  *ret_length = self->length;
  return self->text;
}
