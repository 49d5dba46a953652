/* runnel-log-pattern.h: what is looked for in a log
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "log/runnel-log-block.h"
#include "log/runnel-log-text.h"

G_BEGIN_DECLS

#define RUNNEL_LOG_PATTERN_ERROR (runnel_log_pattern_error_quark ())
typedef enum
{
  RUNNEL_LOG_PATTERN_ERROR_LINE = 1, /* what is looked for is nothing, or more than one line */
  RUNNEL_LOG_PATTERN_ERROR_SYNTAX,   /* that is no regular expression */
} RunnelLogPatternError;
GQuark runnel_log_pattern_error_quark (void);

typedef enum
{
  RUNNEL_LOG_PATTERN_PLAIN = 0,
  RUNNEL_LOG_PATTERN_CASELESS = 1 << 0,
  RUNNEL_LOG_PATTERN_REGEX = 1 << 1,
} RunnelLogPatternFlags;

/* Immutable; may be shared among threads. */
typedef struct _RunnelLogPattern RunnelLogPattern;

RunnelLogPattern *runnel_log_pattern_new   (const char             *text,
                                            RunnelLogPatternFlags   flags,
                                            GError                **error);
RunnelLogPattern *runnel_log_pattern_new_with_words (const char         *regex,
                                                     const char *const  *words,
                                                     guint               n_words);
RunnelLogPattern *runnel_log_pattern_new_red (void);
RunnelLogPattern *runnel_log_pattern_ref   (RunnelLogPattern       *self);
void              runnel_log_pattern_unref (RunnelLogPattern       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelLogPattern, runnel_log_pattern_unref)

/* What one thread needs to match a pattern. */
typedef struct _RunnelLogMatcher RunnelLogMatcher;

RunnelLogMatcher *runnel_log_matcher_new   (RunnelLogPattern       *pattern);
void              runnel_log_matcher_free  (RunnelLogMatcher       *self);
gboolean          runnel_log_matcher_find  (RunnelLogMatcher       *self,
                                            const char             *text,
                                            gsize                   length,
                                            gsize                   from,
                                            gsize                  *ret_start,
                                            gsize                  *ret_end);
const char       *runnel_log_matcher_read  (RunnelLogMatcher       *self,
                                            const RunnelLogSpan    *line,
                                            gsize                  *ret_length);
gboolean          runnel_log_matcher_has   (RunnelLogMatcher       *self,
                                            const RunnelLogSpan    *line);
guint             runnel_log_matcher_count (RunnelLogMatcher       *self,
                                            const RunnelLogBlock   *block);
guint64           runnel_log_matcher_find_parts (RunnelLogMatcher  *self,
                                            const RunnelLogBlock   *block);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelLogMatcher, runnel_log_matcher_free)

G_END_DECLS
