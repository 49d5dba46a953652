/* runnel-flow-body.c: what a step does, as lines for an interpreter
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whatever its kind is, a step that can be said as lines is, so that each system has to know of one
 * body only. Values never become part of the lines: a text with ${{ }} in it goes into a variable
 * of the step's environment.
 */
#include "config.h"

#include "interchange/runnel-flow-private.h"

#include <stdio.h>
#include <string.h>

#include "expr/runnel-expr.h"
#include "model/runnel-duration.h"
#include "model/runnel-json-write.h"

#define OPEN "${{"

static const char *
get_string (RunnelFlowStep *step, const char *key)
{
  JsonNode *node = json_object_get_member (step->with, key);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return json_node_get_string (node);
}

/* Adds a variable to the environment of the step; returns its name. */
static const char *
add_variable (RunnelFlowStep *step, GStringChunk *strings, const char *name, const char *value)
{
  RunnelFlowVariable variable = { g_string_chunk_insert (strings, name),
                                  g_string_chunk_insert (strings, value) };

  g_array_append_val (step->env, variable);

  return variable.name;
}

/* `text` as one word of the shell, by way of a variable if it has to be computed. */
static char *
say_word (RunnelFlowStep *step, GStringChunk *strings, const char *text, const char *variable)
{
  if (strstr (text, OPEN) == NULL)
    return runnel_flow_quote (text);

  return g_strdup_printf ("\"$%s\"", add_variable (step, strings, variable, text));
}

static char *
say_argv (RunnelFlowStep *step, GStringChunk *strings, JsonArray *argv)
{
  g_autoptr(GString) line = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (argv); i++)
    {
      g_autofree char *text = runnel_value_to_text (json_array_get_element (argv, i));
      g_autofree char *variable = g_strdup_printf ("RUNNEL_ARGUMENT_%u", i);
      g_autofree char *word = say_word (step, strings, text, variable);

      g_string_append_printf (line, "%s%s", i > 0 ? " " : "", word);
    }

  return g_string_free (g_steal_pointer (&line), FALSE);
}

static char *
say_command (RunnelFlowStep *step, GStringChunk *strings)
{
  JsonNode *argv = json_object_get_member (step->with, "argv");
  const char *stdin_text = get_string (step, "stdin");
  g_autofree char *line = NULL;
  g_autofree char *word = NULL;

  if (argv == NULL || !JSON_NODE_HOLDS_ARRAY (argv))
    return NULL;

  line = say_argv (step, strings, json_node_get_array (argv));
  if (stdin_text == NULL)
    return g_strdup_printf ("%s </dev/null\n", line);

  word = say_word (step, strings, stdin_text, "RUNNEL_STDIN");

  return g_strdup_printf ("printf %%s %s | %s\n", word, line);
}

static char *
say_script (RunnelFlowStep *step)
{
  const char *run = get_string (step, "run");

  if (run == NULL)
    return NULL;

  return g_strdup_printf ("%s%s", run, g_str_has_suffix (run, "\n") ? "" : "\n");
}

static char *
say_wait (RunnelFlowStep *step)
{
  const char *span = get_string (step, "for");
  char seconds[G_ASCII_DTOSTR_BUF_SIZE];
  gint64 duration;

  if (span == NULL || json_object_has_member (step->with, "until")
      || !runnel_duration_parse (span, &duration, NULL))
    return NULL;

  return g_strdup_printf (
    "sleep %s\n", g_ascii_dtostr (seconds, sizeof seconds, (double) duration / G_TIME_SPAN_SECOND));
}

/* `case` patterns can't say ranges, so each is two comparisons. Returns NULL for what is no list of
 * statuses. */
static char *
say_expected (JsonNode *expected)
{
  g_autofree char *list = expected != NULL ? runnel_value_to_text (expected) : g_strdup ("200-299");
  g_auto(GStrv) ranges = g_strsplit (list, ",", -1);
  g_autoptr(GString) test = g_string_new (NULL);

  for (guint i = 0; ranges[i] != NULL; i++)
    {
      guint first, last;
      char rest;
      int n_read = sscanf (ranges[i], " %3u - %3u %c", &first, &last, &rest);

      if (n_read == 1)
        last = first;
      else if (n_read != 2)
        return NULL;
      g_string_append_printf (test, "%s[ \"$status\" -ge %u ] && [ \"$status\" -le %u ]",
                              i > 0 ? " || " : "", first, last);
    }

  return g_string_free (g_steal_pointer (&test), FALSE);
}

/* One header a line, as curl reads them from a file: so they are not seen in the list of processes.
 */
