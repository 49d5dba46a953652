/* runnel-explain.c: why a step ran, waited, was skipped or was reused
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The states of steps that are over are final, so what their links did is seen from them. What can't
 * be seen later, the values that a condition had, was written down when it happened.
 */
#include "config.h"

#include <string.h>

#include "engine/runnel-matrix.h"
#include "history/runnel-explain.h"
#include "util/runnel-format.h"

/* Shorter times in the queue are those of the machine, not of a lack of places. */
#define SHORTEST_QUEUE (50 * G_TIME_SPAN_MILLISECOND)

typedef struct
{
  GPtrArray *facts;
  GPtrArray *steps;
  const RunnelStepRecord *step;
  RunnelStep *definition;  /* NULL when the pipeline is not known, or the step not in it */
} Explanation;

static void
fact_free (gpointer data)
{
  RunnelFact *self = data;

  g_free (self->step);
  g_free (self->text);
  g_free (self);
}

static void G_GNUC_PRINTF (4, 5)
add_fact (Explanation     *self,
          RunnelFactTopic  topic,
          const char      *step,
          const char      *format,
          ...)
{
  RunnelFact *fact = g_new0 (RunnelFact, 1);
  va_list args;

  va_start (args, format);
  fact->topic = topic;
  fact->step = g_strdup (step);
  fact->text = g_strdup_vprintf (format, args);
  va_end (args);
  g_ptr_array_add (self->facts, fact);
}

static const RunnelStepRecord *
find_step (Explanation *self,
           const char  *id)
{
  for (guint i = 0; i < self->steps->len; i++)
    {
      const RunnelStepRecord *step = g_ptr_array_index (self->steps, i);

      if (g_str_equal (step->id, id))
        return step;
    }
  return NULL;
}

static void
explain_role (Explanation *self)
{
  const char *parent = self->step->parent;
  g_autofree char *matrix = NULL;

  switch (self->step->role)
    {
    case RUNNEL_ROLE_LEG:
      if (self->step->matrix != NULL)
        matrix = runnel_matrix_to_text (self->step->matrix);
      add_fact (self, RUNNEL_FACT_ROLE, parent, "it is the leg of %s with %s", parent,
                matrix ? matrix : "no values");
      break;
    case RUNNEL_ROLE_UNDO:
      add_fact (self, RUNNEL_FACT_ROLE, parent, "it takes back what %s did", parent);
      break;
    case RUNNEL_ROLE_HOOK:
      add_fact (self, RUNNEL_FACT_ROLE, NULL, "it is a hook of the pipeline");
      break;
    case RUNNEL_ROLE_STEP:
    default:
      break;
    }
}

/* As the plan decides it; see docs/semantics.md. */
static gboolean
link_fired (RunnelOn                on,
            const RunnelStepRecord *from)
{
  gboolean failed = runnel_state_is_failure (from->state) && !from->tolerated;
  gboolean succeeded = from->state == RUNNEL_STATE_SUCCEEDED ||
                       (runnel_state_is_failure (from->state) && from->tolerated);

  switch (on)
    {
    case RUNNEL_ON_SUCCESS:
      return succeeded;
    case RUNNEL_ON_FAILURE:
      return failed;
    case RUNNEL_ON_FINISHED:
      return succeeded || failed;
    case RUNNEL_ON_ALWAYS:
    default:
      return TRUE;
    }
}

static char *
describe_state (const RunnelStepRecord *step)
{
  switch (step->state)
    {
    case RUNNEL_STATE_PENDING:
    case RUNNEL_STATE_QUEUED:
    case RUNNEL_STATE_RUNNING:
      return g_strdup_printf ("is %s", runnel_state_to_string (step->state));
    case RUNNEL_STATE_WAITING:
      return g_strdup ("waits");
    case RUNNEL_STATE_SKIPPED:
    case RUNNEL_STATE_CANCELLED:
    case RUNNEL_STATE_INTERRUPTED:
      return g_strdup_printf ("was %s", runnel_state_to_string (step->state));
    case RUNNEL_STATE_TIMED_OUT:
      return g_strdup (step->tolerated ? "timed out, but continues on error" : "timed out");
    default:
      return g_strdup_printf ("%s%s", runnel_state_to_string (step->state),
                              step->tolerated ? ", but continues on error" : "");
    }
}

static void
explain_need (Explanation      *self,
              const RunnelNeed *need)
{
  const RunnelStepRecord *from = find_step (self, need->step);
  const char *on = runnel_on_to_string (need->on);
  g_autofree char *state = from ? describe_state (from) : NULL;

  if (!from)
    return;
  if (!runnel_state_is_terminal (from->state))
    add_fact (self, RUNNEL_FACT_NEED, from->id, "its link to %s (%s) is not decided yet: %s %s",
              from->id, on, from->id, state);
  else if (link_fired (need->on, from))
    add_fact (self, RUNNEL_FACT_NEED, from->id, "its link to %s (%s) fired: %s %s", from->id, on,
              from->id, state);
  else
    add_fact (self, RUNNEL_FACT_NEED, from->id, "its link to %s (%s) did not fire: %s %s",
              from->id, on, from->id, state);
}

static void
explain_join (Explanation *self)
{
  switch (self->definition->join)
    {
    case RUNNEL_JOIN_ANY:
      add_fact (self, RUNNEL_FACT_NEED, NULL, "it starts with the first link that fires");
      break;
    case RUNNEL_JOIN_NONE_FAILED:
      add_fact (self, RUNNEL_FACT_NEED, NULL,
                "it starts when all is over, one link fired and none was broken by a failure");
      break;
    case RUNNEL_JOIN_ALL:
    default:
      add_fact (self, RUNNEL_FACT_NEED, NULL, "it starts when every link has fired");
      break;
    }
}

