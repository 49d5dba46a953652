/* runnel-flow.c: a pipeline as other systems are told of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-flow-private.h"

#include <string.h>

#include "engine/kinds/runnel-interpreter.h"
#include "engine/runnel-graph.h"
#include "engine/runnel-heap.h"
#include "expr/runnel-expr.h"
#include "model/runnel-hooks.h"
#include "model/runnel-json-write.h"

#define OPEN "${{"
#define CLOSE "}}"

typedef struct
{
  RunnelFlow flow;
  RunnelPipeline *pipeline;
  RunnelStep *defaults;
  GPtrArray *sources;      /* of RunnelStep: what fields of steps point into */
  GStringChunk *strings;
} Owner;

static const char *
keep (Owner      *self,
      const char *text)
{
  return text != NULL ? g_string_chunk_insert_const (self->strings, text) : NULL;
}

/* Reading JSON of which nobody promised a type. */

static JsonObject *
dup_object (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_dup_object (node) : NULL;
}

static const char *
get_string (JsonNode *node)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return json_node_get_string (node);
}

static gint64
get_integer (JsonObject *object,
             const char *key)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, key) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_int (node) : 0;
}

static void
add_variables (Owner    *self,
               GArray   *variables,
               JsonNode *node)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;

  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &name, &value))
    {
      g_autofree char *text = runnel_value_to_text (value);
      RunnelFlowVariable variable = { keep (self, name), keep (self, text) };

      g_array_append_val (variables, variable);
    }
}

static GPtrArray *
read_strings (Owner    *self,
              JsonNode *node)
{
  GPtrArray *texts = g_ptr_array_new ();
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      const char *text = get_string (json_array_get_element (array, i));

      if (text != NULL)
        g_ptr_array_add (texts, (gpointer) keep (self, text));
    }

  return texts;
}

/* A variable of the step that nothing else has, of nearly the name wanted. */
const char *
_runnel_flow_add_variable (RunnelFlowStep *step,
                           GStringChunk   *strings,
                           const char     *name,
                           const char     *value)
{
  RunnelFlowVariable variable = { g_string_chunk_insert (strings, name),
                                  g_string_chunk_insert (strings, value) };

  g_array_append_val (step->env, variable);

  return variable.name;
}

/* The outputs of other steps that a text reads. */

static void
collect_read_cb (const char *path,
                 gpointer    user_data)
{
  GPtrArray *reads = user_data;

  if (g_ascii_strncasecmp (path, "steps.", 6) == 0)
    g_ptr_array_add (reads, g_strdup (path + 6));
}

static void
collect_reads_of_text (const char *text,
                       gboolean    is_condition,
                       GPtrArray  *reads)
{
  g_autoptr(RunnelTemplate) parsed = NULL;

  if (is_condition)
    parsed = runnel_template_new_condition (text, NULL);
  else if (strstr (text, OPEN) != NULL)
    parsed = runnel_template_new (text, NULL);
  if (parsed != NULL)
    runnel_template_visit (parsed, collect_read_cb, reads);
}

static void
collect_reads (JsonNode  *node,
               gboolean   is_condition,
               GPtrArray *reads)
{
  if (get_string (node) != NULL)
    {
      collect_reads_of_text (get_string (node), is_condition, reads);
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        collect_reads (json_array_get_element (array, i), FALSE, reads);
    }
  else if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObjectIter iter;
      const char *key;
      JsonNode *value;

      json_object_iter_init (&iter, json_node_get_object (node));
      while (json_object_iter_next (&iter, &key, &value))
        collect_reads (value, g_str_equal (key, "if"), reads);
    }
}

static gboolean
has_read (const RunnelFlowStep *step,
          const char           *id,
          const char           *name)
{
  for (guint i = 0; i < step->reads->len; i++)
    {
      const RunnelFlowRead *read = &g_array_index (step->reads, RunnelFlowRead, i);

      if (g_str_equal (read->step, id) && g_str_equal (read->name, name))
        return TRUE;
    }

  return FALSE;
}

