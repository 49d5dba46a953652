/* runnel-palette.c: the colours of the canvas
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-palette.h"
#include "model/runnel-areas.h"

/* The hues come from the GNOME palette; those of states and links also differ in lightness,
 * so that they stay apart without red or green (checked against M. Okabe and K. Ito, "Color
 * Universal Design"). No state or link is told by its colour alone. */
static const RunnelPalette light = {
  .canvas = 0xfffafafa,
  .dots = 0xffdcdce0,
  .card = 0xffffffff,
  .card_hovered = 0xfff6f9fe,
  .card_disabled = 0xfff2f2f3,
  .border = 0xffd3d3d8,
  .shadow = 0x20000000,
  .text = 0xff2a2a2e,
  .text_dimmed = 0xff6e6e76,
  .badge = 0xff8a8a93,
  .port = 0xffa6a6ae,
  .accent = 0xff3584e4,
  .upstream = 0xffe66100,
  .error = 0xffc01c28,
  .warning = 0xffb27300,
  .note = 0xfffdf3c4,
  .note_text = 0xff4d4319,
  .states = {
    [RUNNEL_STATE_PENDING] = 0xff8a8a93,
    [RUNNEL_STATE_QUEUED] = 0xff6b7785,
    [RUNNEL_STATE_WAITING] = 0xffb27300,
    [RUNNEL_STATE_RUNNING] = 0xff2273d8,
    [RUNNEL_STATE_SUCCEEDED] = 0xff1f8a5b,
    [RUNNEL_STATE_FAILED] = 0xffc01c28,
    [RUNNEL_STATE_TIMED_OUT] = 0xffa51d4d,
    [RUNNEL_STATE_SKIPPED] = 0xff8a8a93,
    [RUNNEL_STATE_CANCELLED] = 0xff6e6e76,
    [RUNNEL_STATE_INTERRUPTED] = 0xff813d9c,
  },
  .links = {
    [RUNNEL_ON_SUCCESS] = 0xff7d8fa3,
    [RUNNEL_ON_FAILURE] = 0xffcf4130,
    [RUNNEL_ON_FINISHED] = 0xff9a6a1f,
    [RUNNEL_ON_ALWAYS] = 0xff7b54b0,
  },
  .tints = { 0xff3584e4, 0xff2190a4, 0xff3a944a, 0xffc88800, 0xffed5b00, 0xffe62d42, 0xffd56199, 0xff9141ac },
  .kinds = {
    [RUNNEL_ICON_STEP] = 0xff6f8396,
    [RUNNEL_ICON_COMMAND] = 0xff3d5a80,
    [RUNNEL_ICON_SCRIPT] = 0xff2273d8,
    [RUNNEL_ICON_HTTP] = 0xff15808f,
    [RUNNEL_ICON_WAIT] = 0xff9a6a1f,
    [RUNNEL_ICON_APPROVAL] = 0xffc2410c,
    [RUNNEL_ICON_PIPELINE] = 0xff7b3fa8,
  },
  .group_border = 0.45,
  .paper_border = 0.2,
  .border_width = 1,
  .link_width = 1.75,
};

