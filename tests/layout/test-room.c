/* test-room.c: which places on the canvas are taken
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "layout/runnel-room.h"

static void
test_empty (void)
{
  g_autoptr(RunnelRoom) room = runnel_room_new (16);
  const RunnelBox box = { 3, 4, 100, 50 };
  RunnelPoint point = runnel_room_find_near (room, &box);

  g_assert_true (runnel_room_is_free (room, &box));
  g_assert_cmpfloat (point.x, ==, 3);
  g_assert_cmpfloat (point.y, ==, 4);
}

static void
test_finds_nearest (void)
{
  g_autoptr(RunnelRoom) room = runnel_room_new (16);
  const RunnelBox box = { 0, 0, 216, 72 };
  RunnelPoint point;

  runnel_room_take (room, &box);
  g_assert_false (runnel_room_is_free (room, &box));

  point = runnel_room_find_near (room, &box);
  g_assert_cmpfloat (point.x, ==, 0);
  g_assert_cmpfloat (point.y, ==, 88);
}

/* several that keep their places to each other */
static void
test_shift (void)
{
  g_autoptr(RunnelRoom) room = runnel_room_new (16);
  const RunnelBox taken = { 0, 300, 216, 372 };
  const RunnelBox boxes[] = { { 0, 0, 216, 72 }, { 0, 200, 216, 272 } };
  RunnelPoint shift;

  runnel_room_take (room, &taken);
  shift = runnel_room_find_shift (room, boxes, 2);
  g_assert_cmpfloat (shift.x, ==, 0);
  g_assert_cmpfloat (shift.y, ==, 0);

  runnel_room_take (room, &boxes[1]);
  shift = runnel_room_find_shift (room, boxes, 2);
  g_assert_cmpfloat (shift.x, ==, 0);
  g_assert_cmpfloat (shift.y, ==, -88);
}

/* numbers that a file may hold */
static void
test_extreme (void)
{
  g_autoptr(RunnelRoom) room = runnel_room_new (16);
  const RunnelBox huge = { -1e30f, -1e30f, 1e30f, 1e30f };
  const RunnelBox far = { 1e30f, 1e30f, 1e30f, 1e30f };
  const RunnelBox box = { 0, 0, 216, 72 };
  RunnelPoint shift;

  runnel_room_take (room, &far);
  g_assert_true (runnel_room_is_free (room, &box));

  runnel_room_take (room, &huge);
  g_assert_false (runnel_room_is_free (room, &box));
  shift = runnel_room_find_shift (room, &box, 1);
  g_assert_cmpfloat (shift.x, ==, 0);
  g_assert_cmpfloat (shift.y, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/layout/room/empty", test_empty);
  g_test_add_func ("/layout/room/finds-nearest", test_finds_nearest);
  g_test_add_func ("/layout/room/shift", test_shift);
  g_test_add_func ("/layout/room/extreme", test_extreme);

  return g_test_run ();
}
