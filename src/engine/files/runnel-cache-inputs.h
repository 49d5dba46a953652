/* runnel-cache-inputs.h: the files that the result of a step depends on
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "engine/files/runnel-digests.h"

G_BEGIN_DECLS

JsonObject *runnel_cache_inputs_add (JsonObject         *parts,
                                     const char         *base_dir,
                                     const char *const  *patterns,
                                     RunnelDigests      *digests,
                                     guint              *ret_n_inputs,
                                     GCancellable       *cancellable,
                                     GError            **error);

G_END_DECLS
