/* runnel-json-write.c: the one way in which Runnel writes JSON that people read
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Canonical form: two-space indent; known keys in the order of the format,
 * unknown ones after them as they came; arrays and objects of scalars on one
 * line where they fit; text as UTF-8; the shortest form of each number that
 * reads back as the same number. What differs between two versions of a
 * document is what was changed.
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "model/runnel-json-write.h"

static void write_value (GString           *text,
                         RunnelJsonSlice    value,
                         const RunnelShape *shape,
                         guint              indent);

static void
start_line (GString *text,
            guint    indent)
{
  g_string_append_c (text, '\n');
  for (guint i = 0; i < indent; i++)
    g_string_append (text, "  ");
}

/* --- Scalars --- */

/* What has no escapes is written already as it is to be. */
static void
write_string (GString         *text,
              RunnelJsonSlice  value)
{
  g_autofree char *decoded = NULL;

  if (memchr (value.at, '\\', value.length) == NULL)
    {
      g_string_append_len (text, value.at, value.length);
      return;
    }

  decoded = runnel_json_slice_dup_text (value);
  runnel_json_write_string (text, decoded);
}

static void
write_scalar (GString         *text,
              RunnelJsonSlice  value)
{
  switch (runnel_json_slice_get_type (value))
    {
    case RUNNEL_JSON_STRING:
      write_string (text, value);
      break;
    case RUNNEL_JSON_INTEGER:
      g_string_append_printf (text, "%" G_GINT64_FORMAT, runnel_json_slice_get_int (value));
      break;
    case RUNNEL_JSON_DOUBLE:
      runnel_json_write_number (text, runnel_json_slice_get_double (value));
      break;
    default:
      g_string_append_len (text, value.at, value.length);
      break;
    }
}

static gboolean
is_object (RunnelJsonSlice value)
{
  return *value.at == '{';
}

static gboolean
is_scalar (RunnelJsonSlice value)
{
  return *value.at != '{' && *value.at != '[';
}

/* --- Members --- */

typedef struct
{
  RunnelJsonSlice key;
  RunnelJsonSlice value;
  const RunnelKey *known; /* what the shape says of it, or NULL */
} Member;

static GArray *
list_members (RunnelJsonSlice    object,
              const RunnelShape *shape)
{
  GArray *members = g_array_new (FALSE, FALSE, sizeof (Member));
  Member member = { .known = NULL };
  RunnelJsonIter iter;

  runnel_json_iter_init (&iter, object);
  while (runnel_json_iter_next (&iter, &member.key, &member.value))
    {
      if (shape != NULL && shape->keys != NULL)
        {
          g_autofree char *name = runnel_json_slice_dup_text (member.key);

          member.known = runnel_shape_find_key (shape, name);
        }
      g_array_append_val (members, member);
    }

  return members;
}

/* Calls `write` for each member in canonical order: known keys first, then the others as they
 * came. */
typedef void (*MemberFunc) (GString           *text,
                            RunnelJsonSlice    key,
                            RunnelJsonSlice    value,
                            const RunnelShape *shape,
                            guint              indent,
                            gboolean           first);

static void
foreach_member (GString           *text,
                RunnelJsonSlice    object,
                const RunnelShape *shape,
                guint              indent,
                MemberFunc         write)
{
  g_autoptr(GArray) members = list_members (object, shape);
  const RunnelKey *keys = shape != NULL ? shape->keys : NULL;
  gboolean is_map = shape != NULL && (shape->types & RUNNEL_SHAPE_MAP);
  gboolean first = TRUE;

  for (const RunnelKey *key = keys; key != NULL && key->name != NULL; key++)
    for (guint i = 0; i < members->len; i++)
      {
        Member *member = &g_array_index (members, Member, i);

        if (member->known != key)
          continue;
        write (text, member->key, member->value, key->shape, indent, first);
        first = FALSE;
      }

  for (guint i = 0; i < members->len; i++)
    {
      Member *member = &g_array_index (members, Member, i);

      if (member->known != NULL)
        continue;
      write (text, member->key, member->value, is_map ? shape->values : NULL, indent, first);
      first = FALSE;
    }
}

/* --- On one line --- */

static void write_inline (GString           *text,
                          RunnelJsonSlice    value,
                          const RunnelShape *shape);

static void
write_inline_member (GString           *text,
                     RunnelJsonSlice    key,
                     RunnelJsonSlice    value,
                     const RunnelShape *shape,
                     guint              indent,
                     gboolean           first)
{
  if (!first)
    g_string_append (text, ", ");
  write_string (text, key);
  g_string_append (text, ": ");
  write_inline (text, value, shape);
}

