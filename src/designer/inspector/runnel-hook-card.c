/* runnel-hook-card.c: one step of the pipeline's hooks, to be edited
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/inspector/runnel-action-rows.h"
#include "designer/inspector/runnel-choice-row.h"
#include "designer/inspector/runnel-field-path.h"
#include "designer/inspector/runnel-field-value.h"
#include "designer/inspector/runnel-hook-card.h"
#include "designer/inspector/runnel-text-row.h"

struct _RunnelHookCard
{
  GtkBox parent_instance;

  JsonNode *step;    /* as in the file: members that are not shown are kept */
  char *kind;        /* the kind the form was built for */
  GtkExpander *expander;
  GtkWidget *body;   /* the form, above the button that removes the hook */
  RunnelForm *form;
  guint rebuild;     /* source id: the hook has another kind now */
};

enum
{
  CHOSEN,
  REMOVE,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (RunnelHookCard, runnel_hook_card, GTK_TYPE_BOX)

static guint signals[N_SIGNALS];

static JsonNode *
get_value (const char *key,
           gpointer    user_data)
{
  RunnelHookCard *self = user_data;
  g_autofree char *member = runnel_field_path_get_root (key);

  return runnel_field_path_get (key, runnel_field_value_get_member (self->step, NULL, member));
}

static JsonNode *
change (RunnelHookCard *self,
        const char     *key,
        JsonNode       *value)
{
  g_autofree char *member = runnel_field_path_get_root (key);
  g_autoptr(JsonNode) changed = NULL;

  if (value && g_str_equal (key, "kind"))
    return runnel_action_with_kind (self->step, value);
  changed = runnel_field_path_change (key, get_value (member, self), value);
  return runnel_field_value_with_member (self->step, NULL, member, changed);
}

static void
commit_cb (RunnelForm     *form,
           const char     *key,
           JsonNode       *value,
           RunnelHookCard *self)
{
  g_autoptr(JsonNode) changed = change (self, key, value);

  if (!changed)
    return;
  runnel_hook_card_set_step (self, changed);
  g_signal_emit (self, signals[CHOSEN], 0);
}

static void
remove_cb (RunnelHookCard *self)
{
  g_signal_emit (self, signals[REMOVE], 0);
}

static void
add_general (RunnelForm *form)
{
  runnel_form_add_group (form, "hook", NULL);
  runnel_form_add_row (form, "id", _("Id"), _("How history and logs name it"),
                       runnel_text_row_new (RUNNEL_FIELD_STRING));
  runnel_form_add_row (form, "name", _("Name"), _("What people call it"),
                       runnel_text_row_new (RUNNEL_FIELD_STRING));
  runnel_action_rows_add_kind (form, "", FALSE);
}

static void
add_rest (RunnelForm *form)
{
  runnel_form_add_row (form, "if", _("Condition"),
                       _("An expression: the step is skipped when it is false"),
                       runnel_text_row_new (RUNNEL_FIELD_STRING));
  runnel_action_rows_add_environment (form, "");
  runnel_action_rows_add_timeout (form, "");
  runnel_form_add_row (form, "retry.max", _("Retries"),
                       _("How many attempts may follow a failed one"),
                       runnel_text_row_new_with_placeholder (RUNNEL_FIELD_INTEGER, "0"));
  runnel_form_add_row (form, "continue-on-error", _("Continue on error"),
                       _("A failure of this step does not make the run fail"),
                       runnel_choice_row_new_boolean (NULL, TRUE));
}

static void
build (RunnelHookCard *self)
{
  g_free (self->kind);
  self->kind = g_strdup (runnel_action_get_kind (self->step));
  if (self->form)
    gtk_box_remove (GTK_BOX (self->body), GTK_WIDGET (self->form));
  self->form = runnel_form_new ();
  add_general (self->form);
  runnel_action_rows_add_fields (self->form, "", self->kind, NULL);
  add_rest (self->form);
  g_signal_connect_object (self->form, "commit", G_CALLBACK (commit_cb), self, 0);
  gtk_box_prepend (GTK_BOX (self->body), GTK_WIDGET (self->form));
}

static gboolean
rebuild_cb (gpointer user_data)
{
  RunnelHookCard *self = user_data;

  self->rebuild = 0;
  build (self);
  runnel_form_update (self->form, get_value, self);
  runnel_form_reveal (self->form, "kind");
  return G_SOURCE_REMOVE;
}

static void
update_title (RunnelHookCard *self)
{
  JsonNode *name = get_value ("name", self);
  g_autofree char *title = runnel_field_value_to_entry (name ? name : get_value ("id", self),
                                                        RUNNEL_FIELD_STRING);

  gtk_expander_set_label (self->expander, *title ? title : _("New step"));
}

static void
runnel_hook_card_dispose (GObject *object)
{
  RunnelHookCard *self = RUNNEL_HOOK_CARD (object);

  g_clear_handle_id (&self->rebuild, g_source_remove);
  G_OBJECT_CLASS (runnel_hook_card_parent_class)->dispose (object);
}

static void
runnel_hook_card_finalize (GObject *object)
{
  RunnelHookCard *self = RUNNEL_HOOK_CARD (object);

  g_clear_pointer (&self->step, json_node_unref);
  g_clear_pointer (&self->kind, g_free);
  G_OBJECT_CLASS (runnel_hook_card_parent_class)->finalize (object);
}

static void
runnel_hook_card_class_init (RunnelHookCardClass *klass)
{
  const char *const names[] = { "chosen", "remove" };

  G_OBJECT_CLASS (klass)->dispose = runnel_hook_card_dispose;
  G_OBJECT_CLASS (klass)->finalize = runnel_hook_card_finalize;

  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                               NULL, NULL, G_TYPE_NONE, 0);
}

