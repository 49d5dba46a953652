/* runnel-editor-page.h: one pipeline, opened for editing
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/runnel-page.h"
#include "model/runnel-document.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_EDITOR_PAGE (runnel_editor_page_get_type ())
G_DECLARE_FINAL_TYPE (RunnelEditorPage, runnel_editor_page, RUNNEL, EDITOR_PAGE, RunnelPage)

RunnelEditorPage *runnel_editor_page_new          (void);
RunnelEditorPage *runnel_editor_page_new_for_file (GFile            *file);
GFile            *runnel_editor_page_get_file     (RunnelEditorPage *self);
void              runnel_editor_page_set_log      (RunnelEditorPage *self,
                                                   GtkWidget        *log);
void              runnel_editor_page_show_log     (RunnelEditorPage *self);

G_END_DECLS