static void
write_inline_array (GString           *text,
                    RunnelJsonSlice    array,
                    const RunnelShape *shape)
{
  RunnelJsonSlice value;
  RunnelJsonIter iter;

  g_string_append_c (text, '[');
  runnel_json_iter_init (&iter, array);
  for (guint i = 0; runnel_json_iter_next (&iter, NULL, &value); i++)
    {
      if (i > 0)
        g_string_append (text, ", ");
      write_inline (text, value, shape != NULL ? shape->values : NULL);
    }
  g_string_append_c (text, ']');
}

static void
write_inline (GString           *text,
              RunnelJsonSlice    value,
              const RunnelShape *shape)
{
  if (is_scalar (value))
    write_scalar (text, value);
  else if (is_object (value))
    {
      g_string_append_c (text, '{');
      foreach_member (text, value, shape, 0, write_inline_member);
      g_string_append_c (text, '}');
    }
  else
    write_inline_array (text, value, shape);
}

static gboolean
holds_only_scalars (RunnelJsonSlice container)
{
  RunnelJsonSlice value;
  RunnelJsonIter iter;

  runnel_json_iter_init (&iter, container);
  while (runnel_json_iter_next (&iter, NULL, &value))
    if (!is_scalar (value))
      return FALSE;

  return TRUE;
}

/* Characters from the start of the last line of `text`. */
static gsize
get_column (GString *text)
{
  const char *newline = memrchr (text->str, '\n', text->len);
  const char *start = newline != NULL ? newline + 1 : text->str;

  return g_utf8_strlen (start, text->str + text->len - start);
}

/* Writes `value` on the present line, or takes it back when it does not fit there with a comma after it. */
static gboolean
try_inline (GString           *text,
            RunnelJsonSlice    value,
            const RunnelShape *shape)
{
  gsize length = text->len;

  if (!holds_only_scalars (value))
    return FALSE;

  write_inline (text, value, shape);
  if (text->len - length <= RUNNEL_JSON_WIDTH && get_column (text) < RUNNEL_JSON_WIDTH)
    return TRUE;

  g_string_truncate (text, length);
  return FALSE;
}

/* --- On several lines --- */

static void
write_member (GString           *text,
              RunnelJsonSlice    key,
              RunnelJsonSlice    value,
              const RunnelShape *shape,
              guint              indent,
              gboolean           first)
{
  if (!first)
    g_string_append_c (text, ',');
  start_line (text, indent);
  write_string (text, key);
  g_string_append (text, ": ");
  write_value (text, value, shape, indent);
}

static void
write_array (GString           *text,
             RunnelJsonSlice    array,
             const RunnelShape *shape,
             guint              indent)
{
  RunnelJsonSlice value;
  RunnelJsonIter iter;

  g_string_append_c (text, '[');
  runnel_json_iter_init (&iter, array);
  for (guint i = 0; runnel_json_iter_next (&iter, NULL, &value); i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      start_line (text, indent + 1);
      write_value (text, value, shape != NULL ? shape->values : NULL, indent + 1);
    }
  start_line (text, indent);
  g_string_append_c (text, ']');
}

static gboolean
is_empty (RunnelJsonSlice container)
{
  RunnelJsonSlice value;
  RunnelJsonIter iter;

  runnel_json_iter_init (&iter, container);

  return !runnel_json_iter_next (&iter, NULL, &value);
}

static void
write_value (GString           *text,
             RunnelJsonSlice    value,
             const RunnelShape *shape,
             guint              indent)
{
  if (is_scalar (value))
    write_scalar (text, value);
  else if (is_empty (value))
    g_string_append (text, is_object (value) ? "{}" : "[]");
  else if (try_inline (text, value, shape))
    return;
  else if (is_object (value))
    runnel_json_write_slice_block (text, value, shape, indent);
  else
    write_array (text, value, shape, indent);
}

/* --- Trees --- */

static void
write_compact_object (GString    *text,
                      JsonObject *object)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;
  gboolean first = TRUE;

  g_string_append_c (text, '{');
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      if (!first)
        g_string_append (text, ", ");
      runnel_json_write_string (text, name);
      g_string_append (text, ": ");
      runnel_json_write_compact (text, value);
      first = FALSE;
    }
  g_string_append_c (text, '}');
}

static void
write_compact_array (GString   *text,
                     JsonArray *array)
{
  guint n = json_array_get_length (array);

  g_string_append_c (text, '[');
  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append (text, ", ");
      runnel_json_write_compact (text, json_array_get_element (array, i));
    }
  g_string_append_c (text, ']');
}

/**
 * runnel_json_write_compact:
 * @text: where to append
 * @value: a value
 *
 * Appends @value on one line, however long, with its keys as they come.
 */
