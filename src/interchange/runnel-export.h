/* runnel-export.h: a pipeline in the files of another system, at their place on disk
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "interchange/runnel-target.h"

G_BEGIN_DECLS

#define RUNNEL_EXPORT_IMAGE "debian:12" /* where a system needs an image and nobody names one */

/* What is to be exported, for which system, and where to: one entry of a pipeline's `exports`, or what somebody asks
 * for. */
typedef struct
{
  const RunnelTarget *target;
  char *path;          /* of the first file, or a folder when it ends with a slash; relative to the pipeline's folder,
                        * or NULL = the target's usual place below it */
  char *mode;          /* or NULL = the usual */
  char *image;         /* or NULL = RUNNEL_EXPORT_IMAGE */
  char *runner;        /* or NULL = the usual */
  gboolean allow_loss;
} RunnelExport;

RunnelExport *runnel_export_new       (const RunnelTarget  *target,
                                       const char          *path);
RunnelExport *runnel_export_copy      (const RunnelExport  *self);
void          runnel_export_free      (RunnelExport        *self);
GPtrArray    *runnel_export_list      (RunnelPipeline      *pipeline,
                                       GError             **error);
JsonNode     *runnel_export_to_json   (const RunnelExport  *self);
RunnelExportOptions
              runnel_export_get_options (const RunnelExport *self);
/* The files with absolute paths; of RunnelExportFile. */
GPtrArray    *runnel_export_make      (const RunnelExport  *self,
                                       RunnelPipeline      *pipeline,
                                       const char          *pipeline_path,
                                       GError             **error);

gboolean      runnel_export_compare   (GPtrArray           *files,
                                       char               **ret_difference,
                                       GError             **error);
gboolean      runnel_export_write     (GPtrArray           *files,
                                       GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelExport, runnel_export_free)

G_END_DECLS
