/* runnel-needs-row.c: the field with the links into a step
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/compat/runnel-tip.h"
#include "designer/inspector/runnel-needs-row.h"
#include "designer/inspector/runnel-needs.h"
#include "designer/inspector/runnel-step-chooser.h"
#include "designer/inspector/runnel-field-value.h"

struct _RunnelNeedsRow
{
  RunnelFieldRow parent_instance;

  GtkWidget *items;       /* a box of one box for each link */
  GtkWidget *chooser;
  RunnelPipeline *pipeline;
  char *id;               /* of the step whose links these are */
  guint is_showing : 1;
};

G_DEFINE_FINAL_TYPE (RunnelNeedsRow, runnel_needs_row, RUNNEL_TYPE_FIELD_ROW)

/* What an item is made of, as data of its box. */
typedef struct
{
  char *step;
  GtkDropDown *on;
  GtkCheckButton *handles;
} Item;

#define ITEM "runnel-need"

static void
item_free (gpointer data)
{
  Item *item = data;

  g_free (item->step);
  g_free (item);
}

static const char *
get_title (RunnelNeedsRow *self,
           const char     *id)
{
  guint index;

  if (self->pipeline && runnel_pipeline_find_step (self->pipeline, id, &index))
    return runnel_step_get_title (runnel_pipeline_get_step (self->pipeline, index));
  return id;
}

static void
edited (RunnelNeedsRow *self)
{
  if (!self->is_showing)
    _runnel_field_row_edited_now (RUNNEL_FIELD_ROW (self));
}

/* A link that now fires on something else handles failures as such links usually do. */
static void
on_cb (GtkDropDown *drop_down,
       GParamSpec  *pspec,
       GtkWidget   *box)
{
  RunnelNeedsRow *self = RUNNEL_NEEDS_ROW (gtk_widget_get_ancestor (box, RUNNEL_TYPE_NEEDS_ROW));
  Item *item = g_object_get_data (G_OBJECT (box), ITEM);
  gboolean was_showing = self->is_showing;

  self->is_showing = TRUE;
  gtk_check_button_set_active (item->handles, runnel_needs_handles_by_default (
                                                gtk_drop_down_get_selected (drop_down)));
  self->is_showing = was_showing;
  edited (self);
}

static void
remove_cb (GtkButton *button,
           GtkWidget *box)
{
  RunnelNeedsRow *self = RUNNEL_NEEDS_ROW (gtk_widget_get_ancestor (box, RUNNEL_TYPE_NEEDS_ROW));

  gtk_box_remove (GTK_BOX (self->items), box);
  edited (self);
}

static GtkWidget *
create_item_header (RunnelNeedsRow *self,
                    GtkWidget      *box,
                    const char     *step)
{
  GtkWidget *header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (get_title (self, step));
  GtkWidget *remove = gtk_button_new_from_icon_name ("list-remove-symbolic");

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (label, step);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (remove, "flat");
  runnel_tip_set (remove, _("Remove the Link"));
  g_signal_connect (remove, "clicked", G_CALLBACK (remove_cb), box);
  gtk_box_append (GTK_BOX (header), label);
  gtk_box_append (GTK_BOX (header), remove);
  return header;
}

static void
append_item (RunnelNeedsRow   *self,
             const RunnelNeed *need)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  Item *item = g_new0 (Item, 1);

  item->step = g_strdup (need->step);
  item->on = GTK_DROP_DOWN (runnel_needs_on_drop_down_new (need->on));
  item->handles = GTK_CHECK_BUTTON (runnel_needs_handles_check_new (need->handles));
  g_object_set_data_full (G_OBJECT (box), ITEM, item, item_free);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (item->on));
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (item->handles));
  gtk_box_append (GTK_BOX (box), create_item_header (self, box, need->step));
  gtk_box_append (GTK_BOX (box), line);
  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "list-item");
  g_signal_connect (item->on, "notify::selected", G_CALLBACK (on_cb), box);
  g_signal_connect_swapped (item->handles, "notify::active", G_CALLBACK (edited), self);
  gtk_box_append (GTK_BOX (self->items), box);
}

static gboolean
need_from_json (JsonNode   *node,
                RunnelNeed *ret_need)
{
  JsonNode *step = runnel_field_value_get_member (node, "step", "step");
  JsonNode *on = runnel_field_value_get_member (node, "step", "on");
  JsonNode *handles = runnel_field_value_get_member (node, "step", "handles");

  if (!step || !JSON_NODE_HOLDS_VALUE (step) || json_node_get_value_type (step) != G_TYPE_STRING)
    return FALSE;
  ret_need->step = (char *) json_node_get_string (step);
  if (!on || !JSON_NODE_HOLDS_VALUE (on) ||
      !runnel_on_from_string (json_node_get_string (on), &ret_need->on))
    ret_need->on = RUNNEL_ON_SUCCESS;
  ret_need->handles = handles && JSON_NODE_HOLDS_VALUE (handles)
                        ? json_node_get_boolean (handles)
                        : runnel_needs_handles_by_default (ret_need->on);
  return TRUE;
}

static void
runnel_needs_row_show_value (RunnelFieldRow *row,
                             JsonNode       *value)
{
  RunnelNeedsRow *self = RUNNEL_NEEDS_ROW (row);
  JsonArray *array = value && JSON_NODE_HOLDS_ARRAY (value) ? json_node_get_array (value) : NULL;
  GtkWidget *item;

  self->is_showing = TRUE;
  while ((item = gtk_widget_get_first_child (self->items)))
    gtk_box_remove (GTK_BOX (self->items), item);
  for (guint i = 0; array && i < json_array_get_length (array); i++)
    {
      RunnelNeed need;

      if (need_from_json (json_array_get_element (array, i), &need))
        append_item (self, &need);
    }
  self->is_showing = FALSE;
}

