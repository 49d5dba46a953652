/* runnel-cli-logs.c: runnel logs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "cli/runnel-cli-log-lines.h"
#include "cli/runnel-cli-log-search.h"
#include "cli/runnel-cli-log-set.h"
#include "cli/runnel-cli-log.h"
#include "cli/runnel-cli-terminal.h"
#include "history/runnel-run-filter.h"
#include "log/runnel-log-errors.h"
#include "log/runnel-log-packed.h"

#define MAX_FOUND 1000

/* What was asked for on the command line. */
typedef struct
{
  char **steps;
  int attempt;
  gboolean follow;
  gboolean merge;
  gboolean times;
  gboolean errors;
  gboolean without_colors;
  char *grep;
  char *search;
  gboolean literal;
  gboolean regex;
  gboolean caseless;
  gboolean with_case;
  int context;
  int tail;
  char *since;
  gboolean as_json;
  int limit;
} Options;

typedef struct
{
  Options options;
  RunnelCliLogSet set;
  RunnelCliLineWish wish;
  gboolean by_lines;         /* not as they are, but line by line */
  RunnelLogMerge *merge;
  RunnelCliLogLines *merged;    /* its lines */
  const RunnelCliLog *shown; /* the one that the last heading was for */
  gboolean has_printed;
} Logs;

static void
logs_clear (Logs *self)
{
  runnel_cli_log_set_clear (&self->set);
  g_clear_pointer (&self->merged, runnel_cli_log_lines_free);
  if (self->merge)
    runnel_log_source_unref (runnel_log_merge_get_source (self->merge));
  g_clear_pointer (&self->wish.pattern, runnel_log_pattern_unref);
  g_strfreev (self->options.steps);
  g_free (self->options.grep);
  g_free (self->options.search);
  g_free (self->options.since);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Logs, logs_clear)

/* --- Printing --------------------------------------------------------------------------- */

typedef struct
{
  Logs *logs;
  const RunnelCliLog *log;
} Heading;

/* One log alone needs no heading. */
static void
print_heading (gpointer user_data)
{
  Heading *heading = user_data;
  Logs *self = heading->logs;
  const RunnelCliLog *log = heading->log;
  gboolean is_first = self->shown == NULL;

  if (self->shown == log)
    return;
  self->shown = log;
  if (runnel_cli_log_set_get_only_step (&self->set) && log->attempt == 1)
    return;

  printf ("%s%s==> %s", is_first ? "" : "\n", runnel_terminal_get_dim (), log->step);
  if (log->attempt > 1)
    printf (", attempt %u", log->attempt);
  printf (" <==%s\n", runnel_terminal_get_reset ());
}

/* What is red, where nothing else says that something went wrong. */
static RunnelLogPattern *
choose_errors (const char *path)
{
  g_autoptr(RunnelLogSource) source = runnel_log_open (path);
  RunnelLogPattern *errors = runnel_log_errors_get_pattern ();
  g_autoptr(RunnelLogMatcher) matcher = runnel_log_matcher_new (errors);
  g_auto(RunnelLogBlock) block = { 0, };
  guint64 size = runnel_log_source_get_size (source);

  for (guint64 i = 0; i < runnel_log_block_count (size); i++)
    {
      runnel_log_block_load (&block, source, i, size, TRUE);
      if (runnel_log_matcher_count (matcher, &block) > 0)
        return runnel_log_pattern_ref (errors);
    }
  return size > 0 ? runnel_log_pattern_new_red () : runnel_log_pattern_ref (errors);
}

static RunnelCliLogLines *
make_lines (Logs               *self,
            const RunnelCliLog *log)
{
  g_autoptr(RunnelLogPattern) errors =
    self->options.errors && log->is_over ? choose_errors (log->path) : NULL;
  RunnelCliLineWish wish = self->wish;

  if (errors)
    wish.pattern = errors;
  return runnel_cli_log_lines_new (log->path, &wish);
}

static void
print_log (Logs         *self,
           RunnelCliLog *log)
{
  Heading heading = { self, log };

  if (!self->by_lines)
    {
      runnel_cli_log_copy (log->path, &log->offset, print_heading, &heading);
      self->has_printed = self->shown != NULL;
      return;
    }
  if (!log->lines)
    log->lines = make_lines (self, log);
  self->has_printed |=
    runnel_cli_log_lines_print (log->lines, log->is_over, print_heading, &heading);
}

static void
print_new (Logs *self)
{
  for (guint i = 0; i < self->set.logs->len; i++)
    {
      RunnelCliLog *log = g_ptr_array_index (self->set.logs, i);

      if (log->is_done)
        continue;
      print_log (self, log);
      log->is_done = log->is_over;
    }
}

