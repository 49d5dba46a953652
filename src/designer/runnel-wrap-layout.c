/* runnel-wrap-layout.c: children beside each other, in as many lines as it takes
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Like a paragraph of words. A GtkFlowBox would give all lines the same columns.
 */
#include "config.h"

#include "designer/runnel-wrap-layout.h"

#define SPACING RUNNEL_WRAP_LAYOUT_SPACING

struct _RunnelWrapLayout
{
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (RunnelWrapLayout, runnel_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

/* Where the next child goes. */
typedef struct
{
  int x, y;        /* of the next child */
  int line_height; /* of the line it is in, so far */
} Pen;

typedef struct
{
  GtkWidget *child;
  GtkAllocation place;
} Box;

/* Gives a child its place; one that is wider than the line is as narrow as the line. */
static GtkAllocation
place (Pen       *pen,
       GtkWidget *child,
       int        width)
{
  GtkAllocation box;
  int minimum, natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  box.width = CLAMP (width, minimum, natural);
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, box.width, NULL, &box.height, NULL, NULL);
  if (pen->x > 0 && pen->x + box.width > width)
    *pen = (Pen) { 0, pen->y + pen->line_height + SPACING, 0 };
  box.x = pen->x;
  box.y = pen->y;
  pen->x += box.width + SPACING;
  pen->line_height = MAX (pen->line_height, box.height);
  return box;
}

#define FOREACH_CHILD(widget, child) \
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; \
       child = gtk_widget_get_next_sibling (child)) \
    if (gtk_widget_should_layout (child))

static void
measure_width (GtkWidget *widget,
               int       *minimum,
               int       *natural)
{
  int child_minimum, child_natural;

  *minimum = *natural = 0;
  FOREACH_CHILD (widget, child)
    {
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural,
                          NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural += child_natural + (*natural > 0 ? SPACING : 0);
    }
}

static int
measure_height (GtkWidget *widget,
                int        width)
{
  Pen pen = { 0 };

  FOREACH_CHILD (widget, child)
    place (&pen, child, width);
  return pen.y + pen.line_height;
}

static GtkSizeRequestMode
runnel_wrap_layout_get_request_mode (GtkLayoutManager *layout,
                                     GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
runnel_wrap_layout_measure (GtkLayoutManager *layout,
                            GtkWidget        *widget,
                            GtkOrientation    orientation,
                            int               for_size,
                            int              *minimum,
                            int              *natural,
                            int              *minimum_baseline,
                            int              *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    measure_width (widget, minimum, natural);
  else
    *minimum = *natural = measure_height (widget, for_size < 0 ? G_MAXINT / 2 : for_size);
}

/* Gives the children from @first up to @end, which are in one line, the middle of it. */
static void
allocate_line (GArray *boxes,
               guint   first,
               guint   end,
               int     line_height)
{
  for (guint i = first; i < end; i++)
    {
      Box *box = &g_array_index (boxes, Box, i);

      box->place.y += (line_height - box->place.height) / 2;
      gtk_widget_size_allocate (box->child, &box->place, -1);
    }
}

static void
runnel_wrap_layout_allocate (GtkLayoutManager *layout,
                             GtkWidget        *widget,
                             int               width,
                             int               height,
                             int               baseline)
{
  gboolean is_mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  g_autoptr(GArray) boxes = g_array_new (FALSE, FALSE, sizeof (Box));
  guint first = 0;
  int line_height = 0;
  Pen pen = { 0 };

  FOREACH_CHILD (widget, child)
    {
      Box box = { child, place (&pen, child, width) };

      if (boxes->len > first && box.place.y > g_array_index (boxes, Box, first).place.y)
        {
          allocate_line (boxes, first, boxes->len, line_height);
          first = boxes->len;
        }
      if (is_mirrored)
        box.place.x = width - box.place.x - box.place.width;
      line_height = pen.line_height;
      g_array_append_val (boxes, box);
    }
  allocate_line (boxes, first, boxes->len, line_height);
}

static void
runnel_wrap_layout_class_init (RunnelWrapLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = runnel_wrap_layout_get_request_mode;
  layout_class->measure = runnel_wrap_layout_measure;
  layout_class->allocate = runnel_wrap_layout_allocate;
}

static void
runnel_wrap_layout_init (RunnelWrapLayout *self)
{
}

/**
 * runnel_wrap_layout_new:
 *
 * Returns: (transfer full): a layout that puts children into lines
 */
GtkLayoutManager *
runnel_wrap_layout_new (void)
{
  return g_object_new (RUNNEL_TYPE_WRAP_LAYOUT, NULL);
}
