/* runnel-json-view.h: the document as the text it is saved as
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "designer/runnel-checker.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_JSON_VIEW (runnel_json_view_get_type ())
G_DECLARE_FINAL_TYPE (RunnelJsonView, runnel_json_view, RUNNEL, JSON_VIEW, AdwBin)

GtkWidget *runnel_json_view_new         (void);
void       runnel_json_view_set_checker (RunnelJsonView *self,
                                         RunnelChecker  *checker);
void       runnel_json_view_mark        (RunnelJsonView *self,
                                         const char     *path);

G_END_DECLS
