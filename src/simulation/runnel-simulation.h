/* runnel-simulation.h: how a run would go, without carrying anything out
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "charts/runnel-timing.h"
#include "model/runnel-pipeline.h"

G_BEGIN_DECLS

/* What a step is taken to last when nothing is known of it. */
#define RUNNEL_SIMULATION_DURATION (10 * G_USEC_PER_SEC)

typedef struct
{
  const char *file;         /* absolute path of the pipeline's file, or NULL */
  guint jobs;               /* steps at once; 0 = as the pipeline says, else one per processor */
  JsonObject *parameters;   /* given values, or NULL */
  GHashTable *estimates;    /* RunnelEstimate by id of a step, or NULL */
  GHashTable *durations;    /* given ones: gint64 * in microseconds by id, or NULL */
  GHashTable *failures;     /* how many attempts fail, from the first: guint by id, 0 = all; or NULL */
  gint64 duration;          /* of all other steps; 0 = RUNNEL_SIMULATION_DURATION */
} RunnelSimulationOptions;

/* Where the duration of a step comes from. */
typedef enum
{
  RUNNEL_FORECAST_DEFAULT,
  RUNNEL_FORECAST_HISTORY,
  RUNNEL_FORECAST_PIPELINE, /* it says itself how long it waits */
  RUNNEL_FORECAST_GIVEN,
} RunnelForecastSource;

const char *runnel_forecast_source_to_string (RunnelForecastSource self);

/* How much of something limited was in use at once. */
typedef struct
{
  char *pool;    /* its name, or NULL for the jobs */
  guint slots;   /* what there is */
  guint peak;
} RunnelSimulationPeak;

typedef struct
{
  RunnelTiming *timing;     /* begins at the present time */
  GPtrArray *steps;         /* of RunnelStepRecord, in the order of the run's steps */
  GHashTable *sources;      /* RunnelForecastSource by id, of steps that were started */
  GArray *peaks;            /* of RunnelSimulationPeak: the jobs, then each pool */
  guint n_by_source[RUNNEL_FORECAST_GIVEN + 1]; /* steps */
  gint64 duration;          /* of steps of which nothing is known */
} RunnelSimulation;

RunnelSimulation *runnel_simulation_new  (RunnelPipeline                 *pipeline,
                                          const RunnelSimulationOptions  *options,
                                          GError                        **error);
void              runnel_simulation_free (RunnelSimulation               *self);

/* In words, without the full stop. */
char *runnel_simulation_describe_end     (RunnelSimulation *self);
char *runnel_simulation_describe_path    (RunnelSimulation *self);
char *runnel_simulation_describe_peaks   (RunnelSimulation *self);
char *runnel_simulation_describe_sources (RunnelSimulation *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelSimulation, runnel_simulation_free)

G_END_DECLS
