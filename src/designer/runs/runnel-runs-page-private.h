/* runnel-runs-page-private.h: what the parts of the Runs page share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/runs/runnel-job-bar.h"
#include "designer/runs/runnel-runs-bar.h"
#include "designer/runs/runnel-runs-feed.h"
#include "designer/runs/runnel-runs-page.h"

G_BEGIN_DECLS

struct _RunnelRunsPage
{
  RunnelPage parent_instance;

  /* Template widgets */
  RunnelRunsBar *bar;
  GtkStack *stack;
  AdwStatusPage *error_page;
  GtkListView *list_view;
  GtkPopoverMenu *menu;
  RunnelJobBar *job_bar;

  /* Owned references */
  RunnelRunQuery *query;
  RunnelRunsFeed *feed;
  GCancellable *cancellable; /* of what is done with runs; ends with the page */

  gboolean selecting;        /* rows have check marks */
  gboolean had_keyboard;     /* the list, before it was changed */
};

void _runnel_runs_page_actions_class_init (RunnelRunsPageClass *klass);
void _runnel_runs_page_actions_init       (RunnelRunsPage      *self);
void _runnel_runs_page_actions_update     (RunnelRunsPage      *self);
void _runnel_runs_page_set_selecting      (RunnelRunsPage      *self,
                                           gboolean             selecting);
void _runnel_runs_page_export             (RunnelRunsPage      *self);
void _runnel_runs_page_import             (RunnelRunsPage      *self);
void _runnel_runs_page_free_space         (RunnelRunsPage      *self);

G_END_DECLS
