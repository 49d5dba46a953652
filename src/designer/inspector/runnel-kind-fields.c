/* runnel-kind-fields.c: the rows of a form, made from what a kind declares
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/inspector/runnel-choice-row.h"
#include "designer/inspector/runnel-code-row.h"
#include "designer/inspector/runnel-kind-fields.h"
#include "designer/inspector/runnel-list-row.h"
#include "designer/inspector/runnel-text-row.h"
#include "designer/inspector/runnel-field-value.h"

static RunnelFieldRow *
text_row_new (const RunnelField *field,
              GFile             *base)
{
  RunnelFieldRow *row = runnel_text_row_new (field->type);
  g_autoptr(JsonNode) value = field->default_value ? json_from_string (field->default_value, NULL)
                                                   : NULL;
  g_autofree char *text = runnel_field_value_to_entry (value, field->type);

  runnel_text_row_set_placeholder (RUNNEL_TEXT_ROW (row), text);
  runnel_text_row_set_base (RUNNEL_TEXT_ROW (row), base);
  return row;
}

static RunnelFieldRow *
row_new (const RunnelField *field,
         GFile             *base)
{
  gboolean with_expression = !(field->flags & RUNNEL_FIELD_NO_EXPRESSIONS);

  switch (field->type)
    {
    case RUNNEL_FIELD_BOOLEAN:
      return runnel_choice_row_new_boolean (field->default_value, with_expression);
    case RUNNEL_FIELD_CHOICE:
      return runnel_choice_row_new_strings (field->choices, field->default_value, with_expression);
    case RUNNEL_FIELD_STRINGS:
      return runnel_list_row_new_strings ();
    case RUNNEL_FIELD_MAP:
      return runnel_list_row_new_map (_("Name"), _("Value"));
    case RUNNEL_FIELD_ANY:
      /* What has a default is a word or a number as a rule. */
      return field->default_value ? text_row_new (field, base) : runnel_code_row_new (field->type);
    case RUNNEL_FIELD_STRING:
      if (field->flags & RUNNEL_FIELD_MULTILINE)
        return runnel_code_row_new (field->type);
      return text_row_new (field, base);
    case RUNNEL_FIELD_NUMBER:
    case RUNNEL_FIELD_INTEGER:
    case RUNNEL_FIELD_DURATION:
    case RUNNEL_FIELD_FILE:
    default:
      return text_row_new (field, base);
    }
}

/**
 * runnel_kind_fields_add:
 * @form: where the rows go, into its last group
 * @prefix: what the keys begin with, such as "" or "undo."
 * @kind: what declares the fields
 * @base: (nullable): the folder that paths are relative to
 *
 * Adds a row with the key "PREFIXwith.NAME" for each field of @kind.
 */
void
runnel_kind_fields_add (RunnelForm       *form,
                        const char       *prefix,
                        const RunnelKind *kind,
                        GFile            *base)
{
  for (const RunnelField *field = kind->fields; field && field->name; field++)
    {
      g_autofree char *key = g_strconcat (prefix, "with.", field->name, NULL);
      g_autofree char *title = NULL;

      /* translators: the title of a field of a form that must be filled in */
      title = g_strdup_printf (field->flags & RUNNEL_FIELD_REQUIRED ? _("%s (required)") : "%s",
                               _(field->label));
      runnel_form_add_row (form, key, title, field->description ? _(field->description) : NULL,
                           row_new (field, base));
    }
}

/**
 * runnel_kind_fields_keep_known:
 * @kind: (nullable): the kind that something becomes; %NULL, one that is not known
 * @with: (nullable): the fields it has as another kind
 *
 * Returns: (transfer full) (nullable): those of @with that @kind has, too
 */
JsonNode *
runnel_kind_fields_keep_known (const RunnelKind *kind,
                               JsonNode         *with)
{
  g_autoptr(JsonObject) kept = json_object_new ();
  JsonObjectIter iter;
  const char *key;
  JsonNode *member;

  if (!with || !JSON_NODE_HOLDS_OBJECT (with))
    return NULL;
  json_object_iter_init_ordered (&iter, json_node_get_object (with));
  while (json_object_iter_next_ordered (&iter, &key, &member))
    if (!kind || runnel_kind_find_field (kind, key))
      json_object_set_member (kept, key, json_node_copy (member));
  if (json_object_get_size (kept) == 0)
    return NULL;
  return json_node_init_object (json_node_alloc (), kept);
}
