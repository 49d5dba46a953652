/* log-fixture.h: logs for the tests, and what is right of them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "log/runnel-log-file.h"

typedef struct
{
  char *folder;
  char *path;
  RunnelLogSource *source;
} LogFixture;

static inline void
log_fixture_set_up (LogFixture   *self,
                    gconstpointer user_data)
{
  self->folder = g_dir_make_tmp ("runnel-log-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "step.1.log", NULL);
}

static inline void
log_fixture_tear_down (LogFixture   *self,
                       gconstpointer user_data)
{
  g_clear_pointer (&self->source, runnel_log_source_unref);
  g_unlink (self->path);
  g_rmdir (self->folder);
  g_free (self->path);
  g_free (self->folder);
}

static inline void
log_fixture_append (LogFixture *self,
                    const char *text,
                    gsize       length)
{
  int fd = open (self->path, O_WRONLY | O_CREAT | O_APPEND, 0600);

  g_assert_cmpint (write (fd, text, length), ==, (gssize) length);
  close (fd);
}

static inline void
log_fixture_open (LogFixture *self)
{
  self->source = runnel_log_file_open (self->path);
}

/* A log with lines of all lengths; now and then one is longer than a block. */
static inline GString *
log_fixture_make_random (gsize size)
{
  GString *text = g_string_sized_new (size);
  guint longest = g_test_rand_int_range (1, 400);

  while (text->len < size)
    {
      guint length = g_test_rand_int_range (0, 200) == 0 ? g_test_rand_int_range (0, 200000)
                                                         : g_test_rand_int_range (0, longest);

      for (guint i = 0; i < length && text->len < size; i++)
        g_string_append_c (text, "abcdefgh .:"[g_test_rand_int_range (0, 11)]);
      if (text->len < size)
        g_string_append_c (text, '\n');
    }
  return text;
}
