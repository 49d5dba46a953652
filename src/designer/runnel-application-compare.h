/* runnel-application-compare.h: the designer as a tool that shows or merges versions, as for git
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What the process ends with. */
enum
{
  RUNNEL_COMPARE_DONE = 0,
  RUNNEL_COMPARE_UNDECIDED = 1, /* the window was closed with conflicts left, and nothing written */
  RUNNEL_COMPARE_USAGE = 2,
};

int runnel_application_show_diff    (GtkApplication    *application,
                                     const char *const *names);
int runnel_application_show_merge   (GtkApplication    *application,
                                     const char *const *names);
int runnel_application_get_status   (void);

G_END_DECLS
