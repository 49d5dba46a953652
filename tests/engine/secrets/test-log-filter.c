/* test-log-filter.c: secrets in what processes print
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "engine/secrets/runnel-log-filter.h"

typedef struct
{
  RunnelSecretMask *mask;
  RunnelLogFilter *filter;
  RunnelFilteredLog *log;
  int log_fd;   /* reads what was written */
  int pipe_fd;  /* what a process would have */
  gboolean drained;
  GError *error;
} Fixture;

static void
drained_cb (const GError *error,
            gpointer      user_data)
{
  Fixture *fixture = user_data;

  fixture->drained = TRUE;
  fixture->error = error ? g_error_copy (error) : NULL;
}

static void
add (Fixture *fixture,
     int      log_fd)
{
  g_autoptr(GError) error = NULL;

  fixture->log = runnel_log_filter_add (fixture->filter, fixture->mask, log_fd, &fixture->pipe_fd,
                                        &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  const char *const values[] = { "tiger", NULL };

  fixture->mask = runnel_secret_mask_new (values);
  fixture->filter = runnel_log_filter_new ();
  fixture->log_fd = open (g_get_tmp_dir (), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  g_assert_cmpint (fixture->log_fd, >=, 0);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_pointer (&fixture->filter, runnel_log_filter_free);
  runnel_secret_mask_unref (fixture->mask);
  g_clear_error (&fixture->error);
  close (fixture->log_fd);
}

static void
print (Fixture    *fixture,
       const char *text)
{
  g_assert_cmpint (write (fixture->pipe_fd, text, strlen (text)), ==, strlen (text));
}

static void
drain (Fixture *fixture)
{
  runnel_filtered_log_drain (g_steal_pointer (&fixture->log), drained_cb, fixture);
  while (!fixture->drained)
    g_main_context_iteration (NULL, TRUE);
}

static void
assert_log (Fixture    *fixture,
            const char *expected)
{
  char buffer[256] = "";

  g_assert_cmpint (pread (fixture->log_fd, buffer, sizeof buffer - 1, 0), >=, 0);
  g_assert_cmpstr (buffer, ==, expected);
}

static void
test_closed (Fixture       *fixture,
             gconstpointer  data)
{
  add (fixture, dup (fixture->log_fd));
  print (fixture, "a ti");
  print (fixture, "ger and a tig");
  close (fixture->pipe_fd);
  drain (fixture);
  g_assert_no_error (fixture->error);
  assert_log (fixture, "a *** and a tig");
}

/* Somebody else still has the pipe: the attempt is over all the same, and what comes later is
 * hidden as well. */
static void
test_open (Fixture       *fixture,
           gconstpointer  data)
{
  add (fixture, dup (fixture->log_fd));
  print (fixture, "one tiger\n");
  drain (fixture);
  assert_log (fixture, "one ***\n");

  print (fixture, "two tigers");
  g_clear_pointer (&fixture->filter, runnel_log_filter_free);
  assert_log (fixture, "one ***\ntwo ***s");
  close (fixture->pipe_fd);
}

/* A process must not hang because its log can't be written. */
static void
test_full (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *line = g_strnfill (4096, 'x');
  int full_fd = open ("/dev/full", O_WRONLY | O_CLOEXEC);

  add (fixture, full_fd);
  for (guint i = 0; i < 1000; i++)
    print (fixture, line);
  close (fixture->pipe_fd);
  drain (fixture);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
}

static void
test_nothing (Fixture       *fixture,
              gconstpointer  data)
{
  add (fixture, dup (fixture->log_fd));
  close (fixture->pipe_fd);
  drain (fixture);
  g_assert_no_error (fixture->error);
  assert_log (fixture, "");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) \
  g_test_add ("/engine/log-filter/" path, Fixture, NULL, set_up, function, tear_down)

  ADD ("closed", test_closed);
  ADD ("open", test_open);
  ADD ("full", test_full);
  ADD ("nothing", test_nothing);
  return g_test_run ();
}
