/* runnel-channel-dialog.h: asks how somebody is to be told of incidents
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Has the signal "saved", when the channel is in the settings. */
#define RUNNEL_TYPE_CHANNEL_DIALOG (runnel_channel_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RunnelChannelDialog, runnel_channel_dialog, RUNNEL, CHANNEL_DIALOG, AdwWindow)

GtkWindow *runnel_channel_dialog_new (GtkWindow *parent);

G_END_DECLS
