/* runnel-code-proposals.c: words that fit at a place in the text of a pipeline
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * They come from the tables that reading, validation and the JSON Schema follow, from the kinds
 * that are registered, and from the pipeline itself.
 */
#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "designer/code/runnel-code-proposals.h"
#include "expr/runnel-expr-function.h"
#include "model/runnel-shape.h"

typedef struct
{
  const RunnelCodeContext *context;
  RunnelPipeline *pipeline;
  GPtrArray *proposals;
} Proposals;

typedef struct
{
  const char *name;
  const char *description;
} Word;

static const Word contexts[] = {
  { "params", N_("The parameters of the run") },
  { "env", N_("The environment that pipeline and step declare") },
  { "secrets", N_("The declared secrets") },
  { "steps", N_("The steps that are over") },
  { "matrix", N_("The values of the present leg of a matrix") },
  { "run", N_("The run itself") },
  { "trigger", N_("What started the run") },
};

static const Word step_words[] = {
  { "outputs", N_("Its outputs by name") },
  { "outcome", N_("How it ended: success, failure, skipped or cancelled") },
  { "conclusion", N_("As the outcome, but success when the step continues on error") },
  { "state", N_("How it ended in Runnel’s own words, such as timed-out") },
  { "attempts", N_("How many attempts there were") },
  { "exit_code", N_("The exit code of the last attempt") },
  { "artifacts", N_("The files kept of it") },
  { "legs", N_("The legs of a matrix step") },
};

static const Word run_words[] = {
  { "id", N_("The number of the run") },
  { "pipeline", N_("The name of the pipeline") },
  { "file", N_("The file of the pipeline") },
  { "dir", N_("The folder of the run") },
  { "state", N_("For hooks: how the run ends") },
  { "failed", N_("For hooks: the ids of the steps that failed") },
};

static const Word trigger_words[] = {
  { "kind", N_("manual, pipeline, rerun or rollback") },
  { "run", N_("The run it came from") },
};

static void
proposal_free (gpointer data)
{
  RunnelCodeProposal *proposal = data;

  g_free (proposal->label);
  g_free (proposal->text);
  g_free (proposal->description);
  g_free (proposal);
}

/* Takes `text`. */
static void
add (Proposals  *self,
     const char *label,
     char       *text,
     const char *description)
{
  const char *prefix = self->context->prefix;
  const char *dot = self->context->place == RUNNEL_CODE_EXPRESSION ? strrchr (prefix, '.') : NULL;
  RunnelCodeProposal *proposal;

  if (!strcasestr (label, dot ? dot + 1 : prefix))
    {
      g_free (text);
      return;
    }
  proposal = g_new0 (RunnelCodeProposal, 1);
  proposal->label = g_strdup (label);
  proposal->text = text;
  proposal->description = g_strdup (description && *description ? description : NULL);
  g_ptr_array_add (self->proposals, proposal);
}

static void
add_string (Proposals  *self,
            const char *word,
            const char *description)
{
  add (self, word, g_strdup_printf ("\"%s\"", word), description);
}

/* --- Keys and values --- */

static void
add_key (Proposals  *self,
         const char *name,
         const char *description)
{
  if (!g_hash_table_contains (self->context->members, name))
    add (self, name, g_strdup_printf (self->context->has_colon ? "\"%s\"" : "\"%s\": ", name),
         description);
}

static void
add_fields (Proposals        *self,
            const RunnelKind *kind)
{
  for (const RunnelField *field = kind->fields; field->name; field++)
    add_key (self, field->name, _(field->description));
}

static void
add_steps (Proposals *self)
{
  for (guint i = 0; i < runnel_pipeline_get_n_steps (self->pipeline); i++)
    {
      RunnelStep *step = runnel_pipeline_get_step (self->pipeline, i);

      if (g_strcmp0 (step->id, self->context->step) != 0)
        add_string (self, step->id, step->name);
    }
}

static void
add_kinds (Proposals *self)
{
  guint n_kinds;
  const RunnelKind **kinds = runnel_kind_list (&n_kinds);

  for (guint i = 0; i < n_kinds; i++)
    add_string (self, kinds[i]->name, _(kinds[i]->description));
}

static void
add_values_of_shape (Proposals         *self,
                     const RunnelShape *shape)
{
  for (guint i = 0; shape->types & RUNNEL_SHAPE_CHOICE && shape->choices[i]; i++)
    add_string (self, shape->choices[i], NULL);
  if (shape->types & RUNNEL_SHAPE_BOOLEAN)
    {
      add (self, "true", g_strdup ("true"), NULL);
      add (self, "false", g_strdup ("false"), NULL);
    }
}

