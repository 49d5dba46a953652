/* runnel-exchange-tables.c: which facts of a run are exchanged, and how they are called
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "engine/files/runnel-artifact.h"
#include "engine/runnel-added-step.h"
#include "engine/runnel-wait-kind.h"
#include "history/exchange/runnel-exchange-tables.h"

#define DIGEST_SIZE 32
#define LONGEST_NAME 200

/* Sums and differences of such numbers are numbers, too. */
#define MAX_NUMBER (G_GINT64_CONSTANT (1) << 55)
#define MAX_STEPS 10000000

static const RunnelExchangeColumn step_columns[] = {
  { "step", "step", RUNNEL_EXCHANGE_NUMBER, .max = MAX_STEPS },
  { "state", "state", RUNNEL_EXCHANGE_STATE, TRUE },
  { "flags", "flags", RUNNEL_EXCHANGE_NUMBER, .max = 3 },
  { "queued", "queued", RUNNEL_EXCHANGE_NUMBER },
  { "finished", "finished", RUNNEL_EXCHANGE_NUMBER },
  { "reason", "reason", RUNNEL_EXCHANGE_TEXT },
  { "outputs", "outputs", RUNNEL_EXCHANGE_JSON },
  { "cause", "cause", RUNNEL_EXCHANGE_TEXT },
  { "reused", "reused", RUNNEL_EXCHANGE_RUN },
  { NULL }
};

static const RunnelExchangeColumn attempt_columns[] = {
  { "step", "step", RUNNEL_EXCHANGE_NUMBER, .max = MAX_STEPS },
  { "attempt", "attempt", RUNNEL_EXCHANGE_NUMBER, TRUE, .max = G_MAXINT32 },
  { "state", "state", RUNNEL_EXCHANGE_STATE, TRUE },
  { "started", "started", RUNNEL_EXCHANGE_NUMBER },
  { "finished", "finished", RUNNEL_EXCHANGE_NUMBER },
  { "exit_code", "exit-code", RUNNEL_EXCHANGE_SIGNED, .max = G_MAXINT32 },
  { "signal", "signal", RUNNEL_EXCHANGE_NUMBER, .max = 128 },
  { "user_us", "user-time", RUNNEL_EXCHANGE_NUMBER },
  { "system_us", "system-time", RUNNEL_EXCHANGE_NUMBER },
  { "rss_kb", "memory", RUNNEL_EXCHANGE_NUMBER },
  { "peak_kb", "group-memory", RUNNEL_EXCHANGE_NUMBER },
  { "cpu_us", "group-time", RUNNEL_EXCHANGE_NUMBER },
  { "reason", "reason", RUNNEL_EXCHANGE_TEXT },
  { NULL }
};

static const RunnelExchangeColumn wait_columns[] = {
  { "step", "step", RUNNEL_EXCHANGE_NUMBER, .max = MAX_STEPS },
  { "started", "started", RUNNEL_EXCHANGE_NUMBER, TRUE },
  { "finished", "finished", RUNNEL_EXCHANGE_NUMBER },
  { "kind", "kind", RUNNEL_EXCHANGE_NUMBER, .max = RUNNEL_N_WAIT_KINDS - 1 },
  { "reason", "reason", RUNNEL_EXCHANGE_TEXT },
  { NULL }
};

static const RunnelExchangeColumn added_step_columns[] = {
  { "step", "step", RUNNEL_EXCHANGE_NUMBER, .max = MAX_STEPS },
  { "role", "role", RUNNEL_EXCHANGE_NUMBER, .max = RUNNEL_N_ROLES - 1 },
  { "id", "id", RUNNEL_EXCHANGE_NAME, TRUE },
  { "parent", "parent", RUNNEL_EXCHANGE_TEXT },
  { "name", "name", RUNNEL_EXCHANGE_TEXT },
  { "kind", "kind", RUNNEL_EXCHANGE_TEXT, TRUE },
  { "matrix", "matrix", RUNNEL_EXCHANGE_JSON },
  { NULL }
};

