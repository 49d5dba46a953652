/* runnel-edit-areas.c: what a person does to groups and notes, made of primitive edits
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "model/runnel-edit-private.h"
#include "model/runnel-json-copy.h"
#include "model/runnel-pipeline-private.h"

/* --- Arrays of groups or notes --- */

static JsonArray *
get_entries (RunnelPipeline *pipeline,
             const char     *key)
{
  return _runnel_areas_get_array (pipeline->members, key);
}

/* Returns: (transfer full): a copy to change, of the same entries */
static JsonArray *
copy_entries (RunnelPipeline *pipeline,
              const char     *key)
{
  JsonArray *before = get_entries (pipeline, key);
  JsonArray *entries = json_array_new ();

  for (guint i = 0; before != NULL && i < json_array_get_length (before); i++)
    json_array_add_element (entries, json_node_ref (json_array_get_element (before, i)));

  return entries;
}

/* Returns: (transfer full): the edit that makes `entries` the value of a member, which nobody
 * needs when it is empty */
static RunnelEdit *
set_entries (const char *key,
             JsonArray  *entries)
{
  g_autoptr(JsonNode) value = NULL;

  if (json_array_get_length (entries) > 0)
    value = json_node_init_array (json_node_alloc (), entries);

  return runnel_edit_new_set_member (key, value);
}

static const char *
get_id (JsonNode *entry)
{
  JsonNode *id = JSON_NODE_HOLDS_OBJECT (entry) ? json_object_get_member (json_node_get_object (entry), "id") : NULL;

  return id != NULL && JSON_NODE_HOLDS_VALUE (id) ? json_node_get_string (id) : NULL;
}

static gboolean
is_listed (const char        *id,
           const char *const *ids)
{
  return id != NULL && ids != NULL && g_strv_contains (ids, id);
}

/* Returns: (transfer full): the set of the ids that entries have */
static GHashTable *
list_taken (JsonArray *entries)
{
  GHashTable *taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      const char *id = get_id (json_array_get_element (entries, i));

      if (id != NULL)
        g_hash_table_add (taken, g_strdup (id));
    }

  return taken;
}

/* Returns: (transfer full): an id that is not taken: "group", "group-2", ... It is taken from now on. */
static char *
take_id (GHashTable *taken,
         const char *stem)
{
  char *id = g_strdup (stem);

  for (guint i = 2; g_hash_table_contains (taken, id); i++)
    {
      g_free (id);
      id = g_strdup_printf ("%s-%u", stem, i);
    }

  g_hash_table_add (taken, g_strdup (id));
  return id;
}

/* Returns: (transfer full): an id that no entry has */
static char *
make_id (JsonArray  *entries,
         const char *stem)
{
  g_autoptr(GHashTable) taken = list_taken (entries);

  return take_id (taken, stem);
}

/* Returns: (transfer full): an entry with one member changed */
static JsonNode *
with_member (JsonNode   *entry,
             const char *key,
             JsonNode   *value)
{
  g_autoptr(JsonObject) object = runnel_json_object_with_member (json_node_get_object (entry), key, value, NULL);

  return json_node_init_object (json_node_alloc (), object);
}

/* Puts `value` (transfer full) in the place of an entry. */
static void
replace_entry (JsonArray **entries,
               guint       index,
               JsonNode   *value)
{
  JsonArray *after = json_array_new ();

  for (guint i = 0; i < json_array_get_length (*entries); i++)
    json_array_add_element (after, i == index ? value : json_node_ref (json_array_get_element (*entries, i)));

  json_array_unref (*entries);
  *entries = after;
}

static RunnelEdit *
set_text_member (RunnelPipeline *pipeline,
                 const char     *entries_key,
                 guint           index,
                 const char     *key,
                 const char     *text)
{
  g_autoptr(JsonArray) entries = copy_entries (pipeline, entries_key);
  g_autoptr(JsonNode) value = NULL;

  if (text != NULL)
    value = json_node_init_string (json_node_alloc (), text);

  replace_entry (&entries, index, with_member (json_array_get_element (entries, index), key, value));
  return set_entries (entries_key, entries);
}

