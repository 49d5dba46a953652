/* runnel-tekton-read.h: what the parts of the import from Tekton share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "interchange/runnel-tekton-private.h"

G_BEGIN_DECLS

/* The pipeline that is read. */
typedef struct
{
  RunnelImport *import;
  GHashTable *tasks;      /* of the file: name: JsonObject */
  JsonObject *pipeline;   /* that is filled in */
  JsonObject *memory;     /* what our own export noted; or NULL */
  JsonObject *inputs;     /* set of the names of parameters */
  JsonObject *labels;     /* task: name for the builder */
  JsonObject *results;    /* set of "task.result": those by $RUNNEL_OUTPUT */
  guint line;             /* of the document */
} RunnelTektonReader;

/* A task of it. */
typedef struct
{
  RunnelTektonReader *reader;
  const char *name;
  JsonObject *task;
  JsonObject *spec; /* taskSpec, or that of a Task of the file; or NULL: it is somewhere else */
  JsonObject *said;       /* owned; or NULL */
  JsonObject *memory;     /* owned; or NULL */
} RunnelTektonCall;

void  _runnel_tekton_call_init  (RunnelTektonCall   *self,
                                 RunnelTektonReader *reader,
                                 JsonObject         *task);
void  _runnel_tekton_call_clear (RunnelTektonCall   *self);
char *_runnel_tekton_read_text  (RunnelTektonCall   *self,
                                 const char         *text,
                                 gboolean            is_inside);
gboolean _runnel_tekton_read_env (RunnelTektonCall  *self,
                                 JsonArray          *env,
                                 JsonObject         *step,
                                 JsonArray          *rest);
gboolean _runnel_tekton_is_name (const char         *text);
const char *_runnel_tekton_get_axis (const char     *name);
gboolean _runnel_tekton_has_reference (const char   *text);
gboolean _runnel_tekton_has_conditions_of_ours (RunnelTektonCall *self);
void  _runnel_tekton_read_body  (RunnelTektonCall   *self,
                                 JsonObject         *step);
void  _runnel_tekton_read_links (RunnelTektonCall   *self,
                                 JsonObject         *step);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RunnelTektonCall, _runnel_tekton_call_clear)

G_END_DECLS
