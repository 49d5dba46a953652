/* runnel-choice-row.c: a field that is one of a few, or an expression
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/inspector/runnel-choice-row.h"
#include "designer/inspector/runnel-field-value.h"

struct _RunnelChoiceRow
{
  RunnelFieldRow parent_instance;

  GtkDropDown *drop_down;
  GtkStringList *labels;
  GtkEditable *entry;  /* what is none of the choices: an expression, or a value that is wrong */
  GPtrArray *values;   /* of JsonNode, NULL = none; as the items but the last, which is "other" */
  guint is_showing : 1;
};

G_DEFINE_FINAL_TYPE (RunnelChoiceRow, runnel_choice_row, RUNNEL_TYPE_FIELD_ROW)

static gboolean
is_other (RunnelChoiceRow *self)
{
  return gtk_drop_down_get_selected (self->drop_down) >= self->values->len;
}

static void
update_entry (RunnelChoiceRow *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->entry), is_other (self));
}

static void
ensure_other (RunnelChoiceRow *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->labels)) == self->values->len)
    gtk_string_list_append (self->labels, _("Other…"));
}

static void
runnel_choice_row_show_value (RunnelFieldRow *row,
                              JsonNode       *value)
{
  RunnelChoiceRow *self = RUNNEL_CHOICE_ROW (row);
  g_autofree char *text = runnel_field_value_to_entry (value, RUNNEL_FIELD_STRING);
  guint i = 0;

  while (i < self->values->len &&
         !runnel_field_value_equal (g_ptr_array_index (self->values, i), value))
    i++;
  self->is_showing = TRUE;
  if (i == self->values->len)
    ensure_other (self);
  gtk_drop_down_set_selected (self->drop_down, i);
  gtk_editable_set_text (self->entry, i < self->values->len ? "" : text);
  self->is_showing = FALSE;
  update_entry (self);
}

static gboolean
runnel_choice_row_read_value (RunnelFieldRow  *row,
                              JsonNode       **ret_value,
                              GError         **error)
{
  RunnelChoiceRow *self = RUNNEL_CHOICE_ROW (row);
  JsonNode *value;

  if (is_other (self))
    return runnel_field_value_from_entry (gtk_editable_get_text (self->entry), RUNNEL_FIELD_STRING,
                                    ret_value, error);
  value = g_ptr_array_index (self->values, gtk_drop_down_get_selected (self->drop_down));
  *ret_value = value ? json_node_copy (value) : NULL;
  return TRUE;
}

static void
selected_cb (RunnelChoiceRow *self)
{
  update_entry (self);
  if (self->is_showing)
    return;
  if (is_other (self))
    gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  else
    _runnel_field_row_edited_now (RUNNEL_FIELD_ROW (self));
}

static void
typed_cb (RunnelChoiceRow *self)
{
  if (!self->is_showing)
    _runnel_field_row_edited (RUNNEL_FIELD_ROW (self));
}

static void
runnel_choice_row_finalize (GObject *object)
{
  g_clear_pointer (&RUNNEL_CHOICE_ROW (object)->values, g_ptr_array_unref);
  G_OBJECT_CLASS (runnel_choice_row_parent_class)->finalize (object);
}

static void
runnel_choice_row_class_init (RunnelChoiceRowClass *klass)
{
  RunnelFieldRowClass *row_class = RUNNEL_FIELD_ROW_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = runnel_choice_row_finalize;
  row_class->show_value = runnel_choice_row_show_value;
  row_class->read_value = runnel_choice_row_read_value;
}

static void
free_value (gpointer value)
{
  if (value)
    json_node_unref (value);
}

static void
runnel_choice_row_init (RunnelChoiceRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->values = g_ptr_array_new_with_free_func (free_value);
  self->labels = gtk_string_list_new (NULL);
  self->drop_down = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (self->labels), NULL));
  self->entry = GTK_EDITABLE (gtk_entry_new ());
  gtk_editable_set_enable_undo (self->entry, FALSE);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), "${{ … }}");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Expression"), -1);
  gtk_widget_set_visible (GTK_WIDGET (self->entry), FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->drop_down));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->entry));
  _runnel_field_row_set_editor (RUNNEL_FIELD_ROW (self), box, GTK_WIDGET (self->drop_down));
}

/**
 * runnel_choice_row_new:
 * @choices: the entries
 * @n_choices: how many
 * @with_expression: whether an expression may be given instead
 */
RunnelFieldRow *
runnel_choice_row_new (const RunnelChoice *choices,
                       guint               n_choices,
                       gboolean            with_expression)
{
  RunnelChoiceRow *self = g_object_new (RUNNEL_TYPE_CHOICE_ROW, NULL);

  for (guint i = 0; i < n_choices; i++)
    {
      gtk_string_list_append (self->labels, choices[i].label);
      g_ptr_array_add (self->values,
                       choices[i].json ? json_from_string (choices[i].json, NULL) : NULL);
    }
  if (with_expression)
    gtk_string_list_append (self->labels, _("Expression…"));
  g_signal_connect_swapped (self->drop_down, "notify::selected", G_CALLBACK (selected_cb), self);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (typed_cb), self);
  return RUNNEL_FIELD_ROW (self);
}

/**
 * runnel_choice_row_new_boolean:
 * @default_json: (nullable): the default as JSON; %NULL is false
 */
RunnelFieldRow *
runnel_choice_row_new_boolean (const char *default_json,
                               gboolean    with_expression)
{
  const RunnelChoice choices[] = {
    { NULL, g_strcmp0 (default_json, "true") == 0 ? _("Default (yes)") : _("Default (no)") },
    { "true", _("Yes") },
    { "false", _("No") },
  };

  return runnel_choice_row_new (choices, G_N_ELEMENTS (choices), with_expression);
}

static char *
quote (const char *text)
{
  g_autoptr(JsonNode) node = runnel_field_value_new_string (text);

  return runnel_field_value_to_json (node);
}

static char *
describe_default (const char *default_json)
{
  g_autoptr(JsonNode) node = default_json ? json_from_string (default_json, NULL) : NULL;
  g_autofree char *text = runnel_field_value_to_entry (node, RUNNEL_FIELD_STRING);

  if (!node)
    return g_strdup (_("Default"));
  /* translators: %s is the value a field has when none is given */
  return g_strdup_printf (_("Default (%s)"), text);
}

/**
 * runnel_choice_row_new_strings:
 * @strings: the entries
 * @default_json: (nullable): the default as JSON
 */
RunnelFieldRow *
runnel_choice_row_new_strings (const char *const *strings,
                               const char        *default_json,
                               gboolean           with_expression)
{
  guint n_strings = g_strv_length ((char **) strings);
  g_autofree RunnelChoice *choices = g_new0 (RunnelChoice, n_strings + 1);
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (texts, describe_default (default_json));
  choices[0].label = g_ptr_array_index (texts, 0);
  for (guint i = 0; i < n_strings; i++)
    {
      g_ptr_array_add (texts, quote (strings[i]));
      choices[i + 1].json = g_ptr_array_index (texts, i + 1);
      choices[i + 1].label = strings[i];
    }
  return runnel_choice_row_new (choices, n_strings + 1, with_expression);
}
