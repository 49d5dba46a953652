/* runnel-timing-nest.c: the rows of a subpipeline's run below the step that ran it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "charts/runnel-timing-private.h"

#define INDENT "\302\240\302\240" /* two spaces that no renderer takes away */

static void
copy_spans (RunnelTiming       *self,
            const RunnelTiming *child)
{
  self->spans = g_renew (RunnelSpan, self->spans, MAX (self->n_spans + child->n_spans, 1));
  for (guint i = 0; i < child->n_spans; i++)
    {
      RunnelSpan *span = &self->spans[self->n_spans + i];

      *span = child->spans[i];
      span->reason = _runnel_timing_keep_string (self, span->reason);
    }
}

/* Nothing of it counts for the whole: that does its step, which lasts as long as its run. */
static void
fill_row (RunnelTiming          *self,
          RunnelTimingRow       *row,
          const RunnelTimingRow *parent,
          const RunnelTimingRow *inner)
{
  g_autofree char *id = g_strconcat (parent->id, "/", inner->id, NULL);
  g_autofree char *title = g_strconcat (INDENT, inner->title, NULL);

  *row = *inner;
  row->id = _runnel_timing_keep_string (self, id);
  row->title = _runnel_timing_keep_string (self, title);
  row->kind = _runnel_timing_keep_string (self, inner->kind);
  row->reason = _runnel_timing_keep_string (self, inner->reason);
  row->role = parent->role;
  row->depth = parent->depth + 1 + inner->depth;
  row->first_span = self->n_spans + inner->first_span;
  row->critical = FALSE;
  row->slack = 0;
}

static void
move_critical_path (RunnelTiming *self,
                    guint         row,
                    guint         n)
{
  for (guint i = 0; i < self->n_critical; i++)
    if (self->critical_path[i] > row)
      self->critical_path[i] += n;
}

/**
 * runnel_timing_nest:
 * @self: a timing
 * @row: the row of a step of kind pipeline
 * @child: the timing of a run that the step started, perhaps with others nested in it
 *
 * Puts the rows of @child below @row, with ids such as "deploy/build". They have no share in the
 * totals and the critical path of @self. Everything is copied.
 */
void
runnel_timing_nest (RunnelTiming       *self,
                    guint               row,
                    const RunnelTiming *child)
{
  guint n = child->n_rows;
  RunnelTimingRow parent;

  g_return_if_fail (self != NULL && child != NULL && row < self->n_rows);

  parent = self->rows[row];
  copy_spans (self, child);
  self->rows = g_renew (RunnelTimingRow, self->rows, self->n_rows + n);
  memmove (&self->rows[row + 1 + n], &self->rows[row + 1],
           (self->n_rows - row - 1) * sizeof *self->rows);
  for (guint i = 0; i < n; i++)
    fill_row (self, &self->rows[row + 1 + i], &parent, &child->rows[i]);
  move_critical_path (self, row, n);
  self->n_rows += n;
  self->n_spans += child->n_spans;
}

/**
 * runnel_timing_nest_family:
 * @self: a timing
 * @family: (element-type RunnelInnerRun): the runs inside of its run, and perhaps of others
 * @now: the present in microseconds since 1970
 *
 * Puts the steps of all runs inside of that of @self below the steps that started them.
 */
void
runnel_timing_nest_family (RunnelTiming *self,
                           GPtrArray    *family,
                           gint64        now)
{
  g_return_if_fail (self != NULL && family != NULL);

  /* The latest first: each goes right below its step. */
  for (guint i = family->len; i-- > 0;)
    {
      const RunnelInnerRun *inner = g_ptr_array_index (family, i);
      g_autoptr(RunnelTiming) child = NULL;
      guint row;

      if (inner->run->parent != self->run || inner->run->parent_step == NULL ||
          !runnel_timing_find_row (self, inner->run->parent_step, &row))
        continue;
      child = runnel_timing_new (inner->run, inner->steps, NULL, now);
      runnel_timing_nest_family (child, family, now);
      runnel_timing_nest (self, row, child);
    }
}
