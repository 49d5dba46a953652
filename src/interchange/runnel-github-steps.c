/* runnel-github-steps.c: the steps of a job that does what one of Runnel's steps does
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A job begins with an empty folder, so the files of the repository are fetched first and the
 * artifacts of jobs before it next. Then comes the one step that does the work, whose id is "run",
 * and at last what it leaves is kept.
 */
#include "config.h"

#include <string.h>

#include "interchange/runnel-github-private.h"
#include "interchange/runnel-shell.h"

#define NEVER "!always()"

static void
open_step (RunnelGithubExport *self, const char *id, const char *uses)
{
  runnel_yaml_writer_open_map (self->writer);
  runnel_yaml_writer_pair (self->writer, "id", id);
  runnel_yaml_writer_pair (self->writer, "uses", uses);
}

static void
open_with (RunnelGithubExport *self, const char *key)
{
  runnel_yaml_writer_key (self->writer, key);
  runnel_yaml_writer_open_map (self->writer);
}

static void
close_step (RunnelGithubExport *self, gboolean has_with)
{
  if (has_with)
    runnel_yaml_writer_close_map (self->writer);
  runnel_yaml_writer_close_map (self->writer);
}

static RunnelGithubSpeaker
get_speaker (const RunnelGithubExport *self, const RunnelGithubJob *job)
{
  return (RunnelGithubSpeaker){ self->flow,  job->step,   job->self, RUNNEL_GITHUB_IN_STEP,
                                self->whole, job->is_last };
}

/* Shells. */

/* Returns (transfer full) what `shell:` says of one of Runnel's; NULL for that which GitHub takes
 * by itself. */
char *
_runnel_github_say_shell (const char *shell)
{
  g_autofree char *flags = NULL;

  if (g_str_equal (shell, "bash -e"))
    return NULL;
  if (g_str_equal (shell, "sh") || g_str_equal (shell, "pwsh") || g_str_equal (shell, "python"))
    return g_strdup (shell);
  if (g_str_equal (shell, "bash --noprofile --norc -eo pipefail"))
    return g_strdup ("bash");
  flags = runnel_flow_get_flags (shell);

  return g_strdup_printf ("%s%s%s {0}", shell, *flags != '\0' ? " " : "", flags);
}

/* Returns (transfer full) Runnel's shell for what `shell:` says, NULL = nothing; NULL for one it
 * can't run. */
char *
_runnel_github_read_shell (const char *shell)
{
  static const char *const known[] = { "bash", "node", "perl", "pwsh", "python3", "ruby" };
  g_autofree char *program = NULL;

  if (shell == NULL)
    return g_strdup ("bash -e");
  if (g_str_equal (shell, "bash"))
    return g_strdup ("bash --noprofile --norc -eo pipefail");
  if (g_str_equal (shell, "sh") || g_str_equal (shell, "pwsh") || g_str_equal (shell, "python"))
    return g_strdup (shell);
  if (!g_str_has_suffix (shell, " {0}") || strstr (shell, "${{") != NULL)
    return NULL;

  program = g_strndup (shell, strlen (shell) - strlen (" {0}"));
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autofree char *said = _runnel_github_say_shell (known[i]);

      if (g_str_equal (said, shell))
        return g_strdup (known[i]);
    }

  return g_steal_pointer (&program);
}

/* Environment. */

static void
add_matrix_variables (const RunnelFlowStep *step, JsonObject *env)
{
  g_autoptr(GPtrArray) axes = _runnel_github_list_axes (step->matrix);

  for (guint i = 0; i < axes->len; i++)
    {
      const char *axis = g_ptr_array_index (axes, i);
      g_autofree char *upper = runnel_github_secret_name (axis);
      g_autofree char *name = g_strdup_printf ("RUNNEL_MATRIX_%s", upper);
      g_autofree char *value = g_strdup_printf ("${{ matrix.%s }}", axis);

      json_object_set_string_member (env, name, value);
    }
}

static gboolean
needs_artifacts (const RunnelGithubExport *self, const RunnelFlowStep *step)
{
  if (self->whole)
    return FALSE;
  if (step->index < self->flow->steps->len)
    return _runnel_github_get_facts (self, step->index)->has_artifacts_before;

  return step->text != NULL && strstr (step->text, "RUNNEL_ARTIFACTS") != NULL;
}

