/* runnel-code-search.h: finds a word in a text
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>
#include <gtksourceview/gtksource.h>

G_BEGIN_DECLS

#define RUNNEL_TYPE_CODE_SEARCH (runnel_code_search_get_type ())
G_DECLARE_FINAL_TYPE (RunnelCodeSearch, runnel_code_search, RUNNEL, CODE_SEARCH, AdwBin)

GtkWidget *runnel_code_search_new   (GtkSourceView    *view);
void       runnel_code_search_begin (RunnelCodeSearch *self);

G_END_DECLS
