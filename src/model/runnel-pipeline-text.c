/* runnel-pipeline-text.c: a pipeline as text, both ways
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "model/runnel-json-read.h"
#include "model/runnel-json-write.h"
#include "model/runnel-pipeline-private.h"
#include "model/runnel-shape.h"

/* --- Reading --- */

static gboolean
check_format (RunnelPipeline *self,
              GError        **error)
{
  JsonNode *format = json_object_get_member (self->members, "format");

  if (format == NULL || !JSON_NODE_HOLDS_VALUE (format) || json_node_get_int (format) <= RUNNEL_FORMAT)
    return TRUE;

  g_set_error (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_FORMAT,
               "this pipeline is of format %" G_GINT64_FORMAT ", and this version of Runnel reads format %d; "
               "open it with a newer Runnel", json_node_get_int (format), RUNNEL_FORMAT);
  return FALSE;
}

/* Whether the member is that of the name, and of the type it should be. */
static gboolean
is_member (RunnelJsonSlice  key,
           RunnelJsonSlice  value,
           const char      *name,
           RunnelJsonType   type)
{
  return runnel_json_slice_has_text (key, name) && runnel_json_slice_holds (value, type);
}

static void
set_member (JsonObject      *object,
            RunnelJsonSlice  key,
            RunnelJsonSlice  value)
{
  g_autofree char *name = runnel_json_slice_dup_text (key);

  json_object_set_member (object, name, runnel_json_slice_to_node (value));
}

static void
read_steps (RunnelPipeline  *self,
            RunnelJsonSlice  array)
{
  RunnelJsonSlice value;
  RunnelJsonIter iter;

  runnel_json_iter_init (&iter, array);
  for (guint i = 0; runnel_json_iter_next (&iter, NULL, &value); i++)
    if (runnel_json_slice_holds (value, RUNNEL_JSON_OBJECT))
      _runnel_pipeline_take_step (self, runnel_step_new_from_slice (value));
    else
      {
        RunnelStray stray = { i, runnel_json_slice_to_node (value) };

        g_array_append_val (self->strays, stray);
      }
}

static gboolean
read_point (RunnelJsonSlice  value,
            RunnelPoint     *ret_point)
{
  RunnelJsonSlice number;
  double coordinates[2];
  RunnelJsonIter iter;

  if (!runnel_json_slice_holds (value, RUNNEL_JSON_ARRAY) || runnel_json_slice_count (value) != 2)
    return FALSE;

  runnel_json_iter_init (&iter, value);
  for (guint i = 0; runnel_json_iter_next (&iter, NULL, &number); i++)
    {
      if (!runnel_json_slice_is_number (number))
        return FALSE;
      coordinates[i] = runnel_json_slice_get_double (number);
    }
  *ret_point = (RunnelPoint) { coordinates[0], coordinates[1] };

  return TRUE;
}

static void
read_positions (RunnelPipeline  *self,
                RunnelJsonSlice  places)
{
  RunnelJsonSlice key, value;
  RunnelJsonIter iter;
  RunnelPoint point;

  runnel_json_iter_init (&iter, places);
  while (runnel_json_iter_next (&iter, &key, &value))
    {
      if (read_point (value, &point))
        {
          g_autofree char *id = runnel_json_slice_dup_text (key);

          _runnel_pipeline_set_position (self, id, point);
          continue;
        }
      if (self->misplaced == NULL)
        self->misplaced = json_object_new ();
      set_member (self->misplaced, key, value);
    }
}

static void
read_layout (RunnelPipeline  *self,
             RunnelJsonSlice  layout)
{
  RunnelJsonSlice key, value;
  RunnelJsonIter iter;

  self->layout_rest = json_object_new ();
  runnel_json_iter_init (&iter, layout);
  while (runnel_json_iter_next (&iter, &key, &value))
    if (is_member (key, value, "steps", RUNNEL_JSON_OBJECT))
      read_positions (self, value);
    else
      set_member (self->layout_rest, key, value);
}

