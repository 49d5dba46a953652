/* runnel-json-read.c: reads JSON text that may be hostile, and finds places in it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The grammar is that of RFC 8259. The parser of json-glib overflows the stack
 * on deep nesting, reads a number that is too large as another one, lets the
 * last of two equal keys win, accepts comments and stray bytes, and takes ten
 * times as long; so only its tree is used, and only where one is wanted.
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "model/runnel-json-read.h"
#include "model/runnel-json-slice.h"
#include "model/runnel-pipeline.h"

#define FEW_KEYS 12 /* up to here comparing each with each beats sorting */

/* A key of an object that is being read, as decoded text. */
typedef struct
{
  const char *text;
  gsize length;
  const char *at; /* where it stands */
} Key;

typedef struct
{
  const char *text;
  const char *p;
  const char *end;
  guint depth;
  guint max_depth;
  GArray *keys;           /* of Key, those of the outer objects first */
  GStringChunk *decoded;  /* keys that were written with escapes */

  /* The first thing that is wrong. */
  const char *failed_at;
  int code;
  char *message;

  /* Only when places are looked for. */
  GString *path;
  GHashTable *wanted;     /* path -> GArray of positions to fill in */
  const char *counted;    /* up to here lines and characters are counted */
  RunnelJsonPosition position;
} Scanner;

/* Every scan function leaves the cursor behind what it has read. */
static gboolean scan_value (Scanner *self);

/* --- Errors and positions --- */

G_GNUC_PRINTF (4, 5)
static gboolean
fail_at (Scanner    *self,
         const char *at,
         int         code,
         const char *format,
         ...)
{
  va_list args;

  if (self->failed_at != NULL)
    return FALSE;

  va_start (args, format);
  self->message = g_strdup_vprintf (format, args);
  va_end (args);
  self->failed_at = at;
  self->code = code;

  return FALSE;
}

#define fail(self, ...) \
  fail_at (self, (self)->p, RUNNEL_PIPELINE_ERROR_SYNTAX, __VA_ARGS__)

/* Counts on from the place that was asked for last, so a whole file is read once however many places are
 * asked for, even if it is all one line. */
static RunnelJsonPosition
get_position (Scanner    *self,
              const char *at)
{
  const char *newline;

  while ((newline = memchr (self->counted, '\n', at - self->counted)) != NULL)
    {
      self->position = (RunnelJsonPosition) { self->position.line + 1, 1 };
      self->counted = newline + 1;
    }
  self->position.column += g_utf8_strlen (self->counted, at - self->counted);
  self->counted = at;

  return self->position;
}

static void
record_position (Scanner *self)
{
  GPtrArray *targets = g_hash_table_lookup (self->wanted, self->path->str);
  RunnelJsonPosition position;

  if (targets == NULL)
    return;

  position = get_position (self, self->p);
  for (guint i = 0; i < targets->len; i++)
    *(RunnelJsonPosition *) g_ptr_array_index (targets, i) = position;
}

/* What stands at the cursor, for an error message. */
static char *
describe_here (Scanner *self)
{
  gunichar c;

  if (self->p >= self->end)
    return g_strdup ("the end of the file");

  c = g_utf8_get_char (self->p);
  if (c == '\n' || c == '\r')
    return g_strdup ("the end of the line");
  if (!g_unichar_isprint (c))
    return g_strdup_printf ("the character U+%04X", c);

  return g_strdup_printf ("“%.*s”", (int) (g_utf8_next_char (self->p) - self->p), self->p);
}

static gboolean
fail_expected (Scanner    *self,
               const char *what)
{
  g_autofree char *here = describe_here (self);

  return fail (self, "%s expected here, not %s", what, here);
}

/* --- Scalars --- */

static inline void
skip_space (Scanner *self)
{
  while (self->p < self->end &&
         (*self->p == ' ' || *self->p == '\n' || *self->p == '\r' || *self->p == '\t'))
    self->p++;
}

static inline gboolean
is_digit_here (Scanner *self)
{
  return self->p < self->end && g_ascii_isdigit (*self->p);
}

static gboolean
scan_digits (Scanner *self)
{
  if (!is_digit_here (self))
    return fail_expected (self, "a digit is");

  while (is_digit_here (self))
    self->p++;

  return TRUE;
}

