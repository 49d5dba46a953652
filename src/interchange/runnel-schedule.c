/* runnel-schedule.c: cron lines, and calendars of systemd
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sources: crontab(5) for the five fields, systemd.time(7) for calendars. Days of the month and of
 * the week are joined by “or” in cron when both are restricted, but by “and” in a calendar, so such
 * a line becomes two.
 */
#include "config.h"

#include "interchange/runnel-schedule.h"

#include <string.h>

/* The range of a field, and the names of its values from `first` on. */
typedef struct
{
  guint first;
  guint last;
  const char *const *names;
} Field;

static const char *const months[] = { "jan", "feb", "mar", "apr", "may", "jun", "jul",
                                      "aug", "sep", "oct", "nov", "dec", NULL };
static const char *const days[] = { "sun", "mon", "tue", "wed", "thu", "fri", "sat", "sun", NULL };
static const char *const calendar_days[] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };

static const Field fields[] = {
  { 0, 59, NULL }, { 0, 23, NULL }, { 1, 31, NULL }, { 1, 12, months }, { 0, 7, days },
};

static const struct
{
  const char *name;
  const char *line;
} nicknames[] = {
  { "@yearly", "0 0 1 1 *" },  { "@annually", "0 0 1 1 *" }, { "@monthly", "0 0 1 * *" },
  { "@weekly", "0 0 * * 0" },  { "@daily", "0 0 * * *" },    { "@midnight", "0 0 * * *" },
  { "@hourly", "0 * * * *" },
};

static gboolean
read_value (const Field *field,
            const char  *text,
            guint       *ret_value)
{
  guint64 value;

  for (guint i = 0; field->names != NULL && field->names[i] != NULL; i++)
    if (g_ascii_strcasecmp (field->names[i], text) == 0)
      {
        *ret_value = field->first + i;
        return TRUE;
      }
  if (!g_ascii_string_to_unsigned (text, 10, field->first, field->last, &value, NULL))
    return FALSE;
  *ret_value = value;

  return TRUE;
}

/* One entry of a list: a value, a range or `*`, each with a step or not; sets a bit for each. */
static gboolean
read_entry (const Field *field,
            const char  *entry,
            guint64     *bits)
{
  g_auto(GStrv) parts = g_strsplit (entry, "/", 2);
  g_auto(GStrv) ends = NULL;
  guint64 step = 1;
  guint first = field->first;
  guint last = field->last;

  if (parts[0] == NULL
      || (parts[1] != NULL && !g_ascii_string_to_unsigned (parts[1], 10, 1, 59, &step, NULL)))
    return FALSE;
  if (!g_str_equal (parts[0], "*"))
    {
      ends = g_strsplit (parts[0], "-", 2);
      if (ends[0] == NULL || !read_value (field, ends[0], &first))
        return FALSE;
      last = parts[1] != NULL ? field->last : first;
      if (ends[1] != NULL && !read_value (field, ends[1], &last))
        return FALSE;
    }
  for (guint value = first; value <= last; value += step)
    *bits |= G_GUINT64_CONSTANT (1) << value;

  return first <= last;
}

static gboolean
read_field (const Field *field,
            const char  *text,
            guint64     *bits)
{
  g_auto(GStrv) entries = g_strsplit (text, ",", -1);

  *bits = 0;
  for (char **entry = entries; *entry != NULL; entry++)
    if (!read_entry (field, *entry, bits))
      return FALSE;

  return *bits != 0;
}

/* The five fields of a line, without nicknames; NULL when it is none. */
static char **
split_line (const char *cron)
{
  g_autofree char *line = g_strstrip (g_strdup (cron));
  g_auto(GStrv) words = NULL;
  g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (nicknames); i++)
    if (g_ascii_strcasecmp (line, nicknames[i].name) == 0)
      return g_strsplit (nicknames[i].line, " ", -1);

  words = g_strsplit_set (line, " \t", -1);
  for (char **word = words; *word != NULL; word++)
    if (**word != '\0')
      g_ptr_array_add (parts, g_strdup (*word));
  if (parts->len != G_N_ELEMENTS (fields))
    return NULL;
  g_ptr_array_add (parts, NULL);

  return (char **) g_ptr_array_steal (parts, NULL);
}

static gboolean
is_full (const Field *field,
         guint64      bits)
{
  for (guint value = field->first; value <= field->last; value++)
    if (!(bits & (G_GUINT64_CONSTANT (1) << value)))
      return FALSE;

  return TRUE;
}

