/* runnel-process.h: a program run in a process group of its own, until nothing of it is left
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/runnel-cgroup.h"
#include "engine/runnel-executor.h"
#include "engine/runnel-launch.h"
#include "engine/runnel-reaper.h"

G_BEGIN_DECLS

typedef struct
{
  const char *const *argv;       /* argv[0] is looked up in the PATH of `env` */
  const char *const *env;        /* the whole environment */
  const char *working_directory; /* absolute */
  const char *stdin_text;        /* NULL = /dev/null */
  int output_fd;                 /* (transfer full): standard output and error, opened to append */
  gint64 grace;                  /* microseconds between TERM and KILL */
  gboolean holds_itself;         /* it is a run: see RUNNEL_HOLD_SIGNAL */
  RunnelCgroups *cgroups;        /* where it gets a control group, or NULL */
} RunnelProcessRequest;

/* A run that is told by sigqueue() to hold back does so with its steps, each in a group of its
 * own, and stays there itself to be asked. The value of SIGTSTP is the RunnelHold; SIGCONT lets
 * it go on. */
#define RUNNEL_HOLD_SIGNAL SIGTSTP

/* How it ended. Valid during the call. */
typedef struct
{
  int exit_code;       /* -1 = none */
  int term_signal;     /* 0 = none */
  gboolean cancelled;  /* it was asked to end before it had ended by itself */
  RunnelUsage usage;
  GArray *leftovers;   /* RunnelProc of those the leader left running and we ended, or NULL */
  const GError *error; /* of RunnelLaunchError: the program was never executed; or NULL */
} RunnelProcessEnd;

typedef struct _RunnelProcess RunnelProcess;

typedef struct
{
  /* May come before runnel_process_start() returns. */
  void (*started) (pid_t pid, gint64 start_time, gpointer user_data);
  /* The process group is empty, the process is freed after this. Never before
   * runnel_process_start() has returned. */
  void (*ended)   (const RunnelProcessEnd *end, gpointer user_data);
} RunnelProcessCallbacks;

RunnelProcess *runnel_process_start  (RunnelReaper                 *reaper,
                                      const RunnelProcessRequest   *request,
                                      const RunnelProcessCallbacks *callbacks,
                                      gpointer                      user_data);
void           runnel_process_cancel (RunnelProcess                *self);
gboolean       runnel_process_hold   (RunnelProcess                *self,
                                      RunnelHold                    hold);

G_END_DECLS
