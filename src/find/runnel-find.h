/* runnel-find.h: where in a pipeline something stands
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "find/runnel-pattern.h"
#include "model/runnel-pipeline.h"

G_BEGIN_DECLS

/* One line of text in which something was found. Borrowed; gone when the callback returns. */
typedef struct
{
  RunnelStep *step; /* NULL for the pipeline itself */
  const char *path; /* in the step or the pipeline: "with.argv[1]" */
  const char *text; /* the line, without space at its ends; of a long one the part around the place */
  guint start, end; /* the place in `text`, in bytes */
} RunnelFound;

/* Returns: whether to go on */
typedef gboolean (*RunnelFoundFunc) (const RunnelFound *found,
                                     gpointer           user_data);

gboolean runnel_find_in_step     (RunnelPattern   *pattern,
                                  RunnelStep      *step,
                                  RunnelFoundFunc  func,
                                  gpointer         user_data);
gboolean runnel_find_in_members  (RunnelPattern   *pattern,
                                  RunnelPipeline  *pipeline,
                                  RunnelFoundFunc  func,
                                  gpointer         user_data);
gboolean runnel_find_in_pipeline (RunnelPattern   *pattern,
                                  RunnelPipeline  *pipeline,
                                  RunnelFoundFunc  func,
                                  gpointer         user_data);

G_END_DECLS
