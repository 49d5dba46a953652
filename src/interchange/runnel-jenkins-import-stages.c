/* runnel-jenkins-import-stages.c: stages as steps
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A stage with steps is one step of Runnel; one with stages inside is only an order: those of
 * `stages` come one after another, those of `parallel` side by side, those of `matrix` once for
 * each combination.
 */
#include "config.h"

#include "interchange/runnel-jenkins-read-private.h"

#include <string.h>

/* A stage that the next one follows. */
typedef struct
{
  char *name;
  gboolean may_skip; /* its `when` may leave it out, and the next stage runs all the same */
} End;

/* What holds for a stage from those around it. */
typedef struct
{
  const char *name;
  const char *condition;           /* or NULL */
  GPtrArray *environments;         /* of RunnelJenkinsNode */
  const RunnelJenkinsNode *matrix; /* or NULL */
} Around;

static GPtrArray *read_stage (RunnelJenkinsImport *self,
                              const RunnelJenkinsNode *stage,
                              GPtrArray *before,
                              const Around *around,
                              GError **error);

static void
end_free (End *self)
{
  g_free (self->name);
  g_free (self);
}

static void
add_end (GPtrArray *ends, const char *name, gboolean may_skip)
{
  End *end;

  for (guint i = 0; i < ends->len; i++)
    if (g_str_equal (((End *) g_ptr_array_index (ends, i))->name, name))
      return;
  end = g_new0 (End, 1);
  end->name = g_strdup (name);
  end->may_skip = may_skip;
  g_ptr_array_add (ends, end);
}

static GPtrArray *
ends_new (GPtrArray *others)
{
  GPtrArray *ends = g_ptr_array_new_with_free_func ((GDestroyNotify) end_free);

  for (guint i = 0; others != NULL && i < others->len; i++)
    {
      const End *end = g_ptr_array_index (others, i);

      add_end (ends, end->name, end->may_skip);
    }

  return ends;
}

static void
add_needs (RunnelJenkinsImport *self, JsonObject *step, GPtrArray *before)
{
  gboolean may_skip = FALSE;

  for (guint i = 0; i < before->len; i++)
    {
      const End *end = g_ptr_array_index (before, i);

      runnel_import_add_need (self->import, step, end->name, NULL);
      may_skip |= end->may_skip;
    }
  if (may_skip)
    json_object_set_string_member (step, "join", "none-failed");
}

/* A name that no step has; `around` tells it from another. (transfer full) */
char *
_runnel_jenkins_take_name (RunnelJenkinsImport *self, const char *name, const char *around)
{
  char *taken = g_strdup (*name != '\0' ? name : "stage");

  if (g_hash_table_contains (self->taken, taken) && around != NULL)
    {
      g_free (taken);
      taken = g_strdup_printf ("%s: %s", around, name);
    }
  for (guint i = 2; g_hash_table_contains (self->taken, taken); i++)
    {
      g_free (taken);
      taken = g_strdup_printf ("%s %u", name, i);
    }
  g_hash_table_add (self->taken, g_strdup (taken));

  return taken;
}

/* Directives. */

static void
read_stage_options (RunnelJenkinsImport *self, const RunnelJenkinsNode *options, JsonObject *step)
{
  for (guint i = 0; options->children != NULL && i < options->children->len; i++)
    {
      const RunnelJenkinsNode *option = g_ptr_array_index (options->children, i);
      g_autofree char *time =
        g_strcmp0 (option->name, "timeout") == 0 ? _runnel_jenkins_read_time (option) : NULL;
      const char *count =
        g_strcmp0 (option->name, "retry") == 0 ? _runnel_jenkins_get_text (option, "count") : NULL;
      gint64 attempts = 0;

      if (time != NULL)
        json_object_set_string_member (step, "timeout", time);
      else if (count != NULL && g_ascii_string_to_signed (count, 10, 2, 1000, &attempts, NULL))
        json_object_set_int_member (step, "retry", attempts - 1);
      else
        _runnel_jenkins_keep (self, step, "options", option);
    }
}

