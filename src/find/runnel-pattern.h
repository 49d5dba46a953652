/* runnel-pattern.h: what is looked for
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  RUNNEL_PATTERN_PLAIN = 0,
  RUNNEL_PATTERN_CASE = 1 << 0,  /* capitals and small letters differ */
  RUNNEL_PATTERN_REGEX = 1 << 1, /* the text is a regular expression */
} RunnelPatternFlags;

/* Immutable; may be shared among threads. */
typedef struct _RunnelPattern RunnelPattern;

RunnelPattern *runnel_pattern_new       (const char          *text,
                                         RunnelPatternFlags   flags,
                                         GError             **error);
RunnelPattern *runnel_pattern_ref       (RunnelPattern       *self);
void           runnel_pattern_unref     (RunnelPattern       *self);
gboolean       runnel_pattern_match     (RunnelPattern       *self,
                                         const char          *text,
                                         gsize                length,
                                         guint               *ret_start,
                                         guint               *ret_end);
gboolean       runnel_pattern_may_match (RunnelPattern       *self,
                                         const char          *json,
                                         gsize                length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelPattern, runnel_pattern_unref)

G_END_DECLS
