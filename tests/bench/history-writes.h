/* history-writes.h: how fast runs come into a large history
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

void history_writes_measure (const char *path,
                             GString    *figures,
                             GString    *goals);
void history_writes_measure_large_run (const char *path,
                                       GString    *figures);
