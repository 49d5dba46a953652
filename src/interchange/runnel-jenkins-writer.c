/* runnel-jenkins-writer.c: blocks of a Jenkinsfile
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-jenkins-private.h"

#include <string.h>

static void
add_line (RunnelJenkins *self, const char *format, va_list arguments)
{
  for (guint i = 0; i < self->depth; i++)
    g_string_append (self->text, "  ");
  g_string_append_vprintf (self->text, format, arguments);
}

/* Adds one line at the present depth. */
void
_runnel_jenkins_line (RunnelJenkins *self, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  add_line (self, format, arguments);
  va_end (arguments);
  g_string_append_c (self->text, '\n');
}

/* Begins a block: `format` and an opening brace. */
void
_runnel_jenkins_open (RunnelJenkins *self, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  add_line (self, format, arguments);
  va_end (arguments);
  g_string_append (self->text, " {\n");
  self->depth++;
}

/* Ends the innermost block. */
void
_runnel_jenkins_close (RunnelJenkins *self)
{
  g_assert (self->depth > 0);

  self->depth--;
  _runnel_jenkins_line (self, "}");
}

/* Comments by which the import finds a hook. */
void
_runnel_jenkins_add_hook_marks (RunnelJenkins *self, const RunnelFlowStep *hook)
{
  _runnel_jenkins_line (self, "// runnel: id: %s", hook->id);
  if (!g_str_equal (hook->title, hook->id) && strchr (hook->title, '\n') == NULL)
    _runnel_jenkins_line (self, "// runnel: name: %s", hook->title);
}

/* What was kept of a Jenkinsfile: a section of `foreign` of the pipeline or a step; or NULL. */
const char *
_runnel_jenkins_get_kept (JsonObject *foreign, const char *section)
{
  JsonObject *own = runnel_flow_get_foreign (foreign, runnel_target_jenkins.name);
  JsonNode *node = own != NULL ? json_object_get_member (own, section) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

/* Writes Groovy that was kept; NULL = nothing. White space of a text with several lines stays. */
void
_runnel_jenkins_add_source (RunnelJenkins *self, const char *source)
{
  g_auto(GStrv) lines = NULL;
  gboolean has_texts;

  if (source == NULL)
    return;
  has_texts = strstr (source, "'''") != NULL || strstr (source, "\"\"\"") != NULL;
  lines = g_strsplit (source, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (has_texts && i > 0)
      g_string_append_printf (self->text, "%s\n", lines[i]);
    else if (*lines[i] != '\0')
      _runnel_jenkins_line (self, "%s", lines[i]);
}

/* Comments for what is lost of a step; NULL = of the pipeline. */
void
_runnel_jenkins_add_losses (RunnelJenkins *self, const RunnelFlowStep *step)
{
  g_autoptr(GPtrArray) losses =
    runnel_target_list_losses (&runnel_target_jenkins, self->flow, step, self->options);

  for (guint i = 0; i < losses->len; i++)
    _runnel_jenkins_line (self, "// runnel: %s", (const char *) g_ptr_array_index (losses, i));
}
