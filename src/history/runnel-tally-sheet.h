/* runnel-tally-sheet.h: tallies of many steps, by their numbers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history/runnel-tally.h"

G_BEGIN_DECLS

typedef struct
{
  guint key;
  RunnelTally tally;
} RunnelTallyEntry;

typedef struct _RunnelTallySheet RunnelTallySheet;

RunnelTallySheet       *runnel_tally_sheet_new       (void);
void                    runnel_tally_sheet_free      (RunnelTallySheet *self);
RunnelTally            *runnel_tally_sheet_ensure    (RunnelTallySheet *self,
                                                      guint             key);
const RunnelTally      *runnel_tally_sheet_lookup    (RunnelTallySheet *self,
                                                      guint             key);
guint                   runnel_tally_sheet_get_n     (RunnelTallySheet *self);
const RunnelTallyEntry *runnel_tally_sheet_get       (RunnelTallySheet *self,
                                                      guint             position);
GBytes                 *runnel_tally_sheet_pack      (RunnelTallySheet *self);
gboolean                runnel_tally_sheet_unpack    (RunnelTallySheet *self,
                                                      const guint8     *bytes,
                                                      gsize             length);
gboolean                runnel_tally_sheet_unpack_one (const guint8    *bytes,
                                                      gsize             length,
                                                      guint             key,
                                                      RunnelTally      *tally);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelTallySheet, runnel_tally_sheet_free)

G_END_DECLS
