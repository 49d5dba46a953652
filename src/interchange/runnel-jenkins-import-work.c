/* runnel-jenkins-import-work.c: what the steps of a stage do
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One stage is one step of Runnel. Steps around the others (timeout, retry, dir, withEnv,
 * withCredentials) become keys of the step; lines of shell become one script. Where one of them
 * can't be said, all that is inside stays as it is, a step of kind foreign.
 */
#include "config.h"

#include "interchange/runnel-jenkins-read-private.h"
#include "interchange/runnel-shell.h"
#include "model/runnel-duration.h"

#include <string.h>

#define OWN_HEAD "#!/bin/sh -e\n"
#define OWN_OUTPUTS "mkdir -p .runnel/outputs && : > .runnel/outputs/"
#define OWN_ARTIFACTS "mkdir -p .runnel/artifacts/"

/* Steps around others. Each returns FALSE when it can't be said, and has changed nothing then. */

/* The time of `timeout`, or NULL (transfer full). */
char *
_runnel_jenkins_read_time (const RunnelJenkinsNode *node)
{
  static const struct
  {
    const char *unit;
    gint64 span;
  } units[] = {
    { "MILLISECONDS", G_TIME_SPAN_MILLISECOND },
    { "SECONDS", G_TIME_SPAN_SECOND },
    { "MINUTES", G_TIME_SPAN_MINUTE },
    { "HOURS", G_TIME_SPAN_HOUR },
    { "DAYS", G_TIME_SPAN_DAY },
  };
  const char *time = _runnel_jenkins_get_text (node, "time");
  const RunnelJenkinsValue *unit = _runnel_jenkins_get_value (node, "unit");
  gint64 count;

  if (time == NULL || !g_ascii_string_to_signed (time, 10, 1, 100000000, &count, NULL))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_str_equal (units[i].unit, unit == NULL         ? "MINUTES"
                                    : unit->text != NULL ? unit->text
                                                         : ""))
      return runnel_duration_to_string (count * units[i].span);

  return NULL;
}

static gboolean
set_timeout (RunnelJenkinsImport *self, const RunnelJenkinsNode *node, JsonObject *step)
{
  g_autofree char *time =
    _runnel_jenkins_get_value (node, "activity") == NULL ? _runnel_jenkins_read_time (node) : NULL;
  const RunnelJenkinsNode *inside =
    node->children->len == 1 ? g_ptr_array_index (node->children, 0) : NULL;
  gboolean asks = inside != NULL && g_strcmp0 (inside->name, "input") == 0;

  if (time == NULL || json_object_has_member (step, "timeout"))
    return FALSE;
  json_object_set_string_member (step, asks ? "ask-timeout" : "timeout", time);

  return TRUE;
}

static gboolean
set_retry (RunnelJenkinsImport *self, const RunnelJenkinsNode *node, JsonObject *step)
{
  const char *text = node->values->len == 1 ? _runnel_jenkins_get_text (node, "count") : NULL;
  gint64 count;

  if (text == NULL || !g_ascii_string_to_signed (text, 10, 1, 1000, &count, NULL)
      || json_object_has_member (step, "retry"))
    return FALSE;
  if (count > 1)
    json_object_set_int_member (step, "retry", count - 1);

  return TRUE;
}

static gboolean
set_folder (RunnelJenkinsImport *self, const RunnelJenkinsNode *node, JsonObject *step)
{
  const RunnelJenkinsValue *value = _runnel_jenkins_get_value (node, NULL);
  g_autofree char *folder =
    value != NULL ? _runnel_jenkins_read_text (self->file, value->first, value->last, &self->names)
                  : NULL;

  if (folder == NULL || json_object_has_member (step, "working-directory"))
    return FALSE;
  json_object_set_string_member (step, "working-directory", folder);

  return TRUE;
}

/* A variable that the export sets for a step that has outputs or legs. */
static gboolean
is_own_pair (RunnelJenkinsImport *self, const RunnelJenkinsValue *item)
{
  const RunnelJenkinsToken *token = _runnel_jenkins_get_token (self->file, item->first);
  const char *source = self->file->text + token->start;

  return self->ours && item->last == item->first + 1
         && (g_str_has_prefix (source, "\"RUNNEL_OUTPUT=")
             || g_str_has_prefix (source, "'RUNNEL_MATRIX_"));
}

