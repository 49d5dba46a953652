/* runnel-export-window-private.h: what the parts of the window of exports share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/interchange/runnel-export-job.h"
#include "designer/interchange/runnel-export-window.h"
#include "designer/runnel-source.h"

G_BEGIN_DECLS

struct _RunnelExportWindow
{
  AdwWindow parent_instance;

  /* Template widgets */
  AdwFlap *flap;
  AdwToastOverlay *toasts;
  GtkListBox *system_list;
  AdwViewStack *view_stack;
  AdwViewStackPage *changes_page;
  GtkStack *code_stack;
  GtkDropDown *file_drop_down;
  GtkScrolledWindow *code_scroller;
  AdwStatusPage *loss_page;
  GtkLabel *loss_label;
  AdwStatusPage *error_page;
  GtkStack *changes_stack;
  AdwStatusPage *no_changes_page;
  GtkScrolledWindow *changes_scroller;
  GtkEditable *path_row;
  GtkSwitch *sync_switch;
  AdwComboRow *mode_row;
  GtkEditable *image_row;
  GtkEditable *runner_row;
  GtkSwitch *loss_switch;
  GtkWidget *save_button;
  GtkWidget *copy_button;

  GtkSourceBuffer *code;       /* owned by its view, as the next */
  GtkSourceBuffer *changes;

  /* Owned references */
  RunnelDocument *document;
  RunnelPortability *portability; /* or NULL */
  const RunnelTarget *target;     /* that is shown, or NULL */
  RunnelExportResult *result;     /* or NULL: there is nothing to write */
  GCancellable *cancellable;      /* of the export under way */
  guint delay;                    /* source id */
  gboolean is_filling;            /* the options are set by us */
};

void _runnel_export_window_show      (RunnelExportWindow *self,
                                      const GError       *error);
void _runnel_export_window_show_file (RunnelExportWindow *self,
                                      guint               index);

G_END_DECLS
