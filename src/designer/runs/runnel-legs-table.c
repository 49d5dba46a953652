/* runnel-legs-table.c: the legs of a matrix step, one in a row
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/runs/runnel-legs-table.h"
#include "designer/runs/runnel-state-label.h"
#include "util/runnel-format.h"

struct _RunnelLegsTable
{
  GtkWidget parent_instance;

  GtkColumnView *view;
  GListStore *store;              /* of RunnelLegItem, in the order of their numbers */
  GHashTable *by_id;              /* id (borrowed) -> RunnelLegItem (borrowed) */
  GtkSingleSelection *selection;
  GStrv axes;                     /* that have a column */
  char *selected;                 /* the id that was told last, or NULL */
};

G_DEFINE_FINAL_TYPE (RunnelLegsTable, runnel_legs_table, GTK_TYPE_WIDGET)

static guint selected_signal;

/* --- Columns ----------------------------------------------------------------- */

typedef struct
{
  char *axis; /* whose values it shows; NULL for all else */
  char *(*get_text) (RunnelLegItem *item, const char *axis);
  int (*compare) (RunnelLegItem *a, RunnelLegItem *b, const char *axis);
} Column;

static void
column_free (gpointer data)
{
  Column *self = data;

  g_free (self->axis);
  g_free (self);
}

static int
compare_numbers (gint64 a,
                 gint64 b)
{
  return (a > b) - (a < b);
}

static char *
get_number_text (RunnelLegItem *item,
                 const char    *axis)
{
  return g_strdup_printf ("%u", runnel_leg_item_get_number (item));
}

static int
compare_leg_numbers (RunnelLegItem *a,
                     RunnelLegItem *b,
                     const char    *axis)
{
  return compare_numbers (runnel_leg_item_get_number (a), runnel_leg_item_get_number (b));
}

/* "9" comes before "10". */
static int
compare_values (RunnelLegItem *a,
                RunnelLegItem *b,
                const char    *axis)
{
  g_autofree char *left = runnel_leg_item_get_value (a, axis);
  g_autofree char *right = runnel_leg_item_get_value (b, axis);
  g_autofree char *left_key = g_utf8_collate_key_for_filename (left, -1);
  g_autofree char *right_key = g_utf8_collate_key_for_filename (right, -1);

  return strcmp (left_key, right_key);
}

static int
compare_states (RunnelLegItem *a,
                RunnelLegItem *b,
                const char    *axis)
{
  return compare_numbers (runnel_leg_item_get_facts (a)->state,
                          runnel_leg_item_get_facts (b)->state);
}

static char *
get_attempts_text (RunnelLegItem *item,
                   const char    *axis)
{
  guint attempts = runnel_leg_item_get_facts (item)->attempts;

  return attempts > 0 ? g_strdup_printf ("%u", attempts) : g_strdup ("");
}

static int
compare_attempts (RunnelLegItem *a,
                  RunnelLegItem *b,
                  const char    *axis)
{
  return compare_numbers (runnel_leg_item_get_facts (a)->attempts,
                          runnel_leg_item_get_facts (b)->attempts);
}

static char *
get_duration_text (RunnelLegItem *item,
                   const char    *axis)
{
  gint64 duration = runnel_leg_item_get_duration (item, g_get_real_time ());

  return duration >= 0 ? runnel_format_duration (duration) : g_strdup ("");
}

static int
compare_durations (RunnelLegItem *a,
                   RunnelLegItem *b,
                   const char    *axis)
{
  gint64 now = g_get_real_time ();

  return compare_numbers (runnel_leg_item_get_duration (a, now),
                          runnel_leg_item_get_duration (b, now));
}

static char *
get_exit_code_text (RunnelLegItem *item,
                    const char    *axis)
{
  int exit_code = runnel_leg_item_get_facts (item)->exit_code;

  return exit_code >= 0 ? g_strdup_printf ("%d", exit_code) : g_strdup ("");
}

