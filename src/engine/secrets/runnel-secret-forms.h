/* runnel-secret-forms.h: the texts by which a secret may be seen
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Shorter texts occur by chance, and whatever contains them would be hidden. */
#define RUNNEL_SECRET_MIN_LENGTH 4

/* Adds all forms of `value` to a set of strings that frees its keys. */
void runnel_secret_forms_add (GHashTable *forms,
                              const char *value);

G_END_DECLS