/* Takes `label` and `edits`, which owns its elements no more. */
static RunnelEdit *
combine (char      *label,
         GPtrArray *edits)
{
  g_autofree char *owned = label;

  return runnel_edit_new_compound (label, (RunnelEdit **) edits->pdata, edits->len);
}

static RunnelEdit *
name_edit (RunnelEdit *edit,
           char       *label)
{
  g_autofree char *owned = label;

  _runnel_edit_set_label (edit, label);
  return edit;
}

/* --- The steps of groups --- */

static JsonNode *
new_id_array (const char *const *ids)
{
  g_autoptr(JsonArray) array = json_array_new ();

  for (guint i = 0; ids[i] != NULL; i++)
    json_array_add_string_element (array, ids[i]);

  return json_node_init_array (json_node_alloc (), array);
}

/* Returns: (transfer full): the group with other ids. `ret_emptied` tells that it had steps and
 * has none left. */
static JsonNode *
map_group (JsonNode      *group,
           RunnelMapFunc  map,
           gconstpointer  data,
           gboolean      *ret_changed,
           gboolean      *ret_emptied)
{
  JsonArray *steps = JSON_NODE_HOLDS_OBJECT (group)
                       ? _runnel_areas_get_array (json_node_get_object (group), "steps") : NULL;
  g_autoptr(JsonArray) mapped = json_array_new ();
  g_autoptr(JsonNode) value = NULL;
  gboolean changed = FALSE;

  *ret_emptied = FALSE;
  if (steps == NULL)
    return json_node_ref (group);

  for (guint i = 0; i < json_array_get_length (steps); i++)
    {
      JsonNode *element = json_array_get_element (steps, i);
      const char *id = JSON_NODE_HOLDS_VALUE (element) ? json_node_get_string (element) : NULL;
      const char *new_id = id != NULL ? map (id, data) : NULL;

      if (id == NULL || new_id == id)
        json_array_add_element (mapped, json_node_ref (element));
      else
        changed = TRUE;
      if (new_id != NULL && new_id != id)
        json_array_add_string_element (mapped, new_id);
    }

  *ret_changed |= changed;
  *ret_emptied = changed && json_array_get_length (mapped) == 0;
  value = json_node_init_array (json_node_alloc (), mapped);

  return changed ? with_member (group, "steps", value) : json_node_ref (group);
}

/* Adds the edit that changes ids in the groups, takes away those `dropped` and those that lose
 * their last step, if there is anything to change. */
static void
add_group_edit (GPtrArray         *edits,
                RunnelPipeline    *pipeline,
                RunnelMapFunc      map,
                gconstpointer      data,
                const char *const *dropped)
{
  JsonArray *groups = get_entries (pipeline, "groups");
  g_autoptr(JsonArray) mapped = json_array_new ();
  gboolean changed = FALSE;

  for (guint i = 0; groups != NULL && i < json_array_get_length (groups); i++)
    {
      JsonNode *group = json_array_get_element (groups, i);
      gboolean emptied = FALSE;
      g_autoptr(JsonNode) after = map_group (group, map, data, &changed, &emptied);

      if (emptied || is_listed (get_id (group), dropped))
        changed = TRUE;
      else
        json_array_add_element (mapped, g_steal_pointer (&after));
    }

  if (changed)
    g_ptr_array_add (edits, set_entries ("groups", mapped));
}

void
_runnel_edit_map_groups (GPtrArray      *edits,
                         RunnelPipeline *pipeline,
                         RunnelMapFunc   map,
                         gconstpointer   data)
{
  add_group_edit (edits, pipeline, map, data, NULL);
}

static const char *
drop_if_in (const char    *id,
            gconstpointer  ids)
{
  return g_hash_table_contains ((GHashTable *) ids, id) ? NULL : id;
}

static GHashTable *
make_set (const char *const *ids)
{
  GHashTable *set = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    g_hash_table_add (set, (gpointer) ids[i]);

  return set;
}

