/* runnel-event.c: run events as lines of JSON
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "engine/runnel-event.h"
#include "model/runnel-json-write.h"

/* json-glib parses recursively: a deeper line would exhaust the stack. */
#define MAX_DEPTH 100

G_DEFINE_QUARK (runnel-event-error-quark, runnel_event_error)

static const char *const type_names[] = {
  [RUNNEL_EVENT_RUN_STARTED] = "run-started",
  [RUNNEL_EVENT_STEP_QUEUED] = "step-queued",
  [RUNNEL_EVENT_STEP_WAITING] = "step-waiting",
  [RUNNEL_EVENT_ATTEMPT_STARTED] = "attempt-started",
  [RUNNEL_EVENT_ATTEMPT_FINISHED] = "attempt-finished",
  [RUNNEL_EVENT_STEP_FINISHED] = "step-finished",
  [RUNNEL_EVENT_RUN_CANCELLING] = "run-cancelling",
  [RUNNEL_EVENT_RUN_FINISHED] = "run-finished",
  [RUNNEL_EVENT_STEP_ADDED] = "step-added",
  [RUNNEL_EVENT_RUN_QUEUED] = "run-queued",
  [RUNNEL_EVENT_RUN_PAUSED] = "run-paused",
  [RUNNEL_EVENT_RUN_RESUMED] = "run-resumed",
  [RUNNEL_EVENT_RUN_ROLLING_BACK] = "run-rolling-back",
  [RUNNEL_EVENT_ACTION] = "action",
};

/* Writing goes by hand: a run writes several events for each step, and json-glib
 * would build and free a tree for every one of them. */

static void
append_escaped_char (GString *line, guchar c)
{
  static const char letters[] = "btnvfr"; /* \b is 8; JSON knows no \v */

  if (c == '"' || c == '\\')
    {
      g_string_append_c (line, '\\');
      g_string_append_c (line, c);
    }
  else if (c >= '\b' && c <= '\r' && c != '\v')
    {
      g_string_append_c (line, '\\');
      g_string_append_c (line, letters[c - '\b']);
    }
  else
    g_string_append_printf (line, "\\u%04x", c);
}

/* Appends valid UTF-8 as a JSON string. */
static void
append_utf8 (GString *line, const char *text)
{
  const char *run = text;

  g_string_append_c (line, '"');
  for (const char *p = text;; p++)
    {
      guchar c = *p;

      if (c >= ' ' && c != '"' && c != '\\')
        continue;
      g_string_append_len (line, run, p - run);
      if (c == '\0')
        break;
      append_escaped_char (line, c);
      run = p + 1;
    }
  g_string_append_c (line, '"');
}

static void
append_string (GString *line, const char *text)
{
  if (g_utf8_validate (text, -1, NULL))
    append_utf8 (line, text);
  else
    {
      g_autofree char *valid = g_utf8_make_valid (text, -1);

      append_utf8 (line, valid);
    }
}

static void
append_integer (GString *line, gint64 value)
{
  char digits[24];
  char *p = digits + sizeof digits;
  guint64 rest = value < 0 ? -(guint64) value : (guint64) value;

  do
    *--p = '0' + rest % 10;
  while ((rest /= 10) > 0);
  if (value < 0)
    *--p = '-';
  g_string_append_len (line, p, digits + sizeof digits - p);
}

static void
append_integer_member (GString *line, const char *key, gint64 value)
{
  g_string_append (line, key);
  append_integer (line, value);
}

static void
append_string_member (GString *line, const char *key, const char *value)
{
  if (value == NULL)
    return;
  g_string_append (line, key);
  append_string (line, value);
}

static void
append_object_member (GString *line, const char *key, JsonObject *object)
{
  g_autoptr(JsonNode) node = NULL;

  if (object == NULL)
    return;
  node = json_node_init_object (json_node_alloc (), object);
  g_string_append (line, key);
  runnel_json_write_compact (line, node);
}

static gboolean
type_has_state (RunnelEventType type)
{
  return type != RUNNEL_EVENT_RUN_CANCELLING;
}

static void
append_attempt_result (const RunnelEvent *self, GString *line)
{
  if (self->exit_code >= 0)
    append_integer_member (line, ",\"exit-code\":", self->exit_code);
  if (self->term_signal != 0)
    append_integer_member (line, ",\"signal\":", self->term_signal);
  append_integer_member (line, ",\"user-us\":", self->usage.user_us);
  append_integer_member (line, ",\"system-us\":", self->usage.system_us);
  append_integer_member (line, ",\"max-rss-kb\":", self->usage.max_rss_kb);
  if (self->usage.cpu_us != 0)
    append_integer_member (line, ",\"cpu-us\":", self->usage.cpu_us);
  if (self->usage.peak_kb != 0)
    append_integer_member (line, ",\"peak-kb\":", self->usage.peak_kb);
}

