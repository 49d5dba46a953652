/* test-trace-context.c: where a run stands in a trace
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "engine/runnel-trace-context.h"

#define UUID "cc30ae0c-53c3-42bb-975e-b429b6e47501"
#define TRACE "0af7651916cd43dd8448eb211c80319c"
#define SPAN "b7ad6b7169203331"

static void
test_root (void)
{
  g_autoptr(RunnelTraceContext) trace = runnel_trace_context_new (UUID, NULL);

  g_assert_cmpstr (runnel_trace_context_get_trace (trace), ==, "cc30ae0c53c342bb975eb429b6e47501");
  g_assert_null (runnel_trace_context_get_parent (trace));
  g_assert_null (runnel_trace_context_get_origin (trace));
  g_assert_true (runnel_trace_context_is_sampled (trace));
  g_assert_cmpuint (strlen (runnel_trace_context_get_span (trace)), ==, 16);
}

static void
test_parent (void)
{
  g_autoptr(RunnelTraceContext) trace = runnel_trace_context_new (UUID, "00-" TRACE "-" SPAN "-01");
  g_autoptr(RunnelTraceContext) silent = runnel_trace_context_new (UUID, "00-" TRACE "-" SPAN "-00");
  g_autoptr(RunnelTraceContext) later = NULL;
  g_autofree char *handed_on = runnel_trace_context_hand_on (silent, "a", 1);

  g_assert_cmpstr (runnel_trace_context_get_trace (trace), ==, TRACE);
  g_assert_cmpstr (runnel_trace_context_get_parent (trace), ==, SPAN);
  g_assert_cmpstr (runnel_trace_context_get_origin (trace), ==, "00-" TRACE "-" SPAN "-01");
  g_assert_true (runnel_trace_context_is_sampled (trace));
  g_assert_false (runnel_trace_context_is_sampled (silent));
  g_assert_true (g_str_has_suffix (handed_on, "-00"));

  later = runnel_trace_context_new (UUID, "01-" TRACE "-" SPAN "-03-more");
  g_assert_cmpstr (runnel_trace_context_get_trace (later), ==, TRACE);
}

/* What is not right is as if it were not there. */
static void
test_wrong_parents (void)
{
  static const char *const wrong[] = {
    "", "00", "00-" TRACE "-" SPAN, "00-" TRACE "-" SPAN "-1", "ff-" TRACE "-" SPAN "-01",
    "00-" TRACE "-" SPAN "-01-more", "01-" TRACE "-" SPAN "-01more", "00_" TRACE "-" SPAN "-01",
    "00-00000000000000000000000000000000-" SPAN "-01", "00-" TRACE "-0000000000000000-01",
    "00-0AF7651916CD43DD8448EB211C80319C-" SPAN "-01", "00-" TRACE "-b7ad6b716920333g-01",
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr(RunnelTraceContext) trace = runnel_trace_context_new (UUID, wrong[i]);

      g_assert_null (runnel_trace_context_get_parent (trace));
    }
}

/* The same run has the same ids each time, and no two of its spans have one. */
static void
test_spans (void)
{
  g_autoptr(RunnelTraceContext) trace = runnel_trace_context_new (UUID, NULL);
  g_autoptr(RunnelTraceContext) again = runnel_trace_context_new (UUID, "00-" TRACE "-" SPAN "-01");
  g_autoptr(RunnelTraceContext) other = runnel_trace_context_new ("no uuid", NULL);
  g_autofree char *step = runnel_trace_context_make_span (trace, "a", 0);
  g_autofree char *first = runnel_trace_context_make_span (trace, "a", 1);
  g_autofree char *same = runnel_trace_context_make_span (again, "a", 1);
  g_autofree char *foreign = runnel_trace_context_make_span (other, "a", 1);
  g_autofree char *handed_on = runnel_trace_context_hand_on (trace, "a", 1);
  g_auto(GStrv) parts = g_strsplit (handed_on, "-", -1);

  g_assert_cmpstr (step, !=, first);
  g_assert_cmpstr (step, !=, runnel_trace_context_get_span (trace));
  g_assert_cmpstr (first, ==, same);
  g_assert_cmpstr (first, !=, foreign);
  g_assert_cmpuint (strlen (runnel_trace_context_get_trace (other)), ==, 32);
  g_assert_cmpuint (g_strv_length (parts), ==, 4);
  g_assert_cmpstr (parts[1], ==, runnel_trace_context_get_trace (trace));
  g_assert_cmpstr (parts[2], ==, first);
  g_assert_cmpstr (parts[3], ==, "01");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/trace-context/root", test_root);
  g_test_add_func ("/engine/trace-context/parent", test_parent);
  g_test_add_func ("/engine/trace-context/wrong-parents", test_wrong_parents);
  g_test_add_func ("/engine/trace-context/spans", test_spans);
  return g_test_run ();
}
