/* runnel-part-proxy.h: a part of the canvas as assistive technology sees it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RUNNEL_TYPE_PART_PROXY (runnel_part_proxy_get_type ())
G_DECLARE_FINAL_TYPE (RunnelPartProxy, runnel_part_proxy, RUNNEL, PART_PROXY, GtkWidget)

typedef enum
{
  RUNNEL_PART_STEP  = 1 << 0,
  RUNNEL_PART_CARD  = 1 << 1, /* of a closed group */
  RUNNEL_PART_GROUP = 1 << 2,
  RUNNEL_PART_NOTE  = 1 << 3,
  RUNNEL_PART_LINK  = 1 << 4,
} RunnelPart;

/* Signal: "focus-wanted" (), from any of the actions "it.*"; the command that the action is for is
 * activated after it. Actions are the only thing a screen reader can call: AT-SPI of GTK 4.8 has no
 * GrabFocus. */

GtkWidget  *runnel_part_proxy_new             (RunnelPart       part,
                                               guint            index);
RunnelPart  runnel_part_proxy_get_part        (RunnelPartProxy *self);
guint       runnel_part_proxy_get_index       (RunnelPartProxy *self);
const char *runnel_part_proxy_get_label       (RunnelPartProxy *self);
void        runnel_part_proxy_set_label       (RunnelPartProxy *self,
                                               const char      *label);
void        runnel_part_proxy_set_description (RunnelPartProxy *self,
                                               const char      *description);
void        runnel_part_proxy_set_flow        (RunnelPartProxy *self,
                                               GList           *targets);

G_END_DECLS
