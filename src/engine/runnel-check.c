/* runnel-check.c: finds what would go wrong in a run before it is started
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "engine/limits/runnel-check-pools.h"
#include "engine/runnel-check.h"
#include "engine/runnel-matrix.h"
#include "expr/runnel-expr.h"
#include "model/runnel-hooks.h"
#include "model/runnel-json-read.h"
#include "util/runnel-nearest.h"

/* A walk along all texts of a pipeline that may hold expressions. */
typedef struct
{
  RunnelPipeline *pipeline;
  RunnelDiagnostics *diagnostics;
  RunnelStep *step; /* NULL = the pipeline itself */
  guint index;      /* of `step` */
  JsonNode *matrix; /* what `matrix` in the text refers to, or NULL */
  GString *path;    /* JSON path of the text */
  gboolean takes_secrets; /* what the text becomes is shown to nobody */
  gboolean on_attempt;   /* the text is about an attempt, or an undo: steps.self is there */
  gboolean in_defaults;  /* the text is used in every step */
  gboolean before_steps; /* the text is used before the first step */
  gboolean after_steps;  /* the text is used when every step is over */
} Check;

static void report (Check *self,
                    RunnelSeverity severity,
                    const char *suggestion,
                    const char *format,
                    ...) G_GNUC_PRINTF (4, 5);

static void
report (Check *self, RunnelSeverity severity, const char *suggestion, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  runnel_diagnostics_add (self->diagnostics, severity, self->path->str,
                          self->step ? self->step->id : NULL, suggestion, "%s", message);
}

/* Names: expressions find them exactly, or else without regard to case. */

static void
report_unknown (Check *self, const char *what, const char *name, GPtrArray *known)
{
  g_autofree char *suggestion = NULL;
  const char *nearest;

  g_ptr_array_add (known, NULL);
  nearest = runnel_nearest (name, (const char *const *) known->pdata);
  if (nearest != NULL)
    suggestion = g_strdup_printf ("did you mean \"%s\"?", nearest);
  report (self, RUNNEL_SEVERITY_ERROR, suggestion, "the pipeline has no %s \"%s\"", what, name);
}

static void
check_parameter (Check *self, const char *name)
{
  g_autoptr(GPtrArray) known = g_ptr_array_new ();
  const RunnelParameter *parameters;
  guint n;

  parameters = runnel_pipeline_get_parameters (self->pipeline, &n);
  for (guint i = 0; i < n; i++)
    {
      if (g_ascii_strcasecmp (parameters[i].name, name) == 0)
        return;
      g_ptr_array_add (known, (gpointer) parameters[i].name);
    }
  report_unknown (self, "parameter", name, known);
}

static void
check_secret (Check *self, const char *name)
{
  g_autoptr(GPtrArray) known = g_ptr_array_new ();
  JsonNode *declared = runnel_pipeline_get_member (self->pipeline, "secrets");
  JsonArray *names = NULL;

  if (declared != NULL && JSON_NODE_HOLDS_ARRAY (declared))
    names = json_node_get_array (declared);
  for (guint i = 0; names != NULL && i < json_array_get_length (names); i++)
    {
      JsonNode *element = json_array_get_element (names, i);

      if (json_node_get_value_type (element) != G_TYPE_STRING)
        continue;
      if (g_ascii_strcasecmp (json_node_get_string (element), name) == 0)
        return;
      g_ptr_array_add (known, (gpointer) json_node_get_string (element));
    }
  report_unknown (self, "secret", name, known);
}

static gboolean
holds_secret (JsonNode *env, const char *name)
{
  JsonNode *value = env != NULL && JSON_NODE_HOLDS_OBJECT (env)
                      ? json_object_get_member (json_node_get_object (env), name)
                      : NULL;

  return value != NULL && json_node_get_value_type (value) == G_TYPE_STRING
         && strstr (json_node_get_string (value), "secrets") != NULL;
}

static gboolean
is_secret_variable (Check *self, const char *name)
{
  g_autoptr(JsonNode) own = self->step ? runnel_step_dup_member (self->step, "env") : NULL;

  return holds_secret (own, name)
         || holds_secret (runnel_pipeline_get_member (self->pipeline, "env"), name);
}

