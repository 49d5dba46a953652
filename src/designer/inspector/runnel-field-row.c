/* runnel-field-row.c: one field of a form: title, editor, and what is wrong with the value
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/inspector/runnel-field-row.h"
#include "designer/inspector/runnel-field-value.h"

/* A pause in the typing that ends one step of the undo history. */
#define PAUSE_MS 600

typedef struct
{
  GtkWidget *header;
  GtkWidget *title;
  GtkWidget *editor;
  GtkWidget *labelled; /* what the title is the label of, and what looks wrong when the value is */
  GtkWidget *message;

  JsonNode *value;     /* as the document has it */
  char *own_error;     /* what is typed is no value */
  char *problem;       /* what the document's check says */
  RunnelSeverity severity;
  guint pause;         /* source id: something was typed that is not committed yet */
} RunnelFieldRowPrivate;

enum
{
  COMMIT,
  N_SIGNALS
};

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (RunnelFieldRow, runnel_field_row, GTK_TYPE_BOX)

static guint signals[N_SIGNALS];

static void
set_class (GtkWidget  *widget,
           const char *name,
           gboolean    is_set)
{
  if (is_set)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
update_message (RunnelFieldRow *self)
{
  RunnelFieldRowPrivate *priv = runnel_field_row_get_instance_private (self);
  const char *message = priv->own_error ? priv->own_error : priv->problem;
  gboolean is_error = message && (priv->own_error || priv->severity == RUNNEL_SEVERITY_ERROR);

  gtk_label_set_label (GTK_LABEL (priv->message), message ? message : "");
  gtk_widget_set_visible (priv->message, message != NULL);
  set_class (priv->message, "error", is_error);
  set_class (priv->message, "warning", message && !is_error);
  if (!priv->labelled)
    return;
  set_class (priv->labelled, "error", is_error);
  set_class (priv->labelled, "warning", message && !is_error);
  set_class (priv->editor, "error", is_error);
  gtk_accessible_update_state (GTK_ACCESSIBLE (priv->labelled), GTK_ACCESSIBLE_STATE_INVALID,
                               is_error ? GTK_ACCESSIBLE_INVALID_TRUE
                                        : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

static void
set_own_error (RunnelFieldRow *self,
               const char     *message)
{
  RunnelFieldRowPrivate *priv = runnel_field_row_get_instance_private (self);

  g_free (priv->own_error);
  priv->own_error = g_strdup (message);
  update_message (self);
}

static void
set_stored_value (RunnelFieldRow *self,
                  JsonNode       *value)
{
  RunnelFieldRowPrivate *priv = runnel_field_row_get_instance_private (self);

  g_clear_pointer (&priv->value, json_node_unref);
  priv->value = value ? json_node_copy (value) : NULL;
}

static void
commit (RunnelFieldRow *self)
{
  RunnelFieldRowPrivate *priv = runnel_field_row_get_instance_private (self);
  g_autoptr(JsonNode) value = NULL;

  g_clear_handle_id (&priv->pause, g_source_remove);
  if (!runnel_field_row_read_value (self, &value, NULL) ||
      runnel_field_value_equal (value, priv->value))
    return;
  set_stored_value (self, value);
  g_signal_emit (self, signals[COMMIT], 0, value);
}

static gboolean
paused_cb (gpointer user_data)
{
  RunnelFieldRow *self = user_data;
  RunnelFieldRowPrivate *priv = runnel_field_row_get_instance_private (self);

  priv->pause = 0;
  commit (self);
  return G_SOURCE_REMOVE;
}

static void
runnel_field_row_dispose (GObject *object)
{
  RunnelFieldRow *self = RUNNEL_FIELD_ROW (object);
  RunnelFieldRowPrivate *priv = runnel_field_row_get_instance_private (self);

  g_clear_handle_id (&priv->pause, g_source_remove);
  priv->labelled = NULL;
  G_OBJECT_CLASS (runnel_field_row_parent_class)->dispose (object);
}

static void
runnel_field_row_finalize (GObject *object)
{
  RunnelFieldRow *self = RUNNEL_FIELD_ROW (object);
  RunnelFieldRowPrivate *priv = runnel_field_row_get_instance_private (self);

  g_clear_pointer (&priv->value, json_node_unref);
  g_clear_pointer (&priv->own_error, g_free);
  g_clear_pointer (&priv->problem, g_free);
  G_OBJECT_CLASS (runnel_field_row_parent_class)->finalize (object);
}

static void
runnel_field_row_class_init (RunnelFieldRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = runnel_field_row_dispose;
  object_class->finalize = runnel_field_row_finalize;

  signals[COMMIT] = g_signal_new ("commit", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, JSON_TYPE_NODE);
}

static GtkWidget *
message_new (void)
{
  GtkWidget *message = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (message), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (message), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (message), 0);
  gtk_label_set_selectable (GTK_LABEL (message), FALSE);
  gtk_widget_add_css_class (message, "caption");
  gtk_widget_set_visible (message, FALSE);
  return message;
}

static void
runnel_field_row_init (RunnelFieldRow *self)
{
  RunnelFieldRowPrivate *priv = runnel_field_row_get_instance_private (self);
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 3);
  priv->header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_add_css_class (priv->header, "field-header");
  priv->title = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (priv->title), 0);
  gtk_label_set_wrap (GTK_LABEL (priv->title), TRUE);
  gtk_widget_set_hexpand (priv->title, TRUE);
  gtk_widget_add_css_class (priv->title, "field-title");
  gtk_box_append (GTK_BOX (priv->header), priv->title);
  gtk_box_append (GTK_BOX (self), priv->header);
  priv->message = message_new ();
  gtk_box_append (GTK_BOX (self), priv->message);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (runnel_field_row_flush), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}

