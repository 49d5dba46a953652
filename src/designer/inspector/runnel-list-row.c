/* runnel-list-row.c: a field that is a list of values, or of names with a value each
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/compat/runnel-tip.h"
#include "designer/inspector/runnel-list-row.h"
#include "designer/inspector/runnel-field-value.h"
#include "model/runnel-pipeline.h"

struct _RunnelListRow
{
  RunnelFieldRow parent_instance;

  GtkWidget *editor; /* around the items and the expression */
  GtkWidget *items;  /* a box of items, each a box with the entries as data */
  GtkWidget *add;
  char *key_title;   /* NULL for a list without names */
  char *value_title;
  const RunnelFieldLine *line;        /* how a value is written */
  const char *const *hidden_keys;     /* members that other fields edit, or NULL */
  GtkToggleButton *expression_toggle; /* NULL when the list can't be an expression */
  GtkEditable *expression;
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
  gboolean is_key = g_str_equal (which, KEY_ENTRY);

  gtk_editable_set_enable_undo (GTK_EDITABLE (entry), FALSE);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 6);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), 6);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  gtk_widget_set_hexpand (entry, is_key ? !self->line->is_long : !self->line->is_short);
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
  runnel_tip_set (remove, _("Remove"));
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
append_elements (RunnelListRow *self,
                 JsonArray     *array)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *text = self->line->to_text (json_array_get_element (array, i));

      append_item (self, "", text);
    }
}

static gboolean
is_hidden (RunnelListRow *self,
           const char    *key)
{
  return self->hidden_keys && g_strv_contains (self->hidden_keys, key);
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
      g_autofree char *text = self->line->to_text (member);

      if (!is_hidden (self, key))
        append_item (self, key, text);
    }
}

static gboolean
is_text (JsonNode *value)
{
  return value && JSON_NODE_HOLDS_VALUE (value) &&
         json_node_get_value_type (value) == G_TYPE_STRING;
}

static gboolean
has_expression (RunnelListRow *self)
{
  return self->expression_toggle && gtk_toggle_button_get_active (self->expression_toggle);
}

static void
show_expression (RunnelListRow *self,
                 JsonNode      *value)
{
  if (!self->expression_toggle)
    return;
  gtk_editable_set_text (self->expression, is_text (value) ? json_node_get_string (value) : "");
  gtk_toggle_button_set_active (self->expression_toggle, is_text (value));
}

static void
runnel_list_row_show_value (RunnelFieldRow *row,
                            JsonNode       *value)
{
  RunnelListRow *self = RUNNEL_LIST_ROW (row);
  GtkWidget *item;

  while ((item = gtk_widget_get_first_child (self->items)))
    gtk_box_remove (GTK_BOX (self->items), item);
  show_expression (self, value);
  if (value && JSON_NODE_HOLDS_ARRAY (value) && !self->key_title)
    append_elements (self, json_node_get_array (value));
  else if (value && JSON_NODE_HOLDS_OBJECT (value) && self->key_title)
    append_members (self, json_node_get_object (value));
}

/* The last item that something is typed into: an empty text is a value like any other, but not one
 * that nobody typed yet at the end. */
static GtkWidget *
find_last_item (RunnelListRow *self)
{
  GtkWidget *item = gtk_widget_get_last_child (self->items);

  while (item && !*get_text (item, VALUE_ENTRY))
    item = gtk_widget_get_prev_sibling (item);
  return item;
}

static gboolean
read_elements (RunnelListRow  *self,
               JsonNode      **ret_value,
               GError        **error)
{
  g_autoptr(JsonArray) array = json_array_new ();
  GtkWidget *last = find_last_item (self);
  GtkWidget *end = last ? gtk_widget_get_next_sibling (last) : NULL;

  *ret_value = NULL;
  if (!last)
    return TRUE;
  for (GtkWidget *item = gtk_widget_get_first_child (self->items); item != end;
       item = gtk_widget_get_next_sibling (item))
    {
      JsonNode *value = self->line->from_text (get_text (item, VALUE_ENTRY), error);

      if (!value)
        return FALSE;
      json_array_add_element (array, value);
    }
  *ret_value = json_node_init_array (json_node_alloc (), array);
  return TRUE;
}

static gboolean
check_key (RunnelListRow  *self,
           JsonObject     *object,
           const char     *key,
           const char     *value,
           GError        **error)
{
  if (!*key)
    g_set_error (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_INVALID,
                 _("“%s” has no name."), value);
  else if (is_hidden (self, key))
    g_set_error (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_INVALID,
                 _("“%s” can't be a name here; it is a field of its own."), key);
  else if (json_object_has_member (object, key))
    g_set_error (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_INVALID,
                 _("“%s” is there twice."), key);
  else
    return TRUE;
  return FALSE;
}

static gboolean
add_member (RunnelListRow  *self,
            JsonObject     *object,
            GtkWidget      *item,
            GError        **error)
{
  const char *key = get_text (item, KEY_ENTRY);
  const char *value = get_text (item, VALUE_ENTRY);
  JsonNode *node;

  if (!*key && !*value)
    return TRUE;
  if (!check_key (self, object, key, value, error))
    return FALSE;
  node = self->line->from_text (value, error);
  if (!node)
    {
      g_prefix_error (error, "%s: ", key);
      return FALSE;
    }
  json_object_set_member (object, key, node);
  return TRUE;
}

