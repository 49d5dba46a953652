/* runnel-problem.c: a finding about a document as an item of a list
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/runnel-problem.h"

struct _RunnelProblem
{
  GObject parent_instance;

  RunnelDiagnostic diagnostic; /* its strings are owned */
};

G_DEFINE_FINAL_TYPE (RunnelProblem, runnel_problem, G_TYPE_OBJECT)

static void
runnel_problem_finalize (GObject *object)
{
  RunnelDiagnostic *diagnostic = &RUNNEL_PROBLEM (object)->diagnostic;

  g_free (diagnostic->message);
  g_free (diagnostic->path);
  g_free (diagnostic->step);
  g_free (diagnostic->suggestion);
  G_OBJECT_CLASS (runnel_problem_parent_class)->finalize (object);
}

static void
runnel_problem_class_init (RunnelProblemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = runnel_problem_finalize;
}

static void
runnel_problem_init (RunnelProblem *self)
{
}

/**
 * runnel_problem_new:
 * @diagnostic: what was found; it is copied
 *
 * Returns: (transfer full): the item
 */
RunnelProblem *
runnel_problem_new (const RunnelDiagnostic *diagnostic)
{
  RunnelProblem *self = g_object_new (RUNNEL_TYPE_PROBLEM, NULL);

  self->diagnostic = *diagnostic;
  self->diagnostic.message = g_strdup (diagnostic->message);
  self->diagnostic.path = g_strdup (diagnostic->path);
  self->diagnostic.step = g_strdup (diagnostic->step);
  self->diagnostic.suggestion = g_strdup (diagnostic->suggestion);
  return self;
}

const RunnelDiagnostic *
runnel_problem_get_diagnostic (RunnelProblem *self)
{
  g_return_val_if_fail (RUNNEL_IS_PROBLEM (self), NULL);

  return &self->diagnostic;
}
