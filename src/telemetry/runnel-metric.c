/* runnel-metric.c: a figure that is watched over time, in whatever format it is given out
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "telemetry/runnel-metric.h"

static void
sample_free (gpointer data)
{
  RunnelSample *self = data;

  for (guint i = 0; i < RUNNEL_METRIC_MAX_LABELS; i++)
    g_free (self->labels[i]);
  g_free (self);
}

static guint
sample_hash (gconstpointer key)
{
  const RunnelSample *self = key;

  return (self->labels[0] ? g_str_hash (self->labels[0]) : 0) * 31 +
         (self->labels[1] ? g_str_hash (self->labels[1]) : 0);
}

static gboolean
sample_equal (gconstpointer a,
              gconstpointer b)
{
  const RunnelSample *left = a;
  const RunnelSample *right = b;

  return g_strcmp0 (left->labels[0], right->labels[0]) == 0 &&
         g_strcmp0 (left->labels[1], right->labels[1]) == 0;
}

/**
 * runnel_metric_new:
 * @info: must outlive the metric
 *
 * Returns: (transfer full): a metric without samples
 */
RunnelMetric *
runnel_metric_new (const RunnelMetricInfo *info)
{
  RunnelMetric *self = g_new0 (RunnelMetric, 1);

  self->info = info;
  self->samples = g_ptr_array_new_with_free_func (sample_free);
  self->by_labels = g_hash_table_new (sample_hash, sample_equal);
  return self;
}

void
runnel_metric_free (RunnelMetric *self)
{
  g_hash_table_unref (self->by_labels);
  g_ptr_array_unref (self->samples);
  g_free (self);
}

/**
 * runnel_metric_get_sample:
 * @first: (nullable): the value of its first label
 * @second: (nullable): the value of its second label
 *
 * Returns: (transfer none): the sample with these labels, made with the value 0 if there is none
 */
RunnelSample *
runnel_metric_get_sample (RunnelMetric *self,
                          const char   *first,
                          const char   *second)
{
  const RunnelSample key = { .labels = { (char *) first, (char *) second } };
  RunnelSample *sample = g_hash_table_lookup (self->by_labels, &key);

  if (sample == NULL)
    {
      sample = g_new0 (RunnelSample, 1);
      sample->labels[0] = g_strdup (first);
      sample->labels[1] = g_strdup (second);
      g_ptr_array_add (self->samples, sample);
      g_hash_table_add (self->by_labels, sample);
    }
  return sample;
}
