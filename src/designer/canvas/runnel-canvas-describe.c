/* runnel-canvas-describe.c: what is on the canvas, in words
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/canvas/runnel-canvas-private.h"
#include "designer/canvas/runnel-markup.h"
#include "designer/canvas/runnel-step-card.h"
#include "designer/canvas/runnel-step-marks.h"

#define MAX_NAMES 8 /* nobody listens to more of them */

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
    return runnel_canvas_describe_area (self, runnel_canvas_get_closed_group (self, node));

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
      append_paragraph (text, runnel_canvas_marks_describe (self, node));
      append_paragraph (text, trend);
      append_paragraph (text, facts);
    }

  return g_string_free (text, FALSE);
}

/* --- What a screen reader says besides --- */

static void
append_name (GString    *names,
             guint       n_before,
             const char *name)
{
  if (n_before > MAX_NAMES)
    return;
  if (n_before > 0)
    g_string_append (names, ", ");
  g_string_append (names, n_before < MAX_NAMES ? name : "…");
}

static void
append_end (RunnelCanvas *self,
            GString      *names,
            guint         n_before,
            guint         node,
            RunnelOn      on)
{
  RunnelStep *step = runnel_canvas_get_node_step (self, node);
  g_autofree char *name = NULL;

  if (step == NULL)
    return;

  /* translators: a step before or after another, and on which outcome the link between them leads on */
  name = g_strdup_printf (_("%s (%s)"), runnel_step_get_title (step),
                          runnel_canvas_describe_outcome (on));
  append_name (names, n_before, name);
}

static void
append_before (RunnelCanvas *self,
               guint         node,
               GString      *text)
{
  g_autoptr(GString) names = g_string_new (NULL);
  guint n = 0;

  for (guint link = runnel_scene_first_in (self->scene, node); link != RUNNEL_NO_INDEX;
       link = runnel_scene_next_in (self->scene, link))
    {
      guint from, to;
      RunnelOn on;

      runnel_scene_get_link (self->scene, link, &from, &to, &on);
      append_end (self, names, n++, from, on);
    }

  if (names->len == 0)
    g_string_append (text, _("First step"));
  else
    /* translators: the steps that a step needs */
    g_string_append_printf (text, _("After %s"), names->str);
}

static void
append_after (RunnelCanvas *self,
              guint         node,
              GString      *text)
{
  g_autoptr(GString) names = g_string_new (NULL);
  guint n = 0;

  for (guint link = runnel_scene_first_out (self->scene, node); link != RUNNEL_NO_INDEX;
       link = runnel_scene_next_out (self->scene, link))
    {
      guint from, to;
      RunnelOn on;

      runnel_scene_get_link (self->scene, link, &from, &to, &on);
      append_end (self, names, n++, to, on);
    }

  if (names->len > 0)
    /* translators: the steps that follow a step */
    g_string_append_printf (text, _("\nThen %s"), names->str);
}

/* What Enter will do, while a link is being made from or to the step, or taken elsewhere. */
static void
append_connecting (RunnelCanvas *self,
                   guint         node,
                   GString      *text)
{
  const RunnelConnecting *connecting = &self->connecting;

  if (!runnel_canvas_is_connecting (self))
    return;

  if (connecting->target == node && connecting->refusal != NULL)
    g_string_append_printf (text, "%s\n", connecting->refusal);
  else if (connecting->target == node)
    g_string_append_printf (text, _("Enter connects this step, %s\n"),
                            runnel_canvas_describe_outcome (connecting->target_on));
  else if (connecting->anchor == node && connecting->target == RUNNEL_NO_INDEX)
    g_string_append_printf (text, "%s\n",
                            _("Choose the step to connect with the arrow keys and press Enter"));
}

/* Returns: (transfer full): what else than its name a screen reader says of a step. GTK knows the
 * relation to what follows only, and none has an outcome: both are said in words. */
char *
runnel_canvas_describe_further (RunnelCanvas *self,
                                guint         node)
{
  RunnelStep *step = runnel_canvas_get_node_step (self, node);
  GString *text = g_string_new (NULL);
  g_autofree char *summary = NULL;
  g_autofree char *marks = NULL;
  g_autofree char *trend = NULL;

  if (step == NULL)
    {
      g_string_free (text, TRUE);
      return runnel_canvas_describe_area_further (self,
                                                  runnel_canvas_get_closed_group (self, node));
    }

  summary = runnel_step_card_get_summary (step);
  marks = describe_marks (self, node, step);
  trend = runnel_canvas_trends_describe (self, node);

  append_connecting (self, node, text);
  append_before (self, node, text);
  append_after (self, node, text);
  if (!g_str_equal (summary, runnel_step_card_get_kind_title (step)))
    append_paragraph (text, summary);
  append_paragraph (text, marks);
  append_paragraph (text, runnel_canvas_marks_describe (self, node));
  append_paragraph (text, trend);

  return g_string_free (text, FALSE);
}

/* --- Groups and notes --- */

static char *
dup_plain_text (const RunnelShownArea *note)
{
  g_autoptr(RunnelMarkup) markup = runnel_markup_parse (note->text);

  return g_strdup (markup->text);
}

static char *
describe_note (const RunnelShownArea *note)
{
  g_autofree char *text = dup_plain_text (note);

  text[strcspn (text, "\n")] = '\0';
  /* translators: a note on the canvas, by its first line */
  return text[0] != '\0' ? g_strdup_printf (_("Note: %s"), text) : g_strdup (_("Empty note"));
}

static char *
describe_group (const RunnelShownArea *group)
{
  const guint n = group->nodes->len;
  const char *title = group->text[0] != '\0' ? group->text : _("No title");

  /* translators: the title of a group and the number of its steps */
  return group->closed ? g_strdup_printf (ngettext ("%s, closed group of %u step",
                                                    "%s, closed group of %u steps", n), title, n)
                       : g_strdup_printf (ngettext ("%s, group of %u step",
                                                    "%s, group of %u steps", n), title, n);
}

/* Returns: (transfer full) (nullable): what a screen reader says of a group or note */
char *
runnel_canvas_describe_area (RunnelCanvas    *self,
                             RunnelShownArea *area)
{
  if (area == NULL)
    return NULL;

  return area->kind == RUNNEL_AREA_NOTE ? describe_note (area) : describe_group (area);
}

/* Returns: (transfer full) (nullable): what else: the steps of a group, all text of a note */
char *
runnel_canvas_describe_area_further (RunnelCanvas    *self,
                                     RunnelShownArea *area)
{
  g_autoptr(GString) names = g_string_new (NULL);

  if (area == NULL)
    return NULL;
  if (area->kind == RUNNEL_AREA_NOTE)
    return dup_plain_text (area);

  for (guint i = 0; i < area->nodes->len; i++)
    {
      const guint node = g_array_index (area->nodes, guint, i);
      RunnelStep *step = NULL;

      /* Not so when the keyboard is taken from a step that is being removed. */
      if (runnel_scene_has_node (self->scene, node))
        step = runnel_canvas_get_node_step (self, node);
      if (step != NULL)
        append_name (names, i, runnel_step_get_title (step));
    }

  /* translators: the steps of a group */
  return g_strdup_printf (_("Contains %s"), names->str);
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
