/* runnel-state-label.h: a state as icon, colour and word
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "engine/runnel-state.h"

G_BEGIN_DECLS

const char *runnel_state_get_title     (RunnelState state);
const char *runnel_state_get_icon_name (RunnelState state);
const char *runnel_state_get_css_class (RunnelState state);

#define RUNNEL_TYPE_STATE_LABEL (runnel_state_label_get_type ())
G_DECLARE_FINAL_TYPE (RunnelStateLabel, runnel_state_label, RUNNEL, STATE_LABEL, GtkWidget)

GtkWidget *runnel_state_label_new       (void);
void       runnel_state_label_set_state (RunnelStateLabel *self,
                                         RunnelState       state);

G_END_DECLS