static const char *
get_component (Proposals *self,
               guint      from_end)
{
  GPtrArray *path = self->context->path;

  return path->len >= from_end ? g_ptr_array_index (path, path->len - from_end) : "";
}

/* `needs`: ["a", {"step": "b"}], and the `steps` of a group. */
static gboolean
names_a_step (Proposals *self)
{
  const char *last = get_component (self, 1), *before = get_component (self, 2);

  if (g_str_equal (last, RUNNEL_CODE_ELEMENT))
    return g_str_equal (before, "needs") ||
           (g_str_equal (before, "steps") && self->context->path->len > 2);
  return g_str_equal (last, "step") && g_str_equal (get_component (self, 3), "needs");
}

/* Where a path leads; the fields of `with` depend on the kind. */
typedef struct
{
  const RunnelShape *shape;
  const RunnelKind *kind;
  const RunnelField *field;
  RunnelShape field_shape;
} Goal;

static void
enter_member (Goal       *goal,
              const char *name,
              const char *kind)
{
  const RunnelShape *shape = goal->shape;
  const RunnelKey *key;

  if (goal->kind)
    {
      goal->field = runnel_kind_find_field (goal->kind, name);
      goal->kind = NULL;
      if (goal->field)
        goal->field_shape = runnel_shape_of_field (goal->field);
      goal->shape = goal->field ? &goal->field_shape : NULL;
      return;
    }
  key = shape->keys ? runnel_shape_find_key (shape, name) : NULL;
  if (g_str_equal (name, "with") && kind)
    goal->kind = runnel_kind_lookup (kind);
  if (key)
    goal->shape = key->shape;
  else
    goal->shape = shape->types & RUNNEL_SHAPE_MAP ? shape->values : NULL;
}

static void
find_goal (Proposals *self,
           Goal      *goal)
{
  GPtrArray *path = self->context->path;

  *goal = (Goal) { .shape = &runnel_pipeline_shape };
  for (guint i = 0; i < path->len && goal->shape; i++)
    {
      const char *name = g_ptr_array_index (path, i);

      if (!g_str_equal (name, RUNNEL_CODE_ELEMENT))
        enter_member (goal, name, self->context->kind);
      else
        goal->shape = goal->shape->types & RUNNEL_SHAPE_ARRAY ? goal->shape->values : NULL;
    }
}

static void
add_keys (Proposals *self)
{
  Goal goal;

  find_goal (self, &goal);
  if (goal.kind)
    {
      add_fields (self, goal.kind);
      return;
    }
  for (const RunnelKey *key = goal.shape ? goal.shape->keys : NULL; key && key->name; key++)
    add_key (self, key->name, key->description);
}

static void
add_values (Proposals *self)
{
  Goal goal;

  if (names_a_step (self))
    {
      add_steps (self);
      return;
    }
  find_goal (self, &goal);
  if (!goal.field && g_str_equal (get_component (self, 1), "kind"))
    add_kinds (self);
  if (goal.shape)
    add_values_of_shape (self, goal.shape);
  if (goal.field && goal.field->default_value)
    add (self, goal.field->default_value, g_strdup (goal.field->default_value), _("The default"));
}

/* --- Expressions --- */

/* All of what is in front of the last dot stays. */
static void
add_word (Proposals  *self,
          const char *word,
          const char *description)
{
  const char *prefix = self->context->prefix, *dot = strrchr (prefix, '.');

  add (self, word, g_strdup_printf ("%.*s%s", dot ? (int) (dot + 1 - prefix) : 0, prefix, word),
       description);
}

static void
add_words (Proposals  *self,
           const Word *words,
           guint       n_words)
{
  for (guint i = 0; i < n_words; i++)
    add_word (self, words[i].name, _(words[i].description));
}

static void
add_functions (Proposals *self)
{
  guint n_functions;
  const RunnelFunction *functions = runnel_function_list (&n_functions);

  for (guint i = 0; i < n_functions; i++)
    add (self, functions[i].name,
         g_strconcat (functions[i].name, functions[i].max_arguments > 0 ? "(" : "()", NULL),
         functions[i].usage);
}

static void
add_names_of (Proposals *self,
              JsonNode  *value)
{
  g_autoptr(GList) names = value && JSON_NODE_HOLDS_OBJECT (value)
                             ? json_object_get_members (json_node_get_object (value)) : NULL;
  JsonArray *array = value && JSON_NODE_HOLDS_ARRAY (value) ? json_node_get_array (value) : NULL;

  for (GList *l = names; l; l = l->next)
    add_word (self, l->data, NULL);
  for (guint i = 0; array && i < json_array_get_length (array); i++)
    if (json_node_get_value_type (json_array_get_element (array, i)) == G_TYPE_STRING)
      add_word (self, json_array_get_string_element (array, i), NULL);
}

