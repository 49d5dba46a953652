/* runnel-argo-read-links.c: when and how often a task of Argo runs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-argo-read.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

#include "model/runnel-duration.h"

#define MOST_NESTED 50

/* How a task may have ended; a bare name is the first of these. */
typedef enum
{
  END_SUCCEEDED = 1 << 0,
  END_FAILED    = 1 << 1,
  END_SKIPPED   = 1 << 2,
  END_OMITTED   = 1 << 3,
  END_BARE      = 1 << 4,
  END_OTHER     = 1 << 5,
} Ends;

/* What `depends` says: for each task the ends that will do, and how they are joined. */
typedef struct
{
  const char *rest;  /* of the text */
  GPtrArray *tasks;  /* of char *, each once */
  GArray *ends;      /* of Ends */
  gboolean has_and;
  gboolean has_or;   /* between different tasks */
  gboolean is_other; /* it is more than that */
} Depends;

static Ends
read_end (const char *name)
{
  static const struct { const char *name; Ends end; } ends[] = {
    { "Succeeded", END_SUCCEEDED }, { "Failed", END_FAILED }, { "Errored", END_FAILED },
    { "Skipped", END_SKIPPED }, { "Omitted", END_OMITTED }, { "Daemoned", END_SUCCEEDED },
    { "AnySucceeded", END_SUCCEEDED }, { "AllFailed", END_FAILED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    if (g_str_equal (name, ends[i].name))
      return ends[i].end;
  return END_OTHER;
}

static void
skip_space (Depends *self)
{
  self->rest += strspn (self->rest, " \t\r\n");
}

#define MANY (-1) /* tasks, instead of the position of the only one */

static int
add_term (Depends    *self,
          const char *task,
          Ends        end)
{
  for (guint i = 0; i < self->tasks->len; i++)
    if (g_str_equal (g_ptr_array_index (self->tasks, i), task))
      {
        g_array_index (self->ends, Ends, i) |= end;
        return i;
      }
  g_ptr_array_add (self->tasks, g_strdup (task));
  g_array_append_val (self->ends, end);
  return self->tasks->len - 1;
}

static int read_or (Depends *self,
                    guint    depth);

static int
read_term (Depends *self,
           guint    depth)
{
  gsize length;
  g_autofree char *word = NULL;
  char *dot;

  skip_space (self);
  if (*self->rest == '!')
    {
      self->is_other = TRUE;
      self->rest++;
      return read_term (self, depth);
    }
  if (*self->rest == '(' && depth < MOST_NESTED)
    {
      int inner;

      self->rest++;
      inner = read_or (self, depth + 1);
      self->is_other = self->is_other || *self->rest != ')';
      self->rest += *self->rest == ')';
      return inner;
    }
  length = strspn (self->rest, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.");
  word = g_strndup (self->rest, length);
  self->rest += length;
  if (length == 0)
    {
      self->is_other = TRUE;
      self->rest = "";
      return MANY;
    }
  dot = strrchr (word, '.');
  if (dot != NULL)
    *dot = '\0';
  return add_term (self, word, dot != NULL ? read_end (dot + 1) : END_BARE);
}

static int
read_and (Depends *self,
          guint    depth)
{
  int task = read_term (self, depth);

  for (skip_space (self); g_str_has_prefix (self->rest, "&&"); skip_space (self))
    {
      int other;

      self->rest += 2;
      other = read_term (self, depth);
      self->has_and = TRUE;
      self->is_other = self->is_other || (task == other && task != MANY);
      task = MANY;
    }
  return task;
}

/* Returns: the position of the only task in it, or MANY; at the end of the text or behind what was
 * understood */
static int
read_or (Depends *self,
         guint    depth)
{
  int task = read_and (self, depth);

  for (skip_space (self); g_str_has_prefix (self->rest, "||"); skip_space (self))
    {
      int other;

      self->rest += 2;
      other = read_and (self, depth);
      if (other == task && task != MANY)
        continue;
      self->has_or = TRUE;
      task = MANY;
    }
  return task;
}

static const char *
get_on (Ends ends)
{
  if ((ends & END_BARE) || ends == END_SUCCEEDED)
    return NULL;
  if (ends == END_FAILED)
    return "failure";
  if (!(ends & (END_SKIPPED | END_OMITTED)))
    return "finished";
  return "always";
}

/* A task that may be left out by its condition does not hold up those behind it, in Argo. */
static void
add_lenient_need (RunnelArgoReader *reader,
                  JsonObject       *step,
                  const char       *task)
{
  const char *condition = runnel_kube_get_string (step, "if");
  g_autofree char *both = NULL;

  _runnel_argo_add_need (reader, step, task, "always");
  if (condition == NULL)
    json_object_set_string_member (step, "if", "!failure()");
  else if (!g_str_has_prefix (condition, "!failure()"))
    {
      both = g_strdup_printf ("!failure() && (%s)", condition);
      json_object_set_string_member (step, "if", both);
    }
}

void
_runnel_argo_add_need (RunnelArgoReader *reader,
                       JsonObject       *step,
                       const char       *task,
                       const char       *on)
{
  const char *label = runnel_kube_get_string (reader->labels, task);

  if (label != NULL)
    runnel_import_add_need (reader->import, step, label, on);
}

static void
add_bare_need (RunnelArgoReader *reader,
               JsonObject       *step,
               const char       *task)
{
  if (json_object_has_member (reader->conditional, task))
    add_lenient_need (reader, step, task);
  else
    _runnel_argo_add_need (reader, step, task, NULL);
}

/* The links as our own export remembered them, if their steps are still there. */
static gboolean
recall_links (RunnelArgoReader *reader,
              JsonNode         *known,
              JsonObject       *step)
{
  JsonObject *links =
    known != NULL && JSON_NODE_HOLDS_OBJECT (known) ? json_node_get_object (known) : NULL;
  JsonArray *needs = runnel_kube_get_array (links, "needs");
  g_autoptr(GList) labels = json_object_get_values (reader->labels);

  if (needs == NULL)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (needs); i++)
    {
      JsonNode *entry = json_array_get_element (needs, i);
      const char *id = JSON_NODE_HOLDS_OBJECT (entry)
                         ? runnel_kube_get_string (json_node_get_object (entry), "step")
                         : json_node_get_string (entry);
      gboolean is_there = FALSE;

      for (GList *l = labels; l != NULL && !is_there; l = l->next)
        is_there = g_strcmp0 (json_node_get_string (l->data), id) == 0;
      if (!is_there)
        return FALSE;
    }
  json_object_set_array_member (step, "needs", json_array_ref (needs));
  if (json_object_has_member (links, "join"))
    json_object_set_member (step, "join", json_node_copy (json_object_get_member (links, "join")));
  return TRUE;
}

static void
add_terms (RunnelArgoReader *reader,
           RunnelArgoCall   *call,
           JsonObject       *step,
           Depends          *depends,
           const char       *text)
{
  gboolean is_mixed = depends->is_other || (depends->has_and && depends->has_or);

  for (guint i = 0; i < depends->tasks->len; i++)
    {
      const char *task = g_ptr_array_index (depends->tasks, i);
      Ends ends = g_array_index (depends->ends, Ends, i);

      if ((ends & END_BARE) && !depends->has_or)
        add_bare_need (reader, step, task);
      else
        _runnel_argo_add_need (reader, step, task, get_on (ends));
    }
  if (depends->has_or)
    json_object_set_string_member (step, "join", "any");
  if (is_mixed)
    {
      JsonObject *kept = json_object_new ();

      json_object_set_string_member (kept, "depends", text);
      runnel_kube_merge (
        runnel_kube_add_object (
          runnel_kube_add_object (runnel_kube_add_object (step, "foreign"), "argo"), "task"),
        kept);
      json_object_unref (kept);
      runnel_import_note (reader->import, reader->line, 1, runnel_kube_get_string (step, "id"),
                          _ ("“depends: %s” is more than links can say; it is kept for Argo"),
                          text);
    }
}

/**
 * _runnel_argo_read_links:
 * @reader: the pipeline
 * @call: a task of a graph
 * @step: the step made of it
 *
 * Sets `needs` and `join` from `depends` or `dependencies`.
 */
void
_runnel_argo_read_links (RunnelArgoReader *reader,
                         RunnelArgoCall   *call,
                         JsonObject       *step)
{
  const char *text = runnel_kube_get_string (call->task, "depends");
  JsonArray *dependencies = runnel_kube_get_array (call->task, "dependencies");
  g_autoptr(GPtrArray) tasks = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GArray) ends = g_array_new (FALSE, FALSE, sizeof (Ends));
  Depends depends = { .rest = text, .tasks = tasks, .ends = ends };

  for (guint i = 0; dependencies != NULL && i < json_array_get_length (dependencies); i++)
    {
      g_autofree char *task = runnel_kube_to_text (json_array_get_element (dependencies, i));

      add_bare_need (reader, step, task);
    }
  if (text == NULL || recall_links (reader, runnel_kube_recall (call->said, text), step))
    return;
  read_or (&depends, 0);
  depends.is_other = depends.is_other || *depends.rest != '\0';
  add_terms (reader, call, step, &depends, text);
}

JsonObject *
_runnel_argo_get_kept (JsonObject *step,
                       const char *key)
{
  return runnel_kube_add_object (
    runnel_kube_add_object (runnel_kube_add_object (step, "foreign"), "argo"), key);
}

/* {{workflow.parameters.x}} == y */
static char *
read_comparison (RunnelArgoReader *reader,
                 RunnelArgoCall   *call,
                 const char       *when)
{
  g_autoptr(GRegex) regex = g_regex_new (
    "^\\s*['\"]?\\{\\{([^}]+)\\}\\}['\"]?\\s*(==|!=)\\s*['\"]?([A-Za-z0-9_./-]+)['\"]?\\s*$", 0, 0,
    NULL);
  g_autoptr(GMatchInfo) match = NULL;
  g_autofree char *reference = NULL;
  g_autofree char *ours = NULL;
  g_autofree char *operator = NULL;
  g_autofree char *value = NULL;

  if (!g_regex_match (regex, when, 0, &match))
    return NULL;
  value = g_match_info_fetch (match, 1);
  reference = g_strdup_printf ("{{%s}}", value);
  ours = _runnel_argo_read_text (reader, call, reference);
  if (ours == NULL || !g_str_has_prefix (ours, "${{ ") || strstr (ours, "matrix.") != NULL)
    return NULL;
  operator = g_match_info_fetch (match, 2);
  g_free (value);
  value = g_match_info_fetch (match, 3);
  return g_strdup_printf ("%.*s %s '%s'", (int) strlen (ours) - 7, ours + 4, operator, value);
}

/**
 * _runnel_argo_read_condition:
 * @reader: the pipeline
 * @call: a task
 * @step: the step made of it
 *
 * Sets `if` or `disabled` from `when`; what can't be said is kept for Argo.
 */
void
_runnel_argo_read_condition (RunnelArgoReader *reader,
                             RunnelArgoCall   *call,
                             JsonObject       *step)
{
  const char *when = runnel_kube_get_string (call->task, "when");
  JsonNode *known = runnel_kube_recall (call->said, when);
  JsonNode *disabled =
    call->memory != NULL ? json_object_get_member (call->memory, "disabled") : NULL;
  g_autofree char *condition = NULL;

  if (when == NULL)
    return;
  if (known != NULL && JSON_NODE_HOLDS_VALUE (known))
    {
      json_object_set_member (step, "if", json_node_copy (known));
      return;
    }
  if (g_str_equal (when, "false"))
    {
      if (disabled != NULL)
        json_object_set_member (step, "disabled", json_node_copy (disabled));
      else
        json_object_set_boolean_member (step, "disabled", TRUE);
      if (runnel_kube_get_string (call->memory, "if") != NULL)
        json_object_set_string_member (step, "if", runnel_kube_get_string (call->memory, "if"));
      return;
    }
  condition = read_comparison (reader, call, when);
  if (condition != NULL)
    {
      json_object_set_string_member (step, "if", condition);
      return;
    }
  json_object_set_string_member (_runnel_argo_get_kept (step, "task"), "when", when);
  runnel_import_note (reader->import, reader->line, 1, runnel_kube_get_string (step, "id"),
                      _("The condition “%s” is kept for Argo, and not asked by Runnel"), when);
}
