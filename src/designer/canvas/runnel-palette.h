/* runnel-palette.h: the colours of the canvas
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/canvas/runnel-icons.h"
#include "engine/runnel-state.h"
#include "model/runnel-step.h"

G_BEGIN_DECLS

#define RUNNEL_N_TINTS 8

/* 0xAARRGGBB, not premultiplied. */
typedef guint32 RunnelColor;

typedef enum
{
  RUNNEL_PALETTE_LIGHT,
  RUNNEL_PALETTE_DARK,
  RUNNEL_PALETTE_HIGH_CONTRAST,
  RUNNEL_PALETTE_HIGH_CONTRAST_DARK,
} RunnelPaletteName;

typedef struct
{
  RunnelColor canvas;           /* opaque */
  RunnelColor dots;
  RunnelColor card;             /* opaque */
  RunnelColor card_hovered;     /* opaque */
  RunnelColor card_disabled;    /* opaque */
  RunnelColor border;
  RunnelColor shadow;           /* alpha at its darkest */
  RunnelColor text;
  RunnelColor text_dimmed;
  RunnelColor badge;
  RunnelColor port;             /* ring of a port without a link */
  RunnelColor accent;           /* selection, focus, running */
  RunnelColor upstream;         /* what leads to the step whose path is shown; the accent leads on */
  RunnelColor error;
  RunnelColor warning;
  RunnelColor note;             /* opaque */
  RunnelColor note_text;
  RunnelColor states[RUNNEL_N_STATES];    /* icon, text and edge */
  RunnelColor links[RUNNEL_ON_ALWAYS + 1];
  RunnelColor tints[RUNNEL_N_TINTS];      /* groups, opaque */
  RunnelColor kinds[RUNNEL_ICON_PIPELINE + 1];
  double group_border;          /* how much of its colour the border of a group or note has */
  double paper_border;          /* and how much of the text's that of a note without a colour */
  double border_width;          /* world units */
  double link_width;
} RunnelPalette;

/* World units; dashes tell the outcome of a link together with colour and end mark. */
typedef struct
{
  float dash;  /* 0 = an unbroken line */
  float gap;
} RunnelDash;

const RunnelPalette *runnel_palette_get      (RunnelPaletteName name);
RunnelDash           runnel_palette_get_dash (RunnelOn          on);

/* The tint of a colour in a file; `otherwise` when there is none. */
guint                runnel_palette_get_tint (const char       *color,
                                              guint             otherwise);

G_END_DECLS
