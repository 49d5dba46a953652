/* test-canvas-areas.c: groups and notes on the canvas
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "canvas-fixture.h"

#define LEFT GDK_BUTTON_PRIMARY

/* build -- test -- package     in "Checks": test and lint; a note above them
 *      \-- lint                                                              */
#define PIPELINE \
  "{\"format\": 1, \"steps\": [" \
  "{\"id\": \"build\", \"kind\": \"command\"}," \
  "{\"id\": \"test\", \"kind\": \"command\", \"needs\": [\"build\"]}," \
  "{\"id\": \"lint\", \"kind\": \"script\", \"needs\": [\"build\"]}," \
  "{\"id\": \"package\", \"kind\": \"command\", \"needs\": [\"test\"]}]," \
  "\"groups\": [{\"id\": \"checks\", \"name\": \"Checks\", \"steps\": [\"test\", \"lint\", \"ghost\"]}]," \
  "\"notes\": [{\"id\": \"why\", \"text\": \"See [the site](https://example.org)\"}]," \
  "\"layout\": {\"steps\": {\"build\": [0, 0], \"test\": [320, 0], \"lint\": [320, 160]," \
  " \"package\": [640, 0]}, \"notes\": {\"why\": [0, 240, 200, 80]}}}"

static RunnelShownArea *
get_group (Fixture    *fixture,
           const char *id)
{
  RunnelShownArea *group = runnel_canvas_find_area (fixture->canvas, RUNNEL_AREA_GROUP, id);

  g_assert_nonnull (group);
  return group;
}

static RunnelShownArea *
get_note (Fixture    *fixture,
          const char *id)
{
  RunnelShownArea *note = runnel_canvas_find_area (fixture->canvas, RUNNEL_AREA_NOTE, id);

  g_assert_nonnull (note);
  return note;
}

static void
assert_box (const RunnelShownArea *area,
            float                  x0,
            float                  y0,
            float                  x1,
            float                  y1)
{
  g_assert_cmpfloat (area->box.x0, ==, x0);
  g_assert_cmpfloat (area->box.y0, ==, y0);
  g_assert_cmpfloat (area->box.x1, ==, x1);
  g_assert_cmpfloat (area->box.y1, ==, y1);
}

/* The steps of a group in the document, separated by blanks. */
static void
assert_steps (Fixture    *fixture,
              const char *id,
              const char *expected)
{
  g_autoptr(GString) steps = g_string_new (NULL);
  RunnelGroup group;

  g_assert_true (runnel_pipeline_find_group (fixture->pipeline, id, &group));
  for (guint i = 0; i < json_array_get_length (group.steps); i++)
    g_string_append_printf (steps, "%s%s", i > 0 ? " " : "",
                            json_array_get_string_element (group.steps, i));
  g_assert_cmpstr (steps->str, ==, expected);
}

static void
drag (Fixture         *fixture,
      double           x,
      double           y,
      double           dx,
      double           dy,
      GdkModifierType  modifiers)
{
  fixture_press (fixture, x, y, LEFT, 0);
  fixture_move (fixture, x + dx / 2, y + dy / 2, modifiers);
  fixture_move (fixture, x + dx, y + dy, modifiers);
  fixture_release (fixture, x + dx, y + dy, modifiers);
}

static void
click (Fixture *fixture,
       double   x,
       double   y)
{
  fixture_press (fixture, x, y, LEFT, 0);
  fixture_release (fixture, x, y, 0);
}

static void
test_shown (void)
{
  Fixture fixture;

  fixture_set_up (&fixture, PIPELINE);
  assert_box (get_group (&fixture, "checks"), 296, -52, 560, 256);
  assert_box (get_note (&fixture, "why"), 0, 240, 200, 320);
  fixture_tear_down (&fixture);
}

/* the frame follows its steps, while they move too */
static void
test_follows (void)
{
  Fixture fixture;

  fixture_set_up (&fixture, PIPELINE);
  fixture_press (&fixture, 400, 190, LEFT, 0);
  fixture_move (&fixture, 400, 230, 0);
  assert_box (get_group (&fixture, "checks"), 296, -52, 560, 296);
  fixture_release (&fixture, 400, 230, 0);
  assert_box (get_group (&fixture, "checks"), 296, -52, 560, 296);
  assert_steps (&fixture, "checks", "test lint ghost");

  runnel_document_undo (fixture.document);
  assert_box (get_group (&fixture, "checks"), 296, -52, 560, 256);
  fixture_tear_down (&fixture);
}

