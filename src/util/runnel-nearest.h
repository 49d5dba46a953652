/* runnel-nearest.h: the name somebody probably meant
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *runnel_nearest (const char        *name,
                            const char *const *candidates);

G_END_DECLS
