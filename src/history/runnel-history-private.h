/* runnel-history-private.h: what the files of the history share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history/runnel-history.h"
#include "history/runnel-sqlite.h"

G_BEGIN_DECLS

struct _RunnelHistory
{
  RunnelSqlite *db;
  /* Steps that wait now, run << 32 | step; so that only they cost a statement when the wait ends. */
  GHashTable *waiting;
  /* Something was undone, so that `waiting` may be wrong and every event must look. */
  gboolean waiting_unknown;
  /* The latest transaction; monotonic. */
  gint64 began;
  gint64 ended;
  /* (nullable): the pipelines of the family that was listed last, by definition. */
  GHashTable *family;
};

/* The id of a step of the file, or of one that was added; `run` must be among the tables. */
#define RUNNEL_SQL_STEP_ID "coalesce (definition_step.id, added_step.id)"
#define RUNNEL_SQL_STEP_TABLES(table) \
  " LEFT JOIN definition_step ON definition_step.definition = run.definition" \
  "  AND definition_step.step = " table ".step" \
  " LEFT JOIN added_step ON added_step.run = run.id AND added_step.step = " table ".step"

/* Name and value of a row `parameter` of json_each(), as they are in run_parameter. */
#define RUNNEL_SQL_MAX_VALUE "200"
#define RUNNEL_SQL_PARAMETER \
  "parameter.key, substr (CASE parameter.type WHEN 'true' THEN 'true' WHEN 'false' THEN 'false'" \
  " ELSE parameter.value END, 1, " RUNNEL_SQL_MAX_VALUE ")"

/* A step that failed or timed out, and no flag says that this did no harm. */
#define RUNNEL_SQL_STEP_IS_CULPRIT "state IN (5, 6) AND flags = 0"

/* The bits of step.flags. */
enum
{
  RUNNEL_FLAG_TOLERATED = 1 << 0,
  RUNNEL_FLAG_HANDLED   = 1 << 1,
};

/* States below this one are those of a run or step that is not over. */
#define FIRST_TERMINAL_STATE RUNNEL_STATE_SUCCEEDED

gboolean    _runnel_history_is_in_memory       (RunnelHistory      *self);

/* Runs @sql, kept as a statement, whose only parameter is @id. */
gboolean    _runnel_history_run_with_id        (RunnelHistory      *self,
                                                const char         *sql,
                                                gint64              id,
                                                GError            **error);

gboolean    _runnel_history_migrate            (RunnelSqlite       *db,
                                                GError            **error);

gboolean    _runnel_history_add_definition     (RunnelHistory      *self,
                                                const char         *text,
                                                gsize               length,
                                                gint64             *ret_definition,
                                                GError            **error);
gboolean    _runnel_history_add_pipeline       (RunnelHistory      *self,
                                                const char         *name,
                                                const char         *file,
                                                gint64             *ret_pipeline,
                                                GError            **error);
gboolean    _runnel_history_write_counts       (RunnelHistory      *self,
                                                gint64              run,
                                                GError            **error);
gboolean    _runnel_history_drop_definition    (RunnelHistory      *self,
                                                gint64              definition,
                                                GError            **error);
GHashTable *_runnel_history_get_step_indices   (RunnelHistory      *self,
                                                gint64              run,
                                                GError            **error);

gboolean    _runnel_history_record_action      (RunnelHistory      *self,
                                                const RunnelEvent  *event,
                                                const char         *details,
                                                GError            **error);
gboolean    _runnel_history_audit_start        (RunnelHistory      *self,
                                                gint64              run,
                                                gint64              time,
                                                const char         *details,
                                                GError            **error);
gboolean    _runnel_history_audit              (RunnelHistory      *self,
                                                gint64              run,
                                                const char         *action,
                                                const char         *text,
                                                GError            **error);

gboolean    _runnel_history_audit_deletion     (RunnelHistory      *self,
                                                gint64              run,
                                                GError            **error);

gboolean    _runnel_history_index_start        (RunnelHistory      *self,
                                                gint64              run,
                                                const char         *details,
                                                GError            **error);