/* A list of values for a calendar, `*` for all. */
static char *
say_field (const Field *field,
           guint64      bits)
{
  g_autoptr(GString) list = g_string_new (NULL);

  if (is_full (field, bits))
    return g_strdup ("*");
  for (guint value = field->first; value <= field->last; value++)
    if (bits & (G_GUINT64_CONSTANT (1) << value))
      g_string_append_printf (list, "%s%02u", list->len > 0 ? "," : "", value);

  return g_string_free (g_steal_pointer (&list), FALSE);
}

static char *
say_days (guint64 bits)
{
  g_autoptr(GString) list = g_string_new (NULL);

  for (guint day = 1; day <= 7; day++)
    if (bits & (G_GUINT64_CONSTANT (1) << day % 7))
      g_string_append_printf (list, "%s%s", list->len > 0 ? "," : "", calendar_days[day % 7]);

  return g_string_free (g_steal_pointer (&list), FALSE);
}

/**
 * runnel_schedule_get_calendars:
 * @cron: a line of cron: five fields, or a nickname such as "@daily"
 *
 * Returns: (transfer full) (element-type utf8) (nullable): the values of `OnCalendar` that together
 *   are the same times, or %NULL when @cron can't be read
 */
GPtrArray *
runnel_schedule_get_calendars (const char *cron)
{
  g_autoptr(GPtrArray) calendars = g_ptr_array_new_with_free_func (g_free);
  g_auto(GStrv) words = NULL;
  guint64 bits[G_N_ELEMENTS (fields)];
  g_autofree char *minute = NULL;
  g_autofree char *hour = NULL;
  g_autofree char *day = NULL;
  g_autofree char *month = NULL;
  g_autofree char *weekdays = NULL;
  gboolean any_day, any_weekday;

  g_return_val_if_fail (cron != NULL, NULL);

  words = split_line (cron);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (words == NULL || !read_field (&fields[i], words[i], &bits[i]))
      return NULL;

  if (bits[4] & (1 << 7))
    bits[4] |= 1;
  bits[4] &= 0x7f;
  any_day = words[2][0] == '*';
  any_weekday = words[4][0] == '*';
  minute = say_field (&fields[0], bits[0]);
  hour = say_field (&fields[1], bits[1]);
  day = say_field (&fields[2], bits[2]);
  month = say_field (&fields[3], bits[3]);
  weekdays = say_days (bits[4]);

  if (any_day && any_weekday && bits[4] == 0x7f)
    g_ptr_array_add (calendars, g_strdup_printf ("*-%s-%s %s:%s:00", month, day, hour, minute));
  else if (any_day || any_weekday)
    g_ptr_array_add (calendars,
                     g_strdup_printf ("%s%s*-%s-%s %s:%s:00", bits[4] != 0x7f ? weekdays : "",
                                      bits[4] != 0x7f ? " " : "", month, day, hour, minute));
  else
    {
      g_ptr_array_add (calendars, g_strdup_printf ("*-%s-%s %s:%s:00", month, day, hour, minute));
      g_ptr_array_add (calendars,
                       g_strdup_printf ("%s *-%s-* %s:%s:00", weekdays, month, hour, minute));
    }

  return g_steal_pointer (&calendars);
}

/**
 * runnel_schedule_is_cron:
 * @cron: a text
 *
 * Returns: whether it is a line of cron
 */
gboolean
runnel_schedule_is_cron (const char *cron)
{
  g_autoptr(GPtrArray) calendars = runnel_schedule_get_calendars (cron);

  return calendars != NULL;
}

/**
 * runnel_schedule_list:
 * @flow: a pipeline
 *
 * Returns: (transfer full) (element-type utf8): the lines of cron of its triggers of kind
 * `schedule`
 */
GPtrArray *
runnel_schedule_list (const RunnelFlow *flow)
{
  GPtrArray *lines = g_ptr_array_new ();

  g_return_val_if_fail (flow != NULL, lines);

  for (guint i = 0; flow->triggers != NULL && i < json_array_get_length (flow->triggers); i++)
    {
      JsonNode *node = json_array_get_element (flow->triggers, i);
      JsonObject *trigger = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *kind = NULL;
      const char *cron = NULL;

      if (trigger != NULL)
        {
          kind = json_object_get_string_member_with_default (trigger, "kind", NULL);
          cron = json_object_get_string_member_with_default (trigger, "cron", NULL);
        }
      if (g_strcmp0 (kind, "schedule") == 0 && cron != NULL)
        g_ptr_array_add (lines, (gpointer) cron);
    }

  return lines;
}
