/* runnel-edit.c: a change of a pipeline as a value, with its inverse
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "model/runnel-edit-private.h"
#include "model/runnel-json-copy.h"
#include "model/runnel-pipeline-private.h"
#include "model/runnel-shape.h"

#define LAYOUT_PREFIX "layout." /* of a member that is a key of `layout` */

static RunnelEdit *apply (RunnelEdit     *self,
                          RunnelPipeline *pipeline,
                          GError        **error);

RunnelEdit *
_runnel_edit_alloc (RunnelEditType  type,
                    char           *label)
{
  RunnelEdit *self = g_new0 (RunnelEdit, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->type = type;
  self->label = label;

  return self;
}

/* Only for an edit that nobody else has seen yet. */
void
_runnel_edit_set_label (RunnelEdit *self,
                        const char *label)
{
  char *copy = g_strdup (label);

  g_free (self->label);
  self->label = copy;
}

static void
edit_free (RunnelEdit *self)
{
  g_free (self->label);
  g_free (self->name);
  g_free (self->before);
  g_clear_pointer (&self->value, json_node_unref);
  g_clear_pointer (&self->step, runnel_step_unref);
  g_strfreev (self->ids);
  g_free (self->points);
  g_clear_pointer (&self->edits, g_ptr_array_unref);
  g_clear_object (&self->whole);
  g_free (self);
}

G_GNUC_PRINTF (2, 3)
static gboolean
refuse (GError    **error,
        const char *format,
        ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_INVALID, message);

  return FALSE;
}

/* --- Applying the primitives; each gives its inverse --- */

/* `layout` without `steps`: what moving steps doesn't touch. */
static RunnelEdit *
apply_set_layout (RunnelEdit     *self,
                  RunnelPipeline *pipeline,
                  GError        **error)
{
  g_autoptr(JsonNode) old = _runnel_pipeline_dup_layout_rest (pipeline);
  RunnelEdit *inverse;

  if (json_object_has_member (pipeline->members, "layout") ||
      (self->value != NULL && !JSON_NODE_HOLDS_OBJECT (self->value)))
    {
      refuse (error, "`layout` must be an object; correct it in the file first");
      return NULL;
    }

  inverse = runnel_edit_new_set_member ("layout", old);
  g_clear_pointer (&pipeline->layout_rest, json_object_unref);
  if (self->value != NULL)
    pipeline->layout_rest = json_object_ref (json_node_get_object (self->value));
  pipeline->layout_changed = TRUE;

  return inverse;
}

/* Of one key of `layout`, which must be an object: it comes to be and goes with its only key. */
static RunnelEdit *
apply_set_layout_key (RunnelEdit     *self,
                      RunnelPipeline *pipeline,
                      GError        **error)
{
  const char *key = self->name + strlen (LAYOUT_PREFIX);
  g_autoptr(JsonObject) before = NULL;
  g_autoptr(JsonObject) after = NULL;
  g_autoptr(JsonNode) whole = NULL;
  g_autoptr(RunnelEdit) set_whole = NULL;
  RunnelEdit *inverse;

  before = pipeline->layout_rest != NULL ? json_object_ref (pipeline->layout_rest)
                                         : json_object_new ();
  after = runnel_json_object_with_member (before, key, self->value, self->before);
  if (json_object_get_size (after) > 0)
    whole = json_node_init_object (json_node_alloc (), after);

  set_whole = runnel_edit_new_set_member ("layout", whole);
  inverse = apply_set_layout (set_whole, pipeline, error);
  if (inverse == NULL || json_object_get_size (before) == 0 || whole == NULL)
    return inverse;

  runnel_edit_unref (inverse);
  inverse = runnel_edit_new_set_member (self->name, json_object_get_member (before, key));
  if (inverse->value != NULL)
    inverse->before = g_strdup (runnel_json_object_get_next (before, key));

  return inverse;
}

static RunnelEdit *
apply_set_member (RunnelEdit     *self,
                  RunnelPipeline *pipeline,
                  GError        **error)
{
  RunnelEdit *inverse;

  if (strcmp (self->name, "layout") == 0)
    return apply_set_layout (self, pipeline, error);
  if (g_str_has_prefix (self->name, LAYOUT_PREFIX))
    return apply_set_layout_key (self, pipeline, error);
  if (strcmp (self->name, "steps") == 0)
    {
      refuse (error, "steps are changed one by one, not all at once");
      return NULL;
    }

  inverse = runnel_edit_new_set_member (self->name, json_object_get_member (pipeline->members, self->name));
  if (inverse->value != NULL)
    inverse->before = g_strdup (runnel_json_object_get_next (pipeline->members, self->name));
  _runnel_pipeline_add_member (pipeline, self->name, self->value, self->before);

  return inverse;
}

