/* runnel-retention.h: which runs are kept, and for how long
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/limits/runnel-settings.h"

G_BEGIN_DECLS

/* Instead of a limit. */
#define RUNNEL_RETENTION_UNLIMITED G_MAXINT64
#define RUNNEL_RETENTION_NOT_GIVEN (-1)

/* The limits of a pipeline that has none of its own. */
#define RUNNEL_RETENTION_ANY_PIPELINE "*"

typedef struct
{
  gint64 max_age;  /* microseconds since a run ended */
  gint64 max_runs; /* from 1 */
  gint64 max_size; /* bytes */
} RunnelRetentionLimits;

typedef struct
{
  RunnelRetentionLimits all; /* for the runs of all pipelines together */
  GHashTable *pipelines;     /* name, file or "*" -> RunnelRetentionLimits */
  gint64 compress_after;     /* microseconds since a run ended */
  gint64 compress_above;     /* bytes */
  gboolean automatic;
} RunnelRetention;

/* Why a run may go. */
typedef enum
{
  RUNNEL_RETENTION_KEEP,
  RUNNEL_RETENTION_AGE,
  RUNNEL_RETENTION_COUNT,
  RUNNEL_RETENTION_SIZE,
} RunnelRetentionReason;

/* Why a run stays, whatever the limits say. */
typedef enum
{
  RUNNEL_RETENTION_FREE,
  RUNNEL_RETENTION_ACTIVE,        /* it is under way; also one that waits for a person */
  RUNNEL_RETENTION_NEEDED,        /* a run that is under way goes on from it */
  RUNNEL_RETENTION_PINNED,
  RUNNEL_RETENTION_LATEST_SUCCESS,
} RunnelRetentionHold;

/* A run with its subpipelines, as the plan sees it. */
typedef struct
{
  gint64 id;
  const char *pipeline;         /* name */
  const char *file;
  gint64 time;                  /* when it ended, or began if it has not ended */
  gint64 size;                  /* bytes on disk: of which ... */
  gint64 logs;
  gint64 artifacts;             /* ... the rest is in the database, roughly */
  guint n_inner;                /* subpipelines */
  gboolean succeeded;
  RunnelRetentionHold hold;     /* as far as it is known before */
  RunnelRetentionReason reason; /* the plan */
} RunnelRetentionRun;

RunnelRetention             *runnel_retention_new          (void);
RunnelRetention             *runnel_retention_new_for      (RunnelSettings         *settings);
void                         runnel_retention_free         (RunnelRetention        *self);
RunnelRetentionLimits       *runnel_retention_add_pipeline (RunnelRetention        *self,
                                                            const char             *pipeline);
const RunnelRetentionLimits *runnel_retention_find_limits  (RunnelRetention        *self,
                                                            const char             *pipeline,
                                                            const char             *file);
void                         runnel_retention_plan         (RunnelRetention        *self,
                                                            GArray                 *runs,
                                                            gint64                  now);
const char                  *runnel_retention_reason_to_string (RunnelRetentionReason reason);
const char                  *runnel_retention_hold_to_string (RunnelRetentionHold hold);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelRetention, runnel_retention_free)

G_END_DECLS
