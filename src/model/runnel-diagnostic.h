/* runnel-diagnostic.h: one finding about a pipeline document
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  RUNNEL_SEVERITY_ERROR,   /* the pipeline can't be run */
  RUNNEL_SEVERITY_WARNING, /* it can, but probably not as meant */
} RunnelSeverity;

/* Everything a person needs to act on a finding: what, where, and what to do. */
typedef struct
{
  RunnelSeverity severity;
  char *message;
  char *path;        /* JSON path from the root, "steps[3].needs[0]"; "" is the document itself */
  guint line;        /* from 1; 0 when the document has no text (not read from a file) */
  guint column;      /* from 1, in characters */
  char *step;        /* id of the step concerned, or NULL */
  char *suggestion;  /* what to do, or NULL */
} RunnelDiagnostic;

void runnel_diagnostic_free (RunnelDiagnostic *self);

/* A list of findings in the order they were made. Every reader, the terminal
 * and the problems list alike, shows the same list. */
typedef struct _RunnelDiagnostics RunnelDiagnostics;

RunnelDiagnostics      *runnel_diagnostics_new       (void);
void                    runnel_diagnostics_free      (RunnelDiagnostics *self);
void                    runnel_diagnostics_add       (RunnelDiagnostics *self,
                                                      RunnelSeverity     severity,
                                                      const char        *path,
                                                      const char        *step,
                                                      const char        *suggestion,
                                                      const char        *format,
                                                      ...) G_GNUC_PRINTF (6, 7);
guint                   runnel_diagnostics_get_size  (RunnelDiagnostics *self);
const RunnelDiagnostic *runnel_diagnostics_get       (RunnelDiagnostics *self,
                                                      guint              position);
gboolean                runnel_diagnostics_has_error (RunnelDiagnostics *self);
void                    runnel_diagnostics_place     (RunnelDiagnostics *self,
                                                      guint              line,
                                                      guint              column);
void                    runnel_diagnostics_locate    (RunnelDiagnostics *self,
                                                      const char        *text,
                                                      gsize              length);
char                   *runnel_diagnostic_to_string  (const RunnelDiagnostic *self,
                                                      const char             *filename);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelDiagnostics, runnel_diagnostics_free)

G_END_DECLS