static void
read_reads (Owner          *self,
            RunnelFlowStep *step,
            JsonNode       *source)
{
  g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  collect_reads (source, FALSE, paths);
  for (guint i = 0; i < paths->len; i++)
    {
      g_auto(GStrv) parts = g_strsplit (g_ptr_array_index (paths, i), ".", 3);
      RunnelFlowRead read;

      if (g_strv_length (parts) < 3 || g_ascii_strcasecmp (parts[1], "outputs") != 0
          || has_read (step, parts[0], parts[2]))
        continue;
      read = (RunnelFlowRead) { keep (self, parts[0]), keep (self, parts[2]) };
      g_array_append_val (step->reads, read);
    }
}

/* Steps. */

static void
step_free (RunnelFlowStep *step)
{
  g_clear_pointer (&step->with, json_object_unref);
  g_clear_pointer (&step->env, g_array_unref);
  g_clear_pointer (&step->needs, g_array_unref);
  g_clear_pointer (&step->followers, g_array_unref);
  g_clear_pointer (&step->matrix, json_node_unref);
  if (step->legs != NULL)
    runnel_matrix_clear (step->legs);
  g_clear_pointer (&step->legs, g_free);
  g_clear_pointer (&step->outputs, g_ptr_array_unref);
  g_clear_pointer (&step->reads, g_array_unref);
  g_clear_pointer (&step->artifacts, g_ptr_array_unref);
  g_clear_pointer (&step->cache, json_object_unref);
  g_clear_pointer (&step->undo, step_free);
  g_clear_pointer (&step->foreign, json_object_unref);
  g_free (step);
}

/* The step's own member, or that of the pipeline's defaults; (transfer full). */
static JsonNode *
dup_or_default (Owner      *self,
                RunnelStep *source,
                const char *key)
{
  JsonNode *own = runnel_step_dup_member (source, key);

  return own != NULL ? own : runnel_step_dup_member (self->defaults, key);
}

static const char *
read_string (Owner      *self,
             RunnelStep *source,
             const char *key)
{
  g_autoptr(JsonNode) node = dup_or_default (self, source, key);

  return keep (self, get_string (node));
}

/* The text between ${{ and }} when that is all there is. */
static const char *
strip_braces (Owner      *self,
              const char *condition)
{
  g_autofree char *stripped = condition != NULL ? g_strstrip (g_strdup (condition)) : NULL;
  gsize length = stripped != NULL ? strlen (stripped) : 0;

  if (length < strlen (OPEN CLOSE) || !g_str_has_prefix (stripped, OPEN)
      || !g_str_has_suffix (stripped, CLOSE) || strstr (stripped + 3, OPEN) != NULL)
    return keep (self, condition);
  stripped[length - strlen (CLOSE)] = '\0';

  return keep (self, g_strstrip (stripped + strlen (OPEN)));
}

static void
read_matrix (RunnelFlowStep *step,
             RunnelStep     *source)
{
  g_autoptr(GString) text = g_string_new (NULL);

  step->matrix = runnel_step_dup_member (source, "matrix");
  if (step->matrix == NULL)
    return;

  runnel_json_write_compact (text, step->matrix);
  if (strstr (text->str, OPEN) != NULL)
    return;
  step->legs = g_new0 (RunnelMatrix, 1);
  if (!runnel_matrix_init (step->legs, step->matrix, NULL))
    g_clear_pointer (&step->legs, g_free);
}

