/* runnel-validate-kind.c: whether a step has the fields its kind wants
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "model/runnel-json-read.h"
#include "model/runnel-shape.h"
#include "util/runnel-nearest.h"
#include "model/runnel-validate-private.h"

typedef struct
{
  const RunnelKind *kind;
  GString *path;
  const char *step;
  RunnelDiagnostics *diagnostics;
} Check;

static void
report_unknown_kind (const char        *name,
                     const char        *path,
                     const char        *step,
                     RunnelDiagnostics *diagnostics)
{
  RunnelNearest search = { .word = name };
  g_autofree char *suggestion = NULL;
  const RunnelKind **kinds;
  guint n_kinds;

  kinds = runnel_kind_list (&n_kinds);
  for (guint i = 0; i < n_kinds; i++)
    runnel_nearest_consider (&search, kinds[i]->name);

  suggestion = runnel_nearest_suggest (&search);
  runnel_diagnostics_add (diagnostics, RUNNEL_SEVERITY_ERROR, path, step, suggestion,
                          "there is no kind of step called “%s”", name);
}

static void
report_unknown_field (Check      *check,
                      const char *name)
{
  RunnelNearest search = { .word = name };
  g_autofree char *suggestion = NULL;

  for (const RunnelField *field = check->kind->fields; field->name != NULL; field++)
    runnel_nearest_consider (&search, field->name);

  suggestion = runnel_nearest_suggest (&search);
  runnel_diagnostics_add (check->diagnostics, RUNNEL_SEVERITY_WARNING, check->path->str, check->step, suggestion,
                          "“%s” is not a field of %s; it is kept and has no effect", name, check->kind->name);
}

/* A name for the variable: the last word of the expression, "steps.build.outputs.version" -> VERSION. */
static char *
make_variable (const char *expression,
               const char *end)
{
  const char *stop = end, *start;

  while (stop > expression && !g_ascii_isalnum (stop[-1]))
    stop--;
  for (start = stop; start > expression && (g_ascii_isalnum (start[-1]) || start[-1] == '_' || start[-1] == '-'); )
    start--;
  if (start == stop || g_ascii_isdigit (*start))
    return g_strdup ("VALUE");

  return g_strdelimit (g_ascii_strup (start, stop - start), "-", '_');
}

/* A value spliced into the text of a program is a door for whoever chooses the value. */
static void
report_expression (Check      *check,
                   const char *field,
                   const char *expression)
{
  const char *end = strstr (expression, "}}");
  g_autofree char *whole = NULL, *variable = NULL, *suggestion = NULL;

  end = end != NULL ? end + 2 : expression + strlen (expression);
  whole = g_strndup (expression, MIN (end - expression, 200));
  variable = make_variable (expression, end);
  suggestion = g_strdup_printf ("add \"env\": {\"%s\": \"%s\"} to the step, and write \"$%s\" here",
                                variable, whole, variable);
  runnel_diagnostics_add (check->diagnostics, RUNNEL_SEVERITY_ERROR, check->path->str, check->step, suggestion,
                          "“%s” takes no expressions, because their values would be read as part of the program",
                          field);
}

static void
check_no_expressions (Check           *check,
                      const char      *field,
                      RunnelJsonSlice  value)
{
  gsize length = check->path->len;
  g_autofree char *text = NULL;
  const char *expression;
  RunnelJsonSlice element;
  RunnelJsonIter iter;

  if (runnel_json_slice_holds (value, RUNNEL_JSON_ARRAY))
    {
      runnel_json_iter_init (&iter, value);
      for (guint i = 0; runnel_json_iter_next (&iter, NULL, &element); i++)
        {
          g_string_append_printf (check->path, "[%u]", i);
          check_no_expressions (check, field, element);
          g_string_truncate (check->path, length);
        }
      return;
    }

  text = runnel_json_slice_dup_text (value);
  expression = text != NULL ? strstr (text, "${{") : NULL;
  if (expression != NULL)
    report_expression (check, field, expression);
}

static gboolean
is_empty (RunnelJsonSlice value)
{
  if (runnel_json_slice_holds (value, RUNNEL_JSON_ARRAY))
    return runnel_json_slice_count (value) == 0;

  return runnel_json_slice_has_text (value, "");
}

static void
check_required (Check           *check,
                RunnelJsonSlice  with)
{
  for (const RunnelField *field = check->kind->fields; field->name != NULL; field++)
    {
      RunnelJsonSlice value = { NULL, 0 };

      if (!(field->flags & RUNNEL_FIELD_REQUIRED))
        continue;
      if (with.at != NULL)
        value = runnel_json_slice_get_member (with, field->name);
      if (value.at != NULL && !is_empty (value))
        continue;

      runnel_diagnostics_add (check->diagnostics, RUNNEL_SEVERITY_ERROR, check->path->str, check->step, NULL,
                              value.at != NULL ? "the field “%s” of %s is empty: %s"
                                            : "the field “%s” of %s is missing: %s",
                              field->name, check->kind->name,
                              field->description != NULL ? field->description : field->name);
    }
}

static void
check_field (Check           *check,
             const char      *name,
             RunnelJsonSlice  value)
{
  const RunnelField *field = runnel_kind_find_field (check->kind, name);
  RunnelShape shape;

  if (field == NULL)
    {
      report_unknown_field (check, name);
      return;
    }

  shape = runnel_shape_of_field (field);
  runnel_shape_check_slice (&shape, value, check->path, check->step, check->diagnostics);
  if (field->flags & RUNNEL_FIELD_NO_EXPRESSIONS)
    check_no_expressions (check, name, value);
}

static void
check_with (Check           *check,
            RunnelJsonSlice  with)
{
  RunnelJsonSlice key, value;
  RunnelJsonIter iter;
  gsize length;

  if (with.at == NULL)
    {
      check_required (check, with);
      return;
    }
  if (!runnel_json_slice_holds (with, RUNNEL_JSON_OBJECT))
    return;

  runnel_json_path_append_key (check->path, "with");
  length = check->path->len;
  check_required (check, with);

  runnel_json_iter_init (&iter, with);
  while (runnel_json_iter_next (&iter, &key, &value))
    {
      g_autofree char *name = runnel_json_slice_dup_text (key);

      runnel_json_path_append_key (check->path, name);
      check_field (check, name, value);
      g_string_truncate (check->path, length);
    }
}

/* Checks `kind` and `with` of a step, or of the body of its `undo`. */
void
_runnel_validate_kind (RunnelJsonSlice    body,
                       const char        *path,
                       const char        *step,
                       RunnelDiagnostics *diagnostics)
{
  g_autofree char *name = runnel_json_slice_dup_text (runnel_json_slice_get_member (body, "kind"));
  g_autoptr(GString) buffer = g_string_new (path);
  Check check = { NULL, buffer, step, diagnostics };

  if (name == NULL)
    return;

  check.kind = runnel_kind_lookup (name);
  if (check.kind == NULL)
    {
      runnel_json_path_append_key (buffer, "kind");
      report_unknown_kind (name, buffer->str, step, diagnostics);
      return;
    }

  check_with (&check, runnel_json_slice_get_member (body, "with"));
}
