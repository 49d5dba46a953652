/* runnel-find-page.c: a tab that finds something in all pipelines of a folder
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/compat/runnel-file-dialog.h"
#include "designer/find/runnel-find-page.h"
#include "designer/find/runnel-folder-search.h"
#include "designer/find/runnel-pattern-entry.h"

struct _RunnelFindPage
{
  RunnelPage parent_instance;

  /* Template Widgets */
  RunnelPatternEntry *entry;
  GtkLabel *folder_label;
  GtkLabel *count_label;
  GtkSpinner *spinner;
  GtkStack *stack;
  GtkListView *list;

  RunnelFolderSearch *search;
  GCancellable *cancellable; /* of choosing a folder */
  char *folder;
};

static guint place_activated_signal;

G_DEFINE_FINAL_TYPE (RunnelFindPage, runnel_find_page, RUNNEL_TYPE_PAGE)

static char *
count (RunnelFindPage *self)
{
  guint n_places = runnel_folder_search_get_places (self->search);
  guint n_files = runnel_folder_search_get_files (self->search);
  guint n_failed = runnel_folder_search_get_failed (self->search);
  g_autoptr(GString) text = g_string_new (NULL);

  if (runnel_pattern_entry_get_problem (self->entry))
    return g_strdup (runnel_pattern_entry_get_problem (self->entry));
  if (!runnel_pattern_entry_get_pattern (self->entry))
    return g_strdup ("");

  g_string_append_printf (text, g_dngettext (NULL, "%u place", "%u places", n_places), n_places);
  g_string_append_printf (text, g_dngettext (NULL, " in %u file", " in %u files", n_files), n_files);
  if (runnel_folder_search_is_cut (self->search))
    g_string_append (text, _(", and there may be more"));
  if (n_failed > 0)
    g_string_append_printf (text, g_dngettext (NULL, "; %u file could not be read",
                                               "; %u files could not be read", n_failed), n_failed);
  return g_strdup (text->str);
}

static void
update (RunnelFindPage *self)
{
  g_autofree char *text = count (self);
  gboolean is_busy = runnel_folder_search_is_busy (self->search);
  const char *child = "list";

  if (!runnel_pattern_entry_get_pattern (self->entry))
    child = "begin";
  else if (!is_busy && runnel_folder_search_get_places (self->search) == 0)
    child = "empty";
  gtk_label_set_label (self->count_label, text);
  gtk_spinner_set_spinning (self->spinner, is_busy);
  gtk_stack_set_visible_child_name (self->stack, child);
}

static void
search_changed_cb (RunnelFindPage *self)
{
  update (self);
}

static void
start (RunnelFindPage *self)
{
  RunnelPattern *pattern = runnel_pattern_entry_get_pattern (self->entry);

  if (pattern)
    runnel_folder_search_start (self->search, pattern, self->folder);
  else
    runnel_folder_search_stop (self->search);
  update (self);
}

static void
entry_changed_cb (RunnelFindPage *self)
{
  start (self);
}

static void
focus_list_cb (RunnelFindPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
entry_next_cb (RunnelFindPage *self,
               gboolean        back)
{
  if (!back)
    focus_list_cb (self);
}

static void
activate_cb (RunnelFindPage *self,
             guint           position)
{
  g_autoptr(RunnelFoundItem) item =
    g_list_model_get_item (runnel_folder_search_get_items (self->search), position);

  g_signal_emit (self, place_activated_signal, 0, runnel_found_item_get_path (item),
                 runnel_found_item_get_step (item));
}

static void
folder_chosen_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(RunnelFindPage) self = user_data;
  g_autoptr(GFile) file = runnel_file_dialog_choose_folder_finish (result, NULL);
  g_autofree char *path = file ? g_file_get_path (file) : NULL;

  if (path)
    runnel_find_page_set_folder (self, path);
}

static void
choose_folder_cb (RunnelFindPage *self)
{
  g_autoptr(GFile) folder = g_file_new_for_path (self->folder);

  runnel_file_dialog_choose_folder_async (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                          _("Find in Folder"), folder, self->cancellable,
                                          folder_chosen_cb, g_object_ref (self));
}

static void
setup_row_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *list_item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  for (guint i = 0; i < 2; i++)
    {
      GtkWidget *label = gtk_label_new (NULL);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_box_append (GTK_BOX (row), label);
    }
  gtk_label_set_max_width_chars (GTK_LABEL (gtk_widget_get_first_child (row)), 28);
  gtk_widget_set_hexpand (gtk_widget_get_last_child (row), TRUE);
  gtk_widget_add_css_class (gtk_widget_get_last_child (row), "dim-label");
  gtk_list_item_set_child (list_item, row);
}

