/* runnel-secret-card.h: the name of one secret, and its value in the keyring
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Signals: "edited" (another name is typed), "remove", "stored" (the keyring was changed). */
#define RUNNEL_TYPE_SECRET_CARD (runnel_secret_card_get_type ())
G_DECLARE_FINAL_TYPE (RunnelSecretCard, runnel_secret_card, RUNNEL, SECRET_CARD, GtkBox)

GtkWidget  *runnel_secret_card_new         (const char       *name);
const char *runnel_secret_card_get_name    (RunnelSecretCard *self);
void        runnel_secret_card_edit        (RunnelSecretCard *self);
void        runnel_secret_card_set_keyring (RunnelSecretCard *self,
                                            gboolean          has_value,
                                            const char       *problem);

G_END_DECLS