static void
read_retry (Owner          *self,
            RunnelFlowStep *step,
            RunnelStep     *source)
{
  g_autoptr(JsonNode) node = dup_or_default (self, source, "retry");
  JsonNode *condition;

  step->retry = source->retry != NULL ? source->retry : self->defaults->retry;
  if (step->retry == NULL || node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;

  condition = json_object_get_member (json_node_get_object (node), "if");
  step->retry_condition = strip_braces (self, get_string (condition));
}

static void
read_continue (Owner          *self,
               RunnelFlowStep *step,
               RunnelStep     *source)
{
  g_autoptr(JsonNode) node = dup_or_default (self, source, "continue-on-error");

  step->continues_if = strip_braces (self, get_string (node));
  step->continues = node != NULL && step->continues_if == NULL && runnel_value_is_true (node);
}

static void
read_with (Owner          *self,
           RunnelFlowStep *step,
           RunnelStep     *source)
{
  g_autoptr(JsonNode) shell = runnel_step_dup_member (self->defaults, "shell");

  step->with = runnel_step_dup_with (source);
  if (step->with == NULL)
    step->with = json_object_new ();
  step->shell = get_string (shell) != NULL ? keep (self, get_string (shell)) : "sh";
  _runnel_flow_read_body (step, self->strings);
}

static void
read_promised_outputs (Owner          *self,
                       RunnelFlowStep *step,
                       RunnelStep     *source)
{
  g_autoptr(JsonNode) node = runnel_step_dup_member (source, "outputs");
  JsonObjectIter iter;
  const char *name;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;

  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &name, NULL))
    g_ptr_array_add (step->outputs, (gpointer) keep (self, name));
}

static RunnelFlowStep *step_new (Owner *self, RunnelStep *source);

static void
read_undo (Owner          *self,
           RunnelFlowStep *step,
           RunnelStep     *source)
{
  RunnelStep *undo;
  g_autofree char *id = NULL;

  if (!runnel_step_has_member (source, "undo"))
    return;

  id = g_strdup_printf ("%s-undo", source->id);
  undo = runnel_step_new_undo (source, id);
  if (undo != NULL)
    {
      g_ptr_array_add (self->sources, undo);
      step->undo = step_new (self, undo);
    }
}

static void
read_members (Owner          *self,
              RunnelFlowStep *step,
              RunnelStep     *source)
{
  g_autoptr(JsonNode) env = runnel_step_dup_member (source, "env");
  g_autoptr(JsonNode) artifacts = runnel_step_dup_member (source, "artifacts");
  g_autoptr(JsonNode) cache = runnel_step_dup_member (source, "cache");
  g_autoptr(JsonNode) foreign = runnel_step_dup_member (source, "foreign");
  g_autofree char *pool = runnel_step_dup_pool (source, &step->slots);

  add_variables (self, step->env, env);
  step->artifacts = read_strings (self, artifacts);
  step->cache = dup_object (cache);
  step->foreign = dup_object (foreign);
  step->pool = keep (self, pool);
  step->folder = read_string (self, source, "working-directory");
  step->image = read_string (self, source, "image");
  step->has_breaker = runnel_step_has_member (source, "breaker");
}

static RunnelFlowStep *
step_new (Owner      *self,
          RunnelStep *source)
{
  RunnelFlowStep *step = g_new0 (RunnelFlowStep, 1);
  g_autoptr(JsonNode) json = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (json, runnel_step_to_json (source));
  step->id = source->id;
  step->title = runnel_step_get_title (source);
  step->kind = source->kind;
  step->index = G_MAXUINT;
  step->env = g_array_new (FALSE, FALSE, sizeof (RunnelFlowVariable));
  step->needs = g_array_new (FALSE, FALSE, sizeof (RunnelFlowNeed));
  step->followers = g_array_new (FALSE, FALSE, sizeof (guint));
  step->reads = g_array_new (FALSE, FALSE, sizeof (RunnelFlowRead));
  step->outputs = g_ptr_array_new ();
  step->join = source->join;
  step->condition = strip_braces (self, source->condition);
  step->enabled = source->enabled;
  step->timeout = source->timeout != 0 ? source->timeout : self->defaults->timeout;
  step->priority = source->priority;
  read_members (self, step, source);
  read_with (self, step, source);
  read_retry (self, step, source);
  read_continue (self, step, source);
  read_matrix (step, source);
  read_promised_outputs (self, step, source);
  read_reads (self, step, json);
  read_undo (self, step, source);

  return step;
}

