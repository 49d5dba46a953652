/* runnel-list-row.c: a field that is a list of texts, or of names with a text each
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/inspector/runnel-list-row.h"
#include "designer/inspector/runnel-field-value.h"
#include "model/runnel-pipeline.h"

struct _RunnelListRow
{
  RunnelFieldRow parent_instance;

  GtkWidget *items;  /* a box of items, each a box with the entries as data */
  char *key_title;   /* NULL for a list of texts */
  char *value_title;
};

G_DEFINE_FINAL_TYPE (RunnelListRow, runnel_list_row, RUNNEL_TYPE_FIELD_ROW)

#define KEY_ENTRY "runnel-key-entry"
#define VALUE_ENTRY "runnel-value-entry"

static GtkEditable *
get_entry (GtkWidget  *item,
           const char *which)
{
  return g_object_get_data (G_OBJECT (item), which);
}

static const char *
get_text (GtkWidget  *item,
          const char *which)
{
  return gtk_editable_get_text (get_entry (item, which));
}

static void
focus_item (RunnelListRow *self,
            GtkWidget     *item)
{
  gtk_widget_grab_focus (GTK_WIDGET (get_entry (item, self->key_title ? KEY_ENTRY : VALUE_ENTRY)));
}

static void
remove_cb (GtkButton *button,
           GtkWidget *item)
{
  RunnelListRow *self = RUNNEL_LIST_ROW (gtk_widget_get_ancestor (item, RUNNEL_TYPE_LIST_ROW));
  GtkWidget *next = gtk_widget_get_next_sibling (item);

  if (!next)
    next = gtk_widget_get_prev_sibling (item);
  if (next)
    focus_item (self, next);
  gtk_box_remove (GTK_BOX (self->items), item);
  _runnel_field_row_edited_now (RUNNEL_FIELD_ROW (self));
}

static void
move_item (RunnelListRow *self,
           GtkWidget     *item,
           GtkWidget     *after)
{
  if (item == after)
    return;
  gtk_box_reorder_child_after (GTK_BOX (self->items), item, after);
  _runnel_field_row_edited_now (RUNNEL_FIELD_ROW (self));
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint                  keyval,
        guint                  keycode,
        GdkModifierType        state,
        GtkWidget             *item)
{
  RunnelListRow *self = RUNNEL_LIST_ROW (gtk_widget_get_ancestor (item, RUNNEL_TYPE_LIST_ROW));
  GtkWidget *previous = gtk_widget_get_prev_sibling (item);
  GtkWidget *next = gtk_widget_get_next_sibling (item);

  if (!(state & GDK_ALT_MASK))
    return GDK_EVENT_PROPAGATE;
  if (keyval == GDK_KEY_Up && previous)
    move_item (self, item, gtk_widget_get_prev_sibling (previous));
  else if (keyval == GDK_KEY_Down && next)
    move_item (self, item, next);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         GtkWidget     *item)
{
  RunnelListRow *self = RUNNEL_LIST_ROW (gtk_widget_get_ancestor (item, RUNNEL_TYPE_LIST_ROW));
  GtkWidget *dragged = g_value_get_object (value);
  gboolean is_before = y < gtk_widget_get_height (item) / 2.0;

  if (gtk_widget_get_parent (dragged) != self->items)
    return FALSE;
  move_item (self, dragged, is_before ? gtk_widget_get_prev_sibling (item) : item);
  return TRUE;
}

static GdkContentProvider *
prepare_drag_cb (GtkDragSource *source,
                 double         x,
                 double         y,
                 GtkWidget     *item)
{
  g_autoptr(GdkPaintable) picture = gtk_widget_paintable_new (item);

  gtk_drag_source_set_icon (source, picture, (int) x, (int) y);
  return gdk_content_provider_new_typed (GTK_TYPE_WIDGET, item);
}

static GtkWidget *
handle_new (GtkWidget *item)
{
  GtkWidget *handle = gtk_image_new_from_icon_name ("list-drag-handle-symbolic");
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_widget_add_css_class (handle, "dim-label");
  gtk_widget_set_tooltip_text (handle,
                               _("Drag, or press Alt+Up and Alt+Down, to change the order"));
  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (prepare_drag_cb), item);
  gtk_widget_add_controller (handle, GTK_EVENT_CONTROLLER (source));
  return handle;
}