/* How many of the steps that a group names are in the set, and how many are not. */
static void
count_steps (RunnelPipeline    *pipeline,
             const RunnelGroup *group,
             GHashTable        *set,
             guint             *ret_n_in,
             guint             *ret_n_out)
{
  *ret_n_in = 0;
  *ret_n_out = 0;

  for (guint i = 0; group->steps != NULL && i < json_array_get_length (group->steps); i++)
    {
      JsonNode *element = json_array_get_element (group->steps, i);
      const char *id = JSON_NODE_HOLDS_VALUE (element) ? json_node_get_string (element) : NULL;

      if (id == NULL || !runnel_pipeline_find_step (pipeline, id, NULL))
        continue;
      if (g_hash_table_contains (set, id))
        (*ret_n_in)++;
      else
        (*ret_n_out)++;
    }
}

/* Frames may lie in each other, but do not cross: a step that gets a new group leaves those that
 * have other steps than it. */
static JsonArray *
leave_crossing_groups (RunnelPipeline *pipeline,
                       GHashTable     *set)
{
  g_autoptr(GArray) groups = runnel_pipeline_list_groups (pipeline);
  JsonArray *entries = copy_entries (pipeline, "groups");

  for (guint i = 0; i < groups->len; i++)
    {
      const RunnelGroup *group = &g_array_index (groups, RunnelGroup, i);
      gboolean changed = FALSE, emptied;
      guint n_in, n_out;

      count_steps (pipeline, group, set, &n_in, &n_out);
      if (n_in > 0 && n_in < g_hash_table_size (set) && n_out > 0)
        replace_entry (&entries, group->index,
                       map_group (json_array_get_element (entries, group->index), drop_if_in, set,
                                  &changed, &emptied));
    }

  return entries;
}

/* The colour that fewest groups have, so that neighbours differ. */
static const char *
choose_color (RunnelPipeline *pipeline)
{
  g_autoptr(GArray) groups = runnel_pipeline_list_groups (pipeline);
  const char *const *colors = runnel_area_list_colors ();
  guint least = G_MAXUINT;
  const char *best = NULL;

  for (guint i = 0; colors[i] != NULL; i++)
    {
      guint n = 0;

      for (guint g = 0; g < groups->len; g++)
        n += g_strcmp0 (g_array_index (groups, RunnelGroup, g).color, colors[i]) == 0;
      if (n < least)
        {
          least = n;
          best = colors[i];
        }
    }

  return best;
}

/**
 * runnel_edit_new_add_group:
 * @pipeline: a pipeline
 * @name: its title
 * @steps: (array zero-terminated=1): ids of its steps
 * @ret_id: (out) (optional) (transfer full): the id it gets
 *
 * Returns: (transfer full): the edit that makes a group, in a colour of its own
 */
RunnelEdit *
runnel_edit_new_add_group (RunnelPipeline    *pipeline,
                           const char        *name,
                           const char *const *steps,
                           char             **ret_id)
{
  g_autoptr(GHashTable) set = make_set (steps);
  g_autoptr(JsonArray) entries = NULL;
  g_autoptr(JsonNode) ids = NULL;
  g_autofree char *id = NULL;
  JsonObject *group;
  guint n;

  g_return_val_if_fail (RUNNEL_IS_PIPELINE (pipeline), NULL);
  g_return_val_if_fail (name != NULL && steps != NULL && steps[0] != NULL, NULL);

  entries = leave_crossing_groups (pipeline, set);
  id = make_id (entries, "group");
  ids = new_id_array (steps);
  group = json_object_new ();
  json_object_set_string_member (group, "id", id);
  json_object_set_string_member (group, "name", name);
  json_object_set_member (group, "steps", g_steal_pointer (&ids));
  json_object_set_string_member (group, "color", choose_color (pipeline));
  json_array_add_object_element (entries, group);

  if (ret_id != NULL)
    *ret_id = g_steal_pointer (&id);
  n = g_hash_table_size (set);
  return name_edit (set_entries ("groups", entries),
                    g_strdup_printf (ngettext ("Group %u step", "Group %u steps", n), n));
}

/**
 * runnel_edit_new_set_group:
 * @pipeline: a pipeline
 * @id: id of a group that is there
 * @key: "name" or "color"
 * @value: (nullable): its new value; %NULL removes it
 *
 * Returns: (transfer full): the edit
 */
