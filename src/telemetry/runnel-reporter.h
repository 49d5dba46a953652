/* runnel-reporter.h: makes parcels for all receivers of what happens in a run
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/runnel-event.h"
#include "telemetry/runnel-parcel.h"
#include "telemetry/runnel-run-facts.h"
#include "telemetry/runnel-telemetry-config.h"

G_BEGIN_DECLS

/* Gets each parcel as its own. */
typedef void (*RunnelReporterFunc) (const RunnelReceiver *receiver,
                                    RunnelParcel         *parcel,
                                    gpointer              user_data);

/* Belongs to one thread. */
typedef struct _RunnelReporter RunnelReporter;

RunnelReporter *runnel_reporter_new       (RunnelTelemetryConfig  *config,
                                           RunnelRunFacts         *facts,
                                           RunnelReporterFunc      deliver,
                                           gpointer                user_data);
void            runnel_reporter_free      (RunnelReporter         *self);
void            runnel_reporter_take      (RunnelReporter         *self,
                                           const RunnelEvent      *event);
gboolean        runnel_reporter_has_spans (RunnelReporter         *self);
void            runnel_reporter_flush     (RunnelReporter         *self);
/* Tells of a run that is over. */
gboolean        runnel_reporter_tell_past (RunnelTelemetryConfig  *config,
                                           RunnelHistory          *history,
                                           gint64                  run,
                                           RunnelReporterFunc      deliver,
                                           gpointer                user_data,
                                           GError                **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelReporter, runnel_reporter_free)

G_END_DECLS
