/* runnel-timing-table.c: the timing of a run as a table
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "charts/runnel-gantt-style.h"
#include "charts/runnel-timing-table.h"
#include "util/runnel-csv.h"
#include "util/runnel-format.h"

typedef enum
{
  TEXT,
  COUNT,
  DURATION, /* microseconds */
  BYTES,
} Type;

static const struct
{
  Type type;
  const char *name;   /* for programs */
  const char *title;
} columns[RUNNEL_N_TIMING_COLUMNS] = {
  [RUNNEL_TIMING_STEP] = { TEXT, "name", N_("Step") },
  [RUNNEL_TIMING_ID] = { TEXT, "step", N_("Id") },
  [RUNNEL_TIMING_STATE] = { TEXT, "state", N_("State") },
  [RUNNEL_TIMING_ATTEMPTS] = { COUNT, "attempts", N_("Attempts") },
  [RUNNEL_TIMING_START] = { DURATION, "start_s", N_("Start") },
  [RUNNEL_TIMING_END] = { DURATION, "end_s", N_("End") },
  [RUNNEL_TIMING_RUN] = { DURATION, "run_s", N_("Ran") },
  [RUNNEL_TIMING_QUEUE] = { DURATION, "queue_s", N_("Queued") },
  [RUNNEL_TIMING_POOL] = { DURATION, "pool_s", N_("For a Pool") },
  [RUNNEL_TIMING_PERSON] = { DURATION, "person_s", N_("For a Person") },
  [RUNNEL_TIMING_WAIT] = { DURATION, "wait_s", N_("Other Waits") },
  [RUNNEL_TIMING_RETRY] = { DURATION, "retry_delay_s", N_("Retry Delays") },
  [RUNNEL_TIMING_SLACK] = { DURATION, "slack_s", N_("Slack") },
  [RUNNEL_TIMING_CRITICAL] = { TEXT, "critical", N_("Critical") },
  [RUNNEL_TIMING_CPU] = { DURATION, "cpu_s", N_("Processor Time") },
  [RUNNEL_TIMING_MEMORY] = { BYTES, "memory_bytes", N_("Memory") },
};

/**
 * runnel_timing_column_get_title:
 * @column: a column
 *
 * Returns: (transfer none): its heading, in the person's language
 */
const char *
runnel_timing_column_get_title (RunnelTimingColumn column)
{
  g_return_val_if_fail (column < RUNNEL_N_TIMING_COLUMNS, NULL);

  return _(columns[column].title);
}

/**
 * runnel_timing_column_get_name:
 * @column: a column
 *
 * Returns: (transfer none): its heading for programs
 */
const char *
runnel_timing_column_get_name (RunnelTimingColumn column)
{
  g_return_val_if_fail (column < RUNNEL_N_TIMING_COLUMNS, NULL);

  return columns[column].name;
}

/**
 * runnel_timing_column_is_number:
 * @column: a column
 *
 * Returns: whether it is to be sorted as numbers, and stands at the right
 */
gboolean
runnel_timing_column_is_number (RunnelTimingColumn column)
{
  g_return_val_if_fail (column < RUNNEL_N_TIMING_COLUMNS, FALSE);

  return columns[column].type != TEXT;
}

static const RunnelSpan *
find_first_attempt (const RunnelTiming    *timing,
                    const RunnelTimingRow *row)
{
  for (guint i = row->first_span; i < row->first_span + row->n_spans; i++)
    if (timing->spans[i].kind == RUNNEL_SPAN_ATTEMPT)
      return &timing->spans[i];
  return NULL;
}

static gint64
get_start (const RunnelTiming    *timing,
           const RunnelTimingRow *row)
{
  const RunnelSpan *first = find_first_attempt (timing, row);

  if (first != NULL)
    return first->start - timing->start;
  return row->start != 0 ? row->start - timing->start : -1;
}

static gint64
get_processor_time (const RunnelTiming    *timing,
                    const RunnelTimingRow *row)
{
  double sum = 0;

  for (guint i = row->first_span; i < row->first_span + row->n_spans; i++)
    sum += timing->spans[i].cores * (timing->spans[i].end - timing->spans[i].start);
  return sum;
}

static gint64
get_memory (const RunnelTiming    *timing,
            const RunnelTimingRow *row)
{
  gint64 most = 0;

  for (guint i = row->first_span; i < row->first_span + row->n_spans; i++)
    most = MAX (most, timing->spans[i].memory);
  return most;
}

/**
 * runnel_timing_get_number:
 * @timing: a timing
 * @row: one of its rows
 * @column: one that is a number, or state or critical
 *
 * Returns: microseconds, bytes or how many; -1 when there is none
 */
