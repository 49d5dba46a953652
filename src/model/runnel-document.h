/* runnel-document.h: a pipeline, its file, its undo history and its crash journal
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "model/runnel-edit.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_DOCUMENT (runnel_document_get_type ())
G_DECLARE_FINAL_TYPE (RunnelDocument, runnel_document, RUNNEL, DOCUMENT, GObject)

/* Properties: "file" (GFile), "modified" (boolean), "can-undo", "can-redo",
 * "undo-label", "redo-label". A document without a file is new and unsaved.
 *
 * Loading and saving are asynchronous and do their work in a thread. The
 * journal (".NAME.journal" beside the file) holds every edit since the last
 * save as one JSON line, written as it is made; it goes away with a save or
 * an orderly close, so one found at load time is the work of a crashed
 * session and can be replayed. */

RunnelDocument *runnel_document_new              (void);
void            runnel_document_load_async       (GFile               *file,
                                                  GCancellable        *cancellable,
                                                  GAsyncReadyCallback  callback,
                                                  gpointer             user_data);
RunnelDocument *runnel_document_load_finish      (GAsyncResult        *result,
                                                  GError             **error);
void            runnel_document_save_async       (RunnelDocument      *self,
                                                  GFile               *file,       /* NULL = where it came from */
                                                  gboolean             overwrite,  /* even if changed behind our back */
                                                  GCancellable        *cancellable,
                                                  GAsyncReadyCallback  callback,
                                                  gpointer             user_data);
gboolean        runnel_document_save_finish      (RunnelDocument      *self,
                                                  GAsyncResult        *result,
                                                  GError             **error);
RunnelPipeline *runnel_document_get_pipeline     (RunnelDocument      *self);
GFile          *runnel_document_get_file         (RunnelDocument      *self);
char           *runnel_document_get_title        (RunnelDocument      *self);
gboolean        runnel_document_get_modified     (RunnelDocument      *self);
gboolean        runnel_document_apply            (RunnelDocument      *self,
                                                  RunnelEdit          *edit,
                                                  GError             **error);
gboolean        runnel_document_undo             (RunnelDocument      *self);
gboolean        runnel_document_redo             (RunnelDocument      *self);
guint           runnel_document_get_n_changes    (RunnelDocument      *self);
const char     *runnel_document_get_change_label (RunnelDocument      *self,
                                                  guint                index);
gint64          runnel_document_get_change_time  (RunnelDocument      *self,
                                                  guint                index);
guint           runnel_document_get_position     (RunnelDocument      *self);
void            runnel_document_go_to            (RunnelDocument      *self,
                                                  guint                position);
gboolean        runnel_document_has_journal      (RunnelDocument      *self);
gboolean        runnel_document_recover          (RunnelDocument      *self,
                                                  GError             **error);
void            runnel_document_discard_journal  (RunnelDocument      *self);
void            runnel_document_flush_journal    (RunnelDocument      *self);
GBytes         *runnel_document_get_text         (RunnelDocument      *self);

G_END_DECLS
