/* runnel-extract.c: makes a pipeline of its own of some steps of another
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "model/runnel-edit-private.h"
#include "model/runnel-extract-private.h"
#include "model/runnel-json-write.h"
#include "model/runnel-pipeline-private.h"

void
_runnel_extract_refuse (RunnelExtract *self,
                        const char    *format,
                        ...)
{
  g_autofree char *message = NULL;
  va_list args;

  if (self->error != NULL)
    return;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  self->error = g_error_new_literal (RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_INVALID, message);
}

void
_runnel_extract_warn (RunnelExtract *self,
                      const char    *format,
                      ...)
{
  char *message;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  if (g_ptr_array_find_with_equal_func (self->warnings, message, g_str_equal, NULL))
    g_free (message);
  else
    g_ptr_array_add (self->warnings, message);
}

/* What people call the step of an id. */
const char *
_runnel_extract_get_title (RunnelExtract *self,
                           const char    *id)
{
  guint index;

  return runnel_pipeline_find_step (self->pipeline, id, &index)
           ? runnel_step_get_title (runnel_pipeline_get_step (self->pipeline, index)) : id;
}

static void
collect_steps (RunnelExtract     *self,
               const char *const *ids)
{
  for (guint i = 0; ids[i] != NULL; i++)
    if (runnel_pipeline_find_step (self->pipeline, ids[i], NULL))
      g_hash_table_add (self->selected, (gpointer) ids[i]);
    else
      _runnel_extract_refuse (self, _("There is no step “%s”."), ids[i]);

  for (guint i = 0; i < runnel_pipeline_get_n_steps (self->pipeline); i++)
    if (g_hash_table_contains (self->selected, runnel_pipeline_get_step (self->pipeline, i)->id))
      g_ptr_array_add (self->steps, runnel_pipeline_get_step (self->pipeline, i));
  if (self->steps->len == 0)
    _runnel_extract_refuse (self, _("There are no steps to extract."));
}

/* --- The new pipeline --- */

static void
copy_member (RunnelExtract *self,
             JsonObject    *inner,
             const char    *key)
{
  JsonNode *value = runnel_pipeline_get_member (self->pipeline, key);

  if (value != NULL)
    json_object_set_member (inner, key, json_node_ref (value));
}

static void
add_secrets (RunnelExtract *self,
             JsonObject    *inner,
             const char    *text)
{
  JsonNode *value = runnel_pipeline_get_member (self->pipeline, "secrets");
  JsonArray *all = value != NULL && JSON_NODE_HOLDS_ARRAY (value) ? json_node_get_array (value) : NULL;
  g_autoptr(JsonArray) used = json_array_new ();

  for (guint i = 0; all != NULL && i < json_array_get_length (all); i++)
    {
      JsonNode *name = json_array_get_element (all, i);

      if (json_node_get_value_type (name) == G_TYPE_STRING && strcasestr (text, json_node_get_string (name)) != NULL)
        json_array_add_element (used, json_node_ref (name));
    }
  if (json_array_get_length (used) > 0)
    json_object_set_array_member (inner, "secrets", json_array_ref (used));
}

static void
add_pools (RunnelExtract *self,
           JsonObject    *inner,
           const char    *text)
{
  JsonNode *value = runnel_pipeline_get_member (self->pipeline, "pools");
  JsonObject *used = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *slots;

  if (value != NULL && JSON_NODE_HOLDS_OBJECT (value))
    {
      json_object_iter_init_ordered (&iter, json_node_get_object (value));
      while (json_object_iter_next_ordered (&iter, &name, &slots))
        if (strstr (text, name) != NULL)
          {
            json_object_set_member (used, name, json_node_ref (slots));
            _runnel_extract_warn (self, _("The pool “%s” now counts for the new pipeline by itself."), name);
          }
    }
  if (json_object_get_size (used) > 0)
    json_object_set_object_member (inner, "pools", used);
  else
    json_object_unref (used);
}

static void
add_jobs (RunnelExtract *self,
          JsonObject    *inner)
{
  JsonNode *value = runnel_pipeline_get_member (self->pipeline, "concurrency");
  JsonNode *jobs = value != NULL && JSON_NODE_HOLDS_OBJECT (value)
                     ? json_object_get_member (json_node_get_object (value), "jobs") : NULL;
  JsonObject *concurrency;

  if (jobs == NULL)
    return;

  concurrency = json_object_new ();
  json_object_set_member (concurrency, "jobs", json_node_ref (jobs));
  json_object_set_object_member (inner, "concurrency", concurrency);
}

