/* runnel-datum.h: one item of a chart
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "charts/runnel-chart-palette.h"

G_BEGIN_DECLS

/* Values that an item can have, of which each layer of a chart draws some. */
#define RUNNEL_DATUM_VALUES 3

#define RUNNEL_TYPE_DATUM (runnel_datum_get_type ())
G_DECLARE_FINAL_TYPE (RunnelDatum, runnel_datum, RUNNEL, DATUM, GObject)

/* Set while it is made, and not changed after that. */
struct _RunnelDatum
{
  GObject parent_instance;

  double x;                           /* on the horizontal axis */
  double x_end;                       /* where it ends, when it has a width */
  guint row;                          /* where rows are the vertical axis */
  double values[RUNNEL_DATUM_VALUES]; /* NAN = there is none */
  char *label;                        /* a few characters beside it, or NULL */
  char *text;                         /* a sentence about it, for tooltips and screen readers */
  GStrv cells;                        /* the same as a row of a table */
  gint64 run;                         /* the run it is about, 0 = none */
  RunnelState state;                  /* of a run or step, where that is shown */
  gboolean outlier;                   /* it took far longer than others */
};

RunnelDatum *runnel_datum_new      (void);
const char  *runnel_datum_get_cell (RunnelDatum *self,
                                    guint        column);

G_END_DECLS
