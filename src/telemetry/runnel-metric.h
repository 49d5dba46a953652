/* runnel-metric.h: a figure that is watched over time, in whatever format it is given out
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history/runnel-history-totals.h"

G_BEGIN_DECLS

#define RUNNEL_METRIC_MAX_LABELS 2

typedef enum
{
  RUNNEL_METRIC_GAUGE,
  RUNNEL_METRIC_COUNTER,
  RUNNEL_METRIC_HISTOGRAM, /* of durations, in the buckets of runnel_total_bounds */
} RunnelMetricType;

/* What is known before there is a value. Each metric has two names: that of Prometheus and, if
 * OTLP is told of it, that of OpenTelemetry; several may be parts of one there. */
typedef struct
{
  RunnelMetricType type;
  const char *name;        /* without the "_total" of a counter */
  const char *unit;        /* with which the name ends: "seconds", "bytes"; NULL = it counts things */
  const char *help;        /* a sentence */
  const char *labels[RUNNEL_METRIC_MAX_LABELS];
  const char *otel_name;   /* NULL = not told */
  const char *otel_unit;   /* by UCUM: "s", "{run}" */
  const char *otel_labels[RUNNEL_METRIC_MAX_LABELS];
  const char *otel_state;  /* cicd.pipeline.run.state of all samples, or NULL */
} RunnelMetricInfo;

typedef struct
{
  char *labels[RUNNEL_METRIC_MAX_LABELS]; /* values, NULL where the metric has no such label */
  double value;                           /* of a histogram: the sum */
  guint64 count;                          /* of a histogram */
  guint64 buckets[RUNNEL_TOTAL_N_BOUNDS + 1]; /* how many are in each, not in those below */
} RunnelSample;

typedef struct
{
  const RunnelMetricInfo *info;
  GPtrArray *samples; /* of RunnelSample, in the order in which they were asked for */
  GHashTable *by_labels;
} RunnelMetric;

RunnelMetric *runnel_metric_new        (const RunnelMetricInfo *info);
void          runnel_metric_free       (RunnelMetric           *self);
RunnelSample *runnel_metric_get_sample (RunnelMetric           *self,
                                        const char             *first,
                                        const char             *second);

G_END_DECLS