static void
append_step_members (const RunnelEvent *self, GString *line)
{
  append_string_member (line, ",\"step\":", self->step);
  if (self->attempt != 0)
    append_integer_member (line, ",\"attempt\":", self->attempt);
  if (self->pid != 0)
    {
      append_integer_member (line, ",\"pid\":", self->pid);
      append_integer_member (line, ",\"process-start\":", self->start_time);
    }
  if (self->tolerated)
    g_string_append (line, ",\"tolerated\":true");
  if (self->reused != 0)
    append_integer_member (line, ",\"reused\":", self->reused);
}

/* Reading. */

static gboolean
is_shallow (const char *line, gsize length)
{
  guint depth = 0;
  gboolean in_string = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      char c = line[i];

      if (in_string && c == '\\')
        i++;
      else if (c == '"')
        in_string = !in_string;
      else if (!in_string && (c == '{' || c == '[') && ++depth > MAX_DEPTH)
        return FALSE;
      else if (!in_string && (c == '}' || c == ']') && depth > 0)
        depth--;
    }
  return TRUE;
}

static JsonNode *
parse_object (const char *line, gsize length, GError **error)
{
  g_autoptr(JsonParser) parser = json_parser_new_immutable ();
  g_autoptr(GError) local_error = NULL;
  JsonNode *root;

  if (memchr (line, '\0', length) != NULL || !g_utf8_validate_len (line, length, NULL))
    {
      g_set_error_literal (error, RUNNEL_EVENT_ERROR, RUNNEL_EVENT_ERROR_SYNTAX,
                           "The line of the event is not UTF-8 text");
      return NULL;
    }
  if (!is_shallow (line, length))
    {
      g_set_error (error, RUNNEL_EVENT_ERROR, RUNNEL_EVENT_ERROR_SYNTAX,
                   "The event is nested more than %d levels deep", MAX_DEPTH);
      return NULL;
    }
  if (!json_parser_load_from_data (parser, line, length, &local_error))
    {
      g_set_error (error, RUNNEL_EVENT_ERROR, RUNNEL_EVENT_ERROR_SYNTAX,
                   "The line of the event is not JSON: %s", local_error->message);
      return NULL;
    }
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, RUNNEL_EVENT_ERROR, RUNNEL_EVENT_ERROR_SYNTAX,
                           "The line of the event is not a JSON object");
      return NULL;
    }
  return json_node_ref (root);
}

static gint64
get_integer (JsonObject *object, const char *key, gint64 fallback)
{
  JsonNode *node = json_object_get_member (object, key);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
             && json_node_get_value_type (node) == G_TYPE_INT64
           ? json_node_get_int (node)
           : fallback;
}

