/* runnel-gitlab-reader.h: a job of GitLab CI while it becomes a step
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "interchange/runnel-gitlab-private.h"

G_BEGIN_DECLS

typedef struct
{
  RunnelGitlabImport *file;
  const char *name;
  guint line;
  JsonObject *job;      /* resolved */
  JsonObject *said;     /* what our metadata says of it, or NULL */
  JsonObject *step;
  const char *on;       /* of its links, NULL = success */
} RunnelGitlabReader;

/* In runnel-gitlab-import-job.c */
JsonNode   *_runnel_gitlab_get                 (RunnelGitlabReader *self,
                                                const char         *key);
JsonNode   *_runnel_gitlab_get_or_default      (RunnelGitlabReader *self,
                                                const char         *key);
const char *_runnel_gitlab_get_node_text       (JsonNode           *node);
JsonObject *_runnel_gitlab_get_own             (JsonObject         *object,
                                                const char         *key);
void        _runnel_gitlab_keep                (RunnelGitlabReader *self,
                                                const char         *key,
                                                JsonNode           *value);
void        _runnel_gitlab_keep_and_note       (RunnelGitlabReader *self,
                                                const char         *key,
                                                JsonNode           *value);

/* In runnel-gitlab-import-links.c */
void        _runnel_gitlab_read_when           (RunnelGitlabReader *self);
void        _runnel_gitlab_read_links          (RunnelGitlabReader *self,
                                                GPtrArray          *stage_before);
void        _runnel_gitlab_read_rules          (RunnelGitlabReader *self);

/* In runnel-gitlab-import-matrix.c */
void        _runnel_gitlab_read_variables      (RunnelGitlabReader *self);
void        _runnel_gitlab_read_parallel       (RunnelGitlabReader *self);

/* In runnel-gitlab-import-keys.c */
void        _runnel_gitlab_read_image          (RunnelGitlabReader *self);
void        _runnel_gitlab_read_artifacts      (RunnelGitlabReader *self);
void        _runnel_gitlab_read_retry          (RunnelGitlabReader *self);
void        _runnel_gitlab_read_timeout        (RunnelGitlabReader *self);
void        _runnel_gitlab_read_allow_failure  (RunnelGitlabReader *self);
void        _runnel_gitlab_read_resource_group (RunnelGitlabReader *self);
void        _runnel_gitlab_keep_rest           (RunnelGitlabReader *self);

G_END_DECLS
