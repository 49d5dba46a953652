/* runnel-source.h: code, coloured as the desktop is
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtksourceview/gtksource.h>

G_BEGIN_DECLS

#define RUNNEL_SOURCE_PIPELINE "runnel" /* the language of pipelines, as text */

GtkSourceBuffer *runnel_source_buffer_new          (const char      *language);
void             runnel_source_buffer_set_language (GtkSourceBuffer *buffer,
                                                    const char      *language);
GtkWidget       *runnel_source_view_new            (GtkSourceBuffer *buffer);

G_END_DECLS
