/* runnel-log-drawn.c: a line of a log, ready to be drawn
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/logs/runnel-log-drawn.h"
#include "log/runnel-log-cells.h"

#define MAX_FOUND 10000 /* in one line; more of them are one colour anyhow */

/**
 * runnel_log_drawn_new:
 * @span: a line
 * @style: how it begins to look
 *
 * Returns: (transfer full): the line
 */
RunnelLogDrawn *
runnel_log_drawn_new (const RunnelLogSpan  *span,
                      const RunnelLogStyle *style)
{
  RunnelLogDrawn *self = g_new0 (RunnelLogDrawn, 1);

  g_ref_count_init (&self->ref_count);
  self->offset = span->offset;
  self->length = span->length;
  self->style = *style;
  self->shape = runnel_log_shape_new (span, style);
  self->layouts = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  return self;
}

RunnelLogDrawn *
runnel_log_drawn_ref (RunnelLogDrawn *self)
{
  g_ref_count_inc (&self->ref_count);
  return self;
}

void
runnel_log_drawn_unref (RunnelLogDrawn *self)
{
  if (!g_ref_count_dec (&self->ref_count))
    return;
  runnel_log_shape_unref (self->shape);
  g_hash_table_unref (self->layouts);
  g_clear_pointer (&self->found, g_array_unref);
  g_free (self);
}

/**
 * runnel_log_drawn_is_same:
 *
 * Returns: whether the line is still what it was: the last of a log may have grown
 */
gboolean
runnel_log_drawn_is_same (RunnelLogDrawn       *self,
                          const RunnelLogSpan  *span,
                          const RunnelLogStyle *style)
{
  return self->offset == span->offset && self->length == span->length &&
         runnel_log_style_equal (&self->style, style);
}

/**
 * runnel_log_drawn_forget:
 *
 * Forgets how the line looked: the pen is another.
 */
void
runnel_log_drawn_forget (RunnelLogDrawn *self)
{
  g_hash_table_remove_all (self->layouts);
}

/**
 * runnel_log_drawn_forget_found:
 *
 * Forgets what was found in the line: something else is looked for.
 */
void
runnel_log_drawn_forget_found (RunnelLogDrawn *self)
{
  g_clear_pointer (&self->found, g_array_unref);
}

/* --- Attributes --------------------------------------------------------------------------- */

/* Takes the attribute. */
static void
add (PangoAttrList  *attributes,
     PangoAttribute *attribute,
     gsize           start,
     gsize           end)
{
  attribute->start_index = (guint) start;
  attribute->end_index = (guint) end;
  pango_attr_list_insert (attributes, attribute);
}

static PangoAttribute *
make_color (PangoAttribute *(*make) (guint16 red, guint16 green, guint16 blue),
            guint32          color)
{
  return make ((guint16) ((color >> 16 & 0xff) * 257), (guint16) ((color >> 8 & 0xff) * 257),
               (guint16) ((color & 0xff) * 257));
}

static void
add_effects (PangoAttrList   *attributes,
             RunnelLogEffects effects,
             gsize            start,
             gsize            end)
{
  if (effects & RUNNEL_LOG_BOLD)
    add (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD), start, end);
  if (effects & RUNNEL_LOG_ITALIC)
    add (attributes, pango_attr_style_new (PANGO_STYLE_ITALIC), start, end);
  if (effects & RUNNEL_LOG_UNDERLINE)
    add (attributes, pango_attr_underline_new (PANGO_UNDERLINE_SINGLE), start, end);
  if (effects & RUNNEL_LOG_STRIKE)
    add (attributes, pango_attr_strikethrough_new (TRUE), start, end);
}

static void
add_style (PangoAttrList         *attributes,
           const RunnelLogColors *colors,
           const RunnelLogStyle  *style,
           gsize                  start,
           gsize                  end)
{
  guint32 text, ground;

  if (runnel_log_style_is_default (style) || start >= end)
    return;
  if (runnel_log_colors_resolve (colors, style, &text, &ground))
    add (attributes, make_color (pango_attr_background_new, ground), start, end);
  if (text != colors->text)
    add (attributes, make_color (pango_attr_foreground_new, text), start, end);
  add_effects (attributes, style->effects, start, end);
}

/* What the log wants its line to look like by its marker. */
static RunnelLogStyle
get_marker_style (RunnelLogMarkerType type)
{
  switch (type)
    {
    case RUNNEL_LOG_MARKER_ERROR:
      return (RunnelLogStyle) { RUNNEL_LOG_COLOR_PALETTE (1), 0, RUNNEL_LOG_BOLD };
    case RUNNEL_LOG_MARKER_WARNING:
      return (RunnelLogStyle) { RUNNEL_LOG_COLOR_PALETTE (3), 0, RUNNEL_LOG_BOLD };
    case RUNNEL_LOG_MARKER_NOTICE:
    case RUNNEL_LOG_MARKER_COMMAND:
      return (RunnelLogStyle) { RUNNEL_LOG_COLOR_PALETTE (4), 0, 0 };
    case RUNNEL_LOG_MARKER_DEBUG:
      return (RunnelLogStyle) { RUNNEL_LOG_COLOR_PALETTE (5), 0, 0 };
    case RUNNEL_LOG_MARKER_GROUP:
      return (RunnelLogStyle) { 0, 0, RUNNEL_LOG_BOLD };
    case RUNNEL_LOG_MARKER_END_GROUP:
    default:
      return (RunnelLogStyle) { 0, 0, RUNNEL_LOG_DIM };
    }
}