static void
test_drag_group (void)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  Fixture fixture;

  fixture_set_up (&fixture, PIPELINE);
  before = fixture_get_text (&fixture);
  drag (&fixture, 450, -40, 0, 320, 0);
  g_assert_true (get_group (&fixture, "checks")->selected);
  fixture_assert_position (&fixture, "test", 320, 320);
  fixture_assert_position (&fixture, "lint", 320, 480);
  fixture_assert_position (&fixture, "build", 0, 0);

  g_assert_true (runnel_document_undo (fixture.document));
  after = fixture_get_text (&fixture);
  g_assert_cmpstr (after, ==, before);
  fixture_tear_down (&fixture);
}

static void
test_drag_into_and_out (void)
{
  Fixture fixture;

  fixture_set_up (&fixture, PIPELINE);

  fixture_press (&fixture, 700, 36, LEFT, 0);
  fixture_move (&fixture, 440, 120, 0);
  g_assert_true (runnel_scene_has_area (fixture.canvas->scene,
                                        get_group (&fixture, "checks")->area));
  fixture_release (&fixture, 440, 120, 0);
  assert_steps (&fixture, "checks", "test lint package");

  drag (&fixture, 400, 190, 0, 300, 0);
  assert_steps (&fixture, "checks", "test package");
  assert_box (get_group (&fixture, "checks"), 296, -52, 624, 176);

  runnel_document_undo (fixture.document);
  runnel_document_undo (fixture.document);
  assert_steps (&fixture, "checks", "test lint ghost");
  g_assert_false (runnel_document_get_modified (fixture.document));
  fixture_tear_down (&fixture);
}

static void
test_drag_suspended (void)
{
  Fixture fixture;

  fixture_set_up (&fixture, PIPELINE);
  drag (&fixture, 400, 190, 0, 300, GDK_ALT_MASK);
  assert_steps (&fixture, "checks", "test lint ghost");
  assert_box (get_group (&fixture, "checks"), 296, -52, 560, 560);
  fixture_tear_down (&fixture);
}

static void
test_group_and_ungroup (void)
{
  Fixture fixture;
  RunnelShownArea *group;

  fixture_set_up (&fixture, PIPELINE);
  fixture_click (&fixture, "build", 0);
  fixture_click (&fixture, "package", GDK_SHIFT_MASK);
  fixture_activate (&fixture, "group");
  assert_steps (&fixture, "group", "build package");
  group = get_group (&fixture, "group");
  g_assert_true (group->selected);
  g_assert_cmpstr (group->text, ==, "Group 1");

  /* its title can be written at once */
  g_assert_nonnull (fixture.canvas->area_editor);
  gtk_editable_set_text (GTK_EDITABLE (fixture.canvas->area_editor), "Release");
  runnel_canvas_area_editor_close (fixture.canvas);
  g_assert_cmpstr (get_group (&fixture, "group")->text, ==, "Release");

  fixture_activate (&fixture, "ungroup");
  g_assert_null (runnel_canvas_find_area (fixture.canvas, RUNNEL_AREA_GROUP, "group"));
  g_assert_nonnull (fixture_get_step (&fixture, "build"));
  fixture_tear_down (&fixture);
}

/* a group inside of another lies in its frame, and moves with it */
static void
test_nested (void)
{
  Fixture fixture;
  RunnelShownArea *inner, *outer;

  fixture_set_up (&fixture, PIPELINE);
  fixture_click (&fixture, "test", 0);
  fixture_activate (&fixture, "group");
  runnel_canvas_area_editor_close (fixture.canvas);
  inner = get_group (&fixture, "group");
  outer = get_group (&fixture, "checks");
  g_assert_true (inner->parent == outer);
  assert_box (inner, 296, -52, 560, 96);
  assert_box (outer, 272, -104, 584, 256);

  fixture_activate (&fixture, "select-around");
  g_assert_true (outer->selected);
  g_assert_false (inner->selected);
  fixture_activate (&fixture, "select-inside");
  fixture_assert_selected (&fixture, "test lint");
  fixture_tear_down (&fixture);
}

