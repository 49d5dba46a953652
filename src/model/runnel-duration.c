/* runnel-duration.c: spans of time as people write them, "1h30m"
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "model/runnel-duration.h"
#include "model/runnel-pipeline.h"

/* From the longest to the shortest, the order in which they are written. */
static const struct
{
  const char *name;
  gint64 length;
} units[] = {
  { "d", 24 * 60 * 60 * G_TIME_SPAN_SECOND },
  { "h", 60 * 60 * G_TIME_SPAN_SECOND },
  { "m", 60 * G_TIME_SPAN_SECOND },
  { "s", G_TIME_SPAN_SECOND },
  { "ms", G_TIME_SPAN_MILLISECOND },
  { "us", 1 },
};

static gboolean
fail (GError    **error,
      const char *text,
      const char *why)
{
  g_set_error (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_INVALID,
               "“%s” is not a duration: %s", text, why);
  return FALSE;
}

/* A bare number could be seconds, minutes or milliseconds; asking is better than guessing. */
static gboolean
fail_without_unit (GError    **error,
                   const char *text,
                   const char *number,
                   gsize       length)
{
  g_autofree char *why = NULL;

  why = g_strdup_printf ("a unit is missing after %.*s; write “%.*ss” for seconds",
                         (int) length, number, (int) length, number);
  return fail (error, text, why);
}

static guint
find_unit (const char *name,
           gsize       length)
{
  guint i;

  for (i = 0; i < G_N_ELEMENTS (units); i++)
    if (strlen (units[i].name) == length && strncmp (units[i].name, name, length) == 0)
      break;

  return i;
}

/**
 * runnel_duration_parse:
 * @text: whole numbers each with a unit, the longest unit first
 * @ret_duration: (out): the duration in microseconds
 * @error: %RUNNEL_PIPELINE_ERROR_INVALID
 *
 * Reads a duration such as "90s", "5m", "1h30m", "250ms" or "1d". The units
 * are d, h, m, s, ms and us.
 *
 * Returns: whether @text is a duration
 */
gboolean
runnel_duration_parse (const char *text,
                       gint64     *ret_duration,
                       GError    **error)
{
  const char *p = text;
  gint64 sum = 0;
  guint next_unit = 0;

  g_return_val_if_fail (text != NULL, FALSE);

  if (*p == '\0')
    return fail (error, text, "it is empty; write “90s”, “5m” or “1h30m”");

  while (*p != '\0')
    {
      gsize n_digits = strspn (p, "0123456789");
      const char *name = p + n_digits;
      gsize n_letters = strspn (name, "abcdefghijklmnopqrstuvwxyz");
      guint unit = find_unit (name, n_letters);
      gint64 part;

      if (n_digits == 0)
        return fail (error, text, "a whole number is missing; write “90s”, “5m” or “1h30m”");
      if (*name == '\0')
        return fail_without_unit (error, text, p, n_digits);
      if (unit == G_N_ELEMENTS (units))
        return fail (error, text, "the units are d, h, m, s, ms and us");
      if (unit < next_unit)
        return fail (error, text, "each unit comes once, the longest first, as in “1h30m”");
      if (n_digits > 18 ||
          __builtin_mul_overflow (g_ascii_strtoll (p, NULL, 10), units[unit].length, &part) ||
          __builtin_add_overflow (sum, part, &sum))
        return fail (error, text, "it is too long");

      next_unit = unit + 1;
      p = name + n_letters;
    }

  if (ret_duration != NULL)
    *ret_duration = sum;

  return TRUE;
}

/**
 * runnel_duration_to_string:
 * @duration: microseconds, not negative
 *
 * Writes a duration so that runnel_duration_parse() reads the same again,
 * leaving out units that are zero.
 *
 * Returns: (transfer full): the text, "0s" for nothing
 */
char *
runnel_duration_to_string (gint64 duration)
{
  GString *text;

  g_return_val_if_fail (duration >= 0, NULL);

  if (duration == 0)
    return g_strdup ("0s");

  text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      gint64 count = duration / units[i].length;

      if (count > 0)
        g_string_append_printf (text, "%" G_GINT64_FORMAT "%s", count, units[i].name);
      duration -= count * units[i].length;
    }

  return g_string_free (text, FALSE);
}
