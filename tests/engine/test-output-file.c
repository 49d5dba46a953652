/* test-output-file.c: what a process wrote into $RUNNEL_OUTPUT
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/runnel-output-file.h"

/* The outputs as "name=value;", or the error's message. */
static char *
parse (const char *text, gsize length)
{
  g_autoptr(JsonObject) outputs = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GList) names = NULL;
  GString *result = g_string_new (NULL);

  if (!runnel_output_file_parse (text, length, &outputs, &error))
    g_string_append (result, error->message);
  if (outputs != NULL)
    names = json_object_get_members (outputs);
  for (GList *l = names; l != NULL; l = l->next)
    g_string_append_printf (result, "%s=%s;", (char *) l->data,
                            json_object_get_string_member (outputs, l->data));
  return g_string_free (result, FALSE);
}

static void
assert_parsed (const char *text, const char *expected)
{
  g_autofree char *result = parse (text, strlen (text));

  g_assert_cmpstr (result, ==, expected);
}

static void
test_lines (void)
{
  assert_parsed ("", "");
  assert_parsed ("\n\n", "");
  assert_parsed ("version=1.2\nname=a b=c", "version=1.2;name=a b=c;");
  assert_parsed ("empty=\n", "empty=;");
  assert_parsed ("a=1\r\nb=2\r\n", "a=1;b=2;");
  assert_parsed ("a=1\na=2\n", "a=2;");
  assert_parsed ("url=x<<y\n", "url=x<<y;");
}

static void
test_blocks (void)
{
  assert_parsed ("notes<<EOF\none\n\ntwo=2\nEOF\nb=1\n", "notes=one\n\ntwo=2;b=1;");
  assert_parsed ("notes<<EOF\nEOF", "notes=;");
  assert_parsed ("notes<<E=F\nx\nE=F\n", "notes=x;");
  assert_parsed ("notes<<EOF\n EOF\nEOF\n", "notes= EOF;");
  assert_parsed ("notes<<EOF\n\n\nEOF\n", "notes=\n;");
}

static void
test_refused (void)
{
  g_autofree char *nul = parse ("a=1\nb=\0", 7);

  assert_parsed ("a=1\nnonsense\n", "line 2 of $RUNNEL_OUTPUT is neither name=value nor name<<EOF");
  assert_parsed ("=x\n", "line 1 of $RUNNEL_OUTPUT has no valid name: letters, digits, _ and -, "
                         "not beginning with a digit");
  assert_parsed ("a b=x\n", "line 1 of $RUNNEL_OUTPUT has no valid name: letters, digits, _ and -, "
                            "not beginning with a digit");
  assert_parsed ("\na<<\nx\n",
                 "line 2 of $RUNNEL_OUTPUT has no word after << to end the value with");
  assert_parsed ("x=1\na<<EOF\nEO\n",
                 "line 2 of $RUNNEL_OUTPUT begins \"a\", but no line \"EOF\" ends it");
  assert_parsed ("a=1\nb<<EOF\nc\n\xff\nEOF\n", "line 4 of $RUNNEL_OUTPUT is not UTF-8 text");
  g_assert_cmpstr (nul, ==, "line 2 of $RUNNEL_OUTPUT is not UTF-8 text");
}

static void
test_file (void)
{
  g_autofree char *dir = g_dir_make_tmp ("runnel-output-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "out", NULL);
  g_autoptr(JsonObject) outputs = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (runnel_output_file_read (path, &outputs, &error));
  g_assert_null (outputs);
  g_assert_true (g_file_set_contents (path, "a=1\n", -1, NULL));
  g_assert_true (runnel_output_file_read (path, &outputs, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (json_object_get_string_member (outputs, "a"), ==, "1");
  g_unlink (path);
  g_rmdir (dir);
}

static void
assert_unreadable (const char *path, RunnelOutputFileError code)
{
  g_autoptr(GError) error = NULL;
  JsonObject *outputs = NULL;

  g_assert_false (runnel_output_file_read (path, &outputs, &error));
  g_assert_error (error, RUNNEL_OUTPUT_FILE_ERROR, (int) code);
  g_assert_null (outputs);
}

static void
assert_no_file (const char *path)
{
  g_autoptr(GError) error = NULL;
  JsonObject *outputs = NULL;

  g_assert_false (runnel_output_file_read (path, &outputs, &error));
  g_assert_error (error, RUNNEL_OUTPUT_FILE_ERROR, RUNNEL_OUTPUT_FILE_ERROR_READ);
  g_assert_nonnull (strstr (error->message, "no longer a file"));
}

static void
test_hostile_files (void)
{
  g_autofree char *dir = g_dir_make_tmp ("runnel-output-XXXXXX", NULL);
  g_autofree char *large = g_build_filename (dir, "large", NULL);
  g_autofree char *link = g_build_filename (dir, "link", NULL);
  g_autofree char *pipe = g_build_filename (dir, "pipe", NULL);
  g_autofree char *text = g_malloc (RUNNEL_OUTPUT_FILE_MAX_SIZE + 1);

  memset (text, 'a', RUNNEL_OUTPUT_FILE_MAX_SIZE + 1);
  g_assert_true (g_file_set_contents (large, text, RUNNEL_OUTPUT_FILE_MAX_SIZE + 1, NULL));
  g_assert_cmpint (symlink ("/dev/zero", link), ==, 0);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  assert_unreadable (large, RUNNEL_OUTPUT_FILE_ERROR_TOO_LARGE);
  assert_no_file (link);
  assert_no_file (pipe);
  assert_no_file (dir);
  g_unlink (large);
  g_unlink (link);
  g_unlink (pipe);
  g_rmdir (dir);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/output-file/lines", test_lines);
  g_test_add_func ("/engine/output-file/blocks", test_blocks);
  g_test_add_func ("/engine/output-file/refused", test_refused);
  g_test_add_func ("/engine/output-file/file", test_file);
  g_test_add_func ("/engine/output-file/hostile-files", test_hostile_files);
  return g_test_run ();
}
