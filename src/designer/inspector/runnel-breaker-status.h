/* runnel-breaker-status.h: how the breaker of a step stands, and a button to close it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Invisible as long as the step has not failed since it succeeded last. */
#define RUNNEL_TYPE_BREAKER_STATUS (runnel_breaker_status_get_type ())
G_DECLARE_FINAL_TYPE (RunnelBreakerStatus, runnel_breaker_status, RUNNEL, BREAKER_STATUS, AdwBin)

GtkWidget *runnel_breaker_status_new      (void);
void       runnel_breaker_status_set_step (RunnelBreakerStatus *self,
                                           GFile               *file,
                                           const char          *step);

G_END_DECLS