static gboolean
check_new_id (RunnelEdit     *self,
              RunnelPipeline *pipeline,
              GError        **error)
{
  const char *id = self->step->id;

  if (self->restore)
    return TRUE;
  if (!runnel_id_is_valid (id))
    return refuse (error, "“%s” is not an id: it starts with a letter or _, goes on with letters, digits, _ and -, "
                          "and has at most 100 characters", id);
  if (runnel_pipeline_find_step (pipeline, id, NULL))
    return refuse (error, "there is a step “%s” already", id);

  return TRUE;
}

static gboolean
find_step (RunnelEdit     *self,
           RunnelPipeline *pipeline,
           guint          *ret_index,
           GError        **error)
{
  if (runnel_pipeline_find_step (pipeline, self->name, ret_index))
    return TRUE;

  return refuse (error, "there is no step “%s”", self->name);
}

static RunnelEdit *
apply_insert_step (RunnelEdit     *self,
                   RunnelPipeline *pipeline,
                   GError        **error)
{
  RunnelEdit *inverse;

  if (!check_new_id (self, pipeline, error))
    return NULL;

  inverse = runnel_edit_new_remove_step (self->step->id);
  _runnel_pipeline_insert_step (pipeline, MIN (self->index, pipeline->steps->len), self->step);

  return inverse;
}

static RunnelEdit *
apply_remove_step (RunnelEdit     *self,
                   RunnelPipeline *pipeline,
                   GError        **error)
{
  RunnelEdit *inverse;
  guint index;

  if (!find_step (self, pipeline, &index, error))
    return NULL;

  inverse = runnel_edit_new_insert_step (index, runnel_pipeline_get_step (pipeline, index));
  inverse->restore = TRUE;
  _runnel_pipeline_remove_step (pipeline, index);

  return inverse;
}

static RunnelEdit *
apply_replace_step (RunnelEdit     *self,
                    RunnelPipeline *pipeline,
                    GError        **error)
{
  RunnelEdit *inverse;
  guint index;

  if (!find_step (self, pipeline, &index, error))
    return NULL;
  if (strcmp (self->name, self->step->id) != 0 && !check_new_id (self, pipeline, error))
    return NULL;

  inverse = runnel_edit_new_replace_step (self->step->id, runnel_pipeline_get_step (pipeline, index));
  inverse->restore = TRUE;
  _runnel_pipeline_replace_step (pipeline, index, self->step);

  return inverse;
}

/* The inverse goes backwards, so that an id that is moved twice ends where it was. */
static RunnelEdit *
apply_move_steps (RunnelEdit     *self,
                  RunnelPipeline *pipeline)
{
  guint n = g_strv_length (self->ids);
  g_autofree const char **ids = g_new0 (const char *, n + 1);
  g_autofree RunnelPoint *points = g_new (RunnelPoint, n + 1);

  for (guint i = 0; i < n; i++)
    {
      RunnelPoint *old = &points[n - 1 - i];

      ids[n - 1 - i] = self->ids[i];
      if (!runnel_pipeline_get_position (pipeline, self->ids[i], old))
        *old = (RunnelPoint) { NAN, NAN };
      _runnel_pipeline_set_position (pipeline, self->ids[i], self->points[i]);
    }

  return runnel_edit_new_move_steps (ids, points, n);
}

static RunnelEdit *
apply_replace_all (RunnelEdit     *self,
                   RunnelPipeline *pipeline)
{
  g_autoptr(RunnelPipeline) old = runnel_pipeline_copy (pipeline);

  _runnel_pipeline_assign (pipeline, self->whole);

  return runnel_edit_new_replace_all (old);
}

static void
take_back (RunnelPipeline *pipeline,
           GPtrArray      *inverses)
{
  for (guint i = inverses->len; i > 0; i--)
    {
      RunnelEdit *forward = apply (g_ptr_array_index (inverses, i - 1), pipeline, NULL);

      g_assert (forward != NULL);
      runnel_edit_unref (forward);
    }
}

