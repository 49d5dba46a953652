/* runnel-selection.h: which steps of a pipeline a run is to carry out
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/runnel-earlier.h"
#include "engine/runnel-plan.h"

G_BEGIN_DECLS

/* How the reason of a step begins that a run left out. */
#define RUNNEL_LEFT_OUT "not part of this "

typedef enum
{
  RUNNEL_SELECT_ALL,
  RUNNEL_SELECT_STEP,   /* one step */
  RUNNEL_SELECT_FROM,   /* a step and all that come after it */
  RUNNEL_SELECT_UNTIL,  /* a step and all that it needs */
  RUNNEL_SELECT_FAILED, /* what did not come to a good end in an earlier run, and all that come after */
  RUNNEL_SELECT_NONE,   /* a rollback carries out no steps */
} RunnelSelectVerb;

typedef struct _RunnelSelection RunnelSelection;

RunnelSelection         *runnel_selection_new         (RunnelPipeline          *pipeline,
                                                       RunnelSelectVerb         verb,
                                                       const char              *step,
                                                       const RunnelEarlier     *earlier,
                                                       GError                 **error);
void                     runnel_selection_free        (RunnelSelection         *self);
RunnelSelectVerb         runnel_selection_get_verb    (const RunnelSelection   *self);
const RunnelEarlier     *runnel_selection_get_earlier (const RunnelSelection   *self);
const RunnelPlanPreset  *runnel_selection_get_presets (const RunnelSelection   *self);
gboolean                 runnel_selection_has         (const RunnelSelection   *self,
                                                       guint                    step);
const RunnelEarlierStep *runnel_selection_get_reused  (const RunnelSelection   *self,
                                                       RunnelPipeline          *pipeline,
                                                       guint                    step);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelSelection, runnel_selection_free)

G_END_DECLS
