/* runnel-run-set.h: a set of runs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One bit for each number up to the largest in it: numbers of runs are given one after the other. */
typedef struct _RunnelRunSet RunnelRunSet;

RunnelRunSet *runnel_run_set_new      (void);
void          runnel_run_set_free     (RunnelRunSet       *self);
void          runnel_run_set_add      (RunnelRunSet       *self,
                                       gint64              run);
gboolean      runnel_run_set_has      (const RunnelRunSet *self,
                                       gint64              run);
gboolean      runnel_run_set_is_empty (const RunnelRunSet *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelRunSet, runnel_run_set_free)

G_END_DECLS
