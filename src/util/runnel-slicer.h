/* runnel-slicer.h: long work in a thread that must not be blocked, a little at a time
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _RunnelSlicer RunnelSlicer;

typedef void (*RunnelSlicerFunc) (guint    index,
                                  gpointer user_data);
typedef void (*RunnelSlicerDone) (gpointer user_data);

RunnelSlicer *runnel_slicer_new     (RunnelSlicerFunc  work,
                                     RunnelSlicerDone  done,
                                     gpointer          user_data);
void          runnel_slicer_free    (RunnelSlicer     *self);
void          runnel_slicer_start   (RunnelSlicer     *self,
                                     guint             n_items);
void          runnel_slicer_stop    (RunnelSlicer     *self);
gboolean      runnel_slicer_is_busy (RunnelSlicer     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelSlicer, runnel_slicer_free)

G_END_DECLS