/* Whether a number fits. Counts downwards, because there is one more negative number than there are
 * positive ones. */
static gboolean
is_integer (const char *start,
            const char *end)
{
  gboolean negative = *start == '-';
  gint64 number = 0;

  for (const char *p = start + negative; p < end; p++)
    if (__builtin_mul_overflow (number, 10, &number) || __builtin_sub_overflow (number, *p - '0', &number))
      return FALSE;

  return negative || number != G_MININT64;
}

static gboolean
check_integer (Scanner    *self,
               const char *start)
{
  if (is_integer (start, self->p))
    return TRUE;

  return fail_at (self, start, RUNNEL_PIPELINE_ERROR_SYNTAX,
                  "this number is too large; write it with a decimal point or as a string");
}

static gboolean
check_double (Scanner    *self,
              const char *start)
{
  g_autofree char *text = g_strndup (start, self->p - start);

  if (isfinite (g_ascii_strtod (text, NULL)))
    return TRUE;

  return fail_at (self, start, RUNNEL_PIPELINE_ERROR_SYNTAX, "this number is too large");
}

static gboolean
scan_number (Scanner *self)
{
  const char *start = self->p;
  gboolean whole = TRUE;

  if (*self->p == '-')
    self->p++;

  if (self->p < self->end && *self->p == '0')
    {
      self->p++;
      if (is_digit_here (self))
        return fail (self, "a number does not start with 0");
    }
  else if (!scan_digits (self))
    return FALSE;

  if (self->p < self->end && *self->p == '.')
    {
      whole = FALSE;
      self->p++;
      if (!scan_digits (self))
        return FALSE;
    }

  if (self->p < self->end && (*self->p == 'e' || *self->p == 'E'))
    {
      whole = FALSE;
      self->p++;
      if (self->p < self->end && (*self->p == '+' || *self->p == '-'))
        self->p++;
      if (!scan_digits (self))
        return FALSE;
    }

  return whole ? check_integer (self, start) : check_double (self, start);
}

static gboolean
scan_word (Scanner    *self,
           const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (self->end - self->p) < length || memcmp (self->p, word, length) != 0)
    return fail_expected (self, "a value is");

  self->p += length;
  return TRUE;
}

/* Reads the four digits after \u. */
static gboolean
scan_hex (Scanner  *self,
          gunichar *ret_unit)
{
  gunichar unit = 0;

  for (guint i = 0; i < 4; i++, self->p++)
    {
      if (self->p >= self->end || !g_ascii_isxdigit (*self->p))
        return fail_expected (self, "a hexadecimal digit is");
      unit = unit << 4 | g_ascii_xdigit_value (*self->p);
    }

  *ret_unit = unit;
  return TRUE;
}

static gboolean
scan_unicode_escape (Scanner *self)
{
  const char *start = self->p - 2;
  gunichar c, low;

  if (!scan_hex (self, &c))
    return FALSE;

  if (c == 0)
    return fail_at (self, start, RUNNEL_PIPELINE_ERROR_SYNTAX,
                    "the character NUL (\\u0000) is not allowed in a text");

  if (c >= 0xD800 && c <= 0xDBFF && self->end - self->p >= 6 && self->p[0] == '\\' && self->p[1] == 'u')
    {
      self->p += 2;
      if (!scan_hex (self, &low))
        return FALSE;
      if (low >= 0xDC00 && low <= 0xDFFF)
        return TRUE;
    }

  if (c >= 0xD800 && c <= 0xDFFF)
    return fail_at (self, start, RUNNEL_PIPELINE_ERROR_SYNTAX,
                    "this is half of a character (a surrogate without its pair)");

  return TRUE;
}

static gboolean
scan_escape (Scanner *self)
{
  self->p++;
  if (self->p < self->end && *self->p == 'u')
    {
      self->p++;
      return scan_unicode_escape (self);
    }

  if (self->p >= self->end || strchr ("\"\\/bfnrt", *self->p) == NULL)
    return fail_expected (self, "one of \" \\ / b f n r t u is");

  self->p++;
  return TRUE;
}

