/* runnel-github-private.h: what the files of GitHub Actions share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "expr/runnel-expr.h"
#include "interchange/runnel-github-expr.h"
#include "interchange/runnel-github-gate.h"
#include "interchange/runnel-targets.h"
#include "interchange/runnel-yaml.h"

G_BEGIN_DECLS

#define RUNNEL_GITHUB_TITLE "Written by Runnel"  /* the first line of an export */
#define RUNNEL_GITHUB_RUN "run"              /* the id of the step of a job that does the work */
#define RUNNEL_GITHUB_NUMBER "number"        /* the id of the one that counts legs from 1 */
#define RUNNEL_GITHUB_CACHE "cache"
#define RUNNEL_GITHUB_ARTIFACTS "${{ runner.temp }}/artifacts"
#define RUNNEL_GITHUB_OUTPUT_LINE "export RUNNEL_OUTPUT=\"$GITHUB_OUTPUT\"\n"
#define RUNNEL_GITHUB_CHECKOUT "actions/checkout@v4"
#define RUNNEL_GITHUB_DOWNLOAD "actions/download-artifact@v4"
#define RUNNEL_GITHUB_UPLOAD "actions/upload-artifact@v4"
#define RUNNEL_GITHUB_CACHE_ACTION "actions/cache@v4"
/* A pattern that names no file: it makes the folder of the pipeline the root of an artifact. */
#define RUNNEL_GITHUB_ROOT_PATTERN "*.runnel-root"
#define RUNNEL_GITHUB_WORKFLOWS "./.github/workflows/"
#define RUNNEL_GITHUB_VERDICT "runnel-verdict"
#define RUNNEL_GITHUB_VERDICT_LINE "echo 'A failure was not made good.' >&2; exit 1"

/* What the jobs of an export have to know of each other, by position of their steps. */
typedef struct
{
  gboolean tells;        /* never fails itself, because a link from it makes its failure good */
  gboolean is_asked;     /* an expression asks for its outcome */
  gboolean is_plain;     /* it and all before it are linked by success alone */
  gboolean has_artifacts_before;
  GPtrArray *reads;      /* of const char *: steps that it reads from, but has no link from */
} RunnelGithubFacts;

typedef struct
{
  const RunnelFlow *flow;
  const RunnelExportOptions *options;
  RunnelYamlWriter *writer;
  GArray *facts;         /* of RunnelGithubFacts */
  JsonObject *kept;      /* what the pipeline has of a workflow that was imported, or NULL */
  gboolean whole;        /* all steps in one job */
} RunnelGithubExport;

/* A job as it is written. */
typedef struct
{
  const char *id;
  const RunnelFlowStep *step;
  const char *self;      /* the step that an undo undoes, or NULL */
  GPtrArray *needs;      /* of const char * */
  char *condition;       /* without ${{ }}, or NULL */
  JsonObject *mark;      /* what a comment tells the importer, or NULL */
  gboolean is_last;      /* it needs all others */
  gboolean forgives;     /* the job succeeds even if what it does fails */
} RunnelGithubJob;

extern const RunnelCapability runnel_github_capabilities[];

/* runnel-github-judge.c */
void      _runnel_github_judge         (const RunnelFlow          *flow,
                                        const RunnelFlowStep      *step,
                                        RunnelFeature              feature,
                                        const RunnelExportOptions *options,
                                        RunnelCapability          *verdict);

/* runnel-github-facts.c */
GArray   *_runnel_github_find_facts    (const RunnelFlow          *flow);
const RunnelGithubFacts *_runnel_github_get_facts (const RunnelGithubExport *self,
                                        guint                      step);

/* runnel-github-export.c */
gboolean  _runnel_github_export        (const RunnelFlow          *flow,
                                        const RunnelExportOptions *options,
                                        GPtrArray                 *files,
                                        GError                   **error);

/* runnel-github-on.c */
void      _runnel_github_write_on      (RunnelGithubExport        *self);
void      _runnel_github_write_group   (RunnelGithubExport        *self);
gboolean  _runnel_github_read_on       (JsonNode                  *on,
                                        JsonObject                *pipeline,
                                        const RunnelGithubNames   *names);

/* runnel-github-job.c */
void      _runnel_github_write_job     (RunnelGithubExport        *self,
                                        const RunnelGithubJob     *job);
void      _runnel_github_write_losses  (RunnelGithubExport        *self,
                                        const RunnelFlowStep      *step);
void      _runnel_github_write_mark    (RunnelGithubExport        *self,
                                        JsonObject                *mark);
