/* test-size.c: amounts of data as people write them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "model/runnel-pipeline.h"
#include "model/runnel-size.h"

static const struct
{
  const char *text;
  guint64 size;
  const char *written;
} good[] = {
  { "0 B", 0, "0 B" },
  { "17B", 17, "17 B" },
  { "5 GB", G_GUINT64_CONSTANT (5000000000), "5 GB" },
  { "500mb", 500000000, "500 MB" },
  { "1.5 GB", 1500000000, "1500 MB" },
  { "1 KiB", 1024, "1 KiB" },
  { "2 GiB", G_GUINT64_CONSTANT (2147483648), "2 GiB" },
  { "1 TB", G_GUINT64_CONSTANT (1000000000000), "1 TB" },
};

static const struct
{
  const char *text;
  const char *why;
} bad[] = {
  { "", "*number is missing*" },
  { "GB", "*number is missing*" },
  { "-5 GB", "*number is missing*" },
  { "1.2.3 GB", "*number is missing*" },
  { "5", "*unit is missing*" },
  { "5 apples", "*the units are*" },
  { "99999999 TB", "*too large*" },
};

static void
test_good (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *written = NULL;
      guint64 size = 1;

      g_assert_true (runnel_size_parse (good[i].text, &size, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (size, ==, good[i].size);

      written = runnel_size_to_string (size);
      g_assert_cmpstr (written, ==, good[i].written);
    }
}

static void
test_bad (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;
      guint64 size = 1;

      g_assert_false (runnel_size_parse (bad[i].text, &size, &error));
      g_assert_error (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_INVALID);
      g_assert_true (g_pattern_match_simple (bad[i].why, error->message));
      g_assert_cmpuint (size, ==, 1);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/size/good", test_good);
  g_test_add_func ("/model/size/bad", test_bad);
  return g_test_run ();
}
