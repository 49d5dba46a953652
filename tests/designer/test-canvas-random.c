/* test-canvas-random.c: whatever the hand does, the document stays valid and all of it can be undone
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "canvas-fixture.h"

#define N_GESTURES 10000
#define N_STEPS 24 /* beyond that, steps are deleted first */

static const char *const actions[] = {
  "undo", "redo", "delete", "delete-and-heal", "disconnect", "duplicate", "insert", "add",
  "select-all", "select-none", "select-upstream", "select-downstream", "escape", "activate",
  "disable", "bypass", "connect::success", "connect::failure", "connect::always",
  "link-on::failure", "link-on::finished", "walk::left", "walk::right", "walk::up", "walk::down",
  "nudge::left", "nudge-finely::down", "fit", "zoom-in", "zoom-out", "zoom-100", "fit-selection",
  "group", "group", "ungroup", "add-note", "rename", "area-color::red", "area-color::",
  "fold", "fold-all", "unfold-all", "select-around", "select-inside",
  "pin", "align::left", "align::middle", "distribute::vertically", "tidy", "tidy-to::down",
  "cut", "copy", "paste", "paste-linked", "link-style::angular", "link-style::curved", "trace",
};

static const GdkModifierType modifiers[] = {
  0, 0, 0, GDK_SHIFT_MASK, GDK_CONTROL_MASK, GDK_ALT_MASK, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
};

static const guint buttons[] = {
  GDK_BUTTON_PRIMARY, GDK_BUTTON_PRIMARY, GDK_BUTTON_PRIMARY, GDK_BUTTON_PRIMARY,
  GDK_BUTTON_MIDDLE,
};

static GdkModifierType
pick_modifiers (void)
{
  return modifiers[g_test_rand_int_range (0, G_N_ELEMENTS (modifiers))];
}

/* Half of the time something that can be taken hold of: a card, a port, a place beside one. */
static void
pick_point (Fixture *fixture,
            double  *ret_x,
            double  *ret_y)
{
  guint n_steps = runnel_pipeline_get_n_steps (fixture->pipeline);
  const char *id;

  *ret_x = g_test_rand_double_range (-20, FIXTURE_WIDTH + 20);
  *ret_y = g_test_rand_double_range (-20, FIXTURE_HEIGHT + 20);
  if (n_steps == 0 || g_test_rand_bit ())
    return;

  id = runnel_pipeline_get_step (fixture->pipeline, g_test_rand_int_range (0, n_steps))->id;
  if (g_test_rand_bit ())
    fixture_get_middle (fixture, id, ret_x, ret_y);
  else
    fixture_get_port (fixture, id, g_test_rand_int_range (0, RUNNEL_N_PORTS), ret_x, ret_y);

  fixture_to_widget (fixture, *ret_x, *ret_y, ret_x, ret_y);
  *ret_x += g_test_rand_int_range (-16, 17);
}

static void
activate (Fixture *fixture)
{
  g_autofree char *name = g_strconcat (
    "canvas.", actions[g_test_rand_int_range (0, G_N_ELEMENTS (actions))], NULL);
  g_autofree char *action = NULL;
  g_autoptr(GVariant) target = NULL;

  g_assert_true (g_action_parse_detailed_name (name, &action, &target, NULL));
  gtk_widget_activate_action_variant (GTK_WIDGET (fixture->canvas), action, target);
}

/* Chooses a kind where one is asked for, or drops one. */
static void
add (Fixture *fixture)
{
  double x, y;

  if (gtk_widget_get_visible (fixture->canvas->quick_add))
    {
      gtk_popover_popdown (GTK_POPOVER (fixture->canvas->quick_add));
      g_signal_emit_by_name (fixture->canvas->quick_add, "kind-chosen", "wait");
      return;
    }

  pick_point (fixture, &x, &y);
  runnel_canvas_drop_motion (fixture->canvas, x, y, pick_modifiers ());
  runnel_canvas_drop_text (fixture->canvas, RUNNEL_CANVAS_KIND_PREFIX "wait", x, y);
}

static void
point (Fixture *fixture)
{
  RunnelCanvas *canvas = fixture->canvas;
  GdkModifierType held = pick_modifiers ();
  guint n_moves = g_test_rand_int_range (0, 5);
  double x, y;

  pick_point (fixture, &x, &y);
  canvas->pointer.space_down = g_test_rand_int_range (0, 20) == 0;
  runnel_canvas_pointer_motion (canvas, x, y, held);
  runnel_canvas_pointer_press (canvas, buttons[g_test_rand_int_range (0, G_N_ELEMENTS (buttons))],
                               g_test_rand_int_range (1, 3), x, y, held);
  for (guint i = 0; i < n_moves; i++)
    {
      pick_point (fixture, &x, &y);
      runnel_canvas_pointer_motion (canvas, x, y, held);
      if (g_test_rand_int_range (0, 30) == 0)
        activate (fixture);
    }
  runnel_canvas_pointer_release (canvas, x, y, held);
}