static void
test_fold (void)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_auto(GStrv) closed = NULL;
  Fixture fixture;
  RunnelShownArea *group;
  guint node, lint;
  RunnelBox box;

  fixture_set_up (&fixture, PIPELINE);
  before = fixture_get_text (&fixture);
  fixture_click (&fixture, "lint", 0);
  fixture_activate (&fixture, "fold");

  group = get_group (&fixture, "checks");
  lint = runnel_canvas_find_node (fixture.canvas, "lint");
  g_assert_true (group->closed);
  g_assert_true (group->selected);
  fixture_assert_selected (&fixture, "");
  g_assert_cmpuint (group->area, ==, RUNNEL_NO_INDEX);
  g_assert_cmpuint (runnel_scene_get_node_host (fixture.canvas->scene, lint), ==, group->node);
  g_assert_cmpuint (fixture.canvas->focus_node, ==, group->node);
  g_assert_true (runnel_pick_node (fixture.canvas->scene, 400, 30, &node));
  g_assert_cmpuint (node, ==, group->node);
  g_assert_false (runnel_pick_node (fixture.canvas->scene, 400, 190, &node));

  closed = runnel_canvas_get_closed_groups (fixture.canvas);
  g_assert_cmpstr (closed[0], ==, "checks");
  after = fixture_get_text (&fixture);
  g_assert_cmpstr (after, ==, before);

  /* what is looked for is shown */
  runnel_canvas_reveal (fixture.canvas, "lint");
  g_assert_false (group->closed);
  fixture_assert_selected (&fixture, "lint");
  runnel_scene_get_node_box (fixture.canvas->scene, lint, &box);
  g_assert_cmpfloat (box.y0, ==, 160);
  assert_box (group, 296, -52, 560, 256);
  fixture_tear_down (&fixture);
}

/* a closed group is moved, undone and deleted with its steps */
static void
test_closed_edits (void)
{
  Fixture fixture;
  RunnelPoint point;

  fixture_set_up (&fixture, PIPELINE);
  fixture_activate (&fixture, "fold-all");
  drag (&fixture, 400, 30, 0, 160, 0);
  g_assert_true (runnel_pipeline_get_position (fixture.pipeline, "test", &point));
  g_assert_cmpfloat (point.y, ==, 160);
  g_assert_true (runnel_pipeline_get_position (fixture.pipeline, "lint", &point));
  g_assert_cmpfloat (point.y, ==, 320);
  assert_box (get_group (&fixture, "checks"), 320, 160, 536, 232);
  assert_steps (&fixture, "checks", "test lint ghost");

  fixture_activate (&fixture, "delete");
  g_assert_null (fixture_get_step (&fixture, "test"));
  g_assert_null (fixture_get_step (&fixture, "lint"));
  runnel_document_undo (fixture.document);
  g_assert_nonnull (fixture_get_step (&fixture, "lint"));
  fixture_activate (&fixture, "unfold-all");
  runnel_document_undo (fixture.document);
  fixture_assert_position (&fixture, "lint", 320, 160);
  fixture_tear_down (&fixture);
}

/* copies that were dragged are selected, notes among them */
static void
test_clone_note (void)
{
  Fixture fixture;

  fixture_set_up (&fixture, PIPELINE);
  fixture_activate (&fixture, "select-all");
  fixture_press (&fixture, 100, 30, LEFT, GDK_CONTROL_MASK);
  fixture_move (&fixture, 100, 510, GDK_CONTROL_MASK);
  fixture_release (&fixture, 100, 510, GDK_CONTROL_MASK);
  g_assert_true (get_note (&fixture, "why-2")->selected);
  g_assert_false (get_note (&fixture, "why")->selected);
  g_assert_cmpstr (runnel_document_get_change_label (fixture.document, 0), ==, "Duplicate");
  fixture_tear_down (&fixture);
}

