/* runnel-import-facts.c: the facts of a run that is being imported, into the tables
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "history/exchange/runnel-exchange-tables.h"
#include "history/exchange/runnel-import-facts.h"
#include "history/exchange/runnel-import-line.h"

struct _RunnelImportFacts
{
  RunnelHistory *history;
  const char *host;        /* that the file comes from */
  JsonObject *head;
  gint64 run;              /* its number here, 0 = not yet */
  GHashTable *statements;  /* RunnelExchangeTable -> RunnelStatement */
};

RunnelImportFacts *
runnel_import_facts_new (RunnelHistory *history,
                         const char    *host)
{
  RunnelImportFacts *self = g_new0 (RunnelImportFacts, 1);

  self->history = history;
  self->host = host;
  self->statements = g_hash_table_new_full (NULL, NULL, NULL,
                                            (GDestroyNotify) runnel_statement_free);
  return self;
}

void
runnel_import_facts_free (RunnelImportFacts *self)
{
  g_clear_pointer (&self->head, json_object_unref);
  g_hash_table_unref (self->statements);
  g_free (self);
}

gint64
runnel_import_facts_get_run (RunnelImportFacts *self)
{
  return self->run;
}

/* @ret_run is 0 when there is none. */
static gboolean
find_run (RunnelImportFacts  *self,
          const char         *uuid,
          gint64             *ret_run,
          GError            **error)
{
  static const char sql[] = "SELECT id FROM run WHERE uuid = ?";
  RunnelStatement *statement;
  gboolean row;

  *ret_run = 0;
  if (uuid == NULL)
    return TRUE;
  statement = runnel_sqlite_get_statement (self->history->db, sql, error);
  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_text (statement, 0, uuid);
  if (!runnel_statement_step (statement, &row, error))
    return FALSE;
  *ret_run = row ? runnel_statement_get_int (statement, 0) : 0;
  runnel_statement_reset (statement);
  return TRUE;
}

/* Executes @sql with the run and up to two texts. */
static gboolean
run_with_texts (RunnelImportFacts  *self,
                const char         *sql,
                const char *const  *texts,
                guint               n_texts,
                GError            **error)
{
  RunnelStatement *statement = runnel_sqlite_get_statement (self->history->db, sql, error);

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, self->run);
  for (guint i = 0; i < n_texts; i++)
    runnel_statement_bind_text (statement, 1 + i, texts[i]);
  return runnel_statement_run (statement, error);
}

/* --- The run itself --- */

/* Ids of steps become names of files. */
static gboolean
check_steps (RunnelImportFacts  *self,
             gint64              definition,
             GError            **error)
{
  static const char sql[] = "SELECT id FROM definition_step WHERE definition = ?";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->history->db, sql, error);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, definition);
  while (runnel_statement_step (statement, &row, error))
    {
      if (!row)
        return TRUE;
      if (runnel_exchange_name_is_safe (runnel_statement_get_text (statement, 0)))
        continue;
      runnel_statement_reset (statement);
      return runnel_import_refuse (error, "A step of its pipeline has an id that can't be");
    }
  return FALSE;
}

static gboolean
insert_run (RunnelImportFacts  *self,
            gint64              pipeline,
            gint64              definition,
            GError            **error)
{
  g_autofree char *sql =
    runnel_exchange_make_insert ("run", "uuid, pipeline, definition, pid, pid_start", 5,
                                 runnel_exchange_run_columns);
  g_autoptr(RunnelStatement) statement = runnel_sqlite_prepare (self->history->db, sql, error);

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_text (statement, 0, runnel_import_get_text (self->head, "uuid"));
  runnel_statement_bind_int (statement, 1, pipeline);
  runnel_statement_bind_int (statement, 2, definition);
  runnel_statement_bind_int (statement, 3, 0);
  runnel_statement_bind_int (statement, 4, 0);
  if (!runnel_exchange_bind_columns (runnel_exchange_run_columns, self->head, statement, 5,
                                     error) ||
      !runnel_statement_run (statement, error))
    return FALSE;
  if (runnel_sqlite_get_n_changes (self->history->db) == 0)
    return runnel_import_refuse (error, "The run was added by somebody else meanwhile");
  self->run = runnel_sqlite_get_last_id (self->history->db);
  return TRUE;
}

