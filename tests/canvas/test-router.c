/* test-router.c: links go round cards, and the same way however the scene came to be
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-pick.h"
#include "designer/canvas/runnel-scene-private.h"
#include "fixture.h"

static const RunnelLinkStyle styles[] = { RUNNEL_LINKS_CURVED, RUNNEL_LINKS_ANGULAR };

/* Whether a link runs over a card. Its own two it only touches, at the ports. */
static gboolean
runs_over_card (RunnelScene *scene,
                guint        link)
{
  const RunnelWire *wire = &runnel_scene_link (scene, link)->wire;
  g_autoptr(GArray) nodes = g_array_new (FALSE, FALSE, sizeof (guint));
  RunnelBox box;

  runnel_wire_get_box (wire, &box);
  box = runnel_box_grow (&box, 1);
  runnel_pick_nodes_in (scene, &box, nodes);
  for (guint i = 0; i < nodes->len; i++)
    {
      const RunnelNode *node = runnel_scene_node (scene, g_array_index (nodes, guint, i));
      const RunnelBox card = runnel_node_get_box (node), inside = runnel_box_grow (&card, -1);

      if (runnel_wire_crosses (wire, &inside))
        return TRUE;
    }

  return FALSE;
}

static guint
count_over_cards (RunnelScene *scene)
{
  guint n_over = 0;

  runnel_scene_settle (scene);
  for (guint i = 0; i < runnel_scene_get_link_limit (scene); i++)
    n_over += runnel_scene_has_link (scene, i) && runs_over_card (scene, i);

  return n_over;
}

/* The share of links that would run over a card if they went plainly. */
static guint
count_plain_over_cards (RunnelScene *scene)
{
  guint n_over = 0;

  runnel_scene_settle (scene);
  for (guint i = 0; i < runnel_scene_get_link_limit (scene); i++)
    {
      RunnelLink *link = runnel_scene_link (scene, i);
      const RunnelWire wire = link->wire;

      runnel_wire_go (&link->wire, RUNNEL_LINKS_CURVED, wire.x1, wire.y1, wire.x2, wire.y2);
      n_over += runs_over_card (scene, i);
      link->wire = wire;
    }

  return n_over;
}

/* Between layers there is always a way. */
static void
test_layers (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    {
      g_autoptr(RunnelScene) scene = fixture_layered (3000, 5 + i);

      runnel_scene_set_link_style (scene, styles[i]);
      g_assert_cmpuint (count_plain_over_cards (scene), >, 100);
      g_assert_cmpuint (count_over_cards (scene), ==, 0);
    }
}

static gboolean
is_near_card (RunnelScene *scene,
              double       x,
              double       y,
              float        gap)
{
  g_autoptr(GArray) nodes = g_array_new (FALSE, FALSE, sizeof (guint));
  const RunnelBox box = { x - gap, y - gap, x + RUNNEL_NODE_WIDTH + gap,
                          y + RUNNEL_NODE_HEIGHT + gap };

  runnel_pick_nodes_in (scene, &box, nodes);
  return nodes->len > 0;
}

/* Cards anywhere: apart, so that between any two there is room for a link, or on each other. */
static RunnelScene *
scatter (guint    n_nodes,
         guint32  seed,
         gboolean apart)
{
  RunnelScene *scene = runnel_scene_new ();
  GRand *rand = g_rand_new_with_seed (seed);

  while (runnel_scene_get_n_nodes (scene) < n_nodes)
    {
      g_autofree char *id = g_strdup_printf ("%u", runnel_scene_get_n_nodes (scene));
      const double x = g_rand_double_range (rand, 0, 4000), y = g_rand_double_range (rand, 0, 3000);

      if (!apart || !is_near_card (scene, x, y, 26))
        runnel_scene_add_node (scene, id, RUNNEL_ICON_STEP, x, y);
    }
  for (guint i = 0; i < 2 * n_nodes; i++)
    runnel_scene_add_link (scene, g_rand_int_range (rand, 0, n_nodes),
                           g_rand_int_range (rand, 0, n_nodes), i % 4);

  g_rand_free (rand);
  return scene;
}

/* Without a single free end there is no way; apart there is one. */
static void
test_scattered (gconstpointer data)
{
  const gboolean apart = GPOINTER_TO_INT (data);

  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    {
      g_autoptr(RunnelScene) scene = scatter (100, 7, apart);
      const guint n_links = runnel_scene_get_n_links (scene);
      guint n_plain, n_over;

      runnel_scene_set_link_style (scene, styles[i]);
      n_plain = count_plain_over_cards (scene);
      n_over = count_over_cards (scene);
      g_test_message ("style %u: %u of %u links run over cards, %u if they went plainly", styles[i],
                      n_over, n_links, n_plain);
      g_assert_cmpuint (n_over, <=, apart ? 0 : n_plain / 2);
    }
}

static guint
link_two (RunnelScene *scene,
          double       x,
          double       y)
{
  const guint from = runnel_scene_add_node (scene, "from", RUNNEL_ICON_STEP, 0, 0);
  const guint to = runnel_scene_add_node (scene, "to", RUNNEL_ICON_STEP, x, y);

  return runnel_scene_add_link (scene, from, to, RUNNEL_ON_SUCCESS);
}

