/* runnel-find-bar.h: finds steps of the pipeline on the canvas
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "designer/find/runnel-finder.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_FIND_BAR (runnel_find_bar_get_type ())
G_DECLARE_FINAL_TYPE (RunnelFindBar, runnel_find_bar, RUNNEL, FIND_BAR, AdwBin)

/* Signals:
 *   "found"     (GPtrArray *ids)   something was found in these steps; none when the bar is closed
 *   "show-step" (const char *id)   this step is to be shown; NULL for the pipeline itself
 *   "stop"      ()                 the bar was closed from the keyboard or by its button
 */

void     runnel_find_bar_set_pipeline (RunnelFindBar  *self,
                                       RunnelPipeline *pipeline);
void     runnel_find_bar_open         (RunnelFindBar  *self);
void     runnel_find_bar_close        (RunnelFindBar  *self);
gboolean runnel_find_bar_is_open      (RunnelFindBar  *self);
void     runnel_find_bar_step         (RunnelFindBar  *self,
                                       gboolean        back);
void     runnel_find_bar_set_text     (RunnelFindBar  *self,
                                       const char     *text);

G_END_DECLS
