/* runnel-edit-make.c: what a person does to a pipeline, made of primitive edits
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "model/runnel-edit-private.h"
#include "model/runnel-json-copy.h"
#include "model/runnel-json-read.h"
#include "model/runnel-pipeline-private.h"
#include "model/runnel-reference.h"
#include "model/runnel-shape.h"
#include "model/runnel-step-needs.h"

#define PASTE_GAP 120.0 /* between pasted steps that had no place */

static const RunnelPoint nowhere = { NAN, NAN };

/* --- Helpers --- */

/* Returns: (transfer full): a list for edits that belong together */
GPtrArray *
_runnel_edit_list_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_edit_unref);
}

/* Takes `edits`; the label too. */
RunnelEdit *
_runnel_edit_combine (char      *label,
                      GPtrArray *edits)
{
  g_autofree char *owned_label = label;
  RunnelEdit *compound;

  g_ptr_array_set_free_func (edits, NULL);
  compound = runnel_edit_new_compound (label, (RunnelEdit **) edits->pdata, edits->len);
  g_ptr_array_unref (edits);

  return compound;
}

/* Edits name steps by id. One without an id, or behind another with the same, can't be named and is left as it is. */
gboolean
_runnel_edit_can_name (RunnelPipeline *pipeline,
                       guint           index)
{
  guint found;

  return runnel_pipeline_find_step (pipeline, runnel_pipeline_get_step (pipeline, index)->id, &found) &&
         found == index;
}

static RunnelEdit *
move_step (const char *id,
           RunnelPoint point)
{
  return runnel_edit_new_move_steps (&id, &point, 1);
}

/* Returns: (transfer none) (nullable): the step with this id */
RunnelStep *
_runnel_edit_find_step (RunnelPipeline *pipeline,
                        const char     *id,
                        GError        **error)
{
  guint index;

  if (runnel_pipeline_find_step (pipeline, id, &index))
    return runnel_pipeline_get_step (pipeline, index);

  g_set_error (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_INVALID,
               _("There is no step “%s”."), id);
  return NULL;
}

/* --- Adding and deleting --- */

/**
 * runnel_edit_new_add_step:
 * @pipeline: a pipeline
 * @step: (transfer none): a step with an id that is free
 * @point: where it stands on the canvas
 *
 * Returns: (transfer full): the edit that adds @step at the end of the file
 */
RunnelEdit *
runnel_edit_new_add_step (RunnelPipeline *pipeline,
                          RunnelStep     *step,
                          RunnelPoint     point)
{
  GPtrArray *edits;

  g_return_val_if_fail (RUNNEL_IS_PIPELINE (pipeline), NULL);
  g_return_val_if_fail (step != NULL, NULL);

  edits = _runnel_edit_list_new ();
  g_ptr_array_add (edits, runnel_edit_new_insert_step (G_MAXUINT, step));
  g_ptr_array_add (edits, move_step (step->id, point));

  return _runnel_edit_combine (g_strdup_printf (_("Add %s"), runnel_step_get_title (step)), edits);
}

static gboolean
drop_need_if_in (const RunnelNeed *need,
                 JsonNode         *entry,
                 JsonArray        *after,
                 gpointer          ids)
{
  if (g_hash_table_contains (ids, need->step))
    return TRUE;

  json_array_add_element (after, json_node_ref (entry));
  return FALSE;
}

/* Steps are removed from the last to the first, which leaves the indices of the others alone. */
static void
add_removals (GPtrArray      *edits,
              RunnelPipeline *pipeline,
              GHashTable     *ids)
{
  guint n = runnel_pipeline_get_n_steps (pipeline);

  for (guint i = n; i > 0; i--)
    {
      RunnelStep *step = runnel_pipeline_get_step (pipeline, i - 1);

      if (!g_hash_table_contains (ids, step->id))
        continue;
      if (runnel_pipeline_get_position (pipeline, step->id, NULL))
        g_ptr_array_add (edits, move_step (step->id, nowhere));
      g_ptr_array_add (edits, runnel_edit_new_remove_step (step->id));
    }
}