static void
gesture (Fixture *fixture)
{
  switch (g_test_rand_int_range (0, 10))
    {
    case 0:
    case 1:
      activate (fixture);
      break;

    case 2:
      add (fixture);
      break;

    case 3:
      runnel_canvas_pointer_scroll (fixture->canvas, g_test_rand_int_range (-2, 3),
                                    g_test_rand_int_range (-2, 3), g_test_rand_bit (),
                                    pick_modifiers ());
      break;

    default:
      point (fixture);
    }
}

/* Steps of the kind “wait” lack their time: only what links can break is looked for. */
static void
assert_valid (Fixture *fixture)
{
  guint n_steps = runnel_pipeline_get_n_steps (fixture->pipeline);

  for (guint i = 0; i < n_steps; i++)
    {
      RunnelStep *step = runnel_pipeline_get_step (fixture->pipeline, i);

      for (guint n = 0; n < step->n_needs; n++)
        {
          const RunnelNeed *need = &step->needs[n];
          g_auto(GStrv) circle = runnel_pipeline_find_path (fixture->pipeline, step->id, need->step);

          g_assert_true (runnel_pipeline_find_step (fixture->pipeline, need->step, NULL));
          g_assert_null (circle);
          for (guint other = 0; other < n; other++)
            g_assert_false (step->needs[other].on == need->on
                            && g_str_equal (step->needs[other].step, need->step));
        }

      g_assert_true (runnel_pipeline_get_position (fixture->pipeline, step->id, NULL));
      g_assert_cmpuint (runnel_canvas_find_node (fixture->canvas, step->id), !=, RUNNEL_NO_INDEX);
    }
}

/* What the canvas knows of groups and notes is what the document has. */
static void
assert_areas (Fixture *fixture)
{
  RunnelCanvas *canvas = fixture->canvas;
  g_autoptr(GArray) groups = runnel_pipeline_list_groups (fixture->pipeline);
  g_autoptr(GArray) notes = runnel_pipeline_list_notes (fixture->pipeline);

  g_assert_cmpuint (canvas->areas->len, ==, groups->len + notes->len);
  for (guint i = 0; i < groups->len; i++)
    {
      const RunnelShownArea *area = g_ptr_array_index (canvas->areas, i);
      const RunnelGroup *group = &g_array_index (groups, RunnelGroup, i);

      g_assert_cmpstr (area->id, ==, group->id);
      g_assert_cmpuint (area->nodes->len, ==, json_array_get_length (group->steps));
      for (guint n = 0; n < area->nodes->len; n++)
        g_assert_true (runnel_scene_has_node (canvas->scene,
                                              g_array_index (area->nodes, guint, n)));
    }
}

static void
delete_some (Fixture *fixture)
{
  runnel_canvas_pointer_cancel (fixture->canvas);
  runnel_canvas_select_all (fixture->canvas);
  runnel_canvas_select_node (fixture->canvas, runnel_canvas_find_node (
    fixture->canvas, runnel_pipeline_get_step (fixture->pipeline, 0)->id), FALSE);
  runnel_canvas_delete_and_heal (fixture->canvas);
}

static void
test_random (void)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  Fixture fixture;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  before = fixture_get_text (&fixture);

  for (guint i = 0; i < N_GESTURES; i++)
    {
      gesture (&fixture);
      if (runnel_pipeline_get_n_steps (fixture.pipeline) > N_STEPS)
        delete_some (&fixture);
      assert_valid (&fixture);
      assert_areas (&fixture);
      if (i % 100 == 0)
        runnel_canvas_zoom_100 (fixture.canvas);
      if (i % 20 == 0)
        fixture_iterate ();
    }

  runnel_canvas_flush (fixture.canvas);
  runnel_canvas_tidy_cancel (fixture.canvas);
  while (runnel_document_undo (fixture.document))
    ;
  after = fixture_get_text (&fixture);
  g_assert_cmpstr (after, ==, before);
  fixture_tear_down (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  fixture_init (&argc, &argv);

  g_test_add_func ("/designer/canvas/random", test_random);

  return g_test_run ();
}
