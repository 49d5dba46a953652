/* runnel-run-filter-print.c: a filter as the words that mean it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "history/runnel-run-filter.h"
#include "model/runnel-duration.h"

static gboolean
needs_quotes (const char *text)
{
  return strpbrk (text, " \t\n\v\f\r\"") != NULL;
}

static void
append_quoted (GString    *line,
               const char *text)
{
  g_string_append_c (line, '"');
  for (; *text != '\0'; text++)
    {
      if (*text == '"' || *text == '\\')
        g_string_append_c (line, '\\');
      g_string_append_c (line, *text);
    }
  g_string_append_c (line, '"');
}

/* @key is NULL for text, which must not be taken for a word with a key. */
static void
append_word (GString    *line,
             const char *key,
             const char *value)
{
  gboolean quoted = needs_quotes (value) || (key == NULL && strchr (value, ':') != NULL);

  if (line->len > 0)
    g_string_append_c (line, ' ');
  if (key != NULL)
    g_string_append_printf (line, "%s:", key);
  if (quoted)
    append_quoted (line, value);
  else
    g_string_append (line, value);
}

static void
append_words (GString    *line,
              const char *key,
              GPtrArray  *values)
{
  for (guint i = 0; i < values->len; i++)
    append_word (line, key, values->pdata[i]);
}

static void
append_states (GString *line,
               guint    states)
{
  g_autoptr(GString) names = g_string_new (NULL);

  for (guint i = 0; i < RUNNEL_N_STATES; i++)
    if (states & 1u << i)
      g_string_append_printf (names, "%s%s", names->len > 0 ? "," : "",
                              runnel_state_to_string (i));
  if (states == RUNNEL_RUN_FILTER_ACTIVE)
    append_word (line, "is", "active");
  else if (states == RUNNEL_RUN_FILTER_FAILURES)
    append_word (line, "is", "failure");
  else if (states != 0)
    append_word (line, "state", names->str);
}

static void
append_time (GString    *line,
             const char *key,
             gint64      time)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (time / G_TIME_SPAN_SECOND);
  g_autoptr(GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;
  g_autofree char *text = NULL;

  if (time < 0)
    text = runnel_duration_to_string (-time);
  else if (time > 0 && local != NULL && time % G_TIME_SPAN_MINUTE == 0)
    text = g_date_time_format (local, "%Y-%m-%dT%H:%M");
  else if (time > 0 && local != NULL)
    {
      g_autofree char *seconds = g_date_time_format (local, "%Y-%m-%dT%H:%M:%S");

      text = g_strdup_printf ("%s.%06d", seconds, (int) (time % G_TIME_SPAN_SECOND));
    }
  if (text != NULL)
    append_word (line, key, text);
}

static void
append_run (GString    *line,
            const char *key,
            gint64      run)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, run);

  if (run > 0)
    append_word (line, key, number);
}

/**
 * runnel_run_filter_to_string:
 * @self: a filter
 *
 * Returns: (transfer full): the words that runnel_run_filter_parse() understands as this filter
 */
char *
runnel_run_filter_to_string (const RunnelRunFilter *self)
{
  GString *line = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  append_states (line, self->states);
  if (self->pipeline != NULL)
    append_word (line, "pipeline", self->pipeline);
  if (self->trigger != NULL)
    append_word (line, "trigger", self->trigger);
  append_words (line, "label", self->labels);
  append_words (line, "param", self->parameters);
  append_time (line, "since", self->since);
  append_time (line, "until", self->until);
  append_run (line, "parent", self->parent);
  append_run (line, "before", self->before);
  if (self->pinned)
    append_word (line, "is", "pinned");
  if (self->top_level)
    append_word (line, "is", "top-level");
  append_words (line, NULL, self->texts);
  return g_string_free (line, FALSE);
}
