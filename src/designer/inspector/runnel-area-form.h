/* runnel-area-form.h: the properties of a group or note
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "model/runnel-document.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_AREA_FORM (runnel_area_form_get_type ())
G_DECLARE_FINAL_TYPE (RunnelAreaForm, runnel_area_form, RUNNEL, AREA_FORM, AdwBin)

GtkWidget *runnel_area_form_new_for_group (RunnelDocument *document,
                                           const char     *id);
GtkWidget *runnel_area_form_new_for_note  (RunnelDocument *document,
                                           const char     *id);
void       runnel_area_form_update        (RunnelAreaForm *self);
void       runnel_area_form_flush         (RunnelAreaForm *self);

G_END_DECLS
