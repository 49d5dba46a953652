/* test-log-pattern.c: what is looked for in a log
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "log/runnel-log-literal.h"
#include "log/runnel-log-pattern.h"

/* --- Literals ------------------------------------------------------------------------- */

static gboolean
is_at (const char *text,
       const char *what,
       gsize       length,
       gboolean    caseless)
{
  for (gsize i = 0; i < length; i++)
    if (caseless ? g_ascii_tolower (text[i]) != g_ascii_tolower (what[i]) : text[i] != what[i])
      return FALSE;
  return TRUE;
}

static guint
count_slowly (const char  *text,
              gsize        length,
              const char  *what,
              gsize        n,
              gboolean     caseless,
              const char **ret_first)
{
  guint count = 0;

  *ret_first = NULL;
  for (gsize i = 0; i + n <= length;)
    {
      gboolean found = is_at (text + i, what, n, caseless);

      if (found && !*ret_first)
        *ret_first = text + i;
      count += found;
      i += found ? n : 1;
    }
  return count;
}

/* Few different bytes, so that there is much to find, and much that only begins like it. */
static void
fill (char  *text,
      gsize  length)
{
  for (gsize i = 0; i < length; i++)
    text[i] = "aAbB :\0\xff"[g_test_rand_int_range (0, 8)];
}

static void
test_literal_random (void)
{
  for (guint turn = 0; turn < 20000; turn++)
    {
      char text[200], what[8];
      gsize length = (gsize) g_test_rand_int_range (0, 200);
      gsize n = (gsize) g_test_rand_int_range (1, 8);
      gboolean caseless = g_test_rand_bit ();
      g_autoptr(RunnelLogLiteral) literal = NULL;
      const char *first;
      guint count;

      fill (text, length);
      for (gsize i = 0; i < n; i++)
        what[i] = "aAbB :"[g_test_rand_int_range (0, 6)];
      literal = runnel_log_literal_new (what, n, caseless);
      count = count_slowly (text, length, what, n, caseless, &first);
      g_assert_cmpuint (runnel_log_literal_count (literal, text, length), ==, count);
      g_assert_true (runnel_log_literal_find (literal, text, length) == first);
    }
}

/* --- Patterns --------------------------------------------------------------------------- */

static RunnelLogPattern *
make (const char            *text,
      RunnelLogPatternFlags  flags)
{
  g_autoptr(GError) error = NULL;
  RunnelLogPattern *pattern = runnel_log_pattern_new (text, flags, &error);

  g_assert_no_error (error);
  return pattern;
}

static guint
count_in (const char            *what,
          RunnelLogPatternFlags  flags,
          const char            *text,
          gsize                  length)
{
  g_autoptr(RunnelLogPattern) pattern = make (what, flags);
  g_autoptr(RunnelLogMatcher) matcher = runnel_log_matcher_new (pattern);
  RunnelLogBlock block = { .data = (char *) text, .length = length };

  return runnel_log_matcher_count (matcher, &block);
}

static void
assert_count (const char            *what,
              RunnelLogPatternFlags  flags,
              const char            *text,
              guint                  expected)
{
  g_assert_cmpuint (count_in (what, flags, text, strlen (text)), ==, expected);
}

static void
test_plain (void)
{
  assert_count ("one", RUNNEL_LOG_PATTERN_PLAIN, "one two one\nOne\n", 2);
  assert_count ("aa", RUNNEL_LOG_PATTERN_PLAIN, "aaaaa\na\na", 2);
  assert_count ("a.c", RUNNEL_LOG_PATTERN_PLAIN, "abc a.c", 1);
  assert_count ("Größe", RUNNEL_LOG_PATTERN_PLAIN, "größe Größe", 1);
}

static void
test_caseless (void)
{
  assert_count ("one", RUNNEL_LOG_PATTERN_CASELESS, "one two ONE\nOne\n", 3);
  assert_count ("größe", RUNNEL_LOG_PATTERN_CASELESS, "größe GRÖSSE GRÖßE", 2);
  assert_count ("a.c ä", RUNNEL_LOG_PATTERN_CASELESS, "A.C Ä abc ä", 1);
}

static void
test_regex (void)
{
  assert_count ("^a.*z$", RUNNEL_LOG_PATTERN_REGEX, "a to z\nab\r\naz\r\n", 2);
  assert_count ("[^x]+", RUNNEL_LOG_PATTERN_REGEX, "ab\ncd\n", 2);
  assert_count ("\\s", RUNNEL_LOG_PATTERN_REGEX, "a b\nc\td\n", 2);
  assert_count ("x*", RUNNEL_LOG_PATTERN_REGEX, "axxbx\n", 2);
  assert_count ("error|FAILED", RUNNEL_LOG_PATTERN_REGEX | RUNNEL_LOG_PATTERN_CASELESS,
                "an Error\nfailed\n", 2);
  assert_count ("\\bstraße\\b", RUNNEL_LOG_PATTERN_REGEX, "straße\nstraßenbahn\n", 1);
  assert_count ("a\\Kb", RUNNEL_LOG_PATTERN_REGEX, "ab\n", 1);
}