/* Adds the edits that remove the steps in a set of ids, the links from them and their places. */
void
_runnel_edit_delete_steps (GPtrArray      *edits,
                           RunnelPipeline *pipeline,
                           GHashTable     *ids)
{
  for (guint i = 0; i < runnel_pipeline_get_n_steps (pipeline); i++)
    {
      RunnelStep *step = runnel_pipeline_get_step (pipeline, i);
      g_autoptr(RunnelStep) freed = NULL;

      if (!g_hash_table_contains (ids, step->id) && _runnel_edit_can_name (pipeline, i))
        freed = runnel_step_map_needs (step, drop_need_if_in, ids);
      if (freed != NULL)
        g_ptr_array_add (edits, runnel_edit_new_replace_step (step->id, freed));
    }
  add_removals (edits, pipeline, ids);
}

/**
 * runnel_edit_new_delete_steps:
 * @pipeline: a pipeline
 * @ids: (array zero-terminated=1): ids of steps; unknown ones are left out
 *
 * Returns: (transfer full): the edit that removes the steps, the links from
 *   them, their places, their names in groups, and the groups of no other step
 */
RunnelEdit *
runnel_edit_new_delete_steps (RunnelPipeline    *pipeline,
                              const char *const *ids)
{
  g_return_val_if_fail (RUNNEL_IS_PIPELINE (pipeline), NULL);
  g_return_val_if_fail (ids != NULL, NULL);

  return runnel_edit_new_delete_parts (pipeline, ids, NULL, NULL);
}

/* --- Changing a step --- */

static const char *
map_name (const char   *id,
          gconstpointer names)
{
  const char *name = g_hash_table_lookup ((GHashTable *) names, id);

  return name != NULL ? name : id;
}

static RunnelStep *
with_id (RunnelStep *step,
         const char *id)
{
  g_autoptr(JsonNode) value = json_node_init_string (json_node_alloc (), id);

  return runnel_step_with_member (step, "id", value);
}

/* Adds the edits of all steps that name one of `names`; those that bear one get their new id. */
static void
add_renames (GPtrArray      *edits,
             RunnelPipeline *pipeline,
             GHashTable     *names)
{
  for (guint i = 0; i < runnel_pipeline_get_n_steps (pipeline); i++)
    {
      RunnelStep *step = runnel_pipeline_get_step (pipeline, i);
      const char *new_id = g_hash_table_lookup (names, step->id);
      g_autoptr(RunnelStep) renamed = NULL;

      if (!_runnel_edit_can_name (pipeline, i))
        continue;

      renamed = runnel_reference_rename_in_step (step, names);
      if (new_id != NULL)
        {
          RunnelStep *with_new_id = with_id (renamed != NULL ? renamed : step, new_id);

          g_clear_pointer (&renamed, runnel_step_unref);
          renamed = with_new_id;
        }
      if (renamed != NULL)
        g_ptr_array_add (edits, runnel_edit_new_replace_step (step->id, renamed));
    }
}

/* Hooks name steps in their expressions, too. */
static void
add_hooks_edit (GPtrArray      *edits,
                RunnelPipeline *pipeline,
                GHashTable     *names)
{
  JsonNode *hooks = runnel_pipeline_get_member (pipeline, "hooks");
  g_autoptr(JsonNode) renamed = hooks != NULL ? runnel_reference_rename_in_json (hooks, names) : NULL;

  if (renamed != NULL)
    g_ptr_array_add (edits, runnel_edit_new_set_member ("hooks", renamed));
}

static gboolean
check_new_name (RunnelPipeline *pipeline,
                const char     *id,
                const char     *new_id,
                GError        **error)
{
  if (_runnel_edit_find_step (pipeline, id, error) == NULL)
    return FALSE;

  if (!runnel_id_is_valid (new_id))
    g_set_error (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_INVALID,
                 _("An id starts with a letter or _, goes on with letters, digits, _ and -, "
                   "and has at most 100 characters."));
  else if (runnel_pipeline_find_step (pipeline, new_id, NULL))
    g_set_error (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_INVALID,
                 _("There is a step “%s” already."), new_id);
  else
    return TRUE;

  return FALSE;
}

