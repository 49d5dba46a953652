/* test-outline.c: the list of steps beside the canvas
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "canvas-fixture.h"
#include "designer/outline/runnel-outline-row.h"
#include "designer/outline/runnel-outline.h"
#include "designer/runnel-settings.h"

typedef struct
{
  Fixture canvas;
  RunnelOutline *outline;
  GtkListView *list;
  GtkSelectionModel *selection;
} Case;

static GtkWidget *
find_descendant (GtkWidget *widget,
                 GType      type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_descendant (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* In the order of the file: build, test, lint, package. */
static void
set_up (Case *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  g_settings_set_enum (runnel_settings_get (), "outline-order", RUNNEL_OUTLINE_AS_FILE);
  fixture_set_up (&self->canvas, FIXTURE_PIPELINE);
  g_object_ref (self->canvas.canvas);
  gtk_window_set_child (GTK_WINDOW (self->canvas.window), NULL);
  self->outline = RUNNEL_OUTLINE (runnel_outline_new ());
  runnel_outline_set_canvas (self->outline, self->canvas.canvas);
  gtk_widget_set_size_request (GTK_WIDGET (self->outline), 220, -1);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->outline));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->canvas.canvas));
  gtk_window_set_child (GTK_WINDOW (self->canvas.window), box);
  g_object_unref (self->canvas.canvas);
  self->list = GTK_LIST_VIEW (find_descendant (GTK_WIDGET (self->outline), GTK_TYPE_LIST_VIEW));
  self->selection = gtk_list_view_get_model (self->list);
  while (find_descendant (GTK_WIDGET (self->list), RUNNEL_TYPE_OUTLINE_ROW) == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
tear_down (Case *self)
{
  fixture_tear_down (&self->canvas);
}

static void
assert_selected (Case       *self,
                 const char *positions)
{
  g_autoptr(GtkBitset) selected = gtk_selection_model_get_selection (self->selection);
  g_autoptr(GString) text = g_string_new (NULL);
  GtkBitsetIter iter;
  guint position;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, selected, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    g_string_append_printf (text, "%s%u", text->len > 0 ? " " : "", position);
  g_assert_cmpstr (text->str, ==, positions);
}

static void
test_empty (void)
{
  GtkWidget *outline = g_object_ref_sink (runnel_outline_new ());
  GtkWidget *stack = gtk_widget_get_ancestor (find_descendant (outline, GTK_TYPE_LIST_VIEW),
                                              GTK_TYPE_STACK);

  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (stack)), ==, "none");
  g_object_unref (outline);
}

static void
test_leads_canvas (void)
{
  Case self;

  set_up (&self);
  gtk_selection_model_select_item (self.selection, 1, TRUE);
  fixture_assert_selected (&self.canvas, "test");
  gtk_selection_model_select_item (self.selection, 3, FALSE);
  fixture_assert_selected (&self.canvas, "test package");
  gtk_selection_model_unselect_all (self.selection);
  fixture_assert_selected (&self.canvas, "");
  tear_down (&self);
}

static void
test_follows_canvas (void)
{
  GtkWidget *focus;
  Case self;

  set_up (&self);
  gtk_widget_grab_focus (GTK_WIDGET (self.canvas.canvas));
  focus = gtk_root_get_focus (GTK_ROOT (self.canvas.window));
  runnel_canvas_set_selection (self.canvas.canvas, (const char *const[]) { "lint", NULL });
  assert_selected (&self, "2");
  runnel_canvas_select_all (self.canvas.canvas);
  assert_selected (&self, "0 1 2 3");
  runnel_canvas_select_none (self.canvas.canvas);
  assert_selected (&self, "");
  g_assert_false (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (self.canvas.window)),
                                          GTK_WIDGET (self.outline)));
  g_assert_nonnull (focus);
  tear_down (&self);
}

static void
test_follows_edits (void)
{
  Case self;

  set_up (&self);
  gtk_selection_model_select_item (self.selection, 2, TRUE);
  fixture_activate (&self.canvas, "delete");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self.selection)), ==, 3);
  assert_selected (&self, "");
  runnel_document_undo (self.canvas.document);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self.selection)), ==, 4);
  tear_down (&self);
}

/* Another step being removed must not change what is selected. */
static void
test_keeps_selection (void)
{
  g_autoptr(RunnelEdit) edit = runnel_edit_new_remove_step ("lint");
  Case self;

  set_up (&self);
  gtk_selection_model_select_item (self.selection, 3, TRUE);
  g_assert_true (runnel_document_apply (self.canvas.document, edit, NULL));
  assert_selected (&self, "2");
  fixture_assert_selected (&self.canvas, "package");
  tear_down (&self);
}

static void
test_activate (void)
{
  Case self;

  set_up (&self);
  gtk_widget_activate_action (GTK_WIDGET (self.list), "list.activate-item", "u", 3);
  fixture_assert_selected (&self.canvas, "package");
  g_assert_true (runnel_canvas_contains_focus (self.canvas.canvas));
  tear_down (&self);
}

static RunnelOutlineRow *
get_row (Case       *self,
         const char *id)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->list)); child;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *row = gtk_widget_get_first_child (child);
      RunnelOutlineItem *item = row ? runnel_outline_row_get_item (RUNNEL_OUTLINE_ROW (row)) : NULL;

      if (item && g_str_equal (runnel_outline_item_get_id (item), id))
        return RUNNEL_OUTLINE_ROW (row);
    }

  g_assert_not_reached ();
}

static GtkWidget *
get_mark (Case       *self,
          const char *id,
          gboolean    of_state)
{
  GtkWidget *state = gtk_widget_get_last_child (GTK_WIDGET (get_row (self, id)));

  return of_state ? state : gtk_widget_get_prev_sibling (state);
}

static void
test_marks (void)
{
  Case self;

  set_up (&self);
  g_assert_false (gtk_widget_get_visible (get_mark (&self, "test", TRUE)));
  runnel_canvas_set_step_state (self.canvas.canvas, "test", RUNNEL_STATE_FAILED, "Failed");
  runnel_canvas_set_problems (self.canvas.canvas, (const char *const[]) { "lint", NULL });
  while (!gtk_widget_get_visible (get_mark (&self, "test", TRUE))
         || !gtk_widget_get_visible (get_mark (&self, "lint", FALSE)))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (gtk_widget_has_css_class (get_mark (&self, "test", TRUE), "error"));
  g_assert_false (gtk_widget_get_visible (get_mark (&self, "lint", TRUE)));

  runnel_canvas_clear_states (self.canvas.canvas);
  while (gtk_widget_get_visible (get_mark (&self, "test", TRUE)))
    g_main_context_iteration (NULL, TRUE);
  tear_down (&self);
}

int
main (int   argc,
      char *argv[])
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/designer/outline/empty", test_empty);
  g_test_add_func ("/designer/outline/leads-canvas", test_leads_canvas);
  g_test_add_func ("/designer/outline/follows-canvas", test_follows_canvas);
  g_test_add_func ("/designer/outline/follows-edits", test_follows_edits);
  g_test_add_func ("/designer/outline/keeps-selection", test_keeps_selection);
  g_test_add_func ("/designer/outline/activate", test_activate);
  g_test_add_func ("/designer/outline/marks", test_marks);

  return g_test_run ();
}
