/* runnel-nearest.h: the word somebody probably meant
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Looks for the nearest of many words; start with all zero but `word`. */
typedef struct
{
  const char *word;
  const char *nearest; /* NULL = none is near */
  guint distance;      /* of `nearest` */
} RunnelNearest;

void        runnel_nearest_consider (RunnelNearest       *self,
                                     const char          *candidate);
char       *runnel_nearest_suggest  (const RunnelNearest *self);
const char *runnel_nearest          (const char          *word,
                                     const char *const   *candidates);

G_END_DECLS