/* Every user of the machine can see the arguments of a process, and other fields stand in logs. */
static void
report_shown_secret (Check *self)
{
  report (self, RUNNEL_SEVERITY_ERROR,
          "put the secret into `env`, and let the program read the variable",
          "no secret can be used here, where others can see it");
}

/* Whether the step at `index` needs the one at `other`, directly or through others. */
static gboolean
comes_after (RunnelPipeline *pipeline, guint index, guint other)
{
  g_autofree gboolean *seen = g_new0 (gboolean, runnel_pipeline_get_n_steps (pipeline));
  g_autoptr(GArray) open = g_array_new (FALSE, FALSE, sizeof (guint));

  g_array_append_val (open, index);
  while (open->len > 0)
    {
      guint current = g_array_index (open, guint, open->len - 1);
      RunnelStep *step = runnel_pipeline_get_step (pipeline, current);

      g_array_set_size (open, open->len - 1);
      for (guint i = 0; i < step->n_needs; i++)
        {
          guint need;

          if (!runnel_pipeline_find_step (pipeline, step->needs[i].step, &need) || seen[need])
            continue;
          if (need == other)
            return TRUE;
          seen[need] = TRUE;
          g_array_append_val (open, need);
        }
    }
  return FALSE;
}

static void
check_order (Check *self, const char *id, guint other)
{
  g_autofree char *suggestion = NULL;

  if (self->in_defaults || self->after_steps)
    return;
  if (self->step == NULL || self->before_steps)
    report (self, RUNNEL_SEVERITY_WARNING, "use it in a step",
            "steps.%s is always empty here: no step has run yet", id);
  else if (!comes_after (self->pipeline, self->index, other))
    {
      suggestion = g_strdup_printf ("add \"%s\" to the needs of %s", id, self->step->id);
      report (self, RUNNEL_SEVERITY_WARNING, suggestion,
              "steps.%s may be empty here: %s does not need %s", id, self->step->id, id);
    }
}

