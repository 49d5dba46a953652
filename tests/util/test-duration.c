/* test-duration.c: spans of time as people write them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "util/runnel-duration.h"

static const struct
{
  const char *text;
  gint64 microseconds;
  const char *canonical;
} valid[] = {
  { "0s", 0, "0s" },
  { "90s", 90 * G_USEC_PER_SEC, "1m30s" },
  { "5m", 5 * G_TIME_SPAN_MINUTE, "5m" },
  { "1h30m", 90 * G_TIME_SPAN_MINUTE, "1h30m" },
  { "250ms", 250000, "250ms" },
  { "1d", G_TIME_SPAN_DAY, "1d" },
  { "1.5s", 1500000, "1s500ms" },
  { "1d2h3m4s5ms", G_GINT64_CONSTANT (93784005000), "1d2h3m4s5ms" },
};

static const struct
{
  const char *text;
  const char *hint;
} invalid[] = {
  { "90", "write 90s" },
  { "", "write 90s, 5m" },
  { "s", "write 90s, 5m" },
  { "-5s", "write 90s, 5m" },
  { "5 s", "write 90s, 5m" },
  { "5S", "write 90s, 5m" },
  { "5m1h", "write 90s, 5m" },
  { "5m5m", "write 90s, 5m" },
  { "1h30", "write 90s, 5m" },
  { "99999999999d", "write 90s, 5m" },
  { "1.2.3s", "write 90s, 5m" },
  { "0x5s", "write 90s, 5m" },
  { "1e999s", "write 90s, 5m" },
  { "nans", "write 90s, 5m" },
};

static void
test_valid (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (valid); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *canonical = NULL;
      gint64 microseconds = -1;

      g_assert_true (runnel_duration_parse (valid[i].text, &microseconds, &error));
      g_assert_no_error (error);
      g_assert_cmpint (microseconds, ==, valid[i].microseconds);
      canonical = runnel_duration_format (microseconds);
      g_assert_cmpstr (canonical, ==, valid[i].canonical);
    }
}

static void
test_invalid (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (invalid); i++)
    {
      g_autoptr(GError) error = NULL;
      gint64 microseconds = -1;

      g_assert_false (runnel_duration_parse (invalid[i].text, &microseconds, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
      g_assert_nonnull (strstr (error->message, invalid[i].hint));
      g_assert_cmpint (microseconds, ==, -1);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/util/duration/valid", test_valid);
  g_test_add_func ("/util/duration/invalid", test_invalid);

  return g_test_run ();
}
