/* test-canvas-a11y.c: the canvas without a mouse and without a screen
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "canvas-fixture.h"

/* build -- test -- package     in "Checks": test and lint; a note below them
 *      \-- lint                                                              */
#define WITH_AREAS \
  "{\"format\": 1, \"steps\": [" \
  "{\"id\": \"build\", \"kind\": \"command\"}," \
  "{\"id\": \"test\", \"kind\": \"command\", \"needs\": [\"build\"]}," \
  "{\"id\": \"lint\", \"kind\": \"script\", \"needs\": [\"build\"]}," \
  "{\"id\": \"package\", \"kind\": \"command\", \"needs\": [\"test\"]}]," \
  "\"groups\": [{\"id\": \"checks\", \"name\": \"Checks\", \"steps\": [\"test\", \"lint\"]}]," \
  "\"notes\": [{\"id\": \"why\", \"text\": \"See **this**\\nand that\"}]," \
  "\"layout\": {\"steps\": {\"build\": [0, 0], \"test\": [320, 0], \"lint\": [320, 160]," \
  " \"package\": [640, 0]}, \"notes\": {\"why\": [0, 240, 200, 80]}}}"

/* A cycle is not allowed, an outcome is not the usual one. */
#define WITH_OUTCOME \
  "{\"format\": 1, \"steps\": [" \
  "{\"id\": \"build\", \"kind\": \"command\", \"with\": {\"argv\": [\"make\"]}}," \
  "{\"id\": \"alarm\", \"kind\": \"command\", \"needs\": [{\"step\": \"build\", \"on\": \"failure\"}]}]," \
  "\"layout\": {\"steps\": {\"build\": [0, 0], \"alarm\": [320, 0]}}}"

static GtkWidget *
find_step (Fixture    *fixture,
           const char *id)
{
  guint node = runnel_canvas_find_node (fixture->canvas, id);

  return g_hash_table_lookup (fixture->canvas->proxies,
                              runnel_canvas_get_part_key (RUNNEL_PART_STEP, node));
}

/* The part that is read out so. */
static GtkWidget *
find_label (Fixture    *fixture,
            const char *label)
{
  GHashTableIter iter;
  gpointer proxy;

  runnel_canvas_a11y_update (fixture->canvas);
  g_hash_table_iter_init (&iter, fixture->canvas->proxies);
  while (g_hash_table_iter_next (&iter, NULL, &proxy))
    if (g_str_equal (runnel_part_proxy_get_label (proxy), label))
      return proxy;

  g_error ("nothing is called “%s”", label);
}

static void
assert_focus (Fixture    *fixture,
              const char *label)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (fixture->window));

  g_assert_true (RUNNEL_IS_PART_PROXY (focus));
  g_assert_cmpstr (runnel_part_proxy_get_label (RUNNEL_PART_PROXY (focus)), ==, label);
}

static void
perform (GtkWidget  *proxy,
         const char *action)
{
  g_assert_true (gtk_widget_activate_action (proxy, action, NULL));
}

