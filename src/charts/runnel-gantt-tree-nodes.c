/* runnel-gantt-tree-nodes.c: what is inside of what in a chart
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "charts/runnel-gantt-tree-private.h"

/* Nodes are the rows of the timing, then its groups, then these. */
enum
{
  ROLLBACK,
  HOOKS,
  ALL,      /* has no line */
  N_HEADINGS
};

/* Where several states meet, the first is that of the whole, as on the card of a closed group. */
static const guint8 urgency[RUNNEL_N_STATES] = {
  [RUNNEL_STATE_FAILED] = 10,  [RUNNEL_STATE_TIMED_OUT] = 9, [RUNNEL_STATE_INTERRUPTED] = 8,
  [RUNNEL_STATE_WAITING] = 7,  [RUNNEL_STATE_RUNNING] = 6,   [RUNNEL_STATE_QUEUED] = 5,
  [RUNNEL_STATE_PENDING] = 4,  [RUNNEL_STATE_CANCELLED] = 3, [RUNNEL_STATE_SUCCEEDED] = 2,
  [RUNNEL_STATE_SKIPPED] = 1,
};

static guint
get_heading (const RunnelGanttTree *self,
             guint                  heading)
{
  return self->timing->n_rows + self->timing->n_groups + heading;
}

static guint
find_parent (const RunnelGanttTree *self,
             const RunnelTimingRow *row)
{
  if (row->group >= 0)
    return self->timing->n_rows + row->group;
  if (row->parent >= 0)
    return row->parent;
  if (row->role == RUNNEL_ROLE_UNDO)
    return get_heading (self, ROLLBACK);
  return get_heading (self, row->role == RUNNEL_ROLE_HOOK ? HOOKS : ALL);
}

static guint
get_stage (RunnelRole role)
{
  return role == RUNNEL_ROLE_HOOK ? 2 : role == RUNNEL_ROLE_UNDO ? 1 : 0;
}

static void
fill_row_node (RunnelGanttTree *self,
               guint            index)
{
  const RunnelTimingRow *row = &self->timing->rows[index];
  const RunnelSpan *last =
    row->n_spans > 0 ? &self->timing->spans[row->first_span + row->n_spans - 1] : NULL;
  RunnelGanttNode *node = &self->nodes[index];

  node->parent = find_parent (self, row);
  node->rank = row->rank;
  node->stage = get_stage (row->role);
  node->line = (RunnelGanttLine) {
    .row = index,
    .id = row->id,
    .title = row->parent >= 0 ? row->short_title : row->title,
    .state = row->state,
    .critical = row->critical,
    .open = last != NULL && last->open,
    .start = row->start,
    .end = row->end,
  };
  /* All members of a group are of one run, so they have one parent. */
  if (row->group >= 0 && row->parent >= 0)
    self->nodes[node->parent].parent = row->parent;
}

static void
fill_heading (RunnelGanttTree *self,
              guint            index,
              const char      *id,
              const char      *title,
              guint            stage)
{
  RunnelGanttNode *node = &self->nodes[index];

  node->parent = get_heading (self, ALL);
  node->rank = G_MAXUINT;
  node->stage = stage;
  node->line = (RunnelGanttLine) { .row = -1, .id = id, .title = title };
  node->line.state = RUNNEL_STATE_SKIPPED;
}

static void
fill_nodes (RunnelGanttTree *self)
{
  const RunnelTiming *timing = self->timing;

  for (guint i = 0; i < timing->n_groups; i++)
    {
      g_autofree char *id = g_strconcat ("group:", timing->groups[i].id, NULL);

      fill_heading (self, timing->n_rows + i, g_string_chunk_insert (self->strings, id),
                    timing->groups[i].title, 0);
    }
  fill_heading (self, get_heading (self, ROLLBACK), RUNNEL_GANTT_ROLLBACK, _("Rollback"), 1);
  fill_heading (self, get_heading (self, HOOKS), RUNNEL_GANTT_HOOKS, _("Hooks"), 2);
  fill_heading (self, get_heading (self, ALL), "", "", 0);
  for (guint i = 0; i < timing->n_rows; i++)
    fill_row_node (self, i);
}