/* a closed group joins another with its steps, not with its card */
static void
test_closed_joins (void)
{
  Fixture fixture;
  RunnelGroup group;

  fixture_set_up (&fixture, PIPELINE);
  fixture_click (&fixture, "package", 0);
  fixture_activate (&fixture, "group");
  runnel_canvas_area_editor_close (fixture.canvas);
  fixture_click (&fixture, "test", 0);
  fixture_activate (&fixture, "fold");
  drag (&fixture, 400, 30, 320, 40, 0);

  g_assert_true (runnel_pipeline_find_group (fixture.pipeline, "group", &group));
  g_assert_cmpuint (json_array_get_length (group.steps), ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_nonnull (fixture_get_step (&fixture, json_array_get_string_element (group.steps, i)));
  g_assert_true (get_group (&fixture, "checks")->parent == get_group (&fixture, "group"));
  fixture_tear_down (&fixture);
}

/* a drag that is going on is given up before what it holds goes */
static void
test_fold_in_drag (void)
{
  Fixture fixture;

  fixture_set_up (&fixture, PIPELINE);
  fixture_activate (&fixture, "fold-all");
  fixture_press (&fixture, 400, 30, LEFT, 0);
  fixture_move (&fixture, 440, 70, 0);
  fixture_activate (&fixture, "fold");
  fixture_move (&fixture, 460, 90, 0);
  fixture_release (&fixture, 460, 90, 0);
  fixture_assert_position (&fixture, "test", 320, 0);
  g_assert_false (runnel_document_get_modified (fixture.document));
  fixture_tear_down (&fixture);
}

static void
test_closed_state (void)
{
  Fixture fixture;
  RunnelShownArea *group;

  fixture_set_up (&fixture, PIPELINE);
  fixture_activate (&fixture, "fold-all");
  runnel_canvas_set_step_state (fixture.canvas, "test", RUNNEL_STATE_SUCCEEDED, NULL);
  runnel_canvas_set_step_state (fixture.canvas, "lint", RUNNEL_STATE_FAILED, NULL);
  fixture_iterate ();
  group = get_group (&fixture, "checks");
  g_assert_cmpint (runnel_scene_get_node_state (fixture.canvas->scene, group->node), ==,
                   RUNNEL_STATE_FAILED);

  runnel_canvas_clear_states (fixture.canvas);
  fixture_iterate ();
  g_assert_false (runnel_scene_get_node_flags (fixture.canvas->scene, group->node)
                  & RUNNEL_NODE_IN_RUN);
  fixture_tear_down (&fixture);
}

static void
test_fold_by_pointer (void)
{
  Fixture fixture;
  double x, y;

  fixture_set_up (&fixture, PIPELINE);
  click (&fixture, 296 + RUNNEL_AREA_PADDING + 4, -35);
  g_assert_true (get_group (&fixture, "checks")->closed);

  fixture_to_widget (&fixture, 400, 30, &x, &y);
  runnel_canvas_pointer_press (fixture.canvas, LEFT, 2, x, y, 0);
  g_assert_false (get_group (&fixture, "checks")->closed);
  g_assert_null (fixture.activated);
  fixture_tear_down (&fixture);
}

static void
test_note_moves (void)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  Fixture fixture;

  fixture_set_up (&fixture, PIPELINE);
  before = fixture_get_text (&fixture);
  drag (&fixture, 100, 280, 40, 16, 0);
  assert_box (get_note (&fixture, "why"), 40, 256, 240, 336);

  /* by its lower right corner; not smaller than it may be */
  drag (&fixture, 238, 334, 100, -300, 0);
  assert_box (get_note (&fixture, "why"), 40, 256, 344, 256 + RUNNEL_NOTE_MIN_HEIGHT);
  /* by its left edge */
  drag (&fixture, 41, 280, -40, 0, 0);
  assert_box (get_note (&fixture, "why"), 0, 256, 344, 256 + RUNNEL_NOTE_MIN_HEIGHT);

  for (guint i = 0; i < 3; i++)
    g_assert_true (runnel_document_undo (fixture.document));
  after = fixture_get_text (&fixture);
  g_assert_cmpstr (after, ==, before);
  fixture_tear_down (&fixture);
}

/* one edit, and none when nothing is written */
static void
test_new_note (void)
{
  Fixture fixture;
  GtkWidget *view;
  GtkTextBuffer *buffer;

  fixture_set_up (&fixture, PIPELINE);
  fixture_activate (&fixture, "add-note");
  runnel_canvas_area_editor_close (fixture.canvas);
  g_assert_false (runnel_document_get_modified (fixture.document));

  fixture_activate (&fixture, "add-note");
  view = gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (fixture.canvas->area_editor));
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  gtk_text_buffer_set_text (buffer, "# New", -1);
  runnel_canvas_area_editor_close (fixture.canvas);
  g_assert_cmpstr (get_note (&fixture, "note")->text, ==, "# New");
  g_assert_true (get_note (&fixture, "note")->selected);

  runnel_document_undo (fixture.document);
  g_assert_false (runnel_document_get_modified (fixture.document));
  fixture_tear_down (&fixture);
}