static gboolean
find_step (RunnelPipeline *pipeline, const char *id, guint *ret_index)
{
  if (runnel_pipeline_find_step (pipeline, id, ret_index))
    return TRUE;
  for (guint i = 0; i < runnel_pipeline_get_n_steps (pipeline); i++)
    {
      if (g_ascii_strcasecmp (runnel_pipeline_get_step (pipeline, i)->id, id) == 0)
        {
          *ret_index = i;
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
is_hook (RunnelPipeline *pipeline, const char *id)
{
  for (guint point = 0; point < RUNNEL_N_HOOK_POINTS; point++)
    {
      g_autoptr(GPtrArray) hooks = runnel_hooks_get (pipeline, point);

      for (guint i = 0; i < hooks->len; i++)
        {
          if (g_ascii_strcasecmp (((RunnelStep *) hooks->pdata[i])->id, id) == 0)
            return TRUE;
        }
    }
  return FALSE;
}

static void
check_step (Check *self, const char *id)
{
  g_autoptr(GPtrArray) known = NULL;
  guint other;

  if (find_step (self->pipeline, id, &other))
    {
      check_order (self, id, other);
      return;
    }
  if ((self->on_attempt && g_str_equal (id, "self"))
      || ((self->before_steps || self->after_steps) && is_hook (self->pipeline, id)))
    return;
  known = g_ptr_array_new ();
  for (guint i = 0; i < runnel_pipeline_get_n_steps (self->pipeline); i++)
    g_ptr_array_add (known, (gpointer) runnel_pipeline_get_step (self->pipeline, i)->id);
  report_unknown (self, "step", id, known);
}

static gboolean
is_static_matrix (JsonNode *matrix)
{
  g_autofree char *text = json_to_string (matrix, FALSE);

  return JSON_NODE_HOLDS_OBJECT (matrix) && strstr (text, "${{") == NULL;
}

/* The axes of a matrix without expressions, and what its `include` adds. */
static gboolean
has_axis (JsonObject *matrix, const char *name)
{
  JsonNode *include = json_object_get_member (matrix, "include");
  JsonArray *entries = include && JSON_NODE_HOLDS_ARRAY (include) ? json_node_get_array (include)
                                                                   : NULL;

  if (json_object_has_member (matrix, name))
    return TRUE;
  for (guint i = 0; entries != NULL && i < json_array_get_length (entries); i++)
    {
      JsonNode *entry = json_array_get_element (entries, i);

      if (JSON_NODE_HOLDS_OBJECT (entry)
          && json_object_has_member (json_node_get_object (entry), name))
        return TRUE;
    }
  return FALSE;
}

static void
check_axis (Check *self, const char *name)
{
  if (self->matrix == NULL)
    report (self, RUNNEL_SEVERITY_ERROR, "use it in `with` or `env` of a step with a matrix",
            "there is no matrix here that could give \"matrix.%s\"", name);
  else if (is_static_matrix (self->matrix)
           && !has_axis (json_node_get_object (self->matrix), name))
    report (self, RUNNEL_SEVERITY_ERROR, NULL, "the matrix of %s has no axis \"%s\"",
            self->step->id, name);
}

static void
check_name (const char *path, gpointer user_data)
{
  Check *self = user_data;
  g_auto(GStrv) names = g_strsplit (path, ".", 3);

  if (g_strcmp0 (names[0], "secrets") == 0 && !self->takes_secrets)
    report_shown_secret (self);
  if (names[0] == NULL || names[1] == NULL)
    return;
  if (g_str_equal (names[0], "env") && !self->takes_secrets && is_secret_variable (self, names[1]))
    report_shown_secret (self);
  else if (g_str_equal (names[0], "steps"))
    check_step (self, names[1]);
  else if (g_str_equal (names[0], "params"))
    check_parameter (self, names[1]);
  else if (g_str_equal (names[0], "secrets"))
    check_secret (self, names[1]);
  else if (g_str_equal (names[0], "matrix"))
    check_axis (self, names[1]);
}

/* Texts. */

static const char *
find_status_call (RunnelTemplate *template)
{
  static const char *const functions[] = { "always", "failure", "success", "cancelled" };

  for (guint i = 0; i < G_N_ELEMENTS (functions); i++)
    {
      if (runnel_template_calls (template, functions[i]))
        return functions[i];
    }
  return NULL;
}

static void
check_template (Check *self, RunnelTemplate *template)
{
  runnel_template_visit (template, check_name, self);
  if (self->step == NULL && !self->in_defaults && find_status_call (template) != NULL)
    report (self, RUNNEL_SEVERITY_ERROR, "use it in the `if` of a step",
            "%s() has no meaning outside of a step", find_status_call (template));
}

static void
check_text (Check *self, const char *text)
{
  g_autoptr(RunnelTemplate) template = NULL;
  g_autoptr(GError) error = NULL;

  if (strstr (text, "${{") == NULL)
    return;
  template = runnel_template_new (text, &error);
  if (template != NULL)
    check_template (self, template);
  else
    report (self, RUNNEL_SEVERITY_ERROR, NULL, "%s", error->message);
}

static void check_value (Check *self, JsonNode *value);

static void
check_member (Check *self, const char *key, JsonNode *value)
{
  gsize length = self->path->len;

  if (value == NULL)
    return;
  runnel_json_path_append_key (self->path, key);
  check_value (self, value);
  g_string_truncate (self->path, length);
}

static void
check_elements (Check *self, JsonArray *array)
{
  gsize length = self->path->len;

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_string_append_printf (self->path, "[%u]", i);
      check_value (self, json_array_get_element (array, i));
      g_string_truncate (self->path, length);
    }
}

static void
check_members (Check *self, JsonObject *object)
{
  JsonObjectIter iter;
  const char *key;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &key, &value))
    check_member (self, key, value);
}

/* Every text inside a value, at any depth. */
static void
check_value (Check *self, JsonNode *value)
{
  if (JSON_NODE_HOLDS_OBJECT (value))
    check_members (self, json_node_get_object (value));
  else if (JSON_NODE_HOLDS_ARRAY (value))
    check_elements (self, json_node_get_array (value));
  else if (json_node_get_value_type (value) == G_TYPE_STRING)
    check_text (self, json_node_get_string (value));
}

static void
check_env (Check *self, JsonNode *env)
{
  self->takes_secrets = TRUE;
  check_member (self, "env", env);
  self->takes_secrets = FALSE;
}