static gboolean
is_container (const RunnelJenkinsNode *stage)
{
  return _runnel_jenkins_find (stage->children, "stages") != NULL
         || _runnel_jenkins_find (stage->children, "parallel") != NULL
         || _runnel_jenkins_find (stage->children, "matrix") != NULL;
}

static void
read_directive (RunnelJenkinsImport *self,
                const RunnelJenkinsNode *node,
                JsonObject *step,
                gboolean condition_said)
{
  static const char *const read[] = { "steps",  "environment", "stages", "parallel",
                                      "matrix", "input",       NULL };
  const char *name = node->name != NULL ? node->name : "other";
  const char *image = g_str_equal (name, "agent") ? _runnel_jenkins_find_image (node) : NULL;

  if (image != NULL)
    json_object_set_string_member (step, "image", image);
  else if (g_str_equal (name, "options"))
    read_stage_options (self, node, step);
  else if (!g_strv_contains (read, name) && !(g_str_equal (name, "when") && condition_said))
    {
      _runnel_jenkins_keep (self, step, name, node);
      if (g_str_equal (name, "when"))
        _runnel_jenkins_tell (
          self, node, step,
          "Only Jenkins can decide this condition: here the step always runs. It is kept for an "
          "export to Jenkins.");
      else if (g_str_equal (name, "post"))
        _runnel_jenkins_tell (
          self, node, step,
          "What follows this stage alone is kept for an export to Jenkins; Runnel "
          "does not run it.");
    }
}

/* Directives of a stage that has others inside, apart from what these inherit. */
static void
keep_container (RunnelJenkinsImport *self,
                const RunnelJenkinsNode *container,
                gboolean condition_said)
{
  static const char *const read[] = { "stages", "parallel", "matrix", "environment",
                                      "axes",   "excludes", NULL };

  for (guint i = 0; i < container->children->len; i++)
    {
      const RunnelJenkinsNode *node = g_ptr_array_index (container->children, i);

      if (node->name != NULL
          && (g_strv_contains (read, node->name)
              || (g_str_equal (node->name, "when") && condition_said)))
        continue;
      _runnel_jenkins_keep (self, self->root, "around-stages", node);
      _runnel_jenkins_tell (
        self, node, NULL,
        "What stands around several stages is kept, but neither acted on nor written "
        "back.");
    }
}

/* The condition of a stage together with those around it (transfer full); NULL = none, or one that
 * can't be said. */
static char *
join_conditions (RunnelJenkinsImport *self,
                 const RunnelJenkinsNode *when,
                 const Around *around,
                 gboolean *ret_said)
{
  g_autofree char *own = when != NULL ? _runnel_jenkins_read_when (self, when) : NULL;

  *ret_said = own != NULL;
  if (own == NULL || around->condition == NULL)
    return own != NULL ? g_steal_pointer (&own) : g_strdup (around->condition);

  return g_strdup_printf ("(%s) && (%s)", around->condition, own);
}

/* Stages with steps. */

/* The question before a stage, as a step of its own. */
static GPtrArray *
add_input (RunnelJenkinsImport *self,
           const RunnelJenkinsNode *input,
           const char *name,
           const char *condition,
           GPtrArray *before)
{
  g_autofree char *title = g_strdup_printf ("%s: input", name);
  g_autofree char *taken = _runnel_jenkins_take_name (self, title, NULL);
  JsonObject *step = runnel_import_add_step (self->import, taken, "approval");
  JsonObject *with = json_object_new ();
  const RunnelJenkinsNode *message = _runnel_jenkins_find (input->children, "message");
  const char *prompt = message != NULL ? _runnel_jenkins_get_text (message, NULL)
                                       : _runnel_jenkins_get_text (input, "message");
  GPtrArray *ends = ends_new (condition != NULL ? before : NULL);

  json_object_set_string_member (with, "prompt", prompt != NULL ? prompt : name);
  json_object_set_object_member (step, "with", with);
  runnel_import_set_string (step, "if", condition);
  add_needs (self, step, before);
  if (message == NULL || input->children->len > 1)
    {
      _runnel_jenkins_keep (self, step, "input", input);
      _runnel_jenkins_tell (self, input, step,
                            "The answer is yes or no here; what else is asked is kept.");
    }
  add_end (ends, taken, condition != NULL);

  return ends;
}