/* Looks through a string whose opening quote is at the cursor, and tells whether it has escapes. */
static gboolean
scan_string (Scanner  *self,
             gboolean *ret_escaped)
{
  const char *start = self->p++;

  *ret_escaped = FALSE;
  while (self->p < self->end && *self->p != '"')
    {
      if (*self->p == '\\')
        {
          *ret_escaped = TRUE;
          if (!scan_escape (self))
            return FALSE;
        }
      else if ((guchar) *self->p < 0x20)
        return fail (self, *self->p == '\n'
                     ? "a text ends on the line it starts; write \\n for a new line, or close it with \""
                     : "control characters are written as escapes, a tab as \\t");
      else
        self->p++;
    }

  if (self->p >= self->end)
    return fail_at (self, start, RUNNEL_PIPELINE_ERROR_SYNTAX, "this text has no closing \"");

  self->p++;
  return TRUE;
}

/* Reads a key, whose text is valid while scanning. */
static gboolean
scan_key (Scanner *self,
          Key     *ret_key)
{
  const char *start = self->p;
  g_autofree char *text = NULL;
  gboolean escaped;

  if (self->p >= self->end || *self->p != '"')
    return fail_expected (self, "a key in double quotes is");
  if (!scan_string (self, &escaped))
    return FALSE;

  *ret_key = (Key) { start + 1, self->p - start - 2, start };
  if (escaped)
    {
      text = runnel_json_slice_dup_text ((RunnelJsonSlice) { start, self->p - start });
      ret_key->text = g_string_chunk_insert (self->decoded, text);
      ret_key->length = strlen (text);
    }

  return TRUE;
}

/* --- Objects and arrays --- */

static int
compare_keys (gconstpointer a,
              gconstpointer b)
{
  const Key *x = a, *y = b;
  int order;

  if (x->length != y->length)
    return x->length < y->length ? -1 : 1;

  order = memcmp (x->text, y->text, x->length);
  if (order != 0)
    return order;

  return x->at < y->at ? -1 : x->at > y->at;
}

static gboolean
is_same_key (const Key *a,
             const Key *b)
{
  return a->length == b->length && memcmp (a->text, b->text, a->length) == 0;
}

/* Returns the first key that stands there a second time. */
static const Key *
find_duplicate (Key  *keys,
                guint n_keys)
{
  const Key *found = NULL;

  if (n_keys <= FEW_KEYS)
    {
      for (guint i = 1; i < n_keys; i++)
        for (guint j = 0; j < i; j++)
          if (is_same_key (&keys[i], &keys[j]))
            return &keys[i];
      return NULL;
    }

  qsort (keys, n_keys, sizeof (Key), compare_keys);
  for (guint i = 1; i < n_keys; i++)
    if (is_same_key (&keys[i - 1], &keys[i]) && (found == NULL || keys[i].at < found->at))
      found = &keys[i];

  return found;
}

static gboolean
check_duplicates (Scanner *self,
                  guint    first)
{
  const Key *duplicate = NULL;

  /* An array that never had anything has no memory to point into. */
  if (self->keys->len > first)
    duplicate = find_duplicate (&g_array_index (self->keys, Key, first), self->keys->len - first);

  if (duplicate != NULL)
    return fail_at (self, duplicate->at, RUNNEL_PIPELINE_ERROR_SYNTAX,
                    "the key “%.*s” stands twice in this object; remove one of them",
                    (int) MIN (duplicate->length, 200), duplicate->text);

  g_array_set_size (self->keys, first);
  return TRUE;
}

static gboolean
scan_colon (Scanner *self)
{
  skip_space (self);
  if (self->p >= self->end || *self->p != ':')
    return fail_expected (self, "“:” is");
  self->p++;

  return TRUE;
}

static gboolean
scan_member (Scanner *self)
{
  gsize path_length = self->path != NULL ? self->path->len : 0;
  Key key;

  if (!scan_key (self, &key) || !scan_colon (self))
    return FALSE;
  g_array_append_val (self->keys, key);

  if (self->path != NULL)
    {
      g_autofree char *name = g_strndup (key.text, key.length);

      runnel_json_path_append_key (self->path, name);
    }
  if (!scan_value (self))
    return FALSE;

  if (self->path != NULL)
    g_string_truncate (self->path, path_length);

  return TRUE;
}

