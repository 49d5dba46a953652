/* canvas-fixture.c: a canvas in a window, for the tests of its topics
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "canvas-fixture.h"
#include "designer/compat/runnel-renderer.h"
#include "engine/kinds/runnel-kinds.h"

/* Before any test: the display, the kinds. */
void
fixture_init (int    *argc,
              char ***argv)
{
  g_test_init (argc, argv, NULL);
  runnel_renderer_choose ();
  runnel_kinds_init ();
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
}

/* Handles what is pending, and does not wait. */
void
fixture_iterate (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  RunnelDocument **document = user_data;
  g_autoptr(GError) error = NULL;

  *document = runnel_document_load_finish (result, &error);
  g_assert_no_error (error);
}

static RunnelDocument *
load (const char *text)
{
  g_autofree char *path = NULL;
  g_autoptr(GFile) file = NULL;
  g_autoptr(GError) error = NULL;
  RunnelDocument *document = NULL;
  int fd = g_file_open_tmp ("canvas-XXXXXX.runnel.json", &path, &error);

  g_assert_no_error (error);
  close (fd);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  file = g_file_new_for_path (path);
  runnel_document_load_async (file, NULL, loaded_cb, &document);
  while (document == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_remove (path);

  return document;
}

static void
selection_changed_cb (Fixture *self)
{
  self->n_selection_changed++;
}

static void
refused_cb (Fixture    *self,
            const char *message)
{
  g_free (self->refused);
  self->refused = g_strdup (message);
}

static void
activated_cb (Fixture    *self,
              const char *id)
{
  g_free (self->activated);
  self->activated = g_strdup (id);
}

static void
rename_cb (Fixture    *self,
           const char *id)
{
  g_free (self->renamed);
  self->renamed = g_strdup (id);
}

/* Shows the pipeline in `text` at 100 %, the world's origin at (100, 100) of the widget. */
void
fixture_set_up (Fixture    *self,
                const char *text)
{
  *self = (Fixture) { 0 };
  self->document = load (text);
  self->pipeline = runnel_document_get_pipeline (self->document);
  self->canvas = RUNNEL_CANVAS (runnel_canvas_new ());
  g_signal_connect_swapped (self->canvas, "selection-changed", G_CALLBACK (selection_changed_cb),
                            self);
  g_signal_connect_swapped (self->canvas, "edit-refused", G_CALLBACK (refused_cb), self);
  g_signal_connect_swapped (self->canvas, "step-activated", G_CALLBACK (activated_cb), self);
  g_signal_connect_swapped (self->canvas, "rename", G_CALLBACK (rename_cb), self);

  self->window = gtk_window_new ();
  gtk_window_set_decorated (GTK_WINDOW (self->window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (self->window), FIXTURE_WIDTH, FIXTURE_HEIGHT);
  gtk_window_set_child (GTK_WINDOW (self->window), GTK_WIDGET (self->canvas));
  runnel_canvas_set_document (self->canvas, self->document);
  gtk_window_present (GTK_WINDOW (self->window));
  while (self->canvas->view.width != FIXTURE_WIDTH)
    g_main_context_iteration (NULL, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->canvas));

  self->canvas->view.zoom = 1;
  self->canvas->view.x = -100;
  self->canvas->view.y = -100;
  self->n_selection_changed = 0;
}

void
fixture_tear_down (Fixture *self)
{
  gpointer canvas = self->canvas;

  g_object_add_weak_pointer (G_OBJECT (self->canvas), &canvas);
  gtk_window_destroy (GTK_WINDOW (self->window));
  fixture_iterate ();
  g_assert_null (canvas);

  g_object_unref (self->document);
  g_free (self->refused);
  g_free (self->activated);
  g_free (self->renamed);
}

char *
fixture_get_text (Fixture *self)
{
  return runnel_pipeline_to_text (self->pipeline, NULL);
}

/* Returns: (nullable): the step with this id */
RunnelStep *
fixture_get_step (Fixture    *self,
                  const char *id)
{
  guint index;

  if (!runnel_pipeline_find_step (self->pipeline, id, &index))
    return NULL;

  return runnel_pipeline_get_step (self->pipeline, index);
}

gboolean
fixture_needs (Fixture    *self,
               const char *to,
               const char *from,
               RunnelOn    on)
{
  RunnelStep *step = fixture_get_step (self, to);

  g_assert_nonnull (step);
  for (guint i = 0; i < step->n_needs; i++)
    if (step->needs[i].on == on && g_str_equal (step->needs[i].step, from))
      return TRUE;

  return FALSE;
}

/* `ids` separated by blanks, in the order of the file */
void
fixture_assert_selected (Fixture    *self,
                         const char *ids)
{
  g_auto(GStrv) selection = runnel_canvas_get_selection (self->canvas);
  g_autofree char *text = g_strjoinv (" ", selection);

  g_assert_cmpstr (text, ==, ids);
}

/* In the document as well as on the canvas. */
void
fixture_assert_position (Fixture    *self,
                         const char *id,
                         double      x,
                         double      y)
{
  guint node = runnel_canvas_find_node (self->canvas, id);
  RunnelPoint point;
  RunnelBox box;

  g_assert_true (runnel_pipeline_get_position (self->pipeline, id, &point));
  g_assert_cmpfloat (point.x, ==, x);
  g_assert_cmpfloat (point.y, ==, y);

  g_assert_cmpuint (node, !=, RUNNEL_NO_INDEX);
  runnel_scene_get_node_box (self->canvas->scene, node, &box);
  g_assert_cmpfloat (box.x0, ==, x);
  g_assert_cmpfloat (box.y0, ==, y);
}

void
fixture_to_widget (Fixture *self,
                   double   world_x,
                   double   world_y,
                   double  *ret_x,
                   double  *ret_y)
{
  runnel_viewport_from_world (&self->canvas->view, world_x, world_y, ret_x, ret_y);
}

void
fixture_press (Fixture         *self,
               double           world_x,
               double           world_y,
               guint            button,
               GdkModifierType  modifiers)
{
  double x, y;

  fixture_move (self, world_x, world_y, modifiers);
  fixture_to_widget (self, world_x, world_y, &x, &y);
  runnel_canvas_pointer_press (self->canvas, button, 1, x, y, modifiers);
}

void
fixture_move (Fixture         *self,
              double           world_x,
              double           world_y,
              GdkModifierType  modifiers)
{
  double x, y;

  fixture_to_widget (self, world_x, world_y, &x, &y);
  runnel_canvas_pointer_motion (self->canvas, x, y, modifiers);
}

void
fixture_release (Fixture         *self,
                 double           world_x,
                 double           world_y,
                 GdkModifierType  modifiers)
{
  double x, y;

  fixture_to_widget (self, world_x, world_y, &x, &y);
  runnel_canvas_pointer_release (self->canvas, x, y, modifiers);
}

void
fixture_get_middle (Fixture    *self,
                    const char *id,
                    double     *ret_x,
                    double     *ret_y)
{
  guint node = runnel_canvas_find_node (self->canvas, id);
  RunnelBox box;

  g_assert_cmpuint (node, !=, RUNNEL_NO_INDEX);
  runnel_scene_get_node_box (self->canvas->scene, node, &box);
  *ret_x = (box.x0 + box.x1) / 2;
  *ret_y = (box.y0 + box.y1) / 2;
}

void
fixture_get_port (Fixture    *self,
                  const char *id,
                  RunnelPort  port,
                  double     *ret_x,
                  double     *ret_y)
{
  guint node = runnel_canvas_find_node (self->canvas, id);
  float x, y;

  g_assert_cmpuint (node, !=, RUNNEL_NO_INDEX);
  runnel_scene_get_port_position (self->canvas->scene, node, port, &x, &y);
  *ret_x = x;
  *ret_y = y;
}

void
fixture_click (Fixture         *self,
               const char      *id,
               GdkModifierType  modifiers)
{
  double x, y;

  fixture_get_middle (self, id, &x, &y);
  fixture_press (self, x, y, GDK_BUTTON_PRIMARY, modifiers);
  fixture_release (self, x, y, modifiers);
}

/* `action` may carry a parameter: "connect::failure" */
void
fixture_activate (Fixture    *self,
                  const char *action)
{
  g_autofree char *detailed = g_strconcat ("canvas.", action, NULL);
  g_autofree char *name = NULL;
  g_autoptr(GVariant) parameter = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (g_action_parse_detailed_name (detailed, &name, &parameter, &error));
  g_assert_no_error (error);
  g_assert_true (gtk_widget_activate_action_variant (GTK_WIDGET (self->canvas), name, parameter));
}
