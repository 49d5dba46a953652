/* test-gantt.c: the timing of a run as a chart to look at and to walk through
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <adwaita.h>

#include "../charts/charts-fixture.h"
#include "charts/runnel-gantt-style.h"
#include "designer/canvas/runnel-canvas.h"
#include "designer/charts/runnel-gantt.h"

#define WIDTH 1000
#define HEIGHT 320

typedef struct
{
  GtkWidget *window;
  GtkWidget *scrolled;
  RunnelGantt *gantt;
  guint n_notified;
  char *activated;
  guint attempt;
} Fixture;

static void
notified_cb (Fixture *fixture)
{
  fixture->n_notified++;
}

static void
activated_cb (RunnelGantt *gantt,
              const char  *id,
              guint        attempt,
              Fixture     *fixture)
{
  g_free (fixture->activated);
  fixture->activated = g_strdup (id);
  fixture->attempt = attempt;
}

static void
iterate_until_drawn (Fixture *fixture)
{
  while (gtk_widget_get_width (GTK_WIDGET (fixture->gantt)) == 0)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
set_up (Fixture      *fixture,
        gconstpointer unused)
{
  fixture->window = gtk_window_new ();
  fixture->scrolled = gtk_scrolled_window_new ();
  fixture->gantt = RUNNEL_GANTT (runnel_gantt_new ());
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (fixture->scrolled),
                                 GTK_WIDGET (fixture->gantt));
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->scrolled);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), WIDTH, HEIGHT);
  g_signal_connect_swapped (fixture->gantt, "notify::selection", G_CALLBACK (notified_cb),
                            fixture);
  g_signal_connect (fixture->gantt, "step-activated", G_CALLBACK (activated_cb), fixture);
  runnel_gantt_set_timing (fixture->gantt, make_rich_timing ());
  gtk_window_present (GTK_WINDOW (fixture->window));
  iterate_until_drawn (fixture);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer unused)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->gantt), (gpointer *) &fixture->gantt);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (fixture->gantt);
  g_free (fixture->activated);
}

/* As it is to be drawn next. */
static GdkTexture *
take_picture (Fixture *fixture)
{
  GtkWidget *widget = GTK_WIDGET (fixture->gantt);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  g_autoptr(GskRenderNode) node = NULL;
  GskRenderer *renderer = gtk_native_get_renderer (gtk_widget_get_native (widget));

  GTK_WIDGET_GET_CLASS (widget)->snapshot (widget, snapshot);
  node = gtk_snapshot_free_to_node (snapshot);
  return gsk_renderer_render_texture (renderer, node, &GRAPHENE_RECT_INIT (0, 0, width, height));
}

/* How many pixels of exactly this colour there are. */
static guint
count_pixels (Fixture *fixture,
              guint32  color)
{
  g_autoptr(GdkTexture) picture = take_picture (fixture);
  gsize n_pixels = (gsize) gdk_texture_get_width (picture) * gdk_texture_get_height (picture);
  g_autofree guint32 *pixels = g_new (guint32, n_pixels);
  guint n_found = 0;

  gdk_texture_download (picture, (guchar *) pixels, gdk_texture_get_width (picture) * 4);
  if (g_getenv ("RUNNEL_SCREENSHOTS") != NULL)
    {
      g_autofree char *name = g_strdelimit (g_strdup (g_test_get_path ()), "/", '-');
      g_autofree char *path = g_strconcat (g_getenv ("RUNNEL_SCREENSHOTS"), "/", name + 1,
                                           ".png", NULL);

      gdk_texture_save_to_png (picture, path);
    }
  for (gsize i = 0; i < n_pixels; i++)
    n_found += (pixels[i] & 0xffffff) == color;
  return n_found;
}

static guint32
state_color (RunnelScheme scheme,
             RunnelState  state)
{
  return runnel_gantt_style_get_colors (scheme)->looks[state];
}

static void
act (Fixture    *fixture,
     const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->gantt), action, NULL));
}

static void
test_empty (Fixture      *fixture,
            gconstpointer unused)
{
  runnel_gantt_set_timing (fixture->gantt, NULL);
  g_assert_null (runnel_gantt_get_timing (fixture->gantt));
  act (fixture, "gantt.select-next");
  act (fixture, "gantt.activate");
  act (fixture, "gantt.fit-rows");
  act (fixture, "gantt.zoom-in");
  g_assert_null (runnel_gantt_get_selection (fixture->gantt));
  g_assert_cmpuint (count_pixels (fixture, 0xffffff), >, 1000);
}