static gboolean
scan_element (Scanner *self,
              guint    index)
{
  gsize path_length = self->path != NULL ? self->path->len : 0;

  if (self->path != NULL)
    g_string_append_printf (self->path, "[%u]", index);
  if (!scan_value (self))
    return FALSE;

  if (self->path != NULL)
    g_string_truncate (self->path, path_length);

  return TRUE;
}

/* Between two entries of an object or array. */
static gboolean
scan_comma (Scanner *self,
            char     closing)
{
  if (self->p >= self->end || *self->p != ',')
    return fail_expected (self, closing == '}' ? "“,” or “}” is" : "“,” or “]” is");
  self->p++;

  skip_space (self);
  if (self->p < self->end && *self->p == closing)
    return fail (self, "there is a “,” after the last entry; remove it");

  return TRUE;
}

/* Looks through what is between the brackets of an object (`closing` is }) or array, and the closing
 * one. */
static gboolean
scan_entries (Scanner *self,
              char     closing)
{
  skip_space (self);
  for (guint i = 0; self->p >= self->end || *self->p != closing; i++)
    {
      if (i > 0 && !scan_comma (self, closing))
        return FALSE;
      if (!(closing == '}' ? scan_member (self) : scan_element (self, i)))
        return FALSE;
      skip_space (self);
    }
  self->p++;

  return TRUE;
}

static gboolean
scan_container (Scanner *self)
{
  char closing = *self->p == '{' ? '}' : ']';
  guint first_key = self->keys->len;

  if (++self->depth > self->max_depth)
    return fail_at (self, self->p, RUNNEL_PIPELINE_ERROR_TOO_LARGE,
                    "the text is nested more than %u levels deep", self->max_depth);
  self->p++;

  if (!scan_entries (self, closing) || !check_duplicates (self, first_key))
    return FALSE;
  self->depth--;

  return TRUE;
}

static gboolean
scan_value (Scanner *self)
{
  gboolean escaped;

  skip_space (self);
  if (self->p >= self->end)
    return fail_expected (self, "a value is");
  if (self->wanted != NULL)
    record_position (self);

  switch (*self->p)
    {
    case '{':
    case '[':
      return scan_container (self);
    case '"':
      return scan_string (self, &escaped);
    case 't':
      return scan_word (self, "true");
    case 'f':
      return scan_word (self, "false");
    case 'n':
      return scan_word (self, "null");
    case '/':
      return fail (self, "JSON has no comments; put the text into a “description” or a note");
    case '\'':
      return fail (self, "texts stand in double quotes");
    default:
      if (*self->p == '-' || g_ascii_isdigit (*self->p))
        return scan_number (self);
      return fail_expected (self, "a value is");
    }
}

/* --- Whole texts --- */

static void
scanner_init (Scanner    *self,
              const char *text,
              gsize       length)
{
  *self = (Scanner) {
    .text = text,
    .p = text,
    .end = text + length,
    .max_depth = RUNNEL_JSON_MAX_DEPTH,
    .keys = g_array_new (FALSE, FALSE, sizeof (Key)),
    .decoded = g_string_chunk_new (256),
    .counted = text,
    .position = { 1, 1 },
  };
}

static void
scanner_clear (Scanner *self)
{
  g_array_unref (self->keys);
  g_string_chunk_free (self->decoded);
  g_free (self->message);
}

static gboolean
check_encoding (Scanner *self)
{
  const char *bad;

  if (self->end - self->text >= 3 && memcmp (self->text, "\xEF\xBB\xBF", 3) == 0)
    return fail (self, "the file starts with a byte order mark; save it as UTF-8 without one");
  if (g_utf8_validate_len (self->text, self->end - self->text, &bad))
    return TRUE;
  if (*bad == '\0')
    return fail_at (self, bad, RUNNEL_PIPELINE_ERROR_SYNTAX, "there is a NUL byte here; this is not a text file");

  return fail_at (self, bad, RUNNEL_PIPELINE_ERROR_SYNTAX, "this is not UTF-8; save the file as UTF-8");
}