static void
read_root (RunnelPipeline  *self,
           RunnelJsonSlice  root)
{
  RunnelJsonSlice key, value;
  RunnelJsonIter iter;

  runnel_json_iter_init (&iter, root);
  while (runnel_json_iter_next (&iter, &key, &value))
    if (is_member (key, value, "steps", RUNNEL_JSON_ARRAY))
      read_steps (self, value);
    else if (is_member (key, value, "layout", RUNNEL_JSON_OBJECT))
      read_layout (self, value);
    else
      set_member (self->members, key, value);
  _runnel_pipeline_read_parameters (self);
}

/* Reads a pipeline that is known to be JSON, an object. Fails when it is of a newer format. */
RunnelPipeline *
_runnel_pipeline_new_from_slice (RunnelJsonSlice   root,
                                 GError          **error)
{
  g_autoptr(RunnelPipeline) self = g_object_new (RUNNEL_TYPE_PIPELINE, NULL);

  read_root (self, root);
  _runnel_pipeline_forget_changes (self);

  return check_format (self, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * runnel_pipeline_new_from_text:
 * @text: the content of a pipeline's file; need not end with NUL
 * @length: its length in bytes, or -1 when it ends with NUL
 * @diagnostics: (nullable): where what is misshapen is reported, without line numbers
 * @error: %RUNNEL_PIPELINE_ERROR_SYNTAX, %RUNNEL_PIPELINE_ERROR_TOO_LARGE or
 *   %RUNNEL_PIPELINE_ERROR_FORMAT
 *
 * Reads a pipeline as far as it can be read. A value of the wrong type is
 * reported, counts as not given, and is written again as it was.
 *
 * Returns: (transfer full) (nullable): the pipeline, or %NULL when @text is
 *   not JSON, is no object, or is of a newer format
 */
RunnelPipeline *
runnel_pipeline_new_from_text (const char        *text,
                               gssize             length,
                               RunnelDiagnostics *diagnostics,
                               GError           **error)
{
  g_autoptr(RunnelPipeline) self = NULL;
  RunnelJsonSlice root;

  g_return_val_if_fail (text != NULL, NULL);

  if (length < 0)
    length = strlen (text);
  if (!runnel_json_check (text, length, RUNNEL_JSON_MAX_DEPTH, NULL, error))
    return NULL;

  root = runnel_json_slice_new (text, length);
  if (!runnel_json_slice_holds (root, RUNNEL_JSON_OBJECT))
    {
      g_set_error_literal (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_FORMAT,
                           "a pipeline is a JSON object, {\"format\": 1, \"steps\": [...]}");
      return NULL;
    }

  self = _runnel_pipeline_new_from_slice (root, error);
  if (self != NULL && diagnostics != NULL)
    _runnel_pipeline_check_shape (self, diagnostics);

  return g_steal_pointer (&self);
}

/* --- Writing --- */

static void
start_entry (GString *text,
             guint    indent,
             guint   *n_written)
{
  if ((*n_written)++ > 0)
    g_string_append_c (text, ',');
  g_string_append_c (text, '\n');
  for (guint i = 0; i < indent; i++)
    g_string_append (text, "  ");
}

static void
start_member (GString    *text,
              guint       indent,
              const char *key,
              guint      *n_written)
{
  start_entry (text, indent, n_written);
  runnel_json_write_string (text, key);
  g_string_append (text, ": ");
}

static void
end_block (GString *text,
           guint    indent,
           char     bracket)
{
  g_string_append_c (text, '\n');
  for (guint i = 0; i < indent; i++)
    g_string_append (text, "  ");
  g_string_append_c (text, bracket);
}

static void
write_steps (RunnelPipeline *self,
             GString        *text)
{
  guint n_written = 0, next_stray = 0, next_step = 0;

  g_string_append_c (text, '[');
  while (next_step < self->steps->len || next_stray < self->strays->len)
    {
      RunnelStray *stray = next_stray < self->strays->len
                           ? &g_array_index (self->strays, RunnelStray, next_stray) : NULL;
      gboolean is_stray = stray != NULL && (stray->position <= n_written || next_step == self->steps->len);

      start_entry (text, 2, &n_written);
      if (is_stray)
        {
          runnel_json_write (text, stray->value, NULL, 2);
          next_stray++;
        }
      else
        {
          RunnelStep *step = g_ptr_array_index (self->steps, next_step++);

          runnel_json_write_slice_block (text, step->source, &runnel_step_shape, 2);
        }
    }

  if (n_written > 0)
    end_block (text, 1, ']');
  else
    g_string_append_c (text, ']');
}

static void
write_coordinate (GString *text,
                  double   value)
{
  if (value == floor (value) && fabs (value) < 1e15)
    g_string_append_printf (text, "%" G_GINT64_FORMAT, (gint64) value);
  else
    runnel_json_write_number (text, value);
}

static void
write_position (GString           *text,
                const char        *id,
                const RunnelPoint *point,
                guint             *n_written)
{
  start_member (text, 3, id, n_written);
  g_string_append_c (text, '[');
  write_coordinate (text, point->x);
  g_string_append (text, ", ");
  write_coordinate (text, point->y);
  g_string_append_c (text, ']');
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Places of steps that are not there, in an order that does not depend on what happened before. */
static void
write_orphans (RunnelPipeline *self,
               GString        *text,
               guint          *n_written)
{
  g_autoptr(GPtrArray) ids = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->positions);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!g_hash_table_contains (self->indices, id))
      g_ptr_array_add (ids, id);
  g_ptr_array_sort (ids, compare_ids);

  for (guint i = 0; i < ids->len; i++)
    {
      id = g_ptr_array_index (ids, i);
      write_position (text, id, g_hash_table_lookup (self->positions, id), n_written);
    }
}

static void
write_misplaced (RunnelPipeline *self,
                 GString        *text,
                 guint          *n_written)
{
  JsonObjectIter iter;
  const char *id;
  JsonNode *value;

  if (self->misplaced == NULL)
    return;

  json_object_iter_init_ordered (&iter, self->misplaced);
  while (json_object_iter_next_ordered (&iter, &id, &value))
    if (!g_hash_table_contains (self->positions, id))
      {
        start_member (text, 3, id, n_written);
        runnel_json_write (text, value, NULL, 3);
      }
}

/* One line per step, in the order of the steps. Of steps with the same id only the first has a place. */
static void
write_positions (RunnelPipeline *self,
                 GString        *text)
{
  guint n_written = 0;

  g_string_append_c (text, '{');
  for (guint i = 0; i < self->steps->len; i++)
    {
      const char *id = runnel_pipeline_get_step (self, i)->id;
      const RunnelPoint *point = g_hash_table_lookup (self->positions, id);
      gpointer indexed;

      if (point != NULL && g_hash_table_lookup_extended (self->indices, id, &indexed, NULL) && indexed == id)
        write_position (text, id, point, &n_written);
    }
  write_orphans (self, text, &n_written);
  write_misplaced (self, text, &n_written);

  if (n_written > 0)
    end_block (text, 2, '}');
  else
    g_string_append_c (text, '}');
}

static void
write_layout_member (RunnelPipeline *self,
                     GString        *text,
                     const char     *key,
                     JsonNode       *value,
                     guint          *n_written)
{
  const RunnelKey *known = runnel_shape_find_key (&runnel_layout_shape, key);
  const RunnelShape *shape = known != NULL ? known->shape : NULL;

  start_member (text, 2, key, n_written);
  if (known != NULL && JSON_NODE_HOLDS_OBJECT (value))
    runnel_json_write_block (text, json_node_get_object (value), shape, 2);
  else
    runnel_json_write (text, value, shape, 2);
}

static gboolean
has_positions (RunnelPipeline *self)
{
  return g_hash_table_size (self->positions) > 0 || self->misplaced != NULL;
}

static gboolean
has_layout (RunnelPipeline *self)
{
  return has_positions (self) || self->layout_rest != NULL;
}

/* The keys of the format in its order, and then those it does not know. */
static void
write_layout_rest (RunnelPipeline *self,
                   GString        *text,
                   guint          *n_written)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  for (const RunnelKey *key = runnel_layout_shape.keys; key->name != NULL; key++)
    {
      value = json_object_get_member (self->layout_rest, key->name);
      if (value != NULL && (strcmp (key->name, "steps") != 0 || !has_positions (self)))
        write_layout_member (self, text, key->name, value, n_written);
    }

  json_object_iter_init_ordered (&iter, self->layout_rest);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    if (runnel_shape_find_key (&runnel_layout_shape, name) == NULL)
      write_layout_member (self, text, name, value, n_written);
}

