/* runnel-run-lives.c: what became of each step of a run, as little of it as can be counted with
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "history/runnel-history-private.h"
#include "history/runnel-run-lives.h"
#include "util/runnel-sort.h"

/* Hands each row of @sql, whose parameter is the run, to @take. */
static gboolean
read_rows (RunnelRunLives *self,
           RunnelHistory  *history,
           const char     *sql,
           gint64          run,
           void          (*take) (RunnelRunLives *self, RunnelStatement *row),
           GError        **error)
{
  RunnelStatement *statement = runnel_sqlite_get_statement (history->db, sql, error);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  runnel_statement_bind_int (statement, 0, run);
  while (runnel_statement_step (statement, &row, error))
    {
      if (!row)
        return TRUE;
      take (self, statement);
    }
  return FALSE;
}

static void
append_life (RunnelRunLives  *self,
             guint            owner,
             RunnelRole       role,
             RunnelStatement *row)
{
  RunnelLife life = {
    .owner = owner,
    .role = role,
    .state = runnel_statement_get_int (row, 0),
    .queued = runnel_statement_get_int (row, 1),
    .finished = runnel_statement_get_int (row, 2),
    .reused = runnel_statement_get_int (row, 3) > 0,
  };

  g_array_append_val (self->lives, life);
}

static void
take_step (RunnelRunLives  *self,
           RunnelStatement *row)
{
  append_life (self, self->lives->len, RUNNEL_ROLE_STEP, row);
  g_ptr_array_add (self->ids, g_strdup (runnel_statement_get_text (row, 4)));
}

/* Legs follow each other, so that the owner of the last one is mostly the right one. Hooks are the
 * run's. */
static guint
find_owner (RunnelRunLives *self,
            RunnelRole      role,
            const char     *id)
{
  guint n_lives = self->lives->len;
  guint last = n_lives > 0 ? g_array_index (self->lives, RunnelLife, n_lives - 1).owner : 0;

  if (id == NULL || role == RUNNEL_ROLE_HOOK)
    return RUNNEL_NO_OWNER;
  if (last < self->ids->len && g_str_equal (self->ids->pdata[last], id))
    return last;
  for (guint i = 0; i < self->ids->len; i++)
    if (g_str_equal (self->ids->pdata[i], id))
      return i;
  return RUNNEL_NO_OWNER;
}

static void
take_added_step (RunnelRunLives  *self,
                 RunnelStatement *row)
{
  RunnelRole role = runnel_statement_get_int (row, 5);

  append_life (self, find_owner (self, role, runnel_statement_get_text (row, 4)), role, row);
}

/* Returns: NULL when a row is about a step that is not there */
static RunnelLife *
get_life (RunnelRunLives  *self,
          RunnelStatement *row)
{
  gint64 step = runnel_statement_get_int (row, 0);

  return step >= 0 && step < self->lives->len ? &g_array_index (self->lives, RunnelLife, step)
                                              : NULL;
}

/* Attempts come by step and number. One that another follows had to be repeated. */
static void
take_attempt (RunnelRunLives  *self,
              RunnelStatement *row)
{
  RunnelLife *life = get_life (self, row);
  gint64 finished = runnel_statement_get_int (row, 2);
  gint64 begun = runnel_statement_get_int (row, 1);

  if (life == NULL)
    return;
  if (begun == 0)
    begun = finished;
  if (life->n_attempts == 0)
    life->begun = begun;
  life->retried = MAX (begun - life->begun, 0);
  life->worked += MAX (finished - begun, 0);
  life->n_attempts++;
}

/* To be called when the attempts are known. What a step waits between two of them is the delay
 * before it is tried again. */
static void
take_wait (RunnelRunLives  *self,
           RunnelStatement *row)
{
  RunnelLife *life = get_life (self, row);
  gint64 begun = runnel_statement_get_int (row, 1);
  gint64 waited = MAX (runnel_statement_get_int (row, 2) - begun, 0);
  gint64 attempt_end = runnel_statement_get_int (row, 3); /* 0 = there was none before */
  guint kind = runnel_statement_get_int (row, 4);

  if (life == NULL || kind >= RUNNEL_N_WAIT_KINDS || (attempt_end != 0 && attempt_end <= begun))
    return;
  life->waited[kind] += waited;
  if (attempt_end == 0)
    life->waited_first += waited;
  else
    life->worked = MAX (life->worked - waited, 0);
}

/* A step ran as long as its legs did, each of which was in the queue by itself. */
static void
live_by_leg (RunnelLife       *self,
             const RunnelLife *leg)
{
  self->queued = 0;
  if (leg->begun != 0)
    self->begun = self->begun == 0 ? leg->begun : MIN (self->begun, leg->begun);
}

