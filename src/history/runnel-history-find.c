/* runnel-history-find.c: the runs that pass a filter
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One walk through a narrow index, which has the columns of all plain conditions in the order of the
 * list. What else is asked for becomes sets of runs, read one by one from the tables that are in
 * their order: SQLite would look into such a table for each run, which takes ten times as long.
 */
#include "config.h"

#include <string.h>

#include "history/runnel-history-private.h"
#include "history/runnel-run-set.h"

/* Left to itself SQLite takes the index of the pipelines, visits every row and sorts them. */
#define WALK "SELECT id FROM run INDEXED BY run_by_start WHERE 1"
#define LATEST_FIRST " ORDER BY started DESC, id DESC"

/* A filter on its way through the history. */
typedef struct
{
  RunnelHistory *history;
  GString *sql;          /* of the walk */
  GPtrArray *values;     /* of char *: of its parameters */
  GPtrArray *sets;       /* of RunnelRunSet: a run must be in each */
} Search;

static void
search_init (Search        *self,
             RunnelHistory *history)
{
  self->history = history;
  self->sql = g_string_new (WALK);
  self->values = g_ptr_array_new_with_free_func (g_free);
  self->sets = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_run_set_free);
}

static void
search_clear (Search *self)
{
  g_string_free (self->sql, TRUE);
  g_ptr_array_unref (self->values);
  g_ptr_array_unref (self->sets);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

/* @condition has a parameter for @value. */
static void
add_condition (Search     *self,
               const char *condition,
               const char *value)
{
  g_string_append (self->sql, condition);
  g_ptr_array_add (self->values, g_strdup (value));
}

static void
add_states (Search *self,
            guint   states)
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
add_time (Search     *self,
          const char *comparison,
          gint64      time)
{
  if (time < 0)
    time += g_get_real_time ();
  if (time != 0)
    g_string_append_printf (self->sql, " AND started %s %" G_GINT64_FORMAT, comparison, time);
}

static void
add_conditions (Search                *self,
                const RunnelRunFilter *filter)
{
  if (filter->pipeline != NULL)
    add_condition (self, " AND pipeline IN (SELECT id FROM pipeline WHERE ? IN (name, file))",
                   filter->pipeline);
  if (filter->trigger != NULL)
    add_condition (self, " AND trigger = ?", filter->trigger);
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
}

/* Adds the runs in the rows of @sql, whose parameters are all @value, to @set. */
static gboolean
collect (Search       *self,
         const char   *sql,
         const char   *value,
         RunnelRunSet *set,
         GError      **error)
{
  RunnelStatement *statement = runnel_sqlite_get_statement (self->history->db, sql, error);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_text (statement, 0, value);
  while (runnel_statement_step (statement, &row, error))
    {
      if (!row)
        return TRUE;
      runnel_run_set_add (set, runnel_statement_get_int (statement, 0));
    }
  return FALSE;
}

/* Adds the set of the rows of @sql. */
static gboolean
add_set (Search     *self,
         const char *sql,
         const char *value,
         GError    **error)
{
  RunnelRunSet *set = runnel_run_set_new ();

  g_ptr_array_add (self->sets, set);
  return collect (self, sql, value, set, error);
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
static gboolean
add_text (Search     *self,
          const char *text,
          GError    **error)
{
  static const char of_pipelines[] =
    "SELECT id FROM run INDEXED BY run_by_pipeline WHERE pipeline IN"
    " (SELECT id FROM pipeline WHERE name LIKE ?1 ESCAPE '\\' OR file LIKE ?1 ESCAPE '\\')";
  static const char of_failures[] =
    "SELECT run_reason.run FROM reason CROSS JOIN run_reason ON run_reason.reason = reason.id"
    " WHERE reason.text LIKE ?1 ESCAPE '\\'";
  static const char of_active[] =
    "SELECT id FROM run WHERE state < 4 AND reason LIKE ?1 ESCAPE '\\'";
  g_autofree char *pattern = like_pattern (text);
  RunnelRunSet *set = runnel_run_set_new ();

  G_STATIC_ASSERT (FIRST_TERMINAL_STATE == 4);
  g_ptr_array_add (self->sets, set);
  return collect (self, of_pipelines, pattern, set, error) &&
         collect (self, of_failures, pattern, set, error) &&
         collect (self, of_active, pattern, set, error);
}

static gboolean
add_parameter (Search     *self,
               const char *assignment,
               GError    **error)
{
  static const char by_name[] = "SELECT run FROM run_parameter WHERE name = ?1";
  static const char by_value[] =
    "SELECT run FROM run_parameter WHERE name = substr (?1, 1, instr (?1, '=') - 1)"
    " AND value = substr (?1, instr (?1, '=') + 1, " RUNNEL_SQL_MAX_VALUE ")";

  return add_set (self, strchr (assignment, '=') != NULL ? by_value : by_name, assignment, error);
}

static gboolean
add_sets (Search                *self,
          const RunnelRunFilter *filter,
          GError               **error)
{
  static const char by_label[] = "SELECT run FROM run_label WHERE label = ?1";

  for (guint i = 0; i < filter->labels->len; i++)
    if (!add_set (self, by_label, filter->labels->pdata[i], error))
      return FALSE;
  for (guint i = 0; i < filter->parameters->len; i++)
    if (!add_parameter (self, filter->parameters->pdata[i], error))
      return FALSE;
  for (guint i = 0; i < filter->texts->len; i++)
    if (!add_text (self, filter->texts->pdata[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
passes (const Search *self,
        gint64        run)
{
  for (guint i = 0; i < self->sets->len; i++)
    if (!runnel_run_set_has (self->sets->pdata[i], run))
      return FALSE;
  return TRUE;
}

static gboolean
is_hopeless (const Search *self)
{
  for (guint i = 0; i < self->sets->len; i++)
    if (runnel_run_set_is_empty (self->sets->pdata[i]))
      return TRUE;
  return FALSE;
}

static GArray *
walk (Search  *self,
      guint    limit,
      GError **error)
{
  g_autoptr(RunnelStatement) statement =
    runnel_sqlite_prepare (self->history->db, self->sql->str, error);
  g_autoptr(GArray) runs = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean row;

  if (statement == NULL)
    return NULL;
  for (guint i = 0; i < self->values->len; i++)
    runnel_statement_bind_text (statement, i, self->values->pdata[i]);
  while (runs->len < limit)
    {
      gint64 run;

      if (!runnel_statement_step (statement, &row, error))
        return NULL;
      if (!row)
        break;
      run = runnel_statement_get_int (statement, 0);
      if (passes (self, run))
        g_array_append_val (runs, run);
    }
  return g_steal_pointer (&runs);
}

static GArray *
find_runs (RunnelHistory         *self,
           const RunnelRunFilter *filter,
           guint                  limit,
           GError               **error)
{
  g_auto(Search) search;

  search_init (&search, self);
  if (filter != NULL)
    {
      if (!add_sets (&search, filter, error))
        return NULL;
      add_conditions (&search, filter);
    }
  if (is_hopeless (&search))
    return g_array_new (FALSE, FALSE, sizeof (gint64));
  g_string_append (search.sql, LATEST_FIRST);
  return walk (&search, limit, error);
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

  return find_runs (self, filter, G_MAXUINT, error);
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
  g_autoptr(GArray) runs = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  runs = find_runs (self, filter, limit, error);
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
  g_autoptr(GArray) runs = NULL;

  g_return_val_if_fail (self != NULL, -1);

  runs = find_runs (self, filter, G_MAXUINT, error);
  return runs ? (gint64) runs->len : -1;
}
