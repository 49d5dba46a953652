/* runnel-deadline.h: a point in time at which something is called
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef void (*RunnelDeadlineFunc) (gpointer user_data);

typedef struct _RunnelDeadline RunnelDeadline;

RunnelDeadline *runnel_deadline_new_after (gint64              delay,
                                           RunnelDeadlineFunc  func,
                                           gpointer            user_data);
RunnelDeadline *runnel_deadline_new_at    (gint64              wall,
                                           RunnelDeadlineFunc  func,
                                           gpointer            user_data);
void            runnel_deadline_freeze    (RunnelDeadline     *self,
                                           gboolean            frozen);
void            runnel_deadline_free      (RunnelDeadline     *self);

G_END_DECLS
