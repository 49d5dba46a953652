/* runnel-log-filter.h: hides secrets in what processes print, on its way to their logs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "engine/secrets/runnel-secret-mask.h"

G_BEGIN_DECLS

typedef struct _RunnelLogFilter RunnelLogFilter;     /* the thread that does it, for any number of logs */
typedef struct _RunnelFilteredLog RunnelFilteredLog; /* the output of one attempt */

/* `error` says why some of the output could not be kept, of G_IO_ERROR, or is NULL. */
typedef void (*RunnelLogDrainedFunc) (const GError *error, gpointer user_data);

RunnelLogFilter   *runnel_log_filter_new     (void);
void               runnel_log_filter_free    (RunnelLogFilter       *self);
RunnelFilteredLog *runnel_log_filter_add     (RunnelLogFilter       *self,
                                              RunnelSecretMask      *mask,
                                              int                    log_fd,
                                              int                   *ret_fd,
                                              GError               **error);
void               runnel_filtered_log_drain (RunnelFilteredLog     *self,
                                              RunnelLogDrainedFunc   drained,
                                              gpointer               user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelLogFilter, runnel_log_filter_free)

G_END_DECLS
