/* runnel-json-slice.c: a value inside JSON text, read where it stands
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A tree of json-glib takes fifteen times the memory of its text, and making it takes most of the
 * time of opening a large document. Whoever wants only some members finds them in the text itself.
 */
#include "config.h"

#include "model/runnel-json-slice.h"

static inline gboolean
is_space (char c)
{
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/* A quote with an odd number of backslashes before it is part of the string. */
static inline gboolean
is_escaped (const char *p)
{
  gboolean escaped = FALSE;

  while (*--p == '\\')
    escaped = !escaped;

  return escaped;
}

/* Returns the end of the string whose opening quote is at `p`. */
static inline const char *
skip_string (const char *p)
{
  do
    p = rawmemchr (p + 1, '"');
  while (is_escaped (p));

  return p + 1;
}

static inline const char *
skip_word (const char *p)
{
  while (g_ascii_isalnum (*p) || *p == '-' || *p == '+' || *p == '.')
    p++;

  return p;
}

/* Returns the end of the object or array that starts at `p`. */
static const char *
skip_container (const char *p)
{
  guint depth = 0;

  do
    switch (*p)
      {
      case '"':
        p = skip_string (p);
        break;
      case '{':
      case '[':
        depth++;
        p++;
        break;
      case '}':
      case ']':
        depth--;
        p++;
        break;
      default:
        p++;
      }
  while (depth > 0);

  return p;
}

/* Takes the value at `p`, which is inside an object or array. */
static RunnelJsonSlice
take_value (const char *p)
{
  const char *end;

  if (*p == '"')
    end = skip_string (p);
  else if (*p == '{' || *p == '[')
    end = skip_container (p);
  else
    end = skip_word (p);

  return (RunnelJsonSlice) { p, end - p };
}

/* --- Texts --- */

static gunichar
read_hex (const char *p)
{
  gunichar unit = 0;

  for (guint i = 0; i < 4; i++)
    unit = unit << 4 | g_ascii_xdigit_value (p[i]);

  return unit;
}

/* Decodes what follows a \u, maybe with its second half, and moves `p` behind it. */
static char *
decode_unicode (const char **p,
                char        *buffer)
{
  gunichar c = read_hex (*p);

  *p += 4;
  if (c >= 0xD800 && c <= 0xDBFF)
    {
      c = 0x10000 + ((c - 0xD800) << 10) + (read_hex (*p + 2) - 0xDC00);
      *p += 6;
    }

  return buffer + g_unichar_to_utf8 (c, buffer);
}

static char *
decode_escape (const char **p,
               char        *buffer)
{
  static const char letters[] = "bfnrt";
  static const char values[] = "\b\f\n\r\t";
  char c = *(*p)++;
  const char *letter;

  if (c == 'u')
    return decode_unicode (p, buffer);

  letter = strchr (letters, c);
  *buffer = letter != NULL ? values[letter - letters] : c;

  return buffer + 1;
}

/**
 * runnel_json_slice_copy_text:
 * @self: a string
 * @buffer: at least as many bytes as @self is long
 *
 * Writes the decoded text with a NUL behind it.
 *
 * Returns: the end of it, behind the NUL
 */
char *
runnel_json_slice_copy_text (RunnelJsonSlice  self,
                             char            *buffer)
{
  const char *p = self.at + 1;

  while (*p != '"')
    if (*p == '\\')
      {
        p++;
        buffer = decode_escape (&p, buffer);
      }
    else
      *buffer++ = *p++;
  *buffer++ = '\0';

  return buffer;
}

/**
 * runnel_json_slice_dup_text:
 * @self: a value, or none
 *
 * Returns: (transfer full) (nullable): the decoded text, or %NULL when @self is no string
 */
char *
runnel_json_slice_dup_text (RunnelJsonSlice self)
{
  char *text;

  if (!runnel_json_slice_holds (self, RUNNEL_JSON_STRING))
    return NULL;

  text = g_malloc (self.length);
  runnel_json_slice_copy_text (self, text);

  return text;
}

/**
 * runnel_json_slice_has_text:
 * @self: a value, or none
 * @text: a text
 *
 * Returns: whether @self is a string that says @text
 */
gboolean
runnel_json_slice_has_text (RunnelJsonSlice  self,
                            const char      *text)
{
  g_autofree char *decoded = NULL;

  if (!runnel_json_slice_holds (self, RUNNEL_JSON_STRING))
    return FALSE;

  if (memchr (self.at, '\\', self.length) == NULL)
    return strlen (text) == self.length - 2 && memcmp (self.at + 1, text, self.length - 2) == 0;

  decoded = runnel_json_slice_dup_text (self);
  return strcmp (decoded, text) == 0;
}

/* --- Other values --- */

/**
 * runnel_json_slice_new:
 * @text: the text of a value, maybe with space around it
 * @length: its length in bytes
 *
 * Returns: the value
 */
RunnelJsonSlice
runnel_json_slice_new (const char *text,
                       gsize       length)
{
  while (is_space (*text))
    {
      text++;
      length--;
    }
  while (is_space (text[length - 1]))
    length--;

  return (RunnelJsonSlice) { text, length };
}

/**
 * runnel_json_slice_get_type:
 * @self: a value
 *
 * Returns: what it is; a number with a decimal point or an exponent is a double
 */
RunnelJsonType
runnel_json_slice_get_type (RunnelJsonSlice self)
{
  switch (*self.at)
    {
    case '{':
      return RUNNEL_JSON_OBJECT;
    case '[':
      return RUNNEL_JSON_ARRAY;
    case '"':
      return RUNNEL_JSON_STRING;
    case 't':
    case 'f':
      return RUNNEL_JSON_BOOLEAN;
    case 'n':
      return RUNNEL_JSON_NULL;
    default:
      for (gsize i = 0; i < self.length; i++)
        if (self.at[i] == '.' || self.at[i] == 'e' || self.at[i] == 'E')
          return RUNNEL_JSON_DOUBLE;
      return RUNNEL_JSON_INTEGER;
    }
}

/**
 * runnel_json_slice_holds:
 * @self: a value, or none
 * @type: a type
 *
 * Returns: whether there is a value of that type
 */
gboolean
runnel_json_slice_holds (RunnelJsonSlice self,
                         RunnelJsonType  type)
{
  return self.at != NULL && runnel_json_slice_get_type (self) == type;
}

/**
 * runnel_json_slice_is_number:
 * @self: a value, or none
 *
 * Returns: whether there is a number
 */
gboolean
runnel_json_slice_is_number (RunnelJsonSlice self)
{
  return self.at != NULL && (*self.at == '-' || g_ascii_isdigit (*self.at));
}

/**
 * runnel_json_slice_is_true:
 * @self: a value, or none
 *
 * Returns: whether it is `true`
 */
gboolean
runnel_json_slice_is_true (RunnelJsonSlice self)
{
  return self.at != NULL && *self.at == 't';
}

/**
 * runnel_json_slice_get_int:
 * @self: an integer
 *
 * Returns: the number
 */
gint64
runnel_json_slice_get_int (RunnelJsonSlice self)
{
  g_autofree char *digits = g_strndup (self.at, self.length);

  return g_ascii_strtoll (digits, NULL, 10);
}

/**
 * runnel_json_slice_get_double:
 * @self: a number
 *
 * Returns: the number
 */
double
runnel_json_slice_get_double (RunnelJsonSlice self)
{
  g_autofree char *digits = g_strndup (self.at, self.length);

  return g_ascii_strtod (digits, NULL);
}

/**
 * runnel_json_slice_compact:
 * @self: a value
 * @buffer: at least as many bytes as @self is long
 *
 * Copies the text of the value without the space in it, and without a NUL.
 *
 * Returns: how many bytes it has
 */
gsize
runnel_json_slice_compact (RunnelJsonSlice  self,
                           char            *buffer)
{
  const char *p = self.at, *end = self.at + self.length;
  char *start = buffer;

  while (p < end)
    if (*p == '"')
      {
        const char *behind = skip_string (p);

        memcpy (buffer, p, behind - p);
        buffer += behind - p;
        p = behind;
      }
    else if (is_space (*p))
      p++;
    else
      *buffer++ = *p++;

  return buffer - start;
}

/* --- Containers --- */

/**
 * runnel_json_iter_init:
 * @self: (out caller-allocates): is at the start of @container
 * @container: an object or an array
 */
void
runnel_json_iter_init (RunnelJsonIter  *self,
                       RunnelJsonSlice  container)
{
  self->p = container.at + 1;
  self->has_keys = *container.at == '{';
}

/* Moves to the next key or value, or to the closing bracket. */
static void
skip_separators (RunnelJsonIter *self)
{
  while (is_space (*self->p) || *self->p == ',' || *self->p == ':')
    self->p++;
}

/**
 * runnel_json_iter_next:
 * @self: where it is
 * @ret_key: (out) (optional): the key, a string; only of objects
 * @ret_value: (out): the value
 *
 * Returns: whether there was another one
 */
gboolean
runnel_json_iter_next (RunnelJsonIter  *self,
                       RunnelJsonSlice *ret_key,
                       RunnelJsonSlice *ret_value)
{
  RunnelJsonSlice key;

  skip_separators (self);
  if (*self->p == '}' || *self->p == ']')
    return FALSE;

  if (self->has_keys)
    {
      key = take_value (self->p);
      self->p += key.length;
      skip_separators (self);
      if (ret_key != NULL)
        *ret_key = key;
    }
  *ret_value = take_value (self->p);
  self->p += ret_value->length;

  return TRUE;
}

/**
 * runnel_json_slice_get_member:
 * @self: an object
 * @key: a key
 *
 * Returns: the value of @key, or none
 */
RunnelJsonSlice
runnel_json_slice_get_member (RunnelJsonSlice  self,
                              const char      *key)
{
  RunnelJsonSlice name, value;
  RunnelJsonIter iter;

  runnel_json_iter_init (&iter, self);
  while (runnel_json_iter_next (&iter, &name, &value))
    if (runnel_json_slice_has_text (name, key))
      return value;

  return (RunnelJsonSlice) { NULL, 0 };
}

/**
 * runnel_json_slice_count:
 * @self: an object or an array
 *
 * Returns: how many members or elements it has
 */
guint
runnel_json_slice_count (RunnelJsonSlice self)
{
  RunnelJsonSlice value;
  RunnelJsonIter iter;
  guint n = 0;

  runnel_json_iter_init (&iter, self);
  while (runnel_json_iter_next (&iter, NULL, &value))
    n++;

  return n;
}

/* --- Trees --- */

static JsonNode *
make_object (RunnelJsonSlice self)
{
  g_autoptr(JsonObject) object = json_object_new ();
  RunnelJsonSlice key, value;
  RunnelJsonIter iter;

  runnel_json_iter_init (&iter, self);
  while (runnel_json_iter_next (&iter, &key, &value))
    {
      g_autofree char *name = runnel_json_slice_dup_text (key);

      json_object_set_member (object, name, runnel_json_slice_to_node (value));
    }

  return json_node_init_object (json_node_alloc (), object);
}

static JsonNode *
make_array (RunnelJsonSlice self)
{
  g_autoptr(JsonArray) array = json_array_new ();
  RunnelJsonSlice value;
  RunnelJsonIter iter;

  runnel_json_iter_init (&iter, self);
  while (runnel_json_iter_next (&iter, NULL, &value))
    json_array_add_element (array, runnel_json_slice_to_node (value));

  return json_node_init_array (json_node_alloc (), array);
}

static JsonNode *
make_string (RunnelJsonSlice self)
{
  g_autofree char *text = runnel_json_slice_dup_text (self);

  return json_node_init_string (json_node_alloc (), text);
}

/**
 * runnel_json_slice_to_node:
 * @self: a value
 *
 * Returns: (transfer full): the value as a tree
 */
JsonNode *
runnel_json_slice_to_node (RunnelJsonSlice self)
{
  switch (runnel_json_slice_get_type (self))
    {
    case RUNNEL_JSON_NULL:
      return json_node_init_null (json_node_alloc ());
    case RUNNEL_JSON_BOOLEAN:
      return json_node_init_boolean (json_node_alloc (), runnel_json_slice_is_true (self));
    case RUNNEL_JSON_INTEGER:
      return json_node_init_int (json_node_alloc (), runnel_json_slice_get_int (self));
    case RUNNEL_JSON_DOUBLE:
      return json_node_init_double (json_node_alloc (), runnel_json_slice_get_double (self));
    case RUNNEL_JSON_STRING:
      return make_string (self);
    case RUNNEL_JSON_ARRAY:
      return make_array (self);
    case RUNNEL_JSON_OBJECT:
      return make_object (self);
    default:
      g_assert_not_reached ();
    }
}
