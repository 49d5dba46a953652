/* runnel-airflow-private.h: what the files about Apache Airflow share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "interchange/runnel-dialect.h"
#include "interchange/runnel-targets.h"

G_BEGIN_DECLS

/* A DAG file on its way. */
typedef struct
{
  const RunnelFlow *flow;
  const RunnelExportOptions *options;
  GString *text;
  GHashTable *variables; /* Python names by id of step or gate (owned both) */
  GHashTable *taken;     /* the Python names themselves */
  GStringChunk *strings; /* more names of Python */
  GString *functions;    /* definitions that stand before the DAG */
  gboolean has_empty;    /* EmptyOperator is needed, ... */
  gboolean has_outputs;
  gboolean has_approval;
  gboolean has_trigger;
  gboolean has_outcome;
} RunnelAirflow;

/* runnel-airflow-python.c: constants and names of Python */
char       *_runnel_airflow_quote         (const char           *text);
char       *_runnel_airflow_quote_lines   (const char           *text);
const char *_runnel_airflow_get_variable  (RunnelAirflow        *self,
                                           const char           *id);
void        _runnel_airflow_add_comment   (GString              *text,
                                           const char           *indent,
                                           const char           *comment);

/* runnel-airflow-jinja.c: expressions in Jinja; `user_data` is a leg's values, or NULL */
extern const RunnelDialect _runnel_airflow_jinja;

/* runnel-airflow-task.c: a step as an operator */
gboolean    _runnel_airflow_retries_itself (const RunnelFlowStep *step);
void        _runnel_airflow_add_task      (RunnelAirflow        *self,
                                           const RunnelFlowStep *step,
                                           const char           *trigger_rule,
                                           const char           *hook); /* its moment, or NULL */
void        _runnel_airflow_add_variables (GString              *dict,
                                           GArray               *env,
                                           JsonObject           *leg);

/* runnel-airflow-links.c: order, by trigger rules and gates */
const char *_runnel_airflow_get_rule      (const RunnelFlowStep *step);
void        _runnel_airflow_add_links     (RunnelAirflow        *self);
void        _runnel_airflow_add_ends      (RunnelAirflow        *self);

/* runnel-airflow-export.c */
gboolean    _runnel_airflow_export        (const RunnelFlow          *flow,
                                           const RunnelExportOptions *options,
                                           GPtrArray                 *files,
                                           GError                   **error);

/* runnel-airflow-import.c */
gboolean    _runnel_airflow_import        (RunnelImport         *import,
                                           const char           *path,
                                           const char           *text,
                                           gsize                 length,
                                           GError              **error);
guint       _runnel_airflow_detect        (const char           *path,
                                           const char           *text,
                                           gsize                 length);

/* What marks tasks of exported files that are no steps; behind HOOK is its moment. */
#define RUNNEL_AIRFLOW_GATE "runnel: gate"
#define RUNNEL_AIRFLOW_HOOK "runnel: hook "
/* What stands before the JSON of a matrix, and before a text as it was, in a comment of Jinja. */
#define RUNNEL_AIRFLOW_MATRIX "runnel: matrix "
#define RUNNEL_AIRFLOW_SAID "{# runnel: "

/* A DAG while its tasks are read. */
typedef struct
{
  RunnelImport *import;
  JsonObject *defaults; /* default_args of the DAG, or NULL */
  const char *outputs;  /* what exported files call OUTPUTS, or NULL */
  JsonObject *common;   /* what they call ENV, or NULL */
  GHashTable *tasks;    /* JsonObject of the tree by id (neither owned) */
  GHashTable *steps;    /* JsonObject of the document by id of the task (neither owned) */
} RunnelAirflowReading;

/* runnel-airflow-read-task.c, -read-links.c and -read-legs.c: the tree that readers/airflow.py
 * prints */
void        _runnel_airflow_read_tasks    (RunnelImport         *import,
                                           JsonObject           *tree,
                                           JsonObject           *dag);
JsonNode   *_runnel_airflow_read_value    (JsonNode             *value);
const char *_runnel_airflow_get_string    (JsonObject           *object,
                                           const char           *key);
JsonNode   *_runnel_airflow_get_argument  (RunnelAirflowReading *self,
                                           JsonObject           *arguments,
                                           const char           *name);
gboolean    _runnel_airflow_is_gate       (JsonObject           *task);
void        _runnel_airflow_read_edges    (RunnelAirflowReading *self,
                                           JsonArray            *edges);
void        _runnel_airflow_read_legs     (RunnelImport         *import,
                                           JsonObject           *step,
                                           JsonObject           *task,
                                           JsonObject           *of_all_tasks);

G_END_DECLS
