/* test-portability-panel.c: what becomes of a pipeline on the systems it is meant for
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "designer/canvas/runnel-canvas.h"
#include "designer/interchange/runnel-finding-marks.h"
#include "designer/interchange/runnel-finding.h"
#include "designer/interchange/runnel-portability-panel.h"
#include "engine/kinds/runnel-kinds.h"
#include "../interchange/test-target.h"

static RunnelPortability *
make_portability (const char *steps)
{
  g_autofree char *text = g_strdup_printf ("{\"format\": 1, \"pools\": {\"p\": 1}, \"steps\": [%s]}",
                                           steps);
  g_autoptr(RunnelPipeline) pipeline = runnel_pipeline_new_from_text (text, -1, NULL, NULL);
  g_autoptr(RunnelFlow) flow = runnel_flow_new (pipeline, NULL, NULL);
  g_autoptr(GPtrArray) targets = g_ptr_array_new ();
  const RunnelExportOptions options = { "image", NULL, NULL, "runnel" };

  g_ptr_array_add (targets, (gpointer) &test_target);
  return runnel_portability_new (flow, targets, &options);
}

#define STEPS                                                                                      \
  "{\"id\": \"a\", \"kind\": \"script\", \"with\": {\"run\": \"true\"}, \"retry\": 2},"            \
  "{\"id\": \"b\", \"kind\": \"script\", \"with\": {\"run\": \"true\"}, \"needs\": [\"a\"],"       \
  " \"pool\": \"p\"}"

static RunnelPortabilityPanel *
panel_new (const char *steps,
           gboolean    is_chosen)
{
  RunnelPortabilityPanel *panel =
    g_object_ref_sink (RUNNEL_PORTABILITY_PANEL (runnel_portability_panel_new ()));
  g_autoptr(RunnelPortability) portability = make_portability (steps);
  const char *const systems[] = { "test", NULL };

  if (is_chosen)
    runnel_portability_panel_set_systems (panel, systems);
  runnel_portability_panel_set_portability (panel, portability, NULL);
  return panel;
}

static gboolean
find_text (GtkWidget  *widget,
           const char *text)
{
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_label (GTK_LABEL (widget)), text))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    if (find_text (child, text))
      return TRUE;
  return FALSE;
}

static GtkWidget *
find_chip (GtkWidget *widget)
{
  GtkWidget *found = GTK_IS_TOGGLE_BUTTON (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found;
       child = gtk_widget_get_next_sibling (child))
    found = find_chip (child);
  return found;
}

static RunnelFinding *
get_finding (RunnelPortabilityPanel *panel,
             guint                   position)
{
  g_autoptr(RunnelFinding) finding =
    g_list_model_get_item (runnel_portability_panel_get_findings (panel), position);

  return finding; /* the list holds it */
}

static void
count_cb (gpointer  object,
          gpointer  pspec,
          guint    *n)
{
  (*n)++;
}

static void
test_nothing_chosen (void)
{
  g_autoptr(RunnelPortabilityPanel) panel = panel_new (STEPS, FALSE);
  GtkWidget *chip = find_chip (GTK_WIDGET (panel));
  g_auto(GStrv) systems = NULL;
  guint n = 0;

  g_signal_connect (panel, "notify::systems", G_CALLBACK (count_cb), &n);
  g_assert_true (find_text (GTK_WIDGET (panel), "Choose the systems"));
  g_assert_cmpuint (g_list_model_get_n_items (runnel_portability_panel_get_findings (panel)), ==, 0);
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (chip)));

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), TRUE);
  systems = runnel_portability_panel_get_systems (panel);
  g_assert_cmpstr (systems[0], ==, "test");
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (runnel_portability_panel_get_findings (panel)), >, 2);
}

/* What is worst comes first, with what can be done about it. */
static void
test_findings (void)
{
  g_autoptr(RunnelPortabilityPanel) panel = panel_new (STEPS, TRUE);
  guint n = g_list_model_get_n_items (runnel_portability_panel_get_findings (panel));
  RunnelFinding *last = get_finding (panel, n - 1);
  RunnelFidelity worst = RUNNEL_FIDELITY_LOST;
  gboolean found = FALSE;

  for (guint i = 0; i < n; i++)
    {
      RunnelFinding *finding = get_finding (panel, i);
      g_autofree char *title = runnel_finding_make_title (finding);
      g_autofree char *fix = runnel_finding_make_fix (finding);

      g_assert_cmpint (runnel_finding_get_fidelity (finding), <=, worst);
      worst = runnel_finding_get_fidelity (finding);
      if (g_strcmp0 (runnel_finding_get_step (finding), "b") != 0 || worst != RUNNEL_FIDELITY_LOST)
        continue;
      found = TRUE;
      g_assert_cmpstr (title, ==, "Pool: lost on Test");
      g_assert_cmpstr (fix, ==, "Link them in a row");
    }
  g_assert_true (found);
  g_assert_cmpint (runnel_finding_get_fidelity (last), ==, RUNNEL_FIDELITY_EXACT);
}

static void
test_marks (void)
{
  g_autoptr(RunnelPortabilityPanel) panel = panel_new (STEPS, TRUE);
  g_autoptr(GHashTable) marks =
    runnel_finding_marks_new (runnel_portability_panel_get_findings (panel));
  RunnelStepMark *a = g_hash_table_lookup (marks, "a"), *b = g_hash_table_lookup (marks, "b");

  g_assert_cmpuint (g_hash_table_size (marks), ==, 2);
  g_assert_cmpint (a->badge, ==, RUNNEL_BADGE_EMULATED);
  g_assert_cmpstr (a->text, ==, "Retry: emulated on Test");
  g_assert_cmpint (b->badge, ==, RUNNEL_BADGE_LOST);
  g_assert_cmpstr (b->text, ==, "Pool: lost on Test. Link them in a row");
}

static void
test_obstacle (void)
{
  g_autoptr(RunnelPortabilityPanel) panel = panel_new (STEPS, TRUE);

  runnel_portability_panel_set_portability (panel, NULL, "the steps form a circle");
  g_assert_true (find_text (GTK_WIDGET (panel), "the steps form a circle"));
  g_assert_cmpuint (g_list_model_get_n_items (runnel_portability_panel_get_findings (panel)), ==, 0);
}

/* The same systems again are no change, and those that are not known are kept. */
static void
test_systems (void)
{
  g_autoptr(RunnelPortabilityPanel) panel = panel_new (STEPS, FALSE);
  const char *const systems[] = { "abacus", "test", NULL };
  g_auto(GStrv) kept = NULL;
  guint n = 0;

  g_signal_connect (panel, "notify::systems", G_CALLBACK (count_cb), &n);
  runnel_portability_panel_set_systems (panel, systems);
  runnel_portability_panel_set_systems (panel, systems);
  g_assert_cmpuint (n, ==, 1);
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (find_chip (GTK_WIDGET (panel)))));
  kept = runnel_portability_panel_get_systems (panel);
  g_assert_true (g_strv_equal ((const char *const *) kept, systems));
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  runnel_kinds_init ();
  test_target_init ();
  g_test_add_func ("/designer/portability-panel/nothing-chosen", test_nothing_chosen);
  g_test_add_func ("/designer/portability-panel/findings", test_findings);
  g_test_add_func ("/designer/portability-panel/marks", test_marks);
  g_test_add_func ("/designer/portability-panel/obstacle", test_obstacle);
  g_test_add_func ("/designer/portability-panel/systems", test_systems);

  return g_test_run ();
}
