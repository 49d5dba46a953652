/* runnel-export.c: runs with their logs and artifacts, into one file
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "history/exchange/runnel-exchange-tables.h"
#include "history/exchange/runnel-export-files.h"
#include "history/exchange/runnel-export.h"
#include "util/runnel-sort.h"

#define RUN_QUERY_HEAD \
  "SELECT run.uuid, coalesce (import.number, run.id), pipeline.name, pipeline.file, run.definition," \
  " lower (hex (definition.sha256)), parent.uuid, origin.uuid, run.details, import.host,"
#define RUN_QUERY_TAIL \
  " FROM run JOIN pipeline ON pipeline.id = run.pipeline" \
  " JOIN definition ON definition.id = run.definition" \
  " LEFT JOIN run parent ON parent.id = run.parent AND run.parent > 0" \
  " LEFT JOIN run origin ON origin.id = run.origin AND run.origin > 0" \
  " LEFT JOIN import ON import.run = run.id" \
  " WHERE run.id = ? AND run.state >= 4"
#define FIRST_RUN_COLUMN 10

typedef struct
{
  RunnelHistory *history;
  const RunnelExportOptions *options;
  RunnelExportResult *result;
  GCancellable *cancellable;
  RunnelExchangeWriter *writer;
  GHashTable *definitions; /* numbers of those that are written */
  RunnelStatement *run_query;
  GPtrArray *queries;      /* of RunnelStatement, one for each table */
} Export;

static void
export_clear (Export *self)
{
  g_clear_pointer (&self->run_query, runnel_statement_free);
  g_clear_pointer (&self->queries, g_ptr_array_unref);
  g_clear_pointer (&self->definitions, g_hash_table_unref);
  g_clear_pointer (&self->writer, runnel_exchange_writer_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Export, export_clear)

/* --- Lines --- */

static gboolean
write_header (Export  *self,
              GError **error)
{
  g_autoptr(JsonObject) object = json_object_new ();

  json_object_set_string_member (object, "type", "runnel-history");
  json_object_set_int_member (object, "version", RUNNEL_EXCHANGE_VERSION);
  json_object_set_int_member (object, "time", g_get_real_time ());
  json_object_set_string_member (object, "host", g_get_host_name ());
  json_object_set_string_member (object, "program", "runnel " RUNNEL_VERSION);
  return runnel_exchange_writer_add_object (self->writer, object, error);
}

/* Each text comes once, before the first run that had it. */
static gboolean
write_definition (Export      *self,
                  gint64       definition,
                  gint64       run,
                  const char  *sha256,
                  GError     **error)
{
  g_autofree char *text = NULL;
  g_autoptr(JsonObject) object = NULL;

  if (!g_hash_table_add (self->definitions, g_memdup2 (&definition, sizeof definition)))
    return TRUE;
  text = runnel_history_get_text (self->history, run, error);
  if (text == NULL)
    return FALSE;
  object = json_object_new ();
  json_object_set_string_member (object, "type", "definition");
  json_object_set_string_member (object, "sha256", sha256);
  json_object_set_string_member (object, "text", text);
  return runnel_exchange_writer_add_object (self->writer, object, error);
}

static char *
find_uuid (Export *self,
           gint64  run)
{
  static const char sql[] = "SELECT uuid FROM run WHERE id = ?";
  RunnelStatement *statement = runnel_sqlite_get_statement (self->history->db, sql, NULL);
  char *uuid = NULL;
  gboolean row;

  if (statement == NULL)
    return NULL;
  runnel_statement_bind_int (statement, 0, run);
  if (runnel_statement_step (statement, &row, NULL) && row)
    uuid = g_strdup (runnel_statement_get_text (statement, 0));
  runnel_statement_reset (statement);
  return uuid;
}

/* What started a run may name others by their numbers, which mean nothing elsewhere. */
static JsonObject *
find_links (Export     *self,
            JsonObject *details)
{
  static const char *const members[] = { "run", "parent", "resumes" };
  JsonObject *links = json_object_new ();
  JsonNode *node = details ? json_object_get_member (details, "trigger") : NULL;
  JsonObject *trigger = node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  for (guint i = 0; trigger != NULL && i < G_N_ELEMENTS (members); i++)
    {
      gint64 run = json_object_get_int_member_with_default (trigger, members[i], 0);
      g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, run);
      g_autofree char *uuid = run > 0 ? find_uuid (self, run) : NULL;

      if (uuid != NULL)
        json_object_set_string_member (links, number, uuid);
    }
  return links;
}

static void
set_text (JsonObject *object,
          const char *name,
          const char *text)
{
  g_autofree char *valid = text ? g_utf8_make_valid (text, -1) : NULL;

  if (valid != NULL)
    json_object_set_string_member (object, name, valid);
}