static void
test_selection (Fixture      *fixture,
                gconstpointer unused)
{
  g_assert_null (runnel_gantt_get_selection (fixture->gantt));
  runnel_gantt_set_selection (fixture->gantt, "compile");
  g_assert_cmpstr (runnel_gantt_get_selection (fixture->gantt), ==, "compile");
  g_assert_cmpuint (fixture->n_notified, ==, 1);
  runnel_gantt_set_selection (fixture->gantt, "compile");
  g_assert_cmpuint (fixture->n_notified, ==, 1);
  runnel_gantt_set_selection (fixture->gantt, "no-such-step");
  g_assert_null (runnel_gantt_get_selection (fixture->gantt));
  g_assert_cmpuint (fixture->n_notified, ==, 2);

  /* A later picture of the same run keeps it, an empty chart can't. */
  g_object_set (fixture->gantt, "selection", "compile", NULL);
  runnel_gantt_set_timing (fixture->gantt, make_rich_timing ());
  g_assert_cmpstr (runnel_gantt_get_selection (fixture->gantt), ==, "compile");
  runnel_gantt_set_timing (fixture->gantt, NULL);
  g_assert_null (runnel_gantt_get_selection (fixture->gantt));
}

static void
test_walk (Fixture      *fixture,
           gconstpointer unused)
{
  act (fixture, "gantt.select-next");
  g_assert_cmpstr (runnel_gantt_get_selection (fixture->gantt), ==, "configure");
  act (fixture, "gantt.select-previous");
  g_assert_cmpstr (runnel_gantt_get_selection (fixture->gantt), ==, "configure");
  act (fixture, "gantt.select-next");
  act (fixture, "gantt.select-next");
  act (fixture, "gantt.select-next");
  g_assert_cmpstr (runnel_gantt_get_selection (fixture->gantt), ==, "unit-tests");
  g_assert_null (fixture->activated);
  act (fixture, "gantt.activate");
  g_assert_cmpstr (fixture->activated, ==, "unit-tests");
  g_assert_cmpuint (fixture->attempt, ==, 2);
  for (guint i = 0; i < 20; i++)
    act (fixture, "gantt.select-next");
  g_assert_cmpstr (runnel_gantt_get_selection (fixture->gantt), ==, "fallback");
}

static void
test_zoom_and_fit (Fixture      *fixture,
                   gconstpointer unused)
{
  GtkAdjustment *adjustment =
    gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (fixture->gantt));
  double page = gtk_adjustment_get_page_size (adjustment);

  g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_upper (adjustment), page, 1.0);
  act (fixture, "gantt.zoom-in");
  g_assert_cmpfloat (gtk_adjustment_get_upper (adjustment), >, page * 1.2);
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), >, 0.0);
  act (fixture, "gantt.zoom-out");
  g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_upper (adjustment), page, 1.0);
  for (guint i = 0; i < 300; i++)
    act (fixture, "gantt.zoom-in");
  g_assert_cmpuint (count_pixels (fixture, 0xffffff), >, 0);
  act (fixture, "gantt.fit");
  g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_upper (adjustment), page, 1.0);
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), ==, 0.0);
}

/* Each state is there in its colour, in light and in dark. */
static void
test_colors (Fixture      *fixture,
             gconstpointer unused)
{
  AdwStyleManager *style = adw_style_manager_get_default ();

  g_assert_cmpuint (count_pixels (fixture, state_color (RUNNEL_SCHEME_LIGHT,
                                                        RUNNEL_STATE_FAILED)), >, 100);
  g_assert_cmpuint (count_pixels (fixture, state_color (RUNNEL_SCHEME_LIGHT,
                                                        RUNNEL_STATE_WAITING)), >, 100);
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_DARK);
  g_assert_cmpuint (count_pixels (fixture, state_color (RUNNEL_SCHEME_LIGHT,
                                                        RUNNEL_STATE_FAILED)), ==, 0);
  g_assert_cmpuint (count_pixels (fixture, state_color (RUNNEL_SCHEME_DARK,
                                                        RUNNEL_STATE_FAILED)), >, 100);
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_LIGHT);
}

