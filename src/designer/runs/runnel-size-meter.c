/* runnel-size-meter.c: what takes how much of what there is for it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/runs/runnel-size-meter.h"

#define BAR_HEIGHT 12
#define BAR_WIDTH 120
#define SWATCH_SIZE 10
#define MAX_PARTS 4
#define GAP 1 /* between two parts, so that they differ not by their colours alone */
#define MIN_WIDTH 3 /* of a part, so that it is seen */

/* Colours 1, 4, 2 of GNOME's palette and a grey; they differ in lightness, too. */
static const GdkRGBA colors[MAX_PARTS] = {
  { 0.11f, 0.44f, 0.85f, 1 },
  { 0.90f, 0.38f, 0.00f, 1 },
  { 0.18f, 0.76f, 0.49f, 1 },
  { 0.47f, 0.46f, 0.48f, 1 },
};

struct _RunnelSizeMeter
{
  GtkWidget parent_instance;

  char *title;
  GtkLabel *sum_label;
  GtkWidget *bar;
  GtkWidget *legend;

  gint64 sizes[MAX_PARTS];
  guint n_parts;
  gint64 sum;
  gint64 budget; /* 0 = none */
};

G_DEFINE_FINAL_TYPE (RunnelSizeMeter, runnel_size_meter, GTK_TYPE_WIDGET)

static void
set_color (cairo_t       *cr,
           const GdkRGBA *color)
{
  gdk_cairo_set_source_rgba (cr, color);
}

static void
clip_to_pill (cairo_t *cr,
              double   width,
              double   height)
{
  double radius = height / 2;

  cairo_new_path (cr);
  cairo_arc (cr, radius, radius, radius, G_PI / 2, 3 * G_PI / 2);
  cairo_arc (cr, width - radius, radius, radius, -G_PI / 2, G_PI / 2);
  cairo_close_path (cr);
  cairo_clip (cr);
}

/* The background is what is left of the budget. What is over it fills the bar. */
static void
draw_bar_cb (GtkDrawingArea *area,
             cairo_t        *cr,
             int             width,
             int             height,
             gpointer        user_data)
{
  RunnelSizeMeter *self = user_data;
  gint64 whole = MAX (self->sum, self->budget);
  GdkRGBA trough;
  double x = 0;

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (area)), &trough);
  trough.alpha *= 0.15f;
  clip_to_pill (cr, width, height);
  set_color (cr, &trough);
  cairo_paint (cr);
  for (guint i = 0; i < self->n_parts && whole > 0; i++)
    {
      double part = (double) self->sizes[i] / (double) whole * width;

      if (self->sizes[i] == 0)
        continue;
      part = MAX (part, MIN_WIDTH);
      set_color (cr, &colors[i]);
      cairo_rectangle (cr, x, 0, part - GAP, height);
      cairo_fill (cr);
      x += part;
    }
}

static void
draw_swatch_cb (GtkDrawingArea *area,
                cairo_t        *cr,
                int             width,
                int             height,
                gpointer        user_data)
{
  set_color (cr, user_data);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_fill (cr);
}

static GtkWidget *
create_swatch (guint i)
{
  GtkWidget *swatch = gtk_drawing_area_new ();

  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (swatch), SWATCH_SIZE);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (swatch), SWATCH_SIZE);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (swatch), draw_swatch_cb,
                                  (gpointer) &colors[i], NULL);
  gtk_widget_set_valign (swatch, GTK_ALIGN_CENTER);
  return swatch;
}

static void
add_legend (RunnelSizeMeter      *self,
            guint                 i,
            const RunnelSizePart *part)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *size = g_format_size (part->size);
  g_autofree char *text = g_strdup_printf ("%s %s", part->name, size);
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "numeric");
  gtk_box_append (GTK_BOX (box), create_swatch (i));
  gtk_box_append (GTK_BOX (box), label);
  gtk_flow_box_append (GTK_FLOW_BOX (self->legend), box);
}

