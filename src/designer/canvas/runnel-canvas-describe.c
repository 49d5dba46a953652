/* runnel-canvas-describe.c: what is on the canvas, in words
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/canvas/runnel-canvas-private.h"
#include "designer/canvas/runnel-step-card.h"
#include "designer/canvas/runnel-step-marks.h"

static void
append_state (RunnelCanvas *self,
              RunnelStep   *step,
              GString      *text)
{
  const RunnelStepState *state = g_hash_table_lookup (self->states, step->id);

  if (state != NULL)
    g_string_append_printf (text, ", %s",
                            state->text != NULL ? state->text
                                                : runnel_state_to_string (state->state));
  if (step->enabled == RUNNEL_DISABLED)
    g_string_append_printf (text, ", %s", _("disabled"));
  if (step->enabled == RUNNEL_BYPASSED)
    g_string_append_printf (text, ", %s", _("bypassed"));
  if (g_hash_table_contains (self->problems, step->id))
    g_string_append_printf (text, ", %s", _("has a problem"));
}

/* Returns: (transfer full): "title, kind, state", as a tooltip and as a screen reader says it */
char *
runnel_canvas_describe_node (RunnelCanvas *self,
                             guint         node)
{
  RunnelStep *step = runnel_canvas_get_node_step (self, node);
  const RunnelShownArea *group = runnel_canvas_get_closed_group (self, node);
  GString *text;

  if (group != NULL)
    return g_strdup_printf (ngettext ("%s, closed group of %u step",
                                      "%s, closed group of %u steps", group->nodes->len),
                            group->text, group->nodes->len);
  if (step == NULL)
    return g_strdup (runnel_canvas_get_node_id (self, node));

  text = g_string_new (runnel_step_get_title (step));
  g_string_append_printf (text, ", %s", runnel_step_card_get_kind_title (step));
  append_state (self, step, text);
  if (runnel_scene_get_node_change (self->scene, node) != NULL)
    g_string_append_printf (text, ", %s", runnel_scene_get_node_change (self->scene, node));

  return g_string_free (text, FALSE);
}

static void
append_paragraph (GString    *text,
                  const char *paragraph)
{
  if (paragraph != NULL)
    g_string_append_printf (text, "\n%s", paragraph);
}

/* Returns: (transfer full) (nullable): what the marks on the card mean, one a line */
static char *
describe_marks (RunnelCanvas *self,
                guint         node,
                RunnelStep   *step)
{
  g_autofree char *marks = runnel_step_marks_describe (step);
  const char *pinned = _("Pinned: stays where it is");

  if (!runnel_canvas_is_pinned (self, node))
    return g_steal_pointer (&marks);

  return marks != NULL ? g_strconcat (marks, "\n", pinned, NULL) : g_strdup (pinned);
}

/* Returns: (transfer full): the same, below it what the marks on the card mean, and why the step
 * of the run that is shown is what it is */
char *
runnel_canvas_make_tooltip (RunnelCanvas *self,
                            guint         node)
{
  RunnelStep *step = runnel_canvas_get_node_step (self, node);
  g_autofree char *name = runnel_canvas_describe_node (self, node);
  GString *text = g_string_new (name);

  if (step != NULL)
    {
      g_autofree char *marks = describe_marks (self, node, step);
      g_autofree char *trend = runnel_canvas_trends_describe (self, node);
      g_autofree char *facts = NULL;

      if (g_hash_table_contains (self->states, step->id))
        facts = runnel_canvas_explain (self, node);
      append_paragraph (text, marks);
      append_paragraph (text, trend);
      append_paragraph (text, facts);
    }

  return g_string_free (text, FALSE);
}

/* GTK knows the relation to what follows; that to what comes before is said in words. */
static char *
describe_links (RunnelCanvas *self,
                guint         node)
{
  g_autoptr(GString) names = g_string_new (NULL);

  for (guint link = runnel_scene_first_in (self->scene, node); link != RUNNEL_NO_INDEX;
       link = runnel_scene_next_in (self->scene, link))
    {
      guint from, to;
      RunnelOn on;
      RunnelStep *step;

      runnel_scene_get_link (self->scene, link, &from, &to, &on);
      step = runnel_canvas_get_node_step (self, from);
      if (step == NULL)
        continue;

      if (names->len > 0)
        g_string_append (names, ", ");
      g_string_append (names, runnel_step_get_title (step));
    }

  /* translators: the steps that a step needs */
  return names->len > 0 ? g_strdup_printf (_("After %s"), names->str) : g_strdup (_("First step"));
}

/* Returns: (transfer full): what else than its name a screen reader says of a step */
char *
runnel_canvas_describe_further (RunnelCanvas *self,
                                guint         node)
{
  RunnelStep *step = runnel_canvas_get_node_step (self, node);
  g_autofree char *links = describe_links (self, node);
  g_autofree char *marks = step != NULL ? describe_marks (self, node, step) : NULL;

  return marks != NULL ? g_strconcat (links, "\n", marks, NULL) : g_steal_pointer (&links);
}

/**
 * runnel_canvas_describe_step:
 * @id: id of a step
 *
 * Returns: (transfer full) (nullable): what a screen reader says of the step: its title, kind and
 *   state; %NULL when the canvas has no such step
 */
char *
runnel_canvas_describe_step (RunnelCanvas *self,
                             const char   *id)
{
  guint node;

  g_return_val_if_fail (RUNNEL_IS_CANVAS (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  node = runnel_canvas_find_node (self, id);
  return node != RUNNEL_NO_INDEX ? runnel_canvas_describe_node (self, node) : NULL;
}
