/* runnel-diagnostic.c: one finding about a pipeline document
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "model/runnel-diagnostic.h"
#include "model/runnel-json-read.h"

struct _RunnelDiagnostics
{
  GPtrArray *findings; /* of RunnelDiagnostic */
  GHashTable *seen;    /* path and message of each, so that reading and validating may both report */
  guint n_errors;
};

/**
 * runnel_diagnostic_free:
 * @self: (transfer full) (nullable): a finding
 */
void
runnel_diagnostic_free (RunnelDiagnostic *self)
{
  if (self == NULL)
    return;

  g_free (self->message);
  g_free (self->path);
  g_free (self->step);
  g_free (self->suggestion);
  g_free (self);
}

/**
 * runnel_diagnostics_new:
 *
 * Returns: (transfer full): an empty list
 */
RunnelDiagnostics *
runnel_diagnostics_new (void)
{
  RunnelDiagnostics *self = g_new0 (RunnelDiagnostics, 1);

  self->findings = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_diagnostic_free);
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

/**
 * runnel_diagnostics_free:
 * @self: (transfer full) (nullable): a list
 */
void
runnel_diagnostics_free (RunnelDiagnostics *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->findings);
  g_hash_table_unref (self->seen);
  g_free (self);
}

/**
 * runnel_diagnostics_add:
 * @self: a list
 * @severity: how bad it is
 * @path: JSON path of the value concerned, "" for the document itself
 * @step: (nullable): id of the step concerned
 * @suggestion: (nullable): what to do about it
 * @format: printf() format of the message, a sentence without a full stop
 * @...: its arguments
 *
 * Adds a finding. One that is in the list already is not added again: reading
 * a file and validating the pipeline it gave both report what is misshapen.
 */
void
runnel_diagnostics_add (RunnelDiagnostics *self,
                        RunnelSeverity     severity,
                        const char        *path,
                        const char        *step,
                        const char        *suggestion,
                        const char        *format,
                        ...)
{
  g_autofree char *message = NULL;
  RunnelDiagnostic *finding;
  va_list args;

  g_return_if_fail (self != NULL);
  g_return_if_fail (path != NULL);
  g_return_if_fail (format != NULL);

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);

  if (!g_hash_table_add (self->seen, g_strconcat (path, "\n", message, NULL)))
    return;

  finding = g_new0 (RunnelDiagnostic, 1);
  finding->severity = severity;
  finding->message = g_steal_pointer (&message);
  finding->path = g_strdup (path);
  finding->step = g_strdup (step);
  finding->suggestion = g_strdup (suggestion);
  g_ptr_array_add (self->findings, finding);

  if (severity == RUNNEL_SEVERITY_ERROR)
    self->n_errors++;
}

/**
 * runnel_diagnostics_get_size:
 * @self: a list
 *
 * Returns: how many findings it holds
 */
guint
runnel_diagnostics_get_size (RunnelDiagnostics *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->findings->len;
}

/**
 * runnel_diagnostics_get:
 * @self: a list
 * @position: from 0
 *
 * Returns: (transfer none): the finding at @position
 */
const RunnelDiagnostic *
runnel_diagnostics_get (RunnelDiagnostics *self,
                        guint              position)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (position < self->findings->len, NULL);

  return g_ptr_array_index (self->findings, position);
}

/**
 * runnel_diagnostics_has_error:
 * @self: a list
 *
 * Returns: whether any finding keeps the pipeline from being run
 */
gboolean
runnel_diagnostics_has_error (RunnelDiagnostics *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->n_errors > 0;
}

/**
 * runnel_diagnostics_place:
 * @self: a list that is not empty
 * @line: from 1
 * @column: from 1, in characters
 *
 * Says where the finding added last is, when the text is no JSON and has no paths.
 */
void
runnel_diagnostics_place (RunnelDiagnostics *self,
                          guint              line,
                          guint              column)
{
  RunnelDiagnostic *finding;

  g_return_if_fail (self != NULL);
  g_return_if_fail (self->findings->len > 0);

  finding = g_ptr_array_index (self->findings, self->findings->len - 1);
  finding->line = line;
  finding->column = column;
}

/**
 * runnel_diagnostics_locate:
 * @self: a list
 * @text: the text of the document the findings are about
 * @length: its length in bytes
 *
 * Fills in line and column of every finding, in one pass over @text. A path
 * that is not in the text keeps line 0.
 */
void
runnel_diagnostics_locate (RunnelDiagnostics *self,
                           const char        *text,
                           gsize              length)
{
  g_autofree const char **paths = NULL;
  g_autofree RunnelJsonPosition *positions = NULL;
  guint n;

  g_return_if_fail (self != NULL);
  g_return_if_fail (text != NULL || length == 0);

  n = self->findings->len;
  paths = g_new (const char *, n + 1);
  positions = g_new0 (RunnelJsonPosition, n + 1);

  for (guint i = 0; i < n; i++)
    paths[i] = runnel_diagnostics_get (self, i)->path;

  runnel_json_locate (text, length, paths, n, positions);

  for (guint i = 0; i < n; i++)
    {
      RunnelDiagnostic *finding = g_ptr_array_index (self->findings, i);

      finding->line = positions[i].line;
      finding->column = positions[i].column;
    }
}

/**
 * runnel_diagnostic_to_string:
 * @self: a finding
 * @filename: (nullable): name of the document's file
 *
 * Writes the finding as compilers do, so that editors can jump to it:
 * "FILE:LINE:COLUMN: error: MESSAGE", and the suggestion on a second line.
 *
 * Returns: (transfer full): the text, without a final newline
 */
char *
runnel_diagnostic_to_string (const RunnelDiagnostic *self,
                             const char             *filename)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  if (filename != NULL)
    g_string_append_printf (text, "%s:", filename);
  if (self->line > 0)
    g_string_append_printf (text, "%u:%u:", self->line, self->column);
  if (text->len > 0)
    g_string_append_c (text, ' ');

  g_string_append_printf (text, "%s: %s",
                          self->severity == RUNNEL_SEVERITY_ERROR ? "error" : "warning",
                          self->message);
  if (*self->path != '\0')
    g_string_append_printf (text, " [%s]", self->path);
  if (self->suggestion != NULL)
    g_string_append_printf (text, "\n  %s", self->suggestion);

  return g_string_free (text, FALSE);
}