static JsonObject *
make_run (Export          *self,
          RunnelStatement *row)
{
  JsonObject *object = json_object_new ();
  JsonObject *details = _runnel_json_object_from_text (runnel_statement_get_text (row, 8));
  JsonObject *links = find_links (self, details);

  json_object_set_string_member (object, "type", "run");
  set_text (object, "uuid", runnel_statement_get_text (row, 0));
  json_object_set_int_member (object, "number", runnel_statement_get_int (row, 1));
  set_text (object, "pipeline", runnel_statement_get_text (row, 2));
  set_text (object, "file", runnel_statement_get_text (row, 3));
  set_text (object, "definition", runnel_statement_get_text (row, 5));
  set_text (object, "parent", runnel_statement_get_text (row, 6));
  set_text (object, "origin", runnel_statement_get_text (row, 7));
  set_text (object, "host", runnel_statement_get_text (row, 9));
  runnel_exchange_read_columns (runnel_exchange_run_columns, row, FIRST_RUN_COLUMN, object);
  if (details != NULL)
    json_object_set_object_member (object, "details", details);
  if (json_object_get_size (links) > 0)
    json_object_set_object_member (object, "links", links);
  else
    json_object_unref (links);
  return object;
}

static gboolean
write_rows (Export                     *self,
            const RunnelExchangeTable  *table,
            RunnelStatement            *query,
            gint64                      run,
            GError                    **error)
{
  gboolean row = TRUE;

  runnel_statement_reset (query);
  runnel_statement_bind_int (query, 0, run);
  while (row)
    {
      g_autoptr(JsonObject) object = json_object_new ();

      if (!runnel_statement_step (query, &row, error))
        return FALSE;
      if (!row)
        break;
      json_object_set_string_member (object, "type", table->type);
      runnel_exchange_read_columns (table->columns, query, 0, object);
      if (!runnel_exchange_writer_add_object (self->writer, object, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_end (Export      *self,
           const char  *type,
           guint64      n_runs,
           GError     **error)
{
  g_autoptr(JsonObject) object = json_object_new ();

  json_object_set_string_member (object, "type", type);
  if (n_runs != G_MAXUINT64)
    json_object_set_int_member (object, "runs", n_runs);
  return runnel_exchange_writer_add_object (self->writer, object, error);
}

/* --- A run --- */

static gboolean
write_facts (Export      *self,
             gint64       run,
             JsonObject  *object,
             GError     **error)
{
  if (!runnel_exchange_writer_add_object (self->writer, object, error))
    return FALSE;
  for (guint i = 0; runnel_exchange_tables[i].table; i++)
    if (!write_rows (self, &runnel_exchange_tables[i], g_ptr_array_index (self->queries, i), run,
                     error))
      return FALSE;
  return TRUE;
}

/* @ret_found is FALSE for a run that is not over, or gone by now. */
static gboolean
write_run_facts (Export    *self,
                 gint64     run,
                 gboolean  *ret_found,
                 GError   **error)
{
  g_autoptr(JsonObject) object = NULL;
  g_autofree char *sha256 = NULL;
  gint64 definition;

  runnel_statement_reset (self->run_query);
  runnel_statement_bind_int (self->run_query, 0, run);
  if (!runnel_statement_step (self->run_query, ret_found, error))
    return FALSE;
  if (!*ret_found)
    return TRUE;
  definition = runnel_statement_get_int (self->run_query, 4);
  sha256 = g_strdup (runnel_statement_get_text (self->run_query, 5));
  object = make_run (self, self->run_query);
  runnel_statement_reset (self->run_query);

  return write_definition (self, definition, run, sha256, error) &&
         write_facts (self, run, object, error);
}

/* In a transaction, so that all facts are of one moment; files are read outside of it. */
static gboolean
write_run (Export  *self,
           gint64   run,
           GError **error)
{
  g_autofree char *run_dir = runnel_history_get_run_dir (run);
  gboolean found = FALSE, ok;

  if (!runnel_sqlite_exec (self->history->db, "BEGIN", error))
    return FALSE;
  ok = write_run_facts (self, run, &found, error);
  runnel_sqlite_exec (self->history->db, "ROLLBACK", NULL);
  if (!ok)
    return FALSE;
  if (!found)
    {
      self->result->n_active++;
      return TRUE;
    }
  self->result->n_runs++;
  return (self->options->without_files ||
          runnel_export_files (run_dir, self->options->without_artifacts, self->writer,
                               &self->result->n_unreadable, self->cancellable, error)) &&
         write_end (self, "run-end", G_MAXUINT64, error);
}

/* --- All runs --- */

static gboolean
add_family (Export      *self,
            gint64       run,
            GHashTable  *known,
            GArray      *runs,
            GError     **error)
{
  g_autoptr(GPtrArray) children = NULL;

  if (!g_hash_table_add (known, g_memdup2 (&run, sizeof run)))
    return TRUE;
  g_array_append_val (runs, run);
  children = runnel_history_list_children (self->history, run, error);
  for (guint i = 0; children != NULL && i < children->len; i++)
    if (!add_family (self, ((RunnelRunRecord *) g_ptr_array_index (children, i))->id, known, runs,
                     error))
      return FALSE;
  return children != NULL;
}

static int
compare_runs (gconstpointer left,
              gconstpointer right)
{
  const gint64 *l = left;
  const gint64 *r = right;

  return (*l > *r) - (*l < *r);
}

static GArray *
find_runs (Export                 *self,
           const RunnelRunFilter  *filter,
           GError                **error)
{
  if (self->options->runs == NULL)
    return runnel_history_find_runs (self->history, filter, error);
  return g_array_append_vals (g_array_new (FALSE, FALSE, sizeof (gint64)), self->options->runs,
                              self->options->n_runs);
}

/* With those inside them; the earliest first, so that a run comes before those that refer to it. */
static GArray *
list_runs (Export                 *self,
           const RunnelRunFilter  *filter,
           GError                **error)
{
  g_autoptr(GArray) found = find_runs (self, filter, error);
  g_autoptr(GHashTable) known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr(GArray) runs = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; found != NULL && i < found->len; i++)
    if (!add_family (self, g_array_index (found, gint64, i), known, runs, error))
      return NULL;
  if (found == NULL)
    return NULL;
  runnel_sort (runs->data, runs->len, sizeof (gint64), compare_runs);
  return g_steal_pointer (&runs);
}

static gboolean
prepare (Export  *self,
         GError **error)
{
  g_autoptr(GString) sql = g_string_new (RUN_QUERY_HEAD);

  runnel_exchange_append_columns (runnel_exchange_run_columns, "run", sql);
  g_string_append (sql, RUN_QUERY_TAIL);
  self->run_query = runnel_sqlite_prepare (self->history->db, sql->str, error);
  if (self->run_query == NULL)
    return FALSE;

  self->queries = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_statement_free);
  for (const RunnelExchangeTable *table = runnel_exchange_tables; table->table; table++)
    {
      RunnelStatement *query;

      g_string_assign (sql, "SELECT ");
      runnel_exchange_append_columns (table->columns, table->table, sql);
      g_string_append_printf (sql, " FROM %s WHERE run = ?", table->table);
      query = runnel_sqlite_prepare (self->history->db, sql->str, error);
      if (query == NULL)
        return FALSE;
      g_ptr_array_add (self->queries, query);
    }
  return TRUE;
}

static gboolean
write_all (Export  *self,
           GArray  *runs,
           GError **error)
{
  if (!write_header (self, error))
    return FALSE;
  for (guint i = 0; i < runs->len; i++)
    {
      if (g_cancellable_set_error_if_cancelled (self->cancellable, error) ||
          !write_run (self, g_array_index (runs, gint64, i), error))
        return FALSE;
      if (self->options->progress)
        self->options->progress (i + 1, runs->len, self->options->user_data);
    }
  return write_end (self, "end", self->result->n_runs, error) &&
         runnel_exchange_writer_finish (self->writer, error);
}

/**
 * runnel_history_export:
 * @self: a history that is not in a transaction
 * @filter: (nullable): which runs; those that their steps started go with them
 * @fd: a descriptor open for writing: a file, a pipe or a socket
 * @options: what is exported
 * @ret_result: (out caller-allocates): what was exported
 * @cancellable: (nullable): stops it
 * @error: return location; %RUNNEL_HISTORY_ERROR, or a #GIOErrorEnum
 *
 * Writes runs that are over, as docs/history-format.md tells. Needs little memory, however much
 * there is, and takes as long as reading and writing take. Others may use the history meanwhile.
 *
 * Returns: whether everything is written; it may not have reached the disk
 */
gboolean
runnel_history_export (RunnelHistory              *self,
                       const RunnelRunFilter      *filter,
                       int                         fd,
                       const RunnelExportOptions  *options,
                       RunnelExportResult         *ret_result,
                       GCancellable               *cancellable,
                       GError                    **error)
{
  g_auto(Export) export = { self, options, ret_result, cancellable, };
  g_autoptr(GArray) runs = NULL;

  g_return_val_if_fail (self != NULL && options != NULL && ret_result != NULL, FALSE);

  *ret_result = (RunnelExportResult) { 0, };
  export.writer = runnel_exchange_writer_new (fd, options->compress);
  export.definitions = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  runs = list_runs (&export, filter, error);
  return runs != NULL && prepare (&export, error) && write_all (&export, runs, error);
}
