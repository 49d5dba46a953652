/* runnel-feature.h: what a pipeline may ask of the system that runs it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One entry for each thing that systems differ in. The order is that of tables. */
typedef enum
{
  RUNNEL_FEATURE_ORDER,          /* links on success */
  RUNNEL_FEATURE_LINK_FAILURE,   /* links on failure */
  RUNNEL_FEATURE_LINK_FINISHED,
  RUNNEL_FEATURE_LINK_ALWAYS,
  RUNNEL_FEATURE_JOIN_ANY,
  RUNNEL_FEATURE_JOIN_NONE_FAILED,
  RUNNEL_FEATURE_CONDITION,      /* `if` */
  /* an expression that is more than one reference, outside of `if` */
  RUNNEL_FEATURE_EXPRESSION,
  RUNNEL_FEATURE_DISABLED,       /* disabled or bypassed */
  RUNNEL_FEATURE_ENV,
  RUNNEL_FEATURE_FOLDER,         /* working-directory */
  RUNNEL_FEATURE_SHELL,          /* a script for something else than sh */
  RUNNEL_FEATURE_PARAMETERS,     /* of the pipeline */
  RUNNEL_FEATURE_SECRETS,
  RUNNEL_FEATURE_OUTPUTS,        /* values from step to step */
  RUNNEL_FEATURE_ARTIFACTS,      /* files from step to step */
  RUNNEL_FEATURE_CACHE,
  RUNNEL_FEATURE_TIMEOUT,
  RUNNEL_FEATURE_RETRY,
  RUNNEL_FEATURE_RETRY_DELAY,    /* delay, backoff, max-delay, jitter */
  RUNNEL_FEATURE_RETRY_RULE,     /* `exit-codes` or `if` of a retry */
  RUNNEL_FEATURE_CONTINUE,       /* continue-on-error */
  RUNNEL_FEATURE_MATRIX,
  RUNNEL_FEATURE_MATRIX_DYNAMIC, /* values known only while running */
  RUNNEL_FEATURE_MATRIX_LIMIT,   /* max-parallel */
  RUNNEL_FEATURE_MATRIX_FAIL_FAST,
  RUNNEL_FEATURE_POOL,
  RUNNEL_FEATURE_PRIORITY,
  RUNNEL_FEATURE_BREAKER,
  RUNNEL_FEATURE_UNDO,           /* with `on-failure: rollback` */
  RUNNEL_FEATURE_HOOKS,
  RUNNEL_FEATURE_HTTP,           /* kinds of steps */
  RUNNEL_FEATURE_WAIT,
  RUNNEL_FEATURE_APPROVAL,
  RUNNEL_FEATURE_SUBPIPELINE,
  RUNNEL_FEATURE_FOREIGN,        /* a construct of another system than the target */
  RUNNEL_FEATURE_IMAGE,
  RUNNEL_FEATURE_JOBS,           /* `jobs` of concurrency */
  RUNNEL_FEATURE_GROUP,          /* `group`, `policy`, `max` of concurrency */
  RUNNEL_FEATURE_TRIGGERS,
  RUNNEL_N_FEATURES
} RunnelFeature;

/* How well a system does what is asked; from good to bad. */
typedef enum
{
  RUNNEL_FIDELITY_EXACT,    /* it has a construct of its own with the same meaning */
  RUNNEL_FIDELITY_EMULATED, /* it does the same by other means, such as a loop in the shell */
  RUNNEL_FIDELITY_LOST,     /* it can't */
} RunnelFidelity;

/* What is said of one feature of a step on a system. */
typedef struct
{
  RunnelFidelity fidelity;
  /* N_(): by what it is expressed or emulated, or what is lost; one clause, no full stop */
  const char *how;
  const char *fix; /* N_(): what to change in the pipeline so that it is no longer lost, or NULL */
} RunnelCapability;

const char *runnel_feature_to_string  (RunnelFeature   self);
const char *runnel_feature_get_title  (RunnelFeature   self);
const char *runnel_fidelity_to_string (RunnelFidelity  self);

G_END_DECLS
