/* runnel-limit-row.h: a row for one limit of what is kept
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "designer/runnel-machine-settings.h"

G_BEGIN_DECLS

GtkWidget *runnel_limit_row_new  (RunnelMachineSettings *settings,
                                  const char            *key,
                                  const char            *title);
void       runnel_limit_row_show (GtkWidget             *row,
                                  RunnelSettings        *settings);
char      *runnel_limit_make_key (const char            *pipeline,
                                  const char            *name);

G_END_DECLS
