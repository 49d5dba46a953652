/* runnel-pipeline.h: the pipeline document in memory
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "model/runnel-diagnostic.h"
#include "model/runnel-kind.h"
#include "model/runnel-step.h"

G_BEGIN_DECLS

#define RUNNEL_FORMAT 1
#define RUNNEL_FILE_SUFFIX ".runnel.json"

#define RUNNEL_PIPELINE_ERROR (runnel_pipeline_error_quark ())
typedef enum
{
  RUNNEL_PIPELINE_ERROR_SYNTAX = 1, /* not JSON, or not UTF-8 */
  RUNNEL_PIPELINE_ERROR_TOO_LARGE,  /* deeper or longer than a pipeline may be */
  RUNNEL_PIPELINE_ERROR_FORMAT,     /* JSON, but not a pipeline this version can read */
  RUNNEL_PIPELINE_ERROR_CHANGED,    /* the file was changed behind our back */
  RUNNEL_PIPELINE_ERROR_INVALID,    /* an edit that would break the document */
} RunnelPipelineError;
GQuark runnel_pipeline_error_quark (void);

typedef struct
{
  double x; /* world units, left edge of the step's card */
  double y; /* top edge */
} RunnelPoint;

typedef enum
{
  RUNNEL_PARAMETER_STRING,
  RUNNEL_PARAMETER_NUMBER,
  RUNNEL_PARAMETER_BOOLEAN,
  RUNNEL_PARAMETER_CHOICE,
} RunnelParameterType;

typedef struct
{
  const char *name;
  RunnelParameterType type;
  const char *description;        /* or NULL */
  JsonNode *default_value;        /* or NULL */
  gboolean required;
  const char *const *choices;     /* NULL-terminated, for CHOICE, else NULL */
} RunnelParameter;

#define RUNNEL_TYPE_PIPELINE (runnel_pipeline_get_type ())
G_DECLARE_FINAL_TYPE (RunnelPipeline, runnel_pipeline, RUNNEL, PIPELINE, GObject)

/* Signals: "changed" after every applied edit (no arguments); "step-changed"
 * (const char *id) for each step added, removed or replaced by it; "layout-changed". */

RunnelPipeline        *runnel_pipeline_new            (void);
RunnelPipeline        *runnel_pipeline_new_from_text  (const char        *text,
                                                       gssize             length,
                                                       RunnelDiagnostics *diagnostics,
                                                       GError           **error);
RunnelPipeline        *runnel_pipeline_copy           (RunnelPipeline    *self);
char                  *runnel_pipeline_to_text        (RunnelPipeline    *self,
                                                       gsize             *ret_length);
void                   runnel_pipeline_validate       (RunnelPipeline    *self,
                                                       RunnelDiagnostics *diagnostics);

const char            *runnel_pipeline_get_name       (RunnelPipeline    *self);
JsonNode              *runnel_pipeline_get_member     (RunnelPipeline    *self,
                                                       const char        *key);
guint                  runnel_pipeline_get_n_steps    (RunnelPipeline    *self);
RunnelStep            *runnel_pipeline_get_step       (RunnelPipeline    *self,
                                                       guint              index);
gboolean               runnel_pipeline_find_step      (RunnelPipeline    *self,
                                                       const char        *id,
                                                       guint             *ret_index);
gboolean               runnel_pipeline_get_position   (RunnelPipeline    *self,
                                                       const char        *id,
                                                       RunnelPoint       *ret_point);
const RunnelParameter *runnel_pipeline_get_parameters (RunnelPipeline    *self,
                                                       guint             *ret_n_parameters);
char                  *runnel_pipeline_make_step_id   (RunnelPipeline    *self,
                                                       const char        *stem);
GStrv                  runnel_pipeline_find_path      (RunnelPipeline    *self,
                                                       const char        *first,
                                                       const char        *last);

G_END_DECLS