static void
add_parameters (Proposals *self)
{
  guint n_parameters;
  const RunnelParameter *parameters = runnel_pipeline_get_parameters (self->pipeline, &n_parameters);

  for (guint i = 0; i < n_parameters; i++)
    add_word (self, parameters[i].name, parameters[i].description);
}

static void
add_step_words (Proposals *self)
{
  for (guint i = 0; i < runnel_pipeline_get_n_steps (self->pipeline); i++)
    add_word (self, runnel_pipeline_get_step (self->pipeline, i)->id,
              runnel_pipeline_get_step (self->pipeline, i)->name);
}

static void
add_names_of_member (Proposals  *self,
                     const char *id,
                     const char *key)
{
  g_autoptr(JsonNode) value = NULL;
  guint index;

  if (!id || !runnel_pipeline_find_step (self->pipeline, id, &index))
    return;
  value = runnel_step_dup_member (runnel_pipeline_get_step (self->pipeline, index), key);
  add_names_of (self, value);
}

/* What follows "steps.", "steps.build." and "steps.build.outputs.". */
static void
add_of_steps (Proposals *self,
              char     **parts,
              guint      n_parts)
{
  if (n_parts == 2)
    add_step_words (self);
  else if (n_parts == 3)
    add_words (self, step_words, G_N_ELEMENTS (step_words));
  else if (n_parts == 4 && g_str_equal (parts[2], "outputs"))
    {
      guint index;

      add_names_of_member (self, parts[1], "outputs");
      /* A step that runs another pipeline names what it gives out in `with`. */
      if (runnel_pipeline_find_step (self->pipeline, parts[1], &index))
        {
          g_autoptr(JsonObject) with =
            runnel_step_dup_with (runnel_pipeline_get_step (self->pipeline, index));

          if (with)
            add_names_of (self, json_object_get_member (with, "outputs"));
        }
    }
}

static void
add_of_expression (Proposals *self)
{
  g_auto(GStrv) parts = g_strsplit (self->context->prefix, ".", -1);
  guint n_parts = g_strv_length (parts);

  if (n_parts < 2)
    {
      add_words (self, contexts, G_N_ELEMENTS (contexts));
      add_functions (self);
    }
  else if (g_str_equal (parts[0], "steps"))
    add_of_steps (self, parts, n_parts);
  else if (n_parts > 2)
    return;
  else if (g_str_equal (parts[0], "params"))
    add_parameters (self);
  else if (g_str_equal (parts[0], "secrets"))
    add_names_of (self, runnel_pipeline_get_member (self->pipeline, "secrets"));
  else if (g_str_equal (parts[0], "env"))
    {
      add_names_of (self, runnel_pipeline_get_member (self->pipeline, "env"));
      add_names_of_member (self, self->context->step, "env");
    }
  else if (g_str_equal (parts[0], "matrix"))
    add_names_of_member (self, self->context->step, "matrix");
  else if (g_str_equal (parts[0], "run"))
    add_words (self, run_words, G_N_ELEMENTS (run_words));
  else if (g_str_equal (parts[0], "trigger"))
    add_words (self, trigger_words, G_N_ELEMENTS (trigger_words));
}

/**
 * runnel_code_proposals_new:
 * @context: a place in a text
 * @pipeline: what the text said when it was right last
 *
 * Returns: (transfer full) (element-type RunnelCodeProposal): what fits there and has the letters
 *   that are there already
 */
GPtrArray *
runnel_code_proposals_new (const RunnelCodeContext *context,
                           RunnelPipeline          *pipeline)
{
  GPtrArray *proposals = g_ptr_array_new_with_free_func (proposal_free);
  Proposals self = { context, pipeline, proposals };

  g_return_val_if_fail (context != NULL, proposals);
  g_return_val_if_fail (RUNNEL_IS_PIPELINE (pipeline), proposals);

  switch (context->place)
    {
    case RUNNEL_CODE_KEY:
      add_keys (&self);
      break;
    case RUNNEL_CODE_VALUE:
      add_values (&self);
      break;
    case RUNNEL_CODE_EXPRESSION:
      add_of_expression (&self);
      break;
    case RUNNEL_CODE_NOWHERE:
      break;
    }
  return proposals;
}
