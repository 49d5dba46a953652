/* runnel-cli-terminal.h: what the terminal can do
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <stdio.h>

#include "engine/runnel-state.h"

G_BEGIN_DECLS

gboolean    runnel_terminal_is_live    (void);
guint       runnel_terminal_get_width  (void);
guint       runnel_terminal_get_height (void);
guint       runnel_text_get_width      (const char  *text);
void        runnel_text_append_fitted  (GString     *line,
                                        const char  *text,
                                        guint        width);
void        runnel_text_append_padded  (GString     *line,
                                        const char  *text,
                                        guint        width);
char       *runnel_text_make_printable (const char  *text,
                                        gsize        length);
char       *runnel_text_make_line      (const char  *text);
void        runnel_terminal_print      (FILE        *stream,
                                        const char  *format,
                                        ...) G_GNUC_PRINTF (2, 3);
const char *runnel_state_get_mark      (RunnelState  state);
const char *runnel_state_get_color     (RunnelState  state);
const char *runnel_terminal_get_reset  (void);
const char *runnel_terminal_get_dim    (void);

G_END_DECLS