static gboolean
scan_document (Scanner *self)
{
  if (self->end - self->text > RUNNEL_JSON_MAX_LENGTH)
    return fail_at (self, self->text, RUNNEL_PIPELINE_ERROR_TOO_LARGE,
                    "the text is larger than %d MB", RUNNEL_JSON_MAX_LENGTH / (1024 * 1024));
  if (!check_encoding (self))
    return FALSE;

  skip_space (self);
  if (self->p >= self->end)
    return fail (self, "the file is empty");
  if (!scan_value (self))
    return FALSE;

  skip_space (self);
  if (self->p < self->end)
    return fail_expected (self, "the end of the file is");

  return TRUE;
}

/**
 * runnel_json_check:
 * @text: what is said to be JSON; need not end with NUL
 * @length: its length in bytes
 * @max_depth: how deep it may be nested, usually %RUNNEL_JSON_MAX_DEPTH
 * @ret_position: (out) (optional): where the error is
 * @error: %RUNNEL_PIPELINE_ERROR_SYNTAX when it is not JSON, not UTF-8 or has
 *   a key twice; %RUNNEL_PIPELINE_ERROR_TOO_LARGE when it is too deep or
 *   longer than %RUNNEL_JSON_MAX_LENGTH; the message names line and column
 *
 * Looks whether a text is one JSON value by RFC 8259.
 *
 * Returns: whether it is, and so can be read with a #RunnelJsonSlice
 */
gboolean
runnel_json_check (const char          *text,
                   gsize                length,
                   guint                max_depth,
                   RunnelJsonPosition  *ret_position,
                   GError             **error)
{
  RunnelJsonPosition position;
  Scanner scanner;
  gboolean success;

  g_return_val_if_fail (text != NULL || length == 0, FALSE);

  scanner_init (&scanner, length > 0 ? text : "", length);
  scanner.max_depth = max_depth;
  success = scan_document (&scanner);

  if (!success)
    {
      position = get_position (&scanner, scanner.failed_at);
      g_set_error (error, RUNNEL_PIPELINE_ERROR, scanner.code, "line %u, column %u: %s",
                   position.line, position.column, scanner.message);
      if (ret_position != NULL)
        *ret_position = position;
    }
  scanner_clear (&scanner);

  return success;
}

/**
 * runnel_json_read:
 * @text: what is said to be JSON; need not end with NUL
 * @length: its length in bytes
 * @max_depth: how deep it may be nested, usually %RUNNEL_JSON_MAX_DEPTH
 * @ret_position: (out) (optional): where the error is
 * @error: as for runnel_json_check()
 *
 * Reads one JSON value by RFC 8259.
 *
 * Returns: (transfer full) (nullable): the value
 */
JsonNode *
runnel_json_read (const char          *text,
                  gsize                length,
                  guint                max_depth,
                  RunnelJsonPosition  *ret_position,
                  GError             **error)
{
  if (!runnel_json_check (text, length, max_depth, ret_position, error))
    return NULL;

  return runnel_json_slice_to_node (runnel_json_slice_new (text, length));
}

/**
 * runnel_json_locate:
 * @text: JSON
 * @length: its length in bytes
 * @paths: (array length=n_paths): JSON paths, "steps[3].needs[0]"
 * @n_paths: how many
 * @ret_positions: (array length=n_paths): is filled with the place of each
 *   value; left alone where the path leads nowhere
 *
 * Finds the values at @paths, all in one pass over @text.
 */
void
runnel_json_locate (const char         *text,
                    gsize               length,
                    const char *const  *paths,
                    guint               n_paths,
                    RunnelJsonPosition *ret_positions)
{
  Scanner scanner;

  g_return_if_fail (text != NULL || length == 0);

  if (n_paths == 0)
    return;

  scanner_init (&scanner, length > 0 ? text : "", length);
  scanner.path = g_string_new (NULL);
  scanner.wanted = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < n_paths; i++)
    {
      GPtrArray *targets = g_hash_table_lookup (scanner.wanted, paths[i]);

      if (targets == NULL)
        {
          targets = g_ptr_array_new ();
          g_hash_table_insert (scanner.wanted, (gpointer) paths[i], targets);
        }
      g_ptr_array_add (targets, &ret_positions[i]);
    }

  scan_document (&scanner);

  g_hash_table_unref (scanner.wanted);
  g_string_free (scanner.path, TRUE);
  scanner_clear (&scanner);
}
