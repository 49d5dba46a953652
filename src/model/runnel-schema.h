/* runnel-schema.h: the file format as a JSON Schema
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *runnel_schema_to_text (void);

G_END_DECLS