static void
explain_needs (Explanation *self)
{
  if (!self->definition || self->step->role != RUNNEL_ROLE_STEP)
    return;
  for (guint i = 0; i < self->definition->n_needs; i++)
    explain_need (self, &self->definition->needs[i]);
  if (self->definition->n_needs > 1)
    explain_join (self);
  if (self->definition->n_needs == 0)
    add_fact (self, RUNNEL_FACT_NEED, NULL, "it needs no other step");
}

static void
explain_cause (Explanation *self)
{
  if (self->step->cause)
    add_fact (self, RUNNEL_FACT_CAUSE, NULL, "%s", self->step->cause);
}

/* Between the moment when it could have started and its first attempt, but for what it is known
 * to have waited for. */
static gint64
get_time_in_queue (const RunnelStepRecord *step)
{
  gint64 time = step->started - step->queued;

  if (step->queued == 0 || step->started == 0)
    return 0;
  for (guint i = 0; step->waits && i < step->waits->len; i++)
    {
      const RunnelWaitRecord *wait = g_ptr_array_index (step->waits, i);

      if (wait->started < step->started)
        time -= wait->finished - wait->started;
    }
  return time;
}

static void
explain_waits (Explanation *self)
{
  gint64 queue = get_time_in_queue (self->step);
  g_autofree char *queue_text = runnel_format_duration (queue);

  if (queue >= SHORTEST_QUEUE)
    add_fact (self, RUNNEL_FACT_WAIT, NULL, "it was queued for %s, until there was a free place",
              queue_text);
  for (guint i = 0; self->step->waits && i < self->step->waits->len; i++)
    {
      const RunnelWaitRecord *wait = g_ptr_array_index (self->step->waits, i);
      g_autofree char *text = runnel_format_duration (wait->finished - wait->started);
      const char *reason = wait->reason ? wait->reason : "";

      if (wait->finished > 0)
        add_fact (self, RUNNEL_FACT_WAIT, NULL, "it waited %s: %s", text, reason);
      else if (!runnel_state_is_terminal (self->step->state))
        add_fact (self, RUNNEL_FACT_WAIT, NULL, "it waits: %s", reason);
    }
}

static void
explain_attempts (Explanation *self)
{
  for (guint i = 0; self->step->attempts && i < self->step->attempts->len; i++)
    {
      const RunnelAttemptRecord *attempt = g_ptr_array_index (self->step->attempts, i);
      g_autofree char *time = runnel_format_duration (attempt->finished - attempt->started);

      if (attempt->finished == 0)
        add_fact (self, RUNNEL_FACT_ATTEMPT, NULL, "attempt %u is under way", attempt->attempt);
      else
        add_fact (self, RUNNEL_FACT_ATTEMPT, NULL, "attempt %u %s after %s%s%s", attempt->attempt,
                  attempt->state == RUNNEL_STATE_TIMED_OUT ? "timed out"
                                                           : runnel_state_to_string (attempt->state),
                  time, attempt->reason ? ": " : "", attempt->reason ? attempt->reason : "");
    }
}

static void
explain_end (Explanation *self)
{
  const RunnelStepRecord *step = self->step;
  g_autofree char *state = describe_state (step);
  const char *reason = step->state == RUNNEL_STATE_WAITING ? NULL : step->reason;

  add_fact (self, RUNNEL_FACT_END, NULL, "it %s%s%s%s", state, reason ? ": " : "",
            reason ? reason : "", step->handled ? "; a fallback made that good" : "");
}

const char *
runnel_fact_topic_to_string (RunnelFactTopic self)
{
  static const char *const names[] = { "role", "need", "cause", "wait", "attempt", "end" };

  g_return_val_if_fail ((guint) self < G_N_ELEMENTS (names), NULL);

  return names[self];
}

/**
 * runnel_explain_step:
 * @steps: (element-type RunnelStepRecord): all steps of the run
 * @pipeline: (nullable): as it ran; without it nothing is told of links
 * @step: the one to explain
 *
 * Says why a step is what it is: by its links, its condition with the values that decided, what it
 * waited for, its attempts and its end.
 *
 * Returns: (transfer full) (element-type RunnelFact): the facts, in the order in which they
 *   happened
 */
GPtrArray *
runnel_explain_step (GPtrArray              *steps,
                     RunnelPipeline         *pipeline,
                     const RunnelStepRecord *step)
{
  Explanation self = { .steps = steps, .step = step };
  guint index;

  g_return_val_if_fail (steps != NULL && step != NULL, NULL);

  self.facts = g_ptr_array_new_with_free_func (fact_free);
  if (pipeline && runnel_pipeline_find_step (pipeline, step->id, &index))
    self.definition = runnel_pipeline_get_step (pipeline, index);
  explain_role (&self);
  explain_needs (&self);
  explain_cause (&self);
  explain_waits (&self);
  explain_attempts (&self);
  explain_end (&self);
  return self.facts;
}

/**
 * runnel_explain_text:
 * @facts: (element-type RunnelFact): of a step
 *
 * Returns: (transfer full): one fact on a line, each beginning with a capital
 */
char *
runnel_explain_text (GPtrArray *facts)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (facts != NULL, NULL);

  for (guint i = 0; i < facts->len; i++)
    {
      const RunnelFact *fact = g_ptr_array_index (facts, i);

      g_string_append_printf (text, "%s%c%s", i > 0 ? "\n" : "", g_ascii_toupper (*fact->text),
                              *fact->text ? fact->text + 1 : "");
    }
  return g_string_free (text, FALSE);
}
