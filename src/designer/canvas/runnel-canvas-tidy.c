/* runnel-canvas-tidy.c: steps are put in order, in a thread
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/canvas/runnel-canvas-private.h"
#include "layout/runnel-tidy.h"

#define PATIENCE 100 /* milliseconds before it is said that this takes time */

static void
run_cb (GTask        *task,
        gpointer      source,
        gpointer      data,
        GCancellable *cancellable)
{
  runnel_tidy_run (data, RUNNEL_TIDY_ADVISED, cancellable);
  g_task_return_boolean (task, TRUE);
}

static void
finish (RunnelCanvas *self)
{
  g_clear_object (&self->tidying);
  g_clear_handle_id (&self->patience_id, g_source_remove);
  runnel_canvas_busy_hide (self);
}

/* Whoever cancels may be gone: then the canvas is not to be touched. */
static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  RunnelCanvas *self = user_data;
  GTask *task = G_TASK (result);
  RunnelEdit *edit;

  if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    return;

  g_assert (RUNNEL_IS_CANVAS (self));

  finish (self);
  edit = runnel_tidy_make_edit (g_task_get_task_data (task), self->pipeline);
  if (edit == NULL)
    return;

  runnel_canvas_travel_expect (self);
  runnel_canvas_apply (self, edit);
}

static gboolean
patience_cb (gpointer user_data)
{
  RunnelCanvas *self = user_data;

  g_assert (RUNNEL_IS_CANVAS (self));

  self->patience_id = 0;
  runnel_canvas_busy_show (self, _("Putting the steps in order…"));

  return G_SOURCE_REMOVE;
}

/**
 * runnel_canvas_tidy_to:
 * @direction: where links are to go
 *
 * Puts the selected steps in order, or all when fewer than two are selected, as one edit. A thread
 * thinks about it; runnel_canvas_tidy_cancel(), and every change of the document meanwhile, ends it.
 */
void
runnel_canvas_tidy_to (RunnelCanvas    *self,
                       RunnelDirection  direction)
{
  g_auto(GStrv) selected = NULL;
  g_autoptr(GTask) task = NULL;
  gboolean some;

  g_return_if_fail (RUNNEL_IS_CANVAS (self));

  if (!runnel_canvas_can_edit (self))
    return;

  runnel_canvas_tidy_cancel (self);
  self->tidying = g_cancellable_new ();
  self->patience_id = g_timeout_add (PATIENCE, patience_cb, self);

  selected = runnel_canvas_get_selection (self);
  some = g_strv_length (selected) > 1;
  task = g_task_new (NULL, self->tidying, done_cb, self);
  g_task_set_source_tag (task, runnel_canvas_tidy_to);
  g_task_set_task_data (task, runnel_tidy_new (self->pipeline, self->arranged,
                                               some ? (const char *const *) selected : NULL,
                                               direction),
                        (GDestroyNotify) runnel_tidy_free);
  g_task_run_in_thread (task, run_cb);
}

/**
 * runnel_canvas_tidy:
 *
 * As runnel_canvas_tidy_to(), in the direction that the person prefers.
 */
void
runnel_canvas_tidy (RunnelCanvas *self)
{
  g_return_if_fail (RUNNEL_IS_CANVAS (self));

  runnel_canvas_tidy_to (self, self->tidy_down ? RUNNEL_DIRECTION_DOWN : RUNNEL_DIRECTION_RIGHT);
}

/* Gives up what is being thought about. Returns: whether there was anything */
gboolean
runnel_canvas_tidy_cancel (RunnelCanvas *self)
{
  if (self->tidying == NULL)
    return FALSE;

  g_cancellable_cancel (self->tidying);
  finish (self);

  return TRUE;
}
