/* runnel-headers-group.h: headers of requests, each with the secret that is its value
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "designer/runnel-machine-settings.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_HEADERS_GROUP (runnel_headers_group_get_type ())
G_DECLARE_FINAL_TYPE (RunnelHeadersGroup, runnel_headers_group, RUNNEL, HEADERS_GROUP,
                      AdwPreferencesGroup)

void runnel_headers_group_bind (RunnelHeadersGroup    *self,
                                RunnelMachineSettings *settings,
                                const char            *key);

G_END_DECLS
