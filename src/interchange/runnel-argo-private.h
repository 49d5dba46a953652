/* runnel-argo-private.h: what the parts of the target argo share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "interchange/runnel-kube.h"
#include "interchange/runnel-target.h"
#include "interchange/runnel-yaml.h"

G_BEGIN_DECLS

#define RUNNEL_ARGO_API "argoproj.io/v1alpha1"
#define RUNNEL_ARGO_TITLE "workflows.argoproj.io/title"
#define RUNNEL_ARGO_DESCRIPTION "workflows.argoproj.io/description"
#define RUNNEL_ARGO_DISPLAY_NAME "workflows.argoproj.io/display-name"
#define RUNNEL_ARGO_ARTIFACTS "/runnel/artifacts" /* where the volume is */
#define RUNNEL_ARGO_MAIN "main"
#define RUNNEL_ARGO_STARTED "started"
#define RUNNEL_ARGO_EXIT "on-exit"
#define RUNNEL_ARGO_VERDICT "verdict"

/* Where an expression stands: what can be named there. */
typedef struct
{
  const RunnelFlow *flow;
  const RunnelFlowStep *step;  /* or NULL = the pipeline */
  RunnelKubeNames *names;      /* of tasks */
  gboolean in_hook;
  gboolean in_task;            /* of the graph, not in the template */
  GPtrArray *secrets;          /* of char *: those that were spliced; or NULL = they can't be */
} RunnelArgoScope;

/* A step as Argo has it: the task in the graph, and the template that it runs. */
typedef struct
{
  const RunnelFlowStep *step;
  JsonObject *task;
  JsonObject *template;
} RunnelArgoStep;

/* What is needed while a step is put together. */
typedef struct
{
  RunnelArgoStep *made;
  RunnelArgoScope scope;
  const RunnelExportOptions *options;
  JsonObject *said;   /* for the way back: what was said, and */
  JsonObject *step;   /* what could not be */
} RunnelArgoMaker;

/* What is needed while a file is written. */
typedef struct
{
  const RunnelFlow *flow;
  const RunnelExportOptions *options;
  RunnelKubeNames *names;
  RunnelYamlWriter *writer;
  GPtrArray *steps;     /* of RunnelArgoStep, as in the flow */
  GPtrArray *hooks;     /* of RunnelArgoStep: those at the start, then those at the end */
  JsonObject *kept;     /* of the pipeline, from a file of Argo's; or NULL */
  gboolean has_verdict;
} RunnelArgoExport;

char           *_runnel_argo_say_condition (const RunnelArgoScope     *scope,
                                            const char                *condition,
                                            GError                   **error);
char           *_runnel_argo_say_rule      (const RunnelArgoScope     *scope,
                                            const char                *condition,
                                            GError                   **error);
char           *_runnel_argo_say_text      (RunnelArgoScope           *scope,
                                            const char                *text,
                                            GError                   **error);
char           *_runnel_argo_say_depends   (const RunnelFlow          *flow,
                                            const RunnelFlowStep      *step,
                                            RunnelKubeNames           *names);
char           *_runnel_argo_find_list     (const RunnelFlowStep      *step,
                                            const char               **ret_axis);

RunnelArgoStep *_runnel_argo_step_new      (const RunnelFlow          *flow,
                                            const RunnelFlowStep      *step,
                                            const RunnelExportOptions *options,
                                            RunnelKubeNames           *names,
                                            gboolean                   is_hook);
void            _runnel_argo_step_free     (RunnelArgoStep            *self);
void            _runnel_argo_add_retry     (JsonObject                *template,
                                            JsonObject                *said,
                                            const RunnelArgoScope     *scope);
void            _runnel_argo_add_matrix    (RunnelArgoStep            *self,
                                            const RunnelArgoScope     *scope,
                                            JsonObject                *said);
void            _runnel_argo_add_body      (RunnelArgoMaker           *self);
JsonArray      *_runnel_argo_make_env      (RunnelArgoMaker           *self);
JsonArray      *_runnel_argo_get_parameters (JsonObject               *owner,
                                            const char                *key);

JsonArray      *_runnel_argo_get_schedules (const RunnelFlow          *flow);
JsonObject     *_runnel_argo_make_spec     (const RunnelFlow          *flow,
                                            JsonObject                *kept);
JsonObject     *_runnel_argo_make_sizes    (const RunnelFlow          *flow);
gboolean        _runnel_argo_has_end_hooks (const RunnelFlow          *flow);
char           *_runnel_argo_make_limits   (const RunnelFlow          *flow);

void            _runnel_argo_comment_losses (RunnelArgoExport         *self,
                                            const RunnelFlowStep      *step);
void            _runnel_argo_write_json    (RunnelArgoExport          *self,
                                            const char                *key,
                                            JsonNode                  *value);
void            _runnel_argo_write_object  (RunnelArgoExport          *self,
                                            const char                *key,
                                            JsonObject                *value);
void            _runnel_argo_open_template (RunnelArgoExport          *self,
                                            const char                *name,
                                            const char                *role);
JsonObject     *_runnel_argo_make_verdict_task (RunnelArgoExport      *self);
void            _runnel_argo_write_verdict (RunnelArgoExport          *self);
void            _runnel_argo_write_started (RunnelArgoExport          *self);
void            _runnel_argo_write_exit    (RunnelArgoExport          *self);
gboolean        _runnel_argo_export        (const RunnelFlow          *flow,
                                            const RunnelExportOptions *options,
                                            GPtrArray                 *files,
                                            GError                   **error);
void            _runnel_argo_judge         (const RunnelFlow          *flow,
                                            const RunnelFlowStep      *step,
                                            RunnelFeature              feature,
                                            const RunnelExportOptions *options,
                                            RunnelCapability          *verdict);

gboolean        _runnel_argo_import        (RunnelImport              *import,
                                            const char                *path,
                                            const char                *text,
                                            gsize                      length,
                                            GError                   **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelArgoStep, _runnel_argo_step_free)

G_END_DECLS
