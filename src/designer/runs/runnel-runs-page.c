/* runnel-runs-page.c: the history of runs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/runs/runnel-designer-history.h"
#include "designer/runs/runnel-run-row.h"
#include "designer/runs/runnel-runs-page-private.h"

G_DEFINE_FINAL_TYPE (RunnelRunsPage, runnel_runs_page, RUNNEL_TYPE_PAGE)

static guint run_activated_signal;

static RunnelRunsModel *
get_model (RunnelRunsPage *self)
{
  return runnel_runs_feed_get_model (self->feed);
}

/* --- What is shown ------------------------------------------------------------------------- */

static void
selection_changed_cb (RunnelRunsPage *self)
{
  runnel_runs_bar_set_selected (self->bar, runnel_runs_model_n_selected (get_model (self)),
                                self->selecting);
  _runnel_runs_page_actions_update (self);
}

static const char *
choose_child (RunnelRunsPage *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (get_model (self))) > 0)
    return "list";
  return runnel_run_filter_is_empty (runnel_run_query_get_filter (self->query)) ? "empty"
                                                                                : "no-match";
}

static GtkAdjustment *
get_adjustment (RunnelRunsPage *self)
{
  return gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->list_view));
}

/* A list at its top stays there when a run is added above; one that was scrolled keeps its place. */
static void
keep_at_top (RunnelRunsPage *self,
             gboolean        is_other)
{
  if (is_other || gtk_adjustment_get_value (get_adjustment (self)) < 1)
    gtk_widget_activate_action (GTK_WIDGET (self->list_view), "list.scroll-to-item", "u", 0);
}

static gboolean
has_keyboard (RunnelRunsPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list_view));
}

/* The view hears of it after us: when the row that has the keyboard goes, GTK gives the keyboard to
 * whatever comes next in the window. */
static void
items_changed_cb (RunnelRunsPage *self)
{
  self->had_keyboard = self->had_keyboard || has_keyboard (self);
}

static void
found_cb (RunnelRunsPage *self,
          gboolean        is_other)
{
  gboolean is_first = g_str_equal (gtk_stack_get_visible_child_name (self->stack), "loading");
  guint n_found = g_list_model_get_n_items (G_LIST_MODEL (get_model (self)));

  gtk_stack_set_visible_child_name (self->stack, choose_child (self));
  selection_changed_cb (self);
  runnel_runs_bar_set_counts (self->bar, n_found, runnel_runs_feed_get_n_all (self->feed));
  if (n_found > 0)
    keep_at_top (self, is_other);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) &&
      (is_first || (self->had_keyboard && !has_keyboard (self))))
    runnel_page_focus (RUNNEL_PAGE (self));
  self->had_keyboard = FALSE;
}

static void
failed_cb (RunnelRunsPage *self,
           const char     *text)
{
  adw_status_page_set_description (self->error_page, text);
  gtk_stack_set_visible_child_name (self->stack, "error");
}

/* --- Rows ------------------------------------------------------------------------------------- */

#define FOREACH_ROW(self, row) \
  for (GtkWidget *cell = gtk_widget_get_first_child (GTK_WIDGET ((self)->list_view)), *row; \
       cell != NULL && ((row = gtk_widget_get_first_child (cell)), TRUE); \
       cell = gtk_widget_get_next_sibling (cell)) \
    if (RUNNEL_IS_RUN_ROW (row))

static void
tick_cb (RunnelRunsPage *self)
{
  FOREACH_ROW (self, row)
    runnel_run_row_tick (RUNNEL_RUN_ROW (row));
}

static void
toggled_cb (RunnelRunsPage *self,
            RunnelRunRow   *row)
{
  GtkListItem *list_item = g_object_get_data (G_OBJECT (row), "list-item");
  GtkSelectionModel *model = GTK_SELECTION_MODEL (get_model (self));
  guint position = gtk_list_item_get_position (list_item);

  if (gtk_selection_model_is_selected (model, position))
    gtk_selection_model_unselect_item (model, position);
  else
    gtk_selection_model_select_item (model, position, FALSE);
}

