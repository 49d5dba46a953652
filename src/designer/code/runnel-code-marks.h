/* runnel-code-marks.h: what is wrong with a text, marked in it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtksourceview/gtksource.h>

#include "model/runnel-diagnostic.h"

G_BEGIN_DECLS

void  runnel_code_marks_set_up     (GtkSourceView     *view);
void  runnel_code_marks_show       (GtkSourceBuffer   *buffer,
                                    RunnelDiagnostics *diagnostics);
char *runnel_code_marks_get_text   (GtkSourceBuffer   *buffer,
                                    guint              line);

G_END_DECLS
