/* runnel-export-window-show.c: what an export made, or why it made nothing
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "designer/interchange/runnel-export-window-private.h"

void
_runnel_export_window_show_file (RunnelExportWindow *self,
                                 guint               index)
{
  const RunnelExportFile *file = g_ptr_array_index (self->result->files, index);
  gsize length;
  const char *text = g_bytes_get_data (file->content, &length);

  runnel_source_buffer_set_language (self->code, self->target->language);
  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (self->code), text, (int) length);
}

/* Names of files, with their folders below where they are used. */
static void
list_files (RunnelExportWindow *self)
{
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < self->result->files->len; i++)
    {
      const RunnelExportFile *file = g_ptr_array_index (self->result->files, i);
      g_autofree char *name = g_path_get_basename (file->path);

      gtk_string_list_append (names, name);
    }
  gtk_drop_down_set_model (self->file_drop_down, G_LIST_MODEL (names));
  gtk_widget_set_visible (GTK_WIDGET (self->file_drop_down), self->result->files->len > 1);
}

static void
show_no_changes (RunnelExportWindow *self,
                 const char         *icon,
                 const char         *title,
                 const char         *description)
{
  adw_status_page_set_icon_name (self->no_changes_page, icon);
  adw_status_page_set_title (self->no_changes_page, title);
  adw_status_page_set_description (self->no_changes_page, description);
  gtk_stack_set_visible_child_name (self->changes_stack, "none");
}

static void
show_changes (RunnelExportWindow *self)
{
  const char *difference = self->result ? self->result->difference : NULL;
  gboolean has_changes = difference && *difference;

  adw_view_stack_page_set_needs_attention (self->changes_page, has_changes);
  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (self->changes), difference ? difference : "", -1);
  if (has_changes)
    gtk_stack_set_visible_child_name (self->changes_stack, "changes");
  else if (difference)
    show_no_changes (self, "emblem-ok-symbolic", _("The File Is as It Would Be Written"), NULL);
  else if (self->result)
    show_no_changes (self, "document-save-symbolic", _("Not Saved Yet"),
                     _("Once the pipeline has a file, there is a place for its exports."));
  else
    show_no_changes (self, "dialog-warning-symbolic", _("There Is Nothing to Write"), NULL);
}

static void
show_result (RunnelExportWindow *self)
{
  list_files (self);
  _runnel_export_window_show_file (self, 0);
  gtk_stack_set_visible_child_name (self->code_stack, "code");
}

/* The message has a line for each thing that is lost, below one that says so. */
static void
show_loss (RunnelExportWindow *self,
           const GError       *error)
{
  const char *lines = strchr (error->message, '\n');
  g_autofree char *list = g_strdup (lines != NULL ? lines + 1 : error->message);
  g_auto(GStrv) entries = g_strsplit (list, "\n", -1);
  g_autoptr(GString) text = g_string_new (NULL);
  /* translators: %s is a system, such as Jenkins */
  g_autofree char *title = g_strdup_printf (_("%s Can’t Express All of This"), self->target->title);

  for (char **entry = entries; *entry; entry++)
    g_string_append_printf (text, "%s• %s", entry == entries ? "" : "\n", g_strstrip (*entry));
  g_string_replace (text, ": lost: ", ": ", 0);
  adw_status_page_set_title (self->loss_page, title);
  gtk_label_set_label (self->loss_label, text->str);
  gtk_stack_set_visible_child_name (self->code_stack, "loss");
}

static void
show_error (RunnelExportWindow *self,
            const GError       *error)
{
  g_autofree char *text = g_markup_escape_text (error->message, -1);

  if (g_error_matches (error, RUNNEL_EXPORT_ERROR, RUNNEL_EXPORT_ERROR_LOSS))
    {
      show_loss (self, error);
      return;
    }
  adw_status_page_set_description (self->error_page, text);
  gtk_stack_set_visible_child_name (self->code_stack, "error");
}

static void
update_buttons (RunnelExportWindow *self)
{
  gboolean has_place = self->result && self->result->difference;

  gtk_widget_set_sensitive (self->copy_button, self->result != NULL);
  gtk_widget_set_sensitive (self->save_button, has_place && *self->result->difference);
  gtk_widget_set_tooltip_text (self->save_button,
                               self->result && !has_place ? _("Save the pipeline first") : NULL);
}

/* Shows what was made last, or the error that came instead. */
void
_runnel_export_window_show (RunnelExportWindow *self,
                            const GError       *error)
{
  if (self->result)
    show_result (self);
  else
    show_error (self, error);
  show_changes (self);
  update_buttons (self);
}