void
runnel_json_write_compact (GString  *text,
                           JsonNode *value)
{
  if (JSON_NODE_HOLDS_OBJECT (value))
    write_compact_object (text, json_node_get_object (value));
  else if (JSON_NODE_HOLDS_ARRAY (value))
    write_compact_array (text, json_node_get_array (value));
  else if (JSON_NODE_HOLDS_NULL (value))
    g_string_append (text, "null");
  else if (json_node_get_value_type (value) == G_TYPE_STRING)
    runnel_json_write_string (text, json_node_get_string (value));
  else if (json_node_get_value_type (value) == G_TYPE_BOOLEAN)
    g_string_append (text, json_node_get_boolean (value) ? "true" : "false");
  else if (json_node_get_value_type (value) == G_TYPE_DOUBLE)
    runnel_json_write_number (text, json_node_get_double (value));
  else
    g_string_append_printf (text, "%" G_GINT64_FORMAT, json_node_get_int (value));
}

/**
 * runnel_json_write_slice:
 * @text: where to append
 * @value: a value
 * @shape: (nullable): what is known of its keys
 * @indent: level of the line @text ends with
 *
 * Appends @value in canonical form.
 */
void
runnel_json_write_slice (GString           *text,
                         RunnelJsonSlice    value,
                         const RunnelShape *shape,
                         guint              indent)
{
  write_value (text, value, shape, indent);
}

/**
 * runnel_json_write_slice_block:
 * @text: where to append
 * @object: an object
 * @shape: (nullable): what is known of its keys
 * @indent: level of the line @text ends with
 *
 * Appends @object with each member on a line of its own, however short.
 */
void
runnel_json_write_slice_block (GString           *text,
                               RunnelJsonSlice    object,
                               const RunnelShape *shape,
                               guint              indent)
{
  if (is_empty (object))
    {
      g_string_append (text, "{}");
      return;
    }

  g_string_append_c (text, '{');
  foreach_member (text, object, shape, indent + 1, write_member);
  start_line (text, indent);
  g_string_append_c (text, '}');
}

/**
 * runnel_json_write:
 * @text: where to append
 * @value: a value
 * @shape: (nullable): what is known of its keys
 * @indent: level of the line @text ends with
 *
 * Does what runnel_json_write_slice() does, to a value that is a tree.
 */
void
runnel_json_write (GString           *text,
                   JsonNode          *value,
                   const RunnelShape *shape,
                   guint              indent)
{
  g_autoptr(GString) compact = g_string_new (NULL);

  runnel_json_write_compact (compact, value);
  runnel_json_write_slice (text, runnel_json_slice_new (compact->str, compact->len), shape, indent);
}

/**
 * runnel_json_write_block:
 * @text: where to append
 * @object: an object
 * @shape: (nullable): what is known of its keys
 * @indent: level of the line @text ends with
 *
 * Does what runnel_json_write_slice_block() does, to an object that is a tree.
 */
void
runnel_json_write_block (GString           *text,
                         JsonObject        *object,
                         const RunnelShape *shape,
                         guint              indent)
{
  g_autoptr(GString) compact = g_string_new (NULL);

  write_compact_object (compact, object);
  runnel_json_write_slice_block (text, runnel_json_slice_new (compact->str, compact->len), shape,
                                 indent);
}

static void
write_escape (GString *text,
              guchar   c)
{
  static const char characters[] = "\"\\\b\f\n\r\t";
  static const char letters[] = "\"\\bfnrt";
  const char *known = strchr (characters, c);

  if (known != NULL)
    {
      g_string_append_c (text, '\\');
      g_string_append_c (text, letters[known - characters]);
    }
  else
    g_string_append_printf (text, "\\u%04x", c);
}

/**
 * runnel_json_write_string:
 * @text: where to append
 * @string: UTF-8, or a name of a file, which may be any bytes
 *
 * Appends @string in double quotes. Only what must be escaped is. A byte that is no UTF-8 becomes a
 * replacement character: JSON has no other way for it.
 */
void
runnel_json_write_string (GString    *text,
                          const char *string)
{
  g_autofree char *valid = g_utf8_validate (string, -1, NULL) ? NULL : g_utf8_make_valid (string, -1);
  const char *copied = valid != NULL ? valid : string;
  const char *p;

  g_string_append_c (text, '"');
  for (p = copied; *p != '\0'; p++)
    {
      if ((guchar) *p >= 0x20 && *p != '"' && *p != '\\')
        continue;
      g_string_append_len (text, copied, p - copied);
      write_escape (text, *p);
      copied = p + 1;
    }
  g_string_append_len (text, copied, p - copied);
  g_string_append_c (text, '"');
}

/**
 * runnel_json_write_number:
 * @text: where to append
 * @number: a finite number
 *
 * Appends the shortest form that reads back as @number, in any locale, with a
 * point or an exponent so that it stays a floating-point number.
 */
void
runnel_json_write_number (GString *text,
                          double   number)
{
  static const char *const formats[] = { "%.15g", "%.16g", "%.17g" };
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_ascii_formatd (digits, sizeof digits, formats[i], number);
      if (g_ascii_strtod (digits, NULL) == number)
        break;
    }

  g_string_append (text, digits);
  if (strpbrk (digits, ".e") == NULL)
    g_string_append (text, ".0");
}
