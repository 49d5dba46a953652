/* runnel-import-facts.h: the facts of a run that is being imported, into the tables
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "history/runnel-history.h"

G_BEGIN_DECLS

/* All of it in one transaction, which is the caller's. */
typedef struct _RunnelImportFacts RunnelImportFacts;

RunnelImportFacts *runnel_import_facts_new     (RunnelHistory      *history,
                                                const char         *host);
void               runnel_import_facts_free    (RunnelImportFacts  *self);
gint64             runnel_import_facts_get_run (RunnelImportFacts  *self);
gboolean           runnel_import_facts_begin   (RunnelImportFacts  *self,
                                                JsonObject         *head,
                                                const char         *text,
                                                gsize               length,
                                                GError            **error);
gboolean           runnel_import_facts_add     (RunnelImportFacts  *self,
                                                JsonObject         *line,
                                                GError            **error);
gboolean           runnel_import_facts_end     (RunnelImportFacts  *self,
                                                GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelImportFacts, runnel_import_facts_free)

G_END_DECLS
