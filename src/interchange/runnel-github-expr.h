/* runnel-github-expr.h: expressions in the words of GitHub Actions, and back
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "interchange/runnel-flow.h"

G_BEGIN_DECLS

#define RUNNEL_GITHUB "github-actions"

#define RUNNEL_GITHUB_ERROR (runnel_github_error_quark ())
typedef enum
{
  RUNNEL_GITHUB_ERROR_SYNTAX = 1, /* it is no expression */
  RUNNEL_GITHUB_ERROR_UNKNOWN,    /* the other side has no word for it; the message says what */
} RunnelGithubError;
GQuark runnel_github_error_quark (void);

/* Outputs that an exported job has besides its own. The first is for expressions that ask for
 * `outcome`; the second for links from a step that must not fail itself, because a link from it
 * makes its failure good. */
#define RUNNEL_GITHUB_OUTCOME "runnel-outcome"
#define RUNNEL_GITHUB_RESULT "runnel-result"

/* How the run ends, for jobs that need all others. */
#define RUNNEL_GITHUB_STATE "(contains(needs.*.result, 'failure') && 'failed' || " \
                            "contains(needs.*.result, 'cancelled') && 'cancelled' || 'succeeded')"

#define RUNNEL_GITHUB_JOB_STATE "(job.status == 'failure' && 'failed' || " \
                                "job.status == 'cancelled' && 'cancelled' || 'succeeded')"

/* Where a text stands, which decides what it may speak of. */
typedef enum
{
  RUNNEL_GITHUB_IN_STEP,      /* `env`, `with` and the like of a step */
  RUNNEL_GITHUB_IN_CONDITION, /* `if` of a job */
  RUNNEL_GITHUB_IN_WORKFLOW,  /* `env` and `concurrency` of a workflow */
} RunnelGithubPlace;

typedef struct
{
  const RunnelFlow *flow;
  const RunnelFlowStep *step; /* whose text it is, or NULL = the pipeline's */
  const char *self;           /* what `steps.self` is: the step that an undo undoes, or NULL */
  RunnelGithubPlace place;
  gboolean whole;             /* all steps are in one job */
  gboolean is_last;           /* the job needs all others: a hook at the end */
} RunnelGithubSpeaker;

/* Runnel's expressions in GitHub's words; without ${{ }}, and so is what is returned. */
char     *runnel_github_say_expression  (const RunnelGithubSpeaker *self,
                                         const char                *expression,
                                         GError                   **error);
char     *runnel_github_say_text        (const RunnelGithubSpeaker *self,
                                         const char                *text,
                                         GError                   **error);

/* What names mean in one workflow. */
typedef struct
{
  GHashTable *secrets;   /* their names here by those there, where they differ */
  GHashTable *outputs;   /* of calls: names here by "JOB.NAME" there, where they differ */
  GHashTable *used;      /* a set of the secrets, by their names here, that were read of */
  gboolean has_matrix;   /* there are values of a matrix */
} RunnelGithubNames;

/* GitHub's in Runnel's; without `names` nothing is renamed, and there is a matrix. */
char     *runnel_github_read_expression (const char                *expression,
                                         const RunnelGithubNames   *names,
                                         GError                   **error);
char     *runnel_github_read_text       (const char                *text,
                                         const RunnelGithubNames   *names,
                                         GError                   **error);

/* The expression itself (transfer full), or NULL when it is none, whatever it speaks of. */
char     *runnel_github_check_syntax    (const char                *expression,
                                         GError                   **error);

/* Text that is no expression, though it may look like one. */
char     *runnel_github_escape          (const char                *text);
char     *runnel_github_unescape        (const char                *text);

char     *runnel_github_secret_name     (const char                *secret);

/* Puts `expression` in the place of each ${{ }} of `text`, by what `rewrite` makes of it. */
typedef char *(*RunnelGithubRewrite) (const char *expression, gpointer user_data, GError **error);
char     *runnel_github_rewrite_text    (const char                *text,
                                         RunnelGithubRewrite        rewrite,
                                         gpointer                   user_data,
                                         GError                   **error);

/* Replaces the first `*ret_n_used` names of a path, such as ["needs", "a", "result"]. */
typedef char *(*RunnelGithubReplace) (const char *const *path,
                                      guint              n_names,
                                      guint             *ret_n_used,
                                      gpointer           user_data,
                                      GError           **error);
char     *runnel_github_rewrite_expression (const char             *expression,
                                            RunnelGithubReplace     replace,
                                            gpointer                user_data,
                                            GError                **error);

G_END_DECLS