static int
compare_exit_codes (RunnelLegItem *a,
                    RunnelLegItem *b,
                    const char    *axis)
{
  return compare_numbers (runnel_leg_item_get_facts (a)->exit_code,
                          runnel_leg_item_get_facts (b)->exit_code);
}

static int
sort_cb (gconstpointer a,
         gconstpointer b,
         gpointer      user_data)
{
  const Column *column = user_data;

  return column->compare ((RunnelLegItem *) a, (RunnelLegItem *) b, column->axis);
}

/* --- Cells -------------------------------------------------------------------- */

#define COLUMN "runnel-column"

static void
show_cell (GtkListItem *cell)
{
  const Column *column = g_object_get_data (G_OBJECT (cell), COLUMN);
  RunnelLegItem *item = gtk_list_item_get_item (cell);
  GtkWidget *child = gtk_list_item_get_child (cell);

  if (column->get_text == NULL)
    runnel_state_label_set_state (RUNNEL_STATE_LABEL (child),
                                  runnel_leg_item_get_facts (item)->state);
  else
    {
      g_autofree char *text = column->get_text (item, column->axis);

      gtk_label_set_label (GTK_LABEL (child), text);
    }
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *cell,
          Column                   *column)
{
  GtkWidget *child = column->get_text == NULL ? runnel_state_label_new () : gtk_label_new (NULL);

  if (GTK_IS_LABEL (child))
    {
      gtk_label_set_xalign (GTK_LABEL (child), column->axis != NULL ? 0 : 1);
      gtk_label_set_ellipsize (GTK_LABEL (child), PANGO_ELLIPSIZE_END);
      gtk_label_set_width_chars (GTK_LABEL (child), column->axis != NULL ? 8 : 3);
      gtk_widget_add_css_class (child, "numeric");
    }
  g_object_set_data (G_OBJECT (cell), COLUMN, column);
  gtk_list_item_set_child (cell, child);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *cell)
{
  show_cell (cell);
  g_signal_connect_object (gtk_list_item_get_item (cell), "changed", G_CALLBACK (show_cell), cell,
                           G_CONNECT_SWAPPED);
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *cell)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (cell), show_cell, cell);
}

/* Takes @column. */
static GtkColumnViewColumn *
add_column (RunnelLegsTable *self,
            const char      *title,
            Column          *column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *view_column = gtk_column_view_column_new (title, factory);
  g_autoptr(GtkSorter) sorter =
    GTK_SORTER (gtk_custom_sorter_new (sort_cb, column, NULL));

  /* The factory is the last to go of those that know the column. */
  g_object_set_data_full (G_OBJECT (factory), COLUMN, column, column_free);
  g_object_set_data_full (G_OBJECT (sorter), "runnel-factory", g_object_ref (factory),
                          g_object_unref);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), column);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  gtk_column_view_column_set_sorter (view_column, sorter);
  gtk_column_view_column_set_resizable (view_column, TRUE);
  gtk_column_view_append_column (self->view, view_column);
  g_object_unref (view_column);
  return view_column;
}

static Column *
column_new (const char *axis,
            char     *(*get_text) (RunnelLegItem *item, const char *axis),
            int       (*compare) (RunnelLegItem *a, RunnelLegItem *b, const char *axis))
{
  Column *column = g_new0 (Column, 1);

  column->axis = g_strdup (axis);
  column->get_text = get_text;
  column->compare = compare;
  return column;
}

static void
remove_columns (RunnelLegsTable *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);

  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);

      gtk_column_view_remove_column (self->view, column);
    }
}

