/* runnel-secret-card.c: the name of one secret, and its value in the keyring
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/compat/runnel-message-dialog.h"
#include "designer/compat/runnel-tip.h"
#include "designer/inspector/runnel-secret-card.h"
#include "engine/secrets/runnel-keyring.h"
#include "engine/secrets/runnel-secrets.h"
#include "model/runnel-shape.h"

#define ANSWER_SET "set"

struct _RunnelSecretCard
{
  GtkBox parent_instance;

  GtkEditable *name;
  GtkLabel *state;
  GtkWidget *set;
  GtkWidget *clear;
  GCancellable *cancellable; /* of changes to the keyring */
};

enum
{
  SIGNAL_EDITED,
  SIGNAL_REMOVE,
  SIGNAL_STORED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RunnelSecretCard, runnel_secret_card, GTK_TYPE_BOX)

static GtkWindow *
get_window (RunnelSecretCard *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

/* Whoever asked may be gone by now; then nobody is told. */
static void
conclude (RunnelSecretCard *self,
          GError           *error)
{
  g_autoptr(GError) owner = error;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error)
    runnel_message_dialog_tell (get_window (self), _("The Keyring Was Not Changed"),
                                error->message);
  g_signal_emit (self, signals[SIGNAL_STORED], 0);
}

static void
stored_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(RunnelSecretCard) self = user_data;
  GError *error = NULL;

  runnel_keyring_store_finish (result, &error);
  conclude (self, error);
}

static void
deleted_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(RunnelSecretCard) self = user_data;
  GError *error = NULL;

  runnel_keyring_delete_finish (result, &error);
  conclude (self, error);
}

/* What the dialog is about. */
typedef struct
{
  RunnelSecretCard *card;
  char *name;
  GtkEditable *entry;
} Question;

static void
question_free (Question *self)
{
  g_object_unref (self->card);
  g_object_unref (self->entry);
  g_free (self->name);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(Question) question = user_data;
  g_autofree char *answer = runnel_message_dialog_ask_finish (result);
  const char *value = gtk_editable_get_text (question->entry);
  RunnelSecretCard *self = question->card;
  GError *error = NULL;

  if (g_strcmp0 (answer, ANSWER_SET) != 0)
    return;
  if (runnel_secret_check_value (question->name, value, &error))
    runnel_keyring_store_async (question->name, value, self->cancellable, stored_cb,
                                g_object_ref (self));
  else
    conclude (self, error);
}