static gboolean
set_variables (RunnelJenkinsImport *self, const RunnelJenkinsNode *node, JsonObject *step)
{
  const RunnelJenkinsValue *list = _runnel_jenkins_get_value (node, NULL);
  g_autoptr(GPtrArray) pairs = g_ptr_array_new_with_free_func (g_free);

  if (list == NULL || list->items == NULL)
    return FALSE;
  for (guint i = 0; i < list->items->len; i++)
    {
      const RunnelJenkinsValue *item = g_ptr_array_index (list->items, i);
      char *pair;

      if (is_own_pair (self, item))
        continue;
      pair = _runnel_jenkins_read_text (self->file, item->first, item->last, &self->names);
      if (pair != NULL)
        g_ptr_array_add (pairs, pair);
      if (pair == NULL || !g_regex_match_simple ("^[A-Za-z_][A-Za-z0-9_]*=", pair, 0, 0))
        return FALSE;
    }
  for (guint i = 0; i < pairs->len; i++)
    {
      g_auto(GStrv) parts = g_strsplit (g_ptr_array_index (pairs, i), "=", 2);

      _runnel_jenkins_set_env (step, parts[0], parts[1]);
    }

  return TRUE;
}

static gboolean
set_credentials (RunnelJenkinsImport *self, const RunnelJenkinsNode *node, JsonObject *step)
{
  const RunnelJenkinsValue *list = _runnel_jenkins_get_value (node, NULL);

  if (list == NULL || list->items == NULL)
    return FALSE;
  for (guint i = 0; i < list->items->len; i++)
    {
      const RunnelJenkinsValue *item = g_ptr_array_index (list->items, i);
      const char *variable = _runnel_jenkins_get_text (item->call, "variable");

      if (item->type != RUNNEL_JENKINS_VALUE_CALL || g_strcmp0 (item->call->name, "string") != 0
          || _runnel_jenkins_find_secret (item->call, "credentialsId") == NULL || variable == NULL
          || !_runnel_jenkins_is_variable (variable))
        return FALSE;
    }
  for (guint i = 0; i < list->items->len; i++)
    {
      const RunnelJenkinsNode *call =
        ((RunnelJenkinsValue *) g_ptr_array_index (list->items, i))->call;

      _runnel_jenkins_set_secret (self, step, _runnel_jenkins_get_text (call, "variable"),
                                  _runnel_jenkins_get_text (call, "credentialsId"));
    }

  return TRUE;
}

static gboolean
set_image (RunnelJenkinsImport *self, const RunnelJenkinsNode *node, JsonObject *step)
{
  const char *image = _runnel_jenkins_get_text (node, NULL);

  if (image == NULL || json_object_has_member (step, "image"))
    return FALSE;
  json_object_set_string_member (step, "image", image);

  return TRUE;
}

typedef gboolean (*Around) (RunnelJenkinsImport *self,
                            const RunnelJenkinsNode *node,
                            JsonObject *step);

static Around
find_around (const RunnelJenkinsNode *node)
{
  static const struct
  {
    const char *name;
    Around set;
  } table[] = {
    { "timeout", set_timeout },
    { "retry", set_retry },
    { "dir", set_folder },
    { "withEnv", set_variables },
    { "withCredentials", set_credentials },
    { "docker.image", set_image },
  };

  for (guint i = 0; node->children != NULL && i < G_N_ELEMENTS (table); i++)
    if (g_strcmp0 (node->name, table[i].name) == 0)
      return table[i].set;

  return NULL;
}

/* Statements for artifacts and outputs. */

static const char *
get_lines (const RunnelJenkinsNode *node)
{
  return g_strcmp0 (node->name, "sh") == 0 && node->values->len == 1
             && ((RunnelJenkinsValue *) g_ptr_array_index (node->values, 0))->type
                  == RUNNEL_JENKINS_VALUE_TEXT
           ? _runnel_jenkins_get_text (node, "script")
           : NULL;
}

/* Whether the export writes that by itself for a step that has artifacts or outputs. */
static gboolean
is_own_line (RunnelJenkinsImport *self, const RunnelJenkinsNode *node)
{
  const char *lines = get_lines (node);

  return self->ours && lines != NULL
         && (g_str_has_prefix (lines, OWN_OUTPUTS)
             || (g_str_has_prefix (lines, OWN_ARTIFACTS) && strstr (lines, "\ncp -R ") != NULL));
}

