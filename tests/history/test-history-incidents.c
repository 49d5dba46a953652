/* test-history-incidents.c: incidents, and who is told of them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "history-fixture.h"
#include "history/runnel-history-incidents.h"

#define MINUTE G_TIME_SPAN_MINUTE

static const char *const both[] = { "desktop", "ops", NULL };

static void
note (RunnelHistory *history,
      const char    *step,
      gint64         run,
      gint64         now)
{
  RunnelIncident seen = {
    .rule = (char *) "broken", .pipeline = (char *) "many", .file = (char *) "/f", .step = (char *) step,
    .run = run, .first_run = run, .n_runs = 1, .text = (char *) "It failed.",
  };
  g_autoptr(GError) error = NULL;

  g_assert_true (runnel_history_begin (history, &error));
  g_assert_true (runnel_history_note_incident (history, &seen, both, now, &error));
  g_assert_true (runnel_history_commit (history, &error));
  g_assert_no_error (error);
}

static void
resolve (RunnelHistory *history,
         gint64         incident,
         gint64         now)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (runnel_history_begin (history, &error));
  g_assert_true (runnel_history_resolve_incident (history, incident, "Fine.", both, now, &error));
  g_assert_true (runnel_history_commit (history, &error));
  g_assert_no_error (error);
}

static GPtrArray *
list (RunnelHistory *history,
      gboolean       only_open)
{
  g_autoptr(GError) error = NULL;
  GPtrArray *incidents = runnel_history_list_incidents (history, only_open, 0, &error);

  g_assert_no_error (error);
  return incidents;
}

static RunnelNotice *
claim_one (RunnelHistory *history,
           gint64         due,
           gint64         now)
{
  g_autoptr(GError) error = NULL;
  RunnelNotice *notice;

  runnel_history_claim_notice (history, due, now, &notice, &error);
  g_assert_no_error (error);
  return notice;
}

static GPtrArray *
claim (RunnelHistory *history,
       gint64         now)
{
  GPtrArray *notices = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_notice_free);
  RunnelNotice *notice;

  while ((notice = claim_one (history, now, now)) != NULL)
    g_ptr_array_add (notices, notice);
  return notices;
}

static void
settle (RunnelHistory *history,
        GPtrArray     *notices,
        const char    *problem,
        gint64         now)
{
  for (guint i = 0; i < notices->len; i++)
    g_assert_true (runnel_history_settle_notice (history, g_ptr_array_index (notices, i), problem, FALSE, now, NULL));
}

static void
test_once (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  g_autoptr(GPtrArray) open = NULL;
  g_autoptr(GPtrArray) all = NULL;
  const RunnelIncident *incident;

  note (history, NULL, 3, T0);
  note (history, NULL, 3, T0 + MINUTE); /* the same run, looked at again */
  note (history, NULL, 5, T0 + MINUTE);
  note (history, "one", 5, T0 + MINUTE);
  open = list (history, TRUE);
  g_assert_cmpuint (open->len, ==, 2);
  incident = g_ptr_array_index (open, 1);
  g_assert_null (incident->step);
  g_assert_cmpuint (incident->n_runs, ==, 2);
  g_assert_cmpint (incident->first_run, ==, 3);
  g_assert_cmpint (incident->run, ==, 5);
  g_assert_cmpint (incident->opened, ==, T0);

  resolve (history, incident->id, T0 + 2 * MINUTE);
  note (history, NULL, 6, T0 + 3 * MINUTE);
  all = list (history, FALSE);
  g_assert_cmpuint (all->len, ==, 3);
  incident = g_ptr_array_index (all, 2);
  g_assert_cmpint (incident->resolved, ==, T0 + 2 * MINUTE);
  g_assert_cmpstr (incident->end, ==, "Fine.");
}

