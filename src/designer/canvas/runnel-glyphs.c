/* runnel-glyphs.c: text shaped once, drawn at any zoom
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

#include "designer/canvas/runnel-glyphs.h"

#define PHASES 4              /* glyphs start at quarters of a pixel */
#define OUTLINE_FACTOR 16     /* outlines are taken that much larger, to lose nothing by rounding */
#define OUTLINE_TOLERANCE 0.2 /* of those larger units */
#define MAX_TEXTS 16384       /* shaped texts kept */
#define DEFAULT_FONT "Cantarell 11"
#define MIN_SIZE 9.0          /* world units of the title: smaller fonts would waste the card */
#define MAX_SIZE 15.0         /* larger ones do not fit it; zooming makes text larger */
#define ELLIPSIS "…"

/* Of the font's own size. */
static const struct
{
  double size;
  PangoWeight weight;
} styles[RUNNEL_N_TEXTS] = {
  [RUNNEL_TEXT_TITLE] = { 1.0, PANGO_WEIGHT_SEMIBOLD },
  [RUNNEL_TEXT_SUMMARY] = { 0.86, PANGO_WEIGHT_NORMAL },
  [RUNNEL_TEXT_STATUS] = { 0.8, PANGO_WEIGHT_NORMAL },
  [RUNNEL_TEXT_BADGE] = { 0.7, PANGO_WEIGHT_SEMIBOLD },
  [RUNNEL_TEXT_GROUP] = { 1.0, PANGO_WEIGHT_SEMIBOLD },
  [RUNNEL_TEXT_NOTE] = { 0.9, PANGO_WEIGHT_NORMAL },
};

/* One glyph of one font: its outline in world units, its masks at the present scale. */
typedef struct
{
  RunnelEdge *edges;
  guint n_edges;
  RunnelMask *masks[PHASES];
} Glyph;

typedef struct
{
  PangoFont *font;         /* (owned) */
  PangoGlyph glyph;
} GlyphKey;

typedef struct
{
  char *text;              /* interned, (owned) */
  float width;
  float height;
} TextKey;

typedef struct
{
  PangoFontDescription *description;
  PangoFont *font;
  PangoLanguage *language;
  PangoGlyphInfo ellipsis;
  float cap_height;
} Style;

struct _RunnelGlyphs
{
  PangoContext *context;
  Style styles[RUNNEL_N_TEXTS];
  GHashTable *texts[RUNNEL_N_TEXTS]; /* TextKey -> RunnelText */
  GHashTable *by_key;                /* GlyphKey -> index + 1 into `glyphs` */
  GArray *glyphs;                    /* of Glyph */
  double scale;
};

static guint
glyph_key_hash (gconstpointer data)
{
  const GlyphKey *key = data;

  return g_direct_hash (key->font) * 31 + key->glyph;
}

static gboolean
glyph_key_equal (gconstpointer a,
                 gconstpointer b)
{
  const GlyphKey *left = a, *right = b;

  return left->font == right->font && left->glyph == right->glyph;
}

static void
glyph_key_free (gpointer data)
{
  GlyphKey *key = data;

  g_object_unref (key->font);
  g_free (key);
}

/* Interned strings are equal when they are the same. */
static guint
text_key_hash (gconstpointer data)
{
  return g_direct_hash (((const TextKey *) data)->text);
}

static gboolean
text_key_equal (gconstpointer a,
                gconstpointer b)
{
  const TextKey *left = a, *right = b;

  return left->text == right->text && left->width == right->width && left->height == right->height;
}

static void
text_key_free (gpointer data)
{
  TextKey *key = data;

  g_ref_string_release (key->text);
  g_free (key);
}

static void
clear_masks (Glyph *glyph)
{
  for (guint i = 0; i < PHASES; i++)
    g_clear_pointer (&glyph->masks[i], g_free);
}

static void
clear_glyph (gpointer data)
{
  Glyph *glyph = data;

  clear_masks (glyph);
  g_free (glyph->edges);
}

/* --- Outlines --- */

static void
add_edge (GArray  *edges,
          double xa, double ya,
          double xb, double yb)
{
  const RunnelEdge edge = { xa / OUTLINE_FACTOR, ya / OUTLINE_FACTOR, xb / OUTLINE_FACTOR,
                            yb / OUTLINE_FACTOR };

  g_array_append_val (edges, edge);
}

