/* runnel-parameter-card.c: one declared parameter, to be edited
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/inspector/runnel-parameter-card.h"
#include "designer/inspector/runnel-field-value.h"
#include "model/runnel-pipeline.h"

struct _RunnelParameterCard
{
  GtkBox parent_instance;

  JsonNode *declaration;       /* as in the file: members that are not shown are kept */
  GtkExpander *expander;
  GtkEditable *name;
  GtkDropDown *type;
  GtkEditable *description;
  GtkEditable *default_value;
  GtkEditable *choices;        /* separated by commas */
  GtkWidget *choices_line;
  GtkCheckButton *required;
};

enum
{
  EDITED,
  CHOSEN,
  REMOVE,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (RunnelParameterCard, runnel_parameter_card, GTK_TYPE_BOX)

static guint signals[N_SIGNALS];

/* In the order of RunnelParameterType. */
static const char *const type_names[] = { "string", "number", "boolean", "choice" };
static const RunnelFieldType field_types[] = {
  RUNNEL_FIELD_STRING, RUNNEL_FIELD_NUMBER, RUNNEL_FIELD_BOOLEAN, RUNNEL_FIELD_CHOICE,
};

static void
edited_cb (RunnelParameterCard *self)
{
  g_signal_emit (self, signals[EDITED], 0);
}

static void
chosen_cb (RunnelParameterCard *self)
{
  gtk_widget_set_visible (self->choices_line,
                          gtk_drop_down_get_selected (self->type) == RUNNEL_PARAMETER_CHOICE);
  g_signal_emit (self, signals[CHOSEN], 0);
}

static void
remove_cb (RunnelParameterCard *self)
{
  g_signal_emit (self, signals[REMOVE], 0);
}

static void
update_title (RunnelParameterCard *self)
{
  const char *name = gtk_editable_get_text (self->name);

  gtk_expander_set_label (self->expander, *name ? name : _("New parameter"));
}

static const char *
get_string (JsonNode   *declaration,
            const char *key)
{
  JsonNode *member = runnel_field_value_get_member (declaration, NULL, key);

  if (!member || !JSON_NODE_HOLDS_VALUE (member) ||
      json_node_get_value_type (member) != G_TYPE_STRING)
    return "";
  return json_node_get_string (member);
}

static guint
find_type (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (type_names); i++)
    if (g_str_equal (name, type_names[i]))
      return i;
  return RUNNEL_PARAMETER_STRING;
}

static char *
join_choices (JsonNode *declaration)
{
  JsonNode *choices = runnel_field_value_get_member (declaration, NULL, "choices");
  GString *text = g_string_new (NULL);

  if (choices && JSON_NODE_HOLDS_ARRAY (choices))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (choices)); i++)
      {
        g_autofree char *choice =
          runnel_field_value_to_entry (json_array_get_element (json_node_get_array (choices), i),
                                       RUNNEL_FIELD_STRING);

        g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", choice);
      }
  return g_string_free (text, FALSE);
}

static JsonNode *
split_choices (const char *text)
{
  g_auto(GStrv) parts = g_strsplit (text, ",", -1);
  g_autoptr(JsonArray) array = json_array_new ();

  for (guint i = 0; parts[i]; i++)
    if (*g_strstrip (parts[i]))
      json_array_add_string_element (array, parts[i]);
  if (json_array_get_length (array) == 0)
    return NULL;
  return json_node_init_array (json_node_alloc (), array);
}

/* Takes both nodes. */
static void
set_member (JsonNode   **declaration,
            const char  *key,
            JsonNode    *member)
{
  JsonNode *changed = runnel_field_value_with_member (*declaration, NULL, key, member);

  g_clear_pointer (declaration, json_node_unref);
  g_clear_pointer (&member, json_node_unref);
  *declaration = changed;
}

static JsonNode *
string_or_none (const char *text)
{
  return *text ? runnel_field_value_new_string (text) : NULL;
}

static GtkEditable *
add_entry (RunnelParameterCard *self,
           GtkWidget           *box,
           const char          *title,
           const char          *text)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_editable_set_enable_undo (GTK_EDITABLE (entry), FALSE);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_box_append (GTK_BOX (box), entry);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (edited_cb), self);
  return GTK_EDITABLE (entry);
}

static GtkDropDown *
create_type (RunnelParameterCard *self)
{
  const char *const labels[] = { _("Text"), _("Number"), _("Yes or no"), _("Choice"), NULL };
  GtkWidget *type = gtk_drop_down_new_from_strings (labels);

  gtk_drop_down_set_selected (GTK_DROP_DOWN (type),
                              find_type (get_string (self->declaration, "type")));
  gtk_accessible_update_property (GTK_ACCESSIBLE (type), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Type"),
                                  -1);
  return GTK_DROP_DOWN (type);
}

static GtkCheckButton *
create_required (RunnelParameterCard *self)
{
  GtkWidget *check = gtk_check_button_new_with_label (_("Required"));
  JsonNode *required = runnel_field_value_get_member (self->declaration, NULL, "required");

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check),
                               required && JSON_NODE_HOLDS_VALUE (required) &&
                                 json_node_get_boolean (required));
  return GTK_CHECK_BUTTON (check);
}

