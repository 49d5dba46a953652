/* test-exchange-reader.c: lines out of a file or pipe, compressed or not
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "exchange-fixture.h"
#include "history/exchange/runnel-exchange-reader.h"
#include "history/exchange/runnel-exchange-writer.h"

static int
make_file (gconstpointer data,
           gsize         length)
{
  int fd = memfd_create ("lines", MFD_CLOEXEC);

  g_assert_cmpint (write (fd, data, length), ==, (gssize) length);
  lseek (fd, 0, SEEK_SET);
  return fd;
}

/* @expected are the lines, each ended by "|". */
static void
assert_lines (int         fd,
              const char *expected)
{
  RunnelExchangeReader *reader = runnel_exchange_reader_new (fd);
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  const char *line;
  gsize length;

  while ((line = runnel_exchange_reader_next (reader, &length, &error)) != NULL)
    {
      g_string_append_len (text, line, length);
      g_string_append_c (text, '|');
    }
  g_assert_no_error (error);
  g_assert_cmpstr (text->str, ==, expected);
  runnel_exchange_reader_free (reader);
  close (fd);
}

static void
test_plain (void)
{
  assert_lines (make_file ("", 0), "");
  assert_lines (make_file ("one", 3), "one|");
  assert_lines (make_file ("one\n", 4), "one|");
  assert_lines (make_file ("one\n\ntwo\nx", 10), "one||two|x|");
}

/* A pipe gives out what there is, be it a byte. */
static void
test_pipe (void)
{
  int fds[2];

  g_assert_cmpint (pipe2 (fds, O_CLOEXEC), ==, 0);
  g_assert_cmpint (write (fds[1], "ab\ncd", 5), ==, 5);
  close (fds[1]);
  assert_lines (fds[0], "ab|cd|");
}

static void
write_lines (int      fd,
             gboolean compress,
             guint    n_lines)
{
  g_autoptr(RunnelExchangeWriter) writer = runnel_exchange_writer_new (fd, compress);
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < n_lines; i++)
    {
      g_autoptr(JsonObject) object = json_object_new ();

      json_object_set_int_member (object, "n", i);
      g_assert_true (runnel_exchange_writer_add_object (writer, object, &error));
    }
  g_assert_true (runnel_exchange_writer_finish (writer, &error));
  g_assert_no_error (error);
}

static void
test_round_trip (gconstpointer compress)
{
  int fd = memfd_create ("lines", MFD_CLOEXEC);
  RunnelExchangeReader *reader;
  g_autoptr(GError) error = NULL;
  const char *line;
  gsize length;
  guint n = 0;

  write_lines (fd, GPOINTER_TO_INT (compress), 100000);
  lseek (fd, 0, SEEK_SET);
  reader = runnel_exchange_reader_new (fd);
  while ((line = runnel_exchange_reader_next (reader, &length, &error)) != NULL)
    {
      g_autofree char *expected = g_strdup_printf ("{\"n\": %u}", n++);

      g_assert_cmpmem (line, length, expected, strlen (expected));
      g_assert_cmpuint (runnel_exchange_reader_get_line (reader), ==, n);
    }
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 100000);
  g_assert_cmpuint (runnel_exchange_reader_get_offset (reader), ==, lseek (fd, 0, SEEK_END));
  runnel_exchange_reader_free (reader);
  close (fd);
}

static void
assert_damaged (int fd)
{
  RunnelExchangeReader *reader = runnel_exchange_reader_new (fd);
  g_autoptr(GError) error = NULL;
  gsize length;

  while (runnel_exchange_reader_next (reader, &length, &error) != NULL)
    ;
  g_assert_error (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_EXCHANGE);
  runnel_exchange_reader_free (reader);
  close (fd);
}

static void
test_damaged (void)
{
  int fd = memfd_create ("lines", MFD_CLOEXEC);
  gsize size;

  write_lines (fd, TRUE, 1000);
  size = lseek (fd, 0, SEEK_END);
  g_assert_cmpint (ftruncate (fd, size - 10), ==, 0);
  lseek (fd, 0, SEEK_SET);
  assert_damaged (fd);
  assert_damaged (make_file ("\x28\xb5\x2f\xfd nonsense that is not compressed", 35));
}

/* Nobody fills the memory with one line. */
static void
test_endless (void)
{
  int fd = memfd_create ("endless", MFD_CLOEXEC);
  g_autofree char *zeros = g_malloc (1024 * 1024);

  memset (zeros, '0', 1024 * 1024);
  for (guint i = 0; i < 70; i++)
    g_assert_cmpint (write (fd, zeros, 1024 * 1024), ==, 1024 * 1024);
  lseek (fd, 0, SEEK_SET);
  assert_damaged (fd);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/history/exchange/reader/plain", test_plain);
  g_test_add_func ("/history/exchange/reader/pipe", test_pipe);
  g_test_add_data_func ("/history/exchange/reader/round-trip", GINT_TO_POINTER (FALSE),
                        test_round_trip);
  g_test_add_data_func ("/history/exchange/reader/round-trip-compressed", GINT_TO_POINTER (TRUE),
                        test_round_trip);
  g_test_add_func ("/history/exchange/reader/damaged", test_damaged);
  g_test_add_func ("/history/exchange/reader/endless", test_endless);

  return g_test_run ();
}
