/* runnel-renderer.c: which of GTK's renderers draws the application
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <unistd.h>

#include <gtk/gtk.h>

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

/* GTK reads what to do without from another variable since 4.16. */
#if GTK_CHECK_VERSION (4, 16, 0)
#define VARIABLE "GDK_DISABLE"
#define WITHOUT_GL "gl,vulkan"
#else
#define VARIABLE "GDK_DEBUG"
#define WITHOUT_GL "gl-disable"
#endif

static gboolean was_chosen;
static char *given; /* what the variable was before, or NULL */

/**
 * runnel_renderer_choose:
 *
 * Chooses GTK's cairo renderer on a machine without a GPU we may use, and keeps GTK from loading
 * OpenGL at all, unless the person has chosen a renderer by `GSK_RENDERER`. Call it before
 * gtk_init() and before any thread is started.
 *
 * GTK before 4.14 draws with OpenGL even where that is emulated by the processor (llvmpipe). Each
 * frame then redraws the whole window: 26 ms of processor time where cairo needs 1. Loading the
 * emulation alone costs 50 ms of processor time at the start, and 60 MB of memory.
 */
void
runnel_renderer_choose (void)
{
  g_autofree char *value = NULL;

  if (g_getenv ("GSK_RENDERER") != NULL || has_gpu ())
    return;

  given = g_strdup (g_getenv (VARIABLE));
  value = given != NULL ? g_strconcat (given, ",", WITHOUT_GL, NULL) : g_strdup (WITHOUT_GL);
  g_setenv (VARIABLE, value, TRUE);
  g_setenv ("GSK_RENDERER", "cairo", FALSE);
  was_chosen = TRUE;
}

/**
 * runnel_renderer_leave_environment:
 *
 * Allows OpenGL again to the programs that are started from here, by a step as well. Call it when
 * GTK is initialized.
 */
void
runnel_renderer_leave_environment (void)
{
  if (!was_chosen)
    return;

  if (given != NULL)
    g_setenv (VARIABLE, given, TRUE);
  else
    g_unsetenv (VARIABLE);
  g_clear_pointer (&given, g_free);
  was_chosen = FALSE;
}