static void
write_layout (RunnelPipeline *self,
              GString        *text)
{
  guint n_written = 0;

  g_string_append_c (text, '{');
  if (has_positions (self))
    {
      start_member (text, 2, "steps", &n_written);
      write_positions (self, text);
    }
  if (self->layout_rest != NULL)
    write_layout_rest (self, text, &n_written);

  if (n_written > 0)
    end_block (text, 1, '}');
  else
    g_string_append_c (text, '}');
}

static void
write_member (RunnelPipeline    *self,
              GString           *text,
              const char        *key,
              const RunnelShape *shape,
              guint             *n_written)
{
  JsonNode *value = json_object_get_member (self->members, key);

  if (value == NULL)
    return;

  start_member (text, 1, key, n_written);
  runnel_json_write (text, value, shape, 1);
}

static void
write_known_members (RunnelPipeline *self,
                     GString        *text,
                     guint          *n_written)
{
  for (const RunnelKey *key = runnel_pipeline_shape.keys; key->name != NULL; key++)
    {
      if (strcmp (key->name, "layout") == 0)
        continue;
      if (strcmp (key->name, "steps") != 0 || (self->steps->len == 0 && self->strays->len == 0 &&
                                               json_object_has_member (self->members, "steps")))
        {
          write_member (self, text, key->name, key->shape, n_written);
          continue;
        }
      start_member (text, 1, "steps", n_written);
      write_steps (self, text);
    }
}