static const RunnelExchangeColumn artifact_columns[] = {
  { "step", "step", RUNNEL_EXCHANGE_NUMBER, .max = MAX_STEPS },
  { "path", "path", RUNNEL_EXCHANGE_PATH, TRUE },
  { "size", "size", RUNNEL_EXCHANGE_NUMBER },
  { "sha256", "sha256", RUNNEL_EXCHANGE_DIGEST, TRUE },
  { NULL }
};

static const RunnelExchangeColumn label_columns[] = {
  { "label", "label", RUNNEL_EXCHANGE_TEXT, TRUE },
  { NULL }
};

static const RunnelExchangeColumn audit_columns[] = {
  { "time", "time", RUNNEL_EXCHANGE_NUMBER, TRUE },
  { "action", "action", RUNNEL_EXCHANGE_TEXT, TRUE },
  { "step", "step", RUNNEL_EXCHANGE_TEXT, TRUE },
  { "text", "text", RUNNEL_EXCHANGE_TEXT, TRUE },
  { "user", "user", RUNNEL_EXCHANGE_TEXT },
  { "host", "host", RUNNEL_EXCHANGE_TEXT },
  { "origin", "origin", RUNNEL_EXCHANGE_TEXT },
  { NULL }
};

const RunnelExchangeTable runnel_exchange_tables[] = {
  { "added_step", "added-step", added_step_columns },
  { "step", "step", step_columns },
  { "attempt", "attempt", attempt_columns },
  { "wait", "wait", wait_columns },
  { "artifact", "artifact", artifact_columns },
  { "run_label", "label", label_columns },
  { "audit", "audit", audit_columns },
  { NULL }
};

const RunnelExchangeColumn runnel_exchange_run_columns[] = {
  { "state", "state", RUNNEL_EXCHANGE_STATE, TRUE },
  { "started", "started", RUNNEL_EXCHANGE_NUMBER, TRUE },
  { "finished", "finished", RUNNEL_EXCHANGE_NUMBER },
  { "queued", "queued", RUNNEL_EXCHANGE_NUMBER },
  { "reason", "reason", RUNNEL_EXCHANGE_TEXT },
  { "trigger", "trigger", RUNNEL_EXCHANGE_TEXT, TRUE },
  { "pinned", "pinned", RUNNEL_EXCHANGE_NUMBER, .max = 1 },
  { "parent_step", "parent-step", RUNNEL_EXCHANGE_TEXT },
  { NULL }
};

/* --- Out of the database --- */

/**
 * runnel_exchange_append_columns:
 * @columns: what is read
 * @table: the table that has them
 * @sql: what stands behind SELECT is appended
 */
void
runnel_exchange_append_columns (const RunnelExchangeColumn *columns,
                                const char                 *table,
                                GString                    *sql)
{
  for (guint i = 0; columns[i].name; i++)
    {
      const char *column = columns[i].column;

      if (i > 0)
        g_string_append (sql, ", ");
      if (columns[i].type == RUNNEL_EXCHANGE_RUN)
        g_string_append_printf (sql, "(SELECT uuid FROM run WHERE run.id = %s.%s)", table, column);
      else if (columns[i].type == RUNNEL_EXCHANGE_DIGEST)
        g_string_append_printf (sql, "lower (hex (%s.%s))", table, column);
      else
        g_string_append_printf (sql, "%s.%s", table, column);
    }
}

static void
read_number (const char *name,
             gint64      number,
             JsonObject *object)
{
  if (number != 0)
    json_object_set_int_member (object, name, number);
}

static void
read_json (const char *name,
           const char *text,
           JsonObject *object)
{
  JsonObject *inner = _runnel_json_object_from_text (text);

  if (inner != NULL)
    json_object_set_object_member (object, name, inner);
}

static void
read_text (const char *name,
           const char *text,
           JsonObject *object)
{
  g_autofree char *valid = text ? g_utf8_make_valid (text, -1) : NULL;

  if (valid != NULL)
    json_object_set_string_member (object, name, valid);
}

