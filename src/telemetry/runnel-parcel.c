/* runnel-parcel.c: something on its way to a receiver
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "telemetry/runnel-parcel.h"

#define MAX_LABEL (64 * 1024) /* bytes of the first line of a file */

/**
 * runnel_parcel_new:
 * @path: where at the receiver it goes, "" = to its URL itself
 * @body: (transfer full): what is sent
 * @n_facts: how many spans, values or events are in it
 *
 * Returns: (transfer full): a parcel without an id
 */
RunnelParcel *
runnel_parcel_new (const char *path,
                   const char *content_type,
                   GBytes     *body,
                   guint       n_facts)
{
  RunnelParcel *self = g_new0 (RunnelParcel, 1);

  self->path = g_intern_string (path);
  self->content_type = g_intern_string (content_type);
  self->body = body;
  self->n_facts = n_facts;
  return self;
}

void
runnel_parcel_free (RunnelParcel *self)
{
  g_free (self->id);
  g_strfreev (self->headers);
  g_bytes_unref (self->body);
  g_free (self);
}

static JsonArray *
strings_to_json (char **strings)
{
  JsonArray *array = json_array_new ();

  for (char **string = strings; string && *string; string++)
    json_array_add_string_element (array, *string);
  return array;
}

/**
 * runnel_parcel_to_bytes:
 *
 * Returns: (transfer full): the parcel as a file has it: a line of JSON, and the body
 */
GBytes *
runnel_parcel_to_bytes (RunnelParcel *self)
{
  g_autoptr(JsonObject) object = json_object_new ();
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char *label = NULL;
  GByteArray *bytes = g_byte_array_sized_new (g_bytes_get_size (self->body) + 512);

  json_object_set_string_member (object, "path", self->path);
  json_object_set_string_member (object, "content-type", self->content_type);
  if (self->id)
    json_object_set_string_member (object, "id", self->id);
  json_object_set_array_member (object, "headers", strings_to_json (self->headers));
  json_object_set_int_member (object, "facts", self->n_facts);
  label = json_to_string (node, FALSE);
  g_byte_array_append (bytes, (const guint8 *) label, strlen (label));
  g_byte_array_append (bytes, (const guint8 *) "\n", 1);
  g_byte_array_append (bytes, g_bytes_get_data (self->body, NULL), g_bytes_get_size (self->body));
  return g_byte_array_free_to_bytes (bytes);
}

static const char *
get_string (JsonObject *object,
            const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node)
                                                                  : NULL;
}

/* Names and values come in pairs. */
static char **
headers_from_json (JsonObject *object)
{
  JsonNode *node = json_object_get_member (object, "headers");
  JsonArray *array = node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint n = array ? json_array_get_length (array) & ~1u : 0;
  char **headers = n > 0 ? g_new0 (char *, n + 1) : NULL;

  for (guint i = 0; i < n; i++)
    {
      const char *text = json_node_get_string (json_array_get_element (array, i));

      headers[i] = g_strdup (text ? text : "");
    }
  return headers;
}

static RunnelParcel *
read_label (JsonObject *object,
            GBytes     *body)
{
  const char *path = get_string (object, "path");
  const char *content_type = get_string (object, "content-type");
  RunnelParcel *self;

  if (!path || !content_type)
    {
      g_bytes_unref (body);
      return NULL;
    }
  self = runnel_parcel_new (path, content_type, body,
                            json_object_get_int_member_with_default (object, "facts", 1));
  self->id = g_strdup (get_string (object, "id"));
  self->headers = headers_from_json (object);
  return self;
}

/**
 * runnel_parcel_from_bytes:
 * @bytes: what runnel_parcel_to_bytes() returned, or what is left of it
 * @error: return location for a %G_IO_ERROR_INVALID_DATA
 *
 * Returns: (transfer full) (nullable): the parcel
 */
RunnelParcel *
runnel_parcel_from_bytes (GBytes  *bytes,
                          GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  const char *end = size > 0 ? memchr (data, '\n', MIN (size, MAX_LABEL)) : NULL;
  g_autofree char *label = end ? g_strndup (data, end - data) : NULL;
  g_autoptr(JsonNode) node = label ? json_from_string (label, NULL) : NULL;
  RunnelParcel *self = NULL;

  if (node && JSON_NODE_HOLDS_OBJECT (node))
    self = read_label (json_node_get_object (node),
                       g_bytes_new_from_bytes (bytes, end + 1 - data, size - (end + 1 - data)));
  if (!self)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "it is no parcel");
  return self;
}
