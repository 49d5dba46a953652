/* runnel-examples.h: the example pipelines that come with the application
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  GFile *file;
  char *name;
  char *description; /* or NULL */
} RunnelExample;

void       runnel_examples_list_async  (GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
GPtrArray *runnel_examples_list_finish (GAsyncResult         *result,
                                        GError              **error);

G_END_DECLS