void      _runnel_github_write_expression (RunnelYamlWriter       *writer,
                                        const char                *key,
                                        const char                *expression);
void      _runnel_github_write_text    (RunnelYamlWriter          *writer,
                                        const char                *key,
                                        const char                *text);
JsonNode *_runnel_github_get_kept      (const RunnelFlowStep      *step,
                                        const char                *key);
const char *_runnel_github_get_text    (JsonNode                  *node);
void      _runnel_github_add_variables (const RunnelGithubSpeaker *speaker,
                                        GArray                    *variables,
                                        JsonObject                *env);
void      _runnel_github_add_kept      (JsonNode                  *kept,
                                        JsonObject                *env);
void      _runnel_github_write_env     (RunnelYamlWriter          *writer,
                                        JsonObject                *env);

void      _runnel_github_write_needs   (RunnelGithubExport        *self,
                                        GPtrArray                 *needs);

/* runnel-github-jobs.c */
RunnelGithubJob *_runnel_github_job_new (const RunnelFlowStep     *step);
void      _runnel_github_job_free      (RunnelGithubJob           *job);
char     *_runnel_github_say_condition (RunnelGithubExport        *self,
                                        const RunnelGithubJob     *job);
void      _runnel_github_mark_body     (RunnelGithubJob           *job);
void      _runnel_github_write_jobs    (RunnelGithubExport        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelGithubJob, _runnel_github_job_free)

/* runnel-github-end.c */
void      _runnel_github_write_start   (RunnelGithubExport        *self);
char     *_runnel_github_say_verdict   (RunnelGithubExport        *self,
                                        GPtrArray                 *needs);
void      _runnel_github_write_end     (RunnelGithubExport        *self);

/* runnel-github-body.c */
void      _runnel_github_write_lines   (RunnelGithubExport        *self,
                                        const char                *lines);
void      _runnel_github_write_body    (RunnelGithubExport        *self,
                                        const RunnelGithubJob     *job);

char     *_runnel_github_get_call_file (const char                *uses);

/* runnel-github-matrix.c */
void      _runnel_github_write_matrix  (RunnelGithubExport        *self,
                                        const RunnelFlowStep      *step);
void      _runnel_github_add_guards    (JsonNode                  *matrix,
                                        GPtrArray                 *guards);
JsonNode *_runnel_github_say_json      (const RunnelGithubSpeaker *speaker,
                                        JsonNode                  *value,
                                        GError                   **error);
JsonNode *_runnel_github_read_json     (JsonNode                  *value,
                                        const RunnelGithubNames   *names,
                                        GError                   **error);
GPtrArray *_runnel_github_list_axes    (JsonNode                  *matrix);

/* runnel-github-steps.c */
void      _runnel_github_write_steps   (RunnelGithubExport        *self,
                                        const RunnelGithubJob     *job);
void      _runnel_github_write_run     (RunnelGithubExport        *self,
                                        const RunnelGithubJob     *job,
                                        const char                *id);
gboolean  _runnel_github_can_cache     (const RunnelFlowStep      *step);
char     *_runnel_github_say_shell     (const char                *shell);
char     *_runnel_github_read_shell    (const char                *shell);

/* runnel-github-whole.c */
void      _runnel_github_write_whole   (RunnelGithubExport        *self);

/* runnel-github-work.c: what the steps of a job make together */
typedef struct
{
  char *run;             /* NULL: they are no script */
  char *shell;           /* of Runnel */
  char *folder;          /* in GitHub's words, or NULL */
  JsonObject *env;       /* in GitHub's words, or NULL */
  gint64 minutes;        /* 0 = no timeout */
  JsonNode *continues;   /* or NULL */
  gboolean is_bypassed;
  gboolean is_ours;      /* written by an export, so that nothing of it has to be kept */
  GPtrArray *artifacts;  /* of char *, in GitHub's words */
} RunnelGithubWork;

void      runnel_github_work_read      (RunnelGithubWork          *self,
                                        JsonNode                  *steps,
                                        JsonObject                *job_defaults,
                                        JsonObject                *defaults);
void      runnel_github_work_clear     (RunnelGithubWork          *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RunnelGithubWork, runnel_github_work_clear)

/* runnel-github-import.c */
gboolean  _runnel_github_import        (RunnelImport              *import,
                                        const char                *path,
                                        const char                *text,
                                        gsize                      length,
                                        GError                   **error);
guint     _runnel_github_detect        (const char                *path,
                                        const char                *text,
                                        gsize                      length);

G_END_DECLS
