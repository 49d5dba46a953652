/* runnel-yaml-layout.c: puts into emitted YAML what the emitter of libyaml can't write
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The emitted text is parsed again, for the parser tells in which line each node stands. Then all lines are
 * written again: indented further inside of lists that hang below a key, with comments before them, and with the
 * texts that placeholders stand for.
 */
#include "config.h"

#include <string.h>
#include <yaml.h>

#include "interchange/runnel-yaml-writer-private.h"

#define INDENT 2

/* What is done to one line. */
typedef struct
{
  int shift;             /* columns that it and those below move right, compared with the line before */
  const char *text;      /* stands for the placeholder at its end, or NULL */
  guint text_indent;     /* of that text when it is a block, without shifts */
  GPtrArray *comments;   /* of const char *: before it, or NULL */
} Line;

/* A list or mapping that is open. */
typedef struct
{
  guint line;
  guint column;
  gboolean is_map;
  gboolean hangs; /* a list below a key, no further to the right than that */
} Level;

typedef struct
{
  GArray *lines;   /* of Line */
  GArray *levels;  /* of Level */
  GArray *comments;
  GArray *texts;
  guint node;      /* number of the node at hand */
  guint comment;   /* next in `comments` */
  guint next_text; /* next in `texts` */
} Layout;

static Line *
get_line (Layout *self,
          guint   line)
{
  return &g_array_index (self->lines, Line, MIN (line, self->lines->len - 1));
}

static Level *
get_level (Layout *self)
{
  return self->levels->len > 0 ? &g_array_index (self->levels, Level, self->levels->len - 1) : NULL;
}

static void
line_clear (gpointer data)
{
  g_clear_pointer (&((Line *) data)->comments, g_ptr_array_unref);
}

/* --- Where what goes --- */

static void
place_comments (Layout *self,
                guint   line_number)
{
  for (; self->comment < self->comments->len; self->comment++)
    {
      RunnelYamlInsert *insert = &g_array_index (self->comments, RunnelYamlInsert, self->comment);
      Line *line = get_line (self, line_number);

      if (insert->node > self->node)
        return;
      if (line->comments == NULL)
        line->comments = g_ptr_array_new ();
      g_ptr_array_add (line->comments, insert->text);
    }
}

static void
place_text (Layout *self,
            guint   line_number)
{
  RunnelYamlInsert *insert;
  Level *level = get_level (self);
  Line *line = get_line (self, line_number);

  if (self->next_text == self->texts->len)
    return;
  insert = &g_array_index (self->texts, RunnelYamlInsert, self->next_text);
  if (insert->node != self->node)
    return;

  self->next_text++;
  line->text = insert->text;
  line->text_indent = (level != NULL ? level->column : 0) + INDENT;
}

static void
open_level (Layout             *self,
            const yaml_event_t *event)
{
  Level *around = get_level (self);
  Level level = {
    .line = event->start_mark.line,
    .column = event->start_mark.column,
    .is_map = event->type == YAML_MAPPING_START_EVENT,
  };

  level.hangs = !level.is_map && around != NULL && around->is_map && level.column == around->column;
  g_array_append_val (self->levels, level);
}

static void
close_level (Layout             *self,
             const yaml_event_t *event)
{
  Level level = *get_level (self);

  g_array_set_size (self->levels, self->levels->len - 1);
  if (!level.hangs)
    return;

  get_line (self, level.line)->shift += INDENT;
  get_line (self, event->start_mark.line)->shift -= INDENT;
}

static void
place_event (Layout             *self,
             const yaml_event_t *event)
{
  switch (event->type)
    {
    case YAML_DOCUMENT_START_EVENT:
    case YAML_SCALAR_EVENT:
    case YAML_SEQUENCE_START_EVENT:
    case YAML_MAPPING_START_EVENT:
      place_comments (self, event->start_mark.line);
      break;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
      close_level (self, event);
      return;
    default:
      return;
    }

  if (event->type == YAML_SCALAR_EVENT)
    place_text (self, event->start_mark.line);
  else if (event->type != YAML_DOCUMENT_START_EVENT)
    open_level (self, event);
  self->node++;
}