/* Wherever the other step is, and be it the step itself, the link goes round both. */
static void
test_around (void)
{
  const double places[][2] = { { 300, 0 },  { 300, 200 },  { 60, 200 },   { 0, 110 },  { -300, 0 },
                               { 0, -110 }, { -400, 300 }, { -216, -90 }, { 250, -80 } };

  for (guint i = 0; i < G_N_ELEMENTS (places) * G_N_ELEMENTS (styles); i++)
    {
      g_autoptr(RunnelScene) scene = runnel_scene_new ();

      runnel_scene_set_link_style (scene, styles[i % 2]);
      link_two (scene, places[i / 2][0], places[i / 2][1]);
      runnel_scene_add_link (scene, 0, 0, RUNNEL_ON_FAILURE);
      g_assert_cmpuint (count_over_cards (scene), ==, 0);
    }
}

/* Only a card in the way makes a link turn off, and when it is away the link goes straight. */
static void
test_turn_off (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    {
      g_autoptr(RunnelScene) scene = runnel_scene_new ();
      const guint link = link_two (scene, 900, 0);
      const guint other = runnel_scene_add_node (scene, "other", RUNNEL_ICON_STEP, 450, 300);
      RunnelWire straight, round;
      RunnelBox box;

      runnel_scene_set_link_style (scene, styles[i]);
      runnel_scene_settle (scene);
      straight = runnel_scene_link (scene, link)->wire;
      runnel_wire_get_box (&straight, &box);
      g_assert_cmpfloat (box.y1 - box.y0, ==, 0);

      runnel_scene_move_node (scene, other, 450, 10);
      runnel_scene_settle (scene);
      round = runnel_scene_link (scene, link)->wire;
      g_assert_cmpuint (round.n_turns, ==, 2);
      g_assert_cmpfloat (round.turns[0].y, <, 10); /* above is nearer */
      g_assert_false (runs_over_card (scene, link));

      runnel_scene_remove_node (scene, other);
      runnel_scene_settle (scene);
      g_assert_true (runnel_wire_equal (&runnel_scene_link (scene, link)->wire, &straight));
    }
}

/* The cards of a closed group bar nothing, until the group is opened. */
static void
test_hidden (void)
{
  g_autoptr(RunnelScene) scene = runnel_scene_new ();
  const guint link = link_two (scene, 900, 0);
  const guint other = runnel_scene_add_node (scene, "other", RUNNEL_ICON_STEP, 450, 10);
  const guint host = runnel_scene_add_node (scene, "host", RUNNEL_ICON_STEP, 450, 400);

  runnel_scene_settle (scene);
  g_assert_cmpuint (runnel_scene_link (scene, link)->wire.n_turns, ==, 2);

  runnel_scene_set_node_host (scene, other, host);
  runnel_scene_settle (scene);
  g_assert_cmpuint (runnel_scene_link (scene, link)->wire.n_turns, ==, 1);

  runnel_scene_move_node (scene, other, 450, 10); /* still hidden */
  runnel_scene_settle (scene);
  g_assert_cmpuint (runnel_scene_link (scene, link)->wire.n_turns, ==, 1);

  runnel_scene_set_node_host (scene, other, RUNNEL_NO_INDEX);
  runnel_scene_settle (scene);
  g_assert_cmpuint (runnel_scene_link (scene, link)->wire.n_turns, ==, 2);
}

/* Links of one port turn at the same place, those of its neighbours beside it. */
static void
test_bundles (void)
{
  g_autoptr(RunnelScene) scene = runnel_scene_new ();
  guint links[3];

  runnel_scene_set_link_style (scene, RUNNEL_LINKS_ANGULAR);
  links[0] = link_two (scene, 320, 200);
  runnel_scene_add_node (scene, "second", RUNNEL_ICON_STEP, 320, 400);
  links[1] = runnel_scene_add_link (scene, 0, 2, RUNNEL_ON_SUCCESS);
  links[2] = runnel_scene_add_link (scene, 0, 2, RUNNEL_ON_FAILURE);
  runnel_scene_settle (scene);
  g_assert_cmpfloat (runnel_scene_link (scene, links[0])->wire.turns[0].x, ==,
                     runnel_scene_link (scene, links[1])->wire.turns[0].x);
  g_assert_cmpfloat (runnel_scene_link (scene, links[0])->wire.turns[0].x, !=,
                     runnel_scene_link (scene, links[2])->wire.turns[0].x);
}

/* The same nodes and links in a new scene, added in the opposite order. */
static RunnelScene *
make_again (RunnelScene *scene)
{
  RunnelScene *again = runnel_scene_new ();

  runnel_scene_set_link_style (again, runnel_scene_get_link_style (scene));
  for (guint i = runnel_scene_get_node_limit (scene); i-- > 0;)
    if (runnel_scene_has_node (scene, i))
      runnel_scene_add_node (again, runnel_scene_get_node_id (scene, i), RUNNEL_ICON_STEP,
                             runnel_scene_node (scene, i)->x, runnel_scene_node (scene, i)->y);

  return again;
}

