/* runnel-portability-watch.h: keeps what other systems make of a document up to date
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/runnel-checker.h"
#include "interchange/runnel-portability.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_PORTABILITY_WATCH (runnel_portability_watch_get_type ())
G_DECLARE_FINAL_TYPE (RunnelPortabilityWatch, runnel_portability_watch, RUNNEL, PORTABILITY_WATCH,
                      GObject)

/* Signal "judged" (): there are new findings. */

RunnelPortabilityWatch *runnel_portability_watch_new             (RunnelChecker          *checker);
RunnelPortability      *runnel_portability_watch_get_portability (RunnelPortabilityWatch *self);
const char             *runnel_portability_watch_get_obstacle    (RunnelPortabilityWatch *self);

G_END_DECLS