static void
write_unknown_members (RunnelPipeline *self,
                       GString        *text,
                       guint          *n_written)
{
  JsonObjectIter iter;
  const char *key;

  json_object_iter_init_ordered (&iter, self->members);
  while (json_object_iter_next_ordered (&iter, &key, NULL))
    if (runnel_shape_find_key (&runnel_pipeline_shape, key) == NULL)
      write_member (self, text, key, NULL, n_written);
}

/**
 * runnel_pipeline_to_text:
 * @self: a pipeline
 * @ret_length: (out) (optional): length of the text in bytes
 *
 * Writes the pipeline in canonical form: the same pipeline always gives the
 * same text, and reading it gives the same pipeline. `layout` comes last, so
 * that moving a step touches one line far from the step.
 *
 * Returns: (transfer full): the text, with a final newline
 */
char *
runnel_pipeline_to_text (RunnelPipeline *self,
                         gsize          *ret_length)
{
  GString *text;
  guint n_written = 0;

  g_return_val_if_fail (RUNNEL_IS_PIPELINE (self), NULL);

  text = g_string_sized_new (256 + 256 * (gsize) self->steps->len);
  g_string_append_c (text, '{');
  write_known_members (self, text, &n_written);
  write_unknown_members (self, text, &n_written);
  if (has_layout (self))
    {
      start_member (text, 1, "layout", &n_written);
      write_layout (self, text);
    }
  else
    write_member (self, text, "layout", NULL, &n_written);
  g_string_append (text, "\n}\n");

  if (ret_length != NULL)
    *ret_length = text->len;

  return g_string_free (text, FALSE);
}