static GtkWidget *
create_footer (RunnelParameterCard *self)
{
  GtkWidget *footer = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *remove = gtk_button_new_with_mnemonic (_("_Remove"));

  gtk_widget_set_hexpand (GTK_WIDGET (self->required), TRUE);
  gtk_widget_add_css_class (remove, "flat");
  g_signal_connect_swapped (remove, "clicked", G_CALLBACK (remove_cb), self);
  gtk_box_append (GTK_BOX (footer), GTK_WIDGET (self->required));
  gtk_box_append (GTK_BOX (footer), remove);
  return footer;
}

static void
build (RunnelParameterCard *self,
       const char          *name)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  JsonNode *value = runnel_field_value_get_member (self->declaration, NULL, "default");
  g_autofree char *text = runnel_field_value_to_entry (value, RUNNEL_FIELD_STRING);
  g_autofree char *choices = join_choices (self->declaration);

  self->name = add_entry (self, box, _("Name"), name);
  self->type = create_type (self);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->type));
  self->choices = add_entry (self, box, _("Choices, separated by commas"), choices);
  self->choices_line = GTK_WIDGET (self->choices);
  self->default_value = add_entry (self, box, _("Default"), text);
  self->description = add_entry (self, box, _("Description"),
                                 get_string (self->declaration, "description"));
  self->required = create_required (self);
  gtk_box_append (GTK_BOX (box), create_footer (self));
  gtk_widget_set_visible (self->choices_line,
                          gtk_drop_down_get_selected (self->type) == RUNNEL_PARAMETER_CHOICE);
  gtk_widget_set_margin_top (box, 6);
  gtk_expander_set_child (self->expander, box);
  g_signal_connect_swapped (self->name, "changed", G_CALLBACK (update_title), self);
  g_signal_connect_swapped (self->type, "notify::selected", G_CALLBACK (chosen_cb), self);
  g_signal_connect_swapped (self->required, "notify::active", G_CALLBACK (chosen_cb), self);
}

static void
runnel_parameter_card_finalize (GObject *object)
{
  g_clear_pointer (&RUNNEL_PARAMETER_CARD (object)->declaration, json_node_unref);
  G_OBJECT_CLASS (runnel_parameter_card_parent_class)->finalize (object);
}

static void
runnel_parameter_card_class_init (RunnelParameterCardClass *klass)
{
  const char *const names[] = { "edited", "chosen", "remove" };

  G_OBJECT_CLASS (klass)->finalize = runnel_parameter_card_finalize;

  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                               NULL, NULL, G_TYPE_NONE, 0);
}

static void
runnel_parameter_card_init (RunnelParameterCard *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  gtk_widget_add_css_class (GTK_WIDGET (self), "list-item");
  self->expander = GTK_EXPANDER (gtk_expander_new (NULL));
  gtk_widget_set_hexpand (GTK_WIDGET (self->expander), TRUE);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->expander));
}

/**
 * runnel_parameter_card_new:
 * @name: its name, "" for a new one
 * @declaration: (nullable): the object of its type, default and so on
 *
 * Returns: (transfer floating): a card that edits the parameter
 */
GtkWidget *
runnel_parameter_card_new (const char *name,
                           JsonNode   *declaration)
{
  RunnelParameterCard *self = g_object_new (RUNNEL_TYPE_PARAMETER_CARD, NULL);

  self->declaration = declaration ? json_node_copy (declaration) : NULL;
  build (self, name);
  update_title (self);
  return GTK_WIDGET (self);
}

const char *
runnel_parameter_card_get_name (RunnelParameterCard *self)
{
  g_return_val_if_fail (RUNNEL_IS_PARAMETER_CARD (self), NULL);

  return gtk_editable_get_text (self->name);
}

/**
 * runnel_parameter_card_read:
 *
 * Returns: (transfer full) (nullable): the declaration as it is typed now; %NULL with
 *   #RunnelPipelineError when something typed is no value
 */
JsonNode *
runnel_parameter_card_read (RunnelParameterCard  *self,
                            GError              **error)
{
  guint type = gtk_drop_down_get_selected (self->type);
  const char *text = gtk_editable_get_text (self->default_value);
  gboolean is_choice = type == RUNNEL_PARAMETER_CHOICE;
  const char *choices = is_choice ? gtk_editable_get_text (self->choices) : "";
  JsonNode *declaration;
  JsonNode *value = NULL;

  g_return_val_if_fail (RUNNEL_IS_PARAMETER_CARD (self), NULL);

  if (!runnel_field_value_from_entry (text, field_types[type], &value, error))
    {
      g_prefix_error (error, "%s: ", gtk_editable_get_text (self->name));
      return NULL;
    }
  declaration = self->declaration ? json_node_copy (self->declaration) : NULL;
  set_member (&declaration, "type", runnel_field_value_new_string (type_names[type]));
  set_member (&declaration, "default", value);
  set_member (&declaration, "required",
              gtk_check_button_get_active (self->required)
                ? json_node_init_boolean (json_node_alloc (), TRUE) : NULL);
  set_member (&declaration, "description",
              string_or_none (gtk_editable_get_text (self->description)));
  set_member (&declaration, "choices", split_choices (choices));
  return declaration;
}

/**
 * runnel_parameter_card_edit:
 *
 * Unfolds the card and gives the focus to the name.
 */
void
runnel_parameter_card_edit (RunnelParameterCard *self)
{
  g_return_if_fail (RUNNEL_IS_PARAMETER_CARD (self));

  gtk_expander_set_expanded (self->expander, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->name));
}
