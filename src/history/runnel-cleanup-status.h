/* runnel-cleanup-status.h: when the history was cleaned last, and what went
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  gint64 time;        /* when it ended, microseconds since 1970; 0 = never */
  gint64 duration;    /* microseconds */
  gboolean automatic;
  gint64 n_runs;      /* deleted, those with all inside them */
  gint64 freed;       /* bytes on disk less */
  gint64 n_packed;    /* logs compressed */
  gint64 packed;      /* bytes that they take less */
  char *problem;      /* why it could not be brought to its end, or NULL */
} RunnelCleanupStatus;

char    *runnel_cleanup_status_get_folder (void);
void     runnel_cleanup_status_load       (RunnelCleanupStatus        *self);
gboolean runnel_cleanup_status_save       (const RunnelCleanupStatus  *self,
                                           GError                    **error);
void     runnel_cleanup_status_clear      (RunnelCleanupStatus        *self);
gboolean runnel_cleanup_is_due            (gint64                      now);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RunnelCleanupStatus, runnel_cleanup_status_clear)

G_END_DECLS
