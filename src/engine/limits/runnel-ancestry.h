/* runnel-ancestry.h: the steps inside which a run takes place
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A run that a step waits for is part of that step: what the step holds, the run need not wait
 * for. Written "12:deploy,15:migrate", the outermost first; "" for a run of its own. */
#define RUNNEL_ENV_ANCESTRY "RUNNEL_ANCESTRY"

char     *runnel_ancestry_from_environment (void);
void      runnel_ancestry_hand_on          (const char *self);
gboolean  runnel_ancestry_has              (const char *self,
                                            gint64      run,
                                            const char *step);

G_END_DECLS
