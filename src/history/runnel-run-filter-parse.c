/* runnel-run-filter-parse.c: a filter from words that people type, "state:failed since:2d disk full"
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The words are those of the search on GitHub: KEY:VALUE, is:WORD, and anything else is text. What
 * has spaces in it stands in quotes, in which \" is a quote and \\ a backslash.
 */
#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "history/runnel-history.h"
#include "history/runnel-run-filter.h"
#include "model/runnel-duration.h"
#include "util/runnel-nearest.h"

static gboolean fail (GError     **error,
                      const char  *format,
                      ...) G_GNUC_PRINTF (2, 3);

static gboolean
fail (GError    **error,
      const char *format,
      ...)
{
  va_list arguments;

  va_start (arguments, format);
  if (error != NULL)
    *error = g_error_new_valist (RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_FILTER, format,
                                 arguments);
  va_end (arguments);
  return FALSE;
}

/* A run has one pipeline and one trigger: a second one would find nothing. */
static gboolean
take_single (char      **place,
             const char *key,
             const char *value,
             GError    **error)
{
  if (*place != NULL && !g_str_equal (*place, value))
    return fail (error, _("“%s:” stands there twice, and a run has only one: “%s” or “%s”?"), key,
                 *place, value);
  g_free (*place);
  *place = g_strdup (value);
  return TRUE;
}

static gboolean
take_pipeline (RunnelRunFilter *self,
               const char      *value,
               GError         **error)
{
  return take_single (&self->pipeline, "pipeline", value, error);
}

static gboolean
take_trigger (RunnelRunFilter *self,
              const char      *value,
              GError         **error)
{
  return take_single (&self->trigger, "trigger", value, error);
}

static gboolean
take_state (RunnelRunFilter *self,
            const char      *value,
            GError         **error)
{
  g_auto(GStrv) names = g_strsplit (value, ",", -1);
  RunnelState state;

  for (char **name = names; *name != NULL; name++)
    {
      if (!runnel_state_from_string (*name, &state))
        return fail (error, _("There is no state “%s”; write running, succeeded, failed, "
                              "timed-out, cancelled, interrupted, skipped, queued or waiting."),
                     *name);
      self->states |= 1u << state;
    }
  return TRUE;
}

/* A day in local time, or a moment of it. @ret_length is how long that is: a day, or nothing. */
static gboolean
parse_moment (const char *value,
              gint64     *ret_time,
              gint64     *ret_length)
{
  gboolean is_day = strlen (value) == strlen ("2026-11-01");
  gboolean lacks_seconds = strlen (value) == strlen ("2026-11-01T12:00");
  g_autofree char *whole = g_strconcat (value, is_day ? "T00:00:00" : lacks_seconds ? ":00" : "",
                                        NULL);
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr(GDateTime) moment = g_date_time_new_from_iso8601 (whole, zone);
  g_autoptr(GDateTime) end = moment && is_day ? g_date_time_add_days (moment, 1) : NULL;

  if (moment == NULL)
    return FALSE;
  *ret_time = g_date_time_to_unix (moment) * G_TIME_SPAN_SECOND +
              g_date_time_get_microsecond (moment);
  *ret_length = end != NULL ? g_date_time_difference (end, moment) : 0;
  return *ret_time > 0;
}

static gboolean
parse_time (const char *key,
            const char *value,
            gint64     *ret_time,
            gint64     *ret_length,
            GError    **error)
{
  *ret_length = 0;
  if (parse_moment (value, ret_time, ret_length))
    return TRUE;
  if (runnel_duration_parse (value, ret_time, NULL) && *ret_time > 0)
    {
      *ret_time = -*ret_time;
      return TRUE;
    }
  return fail (error, _("“%s:%s” is no time; write 2d, 1h30m, 2026-11-01 or 2026-11-01T12:00."),
               key, value);
}

static gboolean
take_since (RunnelRunFilter *self,
            const char      *value,
            GError         **error)
{
  gint64 length;

  return parse_time ("since", value, &self->since, &length, error);
}

/* Until a day means until its end. */
static gboolean
take_until (RunnelRunFilter *self,
            const char      *value,
            GError         **error)
{
  gint64 length;

  if (!parse_time ("until", value, &self->until, &length, error))
    return FALSE;
  self->until += length;
  return TRUE;
}

static gboolean
take_parameter (RunnelRunFilter *self,
                const char      *value,
                GError         **error)
{
  if (*value == '=')
    return fail (error, _("In “param:%s” the name is missing; write param:NAME=VALUE or "
                          "param:NAME."), value);
  g_ptr_array_add (self->parameters, g_strdup (value));
  return TRUE;
}

static gboolean
take_label (RunnelRunFilter *self,
            const char      *value,
            GError         **error)
{
  g_ptr_array_add (self->labels, g_strdup (value));
  return TRUE;
}

static gboolean
take_run (gint64     *place,
          const char *key,
          const char *value,
          GError    **error)
{
  guint64 run;

  if (!g_ascii_string_to_unsigned (value, 10, 1, G_MAXINT64, &run, NULL))
    return fail (error, _("“%s:%s” does not name a run; write the run's number."), key, value);
  *place = run;
  return TRUE;
}

static gboolean
take_parent (RunnelRunFilter *self,
             const char      *value,
             GError         **error)
{
  return take_run (&self->parent, "parent", value, error);
}

static gboolean
take_before (RunnelRunFilter *self,
             const char      *value,
             GError         **error)
{
  return take_run (&self->before, "before", value, error);
}

