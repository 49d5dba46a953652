/* runnel-cache-parts.h: what the result of a step depends on
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* An object whose members are called as a sentence calls them ("input src/a.c") and whose values
 * are texts: digests, or what a person may read. */

void  runnel_cache_parts_add         (JsonObject  *parts,
                                      const char  *name,
                                      const char  *text);
void  runnel_cache_parts_add_digest  (JsonObject  *parts,
                                      const char  *name,
                                      const char  *text);
char *runnel_cache_parts_make_key    (JsonObject  *parts);
char *runnel_cache_parts_explain     (JsonObject  *parts,
                                      JsonObject  *last);

G_END_DECLS