/* Conditions. */

/* Behind links that fire only on success, a step never starts after a failure, whatever its `if`. */
static void
check_links_of_condition (Check *self, RunnelTemplate *template)
{
  const char *function = runnel_template_calls (template, "always")    ? "always"
                         : runnel_template_calls (template, "failure") ? "failure"
                                                                       : NULL;

  if (function == NULL || self->step == NULL || self->step->n_needs == 0)
    return;
  for (guint i = 0; i < self->step->n_needs; i++)
    {
      if (self->step->needs[i].on != RUNNEL_ON_SUCCESS)
        return;
    }
  report (self, RUNNEL_SEVERITY_WARNING,
          "let the link fire in any case: { \"step\": ..., \"on\": \"always\" }",
          "%s() has no effect: the links into %s fire only on success, and they decide before `if`",
          function, self->step->id);
}

static void
check_condition (Check *self, const char *key, const char *text, gboolean is_if)
{
  g_autoptr(RunnelTemplate) template = NULL;
  g_autoptr(GError) error = NULL;
  gsize length = self->path->len;

  self->takes_secrets = TRUE;
  runnel_json_path_append_key (self->path, key);
  template = runnel_template_new_condition (text, &error);
  if (template == NULL)
    report (self, RUNNEL_SEVERITY_ERROR, NULL, "%s", error->message);
  else
    check_template (self, template);
  self->takes_secrets = FALSE;
  if (template != NULL && is_if)
    check_links_of_condition (self, template);
  g_string_truncate (self->path, length);
}

static const char *
get_text (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
             && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

/* The delays of `retry`, which are known when an attempt has failed. */
static void
check_delays (Check *self, JsonNode *retry)
{
  JsonObject *object;

  if (retry == NULL || !JSON_NODE_HOLDS_OBJECT (retry))
    return;
  object = json_node_get_object (retry);
  check_member (self, "delay", json_object_get_member (object, "delay"));
  check_member (self, "max-delay", json_object_get_member (object, "max-delay"));
}

/* continue-on-error and retry.if, of a step or of `defaults`. */
static void
check_conditions_on_attempt (Check *self, JsonNode *continue_on_error, JsonNode *retry)
{
  const char *text = get_text (continue_on_error);
  gboolean was_on_attempt = self->on_attempt;
  gsize length = self->path->len;

  self->on_attempt = TRUE;
  if (text != NULL)
    check_condition (self, "continue-on-error", text, FALSE);
  text = retry != NULL && JSON_NODE_HOLDS_OBJECT (retry)
           ? get_text (json_object_get_member (json_node_get_object (retry), "if"))
           : NULL;
  runnel_json_path_append_key (self->path, "retry");
  if (text != NULL)
    check_condition (self, "if", text, FALSE);
  check_delays (self, retry);
  g_string_truncate (self->path, length);
  self->on_attempt = was_on_attempt;
}

/* The fields of the kind. */

static gboolean
has_flag (RunnelStep *step, const char *name, RunnelFieldFlags flag)
{
  const RunnelKind *kind = runnel_kind_lookup (step->kind);
  const RunnelField *field = kind != NULL ? runnel_kind_find_field (kind, name) : NULL;

  return field != NULL && (field->flags & flag);
}

/* Expressions in text for a shell are an error that runnel_pipeline_validate() has told already,
 * and a kind that defers them evaluates them where other names are known. */
static void
check_fields (Check *self)
{
  g_autoptr(JsonObject) with = runnel_step_dup_with (self->step);
  gsize length = self->path->len;
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (with == NULL)
    return;
  runnel_json_path_append_key (self->path, "with");
  json_object_iter_init_ordered (&iter, with);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      self->takes_secrets = has_flag (self->step, name, RUNNEL_FIELD_SECRETS);
      if (!has_flag (self->step, name, RUNNEL_FIELD_NO_EXPRESSIONS | RUNNEL_FIELD_DEFERRED))
        check_member (self, name, value);
    }
  self->takes_secrets = FALSE;
  g_string_truncate (self->path, length);
}

/* Patterns of files. */

