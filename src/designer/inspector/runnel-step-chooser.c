/* runnel-step-chooser.c: a popover that finds a step among many
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/inspector/runnel-step-chooser.h"

struct _RunnelStepChooser
{
  GtkPopover parent_instance;

  GtkWidget *search;
  GtkStringList *ids;     /* of the steps offered */
  GHashTable *titles;     /* id -> title */
  GtkStringFilter *filter;
  GtkSingleSelection *selection;
};

enum
{
  CHOSEN,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (RunnelStepChooser, runnel_step_chooser, GTK_TYPE_POPOVER)

static guint signals[N_SIGNALS];

static void
choose (RunnelStepChooser *self,
        guint              position)
{
  g_autoptr(GtkStringObject) item = g_list_model_get_item (G_LIST_MODEL (self->selection),
                                                           position);

  if (!item)
    return;
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[CHOSEN], 0, gtk_string_object_get_string (item));
}

static void
list_activate_cb (GtkListView       *list,
                  guint              position,
                  RunnelStepChooser *self)
{
  choose (self, position);
}

static void
search_activate_cb (RunnelStepChooser *self)
{
  choose (self, gtk_single_selection_get_selected (self->selection));
}

static void
search_changed_cb (RunnelStepChooser *self)
{
  gtk_string_filter_set_search (self->filter, gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

static char *
get_title (GtkStringObject   *item,
           RunnelStepChooser *self)
{
  const char *id = gtk_string_object_get_string (item);
  const char *title = self->titles ? g_hash_table_lookup (self->titles, id) : NULL;

  return g_strdup (title ? title : id);
}

static GtkExpression *
title_expression_new (RunnelStepChooser *self)
{
  return gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (get_title), self,
                                      NULL);
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *list_item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_item_set_child (list_item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *list_item,
         RunnelStepChooser        *self)
{
  g_autofree char *title = get_title (gtk_list_item_get_item (list_item), self);

  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (list_item)), title);
  gtk_accessible_update_property (
    GTK_ACCESSIBLE (gtk_widget_get_parent (gtk_list_item_get_child (list_item))),
    GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

static GtkWidget *
create_list (RunnelStepChooser *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *list, *scroller = gtk_scrolled_window_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  list = gtk_list_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)), factory);
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (list), TRUE);
  g_signal_connect (list, "activate", G_CALLBACK (list_activate_cb), self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Steps"),
                                  -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 280);
  return scroller;
}

static void
runnel_step_chooser_dispose (GObject *object)
{
  RunnelStepChooser *self = RUNNEL_STEP_CHOOSER (object);

  g_clear_object (&self->selection);
  g_clear_pointer (&self->titles, g_hash_table_unref);
  G_OBJECT_CLASS (runnel_step_chooser_parent_class)->dispose (object);
}

static void
runnel_step_chooser_class_init (RunnelStepChooserClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = runnel_step_chooser_dispose;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
runnel_step_chooser_init (RunnelStepChooser *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkFilterListModel *filtered;

  self->ids = gtk_string_list_new (NULL);
  self->filter = gtk_string_filter_new (title_expression_new (self));
  filtered = gtk_filter_list_model_new (G_LIST_MODEL (self->ids), GTK_FILTER (self->filter));
  self->selection = gtk_single_selection_new (G_LIST_MODEL (filtered));
  self->search = gtk_search_entry_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Find a step"), -1);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (search_changed_cb), self);
  g_signal_connect_swapped (self->search, "activate", G_CALLBACK (search_activate_cb), self);
  gtk_box_append (GTK_BOX (box), self->search);
  gtk_box_append (GTK_BOX (box), create_list (self));
  gtk_widget_set_size_request (box, 220, -1);
  gtk_popover_set_child (GTK_POPOVER (self), box);
}

GtkWidget *
runnel_step_chooser_new (void)
{
  return g_object_new (RUNNEL_TYPE_STEP_CHOOSER, NULL);
}

/**
 * runnel_step_chooser_fill:
 * @pipeline: whose steps are offered
 * @filter: (scope call): which of them
 *
 * Offers the steps that there are now.
 */
void
runnel_step_chooser_fill (RunnelStepChooser *self,
                          RunnelPipeline    *pipeline,
                          RunnelStepFilter   filter,
                          gpointer           user_data)
{
  g_autoptr(GPtrArray) ids = g_ptr_array_new ();

  g_return_if_fail (RUNNEL_IS_STEP_CHOOSER (self));

  g_clear_pointer (&self->titles, g_hash_table_unref);
  self->titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < runnel_pipeline_get_n_steps (pipeline); i++)
    {
      RunnelStep *step = runnel_pipeline_get_step (pipeline, i);

      if (!filter (pipeline, step, user_data))
        continue;
      g_hash_table_insert (self->titles, g_strdup (step->id),
                           g_strdup (runnel_step_get_title (step)));
      g_ptr_array_add (ids, (char *) step->id);
    }
  g_ptr_array_add (ids, NULL);
  gtk_string_list_splice (self->ids, 0, g_list_model_get_n_items (G_LIST_MODEL (self->ids)),
                          (const char *const *) ids->pdata);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
}
