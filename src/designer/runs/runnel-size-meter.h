/* runnel-size-meter.h: what takes how much of what there is for it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RUNNEL_TYPE_SIZE_METER (runnel_size_meter_get_type ())
G_DECLARE_FINAL_TYPE (RunnelSizeMeter, runnel_size_meter, RUNNEL, SIZE_METER, GtkWidget)

typedef struct
{
  const char *name;
  gint64 size; /* bytes */
} RunnelSizePart;

GtkWidget *runnel_size_meter_new (const char            *title);
void       runnel_size_meter_set (RunnelSizeMeter       *self,
                                  const RunnelSizePart  *parts,
                                  guint                  n_parts,
                                  gint64                 budget);

G_END_DECLS