/* Members that other fields edit stay as the document has them. */
static void
keep_hidden_members (RunnelListRow *self,
                     JsonObject    *object)
{
  JsonNode *stored = runnel_field_row_get_value (RUNNEL_FIELD_ROW (self));

  for (guint i = 0; self->hidden_keys && self->hidden_keys[i]; i++)
    {
      JsonNode *member = runnel_field_value_get_member (stored, NULL, self->hidden_keys[i]);

      if (member)
        json_object_set_member (object, self->hidden_keys[i], json_node_copy (member));
    }
}

static gboolean
read_members (RunnelListRow  *self,
              JsonNode      **ret_value,
              GError        **error)
{
  g_autoptr(JsonObject) object = json_object_new ();

  for (GtkWidget *item = gtk_widget_get_first_child (self->items); item;
       item = gtk_widget_get_next_sibling (item))
    if (!add_member (self, object, item, error))
      return FALSE;
  keep_hidden_members (self, object);
  *ret_value = NULL;
  if (json_object_get_size (object) > 0)
    *ret_value = json_node_init_object (json_node_alloc (), object);
  return TRUE;
}

static gboolean
runnel_list_row_read_value (RunnelFieldRow  *row,
                            JsonNode       **ret_value,
                            GError         **error)
{
  RunnelListRow *self = RUNNEL_LIST_ROW (row);

  if (has_expression (self))
    return runnel_field_value_from_entry (gtk_editable_get_text (self->expression),
                                          RUNNEL_FIELD_STRING, ret_value, error);
  if (self->key_title)
    return read_members (self, ret_value, error);
  return read_elements (self, ret_value, error);
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
update_expression (RunnelListRow *self)
{
  gboolean is_expression = has_expression (self);

  gtk_widget_set_visible (GTK_WIDGET (self->expression), is_expression);
  gtk_widget_set_visible (self->items, !is_expression);
  gtk_widget_set_visible (self->add, !is_expression);
}

/* An expression that nobody typed yet does not take away the list. */
static void
toggled_by_person_cb (RunnelListRow *self)
{
  if (has_expression (self))
    gtk_widget_grab_focus (GTK_WIDGET (self->expression));
  else
    _runnel_field_row_edited_now (RUNNEL_FIELD_ROW (self));
}

static void
runnel_list_row_init (RunnelListRow *self)
{
  self->editor = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  self->items = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  self->add = gtk_button_new_from_icon_name ("list-add-symbolic");
  self->line = &runnel_field_line_text;
  gtk_box_append (GTK_BOX (self->editor), self->items);
  gtk_widget_add_css_class (self->add, "flat");
  runnel_tip_set (self->add, _("Add"));
  g_signal_connect_swapped (self->add, "clicked", G_CALLBACK (add_cb), self);
  _runnel_field_row_add_to_header (RUNNEL_FIELD_ROW (self), self->add);
  _runnel_field_row_set_editor (RUNNEL_FIELD_ROW (self), self->editor, self->items);
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
 * @value_title: what the values are
 *
 * Names with a value each, such as the environment or the headers of a request.
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

/**
 * runnel_list_row_set_line:
 * @line: how a value is written; a text as it is when this was never called
 * @value_title: (nullable): what the values are
 */
void
runnel_list_row_set_line (RunnelListRow         *self,
                          const RunnelFieldLine *line,
                          const char            *value_title)
{
  g_return_if_fail (RUNNEL_IS_LIST_ROW (self));
  g_return_if_fail (line);

  self->line = line;
  g_free (self->value_title);
  self->value_title = g_strdup (value_title);
}

/**
 * runnel_list_row_set_hidden_keys:
 * @keys: (array zero-terminated=1): static names of members that other fields edit
 */
void
runnel_list_row_set_hidden_keys (RunnelListRow     *self,
                                 const char *const *keys)
{
  g_return_if_fail (RUNNEL_IS_LIST_ROW (self));

  self->hidden_keys = keys;
}

/**
 * runnel_list_row_allow_expression:
 *
 * Lets the whole list be given by an expression.
 */
void
runnel_list_row_allow_expression (RunnelListRow *self)
{
  GtkWidget *entry;
  GtkWidget *toggle;

  g_return_if_fail (RUNNEL_IS_LIST_ROW (self));
  g_return_if_fail (!self->expression_toggle);

  entry = gtk_entry_new ();
  toggle = gtk_toggle_button_new_with_label ("${ }");
  self->expression = GTK_EDITABLE (entry);
  self->expression_toggle = GTK_TOGGLE_BUTTON (toggle);
  gtk_editable_set_enable_undo (self->expression, FALSE);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), "${{ … }}");
  gtk_widget_set_visible (entry, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Expression"), -1);
  gtk_widget_add_css_class (toggle, "flat");
  gtk_widget_add_css_class (toggle, "caption");
  runnel_tip_set (toggle, _("Give the Whole List by an Expression"));
  gtk_box_append (GTK_BOX (self->editor), entry);
  _runnel_field_row_add_to_header (RUNNEL_FIELD_ROW (self), toggle);
  g_signal_connect_swapped (toggle, "toggled", G_CALLBACK (update_expression), self);
  g_signal_connect_swapped (toggle, "clicked", G_CALLBACK (toggled_by_person_cb), self);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (_runnel_field_row_edited), self);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (runnel_field_row_flush), self);
}