static void
test_edit_note (void)
{
  Fixture fixture;
  double x, y;

  fixture_set_up (&fixture, PIPELINE);
  fixture_to_widget (&fixture, 100, 280, &x, &y);
  runnel_canvas_pointer_press (fixture.canvas, LEFT, 1, x, y, 0);
  runnel_canvas_pointer_release (fixture.canvas, x, y, 0);
  runnel_canvas_pointer_press (fixture.canvas, LEFT, 2, x, y, 0);
  g_assert_true (GTK_IS_SCROLLED_WINDOW (fixture.canvas->area_editor));
  runnel_canvas_area_editor_close (fixture.canvas);
  g_assert_false (runnel_document_get_modified (fixture.document));

  fixture_activate (&fixture, "rename");
  g_assert_nonnull (fixture.canvas->area_editor);
  fixture_tear_down (&fixture);
}

static void
write_note (Fixture    *fixture,
            const char *text)
{
  GtkWidget *view;

  fixture_activate (fixture, "add-note");
  view = gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (fixture->canvas->area_editor));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), text, -1);
}

/* what was written is kept when the keyboard goes elsewhere, though not in the midst of that */
static void
test_leave_editor (void)
{
  Fixture fixture;

  fixture_set_up (&fixture, PIPELINE);
  write_note (&fixture, "left");
  gtk_widget_grab_focus (GTK_WIDGET (fixture.canvas));
  g_assert_nonnull (fixture.canvas->area_editor);
  fixture_iterate ();
  g_assert_null (fixture.canvas->area_editor);
  g_assert_cmpstr (get_note (&fixture, "note")->text, ==, "left");

  /* nor is it lost when the canvas is for reading only from now on, or shows something else */
  write_note (&fixture, "read");
  runnel_canvas_set_read_only (fixture.canvas, TRUE);
  g_assert_cmpstr (get_note (&fixture, "note-2")->text, ==, "read");
  runnel_canvas_set_read_only (fixture.canvas, FALSE);
  write_note (&fixture, "last");
  runnel_canvas_set_document (fixture.canvas, NULL);
  g_assert_true (runnel_pipeline_find_note (fixture.pipeline, "note-3", NULL));
  fixture_tear_down (&fixture);
}

static void
followed_cb (char       **followed,
             const char  *address)
{
  g_free (*followed);
  *followed = g_strdup (address);
}

static void
test_note_link (void)
{
  g_autofree char *followed = NULL;
  Fixture fixture;

  fixture_set_up (&fixture, PIPELINE);
  g_signal_connect_swapped (fixture.canvas, "link-followed", G_CALLBACK (followed_cb), &followed);
  fixture_press (&fixture, 60, 260, LEFT, GDK_CONTROL_MASK);
  fixture_release (&fixture, 60, 260, GDK_CONTROL_MASK);
  g_assert_cmpstr (followed, ==, "https://example.org");
  fixture_tear_down (&fixture);
}

static void
test_selection (void)
{
  Fixture fixture;
  g_auto(GStrv) groups = NULL;
  g_auto(GStrv) notes = NULL;

  fixture_set_up (&fixture, PIPELINE);
  fixture_activate (&fixture, "select-all");
  groups = runnel_canvas_get_selected_groups (fixture.canvas);
  notes = runnel_canvas_get_selected_notes (fixture.canvas);
  g_assert_cmpstr (groups[0], ==, "checks");
  g_assert_cmpstr (notes[0], ==, "why");

  /* a box takes the note that it touches, and no frame around it */
  fixture_press (&fixture, -60, 400, LEFT, 0);
  fixture_move (&fixture, 300, 300, 0);
  fixture_release (&fixture, 300, 300, 0);
  g_assert_true (get_note (&fixture, "why")->selected);
  g_assert_false (get_group (&fixture, "checks")->selected);

  fixture_activate (&fixture, "delete");
  g_assert_null (runnel_canvas_find_area (fixture.canvas, RUNNEL_AREA_NOTE, "why"));
  g_assert_nonnull (fixture_get_step (&fixture, "lint"));
  fixture_tear_down (&fixture);
}

