/* runnel-file-watch.c: tells when somebody else changes a file
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Our own writing raises the same events as that of others; the entity tag of the file tells
 * them apart.
 */
#include "config.h"

#include "designer/runnel-file-watch.h"

struct _RunnelFileWatch
{
  GObject parent_instance;

  GFile *file;
  GFileMonitor *monitor;
  GCancellable *cancellable;
  char *etag;               /* of the file as it was accepted; NULL = not known yet */
  guint is_accepting : 1;   /* the next tag read is the one to accept */
  guint is_querying : 1;
  guint is_stale : 1;       /* there was an event since the query under way began */
};

enum
{
  CHANGED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (RunnelFileWatch, runnel_file_watch, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static void query (RunnelFileWatch *self);

static void
take_etag (RunnelFileWatch *self,
           const char      *etag)
{
  gboolean is_other = g_strcmp0 (self->etag, etag) != 0;

  if (!is_other && !self->is_accepting)
    return;
  g_free (self->etag);
  self->etag = g_strdup (etag);
  if (!self->is_accepting)
    g_signal_emit (self, signals[CHANGED], 0);
  self->is_accepting = FALSE;
}

static void
queried_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GFileInfo) info = g_file_query_info_finish (G_FILE (object), result, &error);
  RunnelFileWatch *self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->is_querying = FALSE;
  if (self->is_stale)
    {
      query (self);
      return;
    }
  /* A file that is gone for a moment is being replaced; its last event is yet to come. */
  if (info)
    take_etag (self, g_file_info_get_etag (info));
}

static void
query (RunnelFileWatch *self)
{
  self->is_stale = self->is_querying;
  if (self->is_querying)
    return;
  self->is_querying = TRUE;
  g_file_query_info_async (self->file, G_FILE_ATTRIBUTE_ETAG_VALUE, G_FILE_QUERY_INFO_NONE,
                           G_PRIORITY_DEFAULT, self->cancellable, queried_cb, self);
}

static void
event_cb (RunnelFileWatch *self)
{
  query (self);
}

static void
runnel_file_watch_dispose (GObject *object)
{
  RunnelFileWatch *self = RUNNEL_FILE_WATCH (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->monitor);
  g_clear_object (&self->file);
  G_OBJECT_CLASS (runnel_file_watch_parent_class)->dispose (object);
}

static void
runnel_file_watch_finalize (GObject *object)
{
  g_clear_pointer (&RUNNEL_FILE_WATCH (object)->etag, g_free);
  G_OBJECT_CLASS (runnel_file_watch_parent_class)->finalize (object);
}

static void
runnel_file_watch_class_init (RunnelFileWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = runnel_file_watch_dispose;
  object_class->finalize = runnel_file_watch_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
runnel_file_watch_init (RunnelFileWatch *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * runnel_file_watch_new:
 * @file: a file; it is accepted as it is now
 *
 * Returns: (transfer full): a watch on @file
 */
RunnelFileWatch *
runnel_file_watch_new (GFile *file)
{
  RunnelFileWatch *self;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  self = g_object_new (RUNNEL_TYPE_FILE_WATCH, NULL);
  self->file = g_object_ref (file);
  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_NONE, NULL, NULL);
  if (self->monitor)
    g_signal_connect_object (self->monitor, "changed", G_CALLBACK (event_cb), self,
                             G_CONNECT_SWAPPED);
  runnel_file_watch_accept (self);
  return self;
}

/**
 * runnel_file_watch_accept:
 *
 * Takes the file as it is now as known: it was just read or written.
 */
void
runnel_file_watch_accept (RunnelFileWatch *self)
{
  g_return_if_fail (RUNNEL_IS_FILE_WATCH (self));

  self->is_accepting = TRUE;
  query (self);
}
