/* runnel-step-marks.h: what the marks on a step's card say, in words
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "model/runnel-step.h"

G_BEGIN_DECLS

char *runnel_step_marks_describe (RunnelStep *step);

G_END_DECLS