static void
runnel_hook_card_init (RunnelHookCard *self)
{
  GtkWidget *remove = gtk_button_new_with_mnemonic (_("_Remove"));

  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  gtk_widget_add_css_class (GTK_WIDGET (self), "list-item");
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_set_halign (remove, GTK_ALIGN_END);
  g_signal_connect_swapped (remove, "clicked", G_CALLBACK (remove_cb), self);
  self->body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_margin_top (self->body, 6);
  gtk_box_append (GTK_BOX (self->body), remove);
  self->expander = GTK_EXPANDER (gtk_expander_new (NULL));
  gtk_expander_set_child (self->expander, self->body);
  gtk_widget_set_hexpand (GTK_WIDGET (self->expander), TRUE);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->expander));
}

/**
 * runnel_hook_card_new:
 * @step: the step's object
 *
 * Returns: (transfer floating): a card that edits the step
 */
GtkWidget *
runnel_hook_card_new (JsonNode *step)
{
  RunnelHookCard *self = g_object_new (RUNNEL_TYPE_HOOK_CARD, NULL);

  g_return_val_if_fail (step, NULL);

  runnel_hook_card_set_step (self, step);
  return GTK_WIDGET (self);
}

/**
 * runnel_hook_card_get_step:
 *
 * Returns: (transfer none): the step as it is now
 */
JsonNode *
runnel_hook_card_get_step (RunnelHookCard *self)
{
  g_return_val_if_fail (RUNNEL_IS_HOOK_CARD (self), NULL);

  return self->step;
}

/**
 * runnel_hook_card_set_step:
 * @step: the step's object
 *
 * Shows another step, or the same one after a change.
 */
void
runnel_hook_card_set_step (RunnelHookCard *self,
                           JsonNode       *step)
{
  JsonNode *copy;

  g_return_if_fail (RUNNEL_IS_HOOK_CARD (self));
  g_return_if_fail (step);

  copy = json_node_copy (step);
  g_clear_pointer (&self->step, json_node_unref);
  self->step = copy;
  if (!self->form)
    build (self);
  /* Later, since it may be a field of the form that just made it another kind. */
  else if (g_strcmp0 (self->kind, runnel_action_get_kind (step)) != 0 && !self->rebuild)
    self->rebuild = g_idle_add (rebuild_cb, self);
  runnel_form_update (self->form, get_value, self);
  update_title (self);
}

/**
 * runnel_hook_card_flush:
 *
 * Takes what was typed without waiting for a pause.
 */
void
runnel_hook_card_flush (RunnelHookCard *self)
{
  g_return_if_fail (RUNNEL_IS_HOOK_CARD (self));

  runnel_form_flush (self->form);
}

/**
 * runnel_hook_card_edit:
 *
 * Unfolds the card and gives it the focus.
 */
void
runnel_hook_card_edit (RunnelHookCard *self)
{
  g_return_if_fail (RUNNEL_IS_HOOK_CARD (self));

  gtk_expander_set_expanded (self->expander, TRUE);
  runnel_form_reveal (self->form, "kind");
}
