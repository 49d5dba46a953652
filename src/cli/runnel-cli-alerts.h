/* runnel-cli-alerts.h: incidents, opened, resolved and told
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

int runnel_cli_alerts_check (GError **error);

G_END_DECLS
