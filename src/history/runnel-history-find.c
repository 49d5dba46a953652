/* runnel-history-find.c: the runs that pass a filter
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "history/runnel-history-private.h"

/* The index that has the columns of all plain conditions, in the order of the list. Left to itself
 * SQLite takes the one of the pipelines instead, and then visits every row and sorts them. */
#define FROM_RUNS "FROM run INDEXED BY run_by_start WHERE 1"
#define LATEST_FIRST " ORDER BY started DESC, id DESC"

/* The SQL of a filter as far as it is written, and the texts for its parameters. */
typedef struct
{
  GString *sql;
  GPtrArray *values;
} Query;

static void
query_init (Query      *self,
            const char *columns)
{
  self->sql = g_string_new ("SELECT ");
  g_string_append_printf (self->sql, "%s %s", columns, FROM_RUNS);
  self->values = g_ptr_array_new_with_free_func (g_free);
}

static void
query_clear (Query *self)
{
  g_string_free (self->sql, TRUE);
  g_ptr_array_unref (self->values);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Query, query_clear)

/* Each ? in @condition stands for the value. */
static void
add_condition (Query      *self,
               const char *condition,
               char       *value)
{
  g_auto(GStrv) parts = g_strsplit (condition, "?", -1);
  g_autofree char *parameter = NULL;
  g_autofree char *numbered = NULL;

  g_ptr_array_add (self->values, value);
  parameter = g_strdup_printf ("?%u", self->values->len);
  numbered = g_strjoinv (parameter, parts);
  g_string_append_printf (self->sql, " AND %s", numbered);
}

static void
add_states (Query *self,
            guint  states)
{
  const char *separator = " AND state IN (";

  if (states == 0)
    return;
  for (guint i = 0; i < RUNNEL_N_STATES; i++)
    if (states & 1u << i)
      {
        g_string_append_printf (self->sql, "%s%u", separator, i);
        separator = ", ";
      }
  g_string_append_c (self->sql, ')');
}

static void
add_time (Query      *self,
          const char *comparison,
          gint64      time)
{
  if (time < 0)
    time += g_get_real_time ();
  if (time != 0)
    g_string_append_printf (self->sql, " AND started %s %" G_GINT64_FORMAT, comparison, time);
}

/* The text itself, wherever it stands: its % and _ mean nothing else. */
static char *
like_pattern (const char *text)
{
  GString *pattern = g_string_new ("%");

  for (; *text != '\0'; text++)
    {
      if (strchr ("%_\\", *text) != NULL)
        g_string_append_c (pattern, '\\');
      g_string_append_c (pattern, *text);
    }
  g_string_append_c (pattern, '%');
  return g_string_free (pattern, FALSE);
}

/* Of a run that is not over the reason is in its row only; those are few. */
static void
add_text (Query      *self,
          const char *text)
{
  static const char condition[] =
    "(pipeline IN (SELECT id FROM pipeline"
    "              WHERE name LIKE ? ESCAPE '\\' OR file LIKE ? ESCAPE '\\')"
    " OR id IN (SELECT run_reason.run FROM reason JOIN run_reason ON run_reason.reason = reason.id"
    "           WHERE reason.text LIKE ? ESCAPE '\\')"
    " OR id IN (SELECT live.id FROM run live WHERE live.state < 4"
    "           AND live.reason LIKE ? ESCAPE '\\'))";

  G_STATIC_ASSERT (FIRST_TERMINAL_STATE == 4);
  add_condition (self, condition, like_pattern (text));
}

static void
add_parameter (Query      *self,
               const char *assignment)
{
  static const char by_name[] = "id IN (SELECT run FROM run_parameter WHERE name = ?)";
  static const char by_value[] =
    "id IN (SELECT run FROM run_parameter WHERE name = substr (?, 1, instr (?, '=') - 1)"
    "       AND value = substr (?, instr (?, '=') + 1, " RUNNEL_SQL_MAX_VALUE "))";

  add_condition (self, strchr (assignment, '=') != NULL ? by_value : by_name,
                 g_strdup (assignment));
}