static void
collect_edges (cairo_path_t *path,
               GArray       *edges)
{
  double start_x = 0, start_y = 0, x = 0, y = 0;

  for (int i = 0; i < path->num_data; i += path->data[i].header.length)
    {
      const cairo_path_data_t *data = &path->data[i];

      if (data->header.type == CAIRO_PATH_LINE_TO)
        add_edge (edges, x, y, data[1].point.x, data[1].point.y);
      else /* the pen is lifted: an outline is closed */
        add_edge (edges, x, y, start_x, start_y);

      if (data->header.type == CAIRO_PATH_CLOSE_PATH)
        {
          x = start_x;
          y = start_y;
          continue;
        }

      x = data[1].point.x;
      y = data[1].point.y;
      if (data->header.type == CAIRO_PATH_MOVE_TO)
        {
          start_x = x;
          start_y = y;
        }
    }

  add_edge (edges, x, y, start_x, start_y);
}

static cairo_scaled_font_t *
enlarge (cairo_scaled_font_t *font)
{
  cairo_font_options_t *options = cairo_font_options_create ();
  cairo_matrix_t identity, matrix;
  cairo_scaled_font_t *large;

  cairo_matrix_init_identity (&identity);
  cairo_scaled_font_get_font_matrix (font, &matrix);
  cairo_matrix_scale (&matrix, OUTLINE_FACTOR, OUTLINE_FACTOR);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  large =
    cairo_scaled_font_create (cairo_scaled_font_get_font_face (font), &matrix, &identity, options);
  cairo_font_options_destroy (options);
  return large;
}

static void
load_outline (Glyph      *glyph,
              PangoFont  *font,
              PangoGlyph  index)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 1, 1);
  cairo_t *cr = cairo_create (surface);
  cairo_scaled_font_t *large = enlarge (pango_cairo_font_get_scaled_font (PANGO_CAIRO_FONT (font)));
  GArray *edges = g_array_new (FALSE, FALSE, sizeof (RunnelEdge));
  cairo_path_t *path;

  cairo_set_tolerance (cr, OUTLINE_TOLERANCE);
  cairo_set_scaled_font (cr, large);
  cairo_glyph_path (cr, &(cairo_glyph_t) { index, 0, 0 }, 1);
  path = cairo_copy_path_flat (cr);
  if (path->status == CAIRO_STATUS_SUCCESS)
    collect_edges (path, edges);

  glyph->n_edges = edges->len;
  glyph->edges = (RunnelEdge *) (gpointer) g_array_free (edges, FALSE);
  cairo_path_destroy (path);
  cairo_scaled_font_destroy (large);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static guint
intern_glyph (RunnelGlyphs *self,
              PangoFont    *font,
              PangoGlyph    glyph)
{
  const GlyphKey key = { font, glyph };
  const guint known = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_key, &key));
  GlyphKey *owned;
  guint index;

  if (known != 0)
    return known - 1;

  index = self->glyphs->len;
  g_array_set_size (self->glyphs, index + 1);
  load_outline (&g_array_index (self->glyphs, Glyph, index), font, glyph);

  owned = g_new (GlyphKey, 1);
  *owned = (GlyphKey) { g_object_ref (font), glyph };
  g_hash_table_insert (self->by_key, owned, GUINT_TO_POINTER (index + 1));
  return index;
}

/* --- Shaping --- */

typedef struct
{
  RunnelGlyphs *glyphs;
  GByteArray *bytes;   /* a RunnelText that grows */
  guint n_glyphs;
} TextBuilder;

static void
builder_init (TextBuilder  *builder,
              RunnelGlyphs *glyphs)
{
  const RunnelText head = { 0 };

  *builder = (TextBuilder) { glyphs, g_byte_array_new (), 0 };
  g_byte_array_append (builder->bytes, (const guint8 *) &head, sizeof head);
}

static RunnelText *
builder_finish (TextBuilder *builder,
                float        width)
{
  RunnelText *text = (RunnelText *) (gpointer) g_byte_array_free (builder->bytes, FALSE);

  text->width = width;
  text->n_glyphs = builder->n_glyphs;
  return text;
}

static void
builder_add (TextBuilder *builder,
             PangoFont   *font,
             PangoGlyph   glyph,
             RunnelTextInk text_ink,
             int x, int y) /* Pango units */
{
  RunnelTextGlyph item = { .ink = text_ink };

  if (glyph == PANGO_GLYPH_EMPTY || (glyph & PANGO_GLYPH_UNKNOWN_FLAG))
    return;

  item.glyph = intern_glyph (builder->glyphs, font, glyph);
  item.x = (float) x / PANGO_SCALE;
  item.y = (float) y / PANGO_SCALE;
  g_byte_array_append (builder->bytes, (const guint8 *) &item, sizeof item);
  builder->n_glyphs++;
}