RunnelEdit *
runnel_edit_new_set_group (RunnelPipeline *pipeline,
                           const char     *id,
                           const char     *key,
                           const char     *value)
{
  RunnelGroup group;

  g_return_val_if_fail (RUNNEL_IS_PIPELINE (pipeline), NULL);
  g_return_val_if_fail (id != NULL && key != NULL, NULL);
  g_return_val_if_fail (runnel_pipeline_find_group (pipeline, id, &group), NULL);

  return name_edit (set_text_member (pipeline, "groups", group.index, key, value),
                    g_strdup_printf (g_str_equal (key, "name") ? _("Rename group %s") : _("Colour group %s"),
                                     group.title));
}

/**
 * runnel_edit_new_regroup:
 * @pipeline: a pipeline
 * @groups: (array length=n_groups): groups that are there, and their new steps
 *
 * Returns: (transfer full): the edit
 */
RunnelEdit *
runnel_edit_new_regroup (RunnelPipeline         *pipeline,
                         const RunnelGroupSteps *groups,
                         guint                   n_groups)
{
  g_autoptr(JsonArray) entries = NULL;

  g_return_val_if_fail (RUNNEL_IS_PIPELINE (pipeline), NULL);

  entries = copy_entries (pipeline, "groups");
  for (guint i = 0; i < n_groups; i++)
    {
      g_autoptr(JsonNode) steps = new_id_array (groups[i].steps);
      RunnelGroup group;

      if (runnel_pipeline_find_group (pipeline, groups[i].id, &group))
        replace_entry (&entries, group.index,
                       with_member (json_array_get_element (entries, group.index), "steps", steps));
    }

  return name_edit (set_entries ("groups", entries), g_strdup (_("Change groups")));
}

/* --- The places of notes --- */

static void
add_number (JsonArray *array,
            double     number)
{
  json_array_add_int_element (array, (gint64) round (number));
}

static JsonNode *
new_place (const RunnelRect *rect)
{
  g_autoptr(JsonArray) place = json_array_new ();

  add_number (place, rect->x);
  add_number (place, rect->y);
  add_number (place, rect->width);
  add_number (place, rect->height);
  return json_node_init_array (json_node_alloc (), place);
}

/* Returns: (transfer full): the places of notes to change */
static JsonObject *
copy_places (RunnelPipeline *pipeline)
{
  JsonNode *notes = pipeline->layout_rest != NULL ? json_object_get_member (pipeline->layout_rest, "notes") : NULL;
  JsonObject *places = json_object_new ();
  JsonObjectIter iter;
  const char *id;
  JsonNode *place;

  if (notes == NULL || !JSON_NODE_HOLDS_OBJECT (notes))
    return places;

  json_object_iter_init_ordered (&iter, json_node_get_object (notes));
  while (json_object_iter_next_ordered (&iter, &id, &place))
    json_object_set_member (places, id, json_node_ref (place));

  return places;
}

static RunnelEdit *
set_places (JsonObject *places)
{
  g_autoptr(JsonNode) notes = NULL;

  if (json_object_get_size (places) > 0)
    notes = json_node_init_object (json_node_alloc (), places);

  return runnel_edit_new_set_member ("layout.notes", notes);
}

/**
 * runnel_edit_new_place_notes:
 * @pipeline: a pipeline
 * @ids: (array length=n_ids): ids of notes
 * @rects: (array length=n_ids): where each is to be
 *
 * Returns: (transfer full): the edit
 */
RunnelEdit *
runnel_edit_new_place_notes (RunnelPipeline    *pipeline,
                             const char *const *ids,
                             const RunnelRect  *rects,
                             guint              n_ids)
{
  g_autoptr(JsonObject) places = NULL;

  g_return_val_if_fail (RUNNEL_IS_PIPELINE (pipeline), NULL);

  places = copy_places (pipeline);
  for (guint i = 0; i < n_ids; i++)
    json_object_set_member (places, ids[i], new_place (&rects[i]));

  return name_edit (set_places (places),
                    g_strdup_printf (ngettext ("Move %u note", "Move %u notes", n_ids), n_ids));
}

/* --- Notes --- */

/**
 * runnel_edit_new_add_note:
 * @pipeline: a pipeline
 * @text: what it says
 * @rect: where it is
 * @ret_id: (out) (optional) (transfer full): the id it gets
 *
 * Returns: (transfer full): the edit
 */
