/* runnel-find.c: where in a pipeline something stands
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All texts and numbers of a step are looked through, line by line, and those names that people
 * choose, such as environment variables. Names of the format are not: everybody who looks for "run"
 * would find every script. Neither is `needs`: who looks for a step wants the step, not its
 * neighbours.
 */
#include "config.h"

#include <string.h>

#include "find/runnel-find.h"
#include "model/runnel-json-slice.h"

#define CONTEXT 60 /* bytes of a long line shown before and behind the place */

typedef struct
{
  RunnelPattern *pattern;
  RunnelStep *step;
  RunnelFoundFunc func;
  gpointer user_data;
  GString *path;
} Search;

static gboolean search_value (Search          *self,
                              RunnelJsonSlice  value,
                              gboolean         has_own_names);

static const char *
find_char_start (const char *from,
                 const char *p)
{
  while (p > from && ((guchar) *p & 0xc0) == 0x80)
    p--;
  return p;
}

/* Tells of a place in a line, with what stands around it. */
static gboolean
tell (Search     *self,
      const char *line,
      gsize       length,
      guint       start,
      guint       end)
{
  const char *from = start > CONTEXT ? find_char_start (line, line + start - CONTEXT) : line;
  const char *to = end + CONTEXT < length ? find_char_start (line, line + end + CONTEXT)
                                          : line + length;
  g_autofree char *text = NULL;
  RunnelFound found = { .step = self->step, .path = self->path->str };

  while (from < line + start && g_ascii_isspace (*from))
    from++;
  while (to > line + end && g_ascii_isspace (to[-1]))
    to--;
  text = g_strndup (from, to - from);
  found.text = text;
  found.start = (guint) (line + start - from);
  found.end = (guint) (line + end - from);
  return self->func (&found, self->user_data);
}

/* Returns: whether to go on */
static gboolean
search_text (Search     *self,
             const char *text)
{
  for (const char *line = text;;)
    {
      const char *newline = strchr (line, '\n');
      const char *end = newline ? newline : line + strlen (line);
      guint from, to;

      if (runnel_pattern_match (self->pattern, line, end - line, &from, &to)
          && !tell (self, line, end - line, from, to))
        return FALSE;
      if (*end == '\0')
        return TRUE;
      line = end + 1;
    }
}

static gboolean
search_string (Search          *self,
               RunnelJsonSlice  string)
{
  g_autofree char *text = runnel_json_slice_dup_text (string);

  return search_text (self, text);
}

static gboolean
search_number (Search          *self,
               RunnelJsonSlice  number)
{
  g_autofree char *text = g_strndup (number.at, number.length);

  return search_text (self, text);
}

/* Members whose own members have names that people choose. */
static gboolean
has_own_names (const char *key)
{
  static const char *const keys[] = { "env", "matrix", "outputs", "parameters", "params", "headers",
                                      "pools", "query", "inputs", NULL };

  return g_strv_contains (keys, key);
}

static gboolean
search_member (Search          *self,
               RunnelJsonSlice  key_slice,
               RunnelJsonSlice  value,
               gboolean         is_own_name)
{
  g_autofree char *key = runnel_json_slice_dup_text (key_slice);
  gsize length = self->path->len;
  gboolean goes_on;

  if (length == 0 && (g_str_equal (key, "needs") || g_str_equal (key, "steps")
                      || g_str_equal (key, "layout") || g_str_equal (key, "$schema")
                      || g_str_equal (key, "format")))
    return TRUE;

  if (length > 0)
    g_string_append_c (self->path, '.');
  g_string_append (self->path, key);
  goes_on = (!is_own_name || search_text (self, key))
            && search_value (self, value, has_own_names (key));
  g_string_truncate (self->path, length);
  return goes_on;
}

static gboolean
search_element (Search          *self,
                guint            index,
                RunnelJsonSlice  value)
{
  gsize length = self->path->len;
  gboolean goes_on;

  g_string_append_printf (self->path, "[%u]", index);
  goes_on = search_value (self, value, FALSE);
  g_string_truncate (self->path, length);
  return goes_on;
}

static gboolean
search_children (Search          *self,
                 RunnelJsonSlice  container,
                 gboolean         are_own_names)
{
  RunnelJsonSlice key, value;
  RunnelJsonIter iter;
  guint index = 0;
  gboolean is_object = runnel_json_slice_holds (container, RUNNEL_JSON_OBJECT);

  runnel_json_iter_init (&iter, container);
  while (runnel_json_iter_next (&iter, &key, &value))
    if (!(is_object ? search_member (self, key, value, are_own_names)
                    : search_element (self, index++, value)))
      return FALSE;
  return TRUE;
}