static void
add_marker (PangoAttrList         *attributes,
            const RunnelLogColors *colors,
            const RunnelLogMarker *marker,
            gsize                  start,
            gsize                  end)
{
  const RunnelLogStyle faint = { 0, 0, RUNNEL_LOG_DIM };
  RunnelLogStyle style = get_marker_style (marker->type);

  add_style (attributes, colors, &faint, 0, MIN (marker->end, end) - MIN (start, marker->end));
  add_style (attributes, colors, &style, MAX (marker->end, start) - start, end - start);
}

static PangoAttrList *
make_attributes (RunnelLogDrawn     *self,
                 const RunnelLogPen *pen,
                 gsize               start,
                 gsize               end)
{
  const RunnelLogText *text = runnel_log_shape_get_text (self->shape);
  const RunnelLogMarker *marker = runnel_log_shape_get_marker (self->shape);
  const RunnelLogRun *runs = (const RunnelLogRun *) text->runs->data;
  PangoAttrList *attributes = pango_attr_list_new ();

  if (marker)
    add_marker (attributes, pen->colors, marker, start, end);
  for (guint i = 0; i < text->runs->len && runs[i].start < end; i++)
    {
      gsize run_end = i + 1 < text->runs->len ? runs[i + 1].start : text->text->len;

      if (run_end > start)
        add_style (attributes, pen->colors, &runs[i].style, MAX (runs[i].start, start) - start,
                   MIN (run_end, end) - start);
    }
  return attributes;
}

/* --- Layouts ---------------------------------------------------------------------------------- */

/* Tabs stand where they do in the whole line, wherever the slice begins. */
static void
set_tabs (PangoLayout        *layout,
          const RunnelLogPen *pen,
          guint               first_cell)
{
  PangoTabArray *tabs = pango_tab_array_new (2, FALSE);

  for (guint i = 0; i < 2; i++)
    {
      guint cell = RUNNEL_LOG_TAB_WIDTH * (i + 1) - first_cell % RUNNEL_LOG_TAB_WIDTH;

      pango_tab_array_set_tab (tabs, (int) i, PANGO_TAB_LEFT,
                               (int) (cell * pen->cell_width * PANGO_SCALE));
    }
  pango_layout_set_tabs (layout, tabs);
  pango_tab_array_free (tabs);
}

static PangoLayout *
make_layout (RunnelLogDrawn     *self,
             const RunnelLogPen *pen,
             guint               first_cell,
             gsize               start,
             gsize               end)
{
  const char *text = runnel_log_shape_get_text (self->shape)->text->str;
  PangoLayout *layout = pango_layout_new (pen->context);
  PangoAttrList *attributes = make_attributes (self, pen, start, end);

  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_text (layout, text + start, (int) (end - start));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  set_tabs (layout, pen, first_cell);
  return layout;
}

/**
 * runnel_log_drawn_get_layout:
 * @pen: with what it is drawn
 * @first_cell: where the slice begins
 * @n_cells: how long it is at most; always the same, until runnel_log_drawn_forget()
 * @ret_start: (out): where it begins in the text, in bytes
 * @ret_end: (out): where it ends
 *
 * Returns: (transfer none): a slice of the line
 */
PangoLayout *
runnel_log_drawn_get_layout (RunnelLogDrawn     *self,
                             const RunnelLogPen *pen,
                             guint               first_cell,
                             guint               n_cells,
                             gsize              *ret_start,
                             gsize              *ret_end)
{
  PangoLayout *layout = g_hash_table_lookup (self->layouts, GUINT_TO_POINTER (first_cell));

  *ret_start = runnel_log_shape_find_byte (self->shape, first_cell, NULL);
  *ret_end = runnel_log_shape_find_byte (self->shape, first_cell + n_cells, NULL);
  if (!layout)
    {
      layout = make_layout (self, pen, first_cell, *ret_start, *ret_end);
      g_hash_table_insert (self->layouts, GUINT_TO_POINTER (first_cell), layout);
    }
  return layout;
}

/**
 * runnel_log_drawn_get_found:
 * @matcher: what is looked for
 *
 * Returns: (transfer none) (element-type RunnelLogFound): where it is
 */
GArray *
runnel_log_drawn_get_found (RunnelLogDrawn   *self,
                            RunnelLogMatcher *matcher)
{
  const GString *text = runnel_log_shape_get_text (self->shape)->text;
  RunnelLogFound found = { 0, 0 };

  if (self->found)
    return self->found;
  self->found = g_array_new (FALSE, FALSE, sizeof (RunnelLogFound));
  while (self->found->len < MAX_FOUND &&
         runnel_log_matcher_find (matcher, text->str, text->len, found.end, &found.start,
                                  &found.end))
    g_array_append_val (self->found, found);
  return self->found;
}
