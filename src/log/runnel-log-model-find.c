/* runnel-log-model-find.c: what is looked for in a log that is shown
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "log/runnel-log-errors.h"
#include "log/runnel-log-model-private.h"

/* Where a log has no errors that are known as such, what is red is the next best. */
static void
errors_found (gpointer user_data)
{
  RunnelLogModel *self = user_data;

  if (!self->red && !runnel_log_search_is_busy (self->errors) &&
      runnel_log_index_get_total (runnel_log_search_get_counts (self->errors)) == 0)
    {
      g_autoptr(RunnelLogPattern) pattern = runnel_log_pattern_new_red ();

      self->red = runnel_log_search_new (self->source, pattern, runnel_log_model_found, self);
      runnel_log_search_extend (self->red, 0, self->size);
    }
  runnel_log_model_found (self);
}

static void
search (RunnelLogModel *self)
{
  g_clear_pointer (&self->search, runnel_log_search_free);
  if (!self->search_pattern || !self->cache)
    return;
  self->search = runnel_log_search_new (self->source, self->search_pattern,
                                        runnel_log_model_found, self);
  runnel_log_search_extend (self->search, 0, self->size);
}

static void
sift (RunnelLogModel *self)
{
  g_clear_pointer (&self->sieve, runnel_log_sieve_free);
  if (!self->sieve_pattern || !self->cache)
    return;
  self->sieve = runnel_log_sieve_new (self->source, self->sieve_pattern, self->sieve_context,
                                      runnel_log_model_rows_changed, self);
  runnel_log_sieve_extend (self->sieve, 0, self->size);
}

/* The log is open. */
void
runnel_log_model_begin_to_find (RunnelLogModel *self)
{
  self->folds = runnel_log_folds_new (self->source, runnel_log_model_rows_changed, self);
  self->errors = runnel_log_search_new (self->source, runnel_log_errors_get_pattern (),
                                        errors_found, self);
  search (self);
  sift (self);
}

/* The log has grown, or was cut: what a person waits for is looked for at once. */
void
runnel_log_model_find_in_new (RunnelLogModel *self,
                              guint64         unchanged)
{
  self->unchanged = MIN (self->unchanged, unchanged);
  if (self->search)
    runnel_log_search_extend (self->search, unchanged, self->size);
  if (self->sieve)
    runnel_log_sieve_extend (self->sieve, unchanged, self->size);
}

/* All lines are counted, which comes first: without it nothing can be shown in its place. */
void
runnel_log_model_find_in_lines (RunnelLogModel *self)
{
  guint64 unchanged = self->unchanged;

  self->unchanged = self->size;
  runnel_log_folds_extend (self->folds, unchanged, self->size);
  if (self->red)
    runnel_log_search_extend (self->red, unchanged, self->size);
  runnel_log_search_extend (self->errors, unchanged, self->size);
}

void
runnel_log_model_stop_finding (RunnelLogModel *self)
{
  g_clear_pointer (&self->folds, runnel_log_folds_free);
  g_clear_pointer (&self->errors, runnel_log_search_free);
  g_clear_pointer (&self->red, runnel_log_search_free);
  g_clear_pointer (&self->search, runnel_log_search_free);
  g_clear_pointer (&self->sieve, runnel_log_sieve_free);
}

static void
set_pattern (RunnelLogPattern **place,
             RunnelLogPattern  *pattern)
{
  g_clear_pointer (place, runnel_log_pattern_unref);
  *place = pattern ? runnel_log_pattern_ref (pattern) : NULL;
}

/**
 * runnel_log_model_get_folds:
 *
 * Returns: (transfer none) (nullable): the groups of lines; %NULL until the log is open
 */
RunnelLogFolds *
runnel_log_model_get_folds (RunnelLogModel *self)
{
  return self->folds;
}

/**
 * runnel_log_model_update_folds:
 *
 * To be called when folds were opened or closed.
 */
void
runnel_log_model_update_folds (RunnelLogModel *self)
{
  runnel_log_model_rows_changed (self);
}

/**
 * runnel_log_model_set_search:
 * @pattern: (nullable): what is looked for; %NULL for nothing
 */
void
runnel_log_model_set_search (RunnelLogModel   *self,
                             RunnelLogPattern *pattern)
{
  set_pattern (&self->search_pattern, pattern);
  search (self);
  runnel_log_model_found (self);
}

RunnelLogSearch *
runnel_log_model_get_search (RunnelLogModel *self)
{
  return self->search;
}

/**
 * runnel_log_model_get_errors:
 *
 * Returns: (transfer none) (nullable): where the log says that something went wrong; %NULL until
 *   it is open
 */
RunnelLogSearch *
runnel_log_model_get_errors (RunnelLogModel *self)
{
  if (self->red && runnel_log_index_get_total (runnel_log_search_get_counts (self->errors)) == 0)
    return self->red;
  return self->errors;
}

/**
 * runnel_log_model_set_sieve:
 * @pattern: (nullable): what is to be in the lines that are shown; %NULL to show all
 * @context: how many lines before and after each are shown as well
 */
void
runnel_log_model_set_sieve (RunnelLogModel   *self,
                            RunnelLogPattern *pattern,
                            guint             context)
{
  set_pattern (&self->sieve_pattern, pattern);
  self->sieve_context = context;
  sift (self);
  runnel_log_model_rows_changed (self);
}

gboolean
runnel_log_model_has_sieve (RunnelLogModel *self)
{
  return self->sieve_pattern != NULL;
}

/**
 * runnel_log_model_get_sifted:
 *
 * Returns: (transfer none) (nullable) (element-type RunnelLogBits): which lines are shown, by
 *   block; %NULL when all are, but for those that are folded
 */
GPtrArray *
runnel_log_model_get_sifted (RunnelLogModel *self)
{
  return self->sieve ? runnel_log_sieve_get_lines (self->sieve) : NULL;
}

/**
 * runnel_log_model_is_busy:
 *
 * Returns: whether some of what there is has not been looked at yet
 */
gboolean
runnel_log_model_is_busy (RunnelLogModel *self)
{
  return !self->cache || self->is_refreshing || runnel_log_pass_is_busy (self->lines_pass) ||
         runnel_log_folds_is_busy (self->folds) || runnel_log_search_is_busy (self->errors) ||
         (self->red && runnel_log_search_is_busy (self->red)) ||
         (self->search && runnel_log_search_is_busy (self->search)) ||
         (self->sieve && runnel_log_sieve_is_busy (self->sieve));
}
