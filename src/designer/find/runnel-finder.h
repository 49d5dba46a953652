/* runnel-finder.h: the steps of a pipeline in which something stands
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "find/runnel-find.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_FINDER (runnel_finder_get_type ())
G_DECLARE_FINAL_TYPE (RunnelFinder, runnel_finder, RUNNEL, FINDER, GObject)

/* Signal "changed" (): what is found is another. The steps of a large pipeline are searched in
 * slices, again after each edit; until all are, what was found before stays. */

RunnelFinder *runnel_finder_new          (void);
void          runnel_finder_set_pipeline (RunnelFinder   *self,
                                          RunnelPipeline *pipeline);
void          runnel_finder_set_pattern  (RunnelFinder   *self,
                                          RunnelPattern  *pattern);
guint         runnel_finder_get_size     (RunnelFinder   *self);
const char   *runnel_finder_get_id       (RunnelFinder   *self,
                                          guint           index);
char         *runnel_finder_describe     (RunnelFinder   *self,
                                          guint           index);

G_END_DECLS