static void append_item (RunnelListRow *self,
                         const char    *key,
                         const char    *value);

static void
add_cb (RunnelListRow *self)
{
  append_item (self, "", "");
  focus_item (self, gtk_widget_get_last_child (self->items));
}

/* Enter in the last entry begins the next one, so that a list is typed without leaving the keys. */
static void
activate_cb (GtkEditable *entry,
             GtkWidget   *item)
{
  RunnelListRow *self = RUNNEL_LIST_ROW (gtk_widget_get_ancestor (item, RUNNEL_TYPE_LIST_ROW));

  runnel_field_row_flush (RUNNEL_FIELD_ROW (self));
  if (gtk_widget_get_next_sibling (item))
    focus_item (self, gtk_widget_get_next_sibling (item));
  else if (*gtk_editable_get_text (entry))
    add_cb (self);
}

static void
add_entry (RunnelListRow *self,
           GtkWidget     *item,
           const char    *which,
           const char    *title,
           const char    *text)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_editable_set_enable_undo (GTK_EDITABLE (entry), FALSE);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 4);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  gtk_widget_set_hexpand (entry, TRUE);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title ? title : _("Item"), -1);
  g_object_set_data (G_OBJECT (item), which, entry);
  gtk_box_append (GTK_BOX (item), entry);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (_runnel_field_row_edited), self);
  g_signal_connect (entry, "activate", G_CALLBACK (activate_cb), item);
}

static void
append_item (RunnelListRow *self,
             const char    *key,
             const char    *value)
{
  GtkWidget *item = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  GtkWidget *remove = gtk_button_new_from_icon_name ("list-remove-symbolic");
  GtkDropTarget *target = gtk_drop_target_new (GTK_TYPE_WIDGET, GDK_ACTION_MOVE);
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_box_append (GTK_BOX (item), handle_new (item));
  if (self->key_title)
    add_entry (self, item, KEY_ENTRY, self->key_title, key);
  add_entry (self, item, VALUE_ENTRY, self->value_title, value);
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_set_tooltip_text (remove, _("Remove"));
  g_signal_connect (remove, "clicked", G_CALLBACK (remove_cb), item);
  gtk_box_append (GTK_BOX (item), remove);
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), item);
  gtk_widget_add_controller (item, GTK_EVENT_CONTROLLER (target));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), item);
  gtk_widget_add_controller (item, keys);
  gtk_box_append (GTK_BOX (self->items), item);
}

static void
append_strings (RunnelListRow *self,
                JsonArray     *array)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *text = runnel_field_value_to_entry (json_array_get_element (array, i),
                                                           RUNNEL_FIELD_STRING);

      append_item (self, "", text);
    }
}

static void
append_members (RunnelListRow *self,
                JsonObject    *object)
{
  JsonObjectIter iter;
  const char *key;
  JsonNode *member;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &key, &member))
    {
      g_autofree char *text = runnel_field_value_to_entry (member, RUNNEL_FIELD_STRING);

      append_item (self, key, text);
    }
}

static void
runnel_list_row_show_value (RunnelFieldRow *row,
                            JsonNode       *value)
{
  RunnelListRow *self = RUNNEL_LIST_ROW (row);
  GtkWidget *item;

  while ((item = gtk_widget_get_first_child (self->items)))
    gtk_box_remove (GTK_BOX (self->items), item);
  if (value && JSON_NODE_HOLDS_ARRAY (value) && !self->key_title)
    append_strings (self, json_node_get_array (value));
  else if (value && JSON_NODE_HOLDS_OBJECT (value) && self->key_title)
    append_members (self, json_node_get_object (value));
}

/* An empty text is a value like any other, but not one that nobody typed yet at the end. */
static void
cut_empty_end (JsonArray *array)
{
  guint length = json_array_get_length (array);

  while (length > 0 && !*json_array_get_string_element (array, length - 1))
    json_array_remove_element (array, --length);
}

