/* runnel-github-gate.h: when a job runs: its links, its join and its condition as one `if`
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "interchange/runnel-github-expr.h"

G_BEGIN_DECLS

typedef struct
{
  const char *id;   /* of the job before */
  RunnelOn on;
  gboolean tells;   /* that job never fails, and tells by an output how it ended */
} RunnelGithubLink;

/* Texts are owned. */
typedef struct
{
  GArray *links;        /* of RunnelGithubLink */
  RunnelJoin join;
  gboolean disabled;
  gboolean is_implicit; /* no status function is in it: GitHub itself asks for success */
  gboolean whole;       /* the steps of one job, not jobs */
  GPtrArray *guards;    /* of char *: more that must hold, in GitHub's words */
  char *condition;      /* in GitHub's words, or NULL */
  char *read;           /* the condition in Runnel's words, or NULL; only of one that was read */
  char *unread;         /* a part of it that Runnel has no words for, or NULL */
} RunnelGithubGate;

void  runnel_github_gate_init  (RunnelGithubGate *self);
void  runnel_github_gate_clear (RunnelGithubGate *self);
char *runnel_github_gate_say   (const RunnelGithubGate *self);
void  runnel_github_gate_read  (RunnelGithubGate *self,
                                const char       *text,
                                const RunnelGithubNames *names);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RunnelGithubGate, runnel_github_gate_clear)

/* Parts of an expression that must all hold. (transfer full) */
GPtrArray *runnel_github_split_and (const char *expression);
gboolean   runnel_github_has_or    (const char *expression);
gboolean   runnel_github_calls_status (const char *expression);

G_END_DECLS
