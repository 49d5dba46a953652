/* runnel-log-cells.h: the cells of one line of a terminal
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "log/runnel-log-style.h"

G_BEGIN_DECLS

/* Where a program may send the cursor behind the end of a line; no terminal is wider. */
#define RUNNEL_LOG_CELLS_MAX_COLUMN 1000

#define RUNNEL_LOG_TAB_WIDTH 8

GArray *runnel_log_cells_new    (void);
void    runnel_log_cells_write  (GArray               *cells,
                                 guint                *column,
                                 const char           *bytes,
                                 gsize                 length,
                                 const RunnelLogStyle *style);
void    runnel_log_cells_blank  (GArray               *cells,
                                 guint                 column,
                                 guint                 n);
void    runnel_log_cells_delete (GArray               *cells,
                                 guint                 column,
                                 guint                 n);
void    runnel_log_cells_join   (GArray               *cells,
                                 GString              *text,
                                 GArray               *runs);
guint   runnel_log_char_width   (gunichar              c);

G_END_DECLS