/**
 * runnel_exchange_read_columns:
 * @columns: what was read
 * @row: a row with them
 * @first: at which column of it they begin
 * @object: the members of a line are set
 */
void
runnel_exchange_read_columns (const RunnelExchangeColumn *columns,
                              RunnelStatement            *row,
                              guint                       first,
                              JsonObject                 *object)
{
  for (guint i = 0; columns[i].name; i++)
    {
      const char *name = columns[i].name;

      switch (columns[i].type)
        {
        case RUNNEL_EXCHANGE_NUMBER:
        case RUNNEL_EXCHANGE_SIGNED:
          read_number (name, runnel_statement_get_int (row, first + i), object);
          break;
        case RUNNEL_EXCHANGE_STATE:
          json_object_set_string_member (object, name, runnel_state_to_string (
                                           runnel_statement_get_int (row, first + i)));
          break;
        case RUNNEL_EXCHANGE_JSON:
          read_json (name, runnel_statement_get_text (row, first + i), object);
          break;
        default:
          read_text (name, runnel_statement_get_text (row, first + i), object);
          break;
        }
    }
}

/* --- Into the database --- */

/**
 * runnel_exchange_make_insert:
 * @table: a table
 * @others: columns of it that are set beside those that are exchanged, "a, b"
 * @n_others: how many they are
 * @columns: those that are exchanged
 *
 * Returns: (transfer full): SQL that adds a row, whose parameters are the columns in this order;
 *   it adds none that is there already
 */
char *
runnel_exchange_make_insert (const char                  *table,
                             const char                  *others,
                             guint                        n_others,
                             const RunnelExchangeColumn  *columns)
{
  g_autoptr(GString) names = g_string_new (others);
  g_autoptr(GString) values = g_string_new (NULL);

  for (guint i = 0; i < n_others; i++)
    g_string_append_printf (values, "%s?%u", i > 0 ? ", " : "", i + 1);
  for (guint i = 0; columns[i].name; i++)
    {
      guint parameter = n_others + i + 1;

      g_string_append_printf (names, ", %s", columns[i].column);
      if (columns[i].type == RUNNEL_EXCHANGE_RUN)
        g_string_append_printf (values, ", coalesce ((SELECT id FROM run WHERE uuid = ?%u), 0)",
                                parameter);
      else
        g_string_append_printf (values, ", ?%u", parameter);
    }
  return g_strdup_printf ("INSERT OR IGNORE INTO %s (%s) VALUES (%s)", table, names->str,
                          values->str);
}

static gboolean
refuse (const RunnelExchangeColumn  *column,
        const char                  *what,
        GError                     **error)
{
  g_set_error (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_EXCHANGE, "“%s” %s", column->name,
               what);
  return FALSE;
}

static gboolean
bind_number (const RunnelExchangeColumn  *column,
             JsonNode                    *node,
             RunnelStatement             *statement,
             guint                        position,
             GError                     **error)
{
  gint64 max = column->max > 0 ? column->max : MAX_NUMBER;
  gint64 min = column->type == RUNNEL_EXCHANGE_SIGNED ? -max : 0;
  gint64 number;

  if (json_node_get_value_type (node) != G_TYPE_INT64)
    return refuse (column, "must be a whole number", error);
  number = json_node_get_int (node);
  if (number < min || number > max)
    return refuse (column, "is a number that can't be", error);
  runnel_statement_bind_int (statement, position, number);
  return TRUE;
}

static gboolean
bind_json (const RunnelExchangeColumn  *column,
           JsonNode                    *node,
           RunnelStatement             *statement,
           guint                        position,
           GError                     **error)
{
  g_autofree char *text = NULL;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse (column, "must be an object", error);
  text = _runnel_json_object_to_text (json_node_get_object (node));
  runnel_statement_bind_text (statement, position, text);
  return TRUE;
}

