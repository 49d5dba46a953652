/* runnel-alert-channel.h: a way to tell somebody of an incident
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "alerts/runnel-alert-message.h"

G_BEGIN_DECLS

typedef enum
{
  RUNNEL_ALERT_CHANNEL_DESKTOP,
  RUNNEL_ALERT_CHANNEL_COMMAND,
  RUNNEL_ALERT_CHANNEL_WEBHOOK,
  RUNNEL_ALERT_CHANNEL_MAIL,
} RunnelAlertChannelKind;

typedef struct
{
  char *name;
  RunnelAlertChannelKind kind;
  char **command;    /* the program and its arguments */
  char *url;
  char *secret;      /* its name, or NULL = nothing is signed */
  char **addresses;
} RunnelAlertChannel;

RunnelAlertChannel *runnel_alert_channel_new      (const char                *name,
                                                   JsonObject                *values,
                                                   GError                   **error);
void                runnel_alert_channel_free     (RunnelAlertChannel        *self);
char               *runnel_alert_channel_describe (const RunnelAlertChannel  *self);
gboolean            runnel_alert_channel_tell     (const RunnelAlertChannel  *self,
                                                   const RunnelAlertMessage  *message,
                                                   GError                   **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelAlertChannel, runnel_alert_channel_free)

G_END_DECLS
