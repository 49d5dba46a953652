/* runnel-step-proxy.h: a step as assistive technology sees it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RUNNEL_TYPE_STEP_PROXY (runnel_step_proxy_get_type ())
G_DECLARE_FINAL_TYPE (RunnelStepProxy, runnel_step_proxy, RUNNEL, STEP_PROXY, GtkWidget)

/* Signals: "focus-wanted" () and "activated" (), from the actions node.focus and node.activate.
 * Actions are the only thing a screen reader can call: AT-SPI of GTK 4.8 has no GrabFocus. */

GtkWidget  *runnel_step_proxy_new             (guint            node);
guint       runnel_step_proxy_get_node        (RunnelStepProxy *self);
const char *runnel_step_proxy_get_label       (RunnelStepProxy *self);
void        runnel_step_proxy_set_label       (RunnelStepProxy *self,
                                               const char      *label);
void        runnel_step_proxy_set_description (RunnelStepProxy *self,
                                               const char      *description);
void        runnel_step_proxy_set_flow        (RunnelStepProxy *self,
                                               GList           *targets);

G_END_DECLS
