/* runnel-ansi.h: terminal output as styled text
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define RUNNEL_ANSI_DEFAULT_COLOR (-1)

/* How a piece of text is to look. */
typedef struct
{
  int color;           /* 0..15, the terminal's palette; RUNNEL_ANSI_DEFAULT_COLOR = the text's own */
  guint bold : 1;
  guint dim : 1;
  guint underline : 1;
} RunnelAnsiStyle;

typedef struct
{
  /* UTF-8, newlines included; may come in any number of pieces. */
  void (*text)      (gpointer user_data, const char *text, gsize length, RunnelAnsiStyle style);
  /* The line so far is about to be written over. */
  void (*overwrite) (gpointer user_data);
} RunnelAnsiHandler;

typedef struct _RunnelAnsi RunnelAnsi;

RunnelAnsi *runnel_ansi_new  (const RunnelAnsiHandler *handler,
                              gpointer                 user_data);
void        runnel_ansi_free (RunnelAnsi              *self);
void        runnel_ansi_feed (RunnelAnsi              *self,
                              const char              *bytes,
                              gsize                    length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelAnsi, runnel_ansi_free)

G_END_DECLS