gboolean    _runnel_history_index_reasons      (RunnelHistory      *self,
                                                gint64              run,
                                                GError            **error);
gboolean    _runnel_history_drop_reasons       (RunnelHistory      *self,
                                                gint64              run,
                                                GError            **error);

gboolean    _runnel_history_has_run            (RunnelHistory      *self,
                                                gint64              run,
                                                gboolean           *ret_found,
                                                GError            **error);
gboolean    _runnel_history_move_to_trash      (gint64              run,
                                                GError            **error);
gboolean    _runnel_history_move_from_trash    (gint64              run,
                                                GError            **error);
gboolean    _runnel_history_empty_trash        (gint64              run,
                                                GError            **error);
gboolean    _runnel_history_sweep_trash        (RunnelHistory      *self,
                                                GError            **error);
gboolean    _runnel_history_check_over         (RunnelHistory      *self,
                                                gint64              run,
                                                gint64             *ret_definition,
                                                gint64             *ret_pipeline,
                                                GError            **error);
gboolean    _runnel_history_delete_one         (RunnelHistory      *self,
                                                gint64              run,
                                                GError            **error);
gboolean    _runnel_history_finish_deletions   (RunnelHistory      *self,
                                                gboolean            only_begun,
                                                GCancellable       *cancellable,
                                                GError            **error);
void        _runnel_history_let_others         (gint64              began);

/* Like runnel_history_record(), with the event's objects already written as JSON, or NULL. */
gboolean    _runnel_history_record_text        (RunnelHistory      *self,
                                                const RunnelEvent  *event,
                                                const char         *outputs,
                                                const char         *details,
                                                GError            **error);
gboolean    _runnel_history_record_run_event   (RunnelHistory      *self,
                                                const RunnelEvent  *event,
                                                const char         *details,
                                                GError            **error);
gboolean    _runnel_history_record_added_step  (RunnelHistory      *self,
                                                const RunnelEvent  *event,
                                                const char         *details,
                                                GError            **error);
gboolean    _runnel_history_read_added_steps   (RunnelHistory      *self,
                                                gint64              run,
                                                GPtrArray          *steps,
                                                GError            **error);
void        _runnel_history_parse_digest       (const char         *text,
                                                guint8             *ret_bytes);
gboolean    _runnel_history_record_artifacts   (RunnelHistory      *self,
                                                const RunnelEvent  *event,
                                                const char         *details,
                                                GError            **error);
gboolean    _runnel_history_record_attempt     (RunnelHistory      *self,
                                                const RunnelEvent  *start,
                                                const RunnelEvent  *end,
                                                GError            **error);
gboolean    _runnel_history_record_step_event  (RunnelHistory      *self,
                                                const RunnelEvent  *event,
                                                const char         *outputs,
                                                GError            **error);
RunnelStepRecord *_runnel_history_read_step    (RunnelStatement    *row);
gboolean    _runnel_history_count_steps        (RunnelHistory      *self,
                                                gint64              run,
                                                guint              *counts,
                                                GError            **error);
gboolean    _runnel_history_mark_handled       (RunnelHistory      *self,
                                                gint64              run,
                                                const char         *details,
                                                GError            **error);
gboolean    _runnel_history_interrupt_steps    (RunnelHistory      *self,
                                                gint64              run,
                                                gint64              time,
                                                GError            **error);

char       *_runnel_history_name_pipeline      (const char         *name,
                                                const char         *file);
gboolean    _runnel_history_total_begin        (RunnelHistory      *self,
                                                const RunnelEvent  *event,
                                                GError            **error);
gboolean    _runnel_history_total_end          (RunnelHistory      *self,
                                                const RunnelEvent  *event,
                                                GError            **error);

gboolean    _runnel_history_count_run          (RunnelHistory      *self,
                                                gint64              run,
                                                GError            **error);
gboolean    _runnel_history_discount_run       (RunnelHistory      *self,
                                                gint64              run,
                                                GError            **error);

void        _runnel_history_set_not_found      (gint64              run,
                                                GError            **error);
char       *_runnel_json_object_to_text        (JsonObject         *object);
JsonObject *_runnel_json_object_from_text      (const char         *text);

G_END_DECLS