static void
add_filter (Query                 *self,
            const RunnelRunFilter *filter)
{
  if (filter->pipeline != NULL)
    add_condition (self, "pipeline IN (SELECT id FROM pipeline WHERE name = ? OR file = ?)",
                   g_strdup (filter->pipeline));
  if (filter->trigger != NULL)
    add_condition (self, "trigger = ?", g_strdup (filter->trigger));
  add_states (self, filter->states);
  add_time (self, ">=", filter->since);
  add_time (self, "<", filter->until);
  if (filter->pinned)
    g_string_append (self->sql, " AND pinned");
  if (filter->top_level)
    g_string_append (self->sql, " AND parent = 0");
  if (filter->parent != 0)
    g_string_append_printf (self->sql, " AND parent = %" G_GINT64_FORMAT, filter->parent);
  if (filter->before != 0)
    g_string_append_printf (self->sql, " AND (started, id) < (SELECT started, id FROM run AS bound"
                                       " WHERE bound.id = %" G_GINT64_FORMAT ")",
                            filter->before);
  for (guint i = 0; i < filter->labels->len; i++)
    add_condition (self, "id IN (SELECT run FROM run_label WHERE label = ?)",
                   g_strdup (filter->labels->pdata[i]));
  for (guint i = 0; i < filter->parameters->len; i++)
    add_parameter (self, filter->parameters->pdata[i]);
  for (guint i = 0; i < filter->texts->len; i++)
    add_text (self, filter->texts->pdata[i]);
}

static RunnelStatement *
prepare (RunnelHistory         *self,
         const char            *columns,
         const RunnelRunFilter *filter,
         const char            *tail,
         GError               **error)
{
  g_auto(Query) query;
  RunnelStatement *statement;

  query_init (&query, columns);
  if (filter != NULL)
    add_filter (&query, filter);
  g_string_append (query.sql, tail);
  statement = runnel_sqlite_prepare (self->db, query.sql->str, error);
  for (guint i = 0; statement != NULL && i < query.values->len; i++)
    runnel_statement_bind_text (statement, i, query.values->pdata[i]);
  return statement;
}

static GArray *
find_runs (RunnelHistory         *self,
           const RunnelRunFilter *filter,
           const char            *tail,
           GError               **error)
{
  g_autoptr(RunnelStatement) statement = prepare (self, "id", filter, tail, error);
  g_autoptr(GArray) runs = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean row;

  while (statement != NULL && runnel_statement_step (statement, &row, error))
    {
      gint64 run;

      if (!row)
        return g_steal_pointer (&runs);
      run = runnel_statement_get_int (statement, 0);
      g_array_append_val (runs, run);
    }
  return NULL;
}

/**
 * runnel_history_find_runs:
 * @self: a history
 * @filter: (nullable): which; %NULL for all
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type gint64): the numbers of all runs that pass, the
 *   latest first; a page of a list is a piece of it, for runnel_history_load_runs()
 */
GArray *
runnel_history_find_runs (RunnelHistory         *self,
                          const RunnelRunFilter *filter,
                          GError               **error)
{
  g_return_val_if_fail (self != NULL, NULL);

  return find_runs (self, filter, LATEST_FIRST, error);
}

/**
 * runnel_history_list_runs:
 * @self: a history
 * @filter: (nullable): which; %NULL for all
 * @limit: how many at most
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type RunnelRunRecord): the latest runs that pass,
 *   the latest first
 */
GPtrArray *
runnel_history_list_runs (RunnelHistory         *self,
                          const RunnelRunFilter *filter,
                          guint                  limit,
                          GError               **error)
{
  g_autofree char *tail = g_strdup_printf (LATEST_FIRST " LIMIT %u", limit);
  g_autoptr(GArray) runs = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  runs = find_runs (self, filter, tail, error);
  return runs ? runnel_history_load_runs (self, (const gint64 *) runs->data, runs->len, error)
              : NULL;
}

/**
 * runnel_history_count_runs:
 * @self: a history
 * @filter: (nullable): which; %NULL for all
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: the number of runs that pass the filter; -1 on failure
 */
gint64
runnel_history_count_runs (RunnelHistory         *self,
                           const RunnelRunFilter *filter,
                           GError               **error)
{
  g_autoptr(RunnelStatement) statement = NULL;
  gboolean row;

  g_return_val_if_fail (self != NULL, -1);

  statement = prepare (self, "count (*)", filter, "", error);
  if (statement == NULL || !runnel_statement_step (statement, &row, error))
    return -1;
  return runnel_statement_get_int (statement, 0);
}
