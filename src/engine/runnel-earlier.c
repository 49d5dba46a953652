/* runnel-earlier.c: what is known of a run that is over, for another that takes it up
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/runnel-earlier.h"
#include "engine/runnel-run.h"

static void
step_free (gpointer data)
{
  RunnelEarlierStep *self = data;

  g_free (self->id);
  g_free (self->parent);
  g_clear_pointer (&self->matrix, json_object_unref);
  g_clear_pointer (&self->outputs, json_object_unref);
  g_clear_pointer (&self->artifacts, json_array_unref);
  g_free (self);
}

/**
 * runnel_earlier_new:
 * @run: the number of a run that is over
 *
 * Returns: (transfer full): it, without steps
 */
RunnelEarlier *
runnel_earlier_new (gint64 run)
{
  RunnelEarlier *self = g_new0 (RunnelEarlier, 1);

  self->run = run;
  self->steps = g_ptr_array_new_with_free_func (step_free);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

/**
 * runnel_earlier_free:
 * @self: (transfer full): an earlier run
 */
void
runnel_earlier_free (RunnelEarlier *self)
{
  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->steps);
  g_free (self);
}

/**
 * runnel_earlier_take:
 * @self: an earlier run
 * @step: (transfer full): one of its steps, allocated with GLib's functions
 */
void
runnel_earlier_take (RunnelEarlier *self, RunnelEarlierStep *step)
{
  g_ptr_array_add (self->steps, step);
  g_hash_table_insert (self->by_id, step->id, step);
}

/**
 * runnel_earlier_find:
 * @self: an earlier run
 * @id: id of a step
 *
 * Returns: (transfer none) (nullable): the step
 */
const RunnelEarlierStep *
runnel_earlier_find (const RunnelEarlier *self, const char *id)
{
  return g_hash_table_lookup (self->by_id, id);
}

/**
 * runnel_earlier_find_leg:
 * @self: an earlier run
 * @parent: id of a matrix step
 * @matrix: values by axis
 *
 * Legs are the same when their values are: their numbers may have changed.
 *
 * Returns: (transfer none) (nullable): the leg with these values
 */
const RunnelEarlierStep *
runnel_earlier_find_leg (const RunnelEarlier *self, const char *parent, JsonObject *matrix)
{
  for (guint i = 0; i < self->steps->len; i++)
    {
      const RunnelEarlierStep *step = g_ptr_array_index (self->steps, i);

      if (step->role == RUNNEL_ROLE_LEG && g_strcmp0 (step->parent, parent) == 0
          && step->matrix != NULL && json_object_equal (step->matrix, matrix))
        return step;
    }
  return NULL;
}

/* The step in the file that an undo belongs to, through a leg if there is one between. */
static const char *
get_root (const RunnelEarlier *self, const RunnelEarlierStep *undo)
{
  const RunnelEarlierStep *step = runnel_earlier_find (self, undo->parent);

  return step != NULL && step->role == RUNNEL_ROLE_LEG ? step->parent : undo->parent;
}

/* Where the undos of the step begin: after its last one, so that it stays as it is. */
static gboolean
find_start (const RunnelEarlier *self, const char *to, guint *ret_start)
{
  for (guint i = self->steps->len; i-- > 0;)
    {
      const RunnelEarlierStep *step = g_ptr_array_index (self->steps, i);

      if (step->role == RUNNEL_ROLE_UNDO
          && (g_strcmp0 (step->parent, to) == 0 || g_strcmp0 (get_root (self, step), to) == 0))
        {
          *ret_start = i + 1;
          return TRUE;
        }
    }
  return FALSE;
}

/**
 * runnel_earlier_list_undos:
 * @self: an earlier run
 * @undone: ids of undos that succeeded in a later run
 * @to: (nullable): id of a step that stays done, as does everything that started before it
 * @error: #RUNNEL_RUN_ERROR_NO_STEP when @to has no undo that was registered
 *
 * Returns: (transfer container) (nullable) (element-type RunnelEarlierStep): the undos that are
 *   to run, in the order in which they are: that of the starts of their steps, backwards
 */
GPtrArray *
runnel_earlier_list_undos (const RunnelEarlier *self,
                           GHashTable *undone,
                           const char *to,
                           GError **error)
{
  GPtrArray *undos;
  guint start = 0;

  if (to != NULL && !find_start (self, to, &start))
    {
      g_set_error (error, RUNNEL_RUN_ERROR, RUNNEL_RUN_ERROR_NO_STEP,
                   "Run %" G_GINT64_FORMAT " did not start a step \"%s\" that can be undone",
                   self->run, to);
      return NULL;
    }
  undos = g_ptr_array_new ();
  for (guint i = self->steps->len; i-- > start;)
    {
      RunnelEarlierStep *step = g_ptr_array_index (self->steps, i);

      if (step->role == RUNNEL_ROLE_UNDO && step->state != RUNNEL_STATE_SUCCEEDED
          && !g_hash_table_contains (undone, step->id))
        g_ptr_array_add (undos, step);
    }
  return undos;
}