static const RunnelPalette dark = {
  .canvas = 0xff1e1e21,
  .dots = 0xff34343a,
  .card = 0xff303036,
  .card_hovered = 0xff383840,
  .card_disabled = 0xff28282c,
  .border = 0xff494950,
  .shadow = 0x58000000,
  .text = 0xfff6f5f4,
  .text_dimmed = 0xffb0b0b8,
  .badge = 0xff9a9aa3,
  .port = 0xff85858e,
  .accent = 0xff62a0ea,
  .upstream = 0xffff9a4d,
  .error = 0xffff7b72,
  .warning = 0xfff5c211,
  .note = 0xff4a4326,
  .note_text = 0xfff3e7b3,
  .states = {
    [RUNNEL_STATE_PENDING] = 0xff9a9aa3,
    [RUNNEL_STATE_QUEUED] = 0xffa3b1c2,
    [RUNNEL_STATE_WAITING] = 0xfff5c211,
    [RUNNEL_STATE_RUNNING] = 0xff78aeed,
    [RUNNEL_STATE_SUCCEEDED] = 0xff4fd198,
    [RUNNEL_STATE_FAILED] = 0xffff7b72,
    [RUNNEL_STATE_TIMED_OUT] = 0xffff8fb0,
    [RUNNEL_STATE_SKIPPED] = 0xff9a9aa3,
    [RUNNEL_STATE_CANCELLED] = 0xffb0b0b8,
    [RUNNEL_STATE_INTERRUPTED] = 0xffdc8add,
  },
  .links = {
    [RUNNEL_ON_SUCCESS] = 0xff8595a8,
    [RUNNEL_ON_FAILURE] = 0xffff7b63,
    [RUNNEL_ON_FINISHED] = 0xffe0a94a,
    [RUNNEL_ON_ALWAYS] = 0xffb794e8,
  },
  .tints = { 0xff62a0ea, 0xff4dbcd0, 0xff57c26a, 0xffe5b13a, 0xffff8f4d, 0xffff6b7d, 0xffeb8fbb, 0xffc061cb },
  .kinds = {
    [RUNNEL_ICON_STEP] = 0xffa3b1c2,
    [RUNNEL_ICON_COMMAND] = 0xff9fb9da,
    [RUNNEL_ICON_SCRIPT] = 0xff78aeed,
    [RUNNEL_ICON_HTTP] = 0xff62cbd8,
    [RUNNEL_ICON_WAIT] = 0xffe5b13a,
    [RUNNEL_ICON_APPROVAL] = 0xffffa56b,
    [RUNNEL_ICON_PIPELINE] = 0xffd19ae8,
  },
  .group_border = 0.45,
  .paper_border = 0.2,
  .border_width = 1,
  .link_width = 1.75,
};

static const RunnelPalette high_contrast = {
  .canvas = 0xffffffff,
  .dots = 0xffc8c8c8,
  .card = 0xffffffff,
  .card_hovered = 0xffe8f0ff,
  .card_disabled = 0xffececec,
  .border = 0xff000000,
  .shadow = 0x00000000,
  .text = 0xff000000,
  .text_dimmed = 0xff262626,
  .badge = 0xff262626,
  .port = 0xff000000,
  .accent = 0xff0a4fb4,
  .upstream = 0xffb34a00,
  .error = 0xff9b0000,
  .warning = 0xff7a4a00,
  .note = 0xfffff8cc,
  .note_text = 0xff000000,
  .states = {
    [RUNNEL_STATE_PENDING] = 0xff404040,
    [RUNNEL_STATE_QUEUED] = 0xff303a46,
    [RUNNEL_STATE_WAITING] = 0xff7a4a00,
    [RUNNEL_STATE_RUNNING] = 0xff0a4fb4,
    [RUNNEL_STATE_SUCCEEDED] = 0xff004a3f,
    [RUNNEL_STATE_FAILED] = 0xffac0018,
    [RUNNEL_STATE_TIMED_OUT] = 0xff7d0038,
    [RUNNEL_STATE_SKIPPED] = 0xff404040,
    [RUNNEL_STATE_CANCELLED] = 0xff262626,
    [RUNNEL_STATE_INTERRUPTED] = 0xff5a1a72,
  },
  .links = {
    [RUNNEL_ON_SUCCESS] = 0xff1f3347,
    [RUNNEL_ON_FAILURE] = 0xff9b0000,
    [RUNNEL_ON_FINISHED] = 0xff6b4200,
    [RUNNEL_ON_ALWAYS] = 0xff4a1f86,
  },
  .tints = { 0xff0a4fb4, 0xff005c6b, 0xff00582f, 0xff7a4a00, 0xff9a3b00, 0xff9b0000, 0xff8a1556, 0xff5a1a72 },
  .kinds = {
    [RUNNEL_ICON_STEP] = 0xff303a46,
    [RUNNEL_ICON_COMMAND] = 0xff1f3347,
    [RUNNEL_ICON_SCRIPT] = 0xff0a4fb4,
    [RUNNEL_ICON_HTTP] = 0xff005c6b,
    [RUNNEL_ICON_WAIT] = 0xff6b4200,
    [RUNNEL_ICON_APPROVAL] = 0xff9a3b00,
    [RUNNEL_ICON_PIPELINE] = 0xff5a1a72,
  },
  .group_border = 1,
  .paper_border = 1,
  .border_width = 1.75,
  .link_width = 2.25,
};

