/* runnel-start-page.c: what a window shows while nothing is open
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/runnel-examples.h"
#include "designer/runnel-start-page.h"
#include "model/runnel-pipeline.h"
#include "util/runnel-format.h"

#define MAX_RECENT 8

struct _RunnelStartPage
{
  AdwBin parent_instance;

  GtkWidget *new_button;
  GtkWidget *recent_group;
  GtkListBox *recent_list;
  GtkWidget *example_group;
  GtkListBox *example_list;

  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (RunnelStartPage, runnel_start_page, ADW_TYPE_BIN)

static AdwActionRow *
add_row (GtkListBox *list,
         const char *uri,
         const char *title,
         const char *subtitle)
{
  AdwActionRow *row = ADW_ACTION_ROW (adw_action_row_new ());

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (row, subtitle);
  adw_action_row_set_subtitle_lines (row, 2);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.open-uri");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", uri);
  gtk_list_box_append (list, GTK_WIDGET (row));
  return row;
}

static void
clear_list (GtkListBox *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))))
    gtk_list_box_remove (list, row);
}

/* The folder as a person writes it: "~/work" rather than "/home/ada/work". */
static char *
describe_folder (GFile *file)
{
  g_autoptr(GFile) folder = g_file_get_parent (file);
  g_autofree char *name = folder ? g_file_get_parse_name (folder) : g_strdup ("");
  const char *home = g_get_home_dir ();

  if (g_str_has_prefix (name, home) && (name[strlen (home)] == '/' || !name[strlen (home)]))
    return g_strconcat ("~", name + strlen (home), NULL);
  return g_steal_pointer (&name);
}

static void
add_recent (RunnelStartPage *self,
            GtkRecentInfo   *info)
{
  g_autoptr(GFile) file = g_file_new_for_uri (gtk_recent_info_get_uri (info));
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *folder = describe_folder (file);
  gint64 visited = g_date_time_to_unix (gtk_recent_info_get_visited (info));
  g_autofree char *age = runnel_format_age (visited * G_USEC_PER_SEC, g_get_real_time ());
  GtkWidget *label = gtk_label_new (age);
  AdwActionRow *row;

  name[strlen (name) - strlen (RUNNEL_FILE_SUFFIX)] = '\0';
  row = add_row (self->recent_list, gtk_recent_info_get_uri (info), name, folder);
  gtk_widget_add_css_class (label, "dim-label");
  adw_action_row_add_suffix (row, label);
}

static int
compare_visited (gconstpointer a,
                 gconstpointer b)
{
  return g_date_time_compare (gtk_recent_info_get_visited ((GtkRecentInfo *) b),
                              gtk_recent_info_get_visited ((GtkRecentInfo *) a));
}

static void
update_recent (RunnelStartPage *self)
{
  GList *infos = g_list_sort (gtk_recent_manager_get_items (gtk_recent_manager_get_default ()),
                              compare_visited);
  guint n_shown = 0;

  clear_list (self->recent_list);
  for (GList *l = infos; l && n_shown < MAX_RECENT; l = l->next)
    if (g_str_has_suffix (gtk_recent_info_get_uri (l->data), RUNNEL_FILE_SUFFIX))
      {
        add_recent (self, l->data);
        n_shown++;
      }
  gtk_widget_set_visible (self->recent_group, n_shown > 0);
  g_list_free_full (infos, (GDestroyNotify) gtk_recent_info_unref);
}

static void
examples_listed_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) examples = runnel_examples_list_finish (result, &error);
  RunnelStartPage *self = user_data;

  /* Cancelled means that the page is gone; an installation without examples just shows none. */
  if (!examples)
    return;
  for (guint i = 0; i < examples->len; i++)
    {
      RunnelExample *example = g_ptr_array_index (examples, i);
      g_autofree char *uri = g_file_get_uri (example->file);

      add_row (self->example_list, uri, example->name, example->description);
    }
  gtk_widget_set_visible (self->example_group, examples->len > 0);
}

static void
runnel_start_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (runnel_start_page_parent_class)->map (widget);

  update_recent (RUNNEL_START_PAGE (widget));
  gtk_widget_grab_focus (RUNNEL_START_PAGE (widget)->new_button);
}

static void
runnel_start_page_dispose (GObject *object)
{
  RunnelStartPage *self = RUNNEL_START_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (runnel_start_page_parent_class)->dispose (object);
}

static void
runnel_start_page_class_init (RunnelStartPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = runnel_start_page_dispose;
  widget_class->map = runnel_start_page_map;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/runnel/Runnel/runnel-start-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RunnelStartPage, new_button);
  gtk_widget_class_bind_template_child (widget_class, RunnelStartPage, recent_group);
  gtk_widget_class_bind_template_child (widget_class, RunnelStartPage, recent_list);
  gtk_widget_class_bind_template_child (widget_class, RunnelStartPage, example_group);
  gtk_widget_class_bind_template_child (widget_class, RunnelStartPage, example_list);
}

static void
runnel_start_page_init (RunnelStartPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  g_signal_connect_object (gtk_recent_manager_get_default (), "changed",
                           G_CALLBACK (update_recent), self, G_CONNECT_SWAPPED);
  runnel_examples_list_async (self->cancellable, examples_listed_cb, self);
}
