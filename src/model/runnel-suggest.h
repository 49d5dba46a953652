/* runnel-suggest.h: what somebody probably meant to write
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
} RunnelSuggest;

void  runnel_suggest_consider (RunnelSuggest       *self,
                               const char          *candidate);
char *runnel_suggest_sentence (const RunnelSuggest *self);

G_END_DECLS