static gboolean
check_head (RunnelImportFacts  *self,
            GError            **error)
{
  const char *uuid = runnel_import_get_text (self->head, "uuid");
  const char *pipeline = runnel_import_get_text (self->head, "pipeline");
  const char *file = runnel_import_get_text (self->head, "file");
  const char *state_text = runnel_import_get_text (self->head, "state");
  RunnelState state;

  if (uuid == NULL || !g_uuid_string_is_valid (uuid))
    return runnel_import_refuse (error, "The UUID of the run is missing, or none");
  if (pipeline == NULL || file == NULL)
    return runnel_import_refuse (error, "The pipeline of the run is missing, or its file");
  if (state_text == NULL || !runnel_state_from_string (state_text, &state) ||
      !runnel_state_is_terminal (state))
    return runnel_import_refuse (error, "The run is in no state that a run can end in");
  return TRUE;
}

/* --- What names other runs --- */

static gboolean
map_member (RunnelImportFacts  *self,
            JsonObject         *trigger,
            const char         *name,
            GError            **error)
{
  gint64 old = runnel_import_get_int (trigger, name);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, old);
  JsonNode *node = json_object_get_member (self->head, "links");
  gint64 run = 0;

  if (old == 0)
    return TRUE;
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node) &&
      !find_run (self, runnel_import_get_text (json_node_get_object (node), number), &run, error))
    return FALSE;
  if (run != 0)
    json_object_set_int_member (trigger, name, run);
  else
    json_object_remove_member (trigger, name);
  return TRUE;
}

/* Numbers of the other machine become those of this one, or go. */
static gboolean
map_trigger (RunnelImportFacts  *self,
             JsonObject         *details,
             GError            **error)
{
  JsonNode *node = json_object_get_member (details, "trigger");
  JsonObject *trigger = node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  return trigger == NULL || (map_member (self, trigger, "run", error) &&
                             map_member (self, trigger, "parent", error) &&
                             map_member (self, trigger, "resumes", error));
}

/* What readers of details rely on; other members may be anything. */
static const struct
{
  const char *name;
  gboolean in_trigger;
  JsonNodeType holds;
  GType value; /* G_TYPE_INVALID = no value, but an object or array */
} detail_types[] = {
  { "pipeline", FALSE, JSON_NODE_VALUE, G_TYPE_STRING },
  { "file", FALSE, JSON_NODE_VALUE, G_TYPE_STRING },
  { "parameters", FALSE, JSON_NODE_OBJECT, G_TYPE_INVALID },
  { "jobs", FALSE, JSON_NODE_VALUE, G_TYPE_INT64 },
  { "host", FALSE, JSON_NODE_VALUE, G_TYPE_STRING },
  { "user", FALSE, JSON_NODE_VALUE, G_TYPE_STRING },
  { "origin", FALSE, JSON_NODE_VALUE, G_TYPE_STRING },
  { "labels", FALSE, JSON_NODE_ARRAY, G_TYPE_INVALID },
  { "traceparent", FALSE, JSON_NODE_VALUE, G_TYPE_STRING },
  { "trigger", FALSE, JSON_NODE_OBJECT, G_TYPE_INVALID },
  { "kind", TRUE, JSON_NODE_VALUE, G_TYPE_STRING },
  { "run", TRUE, JSON_NODE_VALUE, G_TYPE_INT64 },
  { "parent", TRUE, JSON_NODE_VALUE, G_TYPE_INT64 },
  { "resumes", TRUE, JSON_NODE_VALUE, G_TYPE_INT64 },
};

