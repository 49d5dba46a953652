/* runnel-form.h: the fields of one object, in groups
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/inspector/runnel-field-row.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_FORM (runnel_form_get_type ())
G_DECLARE_FINAL_TYPE (RunnelForm, runnel_form, RUNNEL, FORM, GtkBox)

/* Signal "commit" (const char *key, JsonNode *value): a field was given another value. */

/* Returns: (transfer none) (nullable): the value of `key` now */
typedef JsonNode *(*RunnelFormGetFunc) (const char *key,
                                        gpointer    user_data);

RunnelForm     *runnel_form_new            (void);
void            runnel_form_add_group      (RunnelForm        *self,
                                            const char        *id,
                                            const char        *title);
void            runnel_form_add_widget     (RunnelForm        *self,
                                            GtkWidget         *widget);
void            runnel_form_add_row        (RunnelForm        *self,
                                            const char        *key,
                                            const char        *title,
                                            const char        *description,
                                            RunnelFieldRow    *row);
RunnelFieldRow *runnel_form_get_row        (RunnelForm        *self,
                                            const char        *key);
void            runnel_form_update         (RunnelForm        *self,
                                            RunnelFormGetFunc  get,
                                            gpointer           user_data);
void            runnel_form_flush          (RunnelForm        *self);
void            runnel_form_clear_problems (RunnelForm        *self);
gboolean        runnel_form_add_problem    (RunnelForm        *self,
                                            const char        *path,
                                            RunnelSeverity     severity,
                                            const char        *message);
void            runnel_form_reveal         (RunnelForm        *self,
                                            const char        *key);

G_END_DECLS