static int
builder_add_run (TextBuilder            *builder,
                 PangoFont              *font,
                 const PangoGlyphInfo   *infos,
                 guint                   n_infos,
                 RunnelTextInk           text_ink,
                 int x, int y)
{
  for (guint i = 0; i < n_infos; i++)
    {
      builder_add (builder, font, infos[i].glyph, text_ink,
                   x + infos[i].geometry.x_offset, y + infos[i].geometry.y_offset);
      x += infos[i].geometry.width;
    }

  return x;
}

static gboolean
is_plain (const char *text)
{
  for (; *text != '\0'; text++)
    {
      if (*text < ' ' || *text > '~')
        return FALSE;
    }

  return TRUE;
}

/* How many glyphs may stay when an ellipsis must follow in `room`. */
static guint
count_fitting (const PangoGlyphString *string,
               int                     room)
{
  int width = 0;

  for (int i = 0; i < string->num_glyphs; i++)
    {
      width += string->glyphs[i].geometry.width;
      if (width > room)
        return i;
    }

  return string->num_glyphs;
}

/* One font, left to right: no layout is needed, which is ten times as fast. */
static RunnelText *
shape_plain (RunnelGlyphs    *self,
             RunnelTextStyle  style_name,
             const char      *text,
             float            width)
{
  Style *style = &self->styles[style_name];
  PangoAnalysis analysis = { .font = style->font,
                             .language = style->language,
                             .script = PANGO_SCRIPT_LATIN };
  PangoGlyphString *string = pango_glyph_string_new ();
  TextBuilder builder;
  int end;

  builder_init (&builder, self);
  if (*text != '\0') /* which Pango can't shape */
    pango_shape (text, -1, &analysis, string);

  if (pango_glyph_string_get_width (string) <= width * PANGO_SCALE)
    {
      end = builder_add_run (&builder, style->font, string->glyphs, string->num_glyphs,
                             RUNNEL_INK_TEXT, 0, 0);
    }
  else
    {
      const guint fitting =
        count_fitting (string, width * PANGO_SCALE - style->ellipsis.geometry.width);

      end = builder_add_run (&builder, style->font, string->glyphs, fitting, RUNNEL_INK_TEXT,
                             0, 0);
      end = builder_add_run (&builder, style->font, &style->ellipsis, 1, RUNNEL_INK_TEXT, end,
                             0);
    }

  pango_glyph_string_free (string);
  return builder_finish (&builder, (float) end / PANGO_SCALE);
}

/**
 * runnel_glyphs_lay_out:
 * @width: room for each line, world units
 * @height: room for all lines of a note, world units
 *
 * Returns: (transfer full): the text shortened to fit, PANGO_SCALE to the world unit
 */
