/* runnel-github-import.h: what the files that read a workflow share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "interchange/runnel-github-private.h"

G_BEGIN_DECLS

/* A job as it was found. */
typedef struct
{
  const char *name;      /* its key */
  RunnelYaml *node;
  JsonObject *json;      /* owned */
  JsonObject *mark;      /* what an export told of it, or NULL; owned */
  JsonObject *step;      /* what it became, or NULL = it is no step */
} RunnelGithubFound;

typedef struct
{
  RunnelImport *import;
  JsonObject *pipeline;
  JsonObject *workflow;      /* all of it, as JSON */
  GStrv lines;               /* of the file, for marks */
  GArray *jobs;              /* of RunnelGithubFound */
  gboolean is_ours;          /* an export has written it, by its first line */
  GHashTable *others;        /* a set of names of jobs that are hooks, undos or the verdict */
  RunnelGithubNames names;
} RunnelGithubReader;

gboolean    _runnel_github_get_boolean (JsonObject *object,
                                       const char *key);
JsonObject *_runnel_github_get_object (JsonObject *object,
                                       const char *key);
const char *_runnel_github_get_string (JsonObject *object,
                                       const char *key);
void        _runnel_github_read_head  (RunnelGithubReader *self,
                                       JsonObject         *mark);
void        _runnel_github_declare_secrets (RunnelGithubReader *self);
gboolean    _runnel_github_read_job   (RunnelGithubReader *self,
                                       RunnelGithubFound  *job,
                                       GError            **error);
void        _runnel_github_set_continue (RunnelGithubReader *self,
                                       RunnelGithubFound  *job,
                                       JsonNode           *node);
void        _runnel_github_read_body  (RunnelGithubReader *self,
                                       RunnelGithubFound  *job);
gboolean    _runnel_github_check_job  (const RunnelYaml   *job,
                                       GError            **error);
gboolean    _runnel_github_check_on   (const RunnelYaml   *on,
                                       GError            **error);
gboolean    _runnel_github_fail       (const RunnelYaml   *node,
                                       GError            **error,
                                       const char         *format,
                                       ...) G_GNUC_PRINTF (3, 4);
void        _runnel_github_note       (RunnelGithubReader *self,
                                       RunnelGithubFound  *job,
                                       const char         *format,
                                       ...) G_GNUC_PRINTF (3, 4);

G_END_DECLS
