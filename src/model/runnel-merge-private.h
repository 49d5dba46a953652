/* runnel-merge-private.h: the merge of values, and what comes of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "model/runnel-merge.h"

G_BEGIN_DECLS

struct _RunnelMerge
{
  JsonNode *base;
  JsonNode *ours;
  JsonNode *theirs;
  RunnelMergeSide side;     /* where nothing was chosen */
  GHashTable *choices;      /* path -> RunnelMergeSide */
  GPtrArray *conflicts;     /* of the last merge */
};

/* runnel-merge.c: notes a conflict. Returns: (transfer full) (nullable): the value of the side that
 * was chosen */
JsonNode *_runnel_merge_settle      (RunnelMerge *self,
                                     const char  *path,
                                     JsonNode    *base,
                                     JsonNode    *ours,
                                     JsonNode    *theirs);

/* runnel-merge-values.c: NULL is a value that is not there. */
JsonNode *_runnel_merge_values      (RunnelMerge *self,
                                     const char  *path,
                                     JsonNode    *base,
                                     JsonNode    *ours,
                                     JsonNode    *theirs);
JsonNode *_runnel_merge_get_member  (JsonNode    *node,
                                     const char  *key);
char     *_runnel_merge_get_key     (JsonNode    *item);

/* runnel-merge-links.c */
void      _runnel_merge_check_links (RunnelMerge *self,
                                     JsonNode    *root);

G_END_DECLS
