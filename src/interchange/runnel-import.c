/* runnel-import.c: a pipeline made from what another system has
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-import-private.h"
#include "model/runnel-shape.h"

G_DEFINE_QUARK (runnel-import-error-quark, runnel_import_error)

static void
draft_free (RunnelImportDraft *self)
{
  g_free (self->stem);
  json_object_unref (self->root);
  g_hash_table_unref (self->ids);
  g_hash_table_unref (self->names);
  g_hash_table_unref (self->added);
  g_array_unref (self->links);
  g_free (self);
}

static RunnelImportDraft *
draft_new (const char *stem,
           const char *name)
{
  RunnelImportDraft *self = g_new0 (RunnelImportDraft, 1);

  self->stem = g_strdup (stem);
  self->root = json_object_new ();
  self->ids = g_hash_table_new (g_str_hash, g_str_equal);
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->added = g_hash_table_new (g_str_hash, g_str_equal);
  self->links = g_array_new (FALSE, FALSE, sizeof (RunnelImportLink));

  json_object_set_int_member (self->root, "format", RUNNEL_FORMAT);
  if (name != NULL)
    json_object_set_string_member (self->root, "name", name);
  self->steps = json_array_new ();
  json_object_set_array_member (self->root, "steps", self->steps);

  return self;
}

static void
note_free (RunnelImportNote *self)
{
  g_free (self->step);
  g_free (self->message);
  g_free (self);
}

static RunnelImportDraft *
get_draft (RunnelImport *self)
{
  g_assert (self->drafts->len > 0);

  return g_ptr_array_index (self->drafts, self->drafts->len - 1);
}

/**
 * runnel_import_new:
 * @folder: (nullable) (type filename): where files that the imported one names are looked for; NULL = none may be read
 *
 * Returns: (transfer full): an import with no pipeline yet
 */
RunnelImport *
runnel_import_new (const char *folder)
{
  RunnelImport *self = g_new0 (RunnelImport, 1);

  self->folder = g_strdup (folder);
  self->drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) draft_free);
  self->notes = g_ptr_array_new_with_free_func ((GDestroyNotify) note_free);

  return self;
}

/**
 * runnel_import_free:
 * @self: (transfer full) (nullable): an import
 */
void
runnel_import_free (RunnelImport *self)
{
  if (self == NULL)
    return;

  g_free (self->folder);
  g_ptr_array_unref (self->drafts);
  g_ptr_array_unref (self->notes);
  g_free (self);
}

/**
 * runnel_import_get_folder:
 * @self: an import
 *
 * Returns: (transfer none) (nullable) (type filename): the folder below which other files may be read
 */
const char *
runnel_import_get_folder (RunnelImport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->folder;
}

/**
 * runnel_import_add_pipeline:
 * @self: an import
 * @stem: a proposal for the file name, without suffix
 * @name: (nullable): the title
 *
 * Begins another pipeline; what is added from now on goes into this one.
 *
 * Returns: (transfer none): its root, to be filled in
 */
JsonObject *
runnel_import_add_pipeline (RunnelImport *self,
                            const char   *stem,
                            const char   *name)
{
  RunnelImportDraft *draft;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (stem != NULL, NULL);

  draft = draft_new (stem, name);
  g_ptr_array_add (self->drafts, draft);

  return draft->root;
}

static char *
make_id (RunnelImportDraft *draft,
         const char        *name)
{
  g_autofree char *stem = NULL;
  char *id;

  if (runnel_id_is_valid (name) && !g_hash_table_contains (draft->names, name))
    return g_strdup (name);

  stem = runnel_id_from_text (name);
  id = g_strdup (stem);
  for (guint i = 2; g_hash_table_contains (draft->names, id); i++)
    {
      g_free (id);
      id = g_strdup_printf ("%s-%u", stem, i);
    }

  return id;
}

/**
 * runnel_import_get_id:
 * @self: an import with a pipeline
 * @name: the other system's name of a step of the present pipeline, which may be added later
 *
 * Returns: (transfer none): the id that the step has or will have
 */
