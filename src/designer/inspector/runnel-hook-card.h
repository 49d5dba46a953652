/* runnel-hook-card.h: one step of the pipeline's hooks, to be edited
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define RUNNEL_TYPE_HOOK_CARD (runnel_hook_card_get_type ())
G_DECLARE_FINAL_TYPE (RunnelHookCard, runnel_hook_card, RUNNEL, HOOK_CARD, GtkBox)

/* Signals: "chosen" () the step is another one now; "remove" (). */

GtkWidget *runnel_hook_card_new      (JsonNode       *step);
JsonNode  *runnel_hook_card_get_step (RunnelHookCard *self);
void       runnel_hook_card_set_step (RunnelHookCard *self,
                                      JsonNode       *step);
void       runnel_hook_card_flush    (RunnelHookCard *self);
void       runnel_hook_card_edit     (RunnelHookCard *self);

G_END_DECLS
