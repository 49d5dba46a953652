/* test-pattern.c: what is looked for
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "find/runnel-pattern.h"

static gboolean
matches (const char         *pattern,
         RunnelPatternFlags  flags,
         const char         *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(RunnelPattern) self = runnel_pattern_new (pattern, flags, &error);

  g_assert_no_error (error);
  return runnel_pattern_match (self, text, strlen (text), NULL, NULL);
}

static void
test_plain (void)
{
  g_assert_true (matches ("make", RUNNEL_PATTERN_PLAIN, "GNU Make"));
  g_assert_true (matches ("GRÖSSE", RUNNEL_PATTERN_PLAIN, "grösse"));
  g_assert_false (matches ("m.ke", RUNNEL_PATTERN_PLAIN, "make"));
  g_assert_true (matches ("a.b(c[", RUNNEL_PATTERN_PLAIN, "xa.b(c["));
}

static void
test_case (void)
{
  g_assert_false (matches ("make", RUNNEL_PATTERN_CASE, "GNU Make"));
  g_assert_true (matches ("Make", RUNNEL_PATTERN_CASE, "GNU Make"));
}

static void
test_regex (void)
{
  g_assert_true (matches ("^ma?ke$", RUNNEL_PATTERN_REGEX, "MKE"));
  g_assert_false (matches ("^ma?ke$", RUNNEL_PATTERN_REGEX, "make it"));
  /* What fits everywhere is nowhere. */
  g_assert_false (matches ("x*", RUNNEL_PATTERN_REGEX, "make"));
}

static void
test_bad_regex (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (runnel_pattern_new ("(", RUNNEL_PATTERN_REGEX, &error));
  g_assert_true (error->domain == G_REGEX_ERROR);
}

static void
test_place (void)
{
  g_autoptr(RunnelPattern) pattern = runnel_pattern_new ("ß", RUNNEL_PATTERN_PLAIN, NULL);
  guint start, end;

  g_assert_true (runnel_pattern_match (pattern, "größe", strlen ("größe"), &start, &end));
  g_assert_cmpuint (start, ==, strlen ("grö"));
  g_assert_cmpuint (end, ==, strlen ("größ"));
}

static gboolean
may_match (const char *pattern,
           const char *json)
{
  g_autoptr(RunnelPattern) self = runnel_pattern_new (pattern, RUNNEL_PATTERN_PLAIN, NULL);

  return runnel_pattern_may_match (self, json, strlen (json));
}

/* Whatever may stand in JSON in another way is read. */
static void
test_may_match (void)
{
  g_assert_false (may_match ("make", "[\"ninja\"]"));
  g_assert_true (may_match ("make", "[\"make\"]"));
  g_assert_true (may_match ("make", "[\"\\u006dake\"]"));
  g_assert_true (may_match ("a/b", "[\"a\\/b\"]"));
  g_assert_true (may_match ("a/b", "[]"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/find/pattern/plain", test_plain);
  g_test_add_func ("/find/pattern/case", test_case);
  g_test_add_func ("/find/pattern/regex", test_regex);
  g_test_add_func ("/find/pattern/bad-regex", test_bad_regex);
  g_test_add_func ("/find/pattern/place", test_place);
  g_test_add_func ("/find/pattern/may-match", test_may_match);
  return g_test_run ();
}
