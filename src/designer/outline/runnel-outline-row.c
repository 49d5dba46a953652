/* runnel-outline-row.c: what the outline shows of a step or a group
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/outline/runnel-outline-row.h"
#include "designer/runs/runnel-state-label.h"
#include "model/runnel-areas.h"
#include "model/runnel-kind.h"

#define SPACING 8
#define WIDTH_CHARS 20 /* of a title that sets the width of the panel */
#define INDENT 18 /* logical pixels, of a step in a group */

struct _RunnelOutlineRow
{
  GtkWidget parent_instance;

  RunnelOutlineModel *model;
  RunnelCanvas *canvas;     /* borrowed: the page has both */
  RunnelOutlineItem *item;  /* or NULL */
  GSignalGroup *signals;

  GtkImage *icon;
  GtkLabel *title;
  GtkImage *problem;
  GtkImage *state;
  int shown_state;          /* RunnelState, -1 = none */
  gboolean shows_problem;
};

G_DEFINE_FINAL_TYPE (RunnelOutlineRow, runnel_outline_row, GTK_TYPE_WIDGET)

static RunnelStep *
find_step (RunnelOutlineRow *self)
{
  RunnelPipeline *pipeline = runnel_outline_model_get_pipeline (self->model);
  guint index;

  if (pipeline == NULL
      || !runnel_pipeline_find_step (pipeline, runnel_outline_item_get_id (self->item), &index))
    return NULL;

  return runnel_pipeline_get_step (pipeline, index);
}

/* The row of the list around this one is what a screen reader reads. */
static void
tell (RunnelOutlineRow *self,
      const char       *text)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));

  if (parent != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (parent), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                    -1);
}

static void
tell_step (RunnelOutlineRow *self)
{
  g_autofree char *text
    = runnel_canvas_describe_step (self->canvas, runnel_outline_item_get_id (self->item));

  if (text != NULL)
    tell (self, text);
}

static void
show_step (RunnelOutlineRow *self)
{
  RunnelStep *step = find_step (self);
  const RunnelKind *kind;

  if (step == NULL)
    return;

  kind = runnel_kind_lookup (step->kind);
  gtk_image_set_from_icon_name (self->icon, kind != NULL ? kind->icon_name
                                                         : "system-run-symbolic");
  gtk_label_set_label (self->title, runnel_step_get_title (step));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), step->id);
  if (step->enabled == RUNNEL_ENABLED)
    gtk_widget_remove_css_class (GTK_WIDGET (self->title), "dim-label");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->title), "dim-label");
  runnel_outline_row_update_marks (self);
  tell_step (self);
}

static void
show_group (RunnelOutlineRow *self)
{
  const char *id = runnel_outline_item_get_id (self->item);
  gboolean closed = runnel_outline_model_is_closed (self->model, id);
  RunnelGroup group;

  if (!runnel_pipeline_find_group (runnel_outline_model_get_pipeline (self->model), id, &group))
    return;

  gtk_image_set_from_icon_name (self->icon, closed ? "pan-end-symbolic" : "pan-down-symbolic");
  gtk_label_set_label (self->title, group.title);
  tell (self, group.title);
  gtk_accessible_update_state (GTK_ACCESSIBLE (gtk_widget_get_parent (GTK_WIDGET (self))),
                               GTK_ACCESSIBLE_STATE_EXPANDED, !closed, -1);
}

static void
update (RunnelOutlineRow *self)
{
  gboolean is_group = runnel_outline_item_is_group (self->item);

  gtk_widget_set_margin_start (GTK_WIDGET (self),
                               runnel_outline_item_is_inside (self->item) ? INDENT : 0);
  if (is_group)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->title), "heading");
      gtk_widget_hide (GTK_WIDGET (self->problem));
      gtk_widget_hide (GTK_WIDGET (self->state));
      show_group (self);
    }
  else
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->title), "heading");
      show_step (self);
    }
}

static void
runnel_outline_row_dispose (GObject *object)
{
  RunnelOutlineRow *self = RUNNEL_OUTLINE_ROW (object);
  GtkWidget *child;

  g_clear_object (&self->signals);
  g_clear_object (&self->item);
  g_clear_object (&self->model);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (runnel_outline_row_parent_class)->dispose (object);
}