/**
 * runnel_field_row_set_title:
 * @title: what the field is
 * @description: (nullable): more about it, shown as a tooltip
 *
 * Names the field.
 */
void
runnel_field_row_set_title (RunnelFieldRow *self,
                            const char     *title,
                            const char     *description)
{
  RunnelFieldRowPrivate *priv = runnel_field_row_get_instance_private (self);

  g_return_if_fail (RUNNEL_IS_FIELD_ROW (self));
  g_return_if_fail (title);

  gtk_label_set_label (GTK_LABEL (priv->title), title);
  gtk_widget_set_tooltip_text (priv->header, description);
  if (!priv->labelled)
    return;
  gtk_accessible_update_property (GTK_ACCESSIBLE (priv->labelled),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description ? description : "", -1);
}

/**
 * runnel_field_row_set_value:
 * @value: (nullable): the value the document has now, %NULL = none
 *
 * Shows @value. Nothing happens to what is being typed unless the document's value is another one
 * than before.
 */
void
runnel_field_row_set_value (RunnelFieldRow *self,
                            JsonNode       *value)
{
  RunnelFieldRowPrivate *priv = runnel_field_row_get_instance_private (self);

  g_return_if_fail (RUNNEL_IS_FIELD_ROW (self));

  if (runnel_field_value_equal (priv->value, value))
    return;
  set_stored_value (self, value);
  RUNNEL_FIELD_ROW_GET_CLASS (self)->show_value (self, priv->value);
  /* Showing is not editing. */
  g_clear_handle_id (&priv->pause, g_source_remove);
  set_own_error (self, NULL);
}

/**
 * runnel_field_row_get_value:
 *
 * Returns: (transfer none) (nullable): the value last shown or committed
 */
JsonNode *
runnel_field_row_get_value (RunnelFieldRow *self)
{
  RunnelFieldRowPrivate *priv = runnel_field_row_get_instance_private (self);

  g_return_val_if_fail (RUNNEL_IS_FIELD_ROW (self), NULL);

  return priv->value;
}