RunnelEdit *
runnel_edit_new_add_note (RunnelPipeline   *pipeline,
                          const char       *text,
                          const RunnelRect *rect,
                          char            **ret_id)
{
  g_autoptr(GPtrArray) edits = g_ptr_array_new ();
  g_autoptr(JsonArray) entries = NULL;
  g_autoptr(JsonObject) places = NULL;
  g_autofree char *id = NULL;
  JsonObject *note;

  g_return_val_if_fail (RUNNEL_IS_PIPELINE (pipeline), NULL);
  g_return_val_if_fail (text != NULL && rect != NULL, NULL);

  entries = copy_entries (pipeline, "notes");
  id = make_id (entries, "note");
  note = json_object_new ();
  json_object_set_string_member (note, "id", id);
  json_object_set_string_member (note, "text", text);
  json_array_add_object_element (entries, note);

  places = copy_places (pipeline);
  json_object_set_member (places, id, new_place (rect));
  g_ptr_array_add (edits, set_entries ("notes", entries));
  g_ptr_array_add (edits, set_places (places));

  if (ret_id != NULL)
    *ret_id = g_steal_pointer (&id);
  return combine (g_strdup (_("Add note")), edits);
}

/**
 * runnel_edit_new_set_note:
 * @pipeline: a pipeline
 * @id: id of a note that is there
 * @key: "text" or "color"
 * @value: (nullable): its new value; %NULL removes it
 *
 * Returns: (transfer full): the edit
 */
RunnelEdit *
runnel_edit_new_set_note (RunnelPipeline *pipeline,
                          const char     *id,
                          const char     *key,
                          const char     *value)
{
  RunnelNote note;

  g_return_val_if_fail (RUNNEL_IS_PIPELINE (pipeline), NULL);
  g_return_val_if_fail (id != NULL && key != NULL, NULL);
  g_return_val_if_fail (runnel_pipeline_find_note (pipeline, id, &note), NULL);

  return name_edit (set_text_member (pipeline, "notes", note.index, key, value),
                    g_strdup (g_str_equal (key, "text") ? _("Edit note") : _("Colour note")));
}

static void
add_colors (GPtrArray         *edits,
            RunnelPipeline    *pipeline,
            const char        *key,
            const char *const *ids,
            JsonNode          *color)
{
  g_autoptr(JsonArray) entries = json_array_new ();
  JsonArray *before = get_entries (pipeline, key);

  for (guint i = 0; before != NULL && i < json_array_get_length (before); i++)
    {
      JsonNode *entry = json_array_get_element (before, i);

      json_array_add_element (entries, is_listed (get_id (entry), ids) ? with_member (entry, "color", color)
                                                                       : json_node_ref (entry));
    }

  g_ptr_array_add (edits, set_entries (key, entries));
}

/**
 * runnel_edit_new_color_areas:
 * @pipeline: a pipeline
 * @groups: (array zero-terminated=1): ids of groups
 * @notes: (array zero-terminated=1): ids of notes
 * @color: (nullable): their new colour; %NULL takes it away
 *
 * Returns: (transfer full): the edit
 */
RunnelEdit *
runnel_edit_new_color_areas (RunnelPipeline    *pipeline,
                             const char *const *groups,
                             const char *const *notes,
                             const char        *color)
{
  g_autoptr(GPtrArray) edits = g_ptr_array_new ();
  g_autoptr(JsonNode) value = NULL;

  g_return_val_if_fail (RUNNEL_IS_PIPELINE (pipeline), NULL);
  g_return_val_if_fail (groups != NULL && notes != NULL, NULL);

  if (color != NULL)
    value = json_node_init_string (json_node_alloc (), color);
  if (groups[0] != NULL)
    add_colors (edits, pipeline, "groups", groups, value);
  if (notes[0] != NULL)
    add_colors (edits, pipeline, "notes", notes, value);

  return combine (g_strdup (_("Change colour")), edits);
}

