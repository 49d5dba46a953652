/* runnel-compare-page.h: two versions of a pipeline on one canvas
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/compare/runnel-version.h"
#include "designer/runnel-page.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_COMPARE_PAGE (runnel_compare_page_get_type ())
G_DECLARE_FINAL_TYPE (RunnelComparePage, runnel_compare_page, RUNNEL, COMPARE_PAGE, RunnelPage)

/* Actions: page.next-difference, page.previous-difference, page.only-changes (boolean). */

RunnelPage *runnel_compare_page_new (RunnelVersion *from,
                                     RunnelVersion *to);

G_END_DECLS
