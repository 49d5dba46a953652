/* runnel-kind-fields.h: the rows of a form, made from what a kind declares
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/inspector/runnel-form.h"
#include "model/runnel-kind.h"

G_BEGIN_DECLS

void      runnel_kind_fields_add        (RunnelForm       *form,
                                         const char       *prefix,
                                         const RunnelKind *kind,
                                         GFile            *base);
JsonNode *runnel_kind_fields_keep_known (const RunnelKind *kind,
                                         JsonNode         *with);

G_END_DECLS