static gboolean
check_details (JsonObject  *details,
               GError     **error)
{
  JsonObject *trigger = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (detail_types); i++)
    {
      JsonObject *object = detail_types[i].in_trigger ? trigger : details;
      JsonNode *node = object ? json_object_get_member (object, detail_types[i].name) : NULL;

      if (node == NULL)
        continue;
      if (json_node_get_node_type (node) != detail_types[i].holds ||
          (detail_types[i].holds == JSON_NODE_VALUE && json_node_get_value_type (node) != detail_types[i].value))
        {
          g_set_error (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_EXCHANGE,
                       "“details” has a “%s” that can't be one", detail_types[i].name);
          return FALSE;
        }
      if (g_str_equal (detail_types[i].name, "trigger"))
        trigger = json_node_get_object (node);
    }
  return TRUE;
}

/* The index looks whether there are details already, so they come behind it. Labels are exported as
 * they were at last. */
static gboolean
set_details (RunnelImportFacts  *self,
             GError            **error)
{
  static const char sql[] = "UPDATE run SET details = ?2 WHERE id = ?1";
  static const char delete_labels[] = "DELETE FROM run_label WHERE run = ?";
  JsonNode *node = json_object_get_member (self->head, "details");
  g_autofree char *text = NULL;

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return runnel_import_refuse (error, "“details” must be an object");
  if (!check_details (json_node_get_object (node), error) ||
      !map_trigger (self, json_node_get_object (node), error))
    return FALSE;
  text = _runnel_json_object_to_text (json_node_get_object (node));
  if (!_runnel_history_index_start (self->history, self->run, text, error) ||
      !_runnel_history_run_with_id (self->history, delete_labels, self->run, error))
    return FALSE;
  return run_with_texts (self, sql, (const char *const[]) { text }, 1, error);
}

static gboolean
note_where_from (RunnelImportFacts  *self,
                 GError            **error)
{
  static const char sql[] =
    "INSERT INTO import (run, time, host, number, parent_uuid, origin_uuid) VALUES (?, ?, ?, ?, ?, ?)";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->history->db, sql, error);
  const char *host = runnel_import_get_text (self->head, "host");
  gint64 number = runnel_import_get_int (self->head, "number");

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, self->run);
  runnel_statement_bind_int (statement, 1, g_get_real_time ());
  runnel_statement_bind_text (statement, 2, host ? host : self->host);
  runnel_statement_bind_int (statement, 3, number);
  runnel_statement_bind_text (statement, 4, runnel_import_get_text (self->head, "parent"));
  runnel_statement_bind_text (statement, 5, runnel_import_get_text (self->head, "origin"));
  return runnel_statement_run (statement, error);
}

/* Whoever goes from a run to those around it must come to an end. */
static gboolean
check_is_no_circle (RunnelImportFacts  *self,
                    const char         *column,
                    GError            **error)
{
  g_autofree char *sql =
    g_strdup_printf ("WITH RECURSIVE up (id) AS (SELECT %s FROM run WHERE id = %" G_GINT64_FORMAT
                     " UNION SELECT run.%s FROM run JOIN up ON run.id = up.id)"
                     " SELECT count (*) FROM up WHERE id = %" G_GINT64_FORMAT,
                     column, self->run, column, self->run);
  gint64 n_found;

  return runnel_sqlite_read_int (self->history->db, sql, &n_found, error) &&
         (n_found == 0 || runnel_import_refuse (error, "The run belongs to itself"));
}

/* A run may come before the one it belongs to, in another file: that is found when it comes. */
static gboolean
link_to_others (RunnelImportFacts  *self,
                GError            **error)
{
  static const char own[] =
    "UPDATE run SET parent = coalesce ((SELECT id FROM run WHERE uuid = ?2), 0),"
    " origin = coalesce ((SELECT id FROM run WHERE uuid = ?3), 0) WHERE id = ?1";
  static const char inner[] =
    "UPDATE run SET parent = ?1 WHERE id IN (SELECT run FROM import WHERE parent_uuid = ?2)";
  static const char later[] =
    "UPDATE run SET origin = ?1 WHERE id IN (SELECT run FROM import WHERE origin_uuid = ?2)";
  const char *const links[] = { runnel_import_get_text (self->head, "parent"),
                                runnel_import_get_text (self->head, "origin") };
  const char *const uuid[] = { runnel_import_get_text (self->head, "uuid") };

  return note_where_from (self, error) &&
         run_with_texts (self, own, links, G_N_ELEMENTS (links), error) &&
         run_with_texts (self, inner, uuid, 1, error) &&
         run_with_texts (self, later, uuid, 1, error) &&
         check_is_no_circle (self, "parent", error) && check_is_no_circle (self, "origin", error);
}

