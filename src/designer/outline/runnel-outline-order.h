/* runnel-outline-order.h: in which order the outline lists steps
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "model/runnel-pipeline.h"

G_BEGIN_DECLS

typedef enum
{
  RUNNEL_OUTLINE_AS_RUN,  /* each step after all that it needs */
  RUNNEL_OUTLINE_AS_FILE,
  RUNNEL_OUTLINE_BY_NAME,
} RunnelOutlineOrder;

GArray *runnel_outline_order_list (RunnelPipeline     *pipeline,
                                   RunnelOutlineOrder  order); /* of guint */

G_END_DECLS
