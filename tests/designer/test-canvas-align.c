/* test-canvas-align.c: steps in a line, at equal distances, and pinned
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "canvas-fixture.h"

static void
set_up (Fixture *fixture)
{
  fixture_set_up (fixture, FIXTURE_PIPELINE);
  fixture_click (fixture, "build", 0);
  fixture_click (fixture, "lint", GDK_SHIFT_MASK);
  fixture_click (fixture, "package", GDK_SHIFT_MASK);
}

/* undoes the edit, which must bring back the same bytes */
static void
assert_undone (Fixture    *fixture,
               const char *before)
{
  g_autofree char *after = NULL;

  g_assert_true (runnel_document_undo (fixture->document));
  after = fixture_get_text (fixture);
  g_assert_cmpstr (after, ==, before);
}

static void
test_align (void)
{
  static const struct
  {
    const char *action;
    double build_x, build_y, lint_x, lint_y, package_x, package_y;
  } cases[] = {
    { "align::left", 0, 0, 0, 208, 0, 104 },
    { "align::center", 320, 0, 320, 208, 320, 104 },
    { "align::right", 640, 0, 640, 208, 640, 104 },
    { "align::top", 0, 0, 320, 0, 640, 0 },
    { "align::middle", 0, 80, 320, 80, 640, 80 },
    { "align::bottom", 0, 160, 320, 160, 640, 160 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Fixture fixture;
      g_autofree char *before = NULL;

      set_up (&fixture);
      before = fixture_get_text (&fixture);
      fixture_activate (&fixture, cases[i].action);
      fixture_assert_position (&fixture, "build", cases[i].build_x, cases[i].build_y);
      fixture_assert_position (&fixture, "lint", cases[i].lint_x, cases[i].lint_y);
      fixture_assert_position (&fixture, "package", cases[i].package_x, cases[i].package_y);
      fixture_assert_position (&fixture, "test", 320, 0);
      assert_undone (&fixture, before);
      fixture_tear_down (&fixture);
    }
}

static void
test_distribute (void)
{
  Fixture fixture;
  g_autofree char *before = NULL;

  set_up (&fixture);
  fixture_click (&fixture, "test", GDK_SHIFT_MASK);
  before = fixture_get_text (&fixture);
  fixture_activate (&fixture, "distribute::vertically");
  fixture_assert_position (&fixture, "build", 0, 0);
  fixture_assert_position (&fixture, "test", 320, 56);
  fixture_assert_position (&fixture, "package", 640, 104);
  fixture_assert_position (&fixture, "lint", 320, 160);
  assert_undone (&fixture, before);

  fixture_activate (&fixture, "distribute::horizontally");
  fixture_assert_position (&fixture, "test", 248, 0);
  fixture_assert_position (&fixture, "lint", 424, 160);
  fixture_tear_down (&fixture);
}

/* one step is in a line with itself */
static void
test_needs_several (void)
{
  Fixture fixture;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  fixture_click (&fixture, "lint", 0);
  before = fixture_get_text (&fixture);
  runnel_canvas_align (fixture.canvas, RUNNEL_ALIGN_TOP);
  runnel_canvas_distribute (fixture.canvas, TRUE);
  after = fixture_get_text (&fixture);
  g_assert_cmpstr (after, ==, before);
  fixture_tear_down (&fixture);
}

static gboolean
has_mark (Fixture    *fixture,
          const char *id)
{
  guint node = runnel_canvas_find_node (fixture->canvas, id);

  return (runnel_canvas_get_badges (fixture->canvas, node) & RUNNEL_BADGE_PINNED) != 0;
}

/* a pinned step is moved by nothing that moves others */
static void
test_pin (void)
{
  Fixture fixture;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  double x, y;

  set_up (&fixture);
  fixture_click (&fixture, "lint", 0);
  before = fixture_get_text (&fixture);
  fixture_activate (&fixture, "pin");
  g_assert_true (has_mark (&fixture, "lint"));

  fixture_activate (&fixture, "select-all");
  fixture_activate (&fixture, "nudge::down");
  fixture_activate (&fixture, "align::left");
  fixture_activate (&fixture, "tidy");
  while (fixture.canvas->tidying != NULL)
    g_main_context_iteration (NULL, TRUE);

  fixture_get_middle (&fixture, "build", &x, &y);
  fixture_press (&fixture, x, y, 1, 0);
  fixture_move (&fixture, x + 40, y + 40, 0);
  fixture_release (&fixture, x + 40, y + 40, 0);
  fixture_assert_position (&fixture, "lint", 320, 160);

  while (runnel_document_undo (fixture.document))
    ;
  g_assert_false (has_mark (&fixture, "lint"));
  after = fixture_get_text (&fixture);
  g_assert_cmpstr (after, ==, before);
  fixture_tear_down (&fixture);
}

/* who drags it is told why it does not come */
static void
test_drag_pinned (void)
{
  Fixture fixture;
  double x, y;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  fixture_click (&fixture, "lint", 0);
  fixture_activate (&fixture, "pin");
  fixture_get_middle (&fixture, "lint", &x, &y);
  fixture_press (&fixture, x, y, 1, 0);
  fixture_move (&fixture, x + 80, y + 80, 0);
  fixture_release (&fixture, x + 80, y + 80, 0);
  fixture_assert_position (&fixture, "lint", 320, 160);
  g_assert_cmpstr (fixture.refused, ==, "“lint” is pinned; P lets it go");

  fixture_activate (&fixture, "pin");
  g_assert_false (has_mark (&fixture, "lint"));
  fixture_press (&fixture, x, y, 1, 0);
  fixture_move (&fixture, x + 80, y + 80, 0);
  fixture_release (&fixture, x + 80, y + 80, 0);
  fixture_assert_position (&fixture, "lint", 400, 240);
  fixture_tear_down (&fixture);
}

/* some pinned: all are; all pinned: none is */
static void
test_toggle (void)
{
  Fixture fixture;

  set_up (&fixture);
  fixture_click (&fixture, "lint", 0);
  fixture_activate (&fixture, "pin");
  fixture_click (&fixture, "test", GDK_SHIFT_MASK);
  fixture_activate (&fixture, "pin");
  g_assert_true (has_mark (&fixture, "lint") && has_mark (&fixture, "test"));
  fixture_activate (&fixture, "pin");
  g_assert_false (has_mark (&fixture, "lint") || has_mark (&fixture, "test"));
  fixture_tear_down (&fixture);
}

/* a little off its row, a step is drawn into it, and a line shows it; not with Shift, and not when
 * people want it the other way round */
static void
test_snap (void)
{
  Fixture fixture;
  double x, y;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  g_assert_true (runnel_document_apply (
    fixture.document,
    runnel_edit_new_move_steps ((const char *const[]) { "package", NULL },
                                (const RunnelPoint[]) { { 643, 203 } }, 1),
    NULL));

  fixture_get_middle (&fixture, "lint", &x, &y);
  fixture_press (&fixture, x, y, 1, 0);
  fixture_move (&fixture, x + 8, y + 40, 0);
  g_assert_cmpuint (fixture.canvas->n_guides, ==, 1);
  fixture_release (&fixture, x + 8, y + 40, 0);
  fixture_assert_position (&fixture, "lint", 328, 203);

  fixture_get_middle (&fixture, "lint", &x, &y);
  fixture_press (&fixture, x, y, 1, 0);
  fixture_move (&fixture, x + 30, y + 30, GDK_SHIFT_MASK);
  g_assert_cmpuint (fixture.canvas->n_guides, ==, 0);
  fixture_release (&fixture, x + 30, y + 30, GDK_SHIFT_MASK);
  fixture_assert_position (&fixture, "lint", 358, 233);

  g_object_set (fixture.canvas, "snaps", FALSE, NULL);
  fixture_press (&fixture, x + 30, y + 30, 1, 0);
  fixture_move (&fixture, x + 29, y - 1, 0);
  fixture_release (&fixture, x + 29, y - 1, 0);
  fixture_assert_position (&fixture, "lint", 357, 202);
  fixture_tear_down (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  fixture_init (&argc, &argv);

  g_test_add_func ("/designer/canvas/align/align", test_align);
  g_test_add_func ("/designer/canvas/align/distribute", test_distribute);
  g_test_add_func ("/designer/canvas/align/needs-several", test_needs_several);
  g_test_add_func ("/designer/canvas/align/pin", test_pin);
  g_test_add_func ("/designer/canvas/align/drag-pinned", test_drag_pinned);
  g_test_add_func ("/designer/canvas/align/toggle-pins", test_toggle);
  g_test_add_func ("/designer/canvas/align/snap", test_snap);

  return g_test_run ();
}
