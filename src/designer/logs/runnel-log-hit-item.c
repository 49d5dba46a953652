/* runnel-log-hit-item.c: a run in whose logs something was found, or a line of them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "designer/logs/runnel-log-hit-item.h"

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

/**
 * runnel_log_hit_item_get_texts:
 * @self: a line
 * @ret_before: (out) (transfer full): what comes before the place, without indentation
 * @ret_markup: (out) (transfer full): the place, in bold, and what comes behind, as markup
 */
void
runnel_log_hit_item_get_texts (RunnelLogHitItem  *self,
                               char             **ret_before,
                               char             **ret_markup)
{
  const RunnelLogHit *hit = &self->hit;
  g_autofree char *place = NULL, *after = NULL;
  gsize indentation;

  g_return_if_fail (RUNNEL_IS_LOG_HIT_ITEM (self) && self->is_line);

  indentation = MIN (strspn (hit->text, " \t"), hit->start);
  place = g_markup_escape_text (hit->text + hit->start, (gssize) (hit->end - hit->start));
  after = g_markup_escape_text (hit->text + hit->end, -1);
  *ret_before = g_strndup (hit->text + indentation, hit->start - indentation);
  *ret_markup = g_strdup_printf ("<b>%s</b>%s", place, after);
}
