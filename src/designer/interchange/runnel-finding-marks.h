/* runnel-finding-marks.h: what other systems make of steps, on their cards
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GHashTable *runnel_finding_marks_new (GListModel *findings);

G_END_DECLS
