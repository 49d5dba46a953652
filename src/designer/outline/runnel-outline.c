/* runnel-outline.c: the steps of a pipeline as a list beside the canvas
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The selection is that of the canvas: each follows the other. For one who does not see the canvas
 * this is the way through the pipeline.
 */
#include "config.h"

#include "designer/outline/runnel-outline-row.h"
#include "designer/outline/runnel-outline.h"
#include "designer/runnel-settings.h"

struct _RunnelOutline
{
  AdwBin parent_instance;

  /* Template Widgets */
  GtkEditable *search;
  GtkStack *stack;
  GtkListView *list;

  RunnelCanvas *canvas;     /* borrowed: the page has both */
  RunnelOutlineModel *model;
  GtkSelectionModel *selection;
  GHashTable *rows;         /* set of RunnelOutlineRow that show something: a screenful */
  gboolean is_following;    /* the selection changes here because it did on the canvas */
};

G_DEFINE_FINAL_TYPE (RunnelOutline, runnel_outline, ADW_TYPE_BIN)

/* --- The selection --- */

static void
scroll_to (RunnelOutline *self,
           guint          position)
{
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position);
}

static void
follow_canvas (RunnelOutline *self)
{
  g_auto(GStrv) ids = NULL;
  g_autoptr(GtkBitset) selected = gtk_bitset_new_empty ();
  g_autoptr(GtkBitset) all = NULL;
  guint position;

  if (self->is_following || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  ids = runnel_canvas_get_selection (self->canvas);
  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    if (runnel_outline_model_find_step (self->model, ids[i], &position))
      gtk_bitset_add (selected, position);

  all = gtk_bitset_new_range (0, g_list_model_get_n_items (G_LIST_MODEL (self->model)));
  self->is_following = TRUE;
  gtk_selection_model_set_selection (self->selection, selected, all);
  self->is_following = FALSE;
  if (gtk_bitset_get_size (selected) == 1)
    scroll_to (self, gtk_bitset_get_minimum (selected));
}

static GStrv
list_selected (RunnelOutline *self)
{
  g_autoptr(GtkBitset) selected = gtk_selection_model_get_selection (self->selection);
  g_autoptr(GPtrArray) ids = g_ptr_array_new ();
  GtkBitsetIter iter;
  guint position;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, selected, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    {
      g_autoptr(RunnelOutlineItem) item = g_list_model_get_item (G_LIST_MODEL (self->model),
                                                                 position);

      if (!runnel_outline_item_is_group (item))
        g_ptr_array_add (ids, g_strdup (runnel_outline_item_get_id (item)));
    }

  g_ptr_array_add (ids, NULL);
  return (GStrv) g_ptr_array_steal (ids, NULL);
}

/* Changes of the model that take selected rows away also come here: then the canvas knows better. */
static void
lead_canvas (RunnelOutline *self)
{
  g_auto(GStrv) ids = NULL;

  if (self->is_following)
    return;

  ids = list_selected (self);
  self->is_following = TRUE;
  runnel_canvas_set_selection (self->canvas, (const char *const *) ids);
  if (g_strv_length (ids) == 1)
    runnel_canvas_reveal (self->canvas, ids[0]);
  self->is_following = FALSE;
}

/* --- What a row is asked for --- */

static void
toggle_group (RunnelOutline     *self,
              RunnelOutlineItem *item)
{
  const char *id = runnel_outline_item_get_id (item);

  runnel_outline_model_set_closed (self->model, id,
                                   !runnel_outline_model_is_closed (self->model, id));
  runnel_outline_item_changed (item);
  follow_canvas (self);
}

static void
activate_cb (RunnelOutline *self,
             guint          position)
{
  g_autoptr(RunnelOutlineItem) item = g_list_model_get_item (G_LIST_MODEL (self->model), position);
  const char *id = runnel_outline_item_get_id (item);

  if (runnel_outline_item_is_group (item))
    {
      toggle_group (self, item);
      return;
    }

  runnel_canvas_reveal (self->canvas, id);
  gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
}

static RunnelOutlineRow *
get_focus_row (RunnelOutline *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *child = focus != NULL ? gtk_widget_get_first_child (focus) : NULL;

  return RUNNEL_IS_OUTLINE_ROW (child) ? RUNNEL_OUTLINE_ROW (child) : NULL;
}

static void
popup_menu (RunnelOutline    *self,
            RunnelOutlineRow *row,
            double            x,
            double            y)
{
  RunnelOutlineItem *item = runnel_outline_row_get_item (row);
  guint position;

  if (item == NULL || runnel_outline_item_is_group (item)
      || !runnel_outline_model_find_step (self->model, runnel_outline_item_get_id (item),
                                          &position))
    return;

  if (!gtk_selection_model_is_selected (self->selection, position))
    gtk_selection_model_select_item (self->selection, position, TRUE);
  runnel_canvas_popup_step_menu (self->canvas, GTK_WIDGET (row), x, y);
}

static void
close_group (RunnelOutline *self,
             gboolean       closed)
{
  RunnelOutlineRow *row = get_focus_row (self);
  RunnelOutlineItem *item = row != NULL ? runnel_outline_row_get_item (row) : NULL;

  if (item != NULL && runnel_outline_item_is_group (item)
      && runnel_outline_model_is_closed (self->model, runnel_outline_item_get_id (item)) != closed)
    toggle_group (self, item);
}

static void
popup_menu_at_focus (RunnelOutline *self)
{
  RunnelOutlineRow *row = get_focus_row (self);

  if (row != NULL)
    popup_menu (self, row, gtk_widget_get_width (GTK_WIDGET (row)) / 2.0,
                gtk_widget_get_height (GTK_WIDGET (row)));
}

static gboolean
key_cb (RunnelOutline   *self,
        guint            keyval,
        guint            keycode,
        GdkModifierType  modifiers)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  if (modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK))
    return GDK_EVENT_PROPAGATE;

  switch (keyval)
    {
    case GDK_KEY_Delete:
    case GDK_KEY_KP_Delete:
      gtk_widget_activate_action (GTK_WIDGET (self->canvas), "canvas.delete", NULL);
      return GDK_EVENT_STOP;
    case GDK_KEY_F2:
      gtk_widget_activate_action (GTK_WIDGET (self->canvas), "canvas.rename", NULL);
      return GDK_EVENT_STOP;
    case GDK_KEY_F10:
      if (!(modifiers & GDK_SHIFT_MASK))
        return GDK_EVENT_PROPAGATE;
      popup_menu_at_focus (self);
      return GDK_EVENT_STOP;
    case GDK_KEY_Menu:
      popup_menu_at_focus (self);
      return GDK_EVENT_STOP;
    case GDK_KEY_Left:
    case GDK_KEY_Right:
      close_group (self, (keyval == GDK_KEY_Left) != rtl);
      return GDK_EVENT_STOP;
    case GDK_KEY_Escape:
      gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
pressed_cb (GtkGestureClick *click,
            int              n_press,
            double           x,
            double           y,
            gpointer         user_data)
{
  RunnelOutline *self = user_data;
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (click));

  gtk_gesture_set_state (GTK_GESTURE (click), GTK_EVENT_SEQUENCE_CLAIMED);
  popup_menu (self, RUNNEL_OUTLINE_ROW (row), x, y);
}