static char *
say_headers (RunnelFlowStep *step, GStringChunk *strings)
{
  JsonNode *headers = json_object_get_member (step->with, "headers");
  g_autoptr(GString) words = g_string_new (NULL);
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;
  guint n_headers = 0;

  if (headers == NULL || !JSON_NODE_HOLDS_OBJECT (headers))
    return g_strdup ("");

  json_object_iter_init (&iter, json_node_get_object (headers));
  while (json_object_iter_next (&iter, &name, &value))
    {
      g_autofree char *text = runnel_value_to_text (value);
      g_autofree char *line = g_strdup_printf ("%s: %s", name, text);
      g_autofree char *variable = g_strdup_printf ("RUNNEL_HEADER_%u", ++n_headers);
      g_autofree char *word = say_word (step, strings, line, variable);

      g_string_append_printf (words, " %s", word);
    }

  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* The body of a request as text; NULL and FALSE when it can't be said: values inside of JSON need
 * its escapes. */
static gboolean
get_request_body (RunnelFlowStep *step, char **ret_text)
{
  JsonNode *body = json_object_get_member (step->with, "body");
  g_autoptr(GString) text = g_string_new (NULL);

  *ret_text = NULL;
  if (body == NULL)
    return TRUE;
  if (JSON_NODE_HOLDS_VALUE (body) && json_node_get_value_type (body) == G_TYPE_STRING)
    {
      *ret_text = json_node_dup_string (body);
      return TRUE;
    }

  runnel_json_write_compact (text, body);
  if (strstr (text->str, OPEN) != NULL)
    return FALSE;
  *ret_text = g_string_free (g_steal_pointer (&text), FALSE);

  return TRUE;
}

static char *
say_http (RunnelFlowStep *step, GStringChunk *strings)
{
  const char *url = get_string (step, "url");
  const char *method = get_string (step, "method");
  g_autofree char *expected = say_expected (json_object_get_member (step->with, "expect-status"));
  g_autofree char *body = NULL;
  g_autofree char *headers = NULL;
  g_autofree char *url_word = NULL;
  g_autoptr(GString) lines = g_string_new (NULL);

  if (url == NULL || expected == NULL || json_object_has_member (step->with, "assert")
      || json_object_has_member (step->with, "extract") || !get_request_body (step, &body))
    return NULL;

  headers = say_headers (step, strings);
  url_word = say_word (step, strings, url, "RUNNEL_URL");
  g_string_append (lines, "answer=$(mktemp)\n");
  if (body != NULL)
    {
      g_autofree char *word = say_word (step, strings, body, "RUNNEL_BODY");

      g_string_append_printf (lines, "body=$(mktemp)\nprintf %%s %s >\"$body\"\n", word);
    }
  g_string_append (lines, "status=$(");
  if (*headers != '\0')
    g_string_append_printf (lines, "printf '%%s\\n'%s | ", headers);
  g_string_append_printf (
    lines,
    "curl -sS -L --max-redirs 10 --proto '=http,https' %s%s%s%s-o \"$answer\" "
    "-w '%%{http_code}' %s)\n",
    g_strcmp0 (method, "HEAD") == 0 ? "-I " : "-X ",
    g_strcmp0 (method, "HEAD") == 0 ? ""
    : method != NULL                ? method
                                    : "GET",
    *headers != '\0' ? " -H @- " : " ", body != NULL ? "--data-binary \"@$body\" " : "", url_word);
  g_string_append_printf (
    lines, "cat \"$answer\"\n%s || { echo \"unexpected status $status\" >&2; exit 1; }\n",
    expected);

  return g_string_free (g_steal_pointer (&lines), FALSE);
}

static RunnelFlowBody
get_type (RunnelFlowStep *step)
{
  if (g_str_equal (step->kind, "approval"))
    return RUNNEL_FLOW_APPROVAL;
  if (g_str_equal (step->kind, "pipeline"))
    return RUNNEL_FLOW_PIPELINE;
  if (g_str_equal (step->kind, "foreign"))
    return RUNNEL_FLOW_FOREIGN;

  return RUNNEL_FLOW_OTHER;
}

/* Sets `body`, `text` and `shell` of a step whose `kind`, `with` and `env` are read; `shell` comes
 * in as that of the pipeline's defaults. */
void
_runnel_flow_read_body (RunnelFlowStep *step, GStringChunk *strings)
{
  g_autofree char *text = NULL;

  if (g_str_equal (step->kind, "script"))
    text = say_script (step);
  else if (g_str_equal (step->kind, "command"))
    text = say_command (step, strings);
  else if (g_str_equal (step->kind, "wait"))
    text = say_wait (step);
  else if (g_str_equal (step->kind, "http"))
    text = say_http (step, strings);

  step->body = text != NULL ? RUNNEL_FLOW_SHELL : get_type (step);
  step->text = text != NULL ? g_string_chunk_insert (strings, text) : NULL;
  if (!g_str_equal (step->kind, "script"))
    step->shell = "sh";
  else if (get_string (step, "shell") != NULL)
    step->shell = get_string (step, "shell");
}
