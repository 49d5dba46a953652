/* runnel-step-marks.c: what the marks on a step's card say, in words
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/canvas/runnel-step-card.h"
#include "designer/canvas/runnel-step-marks.h"
#include "model/runnel-kind.h"

/* One line of the description, %NULL when the step has no such mark. */
typedef char *(*DescribeFunc) (RunnelStep *step);

static char *
to_text (JsonNode *value)
{
  if (value == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING)
    return json_node_dup_string (value);

  return json_to_string (value, FALSE);
}

static char *
member_to_text (RunnelStep *step,
                const char *key)
{
  g_autoptr(JsonNode) value = runnel_step_dup_member (step, key);

  return to_text (value);
}

/* The text of a member of a member that is an object, else %NULL. */
static char *
below_to_text (RunnelStep *step,
               const char *key,
               const char *name)
{
  g_autoptr(JsonNode) value = runnel_step_dup_member (step, key);

  if (value == NULL || !JSON_NODE_HOLDS_OBJECT (value))
    return NULL;

  return to_text (json_object_get_member (json_node_get_object (value), name));
}

static char *
describe_condition (RunnelStep *step)
{
  return step->condition != NULL ? g_strdup_printf (_("Runs only if %s"), step->condition) : NULL;
}

static char *
describe_retry (RunnelStep *step)
{
  const guint max = step->retry != NULL ? step->retry->max : 0;

  if (max == 0)
    return NULL;

  return g_strdup_printf (ngettext ("Is tried again %u time", "Is tried again up to %u times", max),
                          max);
}

static char *
describe_timeout (RunnelStep *step)
{
  g_autofree char *timeout = member_to_text (step, "timeout");

  return timeout != NULL ? g_strdup_printf (_("Fails after %s"), timeout) : NULL;
}

static char *
describe_continue (RunnelStep *step)
{
  if (!(runnel_step_card_get_badges (step) & RUNNEL_BADGE_CONTINUE))
    return NULL;

  return g_strdup (_("The run goes on when it fails"));
}

static char *
describe_matrix (RunnelStep *step)
{
  g_autofree char *count = NULL;

  if (!runnel_step_has_member (step, "matrix"))
    return NULL;

  count = runnel_step_card_get_count (step);
  if (count == NULL)
    return g_strdup (_("Runs once for each combination of a list made in the run"));

  return g_strdup_printf (_("Runs once for each of %s combinations"), count);
}

static char *
describe_pool (RunnelStep *step)
{
  g_autofree char *pool = member_to_text (step, "pool");
  g_autofree char *name = below_to_text (step, "pool", "name");
  g_autofree char *slots = below_to_text (step, "pool", "slots");

  if (pool == NULL)
    return NULL;

  /* translators: how many places of a pool a step takes, and the name of the pool */
  return g_strdup_printf (_("Takes %s of pool %s"), slots != NULL ? slots : "1",
                          name != NULL ? name : pool);
}

static char *
describe_undo (RunnelStep *step)
{
  g_autofree char *name = below_to_text (step, "undo", "kind");
  const RunnelKind *kind = name != NULL ? runnel_kind_lookup (name) : NULL;

  if (name == NULL)
    return NULL;

  return g_strdup_printf (_("Can be undone: %s"), kind != NULL ? _(kind->title) : name);
}

static char *
describe_cache (RunnelStep *step)
{
  if (!runnel_step_has_member (step, "cache"))
    return NULL;

  return g_strdup (_("Its result is reused while nothing changed"));
}

static char *
describe_artifacts (RunnelStep *step)
{
  g_autoptr(JsonNode) globs = runnel_step_dup_member (step, "artifacts");
  g_autoptr(GString) text = NULL;

  if (globs == NULL || !JSON_NODE_HOLDS_ARRAY (globs))
    return NULL;

  text = g_string_new (NULL);
  for (guint i = 0; i < json_array_get_length (json_node_get_array (globs)); i++)
    {
      g_autofree char *glob = to_text (json_array_get_element (json_node_get_array (globs), i));

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", glob);
    }

  return g_strdup_printf (_("Keeps %s"), text->str);
}

static char *
describe_secrets (RunnelStep *step)
{
  if (!(runnel_step_card_get_badges (step) & RUNNEL_BADGE_SECRETS))
    return NULL;

  return g_strdup (_("Is given secrets"));
}

static char *
describe_breaker (RunnelStep *step)
{
  g_autofree char *failures = below_to_text (step, "breaker", "failures");

  if (failures == NULL)
    return NULL;

  return g_strdup_printf (_("Is given up after %s failed runs in a row"), failures);
}

/**
 * runnel_step_marks_describe:
 * @step: a step
 *
 * Returns: (transfer full) (nullable): a line for each mark, %NULL when there is none
 */
char *
runnel_step_marks_describe (RunnelStep *step)
{
  const DescribeFunc describe[] = {
    describe_condition, describe_retry, describe_timeout,   describe_continue,
    describe_matrix,    describe_pool,  describe_undo,      describe_cache,
    describe_secrets,   describe_artifacts, describe_breaker,
  };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (describe); i++)
    {
      g_autofree char *line = describe[i] (step);

      if (line != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
    }

  return g_string_free (text, text->len == 0);
}