static void
test_color (void)
{
  Fixture fixture;
  RunnelGroup group;
  RunnelNote note;

  fixture_set_up (&fixture, PIPELINE);
  fixture_activate (&fixture, "select-all");
  gtk_widget_activate_action (GTK_WIDGET (fixture.canvas), "canvas.area-color", "s", "green");
  g_assert_true (runnel_pipeline_find_group (fixture.pipeline, "checks", &group));
  g_assert_cmpstr (group.color, ==, "green");
  g_assert_true (runnel_pipeline_find_note (fixture.pipeline, "why", &note));
  g_assert_cmpstr (note.color, ==, "green");
  g_assert_cmpuint (get_note (&fixture, "why")->tint, ==, 2);

  g_assert_true (runnel_document_undo (fixture.document));
  g_assert_false (runnel_document_get_modified (fixture.document));
  fixture_tear_down (&fixture);
}

static void
test_duplicate (void)
{
  Fixture fixture;
  RunnelNote note;

  fixture_set_up (&fixture, PIPELINE);
  click (&fixture, 450, -40);
  fixture_press (&fixture, 100, 280, LEFT, GDK_SHIFT_MASK);
  fixture_release (&fixture, 100, 280, GDK_SHIFT_MASK);
  fixture_activate (&fixture, "duplicate");
  assert_steps (&fixture, "checks-2", "test-2 lint-2");
  g_assert_true (runnel_pipeline_find_note (fixture.pipeline, "why-2", &note));
  g_assert_cmpfloat (note.rect.x, ==, 32);
  g_assert_cmpfloat (note.rect.y, ==, 272);
  fixture_assert_position (&fixture, "test-2", 352, 32);
  fixture_tear_down (&fixture);
}

static void
test_read_only (void)
{
  Fixture fixture;

  fixture_set_up (&fixture, PIPELINE);
  runnel_canvas_set_read_only (fixture.canvas, TRUE);
  drag (&fixture, 100, 280, 80, 0, 0);
  assert_box (get_note (&fixture, "why"), 0, 240, 200, 320);
  drag (&fixture, 450, -40, 0, 160, 0);
  fixture_assert_position (&fixture, "test", 320, 0);
  fixture_activate (&fixture, "fold-all");
  g_assert_true (get_group (&fixture, "checks")->closed);
  fixture_tear_down (&fixture);
}

int
main (int    argc,
      char **argv)
{
  fixture_init (&argc, &argv);

  g_test_add_func ("/canvas/areas/shown", test_shown);
  g_test_add_func ("/canvas/areas/follows", test_follows);
  g_test_add_func ("/canvas/areas/drag-group", test_drag_group);
  g_test_add_func ("/canvas/areas/drag-into-and-out", test_drag_into_and_out);
  g_test_add_func ("/canvas/areas/drag-suspended", test_drag_suspended);
  g_test_add_func ("/canvas/areas/group-and-ungroup", test_group_and_ungroup);
  g_test_add_func ("/canvas/areas/nested", test_nested);
  g_test_add_func ("/canvas/areas/fold", test_fold);
  g_test_add_func ("/canvas/areas/closed-edits", test_closed_edits);
  g_test_add_func ("/canvas/areas/clone-note", test_clone_note);
  g_test_add_func ("/canvas/areas/closed-joins", test_closed_joins);
  g_test_add_func ("/canvas/areas/fold-in-drag", test_fold_in_drag);
  g_test_add_func ("/canvas/areas/closed-state", test_closed_state);
  g_test_add_func ("/canvas/areas/fold-by-pointer", test_fold_by_pointer);
  g_test_add_func ("/canvas/areas/note-moves", test_note_moves);
  g_test_add_func ("/canvas/areas/new-note", test_new_note);
  g_test_add_func ("/canvas/areas/edit-note", test_edit_note);
  g_test_add_func ("/canvas/areas/leave-editor", test_leave_editor);
  g_test_add_func ("/canvas/areas/note-link", test_note_link);
  g_test_add_func ("/canvas/areas/selection", test_selection);
  g_test_add_func ("/canvas/areas/color", test_color);
  g_test_add_func ("/canvas/areas/duplicate", test_duplicate);
  g_test_add_func ("/canvas/areas/read-only", test_read_only);

  return g_test_run ();
}
