/* runnel-gantt-tree.c: the lines of a chart: which there are, in which order, and which are folded
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "charts/runnel-gantt-style.h"
#include "charts/runnel-gantt-tree-private.h"
#include "util/runnel-format.h"

/* More legs than these are folded at first. */
#define MAX_OPEN_LEGS 8

static gboolean
has_text (const char *text,
          const char *folded)
{
  g_autofree char *candidate = g_utf8_casefold (text, -1);

  return strstr (candidate, folded) != NULL;
}

/* With a heading all in it is found, too. */
static gboolean
filter (RunnelGanttTree *self,
        RunnelGanttNode *node,
        gboolean         found)
{
  const RunnelGanttLine *line = &node->line;

  found = found || self->filter == NULL || has_text (line->title, self->filter) ||
          has_text (line->id, self->filter);
  node->shown = found && line->row >= 0 &&
                (self->states == 0 || (self->states & 1u << line->state) != 0);
  for (guint i = 0; i < node->n_direct; i++)
    node->shown |= filter (self, &self->nodes[node->parts[i]], found);
  return node->shown;
}

static gboolean
is_folded (RunnelGanttTree       *self,
           const RunnelGanttLine *line)
{
  gboolean many = line->row >= 0 && self->timing->rows[line->row].has_legs &&
                  line->n_parts > MAX_OPEN_LEGS;

  return line->n_parts > 0 && many != g_hash_table_contains (self->toggled, line->id);
}

/* @line: the one that shows them */
static void
hide_parts (RunnelGanttTree *self,
            const RunnelGanttNode      *node,
            int              line)
{
  for (guint i = 0; i < node->n_direct; i++)
    {
      const RunnelGanttNode *part = &self->nodes[node->parts[i]];

      if (part->line.row >= 0)
        self->line_of_row[part->line.row] = line;
      hide_parts (self, part, line);
    }
}

static void
list_lines (RunnelGanttTree *self,
            const RunnelGanttNode      *node,
            int              parent,
            guint            depth)
{
  gboolean is_filtered = self->filter != NULL || self->states != 0;

  for (guint i = 0; i < node->n_direct; i++)
    {
      const RunnelGanttNode *part = &self->nodes[node->parts[i]];
      int index = self->n_lines;
      RunnelGanttLine *line = &self->lines[index];

      if (!part->shown)
        continue;
      self->n_lines++;
      *line = part->line;
      line->parent = parent;
      line->depth = depth;
      line->folded = !is_filtered && is_folded (self, line);
      if (line->row >= 0)
        self->line_of_row[line->row] = index;
      if (line->folded)
        hide_parts (self, part, index);
      else
        list_lines (self, part, index, depth + 1);
    }
}

static void
update_lines (RunnelGanttTree *self)
{
  guint n_rows = self->timing != NULL ? self->timing->n_rows : 0;
  RunnelGanttNode *all;

  self->n_lines = 0;
  g_clear_pointer (&self->bands, _runnel_gantt_bands_free);
  if (self->timing == NULL)
    return;
  all = &self->nodes[self->n_nodes - 1];
  for (guint i = 0; i < n_rows; i++)
    self->line_of_row[i] = -1;
  filter (self, all, FALSE);
  list_lines (self, all, -1, 0);
}

static void
update_nodes (RunnelGanttTree *self)
{
  _runnel_gantt_tree_clear (self);
  if (self->timing == NULL)
    return;
  _runnel_gantt_tree_fill (self);
  update_lines (self);
}

/**
 * runnel_gantt_tree_new:
 * @timing: (nullable): what to show
 *
 * Returns: (transfer full): its lines in order of their start
 */
RunnelGanttTree *
runnel_gantt_tree_new (RunnelTiming *timing)
{
  RunnelGanttTree *self = g_new0 (RunnelGanttTree, 1);

  self->toggled = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->strings = g_string_chunk_new (256);
  runnel_gantt_tree_set_timing (self, timing);
  return self;
}

