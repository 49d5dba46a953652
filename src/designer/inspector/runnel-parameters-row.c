/* runnel-parameters-row.c: the field with the parameters a pipeline declares
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/compat/runnel-tip.h"
#include "designer/inspector/runnel-parameter-card.h"
#include "designer/inspector/runnel-parameters-row.h"
#include "model/runnel-pipeline.h"

struct _RunnelParametersRow
{
  RunnelFieldRow parent_instance;

  GtkWidget *cards;
};

G_DEFINE_FINAL_TYPE (RunnelParametersRow, runnel_parameters_row, RUNNEL_TYPE_FIELD_ROW)

static void
remove_cb (RunnelParametersRow *self,
           GtkWidget           *card)
{
  gtk_box_remove (GTK_BOX (self->cards), card);
  _runnel_field_row_edited_now (RUNNEL_FIELD_ROW (self));
}

static RunnelParameterCard *
append_card (RunnelParametersRow *self,
             const char          *name,
             JsonNode            *declaration)
{
  GtkWidget *card = runnel_parameter_card_new (name, declaration);

  g_signal_connect_swapped (card, "edited", G_CALLBACK (_runnel_field_row_edited), self);
  g_signal_connect_swapped (card, "chosen", G_CALLBACK (_runnel_field_row_edited_now), self);
  g_signal_connect_swapped (card, "remove", G_CALLBACK (remove_cb), self);
  gtk_box_append (GTK_BOX (self->cards), card);
  return RUNNEL_PARAMETER_CARD (card);
}

static void
add_cb (RunnelParametersRow *self)
{
  runnel_parameter_card_edit (append_card (self, "", NULL));
}

static void
runnel_parameters_row_show_value (RunnelFieldRow *row,
                                  JsonNode       *value)
{
  RunnelParametersRow *self = RUNNEL_PARAMETERS_ROW (row);
  JsonObjectIter iter;
  const char *name;
  JsonNode *declaration;
  GtkWidget *card;

  while ((card = gtk_widget_get_first_child (self->cards)))
    gtk_box_remove (GTK_BOX (self->cards), card);
  if (!value || !JSON_NODE_HOLDS_OBJECT (value))
    return;
  json_object_iter_init_ordered (&iter, json_node_get_object (value));
  while (json_object_iter_next_ordered (&iter, &name, &declaration))
    append_card (self, name, declaration);
}

static gboolean
add_parameter (JsonObject           *parameters,
               RunnelParameterCard  *card,
               GError              **error)
{
  const char *name = runnel_parameter_card_get_name (card);
  JsonNode *declaration;

  /* A card that was added and has no name yet is not part of the document. */
  if (!*name)
    return TRUE;
  if (json_object_has_member (parameters, name))
    {
      g_set_error (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_INVALID,
                   _("“%s” is there twice."), name);
      return FALSE;
    }
  declaration = runnel_parameter_card_read (card, error);
  if (declaration)
    json_object_set_member (parameters, name, declaration);
  return declaration != NULL;
}

static gboolean
runnel_parameters_row_read_value (RunnelFieldRow  *row,
                                  JsonNode       **ret_value,
                                  GError         **error)
{
  RunnelParametersRow *self = RUNNEL_PARAMETERS_ROW (row);
  g_autoptr(JsonObject) parameters = json_object_new ();

  for (GtkWidget *card = gtk_widget_get_first_child (self->cards); card;
       card = gtk_widget_get_next_sibling (card))
    if (!add_parameter (parameters, RUNNEL_PARAMETER_CARD (card), error))
      return FALSE;
  *ret_value = NULL;
  if (json_object_get_size (parameters) > 0)
    *ret_value = json_node_init_object (json_node_alloc (), parameters);
  return TRUE;
}

static void
runnel_parameters_row_class_init (RunnelParametersRowClass *klass)
{
  RunnelFieldRowClass *row_class = RUNNEL_FIELD_ROW_CLASS (klass);

  row_class->show_value = runnel_parameters_row_show_value;
  row_class->read_value = runnel_parameters_row_read_value;
}

static void
runnel_parameters_row_init (RunnelParametersRow *self)
{
  GtkWidget *add = gtk_button_new_from_icon_name ("list-add-symbolic");

  self->cards = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_add_css_class (add, "flat");
  runnel_tip_set (add, _("Add a Parameter"));
  g_signal_connect_swapped (add, "clicked", G_CALLBACK (add_cb), self);
  _runnel_field_row_add_to_header (RUNNEL_FIELD_ROW (self), add);
  _runnel_field_row_set_editor (RUNNEL_FIELD_ROW (self), self->cards, self->cards);
}

RunnelFieldRow *
runnel_parameters_row_new (void)
{
  return g_object_new (RUNNEL_TYPE_PARAMETERS_ROW, NULL);
}
