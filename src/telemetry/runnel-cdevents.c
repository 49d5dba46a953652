/* runnel-cdevents.c: the events of a run as CDEvents over CloudEvents
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * https://cdevents.dev/docs/ 0.5.1, bound to https://cloudevents.io 1.0 over HTTP. The id of an
 * event follows from what it tells, so whoever is told twice can know it.
 */
#include "config.h"

#include <string.h>

#include "telemetry/runnel-cdevents.h"

#define SPEC_VERSION "0.5.1"
#define TYPE(name) "dev.cdevents." name ".0.3.0"
#define TEST_TYPE "dev.cdeventsx.runnel-telemetry.tested.0.1.0"

struct _RunnelCdevents
{
  RunnelRunFacts *facts;
  gboolean is_binary;
  GHashTable *titles;  /* of steps that were added, by id */
  GHashTable *started; /* ids of steps that began and are not over */
};

/* --- Ids --- */

static char *
format_uuid (const char *digits)
{
  return g_strdup_printf ("%.8s-%.4s-%.4s-%.4s-%.12s", digits, digits + 8, digits + 12, digits + 16,
                          digits + 20);
}

/* RFC 9562, version 8: made of a digest. */
static char *
make_id (const char *text)
{
  g_autofree char *digits = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  digits[12] = '8';
  digits[16] = "89ab"[g_ascii_xdigit_value (digits[16]) & 3];
  return format_uuid (digits);
}

static char *
make_source (const char *host)
{
  g_autofree char *escaped = g_uri_escape_string (host, NULL, FALSE);

  return g_strconcat ("/runnel/", escaped, NULL);
}

static char *
format_time (gint64 time)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (time / G_TIME_SPAN_SECOND);
  g_autofree char *seconds = g_date_time_format (utc, "%Y-%m-%dT%H:%M:%S");

  return g_strdup_printf ("%s.%06dZ", seconds, (int) (time % G_TIME_SPAN_SECOND));
}

/* --- The event --- */

static void
set_string (JsonObject *object,
            const char *name,
            const char *value)
{
  g_autofree char *valid = value ? g_utf8_make_valid (value, -1) : NULL;

  if (valid)
    json_object_set_string_member (object, name, valid);
}

static const char *
get_outcome (RunnelState state)
{
  switch (state)
    {
    case RUNNEL_STATE_SUCCEEDED:
      return "success";
    case RUNNEL_STATE_FAILED:
    case RUNNEL_STATE_TIMED_OUT:
      return "failure";
    case RUNNEL_STATE_INTERRUPTED:
      return "error";
    default:
      return "cancel";
    }
}

static JsonObject *
make_context (const char *type,
              const char *id,
              const char *source,
              const char *time,
              const char *chain)
{
  JsonObject *context = json_object_new ();

  set_string (context, "specversion", SPEC_VERSION);
  set_string (context, "id", id);
  set_string (context, "chainId", chain);
  set_string (context, "source", source);
  set_string (context, "type", type);
  set_string (context, "timestamp", time);
  return context;
}

static JsonObject *
make_content (RunnelCdevents    *self,
              const RunnelEvent *event,
              gboolean           is_end)
{
  JsonObject *content = json_object_new ();
  g_autofree char *url = runnel_run_facts_make_url (self->facts, event->step, event->attempt);
  const RunnelStepFacts *step = NULL;
  const char *title = NULL;

  if (event->step)
    {
      step = g_hash_table_lookup (self->facts->steps, event->step);
      title = g_hash_table_lookup (self->titles, event->step);
      set_string (content, "taskName", title ? title : step ? step->title : event->step);
      json_object_set_object_member (content, "pipelineRun", json_object_new ());
      set_string (json_object_get_object_member (content, "pipelineRun"), "id", self->facts->uuid);
    }
  else
    set_string (content, "pipelineName", self->facts->pipeline);
  set_string (content, "uri", url);
  if (is_end)
    {
      set_string (content, "outcome", get_outcome (event->state));
      if (event->state != RUNNEL_STATE_SUCCEEDED)
        set_string (content, "errors", event->reason);
    }
  return content;
}

