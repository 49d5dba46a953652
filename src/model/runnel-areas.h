/* runnel-areas.h: the groups and notes of a pipeline
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "model/runnel-pipeline.h"

G_BEGIN_DECLS

#define RUNNEL_NOTE_MIN_WIDTH 96.0 /* world units */
#define RUNNEL_NOTE_MIN_HEIGHT 48.0

/* World units. */
typedef struct
{
  double x;
  double y;
  double width;
  double height;
} RunnelRect;

/* A frame around steps. What it points to belongs to the pipeline, until its next change. */
typedef struct
{
  guint index;       /* in `groups` */
  const char *id;
  const char *title; /* its name, or else its id */
  const char *color; /* or NULL */
  JsonArray *steps;  /* or NULL; may name steps that are not there, and hold what is no name */
} RunnelGroup;

/* A sheet with text on the canvas. */
typedef struct
{
  guint index;       /* in `notes` */
  const char *id;
  const char *text;
  const char *color; /* or NULL */
  RunnelRect rect;   /* at least of the smallest size */
} RunnelNote;

GArray            *runnel_pipeline_list_groups (RunnelPipeline *self); /* of RunnelGroup */
gboolean           runnel_pipeline_find_group  (RunnelPipeline *self,
                                                const char     *id,
                                                RunnelGroup    *ret_group);
GArray            *runnel_pipeline_list_notes  (RunnelPipeline *self); /* of RunnelNote */
gboolean           runnel_pipeline_find_note   (RunnelPipeline *self,
                                                const char     *id,
                                                RunnelNote     *ret_note);
const char *const *runnel_area_list_colors     (void);

G_END_DECLS
