/* runnel-find-page.h: a tab that finds something in all pipelines of a folder
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/runnel-page.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_FIND_PAGE (runnel_find_page_get_type ())
G_DECLARE_FINAL_TYPE (RunnelFindPage, runnel_find_page, RUNNEL, FIND_PAGE, RunnelPage)

/* Signal "place-activated" (const char *path, const char *step): a file is to be opened, and shown
 * at the step unless that is NULL. */

RunnelPage *runnel_find_page_new        (const char     *folder);
void        runnel_find_page_set_folder (RunnelFindPage *self,
                                         const char     *folder);

G_END_DECLS