static JsonArray *
make_inner_steps (RunnelExtract *self)
{
  JsonArray *steps = json_array_new ();

  for (guint i = 0; i < self->steps->len; i++)
    json_array_add_object_element (steps, _runnel_extract_make_inner_step (self, g_ptr_array_index (self->steps, i)));

  return steps;
}

/* All that names parameters, secrets and pools. */
static char *
write_text (RunnelExtract *self,
            JsonArray     *steps)
{
  g_autoptr(JsonNode) node = json_node_init_array (json_node_alloc (), steps);
  JsonNode *env = runnel_pipeline_get_member (self->pipeline, "env");
  JsonNode *defaults = runnel_pipeline_get_member (self->pipeline, "defaults");
  GString *text = g_string_new (NULL);

  runnel_json_write_compact (text, node);
  if (env != NULL)
    runnel_json_write_compact (text, env);
  if (defaults != NULL)
    runnel_json_write_compact (text, defaults);

  return g_string_free (text, FALSE);
}

/* The upper left corner of the places of the steps extracted. */
static gboolean
get_corner (RunnelExtract *self,
            RunnelPoint   *ret_corner)
{
  gboolean found = FALSE;
  RunnelPoint point;

  *ret_corner = (RunnelPoint) { INFINITY, INFINITY };
  for (guint i = 0; i < self->steps->len; i++)
    if (runnel_pipeline_get_position (self->pipeline, ((RunnelStep *) g_ptr_array_index (self->steps, i))->id, &point))
      {
        *ret_corner = (RunnelPoint) { MIN (ret_corner->x, point.x), MIN (ret_corner->y, point.y) };
        found = TRUE;
      }

  return found;
}

static void
place_inner_steps (RunnelExtract  *self,
                   RunnelPipeline *inner)
{
  RunnelPoint corner, point;

  get_corner (self, &corner);
  for (guint i = 0; i < self->steps->len; i++)
    {
      const char *id = ((RunnelStep *) g_ptr_array_index (self->steps, i))->id;

      if (runnel_pipeline_get_position (self->pipeline, id, &point))
        _runnel_pipeline_set_position (inner, id, (RunnelPoint) { point.x - corner.x, point.y - corner.y });
    }
}

static RunnelPipeline *
make_inner (RunnelExtract *self)
{
  g_autoptr(JsonObject) object = json_object_new ();
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autoptr(JsonArray) steps = make_inner_steps (self);
  g_autofree char *names = write_text (self, steps);
  g_autoptr(GString) text = g_string_new (NULL);
  RunnelPipeline *inner;

  _runnel_extract_pass_parameters (self, names);
  json_object_set_int_member (object, "format", RUNNEL_FORMAT);
  json_object_set_string_member (object, "name", self->name);
  if (json_object_get_size (self->declared) > 0)
    json_object_set_object_member (object, "parameters", json_object_ref (self->declared));
  copy_member (self, object, "env");
  copy_member (self, object, "defaults");
  add_secrets (self, object, names);
  add_pools (self, object, names);
  add_jobs (self, object);
  json_object_set_array_member (object, "steps", json_array_ref (steps));

  runnel_json_write_compact (text, node);
  inner = runnel_pipeline_new_from_text (text->str, (gssize) text->len, NULL, NULL);
  place_inner_steps (self, inner);
  _runnel_edit_copy_areas (inner, self->pipeline, self->selected, NULL);

  return inner;
}

/* --- The step in the place of the others --- */

static RunnelStep *
make_step (RunnelExtract *self,
           const char    *file)
{
  g_autoptr(JsonObject) json = json_object_new ();
  JsonObject *with = json_object_new ();

  json_object_set_string_member (json, "id", self->id);
  json_object_set_string_member (json, "name", self->name);
  json_object_set_string_member (json, "kind", "pipeline");
  json_object_set_string_member (with, "file", file);
  if (json_object_get_size (self->given) > 0)
    json_object_set_object_member (with, "parameters", json_object_ref (self->given));
  if (json_object_get_size (self->outputs) > 0)
    json_object_set_object_member (with, "outputs", json_object_ref (self->outputs));
  json_object_set_object_member (json, "with", with);
  if (json_array_get_length (self->needs) > 0)
    json_object_set_array_member (json, "needs", json_array_ref (self->needs));
  if (self->join != RUNNEL_JOIN_ALL)
    json_object_set_string_member (json, "join", runnel_join_to_string (self->join));

  return runnel_step_new (json, "", NULL);
}

