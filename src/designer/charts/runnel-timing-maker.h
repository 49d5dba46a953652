/* runnel-timing-maker.h: makes timings of what is known of a run, off the main thread
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "charts/runnel-timing.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_TIMING_MAKER (runnel_timing_maker_get_type ())
G_DECLARE_FINAL_TYPE (RunnelTimingMaker, runnel_timing_maker, RUNNEL, TIMING_MAKER, GObject)

/* Signal: "made" (RunnelTiming *timing), in the main context of who asked; the receiver may keep it
 * with a reference of its own. */

RunnelTimingMaker *runnel_timing_maker_new  (void);
void               runnel_timing_maker_make (RunnelTimingMaker     *self,
                                             const RunnelRunRecord *run,
                                             GPtrArray             *steps,    /* of RunnelStepRecord */
                                             RunnelPipeline        *pipeline,
                                             GPtrArray             *family);  /* of RunnelInnerRun */

G_END_DECLS
