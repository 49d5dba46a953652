/* runnel-code-view.h: the pipeline as text, beside the canvas
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "designer/code/runnel-code-sync.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_CODE_VIEW (runnel_code_view_get_type ())
G_DECLARE_FINAL_TYPE (RunnelCodeView, runnel_code_view, RUNNEL, CODE_VIEW, AdwBin)

/* Signals:
 *   "step-chosen" (const char *id) the cursor was moved into the text of a step
 *   "leave"       ()               Escape: the focus wants to go back to the canvas */

GtkWidget       *runnel_code_view_new           (void);
RunnelCodeSync  *runnel_code_view_get_sync      (RunnelCodeView     *self);
void             runnel_code_view_set_selection (RunnelCodeView     *self,
                                                 const char *const  *ids);
void             runnel_code_view_show_problem  (RunnelCodeView     *self);
gboolean         runnel_code_view_find          (RunnelCodeView     *self);

G_END_DECLS
