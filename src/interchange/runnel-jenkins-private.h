/* runnel-jenkins-private.h: what the files about Jenkins share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "interchange/runnel-dialect.h"
#include "interchange/runnel-targets.h"

G_BEGIN_DECLS

/* A Jenkinsfile on its way. */
typedef struct
{
  const RunnelFlow *flow;
  const RunnelExportOptions *options;
  GString *text;
  guint depth; /* of blocks around what is written next */
} RunnelJenkins;

/* Where an expression stands: `user_data` of the dialect. */
typedef struct
{
  const RunnelFlow *flow;
  JsonObject *leg; /* values of the matrix, or NULL */
  gboolean is_text; /* it gives a text, and is no condition */
} RunnelJenkinsPlace;

/* runnel-jenkins-groovy.c: texts and expressions of Groovy */
extern const RunnelDialect _runnel_jenkins_groovy;

char    *_runnel_jenkins_quote         (const char           *text);
char    *_runnel_jenkins_quote_lines   (const char           *text);
char    *_runnel_jenkins_say_text      (const RunnelFlow     *flow,
                                        JsonObject           *leg,
                                        const char           *text);

/* runnel-jenkins-writer.c: blocks of a Jenkinsfile */
void     _runnel_jenkins_line          (RunnelJenkins        *self,
                                        const char           *format,
                                        ...) G_GNUC_PRINTF (2, 3);
void     _runnel_jenkins_open          (RunnelJenkins        *self,
                                        const char           *format,
                                        ...) G_GNUC_PRINTF (2, 3);
void     _runnel_jenkins_close         (RunnelJenkins        *self);
void     _runnel_jenkins_add_losses    (RunnelJenkins        *self,
                                        const RunnelFlowStep *step);
void     _runnel_jenkins_add_source    (RunnelJenkins        *self,
                                        const char           *source);
void     _runnel_jenkins_add_hook_marks (RunnelJenkins        *self,
                                        const RunnelFlowStep *hook);
const char *_runnel_jenkins_get_kept   (JsonObject           *foreign,
                                        const char           *section);

/* runnel-jenkins-shape.c: whether stages can say the graph */
/* Levels that come one after another; each has chains that run side by side, of steps that come
 * one after another. */
GPtrArray *_runnel_jenkins_find_shape  (const RunnelFlow     *flow,
                                        const char           *mode);

/* runnel-jenkins-step.c: what a step does */
void     _runnel_jenkins_add_body      (RunnelJenkins        *self,
                                        const RunnelFlowStep *step,
                                        JsonObject           *leg);
void     _runnel_jenkins_add_with_env  (RunnelJenkins        *self,
                                        const RunnelFlowStep *step,
                                        JsonObject           *leg);
char    *_runnel_jenkins_get_secret    (const char           *value);
gboolean _runnel_jenkins_has_loop      (const RunnelFlowStep *step);

/* runnel-jenkins-stages.c and -graph.c: all steps, in one way or the other */
void     _runnel_jenkins_add_stages    (RunnelJenkins        *self,
                                        GPtrArray            *shape);
void     _runnel_jenkins_add_graph     (RunnelJenkins        *self);
void     _runnel_jenkins_add_engine    (RunnelJenkins        *self);
void     _runnel_jenkins_add_marks     (RunnelJenkins        *self,
                                        const RunnelFlowStep *step);
const char *_runnel_jenkins_get_engine (void);

/* runnel-jenkins-export.c */
gboolean _runnel_jenkins_export        (const RunnelFlow          *flow,
                                        const RunnelExportOptions *options,
                                        GPtrArray                 *files,
                                        GError                   **error);
const char *_runnel_jenkins_get_functions (void);

/* runnel-jenkins-import.c */
guint    _runnel_jenkins_detect        (const char                *path,
                                        const char                *text,
                                        gsize                      length);
gboolean _runnel_jenkins_import        (RunnelImport              *import,
                                        const char                *path,
                                        const char                *text,
                                        gsize                      length,
                                        GError                   **error);

G_END_DECLS