static void
add_to_merge (Logs         *self,
              RunnelCliLog *log)
{
  g_autofree char *label =
    log->attempt > 1 ? g_strdup_printf ("%s (%u)", log->step, log->attempt) : g_strdup (log->step);

  if (log->part == 0)
    log->part = runnel_log_merge_add (self->merge, label, log->path, log->started) + 1;
  if (log->is_over)
    runnel_log_merge_set_over (self->merge, log->part - 1);
}

static void
print_merged (Logs *self)
{
  for (guint i = 0; i < self->set.logs->len; i++)
    add_to_merge (self, g_ptr_array_index (self->set.logs, i));
  self->has_printed = runnel_cli_log_lines_print (self->merged, TRUE, NULL, NULL);
}

/* Of a log that is not over and that nobody follows, what there is now is all. */
static void
take_as_over (Logs *self)
{
  for (guint i = 0; i < self->set.logs->len; i++)
    ((RunnelCliLog *) g_ptr_array_index (self->set.logs, i))->is_over = TRUE;
}

static gboolean
print_logs (Logs    *self,
            GError **error)
{
  for (;;)
    {
      if (!runnel_cli_log_set_look (&self->set, error))
        return FALSE;
      if (!self->options.follow && self->by_lines)
        take_as_over (self);
      if (self->merge)
        print_merged (self);
      else
        print_new (self);
      if (!self->options.follow || self->set.is_over)
        return TRUE;
      if (!runnel_cli_log_set_wait (&self->set, error))
        return FALSE;
    }
}

/* --- Options ---------------------------------------------------------------------------------- */

static RunnelLogPattern *
make_pattern (const Options  *options,
              GError        **error)
{
  const char *text = options->grep ? options->grep : options->search;
  gboolean regex = options->grep ? !options->literal : options->regex;
  gboolean caseless = options->grep ? options->caseless : !options->with_case;
  g_autoptr(GError) problem = NULL;
  RunnelLogPattern *pattern =
    runnel_log_pattern_new (text, (regex ? RUNNEL_LOG_PATTERN_REGEX : 0) |
                                    (caseless ? RUNNEL_LOG_PATTERN_CASELESS : 0), &problem);

  if (!pattern)
    g_set_error_literal (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE, problem->message);
  return pattern;
}

/* "10m" is so long ago; what else can be written is what `runnel list` takes. */
static gboolean
parse_since (const char  *text,
             gint64      *since,
             GError     **error)
{
  g_autoptr(RunnelRunFilter) filter = runnel_run_filter_new ();
  g_autoptr(GError) problem = NULL;

  if (!runnel_run_filter_add (filter, "since", text, &problem))
    {
      g_set_error_literal (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE, problem->message);
      return FALSE;
    }
  *since = filter->since < 0 ? g_get_real_time () + filter->since : filter->since;
  return TRUE;
}

static gboolean
make_wish (Logs    *self,
           GError **error)
{
  const Options *options = &self->options;

  if (options->grep && options->errors)
    {
      g_set_error_literal (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE,
                           "--errors and --grep each say which lines are wanted; give one of them");
      return FALSE;
    }
  self->wish = (RunnelCliLineWish) {
    .context = (guint) MAX (options->context, 0),
    .tail = (guint) MAX (options->tail, 0),
    .with_times = options->times,
    .without_colors = options->without_colors,
  };
  if (options->grep && !(self->wish.pattern = make_pattern (options, error)))
    return FALSE;
  if (options->errors)
    self->wish.pattern = runnel_log_pattern_ref (runnel_log_errors_get_pattern ());
  if (options->since && !parse_since (options->since, &self->wish.since, error))
    return FALSE;
  self->by_lines = options->merge || options->times || options->without_colors || options->since ||
                   options->tail > 0 || self->wish.pattern;
  return TRUE;
}

/* A step may stand behind the run, too. */
static void
choose_steps (Logs *self,
              char *step)
{
  g_autoptr(GStrvBuilder) steps = g_strv_builder_new ();

  if (step)
    g_strv_builder_add (steps, step);
  if (self->options.steps)
    g_strv_builder_addv (steps, (const char **) self->options.steps);
  g_strfreev (self->options.steps);
  self->options.steps = g_strv_builder_end (steps);
  if (self->options.steps[0])
    self->set.steps = (const char *const *) self->options.steps;
  self->set.attempt = (guint) MAX (self->options.attempt, 0);
}