/* A file is a heading of what was found in it. */
static void
bind_row_cb (GtkSignalListItemFactory *factory,
             GtkListItem              *list_item)
{
  RunnelFoundItem *item = gtk_list_item_get_item (list_item);
  GtkWidget *row = gtk_list_item_get_child (list_item);
  GtkWidget *title = gtk_widget_get_first_child (row);
  gboolean is_file = runnel_found_item_is_file (item);

  gtk_label_set_label (GTK_LABEL (title), runnel_found_item_get_title (item));
  gtk_label_set_markup (GTK_LABEL (gtk_widget_get_last_child (row)),
                        runnel_found_item_get_markup (item));
  gtk_widget_set_margin_start (row, is_file ? 0 : 24);
  if (is_file)
    gtk_widget_add_css_class (title, "heading");
  else
    gtk_widget_remove_css_class (title, "heading");
}

static void
runnel_find_page_grab_focus (RunnelPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (RUNNEL_FIND_PAGE (page)->entry));
}

static void
runnel_find_page_dispose (GObject *object)
{
  RunnelFindPage *self = RUNNEL_FIND_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->search)
    g_signal_handlers_disconnect_by_data (self->search, self);
  g_clear_object (&self->search);
  g_clear_pointer (&self->folder, g_free);

  G_OBJECT_CLASS (runnel_find_page_parent_class)->dispose (object);
}

static void
runnel_find_page_class_init (RunnelFindPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = runnel_find_page_dispose;
  RUNNEL_PAGE_CLASS (klass)->grab_focus = runnel_find_page_grab_focus;

  place_activated_signal =
    g_signal_new ("place-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);

  g_type_ensure (RUNNEL_TYPE_PATTERN_ENTRY);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/runnel/Runnel/runnel-find-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RunnelFindPage, entry);
  gtk_widget_class_bind_template_child (widget_class, RunnelFindPage, folder_label);
  gtk_widget_class_bind_template_child (widget_class, RunnelFindPage, count_label);
  gtk_widget_class_bind_template_child (widget_class, RunnelFindPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, RunnelFindPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RunnelFindPage, list);
  gtk_widget_class_bind_template_callback (widget_class, entry_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_next_cb);
  gtk_widget_class_bind_template_callback (widget_class, focus_list_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_folder_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_row_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_row_cb);
}

static void
runnel_find_page_init (RunnelFindPage *self)
{
  GListModel *items;
  GtkSelectionModel *selection;

  self->cancellable = g_cancellable_new ();
  self->search = runnel_folder_search_new ();
  g_signal_connect_swapped (self->search, "changed", G_CALLBACK (search_changed_cb), self);
  gtk_widget_init_template (GTK_WIDGET (self));
  items = runnel_folder_search_get_items (self->search);
  selection = GTK_SELECTION_MODEL (gtk_single_selection_new (g_object_ref (items)));
  gtk_list_view_set_model (self->list, selection);
  g_object_unref (selection);
  runnel_page_set_title (RUNNEL_PAGE (self), _("Find in Files"));
  runnel_page_set_icon_name (RUNNEL_PAGE (self), "edit-find-symbolic");
}

/**
 * runnel_find_page_new:
 * @folder: (type filename): where to look
 *
 * Returns: (transfer floating): the page
 */
RunnelPage *
runnel_find_page_new (const char *folder)
{
  RunnelFindPage *self = g_object_new (RUNNEL_TYPE_FIND_PAGE, NULL);

  runnel_find_page_set_folder (self, folder);
  return RUNNEL_PAGE (self);
}

/**
 * runnel_find_page_set_folder:
 * @folder: (type filename): where to look
 *
 * Looks there from now on, for what is looked for already.
 */
void
runnel_find_page_set_folder (RunnelFindPage *self,
                             const char     *folder)
{
  g_autofree char *name = NULL;

  g_return_if_fail (RUNNEL_IS_FIND_PAGE (self));
  g_return_if_fail (folder);

  if (g_strcmp0 (folder, self->folder) == 0)
    return;
  g_free (self->folder);
  self->folder = g_strdup (folder);
  name = g_filename_display_name (folder);
  gtk_label_set_label (self->folder_label, name);
  runnel_page_set_subtitle (RUNNEL_PAGE (self), name);
  start (self);
}
