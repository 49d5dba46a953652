/* runnel-pipeline-private.h: the inside of a pipeline, for reading, writing, checking and edits
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "model/runnel-pipeline.h"

G_BEGIN_DECLS

/* An entry of `steps` that is no object. It is kept where it stood. */
typedef struct
{
  guint position; /* in the `steps` of the file */
  JsonNode *value;
} RunnelStray;

/* Where the step of an id stands on the canvas, in one piece: large pipelines have many. */
typedef struct
{
  RunnelPoint point; /* first: a place may be used as a point */
  char id[];
} RunnelPlace;

/* A value of the wrong type stands as long as nothing takes its place: `steps` in `members` while there are no
 * steps, a step's `misplaced` entry while it has no position. */
struct _RunnelPipeline
{
  GObject parent_instance;

  JsonObject *members;     /* all but `steps` and `layout` */
  GPtrArray *steps;        /* of RunnelStep */
  GArray *strays;          /* of RunnelStray, by position */
  GHashTable *positions;   /* id -> RunnelPlace, which owns the id */
  JsonObject *misplaced;   /* entries of layout.steps that are not [x, y], or NULL */
  JsonObject *layout_rest; /* all of `layout` but `steps`, or NULL */
  GArray *parameters;      /* of RunnelParameter */

  /* Id of a step, as pointed to by the step -> its index, or nearly so: inserting or removing
   * a step leaves those behind it to be corrected when they are looked for. Of two steps with the
   * same id the first is in here. */
  GHashTable *indices;

  /* What the edit under way has changed so far. */
  GPtrArray *changed_steps; /* ids */
  gboolean layout_changed;
};

RunnelPipeline *_runnel_pipeline_new_from_slice  (RunnelJsonSlice    root,
                                                  GError           **error);
void            _runnel_pipeline_read_parameters (RunnelPipeline    *self);
void            _runnel_pipeline_add_member      (RunnelPipeline    *self,
                                                  const char        *key,
                                                  JsonNode          *value,
                                                  const char        *before);
void            _runnel_pipeline_take_step       (RunnelPipeline    *self,
                                                  RunnelStep        *step);
void            _runnel_pipeline_insert_step     (RunnelPipeline    *self,
                                                  guint              index,
                                                  RunnelStep        *step);
void            _runnel_pipeline_remove_step     (RunnelPipeline    *self,
                                                  guint              index);
void            _runnel_pipeline_replace_step    (RunnelPipeline    *self,
                                                  guint              index,
                                                  RunnelStep        *step);
void            _runnel_pipeline_set_position    (RunnelPipeline    *self,
                                                  const char        *id,
                                                  RunnelPoint        point);
void            _runnel_pipeline_assign          (RunnelPipeline    *self,
                                                  RunnelPipeline    *other);
JsonNode       *_runnel_pipeline_dup_layout_rest (RunnelPipeline    *self);
void            _runnel_pipeline_emit_changes    (RunnelPipeline    *self);
void            _runnel_pipeline_forget_changes  (RunnelPipeline    *self);
void            _runnel_pipeline_check_shape     (RunnelPipeline    *self,
                                                  RunnelDiagnostics *diagnostics);
char           *_runnel_pipeline_get_step_path   (RunnelPipeline    *self,
                                                  guint              index);

G_END_DECLS
