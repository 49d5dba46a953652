/* runnel-checker.h: keeps the problems of a document up to date while it is edited
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "model/runnel-document.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_CHECKER (runnel_checker_get_type ())
G_DECLARE_FINAL_TYPE (RunnelChecker, runnel_checker, RUNNEL, CHECKER, GObject)

/* Signal "checked" (): there are new findings. */

RunnelChecker     *runnel_checker_new             (RunnelDocument *document);
RunnelDiagnostics *runnel_checker_get_diagnostics (RunnelChecker  *self);
GBytes            *runnel_checker_get_text        (RunnelChecker  *self);
RunnelPipeline    *runnel_checker_get_pipeline    (RunnelChecker  *self);
gboolean           runnel_checker_is_current      (RunnelChecker  *self);

G_END_DECLS
