/* runnel-editor-page-private.h: what the parts of the editor page share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/runnel-editor-page.h"

G_BEGIN_DECLS

struct _RunnelEditorPage
{
  RunnelPage parent_instance;

  /* Template Widgets */
  GtkStack *stack;
  GtkWidget *inspector_flap;
  GtkWidget *palette_flap;
  GtkWidget *inspector_bin;
  GtkWidget *palette_bin;
  GtkPaned *paned;
  AdwBin *canvas_bin;
  GtkWidget *bottom;
  GtkStack *bottom_stack;
  GtkStackPage *problems_page;
  AdwBin *problems_bin;
  AdwBin *log_bin;
  AdwBin *json_bin;

  /* Owned References */
  GFile *file;
};

void _runnel_editor_page_actions_init   (RunnelEditorPage *self);

G_END_DECLS
