/* runnel-cli-run-columns.c: what a list of runs says of each
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "cli/runnel-cli-run-columns.h"
#include "cli/runnel-cli-terminal.h"
#include "util/runnel-format.h"
#include "util/runnel-nearest.h"

/* "param:NAME" is a column for each parameter. */
#define PARAMETER "param:"

struct _RunnelCliRunColumn
{
  char *name;
  char *title;
  char *parameter; /* NULL = one of the kinds */
  guint kind;
};

typedef char *(*Describe) (const RunnelRunRecord *run);

static char *
describe_id (const RunnelRunRecord *run)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, run->id);
}

static char *
write_state (const RunnelRunRecord *run)
{
  return g_strdup (runnel_state_to_string (run->state));
}

static char *
show_state (const RunnelRunRecord *run)
{
  return g_strdup_printf ("%s %s", runnel_state_get_mark (run->state),
                          runnel_state_to_string (run->state));
}

static char *
describe_text (const char *text)
{
  return g_strdup (text ? text : "");
}

static char *
write_pipeline (const RunnelRunRecord *run)
{
  return describe_text (run->pipeline);
}

/* A run that waits for others says for whom. */
static char *
show_pipeline (const RunnelRunRecord *run)
{
  if (run->state == RUNNEL_STATE_QUEUED && run->reason)
    return g_strdup_printf ("%s (%s)", run->pipeline ? run->pipeline : "", run->reason);

  return write_pipeline (run);
}

static char *
describe_file (const RunnelRunRecord *run)
{
  return describe_text (run->file);
}

static char *
describe_trigger (const RunnelRunRecord *run)
{
  return describe_text (run->trigger);
}

static char *
describe_labels (const RunnelRunRecord *run)
{
  return g_strjoinv (", ", run->labels);
}

static char *
describe_pinned (const RunnelRunRecord *run)
{
  return g_strdup (run->pinned ? "yes" : "no");
}

static char *
show_time (gint64 time)
{
  return time > 0 ? runnel_format_time (time) : g_strdup ("");
}

/* What every spreadsheet and database reads: ISO 8601, UTC. */
static char *
write_time (gint64 time)
{
  g_autoptr(GDateTime) utc =
    time > 0 ? g_date_time_new_from_unix_utc (time / G_TIME_SPAN_SECOND) : NULL;

  return utc ? g_date_time_format (utc, "%Y-%m-%dT%H:%M:%SZ") : g_strdup ("");
}

static char *
show_queued (const RunnelRunRecord *run)
{
  return show_time (run->queued);
}

static char *
write_queued (const RunnelRunRecord *run)
{
  return write_time (run->queued);
}

static char *
show_started (const RunnelRunRecord *run)
{
  return show_time (run->started);
}

static char *
write_started (const RunnelRunRecord *run)
{
  return write_time (run->started);
}

static char *
show_finished (const RunnelRunRecord *run)
{
  return show_time (run->finished);
}

static char *
write_finished (const RunnelRunRecord *run)
{
  return write_time (run->finished);
}

static gint64
get_duration (const RunnelRunRecord *run)
{
  return (run->finished > 0 ? run->finished : g_get_real_time ()) - run->started;
}

static char *
show_duration (const RunnelRunRecord *run)
{
  return runnel_format_duration (get_duration (run));
}

/* Seconds, with a point wherever one lives. */
static char *
write_duration (const RunnelRunRecord *run)
{
  gint64 ms = MAX (get_duration (run), 0) / G_TIME_SPAN_MILLISECOND;

  return g_strdup_printf ("%" G_GINT64_FORMAT ".%03d", ms / 1000, (int) (ms % 1000));
}

static guint
count_steps (const RunnelRunRecord *run,
             gboolean             (*is_meant) (RunnelState state))
{
  guint n_steps = 0;

  for (int i = 0; i < RUNNEL_N_STATES; i++)
    if (is_meant (i))
      n_steps += run->n_by_state[i];

  return n_steps;
}

static char *
show_steps (const RunnelRunRecord *run)
{
  return g_strdup_printf ("%u/%u", count_steps (run, runnel_state_is_terminal), run->n_steps);
}

static char *
write_steps (const RunnelRunRecord *run)
{
  return g_strdup_printf ("%u", run->n_steps);
}

static char *
describe_failed (const RunnelRunRecord *run)
{
  return g_strdup_printf ("%u", count_steps (run, runnel_state_is_failure));
}

static char *
describe_user (const RunnelRunRecord *run)
{
  return describe_text (run->user);
}

static char *
describe_host (const RunnelRunRecord *run)
{
  return describe_text (run->host);
}

static char *
describe_reason (const RunnelRunRecord *run)
{
  return describe_text (run->reason);
}

static char *
describe_run (gint64 run)
{
  return run > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, run) : g_strdup ("");
}

static char *
describe_parent (const RunnelRunRecord *run)
{
  return describe_run (run->parent);
}

static char *
describe_origin (const RunnelRunRecord *run)
{
  return describe_run (run->origin);
}

static char *
describe_uuid (const RunnelRunRecord *run)
{
  return describe_text (run->uuid);
}

