/* runnel-start-page.h: what a window shows while nothing is open
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RUNNEL_TYPE_START_PAGE (runnel_start_page_get_type ())
G_DECLARE_FINAL_TYPE (RunnelStartPage, runnel_start_page, RUNNEL, START_PAGE, AdwBin)

G_END_DECLS
