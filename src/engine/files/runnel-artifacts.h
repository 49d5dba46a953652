/* runnel-artifacts.h: the files that the steps of a run left to it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/files/runnel-artifact.h"

G_BEGIN_DECLS

#define RUNNEL_ARTIFACTS_MAX_FILES 10000 /* of one step */

char      *runnel_artifacts_get_path (const char            *run_dir,
                                      const char            *step);
GPtrArray *runnel_artifacts_collect  (const char            *run_dir,
                                      const char            *step,
                                      const char            *base_dir,
                                      const char *const     *patterns,
                                      GCancellable          *cancellable,
                                      char                 **ret_unmatched,
                                      GError               **error);
gboolean   runnel_artifacts_link     (const char            *from_run_dir,
                                      const char            *from_step,
                                      const char            *to_run_dir,
                                      const char            *to_step,
                                      GError               **error);
gboolean   runnel_artifacts_copy_out (const char            *run_dir,
                                      const char            *step,
                                      const RunnelArtifact  *artifact,
                                      const char            *folder,
                                      GError               **error);

G_END_DECLS
