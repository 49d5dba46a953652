/* runnel-tile-layout.c: children of one width in rows, as many beside each other as there is room
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A GtkFlowBox would make all rows as high as the highest child, leave a hole in the last row, and
 * be one more place to stop at with Tab for each child.
 */
#include "config.h"

#include "designer/insights/runnel-tile-layout.h"

#define SPACING 12

struct _RunnelTileLayout
{
  GtkLayoutManager parent_instance;

  int tile_width;
  int max_columns;
};

enum
{
  PROP_0,
  PROP_TILE_WIDTH,
  PROP_MAX_COLUMNS,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (RunnelTileLayout, runnel_tile_layout, GTK_TYPE_LAYOUT_MANAGER)

static GParamSpec *properties[N_PROPS];

static GPtrArray *
list_children (GtkWidget *widget)
{
  GPtrArray *children = g_ptr_array_new ();

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_should_layout (child))
      g_ptr_array_add (children, child);
  return children;
}

static int
get_height (GtkWidget *child,
            int        width)
{
  int minimum, natural;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, &minimum, &natural, NULL, NULL);
  return MAX (minimum, natural);
}

/* The highest of a row. */
static int
get_row_height (GPtrArray *children,
                guint      first,
                guint      n_children,
                int        width)
{
  int height = 0;

  for (guint i = first; i < first + n_children; i++)
    height = MAX (height, get_height (children->pdata[i], width));
  return height;
}

/* Walks from row to row; allocates, too, when @widget is given. Returns: the height of all */
static int
walk_rows (RunnelTileLayout *self,
           GPtrArray        *children,
           int               width,
           GtkWidget        *widget)
{
  guint n_columns = runnel_tile_layout_count_columns (width, self->tile_width, self->max_columns,
                                                      children->len);
  gboolean is_mirrored = widget != NULL && gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int y = 0;

  for (guint first = 0; first < children->len; first += n_columns)
    {
      guint n = MIN (n_columns, children->len - first);
      int child_width = (width - (int) (n - 1) * SPACING) / (int) n;
      int height = get_row_height (children, first, n, child_width);

      for (guint i = 0; widget != NULL && i < n; i++)
        {
          int x = (int) i * (child_width + SPACING);

          gtk_widget_size_allocate (children->pdata[first + i], &(GtkAllocation) {
            is_mirrored ? width - x - child_width : x, y, child_width, height }, -1);
        }
      y += height + SPACING;
    }
  return MAX (y - SPACING, 0);
}

static GtkSizeRequestMode
runnel_tile_layout_get_request_mode (GtkLayoutManager *layout,
                                     GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
runnel_tile_layout_measure (GtkLayoutManager *layout,
                            GtkWidget        *widget,
                            GtkOrientation    orientation,
                            int               for_size,
                            int              *minimum,
                            int              *natural,
                            int              *minimum_baseline,
                            int              *natural_baseline)
{
  RunnelTileLayout *self = RUNNEL_TILE_LAYOUT (layout);
  g_autoptr(GPtrArray) children = list_children (widget);
  int child_minimum;

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum = *natural = walk_rows (self, children, MAX (for_size, self->tile_width), NULL);
      return;
    }
  for (guint i = 0; i < children->len; i++)
    {
      gtk_widget_measure (children->pdata[i], GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, NULL,
                          NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
    }
  *natural = MAX (*minimum, self->max_columns * (self->tile_width + SPACING) - SPACING);
}

static void
runnel_tile_layout_allocate (GtkLayoutManager *layout,
                             GtkWidget        *widget,
                             int               width,
                             int               height,
                             int               baseline)
{
  g_autoptr(GPtrArray) children = list_children (widget);

  walk_rows (RUNNEL_TILE_LAYOUT (layout), children, width, widget);
}

static void
runnel_tile_layout_set_property (GObject      *object,
                                 guint         prop_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  RunnelTileLayout *self = RUNNEL_TILE_LAYOUT (object);

  switch (prop_id)
    {
    case PROP_TILE_WIDTH:
      self->tile_width = g_value_get_int (value);
      break;
    case PROP_MAX_COLUMNS:
      self->max_columns = g_value_get_int (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
runnel_tile_layout_class_init (RunnelTileLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  G_OBJECT_CLASS (klass)->set_property = runnel_tile_layout_set_property;
  layout_class->get_request_mode = runnel_tile_layout_get_request_mode;
  layout_class->measure = runnel_tile_layout_measure;
  layout_class->allocate = runnel_tile_layout_allocate;

  properties[PROP_TILE_WIDTH] =
    g_param_spec_int ("tile-width", NULL, NULL, 1, G_MAXINT, 100, flags);
  properties[PROP_MAX_COLUMNS] =
    g_param_spec_int ("max-columns", NULL, NULL, 1, G_MAXINT, 1, flags);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);
}

static void
runnel_tile_layout_init (RunnelTileLayout *self)
{
}

/**
 * runnel_tile_layout_count_columns:
 * @width: what room there is
 * @tile_width: what a child needs
 * @max_columns: how many may stand beside each other at most
 * @n_children: how many there are
 *
 * Returns: how many stand beside each other, at least 1: not more than fit, and no more than it
 *   takes for that number of rows, so that six are three and three rather than five and one
 */
guint
runnel_tile_layout_count_columns (int   width,
                                  int   tile_width,
                                  guint max_columns,
                                  guint n_children)
{
  guint n_fitting = (guint) CLAMP ((width + SPACING) / (tile_width + SPACING), 1, (int) max_columns);
  guint n_rows = (MAX (n_children, 1) + n_fitting - 1) / n_fitting;

  return (MAX (n_children, 1) + n_rows - 1) / n_rows;
}
