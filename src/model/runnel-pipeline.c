/* runnel-pipeline.c: the pipeline document in memory
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "model/runnel-json-copy.h"
#include "model/runnel-pipeline-private.h"
#include "model/runnel-shape.h"

#define NEARBY 64 /* steps to look at on each side before all indices are counted anew */

enum
{
  SIGNAL_CHANGED,
  SIGNAL_STEP_CHANGED,
  SIGNAL_LAYOUT_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RunnelPipeline, runnel_pipeline, G_TYPE_OBJECT)
G_DEFINE_QUARK (runnel-pipeline-error-quark, runnel_pipeline_error)

/* --- Indices --- */

static inline RunnelStep *
get_step (RunnelPipeline *self,
          guint           index)
{
  return g_ptr_array_index (self->steps, index);
}

static void
add_index (RunnelPipeline *self,
           guint           index)
{
  const char *id = get_step (self, index)->id;

  if (*id != '\0')
    g_hash_table_replace (self->indices, (gpointer) id, GUINT_TO_POINTER (index));
}

static void
count_indices (RunnelPipeline *self)
{
  g_hash_table_remove_all (self->indices);

  /* From the end, so that of equal ids the first stays. */
  for (guint i = self->steps->len; i > 0; i--)
    add_index (self, i - 1);
}

/* The id is compared as a pointer: it is the very step that is in the table which is looked for. */
static gboolean
is_step_at (RunnelPipeline *self,
            guint           index,
            const char     *id)
{
  return index < self->steps->len && get_step (self, index)->id == id;
}

static gboolean
search_nearby (RunnelPipeline *self,
               const char     *id,
               guint           index,
               guint          *ret_index)
{
  for (guint distance = 0; distance <= NEARBY; distance++)
    {
      if (is_step_at (self, index + distance, id))
        {
          *ret_index = index + distance;
          return TRUE;
        }
      if (index >= distance && is_step_at (self, index - distance, id))
        {
          *ret_index = index - distance;
          return TRUE;
        }
    }

  return FALSE;
}

static gboolean
find_step (RunnelPipeline *self,
           const char     *id,
           guint          *ret_index)
{
  gpointer key, index;

  if (!g_hash_table_lookup_extended (self->indices, id, &key, &index))
    return FALSE;
  if (search_nearby (self, key, GPOINTER_TO_UINT (index), ret_index))
    return TRUE;

  count_indices (self);
  *ret_index = GPOINTER_TO_UINT (g_hash_table_lookup (self->indices, id));

  return TRUE;
}

/* Takes a step out of the table; one further back with the same id takes its place there. */
static void
remove_index (RunnelPipeline *self,
              const char     *id)
{
  gpointer key;

  if (!g_hash_table_lookup_extended (self->indices, id, &key, NULL) || key != (gpointer) id)
    return;

  g_hash_table_remove (self->indices, id);
}

/* Ids that are missing or stand twice are errors; only with them is it worth counting everything. */
static gboolean
has_unindexed (RunnelPipeline *self)
{
  return g_hash_table_size (self->indices) != self->steps->len;
}

/* --- Parameters --- */

static void
clear_parameter (gpointer data)
{
  RunnelParameter *parameter = data;

  g_free ((gpointer) parameter->choices);
}

static JsonNode *
get_scalar (JsonObject *object,
            const char *key)
{
  JsonNode *value = json_object_get_member (object, key);

  return value != NULL && JSON_NODE_HOLDS_VALUE (value) ? value : NULL;
}

static RunnelParameterType
read_parameter_type (JsonObject *object)
{
  static const char *const names[] = { "string", "number", "boolean", "choice" };
  JsonNode *value = get_scalar (object, "type");
  const char *name = value != NULL ? json_node_get_string (value) : NULL;

  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i], name) == 0)
      return i;

  return RUNNEL_PARAMETER_STRING;
}