PangoLayout *
runnel_glyphs_lay_out (RunnelGlyphs    *self,
                       RunnelTextStyle  style,
                       const char      *text,
                       float            width,
                       float            height)
{
  PangoLayout *layout = pango_layout_new (self->context);

  pango_layout_set_font_description (layout, self->styles[style].description);
  pango_layout_set_text (layout, text, -1);
  pango_layout_set_width (layout, width * PANGO_SCALE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  if (style == RUNNEL_TEXT_NOTE)
    {
      g_autoptr(RunnelMarkup) markup = runnel_markup_parse (text);

      pango_layout_set_text (layout, markup->text, -1);
      pango_layout_set_attributes (layout, markup->attributes);
      pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
      pango_layout_set_height (layout, MAX (height, 1.f) * PANGO_SCALE);
    }
  else
    {
      pango_layout_set_single_paragraph_mode (layout, TRUE);
    }

  return layout;
}

static RunnelText *
shape_any (RunnelGlyphs    *self,
           RunnelTextStyle  style,
           const char      *text,
           float            width,
           float            height)
{
  PangoLayout *layout = runnel_glyphs_lay_out (self, style, text, width, height);
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  const int first_baseline = pango_layout_get_baseline (layout);
  PangoRectangle extents;
  TextBuilder builder;

  builder_init (&builder, self);
  do
    {
      PangoGlyphItem *run = pango_layout_iter_get_run_readonly (iter);

      if (run == NULL)
        continue;

      pango_layout_iter_get_run_extents (iter, NULL, &extents);
      builder_add_run (&builder, run->item->analysis.font, run->glyphs->glyphs,
                       run->glyphs->num_glyphs, runnel_markup_get_ink (run->item), extents.x,
                       pango_layout_iter_get_baseline (iter) - first_baseline);
    }
  while (pango_layout_iter_next_run (iter));

  pango_layout_get_extents (layout, NULL, &extents);
  pango_layout_iter_free (iter);
  g_object_unref (layout);
  return builder_finish (&builder, (float) extents.width / PANGO_SCALE);
}

/* --- Fonts --- */

static void
clear_style (Style *style)
{
  g_clear_pointer (&style->description, pango_font_description_free);
  g_clear_object (&style->font);
}

static void
measure_style (RunnelGlyphs *self,
               Style        *style)
{
  PangoAnalysis analysis = { .font = style->font,
                             .language = style->language,
                             .script = PANGO_SCRIPT_LATIN };
  PangoGlyphString *string = pango_glyph_string_new ();
  PangoRectangle ink;

  pango_shape (ELLIPSIS, -1, &analysis, string);
  style->ellipsis = string->glyphs[0];
  pango_shape ("H", -1, &analysis, string);
  pango_glyph_string_extents (string, style->font, &ink, NULL);
  style->cap_height = (float) -ink.y / PANGO_SCALE;
  pango_glyph_string_free (string);
}

static void
load_style (RunnelGlyphs               *self,
            RunnelTextStyle             name,
            const PangoFontDescription *base,
            double                      size)
{
  Style *style = &self->styles[name];

  clear_style (style);
  style->description = pango_font_description_copy (base);
  pango_font_description_set_absolute_size (style->description,
                                            size * styles[name].size * PANGO_SCALE);
  pango_font_description_set_weight (style->description, styles[name].weight);
  style->language = pango_language_get_default ();
  style->font = pango_context_load_font (self->context, style->description);
  measure_style (self, style);
}

static PangoContext *
create_context (void)
{
  PangoFontMap *map = pango_cairo_font_map_new ();
  PangoContext *context = pango_font_map_create_context (map);
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, options);
  pango_context_set_round_glyph_positions (context, FALSE);
  cairo_font_options_destroy (options);
  g_object_unref (map);
  return context;
}

static void
forget_all (RunnelGlyphs *self)
{
  for (guint i = 0; i < RUNNEL_N_TEXTS; i++)
    g_hash_table_remove_all (self->texts[i]);

  g_hash_table_remove_all (self->by_key);
  g_array_set_size (self->glyphs, 0);
}

/**
 * runnel_glyphs_set_font:
 * @font: family, style and size of titles; the other texts follow it
 */
void
runnel_glyphs_set_font (RunnelGlyphs               *self,
                        const PangoFontDescription *font)
{
  const double size = (double) pango_font_description_get_size (font) / PANGO_SCALE;
  const double pixels = pango_font_description_get_size_is_absolute (font) ? size : size * 96 / 72;

  forget_all (self);
  for (RunnelTextStyle style = 0; style < RUNNEL_N_TEXTS; style++)
    load_style (self, style, font, CLAMP (pixels, MIN_SIZE, MAX_SIZE));
}

RunnelGlyphs *
runnel_glyphs_new (void)
{
  PangoFontDescription *font = pango_font_description_from_string (DEFAULT_FONT);
  RunnelGlyphs *self = g_new0 (RunnelGlyphs, 1);

  self->context = create_context ();
  self->scale = 1;
  self->by_key = g_hash_table_new_full (glyph_key_hash, glyph_key_equal, glyph_key_free, NULL);
  self->glyphs = g_array_new (FALSE, TRUE, sizeof (Glyph));
  g_array_set_clear_func (self->glyphs, clear_glyph);
  for (guint i = 0; i < RUNNEL_N_TEXTS; i++)
    self->texts[i] = g_hash_table_new_full (text_key_hash, text_key_equal, text_key_free, g_free);

  runnel_glyphs_set_font (self, font);
  pango_font_description_free (font);
  return self;
}

void
runnel_glyphs_free (RunnelGlyphs *self)
{
  for (guint i = 0; i < RUNNEL_N_TEXTS; i++)
    {
      clear_style (&self->styles[i]);
      g_hash_table_unref (self->texts[i]);
    }

  g_hash_table_unref (self->by_key);
  g_array_unref (self->glyphs);
  g_object_unref (self->context);
  g_free (self);
}

void
runnel_glyphs_set_scale (RunnelGlyphs *self,
                         double        scale)
{
  if (self->scale == scale)
    return;

  self->scale = scale;
  for (guint i = 0; i < self->glyphs->len; i++)
    clear_masks (&g_array_index (self->glyphs, Glyph, i));
}