/* Returns: whether to go on */
static gboolean
search_value (Search          *self,
              RunnelJsonSlice  value,
              gboolean         are_own_names)
{
  switch (runnel_json_slice_get_type (value))
    {
    case RUNNEL_JSON_STRING:
      return search_string (self, value);
    case RUNNEL_JSON_INTEGER:
    case RUNNEL_JSON_DOUBLE:
    case RUNNEL_JSON_BOOLEAN:
      return search_number (self, value);
    case RUNNEL_JSON_ARRAY:
    case RUNNEL_JSON_OBJECT:
      return search_children (self, value, are_own_names);
    case RUNNEL_JSON_NULL:
    default:
      return TRUE;
    }
}

/* Returns: whether to go on */
static gboolean
search_slice (RunnelPattern   *pattern,
              RunnelStep      *step,
              const char      *key,
              RunnelJsonSlice  value,
              RunnelFoundFunc  func,
              gpointer         user_data)
{
  Search self = { pattern, step, func, user_data, NULL };
  gboolean goes_on;

  if (!runnel_pattern_may_match (pattern, value.at, value.length))
    return TRUE;

  self.path = g_string_new (key);
  goes_on = search_value (&self, value, key && has_own_names (key));
  g_string_free (self.path, TRUE);
  return goes_on;
}

/**
 * runnel_find_in_step:
 * @pattern: what is looked for
 * @step: a step
 * @func: called for each line in which the pattern is, at its first place in the line
 * @user_data: for @func
 *
 * May be called in any thread.
 *
 * Returns: whether @func always wanted to go on
 */
gboolean
runnel_find_in_step (RunnelPattern   *pattern,
                     RunnelStep      *step,
                     RunnelFoundFunc  func,
                     gpointer         user_data)
{
  g_return_val_if_fail (pattern && step && func, TRUE);

  return search_slice (pattern, step, NULL, step->source, func, user_data);
}

/**
 * runnel_find_in_members:
 * @pattern: what is looked for
 * @pipeline: a pipeline
 * @func: as of runnel_find_in_step()
 * @user_data: for @func
 *
 * Looks through what a pipeline has beside its steps: name, description, parameters, hooks, notes
 * and so on.
 *
 * Returns: whether @func always wanted to go on
 */
gboolean
runnel_find_in_members (RunnelPattern   *pattern,
                        RunnelPipeline  *pipeline,
                        RunnelFoundFunc  func,
                        gpointer         user_data)
{
  static const char *const keys[] = { "name", "description", "labels", "parameters", "env",
                                      "secrets", "defaults", "concurrency", "pools", "triggers", "on-failure",
                                      "hooks", "groups", "notes" };

  g_return_val_if_fail (pattern && func, TRUE);
  g_return_val_if_fail (RUNNEL_IS_PIPELINE (pipeline), TRUE);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      JsonNode *node = runnel_pipeline_get_member (pipeline, keys[i]);
      g_autofree char *json = node ? json_to_string (node, FALSE) : NULL;

      if (json
          && !search_slice (pattern, NULL, keys[i], runnel_json_slice_new (json, strlen (json)),
                            func, user_data))
        return FALSE;
    }
  return TRUE;
}

/**
 * runnel_find_in_pipeline:
 * @pattern: what is looked for
 * @pipeline: a pipeline
 * @func: as of runnel_find_in_step()
 * @user_data: for @func
 *
 * Looks through all of a pipeline, its steps last, in their order in the file.
 *
 * Returns: whether @func always wanted to go on
 */
gboolean
runnel_find_in_pipeline (RunnelPattern   *pattern,
                         RunnelPipeline  *pipeline,
                         RunnelFoundFunc  func,
                         gpointer         user_data)
{
  guint n_steps;

  g_return_val_if_fail (RUNNEL_IS_PIPELINE (pipeline), TRUE);

  if (!runnel_find_in_members (pattern, pipeline, func, user_data))
    return FALSE;
  n_steps = runnel_pipeline_get_n_steps (pipeline);
  for (guint i = 0; i < n_steps; i++)
    if (!runnel_find_in_step (pattern, runnel_pipeline_get_step (pipeline, i), func, user_data))
      return FALSE;
  return TRUE;
}
