/* runnel-log-hit-item.c: a run in whose logs something was found, or a line of them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "designer/logs/runnel-log-hit-item.h"

/* A row shows so much before the place: what is before that is cut. */
#define MAX_BEFORE 24 /* characters */

struct _RunnelLogHitItem
{
  GObject parent_instance;

  gboolean is_line;
  RunnelLogHit hit; /* of a run, only its number */
};

G_DEFINE_FINAL_TYPE (RunnelLogHitItem, runnel_log_hit_item, G_TYPE_OBJECT)

static void
runnel_log_hit_item_finalize (GObject *object)
{
  RunnelLogHitItem *self = RUNNEL_LOG_HIT_ITEM (object);

  g_free ((char *) self->hit.step);
  g_free ((char *) self->hit.path);
  g_free ((char *) self->hit.text);

  G_OBJECT_CLASS (runnel_log_hit_item_parent_class)->finalize (object);
}

static void
runnel_log_hit_item_class_init (RunnelLogHitItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = runnel_log_hit_item_finalize;
}

static void
runnel_log_hit_item_init (RunnelLogHitItem *self)
{
}

/**
 * runnel_log_hit_item_new_run:
 * @run: the number of a run
 *
 * Returns: (transfer full): the heading of what was found in its logs
 */
RunnelLogHitItem *
runnel_log_hit_item_new_run (gint64 run)
{
  RunnelLogHitItem *self = g_object_new (RUNNEL_TYPE_LOG_HIT_ITEM, NULL);

  self->hit.run = run;
  return self;
}

/**
 * runnel_log_hit_item_new:
 * @hit: a line, which is copied
 *
 * Returns: (transfer full): the line
 */
RunnelLogHitItem *
runnel_log_hit_item_new (const RunnelLogHit *hit)
{
  RunnelLogHitItem *self = g_object_new (RUNNEL_TYPE_LOG_HIT_ITEM, NULL);

  self->is_line = TRUE;
  self->hit = *hit;
  self->hit.step = g_strdup (hit->step);
  self->hit.path = g_strdup (hit->path);
  self->hit.text = g_strdup (hit->text);
  return self;
}

gint64
runnel_log_hit_item_get_run (RunnelLogHitItem *self)
{
  g_return_val_if_fail (RUNNEL_IS_LOG_HIT_ITEM (self), 0);

  return self->hit.run;
}

/**
 * runnel_log_hit_item_get_hit:
 *
 * Returns: (transfer none) (nullable): the line; %NULL for a run
 */
const RunnelLogHit *
runnel_log_hit_item_get_hit (RunnelLogHitItem *self)
{
  g_return_val_if_fail (RUNNEL_IS_LOG_HIT_ITEM (self), NULL);

  return self->is_line ? &self->hit : NULL;
}

/* Where to begin, so that the place is seen: after the indentation, and not too far before it. */
static const char *
find_beginning (const RunnelLogHit *hit)
{
  const char *place = hit->text + hit->start;
  const char *start = hit->text + strspn (hit->text, " \t");

  if (start > place)
    return place;
  for (glong n = g_utf8_strlen (start, place - start); n > MAX_BEFORE; n--)
    start = g_utf8_next_char (start);
  return start;
}

/**
 * runnel_log_hit_item_make_markup:
 * @self: a line
 *
 * Returns: (transfer full): what is in it, with the place in bold; the beginning is left out when the
 *   place is far from it
 */
char *
runnel_log_hit_item_make_markup (RunnelLogHitItem *self)
{
  const RunnelLogHit *hit = &self->hit;
  g_autofree char *before = NULL, *place = NULL, *after = NULL;
  const char *start;
  gboolean is_cut;

  g_return_val_if_fail (RUNNEL_IS_LOG_HIT_ITEM (self) && self->is_line, NULL);

  start = find_beginning (hit);
  is_cut = start > hit->text + strspn (hit->text, " \t");
  before = g_markup_escape_text (start, hit->text + hit->start - start);
  place = g_markup_escape_text (hit->text + hit->start, (gssize) (hit->end - hit->start));
  after = g_markup_escape_text (hit->text + hit->end, -1);
  return g_strdup_printf ("%s%s<b>%s</b>%s", is_cut ? "…" : "", before, place, after);
}