static RunnelEdit *
apply_compound (RunnelEdit     *self,
                RunnelPipeline *pipeline,
                GError        **error)
{
  g_autoptr(GPtrArray) inverses = NULL;
  RunnelEdit *inverse;
  guint n = self->edits->len;

  inverses = g_ptr_array_new_full (n, (GDestroyNotify) runnel_edit_unref);
  for (guint i = 0; i < n; i++)
    {
      inverse = apply (g_ptr_array_index (self->edits, i), pipeline, error);
      if (inverse == NULL)
        {
          take_back (pipeline, inverses);
          return NULL;
        }
      g_ptr_array_add (inverses, inverse);
    }

  inverse = _runnel_edit_alloc (RUNNEL_EDIT_COMPOUND, NULL);
  inverse->edits = g_ptr_array_new_full (n, (GDestroyNotify) runnel_edit_unref);
  for (guint i = n; i > 0; i--)
    g_ptr_array_add (inverse->edits, runnel_edit_ref (g_ptr_array_index (inverses, i - 1)));

  return inverse;
}

static RunnelEdit *
apply (RunnelEdit     *self,
       RunnelPipeline *pipeline,
       GError        **error)
{
  RunnelEdit *inverse = NULL;

  switch (self->type)
    {
    case RUNNEL_EDIT_SET_MEMBER:
      inverse = apply_set_member (self, pipeline, error);
      break;
    case RUNNEL_EDIT_INSERT_STEP:
      inverse = apply_insert_step (self, pipeline, error);
      break;
    case RUNNEL_EDIT_REMOVE_STEP:
      inverse = apply_remove_step (self, pipeline, error);
      break;
    case RUNNEL_EDIT_REPLACE_STEP:
      inverse = apply_replace_step (self, pipeline, error);
      break;
    case RUNNEL_EDIT_MOVE_STEPS:
      inverse = apply_move_steps (self, pipeline);
      break;
    case RUNNEL_EDIT_COMPOUND:
      inverse = apply_compound (self, pipeline, error);
      break;
    case RUNNEL_EDIT_REPLACE_ALL:
      inverse = apply_replace_all (self, pipeline);
      break;
    }

  if (inverse != NULL)
    _runnel_edit_set_label (inverse, self->label);

  return inverse;
}

/* --- Public --- */

/**
 * runnel_edit_new_set_member:
 * @key: a key of the pipeline, not `steps`; `layout` stands for all of it but the places of steps,
 *   and `layout.KEY` for one key of it
 * @value: (nullable) (transfer none): its new value, not to be modified any more; %NULL removes it
 *
 * Returns: (transfer full): the edit
 */
RunnelEdit *
runnel_edit_new_set_member (const char *key,
                            JsonNode   *value)
{
  RunnelEdit *self;

  g_return_val_if_fail (key != NULL, NULL);

  self = _runnel_edit_alloc (RUNNEL_EDIT_SET_MEMBER, g_strdup_printf (_("Change %s"), key));
  self->name = g_strdup (key);
  self->value = value != NULL ? json_node_ref (value) : NULL;

  return self;
}

/**
 * runnel_edit_new_insert_step:
 * @index: position in the file; beyond the end is at the end
 * @step: (transfer none): the step; applying fails when its id is taken or invalid
 *
 * Returns: (transfer full): the edit
 */
RunnelEdit *
runnel_edit_new_insert_step (guint       index,
                             RunnelStep *step)
{
  RunnelEdit *self;

  g_return_val_if_fail (step != NULL, NULL);

  self = _runnel_edit_alloc (RUNNEL_EDIT_INSERT_STEP, g_strdup_printf (_("Add %s"), runnel_step_get_title (step)));
  self->index = index;
  self->step = runnel_step_ref (step);

  return self;
}

/**
 * runnel_edit_new_remove_step:
 * @id: id of a step; links from it stay, runnel_edit_new_delete_steps() takes them out too
 *
 * Returns: (transfer full): the edit
 */
RunnelEdit *
runnel_edit_new_remove_step (const char *id)
{
  RunnelEdit *self;

  g_return_val_if_fail (id != NULL, NULL);

  self = _runnel_edit_alloc (RUNNEL_EDIT_REMOVE_STEP, g_strdup_printf (_("Delete %s"), id));
  self->name = g_strdup (id);

  return self;
}

/**
 * runnel_edit_new_replace_step:
 * @id: id of a step
 * @step: (transfer none): what takes its place; with another id, others go on needing the old one
 *
 * Returns: (transfer full): the edit
 */
RunnelEdit *
runnel_edit_new_replace_step (const char *id,
                              RunnelStep *step)
{
  RunnelEdit *self;

  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (step != NULL, NULL);

  self = _runnel_edit_alloc (RUNNEL_EDIT_REPLACE_STEP, g_strdup_printf (_("Change %s"), id));
  self->name = g_strdup (id);
  self->step = runnel_step_ref (step);

  return self;
}