/* --- Rows --- */

static void
setup_cb (RunnelOutline *self,
          GtkListItem   *list_item)
{
  GtkWidget *row = runnel_outline_row_new (self->model, self->canvas);
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (click));
  gtk_list_item_set_child (list_item, row);
}

static void
bind_cb (RunnelOutline *self,
         GtkListItem   *list_item)
{
  RunnelOutlineItem *item = gtk_list_item_get_item (list_item);
  RunnelOutlineRow *row = RUNNEL_OUTLINE_ROW (gtk_list_item_get_child (list_item));

  gtk_list_item_set_selectable (list_item, !runnel_outline_item_is_group (item));
  runnel_outline_row_set_item (row, item);
  g_hash_table_add (self->rows, row);
}

static void
unbind_cb (RunnelOutline *self,
           GtkListItem   *list_item)
{
  RunnelOutlineRow *row = RUNNEL_OUTLINE_ROW (gtk_list_item_get_child (list_item));

  runnel_outline_row_set_item (row, NULL);
  g_hash_table_remove (self->rows, row);
}

/* Only the rows that are seen, so that a run of thousands of steps costs no more than one of few. */
static void
update_marks (RunnelOutline *self)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &row, NULL))
    runnel_outline_row_update_marks (row);
}

/* --- The panel --- */

static void
items_changed_cb (RunnelOutline *self)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->model));

  gtk_stack_set_visible_child_name (self->stack, n_items > 0 ? "steps" : "none");
}

static void
search_changed_cb (RunnelOutline *self)
{
  self->is_following = TRUE;
  runnel_outline_model_set_filter (self->model, gtk_editable_get_text (self->search));
  self->is_following = FALSE;
  follow_canvas (self);
}

static void
focus_list_cb (RunnelOutline *self)
{
  gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
}