static void
set_matrix (RunnelJenkinsImport *self, const RunnelJenkinsNode *matrix, JsonObject *step)
{
  JsonNode *node = _runnel_jenkins_read_matrix (matrix);
  GList *axes;

  if (node == NULL)
    {
      _runnel_jenkins_keep (self, step, "matrix", matrix);
      _runnel_jenkins_tell (self, matrix, step,
                            "The values of this matrix can't be read; the step runs once.");
      return;
    }
  axes = json_object_get_members (json_node_get_object (node));
  for (GList *axis = axes; axis != NULL; axis = axis->next)
    if (!g_str_equal (axis->data, "exclude"))
      {
        g_autofree char *value = g_strdup_printf ("${{ matrix.%s }}", (const char *) axis->data);

        _runnel_jenkins_set_env (step, axis->data, value);
      }
  g_list_free (axes);
  json_object_set_member (step, "matrix", node);
}

static JsonObject *
begin_step (RunnelJenkinsImport *self, const RunnelJenkinsNode *stage, const char *name)
{
  const char *point = self->ours ? _runnel_jenkins_get_mark (stage, "hook") : NULL;
  const char *title = _runnel_jenkins_get_text (stage, NULL);
  JsonObject *step = point != NULL ? runnel_import_add_hook (self->import, point, name, "script")
                                   : runnel_import_add_step (self->import, name, "script");

  if (!g_str_equal (title, json_object_get_string_member (step, "id")))
    json_object_set_string_member (step, "name", title);

  return step;
}

static GPtrArray *
read_work_stage (RunnelJenkinsImport *self,
                 const RunnelJenkinsNode *stage,
                 GPtrArray *before,
                 const Around *around)
{
  const RunnelJenkinsNode *steps = _runnel_jenkins_find (stage->children, "steps");
  const RunnelJenkinsNode *input = _runnel_jenkins_find (stage->children, "input");
  const char *mark = _runnel_jenkins_get_mark (stage, "id");
  const char *title = _runnel_jenkins_get_text (stage, NULL);
  g_autofree char *name =
    _runnel_jenkins_take_name (self, mark != NULL ? mark : title, around->name);
  g_autoptr(GPtrArray) nothing = g_ptr_array_new ();
  g_autoptr(GPtrArray) first = ends_new (before);
  g_autofree char *condition = NULL;
  gboolean said;
  JsonObject *step;
  GPtrArray *ends;

  condition = join_conditions (self, _runnel_jenkins_find (stage->children, "when"), around, &said);
  if (input != NULL)
    {
      g_ptr_array_unref (first);
      first = add_input (self, input, title, condition, before);
    }
  step = begin_step (self, stage, name);
  if (around->matrix != NULL)
    set_matrix (self, around->matrix, step);
  for (guint i = 0; i < around->environments->len; i++)
    _runnel_jenkins_read_env (self, step, g_ptr_array_index (around->environments, i));
  _runnel_jenkins_read_env (self, step, _runnel_jenkins_find (stage->children, "environment"));
  for (guint i = 0; i < stage->children->len; i++)
    read_directive (self, g_ptr_array_index (stage->children, i), step, said);
  runnel_import_set_string (step, "if", condition);
  _runnel_jenkins_read_work (
    self, steps != NULL && steps->children != NULL ? steps->children : nothing, step);
  if (self->ours)
    _runnel_jenkins_set_marked (_runnel_jenkins_get_mark (stage, "values"), step);
  if (self->ours && _runnel_jenkins_get_mark (stage, "hook") != NULL)
    return ends_new (before);

  add_needs (self, step, first);
  if (condition != NULL && before->len == 0)
    _runnel_jenkins_tell (self, stage, step,
                          "Where this stage is skipped, those that need it are skipped, too.");
  ends = ends_new (condition != NULL ? before : NULL);
  add_end (ends, name, condition != NULL);

  return ends;
}

/* Stages with others inside. */

