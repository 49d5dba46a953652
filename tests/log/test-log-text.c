/* test-log-text.c: one line of a log as a terminal shows it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "log/runnel-log-cells.h"
#include "log/runnel-log-text.h"

/* "{1b:text}" is text in the colour 1 and bold; "#rgb" is any colour, after a "/" comes the ground. */
static void
describe_color (RunnelLogColor color,
                GString       *notes)
{
  if (RUNNEL_LOG_COLOR_IS_PALETTE (color))
    g_string_append_printf (notes, "%u", color & 0xff);
  else if (RUNNEL_LOG_COLOR_IS_RGB (color))
    g_string_append_printf (notes, "#%06x", color & 0xffffff);
}

static void
describe_style (const RunnelLogStyle *style,
                GString              *notes)
{
  describe_color (style->foreground, notes);
  if (style->background != 0)
    g_string_append_c (notes, '/');
  describe_color (style->background, notes);
  for (guint i = 0; i < 7; i++)
    if (style->effects & 1u << i)
      g_string_append_c (notes, "bdiunhs"[i]);
}

static char *
describe (RunnelLogText *text)
{
  GString *notes = g_string_new (NULL);
  const RunnelLogRun *runs = (const RunnelLogRun *) text->runs->data;

  for (guint i = 0; i <= text->runs->len; i++)
    {
      guint start = i > 0 ? runs[i - 1].start : 0;
      guint end = i < text->runs->len ? runs[i].start : (guint) text->text->len;
      gboolean styled = i > 0 && !runnel_log_style_is_default (&runs[i - 1].style);

      if (styled)
        {
          g_string_append_c (notes, '{');
          describe_style (&runs[i - 1].style, notes);
          g_string_append_c (notes, ':');
        }
      g_string_append_len (notes, text->text->str + start, end - start);
      if (styled)
        g_string_append_c (notes, '}');
    }
  return g_string_free (notes, FALSE);
}

static char *
read_line (const char *bytes,
           gsize       length)
{
  g_auto(RunnelLogText) text;

  runnel_log_text_init (&text);
  runnel_log_text_set (&text, bytes, length, NULL);
  g_assert_true (g_utf8_validate_len (text.text->str, text.text->len, NULL));
  return describe (&text);
}

static void
assert_reads (const char *bytes,
              const char *expected)
{
  g_autofree char *notes = read_line (bytes, strlen (bytes));

  g_assert_cmpstr (notes, ==, expected);
}

static void
test_plain (void)
{
  assert_reads ("", "");
  assert_reads ("one", "one");
  assert_reads ("a\tb", "a\tb");
  assert_reads ("dos\r", "dos");
  assert_reads ("dos\r\r", "dos");
  assert_reads ("a bell\a", "a bell");
}

static void
test_colors (void)
{
  assert_reads ("\033[31mred\033[0m plain", "{1:red} plain");
  assert_reads ("\033[1;32mok\033[m.", "{2b:ok}.");
  assert_reads ("\033[92mbright\033[39m.", "{10:bright}.");
  assert_reads ("\033[44;97mon blue\033[49m white", "{15/4:on blue}{15: white}");
  assert_reads ("\033[103mon yellow", "{/11:on yellow}");
  assert_reads ("\033[38;5;200mtwo hundred", "{200:two hundred}");
  assert_reads ("\033[38;2;1;2;255;1mtrue colour", "{#0102ffb:true colour}");
  assert_reads ("\033[48;5;1;33mon red", "{3/1:on red}");
  assert_reads ("\033[38:2::1:2:3mspace\033[48:5:7mground", "{#010203:space}{#010203/7:ground}");
  assert_reads ("\033[31m\033[31mtwice", "{1:twice}");
  assert_reads ("\033[31m\033[mnothing", "nothing");
}

static void
test_effects (void)
{
  assert_reads ("\033[1mb\033[22m \033[2md\033[22m", "{b:b} {d:d}");
  assert_reads ("\033[3mi\033[23m \033[4mu\033[24m", "{i:i} {u:u}");
  assert_reads ("\033[7mn\033[27m \033[8mh\033[28m", "{n:n} {h:h}");
  assert_reads ("\033[9ms\033[29m.", "{s:s}.");
  assert_reads ("\033[4:3mcurly\033[4:0m.", "{u:curly}.");
  assert_reads ("\033[21mtwice\033[24m.", "{u:twice}.");
  assert_reads ("\033[5mblinks not", "blinks not");
}

static void
test_left_out (void)
{
  assert_reads ("\033]0;a title\aline", "line");
  assert_reads ("\033]8;;http://x\033\\link\033]8;;\033\\", "link");
  assert_reads ("\033P1$r\033\\line", "line");
  assert_reads ("\033(Bline", "line");
  assert_reads ("\033=\033>line", "line");
  assert_reads ("\033[?25lline\033[?25h", "line");
  assert_reads ("\033[3;4Hline", "line");
  assert_reads ("line\033[", "line");
  assert_reads ("line\033", "line");
  assert_reads ("\033]never ends", "");
  assert_reads ("\033[>4;2mno colour", "no colour");
}

static void
test_progress (void)
{
  assert_reads ("10 %\r20 %\r100 %", "100 %");
  assert_reads ("100 bytes\r7", "700 bytes");
  assert_reads ("downloading\r\033[Kdone", "done");
  assert_reads ("downloading\033[2K\rdone", "done");
  assert_reads ("downloading\033[1K\r", "");
  assert_reads ("abc\b\bX", "aXc");
  assert_reads ("\b\babc", "abc");
  assert_reads ("abcdef\033[3GX\033[2CY", "abXdeY");
  assert_reads ("abc\033[DX", "abX");
  assert_reads ("abc\033[5Dx", "xbc");
  assert_reads ("abcdef\r\033[2Pxy", "xyef");
  assert_reads ("abcdef\r\033[3Xy", "y  def");
  assert_reads ("a\033[5Gb", "a   b");
  assert_reads ("section_start:1:build\r\033[0K\033[36mBuild\033[0m", "{6:Build}");
  assert_reads ("\033[32mok\033[0m 1\r\033[31mno\033[0m", "{1:no} 1");
  assert_reads ("a\tb\rX", "X\tb");
}