/**
 * runnel_import_facts_begin:
 * @head: the line of the type "run", which anybody may have written
 * @text: the pipeline as it ran
 * @length: bytes of @text
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: whether the run has a number
 */
gboolean
runnel_import_facts_begin (RunnelImportFacts  *self,
                           JsonObject         *head,
                           const char         *text,
                           gsize               length,
                           GError            **error)
{
  gint64 pipeline, definition;

  self->head = json_object_ref (head);
  return check_head (self, error) &&
         _runnel_history_add_definition (self->history, text, length, &definition, error) &&
         check_steps (self, definition, error) &&
         _runnel_history_add_pipeline (self->history, runnel_import_get_text (head, "pipeline"),
                                       runnel_import_get_text (head, "file"), &pipeline, error) &&
         insert_run (self, pipeline, definition, error) &&
         set_details (self, error) &&
         link_to_others (self, error);
}

/* --- Rows --- */

static const RunnelExchangeTable *
find_table (const char *type)
{
  for (const RunnelExchangeTable *table = runnel_exchange_tables; type && table->table; table++)
    if (g_str_equal (table->type, type))
      return table;
  return NULL;
}

static RunnelStatement *
require_statement (RunnelImportFacts          *self,
                   const RunnelExchangeTable  *table,
                   GError                    **error)
{
  RunnelStatement *statement = g_hash_table_lookup (self->statements, table);
  g_autofree char *sql = NULL;

  if (statement != NULL)
    {
      runnel_statement_reset (statement);
      return statement;
    }
  sql = runnel_exchange_make_insert (table->table, "run", 1, table->columns);
  statement = runnel_sqlite_prepare (self->history->db, sql, error);
  if (statement != NULL)
    g_hash_table_insert (self->statements, (gpointer) table, statement);
  return statement;
}

/**
 * runnel_import_facts_add:
 * @line: a line, which anybody may have written
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Lines of an unknown type are of a later version, perhaps, and left out.
 *
 * Returns: whether it is added
 */
gboolean
runnel_import_facts_add (RunnelImportFacts  *self,
                         JsonObject         *line,
                         GError            **error)
{
  const RunnelExchangeTable *table = find_table (runnel_import_get_text (line, "type"));
  RunnelStatement *statement;

  if (table == NULL)
    return TRUE;
  statement = require_statement (self, table, error);
  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, self->run);
  if (!runnel_exchange_bind_columns (table->columns, line, statement, 1, error) ||
      !runnel_statement_run (statement, error))
    return FALSE;
  return runnel_sqlite_get_n_changes (self->history->db) > 0
         || runnel_import_refuse (error, "The same is told twice");
}

/* --- All of it --- */

/* Every row must be one of a step that there is. */
static gboolean
check_rows (RunnelImportFacts  *self,
            GError            **error)
{
  static const char *const tables[] = { "step", "attempt", "wait", "artifact" };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *sql =
        g_strdup_printf ("SELECT count (*) FROM %s t JOIN run ON run.id = t.run"
                         RUNNEL_SQL_STEP_TABLES ("t")
                         " WHERE t.run = %" G_GINT64_FORMAT " AND " RUNNEL_SQL_STEP_ID " IS NULL",
                         tables[i], self->run);
      gint64 n_lost;

      if (!runnel_sqlite_read_int (self->history->db, sql, &n_lost, error))
        return FALSE;
      if (n_lost > 0)
        return runnel_import_refuse (error, "The run has facts of steps that it does not have");
    }
  return TRUE;
}

/**
 * runnel_import_facts_end:
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: whether all that was added fits together
 */
gboolean
runnel_import_facts_end (RunnelImportFacts  *self,
                         GError            **error)
{
  return check_rows (self, error) &&
         _runnel_history_write_counts (self->history, self->run, error) &&
         _runnel_history_index_reasons (self->history, self->run, error);
}
