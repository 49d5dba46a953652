/* runnel-code-sync.h: a text and a document that follow each other
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/code/runnel-code-reading.h"
#include "designer/runnel-checker.h"
#include "designer/runnel-source.h"

G_BEGIN_DECLS

typedef enum
{
  RUNNEL_CODE_SHOWN, /* the text says what the document is, or will as soon as it is looked at */
  RUNNEL_CODE_TYPED, /* it is being changed; what was typed is not in the document yet */
  RUNNEL_CODE_WRONG, /* it can't be brought into the document before it is corrected */
} RunnelCodeState;

#define RUNNEL_TYPE_CODE_SYNC (runnel_code_sync_get_type ())
G_DECLARE_FINAL_TYPE (RunnelCodeSync, runnel_code_sync, RUNNEL, CODE_SYNC, GObject)

/* Property: "pending" (boolean): something was typed that the document does not have.
 *
 * Signal "updated" (): state, problem, diagnostics or blocks are others now. */

RunnelCodeSync        *runnel_code_sync_new             (void);
void                   runnel_code_sync_set_document    (RunnelCodeSync *self,
                                                         RunnelDocument *document,
                                                         RunnelChecker  *checker);
void                   runnel_code_sync_set_visible     (RunnelCodeSync *self,
                                                         gboolean        visible);
GtkSourceBuffer       *runnel_code_sync_get_buffer      (RunnelCodeSync *self);
RunnelPipeline        *runnel_code_sync_get_pipeline    (RunnelCodeSync *self);
RunnelCodeState        runnel_code_sync_get_state       (RunnelCodeSync *self);
gboolean               runnel_code_sync_get_pending     (RunnelCodeSync *self);
const char            *runnel_code_sync_get_problem     (RunnelCodeSync *self);
gboolean               runnel_code_sync_holds_back      (RunnelCodeSync *self);
RunnelDiagnostics     *runnel_code_sync_get_diagnostics (RunnelCodeSync *self);
const RunnelCodeBlock *runnel_code_sync_find_block      (RunnelCodeSync *self,
                                                         const char     *id);
const RunnelCodeBlock *runnel_code_sync_find_block_at   (RunnelCodeSync *self,
                                                         guint           line);
const char            *runnel_code_sync_find_step       (RunnelCodeSync *self,
                                                         guint           line);
gboolean               runnel_code_sync_flush           (RunnelCodeSync *self);
void                   runnel_code_sync_tidy            (RunnelCodeSync *self);
void                   runnel_code_sync_revert          (RunnelCodeSync *self);

G_END_DECLS
