/* history-reads.h: how long questions to a large history take
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

void history_reads_measure (const char *path,
                            GString    *figures,
                            GString    *goals);
