/* runnel-run-set.c: a set of runs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "history/runnel-run-set.h"

#define BITS 64

struct _RunnelRunSet
{
  GArray *words; /* of guint64 */
};

/**
 * runnel_run_set_new:
 *
 * Returns: (transfer full): an empty set
 */
RunnelRunSet *
runnel_run_set_new (void)
{
  RunnelRunSet *self = g_new (RunnelRunSet, 1);

  self->words = g_array_new (FALSE, /* clear= */ TRUE, sizeof (guint64));
  return self;
}

/**
 * runnel_run_set_free:
 * @self: (transfer full) (nullable): a set
 */
void
runnel_run_set_free (RunnelRunSet *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->words);
  g_free (self);
}

/**
 * runnel_run_set_add:
 * @self: a set
 * @run: the number of a run, from 1
 */
void
runnel_run_set_add (RunnelRunSet *self,
                    gint64        run)
{
  guint word = run / BITS;

  g_return_if_fail (run > 0 && run / BITS < G_MAXUINT);

  if (word >= self->words->len)
    g_array_set_size (self->words, word + 1);
  g_array_index (self->words, guint64, word) |= G_GUINT64_CONSTANT (1) << run % BITS;
}

/**
 * runnel_run_set_has:
 * @self: a set
 * @run: the number of a run
 *
 * Returns: whether the run is in it
 */
gboolean
runnel_run_set_has (const RunnelRunSet *self,
                    gint64              run)
{
  return run > 0 && run / BITS < self->words->len &&
         g_array_index (self->words, guint64, run / BITS) >> run % BITS & 1;
}

/**
 * runnel_run_set_is_empty:
 * @self: a set
 *
 * Returns: whether no run is in it
 */
gboolean
runnel_run_set_is_empty (const RunnelRunSet *self)
{
  return self->words->len == 0;
}