/**
 * runnel_field_row_read_value:
 * @ret_value: (out) (nullable): what the editor holds now, %NULL = none
 *
 * Returns: %FALSE with an error when what the editor holds is no value
 */
gboolean
runnel_field_row_read_value (RunnelFieldRow  *self,
                             JsonNode       **ret_value,
                             GError         **error)
{
  g_return_val_if_fail (RUNNEL_IS_FIELD_ROW (self), FALSE);
  g_return_val_if_fail (ret_value, FALSE);

  return RUNNEL_FIELD_ROW_GET_CLASS (self)->read_value (self, ret_value, error);
}

/**
 * runnel_field_row_flush:
 *
 * Commits what was typed without waiting for a pause.
 */
void
runnel_field_row_flush (RunnelFieldRow *self)
{
  RunnelFieldRowPrivate *priv = runnel_field_row_get_instance_private (self);

  g_return_if_fail (RUNNEL_IS_FIELD_ROW (self));

  if (RUNNEL_FIELD_ROW_GET_CLASS (self)->flush)
    RUNNEL_FIELD_ROW_GET_CLASS (self)->flush (self);
  if (priv->pause)
    commit (self);
}

/**
 * runnel_field_row_set_problem:
 * @message: (nullable): what is wrong with the value, %NULL = nothing
 *
 * Shows under the field what a check of the document says about it.
 */
void
runnel_field_row_set_problem (RunnelFieldRow *self,
                              RunnelSeverity  severity,
                              const char     *message)
{
  RunnelFieldRowPrivate *priv = runnel_field_row_get_instance_private (self);

  g_return_if_fail (RUNNEL_IS_FIELD_ROW (self));

  g_free (priv->problem);
  priv->problem = g_strdup (message);
  priv->severity = severity;
  update_message (self);
}

/**
 * runnel_field_row_get_message:
 *
 * Returns: (transfer none) (nullable): the message shown under the field
 */
const char *
runnel_field_row_get_message (RunnelFieldRow *self)
{
  RunnelFieldRowPrivate *priv = runnel_field_row_get_instance_private (self);

  g_return_val_if_fail (RUNNEL_IS_FIELD_ROW (self), NULL);

  return priv->own_error ? priv->own_error : priv->problem;
}

/**
 * _runnel_field_row_set_editor:
 * @editor: (transfer floating): what the value is edited with
 * @labelled: the part of @editor with the focus, the title as its label, and the look of an error
 */
void
_runnel_field_row_set_editor (RunnelFieldRow *self,
                              GtkWidget      *editor,
                              GtkWidget      *labelled)
{
  RunnelFieldRowPrivate *priv = runnel_field_row_get_instance_private (self);

  priv->editor = editor;
  priv->labelled = labelled;
  gtk_box_insert_child_after (GTK_BOX (self), editor, priv->header);
  gtk_label_set_mnemonic_widget (GTK_LABEL (priv->title), labelled);
}

void
_runnel_field_row_add_to_header (RunnelFieldRow *self,
                                 GtkWidget      *widget)
{
  RunnelFieldRowPrivate *priv = runnel_field_row_get_instance_private (self);

  gtk_box_append (GTK_BOX (priv->header), widget);
}

/* Something is being typed: say at once whether it is a value, commit it when the typing pauses. */
void
_runnel_field_row_edited (RunnelFieldRow *self)
{
  RunnelFieldRowPrivate *priv = runnel_field_row_get_instance_private (self);
  g_autoptr(JsonNode) value = NULL;
  g_autoptr(GError) error = NULL;
  gboolean is_valid = runnel_field_row_read_value (self, &value, &error);

  set_own_error (self, is_valid ? NULL : error->message);
  g_clear_handle_id (&priv->pause, g_source_remove);
  priv->pause = g_timeout_add (PAUSE_MS, paused_cb, self);
}

/* Something was chosen: there is nothing to wait for. */
void
_runnel_field_row_edited_now (RunnelFieldRow *self)
{
  _runnel_field_row_edited (self);
  runnel_field_row_flush (self);
}
