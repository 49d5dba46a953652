/* runnel-resource-curves.c: how many steps ran and waited at once, and what they used
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "charts/runnel-resource-curves.h"

static double
get_amount (const RunnelSpan *span,
            RunnelResource    resource)
{
  gboolean runs = span->kind == RUNNEL_SPAN_ATTEMPT;

  switch (resource)
    {
    case RUNNEL_RESOURCE_RUNNING:
      return runs ? 1 : 0;
    case RUNNEL_RESOURCE_WAITING:
      return runs ? 0 : 1;
    case RUNNEL_RESOURCE_CPU:
      return span->cores;
    case RUNNEL_RESOURCE_MEMORY:
      return span->memory;
    case RUNNEL_N_RESOURCES:
    default:
      g_assert_not_reached ();
    }
}

static void
add_span (GArray           *changes,
          const RunnelSpan *span,
          double            amount)
{
  const RunnelCurvePoint begin = { span->start, amount }, end = { span->end, -amount };

  if (amount == 0 || (span->end == span->start && !span->open))
    return;
  g_array_append_val (changes, begin);
  if (!span->open)
    g_array_append_val (changes, end);
}

/* What a subpipeline does its step does: its processes are those of the step. */
static RunnelCurve *
make_curve (const RunnelTiming *timing,
            RunnelResource      resource)
{
  g_autoptr(GArray) changes = g_array_new (FALSE, FALSE, sizeof (RunnelCurvePoint));

  for (guint i = 0; i < timing->n_rows; i++)
    {
      const RunnelTimingRow *row = &timing->rows[i];

      for (guint j = 0; row->depth == 0 && j < row->n_spans; j++)
        {
          const RunnelSpan *span = &timing->spans[row->first_span + j];

          add_span (changes, span, get_amount (span, resource));
        }
    }
  return runnel_curve_new (changes);
}

/**
 * runnel_resource_curves_new:
 * @timing: the timing of a run
 *
 * Returns: (transfer full): a curve for each #RunnelResource
 */
RunnelResourceCurves *
runnel_resource_curves_new (const RunnelTiming *timing)
{
  RunnelResourceCurves *self;

  g_return_val_if_fail (timing != NULL, NULL);

  self = g_new0 (RunnelResourceCurves, 1);
  for (guint i = 0; i < RUNNEL_N_RESOURCES; i++)
    self->curves[i] = make_curve (timing, i);
  self->limits[RUNNEL_RESOURCE_RUNNING] = timing->jobs;
  for (guint i = 0; i < RUNNEL_N_RESOURCES; i++)
    if (self->curves[i]->max > 0)
      self->lanes[self->n_lanes++] = i;
  return self;
}

/**
 * runnel_resource_curves_get:
 * @timing: the timing of a run
 *
 * What is under way goes on for ever in them, so they stay as they are while the timing grows.
 *
 * Returns: (transfer none): a curve for each #RunnelResource, made when they are asked for the
 *   first time
 */
const RunnelResourceCurves *
runnel_resource_curves_get (RunnelTiming *timing)
{
  g_return_val_if_fail (timing != NULL, NULL);

  if (timing->curves == NULL)
    timing->curves = runnel_resource_curves_new (timing);
  return timing->curves;
}

/**
 * runnel_resource_curves_free:
 * @self: (transfer full) (nullable): curves
 */
void
runnel_resource_curves_free (RunnelResourceCurves *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < RUNNEL_N_RESOURCES; i++)
    runnel_curve_free (self->curves[i]);
  g_free (self);
}

/* What is at the upper edge of a lane. */
static double
get_top (const RunnelResourceCurves *self,
         RunnelResource              resource)
{
  return MAX (self->curves[resource]->max, self->limits[resource]);
}

/**
 * runnel_resource_curves_get_share:
 * @self: curves
 * @resource: one with something to show
 * @timing: whose curves they are
 * @axis: how its time is drawn
 * @column: a pixel of the axis
 *
 * Returns: how high the lane is filled there, from 0 to 1: by the highest value within the pixel
 */