static void
setup_row_cb (RunnelRunsPage *self,
              GtkListItem    *list_item)
{
  GtkWidget *row = runnel_run_row_new ();

  g_object_set_data (G_OBJECT (row), "list-item", list_item);
  g_object_bind_property (list_item, "selected", row, "selected", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (row, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  gtk_list_item_set_child (list_item, row);
}

static void
bind_row_cb (RunnelRunsPage *self,
             GtkListItem    *list_item)
{
  RunnelRunRow *row = RUNNEL_RUN_ROW (gtk_list_item_get_child (list_item));
  RunnelRunItem *item = gtk_list_item_get_item (list_item);

  runnel_run_row_set_selecting (row, self->selecting);
  runnel_run_row_set_item (row, item);
  runnel_run_loader_show (runnel_runs_feed_get_loader (self->feed), item);
}

static void
unbind_row_cb (RunnelRunsPage *self,
               GtkListItem    *list_item)
{
  RunnelRunRow *row = RUNNEL_RUN_ROW (gtk_list_item_get_child (list_item));

  runnel_run_loader_hide (runnel_runs_feed_get_loader (self->feed),
                          gtk_list_item_get_item (list_item));
  runnel_run_row_set_item (row, NULL);
}

static GtkListItemFactory *
make_row_factory (RunnelRunsPage *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_swapped (factory, "setup", G_CALLBACK (setup_row_cb), self);
  g_signal_connect_swapped (factory, "bind", G_CALLBACK (bind_row_cb), self);
  g_signal_connect_swapped (factory, "unbind", G_CALLBACK (unbind_row_cb), self);
  return factory;
}

static void
activate_cb (RunnelRunsPage *self,
             guint           position)
{
  g_signal_emit (self, run_activated_signal, 0, runnel_runs_model_get_run (get_model (self), position));
}

/* --- The context menu ------------------------------------------------------------------------------ */

static RunnelRunRow *
find_row_at (RunnelRunsPage *self,
             double          x,
             double          y)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self->list_view), x, y, GTK_PICK_DEFAULT);
  GtkWidget *row = picked != NULL ? gtk_widget_get_ancestor (picked, RUNNEL_TYPE_RUN_ROW) : NULL;

  if (row == NULL && picked != NULL) /* between the row and the edge of its cell */
    row = gtk_widget_get_first_child (picked);
  return RUNNEL_IS_RUN_ROW (row) ? RUNNEL_RUN_ROW (row) : NULL;
}

static RunnelRunRow *
find_focused_row (RunnelRunsPage *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  GtkWidget *row = focus != NULL ? gtk_widget_get_first_child (focus) : NULL;

  return RUNNEL_IS_RUN_ROW (row) ? RUNNEL_RUN_ROW (row) : NULL;
}

/* The menu is about the selected runs; a row that is not among them becomes the only one. */
static void
open_menu (RunnelRunsPage *self,
           RunnelRunRow   *row,
           double          x,
           double          y)
{
  GtkSelectionModel *model = GTK_SELECTION_MODEL (get_model (self));
  GtkListItem *list_item = g_object_get_data (G_OBJECT (row), "list-item");
  guint position = gtk_list_item_get_position (list_item);

  if (!gtk_selection_model_is_selected (model, position))
    gtk_selection_model_select_item (model, position, TRUE);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &(GdkRectangle) { x, y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
right_click_cb (RunnelRunsPage  *self,
                int              n_press,
                double           x,
                double           y,
                GtkGestureClick *click)
{
  RunnelRunRow *row = find_row_at (self, x, y);

  if (row == NULL)
    return;
  gtk_gesture_set_state (GTK_GESTURE (click), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (gtk_widget_get_parent (GTK_WIDGET (row)));
  gtk_widget_translate_coordinates (GTK_WIDGET (self->list_view), GTK_WIDGET (self), x, y, &x, &y);
  open_menu (self, row, x, y);
}

static void
long_press_cb (RunnelRunsPage      *self,
               double               x,
               double               y,
               GtkGestureLongPress *press)
{
  if (find_row_at (self, x, y) == NULL)
    return;
  gtk_gesture_set_state (GTK_GESTURE (press), GTK_EVENT_SEQUENCE_CLAIMED);
  _runnel_runs_page_set_selecting (self, TRUE);
  toggled_cb (self, find_row_at (self, x, y));
}

static gboolean
menu_key_cb (GtkWidget *widget,
             GVariant  *arguments,
             gpointer   user_data)
{
  RunnelRunsPage *self = RUNNEL_RUNS_PAGE (widget);
  RunnelRunRow *row = find_focused_row (self);
  double x, y;

  if (row == NULL)
    return GDK_EVENT_PROPAGATE;
  gtk_widget_translate_coordinates (GTK_WIDGET (row), widget, 0, gtk_widget_get_height (GTK_WIDGET (row)),
                                    &x, &y);
  open_menu (self, row, x, y);
  return GDK_EVENT_STOP;
}

/* --- Selection ---------------------------------------------------------------------------------------- */

void
_runnel_runs_page_set_selecting (RunnelRunsPage *self,
                                 gboolean        selecting)
{
  self->selecting = selecting;
  FOREACH_ROW (self, row)
    runnel_run_row_set_selecting (RUNNEL_RUN_ROW (row), selecting);
  if (!selecting)
    gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (get_model (self)));
  selection_changed_cb (self);
}

/* Escape takes back what was begun last, and the page itself at the end. */
static gboolean
escape_cb (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   user_data)
{
  RunnelRunsPage *self = RUNNEL_RUNS_PAGE (widget);

  if (self->selecting || runnel_runs_model_n_selected (get_model (self)) > 1)
    _runnel_runs_page_set_selecting (self, FALSE);
  else if (*runnel_run_query_get_text (self->query) != '\0')
    runnel_run_query_type (self->query, "");
  else
    gtk_widget_activate_action (widget, "win.close-tab", NULL);
  return GDK_EVENT_STOP;
}

/* --- The page -------------------------------------------------------------------------------------------- */

static void
runnel_runs_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (runnel_runs_page_parent_class)->map (widget);
  runnel_runs_feed_start (RUNNEL_RUNS_PAGE (widget)->feed);
}

static void
runnel_runs_page_unmap (GtkWidget *widget)
{
  runnel_runs_feed_stop (RUNNEL_RUNS_PAGE (widget)->feed);
  GTK_WIDGET_CLASS (runnel_runs_page_parent_class)->unmap (widget);
}

static void
runnel_runs_page_grab_focus (RunnelPage *page)
{
  RunnelRunsPage *self = RUNNEL_RUNS_PAGE (page);

  if (g_str_equal (gtk_stack_get_visible_child_name (self->stack), "list"))
    gtk_widget_grab_focus (GTK_WIDGET (self->list_view));
  else
    gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
}

static void
focus_list (RunnelRunsPage *self)
{
  runnel_runs_page_grab_focus (RUNNEL_PAGE (self));
}

static void
runnel_runs_page_dispose (GObject *object)
{
  RunnelRunsPage *self = RUNNEL_RUNS_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  if (self->menu != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->menu));
  if (self->list_view != NULL)
    { /* rows are unbound while there is a feed to be told */
      gtk_list_view_set_model (self->list_view, NULL);
      gtk_list_view_set_factory (self->list_view, NULL);
    }
  gtk_widget_dispose_template (GTK_WIDGET (self), RUNNEL_TYPE_RUNS_PAGE);
  if (self->feed != NULL)
    g_object_run_dispose (G_OBJECT (self->feed));
  g_clear_object (&self->feed);
  g_clear_object (&self->query);

  G_OBJECT_CLASS (runnel_runs_page_parent_class)->dispose (object);
}

