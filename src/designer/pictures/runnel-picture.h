/* runnel-picture.h: draws a scene as a vector picture
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/pictures/runnel-pen.h"

G_BEGIN_DECLS

gboolean runnel_picture_get_box  (RunnelScene         *scene,
                                  RunnelBox           *ret_box);
char    *runnel_picture_describe (RunnelScene         *scene);
void     runnel_picture_draw     (RunnelScene         *scene,
                                  const RunnelPalette *palette,
                                  const RunnelBox     *part,
                                  RunnelPen           *pen);

G_END_DECLS
