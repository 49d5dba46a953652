/* runnel-shape.c: what JSON a value may be, as data
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "model/runnel-duration.h"
#include "model/runnel-json-read.h"
#include "model/runnel-json-write.h"
#include "model/runnel-shape.h"
#include "model/runnel-size.h"
#include "util/runnel-nearest.h"

#define LONGEST_ID 100
#define LONGEST_STEM 80 /* of an id that is made, so that a number still fits behind it */

/* What a check carries down into a value. */
typedef struct
{
  GString *path;
  const char *step;
  RunnelDiagnostics *diagnostics;
} Check;

static void check_value (Check             *check,
                         const RunnelShape *shape,
                         RunnelJsonSlice    value);

static const char *const type_names[] = {
  [RUNNEL_JSON_NULL] = "null",
  [RUNNEL_JSON_BOOLEAN] = "a boolean",
  [RUNNEL_JSON_INTEGER] = "a number",
  [RUNNEL_JSON_DOUBLE] = "a number",
  [RUNNEL_JSON_STRING] = "a text",
  [RUNNEL_JSON_ARRAY] = "an array",
  [RUNNEL_JSON_OBJECT] = "an object",
};

static void
report (Check      *check,
        const char *message,
        const char *suggestion)
{
  runnel_diagnostics_add (check->diagnostics, RUNNEL_SEVERITY_ERROR, check->path->str,
                          check->step, suggestion, "%s", message);
}

/* The last part of the path names the value; the whole of it goes with the finding. */
static const char *
get_subject (Check *check)
{
  const char *point = strrchr (check->path->str, '.');

  return point != NULL ? point + 1 : check->path->str;
}

static void
report_type (Check             *check,
             const RunnelShape *shape,
             RunnelJsonSlice    value)
{
  g_autofree char *message = NULL;

  message = g_strdup_printf ("“%s” must be %s, not %s", get_subject (check), shape->noun,
                             type_names[runnel_json_slice_get_type (value)]);
  report (check, message, NULL);
}

static void
report_choice (Check             *check,
               const RunnelShape *shape,
               const char        *text)
{
  RunnelNearest search = { .word = text };
  g_autofree char *message = NULL, *suggestion = NULL, *list = NULL;

  for (guint i = 0; shape->choices[i] != NULL; i++)
    runnel_nearest_consider (&search, shape->choices[i]);

  list = g_strjoinv (", ", (char **) shape->choices);
  message = g_strdup_printf ("“%s” is none of: %s", text, list);
  suggestion = runnel_nearest_suggest (&search);
  report (check, message, suggestion);
}

static void
check_duration (Check      *check,
                const char *text)
{
  g_autoptr(GError) error = NULL;

  if (!runnel_duration_parse (text, NULL, &error))
    report (check, error->message, NULL);
}

static void
check_size (Check      *check,
            const char *text)
{
  g_autoptr(GError) error = NULL;

  if (!runnel_size_parse (text, NULL, &error))
    report (check, error->message, NULL);
}

static void
check_id (Check      *check,
          const char *text)
{
  g_autofree char *message = NULL;

  if (runnel_id_is_valid (text))
    return;

  message = g_strdup_printf ("“%s” is not an id", text);
  report (check, message, "an id starts with a letter or _, goes on with letters, digits, _ and -, "
                          "and has at most 100 characters");
}

static void
check_string (Check             *check,
              const RunnelShape *shape,
              RunnelJsonSlice    value)
{
  g_autofree char *text = NULL;

  if (shape->types & RUNNEL_SHAPE_STRING)
    return;

  text = runnel_json_slice_dup_text (value);
  if ((shape->types & RUNNEL_SHAPE_EXPRESSION) && strstr (text, "${{") != NULL)
    return;

  if ((shape->types & RUNNEL_SHAPE_CHOICE) && g_strv_contains (shape->choices, text))
    return;

  if (shape->types & RUNNEL_SHAPE_DURATION)
    check_duration (check, text);
  else if (shape->types & RUNNEL_SHAPE_SIZE)
    check_size (check, text);
  else if (shape->types & RUNNEL_SHAPE_ID)
    check_id (check, text);
  else if (shape->types & RUNNEL_SHAPE_CHOICE)
    report_choice (check, shape, text);
  else
    report_type (check, shape, value);
}

