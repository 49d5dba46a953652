/* runnel-parameter-card.h: one declared parameter, to be edited
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define RUNNEL_TYPE_PARAMETER_CARD (runnel_parameter_card_get_type ())
G_DECLARE_FINAL_TYPE (RunnelParameterCard, runnel_parameter_card, RUNNEL, PARAMETER_CARD, GtkBox)

/* Signals: "edited" () something is being typed; "chosen" () something was chosen; "remove" (). */

GtkWidget  *runnel_parameter_card_new         (const char           *name,
                                               JsonNode             *declaration);
const char *runnel_parameter_card_get_name    (RunnelParameterCard  *self);
JsonNode   *runnel_parameter_card_read        (RunnelParameterCard  *self,
                                               GError              **error);
void        runnel_parameter_card_edit        (RunnelParameterCard  *self);

G_END_DECLS
