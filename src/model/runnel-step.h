/* runnel-step.h: one step of a pipeline, an immutable value
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "model/runnel-diagnostic.h"
#include "model/runnel-json-slice.h"

G_BEGIN_DECLS

/* The outcome of a step on which a link fires. */
typedef enum
{
  RUNNEL_ON_SUCCESS,  /* the step succeeded, or failed and continues on error */
  RUNNEL_ON_FAILURE,  /* the step failed or timed out */
  RUNNEL_ON_FINISHED, /* the step ran to an end, whichever */
  RUNNEL_ON_ALWAYS,   /* the step is over, even if it was skipped */
} RunnelOn;

const char *runnel_on_to_string   (RunnelOn    self);
gboolean    runnel_on_from_string (const char *text,
                                   RunnelOn   *ret_on);

/* How several links into a step are joined. */
typedef enum
{
  RUNNEL_JOIN_ALL,         /* every link fired */
  RUNNEL_JOIN_ANY,         /* the first link that fires */
  RUNNEL_JOIN_NONE_FAILED, /* all are settled, one fired, none was broken by a failure */
} RunnelJoin;

const char *runnel_join_to_string   (RunnelJoin  self);
gboolean    runnel_join_from_string (const char *text,
                                     RunnelJoin *ret_join);

/* A link into a step, as one entry of `needs`. */
typedef struct
{
  const char *step;
  RunnelOn on;
  gboolean handles; /* this link's step, when it succeeds, makes good the failure of `step` */
  guint position;   /* in the `needs` of the file, for JSON paths */
} RunnelNeed;

typedef enum
{
  RUNNEL_ENABLED,
  RUNNEL_DISABLED, /* is skipped, and what needs it too */
  RUNNEL_BYPASSED, /* is passed through as if it had succeeded */
} RunnelEnabled;

/* A time that is only known when an expression has been evaluated. */
#define RUNNEL_DURATION_EXPRESSION (-1)

/* How often and when a failed attempt is repeated. Times in microseconds, or
 * RUNNEL_DURATION_EXPRESSION. */
typedef struct
{
  guint max;          /* attempts after the first */
  gint64 delay;
  double backoff;     /* factor from one delay to the next, 1.0 = constant */
  gint64 max_delay;   /* 0 = none */
  double jitter;      /* share of the delay drawn at random, 0..1 */
  int *exit_codes;    /* only these are retried; NULL = any failure */
  guint n_exit_codes;
} RunnelRetry;

/* The fields are read-only; a step is changed by making another one, and may be
 * shared among threads. The members below are what planning and drawing read
 * all the time; everything else is found in `source` when somebody asks for it.
 * A step is one block of memory: there may be a hundred thousand of them. */
typedef struct _RunnelStep
{
  gatomicrefcount ref_count;
  const char *id;
  const char *name;        /* NULL when the file gives none */
  const char *kind;        /* "" when the file gives none */
  RunnelNeed *needs;
  guint n_needs;
  RunnelJoin join;
  RunnelEnabled enabled;
  int priority;
  gint64 timeout;          /* microseconds, 0 = none given, or RUNNEL_DURATION_EXPRESSION */
  RunnelRetry *retry;      /* NULL = none given */
  const char *condition;   /* `if`, or NULL */
  guint has_matrix : 1;
  guint has_pool : 1;
  RunnelJsonSlice source;  /* the object as it stood in the file, without the space between */
  guint64 keys;            /* a bit for each key in `source`; two keys may share one */
} RunnelStep;

RunnelRetry *runnel_retry_new        (JsonNode          *value);
void         runnel_retry_free       (RunnelRetry       *self);

RunnelStep *runnel_step_new            (JsonObject        *json,
                                        const char        *path,
                                        RunnelDiagnostics *diagnostics);
RunnelStep *runnel_step_new_from_slice (RunnelJsonSlice    source);
RunnelStep *runnel_step_new_undo       (RunnelStep        *step,
                                        const char        *id);
void        runnel_step_check          (RunnelStep        *self,
                                        const char        *path,
                                        RunnelDiagnostics *diagnostics);
RunnelStep *runnel_step_ref            (RunnelStep        *self);
void        runnel_step_unref          (RunnelStep        *self);
const char *runnel_step_get_title      (RunnelStep        *self);
gboolean    runnel_step_has_member     (RunnelStep        *self,
                                        const char        *key);
JsonNode   *runnel_step_dup_member     (RunnelStep        *self,
                                        const char        *key);
JsonObject *runnel_step_dup_with       (RunnelStep        *self);
char       *runnel_step_dup_pool       (RunnelStep        *self,
                                        gint64            *ret_slots);
JsonObject *runnel_step_to_json        (RunnelStep        *self);
RunnelStep *runnel_step_with_member    (RunnelStep        *self,
                                        const char        *key,
                                        JsonNode          *value);
gboolean    runnel_step_equal          (RunnelStep        *self,
                                        RunnelStep        *other);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelStep, runnel_step_unref)

G_END_DECLS
