/* runnel-github-work.c: what the steps of a job make together
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A job is one script when it only runs lines in one shell and one folder, apart from fetching the
 * repository. Lines of several steps are put in parentheses, because each step has a shell of its
 * own.
 */
#include "config.h"

#include <string.h>

#include "interchange/runnel-github-private.h"

#define CHECKOUT "actions/checkout@"
#define DOWNLOAD "actions/download-artifact@"
#define UPLOAD "actions/upload-artifact@"
#define CACHE "actions/cache@"

static JsonObject *
get_object (JsonObject *object, const char *key)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, key) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static const char *
get_string (JsonObject *object, const char *key)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, key) : NULL;

  return _runnel_github_get_text (node);
}

static gboolean
uses (JsonObject *step, const char *action)
{
  const char *name = get_string (step, "uses");

  return name != NULL && g_str_has_prefix (name, action);
}

static gboolean
has_only (JsonObject *step, const char *const *keys)
{
  JsonObjectIter iter;
  const char *key;

  json_object_iter_init (&iter, step);
  while (json_object_iter_next (&iter, &key, NULL))
    if (!g_strv_contains (keys, key))
      return FALSE;

  return TRUE;
}

/* Fetching the repository as it is; with anything special it has to be kept. */
static gboolean
is_checkout (JsonObject *step)
{
  static const char *const keys[] = { "name", "uses", "with", "id", NULL };

  return uses (step, CHECKOUT) && has_only (step, keys);
}

/* Steps that an export puts around the work. */

static gboolean
is_artifact_step (RunnelGithubWork *self, JsonObject *step)
{
  const char *path = get_string (get_object (step, "with"), "path");
  g_auto(GStrv) lines = NULL;

  if (uses (step, DOWNLOAD))
    return g_strcmp0 (path, RUNNEL_GITHUB_ARTIFACTS) == 0;
  if (!uses (step, UPLOAD) || path == NULL || !g_str_has_prefix (path, RUNNEL_GITHUB_ROOT_PATTERN))
    return FALSE;

  lines = g_strsplit (path, "\n", -1);
  for (guint i = 1; lines[i] != NULL; i++)
    if (*lines[i] != '\0')
      g_ptr_array_add (self->artifacts, g_strdup (lines[i]));

  return TRUE;
}

static gboolean
is_own_step (RunnelGithubWork *self, JsonObject *step)
{
  const char *id = get_string (step, "id");

  if (get_string (step, "run") != NULL)
    return g_strcmp0 (id, RUNNEL_GITHUB_RUN) == 0 || g_strcmp0 (id, RUNNEL_GITHUB_NUMBER) == 0;
  if (uses (step, CHECKOUT))
    return json_object_get_size (step) == 1;
  if (uses (step, CACHE))
    return g_strcmp0 (id, RUNNEL_GITHUB_CACHE) == 0;

  return is_artifact_step (self, step);
}

/* The step that does the work of a job that an export has written; NULL for any other. */
static JsonObject *
find_own_work (RunnelGithubWork *self, JsonArray *steps)
{
  JsonObject *work = NULL;

  for (guint i = 0; i < json_array_get_length (steps); i++)
    {
      JsonNode *node = json_array_get_element (steps, i);
      JsonObject *step = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

      if (step == NULL || !is_own_step (self, step))
        return NULL;
      if (g_strcmp0 (get_string (step, "id"), RUNNEL_GITHUB_RUN) == 0)
        work = step;
    }

  return work;
}

static gboolean
is_never (JsonObject *step)
{
  JsonNode *condition = json_object_get_member (step, "if");
  g_autofree char *text = condition != NULL ? runnel_value_to_text (condition) : NULL;

  return text != NULL
         && (g_str_equal (text, "${{ !always() }}") || g_str_equal (text, "false")
             || g_str_equal (text, "${{ false }}"));
}

/* Shell and folder of a step, its own or the defaults of the job and the workflow. */
static const char *
get_default (JsonObject *step, JsonObject *job_defaults, JsonObject *defaults, const char *key)
{
  JsonObject *levels[] = { step, get_object (job_defaults, "run"), get_object (defaults, "run") };

  for (gsize i = 0; i < G_N_ELEMENTS (levels); i++)
    if (get_string (levels[i], key) != NULL)
      return get_string (levels[i], key);

  return NULL;
}

static gboolean
set_place (RunnelGithubWork *self, JsonObject *step, JsonObject *job_defaults, JsonObject *defaults)
{
  const char *folder = get_default (step, job_defaults, defaults, "working-directory");
  g_autofree char *shell =
    _runnel_github_read_shell (get_default (step, job_defaults, defaults, "shell"));

  if (shell == NULL
      || (self->run != NULL
          && (g_strcmp0 (shell, self->shell) != 0 || g_strcmp0 (folder, self->folder) != 0)))
    return FALSE;
  if (self->run == NULL)
    {
      self->shell = g_steal_pointer (&shell);
      self->folder = g_strdup (folder);
    }

  return TRUE;
}

