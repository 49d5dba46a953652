/* runnel-airflow-python.c: constants and names of Python
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-airflow-private.h"

#include <string.h>

/* Keywords, and what the file itself defines or imports. */
static const char *const reserved[] = { "False",
                                        "None",
                                        "True",
                                        "and",
                                        "as",
                                        "assert",
                                        "async",
                                        "await",
                                        "break",
                                        "class",
                                        "continue",
                                        "def",
                                        "del",
                                        "elif",
                                        "else",
                                        "except",
                                        "finally",
                                        "for",
                                        "from",
                                        "global",
                                        "if",
                                        "import",
                                        "in",
                                        "is",
                                        "lambda",
                                        "nonlocal",
                                        "not",
                                        "or",
                                        "pass",
                                        "raise",
                                        "return",
                                        "try",
                                        "while",
                                        "with",
                                        "yield",
                                        "json",
                                        "os",
                                        "datetime",
                                        "timedelta",
                                        "Path",
                                        "DAG",
                                        "Param",
                                        "ENV",
                                        "FOLDER",
                                        "OUTPUTS",
                                        "BashOperator",
                                        "EmptyOperator",
                                        "PythonOperator",
                                        "ApprovalOperator",
                                        "TriggerDagRunOperator",
                                        "dag",
                                        "check_outcome",
                                        "AirflowException",
                                        "bool",
                                        "dict",
                                        "filter",
                                        "float",
                                        "format",
                                        "id",
                                        "input",
                                        "int",
                                        "iter",
                                        "len",
                                        "list",
                                        "map",
                                        "max",
                                        "min",
                                        "next",
                                        "object",
                                        "open",
                                        "print",
                                        "range",
                                        "set",
                                        "sorted",
                                        "sum",
                                        "type",
                                        "zip",
                                        "str",
                                        NULL };

/* Escapes that Python's texts in double quotes know. */
static void
append_escaped (GString *out, const char *text, gboolean keep_lines)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '\n' && keep_lines)
        g_string_append_c (out, *p);
      else if (*p == '\n')
        g_string_append (out, "\\n");
      else if (*p == '\t')
        g_string_append (out, "\\t");
      else if (*p == '\\' || (*p == '"' && (!keep_lines || p[1] == '"' || p[1] == '\0')))
        g_string_append_printf (out, "\\%c", *p);
      else if ((guchar) *p < 0x20 || *p == 0x7f)
        g_string_append_printf (out, "\\x%02x", (guint) *p);
      else
        g_string_append_c (out, *p);
    }
}

/* A text of Python on one line. */
char *
_runnel_airflow_quote (const char *text)
{
  g_autoptr(GString) out = g_string_new ("\"");

  append_escaped (out, text, FALSE);

  return g_string_free (g_string_append_c (g_steal_pointer (&out), '"'), FALSE);
}

/* A text of Python with its lines as lines. */
char *
_runnel_airflow_quote_lines (const char *text)
{
  g_autoptr(GString) out = g_string_new ("\"\"\"\\\n");

  append_escaped (out, text, TRUE);

  return g_string_free (g_string_append (g_steal_pointer (&out), "\"\"\""), FALSE);
}

/* The Python name for the task of `id`; the same for the same id. */
const char *
_runnel_airflow_get_variable (RunnelAirflow *self, const char *id)
{
  const char *known = g_hash_table_lookup (self->variables, id);
  g_autofree char *stem = NULL;
  char *name;

  if (known != NULL)
    return known;

  stem = g_strdelimit (g_strdup (id), "-.", '_');
  if (g_ascii_isdigit (*stem))
    {
      g_autofree char *digits = g_steal_pointer (&stem);

      stem = g_strconcat ("_", digits, NULL);
    }
  name = g_strdup (stem);
  for (guint i = 2; g_strv_contains (reserved, name) || g_hash_table_contains (self->taken, name);
       i++)
    {
      g_free (name);
      name = g_strdup_printf ("%s_%u", stem, i);
    }
  g_hash_table_insert (self->variables, g_strdup (id), name);
  g_hash_table_add (self->taken, name);

  return name;
}

/* Each line of `comment` as a comment of Python. */
void
_runnel_airflow_add_comment (GString *text, const char *indent, const char *comment)
{
  g_auto(GStrv) lines = g_strsplit (comment, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    g_string_append_printf (text, "%s# %s\n", indent, lines[i]);
}
