/* runnel-kube.h: what the systems on Kubernetes have in common
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "interchange/runnel-flow.h"

G_BEGIN_DECLS

/* What the file of another system can't say, but is to come back from it, stands in these
 * annotations. */
#define RUNNEL_KUBE_STEP     "runnel.org/step"     /* members of the step, as JSON */
#define RUNNEL_KUBE_SAID                                                                           \
  "runnel.org/said" /* what was said in the other language, see runnel_kube_remember() */
#define RUNNEL_KUBE_ROLE                                                                           \
  "runnel.org/role" /* a task that is no step, but there for others: "verdict", ... */
#define RUNNEL_KUBE_PIPELINE "runnel.org/pipeline" /* members of the pipeline, as JSON */

/* The Secret that holds the values of all secrets, each under its own name. */
#define RUNNEL_KUBE_SECRETS "runnel-secrets"

/* Names that Kubernetes accepts for ids that it may not. */
typedef struct _RunnelKubeNames RunnelKubeNames;

RunnelKubeNames *runnel_kube_names_new     (gboolean         keep_case);
void             runnel_kube_names_free    (RunnelKubeNames *self);
const char      *runnel_kube_names_get     (RunnelKubeNames *self,
                                            const char      *id);

const char      *runnel_kube_get_title     (const RunnelFlow *flow);
char            *runnel_kube_make_name     (const char      *text);
char            *runnel_kube_escape        (const char      *text);
char            *runnel_kube_unescape      (const char      *text);

void             runnel_kube_remember      (JsonObject      *said,
                                            const char      *there,
                                            JsonNode        *here);
JsonNode        *runnel_kube_recall        (JsonObject      *said,
                                            const char      *there);

char            *runnel_kube_to_text       (JsonNode        *value);
JsonNode        *runnel_kube_copy          (JsonNode        *node);
JsonNode        *runnel_kube_string_node   (const char      *text);
char            *runnel_kube_to_annotation (JsonObject      *object);
JsonObject      *runnel_kube_parse_object  (const char      *text);
JsonObject      *runnel_kube_get_object    (JsonObject      *self,
                                            const char      *key);
JsonArray       *runnel_kube_get_array     (JsonObject      *self,
                                            const char      *key);
const char      *runnel_kube_get_string    (JsonObject      *self,
                                            const char      *key);
JsonObject      *runnel_kube_add_object    (JsonObject      *self,
                                            const char      *key);
JsonArray       *runnel_kube_add_array     (JsonObject      *self,
                                            const char      *key);
void             runnel_kube_add_pair      (JsonArray       *list,
                                            const char      *name,
                                            const char      *value);
void             runnel_kube_merge         (JsonObject      *self,
                                            JsonObject      *kept);

/* What the lines around a step do. */
typedef struct
{
  const char *text;               /* of the step */
  const char *interpreter;        /* "sh -e" */
  const char *braces; /* what the system would replace in the text, such as "{{"; or NULL */
  const char *gate;   /* lines that end the whole when the step is to be skipped, or NULL */
  const GPtrArray *outputs;       /* of const char *: names */
  const GPtrArray *paths;         /* of const char *: where the value of each output belongs */
  const char *end;                /* lines behind the step, or NULL; $code has its exit code */
} RunnelKubeWrap;

char            *runnel_kube_wrap          (const RunnelKubeWrap *self);
gboolean         runnel_kube_unwrap        (const char           *text,
                                            char                **ret_text,
                                            char                **ret_interpreter);
char            *runnel_kube_get_interpreter (const char         *shell);
char            *runnel_kube_find_shell      (const char         *interpreter,
                                              const char        **ret_prelude);
char            *runnel_kube_say_verdict     (const RunnelFlow   *flow);
gboolean         runnel_kube_needs_verdict   (const RunnelFlow   *flow);
JsonNode        *runnel_kube_needs_to_json   (const RunnelFlow     *flow,
                                              const RunnelFlowStep *step);
char            *runnel_kube_say_artifacts   (const RunnelFlowStep *step);
gboolean         runnel_kube_can_say_artifacts (const RunnelFlowStep *step);
JsonObject      *runnel_kube_keep_pipeline   (const RunnelFlow     *flow);
gboolean         runnel_kube_is_before       (const RunnelFlow     *flow,
                                              const RunnelFlowStep *step,
                                              guint                 other);
void             runnel_kube_keep_step       (JsonObject           *memory,
                                              const RunnelFlowStep *step);
gboolean         runnel_kube_recall_step     (JsonObject           *memory,
                                              JsonObject           *step);
JsonObject      *runnel_kube_find_doubles    (const RunnelFlow     *flow,
                                              const RunnelFlowStep *step);
JsonNode        *runnel_kube_retry_to_json   (const RunnelFlowStep *step);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelKubeNames, runnel_kube_names_free)

G_END_DECLS
