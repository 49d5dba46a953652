/* runnel-breaker.h: stops a step that keeps failing from run to run
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "model/runnel-step.h"

G_BEGIN_DECLS

#define RUNNEL_DEFAULT_COOL_DOWN G_TIME_SPAN_HOUR

/* What the step's `breaker` says. */
typedef struct
{
  guint failures;   /* in a row, that open it */
  gint64 cool_down; /* microseconds */
} RunnelBreakerRule;

gboolean runnel_breaker_rule_read (RunnelStep        *step,
                                   RunnelBreakerRule *ret_rule);

typedef enum
{
  RUNNEL_BREAKER_CLOSED,    /* the step is carried out */
  RUNNEL_BREAKER_OPEN,      /* the step fails at once */
  RUNNEL_BREAKER_HALF_OPEN, /* the next run, and no other, tries whether the step works again */
} RunnelBreakerState;

const char *runnel_breaker_state_to_string (RunnelBreakerState self);

/* A process, told from all others that ever had its pid. */
typedef struct
{
  gint64 run;        /* its run, 0 = there is none */
  gint64 pid;
  gint64 start_time; /* field 22 of /proc/PID/stat */
} RunnelBreakerProbe;

/* The breaker of one step: a value, without files or clocks. All zero is a closed one. Times in
 * microseconds since 1970. */
typedef struct
{
  RunnelBreakerRule rule;    /* as the last run had it */
  guint failures;            /* in a row */
  gint64 run;                /* that of the last failure */
  gint64 opened;             /* 0 = it is closed */
  RunnelBreakerProbe probe;  /* who tries the step while it is half open */
} RunnelBreaker;

RunnelBreakerState runnel_breaker_get_state (const RunnelBreaker      *self,
                                             gint64                    now);
gboolean           runnel_breaker_admit     (RunnelBreaker            *self,
                                             const RunnelBreakerRule  *rule,
                                             const RunnelBreakerProbe *probe,
                                             gint64                    now);
void               runnel_breaker_succeed   (RunnelBreaker            *self);
void               runnel_breaker_fail      (RunnelBreaker            *self,
                                             const RunnelBreakerRule  *rule,
                                             gint64                    run,
                                             gint64                    now);
gboolean           runnel_breaker_give_up   (RunnelBreaker            *self,
                                             gint64                    run);
gboolean           runnel_breaker_is_trivial (const RunnelBreaker     *self);
char              *runnel_breaker_describe  (const RunnelBreaker      *self,
                                             gint64                    now);
JsonObject        *runnel_breaker_to_json   (const RunnelBreaker      *self);
void               runnel_breaker_from_json (RunnelBreaker            *ret_self,
                                             JsonObject               *object);

G_END_DECLS
