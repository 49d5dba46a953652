/* test-minimap.c: the whole pipeline in a corner
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "canvas-fixture.h"
#include "designer/canvas/runnel-canvas-pane.h"
#include "designer/canvas/runnel-minimap.h"

typedef struct
{
  Fixture canvas;
  RunnelMinimap *minimap;
} Case;

/* The canvas moves from the window into a pane with a minimap. */
static void
set_up (Case *self)
{
  GtkWidget *pane;

  fixture_set_up (&self->canvas, FIXTURE_PIPELINE);
  g_object_ref (self->canvas.canvas);
  gtk_window_set_child (GTK_WINDOW (self->canvas.window), NULL);
  pane = runnel_canvas_pane_new (self->canvas.canvas);
  g_object_unref (self->canvas.canvas);
  gtk_window_set_child (GTK_WINDOW (self->canvas.window), pane);
  for (GtkWidget *child = gtk_widget_get_first_child (gtk_widget_get_first_child (pane)); child;
       child = gtk_widget_get_next_sibling (child))
    if (RUNNEL_IS_MINIMAP (child))
      self->minimap = RUNNEL_MINIMAP (child);
  g_assert_nonnull (self->minimap);
}

static void
tear_down (Case *self)
{
  fixture_tear_down (&self->canvas);
}

static void
wait_for_visible (Case     *self,
                  gboolean  visible)
{
  while (gtk_widget_get_visible (GTK_WIDGET (self->minimap)) != visible
         || (visible && gtk_widget_get_width (GTK_WIDGET (self->minimap)) == 0))
    g_main_context_iteration (NULL, TRUE);
}

static void
look_at_a_part (Case *self)
{
  const RunnelPlace place = { { 100, 36 }, 4 };

  runnel_canvas_show_place (self->canvas.canvas, &place);
  wait_for_visible (self, TRUE);
}

static void
test_shown_when_of_use (void)
{
  Case self;

  set_up (&self);
  look_at_a_part (&self);
  runnel_canvas_fit (self.canvas.canvas);
  wait_for_visible (&self, FALSE);
  tear_down (&self);
}

static void
test_not_wanted (void)
{
  Case self;

  set_up (&self);
  look_at_a_part (&self);
  g_object_set (self.minimap, "enabled", FALSE, NULL);
  wait_for_visible (&self, FALSE);
  g_object_set (self.minimap, "enabled", TRUE, NULL);
  wait_for_visible (&self, TRUE);
  tear_down (&self);
}

/* A press somewhere else brings the view there: the middle of the minimap is that of the pipeline,
 * as soon as its picture is painted. */
static void
press_until_moved (Case   *self,
                   double  x,
                   double  y)
{
  RunnelPoint before = runnel_canvas_get_center (self->canvas.canvas);

  while (runnel_canvas_get_center (self->canvas.canvas).x == before.x)
    {
      runnel_minimap_press (self->minimap, x, y);
      g_main_context_iteration (NULL, TRUE);
    }
}

static void
test_press_and_drag (void)
{
  RunnelPoint center, after;
  double width, height;
  Case self;

  set_up (&self);
  look_at_a_part (&self);
  width = gtk_widget_get_width (GTK_WIDGET (self.minimap));
  height = gtk_widget_get_height (GTK_WIDGET (self.minimap));
  press_until_moved (&self, width / 2, height / 2);
  center = runnel_canvas_get_center (self.canvas.canvas);
  g_assert_cmpfloat_with_epsilon (center.x, (640 + RUNNEL_NODE_WIDTH) / 2.0, 6);
  g_assert_cmpfloat_with_epsilon (center.y, (160 + RUNNEL_NODE_HEIGHT) / 2.0, 6);

  /* Taken beside its middle, the frame does not jump. */
  runnel_minimap_press (self.minimap, width / 2 + 4, height / 2);
  runnel_minimap_drag (self.minimap, width / 2 + 4, height / 2);
  after = runnel_canvas_get_center (self.canvas.canvas);
  g_assert_cmpfloat_with_epsilon (after.x, center.x, 1);
  runnel_minimap_drag (self.minimap, width / 2 + 24, height / 2);
  after = runnel_canvas_get_center (self.canvas.canvas);
  g_assert_cmpfloat (after.x, >, center.x + 20);
  g_assert_cmpfloat_with_epsilon (after.y, center.y, 1);

  /* The pipeline can't be lost. */
  runnel_minimap_drag (self.minimap, 100000, -100000);
  after = runnel_canvas_get_center (self.canvas.canvas);
  g_assert_cmpfloat_with_epsilon (after.x, 640 + RUNNEL_NODE_WIDTH, 1);
  g_assert_cmpfloat_with_epsilon (after.y, 0, 1);
  tear_down (&self);
}

static void
test_press_without_picture (void)
{
  RunnelPoint before, after;
  Case self;

  set_up (&self);
  before = runnel_canvas_get_center (self.canvas.canvas);
  runnel_minimap_press (self.minimap, 3, 3);
  runnel_minimap_drag (self.minimap, 30, 3);
  after = runnel_canvas_get_center (self.canvas.canvas);
  g_assert_cmpfloat (before.x, ==, after.x);
  tear_down (&self);
}

int
main (int   argc,
      char *argv[])
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/designer/minimap/shown-when-of-use", test_shown_when_of_use);
  g_test_add_func ("/designer/minimap/not-wanted", test_not_wanted);
  g_test_add_func ("/designer/minimap/press-and-drag", test_press_and_drag);
  g_test_add_func ("/designer/minimap/press-without-picture", test_press_without_picture);

  return g_test_run ();
}
