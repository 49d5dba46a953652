/* runnel-code-context.c: what may stand at a place in a text that is being typed
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Such a text is hardly ever JSON, so nothing is taken for granted: brackets are matched as far as
 * they are there, and a string that is not closed ends with its line.
 */
#include "config.h"

#include <string.h>

#include "designer/code/runnel-code-context.h"

/* An object or array that is open at the place. */
typedef struct
{
  gsize open;        /* its bracket */
  gboolean is_object;
  char *key;         /* the last key read */
  gboolean has_colon;
  gboolean has_value;
} Frame;

typedef struct
{
  const char *text;
  gsize offset;
  GArray *frames;     /* of Frame, the outermost first */
  gsize string;       /* the quote of a string that is open at the place, else G_MAXSIZE */
} Scan;

static void
clear_frame (gpointer data)
{
  g_free (((Frame *) data)->key);
}

static Frame *
get_top (Scan *self)
{
  return self->frames->len > 0 ? &g_array_index (self->frames, Frame, self->frames->len - 1) : NULL;
}

/* Behind the closing quote, or where the line or the text ends. */
static const char *
skip_string (const char *p)
{
  for (p++; *p && *p != '\n' && *p != '"'; p++)
    if (*p == '\\' && p[1] && p[1] != '\n')
      p++;
  return *p == '"' ? p + 1 : p;
}

static char *
dup_string (const char *quote,
            const char *end)
{
  gsize length = (gsize) (end - quote - 1);

  if (length > 0 && end[-1] == '"')
    length--;
  return g_strndup (quote + 1, length);
}

static void
take_string (Scan       *self,
             const char *quote,
             const char *end)
{
  Frame *top = get_top (self);

  if (!top)
    return;
  if (!top->is_object || top->has_colon)
    {
      top->has_value = TRUE;
      return;
    }
  g_free (top->key);
  top->key = dup_string (quote, end);
}

static void
open_frame (Scan *self,
            gsize at)
{
  Frame frame = { .open = at, .is_object = self->text[at] == '{' };

  g_array_append_val (self->frames, frame);
}

static void
close_frame (Scan *self)
{
  if (self->frames->len > 0)
    g_array_set_size (self->frames, self->frames->len - 1);
  if (get_top (self))
    get_top (self)->has_value = TRUE;
}

static void
take_comma (Frame *top)
{
  g_clear_pointer (&top->key, g_free);
  top->has_colon = top->has_value = FALSE;
}

static void
take_char (Scan *self,
           gsize at)
{
  Frame *top = get_top (self);
  char c = self->text[at];

  if (c == '{' || c == '[')
    open_frame (self, at);
  else if (c == '}' || c == ']')
    close_frame (self);
  else if (c == ',' && top)
    take_comma (top);
  else if (c == ':' && top)
    top->has_colon = TRUE;
}

static void
scan (Scan *self)
{
  const char *p = self->text, *place = self->text + self->offset;

  while (p < place)
    {
      const char *end;

      if (*p != '"')
        {
          take_char (self, (gsize) (p - self->text));
          p++;
          continue;
        }
      end = skip_string (p);
      if (end > place || (end == place && (end == p + 1 || end[-1] != '"')))
        {
          self->string = (gsize) (p - self->text);
          return;
        }
      take_string (self, p, end);
      p = end;
    }
}

/* --- The members of an object, wherever it ends --- */

typedef struct
{
  GHashTable *members;
  char *key;
  gboolean has_colon;
  guint depth;
  gsize skipped; /* the word that is being typed */
} Members;

static void
take_member_string (Members    *self,
                    const char *text,
                    const char *quote,
                    const char *end)
{
  if (self->depth != 1 || (gsize) (quote - text) == self->skipped)
    return;
  if (self->has_colon && self->key)
    g_hash_table_insert (self->members, g_steal_pointer (&self->key), dup_string (quote, end));
  else if (!self->has_colon)
    {
      g_free (self->key);
      self->key = dup_string (quote, end);
    }
}

static void
take_member_char (Members *self,
                  char     c)
{
  if (c == '{' || c == '[')
    self->depth++;
  else if (c == '}' || c == ']')
    self->depth--;
  else if (self->depth == 1 && c == ':')
    self->has_colon = TRUE;
  if (self->depth == 1 && c == ',')
    self->has_colon = FALSE;
  if ((c == ',' || self->depth == 0) && self->depth <= 1 && self->key)
    g_hash_table_insert (self->members, g_steal_pointer (&self->key), NULL);
}

static GHashTable *
read_members (const char *text,
              gsize       open,
              gsize       skipped)
{
  Members self = { .depth = 1, .skipped = skipped };
  const char *p = text + open + 1;

  self.members = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  while (*p && self.depth > 0)
    if (*p == '"')
      {
        const char *end = skip_string (p);

        take_member_string (&self, text, p, end);
        p = end;
      }
    else
      take_member_char (&self, *p++);
  g_free (self.key);
  return self.members;
}

/* --- Making the context --- */