/**
 * runnel_edit_new_rename_step:
 * @pipeline: a pipeline
 * @id: id of a step
 * @new_id: the id it is to have
 * @error: %RUNNEL_PIPELINE_ERROR_INVALID; its message is one sentence for people
 *
 * Returns: (transfer full) (nullable): the edit that changes the id, and with
 *   it links, places, groups and the expressions that name the step; or %NULL
 *   when @new_id is taken or is no id
 */
RunnelEdit *
runnel_edit_new_rename_step (RunnelPipeline *pipeline,
                             const char     *id,
                             const char     *new_id,
                             GError        **error)
{
  g_autoptr(GHashTable) names = NULL;
  RunnelPoint point;
  GPtrArray *edits;

  g_return_val_if_fail (RUNNEL_IS_PIPELINE (pipeline), NULL);
  g_return_val_if_fail (id != NULL && new_id != NULL, NULL);

  if (!check_new_name (pipeline, id, new_id, error))
    return NULL;

  names = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_insert (names, (gpointer) id, (gpointer) new_id);

  edits = _runnel_edit_list_new ();
  add_renames (edits, pipeline, names);
  _runnel_edit_map_groups (edits, pipeline, map_name, names);
  _runnel_edit_map_pinned (edits, pipeline, map_name, names);
  add_hooks_edit (edits, pipeline, names);
  if (runnel_pipeline_get_position (pipeline, id, &point))
    {
      g_ptr_array_add (edits, move_step (id, nowhere));
      g_ptr_array_add (edits, move_step (new_id, point));
    }

  return _runnel_edit_combine (g_strdup_printf (_("Rename %s to %s"), id, new_id), edits);
}

/* The object in which a member of `key` is set: what is there, or the long form of a short one ("retry": 3). */
static JsonObject *
get_container (RunnelStep *step,
               const char *key)
{
  const RunnelKey *known = runnel_shape_find_key (&runnel_step_shape, key);
  g_autoptr(JsonNode) value = runnel_step_dup_member (step, key);
  JsonObject *object;

  if (value != NULL && JSON_NODE_HOLDS_OBJECT (value))
    return json_object_ref (json_node_get_object (value));

  object = json_object_new ();
  if (value != NULL && JSON_NODE_HOLDS_VALUE (value) && known != NULL && known->shape->short_key != NULL)
    json_object_set_member (object, known->shape->short_key, json_node_ref (value));

  return object;
}

static RunnelStep *
with_field (RunnelStep *step,
            const char *key,
            JsonNode   *value)
{
  const char *dot = strchr (key, '.');
  g_autofree char *outer = NULL;
  g_autoptr(JsonObject) container = NULL, changed = NULL;
  g_autoptr(JsonNode) node = NULL;

  if (dot == NULL)
    return runnel_step_with_member (step, key, value);

  outer = g_strndup (key, dot - key);
  container = get_container (step, outer);
  changed = runnel_json_object_with_member (container, dot + 1, value, NULL);
  if (json_object_get_size (changed) > 0)
    node = json_node_init_object (json_node_alloc (), changed);

  return runnel_step_with_member (step, outer, node);
}

/**
 * runnel_edit_new_set_field:
 * @pipeline: a pipeline
 * @id: id of a step that is there
 * @key: a key of the step, or of an object in it after the first point: "with.run", "retry.max"
 * @value: (nullable) (transfer none): its new value, not to be modified any more; %NULL removes it
 *
 * Returns: (transfer full): the edit
 */
RunnelEdit *
runnel_edit_new_set_field (RunnelPipeline *pipeline,
                           const char     *id,
                           const char     *key,
                           JsonNode       *value)
{
  g_autoptr(RunnelStep) changed = NULL;
  g_autofree char *label = NULL;
  RunnelStep *step;
  RunnelEdit *edit;

  g_return_val_if_fail (RUNNEL_IS_PIPELINE (pipeline), NULL);
  g_return_val_if_fail (id != NULL && key != NULL, NULL);

  step = _runnel_edit_find_step (pipeline, id, NULL);
  g_return_val_if_fail (step != NULL, NULL);

  changed = with_field (step, key, value);
  edit = runnel_edit_new_replace_step (id, changed);
  label = g_strdup_printf (_("Change %s of %s"), g_str_has_prefix (key, "with.") ? key + 5 : key, id);
  _runnel_edit_set_label (edit, label);

  return edit;
}