/* One with an expression is looked at when the step runs. */
static void
check_pattern (Check *self, const char *pattern)
{
  g_auto(GStrv) segments = g_strsplit (pattern + (*pattern == '!'), "/", -1);

  if (strstr (pattern, "${{") == NULL && g_strv_contains ((const char *const *) segments, ".."))
    report (self, RUNNEL_SEVERITY_ERROR,
            "name files below the folder of the pipeline, or move its file upwards",
            "\"%s\" leads out of the folder of the pipeline", pattern);
}

static void
check_patterns (Check *self, const char *key, JsonNode *value)
{
  gsize length = self->path->len;
  JsonArray *array = NULL;

  check_member (self, key, value);
  if (value != NULL && JSON_NODE_HOLDS_ARRAY (value))
    array = json_node_get_array (value);
  runnel_json_path_append_key (self->path, key);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *pattern = json_array_get_element (array, i);
      gsize list_length = self->path->len;

      g_string_append_printf (self->path, "[%u]", i);
      if (json_node_get_value_type (pattern) == G_TYPE_STRING)
        check_pattern (self, json_node_get_string (pattern));
      g_string_truncate (self->path, list_length);
    }
  g_string_truncate (self->path, length);
}

static void
check_cache (Check *self, JsonNode *value)
{
  gsize length = self->path->len;
  JsonObject *cache;

  if (value == NULL || !JSON_NODE_HOLDS_OBJECT (value))
    return;
  cache = json_node_get_object (value);
  runnel_json_path_append_key (self->path, "cache");
  if (!json_object_has_member (cache, "key") && !json_object_has_member (cache, "inputs"))
    report (self, RUNNEL_SEVERITY_WARNING, "name the files it reads in \"inputs\"",
            "the result of %s is used again until the step itself is changed, whatever its files are",
            self->step->id);
  check_member (self, "key", json_object_get_member (cache, "key"));
  check_patterns (self, "inputs", json_object_get_member (cache, "inputs"));
  check_patterns (self, "outputs", json_object_get_member (cache, "outputs"));
  g_string_truncate (self->path, length);
}

/* `if` is asked once, before there are legs. */
static void
check_if (Check *self)
{
  JsonNode *matrix = g_steal_pointer (&self->matrix);

  if (self->step->condition != NULL)
    check_condition (self, "if", self->step->condition, TRUE);
  self->matrix = matrix;
}

/* What steps, undos and hooks have in common. */
static void
check_body (Check *self)
{
  RunnelStep *step = self->step;
  g_autoptr(JsonNode) env = runnel_step_dup_member (step, "env");
  g_autoptr(JsonNode) working_directory = runnel_step_dup_member (step, "working-directory");
  g_autoptr(JsonNode) image = runnel_step_dup_member (step, "image");
  g_autoptr(JsonNode) timeout = runnel_step_dup_member (step, "timeout");
  g_autoptr(JsonNode) continue_on_error = runnel_step_dup_member (step, "continue-on-error");
  g_autoptr(JsonNode) retry = runnel_step_dup_member (step, "retry");
  g_autoptr(JsonNode) cache = runnel_step_dup_member (step, "cache");
  g_autoptr(JsonNode) artifacts = runnel_step_dup_member (step, "artifacts");

  check_if (self);
  check_fields (self);
  check_env (self, env);
  check_member (self, "working-directory", working_directory);
  check_member (self, "image", image);
  check_member (self, "timeout", timeout);
  check_conditions_on_attempt (self, continue_on_error, retry);
  check_cache (self, cache);
  check_patterns (self, "artifacts", artifacts);
}

/* An undo finds the step that it undoes as steps.self, and every other step over. */
static void
check_undo (Check *self)
{
  RunnelStep *step = self->step;
  g_autoptr(RunnelStep) undo = runnel_step_new_undo (step, step->id);
  gsize length = self->path->len;

  if (undo == NULL)
    return;
  self->step = undo;
  self->after_steps = self->on_attempt = TRUE;
  runnel_json_path_append_key (self->path, "undo");
  check_body (self);
  g_string_truncate (self->path, length);
  self->after_steps = self->on_attempt = FALSE;
  self->step = step;
}