static const struct
{
  const char *name;
  Describe show;  /* for people */
  Describe write; /* for programs */
} kinds[] = {
  { "run", describe_id, describe_id },
  { "state", show_state, write_state },
  { "pipeline", show_pipeline, write_pipeline },
  { "file", describe_file, describe_file },
  { "trigger", describe_trigger, describe_trigger },
  { "labels", describe_labels, describe_labels },
  { "pinned", describe_pinned, describe_pinned },
  { "queued", show_queued, write_queued },
  { "started", show_started, write_started },
  { "finished", show_finished, write_finished },
  { "time", show_duration, write_duration },
  { "steps", show_steps, write_steps },
  { "failed", describe_failed, describe_failed },
  { "user", describe_user, describe_user },
  { "host", describe_host, describe_host },
  { "reason", describe_reason, describe_reason },
  { "parent", describe_parent, describe_parent },
  { "origin", describe_origin, describe_origin },
  { "uuid", describe_uuid, describe_uuid },
};

static void
column_free (RunnelCliRunColumn *self)
{
  g_free (self->name);
  g_free (self->title);
  g_free (self->parameter);
  g_free (self);
}

static guint
find_kind (const char *name)
{
  guint i = 0;

  while (i < G_N_ELEMENTS (kinds) && !g_str_equal (kinds[i].name, name))
    i++;

  return i;
}

static gboolean
fail (const char  *name,
      GError     **error)
{
  RunnelNearest search = { .word = name };
  g_autofree char *suggestion = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    runnel_nearest_consider (&search, kinds[i].name);
  suggestion = runnel_nearest_suggest (&search);
  g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE,
               "--columns: there is no column “%s”; %s", name,
               suggestion ? suggestion : "write some of " RUNNEL_CLI_ALL_RUN_COLUMNS
                                         ", and param:NAME");

  return FALSE;
}

static gboolean
add_column (GPtrArray   *columns,
            const char  *name,
            GError     **error)
{
  gboolean is_parameter = g_str_has_prefix (name, PARAMETER) && name[strlen (PARAMETER)];
  const char *parameter = is_parameter ? name + strlen (PARAMETER) : NULL;
  guint kind = find_kind (name);
  RunnelCliRunColumn *column;

  if (!is_parameter && kind == G_N_ELEMENTS (kinds))
    return fail (name, error);

  column = g_new0 (RunnelCliRunColumn, 1);
  column->name = g_strdup (name);
  column->title = g_utf8_strup (parameter ? parameter : name, -1);
  column->parameter = g_strdup (parameter);
  column->kind = kind;
  g_ptr_array_add (columns, column);

  return TRUE;
}

/**
 * runnel_cli_run_columns_parse:
 * @names: with commas between them
 * @error: return location for a %RUNNEL_CLI_ERROR_USAGE
 *
 * Returns: (transfer full) (nullable) (element-type RunnelCliRunColumn): the columns
 */
GPtrArray *
runnel_cli_run_columns_parse (const char  *names,
                              GError     **error)
{
  g_autoptr(GPtrArray) columns = g_ptr_array_new_with_free_func ((GDestroyNotify) column_free);
  g_auto(GStrv) words = g_strsplit (names, ",", -1);

  for (char **word = words; *word; word++)
    if (!add_column (columns, g_strstrip (*word), error))
      return NULL;
  if (columns->len == 0 && !fail ("", error))
    return NULL;

  return g_steal_pointer (&columns);
}

/**
 * runnel_cli_run_column_get_title:
 *
 * Returns: (transfer none): what stands above it in a table
 */
const char *
runnel_cli_run_column_get_title (const RunnelCliRunColumn *self)
{
  return self->title;
}

/**
 * runnel_cli_run_column_get_name:
 *
 * Returns: (transfer none): what stands above it in a file
 */
const char *
runnel_cli_run_column_get_name (const RunnelCliRunColumn *self)
{
  return self->name;
}

static char *
describe_parameter (const RunnelRunRecord *run,
                    const char            *name)
{
  JsonNode *node = run->details ? json_object_get_member (run->details, "parameters") : NULL;
  JsonNode *value = node && JSON_NODE_HOLDS_OBJECT (node)
                      ? json_object_get_member (json_node_get_object (node), name) : NULL;

  if (!value || JSON_NODE_HOLDS_NULL (value))
    return g_strdup ("");
  if (JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING)
    return json_node_dup_string (value);

  return json_to_string (value, FALSE);
}

/**
 * runnel_cli_run_column_show:
 *
 * Returns: (transfer full): what it says of @run to a person, on one line
 */
char *
runnel_cli_run_column_show (const RunnelCliRunColumn *self,
                            const RunnelRunRecord    *run)
{
  g_autofree char *text = self->parameter ? describe_parameter (run, self->parameter)
                                          : kinds[self->kind].show (run);

  return runnel_text_make_line (text);
}

/**
 * runnel_cli_run_column_write:
 *
 * Returns: (transfer full): what it says of @run to a program: times as ISO 8601 in UTC, durations
 *   in seconds
 */
char *
runnel_cli_run_column_write (const RunnelCliRunColumn *self,
                             const RunnelRunRecord    *run)
{
  return self->parameter ? describe_parameter (run, self->parameter)
                         : kinds[self->kind].write (run);
}