/* What Runnel tells each attempt, for lines that ask for it. */
static void
add_run_variables (const RunnelFlowStep *step, JsonObject *env)
{
  static const char *const variables[][2] = {
    { "RUNNEL_RUN_ID", "${{ github.run_id }}" },
    { "RUNNEL_RUN_DIR", "${{ runner.temp }}" },
    { "RUNNEL_STEP", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (variables); i++)
    if (strstr (step->text, variables[i][0]) != NULL)
      json_object_set_string_member (env, variables[i][0],
                                     variables[i][1] != NULL ? variables[i][1] : step->id);
}

static void
write_env (RunnelGithubExport *self, const RunnelGithubJob *job)
{
  RunnelGithubSpeaker speaker = get_speaker (self, job);
  g_autoptr(JsonObject) env = json_object_new ();

  if (needs_artifacts (self, job->step))
    json_object_set_string_member (env, "RUNNEL_ARTIFACTS", RUNNEL_GITHUB_ARTIFACTS);
  add_run_variables (job->step, env);
  if (job->step->matrix != NULL && !self->whole)
    add_matrix_variables (job->step, env);
  _runnel_github_add_variables (&speaker, job->step->env, env);
  _runnel_github_write_env (self->writer, env);
}

/* The work. */

static gboolean
is_plain_script (const RunnelFlowStep *step)
{
  return g_str_equal (step->kind, "script");
}

/* A timeout that a step of GitHub can have itself. */
static gboolean
has_whole_minutes (const RunnelFlowStep *step)
{
  return step->timeout > 0 && step->timeout % G_TIME_SPAN_MINUTE == 0 && step->retry == NULL;
}

static gboolean
wants_outputs (const RunnelFlowStep *step)
{
  return step->outputs->len > 0 || strstr (step->text, "RUNNEL_OUTPUT") != NULL;
}

static RunnelShellParts
get_parts (const RunnelFlowStep *step)
{
  RunnelShellParts parts = RUNNEL_SHELL_BODY;

  if (step->timeout > 0 && !has_whole_minutes (step))
    parts |= RUNNEL_SHELL_TIMEOUT;
  if (step->retry != NULL)
    parts |= RUNNEL_SHELL_RETRY;
  /* Only a shell can be told by a line of its own where outputs go. */
  if (!g_str_has_prefix (step->shell, "sh") && !g_str_has_prefix (step->shell, "bash")
      && (parts != RUNNEL_SHELL_BODY || wants_outputs (step)))
    parts |= RUNNEL_SHELL_INTERPRETER;
  else if (!g_str_equal (step->shell, "sh") && parts != RUNNEL_SHELL_BODY)
    parts |= RUNNEL_SHELL_INTERPRETER;

  return parts;
}

static void
write_text (RunnelGithubExport *self, const RunnelFlowStep *step)
{
  RunnelShellParts parts = get_parts (step);
  g_autofree char *said = NULL;
  g_autofree char *shell = NULL;
  g_autofree char *lines = NULL;

  if (self->whole && step->enabled == RUNNEL_BYPASSED)
    said = g_strdup (":\n");
  else if (parts == RUNNEL_SHELL_BODY && is_plain_script (step))
    said = g_strdup (json_object_get_string_member_with_default (step->with, "run", ""));
  else
    said = runnel_shell_say_step (step, parts);
  shell = _runnel_github_say_shell (parts == RUNNEL_SHELL_BODY ? step->shell : "sh");
  lines = g_strconcat (wants_outputs (step) ? RUNNEL_GITHUB_OUTPUT_LINE : "", said, NULL);

  _runnel_github_write_text (self->writer, "run", lines);
  if (shell == NULL && self->kept != NULL && json_object_has_member (self->kept, "defaults"))
    shell = g_strdup ("bash -e {0}");
  runnel_yaml_writer_pair (self->writer, "shell", shell);
}

static void
write_continue (RunnelGithubExport *self, const RunnelGithubJob *job)
{
  RunnelGithubSpeaker speaker = get_speaker (self, job);
  g_autofree char *said = NULL;

  if (job->step->continues_if != NULL && !job->forgives)
    said = runnel_github_say_expression (&speaker, job->step->continues_if, NULL);
  if (said != NULL)
    {
      _runnel_github_write_expression (self->writer, "continue-on-error", said);
    }
  else if (job->step->continues || job->forgives)
    {
      runnel_yaml_writer_key (self->writer, "continue-on-error");
      runnel_yaml_writer_boolean (self->writer, TRUE);
    }
}

static void
write_folder (RunnelGithubExport *self, const RunnelGithubJob *job)
{
  RunnelGithubSpeaker speaker = get_speaker (self, job);
  g_autofree char *said = NULL;

  if (job->step->folder != NULL)
    said = runnel_github_say_text (&speaker, job->step->folder, NULL);
  runnel_yaml_writer_pair (self->writer, "working-directory", said);
}

/* Writes the step that does the work; `id` and what else is particular to a mode is for the caller.
 */
void
_runnel_github_write_run (RunnelGithubExport *self, const RunnelGithubJob *job, const char *id)
{
  const RunnelFlowStep *step = job->step;

  runnel_yaml_writer_open_map (self->writer);
  runnel_yaml_writer_pair (self->writer, "id", id);
  if (self->whole && !g_str_equal (step->title, step->id))
    _runnel_github_write_text (self->writer, "name", step->title);
  if (self->whole && job->condition != NULL)
    _runnel_github_write_expression (self->writer, "if", job->condition);
  else if (step->enabled == RUNNEL_BYPASSED && !self->whole)
    _runnel_github_write_expression (self->writer, "if", NEVER);
  else if (_runnel_github_can_cache (step) && !self->whole)
    runnel_yaml_writer_pair (self->writer, "if",
                             "${{ steps." RUNNEL_GITHUB_CACHE ".outputs.cache-hit != 'true' }}");
  write_text (self, step);
  write_folder (self, job);
  if (has_whole_minutes (step))
    {
      runnel_yaml_writer_key (self->writer, "timeout-minutes");
      runnel_yaml_writer_integer (self->writer, step->timeout / G_TIME_SPAN_MINUTE);
    }
  write_continue (self, job);
  write_env (self, job);
  runnel_yaml_writer_close_map (self->writer);
}

/* Around the work. */

static void
write_download (RunnelGithubExport *self)
{
  open_step (self, NULL, RUNNEL_GITHUB_DOWNLOAD);
  open_with (self, "with");
  runnel_yaml_writer_pair (self->writer, "path", RUNNEL_GITHUB_ARTIFACTS);
  close_step (self, TRUE);
}

/* The patterns of a cache, as lines or as arguments of a function. */
static char *
join_patterns (JsonNode *array, gboolean are_arguments)
{
  GString *joined = g_string_new (NULL);
  JsonArray *patterns =
    array != NULL && JSON_NODE_HOLDS_ARRAY (array) ? json_node_get_array (array) : NULL;

  for (guint i = 0; patterns != NULL && i < json_array_get_length (patterns); i++)
    {
      g_autoptr(GString) pattern = g_string_new (json_array_get_string_element (patterns, i));

      if (!are_arguments)
        {
          g_string_append_printf (joined, "%s%s", i > 0 ? "\n" : "", pattern->str);
          continue;
        }
      g_string_replace (pattern, "'", "''", 0);
      g_string_append_printf (joined, "%s'%s'", i > 0 ? ", " : "", pattern->str);
    }

  return g_string_free (joined, FALSE);
}

/* The action keeps files: not the values that a step gives, and nothing when there are no files. */
gboolean
_runnel_github_can_cache (const RunnelFlowStep *step)
{
  JsonNode *files = step->cache != NULL ? json_object_get_member (step->cache, "outputs") : NULL;
  JsonNode *inputs = step->cache != NULL ? json_object_get_member (step->cache, "inputs") : NULL;
  g_autofree char *paths = join_patterns (files, FALSE);
  g_autofree char *arguments = join_patterns (inputs, TRUE);

  return *paths != '\0' && strstr (paths, "${{") == NULL && strstr (arguments, "${{") == NULL
         && step->outputs->len == 0;
}

/* The command is a part of the key, as it is in Runnel. */
static char *
make_key (const RunnelGithubExport *self, const RunnelGithubJob *job)
{
  const RunnelFlowStep *step = job->step;
  RunnelGithubSpeaker speaker = get_speaker (self, job);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, step->text, -1);
  g_autofree char *inputs = join_patterns (json_object_get_member (step->cache, "inputs"), TRUE);
  const char *text = _runnel_github_get_text (json_object_get_member (step->cache, "key"));
  g_autofree char *own = text != NULL ? runnel_github_say_text (&speaker, text, NULL) : NULL;

  digest[12] = '\0';

  return g_strdup_printf ("${{ runner.os }}-%s-%s%s%s%s%s%s", step->id, digest,
                          own != NULL ? "-" : "", own != NULL ? own : "",
                          *inputs != '\0' ? "-${{ hashFiles(" : "", inputs,
                          *inputs != '\0' ? ") }}" : "");
}

