/* runnel-fuzzy.h: how well a text fits what somebody typed to find it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint runnel_fuzzy_rank (const char *text,
                         const char *typed);

G_END_DECLS
