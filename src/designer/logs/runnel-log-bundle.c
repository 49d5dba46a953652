/* runnel-log-bundle.c: the logs of all steps of a run, as they come
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/logs/runnel-log-bundle.h"

struct _RunnelLogBundle
{
  RunnelLogMerge *merge;
  GHashTable *parts; /* path -> number of the log in the merge, plus 1 */
};

RunnelLogBundle *
runnel_log_bundle_new (void)
{
  RunnelLogBundle *self = g_new0 (RunnelLogBundle, 1);

  self->merge = runnel_log_merge_new ();
  self->parts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
runnel_log_bundle_free (RunnelLogBundle *self)
{
  runnel_log_source_unref (runnel_log_merge_get_source (self->merge));
  g_hash_table_unref (self->parts);
  g_free (self);
}

static guint
add_part (RunnelLogBundle *self,
          const char      *label,
          guint            attempt,
          const char      *path,
          gint64           started)
{
  g_autofree char *full_label =
    /* translators: the name of a step, and which attempt of it; short */
    attempt > 1 ? g_strdup_printf (_("%s (%u)"), label, attempt) : g_strdup (label);
  guint part = runnel_log_merge_add (self->merge, full_label, path, started);

  g_hash_table_insert (self->parts, g_strdup (path), GUINT_TO_POINTER (part + 1));
  return part;
}

/**
 * runnel_log_bundle_add:
 * @label: whose log it is, for people
 * @attempt: which attempt, from 1 on
 * @path: (type filename): the log, which need not be there
 * @started: when the attempt began, in microseconds since 1970
 * @is_over: whether nothing more is written to it
 *
 * Adds a log, or says of one that was added that it is over.
 */
void
runnel_log_bundle_add (RunnelLogBundle *self,
                       const char      *label,
                       guint            attempt,
                       const char      *path,
                       gint64           started,
                       gboolean         is_over)
{
  guint part = GPOINTER_TO_UINT (g_hash_table_lookup (self->parts, path));

  if (part == 0)
    part = add_part (self, label, attempt, path, started) + 1;
  if (is_over)
    runnel_log_merge_set_over (self->merge, part - 1);
}

/**
 * runnel_log_bundle_show:
 * @view: where
 * @is_live: whether there may be more
 *
 * Shows what there is, and what comes; to be called again when that is over.
 */
void
runnel_log_bundle_show (RunnelLogBundle *self,
                        RunnelLogView   *view,
                        gboolean         is_live)
{
  if (!runnel_log_view_shows_merge (view, self->merge))
    runnel_log_view_show_merge (view, _("All Steps"), self->merge, is_live);
  if (!is_live)
    runnel_log_view_finish (view);
}
