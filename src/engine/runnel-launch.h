/* runnel-launch.h: a program on its way into a process of its own
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <sys/types.h>

#include <gio/gio.h>

G_BEGIN_DECLS

#define RUNNEL_LAUNCH_ERROR (runnel_launch_error_quark ())
typedef enum
{
  RUNNEL_LAUNCH_ERROR_NOT_FOUND = 1,     /* no such program */
  RUNNEL_LAUNCH_ERROR_NOT_EXECUTABLE,    /* there is one, but it can't be executed */
  RUNNEL_LAUNCH_ERROR_WORKING_DIRECTORY, /* the folder can't be entered */
  RUNNEL_LAUNCH_ERROR_BUSY,              /* the system has no process to give now: try again */
  RUNNEL_LAUNCH_ERROR_FAILED,            /* anything else; the message says what */
} RunnelLaunchError;
GQuark runnel_launch_error_quark (void);

typedef struct _RunnelLaunch RunnelLaunch;

RunnelLaunch *runnel_launch_new       (const char *const  *argv,
                                       const char *const  *env,
                                       const char         *working_directory);
void          runnel_launch_free      (RunnelLaunch       *self);
pid_t         runnel_launch_start     (RunnelLaunch       *self,
                                       int                 stdin_fd,
                                       int                 output_fd,
                                       int                 group_fd,
                                       int                *ret_pidfd,
                                       GError            **error);
gboolean      runnel_launch_get_error (RunnelLaunch       *self,
                                       GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelLaunch, runnel_launch_free)

G_END_DECLS