static void
live_by_legs (RunnelRunLives *self)
{
  for (guint i = self->ids->len; i < self->lives->len; i++)
    {
      const RunnelLife *leg = &g_array_index (self->lives, RunnelLife, i);

      if (leg->role == RUNNEL_ROLE_LEG && leg->owner != RUNNEL_NO_OWNER)
        live_by_leg (&g_array_index (self->lives, RunnelLife, leg->owner), leg);
    }
}

static gboolean
read_lives (RunnelRunLives *self,
            RunnelHistory  *history,
            gint64          run,
            GError        **error)
{
  static const char steps[] =
    "SELECT coalesce (s.state, 0), coalesce (s.queued, 0), coalesce (s.finished, 0),"
    " coalesce (s.reused, 0), d.id FROM run JOIN definition_step d USING (definition)"
    " LEFT JOIN step s ON s.run = run.id AND s.step = d.step WHERE run.id = ? ORDER BY d.step";
  static const char added_steps[] =
    "SELECT coalesce (s.state, 0), coalesce (s.queued, 0), coalesce (s.finished, 0), 0, a.parent,"
    " a.role FROM added_step a LEFT JOIN step s ON s.run = a.run AND s.step = a.step"
    " WHERE a.run = ? ORDER BY a.step";
  static const char attempts[] =
    "SELECT step, started, finished FROM attempt WHERE run = ? ORDER BY step, attempt";
  static const char waits[] =
    "SELECT step, started, finished, coalesce ((SELECT finished FROM attempt a"
    "  WHERE a.run = wait.run AND a.step = wait.step AND a.started <= wait.started"
    "  ORDER BY attempt DESC LIMIT 1), 0), kind FROM wait WHERE run = ?";

  return read_rows (self, history, steps, run, take_step, error) &&
         read_rows (self, history, added_steps, run, take_added_step, error) &&
         read_rows (self, history, attempts, run, take_attempt, error) &&
         read_rows (self, history, waits, run, take_wait, error);
}

RunnelRunLives *
_runnel_run_lives_new (RunnelHistory *history,
                       gint64         run,
                       GError       **error)
{
  g_autoptr(RunnelRunLives) self = g_new0 (RunnelRunLives, 1);

  self->ids = g_ptr_array_new_with_free_func (g_free);
  self->lives = g_array_new (FALSE, FALSE, sizeof (RunnelLife));
  if (!read_lives (self, history, run, error))
    return NULL;
  live_by_legs (self);
  return g_steal_pointer (&self);
}

void
_runnel_run_lives_free (RunnelRunLives *self)
{
  g_ptr_array_unref (self->ids);
  g_array_unref (self->lives);
  g_free (self);
}

/* --- The critical path --- */

static int
compare_finished (gconstpointer a,
                  gconstpointer b)
{
  const RunnelLife *left = *(const RunnelLife *const *) a;
  const RunnelLife *right = *(const RunnelLife *const *) b;

  if (left->finished != right->finished)
    return left->finished < right->finished ? -1 : 1;
  return (left > right) - (left < right);
}

/* What ran of the steps and legs, by when it ended. */
static GPtrArray *
sort_by_end (RunnelRunLives *self)
{
  GPtrArray *lives = g_ptr_array_new ();

  for (guint i = 0; i < self->lives->len; i++)
    {
      RunnelLife *life = &g_array_index (self->lives, RunnelLife, i);

      if (life->n_attempts > 0 && life->role < RUNNEL_ROLE_UNDO)
        g_ptr_array_add (lives, life);
    }
  runnel_sort (lives->pdata, lives->len, sizeof (gpointer), compare_finished);
  return lives;
}

/* The last of the first @n_lives that was over at @time; -1 when none was. */
static int
find_last_until (GPtrArray *lives,
                 guint      n_lives,
                 gint64     time)
{
  guint low = 0, high = n_lives;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (((const RunnelLife *) lives->pdata[middle])->finished <= time)
        low = middle + 1;
      else
        high = middle;
    }
  return (int) low - 1;
}

/* The critical path of J. E. Kelley and M. R. Walker (1959) over the times as they were, from its
 * end: a step is queued as soon as what it needs is over, so that it was released by what ended
 * last before that. The Gantt chart follows the links; here no definition has to be read.
 *
 * Returns: (transfer container) (element-type RunnelLife) */
GPtrArray *
_runnel_run_lives_list_critical (RunnelRunLives *self)
{
  g_autoptr(GPtrArray) lives = sort_by_end (self);
  GPtrArray *path = g_ptr_array_new ();
  int position = (int) lives->len - 1;

  while (position >= 0)
    {
      RunnelLife *life = lives->pdata[position];

      g_ptr_array_add (path, life);
      position = life->queued != 0 ? find_last_until (lives, position, life->queued) : -1;
    }
  return path;
}