static void
add_steps (Owner *self)
{
  for (guint i = 0; i < runnel_pipeline_get_n_steps (self->pipeline); i++)
    {
      RunnelStep *source = runnel_step_ref (runnel_pipeline_get_step (self->pipeline, i));
      RunnelFlowStep *step;

      g_ptr_array_add (self->sources, source);
      step = step_new (self, source);
      step->index = i;
      g_ptr_array_add (self->flow.steps, step);
    }
}

static GPtrArray *
read_hooks (Owner           *self,
            RunnelHookPoint  point)
{
  GPtrArray *hooks = g_ptr_array_new_with_free_func ((GDestroyNotify) step_free);
  g_autoptr(GPtrArray) sources = runnel_hooks_get (self->pipeline, point);

  for (guint i = 0; sources != NULL && i < sources->len; i++)
    {
      RunnelStep *source = runnel_step_ref (g_ptr_array_index (sources, i));

      g_ptr_array_add (self->sources, source);
      g_ptr_array_add (hooks, step_new (self, source));
    }

  return hooks;
}

/* Links, and the order that they leave. */

static void
add_links (Owner             *self,
           const RunnelGraph *graph)
{
  guint n_links = graph->n_steps > 0 ? graph->first_in[graph->n_steps] : 0;

  for (guint i = 0; i < n_links; i++)
    {
      const RunnelGraphLink *link = &graph->links[i];
      RunnelFlowNeed need = { link->from, (RunnelOn) link->on, link->handles };
      guint to = link->to;

      g_array_append_val (runnel_flow_get_step (&self->flow, to)->needs, need);
      g_array_append_val (runnel_flow_get_step (&self->flow, link->from)->followers, to);
    }
}

/* Of the steps whose needs are placed, the first of the file comes first (Kahn's algorithm with a heap). */
static void
set_order (Owner *self)
{
  guint n_steps = self->flow.steps->len;
  g_autofree guint *n_missing = g_new (guint, MAX (n_steps, 1));
  g_autoptr(GArray) ready = runnel_heap_new ();

  for (guint i = 0; i < n_steps; i++)
    {
      n_missing[i] = runnel_flow_get_step (&self->flow, i)->needs->len;
      if (n_missing[i] == 0)
        runnel_heap_push (ready, i);
    }

  while (ready->len > 0)
    {
      guint index = runnel_heap_pop (ready);
      GArray *followers = runnel_flow_get_step (&self->flow, index)->followers;

      g_array_append_val (self->flow.order, index);
      for (guint i = 0; i < followers->len; i++)
        {
          guint follower = g_array_index (followers, guint, i);

          if (--n_missing[follower] == 0)
            runnel_heap_push (ready, follower);
        }
    }
}

