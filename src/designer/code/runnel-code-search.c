/* runnel-code-search.c: finds a word in a text
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/code/runnel-code-search.h"
#include "designer/compat/runnel-tip.h"

struct _RunnelCodeSearch
{
  AdwBin parent_instance;

  GtkSourceView *view; /* borrowed; lives in the same window */
  GtkSourceSearchSettings *settings;
  GtkSourceSearchContext *context;
  GtkSearchBar *bar;
  GtkEditable *entry;
  GtkLabel *count;
};

G_DEFINE_FINAL_TYPE (RunnelCodeSearch, runnel_code_search, ADW_TYPE_BIN)

static GtkTextBuffer *
get_buffer (RunnelCodeSearch *self)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));
}

static void
update_count (RunnelCodeSearch *self)
{
  int n = gtk_source_search_context_get_occurrences_count (self->context);
  GtkTextIter start, end;
  g_autofree char *text = NULL;
  int position = 0;

  if (gtk_text_buffer_get_selection_bounds (get_buffer (self), &start, &end))
    position = gtk_source_search_context_get_occurrence_position (self->context, &start, &end);
  if (!*gtk_editable_get_text (self->entry) || n < 0)
    text = g_strdup ("");
  else if (n == 0)
    text = g_strdup (_("Not found"));
  else if (position > 0)
    /* translators: which of all places found is selected */
    text = g_strdup_printf (_("%d of %d"), position, n);
  else
    text = g_strdup_printf (ngettext ("%d place", "%d places", (gulong) n), n);
  gtk_label_set_label (self->count, text);
}

static void
select_match (RunnelCodeSearch *self,
              gboolean          found,
              GtkTextIter      *start,
              GtkTextIter      *end)
{
  if (found)
    {
      gtk_text_buffer_select_range (get_buffer (self), start, end);
      gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self->view),
                                    gtk_text_buffer_get_insert (get_buffer (self)), 0.1, FALSE, 0, 0);
    }
  update_count (self);
}

static void
found_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(RunnelCodeSearch) self = user_data;
  GtkTextIter start, end;
  gboolean found = gtk_source_search_context_forward_finish (GTK_SOURCE_SEARCH_CONTEXT (object),
                                                             result, &start, &end, NULL, NULL);

  if (self->context)
    select_match (self, found, &start, &end);
}

static void
found_before_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(RunnelCodeSearch) self = user_data;
  GtkTextIter start, end;
  gboolean found = gtk_source_search_context_backward_finish (GTK_SOURCE_SEARCH_CONTEXT (object),
                                                              result, &start, &end, NULL, NULL);

  if (self->context)
    select_match (self, found, &start, &end);
}

static void
find_next (RunnelCodeSearch *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_selection_bounds (get_buffer (self), &start, &end);
  gtk_source_search_context_forward_async (self->context, &end, NULL, found_cb,
                                           g_object_ref (self));
}

static void
find_previous (RunnelCodeSearch *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_selection_bounds (get_buffer (self), &start, &end);
  gtk_source_search_context_backward_async (self->context, &start, NULL, found_before_cb,
                                            g_object_ref (self));
}

/* As more of the word is typed, the place found stays as long as it fits. */
static void
text_changed_cb (RunnelCodeSearch *self)
{
  GtkTextIter start, end;

  gtk_source_search_settings_set_search_text (self->settings, gtk_editable_get_text (self->entry));
  gtk_text_buffer_get_selection_bounds (get_buffer (self), &start, &end);
  gtk_source_search_context_forward_async (self->context, &start, NULL, found_cb,
                                           g_object_ref (self));
}

