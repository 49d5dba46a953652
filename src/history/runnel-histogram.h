/* runnel-histogram.h: how many durations were how long
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A percentile is off by at most this part of the exact one. */
#define RUNNEL_HISTOGRAM_ERROR (1.0 / RUNNEL_HISTOGRAM_ERROR_PART)
#define RUNNEL_HISTOGRAM_ERROR_PART 64

/* Of the largest value there is. */
#define RUNNEL_HISTOGRAM_MAX_BUCKET 1887u

/* So many values fell between runnel_histogram_get_low() and _get_high() of the bucket. */
typedef struct
{
  guint bucket;
  gint64 count; /* never 0 */
} RunnelBin;

/* All zero is an empty one; runnel_histogram_clear() frees what it holds. */
typedef struct
{
  GArray *bins; /* of RunnelBin, by bucket; NULL = none */
  gint64 total; /* of all counts */
} RunnelHistogram;

guint    runnel_histogram_get_bucket     (gint64                 value);
gint64   runnel_histogram_get_low        (guint                  bucket);
gint64   runnel_histogram_get_high       (guint                  bucket);

void     runnel_histogram_clear          (RunnelHistogram       *self);
void     runnel_histogram_add            (RunnelHistogram       *self,
                                          gint64                 value);
void     runnel_histogram_add_bin        (RunnelHistogram       *self,
                                          RunnelBin              bin);
guint    runnel_histogram_add_next       (RunnelHistogram       *self,
                                          guint                  position,
                                          RunnelBin              bin);
void     runnel_histogram_merge          (RunnelHistogram       *self,
                                          const RunnelHistogram *other,
                                          int                    sign);
gint64   runnel_histogram_get_percentile (const RunnelHistogram *self,
                                          guint                  percent);
guint    runnel_histogram_get_n_bins     (const RunnelHistogram *self);
RunnelBin runnel_histogram_get_bin       (const RunnelHistogram *self,
                                          guint                  position);

G_END_DECLS
