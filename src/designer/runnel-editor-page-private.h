/* runnel-editor-page-private.h: what the parts of the editor page share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/code/runnel-code-view.h"
#include "designer/find/runnel-find-bar.h"
#include "designer/inspector/runnel-inspector.h"
#include "designer/interchange/runnel-portability-panel.h"
#include "designer/interchange/runnel-portability-watch.h"
#include "designer/outline/runnel-outline.h"
#include "designer/runnel-checker.h"
#include "designer/runnel-editor-page.h"
#include "designer/runnel-file-watch.h"
#include "designer/runnel-notice-bar.h"
#include "designer/runnel-problems-list.h"
#include "designer/runnel-step-palette.h"
#include "designer/runnel-view-memory.h"
#include "designer/runs/runnel-run-controller.h"

G_BEGIN_DECLS

struct _RunnelEditorPage
{
  RunnelPage parent_instance;

  /* Template Widgets */
  GtkWidget *breadcrumb;
  GtkStack *stack;
  AdwStatusPage *error_page;
  GtkWidget *create_button;
  GtkWidget *inspector_flap;
  GtkWidget *palette_flap;
  RunnelInspector *inspector;
  GtkStack *side_stack;
  RunnelStepPalette *palette;
  RunnelOutline *outline;
  RunnelNoticeBar *notice_bar;
  AdwBin *approval_bin;
  RunnelFindBar *find_bar;
  AdwBin *canvas_bin;
  GtkWidget *bottom;
  GtkStack *bottom_stack;
  GtkStackPage *problems_page;
  RunnelProblemsList *problems;
  RunnelPortabilityPanel *portability;
  AdwBin *log_bin;
  GtkPaned *code_paned;
  RunnelCodeView *code_view;

  /* Borrowed References */
  RunnelCanvas *canvas;
  RunnelEditorPage *came_from; /* the level from which this one was entered; it or we own the other */

  /* Owned References */
  GFile *file;                /* what is loaded, or was to be */
  RunnelDocument *document;   /* NULL while loading, and when that failed */
  RunnelChecker *checker;
  RunnelPortabilityWatch *portability_watch;
  RunnelFileWatch *watch;
  RunnelRunController *run_controller;
  RunnelViewMemory *memory;   /* of the file; NULL until one is loaded or a document is shown */
  GSignalGroup *document_signals;
  RunnelEditorPage *outer;    /* `came_from`, while this level is inside of it */
  GPtrArray *inner;           /* of RunnelEditorPage: levels that were entered and left again */
  char *wanted_step;          /* to be shown when the document is there, or NULL */
  guint code_place;           /* source id: the text is to get its width */
  GQueue saves;               /* of GTask: the save under way, and those that come after it */
  GCancellable *cancellable;  /* of loading; ends with the page and with the next load */

  guint is_memory_loaded : 1;
  guint is_view_restored : 1; /* what is seen from now on is worth remembering */
};

void     _runnel_editor_page_actions_init   (RunnelEditorPage     *self);
void     _runnel_editor_page_levels_init    (RunnelEditorPage     *self);
gboolean _runnel_editor_page_can_enter      (RunnelEditorPage     *self);
void     _runnel_editor_page_extract_init   (RunnelEditorPage     *self);
void     _runnel_editor_page_code_init      (RunnelEditorPage     *self);
void     _runnel_editor_page_show_code_error (RunnelEditorPage    *self);
gboolean _runnel_editor_page_has_code_error (RunnelEditorPage     *self);
void     _runnel_editor_page_revert_code    (RunnelEditorPage     *self);
void     _runnel_editor_page_update_title   (RunnelEditorPage     *self);
void     _runnel_editor_page_compare_init   (RunnelEditorPage     *self);
void     _runnel_editor_page_runs_init      (RunnelEditorPage     *self);
void     _runnel_editor_page_simulate_init  (RunnelEditorPage     *self);
void     _runnel_editor_page_interchange_init (RunnelEditorPage   *self);
void     _runnel_editor_page_interchange_set_document (RunnelEditorPage *self);
void     _runnel_editor_page_sync_exports   (RunnelEditorPage     *self);
void     _runnel_editor_page_find_init      (RunnelEditorPage     *self);
void     _runnel_editor_page_found_cb       (RunnelEditorPage     *self,
                                             GPtrArray            *ids);
void     _runnel_editor_page_show_found_cb  (RunnelEditorPage     *self,
                                             const char           *id);
void     _runnel_editor_page_view_init      (RunnelEditorPage     *self);
void     _runnel_editor_page_view_load      (RunnelEditorPage     *self,
                                             GFile                *file);
void     _runnel_editor_page_view_show      (RunnelEditorPage     *self,
                                             RunnelDocument       *document);
void     _runnel_editor_page_actions_update (RunnelEditorPage     *self);
void     _runnel_editor_page_show_problem   (RunnelEditorPage     *self,
                                             RunnelProblem        *problem);
void     _runnel_editor_page_edit_step      (RunnelEditorPage     *self,
                                             const char           *key);
void     _runnel_editor_page_load           (RunnelEditorPage     *self,
                                             GFile                *file);
void     _runnel_editor_page_set_document   (RunnelEditorPage     *self,
                                             RunnelDocument       *document);
void     _runnel_editor_page_show_error     (RunnelEditorPage     *self,
                                             const GError         *error);
void     _runnel_editor_page_watch_file     (RunnelEditorPage     *self);

void     _runnel_editor_page_save_async     (RunnelPage           *page,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
void     _runnel_editor_page_save_as_async  (RunnelPage           *page,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
gboolean _runnel_editor_page_save_finish    (RunnelPage           *page,
                                             GAsyncResult         *result,
                                             GError              **error);

G_END_DECLS