/**
 * runnel_gantt_tree_free:
 * @self: (transfer full) (nullable): the lines of a chart
 */
void
runnel_gantt_tree_free (RunnelGanttTree *self)
{
  if (self == NULL)
    return;
  _runnel_gantt_tree_clear (self);
  runnel_timing_unref (self->timing);
  g_free (self->filter);
  g_hash_table_unref (self->toggled);
  g_string_chunk_free (self->strings);
  g_free (self);
}

/**
 * runnel_gantt_tree_set_timing:
 * @self: the lines of a chart
 * @timing: (nullable): what to show instead
 */
void
runnel_gantt_tree_set_timing (RunnelGanttTree *self,
                              RunnelTiming    *timing)
{
  RunnelTiming *old;

  g_return_if_fail (self != NULL);

  old = self->timing;
  self->timing = timing != NULL ? runnel_timing_ref (timing) : NULL;
  update_nodes (self);
  runnel_timing_unref (old);
}

/**
 * runnel_gantt_tree_set_order:
 * @self: the lines of a chart
 * @order: in which order they are to be
 */
void
runnel_gantt_tree_set_order (RunnelGanttTree  *self,
                             RunnelGanttOrder  order)
{
  g_return_if_fail (self != NULL);

  if (self->order == order)
    return;
  self->order = order;
  update_nodes (self);
}

/**
 * runnel_gantt_tree_set_filter:
 * @self: the lines of a chart
 * @text: (nullable): what is to be in the title or the id, in capitals or not; %NULL = all
 * @states: bits of the #RunnelState that are to be shown; 0 = all
 *
 * Shows only what fits, and the lines that it is inside of; with a filter nothing is folded.
 */
void
runnel_gantt_tree_set_filter (RunnelGanttTree *self,
                              const char      *text,
                              guint            states)
{
  g_return_if_fail (self != NULL);

  g_free (self->filter);
  self->filter = text != NULL && *text != '\0' ? g_utf8_casefold (text, -1) : NULL;
  self->states = states;
  update_lines (self);
}

static void
remember_folded (RunnelGanttTree *self,
                 const char      *id,
                 gboolean         toggled)
{
  if (toggled)
    g_hash_table_add (self->toggled, g_strdup (id));
  else
    g_hash_table_remove (self->toggled, id);
}

/**
 * runnel_gantt_tree_set_folded:
 * @self: the lines of a chart
 * @line: a line
 * @folded: whether what is inside of it is to be hidden
 *
 * Returns: whether anything has changed; lines behind it have other numbers then
 */
gboolean
runnel_gantt_tree_set_folded (RunnelGanttTree *self,
                              guint            line,
                              gboolean         folded)
{
  RunnelGanttLine *facts;

  g_return_val_if_fail (self != NULL && line < self->n_lines, FALSE);

  facts = &self->lines[line];
  if (facts->n_parts == 0 || facts->folded == folded || self->filter != NULL || self->states != 0)
    return FALSE;
  remember_folded (self, facts->id, !g_hash_table_contains (self->toggled, facts->id));
  update_lines (self);
  return TRUE;
}

/**
 * runnel_gantt_tree_fold_all:
 * @self: the lines of a chart
 * @folded: whether everything that is inside of something is to be hidden
 */
void
runnel_gantt_tree_fold_all (RunnelGanttTree *self,
                            gboolean         folded)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < self->n_nodes; i++)
    {
      const RunnelGanttLine *line = &self->nodes[i].line;

      if (line->n_parts > 0 && is_folded (self, line) != folded)
        remember_folded (self, line->id, !g_hash_table_contains (self->toggled, line->id));
    }
  update_lines (self);
}

/**
 * runnel_gantt_tree_reveal:
 * @self: the lines of a chart
 * @row: a row of its timing
 *
 * Opens all that the row is folded in.
 */
void
runnel_gantt_tree_reveal (RunnelGanttTree *self,
                          guint            row)
{
  g_return_if_fail (self != NULL && self->timing != NULL && row < self->timing->n_rows);

  while (self->line_of_row[row] >= 0 && self->lines[self->line_of_row[row]].row != (int) row)
    if (!runnel_gantt_tree_set_folded (self, self->line_of_row[row], FALSE))
      break;
}

