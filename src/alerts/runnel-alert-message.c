/* runnel-alert-message.c: what somebody is told of an incident
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "alerts/runnel-alert-message.h"
#include "util/runnel-format.h"

static char *
make_title (const RunnelIncident *incident,
            gboolean              is_end)
{
  const char *step = incident->step;

  if (is_end)
    return step ? g_strdup_printf (_("Resolved: %s, step %s"), incident->pipeline, step)
                : g_strdup_printf (_("Resolved: %s"), incident->pipeline);
  return step ? g_strdup_printf (_("Alert: %s, step %s"), incident->pipeline, step)
              : g_strdup_printf (_("Alert: %s"), incident->pipeline);
}

static char *
make_body (const RunnelIncident *incident,
           gboolean              is_end)
{
  g_autofree char *opened = runnel_format_time (incident->opened);
  g_autofree char *span = NULL;

  if (!is_end)
    return g_strdup (incident->text);
  span = runnel_format_duration_roughly (incident->resolved - incident->opened);
  return g_strdup_printf (_("%s\nIt lasted %s, since %s: %s"), incident->end, span, opened,
                          incident->text);
}

/* Times as in RFC 3339, which is what JSON has for them. */
static void
set_time (JsonObject *object,
          const char *name,
          gint64      time)
{
  g_autoptr(GDateTime) date = g_date_time_new_from_unix_utc (time / G_TIME_SPAN_SECOND);
  g_autofree char *text = g_date_time_format_iso8601 (date);

  json_object_set_string_member (object, name, text);
}

static JsonObject *
make_data (const RunnelIncident *incident)
{
  JsonObject *data = json_object_new ();

  json_object_set_int_member (data, "incident", incident->id);
  json_object_set_string_member (data, "rule", incident->rule);
  json_object_set_string_member (data, "pipeline", incident->pipeline);
  json_object_set_string_member (data, "file", incident->file);
  if (incident->step)
    json_object_set_string_member (data, "step", incident->step);
  json_object_set_string_member (data, "host", g_get_host_name ());
  set_time (data, "opened", incident->opened);
  if (incident->resolved > 0)
    set_time (data, "resolved", incident->resolved);
  if (incident->run > 0)
    json_object_set_int_member (data, "run", incident->run);
  json_object_set_string_member (data, "text", incident->text);
  if (incident->end)
    json_object_set_string_member (data, "end", incident->end);
  return data;
}

/**
 * runnel_alert_message_new:
 * @notice: that an incident began, or that it is over
 *
 * Returns: (transfer full): the message
 */
RunnelAlertMessage *
runnel_alert_message_new (const RunnelNotice *notice)
{
  const RunnelIncident *incident = notice->incident;
  RunnelAlertMessage *self = g_new0 (RunnelAlertMessage, 1);

  /* Numbers of incidents are of one machine, their beginnings to the microsecond hardly. */
  self->thread = g_strdup_printf ("incident-%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, incident->id,
                                  incident->opened);
  self->id = g_strconcat (self->thread, notice->is_end ? "-resolved" : "-opened", NULL);
  self->is_end = notice->is_end;
  self->title = make_title (incident, notice->is_end);
  self->body = make_body (incident, notice->is_end);
  self->data = make_data (incident);
  self->time = notice->is_end ? incident->resolved : incident->opened;
  return self;
}

/**
 * runnel_alert_message_new_test:
 * @now: microseconds since 1970
 *
 * Returns: (transfer full): a message that says that it is a test
 */
RunnelAlertMessage *
runnel_alert_message_new_test (gint64 now)
{
  RunnelIncident incident = {
    .rule = (char *) "test",
    .pipeline = (char *) _("a test"),
    .file = (char *) "",
    .opened = now,
    .text = (char *) _("This is how Runnel tells of an incident. There is none."),
  };
  RunnelNotice notice = { .incident = &incident };

  return runnel_alert_message_new (&notice);
}

/**
 * runnel_alert_message_free:
 * @self: (transfer full) (nullable): a message
 */
void
runnel_alert_message_free (RunnelAlertMessage *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->thread);
  g_free (self->title);
  g_free (self->body);
  json_object_unref (self->data);
  g_free (self);
}

/**
 * runnel_alert_message_to_json:
 *
 * Returns: (transfer full): `{"type": ..., "timestamp": ..., "data": {...}}`, as Standard Webhooks
 *   recommends it
 */
char *
runnel_alert_message_to_json (const RunnelAlertMessage *self)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "type",
                                 self->is_end ? "incident.resolved" : "incident.opened");
  set_time (object, "timestamp", self->time);
  json_object_set_string_member (object, "title", self->title);
  json_object_set_object_member (object, "data", json_object_ref (self->data));
  json_node_take_object (node, object);
  return json_to_string (node, FALSE);
}
