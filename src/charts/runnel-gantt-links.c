/* runnel-gantt-links.c: from which bars to which the links of a step lead
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "charts/runnel-gantt-links.h"

/* More would be a black area. */
#define MAX_LINKS 500

/* More would be no sentence. */
#define MAX_TITLES 8

/* What has not begun has no place in time. */
static void
add_link (GArray                *links,
          const RunnelGanttTree *tree,
          guint                  from,
          guint                  to,
          RunnelGanttLink        link)
{
  const RunnelTimingRow *rows = tree->timing->rows;
  int from_line = tree->line_of_row[from], to_line = tree->line_of_row[to];

  if (links->len >= MAX_LINKS || rows[from].start == 0 || rows[to].start == 0 || from_line < 0 ||
      to_line < 0 || from_line == to_line)
    return;
  link.from = from_line;
  link.to = to_line;
  link.start = rows[from].end;
  link.end = rows[to].start;
  g_array_append_val (links, link);
}

/* Where the step began to run, which is what it waited for slots or a place for. */
static void
add_release (GArray                *links,
             const RunnelGanttTree *tree,
             guint                  row,
             RunnelRelease          release)
{
  const RunnelTimingRow *facts = &tree->timing->rows[row];
  RunnelGanttLink link = { .incoming = TRUE, .release = release };
  guint n_before = links->len;

  add_link (links, tree, facts->holder, row, link);
  for (guint i = facts->first_span; i < facts->first_span + facts->n_spans; i++)
    if (links->len > n_before && tree->timing->spans[i].kind == RUNNEL_SPAN_ATTEMPT)
      {
        g_array_index (links, RunnelGanttLink, n_before).end = tree->timing->spans[i].start;
        return;
      }
}

/* The needs of a leg are those of its step. */
static guint
get_owner (const RunnelTiming *timing,
           guint               row)
{
  return timing->rows[row].role == RUNNEL_ROLE_LEG && timing->rows[row].parent >= 0
           ? (guint) timing->rows[row].parent : row;
}

/**
 * runnel_gantt_list_links:
 * @tree: the lines that are shown
 * @line: a line
 *
 * What is folded is where the line is that it is folded in. Takes the longer the more links there
 * are in the pipeline, so it is not for every frame.
 *
 * Returns: (transfer full) (element-type RunnelGanttLink): what leads to the step of the line and
 *   from it, at most some hundreds; none for a heading
 */
GArray *
runnel_gantt_list_links (const RunnelGanttTree *tree,
                         guint                  line)
{
  GArray *links = g_array_new (FALSE, FALSE, sizeof (RunnelGanttLink));
  const RunnelTiming *timing = tree->timing;
  const RunnelTimingRow *row;
  guint owner;

  g_return_val_if_fail (line < tree->n_lines, links);

  if (tree->lines[line].row < 0)
    return links;
  row = &timing->rows[tree->lines[line].row];
  owner = get_owner (timing, tree->lines[line].row);
  for (guint i = 0; i < timing->n_links; i++)
    {
      const RunnelTimingLink *need = &timing->links[i];
      RunnelGanttLink link = { .release = RUNNEL_RELEASE_NEED, .on = need->on };

      link.incoming = need->to == owner;
      if (need->to == owner)
        add_link (links, tree, need->from, tree->lines[line].row, link);
      else if (need->from == owner)
        add_link (links, tree, tree->lines[line].row, need->to, link);
    }
  if (row->holder >= 0 && row->release != RUNNEL_RELEASE_NEED)
    add_release (links, tree, tree->lines[line].row, row->release);
  return links;
}

static gboolean
has_line (GArray *lines,
          guint   line)
{
  for (guint i = 0; i < lines->len; i++)
    if (g_array_index (lines, guint, i) == line)
      return TRUE;
  return FALSE;
}

/* The other ends of the needs of one direction, each once: several may be folded in one line. */
static void
append_ends (GString               *text,
             const RunnelGanttTree *tree,
             GArray                *links,
             gboolean               incoming,
             const char            *heading)
{
  g_autoptr(GArray) lines = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < links->len; i++)
    {
      const RunnelGanttLink *link = &g_array_index (links, RunnelGanttLink, i);
      guint line = incoming ? link->from : link->to;

      if (link->release == RUNNEL_RELEASE_NEED && link->incoming == incoming &&
          !has_line (lines, line))
        g_array_append_val (lines, line);
    }
  if (lines->len > 0)
    g_string_append_printf (text, "%s%s ", text->len > 0 ? "\n" : "", heading);
  for (guint i = 0; i < MIN (lines->len, MAX_TITLES); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "",
                            tree->lines[g_array_index (lines, guint, i)].title);
  if (lines->len > MAX_TITLES)
    /* Translators: behind the titles of some steps */
    g_string_append_printf (text, _(" and %u more"), lines->len - MAX_TITLES);
}

/**
 * runnel_gantt_describe_links:
 * @tree: the lines that are shown
 * @line: a line
 *
 * What runnel_gantt_list_links() is for the eye.
 *
 * Returns: (transfer full): what the step of the line needed and what needed it, in at most two
 *   lines of text; "" when there is nothing
 */
char *
runnel_gantt_describe_links (const RunnelGanttTree *tree,
                             guint                  line)
{
  g_autoptr(GArray) links = runnel_gantt_list_links (tree, line);
  GString *text = g_string_new (NULL);

  append_ends (text, tree, links, TRUE, _("Needed:"));
  append_ends (text, tree, links, FALSE, _("Was needed by:"));
  return g_string_free (text, FALSE);
}
