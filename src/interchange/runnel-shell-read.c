/* runnel-shell-read.c: a step from lines of POSIX shell
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The comment tells what was made into code. Whether the code is still that is found out by making
 * it again from the comment and the text of the script inside: only when every line is the same,
 * the comment is believed.
 */
#include "config.h"

#include "interchange/runnel-shell-private.h"

#include <string.h>

#include "interchange/runnel-flow-private.h"
#include "model/runnel-duration.h"
#include "model/runnel-json-read.h"

/* A step that is made for comparison, with what it points to. */
typedef struct
{
  RunnelFlowStep step;
  RunnelShellParts parts;
  GStringChunk *strings;
  JsonObject *with;
  RunnelRetry *retry;
} Draft;

static void
draft_init (Draft *self)
{
  memset (self, 0, sizeof *self);
  self->strings = g_string_chunk_new (1024);
  self->with = json_object_new ();
  self->step.id = self->step.title = "";
  self->step.kind = "script";
  self->step.shell = "sh";
  self->step.with = self->with;
  self->step.body = RUNNEL_FLOW_SHELL;
  self->step.env = g_array_new (FALSE, FALSE, sizeof (RunnelFlowVariable));
}

static void
draft_clear (Draft *self)
{
  g_string_chunk_free (self->strings);
  json_object_unref (self->with);
  g_array_unref (self->step.env);
  runnel_retry_free (self->retry);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Draft, draft_clear)

static const char *
get_string (JsonObject *object,
            const char *key)
{
  return json_object_get_string_member_with_default (object, key, NULL);
}

static JsonObject *
read_comment (const char *text)
{
  gsize start = strlen (RUNNEL_SHELL_COMMENT);
  g_autoptr(JsonNode) node = NULL;

  if (!g_str_has_prefix (text, RUNNEL_SHELL_COMMENT))
    return NULL;
  node = runnel_json_read (text + start, strcspn (text + start, "\n"), RUNNEL_JSON_MAX_DEPTH, NULL,
                           NULL);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_dup_object (node) : NULL;
}

static void
read_retry (Draft      *self,
            JsonObject *comment)
{
  JsonNode *node = json_object_get_member (comment, "retry");

  self->retry = runnel_retry_new (node);
  self->step.retry = self->retry;
  if (node == NULL)
    return;
  self->parts |= RUNNEL_SHELL_RETRY;
  if (JSON_NODE_HOLDS_OBJECT (node))
    self->step.retry_condition = get_string (json_node_get_object (node), "if");
}

/* `${{ x }}` as x. */
static char *
strip_braces (const char *expression)
{
  g_autofree char *inside = g_strdup (expression);

  g_strstrip (inside);
  if (!g_str_has_prefix (inside, "${{") || !g_str_has_suffix (inside, "}}"))
    return g_steal_pointer (&inside);
  inside[strlen (inside) - 2] = '\0';

  return g_strdup (g_strstrip (inside + 3));
}

static void
read_continue (Draft      *self,
               JsonObject *comment)
{
  const char *condition = NULL;
  g_autofree char *inside = NULL;

  if (!json_object_has_member (comment, "continue-on-error"))
    return;
  self->parts |= RUNNEL_SHELL_CONTINUE;
  condition = get_string (comment, "continue-on-error");
  self->step.continues = condition == NULL;
  if (condition == NULL)
    return;
  inside = strip_braces (condition);
  self->step.continues_if = g_string_chunk_insert (self->strings, inside);
}

static void
read_parts (Draft      *self,
            JsonObject *comment)
{
  const char *timeout = get_string (comment, "timeout");

  if (get_string (comment, "shell") != NULL)
    {
      self->parts |= RUNNEL_SHELL_INTERPRETER;
      self->step.shell = get_string (comment, "shell");
    }
  if (get_string (comment, "working-directory") != NULL)
    {
      self->parts |= RUNNEL_SHELL_FOLDER;
      self->step.folder = get_string (comment, "working-directory");
    }
  if (timeout != NULL && runnel_duration_parse (timeout, &self->step.timeout, NULL))
    self->parts |= RUNNEL_SHELL_TIMEOUT;
  read_retry (self, comment);
  read_continue (self, comment);
}

/* The text of the script, where it stands in a file of its own. */
static char *
find_file (const char *text)
{
  const char *start = strstr (text, "\n" RUNNEL_SHELL_FILE "'");
  g_autofree char *end = NULL;
  const char *found;

  if (start == NULL)
    return NULL;
  start += strlen ("\n" RUNNEL_SHELL_FILE "'");
  end = g_strdup_printf ("\n%.*s\n", (int) strcspn (start, "'"), start);
  start = strchr (start, '\n');
  found = start != NULL ? strstr (start, end) : NULL;

  return found != NULL ? g_strndup (start + 1, MAX (found - start, 0)) : NULL;
}

