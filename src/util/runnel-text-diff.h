/* runnel-text-diff.h: how two texts differ, for people
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *runnel_text_diff (const char *from_name,
                        const char *to_name,
                        const char *from,
                        const char *to);

G_END_DECLS