static void
test_steps (void)
{
  Fixture fixture;
  GtkWidget *build;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  runnel_canvas_a11y_update (fixture.canvas);
  g_assert_cmpuint (g_hash_table_size (fixture.canvas->proxies), ==, 4);
  build = find_step (&fixture, "build");
  gtk_test_accessible_assert_role (build, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_test_accessible_assert_property (build, GTK_ACCESSIBLE_PROPERTY_LABEL, "build, Command");
  gtk_test_accessible_assert_relation (build, GTK_ACCESSIBLE_RELATION_FLOW_TO,
                                       find_step (&fixture, "test"), find_step (&fixture, "lint"),
                                       NULL);
  fixture_tear_down (&fixture);
}

static void
test_outcomes (void)
{
  Fixture fixture;

  fixture_set_up (&fixture, WITH_OUTCOME);
  gtk_test_accessible_assert_property (find_label (&fixture, "build, Command"),
                                       GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "First step\nThen alarm (on failure)\nmake");
  gtk_test_accessible_assert_property (find_label (&fixture, "alarm, Command"),
                                       GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "After build (on failure)");
  fixture_tear_down (&fixture);
}

static void
test_actions (void)
{
  Fixture fixture;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  perform (find_label (&fixture, "build, Command"), "it.focus");
  fixture_assert_selected (&fixture, "build");
  assert_focus (&fixture, "build, Command");
  perform (find_step (&fixture, "lint"), "it.open");
  g_assert_cmpstr (fixture.activated, ==, "lint");
  perform (find_step (&fixture, "test"), "it.rename");
  g_assert_cmpstr (fixture.renamed, ==, "test");
  perform (find_step (&fixture, "test"), "it.disable");
  find_label (&fixture, "test, Command, disabled");
  perform (find_step (&fixture, "test"), "it.delete");
  g_assert_null (fixture_get_step (&fixture, "test"));
  g_assert_true (runnel_canvas_contains_focus (fixture.canvas));
  fixture_tear_down (&fixture);
}

/* The keyboard goes along with the end of the link, so that a screen reader says where it is. A
 * pointer that only lies there takes nothing away. */
static void
test_connect (void)
{
  Fixture fixture;
  GtkWidget *lint;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  runnel_canvas_pointer_motion (fixture.canvas, 5, 5, 0);
  perform (find_label (&fixture, "test, Command"), "it.connect");
  runnel_canvas_walk (fixture.canvas, GTK_DIR_DOWN);
  runnel_canvas_pointer_motion (fixture.canvas, 5, 5, 0);
  lint = find_label (&fixture, "lint, Script");
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture.window)) == lint);
  gtk_test_accessible_assert_property (lint, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Enter connects this step, on success\n"
                                       "After build (on success)\nlint .");
  fixture_activate (&fixture, "activate");
  g_assert_true (fixture_needs (&fixture, "lint", "test", RUNNEL_ON_SUCCESS));
  assert_focus (&fixture, "test, Command");
  fixture_tear_down (&fixture);
}

static void
test_connect_refused (void)
{
  Fixture fixture;
  GtkWidget *build;
  char *description;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  perform (find_label (&fixture, "test, Command"), "it.connect");
  runnel_canvas_walk (fixture.canvas, GTK_DIR_LEFT);
  build = find_label (&fixture, "build, Command");
  description = gtk_test_accessible_check_property (GTK_ACCESSIBLE (build),
                                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "");
  g_assert_nonnull (strstr (description, fixture.canvas->connecting.refusal));
  g_free (description);
  fixture_activate (&fixture, "escape");
  assert_focus (&fixture, "test, Command");
  fixture_tear_down (&fixture);
}

static void
test_links (void)
{
  Fixture fixture;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  perform (find_label (&fixture, "test, Command"), "it.focus");
  runnel_canvas_walk_link (fixture.canvas, TRUE);
  assert_focus (&fixture, "test → package, on success");
  runnel_canvas_walk_link (fixture.canvas, TRUE);
  assert_focus (&fixture, "build → test, on success");
  runnel_canvas_walk (fixture.canvas, GTK_DIR_DOWN);
  assert_focus (&fixture, "test → package, on success");
  runnel_canvas_walk (fixture.canvas, GTK_DIR_RIGHT);
  assert_focus (&fixture, "package, Command");

  runnel_canvas_walk_link (fixture.canvas, FALSE);
  runnel_canvas_set_link_on (fixture.canvas, RUNNEL_ON_FAILURE);
  g_assert_true (fixture_needs (&fixture, "package", "test", RUNNEL_ON_FAILURE));
  perform (find_label (&fixture, "test → package, on failure"), "it.delete");
  g_assert_false (fixture_needs (&fixture, "package", "test", RUNNEL_ON_FAILURE));
  runnel_canvas_a11y_update (fixture.canvas);
  assert_focus (&fixture, "package, Command");
  fixture_tear_down (&fixture);
}

static void
test_relink (void)
{
  Fixture fixture;

  fixture_set_up (&fixture, FIXTURE_PIPELINE);
  perform (find_label (&fixture, "package, Command"), "it.focus");
  runnel_canvas_walk_link (fixture.canvas, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (fixture.canvas), "canvas.relink", "s", "start");
  runnel_canvas_walk (fixture.canvas, GTK_DIR_DOWN);
  assert_focus (&fixture, "lint, Script");
  fixture_activate (&fixture, "activate");
  g_assert_true (fixture_needs (&fixture, "package", "lint", RUNNEL_ON_SUCCESS));
  g_assert_false (fixture_needs (&fixture, "package", "test", RUNNEL_ON_SUCCESS));
  assert_focus (&fixture, "lint → package, on success");
  fixture_tear_down (&fixture);
}

