/* runnel-log-words.h: finds any of several words
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Immutable; may be shared among threads. */
typedef struct _RunnelLogWords RunnelLogWords;

RunnelLogWords *runnel_log_words_new  (const char *const *words,
                                       guint              n_words);
void            runnel_log_words_free (RunnelLogWords    *self);
const char     *runnel_log_words_find (RunnelLogWords    *self,
                                       const char        *text,
                                       gsize              length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelLogWords, runnel_log_words_free)

G_END_DECLS
