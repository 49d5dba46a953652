/* runnel-task.h: work in a thread for an object that no other thread may finalize
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void runnel_task_run_in_thread (GTask           *task,
                                GTaskThreadFunc  func);

G_END_DECLS
