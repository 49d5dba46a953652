/* runnel-origin.h: from where somebody does something
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Set by programs that start runs and ask them for something: "application", "schedule". */
#define RUNNEL_ENV_ORIGIN "RUNNEL_ORIGIN"

#define RUNNEL_MAX_ORIGIN_LENGTH 100

char     *runnel_origin_describe (void);
gboolean  runnel_origin_is_valid (const char *origin);

G_END_DECLS