/* Puts the parts of each node side by side. The last node is the one that has no parent. */
static void
list_parts (RunnelGanttTree *self)
{
  guint n = self->n_nodes - 1;
  g_autofree guint *first = g_new0 (guint, n + 2);

  self->parts = g_new (guint, n + 1);
  for (guint i = 0; i < n; i++)
    first[self->nodes[i].parent + 1]++;
  for (guint i = 0; i <= n; i++)
    {
      self->nodes[i].n_direct = first[i + 1];
      first[i + 1] += first[i];
      self->nodes[i].parts = self->parts + first[i];
    }
  for (guint i = 0; i < n; i++)
    self->parts[first[self->nodes[i].parent]++] = i;
}

static int
compare_parts (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  const RunnelGanttTree *self = user_data;
  const RunnelGanttNode *left = &self->nodes[*(const guint *) a];
  const RunnelGanttNode *right = &self->nodes[*(const guint *) b];
  gint64 left_key = left->rank, right_key = right->rank;

  if (left->stage != right->stage)
    return left->stage < right->stage ? -1 : 1;
  if (self->order == RUNNEL_GANTT_BY_START)
    {
      left_key = left->line.start != 0 ? left->line.start : G_MAXINT64;
      right_key = right->line.start != 0 ? right->line.start : G_MAXINT64;
    }
  if (left_key != right_key)
    return left_key < right_key ? -1 : 1;
  if (left->rank != right->rank)
    return left->rank < right->rank ? -1 : 1;
  return left < right ? -1 : left > right;
}

static RunnelState
get_effective_state (const RunnelGanttTree *self,
                     const RunnelGanttNode *node)
{
  const RunnelTimingRow *row =
    node->line.row >= 0 ? &self->timing->rows[node->line.row] : NULL;

  return row != NULL && (row->tolerated || row->handled) ? RUNNEL_STATE_SUCCEEDED
                                                         : node->line.state;
}

static void
include_part (RunnelGanttTree       *self,
              RunnelGanttNode       *node,
              const RunnelGanttNode *part)
{
  RunnelGanttLine *line = &node->line;
  RunnelState state = get_effective_state (self, part);

  node->rank = MIN (node->rank, part->rank);
  line->n_parts += part->line.n_parts + (part->line.row >= 0);
  line->n_failed += part->line.n_failed + (part->line.row >= 0 && runnel_state_is_failure (state));
  line->critical |= part->line.critical;
  line->open |= part->line.open;
  if (line->row < 0 && urgency[state] > urgency[line->state])
    line->state = state;
  if (part->line.start != 0 && (line->start == 0 || part->line.start < line->start))
    line->start = part->line.start;
  line->end = MAX (line->end, part->line.end);
}

/* Sums up and sorts the parts of a node, those of its parts before. As deep as runs are inside of
 * each other. */
static void
gather_parts (RunnelGanttTree *self,
              RunnelGanttNode *node)
{
  for (guint i = 0; i < node->n_direct; i++)
    {
      RunnelGanttNode *part = &self->nodes[node->parts[i]];

      gather_parts (self, part);
      include_part (self, node, part);
    }
  if (node->n_direct > 1)
    g_qsort_with_data (node->parts, node->n_direct, sizeof (guint), compare_parts, self);
}

void
_runnel_gantt_tree_clear (RunnelGanttTree *self)
{
  g_clear_pointer (&self->bands, _runnel_gantt_bands_free);
  g_clear_pointer (&self->lines, g_free);
  g_clear_pointer (&self->line_of_row, g_free);
  g_clear_pointer (&self->nodes, g_free);
  g_clear_pointer (&self->parts, g_free);
  g_string_chunk_clear (self->strings);
  self->n_lines = self->n_nodes = 0;
}

void
_runnel_gantt_tree_fill (RunnelGanttTree *self)
{
  self->n_nodes = self->timing->n_rows + self->timing->n_groups + N_HEADINGS;
  self->nodes = g_new0 (RunnelGanttNode, self->n_nodes);
  self->lines = g_new (RunnelGanttLine, self->n_nodes);
  self->line_of_row = g_new (int, MAX (self->timing->n_rows, 1));
  fill_nodes (self);
  list_parts (self);
  gather_parts (self, &self->nodes[self->n_nodes - 1]);
}

