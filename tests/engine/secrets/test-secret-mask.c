/* test-secret-mask.c: secrets in all their forms, in streams cut anywhere
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "engine/secrets/runnel-secret-forms.h"
#include "engine/secrets/runnel-secret-mask.h"

static RunnelSecretMask *
new_mask (const char *value)
{
  const char *const values[] = { value, NULL };

  return runnel_secret_mask_new (values);
}

static void
assert_hidden (RunnelSecretMask *mask,
               const char       *text,
               const char       *expected)
{
  g_autofree char *hidden = runnel_secret_mask_hide (mask, text);

  g_assert_cmpstr (hidden ? hidden : text, ==, expected);
}

typedef struct
{
  const char *value;
  const char *text;
  const char *expected;
} Case;

static const Case cases[] = {
  { "tiger", "a tiger, two tigers", "a ***, two ***s" },
  { "tiger", "tigertiger", "***" },
  { "tiger", "tige tigre", "tige tigre" },
  { "tiger", "titiger", "ti***" },
  { "tiger", "", "" },
  { "aaaa", "aaa aaaa aaaaaaa", "aaa *** ***" },
  /* JSON */
  { "a\"b\\c/d", "a\\\"b\\\\c/d a\\\"b\\\\c\\/d", "*** ***" },
  { "one\ntwo", "\"one\\ntwo\"", "\"***\"" },
  { "pa<ss", "pa\\u003css pa\\u003Css", "*** ***" },
  { "schlüssel", "schl\\u00fcssel schlüssel schl\\u00FCssel", "*** *** ***" },
  { "key😀lock", "key\\ud83d\\ude00lock", "***" },
  { "bell\aring", "bell\\u0007ring", "***" },
  /* URLs */
  { "p@ss w/rd", "p%40ss%20w%2Frd p%40ss+w%2frd p%40ss%20w/rd p@ss%20w/rd", "*** *** *** ***" },
  { "schlüssel", "schl%C3%BCssel schl%c3%bcssel", "*** ***" },
  /* shells */
  { "it's me", "'it'\\''s me' 'it'\"'\"'s me' it\\'s\\ me", "'***' '***' ***" },
  { "a$b`c", "\"a\\$b\\`c\" a\\$b\\`c", "\"***\" ***" },
  { "one\ntwo", "$'one\\ntwo'", "$'***'" },
  /* base64, of what is in brackets: [tiger], [tiger\n], [user:tiger], [x:tiger;] */
  { "tiger", "dGlnZXI=", "***=" },
  { "tiger", "dGlnZXIK", "***K" },
  { "tiger", "dXNlcjp0aWdlcg==", "dXNlcj***==" },
  { "tiger", "eDp0aWdlcjs=", "eD***s=" },
  { "ÿÿÿÿ", "w7/Dv8O/w78= w7_Dv8O_w78", "***= ***" },
};

static void
test_forms (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(RunnelSecretMask) mask = new_mask (cases[i].value);

      g_test_message ("%s", cases[i].text);
      assert_hidden (mask, cases[i].text, cases[i].expected);
    }
}

static void
test_lines (void)
{
  g_autoptr(RunnelSecretMask) mask = new_mask ("-- key --\n  QUJD+REVG \r\nabc\n\n-- end --\n");

  assert_hidden (mask, "QUJD+REVG", "***");
  assert_hidden (mask, "> -- end --", "> ***");
  assert_hidden (mask, "QUJD%2BREVG", "***");
  assert_hidden (mask, "abc", "abc"); /* too short to be told from other text */
  assert_hidden (mask, "-- key --\n  QUJD+REVG \r\nabc\n\n-- end --\n", "***");
}

static void
test_short (void)
{
  g_autoptr(RunnelSecretMask) mask = new_mask ("abc");

  assert_hidden (mask, "abc YWJj abcabc", "abc YWJj abcabc");
}

/* As base64(1) writes it, with a line break after every 76 characters. */
static void
test_wrapped (void)
{
  g_autofree char *value = g_strnfill (100, 'x');
  g_autoptr(RunnelSecretMask) mask = new_mask (value);
  g_autofree char *encoded = g_base64_encode ((const guchar *) value, 100);
  g_autofree char *first = g_strndup (encoded, 76);
  g_autofree char *wrapped = g_strconcat (first, "\n", encoded + 76, NULL);

  assert_hidden (mask, wrapped, "***==");
}

