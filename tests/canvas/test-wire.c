/* test-wire.c: the way of a link
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "designer/canvas/runnel-wire.h"

/* Plain, or with turns anywhere. */
static void
make_random (RunnelWire *wire,
             GRand      *rand)
{
  const RunnelLinkStyle style =
    g_rand_boolean (rand) ? RUNNEL_LINKS_CURVED : RUNNEL_LINKS_ANGULAR;

  runnel_wire_go (wire, style, g_rand_double_range (rand, -500, 500),
                  g_rand_double_range (rand, -500, 500), g_rand_double_range (rand, -500, 500),
                  g_rand_double_range (rand, -500, 500));
  if (g_rand_boolean (rand))
    return;

  wire->n_turns = g_rand_int_range (rand, 2, RUNNEL_WIRE_MAX_TURNS + 1);
  for (guint i = 0; i < wire->n_turns; i++)
    wire->turns[i] = (RunnelTurn) { g_rand_double_range (rand, -500, 500),
                                    i + 1 < wire->n_turns ? g_rand_double_range (rand, -500, 500)
                                                          : wire->y2,
                                    g_rand_double_range (rand, 0, 60) };
  if (style == RUNNEL_LINKS_ANGULAR)
    runnel_wire_round_corners (wire);
}

static void
test_forward (void)
{
  RunnelCurve curves[RUNNEL_WIRE_MAX_CURVES];
  RunnelWire wire;

  runnel_wire_go (&wire, RUNNEL_LINKS_CURVED, 0, 0, 200, 80);
  g_assert_cmpuint (runnel_wire_get_curves (&wire, curves), ==, 1);
  g_assert_cmpfloat (curves[0].x[0], ==, 0);
  g_assert_cmpfloat (curves[0].x[3], ==, 200);
  g_assert_cmpfloat (curves[0].y[1], ==, 0);  /* leaves level */
  g_assert_cmpfloat (curves[0].y[2], ==, 80); /* and arrives so */
  g_assert_cmpfloat (curves[0].x[1], >, 0);
}

static void
test_back (void)
{
  RunnelWire wire;

  runnel_wire_go (&wire, RUNNEL_LINKS_CURVED, 300, 0, 0, 0);
  g_assert_cmpuint (wire.n_turns, ==, 2);
  g_assert_cmpfloat (wire.turns[0].y, >, RUNNEL_NODE_HEIGHT / 2.f); /* below both cards */

  runnel_wire_go (&wire, RUNNEL_LINKS_CURVED, 300, 0, 0, 400);
  g_assert_cmpfloat (wire.turns[0].y, ==, 200); /* between them */
}

/* From start to end without a gap, and without a kink where corners are rounded. */
static void
test_unbroken (void)
{
  GRand *rand = g_rand_new_with_seed (4);

  for (guint i = 0; i < 500; i++)
    {
      RunnelCurve curves[RUNNEL_WIRE_MAX_CURVES];
      RunnelWire wire;
      guint n_curves;

      make_random (&wire, rand);
      n_curves = runnel_wire_get_curves (&wire, curves);
      g_assert_cmpuint (n_curves, <=, RUNNEL_WIRE_MAX_CURVES);
      g_assert_cmpfloat (curves[0].x[0], ==, wire.x1);
      g_assert_cmpfloat (curves[0].y[0], ==, wire.y1);
      for (guint j = 1; j < n_curves; j++)
        {
          g_assert_cmpfloat (curves[j].x[0], ==, curves[j - 1].x[3]);
          g_assert_cmpfloat (curves[j].y[0], ==, curves[j - 1].y[3]);
        }
      g_assert_cmpfloat (curves[n_curves - 1].x[3], ==, wire.x2);
      g_assert_cmpfloat (curves[n_curves - 1].y[3], ==, wire.y2);
    }

  g_rand_free (rand);
}

static void
test_crosses (void)
{
  const RunnelBox on_it = { 90, 30, 110, 50 }, above = { 90, -50, 110, -10 },
                  edge = { 0, 0, 40, 20 };
  RunnelWire wire;

  runnel_wire_go (&wire, RUNNEL_LINKS_ANGULAR, 0, 0, 200, 80);
  g_assert_true (runnel_wire_crosses (&wire, &on_it));
  g_assert_false (runnel_wire_crosses (&wire, &above));
  g_assert_false (runnel_wire_crosses (&wire, &edge)); /* runs along it */
}

