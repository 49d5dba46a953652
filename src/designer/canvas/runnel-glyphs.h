/* runnel-glyphs.h: text shaped once, drawn at any zoom
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <pango/pango.h>

#include "designer/canvas/runnel-markup.h"
#include "designer/canvas/runnel-raster-ink.h"

G_BEGIN_DECLS

typedef enum
{
  RUNNEL_TEXT_TITLE,
  RUNNEL_TEXT_SUMMARY,
  RUNNEL_TEXT_STATUS,
  RUNNEL_TEXT_BADGE,
  RUNNEL_TEXT_GROUP,
  RUNNEL_TEXT_NOTE,   /* has markup and breaks into lines; the others are one line, shortened with an ellipsis */
  RUNNEL_N_TEXTS
} RunnelTextStyle;

/* A glyph's place, in world units from the start of the first line's baseline. */
typedef struct
{
  guint glyph : 28;
  guint ink : 4;   /* RunnelTextInk */
  float x;
  float y;
} RunnelTextGlyph;

/* Shaped text. */
typedef struct
{
  float width;     /* world units */
  guint n_glyphs;
  RunnelTextGlyph glyphs[];
} RunnelText;

typedef struct _RunnelGlyphs RunnelGlyphs;

RunnelGlyphs     *runnel_glyphs_new       (void);
void              runnel_glyphs_free      (RunnelGlyphs               *self);
void              runnel_glyphs_set_font  (RunnelGlyphs               *self,
                                           const PangoFontDescription *font);
/* Device pixels per world unit, for masks made from now on. */
void              runnel_glyphs_set_scale (RunnelGlyphs               *self,
                                           double                      scale);
/* Shapes `text`, an interned string, and makes the masks to draw it with its start at any whole
 * pixel. `width` and `height` are what room there is. (transfer none): until the next change of font or runnel_glyphs_trim(). */
const RunnelText *runnel_glyphs_prepare   (RunnelGlyphs               *self,
                                           RunnelTextStyle             style,
                                           char                       *text,
                                           float                       width,
                                           float                       height);
/* What was prepared, or NULL. Safe from any thread while nothing is prepared. */
const RunnelText *runnel_glyphs_lookup    (RunnelGlyphs               *self,
                                           RunnelTextStyle             style,
                                           const char                 *text,
                                           float                       width,
                                           float                       height);
/* Forgets texts when there are very many. */
void              runnel_glyphs_trim      (RunnelGlyphs               *self);
/* Draws with the start of the baseline at (x, y). */
void              runnel_glyphs_paint     (RunnelGlyphs               *self,
                                           const RunnelText           *text,
                                           const RunnelInk            *ink,
                                           int x, int y,
                                           guint32                     color);
/* For drawings that are no pixels: what the glyphs are made from. */
PangoLayout      *runnel_glyphs_lay_out   (RunnelGlyphs               *self,
                                           RunnelTextStyle             style,
                                           const char                 *text,
                                           float                       width,
                                           float                       height);
const PangoFontDescription *runnel_glyphs_get_font (RunnelGlyphs      *self,
                                                    RunnelTextStyle    style);
/* The same with a colour for each ink. */
void              runnel_glyphs_paint_inks (RunnelGlyphs              *self,
                                            const RunnelText          *text,
                                            const RunnelInk           *ink,
                                            int x, int y,
                                            const guint32              colors[RUNNEL_N_INKS]);
/* The address (transfer full) in a note's text at a point, world units from the start of the first
 * baseline and with the room it is painted in; NULL for none. */
char             *runnel_glyphs_find_link  (RunnelGlyphs              *self,
                                            const char                *text,
                                            float width, float height,
                                            float x, float y);
/* The height of the capitals, world units: to centre a line. */
float             runnel_glyphs_get_ascent (RunnelGlyphs              *self,
                                            RunnelTextStyle            style);

G_END_DECLS
