/* runnel-timing-nest.c: the rows of a subpipeline's run inside of the step that ran it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "charts/runnel-timing-private.h"

static void
add_spans (RunnelTiming       *self,
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

/* What decided when the inner run ended decided about the outer one, if its step did. What could
 * have ended later without the inner run ending later, or the step later than it could, has both. */
static void
pass_path (const RunnelTiming    *self,
           const RunnelTimingRow *parent,
           const RunnelTiming    *child,
           RunnelTimingRow       *row)
{
  gboolean known = self->n_critical > 0 && child->n_critical > 0;

  row->critical = row->critical && parent->critical;
  row->slack = known && row->start != 0 ? row->slack + parent->slack : 0;
}

/* Its work does not count for the whole: that does its step, which lasts as long as its run. */
static void
fill_row (RunnelTiming          *self,
          guint                  index,
          guint                  parent,
          const RunnelTiming    *child,
          const RunnelTimingRow *inner)
{
  RunnelTimingRow *row = &self->rows[index];
  g_autofree char *id = g_strconcat (self->rows[parent].id, "/", inner->id, NULL);

  *row = *inner;
  row->parent = inner->parent >= 0 ? (int) self->n_rows + inner->parent : (int) parent;
  row->group = inner->group >= 0 ? (int) self->n_groups + inner->group : -1;
  row->id = _runnel_timing_keep_string (self, id);
  row->title = _runnel_timing_keep_string (self, inner->title);
  row->short_title = _runnel_timing_keep_string (self, inner->short_title);
  row->kind = _runnel_timing_keep_string (self, inner->kind);
  row->pool = _runnel_timing_keep_string (self, inner->pool);
  row->reason = _runnel_timing_keep_string (self, inner->reason);
  row->depth = self->rows[parent].depth + 1 + inner->depth;
  row->first_span = self->n_spans + inner->first_span;
  row->holder = inner->holder >= 0 ? (int) self->n_rows + inner->holder : -1;
  pass_path (self, &self->rows[parent], child, row);
  g_hash_table_insert (self->by_id, (gpointer) row->id, GUINT_TO_POINTER (index + 1));
}

static void
add_rows (RunnelTiming       *self,
          guint               parent,
          const RunnelTiming *child)
{
  self->rows = g_renew (RunnelTimingRow, self->rows, self->n_rows + MAX (child->n_rows, 1));
  for (guint i = 0; i < child->n_rows; i++)
    fill_row (self, self->n_rows + i, parent, child, &child->rows[i]);
  for (guint i = 0; i < child->open_rows->len; i++)
    {
      guint row = self->n_rows + g_array_index (child->open_rows, guint, i);

      g_array_append_val (self->open_rows, row);
    }
}

static void
add_groups (RunnelTiming       *self,
            guint               parent,
            const RunnelTiming *child)
{
  self->groups = g_renew (RunnelTimingGroup, self->groups,
                          self->n_groups + MAX (child->n_groups, 1));
  for (guint i = 0; i < child->n_groups; i++)
    {
      RunnelTimingGroup *group = &self->groups[self->n_groups + i];
      g_autofree char *id = g_strconcat (self->rows[parent].id, "/", child->groups[i].id, NULL);

      group->id = _runnel_timing_keep_string (self, id);
      group->title = _runnel_timing_keep_string (self, child->groups[i].title);
    }
}

/* They stay sorted: all rows of the child are behind all there were. */
static void
add_links (RunnelTiming       *self,
           const RunnelTiming *child)
{
  self->links = g_renew (RunnelTimingLink, self->links, self->n_links + MAX (child->n_links, 1));
  for (guint i = 0; i < child->n_links; i++)
    self->links[self->n_links + i] = (RunnelTimingLink) {
      .from = self->n_rows + child->links[i].from,
      .to = self->n_rows + child->links[i].to,
      .on = child->links[i].on,
    };
}

static void
nest (RunnelTiming       *self,
      guint               row,
      const RunnelTiming *child)
{
  add_rows (self, row, child);
  add_spans (self, child);
  add_groups (self, row, child);
  add_links (self, child);
  self->n_rows += child->n_rows;
  self->n_spans += child->n_spans;
  self->n_groups += child->n_groups;
  self->n_links += child->n_links;
}

/**
 * runnel_timing_nest:
 * @self: a timing
 * @row: the row of a step of kind pipeline
 * @child: the timing of a run that the step started, perhaps with others nested in it
 *
 * Adds the rows of @child as parts of @row, with ids such as "deploy/build". The critical path of
 * @self goes on in them where it has @row, but they have no share in the totals. Everything is copied.
 */
void
runnel_timing_nest (RunnelTiming       *self,
                    guint               row,
                    const RunnelTiming *child)
{
  g_return_if_fail (self != NULL && child != NULL && child != self && row < self->n_rows);

  nest (self, row, child);
  _runnel_timing_list_critical_path (self);
}

/**
 * runnel_timing_nest_family:
 * @self: a timing
 * @family: (element-type RunnelInnerRun): the runs inside of its run, and perhaps of others
 * @now: the present in microseconds since 1970
 *
 * Adds the steps of all runs inside of that of @self to the steps that started them.
 */
void
runnel_timing_nest_family (RunnelTiming *self,
                           GPtrArray    *family,
                           gint64        now)
{
  g_return_if_fail (self != NULL && family != NULL);

  for (guint i = 0; i < family->len; i++)
    {
      const RunnelInnerRun *inner = g_ptr_array_index (family, i);
      g_autoptr(RunnelTiming) child = NULL;
      guint row;

      if (inner->run->parent != self->run || inner->run->parent_step == NULL ||
          !runnel_timing_find_row (self, inner->run->parent_step, &row))
        continue;
      child = runnel_timing_new (inner->run, inner->steps, inner->pipeline, now);
      runnel_timing_nest_family (child, family, now);
      nest (self, row, child);
    }
  _runnel_timing_list_critical_path (self);
}