/**
 * runnel_gantt_tree_find_line:
 * @self: the lines of a chart
 * @id: a step, or the heading of a line
 * @ret_line: (out): its line, or the one that it is folded in; left alone when there is none
 *
 * Returns: whether it is shown
 */
gboolean
runnel_gantt_tree_find_line (const RunnelGanttTree *self,
                             const char            *id,
                             guint                 *ret_line)
{
  guint row;

  g_return_val_if_fail (self != NULL && id != NULL, FALSE);

  if (self->timing != NULL && runnel_timing_find_row (self->timing, id, &row))
    {
      if (self->line_of_row[row] < 0)
        return FALSE;
      *ret_line = self->line_of_row[row];
      return TRUE;
    }
  for (guint i = 0; i < self->n_lines; i++)
    if (g_str_equal (self->lines[i].id, id))
      {
        *ret_line = i;
        return TRUE;
      }
  return FALSE;
}

/**
 * runnel_gantt_tree_get_end:
 * @self: the lines of a chart
 * @line: a line
 *
 * Returns: the end of it and all inside, which is the present while any of it is under way
 */
gint64
runnel_gantt_tree_get_end (const RunnelGanttTree *self,
                           guint                  line)
{
  g_return_val_if_fail (self != NULL && line < self->n_lines, 0);

  return self->lines[line].open ? self->timing->end : self->lines[line].end;
}

/**
 * runnel_gantt_tree_has_summary:
 * @self: the lines of a chart
 * @line: a line
 *
 * Returns: whether it has no bars of its own, but something inside that has
 */
gboolean
runnel_gantt_tree_has_summary (const RunnelGanttTree *self,
                               guint                  line)
{
  const RunnelGanttLine *facts;

  g_return_val_if_fail (self != NULL && line < self->n_lines, FALSE);

  facts = &self->lines[line];
  return facts->n_parts > 0 && facts->start != 0 &&
         (facts->row < 0 || self->timing->rows[facts->row].n_spans == 0);
}

static char *
describe_heading (const RunnelGanttTree *self,
                  const RunnelGanttLine *line,
                  gint64                 end)
{
  g_autofree char *begin = runnel_format_duration (line->start - self->timing->start);
  g_autofree char *duration = runnel_format_duration (end - line->start);
  GString *text = g_string_new (line->title);

  g_string_append_printf (text, " (%s)\n", runnel_gantt_style_get_name (line->state));
  g_string_append_printf (text, ngettext ("%u step", "%u steps", line->n_parts), line->n_parts);
  if (line->n_failed > 0)
    {
      g_string_append (text, ", ");
      g_string_append_printf (text, ngettext ("%u failed", "%u failed", line->n_failed),
                              line->n_failed);
    }
  if (line->start != 0)
    {
      g_string_append_c (text, '\n');
      /* Translators: when something began, counted from the start, and how long it took */
      g_string_append_printf (text, _("at %s, for %s"), begin, duration);
    }
  return g_string_free (text, FALSE);
}

/**
 * runnel_gantt_tree_describe:
 * @self: the lines of a chart
 * @line: a line
 * @span: a span of its row, from 0; -1 for all of them
 *
 * Returns: (transfer full): some lines for a person, as in a tooltip or for a screen reader
 */
char *
runnel_gantt_tree_describe (const RunnelGanttTree *self,
                            guint                  line,
                            int                    span)
{
  const RunnelGanttLine *facts;

  g_return_val_if_fail (self != NULL && line < self->n_lines, NULL);

  facts = &self->lines[line];
  if (facts->n_parts > 0 && runnel_gantt_tree_has_summary (self, line))
    return describe_heading (self, facts, runnel_gantt_tree_get_end (self, line));
  return facts->row >= 0 ? runnel_timing_describe (self->timing, facts->row, span)
                         : g_strdup (facts->title);
}