/* Where the lines of the step begin when it has no file. */
static const char *
skip_preface (const Draft *self,
              const char  *text)
{
  const char *start = strchr (text, '\n');

  if (start != NULL && (self->parts & RUNNEL_SHELL_FOLDER) && g_str_has_prefix (start, "\ncd "))
    start = strchr (start + 1, '\n');

  return start != NULL ? start + 1 : "";
}

static void
read_body (Draft      *self,
           JsonObject *comment,
           const char *text)
{
  g_autofree char *file = NULL;
  JsonNode *with = json_object_get_member (comment, "with");

  if (get_string (comment, "kind") != NULL && with != NULL && JSON_NODE_HOLDS_OBJECT (with))
    {
      self->step.kind = get_string (comment, "kind");
      self->step.with = json_node_get_object (with);
      _runnel_flow_read_body (&self->step, self->strings);
      return;
    }
  if (self->parts & ~RUNNEL_SHELL_FOLDER)
    file = find_file (text);
  self->step.text =
    g_string_chunk_insert (self->strings, file != NULL ? file : skip_preface (self, text));
}

static gboolean
is_same (Draft      *self,
         const char *text)
{
  g_autofree char *again = NULL;

  if (self->step.body != RUNNEL_FLOW_SHELL)
    return FALSE;
  again = runnel_shell_say_step (&self->step, self->parts);

  return strcmp (again, text) == 0;
}

/* A script of one line has no newline at its end, as people write it. */
static void
set_script (JsonObject *step,
            const char *text,
            const char *shell)
{
  JsonObject *with = json_object_new ();
  g_autofree char *run = g_strdup (text);
  char *end = strchr (run, '\n');

  if (end != NULL && end[1] == '\0')
    *end = '\0';
  json_object_set_string_member (with, "run", run);
  if (shell != NULL && !g_str_equal (shell, "sh"))
    json_object_set_string_member (with, "shell", shell);
  json_object_set_string_member (step, "kind", "script");
  json_object_set_object_member (step, "with", with);
}

static void
take_variables (JsonObject           *step,
                const RunnelFlowStep *draft)
{
  JsonNode *node = json_object_get_member (step, "env");

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;
  for (guint i = 0; i < draft->env->len; i++)
    json_object_remove_member (json_node_get_object (node),
                               g_array_index (draft->env, RunnelFlowVariable, i).name);
  if (json_object_get_size (json_node_get_object (node)) == 0)
    json_object_remove_member (step, "env");
}

static void
set_members (JsonObject           *step,
             JsonObject           *comment,
             const RunnelFlowStep *draft,
             const char           *shell)
{
  static const char *const keys[] = { "working-directory", "timeout", "retry",
                                      "continue-on-error" };

  if (g_str_equal (draft->kind, "script"))
    set_script (step, draft->text,
                json_object_has_member (comment, "shell") ? draft->shell : shell);
  else
    {
      json_object_set_string_member (step, "kind", draft->kind);
      json_object_set_object_member (step, "with", json_object_ref (draft->with));
      take_variables (step, draft);
    }
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (json_object_has_member (comment, keys[i]))
      json_object_set_member (step, keys[i], json_object_dup_member (comment, keys[i]));
}

/**
 * runnel_shell_read_step:
 * @text: lines that another system runs
 * @shell: (nullable): what runs them there, %NULL = sh
 * @step: the step they become; its `env` has been set if it has one
 *
 * Sets `kind`, `with` and, of lines that runnel_shell_say_step() has written, what the comment
 * before them tells.
 *
 * Returns: whether the lines are ours and unchanged, but for the text of a script in them; if not,
 *   they have become a script as they are
 */
gboolean
runnel_shell_read_step (const char *text,
                        const char *shell,
                        JsonObject *step)
{
  g_autoptr(JsonObject) comment = NULL;
  g_auto(Draft) draft = { { 0 } };
  g_autofree char *whole = NULL;

  g_return_val_if_fail (text != NULL && step != NULL, FALSE);

  draft_init (&draft);
  whole = g_strconcat (text, g_str_has_suffix (text, "\n") ? "" : "\n", NULL);
  comment = read_comment (whole);
  if (comment != NULL)
    {
      read_parts (&draft, comment);
      read_body (&draft, comment, whole);
    }
  if (comment == NULL || !is_same (&draft, whole))
    {
      set_script (step, whole, shell);
      return FALSE;
    }
  set_members (step, comment, &draft.step, shell);

  return TRUE;
}