static const RunnelPalette high_contrast_dark = {
  .canvas = 0xff000000,
  .dots = 0xff484848,
  .card = 0xff0c0c0e,
  .card_hovered = 0xff1d2738,
  .card_disabled = 0xff222222,
  .border = 0xffffffff,
  .shadow = 0x00000000,
  .text = 0xffffffff,
  .text_dimmed = 0xffe4e4e4,
  .badge = 0xffe4e4e4,
  .port = 0xffffffff,
  .accent = 0xff8fc4ff,
  .upstream = 0xffffb37a,
  .error = 0xffffa39c,
  .warning = 0xffffdb57,
  .note = 0xff2b2710,
  .note_text = 0xffffffff,
  .states = {
    [RUNNEL_STATE_PENDING] = 0xffd0d0d0,
    [RUNNEL_STATE_QUEUED] = 0xffcfdcec,
    [RUNNEL_STATE_WAITING] = 0xffffdb57,
    [RUNNEL_STATE_RUNNING] = 0xff8fc4ff,
    [RUNNEL_STATE_SUCCEEDED] = 0xff7ff0bd,
    [RUNNEL_STATE_FAILED] = 0xffffa39c,
    [RUNNEL_STATE_TIMED_OUT] = 0xffffb3cb,
    [RUNNEL_STATE_SKIPPED] = 0xffd0d0d0,
    [RUNNEL_STATE_CANCELLED] = 0xffe4e4e4,
    [RUNNEL_STATE_INTERRUPTED] = 0xfff0b8f5,
  },
  .links = {
    [RUNNEL_ON_SUCCESS] = 0xffcddcee,
    [RUNNEL_ON_FAILURE] = 0xffffa39c,
    [RUNNEL_ON_FINISHED] = 0xffffcf7d,
    [RUNNEL_ON_ALWAYS] = 0xffd9bfff,
  },
  .tints = { 0xff8fc4ff, 0xff8ce6f2, 0xff7ff0bd, 0xffffdb57, 0xffffb98a, 0xffffa39c, 0xffffb3d7, 0xfff0b8f5 },
  .kinds = {
    [RUNNEL_ICON_STEP] = 0xffcfdcec,
    [RUNNEL_ICON_COMMAND] = 0xffcddcee,
    [RUNNEL_ICON_SCRIPT] = 0xff8fc4ff,
    [RUNNEL_ICON_HTTP] = 0xff8ce6f2,
    [RUNNEL_ICON_WAIT] = 0xffffcf7d,
    [RUNNEL_ICON_APPROVAL] = 0xffffb98a,
    [RUNNEL_ICON_PIPELINE] = 0xfff0b8f5,
  },
  .group_border = 1,
  .paper_border = 1,
  .border_width = 1.75,
  .link_width = 2.25,
};

/**
 * runnel_palette_get:
 *
 * Returns: (transfer none): one of the built-in palettes; copy it to put another accent in
 */
const RunnelPalette *
runnel_palette_get (RunnelPaletteName name)
{
  switch (name)
    {
    case RUNNEL_PALETTE_DARK:
      return &dark;
    case RUNNEL_PALETTE_HIGH_CONTRAST:
      return &high_contrast;
    case RUNNEL_PALETTE_HIGH_CONTRAST_DARK:
      return &high_contrast_dark;
    case RUNNEL_PALETTE_LIGHT:
    default:
      return &light;
    }
}

/**
 * runnel_palette_get_dash:
 *
 * Returns: how the links on an outcome are broken, in every palette
 */
RunnelDash
runnel_palette_get_dash (RunnelOn on)
{
  static const RunnelDash dashes[] = {
    [RUNNEL_ON_SUCCESS] = { 0, 0 },
    [RUNNEL_ON_FAILURE] = { 8, 5 },
    [RUNNEL_ON_FINISHED] = { 14, 5 },
    [RUNNEL_ON_ALWAYS] = { 2.5, 4.5 },
  };

  return dashes[on];
}

/**
 * runnel_palette_get_tint:
 * @color: (nullable): the colour of a group or note in a file, known or not
 * @otherwise: for no colour
 *
 * Returns: one of the tints of any palette, the same for the same colour, or @otherwise
 */
guint
runnel_palette_get_tint (const char *color,
                         guint       otherwise)
{
  const char *const *colors = runnel_area_list_colors ();

  if (color == NULL)
    return otherwise;

  for (guint i = 0; colors[i] != NULL; i++)
    if (g_str_equal (colors[i], color))
      return i;

  return g_str_hash (color) % RUNNEL_N_TINTS;
}