/* Adds the edits that take notes and their places away. */
static void
add_note_removals (GPtrArray         *edits,
                   RunnelPipeline    *pipeline,
                   const char *const *ids)
{
  g_autoptr(JsonArray) entries = json_array_new ();
  g_autoptr(JsonObject) places = copy_places (pipeline);
  JsonArray *before = get_entries (pipeline, "notes");

  for (guint i = 0; before != NULL && i < json_array_get_length (before); i++)
    {
      JsonNode *note = json_array_get_element (before, i);

      if (!is_listed (get_id (note), ids))
        json_array_add_element (entries, json_node_ref (note));
    }

  for (guint i = 0; ids[i] != NULL; i++)
    json_object_remove_member (places, ids[i]);

  g_ptr_array_add (edits, set_entries ("notes", entries));
  g_ptr_array_add (edits, set_places (places));
}

/* --- Deleting --- */

static guint
count (const char *const *ids)
{
  return ids != NULL ? g_strv_length ((char **) ids) : 0;
}

static char *
make_delete_label (RunnelPipeline    *pipeline,
                   GHashTable        *steps,
                   const char *const *groups,
                   const char *const *notes)
{
  guint n_steps = g_hash_table_size (steps);
  guint n_groups = count (groups);
  guint n_notes = count (notes);
  RunnelGroup group;

  if (n_steps + n_groups == 0)
    return g_strdup_printf (ngettext ("Delete %u note", "Delete %u notes", n_notes), n_notes);
  if (n_steps == 0 && n_groups == 1 && runnel_pipeline_find_group (pipeline, groups[0], &group))
    return g_strdup_printf (_("Ungroup %s"), group.title);
  if (n_steps == 0)
    return g_strdup_printf (ngettext ("Ungroup %u group", "Ungroup %u groups", n_groups), n_groups);
  if (n_steps == 1)
    {
      GHashTableIter iter;
      gpointer id;

      g_hash_table_iter_init (&iter, steps);
      g_hash_table_iter_next (&iter, &id, NULL);
      return g_strdup_printf (_("Delete %s"), (char *) id);
    }

  return g_strdup_printf (ngettext ("Delete %u step", "Delete %u steps", n_steps), n_steps);
}

/**
 * runnel_edit_new_delete_parts:
 * @pipeline: a pipeline
 * @steps: (nullable) (array zero-terminated=1): ids of steps; unknown ones are left out
 * @groups: (nullable) (array zero-terminated=1): ids of groups, whose steps stay
 * @notes: (nullable) (array zero-terminated=1): ids of notes
 *
 * Returns: (transfer full): the edit that removes all that: steps as runnel_edit_new_delete_steps()
 */
RunnelEdit *
runnel_edit_new_delete_parts (RunnelPipeline    *pipeline,
                              const char *const *steps,
                              const char *const *groups,
                              const char *const *notes)
{
  g_autoptr(GPtrArray) edits = g_ptr_array_new ();
  g_autoptr(GHashTable) set = make_set (steps);

  g_return_val_if_fail (RUNNEL_IS_PIPELINE (pipeline), NULL);

  _runnel_edit_delete_steps (edits, pipeline, set);
  add_group_edit (edits, pipeline, drop_if_in, set, groups);
  _runnel_edit_map_pinned (edits, pipeline, drop_if_in, set);
  if (count (notes) > 0)
    add_note_removals (edits, pipeline, notes);

  return combine (make_delete_label (pipeline, set, groups, notes), edits);
}

/* --- Clipboard --- */

