/* runnel-alert-message.h: what somebody is told of an incident
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "history/runnel-history-incidents.h"

G_BEGIN_DECLS

typedef struct
{
  char *id;          /* the same each time it is sent */
  char *thread;      /* the same for the beginning and the end */
  gboolean is_end;
  char *title;       /* a line */
  char *body;        /* some lines */
  JsonObject *data;  /* the same for programs */
  gint64 time;       /* microseconds since 1970 */
} RunnelAlertMessage;

RunnelAlertMessage *runnel_alert_message_new      (const RunnelNotice        *notice);
RunnelAlertMessage *runnel_alert_message_new_test (gint64                     now);
void                runnel_alert_message_free     (RunnelAlertMessage        *self);
char               *runnel_alert_message_to_json  (const RunnelAlertMessage  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelAlertMessage, runnel_alert_message_free)

G_END_DECLS
