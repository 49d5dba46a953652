/* runnel-notice-bar.h: a sentence above the canvas, with what can be done about it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RUNNEL_TYPE_NOTICE_BAR (runnel_notice_bar_get_type ())
G_DECLARE_FINAL_TYPE (RunnelNoticeBar, runnel_notice_bar, RUNNEL, NOTICE_BAR, AdwBin)

void runnel_notice_bar_show (RunnelNoticeBar *self,
                             const char      *text,
                             const char      *action_label,
                             const char      *action_name);
void runnel_notice_bar_hide (RunnelNoticeBar *self);

G_END_DECLS
