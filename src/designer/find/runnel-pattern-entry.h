/* runnel-pattern-entry.h: a field for what is looked for, with its options
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "find/runnel-pattern.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_PATTERN_ENTRY (runnel_pattern_entry_get_type ())
G_DECLARE_FINAL_TYPE (RunnelPatternEntry, runnel_pattern_entry, RUNNEL, PATTERN_ENTRY, AdwBin)

/* Signals: "changed" (): something else is looked for; "activate" (): Enter; "next" (gboolean back):
 * Down or Up; "stop" (): Escape. */

RunnelPattern *runnel_pattern_entry_get_pattern (RunnelPatternEntry *self);
const char    *runnel_pattern_entry_get_problem (RunnelPatternEntry *self);
const char    *runnel_pattern_entry_get_text    (RunnelPatternEntry *self);
RunnelPatternFlags runnel_pattern_entry_get_flags (RunnelPatternEntry *self);
void           runnel_pattern_entry_set_flags   (RunnelPatternEntry *self,
                                                 RunnelPatternFlags  flags);
void           runnel_pattern_entry_set_placeholder (RunnelPatternEntry *self,
                                                 const char         *text);
void           runnel_pattern_entry_set_text    (RunnelPatternEntry *self,
                                                 const char         *text);

G_END_DECLS
