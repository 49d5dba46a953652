/* runnel-picture-task.h: draws pictures in threads
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/pictures/runnel-picture-file.h"

G_BEGIN_DECLS

void      runnel_picture_draw_async  (RunnelScene                *scene,
                                      const RunnelPictureOptions *options,
                                      guint                       n_options,
                                      GCancellable               *cancellable,
                                      GAsyncReadyCallback         callback,
                                      gpointer                    user_data);
GPtrArray *runnel_picture_draw_finish (GAsyncResult              *result,
                                       GError                   **error);

G_END_DECLS
