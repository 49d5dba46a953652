/* runnel-merge-page.h: two sides of a pipeline brought together by a person
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/compare/runnel-version.h"
#include "designer/runnel-page.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_MERGE_PAGE (runnel_merge_page_get_type ())
G_DECLARE_FINAL_TYPE (RunnelMergePage, runnel_merge_page, RUNNEL, MERGE_PAGE, RunnelPage)

/* Signal "merged" (): the result was written, and there is nothing more to decide. */

RunnelPage *runnel_merge_page_new  (RunnelVersion   *base,
                                    RunnelVersion   *ours,
                                    RunnelVersion   *theirs,
                                    GFile           *result);
void        runnel_merge_page_save (RunnelMergePage *self);

G_END_DECLS