static gboolean
runnel_needs_row_read_value (RunnelFieldRow  *row,
                             JsonNode       **ret_value,
                             GError         **error)
{
  RunnelNeedsRow *self = RUNNEL_NEEDS_ROW (row);
  g_autoptr(GArray) needs = g_array_new (FALSE, FALSE, sizeof (RunnelNeed));

  for (GtkWidget *box = gtk_widget_get_first_child (self->items); box;
       box = gtk_widget_get_next_sibling (box))
    {
      Item *item = g_object_get_data (G_OBJECT (box), ITEM);
      RunnelNeed need = { item->step, gtk_drop_down_get_selected (item->on),
                          gtk_check_button_get_active (item->handles) };

      g_array_append_val (needs, need);
    }
  *ret_value = runnel_needs_to_json ((RunnelNeed *) needs->data, needs->len);
  return TRUE;
}

/* A step that comes after this one, or is it, can't come before it. */
static gboolean
may_need (RunnelPipeline *pipeline,
          RunnelStep     *step,
          gpointer        user_data)
{
  GHashTable *descendants = user_data;

  return !g_hash_table_contains (descendants, step->id);
}

static void
fill_chooser_cb (RunnelNeedsRow *self)
{
  g_autoptr(GHashTable) descendants = NULL;

  if (!self->pipeline)
    return;
  descendants = runnel_needs_find_descendants (self->pipeline, self->id);
  runnel_step_chooser_fill (RUNNEL_STEP_CHOOSER (self->chooser), self->pipeline, may_need,
                            descendants);
}

static void
chosen_cb (RunnelNeedsRow *self,
           const char     *id)
{
  RunnelNeed need = { (char *) id, RUNNEL_ON_SUCCESS, FALSE };

  append_item (self, &need);
  edited (self);
}

static void
runnel_needs_row_finalize (GObject *object)
{
  RunnelNeedsRow *self = RUNNEL_NEEDS_ROW (object);

  g_clear_object (&self->pipeline);
  g_clear_pointer (&self->id, g_free);
  G_OBJECT_CLASS (runnel_needs_row_parent_class)->finalize (object);
}

static void
runnel_needs_row_class_init (RunnelNeedsRowClass *klass)
{
  RunnelFieldRowClass *row_class = RUNNEL_FIELD_ROW_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = runnel_needs_row_finalize;
  row_class->show_value = runnel_needs_row_show_value;
  row_class->read_value = runnel_needs_row_read_value;
}

static void
runnel_needs_row_init (RunnelNeedsRow *self)
{
  GtkWidget *add = gtk_menu_button_new ();

  self->items = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->chooser = runnel_step_chooser_new ();
  g_signal_connect_swapped (self->chooser, "show", G_CALLBACK (fill_chooser_cb), self);
  g_signal_connect_swapped (self->chooser, "chosen", G_CALLBACK (chosen_cb), self);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (add), "list-add-symbolic");
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (add), self->chooser);
  gtk_widget_add_css_class (add, "flat");
  runnel_tip_set (add, _("Add a Link"));
  _runnel_field_row_add_to_header (RUNNEL_FIELD_ROW (self), add);
  _runnel_field_row_set_editor (RUNNEL_FIELD_ROW (self), self->items, self->items);
}

RunnelFieldRow *
runnel_needs_row_new (void)
{
  return g_object_new (RUNNEL_TYPE_NEEDS_ROW, NULL);
}

/**
 * runnel_needs_row_set_step:
 * @pipeline: the pipeline
 * @id: the step whose links are edited
 */
void
runnel_needs_row_set_step (RunnelNeedsRow *self,
                           RunnelPipeline *pipeline,
                           const char     *id)
{
  g_return_if_fail (RUNNEL_IS_NEEDS_ROW (self));

  g_set_object (&self->pipeline, pipeline);
  g_free (self->id);
  self->id = g_strdup (id);
}

/**
 * runnel_needs_on_drop_down_new:
 * @on: what is selected
 *
 * Returns: (transfer floating): the outcomes, in the order of #RunnelOn
 */
GtkWidget *
runnel_needs_on_drop_down_new (RunnelOn on)
{
  const char *const labels[] = {
    runnel_needs_describe_on (RUNNEL_ON_SUCCESS), runnel_needs_describe_on (RUNNEL_ON_FAILURE),
    runnel_needs_describe_on (RUNNEL_ON_FINISHED), runnel_needs_describe_on (RUNNEL_ON_ALWAYS), NULL
  };
  GtkWidget *drop_down = gtk_drop_down_new_from_strings (labels);

  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), on);
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Outcome on which the link fires"), -1);
  return drop_down;
}

/**
 * runnel_needs_handles_check_new:
 *
 * Returns: (transfer floating): whether a link makes good the failure it comes from
 */
GtkWidget *
runnel_needs_handles_check_new (gboolean handles)
{
  GtkWidget *check = gtk_check_button_new_with_label (_("Handles failure"));

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), handles);
  gtk_widget_set_tooltip_text (check, _("When the step the link leads to succeeds, the failure it "
                                        "comes from does not fail the run"));
  return check;
}