static gboolean
read_artifacts (RunnelJenkinsImport *self, const RunnelJenkinsNode *node, JsonObject *step)
{
  const char *text = g_strcmp0 (node->name, "archiveArtifacts") == 0
                       ? _runnel_jenkins_get_text (node, "artifacts")
                       : NULL;
  g_auto(GStrv) patterns = text != NULL ? g_strsplit (text, ",", -1) : NULL;

  for (guint i = 0; patterns != NULL && patterns[i] != NULL; i++)
    {
      if (*g_strstrip (patterns[i]) == '\0' || *patterns[i] == '/'
          || strstr (patterns[i], "..") != NULL)
        continue;
      if (!json_object_has_member (step, "artifacts"))
        json_object_set_array_member (step, "artifacts", json_array_new ());
      json_array_add_string_element (json_object_get_array_member (step, "artifacts"), patterns[i]);
    }

  return text != NULL;
}

/* Jenkins fetches the sources before each stage by itself. */
static gboolean
is_checkout (const RunnelJenkinsNode *node)
{
  return g_strcmp0 (node->name, "checkout") == 0
         && g_strcmp0 (_runnel_jenkins_get_text (node, NULL), "scm") == 0;
}

/* The statements that do the work; those about artifacts behind them are read into `step`. */
static GPtrArray *
select_work (RunnelJenkinsImport *self, GPtrArray *nodes, JsonObject *step)
{
  GPtrArray *work = g_ptr_array_new ();
  guint n_nodes = nodes->len;

  while (n_nodes > 0)
    {
      const RunnelJenkinsNode *node = g_ptr_array_index (nodes, n_nodes - 1);

      if (!is_own_line (self, node) && !read_artifacts (self, node, step))
        break;
      n_nodes--;
    }
  for (guint i = 0; i < n_nodes; i++)
    if (!is_own_line (self, g_ptr_array_index (nodes, i))
        && !(n_nodes > 1 && is_checkout (g_ptr_array_index (nodes, i))))
      g_ptr_array_add (work, g_ptr_array_index (nodes, i));

  return work;
}

/* The work itself. */

static JsonObject *
set_kind (JsonObject *step, const char *kind)
{
  JsonObject *with = json_object_new ();

  json_object_set_string_member (step, "kind", kind);
  json_object_set_object_member (step, "with", with);

  return with;
}

static gboolean
read_approval (RunnelJenkinsImport *self, const RunnelJenkinsNode *node, JsonObject *step)
{
  const RunnelJenkinsValue *value = _runnel_jenkins_get_value (node, "message");
  g_autofree char *prompt = NULL;
  JsonObject *with;

  if (value == NULL)
    value = _runnel_jenkins_get_value (node, NULL);
  if (value != NULL)
    prompt = _runnel_jenkins_read_text (self->file, value->first, value->last, &self->names);
  if (prompt == NULL)
    return FALSE;

  with = set_kind (step, "approval");
  json_object_set_string_member (with, "prompt", prompt);
  if (json_object_has_member (step, "ask-timeout"))
    runnel_import_set_string (with, "timeout", json_object_get_string_member (step, "ask-timeout"));
  if (node->values->len > 1)
    _runnel_jenkins_keep (self, step, "input", node);

  return TRUE;
}

/* Another job; which pipeline that is only the export knows, which has named it so. */
static gboolean
read_build (RunnelJenkinsImport *self, const RunnelJenkinsNode *node, JsonObject *step)
{
  const char *job = _runnel_jenkins_get_text (node, "job");
  const RunnelJenkinsValue *list = _runnel_jenkins_get_value (node, "parameters");
  g_autofree char *file = g_strconcat (job != NULL ? job : "", RUNNEL_FILE_SUFFIX, NULL);
  g_autoptr(JsonObject) parameters = json_object_new ();
  JsonObject *with;

  if (!self->ours || job == NULL)
    return FALSE;
  for (guint i = 0; list != NULL && list->items != NULL && i < list->items->len; i++)
    {
      const RunnelJenkinsValue *item = g_ptr_array_index (list->items, i);
      const char *name = _runnel_jenkins_get_text (item->call, "name");
      const RunnelJenkinsValue *value = _runnel_jenkins_get_value (item->call, "value");
      g_autofree char *text = value != NULL ? _runnel_jenkins_read_text (self->file, value->first,
                                                                         value->last, &self->names)
                                            : NULL;

      if (name == NULL || text == NULL)
        return FALSE;
      json_object_set_string_member (parameters, name, text);
    }
  with = set_kind (step, "pipeline");
  json_object_set_string_member (with, "file", file);
  if (json_object_get_size (parameters) > 0)
    json_object_set_object_member (with, "parameters", g_steal_pointer (&parameters));

  return TRUE;
}

