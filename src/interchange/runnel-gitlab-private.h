/* runnel-gitlab-private.h: the parts of GitLab CI
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/runnel-run.h"
#include "interchange/runnel-target.h"
#include "interchange/runnel-yaml.h"

G_BEGIN_DECLS

#define RUNNEL_GITLAB          "gitlab"
#define RUNNEL_GITLAB_METADATA ".runnel" /* a hidden job: what GitLab has no place for */
#define RUNNEL_GITLAB_REPORT   ".runnel-" /* how files of outputs begin */
#define RUNNEL_GITLAB_NEVER    "never"   /* as a guard: the job never runs */

/* What decides whether and when a job starts. */
typedef struct
{
  const char *when;   /* "on_success", "on_failure" or "always" */
  gboolean exact;     /* the links say nothing that `needs` and `when` can't */
  gboolean finished;  /* `when` stands for links on finished */
} RunnelGitlabStart;

/* In runnel-gitlab-links.c */
RunnelGitlabStart _runnel_gitlab_get_start      (const RunnelFlow     *flow,
                                                 const RunnelFlowStep *step);
GPtrArray        *_runnel_gitlab_list_sources   (const RunnelFlow     *flow,
                                                 const RunnelFlowStep *step);
gboolean          _runnel_gitlab_starts_anyway  (RunnelGitlabStart     start);
GPtrArray        *_runnel_gitlab_list_guards    (const RunnelFlow     *flow);
gboolean          _runnel_gitlab_never_runs     (GPtrArray            *guards);
char             *_runnel_gitlab_join_guards    (GPtrArray            *guards);

/* In runnel-gitlab-expr.c */
char             *_runnel_gitlab_say_condition  (const RunnelFlow     *flow,
                                                 const char           *condition,
                                                 GError              **error);
char             *_runnel_gitlab_say_text       (const RunnelFlow     *flow,
                                                 const char           *text,
                                                 GError              **error);
char             *_runnel_gitlab_say_export     (const RunnelFlow         *flow,
                                                 const RunnelFlowStep     *step,
                                                 const RunnelFlowVariable *variable);
char             *_runnel_gitlab_get_secret     (const char           *secret);
char             *_runnel_gitlab_get_axis       (const char           *axis);
char             *_runnel_gitlab_read_text      (GHashTable           *references,
                                                 const char           *text);
char             *_runnel_gitlab_read_condition (GHashTable           *references,
                                                 GHashTable           *booleans,
                                                 const char           *text);

/* In runnel-gitlab-matrix.c */
JsonNode         *_runnel_gitlab_say_matrix     (const RunnelMatrix   *legs);
JsonNode         *_runnel_gitlab_read_matrix    (JsonNode             *parallel);
gboolean          _runnel_gitlab_is_leg_value   (const char           *name,
                                                 const char           *text);

/* In runnel-gitlab-export-job.c */
void              _runnel_gitlab_write_job      (RunnelYamlWriter     *writer,
                                                 const RunnelFlow     *flow,
                                                 const RunnelFlowStep *step,
                                                 GPtrArray            *guards);
gboolean          _runnel_gitlab_retries_itself (const RunnelFlowStep *step);

/* In runnel-gitlab-export.c */
gboolean          _runnel_gitlab_export         (const RunnelFlow          *flow,
                                                 const RunnelExportOptions *options,
                                                 GPtrArray                 *files,
                                                 GError                   **error);

void              _runnel_gitlab_write_kept     (RunnelYamlWriter     *writer,
                                                 JsonNode             *kept);

const char       *_runnel_gitlab_get_job_name   (const RunnelFlowStep *step);

/* In runnel-gitlab-metadata.c */
const char       *_runnel_gitlab_get_text       (JsonObject           *object,
                                                 const char           *key);
JsonObject       *_runnel_gitlab_get_object     (JsonObject           *object,
                                                 const char           *key);
gboolean          _runnel_gitlab_is_reserved    (const char           *key);
void              _runnel_gitlab_write_metadata (RunnelYamlWriter     *writer,
                                                 const RunnelFlow     *flow,
                                                 GPtrArray            *guards);

/* A file that is being read: what its jobs refer to, resolved. */
typedef struct
{
  RunnelImport *import;
  const char *path;
  JsonObject *config;      /* all keys of the file and of those it includes */
  GHashTable *lines;       /* job -> line in the file */
  GHashTable *resolved;    /* job -> JsonObject with what it extends */
  JsonObject *metadata;    /* RUNNEL_GITLAB_METADATA, or NULL */
  JsonObject *root;        /* of the pipeline */
  GHashTable *references;  /* variable -> what it is in expressions, "params.x" */
  GHashTable *booleans;    /* set of variables that are parameters of that type */
  GHashTable *jobs;        /* set of names of the jobs that become steps */
  GHashTable *guards;      /* job -> GPtrArray of its guards */
  GPtrArray *kept_includes; /* of JsonNode: those that were not read */
  guint n_expanded;        /* values that jobs have got by `extends` and `!reference` so far */
} RunnelGitlabImport;

/* In runnel-gitlab-load.c */
void              _runnel_gitlab_merge          (JsonObject           *under,
                                                 JsonObject           *over);
JsonObject       *_runnel_gitlab_dup_object     (JsonObject           *object);
gboolean          _runnel_gitlab_load           (RunnelGitlabImport   *self,
                                                 const char           *text,
                                                 gsize                 length,
                                                 GError              **error);

/* In runnel-gitlab-resolve.c */
JsonObject       *_runnel_gitlab_resolve_job    (RunnelGitlabImport   *self,
                                                 const char           *name);
gboolean          _runnel_gitlab_is_job         (const char           *key,
                                                 JsonNode             *value);

const char       *_runnel_gitlab_get_need       (JsonNode             *need);
const char       *_runnel_gitlab_find_output    (RunnelGitlabImport   *self,
                                                 JsonObject           *job,
                                                 const char           *output);

/* In runnel-gitlab-import-job.c */
void              _runnel_gitlab_read_job       (RunnelGitlabImport   *self,
                                                 const char           *name,
                                                 JsonObject           *job,
                                                 GPtrArray            *before);

/* In runnel-gitlab-import.c */
char             *_runnel_gitlab_dup_scalar     (JsonNode             *value);
gboolean          _runnel_gitlab_import         (RunnelImport         *import,
                                                 const char           *path,
                                                 const char           *text,
                                                 gsize                 length,
                                                 GError              **error);

G_END_DECLS