static void
test_many (Fixture      *fixture,
           gconstpointer unused)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (7);
  GtkAdjustment *adjustment =
    gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (fixture->gantt));

  runnel_gantt_set_timing (fixture->gantt, make_random_timing (rand, 10000));
  iterate_until_drawn (fixture);
  g_assert_cmpfloat (gtk_adjustment_get_upper (adjustment), ==, 260000.0);
  runnel_gantt_set_selection (fixture->gantt, "s77");
  act (fixture, "gantt.select-next");
  /* The selected row is scrolled to. */
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), >, 0.0);
  act (fixture, "gantt.fit-rows");
  g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_upper (adjustment),
                                  gtk_adjustment_get_page_size (adjustment), 1.0);
  g_assert_cmpuint (count_pixels (fixture, state_color (RUNNEL_SCHEME_LIGHT,
                                                        RUNNEL_STATE_FAILED)), >, 100);
}

/* What runs grows with the time while it is seen, and all of it stays in sight. */
static void
test_grows (Fixture      *fixture,
            gconstpointer unused)
{
  MadeUpRun run;
  gint64 end;

  made_up_run_init (&run, 0);
  add_attempt (add_step (&run, "running", RUNNEL_STATE_RUNNING, 0, -1), RUNNEL_STATE_RUNNING, 1,
               -1);
  run.run->started = g_get_real_time () - G_TIME_SPAN_MILLISECOND;
  ((RunnelAttemptRecord *) ((RunnelStepRecord *) run.steps->pdata[0])->attempts->pdata[0])
    ->started = run.run->started;
  ((RunnelStepRecord *) run.steps->pdata[0])->queued = run.run->started;
  runnel_gantt_set_timing (fixture->gantt,
                           runnel_timing_new (run.run, run.steps, NULL, g_get_real_time ()));
  made_up_run_clear (&run);
  end = runnel_gantt_get_timing (fixture->gantt)->end;
  while (runnel_gantt_get_timing (fixture->gantt)->end == end)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (runnel_gantt_get_timing (fixture->gantt)->spans[0].end, >, end);
}

static RunnelTiming *
make_matrix_timing (void)
{
  MadeUpRun run;
  RunnelTiming *timing;

  made_up_run_init (&run, 20);
  add_success (&run, "list", 0, 0, 2);
  add_step (&run, "build", RUNNEL_STATE_FAILED, 2, 12);
  add_success (&run, "sum", 13, 13, 14);
  run.document = "\"groups\": [{\"id\": \"g\", \"steps\": [\"sum\"]}]";
  g_autoptr(RunnelPipeline) pipeline = make_pipeline (&run, "build: list; sum: build");
  add_added (&run, "build.1", RUNNEL_ROLE_LEG, "build", 2);
  add_added (&run, "build.2", RUNNEL_ROLE_LEG, "build", 3)->state = RUNNEL_STATE_FAILED;
  timing = runnel_timing_new (run.run, run.steps, pipeline, AT (20));
  made_up_run_clear (&run);
  return timing;
}

static guint
count_lines (Fixture *fixture)
{
  return runnel_gantt_get_tree (fixture->gantt)->n_lines;
}

/* Left and Right as in every tree. */
static void
test_fold (Fixture      *fixture,
           gconstpointer unused)
{
  runnel_gantt_set_timing (fixture->gantt, make_matrix_timing ());
  g_assert_cmpuint (count_lines (fixture), ==, 6);
  runnel_gantt_set_selection (fixture->gantt, "build.2");
  act (fixture, "gantt.fold");
  g_assert_cmpstr (runnel_gantt_get_selection (fixture->gantt), ==, "build");
  act (fixture, "gantt.fold");
  g_assert_cmpuint (count_lines (fixture), ==, 4);
  act (fixture, "gantt.unfold");
  g_assert_cmpuint (count_lines (fixture), ==, 6);
  act (fixture, "gantt.unfold");
  g_assert_cmpstr (runnel_gantt_get_selection (fixture->gantt), ==, "build.1");

  /* What is selected stays so while it is folded away. */
  act (fixture, "gantt.fold-all");
  g_assert_cmpuint (count_lines (fixture), ==, 3);
  g_assert_cmpstr (runnel_gantt_get_selection (fixture->gantt), ==, "build.1");
  act (fixture, "gantt.unfold-all");
  g_assert_cmpuint (count_lines (fixture), ==, 6);

  /* Enter opens and closes a heading, which has no log to show. */
  runnel_gantt_set_selection (fixture->gantt, "group:g");
  act (fixture, "gantt.activate");
  g_assert_cmpuint (count_lines (fixture), ==, 5);
  g_assert_null (fixture->activated);
}