static int
print_run (Logs    *self,
           char    *run,
           char    *step,
           GError **error)
{
  if (!make_wish (self, error))
    return RUNNEL_EXIT_USAGE;
  choose_steps (self, step);
  if (self->options.merge)
    {
      self->merge = runnel_log_merge_new ();
      self->merged = runnel_cli_log_lines_new_for_merge (self->merge, &self->wish);
    }
  if (!runnel_cli_log_set_open (&self->set, run, error) || !print_logs (self, error) ||
      !runnel_cli_log_set_check (&self->set, self->has_printed, error))
    return RUNNEL_EXIT_NOT_FOUND;
  return self->wish.pattern && !self->has_printed ? RUNNEL_EXIT_FAILED : RUNNEL_EXIT_SUCCEEDED;
}

static int
search (Logs    *self,
        char   **words,
        GError **error)
{
  self->wish.pattern = make_pattern (&self->options, error);
  if (!self->wish.pattern)
    return RUNNEL_EXIT_USAGE;
  return runnel_cli_log_search (self->wish.pattern, words, (guint) MAX (self->options.limit, 1),
                                self->options.as_json, error);
}

int
runnel_cli_logs (int      argc,
                 char   **argv,
                 GError **error)
{
  g_auto(Logs) self = { .options = { .limit = MAX_FOUND } };
  Options *options = &self.options;
  const GOptionEntry entries[] = {
    { "follow", 'f', 0, G_OPTION_ARG_NONE, &options->follow,
      "Go on printing until the step, or the run, has ended", NULL },
    { "step", 's', 0, G_OPTION_ARG_STRING_ARRAY, &options->steps,
      "Only this step; may be given several times", "STEP" },
    { "attempt", 'a', 0, G_OPTION_ARG_INT, &options->attempt, "Only this attempt (default: all)",
      "N" },
    { "merge", 'm', 0, G_OPTION_ARG_NONE, &options->merge,
      "All logs as one, in the order in which the lines came, each with its step", NULL },
    { "timestamps", 't', 0, G_OPTION_ARG_NONE, &options->times,
      "Print when each line came, as exactly as that was written down (0.1 s)", NULL },
    { "errors", 'e', 0, G_OPTION_ARG_NONE, &options->errors,
      "Only lines that say that something went wrong", NULL },
    { "grep", 'g', 0, G_OPTION_ARG_STRING, &options->grep,
      "Only lines with this regular expression", "PATTERN" },
    { "fixed-strings", 'F', 0, G_OPTION_ARG_NONE, &options->literal,
      "With --grep: the pattern is a text, no regular expression", NULL },
    { "ignore-case", 'i', 0, G_OPTION_ARG_NONE, &options->caseless,
      "With --grep: capitals and small letters are the same", NULL },
    { "context", 'C', 0, G_OPTION_ARG_INT, &options->context,
      "With --grep or --errors: so many lines before and after each, too", "N" },
    { "tail", 'n', 0, G_OPTION_ARG_INT, &options->tail, "Only the last lines", "N" },
    { "since", 0, 0, G_OPTION_ARG_STRING, &options->since,
      "Only lines that came since then: 10m, yesterday, 2026-01-31", "TIME" },
    { "no-colour", 0, 0, G_OPTION_ARG_NONE, &options->without_colors,
      "Print what a terminal would show, without its colours", NULL },
    { "no-color", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, &options->without_colors, NULL, NULL },
    { "search", 0, 0, G_OPTION_ARG_STRING, &options->search,
      "Find a text in the logs of all runs, or of those that FILTER lets pass", "TEXT" },
    { "regex", 'E', 0, G_OPTION_ARG_NONE, &options->regex,
      "With --search: the text is a regular expression", NULL },
    { "case", 0, 0, G_OPTION_ARG_NONE, &options->with_case,
      "With --search: tell capitals from small letters", NULL },
    { "limit", 0, 0, G_OPTION_ARG_INT, &options->limit,
      "With --search: at most so many lines (default: 1000)", "N" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->as_json,
      "With --search: print a line of JSON for each", NULL },
    { NULL }
  };

  if (!runnel_cli_parse (&argc, &argv, entries, "RUN [STEP] | --search TEXT [FILTER…]",
                         "Prints the logs of a run in the order in which its steps started, or "
                         "the log of one step; or finds a text in the logs of many runs, the "
                         "latest first. Exits with 1 when nothing is found.", 0, -1, error))
    return RUNNEL_EXIT_USAGE;

  if (options->search)
    return search (&self, argv + 1, error);
  if (argc == 2 || argc == 3)
    return print_run (&self, argv[1], argc > 2 ? argv[2] : NULL, error);
  g_set_error_literal (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE,
                       argc < 2 ? "which run? See runnel list"
                                : "give one run, and one step or several with --step");
  return RUNNEL_EXIT_USAGE;
}