/* What is ours alone: its number is how people call a run, and there are more states than
 * outcomes. */
static JsonObject *
make_custom_data (RunnelCdevents    *self,
                  const RunnelEvent *event)
{
  JsonObject *data = json_object_new ();

  json_object_set_int_member (data, "run", self->facts->id);
  set_string (data, "step", event->step);
  set_string (data, "state", runnel_state_to_string (event->state));
  set_string (data, "trigger", self->facts->trigger);
  return data;
}

/* --- CloudEvents --- */

static GBytes *
to_bytes (JsonObject *object)
{
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), object);
  char *text = json_to_string (node, FALSE);

  return g_bytes_new_take (text, strlen (text));
}

/* The attributes that both modes have. */
static char **
list_attributes (JsonObject *event)
{
  JsonObject *context = json_object_get_object_member (event, "context");
  JsonObject *subject = json_object_get_object_member (event, "subject");
  char **attributes = g_new0 (char *, 13);
  const char *const pairs[] = {
    "specversion", "1.0",
    "id", json_object_get_string_member (context, "id"),
    "source", json_object_get_string_member (context, "source"),
    "type", json_object_get_string_member (context, "type"),
    "time", json_object_get_string_member (context, "timestamp"),
    "subject", json_object_get_string_member (subject, "id"),
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    attributes[i] = g_strdup (pairs[i]);
  return attributes;
}

static RunnelParcel *
pack_binary (JsonObject  *event,
             char       **attributes)
{
  RunnelParcel *parcel = runnel_parcel_new ("", "application/json", to_bytes (event), 1);

  parcel->headers = g_new0 (char *, g_strv_length (attributes) + 1);
  for (guint i = 0; attributes[i]; i += 2)
    {
      parcel->headers[i] = g_strconcat ("ce-", attributes[i], NULL);
      parcel->headers[i + 1] = g_strdup (attributes[i + 1]);
    }
  return parcel;
}

static RunnelParcel *
pack_structured (JsonObject  *event,
                 char       **attributes)
{
  g_autoptr(JsonObject) envelope = json_object_new ();

  for (guint i = 0; attributes[i]; i += 2)
    json_object_set_string_member (envelope, attributes[i], attributes[i + 1]);
  json_object_set_string_member (envelope, "datacontenttype", "application/json");
  json_object_set_object_member (envelope, "data", json_object_ref (event));
  return runnel_parcel_new ("", "application/cloudevents+json; charset=utf-8", to_bytes (envelope),
                            1);
}

static RunnelParcel *
pack (JsonObject *event,
      gboolean    is_binary)
{
  g_auto(GStrv) attributes = list_attributes (event);
  RunnelParcel *parcel = is_binary ? pack_binary (event, attributes)
                                   : pack_structured (event, attributes);

  parcel->id = g_strdup (json_object_get_string_member (
    json_object_get_object_member (event, "context"), "id"));
  return parcel;
}

static JsonObject *
make_subject (const char *id,
              const char *source,
              JsonObject *content)
{
  JsonObject *subject = json_object_new ();

  set_string (subject, "id", id);
  set_string (subject, "source", source);
  json_object_set_object_member (subject, "content", content);
  return subject;
}

static RunnelParcel *
make_parcel (RunnelCdevents    *self,
             const RunnelEvent *event,
             const char        *type,
             gboolean           is_end)
{
  RunnelRunFacts *facts = self->facts;
  g_autofree char *subject = event->step ? g_strdup_printf ("%s/%s", facts->uuid, event->step)
                                         : g_strdup (facts->uuid);
  g_autofree char *text = g_strdup_printf ("%s %s", type, subject);
  g_autofree char *id = make_id (text);
  g_autofree char *source = make_source (facts->host);
  g_autofree char *time = format_time (event->time);
  g_autofree char *chain = format_uuid (runnel_trace_context_get_trace (facts->trace));
  g_autoptr(JsonObject) object = json_object_new ();
  RunnelParcel *parcel;

  json_object_set_object_member (object, "context", make_context (type, id, source, time, chain));
  json_object_set_object_member (object, "subject",
                                 make_subject (subject, source, make_content (self, event, is_end)));
  json_object_set_object_member (object, "customData", make_custom_data (self, event));
  json_object_set_string_member (object, "customDataContentType", "application/json");
  parcel = pack (object, self->is_binary);
  parcel->is_essential = event->step == NULL;
  return parcel;
}

/* --- Events of the run --- */

static void
remember_title (RunnelCdevents    *self,
                const RunnelEvent *event)
{
  RunnelAddedStep added;

  if (event->details && runnel_added_step_from_json (event->details, &added) && added.name)
    g_hash_table_insert (self->titles, g_strdup (event->step), g_strdup (added.name));
}

/**
 * runnel_cdevents_new:
 * @facts: the run
 * @is_binary: whether the attributes of the CloudEvent go in headers, and not around the body
 */
RunnelCdevents *
runnel_cdevents_new (RunnelRunFacts *facts,
                     gboolean        is_binary)
{
  RunnelCdevents *self = g_new0 (RunnelCdevents, 1);

  self->facts = runnel_run_facts_ref (facts);
  self->is_binary = is_binary;
  self->titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->started = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
runnel_cdevents_free (RunnelCdevents *self)
{
  runnel_run_facts_unref (self->facts);
  g_hash_table_unref (self->titles);
  g_hash_table_unref (self->started);
  g_free (self);
}

/**
 * runnel_cdevents_take:
 * @event: the next event of the run
 *
 * Returns: (transfer full) (nullable): the CDEvent that tells it; %NULL for what CDEvents has no
 *   word for, such as a step that was skipped
 */
RunnelParcel *
runnel_cdevents_take (RunnelCdevents    *self,
                      const RunnelEvent *event)
{
  switch (event->type)
    {
    case RUNNEL_EVENT_RUN_QUEUED:
      return event->details ? make_parcel (self, event, TYPE ("pipelinerun.queued"), FALSE) : NULL;
    case RUNNEL_EVENT_RUN_STARTED:
      return make_parcel (self, event, TYPE ("pipelinerun.started"), FALSE);
    case RUNNEL_EVENT_RUN_FINISHED:
      return make_parcel (self, event, TYPE ("pipelinerun.finished"), TRUE);
    case RUNNEL_EVENT_STEP_ADDED:
      remember_title (self, event);
      return NULL;
    case RUNNEL_EVENT_ATTEMPT_STARTED:
      if (g_hash_table_add (self->started, g_strdup (event->step)))
        return make_parcel (self, event, TYPE ("taskrun.started"), FALSE);
      return NULL;
    case RUNNEL_EVENT_STEP_FINISHED:
      if (g_hash_table_remove (self->started, event->step))
        return make_parcel (self, event, TYPE ("taskrun.finished"), TRUE);
      return NULL;
    default:
      return NULL;
    }
}

/**
 * runnel_cdevents_make_test:
 *
 * Returns: (transfer full): an event about no run, to find out whether events arrive
 */
RunnelParcel *
runnel_cdevents_make_test (gboolean is_binary)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *source = make_source (g_get_host_name ());
  g_autofree char *time = format_time (g_get_real_time ());
  g_autoptr(JsonObject) object = json_object_new ();

  json_object_set_object_member (object, "context",
                                 make_context (TEST_TYPE, id, source, time, NULL));
  json_object_set_object_member (object, "subject",
                                 make_subject ("runnel-telemetry-test", source,
                                               json_object_new ()));
  return pack (object, is_binary);
}
