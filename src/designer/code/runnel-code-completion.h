/* runnel-code-completion.h: offers words while the text of a pipeline is typed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/code/runnel-code-sync.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_CODE_COMPLETION (runnel_code_completion_get_type ())
G_DECLARE_FINAL_TYPE (RunnelCodeCompletion, runnel_code_completion, RUNNEL, CODE_COMPLETION, GObject)

RunnelCodeCompletion *runnel_code_completion_new (RunnelCodeSync *sync);

G_END_DECLS