static int
compare_strings (gconstpointer a,
                 gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
add_outputs_read_by (RunnelFlow           *flow,
                     const RunnelFlowStep *reader)
{
  for (guint i = 0; i < reader->reads->len; i++)
    {
      const RunnelFlowRead *read = &g_array_index (reader->reads, RunnelFlowRead, i);
      RunnelFlowStep *step = runnel_flow_find_step (flow, read->step);

      if (step != NULL
          && !g_ptr_array_find_with_equal_func (step->outputs, read->name, g_str_equal, NULL))
        g_ptr_array_add (step->outputs, (gpointer) read->name);
    }
}

static void
add_outputs_read (RunnelFlow *flow)
{
  GPtrArray *readers[] = { flow->steps, flow->on_start, flow->on_success, flow->on_failure,
                           flow->on_finish };

  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    for (guint j = 0; j < readers[i]->len; j++)
      {
        const RunnelFlowStep *reader = g_ptr_array_index (readers[i], j);

        add_outputs_read_by (flow, reader);
        if (reader->undo != NULL)
          add_outputs_read_by (flow, reader->undo);
      }
  for (guint i = 0; i < flow->steps->len; i++)
    g_ptr_array_sort (runnel_flow_get_step (flow, i)->outputs, compare_strings);
}

/* The pipeline. */

static void
read_concurrency (Owner *self)
{
  JsonNode *node = runnel_pipeline_get_member (self->pipeline, "concurrency");
  JsonObject *concurrency = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node)
                                                                         : NULL;

  if (concurrency == NULL)
    return;

  self->flow.jobs = MAX (get_integer (concurrency, "jobs"), 0);
  self->flow.max = MAX (get_integer (concurrency, "max"), 0);
  self->flow.group = get_string (json_object_get_member (concurrency, "group"));
  self->flow.policy = get_string (json_object_get_member (concurrency, "policy"));
}

static void
read_pipeline (Owner      *self,
               const char *file)
{
  RunnelFlow *flow = &self->flow;
  RunnelPipeline *pipeline = self->pipeline;
  JsonNode *triggers = runnel_pipeline_get_member (pipeline, "triggers");

  flow->name = runnel_pipeline_get_name (pipeline);
  flow->description = get_string (runnel_pipeline_get_member (pipeline, "description"));
  flow->file = keep (self, file);
  flow->parameters = runnel_pipeline_get_parameters (pipeline, &flow->n_parameters);
  flow->env = g_array_new (FALSE, FALSE, sizeof (RunnelFlowVariable));
  add_variables (self, flow->env, runnel_pipeline_get_member (pipeline, "env"));
  flow->secrets = read_strings (self, runnel_pipeline_get_member (pipeline, "secrets"));
  flow->rolls_back = g_strcmp0 (get_string (runnel_pipeline_get_member (pipeline, "on-failure")),
                                "rollback") == 0;
  flow->pools = dup_object (runnel_pipeline_get_member (pipeline, "pools"));
  flow->foreign = dup_object (runnel_pipeline_get_member (pipeline, "foreign"));
  if (triggers != NULL && JSON_NODE_HOLDS_ARRAY (triggers))
    flow->triggers = json_node_dup_array (triggers);
  read_concurrency (self);
  flow->on_start = read_hooks (self, RUNNEL_HOOK_START);
  flow->on_success = read_hooks (self, RUNNEL_HOOK_SUCCESS);
  flow->on_failure = read_hooks (self, RUNNEL_HOOK_FAILURE);
  flow->on_finish = read_hooks (self, RUNNEL_HOOK_FINISH);
}

static RunnelStep *
read_defaults (RunnelPipeline *pipeline)
{
  g_autoptr(JsonObject) defaults = dup_object (runnel_pipeline_get_member (pipeline, "defaults"));

  if (defaults == NULL)
    defaults = json_object_new ();

  return runnel_step_new (defaults, "defaults", NULL);
}

/**
 * runnel_flow_new:
 * @pipeline: a pipeline without errors
 * @file: (nullable): where its file is, relative to the place where what is exported will be used
 * @error: return location for an error of runnel_graph_init(): the steps need each other in a circle
 *
 * Reads a pipeline into the form that exporters work on. The pipeline may be changed afterwards.
 *
 * Returns: (transfer full): the flow, or %NULL with @error set
 */
