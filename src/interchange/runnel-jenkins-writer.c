/* runnel-jenkins-writer.c: blocks of a Jenkinsfile
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-jenkins-private.h"

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

/* Comments for what is lost of a step; NULL = of the pipeline. */
void
_runnel_jenkins_add_losses (RunnelJenkins *self, const RunnelFlowStep *step)
{
  g_autoptr(GPtrArray) losses =
    runnel_target_list_losses (&runnel_target_jenkins, self->flow, step, self->options);

  for (guint i = 0; i < losses->len; i++)
    _runnel_jenkins_line (self, "// runnel: %s", (const char *) g_ptr_array_index (losses, i));
}
