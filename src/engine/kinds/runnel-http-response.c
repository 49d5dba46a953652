/* runnel-http-response.c: an answer, and what is wanted of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Values in an answer are named by a source: `status`, `body`, `header:ETag`, or a path into the
 * JSON of the body, `data.items[0].id`. A path may begin with a dot, for members that are called
 * "status" or "body".
 */
#include "config.h"

#include <string.h>

#include "engine/kinds/runnel-http-response.h"
#include "expr/runnel-expr.h"
#include "model/runnel-json-read.h"

#define DEFAULT_EXPECTED "200-299"

static void
set_error (GError     **error,
           const char  *format,
           ...) G_GNUC_PRINTF (2, 3);

static void
set_error (GError     **error,
           const char  *format,
           ...)
{
  va_list args;

  va_start (args, format);
  if (error)
    *error = g_error_new_valist (G_IO_ERROR, G_IO_ERROR_FAILED, format, args);
  va_end (args);
}

/* "200" or "200-299", three digits each. */
static gboolean
parse_range (const char *text,
             guint      *ret_first,
             guint      *ret_last)
{
  gsize length = strlen (text);
  gsize n_digits = strspn (text, "0123456789");

  if (n_digits != 3)
    return FALSE;
  *ret_first = *ret_last = g_ascii_strtoull (text, NULL, 10);
  if (length == 3)
    return TRUE;
  if (length != 7 || text[3] != '-' || strspn (text + 4, "0123456789") != 3)
    return FALSE;
  *ret_last = g_ascii_strtoull (text + 4, NULL, 10);

  return *ret_first <= *ret_last;
}

static gboolean
status_in_list (const char  *list,
                guint        status,
                gboolean    *ret_expected,
                GError     **error)
{
  g_auto(GStrv) ranges = g_strsplit (list, ",", -1);

  *ret_expected = FALSE;
  for (gsize i = 0; ranges[i]; i++)
    {
      guint first, last;

      if (!parse_range (g_strstrip (ranges[i]), &first, &last))
        {
          set_error (error, "with.expect-status: “%s” is no list of statuses; write 200, "
                     "“200-299” or “200-299,304”", list);
          return FALSE;
        }
      *ret_expected |= first <= status && status <= last;
    }

  return TRUE;
}

/**
 * runnel_http_status_expected:
 * @expected: (nullable): the field `expect-status`: a number, or a text such as "200-299,304";
 *   %NULL means 200-299
 * @status: the status of the answer
 * @error: return location for the error
 *
 * Returns: %FALSE with @error set when @status is not expected, or @expected can't be read
 */
gboolean
runnel_http_status_expected (JsonNode  *expected,
                             guint      status,
                             GError   **error)
{
  g_autofree char *list = expected ? runnel_value_to_text (expected) : g_strdup (DEFAULT_EXPECTED);
  gboolean is_expected;

  if (!status_in_list (list, status, &is_expected, error))
    return FALSE;
  if (!is_expected)
    set_error (error, "expected status %s, got %u %s", list, status,
               soup_status_get_phrase (status));

  return is_expected;
}

static JsonNode *
get_json (RunnelHttpResponse  *self,
          GError             **error)
{
  const char *text = (const char *) self->body->data;
  g_autoptr(GError) local_error = NULL;

  if (self->json)
    return self->json;

  if (self->is_cut)
    {
      set_error (error, "the answer is too long to look into (over 10 MB)");
      return NULL;
    }

  self->json = runnel_json_read (text, self->body->len, RUNNEL_JSON_MAX_DEPTH, NULL, &local_error);
  if (!self->json)
    set_error (error, "the answer is not JSON: %s", local_error->message);

  return self->json;
}

/* Follows one part of a path, "name" or "[0]", and moves past it and the dot after it. */
static JsonNode *
descend (JsonNode    *value,
         const char **path)
{
  gboolean is_index = **path == '[';
  gsize length = is_index ? strcspn (*path, "]") : strcspn (*path, ".[");
  g_autofree char *name = g_strndup (*path + is_index, length - is_index);

  *path += length;
  if (is_index && **path == ']')
    ++*path;
  if (**path == '.')
    ++*path;

  if (JSON_NODE_HOLDS_OBJECT (value))
    return json_object_get_member (json_node_get_object (value), name);
  if (JSON_NODE_HOLDS_ARRAY (value) && *name && strspn (name, "0123456789") == strlen (name))
    {
      guint64 position = g_ascii_strtoull (name, NULL, 10);
      JsonArray *array = json_node_get_array (value);

      return position < json_array_get_length (array) ? json_array_get_element (array, position)
                                                      : NULL;
    }

  return NULL;
}