/* --- Clipboard --- */

/**
 * runnel_pipeline_copy_steps:
 * @pipeline: a pipeline
 * @ids: (array zero-terminated=1): ids of steps; unknown ones are left out
 *
 * Returns: (transfer full): the steps, their places and the groups of no other steps as the text
 *   of a pipeline
 */
char *
runnel_pipeline_copy_steps (RunnelPipeline    *pipeline,
                            const char *const *ids)
{
  return runnel_pipeline_copy_parts (pipeline, ids, NULL);
}

/**
 * runnel_pipeline_copy_parts:
 * @pipeline: a pipeline
 * @ids: (array zero-terminated=1): ids of steps; unknown ones are left out
 * @notes: (nullable) (array zero-terminated=1): ids of notes
 *
 * Returns: (transfer full): what runnel_pipeline_copy_steps() gives, and the notes
 */
char *
runnel_pipeline_copy_parts (RunnelPipeline    *pipeline,
                            const char *const *ids,
                            const char *const *notes)
{
  g_autoptr(RunnelPipeline) part = NULL;
  g_autoptr(GHashTable) set = g_hash_table_new (g_str_hash, g_str_equal);

  g_return_val_if_fail (RUNNEL_IS_PIPELINE (pipeline), NULL);
  g_return_val_if_fail (ids != NULL, NULL);

  for (guint i = 0; ids[i] != NULL; i++)
    g_hash_table_add (set, (gpointer) ids[i]);

  part = runnel_pipeline_new ();
  for (guint i = 0; i < runnel_pipeline_get_n_steps (pipeline); i++)
    {
      RunnelStep *step = runnel_pipeline_get_step (pipeline, i);
      RunnelPoint point;

      if (!g_hash_table_contains (set, step->id))
        continue;
      _runnel_pipeline_insert_step (part, part->steps->len, step);
      if (runnel_pipeline_get_position (pipeline, step->id, &point))
        _runnel_pipeline_set_position (part, step->id, point);
    }
  _runnel_edit_copy_areas (part, pipeline, set, notes);

  return runnel_pipeline_to_text (part, NULL);
}

static gboolean
has_member (RunnelJsonSlice value,
            const char     *key)
{
  return runnel_json_slice_holds (value, RUNNEL_JSON_OBJECT) && runnel_json_slice_get_member (value, key).at != NULL;
}

/* In a chat or a page of Markdown, text stands between lines of ```. */
static char *
strip_fence (const char *text)
{
  g_autofree char *copy = g_strstrip (g_strdup (text));
  char *begin = g_str_has_prefix (copy, "```") ? strchr (copy, '\n') : NULL;
  char *end = begin != NULL ? g_strrstr (begin, "```") : NULL;

  return end != NULL ? g_strndup (begin, end - begin) : g_steal_pointer (&copy);
}

/* A pipeline, an array of steps, or a single step: what somebody may have copied from a file. */
static RunnelPipeline *
read_clipboard (const char *clipboard_text,
                GError    **error)
{
  g_autofree char *text = strip_fence (clipboard_text);
  g_autofree char *wrapped = NULL;
  RunnelJsonSlice root;

  if (!runnel_json_check (text, strlen (text), RUNNEL_JSON_MAX_DEPTH, NULL, error))
    {
      g_prefix_error (error, _("There are no steps in this text: "));
      return NULL;
    }

  root = runnel_json_slice_new (text, strlen (text));
  if (has_member (root, "steps") || has_member (root, "notes"))
    return _runnel_pipeline_new_from_slice (root, error);

  if (runnel_json_slice_holds (root, RUNNEL_JSON_ARRAY))
    wrapped = g_strdup_printf ("{\"steps\": %s}", text);
  else
    wrapped = g_strdup_printf ("{\"steps\": [%s]}", has_member (root, "kind") ? text : "");

  return _runnel_pipeline_new_from_slice (runnel_json_slice_new (wrapped, strlen (wrapped)), error);
}

