/* runnel-sync.c: the exports that a document keeps in sync with itself
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/interchange/runnel-sync.h"
#include "model/runnel-edit.h"

static JsonArray *
get_entries (RunnelDocument *document)
{
  JsonNode *member = runnel_pipeline_get_member (runnel_document_get_pipeline (document), "exports");

  return member && JSON_NODE_HOLDS_ARRAY (member) ? json_node_get_array (member) : NULL;
}

static gboolean
is_of (JsonNode           *entry,
       const RunnelTarget *target)
{
  JsonNode *system = JSON_NODE_HOLDS_OBJECT (entry)
                       ? json_object_get_member (json_node_get_object (entry), "system") : NULL;

  return system && JSON_NODE_HOLDS_VALUE (system)
         && g_strcmp0 (json_node_get_string (system), target->name) == 0;
}

/**
 * runnel_sync_find:
 * @document: a document
 * @target: a system
 *
 * Returns: (transfer full) (nullable): the first export to that system that @document keeps
 */
RunnelExport *
runnel_sync_find (RunnelDocument     *document,
                  const RunnelTarget *target)
{
  g_autoptr(GPtrArray) exports =
    runnel_export_list (runnel_document_get_pipeline (document), NULL);

  for (guint i = 0; exports && i < exports->len; i++)
    {
      RunnelExport *export = g_ptr_array_index (exports, i);

      if (export->target == target)
        return runnel_export_copy (export);
    }
  return NULL;
}

/* The entries with the first of the system replaced, added, or, for NULL, taken out. */
static JsonArray *
make_entries (JsonArray          *entries,
              const RunnelTarget *target,
              JsonNode           *entry)
{
  JsonArray *changed = json_array_new ();
  gboolean found = FALSE;

  for (guint i = 0; entries && i < json_array_get_length (entries); i++)
    {
      JsonNode *old = json_array_get_element (entries, i);

      if (found || !is_of (old, target))
        json_array_add_element (changed, json_node_copy (old));
      else if (entry)
        json_array_add_element (changed, json_node_copy (entry));
      found = found || is_of (old, target);
    }
  if (!found && entry)
    json_array_add_element (changed, json_node_copy (entry));
  return changed;
}

/**
 * runnel_sync_set:
 * @document: a document
 * @export: an export to some system
 * @is_kept: whether the document keeps it, in place of its first one to that system; else it keeps
 *   none of these
 *
 * Changes the document as an edit that can be undone, unless it is so already.
 */
void
runnel_sync_set (RunnelDocument     *document,
                 const RunnelExport *export,
                 gboolean            is_kept)
{
  JsonArray *entries = get_entries (document);
  g_autoptr(JsonNode) entry = is_kept ? runnel_export_to_json (export) : NULL;
  g_autoptr(JsonArray) changed = make_entries (entries, export->target, entry);
  g_autoptr(JsonNode) before = json_node_init_array (json_node_alloc (), entries ? entries : changed);
  g_autoptr(JsonNode) after = json_node_init_array (json_node_alloc (), changed);
  g_autoptr(RunnelEdit) edit = NULL;

  if (entries ? json_node_equal (before, after) : json_array_get_length (changed) == 0)
    return;
  edit = runnel_edit_new_set_member ("exports", json_array_get_length (changed) > 0 ? after : NULL);
  runnel_document_apply (document, edit, NULL);
}