static void
test_is_cut (void)
{
  RunnelWire wire;

  runnel_wire_go (&wire, RUNNEL_LINKS_CURVED, 0, 0, 200, 80);
  g_assert_true (runnel_wire_is_cut (&wire, 100, -50, 100, 150));
  g_assert_true (runnel_wire_is_cut (&wire, 110, 150, 90, -50));
  g_assert_false (runnel_wire_is_cut (&wire, 100, -50, 100, 20)); /* too short */
  g_assert_false (runnel_wire_is_cut (&wire, 250, -50, 250, 150));
  g_assert_false (runnel_wire_is_cut (&wire, 0, 200, 200, 200));
}

static void
test_middle (void)
{
  RunnelWire wire;
  float x, y;

  runnel_wire_go (&wire, RUNNEL_LINKS_CURVED, 0, 0, 200, 80);
  runnel_wire_get_middle (&wire, &x, &y);
  g_assert_cmpfloat_with_epsilon (x, 100, 0.5);
  g_assert_cmpfloat_with_epsilon (y, 40, 0.5);

  runnel_wire_go (&wire, RUNNEL_LINKS_CURVED, 300, 0, 0, 0);
  runnel_wire_get_middle (&wire, &x, &y);
  g_assert_cmpfloat_with_epsilon (x, 150, 0.5);
  g_assert_cmpfloat_with_epsilon (y, wire.turns[0].y, 0.5);

  runnel_wire_go (&wire, RUNNEL_LINKS_CURVED, 10, 20, 10, 20);
  runnel_wire_get_middle (&wire, &x, &y);
  g_assert_cmpfloat (x, ==, x); /* a number, wherever */
}

/* Every point of the wire is in its box, and in one of the boxes that cover it. */
typedef struct
{
  float x;
  float y;
  gboolean found;
} Probe;

static void
probe_box (const RunnelBox *box,
           gpointer         user_data)
{
  Probe *probe = user_data;

  probe->found |=
    probe->x >= box->x0 && probe->x <= box->x1 && probe->y >= box->y0 && probe->y <= box->y1;
}

static void
test_cover (void)
{
  GRand *rand = g_rand_new_with_seed (1);

  for (guint i = 0; i < 500; i++)
    {
      RunnelCurve curves[RUNNEL_WIRE_MAX_CURVES];
      RunnelWire wire;
      RunnelBox box;
      Probe probe = { 0 };
      guint n_curves;

      make_random (&wire, rand);
      n_curves = runnel_wire_get_curves (&wire, curves);
      runnel_wire_get_box (&wire, &box);
      runnel_curve_get_point (&curves[g_rand_int_range (rand, 0, n_curves)], g_rand_double (rand),
                              &probe.x, &probe.y);

      runnel_wire_cover (&wire, probe_box, &probe);
      g_assert_true (probe.found);
      g_assert_true (probe.x >= box.x0 - 0.01f && probe.x <= box.x1 + 0.01f);
      g_assert_true (probe.y >= box.y0 - 0.01f && probe.y <= box.y1 + 0.01f);
      g_assert_cmpfloat (runnel_wire_distance (&wire, probe.x, probe.y), <, 0.6f);
    }

  g_rand_free (rand);
}

/* The straight pieces stay within the tolerance that was asked for. */
static void
test_tolerance (void)
{
  GRand *rand = g_rand_new_with_seed (2);

  for (guint i = 0; i < 200; i++)
    {
      RunnelCurve curves[RUNNEL_WIRE_MAX_CURVES];
      RunnelWire wire;
      float ax, ay, bx, by, x, y;
      guint n_pieces, piece;

      make_random (&wire, rand);
      runnel_wire_get_curves (&wire, curves);
      n_pieces = runnel_curve_count (&curves[0], 0.5f);
      piece = g_rand_int_range (rand, 0, n_pieces);
      runnel_curve_get_point (&curves[0], (float) piece / n_pieces, &ax, &ay);
      runnel_curve_get_point (&curves[0], (piece + 1.f) / n_pieces, &bx, &by);
      runnel_curve_get_point (&curves[0], (piece + 0.5f) / n_pieces, &x, &y);
      if (n_pieces < RUNNEL_CURVE_MAX_PIECES)
        g_assert_cmpfloat (hypotf (x - (ax + bx) / 2, y - (ay + by) / 2), <=, 0.51f);
    }

  g_rand_free (rand);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/canvas/wire/forward", test_forward);
  g_test_add_func ("/canvas/wire/back", test_back);
  g_test_add_func ("/canvas/wire/unbroken", test_unbroken);
  g_test_add_func ("/canvas/wire/crosses", test_crosses);
  g_test_add_func ("/canvas/wire/cover", test_cover);
  g_test_add_func ("/canvas/wire/tolerance", test_tolerance);
  g_test_add_func ("/canvas/wire/is-cut", test_is_cut);
  g_test_add_func ("/canvas/wire/middle", test_middle);
  return g_test_run ();
}