/* Gives each pasted step an id that is free in `pipeline` and among those given before. The names map
 * old ids to new ones; of steps with the same id, links lead to the first. */
static char **
make_ids (RunnelPipeline *pipeline,
          RunnelPipeline *pasted,
          GHashTable     *names)
{
  g_autoptr(RunnelPipeline) taken = runnel_pipeline_copy (pipeline);
  guint n = runnel_pipeline_get_n_steps (pasted);
  char **ids = g_new0 (char *, n + 1);

  for (guint i = 0; i < n; i++)
    {
      RunnelStep *step = runnel_pipeline_get_step (pasted, i);
      g_autoptr(RunnelStep) named = NULL;

      ids[i] = runnel_pipeline_make_step_id (taken, *step->id != '\0' ? step->id : step->kind);
      named = with_id (step, ids[i]);
      _runnel_pipeline_insert_step (taken, taken->steps->len, named);
      if (*step->id != '\0' && !g_hash_table_contains (names, step->id))
        g_hash_table_insert (names, (gpointer) step->id, ids[i]);
    }

  return ids;
}

/* The links that pasted steps keep: those from other pasted steps, and those from steps of the pipeline. */
typedef struct
{
  GHashTable *names;
  RunnelPipeline *pipeline; /* NULL keeps none of its */
} KeptLinks;

static gboolean
keep_need_if_in (const RunnelNeed *need,
                 JsonNode         *entry,
                 JsonArray        *after,
                 gpointer          user_data)
{
  const KeptLinks *kept = user_data;

  if (!g_hash_table_contains (kept->names, need->step) &&
      (kept->pipeline == NULL || !runnel_pipeline_find_step (kept->pipeline, need->step, NULL)))
    return TRUE;

  json_array_add_element (after, json_node_ref (entry));
  return FALSE;
}

static RunnelStep *
make_pasted_step (RunnelStep *step,
                  const char *id,
                  KeptLinks  *kept)
{
  g_autoptr(RunnelStep) inner = runnel_step_map_needs (step, keep_need_if_in, kept);
  g_autoptr(RunnelStep) renamed = NULL;

  if (inner == NULL)
    inner = runnel_step_ref (step);
  renamed = runnel_reference_rename_in_step (inner, kept->names);

  return with_id (renamed != NULL ? renamed : inner, id);
}

/* The left upper corner of all pasted steps and notes that have a place. */
static RunnelPoint
get_corner (RunnelPipeline *pasted)
{
  RunnelPoint corner = { G_MAXDOUBLE, G_MAXDOUBLE }, point;
  g_autoptr(GArray) notes = runnel_pipeline_list_notes (pasted);

  for (guint i = 0; i < runnel_pipeline_get_n_steps (pasted); i++)
    if (runnel_pipeline_get_position (pasted, runnel_pipeline_get_step (pasted, i)->id, &point))
      corner = (RunnelPoint) { MIN (corner.x, point.x), MIN (corner.y, point.y) };

  for (guint i = 0; i < notes->len; i++)
    {
      const RunnelRect *rect = &g_array_index (notes, RunnelNote, i).rect;

      corner = (RunnelPoint) { MIN (corner.x, rect->x), MIN (corner.y, rect->y) };
    }

  return corner;
}

static void
add_pasted_steps (GPtrArray      *edits,
                  RunnelPipeline *pasted,
                  char          **ids,
                  KeptLinks      *kept,
                  RunnelPoint     point,
                  RunnelPoint     corner)
{
  guint n = runnel_pipeline_get_n_steps (pasted);
  g_autofree RunnelPoint *points = g_new (RunnelPoint, n + 1);
  RunnelPoint old;
  guint n_placed = 0;

  for (guint i = 0; i < n; i++)
    {
      RunnelStep *step = runnel_pipeline_get_step (pasted, i);
      g_autoptr(RunnelStep) renamed = make_pasted_step (step, ids[i], kept);

      if (runnel_pipeline_get_position (pasted, step->id, &old))
        points[i] = (RunnelPoint) { point.x + old.x - corner.x, point.y + old.y - corner.y };
      else
        points[i] = (RunnelPoint) { point.x, point.y + PASTE_GAP * n_placed++ };
      g_ptr_array_add (edits, runnel_edit_new_insert_step (G_MAXUINT, renamed));
    }

  g_ptr_array_add (edits, runnel_edit_new_move_steps ((const char *const *) ids, points, n));
}

