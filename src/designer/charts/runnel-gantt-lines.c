/* runnel-gantt-lines.c: the lines of the chart are selected, opened and closed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "charts/runnel-gantt-links.h"
#include "designer/charts/runnel-gantt-private.h"

/* In words also what the eye sees: whether it is folded, and the arrows. */
static char *
describe_line (RunnelGantt *self,
               guint        line)
{
  const RunnelGanttLine *facts = &self->tree->lines[line];
  g_autofree char *timing = runnel_gantt_tree_describe (self->tree, line, -1);
  g_autofree char *links = runnel_gantt_describe_links (self->tree, line);
  GString *text = g_string_new (timing);

  if (*links != '\0')
    g_string_append_printf (text, "\n%s", links);
  if (facts->n_parts > 0)
    g_string_append_printf (text, "\n%s", facts->folded ? _("Closed") : _("Open"));
  return g_string_free (text, FALSE);
}

/* What a screen reader says: the run as a whole, and the selected line. */
void
_runnel_gantt_update_accessible (RunnelGantt *self)
{
  g_autofree char *label = NULL;
  g_autofree char *description = NULL;

  if (self->tree->timing != NULL)
    {
      g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, self->tree->timing->run);

      /* Translators: the name of a pipeline, and the number of its run */
      label = g_strdup_printf (_("Timing of %s, run %s"), self->tree->timing->title, number);
    }
  if (self->selected_line >= 0)
    description = describe_line (self, self->selected_line);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label ? label : _("Timing"),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description ? description : _("No step is selected"),
                                  -1);
}

/* There are others than before, or they have other places. The selected one may be folded now. */
void
_runnel_gantt_lines_changed (RunnelGantt *self)
{
  double width = _runnel_gantt_measure_labels (self);
  guint line;

  self->hovered_line = self->selected_line = -1;
  if (self->selection != NULL && runnel_gantt_tree_find_line (self->tree, self->selection, &line))
    self->selected_line = line;
  g_clear_pointer (&self->links, g_array_unref);
  _runnel_gantt_update_accessible (self);
  if (width != self->wanted_label_width)
    {
      self->wanted_label_width = width;
      gtk_widget_queue_allocate (GTK_WIDGET (self));
    }
  _runnel_gantt_view_update (self);
  g_signal_emit_by_name (self, "lines-changed");
}

/* Selects @line, or nothing when it is -1. */
void
_runnel_gantt_select_line (RunnelGantt *self,
                           int          line)
{
  runnel_gantt_set_selection (self, line >= 0 ? self->tree->lines[line].id : NULL);
}

void
_runnel_gantt_select_relative (RunnelGantt *self,
                               int          offset)
{
  int n_lines = self->tree->n_lines;
  int line = self->selected_line >= 0 ? self->selected_line + offset : 0;

  if (n_lines > 0)
    _runnel_gantt_select_line (self, CLAMP (line, 0, n_lines - 1));
}

/* A heading has no step: it opens or closes. */
void
_runnel_gantt_activate_line (RunnelGantt *self,
                             guint        line,
                             int          span)
{
  int row = self->tree->lines[line].row;
  const RunnelTimingRow *facts = row >= 0 ? &self->tree->timing->rows[row] : NULL;
  guint attempt = 0;

  if (facts == NULL)
    return;
  if (span >= 0)
    attempt = self->tree->timing->spans[span].attempt;
  else if (facts->n_spans > 0)
    attempt = self->tree->timing->spans[facts->first_span + facts->n_spans - 1].attempt;
  g_signal_emit_by_name (self, "step-activated", facts->id, attempt);
}

void
_runnel_gantt_toggle_line (RunnelGantt *self,
                           guint        line)
{
  if (runnel_gantt_tree_set_folded (self->tree, line, !self->tree->lines[line].folded))
    _runnel_gantt_lines_changed (self);
}

/* As in every tree: closes the line, or goes to the one that it is inside of. */
void
_runnel_gantt_fold (RunnelGantt *self)
{
  const RunnelGanttLine *line;

  if (self->selected_line < 0)
    return;
  line = &self->tree->lines[self->selected_line];
  if (line->n_parts > 0 && !line->folded)
    _runnel_gantt_toggle_line (self, self->selected_line);
  else if (line->parent >= 0)
    _runnel_gantt_select_line (self, line->parent);
}

/* Opens the line, or goes to the first that is inside of it. */
void
_runnel_gantt_unfold (RunnelGantt *self)
{
  const RunnelGanttLine *line;

  if (self->selected_line < 0)
    return;
  line = &self->tree->lines[self->selected_line];
  if (line->folded)
    _runnel_gantt_toggle_line (self, self->selected_line);
  else if (line->n_parts > 0)
    _runnel_gantt_select_line (self, self->selected_line + 1);
}

/**
 * runnel_gantt_set_filter:
 * @self: a chart
 * @text: (nullable): what is to be in the name or the id of a step
 * @states: bits of the #RunnelState that are to be shown; 0 = all
 *
 * Shows only the steps that fit.
 */
void
runnel_gantt_set_filter (RunnelGantt *self,
                         const char  *text,
                         guint        states)
{
  g_return_if_fail (RUNNEL_IS_GANTT (self));

  runnel_gantt_tree_set_filter (self->tree, text, states);
  _runnel_gantt_lines_changed (self);
}

/**
 * runnel_gantt_fold_all:
 * @self: a chart
 * @folded: whether groups, matrices and subpipelines are to be one line each
 */
void
runnel_gantt_fold_all (RunnelGantt *self,
                       gboolean     folded)
{
  g_return_if_fail (RUNNEL_IS_GANTT (self));

  runnel_gantt_tree_fold_all (self->tree, folded);
  _runnel_gantt_lines_changed (self);
}

/**
 * runnel_gantt_get_tree:
 * @self: a chart
 *
 * Returns: (transfer none): its lines; “lines-changed” tells when they are others
 */
const RunnelGanttTree *
runnel_gantt_get_tree (RunnelGantt *self)
{
  g_return_val_if_fail (RUNNEL_IS_GANTT (self), NULL);

  return self->tree;
}
