/* runnel-renderer.c: which of GTK's renderers draws the application
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <unistd.h>

#include "designer/compat/runnel-renderer.h"

#define DEVICES "/dev/dri"

static gboolean
has_gpu (void)
{
  g_autoptr(GDir) devices = g_dir_open (DEVICES, 0, NULL);
  const char *name;

  while (devices != NULL && (name = g_dir_read_name (devices)) != NULL)
    {
      g_autofree char *path = g_build_filename (DEVICES, name, NULL);

      if (g_str_has_prefix (name, "renderD") && access (path, R_OK | W_OK) == 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * runnel_renderer_choose:
 *
 * Chooses GTK's cairo renderer on a machine without a GPU we may use, unless the person has
 * chosen one by `GSK_RENDERER`. Call it before gtk_init() and before any thread is started.
 *
 * GTK before 4.14 draws with OpenGL even where that is emulated by the processor (llvmpipe). Each
 * frame then redraws the whole window: 26 ms of processor time where cairo needs 1.
 */
void
runnel_renderer_choose (void)
{
  if (g_getenv ("GSK_RENDERER") == NULL && !has_gpu ())
    g_setenv ("GSK_RENDERER", "cairo", FALSE);
}