static char *
make_paste_label (guint n_steps,
                  guint n_notes)
{
  if (n_steps == 0)
    return g_strdup_printf (ngettext ("Paste %u note", "Paste %u notes", n_notes), n_notes);

  return g_strdup_printf (ngettext ("Paste %u step", "Paste %u steps", n_steps), n_steps);
}

/**
 * runnel_edit_new_paste_parts:
 * @pipeline: a pipeline
 * @text: what runnel_pipeline_copy_parts() made, or a step, an array of steps or a pipeline from a file
 * @point: where the left upper corner of what is pasted goes
 * @links: which links from other steps the pasted ones keep
 * @ret_ids: (out) (optional) (transfer full) (array zero-terminated=1): the ids the steps get
 * @ret_notes: (out) (optional) (transfer full) (array zero-terminated=1): the ids the notes get
 * @error: %RUNNEL_PIPELINE_ERROR_SYNTAX, %RUNNEL_PIPELINE_ERROR_TOO_LARGE or
 *   %RUNNEL_PIPELINE_ERROR_FORMAT when @text holds neither steps nor notes
 *
 * Makes the edit that adds the steps, their groups and the notes. Ids that are taken become new
 * ones, also in the links and expressions among the pasted steps.
 *
 * Returns: (transfer full) (nullable): the edit
 */
RunnelEdit *
runnel_edit_new_paste_parts (RunnelPipeline *pipeline,
                             const char     *text,
                             RunnelPoint     point,
                             RunnelPasteLinks links,
                             char         ***ret_ids,
                             char         ***ret_notes,
                             GError        **error)
{
  KeptLinks kept = { NULL, links == RUNNEL_PASTE_INCOMING_LINKS ? pipeline : NULL };
  g_autoptr(RunnelPipeline) pasted = NULL;
  g_autoptr(GHashTable) names = NULL;
  g_auto(GStrv) ids = NULL;
  g_auto(GStrv) notes = NULL;
  RunnelPoint corner;
  GPtrArray *edits;
  char *label;
  guint n;

  g_return_val_if_fail (RUNNEL_IS_PIPELINE (pipeline), NULL);
  g_return_val_if_fail (text != NULL, NULL);

  pasted = read_clipboard (text, error);
  if (pasted == NULL)
    return NULL;

  n = runnel_pipeline_get_n_steps (pasted);
  names = g_hash_table_new (g_str_hash, g_str_equal);
  kept.names = names;
  ids = make_ids (pipeline, pasted, names);
  corner = get_corner (pasted);
  edits = _runnel_edit_list_new ();
  if (n > 0)
    add_pasted_steps (edits, pasted, ids, &kept, point, corner);
  notes = _runnel_edit_paste_areas (edits, pipeline, pasted, names,
                                    (RunnelPoint) { point.x - corner.x, point.y - corner.y });
  if (edits->len == 0)
    {
      g_ptr_array_unref (edits);
      g_set_error (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_FORMAT, _("There are no steps in this text."));
      return NULL;
    }

  label = make_paste_label (n, g_strv_length (notes));
  if (ret_ids != NULL)
    *ret_ids = g_steal_pointer (&ids);
  if (ret_notes != NULL)
    *ret_notes = g_steal_pointer (&notes);

  return _runnel_edit_combine (label, edits);
}

/**
 * runnel_edit_new_paste:
 *
 * As runnel_edit_new_paste_parts(), for who needs the steps only.
 *
 * Returns: (transfer full) (nullable): the edit
 */
RunnelEdit *
runnel_edit_new_paste (RunnelPipeline *pipeline,
                       const char     *text,
                       RunnelPoint     point,
                       char         ***ret_ids,
                       GError        **error)
{
  return runnel_edit_new_paste_parts (pipeline, text, point, RUNNEL_PASTE_INNER_LINKS, ret_ids, NULL, error);
}