static void
add (GPtrArray  *edits,
     RunnelEdit *edit)
{
  g_ptr_array_add (edits, edit);
}

/* The outputs of the new step are known only when all that reads them was looked at. */
static void
add_outer_steps (RunnelExtract *self,
                 GPtrArray     *edits)
{
  JsonNode *hooks = runnel_pipeline_get_member (self->pipeline, "hooks");
  JsonNode *changed_hooks = hooks != NULL ? _runnel_extract_make_outer_json (self, hooks) : NULL;

  for (guint i = 0; i < runnel_pipeline_get_n_steps (self->pipeline); i++)
    {
      RunnelStep *step = runnel_pipeline_get_step (self->pipeline, i);
      g_autoptr(RunnelStep) changed = NULL;

      if (g_hash_table_contains (self->selected, step->id))
        continue;
      changed = _runnel_extract_make_outer_step (self, step);
      if (changed != NULL)
        add (edits, runnel_edit_new_replace_step (step->id, changed));
    }
  if (changed_hooks != NULL)
    add (edits, runnel_edit_new_set_member ("hooks", changed_hooks));
  g_clear_pointer (&changed_hooks, json_node_unref);
}

static void
add_places (RunnelExtract *self,
            GPtrArray     *edits)
{
  g_autoptr(GPtrArray) ids = g_ptr_array_new ();
  g_autoptr(GArray) points = g_array_new (FALSE, FALSE, sizeof (RunnelPoint));
  RunnelPoint nowhere = { NAN, NAN }, corner;

  if (!get_corner (self, &corner))
    return;

  for (guint i = 0; i < self->steps->len; i++)
    {
      g_ptr_array_add (ids, (gpointer) ((RunnelStep *) g_ptr_array_index (self->steps, i))->id);
      g_array_append_val (points, nowhere);
    }
  g_ptr_array_add (ids, (gpointer) self->id);
  g_array_append_val (points, corner);
  add (edits, runnel_edit_new_move_steps ((const char *const *) ids->pdata, (RunnelPoint *) points->data, ids->len));
}

/* The new step stands in the groups for the first of those extracted. */
static const char *
map_to_new (const char    *id,
            gconstpointer  data)
{
  const RunnelExtract *self = data;

  if (!g_hash_table_contains (self->selected, id))
    return id;

  return strcmp (((RunnelStep *) g_ptr_array_index (self->steps, 0))->id, id) == 0 ? self->id : NULL;
}

static RunnelEdit *
make_edit (RunnelExtract *self,
           const char    *file)
{
  GPtrArray *edits = _runnel_edit_list_new ();
  g_autoptr(RunnelStep) step = NULL;
  guint index;

  add_outer_steps (self, edits);
  step = make_step (self, file);
  runnel_pipeline_find_step (self->pipeline, ((RunnelStep *) g_ptr_array_index (self->steps, 0))->id, &index);
  for (guint i = 0; i < self->steps->len; i++)
    add (edits, runnel_edit_new_remove_step (((RunnelStep *) g_ptr_array_index (self->steps, i))->id));
  add (edits, runnel_edit_new_insert_step (index, step));
  add_places (self, edits);
  _runnel_edit_map_groups (edits, self->pipeline, map_to_new, self);

  return _runnel_edit_combine (g_strdup_printf (_("Extract %s"), self->name), edits);
}

/* --- What is not quite as before --- */

static void
warn_of_context (RunnelExtract *self,
                 RunnelStep    *step)
{
  g_autofree char *text = g_strndup (step->source.at, step->source.length);

  if (g_regex_match_simple ("\\$\\{\\{[^}]*\\b(run|trigger)\\.", text, 0, 0) ||
      (step->condition != NULL && g_regex_match_simple ("\\b(run|trigger)\\.", step->condition, 0, 0)))
    _runnel_extract_warn (self, _("“%s” reads about its run, which is now the one inside."), runnel_step_get_title (step));
  if (runnel_step_has_member (step, "cache"))
    _runnel_extract_warn (self, _("Earlier results of “%s” are not used any more."), runnel_step_get_title (step));
}