static void
mode_changed_cb (RunnelCodeSearch *self)
{
  gboolean is_on = gtk_search_bar_get_search_mode (self->bar);

  gtk_source_search_context_set_highlight (self->context, is_on);
  if (!is_on)
    gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static GtkWidget *
create_button (RunnelCodeSearch *self,
               const char       *icon_name,
               const char       *tooltip,
               GCallback         callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  runnel_tip_set (button, tooltip);
  g_signal_connect_swapped (button, "clicked", callback, self);
  return button;
}

static void
runnel_code_search_dispose (GObject *object)
{
  RunnelCodeSearch *self = RUNNEL_CODE_SEARCH (object);

  if (self->context)
    g_signal_handlers_disconnect_by_data (self->context, self);
  g_clear_object (&self->context);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (runnel_code_search_parent_class)->dispose (object);
}

static void
runnel_code_search_class_init (RunnelCodeSearchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = runnel_code_search_dispose;
}

static void
runnel_code_search_init (RunnelCodeSearch *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *entry = gtk_search_entry_new ();
  GtkWidget *previous = create_button (self, "go-up-symbolic", _("Previous (Ctrl+Shift+G)"),
                                       G_CALLBACK (find_previous));
  GtkWidget *next = create_button (self, "go-down-symbolic", _("Next (Ctrl+G)"),
                                   G_CALLBACK (find_next));

  self->bar = GTK_SEARCH_BAR (gtk_search_bar_new ());
  self->entry = GTK_EDITABLE (entry);
  self->count = GTK_LABEL (gtk_label_new (NULL));
  gtk_editable_set_width_chars (self->entry, 12);
  gtk_widget_set_hexpand (entry, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Find in the code"), -1);
  gtk_widget_add_css_class (GTK_WIDGET (self->count), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->count), "numeric");
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->count));
  gtk_box_append (GTK_BOX (box), previous);
  gtk_box_append (GTK_BOX (box), next);
  gtk_search_bar_set_child (self->bar, box);
  gtk_search_bar_connect_entry (self->bar, self->entry);
  g_signal_connect_swapped (entry, "search-changed", G_CALLBACK (text_changed_cb), self);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (find_next), self);
  g_signal_connect_swapped (entry, "next-match", G_CALLBACK (find_next), self);
  g_signal_connect_swapped (entry, "previous-match", G_CALLBACK (find_previous), self);
  g_signal_connect_swapped (self->bar, "notify::search-mode-enabled", G_CALLBACK (mode_changed_cb),
                            self);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->bar));
}

/**
 * runnel_code_search_new:
 * @view: the text to search; has to live as long as the window
 *
 * Returns: (transfer floating): a bar that is hidden until a search begins
 */
GtkWidget *
runnel_code_search_new (GtkSourceView *view)
{
  RunnelCodeSearch *self;
  GtkTextBuffer *buffer;

  g_return_val_if_fail (GTK_SOURCE_IS_VIEW (view), NULL);

  self = g_object_new (RUNNEL_TYPE_CODE_SEARCH, NULL);
  self->view = view;
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  self->settings = gtk_source_search_settings_new ();
  gtk_source_search_settings_set_wrap_around (self->settings, TRUE);
  self->context = gtk_source_search_context_new (GTK_SOURCE_BUFFER (buffer), self->settings);
  gtk_source_search_context_set_highlight (self->context, FALSE);
  g_signal_connect_swapped (self->context, "notify::occurrences-count", G_CALLBACK (update_count),
                            self);
  return GTK_WIDGET (self);
}

/**
 * runnel_code_search_begin:
 *
 * Shows the bar, with what is selected in the text as the word, and puts the focus there.
 */
void
runnel_code_search_begin (RunnelCodeSearch *self)
{
  GtkTextIter start, end;

  g_return_if_fail (RUNNEL_IS_CODE_SEARCH (self));

  if (gtk_text_buffer_get_selection_bounds (get_buffer (self), &start, &end) &&
      gtk_text_iter_get_line (&start) == gtk_text_iter_get_line (&end))
    {
      g_autofree char *word = gtk_text_iter_get_text (&start, &end);

      gtk_editable_set_text (self->entry, word);
    }
  gtk_search_bar_set_search_mode (self->bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_select_region (self->entry, 0, -1);
}