static void
check_same_way (RunnelScene *scene,
                RunnelScene *again,
                guint        link)
{
  guint from, to, link_again;
  RunnelOn on;

  runnel_scene_get_link (scene, link, &from, &to, &on);
  g_assert_true (runnel_scene_find_node (again, runnel_scene_get_node_id (scene, from), &from));
  g_assert_true (runnel_scene_find_node (again, runnel_scene_get_node_id (scene, to), &to));
  link_again = runnel_scene_add_link (again, from, to, on);
  runnel_scene_settle (again);
  g_assert_true (runnel_wire_equal (&runnel_scene_link (scene, link)->wire,
                                    &runnel_scene_link (again, link_again)->wire));
}

/* What was routed bit by bit is as if it had been routed at once. */
static void
test_any_order (void)
{
  GRand *rand = g_rand_new_with_seed (3);

  for (guint round = 0; round < 20; round++)
    {
      g_autoptr(RunnelScene) scene =
        round % 2 == 0 ? fixture_showcase () : scatter (60, round, FALSE);
      g_autoptr(RunnelScene) again = NULL;

      runnel_scene_set_link_style (scene, styles[round / 2 % 2]);
      for (guint i = 0; i < 120; i++)
        {
          fixture_edit (scene, rand);
          if (i % 7 == 0)
            runnel_scene_settle (scene);
        }

      runnel_scene_settle (scene);
      again = make_again (scene);
      for (guint i = runnel_scene_get_link_limit (scene); i-- > 0;)
        if (runnel_scene_has_link (scene, i))
          check_same_way (scene, again, i);
    }

  g_rand_free (rand);
}

/* Links that were in haste look for their ways again. */
static void
test_hasty (void)
{
  g_autoptr(RunnelScene) scene = runnel_scene_new ();
  const guint link = link_two (scene, 900, 0);
  const guint other = runnel_scene_add_node (scene, "other", RUNNEL_ICON_STEP, 450, 10);

  runnel_scene_settle (scene);
  g_assert_cmpuint (runnel_scene_link (scene, link)->wire.n_turns, ==, 2);

  runnel_scene_set_hasty (scene, TRUE);
  runnel_scene_move_node (scene, 1, 900, 8);
  runnel_scene_move_node (scene, other, 460, 10);
  runnel_scene_settle (scene);
  g_assert_cmpuint (runnel_scene_link (scene, link)->wire.n_turns, ==, 1);

  runnel_scene_set_hasty (scene, FALSE);
  runnel_scene_settle (scene);
  g_assert_cmpuint (runnel_scene_link (scene, link)->wire.n_turns, ==, 2);
}

/* No way is looked for past very many cards. */
static void
test_crowd (void)
{
  g_autoptr(RunnelScene) scene = runnel_scene_new ();
  const guint link = link_two (scene, 20000, 20000);

  for (guint i = 0; i < 1600; i++)
    {
      g_autofree char *id = g_strdup_printf ("crowd-%u", i);

      runnel_scene_add_node (scene, id, RUNNEL_ICON_STEP, 400 + i % 40 * 480, 200 + i / 40 * 480);
    }

  runnel_scene_settle (scene);
  g_assert_cmpuint (runnel_scene_link (scene, link)->wire.n_turns, ==, 1);
}

/* A step that moves leaves all but the links about it alone. */
static void
test_few_change (void)
{
  g_autoptr(RunnelScene) scene = fixture_layered (10000, 7);
  gboolean all;
  guint n_boxes;

  runnel_scene_get_damage (scene, &n_boxes, &all);
  runnel_scene_clear_damage (scene);
  for (guint i = 0; i < 50; i++)
    {
      const guint node = 3000 + 31 * i;
      RunnelBox box;

      runnel_scene_get_node_box (scene, node, &box);
      runnel_scene_move_node (scene, node, box.x0 + 16, box.y0 + 40);
      runnel_scene_get_damage (scene, &n_boxes, &all);
      g_assert_false (all);
      g_assert_cmpuint (n_boxes, <, 1000);
      runnel_scene_clear_damage (scene);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/canvas/router/layers", test_layers);
  g_test_add_data_func ("/canvas/router/scattered/apart", GINT_TO_POINTER (TRUE), test_scattered);
  g_test_add_data_func ("/canvas/router/scattered/buried", NULL, test_scattered);
  g_test_add_func ("/canvas/router/around", test_around);
  g_test_add_func ("/canvas/router/turn-off", test_turn_off);
  g_test_add_func ("/canvas/router/hidden", test_hidden);
  g_test_add_func ("/canvas/router/hasty", test_hasty);
  g_test_add_func ("/canvas/router/crowd", test_crowd);
  g_test_add_func ("/canvas/router/bundles", test_bundles);
  g_test_add_func ("/canvas/router/any-order", test_any_order);
  g_test_add_func ("/canvas/router/few-change", test_few_change);
  return g_test_run ();
}