static void
write_cache (RunnelGithubExport *self, const RunnelGithubJob *job)
{
  g_autofree char *paths =
    join_patterns (json_object_get_member (job->step->cache, "outputs"), FALSE);
  g_autofree char *key = make_key (self, job);

  open_step (self, RUNNEL_GITHUB_CACHE, RUNNEL_GITHUB_CACHE_ACTION);
  open_with (self, "with");
  runnel_yaml_writer_pair (self->writer, "path", paths);
  runnel_yaml_writer_pair (self->writer, "key", key);
  close_step (self, TRUE);
}

/* Legs are counted from 1, but GitHub counts from 0. */
static void
write_number (RunnelGithubExport *self)
{
  open_step (self, RUNNEL_GITHUB_NUMBER, NULL);
  runnel_yaml_writer_pair (self->writer, "run",
                           "echo \"leg=$((INDEX + 1))\" >> \"$GITHUB_OUTPUT\"");
  runnel_yaml_writer_pair (self->writer, "shell", "sh");
  open_with (self, "env");
  runnel_yaml_writer_pair (self->writer, "INDEX", "${{ strategy.job-index }}");
  close_step (self, TRUE);
}

static void
write_upload (RunnelGithubExport *self, const RunnelGithubJob *job)
{
  const RunnelFlowStep *step = job->step;
  RunnelGithubSpeaker speaker = get_speaker (self, job);
  g_autoptr(GString) paths = g_string_new (RUNNEL_GITHUB_ROOT_PATTERN);
  g_autofree char *name = g_strdup_printf (
    step->matrix != NULL ? "%s.${{ steps." RUNNEL_GITHUB_NUMBER ".outputs.leg }}" : "%s", step->id);

  for (guint i = 0; i < step->artifacts->len; i++)
    {
      g_autofree char *said =
        runnel_github_say_text (&speaker, g_ptr_array_index (step->artifacts, i), NULL);

      if (said != NULL)
        g_string_append_printf (paths, "\n%s", said);
    }

  open_step (self, NULL, RUNNEL_GITHUB_UPLOAD);
  open_with (self, "with");
  runnel_yaml_writer_pair (self->writer, "name", name);
  runnel_yaml_writer_pair (self->writer, "path", paths->str);
  runnel_yaml_writer_pair (self->writer, "if-no-files-found", "ignore");
  runnel_yaml_writer_key (self->writer, "include-hidden-files");
  runnel_yaml_writer_boolean (self->writer, TRUE);
  close_step (self, TRUE);
}

/* Writes the list of steps. */
void
_runnel_github_write_steps (RunnelGithubExport *self, const RunnelGithubJob *job)
{
  const RunnelFlowStep *step = job->step;

  runnel_yaml_writer_open_list (self->writer);
  open_step (self, NULL, RUNNEL_GITHUB_CHECKOUT);
  close_step (self, FALSE);
  if (needs_artifacts (self, step))
    write_download (self);
  if (_runnel_github_can_cache (step))
    write_cache (self, job);
  if (step->artifacts->len > 0 && step->matrix != NULL)
    write_number (self);
  _runnel_github_write_run (self, job, RUNNEL_GITHUB_RUN);
  if (step->artifacts->len > 0)
    write_upload (self, job);
  runnel_yaml_writer_close_list (self->writer);
}
