/* runnel-jenkins-tree.c: looking things up in a Jenkinsfile
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-jenkins-read-private.h"

#include <string.h>

/* The white space that all lines but the first begin with, in spaces. */
static gsize
find_indent (char **lines)
{
  gsize indent = G_MAXSIZE;

  for (guint i = 1; lines[i] != NULL; i++)
    {
      gsize own = strspn (lines[i], " ");

      if (lines[i][own] != '\0')
        indent = MIN (indent, own);
    }

  return indent;
}

/* What stands there in the file, as valid UTF-8, moved to the left as far as it goes (transfer
 * full). */
char *
_runnel_jenkins_get_source (const RunnelJenkinsFile *self, guint first, guint last)
{
  gsize start, stop;
  g_autofree char *whole = NULL;
  g_auto(GStrv) lines = NULL;
  gsize indent;

  while (first < last && _runnel_jenkins_is_blank (self, first))
    first++;
  while (last > first && _runnel_jenkins_is_blank (self, last - 1))
    last--;
  if (first == last)
    return g_strdup ("");

  start = _runnel_jenkins_get_token (self, first)->start;
  stop = _runnel_jenkins_get_token (self, last - 1)->end;
  whole = g_utf8_make_valid (self->text + start, (gssize) (stop - start));
  if (strstr (whole, "'''") != NULL || strstr (whole, "\"\"\"") != NULL)
    return g_steal_pointer (&whole); /* white space of texts is theirs */
  lines = g_strsplit (whole, "\n", -1);
  indent = find_indent (lines);
  for (guint i = 1; lines[i] != NULL; i++)
    memmove (lines[i], lines[i] + MIN (indent, strlen (lines[i])),
             strlen (lines[i]) - MIN (indent, strlen (lines[i])) + 1);

  return g_strjoinv ("\n", lines);
}

/* The first statement of that name, or NULL. */
RunnelJenkinsNode *
_runnel_jenkins_find (GPtrArray *nodes, const char *name)
{
  for (guint i = 0; nodes != NULL && i < nodes->len; i++)
    {
      RunnelJenkinsNode *node = g_ptr_array_index (nodes, i);

      if (g_strcmp0 (node->name, name) == 0)
        return node;
    }

  return NULL;
}

/* The item with that key; NULL as key = the first one without. */
RunnelJenkinsValue *
_runnel_jenkins_find_item (GPtrArray *items, const char *key)
{
  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      RunnelJenkinsValue *value = g_ptr_array_index (items, i);

      if (g_strcmp0 (value->key, key) == 0)
        return value;
    }

  return NULL;
}

RunnelJenkinsValue *
_runnel_jenkins_get_value (const RunnelJenkinsNode *node, const char *key)
{
  return node != NULL ? _runnel_jenkins_find_item (node->values, key) : NULL;
}

/* The text of a value, named or the first one without a name; NULL when there is none, or it is to
 * be computed. */
const char *
_runnel_jenkins_get_text (const RunnelJenkinsNode *node, const char *key)
{
  RunnelJenkinsValue *value = _runnel_jenkins_get_value (node, key);

  if (value == NULL && key != NULL && node != NULL && node->values->len == 1)
    value = _runnel_jenkins_get_value (node, NULL);

  return value != NULL ? value->text : NULL;
}

/* What a comment of ours before the statement says, such as X of "// runnel: id: X"; or NULL. */
const char *
_runnel_jenkins_get_mark (const RunnelJenkinsNode *node, const char *key)
{
  for (guint i = 0; i < node->marks->len; i++)
    {
      const char *mark = g_ptr_array_index (node->marks, i);
      gsize length = strlen (key);

      if (g_str_has_prefix (mark, key) && strncmp (mark + length, ": ", 2) == 0)
        return mark + length + 2;
    }

  return NULL;
}
