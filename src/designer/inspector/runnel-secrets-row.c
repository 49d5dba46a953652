/* runnel-secrets-row.c: the field with the secrets a pipeline declares
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/compat/runnel-tip.h"
#include "designer/inspector/runnel-secret-card.h"
#include "designer/inspector/runnel-secrets-row.h"
#include "engine/secrets/runnel-keyring.h"
#include "model/runnel-pipeline.h"

struct _RunnelSecretsRow
{
  RunnelFieldRow parent_instance;

  GtkWidget *cards;
  char **stored;             /* names in the keyring; NULL = not known (yet) */
  char *problem;             /* why not, or NULL */
  GCancellable *cancellable; /* of the look into the keyring, or NULL */
};

G_DEFINE_FINAL_TYPE (RunnelSecretsRow, runnel_secrets_row, RUNNEL_TYPE_FIELD_ROW)

/* The keyring. It is asked only when there is a secret to ask for. */

static void
show_keyring (RunnelSecretsRow *self,
              RunnelSecretCard *card)
{
  const char *name = runnel_secret_card_get_name (card);

  if (self->stored || self->problem)
    runnel_secret_card_set_keyring (card, self->stored && g_strv_contains (
                                            (const char *const *) self->stored, name),
                                    self->problem);
}

static void
show_keyring_everywhere (RunnelSecretsRow *self)
{
  for (GtkWidget *card = gtk_widget_get_first_child (self->cards); card;
       card = gtk_widget_get_next_sibling (card))
    show_keyring (self, RUNNEL_SECRET_CARD (card));
}

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(RunnelSecretsRow) self = user_data;
  g_autoptr(GError) error = NULL;
  char **stored = runnel_keyring_list_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->stored, g_strfreev);
  g_clear_pointer (&self->problem, g_free);
  self->stored = stored;
  self->problem = error ? g_strdup (error->message) : NULL;
  show_keyring_everywhere (self);
}

static void
look_into_keyring (RunnelSecretsRow *self)
{
  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  runnel_keyring_list_async (self->cancellable, listed_cb, g_object_ref (self));
}

static void
look_if_needed (RunnelSecretsRow *self)
{
  if (!self->stored && !self->cancellable && gtk_widget_get_first_child (self->cards) &&
      gtk_widget_get_mapped (GTK_WIDGET (self)))
    look_into_keyring (self);
}

/* Somebody may have changed it while the form was not shown. */
static void
map_cb (RunnelSecretsRow *self)
{
  g_clear_pointer (&self->stored, g_strfreev);
  look_if_needed (self);
}

/* The cards. */

static void
edited_cb (RunnelSecretsRow *self,
           RunnelSecretCard *card)
{
  show_keyring (self, card);
  _runnel_field_row_edited (RUNNEL_FIELD_ROW (self));
}

static void
remove_cb (RunnelSecretsRow *self,
           GtkWidget        *card)
{
  gtk_box_remove (GTK_BOX (self->cards), card);
  _runnel_field_row_edited_now (RUNNEL_FIELD_ROW (self));
}

static RunnelSecretCard *
append_card (RunnelSecretsRow *self,
             const char       *name)
{
  GtkWidget *card = runnel_secret_card_new (name);

  g_signal_connect_swapped (card, "edited", G_CALLBACK (edited_cb), self);
  g_signal_connect_swapped (card, "remove", G_CALLBACK (remove_cb), self);
  g_signal_connect_swapped (card, "stored", G_CALLBACK (look_into_keyring), self);
  gtk_box_append (GTK_BOX (self->cards), card);
  show_keyring (self, RUNNEL_SECRET_CARD (card));
  return RUNNEL_SECRET_CARD (card);
}

static void
add_cb (RunnelSecretsRow *self)
{
  runnel_secret_card_edit (append_card (self, ""));
  look_if_needed (self);
}

static void
runnel_secrets_row_show_value (RunnelFieldRow *row,
                               JsonNode       *value)
{
  RunnelSecretsRow *self = RUNNEL_SECRETS_ROW (row);
  JsonArray *array = value && JSON_NODE_HOLDS_ARRAY (value) ? json_node_get_array (value) : NULL;
  GtkWidget *card;

  while ((card = gtk_widget_get_first_child (self->cards)))
    gtk_box_remove (GTK_BOX (self->cards), card);
  for (guint i = 0; array && i < json_array_get_length (array); i++)
    {
      JsonNode *name = json_array_get_element (array, i);

      if (json_node_get_value_type (name) == G_TYPE_STRING)
        append_card (self, json_node_get_string (name));
    }
  look_if_needed (self);
}

static gboolean
runnel_secrets_row_read_value (RunnelFieldRow  *row,
                               JsonNode       **ret_value,
                               GError         **error)
{
  RunnelSecretsRow *self = RUNNEL_SECRETS_ROW (row);
  g_autoptr(JsonArray) array = json_array_new ();
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (GtkWidget *card = gtk_widget_get_first_child (self->cards); card;
       card = gtk_widget_get_next_sibling (card))
    {
      const char *name = runnel_secret_card_get_name (RUNNEL_SECRET_CARD (card));

      /* A card that was added and has no name yet is not part of the document. */
      if (!*name)
        continue;
      if (!g_hash_table_add (seen, (gpointer) name))
        {
          g_set_error (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_INVALID,
                       _("“%s” is there twice."), name);
          return FALSE;
        }
      json_array_add_string_element (array, name);
    }
  *ret_value = NULL;
  if (json_array_get_length (array) > 0)
    *ret_value = json_node_init_array (json_node_alloc (), array);
  return TRUE;
}

static void
runnel_secrets_row_dispose (GObject *object)
{
  RunnelSecretsRow *self = RUNNEL_SECRETS_ROW (object);

  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->stored, g_strfreev);
  g_clear_pointer (&self->problem, g_free);
  G_OBJECT_CLASS (runnel_secrets_row_parent_class)->dispose (object);
}

static void
runnel_secrets_row_class_init (RunnelSecretsRowClass *klass)
{
  RunnelFieldRowClass *row_class = RUNNEL_FIELD_ROW_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = runnel_secrets_row_dispose;
  row_class->show_value = runnel_secrets_row_show_value;
  row_class->read_value = runnel_secrets_row_read_value;
}

static void
runnel_secrets_row_init (RunnelSecretsRow *self)
{
  GtkWidget *add = gtk_button_new_from_icon_name ("list-add-symbolic");

  self->cards = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_add_css_class (add, "flat");
  runnel_tip_set (add, _("Add a Secret"));
  g_signal_connect_swapped (add, "clicked", G_CALLBACK (add_cb), self);
  g_signal_connect (self, "map", G_CALLBACK (map_cb), NULL);
  _runnel_field_row_add_to_header (RUNNEL_FIELD_ROW (self), add);
  _runnel_field_row_set_editor (RUNNEL_FIELD_ROW (self), self->cards, self->cards);
}

/**
 * runnel_secrets_row_new:
 *
 * Returns: (transfer floating): a field with names of secrets; each tells whether the keyring has
 *   a value for it, and lets a person set and remove that
 */
RunnelFieldRow *
runnel_secrets_row_new (void)
{
  return g_object_new (RUNNEL_TYPE_SECRETS_ROW, NULL);
}