static void
check_matrix (Check *self)
{
  g_autoptr(JsonNode) matrix = runnel_step_dup_member (self->step, "matrix");
  gsize length = self->path->len;
  g_auto(RunnelMatrix) made = { 0 };
  g_autoptr(GError) error = NULL;

  if (matrix == NULL)
    return;
  check_member (self, "matrix", matrix);
  runnel_json_path_append_key (self->path, "matrix");
  if (is_static_matrix (matrix) && !runnel_matrix_init (&made, matrix, &error))
    report (self, RUNNEL_SEVERITY_ERROR, NULL, "%s", error->message);
  else if (is_static_matrix (matrix) && made.combinations->len == 0)
    report (self, RUNNEL_SEVERITY_WARNING, "give it an axis, or take it out",
            "%s is always skipped: its matrix has no combinations", self->step->id);
  g_string_truncate (self->path, length);
}

static void
check_whole_step (Check *self)
{
  g_autoptr(JsonNode) matrix = runnel_step_dup_member (self->step, "matrix");

  check_matrix (self);
  self->matrix = matrix;
  check_body (self);
  check_undo (self);
  self->matrix = NULL;
}

static void
check_hooks (Check *self, RunnelHookPoint point)
{
  g_autoptr(GPtrArray) hooks = runnel_hooks_get (self->pipeline, point);

  self->before_steps = point == RUNNEL_HOOK_START;
  self->after_steps = point != RUNNEL_HOOK_START;
  for (guint i = 0; i < hooks->len; i++)
    {
      g_autofree char *path = runnel_hooks_get_path (point, i);

      g_string_assign (self->path, path);
      self->step = g_ptr_array_index (hooks, i);
      check_body (self);
    }
  self->before_steps = self->after_steps = FALSE;
}

/* `defaults` are used in steps, but belong to none: of what they name only the existence is known. */
static void
check_defaults (Check *self)
{
  JsonNode *node = runnel_pipeline_get_member (self->pipeline, "defaults");
  JsonObject *defaults = node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  if (defaults == NULL)
    return;
  self->in_defaults = TRUE;
  runnel_json_path_append_key (self->path, "defaults");
  check_member (self, "working-directory", json_object_get_member (defaults, "working-directory"));
  check_member (self, "image", json_object_get_member (defaults, "image"));
  check_member (self, "timeout", json_object_get_member (defaults, "timeout"));
  check_conditions_on_attempt (self, json_object_get_member (defaults, "continue-on-error"),
                               json_object_get_member (defaults, "retry"));
  g_string_set_size (self->path, 0);
  self->in_defaults = FALSE;
}

/* The group is known before the run begins. */
static void
check_concurrency (Check *self)
{
  JsonNode *node = runnel_pipeline_get_member (self->pipeline, "concurrency");

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;
  runnel_json_path_append_key (self->path, "concurrency");
  check_member (self, "group", json_object_get_member (json_node_get_object (node), "group"));
  g_string_set_size (self->path, 0);
}

/**
 * runnel_check_pipeline:
 * @pipeline: a pipeline
 * @diagnostics: where findings go
 *
 * Reports all that runnel_pipeline_validate() does, and beyond it: expressions that can't be
 * read; names of steps, parameters and secrets in them that do not exist; steps that are read
 * without being needed; status functions that links make idle; pools that are not there; secrets
 * where others see them. An error means that the pipeline can't be run. May read the settings of the
 * machine.
 */
void
runnel_check_pipeline (RunnelPipeline *pipeline, RunnelDiagnostics *diagnostics)
{
  g_autoptr(GString) path = g_string_new (NULL);
  Check self = { .pipeline = pipeline, .diagnostics = diagnostics, .path = path };

  runnel_pipeline_validate (pipeline, diagnostics);
  runnel_check_pools (pipeline, diagnostics);
  check_env (&self, runnel_pipeline_get_member (pipeline, "env"));
  check_concurrency (&self);
  check_defaults (&self);
  for (guint i = 0; i < runnel_pipeline_get_n_steps (pipeline); i++)
    {
      g_string_printf (path, "steps[%u]", i);
      self.step = runnel_pipeline_get_step (pipeline, i);
      self.index = i;
      check_whole_step (&self);
    }
  for (guint point = 0; point < RUNNEL_N_HOOK_POINTS; point++)
    check_hooks (&self, point);
}