static void
place_all (Layout     *self,
           const char *text,
           gsize       length)
{
  yaml_parser_t parser;
  yaml_event_t event;
  gboolean ended = FALSE;

  if (!yaml_parser_initialize (&parser))
    g_error ("no memory for a YAML parser");
  yaml_parser_set_encoding (&parser, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string (&parser, (const yaml_char_t *) text, length);
  while (!ended)
    {
      if (!yaml_parser_parse (&parser, &event))
        g_error ("line %zu of written YAML can't be read: %s", parser.problem_mark.line + 1,
                 parser.problem);
      place_event (self, &event);
      ended = event.type == YAML_STREAM_END_EVENT;
      yaml_event_delete (&event);
    }
  yaml_parser_delete (&parser);
  self->node = G_MAXUINT;
  place_comments (self, self->lines->len - 1);
}

/* --- Writing --- */

static void
append_spaces (GString *out,
               guint    n)
{
  g_string_append_printf (out, "%*s", (int) n, "");
}

/* What a comment is told may come from anywhere; it must not end the comment. */
static void
append_comment (GString    *out,
                guint       indent,
                const char *text)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      append_spaces (out, indent);
      g_string_append (out, *lines[i] != '\0' ? "# " : "#");
      for (const char *p = lines[i]; *p != '\0'; p = g_utf8_next_char (p))
        {
          gunichar c = g_utf8_get_char (p);

          g_string_append_unichar (out, _runnel_yaml_is_printable (c) ? c : ' ');
        }
      g_string_append_c (out, '\n');
    }
}

static void
append_quoted (GString    *out,
               const char *text)
{
  g_string_append_c (out, '\'');
  for (; *text != '\0'; text++)
    {
      if (*text == '\'')
        g_string_append_c (out, '\'');
      g_string_append_c (out, *text);
    }
  g_string_append (out, "'\n");
}

/* A literal block, YAML 1.2, section 8.1.2. Space at its beginning would be taken for the indent, so that is said. */
static void
append_block (GString    *out,
              guint       indent,
              const char *text)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);
  guint n = g_strv_length (lines);
  gboolean ended = *lines[n - 1] == '\0';

  g_string_append_c (out, '|');
  if (strchr (" \t\n", *text) != NULL)
    g_string_append_printf (out, "%d", INDENT);
  if (!ended)
    g_string_append_c (out, '-');
  else if (*lines[n - 2] == '\0')
    g_string_append_c (out, '+');
  g_string_append_c (out, '\n');

  for (guint i = 0; i < n - ended; i++)
    {
      if (*lines[i] != '\0')
        append_spaces (out, indent);
      g_string_append_printf (out, "%s\n", lines[i]);
    }
}

static void
append_text (GString    *out,
             guint       indent,
             const char *text)
{
  if (strchr (text, '\n') != NULL)
    append_block (out, indent, text);
  else
    append_quoted (out, text);
}

static void
append_line (GString    *out,
             const Line *line,
             guint       shift,
             const char *text,
             gsize       length)
{
  gsize spaces = strspn (text, " ");
  gsize placeholder = line->text != NULL ? strlen (RUNNEL_YAML_PLACEHOLDER "\n") : 0;

  for (guint i = 0; line->comments != NULL && i < line->comments->len; i++)
    append_comment (out, spaces + shift, g_ptr_array_index (line->comments, i));
  if (length == 0)
    return;

  append_spaces (out, shift);
  g_string_append_len (out, text, length - placeholder);
  if (line->text != NULL)
    append_text (out, line->text_indent + shift, line->text);
}

static char *
write_lines (Layout     *self,
             const char *text,
             gsize       length)
{
  g_autoptr(GString) out = g_string_sized_new (length + length / 4);
  const char *end = text + length;
  guint shift = 0;

  for (guint i = 0; i < self->lines->len; i++)
    {
      const Line *line = get_line (self, i);
      const char *newline = memchr (text, '\n', end - text);
      const char *next = newline != NULL ? newline + 1 : end;

      shift += line->shift;
      append_line (out, line, shift, text, next - text);
      text = next;
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static guint
count_lines (const char *text,
             gsize       length)
{
  guint n = 0;

  for (gsize i = 0; i < length; i++)
    n += text[i] == '\n';

  return n;
}

/**
 * _runnel_yaml_lay_out:
 * @text: (array length=length): what was emitted
 * @length: how many bytes that is
 * @comments: (element-type RunnelYamlInsert): comments, by the node that they stand before
 * @texts: (element-type RunnelYamlInsert): texts, by the scalar whose placeholder they replace
 *
 * Returns: (transfer full): the text as it is to be
 */
char *
_runnel_yaml_lay_out (const char *text,
                      gsize       length,
                      GArray     *comments,
                      GArray     *texts)
{
  g_autoptr(GArray) lines = g_array_new (FALSE, TRUE, sizeof (Line));
  g_autoptr(GArray) levels = g_array_new (FALSE, FALSE, sizeof (Level));
  Layout self = { .lines = lines, .levels = levels, .comments = comments, .texts = texts };
  g_autofree char *terminated = g_strndup (text, length);

  /* One more than there are, for what comes behind the last. */
  g_array_set_clear_func (lines, line_clear);
  g_array_set_size (lines, count_lines (text, length) + 1);
  place_all (&self, terminated, length);

  return write_lines (&self, terminated, length);
}
