/* runnel-breakers.h: the breakers of all pipelines, kept from run to run
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "engine/limits/runnel-breaker.h"
#include "engine/runnel-clock.h"
#include "engine/runnel-state.h"

G_BEGIN_DECLS

/* Those of one pipeline's file, as one run of it sees them. A file in `folder` holds them; it is
 * locked while it is looked at and replaced in one step. Belongs to one thread. */
typedef struct _RunnelBreakers RunnelBreakers;

RunnelBreakers *runnel_breakers_new         (const char               *folder, /* "$XDG_STATE_HOME/runnel/breakers" */
                                             const char               *file,   /* the pipeline's, absolute */
                                             gint64                    run,
                                             RunnelClock              *clock); /* (transfer none) */
void            runnel_breakers_free        (RunnelBreakers           *self);
gboolean        runnel_breakers_admit       (RunnelBreakers           *self,
                                             const char               *step,
                                             const RunnelBreakerRule  *rule,
                                             char                    **ret_reason);
void            runnel_breakers_record      (RunnelBreakers           *self,
                                             const char               *step,
                                             const RunnelBreakerRule  *rule,
                                             RunnelState               outcome);
const char     *runnel_breakers_get_problem (RunnelBreakers           *self);

/* For everyone else. */
typedef struct
{
  char *file;
  char *step;
  RunnelBreaker breaker;
} RunnelBreakerRecord;

void            runnel_breaker_record_free  (RunnelBreakerRecord      *self);
GPtrArray      *runnel_breakers_list        (const char               *folder,
                                             const char               *file, /* NULL = all */
                                             GError                  **error);
int             runnel_breakers_reset       (const char               *folder,
                                             const char               *file,
                                             const char               *step, /* NULL = all */
                                             GError                  **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelBreakers, runnel_breakers_free)

G_END_DECLS
