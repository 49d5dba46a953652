/* runnel-slicer.c: long work in a thread that must not be blocked, a little at a time
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "util/runnel-slicer.h"

#define SLICE 4000     /* microseconds: leaves most of a frame to others */
#define CLOCK_EVERY 16 /* items between two looks at the clock */

struct _RunnelSlicer
{
  RunnelSlicerFunc work;
  RunnelSlicerDone done;
  gpointer user_data;
  guint next;
  guint n_items;
  guint source_id; /* idle source, 0 = none */
};

/**
 * runnel_slicer_new:
 * @work: does one item
 * @done: called after the last
 * @user_data: for both
 */
RunnelSlicer *
runnel_slicer_new (RunnelSlicerFunc work,
                   RunnelSlicerDone done,
                   gpointer         user_data)
{
  RunnelSlicer *self = g_new0 (RunnelSlicer, 1);

  self->work = work;
  self->done = done;
  self->user_data = user_data;
  return self;
}

void
runnel_slicer_free (RunnelSlicer *self)
{
  runnel_slicer_stop (self);
  g_free (self);
}

/* Returns: whether something is left */
static gboolean
work_a_slice (RunnelSlicer *self)
{
  gint64 end = g_get_monotonic_time () + SLICE;

  while (self->next < self->n_items)
    {
      self->work (self->next++, self->user_data);
      if (self->next % CLOCK_EVERY == 0 && g_get_monotonic_time () > end)
        break;
    }
  return self->next < self->n_items;
}

static gboolean
work_cb (gpointer user_data)
{
  RunnelSlicer *self = user_data;

  if (work_a_slice (self))
    return G_SOURCE_CONTINUE;
  self->source_id = 0;
  self->done (self->user_data);
  return G_SOURCE_REMOVE;
}

/**
 * runnel_slicer_start:
 * @n_items: how many there are to do
 *
 * Begins with the first item, giving up what was under way. What takes a few milliseconds is done
 * before this returns; the rest follows when the main context has nothing better to do.
 */
void
runnel_slicer_start (RunnelSlicer *self,
                     guint         n_items)
{
  g_return_if_fail (self);

  runnel_slicer_stop (self);
  self->next = 0;
  self->n_items = n_items;
  if (work_a_slice (self))
    self->source_id = g_idle_add (work_cb, self);
  else
    self->done (self->user_data);
}

/**
 * runnel_slicer_stop:
 *
 * Gives up what is under way; @done is not called.
 */
void
runnel_slicer_stop (RunnelSlicer *self)
{
  g_return_if_fail (self);

  g_clear_handle_id (&self->source_id, g_source_remove);
}

gboolean
runnel_slicer_is_busy (RunnelSlicer *self)
{
  g_return_val_if_fail (self, FALSE);

  return self->source_id != 0;
}
