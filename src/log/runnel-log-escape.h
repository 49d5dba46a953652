/* runnel-log-escape.h: what a program writes for a terminal, piece by piece
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  RUNNEL_LOG_TEXT_PIECE,     /* characters, and no control characters but tabs */
  RUNNEL_LOG_CONTROL_PIECE,  /* one control character */
  RUNNEL_LOG_SEQUENCE_PIECE, /* "ESC [", parameters and a letter that says what to do */
  RUNNEL_LOG_OTHER_PIECE,    /* what else begins with ESC: nothing that is seen */
} RunnelLogPieceType;

typedef struct
{
  RunnelLogPieceType type;
  const char *start;   /* of the characters, or of the parameters */
  gsize length;        /* of these */
  char final;          /* the control character, or the letter; 0 = the sequence has no end */
} RunnelLogPiece;

gboolean runnel_log_escape_next       (const char           **position,
                                       const char            *end,
                                       RunnelLogPiece        *piece);
guint    runnel_log_escape_get_number (const RunnelLogPiece  *piece);

G_END_DECLS