static gboolean
take_is (RunnelRunFilter *self,
         const char      *value,
         GError         **error)
{
  if (g_str_equal (value, "pinned"))
    self->pinned = TRUE;
  else if (g_str_equal (value, "top-level"))
    self->top_level = TRUE;
  else if (g_str_equal (value, "active"))
    self->states |= RUNNEL_RUN_FILTER_ACTIVE;
  else if (g_str_equal (value, "failure"))
    self->states |= RUNNEL_RUN_FILTER_FAILURES;
  else
    return fail (error, _("Nothing is “%s”; write is:active, is:failure, is:pinned or "
                          "is:top-level."), value);
  return TRUE;
}

static const struct
{
  const char *key;
  gboolean (*take) (RunnelRunFilter *self, const char *value, GError **error);
} keys[] = {
  { "pipeline", take_pipeline },
  { "state", take_state },
  { "trigger", take_trigger },
  { "since", take_since },
  { "until", take_until },
  { "param", take_parameter },
  { "label", take_label },
  { "parent", take_parent },
  { "before", take_before },
  { "is", take_is },
};

/* Returns: (transfer full): @word without its quotes, if it has any; one that was not closed (yet)
 * ends with the word */
static char *
unquote (const char *word)
{
  GString *text;

  if (*word != '"')
    return g_strdup (word);
  text = g_string_new (NULL);
  for (word++; *word != '\0' && *word != '"'; word++)
    {
      if (*word == '\\' && word[1] != '\0')
        word++;
      g_string_append_c (text, *word);
    }
  return g_string_free (text, FALSE);
}

/* Returns: the end of the word that begins at @line: a space outside of quotes */
static const char *
find_end (const char *line)
{
  gboolean is_quoted = FALSE;

  for (; *line != '\0' && (is_quoted || !g_ascii_isspace (*line)); line++)
    {
      if (*line == '"')
        is_quoted = !is_quoted;
      else if (is_quoted && *line == '\\' && line[1] != '\0')
        line++;
    }
  return line;
}

/* A colon also stands in addresses, in errors of compilers and in the names of C++: only a word of
 * small letters and a value make a key. */
static gboolean
looks_like_key (const char *word,
                gsize       length)
{
  const char *value = word + length + 1;

  return length > 0 && strspn (word, "abcdefghijklmnopqrstuvwxyz") == length && *value != '\0' &&
         *value != ':' && *value != '/';
}

static gboolean
is_key (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_str_equal (word, keys[i].key))
      return TRUE;
  return FALSE;
}

/* Returns: (nullable): the key that @word, which has none of them, probably means */
static const char *
find_nearest_key (const char *word,
                  const char *key)
{
  RunnelNearest search = { .word = key };

  if (!looks_like_key (word, strlen (key)))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    runnel_nearest_consider (&search, keys[i].key);
  return search.nearest;
}

static gboolean
take_text (RunnelRunFilter *self,
           const char      *word)
{
  g_autofree char *text = unquote (word);

  if (*text != '\0')
    g_ptr_array_add (self->texts, g_steal_pointer (&text));
  return TRUE;
}

/**
 * runnel_run_filter_add:
 * @self: a filter
 * @key: what stands before the colon of a word: "state", "pipeline", ...
 * @value: what stands behind it, without quotes
 * @error: return location; %RUNNEL_HISTORY_ERROR_FILTER, with a sentence for the person
 *
 * Returns: whether the filter asks for that, too, now
 */
gboolean
runnel_run_filter_add (RunnelRunFilter *self,
                       const char      *key,
                       const char      *value,
                       GError         **error)
{
  g_return_val_if_fail (self != NULL && key != NULL && value != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_str_equal (key, keys[i].key))
      return *value == '\0' ? fail (error, _("After “%s:” something is missing."), key)
                            : keys[i].take (self, value, error);
  return fail (error, _("There is no “%s:”."), key);
}

/**
 * runnel_run_filter_parse_word:
 * @self: a filter
 * @word: what to add to it: "state:failed", "is:pinned", or text
 * @error: return location; %RUNNEL_HISTORY_ERROR_FILTER, with a sentence for the person
 *
 * What looks like a key and is none, but one with another name, is an error with a suggestion;
 * anything else is text to be looked for.
 *
 * Returns: whether the word was understood
 */
gboolean
runnel_run_filter_parse_word (RunnelRunFilter *self,
                              const char      *word,
                              GError         **error)
{
  const char *colon = strchr (word, ':');
  g_autofree char *key = g_strndup (word, colon ? colon - word : 0);
  g_autofree char *value = colon ? unquote (colon + 1) : NULL;
  const char *nearest;

  g_return_val_if_fail (self != NULL && word != NULL, FALSE);

  if (is_key (key))
    return runnel_run_filter_add (self, key, value, error);
  nearest = find_nearest_key (word, key);
  if (nearest != NULL)
    return fail (error, _("There is no “%s:”; did you mean “%s:”? Text with a colon stands in "
                          "quotes."), key, nearest);
  return take_text (self, word);
}

/**
 * runnel_run_filter_parse:
 * @line: words with spaces between them
 * @error: return location; %RUNNEL_HISTORY_ERROR_FILTER, with a sentence for the person
 *
 * The keys are pipeline, state, trigger, since, until, param, label, parent, before and is; see
 * docs/cli.md.
 *
 * Returns: (transfer full) (nullable): the filter
 */
RunnelRunFilter *
runnel_run_filter_parse (const char *line,
                         GError    **error)
{
  g_autoptr(RunnelRunFilter) self = runnel_run_filter_new ();

  g_return_val_if_fail (line != NULL, NULL);

  for (;;)
    {
      g_autofree char *word = NULL;
      const char *end;

      while (g_ascii_isspace (*line))
        line++;
      if (*line == '\0')
        return g_steal_pointer (&self);
      end = find_end (line);
      word = g_strndup (line, end - line);
      if (!runnel_run_filter_parse_word (self, word, error))
        return NULL;
      line = end;
    }
}