gint64
runnel_timing_get_number (const RunnelTiming *timing,
                          guint               row,
                          RunnelTimingColumn  column)
{
  static const RunnelSpanKind kinds[RUNNEL_N_TIMING_COLUMNS] = {
    [RUNNEL_TIMING_RUN] = RUNNEL_SPAN_ATTEMPT,   [RUNNEL_TIMING_QUEUE] = RUNNEL_SPAN_QUEUED,
    [RUNNEL_TIMING_POOL] = RUNNEL_SPAN_POOL,     [RUNNEL_TIMING_PERSON] = RUNNEL_SPAN_APPROVAL,
    [RUNNEL_TIMING_WAIT] = RUNNEL_SPAN_WAITING,  [RUNNEL_TIMING_RETRY] = RUNNEL_SPAN_RETRY,
  };
  const RunnelTimingRow *facts;

  g_return_val_if_fail (timing != NULL && row < timing->n_rows, -1);

  facts = &timing->rows[row];
  switch (column)
    {
    case RUNNEL_TIMING_STATE:
      return facts->state;
    case RUNNEL_TIMING_ATTEMPTS:
      return facts->n_spans > 0 ? timing->spans[facts->first_span + facts->n_spans - 1].attempt : 0;
    case RUNNEL_TIMING_START:
      return get_start (timing, facts);
    case RUNNEL_TIMING_END:
      return facts->start != 0 ? facts->end - timing->start : -1;
    case RUNNEL_TIMING_RUN:
    case RUNNEL_TIMING_QUEUE:
    case RUNNEL_TIMING_POOL:
    case RUNNEL_TIMING_PERSON:
    case RUNNEL_TIMING_WAIT:
    case RUNNEL_TIMING_RETRY:
      return runnel_timing_sum_spans (timing, row, kinds[column]);
    case RUNNEL_TIMING_SLACK:
      return facts->critical ? 0 : facts->slack;
    case RUNNEL_TIMING_CRITICAL:
      return facts->critical;
    case RUNNEL_TIMING_CPU:
      return get_processor_time (timing, facts);
    case RUNNEL_TIMING_MEMORY:
      return get_memory (timing, facts);
    case RUNNEL_TIMING_STEP:
    case RUNNEL_TIMING_ID:
    case RUNNEL_N_TIMING_COLUMNS:
    default:
      return -1;
    }
}

static const char *
get_words (const RunnelTimingRow *row,
           RunnelTimingColumn     column)
{
  switch (column)
    {
    case RUNNEL_TIMING_STEP:
      return row->title;
    case RUNNEL_TIMING_ID:
      return row->id;
    case RUNNEL_TIMING_STATE:
      return runnel_gantt_style_get_name (row->state);
    default:
      return row->critical ? "◆" : "";
    }
}

/**
 * runnel_timing_get_text:
 * @timing: a timing
 * @row: one of its rows
 * @column: a column
 *
 * Returns: (transfer full): what a person reads there; "" where there is nothing to tell
 */
char *
runnel_timing_get_text (const RunnelTiming *timing,
                        guint               row,
                        RunnelTimingColumn  column)
{
  gint64 number;

  g_return_val_if_fail (timing != NULL && row < timing->n_rows, NULL);
  g_return_val_if_fail (column < RUNNEL_N_TIMING_COLUMNS, NULL);

  if (columns[column].type == TEXT)
    return g_strdup (get_words (&timing->rows[row], column));
  number = runnel_timing_get_number (timing, row, column);
  if (number < 0 || (number == 0 && column != RUNNEL_TIMING_START) ||
      (columns[column].type == DURATION && number < G_TIME_SPAN_MILLISECOND &&
       column != RUNNEL_TIMING_START))
    return g_strdup ("");
  if (columns[column].type == COUNT)
    return g_strdup_printf ("%" G_GINT64_FORMAT, number);
  return columns[column].type == BYTES ? g_format_size (number) : runnel_format_duration (number);
}

/* Seconds with a point in every locale. */
static char *
make_field (const RunnelTiming *timing,
            guint               row,
            RunnelTimingColumn  column)
{
  gint64 number = runnel_timing_get_number (timing, row, column);
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (column == RUNNEL_TIMING_STATE)
    return g_strdup (runnel_state_to_string (timing->rows[row].state));
  if (column == RUNNEL_TIMING_CRITICAL)
    return g_strdup (number ? "1" : "0");
  if (columns[column].type == TEXT)
    return g_strdup (get_words (&timing->rows[row], column));
  if (number < 0)
    return g_strdup ("");
  if (columns[column].type != DURATION)
    return g_strdup_printf ("%" G_GINT64_FORMAT, number);
  return g_strdup (g_ascii_formatd (text, sizeof text, "%.6f", number / 1e6));
}

/**
 * runnel_timing_to_csv:
 * @tree: the lines of the timing of a run
 *
 * Returns: (transfer full): a row for each step that has a line, in the order of the lines, below the
 *   names of the columns; times in seconds
 */
char *
runnel_timing_to_csv (const RunnelGanttTree *tree)
{
  GString *csv = g_string_new (NULL);
  const char *names[RUNNEL_N_TIMING_COLUMNS + 1] = { NULL };

  g_return_val_if_fail (tree != NULL && tree->timing != NULL, g_string_free (csv, FALSE));

  for (guint i = 0; i < RUNNEL_N_TIMING_COLUMNS; i++)
    names[i] = columns[i].name;
  runnel_csv_append_row (csv, names);
  for (guint i = 0; i < tree->n_lines; i++)
    {
      char *fields[RUNNEL_N_TIMING_COLUMNS + 1] = { NULL };

      if (tree->lines[i].row < 0)
        continue;
      for (guint j = 0; j < RUNNEL_N_TIMING_COLUMNS; j++)
        fields[j] = make_field (tree->timing, tree->lines[i].row, j);
      runnel_csv_append_row (csv, (const char *const *) fields);
      for (guint j = 0; j < RUNNEL_N_TIMING_COLUMNS; j++)
        g_free (fields[j]);
    }
  return g_string_free (csv, FALSE);
}
