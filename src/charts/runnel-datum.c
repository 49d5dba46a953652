/* runnel-datum.c: one item of a chart
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "charts/runnel-datum.h"

G_DEFINE_FINAL_TYPE (RunnelDatum, runnel_datum, G_TYPE_OBJECT)

static void
runnel_datum_finalize (GObject *object)
{
  RunnelDatum *self = RUNNEL_DATUM (object);

  g_free (self->label);
  g_free (self->text);
  g_strfreev (self->cells);
  G_OBJECT_CLASS (runnel_datum_parent_class)->finalize (object);
}

static void
runnel_datum_class_init (RunnelDatumClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = runnel_datum_finalize;
}

static void
runnel_datum_init (RunnelDatum *self)
{
  for (guint i = 0; i < RUNNEL_DATUM_VALUES; i++)
    self->values[i] = NAN;
}

/**
 * runnel_datum_new:
 *
 * Returns: (transfer full): an item whose members are to be set
 */
RunnelDatum *
runnel_datum_new (void)
{
  return g_object_new (RUNNEL_TYPE_DATUM, NULL);
}

/**
 * runnel_datum_get_cell:
 * @self: an item
 * @column: of a table
 *
 * Returns: (transfer none): what stands there; "" where it has nothing to say
 */
const char *
runnel_datum_get_cell (RunnelDatum *self,
                       guint        column)
{
  g_return_val_if_fail (RUNNEL_IS_DATUM (self), NULL);

  return self->cells != NULL && column < g_strv_length (self->cells) ? self->cells[column] : "";
}