/**
 * runnel_edit_new_move_steps:
 * @ids: (array length=n_ids): ids of steps
 * @points: (array length=n_ids): where each goes; NAN takes its place away
 * @n_ids: how many
 *
 * Returns: (transfer full): the edit
 */
RunnelEdit *
runnel_edit_new_move_steps (const char *const *ids,
                            const RunnelPoint *points,
                            guint              n_ids)
{
  RunnelEdit *self;
  char *label;

  g_return_val_if_fail (n_ids == 0 || (ids != NULL && points != NULL), NULL);

  label = n_ids == 1 ? g_strdup_printf (_("Move %s"), ids[0])
                     : g_strdup_printf (ngettext ("Move %u step", "Move %u steps", n_ids), n_ids);
  self = _runnel_edit_alloc (RUNNEL_EDIT_MOVE_STEPS, label);
  self->ids = g_new0 (char *, n_ids + 1);
  self->points = g_new (RunnelPoint, n_ids + 1);
  for (guint i = 0; i < n_ids; i++)
    {
      self->ids[i] = g_strdup (ids[i]);
      self->points[i] = points[i];
    }

  return self;
}

/**
 * runnel_edit_new_replace_all:
 * @pipeline: (transfer none): what takes the place of the whole pipeline; it is copied
 *
 * For a pipeline that edits of single steps can't put right, as one with two steps of one id.
 *
 * Returns: (transfer full): the edit
 */
RunnelEdit *
runnel_edit_new_replace_all (RunnelPipeline *pipeline)
{
  RunnelEdit *self;

  g_return_val_if_fail (RUNNEL_IS_PIPELINE (pipeline), NULL);

  self = _runnel_edit_alloc (RUNNEL_EDIT_REPLACE_ALL, g_strdup (_("Edit JSON")));
  self->whole = runnel_pipeline_copy (pipeline);

  return self;
}

/**
 * runnel_edit_new_compound:
 * @label: what a person has done
 * @edits: (array length=n_edits) (transfer none): the edits, each of them (transfer full)
 * @n_edits: how many
 *
 * Makes one edit of several, applied in their order, all or none of them.
 *
 * Returns: (transfer full): the edit
 */
RunnelEdit *
runnel_edit_new_compound (const char  *label,
                          RunnelEdit **edits,
                          guint        n_edits)
{
  RunnelEdit *self;

  g_return_val_if_fail (label != NULL, NULL);

  self = _runnel_edit_alloc (RUNNEL_EDIT_COMPOUND, g_strdup (label));
  self->edits = g_ptr_array_new_full (n_edits, (GDestroyNotify) runnel_edit_unref);
  for (guint i = 0; i < n_edits; i++)
    g_ptr_array_add (self->edits, edits[i]);

  return self;
}

/**
 * runnel_edit_ref:
 * @self: an edit
 *
 * Returns: (transfer full): @self
 */
RunnelEdit *
runnel_edit_ref (RunnelEdit *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * runnel_edit_unref:
 * @self: (transfer full): an edit
 */
void
runnel_edit_unref (RunnelEdit *self)
{
  g_return_if_fail (self != NULL);

  if (g_atomic_ref_count_dec (&self->ref_count))
    edit_free (self);
}

/**
 * runnel_edit_get_label:
 * @self: an edit
 *
 * Returns: (transfer none): what a person has done, "Delete build"
 */
const char *
runnel_edit_get_label (RunnelEdit *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->label;
}

/**
 * runnel_edit_apply:
 * @self: an edit
 * @pipeline: the pipeline it was made for
 * @error: %RUNNEL_PIPELINE_ERROR_INVALID when it does not fit the pipeline
 *
 * Changes @pipeline, all or nothing, and then emits its signals once.
 *
 * Returns: (transfer full) (nullable): the edit that takes the change back,
 *   or %NULL when nothing was changed
 */
RunnelEdit *
runnel_edit_apply (RunnelEdit     *self,
                   RunnelPipeline *pipeline,
                   GError        **error)
{
  RunnelEdit *inverse;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (RUNNEL_IS_PIPELINE (pipeline), NULL);

  inverse = apply (self, pipeline, error);
  if (inverse != NULL)
    _runnel_pipeline_emit_changes (pipeline);
  else
    _runnel_pipeline_forget_changes (pipeline);

  return inverse;
}
