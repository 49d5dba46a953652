/* runnel-text-hunks.h: which lines turn one text into another
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Lines of the old text and what takes their place. */
typedef struct
{
  guint line;      /* the first one, from 0 */
  guint n_removed;
  const char *text; /* whole lines of the new text; borrowed, need not end with NUL */
  gsize length;
} RunnelTextHunk;

GArray *runnel_text_hunks_new (const char *from,
                               const char *to);

G_END_DECLS