static void
test_order_and_filter (Fixture      *fixture,
                       gconstpointer unused)
{
  g_autofree char *order = NULL;

  runnel_gantt_set_timing (fixture->gantt, make_matrix_timing ());
  gtk_widget_activate_action (GTK_WIDGET (fixture->gantt), "gantt.order", "s", "topology");
  g_object_get (fixture->gantt, "order", &order, NULL);
  g_assert_cmpstr (order, ==, "topology");

  /* It stays selected while the filter hides it, also with a later picture of the run. */
  runnel_gantt_set_selection (fixture->gantt, "list");
  runnel_gantt_set_filter (fixture->gantt, "BUILD.", 0);
  g_assert_cmpuint (count_lines (fixture), ==, 3);
  runnel_gantt_set_timing (fixture->gantt, make_matrix_timing ());
  g_assert_cmpuint (count_lines (fixture), ==, 3);
  g_assert_cmpstr (runnel_gantt_get_selection (fixture->gantt), ==, "list");
  runnel_gantt_set_filter (fixture->gantt, NULL, 1u << RUNNEL_STATE_FAILED);
  g_assert_cmpuint (count_lines (fixture), ==, 2);
  act (fixture, "gantt.select-next");
  g_assert_cmpstr (runnel_gantt_get_selection (fixture->gantt), ==, "build");
}

static void
test_cursor (Fixture      *fixture,
             gconstpointer unused)
{
  gint64 time;

  g_assert_cmpint (runnel_gantt_get_cursor_time (fixture->gantt), ==, -1);
  gtk_widget_activate_action (GTK_WIDGET (fixture->gantt), "gantt.cursor", "s", "next");
  g_assert_cmpint (runnel_gantt_get_cursor_time (fixture->gantt), ==, AT (0));
  gtk_widget_activate_action (GTK_WIDGET (fixture->gantt), "gantt.cursor", "s", "next");
  g_assert_cmpint (runnel_gantt_get_cursor_time (fixture->gantt), ==, AT (0.5));
  gtk_widget_activate_action (GTK_WIDGET (fixture->gantt), "gantt.cursor", "s", "next");
  gtk_widget_activate_action (GTK_WIDGET (fixture->gantt), "gantt.cursor", "s", "previous");
  g_assert_cmpint (runnel_gantt_get_cursor_time (fixture->gantt), ==, AT (0.5));
  g_object_set (fixture->gantt, "cursor-time", AT (20), NULL);
  g_assert_cmpuint (count_pixels (fixture, runnel_gantt_style_get_colors (RUNNEL_SCHEME_LIGHT)
                                             ->selection), >, HEIGHT / 2);
  gtk_widget_activate_action (GTK_WIDGET (fixture->gantt), "gantt.cursor", "s", "none");
  g_object_get (fixture->gantt, "cursor-time", &time, NULL);
  g_assert_cmpint (time, ==, -1);
}

/* What a step waited for and what waited for it is seen when it is wanted. */
static void
test_links (Fixture      *fixture,
            gconstpointer unused)
{
  guint32 incoming = state_color (RUNNEL_SCHEME_LIGHT, RUNNEL_STATE_WAITING);
  guint before;

  runnel_gantt_set_timing (fixture->gantt, make_matrix_timing ());
  runnel_gantt_set_selection (fixture->gantt, "sum");
  before = count_pixels (fixture, incoming);
  act (fixture, "gantt.links");
  g_assert_cmpuint (count_pixels (fixture, incoming), >, before);
  act (fixture, "gantt.links");
  g_assert_cmpuint (count_pixels (fixture, incoming), ==, before);
}

