/* test-ansi.c: terminal output as styled text
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "designer/runs/runnel-ansi.h"

/* Writes what the reader hands over in a notation of our own: "{1b}" opens
 * colour 1 in bold, "<" is an order to write over the line. */
static void
note_text (gpointer        user_data,
           const char     *text,
           gsize           length,
           RunnelAnsiStyle style)
{
  GString *notes = user_data;

  if (style.color != RUNNEL_ANSI_DEFAULT_COLOR || style.bold || style.dim || style.underline)
    {
      g_string_append_c (notes, '{');
      if (style.color != RUNNEL_ANSI_DEFAULT_COLOR)
        g_string_append_printf (notes, "%d", style.color);
      g_string_append (notes, style.bold ? "b" : "");
      g_string_append (notes, style.dim ? "d" : "");
      g_string_append (notes, style.underline ? "u" : "");
      g_string_append_c (notes, '}');
    }
  g_string_append_len (notes, text, length);
}

static void
note_overwrite (gpointer user_data)
{
  g_string_append_c (user_data, '<');
}

static const RunnelAnsiHandler handler = { note_text, note_overwrite };

static char *
read_at_once (const char *bytes,
              gsize       length)
{
  GString *notes = g_string_new (NULL);
  g_autoptr(RunnelAnsi) ansi = runnel_ansi_new (&handler, notes);

  runnel_ansi_feed (ansi, bytes, length);
  return g_string_free (notes, FALSE);
}

static void
assert_reads (const char *bytes,
              const char *expected)
{
  g_autofree char *notes = read_at_once (bytes, strlen (bytes));

  g_assert_cmpstr (notes, ==, expected);
}

static void
test_plain (void)
{
  assert_reads ("", "");
  assert_reads ("one\ntwo\n", "one\ntwo\n");
  assert_reads ("a\tb\a\bc", "a\tbc");
}

static void
test_colors (void)
{
  assert_reads ("\033[31mred\033[0m plain", "{1}red plain");
  assert_reads ("\033[1;32mok\033[m.", "{2b}ok.");
  assert_reads ("\033[92mbright\033[39m.", "{10}bright.");
  assert_reads ("\033[4mline\033[24m \033[2mdim\033[22m", "{u}line {d}dim");
  assert_reads ("\033[38;5;9mnine\033[0m", "{9}nine");
  assert_reads ("\033[38;5;200mtwo hundred", "two hundred");
  assert_reads ("\033[38;2;1;2;3;1mtrue colour", "{b}true colour");
  assert_reads ("\033[48;5;1;33mon red", "{3}on red");
}

static void
test_sequences_left_out (void)
{
  assert_reads ("\033[2K\033[1Gline", "line");
  assert_reads ("\033]0;a title\aline", "line");
  assert_reads ("\033]8;;http://x\033\\link\033]8;;\033\\", "link");
  assert_reads ("\033(Bline", "Bline"); /* a character set of long ago, and no harm done */
  assert_reads ("\033[", "");
}

static void
test_carriage_return (void)
{
  assert_reads ("10 %\r20 %\r30 %\n", "10 %<20 %<30 %\n");
  assert_reads ("dos\r\nunix\n", "dos\nunix\n");
  assert_reads ("a\r\r\r\nb", "a\nb");
}

static void
test_invalid_utf8 (void)
{
  assert_reads ("caf\xc3\xa9 \xff!", "café \xef\xbf\xbd!");
}

/* Wherever the output is cut into pieces, the same text comes out. */
static void
test_any_cut (void)
{
  const char *bytes = "\033[1;31mcafé\033[0m 10 %\r20 %\r\n\033]0;t\033\\end\xe2\x82\xac";
  gsize length = strlen (bytes);
  const char *expected = "café 10 %<20 %\nend€";

  for (gsize cut = 0; cut <= length; cut++)
    {
      g_autoptr(GString) notes = g_string_new (NULL);
      g_autoptr(RunnelAnsi) ansi = runnel_ansi_new (&handler, notes);

      runnel_ansi_feed (ansi, bytes, cut);
      runnel_ansi_feed (ansi, bytes + cut, length - cut);
      /* A style is noted with each piece, so a cut inside styled text notes it twice. */
      g_string_replace (notes, "{1b}", "", 0);
      g_assert_cmpstr (notes->str, ==, expected);
    }
}

static void
test_garbage (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (7);
  g_autoptr(GString) notes = g_string_new (NULL);
  g_autoptr(RunnelAnsi) ansi = runnel_ansi_new (&handler, notes);

  for (guint i = 0; i < 200000; i++)
    {
      /* Often what begins a sequence, so that the readers of sequences get their share. */
      char byte = g_rand_int (rand);

      if (g_rand_boolean (rand))
        byte = "\033[]m;3\\\r"[g_rand_int_range (rand, 0, 8)];
      runnel_ansi_feed (ansi, &byte, 1);
    }
  g_assert_true (g_utf8_validate (notes->str, notes->len, NULL));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/designer/ansi/plain", test_plain);
  g_test_add_func ("/designer/ansi/colors", test_colors);
  g_test_add_func ("/designer/ansi/sequences-left-out", test_sequences_left_out);
  g_test_add_func ("/designer/ansi/carriage-return", test_carriage_return);
  g_test_add_func ("/designer/ansi/invalid-utf8", test_invalid_utf8);
  g_test_add_func ("/designer/ansi/any-cut", test_any_cut);
  g_test_add_func ("/designer/ansi/garbage", test_garbage);

  return g_test_run ();
}