static void
warn (RunnelExtract *self)
{
  for (guint i = 0; i < self->steps->len; i++)
    warn_of_context (self, g_ptr_array_index (self->steps, i));
  if (runnel_pipeline_get_member (self->pipeline, "defaults") != NULL)
    _runnel_extract_warn (self, _("The defaults of the pipeline, such as a timeout, now also hold for “%s” as a whole."),
                          self->name);
}

/* --- Public --- */

static void
extract_clear (RunnelExtract *self)
{
  g_hash_table_unref (self->selected);
  g_ptr_array_unref (self->steps);
  g_clear_pointer (&self->warnings, g_ptr_array_unref);
  json_array_unref (self->needs);
  json_object_unref (self->declared);
  json_object_unref (self->given);
  json_object_unref (self->outputs);
}

static void
extract (RunnelExtract    *self,
         RunnelExtraction *result,
         const char       *file)
{
  _runnel_extract_check_convex (self);
  if (self->error != NULL)
    return;

  _runnel_extract_find_needs (self);
  result->inner = make_inner (self);
  result->edit = make_edit (self, file);
  warn (self);
  g_ptr_array_add (self->warnings, NULL);
  result->warnings = (GStrv) g_ptr_array_free (g_steal_pointer (&self->warnings), FALSE);
}

/**
 * runnel_extraction_new:
 * @pipeline: a pipeline
 * @ids: the ids of the steps to be extracted
 * @name: what the new pipeline is called
 * @file: (type filename): its file, in the folder of @pipeline, for paths in its steps are relative to that
 * @error: %RUNNEL_PIPELINE_ERROR_INVALID when the steps can't be taken out without changing what the pipeline does
 *
 * Makes a pipeline of the steps, and the edit that puts a step of kind `pipeline` in their place. Links from outside go
 * to that step and links to the outside come from it. What the steps read of parameters, secrets and other steps is
 * handed to the new pipeline, and what other steps read of them is given out by it. Nothing is changed or written.
 *
 * Returns: (transfer full) (nullable): both
 */
RunnelExtraction *
runnel_extraction_new (RunnelPipeline     *pipeline,
                       const char *const  *ids,
                       const char         *name,
                       const char         *file,
                       GError            **error)
{
  g_autoptr(RunnelExtraction) result = g_new0 (RunnelExtraction, 1);
  g_autofree char *stem = NULL;
  RunnelExtract self = { .pipeline = pipeline, .name = name };

  g_return_val_if_fail (RUNNEL_IS_PIPELINE (pipeline), NULL);
  g_return_val_if_fail (ids != NULL && name != NULL && file != NULL, NULL);

  stem = g_utf8_strdown (name, -1);
  self.id = result->id = runnel_pipeline_make_step_id (pipeline, stem);
  self.selected = g_hash_table_new (g_str_hash, g_str_equal);
  self.steps = g_ptr_array_new ();
  self.warnings = g_ptr_array_new_with_free_func (g_free);
  self.needs = json_array_new ();
  self.declared = json_object_new ();
  self.given = json_object_new ();
  self.outputs = json_object_new ();
  collect_steps (&self, ids);
  if (self.error == NULL)
    extract (&self, result, file);
  extract_clear (&self);

  if (self.error == NULL)
    return g_steal_pointer (&result);
  g_propagate_error (error, self.error);

  return NULL;
}

/**
 * runnel_extraction_free:
 * @self: (transfer full) (nullable): an extraction
 */
void
runnel_extraction_free (RunnelExtraction *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->inner);
  g_clear_pointer (&self->edit, runnel_edit_unref);
  g_strfreev (self->warnings);
  g_free (self->id);
  g_free (self);
}

/**
 * runnel_extraction_suggest_file:
 * @name: what a pipeline is called
 *
 * Returns: (transfer full) (type filename): a name for its file
 */
char *
runnel_extraction_suggest_file (const char *name)
{
  g_autofree char *stem = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  stem = g_utf8_strdown (name, -1);
  for (char *p = stem; *p != '\0'; p++)
    if (g_ascii_isspace (*p) || strchr ("/\\:.\"'", *p) != NULL)
      *p = '-';

  return g_strconcat (*stem != '\0' ? stem : "part", RUNNEL_FILE_SUFFIX, NULL);
}