static const char *
get_string (JsonObject *object, const char *key)
{
  JsonNode *node = json_object_get_member (object, key);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
             && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

static gboolean
get_boolean (JsonObject *object, const char *key)
{
  JsonNode *node = json_object_get_member (object, key);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
         && json_node_get_value_type (node) == G_TYPE_BOOLEAN && json_node_get_boolean (node);
}

static JsonObject *
get_object (JsonObject *object, const char *key)
{
  JsonNode *node = json_object_get_member (object, key);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static void
read_members (JsonObject *object, RunnelEvent *event)
{
  event->time = get_integer (object, "time", 0);
  event->run = get_integer (object, "run", 0);
  event->step = get_string (object, "step");
  event->attempt = CLAMP (get_integer (object, "attempt", 0), 0, G_MAXUINT);
  event->reason = get_string (object, "reason");
  event->wait = runnel_wait_kind_from_string (get_string (object, "wait"));
  event->cause = get_string (object, "cause");
  event->reused = get_integer (object, "reused", 0);
  event->tolerated = get_boolean (object, "tolerated");
  event->pid = get_integer (object, "pid", 0);
  event->start_time = get_integer (object, "process-start", 0);
  event->exit_code = CLAMP (get_integer (object, "exit-code", -1), -1, G_MAXINT);
  event->term_signal = CLAMP (get_integer (object, "signal", 0), 0, G_MAXINT);
  event->usage.user_us = get_integer (object, "user-us", 0);
  event->usage.system_us = get_integer (object, "system-us", 0);
  event->usage.max_rss_kb = get_integer (object, "max-rss-kb", 0);
  event->usage.cpu_us = get_integer (object, "cpu-us", 0);
  event->usage.peak_kb = get_integer (object, "peak-kb", 0);
  event->outputs = get_object (object, "outputs");
  event->details = get_object (object, "details");
}

/**
 * runnel_usage_get_cpu_us:
 * @self: what an attempt cost
 *
 * Returns: the time of processors, in microseconds: of all its processes where that is known, else
 *   of its program and what that waited for
 */
gint64
runnel_usage_get_cpu_us (const RunnelUsage *self)
{
  return self->cpu_us != 0 ? self->cpu_us : self->user_us + self->system_us;
}

/**
 * runnel_usage_get_memory_kb:
 * @self: what an attempt cost
 *
 * Returns: the most memory at any time, in KiB: of all its processes together where that is known,
 *   else of the largest
 */
gint64
runnel_usage_get_memory_kb (const RunnelUsage *self)
{
  return self->peak_kb != 0 ? self->peak_kb : self->max_rss_kb;
}

/**
 * runnel_event_type_to_string:
 * @type: a type
 *
 * Returns: (transfer none): the type's name, as it stands in the "event" key
 */
const char *
runnel_event_type_to_string (RunnelEventType type)
{
  g_return_val_if_fail ((guint) type < G_N_ELEMENTS (type_names), "unknown");

  return type_names[type];
}

/**
 * runnel_event_type_from_string:
 * @text: (nullable): a type's name
 * @ret_type: (out): the type; untouched when there is none of this name
 *
 * Returns: whether @text names a type
 */
gboolean
runnel_event_type_from_string (const char *text, RunnelEventType *ret_type)
{
  for (guint i = 0; i < G_N_ELEMENTS (type_names); i++)
    {
      if (g_strcmp0 (text, type_names[i]) == 0)
        {
          *ret_type = i;
          return TRUE;
        }
    }
  return FALSE;
}

/**
 * runnel_event_append_json:
 * @self: an event
 * @line: where its JSON object is appended, on one line, without a newline
 *
 * Members that the event does not have are left out. Bytes that are no UTF-8 become U+FFFD.
 */
void
runnel_event_append_json (const RunnelEvent *self, GString *line)
{
  g_string_append (line, "{\"event\":\"");
  g_string_append (line, runnel_event_type_to_string (self->type));
  append_integer_member (line, "\",\"time\":", self->time);
  append_integer_member (line, ",\"run\":", self->run);
  append_step_members (self, line);
  if (type_has_state (self->type))
    {
      g_string_append (line, ",\"state\":\"");
      g_string_append (line, runnel_state_to_string (self->state));
      g_string_append_c (line, '"');
    }
  if (self->type == RUNNEL_EVENT_ATTEMPT_FINISHED)
    append_attempt_result (self, line);
  append_string_member (line, ",\"reason\":", self->reason);
  if (self->wait != RUNNEL_WAIT_UNKNOWN)
    append_string_member (line, ",\"wait\":", runnel_wait_kind_to_string (self->wait));
  append_string_member (line, ",\"cause\":", self->cause);
  append_object_member (line, ",\"outputs\":", self->outputs);
  append_object_member (line, ",\"details\":", self->details);
  g_string_append_c (line, '}');
}

/**
 * runnel_event_parse_json:
 * @line: one line, with or without its newline
 * @length: bytes of @line, or -1 if it ends with a NUL
 * @ret_event: (out): the event; `step_index` is 0
 * @ret_owner: (out) (transfer full): what the strings and objects of @ret_event belong to
 * @error: #RUNNEL_EVENT_ERROR: SYNTAX for a torn or foreign line, UNKNOWN for an event or state
 *   that this version does not know
 *
 * Returns: whether the line is an event; if not, the out parameters are untouched
 */
gboolean
runnel_event_parse_json (const char *line,
                         gssize length,
                         RunnelEvent *ret_event,
                         JsonNode **ret_owner,
                         GError **error)
{
  g_autoptr(JsonNode) owner = NULL;
  RunnelEvent event = { 0 };
  JsonObject *object;
  const char *state;

  owner = parse_object (line, length < 0 ? strlen (line) : (gsize) length, error);
  if (owner == NULL)
    return FALSE;

  object = json_node_get_object (owner);
  if (!runnel_event_type_from_string (get_string (object, "event"), &event.type))
    {
      g_set_error (error, RUNNEL_EVENT_ERROR, RUNNEL_EVENT_ERROR_UNKNOWN,
                   "This version of Runnel knows no event \"%s\"",
                   get_string (object, "event") ? get_string (object, "event") : "");
      return FALSE;
    }
  state = get_string (object, "state");
  if (type_has_state (event.type) && !runnel_state_from_string (state, &event.state))
    {
      g_set_error (error, RUNNEL_EVENT_ERROR, RUNNEL_EVENT_ERROR_UNKNOWN,
                   "This version of Runnel knows no state \"%s\"", state ? state : "");
      return FALSE;
    }
  read_members (object, &event);
  *ret_event = event;
  *ret_owner = g_steal_pointer (&owner);
  return TRUE;
}
