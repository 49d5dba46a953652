/* runnel-target.h: another system, and what it makes of our pipelines
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "interchange/runnel-flow.h"
#include "interchange/runnel-import.h"

G_BEGIN_DECLS

#define RUNNEL_EXPORT_ERROR (runnel_export_error_quark ())
typedef enum
{
  /* the target can't say all of the pipeline, and no loss was allowed */
  RUNNEL_EXPORT_ERROR_LOSS = 1,
  RUNNEL_EXPORT_ERROR_INVALID,  /* the pipeline has errors of its own */
  RUNNEL_EXPORT_ERROR_OPTION,   /* there is no such target, or no such option of it */
} RunnelExportError;
GQuark runnel_export_error_quark (void);

typedef struct
{
  const char *default_image; /* where a system needs one and the step has none; never NULL */
  /* what the system calls it: runs-on, tags, agent label; or NULL = the usual */
  const char *runner;
  /* of the target, such as "one-job", "levels", "template"; or NULL = the usual */
  const char *mode;
  const char *command;       /* how `runnel` is called where the export is used; "runnel" */
} RunnelExportOptions;

/* The files that an export consists of: path below where it is used, and content. */
typedef struct
{
  char *path;   /* relative, such as ".github/workflows/build.yml" */
  GBytes *content;
  guint mode;   /* 0644 or 0755 */
} RunnelExportFile;

typedef struct _RunnelTarget RunnelTarget;
struct _RunnelTarget
{
  const char *name;                  /* on the command line: "github-actions" */
  const char *title;                 /* "GitHub Actions" */
  /* of its files, an id of GtkSourceView: "yaml", "sh", "groovy" */
  const char *language;
  /* of its (first) file; %s is the file name of the pipeline without suffix */
  const char *default_path;
  const char *const *modes;          /* NULL-terminated; the first is the usual; or NULL */
  /* RUNNEL_N_FEATURES of them, by feature; NULL for one that only reads */
  const RunnelCapability *capabilities;

  /* Looks closer at one step (NULL = the pipeline) where it depends on more than the feature.
   * `verdict` comes in as the table says. May be NULL. */
  void      (*judge)  (const RunnelFlow          *flow,
                       const RunnelFlowStep      *step,
                       RunnelFeature              feature,
                       const RunnelExportOptions *options,
                       RunnelCapability          *verdict);

  /* Writes the files. What is lost stands there as a comment, see runnel_target_list_losses().
   * NULL: no export. */
  gboolean  (*export) (const RunnelFlow          *flow,
                       const RunnelExportOptions *options,
                       GPtrArray                 *files, /* of RunnelExportFile */
                       GError                   **error);

  /* Whether `text`, from `path`, looks like this system's; 0 = no, 100 = certain. NULL: no
   * import. */
  guint     (*detect) (const char                *path,
                       const char                *text,
                       gsize                      length);
  gboolean  (*import) (RunnelImport              *import,
                       const char                *path,
                       const char                *text,
                       gsize                      length,
                       GError                   **error);
};

const RunnelTarget *const *runnel_target_list        (guint                     *ret_n_targets);
const RunnelTarget        *runnel_target_lookup      (const char                *name);
const RunnelTarget        *runnel_target_detect      (const char                *path,
                                                      const char                *text,
                                                      gsize                      length);
char                      *runnel_target_get_stem    (const RunnelFlow          *flow);
char                      *runnel_target_get_path    (const RunnelTarget        *self,
                                                      const RunnelFlow          *flow);
RunnelCapability           runnel_target_judge       (const RunnelTarget        *self,
                                                      const RunnelFlow          *flow,
                                                      const RunnelFlowStep      *step,
                                                      RunnelFeature              feature,
                                                      const RunnelExportOptions *options);
GPtrArray                 *runnel_target_list_losses (const RunnelTarget        *self,
                                                      const RunnelFlow          *flow,
                                                      const RunnelFlowStep      *step,
                                                      const RunnelExportOptions *options);
GPtrArray                 *runnel_target_export      (const RunnelTarget        *self,
                                                      const RunnelFlow          *flow,
                                                      const RunnelExportOptions *options,
                                                      gboolean                   allow_loss,
                                                      GError                   **error);
void                       runnel_export_add_file    (GPtrArray                 *files,
                                                      const char                *path,
                                                      /* transfer full */
                                                      char                      *content,
                                                      guint                      mode);
void                       runnel_export_file_free   (RunnelExportFile          *self);

G_END_DECLS
