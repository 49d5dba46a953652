/* runnel-text-row.c: a field for one line: text, a number, a duration, the path of a file
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/compat/runnel-file-dialog.h"
#include "designer/compat/runnel-tip.h"
#include "designer/inspector/runnel-text-row.h"
#include "designer/inspector/runnel-field-value.h"

struct _RunnelTextRow
{
  RunnelFieldRow parent_instance;

  RunnelFieldType type;
  GtkEditable *entry;
  GFile *base; /* the folder paths are relative to, or NULL */
  GtkWidget *suggestions; /* a button with a menu, or NULL */
};

G_DEFINE_FINAL_TYPE (RunnelTextRow, runnel_text_row, RUNNEL_TYPE_FIELD_ROW)

static void
runnel_text_row_show_value (RunnelFieldRow *row,
                            JsonNode       *value)
{
  g_autofree char *text = runnel_field_value_to_entry (value, RUNNEL_TEXT_ROW (row)->type);

  gtk_editable_set_text (RUNNEL_TEXT_ROW (row)->entry, text);
}

static gboolean
runnel_text_row_read_value (RunnelFieldRow  *row,
                            JsonNode       **ret_value,
                            GError         **error)
{
  RunnelTextRow *self = RUNNEL_TEXT_ROW (row);
  const char *text = gtk_editable_get_text (self->entry);

  return runnel_field_value_from_entry (text, self->type, ret_value, error);
}

static void
chosen_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(RunnelTextRow) self = user_data;
  g_autoptr(GFile) file = runnel_file_dialog_open_finish (result, NULL);
  g_autofree char *path = NULL;

  if (!file)
    return;
  if (self->base)
    path = g_file_get_relative_path (self->base, file);
  if (!path)
    path = g_file_get_path (file);
  gtk_editable_set_text (self->entry, path ? path : "");
  _runnel_field_row_edited_now (RUNNEL_FIELD_ROW (self));
}

static void
choose_cb (RunnelTextRow *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  runnel_file_dialog_open_async (GTK_WINDOW (root), _("Choose a File"), RUNNEL_FILES_ANY,
                                 self->base, NULL, chosen_cb, g_object_ref (self));
}

static void
suggestion_cb (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  RunnelTextRow *self = RUNNEL_TEXT_ROW (widget);

  gtk_editable_set_text (self->entry, g_variant_get_string (parameter, NULL));
  _runnel_field_row_edited_now (RUNNEL_FIELD_ROW (self));
}

static void
runnel_text_row_dispose (GObject *object)
{
  g_clear_object (&RUNNEL_TEXT_ROW (object)->base);
  G_OBJECT_CLASS (runnel_text_row_parent_class)->dispose (object);
}

static void
runnel_text_row_class_init (RunnelTextRowClass *klass)
{
  RunnelFieldRowClass *row_class = RUNNEL_FIELD_ROW_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = runnel_text_row_dispose;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "row.suggest", "s", suggestion_cb);
  row_class->show_value = runnel_text_row_show_value;
  row_class->read_value = runnel_text_row_read_value;
}

static void
runnel_text_row_init (RunnelTextRow *self)
{
  self->entry = GTK_EDITABLE (gtk_entry_new ());
  /* The document's own undo takes back what was typed here, too. */
  gtk_editable_set_enable_undo (self->entry, FALSE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->entry), TRUE);
  gtk_entry_set_activates_default (GTK_ENTRY (self->entry), TRUE);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (_runnel_field_row_edited), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (runnel_field_row_flush), self);
  _runnel_field_row_set_editor (RUNNEL_FIELD_ROW (self), GTK_WIDGET (self->entry),
                                GTK_WIDGET (self->entry));
}

static void
add_choose_button (RunnelTextRow *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("document-open-symbolic");

  gtk_widget_add_css_class (button, "flat");
  runnel_tip_set (button, _("Choose a File"));
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (choose_cb), self);
  _runnel_field_row_add_to_header (RUNNEL_FIELD_ROW (self), button);
}

/**
 * runnel_text_row_new:
 * @type: what the line holds; any type but lists and maps
 */
RunnelFieldRow *
runnel_text_row_new (RunnelFieldType type)
{
  RunnelTextRow *self = g_object_new (RUNNEL_TYPE_TEXT_ROW, NULL);

  self->type = type;
  if (type == RUNNEL_FIELD_FILE)
    add_choose_button (self);
  return RUNNEL_FIELD_ROW (self);
}

/**
 * runnel_text_row_new_with_placeholder:
 * @type: what the line holds; any type but lists and maps
 * @text: (nullable): shown while there is no value
 */
RunnelFieldRow *
runnel_text_row_new_with_placeholder (RunnelFieldType  type,
                                      const char      *text)
{
  RunnelFieldRow *row = runnel_text_row_new (type);

  runnel_text_row_set_placeholder (RUNNEL_TEXT_ROW (row), text);
  return row;
}

/**
 * runnel_text_row_set_placeholder:
 * @text: (nullable): shown while there is no value
 */
void
runnel_text_row_set_placeholder (RunnelTextRow *self,
                                 const char    *text)
{
  g_return_if_fail (RUNNEL_IS_TEXT_ROW (self));

  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), text);
}

/**
 * runnel_text_row_set_base:
 * @folder: (nullable): the folder that paths are relative to
 */
void
runnel_text_row_set_base (RunnelTextRow *self,
                          GFile         *folder)
{
  g_return_if_fail (RUNNEL_IS_TEXT_ROW (self));

  g_set_object (&self->base, folder);
}

static GtkWidget *
suggestions_button_new (void)
{
  GtkWidget *button = gtk_menu_button_new ();

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "pan-down-symbolic");
  gtk_widget_add_css_class (button, "flat");
  runnel_tip_set (button, _("Choose"));
  return button;
}

/**
 * runnel_text_row_set_suggestions:
 * @texts: (array zero-terminated=1): what may be chosen instead of typed
 */
void
runnel_text_row_set_suggestions (RunnelTextRow     *self,
                                 const char *const *texts)
{
  g_autoptr(GMenu) menu = g_menu_new ();

  g_return_if_fail (RUNNEL_IS_TEXT_ROW (self));
  g_return_if_fail (texts);

  for (guint i = 0; texts[i]; i++)
    {
      g_autoptr(GMenuItem) item = g_menu_item_new (texts[i], NULL);

      g_menu_item_set_action_and_target (item, "row.suggest", "s", texts[i]);
      g_menu_append_item (menu, item);
    }
  if (!self->suggestions)
    {
      self->suggestions = suggestions_button_new ();
      _runnel_field_row_add_to_header (RUNNEL_FIELD_ROW (self), self->suggestions);
    }
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->suggestions), G_MENU_MODEL (menu));
  gtk_widget_set_visible (self->suggestions, texts[0] != NULL);
}