/* A number where a duration is wanted is the most common slip; say what to write. */
static void
report_number (Check             *check,
               const RunnelShape *shape,
               RunnelJsonSlice    value)
{
  g_autofree char *message = NULL, *suggestion = NULL;

  if (!(shape->types & RUNNEL_SHAPE_DURATION) || !runnel_json_slice_holds (value, RUNNEL_JSON_INTEGER))
    {
      report_type (check, shape, value);
      return;
    }

  message = g_strdup_printf ("“%s” must be %s, not a bare number", get_subject (check), shape->noun);
  suggestion = g_strdup_printf ("write \"%" G_GINT64_FORMAT "s\" for seconds", runnel_json_slice_get_int (value));
  report (check, message, suggestion);
}

static void
check_number (Check             *check,
              const RunnelShape *shape,
              RunnelJsonSlice    value)
{
  gboolean whole = runnel_json_slice_holds (value, RUNNEL_JSON_INTEGER);
  g_autofree char *message = NULL;
  double number;

  if (!(shape->types & RUNNEL_SHAPE_NUMBER) && !(whole && (shape->types & RUNNEL_SHAPE_INTEGER)))
    {
      report_number (check, shape, value);
      return;
    }

  number = runnel_json_slice_get_double (value);
  if (!shape->has_range || (number >= shape->minimum && number <= shape->maximum))
    return;

  message = g_strdup_printf ("“%s” must be from %.10g to %.10g", get_subject (check), shape->minimum, shape->maximum);
  report (check, message, NULL);
}

static void
check_required (Check             *check,
                const RunnelShape *shape,
                RunnelJsonSlice    object)
{
  for (const RunnelKey *key = shape->keys; key->name != NULL; key++)
    if (key->required && runnel_json_slice_get_member (object, key->name).at == NULL)
      runnel_diagnostics_add (check->diagnostics, RUNNEL_SEVERITY_ERROR, check->path->str, check->step,
                              NULL, "“%s” is missing: %s", key->name, key->description);
}

static void
check_member (Check             *check,
              const RunnelShape *shape,
              const char        *name,
              RunnelJsonSlice    value)
{
  const RunnelKey *key = shape->keys != NULL ? runnel_shape_find_key (shape, name) : NULL;
  gsize length = check->path->len;

  runnel_json_path_append_key (check->path, name);
  if (key != NULL)
    check_value (check, key->shape, value);
  else if (shape->types & RUNNEL_SHAPE_MAP)
    check_value (check, shape->values, value);
  else
    runnel_shape_report_unknown (shape, name, check->path->str, check->step, check->diagnostics);
  g_string_truncate (check->path, length);
}

static void
check_object (Check             *check,
              const RunnelShape *shape,
              RunnelJsonSlice    object)
{
  RunnelJsonSlice key, value;
  RunnelJsonIter iter;

  runnel_json_iter_init (&iter, object);
  while (runnel_json_iter_next (&iter, &key, &value))
    {
      g_autofree char *name = runnel_json_slice_dup_text (key);

      check_member (check, shape, name, value);
    }

  if (shape->keys != NULL)
    check_required (check, shape, object);
}

static void
check_array (Check             *check,
             const RunnelShape *shape,
             RunnelJsonSlice    array)
{
  gsize length = check->path->len;
  RunnelJsonSlice value;
  RunnelJsonIter iter;

  runnel_json_iter_init (&iter, array);
  for (guint i = 0; runnel_json_iter_next (&iter, NULL, &value); i++)
    {
      g_string_append_printf (check->path, "[%u]", i);
      check_value (check, shape->values, value);
      g_string_truncate (check->path, length);
    }
}

static void
check_value (Check             *check,
             const RunnelShape *shape,
             RunnelJsonSlice    value)
{
  RunnelJsonType type;

  if (shape->types & RUNNEL_SHAPE_ANY)
    return;

  type = runnel_json_slice_get_type (value);
  if (type == RUNNEL_JSON_STRING)
    check_string (check, shape, value);
  else if (type == RUNNEL_JSON_INTEGER || type == RUNNEL_JSON_DOUBLE)
    check_number (check, shape, value);
  else if (type == RUNNEL_JSON_BOOLEAN && (shape->types & RUNNEL_SHAPE_BOOLEAN))
    return;
  else if (type == RUNNEL_JSON_OBJECT && (shape->types & (RUNNEL_SHAPE_OBJECT | RUNNEL_SHAPE_MAP)))
    check_object (check, shape, value);
  else if (type == RUNNEL_JSON_ARRAY && (shape->types & RUNNEL_SHAPE_ARRAY))
    check_array (check, shape, value);
  else
    report_type (check, shape, value);
}

