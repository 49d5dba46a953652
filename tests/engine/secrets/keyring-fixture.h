/* keyring-fixture.h: a keyring in a file, which needs no session
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib/gstdio.h>

#include "engine/secrets/runnel-keyring.h"

typedef struct
{
  char *dir;
  char *path;
  GAsyncResult *result;
} Fixture;

static inline void
use_keyring_in_file (Fixture *fixture)
{
  fixture->dir = g_dir_make_tmp ("runnel-keyring-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->dir, "keyring", NULL);
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", fixture->path, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "password of the keyring", TRUE);
}

static inline void
remove_keyring (Fixture *fixture)
{
  g_autofree char *backup = g_strconcat (fixture->path, "~", NULL);

  g_unlink (fixture->path);
  g_unlink (backup);
  g_assert_cmpint (g_rmdir (fixture->dir), ==, 0);
  g_free (fixture->path);
  g_free (fixture->dir);
}

static inline void
got_result_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  Fixture *fixture = user_data;

  fixture->result = g_object_ref (result);
}

/* Returns: (transfer full) */
static inline GAsyncResult *
wait_for_result (Fixture *fixture)
{
  while (!fixture->result)
    g_main_context_iteration (NULL, TRUE);
  return g_steal_pointer (&fixture->result);
}

static inline void
store (Fixture    *fixture,
       const char *name,
       const char *value)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  runnel_keyring_store_async (name, value, NULL, got_result_cb, fixture);
  result = wait_for_result (fixture);
  g_assert_true (runnel_keyring_store_finish (result, &error));
  g_assert_no_error (error);
}