/* What a person sees is what is found, and nothing else. */
static void
test_as_shown (void)
{
  const char *colored = "\033[1;31merror\033[0m: no 31\n";
  const char *progress = "10 %\r20 %\r100 %\nafter\n";

  assert_count ("error: no", RUNNEL_LOG_PATTERN_PLAIN, colored, 1);
  assert_count ("31", RUNNEL_LOG_PATTERN_PLAIN, colored, 1);
  assert_count ("0 %", RUNNEL_LOG_PATTERN_PLAIN, progress, 1);
  assert_count ("^error: ", RUNNEL_LOG_PATTERN_REGEX, colored, 1);
  assert_count ("after", RUNNEL_LOG_PATTERN_PLAIN, progress, 1);
}

static void
test_invalid_text (void)
{
  g_assert_cmpuint (count_in ("ab", RUNNEL_LOG_PATTERN_PLAIN, "ab\xff" "ab\0ab", 8), ==, 3);
  g_assert_cmpuint (count_in ("a.", RUNNEL_LOG_PATTERN_REGEX, "ab\xff" "ac", 5), ==, 2);
  g_assert_cmpuint (count_in ("ä", RUNNEL_LOG_PATTERN_CASELESS, "\xff\xc3\x84\xc3", 4), ==, 1);
}

static void
test_errors (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (runnel_log_pattern_new ("", RUNNEL_LOG_PATTERN_PLAIN, &error));
  g_assert_error (error, RUNNEL_LOG_PATTERN_ERROR, RUNNEL_LOG_PATTERN_ERROR_LINE);
  g_clear_error (&error);
  g_assert_null (runnel_log_pattern_new ("a\nb", RUNNEL_LOG_PATTERN_PLAIN, &error));
  g_assert_error (error, RUNNEL_LOG_PATTERN_ERROR, RUNNEL_LOG_PATTERN_ERROR_LINE);
  g_clear_error (&error);
  g_assert_null (runnel_log_pattern_new ("ä(b", RUNNEL_LOG_PATTERN_REGEX, &error));
  g_assert_error (error, RUNNEL_LOG_PATTERN_ERROR, RUNNEL_LOG_PATTERN_ERROR_SYNTAX);
  g_assert_nonnull (strstr (error->message, "4"));
}

/* It is given up, and not waited for. */
static void
test_hard_regex (void)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < 60; i++)
    g_string_append_c (text, 'a');
  g_string_append (text, "c\nab\n");
  assert_count ("(a+)+b", RUNNEL_LOG_PATTERN_REGEX, text->str, 1);
}

static void
test_places (void)
{
  g_autoptr(RunnelLogPattern) pattern = make ("b+", RUNNEL_LOG_PATTERN_REGEX);
  g_autoptr(RunnelLogMatcher) matcher = runnel_log_matcher_new (pattern);
  gsize start, end;

  g_assert_true (runnel_log_matcher_find (matcher, "abbcb", 5, 0, &start, &end));
  g_assert_cmpuint (start, ==, 1);
  g_assert_cmpuint (end, ==, 3);
  g_assert_true (runnel_log_matcher_find (matcher, "abbcb", 5, end, &start, &end));
  g_assert_cmpuint (start, ==, 4);
  g_assert_false (runnel_log_matcher_find (matcher, "abbcb", 5, end, &start, &end));
}

/* Where it is, in 64th parts of the block. */
static void
test_parts (void)
{
  for (guint turn = 0; turn < 300; turn++)
    {
      gboolean regex = g_test_rand_bit ();
      g_autoptr(RunnelLogPattern) pattern =
        make ("#", regex ? RUNNEL_LOG_PATTERN_REGEX : RUNNEL_LOG_PATTERN_PLAIN);
      g_autoptr(RunnelLogMatcher) matcher = runnel_log_matcher_new (pattern);
      gsize length = (gsize) g_test_rand_int_range (1, 3000), start = 0;
      g_autofree char *text = g_strnfill (length, '.');
      RunnelLogBlock block = { .data = text, .length = length };
      guint64 expected = 0;

      for (gsize i = 0; i < length; i++)
        {
          int kind = g_test_rand_int_range (0, 60);

          text[i] = kind == 0 ? '#' : kind < 6 ? '\n' : '.';
          start = i == 0 || text[i - 1] == '\n' ? i : start;
          if (kind == 0) /* a regular expression is found in lines */
            expected |= G_GUINT64_CONSTANT (1) << ((regex ? start : i) * 64 / length);
        }
      g_assert_cmphex (runnel_log_matcher_find_parts (matcher, &block), ==, expected);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/log/literal/random", test_literal_random);
  g_test_add_func ("/log/pattern/plain", test_plain);
  g_test_add_func ("/log/pattern/caseless", test_caseless);
  g_test_add_func ("/log/pattern/regex", test_regex);
  g_test_add_func ("/log/pattern/as-shown", test_as_shown);
  g_test_add_func ("/log/pattern/invalid-text", test_invalid_text);
  g_test_add_func ("/log/pattern/errors", test_errors);
  g_test_add_func ("/log/pattern/hard-regex", test_hard_regex);
  g_test_add_func ("/log/pattern/places", test_places);
  g_test_add_func ("/log/pattern/parts", test_parts);
  return g_test_run ();
}