/**
 * runnel_id_is_valid:
 * @text: what is to be an id
 *
 * Returns: whether @text may name a step, a parameter or a group: a letter or
 *   `_`, then up to 99 letters, digits, `_` and `-`
 */
gboolean
runnel_id_is_valid (const char *text)
{
  const char *p = text;

  g_return_val_if_fail (text != NULL, FALSE);

  if (!g_ascii_isalpha (*p) && *p != '_')
    return FALSE;
  while (g_ascii_isalnum (*p) || *p == '_' || *p == '-')
    p++;

  return *p == '\0' && p - text <= LONGEST_ID;
}

/**
 * runnel_id_from_text:
 * @text: what the id should be like, such as a title
 *
 * Returns: (transfer full): a valid id: the letters and digits of @text, everything else turned into single dashes
 */
char *
runnel_id_from_text (const char *text)
{
  g_autoptr(GString) id = g_string_new (NULL);

  g_return_val_if_fail (text != NULL, NULL);

  for (const char *p = text; *p != '\0' && id->len < LONGEST_STEM; p++)
    {
      if (g_ascii_isalnum (*p) || *p == '_')
        g_string_append_c (id, *p);
      else if (id->len > 0 && id->str[id->len - 1] != '-')
        g_string_append_c (id, '-');
    }
  while (id->len > 0 && id->str[id->len - 1] == '-')
    g_string_truncate (id, id->len - 1);

  if (!g_ascii_isalpha (*id->str) && *id->str != '_')
    g_string_prepend (id, id->len > 0 ? "step-" : "step");

  return g_strdup (id->str);
}

/**
 * runnel_shape_find_key:
 * @self: the shape of an object
 * @name: a key
 *
 * Returns: (nullable) (transfer none): what is known of the key
 */
const RunnelKey *
runnel_shape_find_key (const RunnelShape *self,
                       const char        *name)
{
  for (const RunnelKey *key = self->keys; key->name != NULL; key++)
    if (strcmp (key->name, name) == 0)
      return key;

  return NULL;
}

/**
 * runnel_shape_report_unknown:
 * @self: the shape of an object
 * @name: a key of the object that is not in the shape
 * @path: JSON path of its value
 * @step: (nullable): id of the step it belongs to
 * @diagnostics: where findings go
 *
 * Warns of a key that has no effect, most likely a slip.
 */
void
runnel_shape_report_unknown (const RunnelShape *self,
                             const char        *name,
                             const char        *path,
                             const char        *step,
                             RunnelDiagnostics *diagnostics)
{
  RunnelNearest search = { .word = name };
  g_autofree char *suggestion = NULL;

  for (const RunnelKey *key = self->keys; key->name != NULL; key++)
    runnel_nearest_consider (&search, key->name);

  suggestion = runnel_nearest_suggest (&search);
  runnel_diagnostics_add (diagnostics, RUNNEL_SEVERITY_WARNING, path, step, suggestion,
                          "“%s” is not a known key; it is kept and has no effect", name);
}

/**
 * runnel_shape_check_slice:
 * @self: what the value should be
 * @value: a value
 * @path: its JSON path; unchanged on return
 * @step: (nullable): id of the step it belongs to
 * @diagnostics: where findings go
 *
 * Reports every place in @value that is not of the shape: wrong types, bad
 * durations, ids and choices, missing keys; and as warnings unknown keys.
 */
void
runnel_shape_check_slice (const RunnelShape *self,
                          RunnelJsonSlice    value,
                          GString           *path,
                          const char        *step,
                          RunnelDiagnostics *diagnostics)
{
  Check check = { path, step, diagnostics };

  check_value (&check, self, value);
}

/**
 * runnel_shape_check:
 * @self: what the value should be
 * @value: a value
 * @path: its JSON path; unchanged on return
 * @step: (nullable): id of the step it belongs to
 * @diagnostics: where findings go
 *
 * Does what runnel_shape_check_slice() does, to a value that is a tree.
 */
void
runnel_shape_check (const RunnelShape *self,
                    JsonNode          *value,
                    GString           *path,
                    const char        *step,
                    RunnelDiagnostics *diagnostics)
{
  g_autoptr(GString) text = g_string_new (NULL);

  runnel_json_write_compact (text, value);
  runnel_shape_check_slice (self, runnel_json_slice_new (text->str, text->len), path, step, diagnostics);
}
