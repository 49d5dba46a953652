/* runnel-cli-run.h: what is given to `runnel run`
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "cli/runnel-cli.h"
#include "engine/runnel-run.h"

G_BEGIN_DECLS

/* Everything read and checked; nothing is started yet. */
typedef struct
{
  char *file;                /* absolute */
  char *text;                /* until it is in the history and in the run's folder */
  gsize length;
  RunnelPipeline *pipeline;
  JsonObject *parameters;
  JsonObject *trigger;
  char *origin;              /* from where it is started */
  char **labels;             /* besides those of the pipeline, or NULL */
  char *ancestry;            /* the steps inside which it runs; NULL = none */
  char *secrets_file;        /* where to look for secrets, or NULL */
  JsonNode *inheritance;     /* what the run that it is a step of gives it, or NULL */
  RunnelSecrets *secrets;    /* set when it is carried out */
  JsonNode *outputs;         /* wanted of this run by the pipeline that runs it, or NULL */
  RunnelEarlier *earlier;    /* the run that this one takes up, or NULL */
  RunnelSelection *selection; /* NULL = all steps */
  GPtrArray *undos;          /* of a rollback, else NULL */
  int jobs;
  char *container;           /* what runs steps that have an image, or NULL */
  gboolean no_cache;
  gboolean as_json;
  gboolean is_detached;
} RunnelCliOrder;

/* Which part of a pipeline is to run, as given on the command line. */
typedef struct
{
  char *step;
  char *from;
  char *until;
  gboolean failed;
} RunnelCliPart;

#define RUNNEL_CLI_PART_OPTIONS(part)                                                         \
  { "step", 0, 0, G_OPTION_ARG_STRING, &(part)->step, "Run only this step", "STEP" },         \
  { "from", 0, 0, G_OPTION_ARG_STRING, &(part)->from,                                         \
    "Run this step and all that come after it", "STEP" },                                     \
  { "until", 0, 0, G_OPTION_ARG_STRING, &(part)->until,                                       \
    "Run this step and all that it needs", "STEP" }

#define RUNNEL_CLI_LABEL_OPTION(labels)                                                       \
  { "label", 0, 0, G_OPTION_ARG_STRING_ARRAY, labels,                                         \
    "Put a label on the run; may be repeated", "LABEL" }

#define RUNNEL_CLI_CONTAINER_OPTION(flag)                                                     \
  { "container", 0, 0, G_OPTION_ARG_NONE, flag,                                               \
    "Run steps that have an image in a container, by podman or docker", NULL }

#define RUNNEL_CLI_SECRETS_OPTION(path)                                                       \
  { "secrets-file", 0, 0, G_OPTION_ARG_FILENAME, path,                                        \
    "Read values of secrets from a JSON object that only you can read", "FILE" }

void     runnel_cli_part_clear   (RunnelCliPart   *self);
gboolean runnel_cli_part_select  (RunnelCliPart   *self,
                                  RunnelCliOrder  *order,
                                  GError         **error);

void     runnel_cli_order_clear  (RunnelCliOrder  *self);
int      runnel_cli_carry_out    (RunnelCliOrder  *order,
                                  gboolean         dry_run,
                                  GError         **error);

int      runnel_cli_rehearse     (RunnelCliOrder  *order,
                                  GError         **error);
gboolean runnel_cli_check_labels (RunnelCliOrder  *order,
                                  GError         **error);
gboolean runnel_cli_check        (RunnelCliOrder  *order,
                                  GError         **error);
gboolean runnel_cli_check_limits (RunnelCliOrder  *order,
                                  GError         **error);
gboolean runnel_cli_inherit      (RunnelCliOrder  *order,
                                  GError         **error);
JsonObject *
         runnel_cli_get_inherited (RunnelCliOrder *order,
                                  const char      *member);
gboolean runnel_cli_take_secrets (RunnelCliOrder  *order,
                                  GError         **error);
gboolean runnel_cli_find_secrets (RunnelCliOrder  *order,
                                  GError         **error);
gboolean runnel_cli_inherit_artifacts (RunnelCliOrder *order,
                                  const char      *run_dir,
                                  GError         **error);
int      runnel_cli_execute      (RunnelCliOrder  *order,
                                  GError         **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RunnelCliOrder, runnel_cli_order_clear)

G_END_DECLS
