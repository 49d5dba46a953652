/* runnel-argo-read.h: what the parts of the import from Argo share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "interchange/runnel-argo-private.h"
#include "interchange/runnel-yaml.h"

G_BEGIN_DECLS

/* The workflow that is read, and the pipeline that is made of one of its templates. */
typedef struct
{
  RunnelImport *import;
  JsonObject *spec;          /* of the workflow */
  JsonObject *templates;     /* by name */
  JsonObject *memory;        /* of the pipeline: what our own export noted; or NULL */
  JsonObject *limits;        /* sizes of the semaphores of our own export; or NULL */
  char *limits_name;
  const char *stem;          /* of the pipeline of the entrypoint */
  JsonObject *pipeline;      /* that is filled in */
  JsonObject
    *inputs; /* set of the names of its parameters, as they are in the template or workflow */
  gboolean is_main;          /* the pipeline is that of the entrypoint */
  gboolean has_steps;        /* it is made of `steps`, not of a graph */
  JsonObject *labels;        /* task: name for the builder of the pipeline */
  JsonObject *conditional;   /* set of tasks that may be skipped */
  JsonObject *readable;      /* set of "task.output": outputs by $RUNNEL_OUTPUT */
  JsonObject *kept;          /* set of the names of templates that are kept */
  guint line;                /* of the document */
} RunnelArgoReader;

/* What is done with each task of a graph, or of `steps`; `before` are those of the group before, or
 * NULL. */
typedef void (*RunnelArgoTaskFunc) (RunnelArgoReader *reader,
                                    JsonObject *task,
                                    JsonArray *before,
                                    gpointer user_data);

/* A task with what it calls. */
typedef struct
{
  const char *name;
  JsonObject *task;
  JsonObject *template;      /* or NULL: it is somewhere else */
  JsonObject *said;          /* owned; or NULL */
  JsonObject *memory;        /* owned; or NULL */
} RunnelArgoCall;

void        _runnel_argo_call_init      (RunnelArgoCall   *self,
                                         RunnelArgoReader *reader,
                                         JsonObject       *task);
void        _runnel_argo_call_clear     (RunnelArgoCall   *self);
char       *_runnel_argo_read_text      (RunnelArgoReader *reader,
                                         RunnelArgoCall   *call,
                                         const char       *text);
JsonArray  *_runnel_argo_read_env       (RunnelArgoReader *reader,
                                         RunnelArgoCall   *call,
                                         JsonArray        *env,
                                         JsonObject       *step);
gboolean    _runnel_argo_is_name        (const char       *text);
void        _runnel_argo_read_foreign   (RunnelArgoReader *reader,
                                         RunnelArgoCall   *call,
                                         JsonObject       *step);
JsonObject *_runnel_argo_get_rest       (JsonObject       *template);
JsonObject *_runnel_argo_copy_without   (JsonObject       *object,
                                         const char *const *keys);
void        _runnel_argo_read_outputs   (RunnelArgoCall   *call,
                                         JsonObject       *step,
                                         JsonObject       *rest);
JsonObject *_runnel_argo_get_kept       (JsonObject       *step,
                                         const char       *key);
gboolean    _runnel_argo_is_graph       (JsonObject       *template);
const char *_runnel_argo_get_role       (JsonObject       *template);
JsonObject *_runnel_argo_get_node       (JsonNode         *node);
JsonObject *_runnel_argo_read_parameters (RunnelArgoReader *reader,
                                          JsonObject      *arguments);
void        _runnel_argo_read_spec      (RunnelArgoReader *reader,
                                         JsonObject       *spec);
void        _runnel_argo_read_metadata  (RunnelArgoReader *reader,
                                         JsonObject       *document,
                                         const char       *title);
char       *_runnel_argo_get_title      (JsonObject       *document);
void        _runnel_argo_read_cron      (RunnelArgoReader *reader,
                                         JsonObject       *spec);
void        _runnel_argo_read_pools     (RunnelArgoReader *reader);
void        _runnel_argo_for_each_task  (RunnelArgoReader *reader,
                                         JsonObject       *template,
                                         RunnelArgoTaskFunc func,
                                         gpointer          user_data);
void        _runnel_argo_read_graph     (RunnelArgoReader *reader,
                                         JsonObject       *template);
void        _runnel_argo_read_leaf      (RunnelArgoReader *reader,
                                         JsonObject       *template);
void        _runnel_argo_read_hook      (RunnelArgoReader *reader,
                                         JsonObject       *task,
                                         JsonArray        *before,
                                         gpointer          user_data);
void        _runnel_argo_read_exit      (RunnelArgoReader *reader,
                                         const char       *name);
void        _runnel_argo_read_body      (RunnelArgoReader *reader,
                                         RunnelArgoCall   *call,
                                         JsonObject       *step);
gboolean    _runnel_argo_read_matrix    (RunnelArgoReader *reader,
                                         RunnelArgoCall   *call,
                                         JsonObject       *step);
void        _runnel_argo_read_condition (RunnelArgoReader *reader,
                                         RunnelArgoCall   *call,
                                         JsonObject       *step);
void        _runnel_argo_read_template  (RunnelArgoReader *reader,
                                         RunnelArgoCall   *call,
                                         JsonObject       *step,
                                         JsonObject       *rest);
void        _runnel_argo_read_links     (RunnelArgoReader *reader,
                                         RunnelArgoCall   *call,
                                         JsonObject       *step);
void        _runnel_argo_keep_template  (RunnelArgoReader *reader,
                                         const char       *name);
void        _runnel_argo_add_need       (RunnelArgoReader *reader,
                                         JsonObject       *step,
                                         const char       *task,
                                         const char       *on);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RunnelArgoCall, _runnel_argo_call_clear)

G_END_DECLS