static void
set_cb (RunnelSecretCard *self)
{
  const RunnelAnswer answers[] = {
    { RUNNEL_ANSWER_CANCEL, _("_Cancel"), RUNNEL_ANSWER_PLAIN },
    { ANSWER_SET, _("_Keep"), RUNNEL_ANSWER_SUGGESTED },
  };
  g_autofree char *heading = NULL;
  GtkWidget *entry = gtk_password_entry_new ();
  Question *question = g_new0 (Question, 1);

  question->card = g_object_ref (self);
  question->name = g_strdup (runnel_secret_card_get_name (self));
  question->entry = g_object_ref (GTK_EDITABLE (entry));
  heading = g_strdup_printf (_("Value of “%s”"), question->name);
  gtk_password_entry_set_show_peek_icon (GTK_PASSWORD_ENTRY (entry), TRUE);
  g_object_set (entry, "activates-default", TRUE, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Value"), -1);
  runnel_message_dialog_ask_async (get_window (self), heading,
                                   _("It is kept in your keyring, for all pipelines that name it, "
                                     "and is never written into a file."),
                                   entry, answers, G_N_ELEMENTS (answers), answered_cb, question);
}

static void
clear_cb (RunnelSecretCard *self)
{
  runnel_keyring_delete_async (runnel_secret_card_get_name (self), self->cancellable, deleted_cb,
                               g_object_ref (self));
}

static void
remove_cb (RunnelSecretCard *self)
{
  g_signal_emit (self, signals[SIGNAL_REMOVE], 0);
}

static void
edited_cb (RunnelSecretCard *self)
{
  g_signal_emit (self, signals[SIGNAL_EDITED], 0);
}

static void
runnel_secret_card_dispose (GObject *object)
{
  RunnelSecretCard *self = RUNNEL_SECRET_CARD (object);

  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (runnel_secret_card_parent_class)->dispose (object);
}

static void
runnel_secret_card_class_init (RunnelSecretCardClass *klass)
{
  const char *const names[N_SIGNALS] = { "edited", "remove", "stored" };

  G_OBJECT_CLASS (klass)->dispose = runnel_secret_card_dispose;
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                               NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
name_row_new (RunnelSecretCard *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *remove = gtk_button_new_from_icon_name ("list-remove-symbolic");

  self->name = GTK_EDITABLE (entry);
  gtk_editable_set_enable_undo (self->name, FALSE);
  gtk_editable_set_width_chars (self->name, 6);
  gtk_widget_set_hexpand (entry, TRUE);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _("Name"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Name of the secret"), -1);
  gtk_widget_add_css_class (remove, "flat");
  runnel_tip_set (remove, _("Remove the Name from the Pipeline"));
  g_signal_connect_swapped (remove, "clicked", G_CALLBACK (remove_cb), self);
  gtk_box_append (GTK_BOX (row), entry);
  gtk_box_append (GTK_BOX (row), remove);
  return row;
}

static GtkWidget *
button_new (RunnelSecretCard *self,
            const char       *label,
            GCallback         callback)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "caption");
  gtk_widget_set_visible (button, FALSE);
  g_signal_connect_swapped (button, "clicked", callback, self);
  return button;
}

static GtkWidget *
keyring_row_new (RunnelSecretCard *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  GtkWidget *state = gtk_label_new (NULL);

  self->state = GTK_LABEL (state);
  self->set = button_new (self, _("Set…"), G_CALLBACK (set_cb));
  self->clear = button_new (self, _("Remove"), G_CALLBACK (clear_cb));
  gtk_widget_set_tooltip_text (self->clear, _("Remove the Value from the Keyring"));
  gtk_label_set_xalign (self->state, 0);
  gtk_label_set_wrap (self->state, TRUE);
  gtk_widget_set_hexpand (state, TRUE);
  gtk_widget_add_css_class (state, "caption");
  gtk_widget_add_css_class (state, "dim-label");
  gtk_box_append (GTK_BOX (row), state);
  gtk_box_append (GTK_BOX (row), self->set);
  gtk_box_append (GTK_BOX (row), self->clear);
  return row;
}

static void
runnel_secret_card_init (RunnelSecretCard *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_append (GTK_BOX (self), name_row_new (self));
  gtk_box_append (GTK_BOX (self), keyring_row_new (self));
}

/**
 * runnel_secret_card_new:
 *
 * Returns: (transfer floating): a card for the secret @name
 */
GtkWidget *
runnel_secret_card_new (const char *name)
{
  RunnelSecretCard *self = g_object_new (RUNNEL_TYPE_SECRET_CARD, NULL);

  gtk_editable_set_text (self->name, name);
  g_signal_connect_swapped (self->name, "changed", G_CALLBACK (edited_cb), self);
  return GTK_WIDGET (self);
}

const char *
runnel_secret_card_get_name (RunnelSecretCard *self)
{
  return gtk_editable_get_text (self->name);
}

void
runnel_secret_card_edit (RunnelSecretCard *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->name));
}

/**
 * runnel_secret_card_set_keyring:
 * @has_value: whether the keyring has a value for the name
 * @problem: (nullable): why nobody knows
 *
 * Shows how the keyring stands, and what can be done about it.
 */
void
runnel_secret_card_set_keyring (RunnelSecretCard *self,
                                gboolean          has_value,
                                const char       *problem)
{
  gboolean is_usable = !problem && runnel_id_is_valid (runnel_secret_card_get_name (self));

  gtk_label_set_text (self->state, problem     ? _("Keyring not available")
                                   : has_value ? _("In the keyring")
                                               : _("Not in the keyring"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->state), problem);
  gtk_widget_set_visible (GTK_WIDGET (self->state), problem || is_usable);
  gtk_button_set_label (GTK_BUTTON (self->set), has_value ? _("Replace…") : _("Set…"));
  gtk_widget_set_visible (self->set, is_usable);
  gtk_widget_set_visible (self->clear, is_usable && has_value);
}
