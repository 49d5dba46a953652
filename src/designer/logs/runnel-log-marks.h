/* runnel-log-marks.h: where in a log something is, beside its scrollbar
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "log/runnel-log-model.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_LOG_MARKS (runnel_log_marks_get_type ())
G_DECLARE_FINAL_TYPE (RunnelLogMarks, runnel_log_marks, RUNNEL, LOG_MARKS, GtkWidget)

GtkWidget *runnel_log_marks_new       (void);
void       runnel_log_marks_set_model (RunnelLogMarks *self,
                                       RunnelLogModel *model);

G_END_DECLS
