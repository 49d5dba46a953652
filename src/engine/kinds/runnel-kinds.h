/* runnel-kinds.h: the step kinds and how each is carried out
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/runnel-executor.h"
#include "model/runnel-kind.h"

G_BEGIN_DECLS

#define RUNNEL_PIPELINE_MAX_DEPTH 64 /* runs inside of runs */

/* What to execute for an attempt of a kind that is a process. Strings belong to the spec. */
typedef struct
{
  char **argv;       /* argv[0] is looked up in the PATH of the attempt's environment */
  char *stdin_text;  /* fed to the process, or NULL for /dev/null */
  char **env;        /* "NAME=value" that go on top of the attempt's environment, or NULL */
  gint64 grace;      /* microseconds between TERM and KILL, 0 = the attempt's */
  gboolean holds_itself; /* as in RunnelProcessRequest */
} RunnelProcessSpec;

void runnel_process_spec_clear (RunnelProcessSpec *self);

typedef struct _RunnelKindClass RunnelKindClass;

/* The head of every task; a kind that works inside the process embeds it as its first member. */
struct _RunnelTask
{
  const RunnelKindClass *klass;
  RunnelExecutor *executor;
  guint step_index;
};

/* One kind = one file with one of these. A kind either fills in `prepare` (it is a
 * process) or `start` and `cancel` (it works on the main context, asynchronously). */
struct _RunnelKindClass
{
  RunnelKind declaration;
  gboolean    (*prepare) (const RunnelAttempt *attempt, RunnelProcessSpec *ret_spec, GError **error);
  gboolean    for_containers; /* the process may as well run inside of a container */
  RunnelTask *(*start)   (RunnelExecutor *executor, const RunnelAttempt *attempt);
  void        (*cancel)  (RunnelTask *task);
  gboolean    (*answer)  (RunnelTask *task, gboolean approved, const char *who, const char *comment);
  /* Stops its time or lets it go on; NULL = it can't be frozen. */
  void        (*freeze)  (RunnelTask *task, gboolean frozen);
};

extern const RunnelKindClass runnel_command_kind;
extern const RunnelKindClass runnel_script_kind;
extern const RunnelKindClass runnel_http_kind;
extern const RunnelKindClass runnel_wait_kind;
extern const RunnelKindClass runnel_approval_kind;
extern const RunnelKindClass runnel_pipeline_kind;
extern const RunnelKindClass runnel_foreign_kind;

void                   runnel_kinds_init   (void);   /* registers all; safe to call again */
const RunnelKindClass *runnel_kinds_lookup (const char *name);

G_END_DECLS