static void
order_changed_cb (RunnelOutline *self)
{
  runnel_outline_model_set_order (self->model,
                                  g_settings_get_enum (runnel_settings_get (), "outline-order"));
  follow_canvas (self);
}

static void
document_changed_cb (RunnelOutline *self)
{
  runnel_outline_model_set_pipeline (self->model, runnel_canvas_get_pipeline (self->canvas));
}

static void
runnel_outline_map (GtkWidget *widget)
{
  RunnelOutline *self = RUNNEL_OUTLINE (widget);

  runnel_outline_model_set_active (self->model, TRUE);
  GTK_WIDGET_CLASS (runnel_outline_parent_class)->map (widget);
  follow_canvas (self);
}

static void
runnel_outline_unmap (GtkWidget *widget)
{
  runnel_outline_model_set_active (RUNNEL_OUTLINE (widget)->model, FALSE);
  GTK_WIDGET_CLASS (runnel_outline_parent_class)->unmap (widget);
}

static void
runnel_outline_dispose (GObject *object)
{
  RunnelOutline *self = RUNNEL_OUTLINE (object);

  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  gtk_widget_dispose_template (GTK_WIDGET (object), RUNNEL_TYPE_OUTLINE);
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (runnel_outline_parent_class)->dispose (object);
}

static void
runnel_outline_finalize (GObject *object)
{
  g_clear_pointer (&RUNNEL_OUTLINE (object)->rows, g_hash_table_unref);
  G_OBJECT_CLASS (runnel_outline_parent_class)->finalize (object);
}

static void
runnel_outline_class_init (RunnelOutlineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = runnel_outline_dispose;
  object_class->finalize = runnel_outline_finalize;
  widget_class->map = runnel_outline_map;
  widget_class->unmap = runnel_outline_unmap;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/runnel/Runnel/runnel-outline.ui");
  gtk_widget_class_bind_template_child (widget_class, RunnelOutline, search);
  gtk_widget_class_bind_template_child (widget_class, RunnelOutline, stack);
  gtk_widget_class_bind_template_child (widget_class, RunnelOutline, list);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, focus_list_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
add_keys (RunnelOutline *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (self->search),
                                           GTK_WIDGET (self->list));
}

static void
add_order (RunnelOutline *self)
{
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr(GAction) action = g_settings_create_action (runnel_settings_get (), "outline-order");

  g_action_map_add_action (G_ACTION_MAP (group), action);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "outline", G_ACTION_GROUP (group));
  g_signal_connect_object (runnel_settings_get (), "changed::outline-order",
                           G_CALLBACK (order_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
runnel_outline_init (RunnelOutline *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = g_hash_table_new (NULL, NULL);
  self->model = runnel_outline_model_new ();
  runnel_outline_model_set_active (self->model, FALSE);
  runnel_outline_model_set_order (self->model,
                                  g_settings_get_enum (runnel_settings_get (), "outline-order"));
  self->selection = GTK_SELECTION_MODEL (
    gtk_multi_selection_new (G_LIST_MODEL (g_object_ref (self->model))));
  g_signal_connect_object (self->model, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  items_changed_cb (self);
  add_keys (self);
  add_order (self);
}

GtkWidget *
runnel_outline_new (void)
{
  return g_object_new (RUNNEL_TYPE_OUTLINE, NULL);
}

/**
 * runnel_outline_set_canvas:
 * @canvas: the canvas whose steps are listed, once; it must live as long as the outline
 */
void
runnel_outline_set_canvas (RunnelOutline *self,
                           RunnelCanvas  *canvas)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_return_if_fail (RUNNEL_IS_OUTLINE (self));
  g_return_if_fail (RUNNEL_IS_CANVAS (canvas));
  g_return_if_fail (self->canvas == NULL);

  self->canvas = canvas;
  g_signal_connect_swapped (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect_swapped (factory, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect_swapped (factory, "unbind", G_CALLBACK (unbind_cb), self);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, self->selection);
  g_object_unref (factory);

  g_signal_connect_swapped (self->selection, "selection-changed", G_CALLBACK (lead_canvas), self);
  g_signal_connect_object (canvas, "notify::document", G_CALLBACK (document_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (canvas, "selection-changed", G_CALLBACK (follow_canvas), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (canvas, "picture-changed", G_CALLBACK (update_marks), self,
                           G_CONNECT_SWAPPED);
  document_changed_cb (self);
}

/**
 * runnel_outline_focus:
 *
 * Gives the focus to the filter.
 */
void
runnel_outline_focus (RunnelOutline *self)
{
  g_return_if_fail (RUNNEL_IS_OUTLINE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}
