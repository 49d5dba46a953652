/* runnel-gitlab-import-matrix.c: variables and legs of a job of GitLab CI
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "interchange/runnel-gitlab-reader.h"

static void
keep_variable (RunnelGitlabReader *self,
               const char         *name,
               JsonNode           *value)
{
  JsonObject *foreign =
    _runnel_gitlab_get_own (_runnel_gitlab_get_own (self->step, "foreign"), RUNNEL_GITLAB);

  json_object_set_member (_runnel_gitlab_get_own (foreign, "variables"), name,
                          json_node_copy (value));
}

void
_runnel_gitlab_read_variables (RunnelGitlabReader *self)
{
  JsonNode *variables = _runnel_gitlab_get (self, "variables");
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (variables == NULL || !JSON_NODE_HOLDS_OBJECT (variables))
    return;

  json_object_iter_init_ordered (&iter, json_node_get_object (variables));
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      g_autofree char *scalar = _runnel_gitlab_dup_scalar (value);
      g_autofree char *text =
        scalar != NULL ? _runnel_gitlab_read_text (self->file->references, scalar) : NULL;

      if (g_str_equal (name, "RUNNEL_OUTPUT"))
        continue;
      if (text != NULL)
        json_object_set_string_member (_runnel_gitlab_get_own (self->step, "env"), name, text);
      else
        keep_variable (self, name, value);
    }
}

/* The matrix that we have written, when the job still has it. */
static JsonNode *
find_said_matrix (RunnelGitlabReader *self,
                  JsonNode           *parallel)
{
  JsonNode *said = self->said != NULL ? json_object_get_member (self->said, "matrix") : NULL;
  g_auto (RunnelMatrix) legs = { 0 };
  g_autoptr (JsonNode) again = NULL;

  if (said == NULL || !runnel_matrix_init (&legs, said, NULL))
    return NULL;

  again = _runnel_gitlab_say_matrix (&legs);

  return json_node_equal (again, parallel) ? json_node_copy (said) : NULL;
}

/* The axes of a matrix of ours are variables by other names. */
static void
refer_to_axes (RunnelGitlabReader *self,
               JsonNode           *matrix)
{
  g_auto (RunnelMatrix) legs = { 0 };

  if (!runnel_matrix_init (&legs, matrix, NULL))
    return;
  for (guint i = 0; i < legs.combinations->len; i++)
    {
      JsonObjectIter iter;
      const char *axis;

      json_object_iter_init_ordered (&iter, g_ptr_array_index (legs.combinations, i));
      while (json_object_iter_next_ordered (&iter, &axis, NULL))
        g_hash_table_insert (self->file->references, _runnel_gitlab_get_axis (axis),
                             g_strconcat ("matrix.", axis, NULL));
    }
}

static void
set_leg_values (RunnelGitlabReader *self,
                JsonObject         *values)
{
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init_ordered (&iter, values);
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    if (!g_str_equal (name, "include") && !g_str_equal (name, "fail-fast"))
      {
        g_autofree char *reference = g_strdup_printf ("${{ matrix.%s }}", name);

        json_object_set_string_member (_runnel_gitlab_get_own (self->step, "env"), name, reference);
      }
}

static void
set_all_leg_values (RunnelGitlabReader *self,
                    JsonNode           *matrix,
                    JsonNode           *parallel)
{
  JsonNode *include = json_object_get_member (json_node_get_object (matrix), "include");

  set_leg_values (self, json_node_get_object (matrix));
  for (guint i = 0; include != NULL && i < json_array_get_length (json_node_get_array (include));
       i++)
    set_leg_values (self, json_array_get_object_element (json_node_get_array (include), i));
  if (JSON_NODE_HOLDS_VALUE (parallel))
    {
      g_autofree char *total = _runnel_gitlab_dup_scalar (parallel);

      json_object_set_string_member (_runnel_gitlab_get_own (self->step, "env"), "CI_NODE_TOTAL",
                                     total);
    }
}

void
_runnel_gitlab_read_parallel (RunnelGitlabReader *self)
{
  JsonNode *parallel = _runnel_gitlab_get (self, "parallel");
  JsonNode *matrix;

  if (parallel == NULL)
    return;

  matrix = find_said_matrix (self, parallel);
  if (matrix != NULL)
    {
      refer_to_axes (self, matrix);
      json_object_set_member (self->step, "matrix", matrix);
      return;
    }

  matrix = _runnel_gitlab_read_matrix (parallel);
  if (matrix == NULL)
    {
      _runnel_gitlab_keep_and_note (self, "parallel", parallel);
      return;
    }
  _runnel_gitlab_keep (self, "parallel", parallel);
  set_all_leg_values (self, matrix, parallel);
  json_object_set_member (self->step, "matrix", matrix);
}
