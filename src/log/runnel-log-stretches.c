/* runnel-log-stretches.c: of which parts of several logs one log is made
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "log/runnel-log-stretches.h"
#include "util/runnel-sort.h"

/**
 * runnel_log_stretch_get_part:
 *
 * Returns: the number of the log that it is from, or that lacks the newline
 */
guint
runnel_log_stretch_get_part (const RunnelLogStretch *self)
{
  return self->part != RUNNEL_LOG_STRETCH_NEWLINE ? self->part : (guint) self->from;
}

/* What came at the same time stays in the order of its log. */
static int
compare (gconstpointer left,
         gconstpointer right)
{
  const RunnelLogStretch *l = left, *r = right;
  guint l_part = runnel_log_stretch_get_part (l), r_part = runnel_log_stretch_get_part (r);

  if (l->time != r->time)
    return l->time < r->time ? -1 : 1;
  if (l_part != r_part)
    return l_part < r_part ? -1 : 1;
  if (l->part != r->part) /* one of them is a newline */
    return l->part < r->part ? -1 : 1;
  return (l->from > r->from) - (l->from < r->from);
}

/**
 * runnel_log_stretch_sort:
 * @stretches: (element-type RunnelLogStretch): some
 *
 * Brings them into the order in which they came.
 */
void
runnel_log_stretch_sort (GArray *stretches)
{
  runnel_sort (stretches->data, stretches->len, sizeof (RunnelLogStretch), compare);
}

/* Stretches of one log that follow on each other become one. */
static void
append (RunnelLogStretches *self,
        RunnelLogStretch   *stretch)
{
  RunnelLogStretch *last =
    self->list->len > 0 ? &g_array_index (self->list, RunnelLogStretch, self->list->len - 1) : NULL;

  stretch->offset = self->size;
  self->size += stretch->length;
  if (last && stretch->part != RUNNEL_LOG_STRETCH_NEWLINE && last->part == stretch->part &&
      last->time == stretch->time && last->from + last->length == stretch->from)
    last->length += stretch->length;
  else
    g_array_append_val (self->list, *stretch);
}

void
runnel_log_stretches_init (RunnelLogStretches *self)
{
  self->list = g_array_new (FALSE, FALSE, sizeof (RunnelLogStretch));
  self->size = 0;
}

void
runnel_log_stretches_clear (RunnelLogStretches *self)
{
  g_array_unref (self->list);
}

/**
 * runnel_log_stretches_add:
 * @news: (element-type RunnelLogStretch): what has come since the last time, sorted
 */
void
runnel_log_stretches_add (RunnelLogStretches *self,
                          GArray             *news)
{
  for (guint i = 0; i < news->len; i++)
    append (self, &g_array_index (news, RunnelLogStretch, i));
}

/**
 * runnel_log_stretches_find:
 * @offset: in the whole
 *
 * Returns: (transfer none) (nullable): the stretch that is there, until more is added; %NULL when
 *   the whole is not so long
 */
const RunnelLogStretch *
runnel_log_stretches_find (const RunnelLogStretches *self,
                           guint64                   offset)
{
  guint low = 0, high = self->list->len;

  if (offset >= self->size)
    return NULL;
  while (low + 1 < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->list, RunnelLogStretch, middle).offset <= offset)
        low = middle;
      else
        high = middle;
    }
  return &g_array_index (self->list, RunnelLogStretch, low);
}
