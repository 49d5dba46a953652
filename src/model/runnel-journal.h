/* runnel-journal.h: the edits since the last save, kept beside the file for after a crash
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "model/runnel-edit.h"

G_BEGIN_DECLS

/* What an entry did. */
typedef enum
{
  RUNNEL_JOURNAL_DO,
  RUNNEL_JOURNAL_UNDO,
  RUNNEL_JOURNAL_REDO,
} RunnelJournalVerb;

typedef struct
{
  RunnelJournalVerb verb;
  RunnelEdit *edit;
  gint64 time; /* when, microseconds since 1970; 0 = not known */
} RunnelJournalEntry;

void        runnel_journal_entry_free   (RunnelJournalEntry *self);

/* The journal as it is written. Everything happens in a thread of its own, in order. */
typedef struct _RunnelJournal RunnelJournal;

char          *runnel_journal_make_path (const char         *document);
GPtrArray     *runnel_journal_read      (const char         *path,
                                         const char         *base);
RunnelJournal *runnel_journal_new       (const char         *path);
void           runnel_journal_free      (RunnelJournal      *self);
void           runnel_journal_append    (RunnelJournal      *self,
                                         const char         *base,
                                         const RunnelJournalEntry *entry);
void           runnel_journal_adopt     (RunnelJournal      *self,
                                         const char         *base);
void           runnel_journal_remove    (RunnelJournal      *self);
void           runnel_journal_set_aside (RunnelJournal      *self);
void           runnel_journal_flush     (RunnelJournal      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelJournal, runnel_journal_free)

G_END_DECLS
