/* runnel-jenkins-import-env.c: variables and secrets of a Jenkinsfile
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-jenkins-read-private.h"
#include "model/runnel-shape.h"

void
_runnel_jenkins_set_env (JsonObject *object, const char *name, const char *value)
{
  if (!json_object_has_member (object, "env"))
    json_object_set_object_member (object, "env", json_object_new ());
  json_object_set_string_member (json_object_get_object_member (object, "env"), name, value);
}

/* A variable with the value of a secret, which is declared once. */
void
_runnel_jenkins_set_secret (RunnelJenkinsImport *self,
                            JsonObject *object,
                            const char *name,
                            const char *secret)
{
  g_autofree char *value = g_strdup_printf ("${{ secrets.%s }}", secret);

  if (g_hash_table_add (self->secrets, g_strdup (secret)))
    {
      if (!json_object_has_member (self->root, "secrets"))
        json_object_set_array_member (self->root, "secrets", json_array_new ());
      json_array_add_string_element (json_object_get_array_member (self->root, "secrets"), secret);
    }
  _runnel_jenkins_set_env (object, name, value);
}

gboolean
_runnel_jenkins_is_variable (const char *name)
{
  return g_regex_match_simple ("^[A-Za-z_][A-Za-z0-9_]*$", name, G_REGEX_DOLLAR_ENDONLY, 0);
}

/* The secret of an identifier of credentials; NULL when it can't have that name. */
const char *
_runnel_jenkins_find_secret (const RunnelJenkinsNode *call, const char *key)
{
  const char *id = _runnel_jenkins_get_text (call, key);

  return id != NULL && runnel_id_is_valid (id) ? id : NULL;
}

static gboolean
read_variable (RunnelJenkinsImport *self, JsonObject *object, const RunnelJenkinsNode *entry)
{
  const RunnelJenkinsValue *value = _runnel_jenkins_get_value (entry, NULL);
  g_autofree char *text = NULL;

  if (!entry->assigns || value == NULL || !_runnel_jenkins_is_variable (entry->name))
    return FALSE;
  if (value->type == RUNNEL_JENKINS_VALUE_CALL && g_strcmp0 (value->call->name, "credentials") == 0)
    {
      const char *secret = _runnel_jenkins_find_secret (value->call, NULL);

      if (secret == NULL)
        return FALSE;
      _runnel_jenkins_set_secret (self, object, entry->name, secret);
      return TRUE;
    }
  text = _runnel_jenkins_read_text (self->file, value->first, value->last, &self->names);
  if (text == NULL)
    return FALSE;
  _runnel_jenkins_set_env (object, entry->name, text);

  return TRUE;
}

/* Variables that the export makes for each pipeline. */
static gboolean
is_own_variable (const RunnelJenkinsImport *self, const RunnelJenkinsNode *entry)
{
  return self->ours && entry->name != NULL
         && (g_str_equal (entry->name, "RUNNEL_ARTIFACTS")
             || g_str_has_prefix (entry->name, "RUNNEL_PARAM_"));
}

/* Reads a section `environment` into the env of the pipeline or a step. */
void
_runnel_jenkins_read_env (RunnelJenkinsImport *self,
                          JsonObject *object,
                          const RunnelJenkinsNode *environment)
{
  for (guint i = 0;
       environment != NULL && environment->children != NULL && i < environment->children->len; i++)
    {
      const RunnelJenkinsNode *entry = g_ptr_array_index (environment->children, i);

      if (!is_own_variable (self, entry) && !read_variable (self, object, entry))
        _runnel_jenkins_keep (self, object, "environment", entry);
      if (json_object_has_member (object, "env"))
        *(object == self->root ? &self->names.env : &self->names.own_env) =
          json_object_get_object_member (object, "env");
    }
}