static void
runnel_runs_page_finalize (GObject *object)
{
  g_object_unref (RUNNEL_RUNS_PAGE (object)->cancellable);

  G_OBJECT_CLASS (runnel_runs_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (RUNNEL_TYPE_JOB_BAR);
  g_type_ensure (RUNNEL_TYPE_RUNS_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/runnel/Runnel/runnel-runs-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RunnelRunsPage, bar);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunsPage, error_page);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunsPage, list_view);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunsPage, menu);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunsPage, job_bar);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, right_click_cb);
  gtk_widget_class_bind_template_callback (widget_class, long_press_cb);
  gtk_widget_class_bind_template_callback (widget_class, focus_list);
}

static void
runnel_runs_page_class_init (RunnelRunsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = runnel_runs_page_dispose;
  object_class->finalize = runnel_runs_page_finalize;
  widget_class->map = runnel_runs_page_map;
  widget_class->unmap = runnel_runs_page_unmap;
  RUNNEL_PAGE_CLASS (klass)->grab_focus = runnel_runs_page_grab_focus;

  run_activated_signal =
    g_signal_new ("run-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  g_signal_new ("search-logs", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, G_TYPE_ARRAY);
  g_signal_new ("message", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, G_TYPE_STRING);

  bind_template (widget_class);
  _runnel_runs_page_actions_class_init (klass);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, 0, menu_key_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, menu_key_cb, NULL);
}

static void
add_feed (RunnelRunsPage *self)
{
  g_autoptr(GtkListItemFactory) factory = make_row_factory (self);

  self->feed = runnel_runs_feed_new (runnel_designer_get_history (), self->query);
  g_signal_connect_object (self->feed, "found", G_CALLBACK (found_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->feed, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->feed, "tick", G_CALLBACK (tick_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_model (self), "selection-changed",
                           G_CALLBACK (selection_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_model (self), "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list_view, factory);
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (get_model (self)));
}

static void
runnel_runs_page_init (RunnelRunsPage *self)
{
  self->cancellable = g_cancellable_new ();
  self->query = g_object_ref (runnel_run_query_get_default ());
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->menu), GTK_WIDGET (self));
  add_feed (self);
  runnel_runs_bar_bind (self->bar, self->query, runnel_designer_get_history ());
  runnel_runs_bar_set_menu (self->bar, gtk_popover_menu_get_menu_model (self->menu));
  runnel_runs_bar_set_key_capture (self->bar, GTK_WIDGET (self->list_view));
  _runnel_runs_page_actions_init (self);

  runnel_page_set_title (RUNNEL_PAGE (self), _("Runs"));
  runnel_page_set_icon_name (RUNNEL_PAGE (self), "document-open-recent-symbolic");
}

/**
 * runnel_runs_page_new:
 *
 * The list of all runs, latest first, which follows what happens while it is on the screen.
 *
 * Returns: (transfer floating): the page
 */
RunnelPage *
runnel_runs_page_new (void)
{
  return g_object_new (RUNNEL_TYPE_RUNS_PAGE, NULL);
}