/* --- Drawing --- */

/* Where a glyph begins, in quarters of a pixel from the start of the text. */
static inline int
to_quarters (float  x,
             double scale)
{
  return (int) floor (x * scale * PHASES + 0.5);
}

static void
make_masks (RunnelGlyphs     *self,
            const RunnelText *text)
{
  for (guint i = 0; i < text->n_glyphs; i++)
    {
      Glyph *glyph = &g_array_index (self->glyphs, Glyph, text->glyphs[i].glyph);
      const int phase = to_quarters (text->glyphs[i].x, self->scale) & (PHASES - 1);

      if (glyph->masks[phase] == NULL)
        glyph->masks[phase] = runnel_mask_new_from_edges (glyph->edges, glyph->n_edges, self->scale,
                                                          (float) phase / PHASES, 0);
    }
}

const RunnelText *
runnel_glyphs_lookup (RunnelGlyphs    *self,
                      RunnelTextStyle  style,
                      const char      *text,
                      float            width,
                      float            height)
{
  return g_hash_table_lookup (self->texts[style], &(TextKey) { (char *) text, width, height });
}

const RunnelText *
runnel_glyphs_prepare (RunnelGlyphs    *self,
                       RunnelTextStyle  style,
                       char            *text,
                       float            width,
                       float            height)
{
  const RunnelText *known = runnel_glyphs_lookup (self, style, text, width, height);

  if (known == NULL)
    {
      TextKey *key = g_new (TextKey, 1);
      RunnelText *shaped;

      if (style != RUNNEL_TEXT_NOTE && is_plain (text))
        shaped = shape_plain (self, style, text, width);
      else
        shaped = shape_any (self, style, text, width, height);

      *key = (TextKey) { g_ref_string_acquire (text), width, height };
      g_hash_table_insert (self->texts[style], key, shaped);
      known = shaped;
    }

  make_masks (self, known);
  return known;
}

void
runnel_glyphs_trim (RunnelGlyphs *self)
{
  for (guint i = 0; i < RUNNEL_N_TEXTS; i++)
    {
      if (g_hash_table_size (self->texts[i]) > MAX_TEXTS)
        g_hash_table_remove_all (self->texts[i]);
    }
}

void
runnel_glyphs_paint (RunnelGlyphs     *self,
                     const RunnelText *text,
                     const RunnelInk  *ink,
                     int x, int y,
                     guint32           color)
{
  const guint32 colors[RUNNEL_N_INKS] = { color, color, color };

  runnel_glyphs_paint_inks (self, text, ink, x, y, colors);
}

void
runnel_glyphs_paint_inks (RunnelGlyphs     *self,
                          const RunnelText *text,
                          const RunnelInk  *ink,
                          int x, int y,
                          const guint32     colors[RUNNEL_N_INKS])
{
  for (guint i = 0; i < text->n_glyphs; i++)
    {
      const Glyph *glyph = &g_array_index (self->glyphs, Glyph, text->glyphs[i].glyph);
      const int quarters = to_quarters (text->glyphs[i].x, self->scale);
      const int line = (int) floor (text->glyphs[i].y * self->scale + 0.5);

      runnel_ink_mask (ink, x + (quarters >> 2), y + line, glyph->masks[quarters & (PHASES - 1)],
                       colors[text->glyphs[i].ink]);
    }
}

/**
 * runnel_glyphs_get_font:
 *
 * Returns: (transfer none): the font of a style, its size absolute: PANGO_SCALE to the world unit
 */
const PangoFontDescription *
runnel_glyphs_get_font (RunnelGlyphs    *self,
                        RunnelTextStyle  style)
{
  return self->styles[style].description;
}

char *
runnel_glyphs_find_link (RunnelGlyphs *self,
                         const char   *text,
                         float         width,
                         float         height,
                         float         x,
                         float         y)
{
  g_autoptr(PangoLayout) layout = runnel_glyphs_lay_out (self, RUNNEL_TEXT_NOTE, text, width, height);
  g_autoptr(RunnelMarkup) markup = runnel_markup_parse (text);
  const int down = (int) (y * PANGO_SCALE) + pango_layout_get_baseline (layout);
  int position, trailing;

  if (!pango_layout_xy_to_index (layout, (int) (x * PANGO_SCALE), down, &position, &trailing))
    return NULL;

  return g_strdup (runnel_markup_find_link (markup, position));
}

float
runnel_glyphs_get_ascent (RunnelGlyphs    *self,
                          RunnelTextStyle  style)
{
  return self->styles[style].cap_height;
}
