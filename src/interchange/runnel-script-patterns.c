/* runnel-script-patterns.c: patterns of files as a program of awk
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rules are those of runnel-glob.c: later patterns win, `!` takes files out, `*` and `?` do not
 * cross a slash, `**` stands for any number of folders, and a folder for all that is in it.
 */
#include "config.h"

#include "interchange/runnel-script.h"

#include <string.h>

/* A class such as [a-z] or [!a]; moves past it. FALSE when it is not closed. */
static gboolean
append_class (GString     *expression,
              const char **cursor)
{
  const char *start = *cursor + 1;
  gboolean negated = *start == '!' || *start == '^';
  const char *end = *start != '\0' ? strchr (start + negated + 1, ']') : NULL;

  if (end == NULL)
    return FALSE;
  g_string_append_printf (expression, "[%s%.*s]", negated ? "^" : "", (int) (end - start - negated),
                          start + negated);
  *cursor = end;

  return TRUE;
}

static void
append_segment (GString    *expression,
                const char *segment)
{
  for (const char *c = segment; *c != '\0'; c++)
    {
      if (*c == '*')
        g_string_append (expression, "[^\\/]*");
      else if (*c == '?')
        g_string_append (expression, "[^\\/]");
      else if (*c == '[' && append_class (expression, &c))
        continue;
      else if (*c == '\'')
        g_string_append (expression, "\\047");
      else if (g_ascii_isalnum (*c) || (guchar) *c >= 0x80 || strchr ("_-~,=@% ", *c) != NULL)
        g_string_append_c (expression, *c);
      else
        g_string_append_printf (expression, "\\%c", *c);
    }
}

/* A regular expression for the paths, which begin with "./". */
static char *
say_pattern (const char *pattern)
{
  g_auto(GStrv) segments = g_strsplit (pattern, "/", -1);
  g_autoptr(GString) expression = g_string_new ("^\\.");

  for (guint i = 0; segments[i] != NULL; i++)
    {
      if (*segments[i] == '\0' || g_str_equal (segments[i], "."))
        continue;
      if (g_str_equal (segments[i], "**"))
        {
          g_string_append (expression, "(\\/[^\\/]+)*");
          continue;
        }
      g_string_append (expression, "\\/");
      append_segment (expression, segments[i]);
    }
  g_string_append (expression, "(\\/.*)?$");

  return g_string_free (g_steal_pointer (&expression), FALSE);
}

/* A program that prints those of the paths it reads which the patterns name; NULL when a pattern is
 * only known while running. */
char *
_runnel_script_say_patterns (GPtrArray *patterns)
{
  g_autoptr(GString) program = g_string_new ("{ keep = 0 } ");

  for (guint i = 0; i < patterns->len; i++)
    {
      const char *pattern = g_ptr_array_index (patterns, i);
      gboolean excludes = *pattern == '!';
      g_autofree char *expression = say_pattern (pattern + excludes);

      if (strstr (pattern, "${{") != NULL)
        return NULL;
      g_string_append_printf (program, "/%s/ { keep = %d } ", expression, !excludes);
    }
  g_string_append (program, "keep");

  return g_string_free (g_steal_pointer (&program), FALSE);
}
