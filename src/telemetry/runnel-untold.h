/* runnel-untold.h: runs of which the end was not told
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history/runnel-history.h"

G_BEGIN_DECLS

/* A mark is a file. One whose run is over, and whose process is gone, is of a run that was killed
 * before it could tell its end. */
void    runnel_untold_mark   (gint64         run);
void    runnel_untold_unmark (gint64         run);
GArray *runnel_untold_claim  (RunnelHistory *history);

G_END_DECLS