static void
runnel_outline_row_class_init (RunnelOutlineRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = runnel_outline_row_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static GtkImage *
add_image (RunnelOutlineRow *self)
{
  GtkWidget *image = gtk_image_new ();

  gtk_widget_set_parent (image, GTK_WIDGET (self));
  return GTK_IMAGE (image);
}

static void
runnel_outline_row_init (RunnelOutlineRow *self)
{
  GtkWidget *title = gtk_label_new (NULL);

  gtk_box_layout_set_spacing (
    GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))), SPACING);
  self->icon = add_image (self);
  self->title = GTK_LABEL (title);
  gtk_label_set_xalign (self->title, 0);
  gtk_label_set_ellipsize (self->title, PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (self->title, WIDTH_CHARS);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_set_parent (title, GTK_WIDGET (self));
  self->problem = add_image (self);
  gtk_image_set_from_icon_name (self->problem, "dialog-error-symbolic");
  gtk_widget_add_css_class (GTK_WIDGET (self->problem), "error");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->problem), _("Has a problem"));
  gtk_widget_hide (GTK_WIDGET (self->problem));
  self->state = add_image (self);
  gtk_widget_hide (GTK_WIDGET (self->state));
  self->shown_state = -1;
  self->signals = g_signal_group_new (RUNNEL_TYPE_OUTLINE_ITEM);
  g_signal_group_connect_swapped (self->signals, "changed", G_CALLBACK (update), self);
}

/**
 * runnel_outline_row_new:
 * @model: the list the items will be from
 * @canvas: what knows the states of steps; it must live as long as the row
 */
GtkWidget *
runnel_outline_row_new (RunnelOutlineModel *model,
                        RunnelCanvas       *canvas)
{
  RunnelOutlineRow *self;

  g_return_val_if_fail (RUNNEL_IS_OUTLINE_MODEL (model), NULL);
  g_return_val_if_fail (RUNNEL_IS_CANVAS (canvas), NULL);

  self = g_object_new (RUNNEL_TYPE_OUTLINE_ROW, NULL);
  self->model = g_object_ref (model);
  self->canvas = canvas;
  return GTK_WIDGET (self);
}

/**
 * runnel_outline_row_set_item:
 * @item: (nullable): what to show and follow
 */
void
runnel_outline_row_set_item (RunnelOutlineRow  *self,
                             RunnelOutlineItem *item)
{
  g_return_if_fail (RUNNEL_IS_OUTLINE_ROW (self));

  g_set_object (&self->item, item);
  g_signal_group_set_target (self->signals, item);
  if (item != NULL)
    update (self);
}

/**
 * runnel_outline_row_get_item:
 *
 * Returns: (transfer none) (nullable): what is shown
 */
RunnelOutlineItem *
runnel_outline_row_get_item (RunnelOutlineRow *self)
{
  g_return_val_if_fail (RUNNEL_IS_OUTLINE_ROW (self), NULL);

  return self->item;
}

static void
show_state (RunnelOutlineRow *self,
            int               state)
{
  self->shown_state = state;
  gtk_widget_set_visible (GTK_WIDGET (self->state), state >= 0);
  if (state < 0)
    return;

  gtk_image_set_from_icon_name (self->state, runnel_state_get_icon_name (state));
  gtk_widget_set_css_classes (GTK_WIDGET (self->state),
                              (const char *[]) { runnel_state_get_css_class (state), NULL });
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->state), runnel_state_get_title (state));
}

/**
 * runnel_outline_row_update_marks:
 *
 * Shows the state and the problems of the step as they are now. Cheap when nothing changed.
 */
void
runnel_outline_row_update_marks (RunnelOutlineRow *self)
{
  RunnelState state;
  const char *id;
  gboolean has_problem;
  int shown = -1;

  g_return_if_fail (RUNNEL_IS_OUTLINE_ROW (self));

  if (self->item == NULL || runnel_outline_item_is_group (self->item))
    return;

  id = runnel_outline_item_get_id (self->item);
  has_problem = runnel_canvas_has_problem (self->canvas, id);
  if (runnel_canvas_get_step_state (self->canvas, id, &state))
    shown = state;
  gtk_widget_set_visible (GTK_WIDGET (self->problem), has_problem);
  gtk_widget_set_visible (GTK_WIDGET (self->state), shown >= 0);
  if (shown == self->shown_state && has_problem == self->shows_problem)
    return;

  self->shows_problem = has_problem;
  show_state (self, shown);
  tell_step (self);
}