static void
test_notices (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  g_autoptr(GPtrArray) first = NULL;
  g_autoptr(GPtrArray) none = NULL;
  g_autoptr(GPtrArray) again = NULL;
  g_autoptr(GPtrArray) later = NULL;

  note (history, NULL, 3, T0);
  first = claim (history, T0);
  g_assert_cmpuint (first->len, ==, 2);
  none = claim (history, T0 + 1); /* somebody else */
  g_assert_cmpuint (none->len, ==, 0);

  /* It died: its claim has run out. */
  again = claim (history, T0 + 3 * MINUTE);
  g_assert_cmpuint (again->len, ==, 2);
  g_assert_cmpuint (((const RunnelNotice *) g_ptr_array_index (again, 0))->tries, ==, 2);
  settle (history, again, "no route", T0 + 3 * MINUTE);

  g_clear_pointer (&none, g_ptr_array_unref);
  none = claim (history, T0 + 5 * MINUTE - 1);
  g_assert_cmpuint (none->len, ==, 0);
  later = claim (history, T0 + 5 * MINUTE);
  g_assert_cmpuint (later->len, ==, 2);
  settle (history, later, NULL, T0 + 5 * MINUTE);
  g_clear_pointer (&none, g_ptr_array_unref);
  none = claim (history, T0 + 100 * MINUTE);
  g_assert_cmpuint (none->len, ==, 0);
}

static void
test_given_up (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  gint64 now = T0;
  guint n_tries = 0;
  g_autoptr(GPtrArray) incidents = NULL;
  GPtrArray *records;

  note (history, NULL, 3, T0);
  for (; now < T0 + 3 * G_TIME_SPAN_DAY; now += MINUTE)
    {
      g_autoptr(GPtrArray) notices = claim (history, now);

      n_tries += notices->len > 0;
      settle (history, notices, "no route", now);
    }
  g_assert_cmpuint (n_tries, >, 20);
  g_assert_cmpuint (n_tries, <, 40);
  incidents = list (history, TRUE);
  records = ((const RunnelIncident *) g_ptr_array_index (incidents, 0))->told;
  g_assert_cmpuint (records->len, ==, 2);
  g_assert_true (((const RunnelNoticeRecord *) g_ptr_array_index (records, 0))->given_up);
  g_assert_cmpstr (((const RunnelNoticeRecord *) g_ptr_array_index (records, 0))->problem, ==, "no route");
}

static void
test_forget (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  g_autoptr(GPtrArray) all = NULL;
  g_autoptr(GPtrArray) notices = NULL;

  note (history, "one", 3, T0);
  note (history, "two", 3, T0);
  resolve (history, 1, T0 + MINUTE);
  g_assert_true (runnel_history_forget_incidents (history, T0 + MINUTE + 1, NULL));
  all = list (history, FALSE);
  g_assert_cmpuint (all->len, ==, 1);
  notices = claim (history, T0 + MINUTE); /* those of the other one went with it */
  g_assert_cmpuint (notices->len, ==, 2);
}

/* Telling the first one takes so long that a claim on all of them would have run out; and it is not
 * tried again by who failed with it. */
static void
test_slow (void)
{
  g_autoptr(RunnelHistory) history = open_history (":memory:");
  g_autoptr(RunnelNotice) first = NULL;
  g_autoptr(RunnelNotice) second = NULL;
  g_autoptr(RunnelNotice) none = NULL;

  note (history, NULL, 3, T0);
  first = claim_one (history, T0, T0);
  runnel_history_settle_notice (history, first, "no route", FALSE, T0 + 3 * MINUTE, NULL);
  second = claim_one (history, T0, T0 + 3 * MINUTE);
  g_assert_cmpstr (second->channel, !=, first->channel);
  none = claim_one (history, T0 + 4 * MINUTE - 1, T0 + 4 * MINUTE - 1); /* somebody else */
  g_assert_null (none);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/history/incidents/once", test_once);
  g_test_add_func ("/history/incidents/notices", test_notices);
  g_test_add_func ("/history/incidents/slow", test_slow);
  g_test_add_func ("/history/incidents/given-up", test_given_up);
  g_test_add_func ("/history/incidents/forget", test_forget);
  return g_test_run ();
}
