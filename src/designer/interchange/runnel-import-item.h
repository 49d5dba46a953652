/* runnel-import-item.h: a file of another system, and the pipelines made of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "interchange/runnel-import-file.h"

G_BEGIN_DECLS

/* Text, as no object of json-glib may go from one thread to another. */
typedef struct
{
  char *name;  /* what the pipeline is called */
  char *text;  /* the pipeline as a file */
  guint n_steps;
} RunnelImportedPipeline;

/* A note that outlives the import. */
typedef struct
{
  guint line;   /* from 1; 0 = of the whole */
  guint column;
  char *message;
} RunnelImportedNote;

typedef struct
{
  char *path;
  char *source;          /* what is in the file, or NULL when it can't be read */
  const RunnelTarget *target; /* whose file it is, or NULL */
  GPtrArray *pipelines;  /* of RunnelImportedPipeline */
  GPtrArray *notes;      /* of RunnelImportedNote */
  GError *error;         /* why there are no pipelines, or NULL */
} RunnelImportItem;

RunnelImportItem *runnel_import_item_new          (const RunnelTarget  *target,
                                                   const char          *path);
void              runnel_import_item_free         (RunnelImportItem    *self);
void              runnel_import_item_read_async   (const RunnelTarget  *target,
                                                   GListModel          *files,
                                                   GCancellable        *cancellable,
                                                   GAsyncReadyCallback  callback,
                                                   gpointer             user_data);
GPtrArray        *runnel_import_item_read_finish  (GAsyncResult        *result,
                                                   GError             **error);

G_END_DECLS