static void
make_path (RunnelCodeContext *self,
           Scan              *place)
{
  for (guint i = 0; i < place->frames->len; i++)
    {
      Frame *frame = &g_array_index (place->frames, Frame, i);
      gboolean is_last = i + 1 == place->frames->len;

      if (!frame->is_object)
        g_ptr_array_add (self->path, g_strdup (RUNNEL_CODE_ELEMENT));
      else if (!is_last || frame->has_colon)
        g_ptr_array_add (self->path, g_strdup (frame->key ? frame->key : ""));
    }
}

/* The nearest object with a kind is the step, the undo or the hook. */
static void
find_body (RunnelCodeContext *self,
           Scan              *place)
{
  for (guint i = place->frames->len; i > 0; i--)
    {
      Frame *frame = &g_array_index (place->frames, Frame, i - 1);
      g_autoptr(GHashTable) members = NULL;

      if (!frame->is_object)
        continue;
      members = read_members (place->text, frame->open, self->start);
      if (!self->members)
        self->members = g_hash_table_ref (members);
      if (!self->kind)
        self->kind = g_strdup (g_hash_table_lookup (members, "kind"));
      if (!self->step)
        self->step = g_strdup (g_hash_table_lookup (members, "id"));
    }
}

static gboolean
is_word (char c)
{
  return g_ascii_isalnum (c) || c == '_' || c == '-';
}

static gsize
find_word (const char *text,
           gsize       from,
           gsize       offset,
           const char *more)
{
  while (offset > from && (is_word (text[offset - 1]) || strchr (more, text[offset - 1])))
    offset--;
  return offset;
}

/* Whether the place, in a string that begins at `from`, is between ${{ and }}. */
static gboolean
is_in_expression (const char *text,
                  gsize       from,
                  gsize       offset)
{
  const char *begin = g_strrstr_len (text + from, (gssize) (offset - from), "${{");

  return begin && !g_strstr_len (begin, (gssize) (text + offset - begin), "}}");
}

static gsize
find_end (const char *text,
          gsize       offset,
          gboolean    is_in_string)
{
  gsize end = offset;

  while (is_word (text[end]))
    end++;
  if (is_in_string && text[end] == '"')
    end++;
  else if (is_in_string)
    end = offset;
  return end;
}

static gboolean
is_followed_by_colon (const char *p)
{
  while (g_ascii_isspace (*p))
    p++;
  return *p == ':';
}

static RunnelCodePlace
get_place (Scan *place)
{
  Frame *top = get_top (place);

  if (!top || top->has_value)
    return RUNNEL_CODE_NOWHERE;
  if (!top->is_object || top->has_colon)
    return RUNNEL_CODE_VALUE;
  return top->key ? RUNNEL_CODE_NOWHERE : RUNNEL_CODE_KEY;
}

static void
find_extent (RunnelCodeContext *self,
             Scan              *place)
{
  const char *text = place->text;
  gboolean is_in_string = place->string != G_MAXSIZE;

  self->place = get_place (place);
  if (is_in_string && is_in_expression (text, place->string, place->offset))
    {
      self->place = RUNNEL_CODE_EXPRESSION;
      self->start = find_word (text, place->string + 1, place->offset, ".");
      self->end = place->offset;
      while (is_word (text[self->end]))
        self->end++;
    }
  else
    {
      self->start = is_in_string ? place->string : find_word (text, 0, place->offset, "");
      self->end = find_end (text, place->offset, is_in_string);
    }
  self->prefix = g_strndup (text + self->start, place->offset - self->start);
  if (is_in_string && self->place != RUNNEL_CODE_EXPRESSION)
    memmove (self->prefix, self->prefix + 1, strlen (self->prefix));
  self->has_colon = is_followed_by_colon (text + self->end);
}

/**
 * runnel_code_context_new:
 * @text: a text
 * @offset: a place in it, in bytes
 *
 * Returns: (transfer full): what may stand at the place
 */
RunnelCodeContext *
runnel_code_context_new (const char *text,
                         gsize       offset)
{
  RunnelCodeContext *self = g_new0 (RunnelCodeContext, 1);
  Scan place = { text, offset, NULL, G_MAXSIZE };

  g_return_val_if_fail (text != NULL && offset <= strlen (text), NULL);

  place.frames = g_array_new (FALSE, FALSE, sizeof (Frame));
  g_array_set_clear_func (place.frames, clear_frame);
  self->path = g_ptr_array_new_with_free_func (g_free);
  self->cursor = offset;
  scan (&place);
  find_extent (self, &place);
  make_path (self, &place);
  find_body (self, &place);
  g_array_unref (place.frames);
  return self;
}

/**
 * runnel_code_context_free:
 * @self: (transfer full) (nullable): a context
 */
void
runnel_code_context_free (RunnelCodeContext *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->path);
  g_clear_pointer (&self->members, g_hash_table_unref);
  g_free (self->prefix);
  g_free (self->kind);
  g_free (self->step);
  g_free (self);
}
