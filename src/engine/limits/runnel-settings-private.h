/* runnel-settings-private.h: what the files of the settings share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/limits/runnel-settings.h"
#include "model/runnel-shape.h"

G_BEGIN_DECLS

extern const RunnelShape _runnel_settings_shape;
extern const char _runnel_settings_defaults[]; /* JSON */

gboolean           _runnel_settings_has_name   (const RunnelShape  *shape,
                                                const char         *name);
const RunnelShape *_runnel_settings_find_shape (const char         *key,
                                                char             ***ret_names,
                                                GError            **error);

G_END_DECLS
