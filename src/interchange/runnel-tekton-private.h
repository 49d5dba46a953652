/* runnel-tekton-private.h: what the parts of the target tekton share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "interchange/runnel-kube.h"
#include "interchange/runnel-target.h"
#include "interchange/runnel-yaml.h"

G_BEGIN_DECLS

#define RUNNEL_TEKTON_API "tekton.dev/v1"
#define RUNNEL_TEKTON_ARTIFACTS "/runnel/artifacts" /* where the workspace is */

/* What is needed while a task is put together. */
typedef struct
{
  const RunnelFlow *flow;
  const RunnelExportOptions *options;
  RunnelKubeNames *names;    /* of tasks; a leg is "ID\nNUMBER" */
  gboolean
    is_gated; /* all tasks of the pipeline run, and decide themselves whether to do anything */
} RunnelTektonWriter;

/* What is needed while a task is put together. */
typedef struct
{
  const RunnelTektonWriter *writer;
  const RunnelFlow *flow;
  const RunnelFlowStep *step;
  const char *phase;     /* of a hook, or NULL */
  int leg;               /* or -1 */
  JsonObject *task;
  JsonObject *spec;      /* its taskSpec */
  JsonObject *container; /* the step in it */
  JsonArray *env;
  JsonObject *said;      /* for the way back: what was said, and */
  JsonObject *memory;    /* what could not be */
  GHashTable *reads;     /* set of steps whose states are asked for */
} RunnelTektonMaker;

gboolean    _runnel_tekton_is_plain       (const RunnelFlow          *flow);
gboolean    _runnel_tekton_has_own        (const RunnelFlow          *flow);
JsonArray  *_runnel_tekton_say_when       (const RunnelFlow          *flow,
                                           const RunnelFlowStep      *step,
                                           RunnelKubeNames           *names);
char       *_runnel_tekton_say_text       (const RunnelFlow          *flow,
                                           const RunnelFlowStep      *step,
                                           RunnelKubeNames           *names,
                                           const char                *text,
                                           GPtrArray                 *secrets,
                                           gboolean                  *ret_is_computed,
                                           GError                   **error);
const char *_runnel_tekton_get_name       (const RunnelTektonWriter  *self,
                                           const RunnelFlowStep      *step,
                                           int                        leg);
gboolean    _runnel_tekton_is_unrolled    (const RunnelTektonWriter  *self,
                                           const RunnelFlowStep      *step);
char       *_runnel_tekton_say_gate       (const RunnelTektonWriter  *self,
                                           const RunnelFlowStep      *step,
                                           gboolean                   is_hook,
                                           const char                *phase,
                                           GHashTable                *reads);
char       *_runnel_tekton_say_states     (const RunnelTektonWriter  *self,
                                           GHashTable                *reads);
JsonObject *_runnel_tekton_make_task      (const RunnelTektonWriter  *self,
                                           const RunnelFlowStep      *step,
                                           const char                *phase,
                                           int                        leg);
gboolean    _runnel_tekton_is_gated       (const RunnelTektonMaker   *self);
void        _runnel_tekton_add_env        (RunnelTektonMaker         *self);
void        _runnel_tekton_add_reads      (RunnelTektonMaker         *self);
JsonObject *_runnel_tekton_make_verdict   (const RunnelTektonWriter  *self);

gboolean    _runnel_tekton_export         (const RunnelFlow          *flow,
                                           const RunnelExportOptions *options,
                                           GPtrArray                 *files,
                                           GError                   **error);
gboolean    _runnel_tekton_import         (RunnelImport              *import,
                                           const char                *path,
                                           const char                *text,
                                           gsize                      length,
                                           GError                   **error);

G_END_DECLS
