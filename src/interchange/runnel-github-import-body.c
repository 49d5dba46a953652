/* runnel-github-import-body.c: what a job does, as the body of a step
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-github-import.h"

#include <string.h>

#include "interchange/runnel-shell.h"
#include "model/runnel-duration.h"

/* What belongs to the step whatever it does; the rest of a job is its definition. */
static const char *const of_step[] = {
  "name", "needs", "if", "strategy", "timeout-minutes", "continue-on-error", "outputs", "env", NULL
};

static void
keep (RunnelGithubFound *job, const char *key, JsonNode *value)
{
  runnel_import_keep (job->step, RUNNEL_GITHUB, key, json_node_copy (value));
}

/* Environment. */

static JsonObject *
get_env (JsonObject *step)
{
  if (!json_object_has_member (step, "env"))
    json_object_set_object_member (step, "env", json_object_new ());

  return json_object_get_object_member (step, "env");
}

/* Variables that an export adds by itself. */
static gboolean
is_made (const char *name, const char *text)
{
  return (g_str_has_prefix (name, "RUNNEL_MATRIX_") && g_str_has_prefix (text, "${{ matrix."))
         || g_str_equal (name, "RUNNEL_RUN_ID") || g_str_equal (name, "RUNNEL_RUN_DIR")
         || g_str_equal (name, "RUNNEL_STEP")
         || (g_str_equal (name, "RUNNEL_ARTIFACTS") && g_str_equal (text, RUNNEL_GITHUB_ARTIFACTS));
}

/* Variables of GitHub's expressions are kept, if there is a place that they can be written back to.
 */
static void
add_env (RunnelGithubReader *self, RunnelGithubFound *job, JsonObject *env, gboolean is_of_job)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;
  JsonObject *kept = NULL;

  json_object_iter_init_ordered (&iter, env);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      g_autofree char *text = runnel_value_to_text (value);
      g_autofree char *read = NULL;

      if (is_made (name, text))
        continue;
      read = runnel_github_read_text (text, &self->names, NULL);
      if (read != NULL)
        {
          json_object_set_string_member (get_env (job->step), name, read);
          continue;
        }
      _runnel_github_note (
        self, job, "the variable %s is kept for GitHub, but not set here: it is “%s”", name, text);
      if (!is_of_job)
        continue;
      if (kept == NULL)
        kept = json_object_new ();
      json_object_set_member (kept, name, json_node_copy (value));
    }
  if (kept != NULL)
    runnel_import_keep (job->step, RUNNEL_GITHUB, "env",
                        json_node_init_object (json_node_alloc (), kept));
  g_clear_pointer (&kept, json_object_unref);
}

static void
read_env (RunnelGithubReader *self, RunnelGithubFound *job)
{
  JsonNode *node = json_object_get_member (job->json, "env");

  if (node == NULL)
    return;
  if (JSON_NODE_HOLDS_OBJECT (node))
    add_env (self, job, json_node_get_object (node), TRUE);
  else
    keep (job, "env", node);
}

/* A script. */

static void
set_script (JsonObject *step, const char *run, const char *shell)
{
  JsonObject *with = json_object_new ();

  json_object_set_string_member (with, "run", run);
  if (!g_str_equal (shell, "sh"))
    json_object_set_string_member (with, "shell", shell);
  json_object_set_string_member (step, "kind", "script");
  json_object_set_object_member (step, "with", with);
}

/* What stood at the step that does the work; at the job, it was read before. */
static void
read_limits (RunnelGithubReader *self, RunnelGithubFound *job, const RunnelGithubWork *work)
{
  JsonObject *outputs = _runnel_github_get_object (job->json, "outputs");
  gboolean tells = outputs != NULL && json_object_has_member (outputs, RUNNEL_GITHUB_RESULT);
  g_autofree char *timeout =
    work->minutes > 0 ? runnel_duration_to_string (work->minutes * G_TIME_SPAN_MINUTE) : NULL;

  runnel_import_set_string (job->step, "timeout", timeout);
  if (work->continues == NULL || tells || g_hash_table_contains (self->others, job->name))
    return;
  _runnel_github_set_continue (self, job, work->continues);
}

static void
read_artifacts (RunnelGithubReader *self, RunnelGithubFound *job, const RunnelGithubWork *work)
{
  JsonArray *artifacts;

  if (work->artifacts->len == 0)
    return;
  artifacts = json_array_new ();
  for (guint i = 0; i < work->artifacts->len; i++)
    {
      g_autofree char *read =
        runnel_github_read_text (g_ptr_array_index (work->artifacts, i), &self->names, NULL);

      if (read != NULL)
        json_array_add_string_element (artifacts, read);
    }
  json_object_set_array_member (job->step, "artifacts", artifacts);
}

static void
read_folder (RunnelGithubReader *self, RunnelGithubFound *job, const RunnelGithubWork *work)
{
  g_autofree char *read =
    work->folder != NULL ? runnel_github_read_text (work->folder, &self->names, NULL) : NULL;

  runnel_import_set_string (job->step, "working-directory", read);
}

static void
read_own_work (RunnelGithubReader *self, RunnelGithubFound *job, const RunnelGithubWork *work)
{
  if (!g_str_has_prefix (work->run, "# runnel: {")
      || !runnel_shell_read_step (work->run, work->shell, job->step))
    set_script (job->step, work->run, work->shell);
  read_limits (self, job, work);
  read_artifacts (self, job, work);
  if (work->is_bypassed)
    json_object_set_string_member (job->step, "disabled", "bypass");
  if (job->mark != NULL && json_object_has_member (job->mark, "cache"))
    json_object_set_member (job->step, "cache", json_object_dup_member (job->mark, "cache"));
}

