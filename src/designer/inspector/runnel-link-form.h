/* runnel-link-form.h: the properties of one link
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "model/runnel-document.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_LINK_FORM (runnel_link_form_get_type ())
G_DECLARE_FINAL_TYPE (RunnelLinkForm, runnel_link_form, RUNNEL, LINK_FORM, AdwBin)

/* Signal "changed-on" (guint on): the link fires on another outcome now. */

GtkWidget *runnel_link_form_new    (RunnelDocument *document,
                                    const char     *from,
                                    const char     *to,
                                    RunnelOn        on);
void       runnel_link_form_update (RunnelLinkForm *self);

G_END_DECLS