static void
test_areas (void)
{
  Fixture fixture;
  GtkWidget *note;

  fixture_set_up (&fixture, WITH_AREAS);
  note = find_label (&fixture, "Note: See this");
  gtk_test_accessible_assert_property (note, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "See this\nand that");
  gtk_test_accessible_assert_property (find_label (&fixture, "Checks, group of 2 steps"),
                                       GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "Contains test, lint");

  runnel_canvas_walk_area (fixture.canvas, TRUE);
  assert_focus (&fixture, "Note: See this");
  runnel_canvas_walk_area (fixture.canvas, TRUE);
  assert_focus (&fixture, "Checks, group of 2 steps");
  perform (find_label (&fixture, "Checks, group of 2 steps"), "it.fold");
  assert_focus (&fixture, "Checks, closed group of 2 steps");
  gtk_test_accessible_assert_relation (find_label (&fixture, "build, Command"),
                                       GTK_ACCESSIBLE_RELATION_FLOW_TO,
                                       find_label (&fixture, "Checks, closed group of 2 steps"),
                                       NULL);
  runnel_canvas_walk (fixture.canvas, GTK_DIR_LEFT);
  assert_focus (&fixture, "build, Command");
  fixture_tear_down (&fixture);
}

/* As links go: from the left, in a column from the top; a group before what is in it. */
static void
test_order (void)
{
  static const char *const labels[] = {
    "build, Command", "Note: See this", "Checks, group of 2 steps", "test, Command",
    "lint, Script", "package, Command"
  };
  Fixture fixture;
  GtkWidget *part;

  fixture_set_up (&fixture, WITH_AREAS);
  part = find_label (&fixture, labels[0]);
  for (guint i = 1; i < G_N_ELEMENTS (labels); i++)
    {
      part = gtk_widget_get_next_sibling (part);
      g_assert_cmpstr (runnel_part_proxy_get_label (RUNNEL_PART_PROXY (part)), ==, labels[i]);
    }
  fixture_tear_down (&fixture);
}

static char *
make_wide (guint n_steps)
{
  g_autoptr(GString) text = g_string_new ("{\"format\": 1, \"steps\": [");

  for (guint i = 0; i < n_steps; i++)
    g_string_append_printf (text, "%s{\"id\": \"s%u\", \"kind\": \"command\", \"with\": "
                                  "{\"argv\": [\"true\"]}}", i > 0 ? "," : "", i);
  g_string_append (text, "]}");

  return g_strdup (text->str);
}

static void
test_many_accessibles (void)
{
  Fixture fixture;
  g_autofree char *text = make_wide (1000);

  fixture_set_up (&fixture, text);
  runnel_canvas_fit (fixture.canvas);
  runnel_canvas_a11y_update (fixture.canvas);
  g_assert_cmpuint (g_hash_table_size (fixture.canvas->proxies), ==, 300);

  runnel_canvas_zoom_100 (fixture.canvas);
  runnel_canvas_a11y_update (fixture.canvas);
  g_assert_cmpuint (g_hash_table_size (fixture.canvas->proxies), <, 100);
  fixture_tear_down (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  fixture_init (&argc, &argv);

  g_test_add_func ("/canvas/a11y/steps", test_steps);
  g_test_add_func ("/canvas/a11y/outcomes", test_outcomes);
  g_test_add_func ("/canvas/a11y/actions", test_actions);
  g_test_add_func ("/canvas/a11y/connect", test_connect);
  g_test_add_func ("/canvas/a11y/connect-refused", test_connect_refused);
  g_test_add_func ("/canvas/a11y/links", test_links);
  g_test_add_func ("/canvas/a11y/relink", test_relink);
  g_test_add_func ("/canvas/a11y/areas", test_areas);
  g_test_add_func ("/canvas/a11y/order", test_order);
  g_test_add_func ("/canvas/a11y/many", test_many_accessibles);

  return g_test_run ();
}