const char *
runnel_import_get_id (RunnelImport *self,
                      const char   *name)
{
  RunnelImportDraft *draft;
  char *id;
  char *kept;

  g_return_val_if_fail (self != NULL && self->drafts->len > 0, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  draft = get_draft (self);
  id = g_hash_table_lookup (draft->ids, name);
  if (id != NULL)
    return id;

  id = make_id (draft, name);
  kept = g_strdup (name);
  g_hash_table_insert (draft->names, id, kept);
  g_hash_table_insert (draft->ids, kept, id);

  return id;
}

static JsonObject *
add_to (RunnelImport *self,
        JsonArray    *steps,
        const char   *name,
        const char   *kind)
{
  JsonObject *step = json_object_new ();
  const char *id = runnel_import_get_id (self, name);

  json_object_set_string_member (step, "id", id);
  if (!g_str_equal (id, name))
    json_object_set_string_member (step, "name", name);
  json_object_set_string_member (step, "kind", kind);
  json_array_add_object_element (steps, step);

  return step;
}

/**
 * runnel_import_add_step:
 * @self: an import with a pipeline
 * @name: the other system's name of the step, of no other one in the present pipeline
 * @kind: the kind of step
 *
 * Adds a step to the present pipeline. It has an `id` made from @name, and @name as `name` where that says more.
 *
 * Returns: (transfer none): the step, to be filled in
 */
JsonObject *
runnel_import_add_step (RunnelImport *self,
                        const char   *name,
                        const char   *kind)
{
  g_return_val_if_fail (self != NULL && self->drafts->len > 0, NULL);
  g_return_val_if_fail (name != NULL && kind != NULL, NULL);

  g_hash_table_add (get_draft (self)->added, (gpointer) runnel_import_get_id (self, name));

  return add_to (self, get_draft (self)->steps, name, kind);
}

/* The array `key` of an object; made when it is not there. */
static JsonArray *
ensure_array (JsonObject *object, const char *key)
{
  if (!json_object_has_member (object, key))
    json_object_set_array_member (object, key, json_array_new ());

  return json_object_get_array_member (object, key);
}

/**
 * runnel_import_add_hook:
 * @self: an import with a pipeline
 * @point: when it runs: "on-start", "on-success", "on-failure" or "on-finish"
 * @name: the other system's name of it, of no step or other hook in the present pipeline
 * @kind: the kind of step
 *
 * Adds a hook to the present pipeline, behind those that it has for the same moment.
 *
 * Returns: (transfer none): the hook, to be filled in
 */
JsonObject *
runnel_import_add_hook (RunnelImport *self,
                        const char   *point,
                        const char   *name,
                        const char   *kind)
{
  JsonObject *root;

  g_return_val_if_fail (self != NULL && self->drafts->len > 0, NULL);
  g_return_val_if_fail (point != NULL && name != NULL && kind != NULL, NULL);

  root = get_draft (self)->root;
  if (!json_object_has_member (root, "hooks"))
    json_object_set_object_member (root, "hooks", json_object_new ());

  return add_to (self, ensure_array (json_object_get_object_member (root, "hooks"), point), name,
                 kind);
}

static void
add_need (JsonArray  *needs,
          const char *id,
          const char *on)
{
  JsonObject *need;

  if (on == NULL || g_str_equal (on, "success"))
    {
      json_array_add_string_element (needs, id);
      return;
    }

  need = json_object_new ();
  json_object_set_string_member (need, "step", id);
  json_object_set_string_member (need, "on", on);
  json_array_add_object_element (needs, need);
}

/**
 * runnel_import_add_need:
 * @self: an import with a pipeline
 * @step: a step of the present pipeline
 * @name: the other system's name of the step before, which may be added later
 * @on: (nullable): the outcome on which the link fires; NULL = success
 *
 * Adds a link to @step.
 */
void
runnel_import_add_need (RunnelImport *self,
                        JsonObject   *step,
                        const char   *name,
                        const char   *on)
{
  RunnelImportLink link;

  g_return_if_fail (self != NULL && self->drafts->len > 0);
  g_return_if_fail (step != NULL && name != NULL);

  link.step = json_object_get_string_member (step, "id");
  link.need = runnel_import_get_id (self, name);
  g_array_append_val (get_draft (self)->links, link);

  if (!json_object_has_member (step, "needs"))
    json_object_set_array_member (step, "needs", json_array_new ());
  add_need (json_object_get_array_member (step, "needs"), link.need, on);
}

/**
 * runnel_import_set_string:
 * @object: a pipeline, a step, or an object in it
 * @key: a key
 * @value: (nullable): its value; NULL changes nothing
 */
void
runnel_import_set_string (JsonObject *object,
                          const char *key,
                          const char *value)
{
  g_return_if_fail (object != NULL && key != NULL);

  if (value != NULL)
    json_object_set_string_member (object, key, value);
}

static JsonObject *
get_object (JsonObject *parent,
            const char *key)
{
  if (!json_object_has_member (parent, key))
    json_object_set_object_member (parent, key, json_object_new ());

  return json_object_get_object_member (parent, key);
}

/**
 * runnel_import_keep:
 * @object: a pipeline or a step
 * @system: the name of the other system
 * @key: what the construct is called there
 * @value: (transfer full): what stands there
 *
 * Keeps what has no counterpart in Runnel as `foreign.SYSTEM.KEY`, from where an export to the same system takes it.
 */
void
runnel_import_keep (JsonObject *object,
                    const char *system,
                    const char *key,
                    JsonNode   *value)
{
  g_return_if_fail (object != NULL);
  g_return_if_fail (system != NULL && key != NULL && value != NULL);

  json_object_set_member (get_object (get_object (object, "foreign"), system), key, value);
}

/**
 * runnel_import_note:
 * @self: an import
 * @line: the line of the file, from 1; 0 = the whole of it
 * @column: the column, from 1
 * @step: (nullable): the id of the step concerned
 * @format: what is to be told
 *
 * Tells the person who imports of something that was understood in another way, or only kept.
 */
void
runnel_import_note (RunnelImport *self,
                    guint         line,
                    guint         column,
                    const char   *step,
                    const char   *format,
                    ...)
{
  RunnelImportNote *note;
  va_list args;

  g_return_if_fail (self != NULL && format != NULL);

  note = g_new0 (RunnelImportNote, 1);
  note->line = line;
  note->column = column;
  note->step = g_strdup (step);
  va_start (args, format);
  note->message = g_strdup_vprintf (format, args);
  va_end (args);
  g_ptr_array_add (self->notes, note);
}

/**
 * runnel_import_get_n_pipelines:
 * @self: an import
 *
 * Returns: how many pipelines were begun
 */
guint
runnel_import_get_n_pipelines (RunnelImport *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->drafts->len;
}

/**
 * runnel_import_get_stem:
 * @self: an import
 * @index: of a pipeline
 *
 * Returns: (transfer none): a proposal for its file name, without suffix
 */
const char *
runnel_import_get_stem (RunnelImport *self,
                        guint         index)
{
  g_return_val_if_fail (self != NULL && index < self->drafts->len, NULL);

  return ((RunnelImportDraft *) g_ptr_array_index (self->drafts, index))->stem;
}

/**
 * runnel_import_get_notes:
 * @self: an import
 *
 * Returns: (transfer none) (element-type RunnelImportNote): what was noted, in the order of noting
 */
GPtrArray *
runnel_import_get_notes (RunnelImport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->notes;
}
