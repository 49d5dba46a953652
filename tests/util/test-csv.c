/* test-csv.c: rows of a table for spreadsheets
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "util/runnel-csv.h"

static void
assert_row (const char *const *fields,
            const char        *expected)
{
  g_autoptr(GString) csv = g_string_new (NULL);

  runnel_csv_append_row (csv, fields);
  g_assert_cmpstr (csv->str, ==, expected);
}

static void
test_row (void)
{
  assert_row ((const char *[]) { "build", "12", NULL }, "build,12\n");
  assert_row ((const char *[]) { "", "", NULL }, ",\n");
  assert_row ((const char *[]) { NULL }, "\n");
}

static void
test_quotes (void)
{
  assert_row ((const char *[]) { "a,b", "say \"no\"", NULL }, "\"a,b\",\"say \"\"no\"\"\"\n");
  assert_row ((const char *[]) { "two\nlines", "\r", NULL }, "\"two\nlines\",\"\r\"\n");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/util/csv/row", test_row);
  g_test_add_func ("/util/csv/quotes", test_quotes);

  return g_test_run ();
}