/* The image, when it is a name; how its container is made is kept. */
static void
read_container (RunnelGithubFound *job)
{
  JsonNode *node = json_object_get_member (job->json, "container");
  JsonObject *object = _runnel_github_get_object (job->json, "container");
  const char *image = object != NULL ? _runnel_github_get_string (object, "image")
                                     : _runnel_github_get_string (job->json, "container");

  if (node == NULL)
    return;
  if (image != NULL && *image != '\0' && strstr (image, "${{") == NULL)
    json_object_set_string_member (job->step, "image", image);
  if (object != NULL || !json_object_has_member (job->step, "image"))
    keep (job, "container", node);
}

static void
keep_others (RunnelGithubFound *job)
{
  static const char *const read[] = { "steps",   "container",   "uses", "with",
                                      "secrets", "environment", NULL };
  gboolean is_approval = g_strcmp0 (_runnel_github_get_string (job->step, "kind"), "approval") == 0;
  const char *runner = _runnel_github_get_string (job->json, "runs-on");
  JsonObjectIter iter;
  const char *key;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, job->json);
  while (json_object_iter_next_ordered (&iter, &key, &value))
    if (!g_strv_contains (of_step, key)
        && (!g_strv_contains (read, key) || (g_str_equal (key, "environment") && !is_approval))
        && !(g_str_equal (key, "runs-on") && g_strcmp0 (runner, "ubuntu-latest") == 0))
      keep (job, key, value);
}

/* A construct of GitHub. */

static void
read_definition (RunnelGithubFound *job)
{
  JsonObject *with = json_object_new ();
  JsonObject *definition = json_object_new ();
  JsonObjectIter iter;
  const char *key;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, job->json);
  while (json_object_iter_next_ordered (&iter, &key, &value))
    if (!g_strv_contains (of_step, key))
      json_object_set_member (definition, key, json_node_copy (value));
  json_object_set_string_member (with, "system", RUNNEL_GITHUB);
  json_object_set_object_member (with, "definition", definition);
  json_object_set_string_member (job->step, "kind", "foreign");
  json_object_set_object_member (job->step, "with", with);
}

/* A call of another workflow. */

/* A call that an export wrote: what it says of files and outputs is in its mark. */
static gboolean
read_marked_call (RunnelGithubFound *job, const char *file)
{
  JsonObject *with = job->mark != NULL ? _runnel_github_get_object (job->mark, "with") : NULL;
  const char *marked = with != NULL ? _runnel_github_get_string (with, "file") : NULL;
  g_autofree char *base = marked != NULL ? g_path_get_basename (marked) : NULL;

  if (g_strcmp0 (base, file) != 0)
    return FALSE;
  json_object_set_string_member (job->step, "kind", "pipeline");
  json_object_set_object_member (job->step, "with", json_object_ref (with));

  return TRUE;
}

static gboolean
read_call (RunnelGithubReader *self, RunnelGithubFound *job)
{
  const char *uses = _runnel_github_get_string (job->json, "uses");
  JsonNode *parameters = json_object_get_member (job->json, "with");
  g_autofree char *file = uses != NULL ? _runnel_github_get_call_file (uses) : NULL;
  g_autoptr(JsonNode) read = NULL;
  JsonObject *with;

  if (file == NULL)
    return FALSE;
  if (read_marked_call (job, file))
    return TRUE;
  if (parameters != NULL
      && (!JSON_NODE_HOLDS_OBJECT (parameters)
          || (read = _runnel_github_read_json (parameters, &self->names, NULL)) == NULL))
    return FALSE;

  keep (job, "uses", json_object_get_member (job->json, "uses"));
  if (json_object_has_member (job->json, "secrets"))
    keep (job, "secrets", json_object_get_member (job->json, "secrets"));
  with = json_object_new ();
  json_object_set_string_member (with, "file", file);
  if (read != NULL)
    json_object_set_member (with, "parameters", g_steal_pointer (&read));
  json_object_set_string_member (job->step, "kind", "pipeline");
  json_object_set_object_member (job->step, "with", with);

  return TRUE;
}

static gboolean
read_approval (RunnelGithubFound *job)
{
  JsonObject *with = job->mark != NULL ? _runnel_github_get_object (job->mark, "with") : NULL;

  if (with == NULL || g_strcmp0 (_runnel_github_get_string (job->mark, "kind"), "approval") != 0
      || !json_object_has_member (job->json, "environment"))
    return FALSE;
  json_object_set_string_member (job->step, "kind", "approval");
  json_object_set_object_member (job->step, "with", json_object_ref (with));

  return TRUE;
}

static void
read_script (RunnelGithubReader *self, RunnelGithubFound *job, const RunnelGithubWork *work)
{
  if (work->env != NULL)
    add_env (self, job, work->env, FALSE);
  read_folder (self, job, work);
  read_container (job);
  if (work->is_ours)
    {
      read_own_work (self, job, work);
      return;
    }
  set_script (job->step, work->run, work->shell);
  keep (job, "steps", json_object_get_member (job->json, "steps"));
}

/* Sets `kind`, `with` and all that follows from what the job does. */
void
_runnel_github_read_body (RunnelGithubReader *self, RunnelGithubFound *job)
{
  JsonNode *steps = json_object_get_member (job->json, "steps");
  g_auto(RunnelGithubWork) work = { 0 };

  read_env (self, job);
  if (steps != NULL)
    runnel_github_work_read (&work, steps, _runnel_github_get_object (job->json, "defaults"),
                             _runnel_github_get_object (self->workflow, "defaults"));
  if (read_approval (job) || read_call (self, job))
    keep_others (job);
  else if (work.run != NULL)
    {
      read_script (self, job, &work);
      keep_others (job);
    }
  else
    read_definition (job);
}
