/* runnel-log-entry.c: what a person wants to find in logs, as they type it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/logs/runnel-log-entry.h"

static RunnelLogPatternFlags
get_flags (RunnelPatternEntry *entry)
{
  RunnelPatternFlags flags = runnel_pattern_entry_get_flags (entry);

  return (flags & RUNNEL_PATTERN_CASE ? 0 : RUNNEL_LOG_PATTERN_CASELESS) |
         (flags & RUNNEL_PATTERN_REGEX ? RUNNEL_LOG_PATTERN_REGEX : 0);
}

/**
 * runnel_log_entry_make_pattern:
 * @entry: what is typed
 * @error: return location for an error of the domain %RUNNEL_LOG_PATTERN_ERROR
 *
 * Returns: (transfer full) (nullable): what it means in a log; %NULL without an error when nothing is
 *   typed
 */
RunnelLogPattern *
runnel_log_entry_make_pattern (RunnelPatternEntry  *entry,
                               GError             **error)
{
  const char *text = runnel_pattern_entry_get_text (entry);

  return *text != '\0' ? runnel_log_pattern_new (text, get_flags (entry), error) : NULL;
}
