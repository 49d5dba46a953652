/* runnel-picture-file.h: a scene as a file of a picture
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "designer/canvas/runnel-palette.h"
#include "designer/canvas/runnel-scene.h"

G_BEGIN_DECLS

typedef enum
{
  RUNNEL_PICTURE_SVG,
  RUNNEL_PICTURE_PNG,
  RUNNEL_PICTURE_PDF,
  RUNNEL_N_PICTURE_FORMATS
} RunnelPictureFormat;

#define RUNNEL_PICTURE_ERROR (runnel_picture_error_quark ())
typedef enum
{
  RUNNEL_PICTURE_ERROR_EMPTY = 1, /* there is nothing to draw */
  RUNNEL_PICTURE_ERROR_TOO_LARGE, /* for a PNG in this scale */
  RUNNEL_PICTURE_ERROR_FAILED,    /* no memory, most likely */
} RunnelPictureError;
GQuark runnel_picture_error_quark (void);

typedef struct
{
  RunnelPictureFormat format;
  RunnelPaletteName palette;
  double scale;       /* of a PNG, pixels per world unit; 0 = 1, or less when that is too large */
  const char *title;  /* what the picture is called */
} RunnelPictureOptions;

const char *runnel_picture_format_to_string   (RunnelPictureFormat         self);
gboolean    runnel_picture_format_from_string (const char                 *name,
                                               RunnelPictureFormat        *ret_format);
gboolean    runnel_picture_format_from_path   (const char                 *path,
                                               RunnelPictureFormat        *ret_format);
GBytes     *runnel_picture_to_bytes           (RunnelScene                *scene,
                                               const RunnelPictureOptions *options,
                                               GError                    **error);

G_END_DECLS