static gboolean
bind_digest (const RunnelExchangeColumn  *column,
             const char                  *text,
             RunnelStatement             *statement,
             guint                        position,
             GError                     **error)
{
  guint8 digest[DIGEST_SIZE];

  if (strlen (text) != 2 * DIGEST_SIZE || strspn (text, "0123456789abcdef") != 2 * DIGEST_SIZE)
    return refuse (column, "must be a SHA-256", error);
  _runnel_history_parse_digest (text, digest);
  runnel_statement_bind_blob (statement, position, digest, DIGEST_SIZE);
  return TRUE;
}

static gboolean
bind_state (const RunnelExchangeColumn  *column,
            const char                  *text,
            RunnelStatement             *statement,
            guint                        position,
            GError                     **error)
{
  RunnelState state;

  if (!runnel_state_from_string (text, &state))
    return refuse (column, "is no state", error);
  runnel_statement_bind_int (statement, position, state);
  return TRUE;
}

/**
 * runnel_exchange_name_is_safe:
 * @name: what is said to be the id of a step
 *
 * Returns: whether it can be a part of the name of a file
 */
gboolean
runnel_exchange_name_is_safe (const char *name)
{
  gsize length = strlen (name);

  if (length == 0 || length > LONGEST_NAME || *name == '.' || strchr (name, '/'))
    return FALSE;
  for (const char *p = name; *p; p++)
    if (g_ascii_iscntrl (*p))
      return FALSE;
  return TRUE;
}

static gboolean
bind_text (const RunnelExchangeColumn  *column,
           JsonNode                    *node,
           RunnelStatement             *statement,
           guint                        position,
           GError                     **error)
{
  const char *text;

  if (json_node_get_value_type (node) != G_TYPE_STRING)
    return refuse (column, "must be a text", error);
  text = json_node_get_string (node);
  if (column->type == RUNNEL_EXCHANGE_STATE)
    return bind_state (column, text, statement, position, error);
  if (column->type == RUNNEL_EXCHANGE_DIGEST)
    return bind_digest (column, text, statement, position, error);
  if (column->type == RUNNEL_EXCHANGE_NAME && !runnel_exchange_name_is_safe (text))
    return refuse (column, "can't be the id of a step", error);
  if (column->type == RUNNEL_EXCHANGE_PATH && !runnel_artifact_path_is_safe (text))
    return refuse (column, "is a path out of the folder", error);
  runnel_statement_bind_text (statement, position, text);
  return TRUE;
}

static gboolean
bind_column (const RunnelExchangeColumn  *column,
             JsonNode                    *node,
             RunnelStatement             *statement,
             guint                        position,
             GError                     **error)
{
  gboolean is_number = column->type == RUNNEL_EXCHANGE_NUMBER ||
                       column->type == RUNNEL_EXCHANGE_SIGNED;

  if (node == NULL && column->required)
    return refuse (column, "is missing", error);
  if (node == NULL && is_number)
    runnel_statement_bind_int (statement, position, 0);
  else if (node == NULL)
    runnel_statement_bind_text (statement, position, NULL);
  else if (is_number)
    return bind_number (column, node, statement, position, error);
  else if (column->type == RUNNEL_EXCHANGE_JSON)
    return bind_json (column, node, statement, position, error);
  else
    return bind_text (column, node, statement, position, error);
  return TRUE;
}

/**
 * runnel_exchange_bind_columns:
 * @columns: what is to be added
 * @object: a line, which anybody may have written
 * @statement: a statement whose parameters are set
 * @first: the position of the first of them
 * @error: return location; %RUNNEL_HISTORY_ERROR_EXCHANGE
 *
 * Returns: whether everything in the line is as it has to be; what is unknown is left out
 */
gboolean
runnel_exchange_bind_columns (const RunnelExchangeColumn  *columns,
                              JsonObject                  *object,
                              RunnelStatement             *statement,
                              guint                        first,
                              GError                     **error)
{
  for (guint i = 0; columns[i].name; i++)
    if (!bind_column (&columns[i], json_object_get_member (object, columns[i].name), statement,
                      first + i, error))
      return FALSE;
  return TRUE;
}