static const char *const *
read_choices (JsonObject *object)
{
  JsonNode *value = json_object_get_member (object, "choices");
  g_autoptr(GPtrArray) choices = g_ptr_array_new ();
  JsonArray *array;

  if (value != NULL && JSON_NODE_HOLDS_ARRAY (value))
    {
      array = json_node_get_array (value);
      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          JsonNode *element = json_array_get_element (array, i);

          if (JSON_NODE_HOLDS_VALUE (element) && json_node_get_string (element) != NULL)
            g_ptr_array_add (choices, (gpointer) json_node_get_string (element));
        }
    }
  g_ptr_array_add (choices, NULL);

  return (const char *const *) g_ptr_array_free (g_steal_pointer (&choices), FALSE);
}

static void
read_parameter (RunnelPipeline *self,
                const char     *name,
                JsonObject     *object)
{
  JsonNode *description = get_scalar (object, "description");
  JsonNode *required = get_scalar (object, "required");
  RunnelParameter parameter = {
    .name = name,
    .type = read_parameter_type (object),
    .description = description != NULL ? json_node_get_string (description) : NULL,
    .default_value = get_scalar (object, "default"),
    .required = required != NULL && json_node_get_boolean (required),
  };

  if (parameter.type == RUNNEL_PARAMETER_CHOICE)
    parameter.choices = read_choices (object);
  g_array_append_val (self->parameters, parameter);
}

/* The members have changed: reads the declared parameters again. */
void
_runnel_pipeline_read_parameters (RunnelPipeline *self)
{
  JsonNode *value = json_object_get_member (self->members, "parameters");
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  g_array_set_size (self->parameters, 0);
  if (value == NULL || !JSON_NODE_HOLDS_OBJECT (value))
    return;

  json_object_iter_init_ordered (&iter, json_node_get_object (value));
  while (json_object_iter_next_ordered (&iter, &name, &member))
    if (JSON_NODE_HOLDS_OBJECT (member))
      read_parameter (self, name, json_node_get_object (member));
}

/* --- Object --- */

static void
clear_stray (gpointer data)
{
  json_node_unref (((RunnelStray *) data)->value);
}

static void
runnel_pipeline_finalize (GObject *object)
{
  RunnelPipeline *self = RUNNEL_PIPELINE (object);

  g_hash_table_unref (self->indices);
  g_hash_table_unref (self->positions);
  g_ptr_array_unref (self->steps);
  g_ptr_array_unref (self->changed_steps);
  g_array_unref (self->strays);
  g_array_unref (self->parameters);
  g_clear_pointer (&self->members, json_object_unref);
  g_clear_pointer (&self->misplaced, json_object_unref);
  g_clear_pointer (&self->layout_rest, json_object_unref);

  G_OBJECT_CLASS (runnel_pipeline_parent_class)->finalize (object);
}

