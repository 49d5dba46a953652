/* test-pool-usage.c: how full the pools of the machine are
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/limits/runnel-pool-usage.h"
#include "engine/limits/runnel-state-dir.h"
#include "engine/limits/runnel-ticket.h"

static RunnelSettings *
load_settings (const char *text)
{
  g_autofree char *path = runnel_settings_get_path ();
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return runnel_settings_load ();
}

static RunnelTicket *
draw (RunnelTickets *tickets,
      guint          slots,
      gboolean       is_in)
{
  const RunnelTicketRecord record = { .run = 1, .step = "train", .slots = slots, .is_in = is_in };
  RunnelTicket *ticket = runnel_tickets_draw (tickets, &record, NULL);

  g_assert_nonnull (ticket);
  return ticket;
}

static void
assert_usage (RunnelSettings *settings,
              const char     *folder,
              guint           n_used,
              guint           n_waiting)
{
  g_autoptr(GPtrArray) usages = runnel_pool_usage_list (settings, folder);
  const RunnelPoolUsage *usage = usages->pdata[0];

  g_assert_cmpuint (usages->len, ==, 2);
  g_assert_cmpstr (usage->pool, ==, "gpu");
  g_assert_cmpuint (usage->n_slots, ==, 4);
  g_assert_cmpuint (usage->n_used, ==, n_used);
  g_assert_cmpuint (usage->n_waiting, ==, n_waiting);
}

static void
test_counts (void)
{
  g_autoptr(RunnelSettings) settings = load_settings ("{\"pools\": {\"gpu\": 4, \"tape\": 1}}");
  g_autofree char *folder = runnel_state_dir_get ("pools");
  g_autofree char *line = g_build_filename (folder, "gpu", NULL);
  RunnelTickets *tickets = runnel_tickets_new (line);
  RunnelTicket *held, *waiting;

  /* Whoever only looks makes nothing. */
  assert_usage (settings, folder, 0, 0);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));

  g_assert_true (runnel_tickets_lock (tickets, NULL));
  held = draw (tickets, 3, TRUE);
  waiting = draw (tickets, 2, FALSE);
  runnel_tickets_unlock (tickets);
  assert_usage (settings, folder, 3, 1);

  runnel_ticket_give_back (held);
  runnel_ticket_give_back (waiting);
  assert_usage (settings, folder, 0, 0);
  runnel_tickets_free (tickets);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/limits/pool-usage/counts", test_counts);
  return g_test_run ();
}