static JsonNode *
find_path (RunnelHttpResponse  *self,
           const char          *path,
           GError             **error)
{
  JsonNode *value = get_json (self, error);
  const char *cursor = path + (*path == '.');

  if (!value)
    return NULL;

  while (value && *cursor)
    value = descend (value, &cursor);
  if (!value)
    set_error (error, "the answer has no %s", path);

  return value ? json_node_ref (value) : NULL;
}

static JsonNode *
new_string (const char *string)
{
  return json_node_init_string (json_node_alloc (), string);
}

static JsonNode *
get_header (RunnelHttpResponse  *self,
            const char          *name,
            GError             **error)
{
  const char *value = soup_message_headers_get_list (self->headers, name);

  if (!value)
    set_error (error, "the answer has no header %s", name);

  return value ? new_string (value) : NULL;
}

/* Bytes that are no UTF-8 are replaced, for values are text. */
static JsonNode *
get_body (RunnelHttpResponse *self)
{
  g_autofree char *text = g_utf8_make_valid ((const char *) self->body->data, self->body->len);

  return new_string (text);
}

static JsonNode *
get_source (RunnelHttpResponse  *self,
            const char          *source,
            GError             **error)
{
  if (g_str_equal (source, "status"))
    return json_node_init_int (json_node_alloc (), self->status);
  if (g_str_equal (source, "body"))
    return get_body (self);
  if (g_str_has_prefix (source, "header:"))
    return get_header (self, source + strlen ("header:"), error);

  return find_path (self, source, error);
}

static gboolean
is_number (JsonNode *value)
{
  return JSON_NODE_HOLDS_VALUE (value) && (json_node_get_value_type (value) == G_TYPE_INT64 ||
                                           json_node_get_value_type (value) == G_TYPE_DOUBLE);
}

/* Exact, unlike the == of expressions: an assertion that is nearly true is not. */
static gboolean
is_same (JsonNode *left,
         JsonNode *right)
{
  if (is_number (left) && is_number (right))
    return json_node_get_double (left) == json_node_get_double (right);

  return json_node_equal (left, right);
}

static gboolean
check_one (RunnelHttpResponse  *self,
           const char          *source,
           JsonNode            *expected,
           GError             **error)
{
  g_autofree char *expected_text = json_to_string (expected, FALSE);
  g_autofree char *actual_text = NULL;
  g_autoptr(JsonNode) actual = get_source (self, source, error);

  if (!actual)
    {
      g_prefix_error (error, "assertion failed: expected %s to be %s, but ", source, expected_text);
      return FALSE;
    }
  if (is_same (expected, actual))
    return TRUE;

  actual_text = json_to_string (actual, FALSE);
  set_error (error, "assertion failed: expected %s to be %s, got %.200s%s", source, expected_text,
             actual_text, strlen (actual_text) > 200 ? "…" : "");

  return FALSE;
}

/**
 * runnel_http_response_check:
 * @self: an answer
 * @assertions: expected values by source
 * @error: return location for the error, which names source, expected and actual value
 *
 * Returns: whether all are as expected
 */
gboolean
runnel_http_response_check (RunnelHttpResponse  *self,
                            JsonObject          *assertions,
                            GError             **error)
{
  JsonObjectIter iter;
  const char *source;
  JsonNode *expected;

  json_object_iter_init_ordered (&iter, assertions);
  while (json_object_iter_next_ordered (&iter, &source, &expected))
    if (!check_one (self, source, expected, error))
      return FALSE;

  return TRUE;
}

static char *
to_output (JsonNode *value)
{
  if (JSON_NODE_HOLDS_OBJECT (value) || JSON_NODE_HOLDS_ARRAY (value))
    return json_to_string (value, FALSE);

  return runnel_value_to_text (value);
}

/**
 * runnel_http_response_extract:
 * @self: an answer
 * @sources: sources by name of the output
 * @error: return location for the error, which names the output
 *
 * Takes values out of the answer as texts; arrays and objects become JSON.
 *
 * Returns: (transfer full): the outputs, with `status` besides, or %NULL with @error set
 */
JsonObject *
runnel_http_response_extract (RunnelHttpResponse  *self,
                              JsonObject          *sources,
                              GError             **error)
{
  g_autoptr(JsonObject) outputs = json_object_new ();
  g_autofree char *status = g_strdup_printf ("%u", self->status);
  JsonObjectIter iter;
  const char *name;
  JsonNode *source;

  json_object_set_string_member (outputs, "status", status);
  json_object_iter_init_ordered (&iter, sources);
  while (json_object_iter_next_ordered (&iter, &name, &source))
    {
      g_autofree char *source_text = runnel_value_to_text (source);
      g_autoptr(JsonNode) value = get_source (self, source_text, error);
      g_autofree char *output = NULL;

      if (!value)
        {
          g_prefix_error (error, "output “%s” can't be taken from the answer: ", name);
          return NULL;
        }
      output = to_output (value);
      json_object_set_string_member (outputs, name, output);
    }

  return g_steal_pointer (&outputs);
}
