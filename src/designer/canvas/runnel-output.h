/* runnel-output.h: puts painted tiles on the screen with whichever renderer GTK uses
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "designer/canvas/runnel-tiles.h"

G_BEGIN_DECLS

typedef struct _RunnelOutput RunnelOutput;

RunnelOutput *runnel_output_new      (void);
void          runnel_output_free     (RunnelOutput     *self);
void          runnel_output_forget   (RunnelOutput     *self);
void          runnel_output_snapshot (RunnelOutput     *self,
                                      GtkSnapshot      *snapshot,
                                      GskRenderer      *renderer,
                                      const RunnelBlit *blits,
                                      guint             n_blits,
                                      int               density);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelOutput, runnel_output_free)

G_END_DECLS
