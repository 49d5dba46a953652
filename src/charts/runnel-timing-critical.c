/* runnel-timing-critical.c: what decided when the run ended
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The critical path method (J. E. Kelley and M. R. Walker, "Critical-Path Planning and
 * Scheduling", 1959), over the times as they were instead of estimates. A step that waited for a
 * place or for slots depends on the step that gave them back as it does on what it needs, which
 * makes the path the critical sequence of J. D. Wiest, "Some Properties of Schedules for Large
 * Projects with Limited Resources", Operations Research 12 (1964). Its wait is then no time that it
 * took but time that was left: so much later could what it needs have ended. Any other wait, for a
 * person, for a clock or for another run, lasts as long as it did.
 */
#include "config.h"

#include "charts/runnel-timing-private.h"

static const RunnelTimingBond *
get_bond (const RunnelTimingNet *net,
          guint                  index)
{
  return &g_array_index (net->bonds, RunnelTimingBond, index);
}

/* The end of the wait that another row ended, else the beginning of the row. */
static gint64
get_release (const RunnelTiming    *self,
             const RunnelTimingNet *net,
             guint                  row)
{
  gint64 release = self->rows[row].start;

  for (guint i = net->first[row]; i < net->first[row + 1]; i++)
    {
      const RunnelTimingBond *bond = get_bond (net, i);

      if (bond->release != RUNNEL_RELEASE_NEED)
        release = MAX (release, self->rows[bond->source].end + bond->lag);
    }
  return release;
}

/* Returns: all rows, each before the rows it waited for. A pipeline that ran has no cycle, but
 * rows that took no time may look like one; they are left out. */
static GArray *
sort_backwards (const RunnelTimingNet *net,
                guint                  n_rows)
{
  GArray *order = g_array_sized_new (FALSE, FALSE, sizeof (guint), n_rows);
  g_autofree guint *n_waiting = g_new0 (guint, n_rows);

  for (guint i = 0; i < net->bonds->len; i++)
    n_waiting[get_bond (net, i)->source]++;
  for (guint i = 0; i < n_rows; i++)
    if (n_waiting[i] == 0)
      g_array_append_val (order, i);
  for (guint i = 0; i < order->len; i++)
    {
      guint row = g_array_index (order, guint, i);

      for (guint j = net->first[row]; j < net->first[row + 1]; j++)
        {
          guint source = get_bond (net, j)->source;

          if (--n_waiting[source] == 0)
            g_array_append_val (order, source);
        }
    }
  return order;
}

/* The latest end of a step is the latest release of what it held up. */
static void
find_slack (RunnelTiming          *self,
            const RunnelTimingNet *net)
{
  g_autoptr(GArray) order = sort_backwards (net, self->n_rows);
  g_autofree gint64 *latest = g_new (gint64, self->n_rows);

  for (guint i = 0; i < self->n_rows; i++)
    latest[i] = self->end;
  for (guint i = 0; i < order->len; i++)
    {
      guint index = g_array_index (order, guint, i);
      RunnelTimingRow *row = &self->rows[index];
      gint64 latest_release = latest[index] - (row->end - get_release (self, net, index));

      row->slack = row->start != 0 ? MAX (latest[index] - row->end, 0) : 0;
      for (guint j = net->first[index]; j < net->first[index + 1]; j++)
        {
          const RunnelTimingBond *bond = get_bond (net, j);

          latest[bond->source] = MIN (latest[bond->source], latest_release - bond->lag);
        }
    }
}

/* What ran longest into the run; -1 when nothing ran. Undos and hooks come after all of them, one
 * after another: there is nothing to choose. */
static int
find_last_row (const RunnelTiming *self)
{
  int last = -1;

  for (guint i = 0; i < self->n_rows; i++)
    if (self->rows[i].n_spans > 0 && self->rows[i].role < RUNNEL_ROLE_UNDO &&
        (last < 0 || self->rows[i].end > self->rows[last].end))
      last = i;
  return last;
}

/* What released each row last. */
static void
find_holders (RunnelTiming          *self,
              const RunnelTimingNet *net)
{
  for (guint i = 0; i < self->n_rows; i++)
    {
      RunnelTimingRow *row = &self->rows[i];
      gint64 last = G_MININT64;

      for (guint j = net->first[i]; j < net->first[i + 1]; j++)
        {
          const RunnelTimingBond *bond = get_bond (net, j);
          gint64 end = self->rows[bond->source].end + bond->lag;

          if (end <= last)
            continue;
          last = end;
          row->holder = bond->source;
          row->release = bond->release;
        }
    }
}

/* Steps that were skipped hand the blame on, but took no time themselves. */
static void
mark_path (RunnelTiming *self)
{
  int row = find_last_row (self);

  /* Rows that took no time may follow each other in a circle. */
  for (guint i = 0; row >= 0 && !self->rows[row].critical && i < self->n_rows; i++)
    {
      self->rows[row].critical = self->rows[row].n_spans > 0;
      row = self->rows[row].holder;
    }
}

void
_runnel_timing_find_critical_path (RunnelTiming   *self,
                                   RunnelPipeline *pipeline)
{
  g_autoptr(RunnelTimingNet) net = _runnel_timing_net_new (self, pipeline);

  find_slack (self, net);
  find_holders (self, net);
  mark_path (self);
}

void
_runnel_timing_list_critical_path (RunnelTiming *self)
{
  g_autofree guint *order = runnel_timing_sort_by_start (self);
  guint n_critical = 0;

  for (guint i = 0; i < self->n_rows; i++)
    if (self->rows[order[i]].critical)
      order[n_critical++] = order[i];
  g_free (self->critical_path);
  self->critical_path = g_renew (guint, g_steal_pointer (&order), MAX (n_critical, 1));
  self->n_critical = n_critical;
}