static void
build_columns (RunnelLegsTable *self)
{
  GtkColumnViewColumn *number;

  remove_columns (self);
  number = add_column (self, "#", column_new (NULL, get_number_text, compare_leg_numbers));
  for (guint i = 0; self->axes[i] != NULL; i++)
    gtk_column_view_column_set_expand (
      add_column (self, self->axes[i],
                  column_new (self->axes[i], runnel_leg_item_get_value, compare_values)),
      TRUE);
  add_column (self, _("State"), column_new (NULL, NULL, compare_states));
  add_column (self, _("Attempts"), column_new (NULL, get_attempts_text, compare_attempts));
  add_column (self, _("Duration"), column_new (NULL, get_duration_text, compare_durations));
  add_column (self, _("Exit Code"), column_new (NULL, get_exit_code_text, compare_exit_codes));
  gtk_column_view_sort_by_column (self->view, number, GTK_SORT_ASCENDING);
}

/* Returns: (transfer full): every axis that a leg has a value of, in the order of the first leg
 * that has it */
static GStrv
collect_axes (const RunnelLegFacts *legs,
              guint                 n_legs)
{
  g_autoptr(GStrvBuilder) axes = g_strv_builder_new ();
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  JsonObjectIter iter;
  const char *axis;

  for (guint i = 0; i < n_legs; i++)
    {
      if (legs[i].matrix == NULL)
        continue;
      json_object_iter_init_ordered (&iter, legs[i].matrix);
      while (json_object_iter_next_ordered (&iter, &axis, NULL))
        if (g_hash_table_add (seen, (gpointer) axis))
          g_strv_builder_add (axes, axis);
    }
  return g_strv_builder_end (axes);
}

static void
update_columns (RunnelLegsTable      *self,
                const RunnelLegFacts *legs,
                guint                 n_legs)
{
  g_auto(GStrv) axes = collect_axes (legs, n_legs);

  if (self->axes != NULL && g_strv_equal ((const char *const *) axes,
                                          (const char *const *) self->axes))
    return;
  g_strfreev (self->axes);
  self->axes = g_steal_pointer (&axes);
  build_columns (self);
}

/* --- The table ------------------------------------------------------------------ */

/* A selection that only moved, because of the order, is none. */
static void
selected_cb (RunnelLegsTable *self)
{
  const char *id = runnel_legs_table_get_selection (self);

  if (g_strcmp0 (id, self->selected) == 0)
    return;
  g_free (self->selected);
  self->selected = g_strdup (id);
  g_signal_emit (self, selected_signal, 0);
}

static void
runnel_legs_table_dispose (GObject *object)
{
  RunnelLegsTable *self = RUNNEL_LEGS_TABLE (object);
  GtkWidget *child;

  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->selection);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (runnel_legs_table_parent_class)->dispose (object);
}

static void
runnel_legs_table_finalize (GObject *object)
{
  RunnelLegsTable *self = RUNNEL_LEGS_TABLE (object);

  g_hash_table_unref (self->by_id);
  g_strfreev (self->axes);
  g_free (self->selected);

  G_OBJECT_CLASS (runnel_legs_table_parent_class)->finalize (object);
}

