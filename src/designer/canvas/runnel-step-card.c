/* runnel-step-card.c: what a step's card says about it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/canvas/runnel-step-card.h"
#include "engine/runnel-matrix.h"
#include "model/runnel-kind.h"

#define MAX_SUMMARY 200 /* bytes; a card shows far fewer */

static char *
join_strings (JsonArray *array)
{
  GString *text = g_string_new (NULL);
  guint n_items = json_array_get_length (array);

  for (guint i = 0; i < n_items && text->len < MAX_SUMMARY; i++)
    {
      JsonNode *item = json_array_get_element (array, i);

      if (i > 0)
        g_string_append_c (text, ' ');
      if (JSON_NODE_HOLDS_VALUE (item) && json_node_get_value_type (item) == G_TYPE_STRING)
        g_string_append (text, json_node_get_string (item));
    }

  return g_string_free (text, FALSE);
}

static char *
value_to_text (JsonNode *value)
{
  if (JSON_NODE_HOLDS_ARRAY (value))
    return join_strings (json_node_get_array (value));

  if (JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING)
    return json_node_dup_string (value);

  return json_to_string (value, FALSE);
}

/* The first line that says something; comments and blank lines at the start of a script do not. */
static char *
take_first_line (const char *text)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", 40);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *line = g_strstrip (lines[i]);

      if (line[0] != '\0' && line[0] != '#')
        return g_strndup (line, strnlen (line, MAX_SUMMARY));
    }

  return NULL;
}

/**
 * runnel_step_card_get_kind_title:
 *
 * Returns: (transfer none): the title of the step's kind, or the kind's name when it is not known
 */
const char *
runnel_step_card_get_kind_title (RunnelStep *step)
{
  const RunnelKind *kind = runnel_kind_lookup (step->kind);

  if (kind != NULL)
    return _(kind->title);

  return step->kind[0] != '\0' ? step->kind : _("No kind");
}

/**
 * runnel_step_card_get_summary:
 *
 * Says in one line what a step does: the field that its kind names as summary, such as the command
 * or the address; the kind's title when that is empty.
 *
 * Returns: (transfer full): valid UTF-8 without line breaks
 */
char *
runnel_step_card_get_summary (RunnelStep *step)
{
  const RunnelKind *kind = runnel_kind_lookup (step->kind);
  g_autoptr(JsonObject) with = runnel_step_dup_with (step);
  char *line = NULL;

  if (kind != NULL && kind->summary_field != NULL && with != NULL
      && json_object_has_member (with, kind->summary_field))
    {
      g_autofree char *text = value_to_text (json_object_get_member (with, kind->summary_field));

      line = take_first_line (text != NULL ? text : "");
    }

  if (line == NULL)
    return g_strdup (runnel_step_card_get_kind_title (step));

  if (!g_utf8_validate (line, -1, NULL))
    {
      g_autofree char *cut = line;

      return g_utf8_make_valid (cut, -1);
    }

  return line;
}

static gboolean
uses_secrets (RunnelStep *step)
{
  g_autoptr(JsonNode) env = runnel_step_dup_member (step, "env");
  JsonObjectIter iter;
  JsonNode *value;

  if (env == NULL || !JSON_NODE_HOLDS_OBJECT (env))
    return FALSE;

  json_object_iter_init (&iter, json_node_get_object (env));
  while (json_object_iter_next (&iter, NULL, &value))
    if (JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING
        && strstr (json_node_get_string (value), "secrets.") != NULL)
      return TRUE;

  return FALSE;
}

/* An expression may be true. */
static gboolean
continues_on_error (RunnelStep *step)
{
  g_autoptr(JsonNode) value = runnel_step_dup_member (step, "continue-on-error");

  if (value == NULL || !JSON_NODE_HOLDS_VALUE (value))
    return FALSE;

  return json_node_get_value_type (value) != G_TYPE_BOOLEAN || json_node_get_boolean (value);
}

/**
 * runnel_step_card_get_badges:
 *
 * Returns: marks for what else the step has: a condition, retries, a timeout and so on
 */
RunnelBadges
runnel_step_card_get_badges (RunnelStep *step)
{
  static const struct
  {
    const char *key;
    RunnelBadges badge;
  } members[] = {
    { "matrix", RUNNEL_BADGE_MATRIX },
    { "pool", RUNNEL_BADGE_POOL },
    { "undo", RUNNEL_BADGE_UNDO },
    { "cache", RUNNEL_BADGE_CACHE },
    { "artifacts", RUNNEL_BADGE_ARTIFACTS },
    { "breaker", RUNNEL_BADGE_BREAKER },
  };
  RunnelBadges badges = 0;

  if (step->condition != NULL)
    badges |= RUNNEL_BADGE_CONDITION;
  if (step->retry != NULL && step->retry->max > 0)
    badges |= RUNNEL_BADGE_RETRY;
  if (step->timeout > 0)
    badges |= RUNNEL_BADGE_TIMEOUT;
  if (continues_on_error (step))
    badges |= RUNNEL_BADGE_CONTINUE;
  if (uses_secrets (step))
    badges |= RUNNEL_BADGE_SECRETS;

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (runnel_step_has_member (step, members[i].key))
      badges |= members[i].badge;

  return badges;
}

/**
 * runnel_step_card_get_count:
 *
 * Returns: (transfer full) (nullable): how many combinations its matrix has; %NULL when it has
 *   none, or when that is known only in a run
 */
char *
runnel_step_card_get_count (RunnelStep *step)
{
  g_autoptr(JsonNode) value = runnel_step_dup_member (step, "matrix");
  g_auto(RunnelMatrix) matrix = { 0, };

  /* What an expression gives is of the wrong type before it is evaluated. */
  if (value == NULL || !runnel_matrix_init (&matrix, value, NULL))
    return NULL;

  return g_strdup_printf ("%u", matrix.combinations->len);
}