RunnelFlow *
runnel_flow_new (RunnelPipeline  *pipeline,
                 const char      *file,
                 GError         **error)
{
  Owner *self;
  RunnelGraph graph = { 0 };

  g_return_val_if_fail (RUNNEL_IS_PIPELINE (pipeline), NULL);

  if (!runnel_graph_init (&graph, pipeline, error))
    {
      runnel_graph_clear (&graph);
      return NULL;
    }

  self = g_new0 (Owner, 1);
  self->pipeline = runnel_pipeline_copy (pipeline);
  self->defaults = read_defaults (pipeline);
  self->sources = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_step_unref);
  self->strings = g_string_chunk_new (4096);
  self->flow.steps = g_ptr_array_new_with_free_func ((GDestroyNotify) step_free);
  self->flow.order = g_array_new (FALSE, FALSE, sizeof (guint));
  read_pipeline (self, file);
  add_steps (self);
  add_links (self, &graph);
  add_outputs_read (&self->flow);
  set_order (self);
  runnel_graph_clear (&graph);

  return &self->flow;
}

/**
 * runnel_flow_free:
 * @self: (transfer full): a flow
 */
void
runnel_flow_free (RunnelFlow *self)
{
  Owner *owner = (Owner *) self; /* its first member */

  g_return_if_fail (self != NULL);

  g_array_unref (self->env);
  g_ptr_array_unref (self->secrets);
  g_ptr_array_unref (self->steps);
  g_array_unref (self->order);
  g_ptr_array_unref (self->on_start);
  g_ptr_array_unref (self->on_success);
  g_ptr_array_unref (self->on_failure);
  g_ptr_array_unref (self->on_finish);
  g_clear_pointer (&self->pools, json_object_unref);
  g_clear_pointer (&self->triggers, json_array_unref);
  g_clear_pointer (&self->foreign, json_object_unref);
  g_ptr_array_unref (owner->sources);
  runnel_step_unref (owner->defaults);
  g_object_unref (owner->pipeline);
  g_string_chunk_free (owner->strings);
  g_free (owner);
}

/**
 * runnel_flow_get_step:
 * @self: a flow
 * @index: the position of a step in the file
 *
 * Returns: (transfer none): the step
 */
RunnelFlowStep *
runnel_flow_get_step (const RunnelFlow *self,
                      guint             index)
{
  g_return_val_if_fail (self != NULL && index < self->steps->len, NULL);

  return g_ptr_array_index (self->steps, index);
}

/**
 * runnel_flow_find_step:
 * @self: a flow
 * @id: an id
 *
 * Returns: (transfer none) (nullable): the step with that id
 */
RunnelFlowStep *
runnel_flow_find_step (const RunnelFlow *self,
                       const char       *id)
{
  const Owner *owner = (const Owner *) self;
  guint index;

  g_return_val_if_fail (self != NULL && id != NULL, NULL);

  if (!runnel_pipeline_find_step (owner->pipeline, id, &index))
    return NULL;

  return g_ptr_array_index (self->steps, index);
}

/**
 * runnel_flow_get_foreign:
 * @foreign: (nullable): the member `foreign` of a step or a pipeline
 * @system: the name of a target
 *
 * Returns: (transfer none) (nullable): what was kept of that system
 */
JsonObject *
runnel_flow_get_foreign (JsonObject *foreign,
                         const char *system)
{
  JsonNode *node = foreign != NULL ? json_object_get_member (foreign, system) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * runnel_flow_get_flags:
 * @shell: the `shell` of a step
 *
 * Returns: (transfer full): the arguments that Runnel gives to an interpreter before the name of the script, such as
 *   "-e", by which the first line that fails ends it; "" when it gives none
 */
char *
runnel_flow_get_flags (const char *shell)
{
  const char *const *arguments;

  g_return_val_if_fail (shell != NULL, NULL);

  arguments = runnel_interpreter_get_arguments (shell);

  return arguments != NULL ? g_strjoinv (" ", (char **) arguments) : g_strdup ("");
}

/**
 * runnel_flow_quote:
 * @text: any text
 *
 * Returns: (transfer full): @text as one word of a POSIX shell, without quotes when it needs none
 */
char *
runnel_flow_quote (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  if (*text != '\0' && text[strspn (text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                          "0123456789_-+./:,@%")] == '\0')
    return g_strdup (text);

  return g_shell_quote (text);
}
