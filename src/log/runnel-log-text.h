/* runnel-log-text.h: one line of a log as a terminal shows it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "log/runnel-log-style.h"

G_BEGIN_DECLS

/* Where in the text a style begins, in bytes. */
typedef struct
{
  guint start;
  RunnelLogStyle style;
} RunnelLogRun;

typedef struct
{
  GString *text;        /* UTF-8; of all control characters, only tabs */
  GArray *runs;         /* of RunnelLogRun; before the first, the style is the default */
  RunnelLogStyle style; /* at the end: the next line goes on with it */

  /*< private >*/
  GArray *cells;
  guint column;
  gboolean is_moved;
} RunnelLogText;

void     runnel_log_text_init     (RunnelLogText        *self);
void     runnel_log_text_clear    (RunnelLogText        *self);
void     runnel_log_text_set      (RunnelLogText        *self,
                                   const char           *bytes,
                                   gsize                 length,
                                   const RunnelLogStyle *style);
void     runnel_log_text_print    (const RunnelLogText  *self,
                                   gsize                 start,
                                   gsize                 end,
                                   GString              *text);
gboolean runnel_log_text_is_plain (const char           *bytes,
                                   gsize                 length);
RunnelLogStyle runnel_log_text_find_style (const char           *bytes,
                                           gsize                 length,
                                           const RunnelLogStyle *style);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RunnelLogText, runnel_log_text_clear)

G_END_DECLS