static void
set_limits (RunnelGithubWork *self, JsonObject *step)
{
  JsonNode *minutes = json_object_get_member (step, "timeout-minutes");
  JsonNode *continues = json_object_get_member (step, "continue-on-error");
  JsonObject *env = get_object (step, "env");

  if (minutes != NULL && JSON_NODE_HOLDS_VALUE (minutes)
      && json_node_get_value_type (minutes) == G_TYPE_INT64)
    self->minutes = json_node_get_int (minutes);
  if (continues != NULL)
    self->continues = json_node_copy (continues);
  if (env != NULL)
    self->env = json_object_ref (env);
}

static gboolean
read_own_work (RunnelGithubWork *self,
               JsonObject *step,
               JsonObject *job_defaults,
               JsonObject *defaults)
{
  const char *text = get_string (step, "run");
  const char *lines = text;

  if (!set_place (self, step, job_defaults, defaults))
    return FALSE;
  if (g_str_has_prefix (lines, RUNNEL_GITHUB_OUTPUT_LINE))
    lines += strlen (RUNNEL_GITHUB_OUTPUT_LINE);
  self->run = runnel_github_unescape (lines);
  self->is_bypassed = is_never (step);
  set_limits (self, step);
  self->is_ours = self->run != NULL;

  return self->is_ours;
}

/* Scripts of others. */

/* Lines of one more step. What they say of outputs works for Runnel, too, once GITHUB_OUTPUT is
 * known. */
static gboolean
add_lines (RunnelGithubWork *self, JsonObject *step, gboolean is_only)
{
  g_autofree char *lines = runnel_github_unescape (get_string (step, "run"));
  const char *name = get_string (step, "name");
  g_autoptr(GString) all = g_string_new (self->run);

  if (lines == NULL)
    return FALSE;
  if (self->run == NULL && strstr (lines, "GITHUB_OUTPUT") != NULL
      && strstr (self->shell, "sh") != NULL)
    g_string_append (all, "export GITHUB_OUTPUT=\"$RUNNEL_OUTPUT\"\n");
  if (is_only)
    {
      g_string_append (all, lines);
    }
  else
    {
      g_autofree char *title = name != NULL ? g_strdup (name) : NULL;

      if (title != NULL)
        g_string_append_printf (all, "# %s\n", g_strdelimit (title, "\n", ' '));
      g_string_append_printf (all, "(\n%s%s)\n", lines, g_str_has_suffix (lines, "\n") ? "" : "\n");
    }
  g_free (self->run);
  self->run = g_strdup (all->str);

  return TRUE;
}

static guint
count_runs (JsonArray *steps)
{
  static const char *const keys[] = {
    "name", "id", "run", "shell", "working-directory", "env", NULL
  };
  guint n_runs = 0;

  for (guint i = 0; i < json_array_get_length (steps); i++)
    {
      JsonNode *node = json_array_get_element (steps, i);
      JsonObject *step = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

      if (step == NULL)
        return 0;
      if (is_checkout (step))
        continue;
      if (get_string (step, "run") == NULL || !has_only (step, keys))
        return 0;
      n_runs += 1;
    }

  return n_runs;
}

/* Variables of a step hold for its lines alone, so a script of several steps can't have them. */
static gboolean
read_lines (RunnelGithubWork *self,
            JsonArray *steps,
            JsonObject *job_defaults,
            JsonObject *defaults)
{
  guint n_runs = count_runs (steps);

  for (guint i = 0; n_runs > 0 && i < json_array_get_length (steps); i++)
    {
      JsonObject *step = json_array_get_object_element (steps, i);

      if (is_checkout (step))
        continue;
      if ((n_runs > 1 && json_object_has_member (step, "env"))
          || !set_place (self, step, job_defaults, defaults)
          || !add_lines (self, step, n_runs == 1))
        return FALSE;
      if (n_runs > 1 && strstr (self->shell, "sh") == NULL)
        return FALSE;
      set_limits (self, step);
    }

  return n_runs > 0;
}

/**
 * runnel_github_work_read:
 * @self: a cleared work
 * @steps: `steps` of a job
 * @job_defaults: (nullable): `defaults` of the job
 * @defaults: (nullable): those of the workflow
 *
 * Finds out what a job does, if that can be one script; its `run` is NULL when not.
 */
void
runnel_github_work_read (RunnelGithubWork *self,
                         JsonNode *steps,
                         JsonObject *job_defaults,
                         JsonObject *defaults)
{
  JsonObject *own;
  gboolean is_read;

  self->artifacts = g_ptr_array_new_with_free_func (g_free);
  if (!JSON_NODE_HOLDS_ARRAY (steps))
    return;

  own = find_own_work (self, json_node_get_array (steps));
  is_read = own != NULL ? read_own_work (self, own, job_defaults, defaults)
                        : read_lines (self, json_node_get_array (steps), job_defaults, defaults);
  if (!is_read)
    g_clear_pointer (&self->run, g_free);
}

void
runnel_github_work_clear (RunnelGithubWork *self)
{
  g_clear_pointer (&self->run, g_free);
  g_clear_pointer (&self->shell, g_free);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->env, json_object_unref);
  g_clear_pointer (&self->continues, json_node_unref);
  g_clear_pointer (&self->artifacts, g_ptr_array_unref);
}