double
runnel_resource_curves_get_share (const RunnelResourceCurves *self,
                                  RunnelResource              resource,
                                  const RunnelTiming         *timing,
                                  const RunnelAxis           *axis,
                                  int                         column)
{
  gint64 from = timing->start + runnel_axis_get_time (axis, column);
  gint64 to = MIN (timing->start + runnel_axis_get_time (axis, column + 1), timing->end);
  double top = get_top (self, resource);

  if (from >= timing->end || top <= 0)
    return 0;
  return MAX (runnel_curve_get_max (self->curves[resource], from, MAX (to, from + 1)), 0) / top;
}

/**
 * runnel_resource_curves_get_limit:
 * @self: curves
 * @resource: a resource
 *
 * Returns: how high in the lane its limit is, from 0 to 1; 0 when none is known
 */
double
runnel_resource_curves_get_limit (const RunnelResourceCurves *self,
                                  RunnelResource              resource)
{
  double top = get_top (self, resource);

  return top > 0 ? self->limits[resource] / top : 0;
}

/**
 * runnel_resource_curves_describe:
 * @self: curves
 * @resource: a resource
 *
 * Returns: (transfer full): how much of it was used: "at most 3 of 4"
 */
char *
runnel_resource_curves_describe (const RunnelResourceCurves *self,
                                 RunnelResource              resource)
{
  double limit = self->limits[resource];
  g_autofree char *max = runnel_resource_format (resource, self->curves[resource]->max);
  g_autofree char *limit_text = runnel_resource_format (resource, limit);

  /* Translators: how much of something was used, and how much there is */
  return limit > 0 ? g_strdup_printf (_("at most %s of %s"), max, limit_text)
                   : g_strdup_printf (_("at most %s"), max);
}

/**
 * runnel_resource_get_look:
 * @resource: a resource
 *
 * Returns: the #RunnelLook or #RunnelState in whose colour its curve is drawn
 */
guint
runnel_resource_get_look (RunnelResource resource)
{
  static const guint looks[RUNNEL_N_RESOURCES] = {
    [RUNNEL_RESOURCE_RUNNING] = RUNNEL_STATE_RUNNING,
    [RUNNEL_RESOURCE_WAITING] = RUNNEL_STATE_WAITING,
    [RUNNEL_RESOURCE_CPU] = RUNNEL_STATE_SUCCEEDED,
    [RUNNEL_RESOURCE_MEMORY] = RUNNEL_STATE_INTERRUPTED,
  };

  g_return_val_if_fail (resource < RUNNEL_N_RESOURCES, RUNNEL_STATE_RUNNING);

  return looks[resource];
}

/**
 * runnel_resource_get_title:
 * @resource: a resource
 *
 * Returns: (transfer none): what the curve shows, in the person's language
 */
const char *
runnel_resource_get_title (RunnelResource resource)
{
  static const char *const titles[RUNNEL_N_RESOURCES] = {
    [RUNNEL_RESOURCE_RUNNING] = N_("Running"),
    [RUNNEL_RESOURCE_WAITING] = N_("Waiting"),
    [RUNNEL_RESOURCE_CPU] = N_("Processors"),
    [RUNNEL_RESOURCE_MEMORY] = N_("Memory"),
  };

  g_return_val_if_fail (resource < RUNNEL_N_RESOURCES, NULL);

  return _(titles[resource]);
}

/**
 * runnel_resource_format:
 * @resource: a resource
 * @value: a value of its curve
 *
 * Returns: (transfer full): the value as a person reads it: "3", "2.4", "0.03", "512.0 MB"
 */
char *
runnel_resource_format (RunnelResource resource,
                        double         value)
{
  gboolean is_cpu = resource == RUNNEL_RESOURCE_CPU;
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  if (resource == RUNNEL_RESOURCE_MEMORY)
    return g_format_size (MAX (value, 0));
  /* Steps that only wait for others use hundredths. */
  return g_strdup (g_ascii_formatd (number, sizeof number,
                                    is_cpu && value > 0 && value < 0.1 ? "%.2f"
                                    : is_cpu                           ? "%.1f"
                                                                       : "%.0f", value));
}
