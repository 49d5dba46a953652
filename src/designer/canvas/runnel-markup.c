/* runnel-markup.c: the simple markup of notes
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What people write without a manual: # headings, **bold**, *italic* or _italic_, `code`, - lists,
 * [text](address) and bare addresses. What has no end is no mark, and \ makes a letter of one.
 */
#include "config.h"

#include <string.h>

#include "designer/canvas/runnel-markup.h"

#define BULLET "•  "
#define MAX_HEADING 3
#define FENCE "```"

static const double heading_scales[MAX_HEADING] = { 1.4, 1.2, 1.05 };

typedef struct
{
  GString *text;
  RunnelMarkup *markup;
} Writer;

static void
add_attribute (Writer         *writer,
               PangoAttribute *attribute,
               guint           start)
{
  attribute->start_index = start;
  attribute->end_index = writer->text->len;
  pango_attr_list_insert (writer->markup->attributes, attribute);
}

static void write_spans (Writer     *writer,
                         const char *from,
                         const char *to);

static void
write_code (Writer     *writer,
            const char *from,
            const char *to)
{
  const guint start = writer->text->len;

  g_string_append_len (writer->text, from, to - from);
  add_attribute (writer, pango_attr_family_new ("monospace"), start);
  add_attribute (writer, pango_attr_strikethrough_color_new (0, 0, 0), start);
}

static void
write_link (Writer     *writer,
            const char *from,
            const char *to,
            char       *address)
{
  RunnelMarkupLink link = { .start = writer->text->len, .address = address };

  g_string_append_len (writer->text, from, to - from);
  link.end = writer->text->len;
  add_attribute (writer, pango_attr_underline_new (PANGO_UNDERLINE_SINGLE), link.start);
  g_array_append_val (writer->markup->links, link);
}

/* Where `mark` is next on the line, not at once and not behind a blank; NULL for nowhere. */
static const char *
find_end (const char *from,
          const char *to,
          const char *mark)
{
  const gsize length = strlen (mark);

  if (from >= to || g_ascii_isspace (*from))
    return NULL;

  for (const char *at = from + 1; at + length <= to; at++)
    if (strncmp (at, mark, length) == 0 && !g_ascii_isspace (at[-1]))
      return at;

  return NULL;
}

/* Each returns what follows the span that it has written, or NULL when there is none. */

static const char *
take_code (Writer     *writer,
           const char *at,
           const char *to)
{
  const char *end = *at == '`' ? memchr (at + 1, '`', to - at - 1) : NULL;

  if (end == NULL || end == at + 1)
    return NULL;

  write_code (writer, at + 1, end);
  return end + 1;
}

static const char *
take_emphasis (Writer         *writer,
               const char     *at,
               const char     *to,
               const char     *mark,
               PangoAttribute *attribute)
{
  const gsize length = strlen (mark);
  const guint start = writer->text->len;
  const char *end = NULL;

  if ((gsize) (to - at) > 2 * length && strncmp (at, mark, length) == 0)
    end = find_end (at + length, to, mark);
  if (end == NULL)
    {
      pango_attribute_destroy (attribute);
      return NULL;
    }

  write_spans (writer, at + length, end);
  add_attribute (writer, attribute, start);
  return end + length;
}

static const char *
take_link (Writer     *writer,
           const char *at,
           const char *to)
{
  const char *middle, *end;

  if (*at != '[')
    return NULL;
  middle = g_strstr_len (at, to - at, "](");
  if (middle == NULL || middle == at + 1)
    return NULL;
  end = memchr (middle, ')', to - middle);
  if (end == NULL || end == middle + 2)
    return NULL;

  write_link (writer, at + 1, middle, g_strndup (middle + 2, end - middle - 2));
  return end + 1;
}

static const char *
take_address (Writer     *writer,
              const char *at,
              const char *to)
{
  const char *end = at;

  if (strncmp (at, "https://", 8) != 0 && strncmp (at, "http://", 7) != 0)
    return NULL;

  while (end < to && !g_ascii_isspace (*end) && strchr ("<>\"`", *end) == NULL)
    end++;
  while (end > at && strchr (".,;:!?)", end[-1]) != NULL)
    end--;

  write_link (writer, at, end, g_strndup (at, end - at));
  return end;
}

/* An underscore inside of a word, as in the name of a file, is a letter. */
static gboolean
begins_word (const char *from,
             const char *at)
{
  return at == from || !g_ascii_isalnum (at[-1]);
}

