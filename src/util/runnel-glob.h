/* runnel-glob.h: the files below a folder that patterns name
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RUNNEL_GLOB_ERROR (runnel_glob_error_quark ())
typedef enum
{
  RUNNEL_GLOB_ERROR_OUTSIDE = 1, /* a pattern, or a file, leads out of the folder */
  RUNNEL_GLOB_ERROR_READ,        /* something can't be read */
} RunnelGlobError;
GQuark runnel_glob_error_quark (void);

typedef struct _RunnelGlob RunnelGlob;

RunnelGlob *runnel_glob_new           (const char    *base_dir);
void        runnel_glob_free          (RunnelGlob    *self);
gboolean    runnel_glob_add           (RunnelGlob    *self,
                                       const char    *pattern,
                                       GError       **error);
GPtrArray  *runnel_glob_find          (RunnelGlob    *self,
                                       GCancellable  *cancellable,
                                       GError       **error);
const char *runnel_glob_get_unmatched (RunnelGlob    *self);
int         runnel_glob_open          (const char    *base_dir,
                                       const char    *path,
                                       GError       **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelGlob, runnel_glob_free)

G_END_DECLS
