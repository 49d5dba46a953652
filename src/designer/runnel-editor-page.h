/* runnel-editor-page.h: one pipeline, opened for editing
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/canvas/runnel-canvas.h"
#include "designer/runnel-page.h"
#include "model/runnel-document.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_EDITOR_PAGE (runnel_editor_page_get_type ())
G_DECLARE_FINAL_TYPE (RunnelEditorPage, runnel_editor_page, RUNNEL, EDITOR_PAGE, RunnelPage)

/* Signal "document-changed" (): another document was loaded; the canvas shows it already. */

RunnelEditorPage *runnel_editor_page_new          (void);
RunnelEditorPage *runnel_editor_page_new_for_file (GFile               *file);
GFile            *runnel_editor_page_get_file     (RunnelEditorPage    *self);
RunnelDocument   *runnel_editor_page_get_document (RunnelEditorPage    *self);
RunnelCanvas     *runnel_editor_page_get_canvas   (RunnelEditorPage    *self);
void              runnel_editor_page_show_step    (RunnelEditorPage    *self,
                                                   const char          *id);
void              runnel_editor_page_enter        (RunnelEditorPage    *self,
                                                   const char          *id);
RunnelEditorPage *runnel_editor_page_find_level   (RunnelEditorPage    *self,
                                                   GFile               *file);
void              runnel_editor_page_go_to_level  (RunnelEditorPage    *self,
                                                   RunnelEditorPage    *level);
GPtrArray        *runnel_editor_page_list_levels  (RunnelEditorPage    *self);
void              runnel_editor_page_flush        (RunnelEditorPage    *self);
void              runnel_editor_page_show_log     (RunnelEditorPage    *self);
void              runnel_editor_page_add_toast    (RunnelEditorPage    *self,
                                                   const char          *text);

G_END_DECLS