static void
runnel_legs_table_class_init (RunnelLegsTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = runnel_legs_table_dispose;
  G_OBJECT_CLASS (klass)->finalize = runnel_legs_table_finalize;

  selected_signal = g_signal_new ("selected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
runnel_legs_table_init (RunnelLegsTable *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *view = gtk_column_view_new (NULL);
  GtkSortListModel *sorted;

  self->view = GTK_COLUMN_VIEW (view);
  self->store = g_list_store_new (RUNNEL_TYPE_LEG_ITEM);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  sorted = gtk_sort_list_model_new (G_LIST_MODEL (g_object_ref (self->store)),
                                    g_object_ref (gtk_column_view_get_sorter (self->view)));
  self->selection = gtk_single_selection_new (G_LIST_MODEL (sorted));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  gtk_widget_add_css_class (view, "data-table");
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Legs"),
                                  -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_widget_set_parent (scroller, GTK_WIDGET (self));
  g_signal_connect_swapped (self->selection, "notify::selected-item", G_CALLBACK (selected_cb),
                            self);
}

/**
 * runnel_legs_table_new:
 *
 * Returns: (transfer floating): a table that is empty
 */
GtkWidget *
runnel_legs_table_new (void)
{
  return g_object_new (RUNNEL_TYPE_LEGS_TABLE, NULL);
}

static void
append_leg (RunnelLegsTable      *self,
            const RunnelLegFacts *facts)
{
  g_autoptr(RunnelLegItem) item = runnel_leg_item_new (facts);

  g_hash_table_insert (self->by_id, (gpointer) runnel_leg_item_get_facts (item)->id, item);
  g_list_store_append (self->store, item);
}

/* Whether every leg in the table is among @legs. */
static gboolean
goes_on (RunnelLegsTable      *self,
         const RunnelLegFacts *legs,
         guint                 n_legs)
{
  guint n_known = 0;

  for (guint i = 0; i < n_legs; i++)
    n_known += g_hash_table_contains (self->by_id, legs[i].id);
  return n_known == g_hash_table_size (self->by_id);
}

/**
 * runnel_legs_table_set_legs:
 * @legs: (array length=n_legs): what is known of them now
 *
 * Shows the legs. Those of the same step as before keep their place and the selection.
 */
void
runnel_legs_table_set_legs (RunnelLegsTable      *self,
                            const RunnelLegFacts *legs,
                            guint                 n_legs)
{
  gboolean changed = FALSE;

  g_return_if_fail (RUNNEL_IS_LEGS_TABLE (self));

  if (!goes_on (self, legs, n_legs))
    {
      g_hash_table_remove_all (self->by_id);
      g_list_store_remove_all (self->store);
    }
  update_columns (self, legs, n_legs);
  for (guint i = 0; i < n_legs; i++)
    {
      RunnelLegItem *item = g_hash_table_lookup (self->by_id, legs[i].id);

      if (item != NULL)
        changed |= runnel_leg_item_update (item, &legs[i]);
      else
        append_leg (self, &legs[i]);
    }
  if (changed)
    gtk_sorter_changed (gtk_column_view_get_sorter (self->view), GTK_SORTER_CHANGE_DIFFERENT);
}

guint
runnel_legs_table_get_n_legs (RunnelLegsTable *self)
{
  g_return_val_if_fail (RUNNEL_IS_LEGS_TABLE (self), 0);

  return g_list_model_get_n_items (G_LIST_MODEL (self->store));
}

/**
 * runnel_legs_table_get_selection:
 *
 * Returns: (transfer none) (nullable): the id of the selected leg
 */
const char *
runnel_legs_table_get_selection (RunnelLegsTable *self)
{
  RunnelLegItem *item;

  g_return_val_if_fail (RUNNEL_IS_LEGS_TABLE (self), NULL);

  item = gtk_single_selection_get_selected_item (self->selection);
  return item != NULL ? runnel_leg_item_get_facts (item)->id : NULL;
}

/* The list within the view scrolls, on an action that GTK documents. */
static void
scroll_to (RunnelLegsTable *self,
           guint            position)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->view)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_LIST_VIEW (child))
      gtk_widget_activate_action (child, "list.scroll-to-item", "u", position);
}

/**
 * runnel_legs_table_select:
 * @id: (nullable): the id of a leg, %NULL for none
 */
void
runnel_legs_table_select (RunnelLegsTable *self,
                          const char      *id)
{
  GListModel *model;

  g_return_if_fail (RUNNEL_IS_LEGS_TABLE (self));

  model = gtk_single_selection_get_model (self->selection);
  for (guint i = 0; id != NULL && i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr(RunnelLegItem) item = g_list_model_get_item (model, i);

      if (g_str_equal (runnel_leg_item_get_facts (item)->id, id))
        {
          gtk_single_selection_set_selected (self->selection, i);
          scroll_to (self, i);
          return;
        }
    }
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
}
