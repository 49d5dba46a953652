/* runnel-hooks-row.c: the field with the steps that run on one occasion
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/compat/runnel-tip.h"
#include "designer/inspector/runnel-field-value.h"
#include "designer/inspector/runnel-hook-card.h"
#include "designer/inspector/runnel-hooks-row.h"

struct _RunnelHooksRow
{
  RunnelFieldRow parent_instance;

  char *occasion;
  GtkWidget *cards;
};

G_DEFINE_FINAL_TYPE (RunnelHooksRow, runnel_hooks_row, RUNNEL_TYPE_FIELD_ROW)

static void
remove_cb (RunnelHooksRow *self,
           GtkWidget      *card)
{
  gtk_box_remove (GTK_BOX (self->cards), card);
  _runnel_field_row_edited_now (RUNNEL_FIELD_ROW (self));
}

static RunnelHookCard *
append_card (RunnelHooksRow *self,
             JsonNode       *step)
{
  GtkWidget *card = runnel_hook_card_new (step);

  g_signal_connect_swapped (card, "chosen", G_CALLBACK (_runnel_field_row_edited_now), self);
  g_signal_connect_swapped (card, "remove", G_CALLBACK (remove_cb), self);
  gtk_box_append (GTK_BOX (self->cards), card);
  return RUNNEL_HOOK_CARD (card);
}

static gboolean
has_id (RunnelHooksRow *self,
        const char     *id)
{
  for (GtkWidget *card = gtk_widget_get_first_child (self->cards); card;
       card = gtk_widget_get_next_sibling (card))
    {
      JsonNode *step = runnel_hook_card_get_step (RUNNEL_HOOK_CARD (card));
      g_autofree char *other =
        runnel_field_value_to_entry (runnel_field_value_get_member (step, NULL, "id"),
                                     RUNNEL_FIELD_STRING);

      if (g_str_equal (other, id))
        return TRUE;
    }
  return FALSE;
}

/* An id by the occasion, "on-failure-2", so that hooks of different occasions never share one. */
static char *
make_id (RunnelHooksRow *self)
{
  char *id = g_strdup (self->occasion);

  for (guint number = 2; has_id (self, id); number++)
    {
      g_free (id);
      id = g_strdup_printf ("%s-%u", self->occasion, number);
    }
  return id;
}

static void
add_cb (RunnelHooksRow *self)
{
  g_autofree char *id = make_id (self);
  g_autofree char *text = g_strdup_printf ("{\"id\": \"%s\", \"kind\": \"script\"}", id);
  g_autoptr(JsonNode) step = json_from_string (text, NULL);

  runnel_hook_card_edit (append_card (self, step));
  _runnel_field_row_edited_now (RUNNEL_FIELD_ROW (self));
}

/* Cards stay, so that what is unfolded and has the focus stays so. */
static void
runnel_hooks_row_show_value (RunnelFieldRow *row,
                             JsonNode       *value)
{
  RunnelHooksRow *self = RUNNEL_HOOKS_ROW (row);
  JsonArray *steps = value && JSON_NODE_HOLDS_ARRAY (value) ? json_node_get_array (value) : NULL;
  guint n_steps = steps ? json_array_get_length (steps) : 0;
  GtkWidget *card = gtk_widget_get_first_child (self->cards);

  for (guint i = 0; i < n_steps; i++)
    {
      JsonNode *step = json_array_get_element (steps, i);

      if (card)
        runnel_hook_card_set_step (RUNNEL_HOOK_CARD (card), step);
      else
        append_card (self, step);
      card = card ? gtk_widget_get_next_sibling (card) : NULL;
    }
  while (card)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (card);

      gtk_box_remove (GTK_BOX (self->cards), card);
      card = next;
    }
}

static gboolean
runnel_hooks_row_read_value (RunnelFieldRow  *row,
                             JsonNode       **ret_value,
                             GError         **error)
{
  RunnelHooksRow *self = RUNNEL_HOOKS_ROW (row);
  g_autoptr(JsonArray) steps = json_array_new ();

  for (GtkWidget *card = gtk_widget_get_first_child (self->cards); card;
       card = gtk_widget_get_next_sibling (card))
    json_array_add_element (steps,
                            json_node_copy (runnel_hook_card_get_step (RUNNEL_HOOK_CARD (card))));
  *ret_value = NULL;
  if (json_array_get_length (steps) > 0)
    *ret_value = json_node_init_array (json_node_alloc (), steps);
  return TRUE;
}

static void
runnel_hooks_row_flush (RunnelFieldRow *row)
{
  RunnelHooksRow *self = RUNNEL_HOOKS_ROW (row);

  for (GtkWidget *card = gtk_widget_get_first_child (self->cards); card;
       card = gtk_widget_get_next_sibling (card))
    runnel_hook_card_flush (RUNNEL_HOOK_CARD (card));
}

static void
runnel_hooks_row_finalize (GObject *object)
{
  g_clear_pointer (&RUNNEL_HOOKS_ROW (object)->occasion, g_free);
  G_OBJECT_CLASS (runnel_hooks_row_parent_class)->finalize (object);
}

static void
runnel_hooks_row_class_init (RunnelHooksRowClass *klass)
{
  RunnelFieldRowClass *row_class = RUNNEL_FIELD_ROW_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = runnel_hooks_row_finalize;
  row_class->show_value = runnel_hooks_row_show_value;
  row_class->read_value = runnel_hooks_row_read_value;
  row_class->flush = runnel_hooks_row_flush;
}

static void
runnel_hooks_row_init (RunnelHooksRow *self)
{
  GtkWidget *add = gtk_button_new_from_icon_name ("list-add-symbolic");

  self->cards = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_add_css_class (add, "flat");
  runnel_tip_set (add, _("Add a Step"));
  g_signal_connect_swapped (add, "clicked", G_CALLBACK (add_cb), self);
  _runnel_field_row_add_to_header (RUNNEL_FIELD_ROW (self), add);
  _runnel_field_row_set_editor (RUNNEL_FIELD_ROW (self), self->cards, self->cards);
}

/**
 * runnel_hooks_row_new:
 * @occasion: when the steps run, "on-failure": what the ids of new ones begin with
 */
RunnelFieldRow *
runnel_hooks_row_new (const char *occasion)
{
  RunnelHooksRow *self = g_object_new (RUNNEL_TYPE_HOOKS_ROW, NULL);

  g_return_val_if_fail (occasion, NULL);

  self->occasion = g_strdup (occasion);
  return RUNNEL_FIELD_ROW (self);
}