/* Whoever looks at the end of the time stays there while it grows, and nobody else. */
static void
test_follows (Fixture      *fixture,
              gconstpointer unused)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (fixture->gantt));
  MadeUpRun run;
  RunnelStepRecord *step;
  double upper, value;

  made_up_run_init (&run, 0);
  step = add_step (&run, "running", RUNNEL_STATE_RUNNING, 0, -1);
  add_attempt (step, RUNNEL_STATE_RUNNING, 0, -1);
  run.run->started = step->queued = g_get_real_time () - G_TIME_SPAN_SECOND;
  ((RunnelAttemptRecord *) step->attempts->pdata[0])->started = run.run->started;
  runnel_gantt_set_timing (fixture->gantt,
                           runnel_timing_new (run.run, run.steps, NULL, g_get_real_time ()));
  made_up_run_clear (&run);
  for (guint i = 0; i < 10; i++)
    act (fixture, "gantt.zoom-in");
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  upper = gtk_adjustment_get_upper (adjustment);
  while (gtk_adjustment_get_upper (adjustment) < upper + 50)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_value (adjustment),
                                  gtk_adjustment_get_upper (adjustment) -
                                    gtk_adjustment_get_page_size (adjustment), 1.0);

  gtk_adjustment_set_value (adjustment, 10);
  upper = gtk_adjustment_get_upper (adjustment);
  while (gtk_adjustment_get_upper (adjustment) < upper + 50)
    g_main_context_iteration (NULL, TRUE);
  value = gtk_adjustment_get_value (adjustment);
  g_assert_cmpfloat_with_epsilon (value, 10, 1.0);
}

/* Commands have keys, those of the canvas where it can do the same. */
static void
test_keys (Fixture      *fixture,
           gconstpointer unused)
{
  const struct
  {
    guint key;
    GdkModifierType modifiers;
    const char *selection;
  } presses[] = {
    { GDK_KEY_Down, 0, "list" },       { GDK_KEY_Down, 0, "build" },
    { GDK_KEY_Right, 0, "build.1" },   { GDK_KEY_Left, 0, "build" },
    { GDK_KEY_KP_Down, 0, "build.1" }, { GDK_KEY_Page_Down, 0, "sum" },
  };
  g_autoptr(GListModel) controllers = NULL;

  runnel_gantt_set_timing (fixture->gantt, make_matrix_timing ());
  controllers = gtk_widget_observe_controllers (GTK_WIDGET (fixture->gantt));
  for (guint i = 0; i < G_N_ELEMENTS (presses); i++)
    {
      gboolean found = FALSE;

      for (guint j = 0; j < g_list_model_get_n_items (controllers); j++)
        {
          g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, j);

          if (!GTK_IS_SHORTCUT_CONTROLLER (controller))
            continue;
          for (guint k = 0; k < g_list_model_get_n_items (G_LIST_MODEL (controller)); k++)
            {
              g_autoptr(GtkShortcut) shortcut =
                g_list_model_get_item (G_LIST_MODEL (controller), k);
              GtkShortcutTrigger *trigger = gtk_shortcut_get_trigger (shortcut);

              if (!GTK_IS_KEYVAL_TRIGGER (trigger) ||
                  gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) != presses[i].key ||
                  gtk_keyval_trigger_get_modifiers (GTK_KEYVAL_TRIGGER (trigger)) !=
                    presses[i].modifiers)
                continue;
              found = gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0,
                                                    GTK_WIDGET (fixture->gantt),
                                                    gtk_shortcut_get_arguments (shortcut));
            }
        }
      g_assert_true (found);
      g_assert_cmpstr (runnel_gantt_get_selection (fixture->gantt), ==, presses[i].selection);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  /* It knows the keys that the chart shares with it. */
  g_type_class_unref (g_type_class_ref (RUNNEL_TYPE_CANVAS));
#define ADD(name, func) \
  g_test_add ("/designer/gantt/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("empty", test_empty);
  ADD ("selection", test_selection);
  ADD ("walk", test_walk);
  ADD ("zoom-and-fit", test_zoom_and_fit);
  ADD ("colors", test_colors);
  ADD ("many", test_many);
  ADD ("grows", test_grows);
  ADD ("follows", test_follows);
  ADD ("fold", test_fold);
  ADD ("order-and-filter", test_order_and_filter);
  ADD ("cursor", test_cursor);
  ADD ("links", test_links);
  ADD ("keys", test_keys);
#undef ADD
  return g_test_run ();
}
