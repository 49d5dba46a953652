/* runnel-github-check.c: what GitHub itself would refuse of a workflow
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Only what a file can't be understood with: keys and values that a newer GitHub may know are taken
 * as they are.
 */
#include "config.h"

#include "interchange/runnel-github-import.h"

#include <string.h>

static gboolean
is_empty (const RunnelYaml *node)
{
  return runnel_yaml_is_null (node)
         || (node->type == RUNNEL_YAML_SCALAR ? *node->text == '\0'
                                              : runnel_yaml_get_size (node) == 0);
}

static gboolean
is_expression (const RunnelYaml *node)
{
  return node->type == RUNNEL_YAML_SCALAR && strstr (node->text, "${{") != NULL;
}

/* A member that is a mapping, or an expression that makes one. */
static gboolean
check_mapping (const RunnelYaml *owner, const char *key, GError **error)
{
  const RunnelYaml *node = runnel_yaml_get (owner, key);

  if (node == NULL || node->type == RUNNEL_YAML_MAPPING || is_expression (node)
      || runnel_yaml_is_null (node))
    return TRUE;

  return _runnel_github_fail (node, error, "“%s” is a mapping", key);
}

static gboolean
check_step (const RunnelYaml *step, GError **error)
{
  static const char *const makers[] = { "run", "uses", "wait", "wait-all", "cancel", "parallel" };
  static const char *const of_run[] = { "shell", "working-directory" };
  guint n_makers = 0;

  if (step->type != RUNNEL_YAML_MAPPING)
    return _runnel_github_fail (step, error, "a step is a mapping with “run” or “uses”");
  for (gsize i = 0; i < G_N_ELEMENTS (makers); i++)
    n_makers += runnel_yaml_get (step, makers[i]) != NULL;
  if (n_makers == 0)
    return _runnel_github_fail (step, error, "the step has neither “run” nor “uses”");
  if (n_makers > 1)
    return _runnel_github_fail (step, error, "the step has more than one of “run” and “uses”");
  if (runnel_yaml_get (step, "run") != NULL && runnel_yaml_get (step, "with") != NULL)
    return _runnel_github_fail (runnel_yaml_get (step, "with"), error,
                                "only a step with “uses” has “with”");
  for (gsize i = 0; i < G_N_ELEMENTS (of_run); i++)
    if (runnel_yaml_get (step, of_run[i]) != NULL && runnel_yaml_get (step, "run") == NULL)
      return _runnel_github_fail (runnel_yaml_get (step, of_run[i]), error,
                                  "only a step with “run” has “%s”", of_run[i]);

  return check_mapping (step, "env", error) && check_mapping (step, "with", error);
}

static gboolean
check_steps (const RunnelYaml *steps, GError **error)
{
  if (steps->type != RUNNEL_YAML_SEQUENCE)
    return _runnel_github_fail (steps, error, "“steps” is a list");
  for (guint i = 0; i < runnel_yaml_get_size (steps); i++)
    if (!check_step (runnel_yaml_get_item (steps, i), error))
      return FALSE;

  return TRUE;
}

/* A condition that is no expression in any words. */
static gboolean
check_condition (const RunnelYaml *node, GError **error)
{
  g_autoptr(GError) problem = NULL;
  g_autofree char *same = NULL;
  g_autofree char *text = NULL;

  if (node == NULL || node->type != RUNNEL_YAML_SCALAR || is_empty (node) || is_expression (node))
    return TRUE;
  text = g_strdup (node->text);
  same = runnel_github_check_syntax (text, &problem);
  if (same == NULL)
    return _runnel_github_fail (node, error, "%s", problem->message);

  return TRUE;
}

static gboolean
check_container (const RunnelYaml *job, GError **error)
{
  const RunnelYaml *container = runnel_yaml_get (job, "container");
  const RunnelYaml *services = runnel_yaml_get (job, "services");

  if (container != NULL && container->type == RUNNEL_YAML_SEQUENCE)
    return _runnel_github_fail (container, error, "“container” is an image or a mapping");
  if (container != NULL && container->type == RUNNEL_YAML_MAPPING
      && (runnel_yaml_get (container, "image") == NULL
          || is_empty (runnel_yaml_get (container, "image"))))
    return _runnel_github_fail (container, error, "the container has no “image”");
  if (services != NULL)
    return check_mapping (job, "services", error);

  return TRUE;
}

