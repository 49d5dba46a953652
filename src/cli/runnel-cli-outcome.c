/* runnel-cli-outcome.c: how a run ended: which failures were made good, and by what
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "cli/runnel-cli-outcome.h"

#define MAX_TOLD 3 /* more failures than these are only counted: it is one line */

/**
 * runnel_cli_outcome_new:
 * @pipeline: what was run
 *
 * Returns: (transfer full): the outcome of a run of which nothing is known yet
 */
RunnelCliOutcome *
runnel_cli_outcome_new (RunnelPipeline *pipeline)
{
  RunnelCliOutcome *self = g_new0 (RunnelCliOutcome, 1);
  guint n_steps = runnel_pipeline_get_n_steps (pipeline);

  self->pipeline = g_object_ref (pipeline);
  self->states = g_new0 (RunnelState, n_steps);
  self->handled = g_new0 (gboolean, n_steps);

  return self;
}

void
runnel_cli_outcome_free (RunnelCliOutcome *self)
{
  g_object_unref (self->pipeline);
  g_free (self->states);
  g_free (self->handled);
  g_free (self);
}

/**
 * runnel_cli_outcome_set:
 * @self: an outcome
 * @step: the id of a step; one that the pipeline has not is passed over
 * @state: how it ended
 * @handled: whether it failed, but a fallback made it good
 */
void
runnel_cli_outcome_set (RunnelCliOutcome *self,
                        const char       *step,
                        RunnelState       state,
                        gboolean          handled)
{
  guint index;

  if (!runnel_pipeline_find_step (self->pipeline, step, &index))
    return;

  self->states[index] = state;
  self->handled[index] = handled;
}

static gboolean
is_fallback_of (RunnelStep *step,
                const char *failed)
{
  for (guint i = 0; i < step->n_needs; i++)
    {
      const RunnelNeed *need = &step->needs[i];

      if (need->handles && need->on != RUNNEL_ON_SUCCESS && g_str_equal (need->step, failed))
        return TRUE;
    }

  return FALSE;
}

/* Whether something made the failure good; best a step that succeeded, else one that failed and
 * has a fallback itself. */
static gboolean
find_fallback (RunnelCliOutcome *self,
               guint             failed,
               guint            *ret_fallback)
{
  const char *id = runnel_pipeline_get_step (self->pipeline, failed)->id;
  gboolean found = FALSE;

  for (guint i = 0; i < runnel_pipeline_get_n_steps (self->pipeline); i++)
    {
      gboolean succeeded = self->states[i] == RUNNEL_STATE_SUCCEEDED;

      if (!(succeeded || self->handled[i]) ||
          !is_fallback_of (runnel_pipeline_get_step (self->pipeline, i), id))
        continue;
      *ret_fallback = i;
      found = TRUE;
      if (succeeded)
        break;
    }

  return found;
}

/* At the end of a chain of fallbacks stands one that succeeded. No chain is longer than the
 * pipeline, whatever the history says. */
static const char *
find_saver (RunnelCliOutcome *self,
            guint             failed)
{
  guint step = failed;

  for (guint i = 0; i < runnel_pipeline_get_n_steps (self->pipeline); i++)
    {
      if (!find_fallback (self, step, &step))
        return NULL;
      if (self->states[step] == RUNNEL_STATE_SUCCEEDED)
        return runnel_pipeline_get_step (self->pipeline, step)->id;
    }

  return NULL;
}

static void
append_fallback (RunnelCliOutcome *self,
                 GString          *text,
                 guint             failed)
{
  const char *saver = find_saver (self, failed);

  g_string_append_printf (text, "%s%s %s, and %s made it good", text->len > 0 ? "; " : "",
                          runnel_pipeline_get_step (self->pipeline, failed)->id,
                          self->states[failed] == RUNNEL_STATE_TIMED_OUT ? "timed out" : "failed",
                          saver ? saver : "another step");
}

/**
 * runnel_cli_outcome_fallbacks:
 * @self: an outcome
 *
 * Returns: (transfer full) (nullable): such as "smoke-test failed, and keep-previous made it
 *   good", or %NULL when no failure was made good
 */
char *
runnel_cli_outcome_fallbacks (RunnelCliOutcome *self)
{
  g_autoptr(GString) text = g_string_new (NULL);
  guint n_handled = 0;

  for (guint i = 0; i < runnel_pipeline_get_n_steps (self->pipeline); i++)
    if (self->handled[i] && ++n_handled <= MAX_TOLD)
      append_fallback (self, text, i);
  if (n_handled > MAX_TOLD)
    g_string_append_printf (text, "; and %u more", n_handled - MAX_TOLD);

  return n_handled > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}