static JsonNode *
read_strings (RunnelListRow *self)
{
  g_autoptr(JsonArray) array = json_array_new ();
  JsonNode *node;

  for (GtkWidget *item = gtk_widget_get_first_child (self->items); item;
       item = gtk_widget_get_next_sibling (item))
    json_array_add_string_element (array, get_text (item, VALUE_ENTRY));
  cut_empty_end (array);
  if (json_array_get_length (array) == 0)
    return NULL;
  node = json_node_alloc ();
  return json_node_init_array (node, array);
}

static gboolean
add_member (JsonObject  *object,
            GtkWidget   *item,
            GError     **error)
{
  const char *key = get_text (item, KEY_ENTRY);
  const char *value = get_text (item, VALUE_ENTRY);

  if (!*key && !*value)
    return TRUE;
  if (!*key || json_object_has_member (object, key))
    {
      if (*key)
        g_set_error (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_INVALID,
                     _("“%s” is there twice."), key);
      else
        g_set_error (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_INVALID,
                     _("“%s” has no name."), value);
      return FALSE;
    }
  json_object_set_string_member (object, key, value);
  return TRUE;
}

static gboolean
read_members (RunnelListRow  *self,
              JsonNode      **ret_value,
              GError        **error)
{
  g_autoptr(JsonObject) object = json_object_new ();

  for (GtkWidget *item = gtk_widget_get_first_child (self->items); item;
       item = gtk_widget_get_next_sibling (item))
    if (!add_member (object, item, error))
      return FALSE;
  *ret_value = NULL;
  if (json_object_get_size (object) > 0)
    {
      *ret_value = json_node_alloc ();
      json_node_init_object (*ret_value, object);
    }
  return TRUE;
}

static gboolean
runnel_list_row_read_value (RunnelFieldRow  *row,
                            JsonNode       **ret_value,
                            GError         **error)
{
  RunnelListRow *self = RUNNEL_LIST_ROW (row);

  if (self->key_title)
    return read_members (self, ret_value, error);
  *ret_value = read_strings (self);
  return TRUE;
}

static void
runnel_list_row_finalize (GObject *object)
{
  RunnelListRow *self = RUNNEL_LIST_ROW (object);

  g_clear_pointer (&self->key_title, g_free);
  g_clear_pointer (&self->value_title, g_free);
  G_OBJECT_CLASS (runnel_list_row_parent_class)->finalize (object);
}

static void
runnel_list_row_class_init (RunnelListRowClass *klass)
{
  RunnelFieldRowClass *row_class = RUNNEL_FIELD_ROW_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = runnel_list_row_finalize;
  row_class->show_value = runnel_list_row_show_value;
  row_class->read_value = runnel_list_row_read_value;
}

static void
runnel_list_row_init (RunnelListRow *self)
{
  GtkWidget *add = gtk_button_new_from_icon_name ("list-add-symbolic");

  self->items = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_widget_add_css_class (add, "flat");
  gtk_widget_set_tooltip_text (add, _("Add"));
  g_signal_connect_swapped (add, "clicked", G_CALLBACK (add_cb), self);
  _runnel_field_row_add_to_header (RUNNEL_FIELD_ROW (self), add);
  _runnel_field_row_set_editor (RUNNEL_FIELD_ROW (self), self->items, self->items);
}

/**
 * runnel_list_row_new_strings:
 *
 * A list of texts, such as the arguments of a command, one per line.
 */
RunnelFieldRow *
runnel_list_row_new_strings (void)
{
  return g_object_new (RUNNEL_TYPE_LIST_ROW, NULL);
}

/**
 * runnel_list_row_new_map:
 * @key_title: what the names are
 * @value_title: what the texts are
 *
 * Names with a text each, such as the environment or the headers of a request.
 */
RunnelFieldRow *
runnel_list_row_new_map (const char *key_title,
                         const char *value_title)
{
  RunnelListRow *self = g_object_new (RUNNEL_TYPE_LIST_ROW, NULL);

  self->key_title = g_strdup (key_title);
  self->value_title = g_strdup (value_title);
  return RUNNEL_FIELD_ROW (self);
}
