/* test-log-marker.c: what a line says to the one who shows it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "log/runnel-log-marker.h"

/* What is read, and what comes behind it. */
static void
assert_marker (const char          *line,
               RunnelLogMarkerType  type,
               const char          *rest)
{
  RunnelLogMarker marker;
  gsize position = 0;

  g_assert_true (runnel_log_marker_may_be (line, strlen (line)));
  g_assert_true (runnel_log_marker_next (line, strlen (line), &position, &marker));
  g_assert_cmpint (marker.type, ==, type);
  g_assert_cmpstr (line + marker.end, ==, rest);
  g_assert_cmpuint (position, ==, marker.end);
}

static void
assert_none (const char *line)
{
  RunnelLogMarker marker;
  gsize position = 0;

  g_assert_false (runnel_log_marker_next (line, strlen (line), &position, &marker));
}

static void
test_github (void)
{
  assert_marker ("::group::Build it", RUNNEL_LOG_MARKER_GROUP, "Build it");
  assert_marker ("  ::endgroup::", RUNNEL_LOG_MARKER_END_GROUP, "");
  assert_marker ("::error file=a.c,line=3::broken", RUNNEL_LOG_MARKER_ERROR, "broken");
  assert_marker ("::warning::careful", RUNNEL_LOG_MARKER_WARNING, "careful");
  assert_marker ("::debug::deep", RUNNEL_LOG_MARKER_DEBUG, "deep");
  assert_none ("::group");
  assert_none ("::set-output name=a::b");
  assert_none ("std::vector::push");
  assert_none ("a ::group::b");
  assert_none ("::");
}

static void
test_azure (void)
{
  assert_marker ("##[group]Build it", RUNNEL_LOG_MARKER_GROUP, "Build it");
  assert_marker ("##[endgroup]", RUNNEL_LOG_MARKER_END_GROUP, "");
  assert_marker ("2026-01-31T23:59:59.1234567Z ##[error]broken", RUNNEL_LOG_MARKER_ERROR, "broken");
  assert_marker ("##[command]/bin/ls", RUNNEL_LOG_MARKER_COMMAND, "/bin/ls");
  assert_none ("##[nothing]x");
  assert_none ("##[group");
}

static void
test_gitlab (void)
{
  const char *both = "section_end:15:first\r\033[0Ksection_start:16:second[collapsed=true]\r\033[0KTitle";
  RunnelLogMarker marker;
  gsize position = 0;
  guint name;

  assert_marker ("section_start:1560896352:build\r\033[0KBuild", RUNNEL_LOG_MARKER_GROUP,
                 "\r\033[0KBuild");
  assert_marker ("\033[0Ksection_end:1:build\r\033[0K", RUNNEL_LOG_MARKER_END_GROUP, "\r\033[0K");
  assert_none ("section_start:now:build");
  assert_none ("section_start:15");

  g_assert_true (runnel_log_marker_next (both, strlen (both), &position, &marker));
  g_assert_cmpint (marker.type, ==, RUNNEL_LOG_MARKER_END_GROUP);
  name = marker.name;
  g_assert_true (runnel_log_marker_next (both, strlen (both), &position, &marker));
  g_assert_cmpint (marker.type, ==, RUNNEL_LOG_MARKER_GROUP);
  g_assert_true (marker.is_closed);
  g_assert_cmpuint (marker.name, !=, name);
  g_assert_false (runnel_log_marker_next (both, strlen (both), &position, &marker));
}

static void
test_travis (void)
{
  assert_marker ("travis_fold:start:script.1\r\033[0Kmake", RUNNEL_LOG_MARKER_GROUP, "\r\033[0Kmake");
  assert_marker ("travis_fold:end:script.1", RUNNEL_LOG_MARKER_END_GROUP, "");
  assert_none ("travis_fold:");
}

/* Nothing is read behind the end, which only a sanitizer sees. */
static void
test_garbage (void)
{
  const char *pieces[] = { "::", "##[", "group", "]", "section_", "start:", "1:", "\r", "\033[0K",
                           "travis_fold:", "end:", " ", "error", "[collapsed=true]" };

  for (guint turn = 0; turn < 5000; turn++)
    {
      g_autoptr(GString) line = g_string_new (NULL);
      g_autofree char *exact = NULL;
      RunnelLogMarker marker;
      gsize position = 0;

      for (guint n = g_test_rand_int_range (0, 8); n > 0; n--)
        g_string_append (line, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      exact = g_memdup2 (line->str, line->len);
      while (runnel_log_marker_next (exact, line->len, &position, &marker))
        g_assert_cmpuint (position, <=, line->len);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/log/marker/github", test_github);
  g_test_add_func ("/log/marker/azure", test_azure);
  g_test_add_func ("/log/marker/gitlab", test_gitlab);
  g_test_add_func ("/log/marker/travis", test_travis);
  g_test_add_func ("/log/marker/garbage", test_garbage);
  return g_test_run ();
}