static void
clear_legend (RunnelSizeMeter *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->legend)) != NULL)
    gtk_flow_box_remove (GTK_FLOW_BOX (self->legend), child);
}

/* "1.2 GB of at most 10 GB" */
static char *
describe_sum (RunnelSizeMeter *self)
{
  g_autofree char *sum = g_format_size (self->sum);
  g_autofree char *budget = g_format_size (self->budget);

  return self->budget > 0 ? g_strdup_printf (_("%s of at most %s"), sum, budget)
                          : g_steal_pointer (&sum);
}

static void
describe (RunnelSizeMeter      *self,
          const RunnelSizePart *parts)
{
  g_autofree char *sum = describe_sum (self);
  g_autoptr(GString) text = g_string_new (NULL);

  gtk_label_set_label (self->sum_label, sum);
  g_string_append_printf (text, "%s: %s", self->title, sum);
  for (guint i = 0; i < self->n_parts; i++)
    {
      g_autofree char *size = g_format_size (parts[i].size);

      g_string_append_printf (text, ", %s %s", parts[i].name, size);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text->str,
                                  -1);
}

/**
 * runnel_size_meter_set:
 * @parts: (array length=n_parts): what takes something, four at most
 * @n_parts: how many
 * @budget: what all of it may take, or 0
 *
 * Shows how much that is.
 */
void
runnel_size_meter_set (RunnelSizeMeter      *self,
                       const RunnelSizePart *parts,
                       guint                 n_parts,
                       gint64                budget)
{
  g_return_if_fail (RUNNEL_IS_SIZE_METER (self));
  g_return_if_fail (n_parts <= MAX_PARTS);

  clear_legend (self);
  self->n_parts = n_parts;
  self->budget = budget;
  self->sum = 0;
  for (guint i = 0; i < n_parts; i++)
    {
      self->sizes[i] = parts[i].size;
      self->sum += parts[i].size;
      if (n_parts > 1)
        add_legend (self, i, &parts[i]);
    }
  gtk_widget_set_visible (self->legend, n_parts > 1);
  describe (self, parts);
  gtk_widget_queue_draw (self->bar);
}

/* --- The widget --- */

static void
runnel_size_meter_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (runnel_size_meter_parent_class)->dispose (object);
}

static void
runnel_size_meter_finalize (GObject *object)
{
  g_free (RUNNEL_SIZE_METER (object)->title);
  G_OBJECT_CLASS (runnel_size_meter_parent_class)->finalize (object);
}

static void
runnel_size_meter_class_init (RunnelSizeMeterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = runnel_size_meter_dispose;
  object_class->finalize = runnel_size_meter_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "sizemeter");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static GtkWidget *
create_head (RunnelSizeMeter *self,
             const char      *title)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (title);

  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  self->sum_label = GTK_LABEL (gtk_label_new (_("Measuring…")));
  gtk_widget_add_css_class (GTK_WIDGET (self->sum_label), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->sum_label), "numeric");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->sum_label));
  return box;
}

static void
runnel_size_meter_init (RunnelSizeMeter *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
  self->bar = gtk_drawing_area_new ();
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (self->bar), BAR_HEIGHT);
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (self->bar), BAR_WIDTH);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->bar), draw_bar_cb, self, NULL);
  self->legend = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (self->legend), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (self->legend), MAX_PARTS);
  gtk_widget_set_can_focus (self->legend, FALSE);
  gtk_widget_set_visible (self->legend, FALSE);
}

/**
 * runnel_size_meter_new:
 * @title: what is measured
 *
 * Returns: (transfer floating): a meter that says that it measures
 */
GtkWidget *
runnel_size_meter_new (const char *title)
{
  RunnelSizeMeter *self = g_object_new (RUNNEL_TYPE_SIZE_METER, NULL);

  self->title = g_strdup (title);
  gtk_widget_set_parent (create_head (self, title), GTK_WIDGET (self));
  gtk_widget_set_parent (self->bar, GTK_WIDGET (self));
  gtk_widget_set_parent (self->legend, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}
