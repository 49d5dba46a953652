/* runnel-picture-print.h: a scene on paper
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "designer/canvas/runnel-scene.h"

G_BEGIN_DECLS

/* How a scene is divided into pages. */
typedef struct
{
  guint columns;
  guint rows;
  double scale;   /* points to the world unit */
} RunnelPrintPages;

void               runnel_picture_lay_out_pages (const RunnelBox  *box,
                                                 double            page_width,
                                                 double            page_height,
                                                 gboolean          poster,
                                                 RunnelPrintPages *ret_pages);
GtkPrintOperation *runnel_picture_print_new     (RunnelScene      *scene,
                                                 const char       *title);

G_END_DECLS