static GPtrArray *
read_list (RunnelJenkinsImport *self,
           const RunnelJenkinsNode *list,
           gboolean side_by_side,
           GPtrArray *before,
           const Around *around,
           GError **error)
{
  g_autoptr(GPtrArray) ends = ends_new (side_by_side ? NULL : before);

  for (guint i = 0; list->children != NULL && i < list->children->len; i++)
    {
      const RunnelJenkinsNode *stage = g_ptr_array_index (list->children, i);
      g_autoptr(GPtrArray) after = NULL;

      if (g_strcmp0 (stage->name, "stage") != 0 || stage->children == NULL)
        {
          _runnel_jenkins_fail (error, stage->line, stage->column,
                                "a stage must stand here: stage('name') { ... }");
          return NULL;
        }
      after = read_stage (self, stage, side_by_side ? before : ends, around, error);
      if (after == NULL)
        return NULL;
      if (!side_by_side)
        g_ptr_array_set_size (ends, 0);
      for (guint j = 0; j < after->len; j++)
        {
          const End *end = g_ptr_array_index (after, j);

          add_end (ends, end->name, end->may_skip);
        }
    }

  return g_steal_pointer (&ends);
}

static GPtrArray *
read_container (RunnelJenkinsImport *self,
                const RunnelJenkinsNode *stage,
                const char *name,
                GPtrArray *before,
                const Around *around,
                GError **error)
{
  const RunnelJenkinsNode *matrix = _runnel_jenkins_find (stage->children, "matrix");
  const RunnelJenkinsNode *inside = matrix != NULL && matrix->children != NULL ? matrix : stage;
  const RunnelJenkinsNode *parallel = _runnel_jenkins_find (inside->children, "parallel");
  const RunnelJenkinsNode *list =
    parallel != NULL ? parallel : _runnel_jenkins_find (inside->children, "stages");
  const RunnelJenkinsNode *environment = _runnel_jenkins_find (inside->children, "environment");
  g_autoptr(GPtrArray) environments = g_ptr_array_copy (around->environments, NULL, NULL);
  g_autofree char *condition = NULL;
  Around own = { name, NULL, environments, inside == matrix ? matrix : around->matrix };
  gboolean said;

  if (list == NULL)
    {
      _runnel_jenkins_fail (error, inside->line, inside->column, "this matrix has no stages");
      return NULL;
    }
  condition =
    join_conditions (self, _runnel_jenkins_find (inside->children, "when"), around, &said);
  own.condition = condition;
  if (environment != NULL)
    g_ptr_array_add (environments, (gpointer) environment);
  keep_container (self, inside, said);
  if (inside != stage)
    keep_container (self, stage, FALSE);
  if (inside == matrix && list->children != NULL && list->children->len > 1)
    _runnel_jenkins_tell (
      self, matrix, NULL,
      "Here a stage of the matrix begins when all combinations of the stage before are "
      "over.");

  return read_list (self, list, parallel != NULL, before, &own, error);
}

static GPtrArray *
read_stage (RunnelJenkinsImport *self,
            const RunnelJenkinsNode *stage,
            GPtrArray *before,
            const Around *around,
            GError **error)
{
  const char *name = _runnel_jenkins_get_text (stage, NULL);

  if (name == NULL)
    {
      _runnel_jenkins_fail (error, stage->line, stage->column,
                            "this stage needs a name that is a text: stage('name') { ... }");
      return NULL;
    }
  if (is_container (stage))
    return read_container (self, stage, name, before, around, error);
  if (_runnel_jenkins_find (stage->children, "steps") == NULL)
    {
      _runnel_jenkins_fail (error, stage->line, stage->column,
                            "this stage has none of steps, stages, parallel and matrix");
      return NULL;
    }

  return read_work_stage (self, stage, before, around);
}

/* Reads all stages; of a pipeline or of a branch. */
gboolean
_runnel_jenkins_read_stages (RunnelJenkinsImport *self,
                             const RunnelJenkinsNode *stages,
                             GError **error)
{
  g_autoptr(GPtrArray) before = ends_new (NULL);
  g_autoptr(GPtrArray) environments = g_ptr_array_new ();
  const Around around = { NULL, NULL, environments, NULL };
  g_autoptr(GPtrArray) ends = read_list (self, stages, FALSE, before, &around, error);

  return ends != NULL;
}