static void
test_wide (void)
{
  assert_reads ("日本\rx", "x 本");
  assert_reads ("日本\033[2Gx", " x本");
  assert_reads ("ab\r日", "日");
  assert_reads ("e\xcc\x81 a\033[3Gb", "e\xcc\x81 b");
  g_assert_cmpuint (runnel_log_char_width ('a'), ==, 1);
  g_assert_cmpuint (runnel_log_char_width (0x301), ==, 0);
  g_assert_cmpuint (runnel_log_char_width (0x65e5), ==, 2);
}

static void
test_invalid (void)
{
  assert_reads ("caf\xc3\xa9 \xff!", "café \xef\xbf\xbd!");
  assert_reads ("\xff\rx", "x");
  g_autofree char *notes = read_line ("a\0b\0\0c", 6);
  g_assert_cmpstr (notes, ==, "abc");
}

/* A style goes on in the next line. */
static void
test_carried_on (void)
{
  const char *lines[] = { "\033[1;31mone", "two\033[0m", "three" };
  const char *expected[] = { "{1b:one}", "{1b:two}", "three" };
  g_auto(RunnelLogText) text;

  runnel_log_text_init (&text);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      RunnelLogStyle style = text.style;
      g_autofree char *notes = NULL;

      runnel_log_text_set (&text, lines[i], strlen (lines[i]), &style);
      notes = describe (&text);
      g_assert_cmpstr (notes, ==, expected[i]);
    }
}

static void
test_find_style (void)
{
  const char *before = "\033[32mok\033[0m\n\033[1;31mred\nstill\n\033[K";
  const RunnelLogStyle none = { 0, };
  RunnelLogStyle style = runnel_log_text_find_style (before, strlen (before), &none);

  g_assert_cmpuint (style.foreground, ==, RUNNEL_LOG_COLOR_PALETTE (1));
  g_assert_cmpuint (style.effects, ==, RUNNEL_LOG_BOLD);
}

/* What is printed is read as what it was. */
static void
test_print (void)
{
  const char *bytes = "a\033[1;38;5;200mbc\033[0;48;2;1;2;3md\033[0mef\033[3;4;9mg";
  g_autoptr(GString) printed = g_string_new (NULL);
  g_autoptr(GString) piece = g_string_new (NULL);
  g_autofree char *expected = read_line (bytes, strlen (bytes));
  g_auto(RunnelLogText) text;

  runnel_log_text_init (&text);
  runnel_log_text_set (&text, bytes, strlen (bytes), NULL);
  runnel_log_text_print (&text, 0, text.text->len, printed);
  assert_reads (printed->str, expected);

  runnel_log_text_print (&text, 2, 4, piece);
  assert_reads (piece->str, "{200b:c}{/#010203:d}");
  g_assert_true (g_str_has_suffix (piece->str, "\033[0m"));
}

static void
test_is_plain (void)
{
  g_autofree char *spaces = g_strnfill (200, ' ');

  g_assert_true (runnel_log_text_is_plain ("", 0));
  g_assert_true (runnel_log_text_is_plain ("a\tb\r\nc\r", 7));
  g_assert_false (runnel_log_text_is_plain ("a\rb", 3));
  g_assert_false (runnel_log_text_is_plain ("a\r\r\n", 4));
  g_assert_true (runnel_log_text_is_plain ("\xff\xc3", 2));
  for (guint i = 0; i < 200; i++)
    {
      const char controls[] = { '\033', '\0', '\b', '\a', 0x7f, '\r' };

      for (guint k = 0; k < sizeof controls; k++)
        {
          spaces[i] = controls[k];
          g_assert_true (runnel_log_text_is_plain (spaces, 200) == (i == 199 && k == 5));
        }
      spaces[i] = '\r';
      if (i + 1 < 200)
        spaces[i + 1] = '\n';
      g_assert_true (runnel_log_text_is_plain (spaces, 200));
      spaces[i] = ' ';
      if (i + 1 < 200)
        spaces[i + 1] = ' ';
    }
}

/* What is plain is read as it is. */
static void
test_garbage (void)
{
  for (guint turn = 0; turn < 3000; turn++)
    {
      char bytes[300];
      guint length = g_test_rand_int_range (0, 300);
      g_autofree char *notes = NULL;

      for (guint i = 0; i < length; i++)
        bytes[i] = g_test_rand_bit () ? "\033[]m;3\\\r8KGCDXP?:"[g_test_rand_int_range (0, 18)]
                                      : (char) g_test_rand_int_range (0, 256);
      notes = read_line (bytes, length);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/log/text/plain", test_plain);
  g_test_add_func ("/log/text/colors", test_colors);
  g_test_add_func ("/log/text/effects", test_effects);
  g_test_add_func ("/log/text/left-out", test_left_out);
  g_test_add_func ("/log/text/progress", test_progress);
  g_test_add_func ("/log/text/wide", test_wide);
  g_test_add_func ("/log/text/invalid", test_invalid);
  g_test_add_func ("/log/text/carried-on", test_carried_on);
  g_test_add_func ("/log/text/find-style", test_find_style);
  g_test_add_func ("/log/text/print", test_print);
  g_test_add_func ("/log/text/is-plain", test_is_plain);
  g_test_add_func ("/log/text/garbage", test_garbage);
  return g_test_run ();
}