/* Puts into `part` the groups that have no steps but those in the set, and some notes. */
void
_runnel_edit_copy_areas (RunnelPipeline    *part,
                         RunnelPipeline    *pipeline,
                         GHashTable        *steps,
                         const char *const *notes)
{
  g_autoptr(GArray) groups = runnel_pipeline_list_groups (pipeline);
  g_autoptr(GArray) all_notes = runnel_pipeline_list_notes (pipeline);
  g_autoptr(GPtrArray) edits = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_edit_unref);
  g_autoptr(JsonArray) group_entries = json_array_new ();
  g_autoptr(JsonArray) note_entries = json_array_new ();
  g_autoptr(JsonObject) places = json_object_new ();

  for (guint i = 0; i < groups->len; i++)
    {
      const RunnelGroup *group = &g_array_index (groups, RunnelGroup, i);
      guint n_in, n_out;

      count_steps (pipeline, group, steps, &n_in, &n_out);
      if (n_in > 0 && n_out == 0)
        json_array_add_element (group_entries,
                                json_node_ref (json_array_get_element (get_entries (pipeline, "groups"),
                                                                       group->index)));
    }

  for (guint i = 0; i < all_notes->len; i++)
    {
      const RunnelNote *note = &g_array_index (all_notes, RunnelNote, i);

      if (!is_listed (note->id, notes))
        continue;
      json_array_add_element (note_entries,
                              json_node_ref (json_array_get_element (get_entries (pipeline, "notes"), note->index)));
      json_object_set_member (places, note->id, new_place (&note->rect));
    }

  g_ptr_array_add (edits, set_entries ("groups", group_entries));
  g_ptr_array_add (edits, set_entries ("notes", note_entries));
  if (json_object_get_size (places) > 0)
    g_ptr_array_add (edits, set_places (places));
  for (guint i = 0; i < edits->len; i++)
    runnel_edit_unref (runnel_edit_apply (g_ptr_array_index (edits, i), part, NULL));
}

static const char *
map_pasted (const char    *id,
            gconstpointer  names)
{
  return g_hash_table_lookup ((GHashTable *) names, id);
}

static gboolean
paste_groups (RunnelPipeline *pasted,
              GHashTable     *names,
              JsonArray      *entries)
{
  g_autoptr(GArray) groups = runnel_pipeline_list_groups (pasted);
  g_autoptr(GHashTable) taken = list_taken (entries);
  guint n_before = json_array_get_length (entries);

  for (guint i = 0; i < groups->len; i++)
    {
      const RunnelGroup *group = &g_array_index (groups, RunnelGroup, i);
      JsonNode *entry = json_array_get_element (get_entries (pasted, "groups"), group->index);
      g_autofree char *id = take_id (taken, group->id);
      g_autoptr(JsonNode) id_node = json_node_init_string (json_node_alloc (), id);
      gboolean changed = FALSE, emptied = FALSE;
      g_autoptr(JsonNode) mapped = map_group (entry, map_pasted, names, &changed, &emptied);

      if (!emptied)
        json_array_add_element (entries, with_member (mapped, "id", id_node));
    }

  return json_array_get_length (entries) > n_before;
}

/* Adds the edits that bring the groups and notes of `pasted`, moved by `offset`. `names` maps old
 * ids of steps to new ones. Returns: (transfer full): the ids that the notes get */
GStrv
_runnel_edit_paste_areas (GPtrArray      *edits,
                          RunnelPipeline *pipeline,
                          RunnelPipeline *pasted,
                          GHashTable     *names,
                          RunnelPoint     offset)
{
  g_autoptr(GArray) notes = runnel_pipeline_list_notes (pasted);
  g_autoptr(JsonArray) group_entries = copy_entries (pipeline, "groups");
  g_autoptr(JsonArray) note_entries = copy_entries (pipeline, "notes");
  g_autoptr(GHashTable) taken = list_taken (note_entries);
  g_autoptr(JsonObject) places = copy_places (pipeline);
  GStrv ids = g_new0 (char *, notes->len + 1);

  if (paste_groups (pasted, names, group_entries))
    g_ptr_array_add (edits, set_entries ("groups", group_entries));

  for (guint i = 0; i < notes->len; i++)
    {
      const RunnelNote *note = &g_array_index (notes, RunnelNote, i);
      JsonNode *entry = json_array_get_element (get_entries (pasted, "notes"), note->index);
      RunnelRect rect = note->rect;
      g_autoptr(JsonNode) id = NULL;

      ids[i] = take_id (taken, note->id);
      id = json_node_init_string (json_node_alloc (), ids[i]);
      rect.x += offset.x;
      rect.y += offset.y;
      json_array_add_element (note_entries, with_member (entry, "id", id));
      json_object_set_member (places, ids[i], new_place (&rect));
    }

  if (notes->len > 0)
    {
      g_ptr_array_add (edits, set_entries ("notes", note_entries));
      g_ptr_array_add (edits, set_places (places));
    }

  return ids;
}
