/* runnel-container.h: what a step starts, run inside of a container
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/runnel-executor.h"

G_BEGIN_DECLS

#define RUNNEL_CONTAINER_ERROR (runnel_container_error_quark ())
typedef enum
{
  RUNNEL_CONTAINER_ERROR_NO_PROGRAM = 1, /* neither podman nor docker is installed */
} RunnelContainerError;
GQuark runnel_container_error_quark (void);

char  *runnel_container_find_program   (GError              **error);
char  *runnel_container_make_name      (const RunnelAttempt  *attempt);
char **runnel_container_make_argv      (const RunnelAttempt  *attempt,
                                        const char           *name,
                                        const char *const    *command,
                                        gboolean              has_stdin);
char **runnel_container_make_kill_argv (const char           *program,
                                        const char           *name);

G_END_DECLS