static const char *
take_span (Writer     *writer,
           const char *from,
           const char *at,
           const char *to)
{
  const char *next = take_code (writer, at, to);

  if (next == NULL)
    next = take_emphasis (writer, at, to, "**", pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  if (next == NULL)
    next = take_emphasis (writer, at, to, "*", pango_attr_style_new (PANGO_STYLE_ITALIC));
  if (next == NULL && begins_word (from, at))
    next = take_emphasis (writer, at, to, "_", pango_attr_style_new (PANGO_STYLE_ITALIC));
  if (next == NULL)
    next = take_link (writer, at, to);
  if (next == NULL && begins_word (from, at))
    next = take_address (writer, at, to);

  return next;
}

static void
write_spans (Writer     *writer,
             const char *from,
             const char *to)
{
  for (const char *at = from; at < to;)
    {
      const char *next = strchr ("`*_[h", *at) != NULL ? take_span (writer, from, at, to) : NULL;

      if (next != NULL)
        {
          at = next;
          continue;
        }

      if (*at == '\\' && at + 1 < to && g_ascii_ispunct (at[1]))
        at++;
      g_string_append_c (writer->text, *at++);
    }
}

static guint
count_heading (const char *from,
               const char *to)
{
  guint level = 0;

  while (from + level < to && from[level] == '#')
    level++;

  return level >= 1 && level <= MAX_HEADING && from + level < to && from[level] == ' ' ? level : 0;
}

static void
write_line (Writer     *writer,
            const char *from,
            const char *to)
{
  const guint start = writer->text->len;
  const guint heading = count_heading (from, to);
  const char *at = from;

  if (heading > 0)
    {
      write_spans (writer, from + heading + 1, to);
      add_attribute (writer, pango_attr_weight_new (PANGO_WEIGHT_BOLD), start);
      add_attribute (writer, pango_attr_scale_new (heading_scales[heading - 1]), start);
      return;
    }

  while (at < to && *at == ' ')
    at++;
  g_string_append_len (writer->text, from, at - from);
  if (to - at > 2 && (*at == '-' || *at == '*') && at[1] == ' ')
    {
      g_string_append (writer->text, BULLET);
      at += 2;
    }
  write_spans (writer, at, to);
}

static void
clear_link (gpointer data)
{
  g_free (((RunnelMarkupLink *) data)->address);
}

/**
 * runnel_markup_parse:
 * @source: valid UTF-8
 *
 * Returns: (transfer full): what it says
 */
RunnelMarkup *
runnel_markup_parse (const char *source)
{
  RunnelMarkup *self = g_new0 (RunnelMarkup, 1);
  Writer writer = { g_string_new (NULL), self };
  gboolean fenced = FALSE;

  self->attributes = pango_attr_list_new ();
  self->links = g_array_new (FALSE, FALSE, sizeof (RunnelMarkupLink));
  g_array_set_clear_func (self->links, clear_link);

  for (const char *line = source, *next; line != NULL; line = next)
    {
      const char *end = line + strcspn (line, "\n");

      next = *end != '\0' ? end + 1 : NULL;
      if (g_str_has_prefix (line, FENCE))
        {
          fenced = !fenced;
          continue;
        }
      if (writer.text->len > 0 || line > source)
        g_string_append_c (writer.text, '\n');
      if (fenced)
        write_code (&writer, line, end);
      else
        write_line (&writer, line, end);
    }

  self->text = g_string_free (writer.text, FALSE);
  return self;
}

void
runnel_markup_free (RunnelMarkup *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->text);
  pango_attr_list_unref (self->attributes);
  g_array_unref (self->links);
  g_free (self);
}

/**
 * runnel_markup_get_ink:
 * @item: laid out with the attributes of a text
 *
 * Links are underlined. Code has a colour for a line through it, and no such line: an attribute
 * that draws nothing, and stays with the letters.
 *
 * Returns: what the letters are written with
 */
RunnelTextInk
runnel_markup_get_ink (const PangoItem *item)
{
  for (const GSList *l = item->analysis.extra_attrs; l != NULL; l = l->next)
    {
      const PangoAttribute *attribute = l->data;

      if (attribute->klass->type == PANGO_ATTR_UNDERLINE)
        return RUNNEL_INK_LINK;
      if (attribute->klass->type == PANGO_ATTR_STRIKETHROUGH_COLOR)
        return RUNNEL_INK_CODE;
    }

  return RUNNEL_INK_TEXT;
}

/**
 * runnel_markup_find_link:
 * @position: in bytes of the text without marks
 *
 * Returns: (transfer none) (nullable): the address to which the letter there leads
 */
const char *
runnel_markup_find_link (const RunnelMarkup *self,
                         guint               position)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->links->len; i++)
    {
      const RunnelMarkupLink *link = &g_array_index (self->links, RunnelMarkupLink, i);

      if (position >= link->start && position < link->end)
        return link->address;
    }

  return NULL;
}