/* One statement as lines of shell (transfer full), or NULL. `alone` = it is the only one. */
static char *
say_lines (const RunnelJenkinsNode *node, gboolean alone)
{
  const char *lines = get_lines (node);
  const RunnelJenkinsValue *value = _runnel_jenkins_get_value (node, NULL);
  const char *text =
    value != NULL && node->values->len == 1
        && (value->type == RUNNEL_JENKINS_VALUE_TEXT || value->type == RUNNEL_JENKINS_VALUE_NUMBER)
      ? value->text
      : NULL;
  g_autofree char *quoted = text != NULL ? g_shell_quote (text) : NULL;

  if (lines != NULL)
    {
      g_autofree char *stripped = g_strstrip (g_strdup (lines));

      if (g_str_has_prefix (stripped, "#!"))
        return NULL;
      /* Each `sh` is a process of its own: what it changes is gone behind it. */
      return alone || g_regex_match_simple ("^[\\w./-]+( [\\w./:,@%+-]+)*$", stripped, 0, 0)
               ? g_strconcat (stripped, "\n", NULL)
               : g_strconcat ("(\n", stripped, "\n)\n", NULL);
    }
  if (quoted == NULL || node->children != NULL)
    return NULL;
  if (g_strcmp0 (node->name, "echo") == 0)
    return g_strdup_printf ("printf '%%s\\n' %s\n", quoted);
  if (g_strcmp0 (node->name, "sleep") == 0)
    return g_strdup_printf ("sleep %s\n", quoted);
  if (g_strcmp0 (node->name, "error") == 0)
    return g_strdup_printf ("printf '%%s\\n' %s >&2\nexit 1\n", quoted);

  return NULL;
}

static gboolean
read_script (GPtrArray *work, JsonObject *step)
{
  g_autoptr(GString) text = g_string_new (NULL);
  const char *first = work->len == 1 ? get_lines (g_ptr_array_index (work, 0)) : NULL;

  if (first != NULL && g_str_has_prefix (first, OWN_HEAD))
    {
      runnel_shell_read_step (first + strlen (OWN_HEAD), NULL, step);
      return TRUE;
    }
  for (guint i = 0; i < work->len; i++)
    {
      g_autofree char *lines = say_lines (g_ptr_array_index (work, i), work->len == 1);

      if (lines == NULL)
        return FALSE;
      g_string_append (text, lines);
    }
  if (text->len == 0)
    g_string_append (text, ":\n");
  runnel_shell_read_step (text->str, NULL, step);

  return TRUE;
}

static void
keep_work (RunnelJenkinsImport *self, GPtrArray *work, JsonObject *step)
{
  g_autoptr(GString) text = g_string_new (NULL);
  JsonObject *with = set_kind (step, "foreign");

  for (guint i = 0; i < work->len; i++)
    {
      const RunnelJenkinsNode *node = g_ptr_array_index (work, i);
      g_autofree char *source = _runnel_jenkins_get_source (self->file, node->first, node->last);

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", source);
    }
  json_object_set_string_member (with, "system", RUNNEL_JENKINS);
  json_object_set_string_member (with, "definition", text->str);
  if (json_object_has_member (step, "ask-timeout"))
    json_object_set_string_member (step, "timeout",
                                   json_object_get_string_member (step, "ask-timeout"));
}

/*
 * _runnel_jenkins_read_work:
 * @nodes: what stands in `steps`
 * @step: the step that it becomes; its `env` is there already
 *
 * Sets `kind`, `with` and what stands around the work.
 */
void
_runnel_jenkins_read_work (RunnelJenkinsImport *self, GPtrArray *nodes, JsonObject *step)
{
  g_autoptr(GPtrArray) work = select_work (self, nodes, step);
  const RunnelJenkinsNode *only = work->len == 1 ? g_ptr_array_index (work, 0) : NULL;
  Around around = only != NULL ? find_around (only) : NULL;

  while (around != NULL && around (self, only, step))
    {
      g_ptr_array_unref (work);
      work = select_work (self, only->children, step);
      only = work->len == 1 ? g_ptr_array_index (work, 0) : NULL;
      around = only != NULL ? find_around (only) : NULL;
      if (json_object_has_member (step, "env"))
        self->names.own_env = json_object_get_object_member (step, "env");
    }
  if (!(only != NULL && g_strcmp0 (only->name, "input") == 0 && read_approval (self, only, step))
      && !(only != NULL && g_strcmp0 (only->name, "build") == 0 && read_build (self, only, step))
      && !read_script (work, step))
    keep_work (self, work, step);
  json_object_remove_member (step, "ask-timeout");
  self->names.own_env = NULL;
}
