/* runnel-log-shape.c: how a line lies on a grid of cells
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "log/runnel-log-cells.h"
#include "log/runnel-log-shape.h"

/* As in a terminal, each character takes one cell or two, so what is where in a line of a million
 * characters is known without drawing it. */

#define STOP_EVERY 256 /* characters */

typedef struct
{
  guint byte;
  guint cell;
} Stop;

struct _RunnelLogShape
{
  gatomicrefcount ref_count;
  RunnelLogText text;
  RunnelLogMarker marker;  /* of type 0 when there is none */
  guint width;             /* cells */
  gboolean is_simple;      /* each byte is a character, and takes one cell */
  GArray *stops;           /* of Stop; unless it is simple */
};

static gboolean
is_simple (const char *text,
           gsize       length)
{
  guchar found = 0;

  for (gsize i = 0; i < length; i++)
    found |= (guchar) text[i] >= 0x80 || text[i] == '\t';
  return !found;
}

static guint
get_char_width (const char *p,
                guint       cell)
{
  if (*p == '\t')
    return RUNNEL_LOG_TAB_WIDTH - cell % RUNNEL_LOG_TAB_WIDTH;
  return (guchar) *p < 0x80 ? 1 : runnel_log_char_width (g_utf8_get_char (p));
}

static void
measure (RunnelLogShape *self)
{
  const char *start = self->text.text->str, *end = start + self->text.text->len;
  guint n = 0;

  self->stops = g_array_new (FALSE, FALSE, sizeof (Stop));
  for (const char *p = start; p < end; p = g_utf8_next_char (p), n++)
    {
      Stop stop = { (guint) (p - start), self->width };

      if (n % STOP_EVERY == 0)
        g_array_append_val (self->stops, stop);
      self->width += get_char_width (p, self->width);
    }
}

/**
 * runnel_log_shape_new:
 * @span: a line
 * @style: how it begins to look
 *
 * Returns: (transfer full): the line, read and measured
 */
RunnelLogShape *
runnel_log_shape_new (const RunnelLogSpan  *span,
                      const RunnelLogStyle *style)
{
  RunnelLogShape *self = g_new0 (RunnelLogShape, 1);
  gsize position = 0;

  g_atomic_ref_count_init (&self->ref_count);
  runnel_log_text_init (&self->text);
  runnel_log_text_set (&self->text, span->text, span->length, style);
  self->is_simple = is_simple (self->text.text->str, self->text.text->len);
  if (self->is_simple)
    self->width = (guint) self->text.text->len;
  else
    measure (self);
  if (!runnel_log_marker_may_be (self->text.text->str, self->text.text->len) ||
      !runnel_log_marker_next (self->text.text->str, self->text.text->len, &position,
                               &self->marker))
    self->marker.type = 0;
  return self;
}

RunnelLogShape *
runnel_log_shape_ref (RunnelLogShape *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
runnel_log_shape_unref (RunnelLogShape *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  runnel_log_text_clear (&self->text);
  g_clear_pointer (&self->stops, g_array_unref);
  g_free (self);
}

/**
 * runnel_log_shape_get_text:
 *
 * Returns: (transfer none): what a terminal shows of the line
 */
const RunnelLogText *
runnel_log_shape_get_text (RunnelLogShape *self)
{
  return &self->text;
}

/**
 * runnel_log_shape_get_marker:
 *
 * Returns: (transfer none) (nullable): the marker that is seen at the beginning of the line
 */
const RunnelLogMarker *
runnel_log_shape_get_marker (RunnelLogShape *self)
{
  return self->marker.type != 0 ? &self->marker : NULL;
}

/**
 * runnel_log_shape_get_width:
 *
 * Returns: how many cells it takes side by side
 */
guint
runnel_log_shape_get_width (RunnelLogShape *self)
{
  return self->width;
}

/**
 * runnel_log_shape_get_height:
 * @columns: how many cells there is room for; 0 = as many as it takes
 *
 * Returns: in how many rows it goes, at least one
 */
guint
runnel_log_shape_get_height (RunnelLogShape *self,
                             guint           columns)
{
  return columns > 0 ? MAX ((self->width + columns - 1) / columns, 1) : 1;
}

/* The last stop that is not behind a byte, or a cell. */
static const Stop *
find_stop (RunnelLogShape *self,
           gsize           byte,
           guint           cell)
{
  guint low = 0, high = self->stops->len;

  while (low + 1 < high)
    {
      guint middle = low + (high - low) / 2;
      const Stop *stop = &g_array_index (self->stops, Stop, middle);

      if (stop->byte <= byte && stop->cell <= cell)
        low = middle;
      else
        high = middle;
    }
  return &g_array_index (self->stops, Stop, low);
}

/**
 * runnel_log_shape_find_byte:
 * @cell: which cell, from 0
 * @ret_cell: (out) (optional): the first cell of the character that is there
 *
 * Returns: where in the text that character begins; its end, behind the last
 */
gsize
runnel_log_shape_find_byte (RunnelLogShape *self,
                            guint           cell,
                            guint          *ret_cell)
{
  const char *start = self->text.text->str, *end = start + self->text.text->len, *p = start;
  guint at = 0;

  cell = MIN (cell, self->width);
  if (self->is_simple)
    {
      at = cell;
      p = start + cell;
    }
  else if (self->stops->len > 0)
    {
      const Stop *stop = find_stop (self, G_MAXSIZE, cell);

      at = stop->cell;
      for (p = start + stop->byte; p < end; p = g_utf8_next_char (p))
        {
          guint width = get_char_width (p, at);

          if (at + width > cell)
            break;
          at += width;
        }
    }
  if (ret_cell)
    *ret_cell = at;
  return (gsize) (p - start);
}

/**
 * runnel_log_shape_find_cell:
 * @byte: where in the text
 *
 * Returns: the cell of the character that is there
 */
guint
runnel_log_shape_find_cell (RunnelLogShape *self,
                            gsize           byte)
{
  const char *start = self->text.text->str;
  const Stop *stop;
  guint cell;

  byte = MIN (byte, self->text.text->len);
  if (self->is_simple || self->stops->len == 0)
    return (guint) byte;
  stop = find_stop (self, byte, G_MAXUINT);
  cell = stop->cell;
  for (const char *p = start + stop->byte; p < start + byte; p = g_utf8_next_char (p))
    cell += get_char_width (p, cell);
  return cell;
}