static void
runnel_pipeline_class_init (RunnelPipelineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = runnel_pipeline_finalize;

  /**
   * RunnelPipeline::changed:
   *
   * An edit was applied. Comes once for each, after the other two signals.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  /**
   * RunnelPipeline::step-changed:
   * @id: the id of a step that the edit added, removed or replaced
   */
  signals[SIGNAL_STEP_CHANGED] =
    g_signal_new ("step-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);

  /**
   * RunnelPipeline::layout-changed:
   *
   * The edit moved steps.
   */
  signals[SIGNAL_LAYOUT_CHANGED] =
    g_signal_new ("layout-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
runnel_pipeline_init (RunnelPipeline *self)
{
  self->members = json_object_new ();
  self->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_step_unref);
  self->changed_steps = g_ptr_array_new_with_free_func (g_free);
  self->positions = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  self->indices = g_hash_table_new (g_str_hash, g_str_equal);
  self->strays = g_array_new (FALSE, FALSE, sizeof (RunnelStray));
  g_array_set_clear_func (self->strays, clear_stray);
  self->parameters = g_array_new (FALSE, FALSE, sizeof (RunnelParameter));
  g_array_set_clear_func (self->parameters, clear_parameter);
}

/* --- What edits are made of --- */

static void
note_changed_step (RunnelPipeline *self,
                   const char     *id)
{
  g_ptr_array_add (self->changed_steps, g_strdup (id));
}

/* Sets a member, not `steps` or `layout`; %NULL removes it. A new one stands before `before`, or at the end. */
void
_runnel_pipeline_add_member (RunnelPipeline *self,
                             const char     *key,
                             JsonNode       *value,
                             const char     *before)
{
  JsonObject *members = runnel_json_object_with_member (self->members, key, value, before);

  json_object_unref (self->members);
  self->members = members;

  if (strcmp (key, "parameters") == 0)
    _runnel_pipeline_read_parameters (self);
}

/* Adds a step of the file that is being read; nobody has to be told. */
void
_runnel_pipeline_take_step (RunnelPipeline *self,
                            RunnelStep     *step)
{
  g_ptr_array_add (self->steps, step);
  if (!g_hash_table_contains (self->indices, step->id))
    add_index (self, self->steps->len - 1);
}

/* Inserts a step without looking whether its id is free. */
void
_runnel_pipeline_insert_step (RunnelPipeline *self,
                              guint           index,
                              RunnelStep     *step)
{
  guint other;

  g_assert (index <= self->steps->len);

  if (!find_step (self, step->id, &other))
    other = G_MAXUINT;

  g_ptr_array_insert (self->steps, index, runnel_step_ref (step));
  if (index <= other)
    add_index (self, index);
  note_changed_step (self, step->id);
}

void
_runnel_pipeline_remove_step (RunnelPipeline *self,
                              guint           index)
{
  g_assert (index < self->steps->len);

  note_changed_step (self, get_step (self, index)->id);
  remove_index (self, get_step (self, index)->id);
  g_ptr_array_remove_index (self->steps, index);

  if (has_unindexed (self))
    count_indices (self);
}

void
_runnel_pipeline_replace_step (RunnelPipeline *self,
                               guint           index,
                               RunnelStep     *step)
{
  RunnelStep *old;

  g_assert (index < self->steps->len);

  old = get_step (self, index);
  note_changed_step (self, step->id);
  if (strcmp (old->id, step->id) != 0)
    note_changed_step (self, old->id);

  remove_index (self, old->id);
  g_ptr_array_index (self->steps, index) = runnel_step_ref (step);
  if (!g_hash_table_contains (self->indices, step->id))
    add_index (self, index);
  runnel_step_unref (old);

  if (has_unindexed (self))
    count_indices (self);
}

static void
set_place (RunnelPipeline *self,
           const char     *id,
           RunnelPoint     point)
{
  gsize size = strlen (id) + 1;
  RunnelPlace *place = g_malloc (sizeof *place + size);

  place->point = point;
  memcpy (place->id, id, size);
  g_hash_table_replace (self->positions, place->id, place);
}

/* Moves a step; a place that is not a number takes its place away. */
void
_runnel_pipeline_set_position (RunnelPipeline *self,
                               const char     *id,
                               RunnelPoint     point)
{
  if (isnan (point.x) || isnan (point.y))
    g_hash_table_remove (self->positions, id);
  else
    set_place (self, id, point);

  self->layout_changed = TRUE;
}

#define SWAP(a, b) \
  do { __typeof__ (a) tmp = (a); (a) = (b); (b) = tmp; } while (0)

static void
note_all_steps (RunnelPipeline *self)
{
  for (guint i = 0; i < self->steps->len; i++)
    note_changed_step (self, get_step (self, i)->id);
}

/* Makes the pipeline what the other one is, and leaves that alone. */
void
_runnel_pipeline_assign (RunnelPipeline *self,
                         RunnelPipeline *other)
{
  g_autoptr(RunnelPipeline) copy = runnel_pipeline_copy (other);

  note_all_steps (self);
  SWAP (self->members, copy->members);
  SWAP (self->steps, copy->steps);
  SWAP (self->strays, copy->strays);
  SWAP (self->positions, copy->positions);
  SWAP (self->misplaced, copy->misplaced);
  SWAP (self->layout_rest, copy->layout_rest);
  SWAP (self->parameters, copy->parameters);
  SWAP (self->indices, copy->indices);
  note_all_steps (self);
  self->layout_changed = TRUE;
}

/* All of `layout` but the places of steps, or NULL. */
JsonNode *
_runnel_pipeline_dup_layout_rest (RunnelPipeline *self)
{
  if (self->layout_rest == NULL)
    return NULL;

  return json_node_init_object (json_node_alloc (), self->layout_rest);
}

/* Tells everybody what the edit that is now complete has changed. */
void
_runnel_pipeline_emit_changes (RunnelPipeline *self)
{
  g_autoptr(GPtrArray) ids = self->changed_steps;
  g_autoptr(GHashTable) told = g_hash_table_new (g_str_hash, g_str_equal);
  gboolean layout_changed = self->layout_changed;

  /* A handler may apply another edit. */
  self->changed_steps = g_ptr_array_new_with_free_func (g_free);
  self->layout_changed = FALSE;

  for (guint i = 0; i < ids->len; i++)
    if (g_hash_table_add (told, g_ptr_array_index (ids, i)))
      g_signal_emit (self, signals[SIGNAL_STEP_CHANGED], 0, g_ptr_array_index (ids, i));

  if (layout_changed)
    g_signal_emit (self, signals[SIGNAL_LAYOUT_CHANGED], 0);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* The edit was taken back before it was complete. */
void
_runnel_pipeline_forget_changes (RunnelPipeline *self)
{
  g_ptr_array_set_size (self->changed_steps, 0);
  self->layout_changed = FALSE;
}

/* The JSON path of a step; entries of `steps` that are no steps count. */
char *
_runnel_pipeline_get_step_path (RunnelPipeline *self,
                                guint           index)
{
  for (guint i = 0; i < self->strays->len; i++)
    if (g_array_index (self->strays, RunnelStray, i).position <= index)
      index++;

  return g_strdup_printf ("steps[%u]", index);
}

/* --- Public --- */

/**
 * runnel_pipeline_new:
 *
 * Returns: (transfer full): a pipeline without steps
 */
RunnelPipeline *
runnel_pipeline_new (void)
{
  RunnelPipeline *self = g_object_new (RUNNEL_TYPE_PIPELINE, NULL);

  json_object_set_int_member (self->members, "format", RUNNEL_FORMAT);

  return self;
}

static gpointer
copy_step (gconstpointer step,
           gpointer      user_data)
{
  return runnel_step_ref ((RunnelStep *) step);
}

/**
 * runnel_pipeline_copy:
 * @self: a pipeline
 *
 * Makes a pipeline that shares all values with @self, which is quick; edits
 * of one do not show in the other. Another thread may read the copy, but not
 * free it: json-glib does not count references to objects atomically.
 *
 * Returns: (transfer full): the copy
 */
RunnelPipeline *
runnel_pipeline_copy (RunnelPipeline *self)
{
  RunnelPipeline *copy;
  GHashTableIter iter;
  gpointer id, point;

  g_return_val_if_fail (RUNNEL_IS_PIPELINE (self), NULL);

  copy = g_object_new (RUNNEL_TYPE_PIPELINE, NULL);
  json_object_unref (copy->members);
  copy->members = json_object_ref (self->members);
  copy->misplaced = self->misplaced != NULL ? json_object_ref (self->misplaced) : NULL;
  copy->layout_rest = self->layout_rest != NULL ? json_object_ref (self->layout_rest) : NULL;
  g_ptr_array_extend (copy->steps, self->steps, copy_step, NULL);
  count_indices (copy);
  _runnel_pipeline_read_parameters (copy);

  for (guint i = 0; i < self->strays->len; i++)
    {
      RunnelStray stray = g_array_index (self->strays, RunnelStray, i);

      json_node_ref (stray.value);
      g_array_append_val (copy->strays, stray);
    }

  g_hash_table_iter_init (&iter, self->positions);
  while (g_hash_table_iter_next (&iter, &id, &point))
    set_place (copy, id, *(RunnelPoint *) point);

  return copy;
}

/**
 * runnel_pipeline_get_name:
 * @self: a pipeline
 *
 * Returns: (transfer none) (nullable): its name, or %NULL when the file gives none
 */
const char *
runnel_pipeline_get_name (RunnelPipeline *self)
{
  JsonNode *name;

  g_return_val_if_fail (RUNNEL_IS_PIPELINE (self), NULL);

  name = get_scalar (self->members, "name");

  return name != NULL ? json_node_get_string (name) : NULL;
}

/**
 * runnel_pipeline_get_member:
 * @self: a pipeline
 * @key: a key of the pipeline, not `steps` or `layout`
 *
 * Returns: (transfer none) (nullable): its value, which must not be modified
 */
JsonNode *
runnel_pipeline_get_member (RunnelPipeline *self,
                            const char     *key)
{
  g_return_val_if_fail (RUNNEL_IS_PIPELINE (self), NULL);
  g_return_val_if_fail (key != NULL, NULL);

  return json_object_get_member (self->members, key);
}

/**
 * runnel_pipeline_get_n_steps:
 * @self: a pipeline
 *
 * Returns: how many steps it has
 */
guint
runnel_pipeline_get_n_steps (RunnelPipeline *self)
{
  g_return_val_if_fail (RUNNEL_IS_PIPELINE (self), 0);

  return self->steps->len;
}

/**
 * runnel_pipeline_get_step:
 * @self: a pipeline
 * @index: position in the file, from 0
 *
 * Returns: (transfer none): the step
 */
RunnelStep *
runnel_pipeline_get_step (RunnelPipeline *self,
                          guint           index)
{
  g_return_val_if_fail (RUNNEL_IS_PIPELINE (self), NULL);
  g_return_val_if_fail (index < self->steps->len, NULL);

  return get_step (self, index);
}

/**
 * runnel_pipeline_find_step:
 * @self: a pipeline
 * @id: id of a step
 * @ret_index: (out) (optional): its position
 *
 * Returns: whether there is such a step; of several, the first is found
 */
gboolean
runnel_pipeline_find_step (RunnelPipeline *self,
                           const char     *id,
                           guint          *ret_index)
{
  guint index;

  g_return_val_if_fail (RUNNEL_IS_PIPELINE (self), FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  if (!find_step (self, id, &index))
    return FALSE;

  if (ret_index != NULL)
    *ret_index = index;

  return TRUE;
}

/**
 * runnel_pipeline_get_position:
 * @self: a pipeline
 * @id: id of a step
 * @ret_point: (out) (optional): where it stands on the canvas
 *
 * Returns: whether the layout says where it stands
 */
gboolean
runnel_pipeline_get_position (RunnelPipeline *self,
                              const char     *id,
                              RunnelPoint    *ret_point)
{
  const RunnelPoint *point;

  g_return_val_if_fail (RUNNEL_IS_PIPELINE (self), FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  point = g_hash_table_lookup (self->positions, id);
  if (point != NULL && ret_point != NULL)
    *ret_point = *point;

  return point != NULL;
}

/**
 * runnel_pipeline_get_parameters:
 * @self: a pipeline
 * @ret_n_parameters: (out): how many there are
 *
 * Returns: (transfer none) (array length=ret_n_parameters): the declared
 *   parameters in the order of the file, valid until the next edit
 */
const RunnelParameter *
runnel_pipeline_get_parameters (RunnelPipeline *self,
                                guint          *ret_n_parameters)
{
  g_return_val_if_fail (RUNNEL_IS_PIPELINE (self), NULL);
  g_return_val_if_fail (ret_n_parameters != NULL, NULL);

  *ret_n_parameters = self->parameters->len;

  return (const RunnelParameter *) self->parameters->data;
}

/**
 * runnel_pipeline_make_step_id:
 * @self: a pipeline
 * @stem: what the id should be like, such as the kind or the title of a step
 *
 * Returns: (transfer full): a valid id that no step has: "build", else "build-2", "build-3", ...
 */
char *
runnel_pipeline_make_step_id (RunnelPipeline *self,
                              const char     *stem)
{
  g_autofree char *base = NULL;
  char *id;

  g_return_val_if_fail (RUNNEL_IS_PIPELINE (self), NULL);
  g_return_val_if_fail (stem != NULL, NULL);

  base = runnel_id_from_text (stem);
  id = g_strdup (base);

  for (guint i = 2; g_hash_table_contains (self->indices, id); i++)
    {
      g_free (id);
      id = g_strdup_printf ("%s-%u", base, i);
    }

  return id;
}