static void
test_several (void)
{
  const char *const values[] = { "tiger", "tigers and lions", "lionel", NULL };
  g_autoptr(RunnelSecretMask) mask = runnel_secret_mask_new (values);

  assert_hidden (mask, "tigers and lionel", "***s and ***");
  assert_hidden (mask, "tigers and lions", "***");
  assert_hidden (mask, "tigers and lionelions", "***s and ***ions");
}

static void
test_bytes (void)
{
  static const char bytes[] = "\0\xff" "tiger\0tige\xffr\0";
  g_autoptr(RunnelSecretMask) mask = new_mask ("tiger");
  g_autoptr(RunnelSecretStream) stream = runnel_secret_stream_new (mask);
  g_autoptr(GString) out = g_string_new (NULL);

  runnel_secret_stream_push (stream, bytes, sizeof bytes, out);
  runnel_secret_stream_finish (stream, out);
  g_assert_cmpmem (out->str, out->len, "\0\xff***\0tige\xffr\0", 14);
}

/* What can't belong to a secret is not held back: somebody may be watching. */
static void
test_holds_little (void)
{
  g_autoptr(RunnelSecretMask) mask = new_mask ("tiger");
  g_autoptr(RunnelSecretStream) stream = runnel_secret_stream_new (mask);
  g_autoptr(GString) out = g_string_new (NULL);

  runnel_secret_stream_push (stream, "line\ntig", 8, out);
  g_assert_cmpstr (out->str, ==, "line\n");
  runnel_secret_stream_push (stream, " ", 1, out);
  g_assert_cmpstr (out->str, ==, "line\ntig ");
}

/* Random texts. */

static void
append_random (GString    *text,
               const char *alphabet,
               guint       at_most)
{
  for (guint n = g_test_rand_int_range (0, at_most + 1); n > 0; n--)
    g_string_append_c (text, alphabet[g_test_rand_int_range (0, strlen (alphabet))]);
}

static char *
random_value (void)
{
  static const char *const alphabets[] = {
    "ab", "abcdefghijklmnopqrstuvwxyzABCDEFGHIJ0123456789", "a'\"\\/ %+&<$\n", "x\n\t =?",
  };
  const char *alphabet = alphabets[g_test_rand_int_range (0, G_N_ELEMENTS (alphabets))];
  GString *value = g_string_new (NULL);

  do
    append_random (value, alphabet, 24);
  while (value->len < RUNNEL_SECRET_MIN_LENGTH);
  return g_string_free (value, FALSE);
}

static GPtrArray *
list_forms (char **values)
{
  g_autoptr(GHashTable) set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *forms = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer form;

  for (; *values; values++)
    runnel_secret_forms_add (set, *values);
  g_hash_table_iter_init (&iter, set);
  while (g_hash_table_iter_next (&iter, &form, NULL))
    g_ptr_array_add (forms, g_strdup (form));
  return forms;
}

/* Text in which whole forms, beginnings of forms and anything else alternate. */
static char *
random_text (GPtrArray *forms)
{
  GString *text = g_string_new (NULL);

  for (guint n = g_test_rand_int_range (0, 8); n > 0; n--)
    {
      const char *form = forms->pdata[g_test_rand_int_range (0, forms->len)];
      gsize length = strlen (form);

      g_string_append_len (text, form,
                           g_test_rand_bit () ? length : (gsize) g_test_rand_int_range (0, length));
      append_random (text, "abcdefghij +/=%\\\"'\n", 6);
    }
  return g_string_free (text, FALSE);
}

/* The naive way: every form at every place. */
static char *
hide_naively (GPtrArray  *forms,
              const char *text)
{
  gsize length = strlen (text);
  g_autofree gboolean *is_hidden = g_new0 (gboolean, length + 1);
  GString *out = g_string_new (NULL);

  for (guint f = 0; f < forms->len; f++)
    for (gsize i = 0; i < length; i++)
      if (g_str_has_prefix (text + i, forms->pdata[f]))
        for (gsize j = 0; j < strlen (forms->pdata[f]); j++)
          is_hidden[i + j] = TRUE;
  for (gsize i = 0; i < length; i++)
    {
      if (!is_hidden[i])
        g_string_append_c (out, text[i]);
      else if (i == 0 || !is_hidden[i - 1])
        g_string_append (out, RUNNEL_SECRET_HIDDEN);
    }
  return g_string_free (out, FALSE);
}

