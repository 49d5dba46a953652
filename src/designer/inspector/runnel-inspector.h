/* runnel-inspector.h: the properties of what is selected on the canvas
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "designer/runnel-checker.h"
#include "model/runnel-document.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_INSPECTOR (runnel_inspector_get_type ())
G_DECLARE_FINAL_TYPE (RunnelInspector, runnel_inspector, RUNNEL, INSPECTOR, AdwBin)

/* Signals:
 *   "leave"           ()                       Escape: back to the canvas
 *   "step-renamed"    (const char *new_id)     the step shown has another id now
 *   "link-changed"    (guint on)               the link shown fires on another outcome now
 */

GtkWidget *runnel_inspector_new         (void);
void       runnel_inspector_set_document (RunnelInspector   *self,
                                          RunnelDocument    *document,
                                          RunnelChecker     *checker);
void       runnel_inspector_show_steps  (RunnelInspector    *self,
                                         const char *const  *ids);
void       runnel_inspector_show_link   (RunnelInspector    *self,
                                         const char         *from,
                                         const char         *to,
                                         RunnelOn            on);
void       runnel_inspector_show_group   (RunnelInspector   *self,
                                          const char        *id);
void       runnel_inspector_show_note    (RunnelInspector   *self,
                                          const char        *id);
void       runnel_inspector_flush       (RunnelInspector    *self);
void       runnel_inspector_focus       (RunnelInspector    *self,
                                         const char         *key);

G_END_DECLS
