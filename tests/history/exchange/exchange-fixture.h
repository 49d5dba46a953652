/* exchange-fixture.h: what the tests of exporting and importing share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../cleanup-fixture.h"
#include "history/exchange/runnel-export.h"
#include "history/exchange/runnel-import.h"

/* Returns: (transfer full): what is exported, NUL-terminated behind its end */
static inline GBytes *
export_all (RunnelHistory *history,
            gboolean       compress)
{
  const RunnelExportOptions options = { .compress = compress };
  g_autoptr(GError) error = NULL;
  RunnelExportResult result;
  int fd = memfd_create ("export", MFD_CLOEXEC);
  gsize size;
  char *data;

  runnel_history_export (history, NULL, fd, &options, &result, NULL, &error);
  g_assert_no_error (error);
  size = lseek (fd, 0, SEEK_END);
  data = g_malloc0 (size + 1);
  g_assert_cmpint (pread (fd, data, size, 0), ==, (gssize) size);
  close (fd);
  return g_bytes_new_take (data, size);
}

static inline gboolean
import_data (RunnelHistory       *history,
             gconstpointer        data,
             gsize                length,
             RunnelImportResult  *ret_result,
             GError             **error)
{
  int fd = memfd_create ("import", MFD_CLOEXEC);
  gboolean ok;

  g_assert_cmpint (write (fd, data, length), ==, (gssize) length);
  lseek (fd, 0, SEEK_SET);
  ok = runnel_history_import (history, fd, NULL, NULL, ret_result, NULL, error);
  close (fd);
  return ok;
}