static char *
hide_in_pieces (RunnelSecretMask *mask,
                const char       *text,
                gsize             at_most)
{
  g_autoptr(RunnelSecretStream) stream = runnel_secret_stream_new (mask);
  GString *out = g_string_new (NULL);
  gsize length = strlen (text);
  gsize n;

  for (gsize i = 0; i < length; i += n)
    {
      n = g_test_rand_int_range (1, at_most + 1);
      n = MIN (n, length - i);
      runnel_secret_stream_push (stream, text + i, n, out);
    }
  runnel_secret_stream_finish (stream, out);
  return g_string_free (out, FALSE);
}

static char *
hide_cut_at (RunnelSecretMask *mask,
             const char       *text,
             gsize             at)
{
  g_autoptr(RunnelSecretStream) stream = runnel_secret_stream_new (mask);
  GString *out = g_string_new (NULL);

  runnel_secret_stream_push (stream, text, at, out);
  runnel_secret_stream_push (stream, text + at, strlen (text) - at, out);
  runnel_secret_stream_finish (stream, out);
  return g_string_free (out, FALSE);
}

static void
check_random (void)
{
  char *values[] = { random_value (), random_value (), NULL };
  g_autoptr(RunnelSecretMask) mask = runnel_secret_mask_new ((const char *const *) values);
  g_autoptr(GPtrArray) forms = list_forms (values);
  g_autofree char *text = random_text (forms);
  g_autofree char *expected = hide_naively (forms, text);
  g_autofree char *single = hide_in_pieces (mask, text, 1);
  g_autofree char *pieces = hide_in_pieces (mask, text, 9);

  assert_hidden (mask, text, expected);
  g_assert_cmpstr (single, ==, expected);
  g_assert_cmpstr (pieces, ==, expected);
  for (gsize at = 0; at <= strlen (text); at++)
    {
      g_autofree char *cut = hide_cut_at (mask, text, at);

      g_assert_cmpstr (cut, ==, expected);
    }
  g_free (values[0]);
  g_free (values[1]);
}

static void
test_random (void)
{
  for (guint i = 0; i < 300; i++)
    check_random ();
}

/* Whatever stands before and behind a secret, its base64 is found. */
static void
test_random_base64 (void)
{
  for (guint i = 0; i < 2000; i++)
    {
      g_autofree char *value = random_value ();
      g_autoptr(RunnelSecretMask) mask = new_mask (value);
      g_autoptr(GString) text = g_string_new (NULL);
      g_autofree char *encoded = NULL;
      g_autofree char *hidden = NULL;
      gsize before;

      append_random (text, "abcdefghijklmnopqrstuvwxyz:+\x7f", 5);
      before = text->len;
      g_string_append (text, value);
      append_random (text, "abcdefghijklmnopqrstuvwxyz:+\x7f", 5);
      encoded = g_base64_encode ((const guchar *) text->str, text->len);
      hidden = runnel_secret_mask_hide (mask, encoded);

      g_assert_nonnull (hidden);
      g_assert_cmpint (strcspn (hidden, "*"), <=, before * 4 / 3); /* nor is its first bit seen */
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/secret-mask/forms", test_forms);
  g_test_add_func ("/engine/secret-mask/lines", test_lines);
  g_test_add_func ("/engine/secret-mask/short", test_short);
  g_test_add_func ("/engine/secret-mask/wrapped", test_wrapped);
  g_test_add_func ("/engine/secret-mask/several", test_several);
  g_test_add_func ("/engine/secret-mask/bytes", test_bytes);
  g_test_add_func ("/engine/secret-mask/holds-little", test_holds_little);
  g_test_add_func ("/engine/secret-mask/random", test_random);
  g_test_add_func ("/engine/secret-mask/random-base64", test_random_base64);
  return g_test_run ();
}