/**
 * Whether a job can be understood; else @error says why, with the place.
 */
gboolean
_runnel_github_check_job (const RunnelYaml *job, GError **error)
{
  const RunnelYaml *runner = runnel_yaml_get (job, "runs-on");
  const RunnelYaml *steps = runnel_yaml_get (job, "steps");
  const RunnelYaml *call = runnel_yaml_get (job, "uses");

  if (runner == NULL && call == NULL)
    return _runnel_github_fail (job, error, "the job has no “runs-on”: where it runs");
  if (call != NULL && (steps != NULL || runner != NULL))
    return _runnel_github_fail (call, error,
                                "a job that calls a workflow has neither “runs-on” nor “steps”");
  if (call != NULL && (call->type != RUNNEL_YAML_SCALAR || strpbrk (call->text, "/$") == NULL))
    return _runnel_github_fail (
      call, error, "“uses” names a workflow: ./.github/workflows/FILE or OWNER/REPO/PATH@REF");
  if (runner != NULL && is_empty (runner))
    return _runnel_github_fail (runner, error, "“runs-on” is empty");

  return check_mapping (job, "env", error) && check_mapping (job, "outputs", error)
         && check_mapping (job, "strategy", error)
         && check_condition (runnel_yaml_get (job, "if"), error) && check_container (job, error)
         && (steps == NULL || check_steps (steps, error));
}

static gboolean
check_inputs (const RunnelYaml *event, GError **error)
{
  static const char *const types[] = {
    "string", "boolean", "number", "choice", "environment", NULL
  };
  const RunnelYaml *inputs = runnel_yaml_get (event, "inputs");

  if (inputs == NULL || inputs->type != RUNNEL_YAML_MAPPING)
    return TRUE;
  for (guint i = 0; i < runnel_yaml_get_size (inputs); i++)
    {
      const RunnelYaml *input = runnel_yaml_get_value (inputs, i);
      const RunnelYaml *type =
        input->type == RUNNEL_YAML_MAPPING ? runnel_yaml_get (input, "type") : NULL;
      const char *name = type != NULL ? runnel_yaml_get_text (type) : NULL;

      if (name != NULL && !g_strv_contains (types, name))
        return _runnel_github_fail (type, error, "there is no type “%s” of inputs", name);
      if (g_strcmp0 (name, "choice") == 0 && runnel_yaml_get (input, "options") == NULL)
        return _runnel_github_fail (input, error, "an input that is a choice has “options”");
    }

  return TRUE;
}

static gboolean
check_schedule (const RunnelYaml *schedule, GError **error)
{
  for (guint i = 0; schedule->type == RUNNEL_YAML_SEQUENCE && i < runnel_yaml_get_size (schedule);
       i++)
    {
      const RunnelYaml *entry = runnel_yaml_get_item (schedule, i);

      if (entry->type != RUNNEL_YAML_MAPPING || runnel_yaml_get (entry, "cron") == NULL)
        return _runnel_github_fail (entry, error, "a schedule has a “cron”");
    }

  return TRUE;
}

/* Whether what starts the workflow can be understood. */
gboolean
_runnel_github_check_on (const RunnelYaml *on, GError **error)
{
  if (is_empty (on))
    return _runnel_github_fail (on, error, "“on” is empty: what starts the workflow");
  for (guint i = 0; on->type == RUNNEL_YAML_MAPPING && i < runnel_yaml_get_size (on); i++)
    {
      const RunnelYaml *event = runnel_yaml_get_value (on, i);
      const char *name = runnel_yaml_get_text (runnel_yaml_get_key (on, i));

      if (g_strcmp0 (name, "schedule") == 0 && !check_schedule (event, error))
        return FALSE;
      if (event->type == RUNNEL_YAML_MAPPING && !check_inputs (event, error))
        return FALSE;
    }

  return TRUE;
}
