/* runnel-cli.h: what the commands of `runnel` share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "history/runnel-history.h"
#include "model/runnel-file.h"
#include "model/runnel-pipeline.h"

G_BEGIN_DECLS

/* Exit codes: documented in docs/cli.md. */
enum
{
  RUNNEL_EXIT_SUCCEEDED = 0,
  RUNNEL_EXIT_FAILED = 1,      /* the run failed or timed out */
  RUNNEL_EXIT_USAGE = 2,       /* wrong arguments, or a file that is no valid pipeline */
  RUNNEL_EXIT_NOT_FOUND = 3,   /* no such file, run, step or log */
  RUNNEL_EXIT_STORE = 4,       /* the history or the state folder can't be used */
  RUNNEL_EXIT_SKIPPED = 5,     /* the run did not begin, because others of its group were under way */
  RUNNEL_EXIT_CANCELLED = 130, /* the run was cancelled */
};

#define RUNNEL_CLI_ERROR (runnel_cli_error_quark ())
typedef enum
{
  RUNNEL_CLI_ERROR_USAGE = 1,
  RUNNEL_CLI_ERROR_INVALID,    /* diagnostics were printed; the message sums them up */
  RUNNEL_CLI_ERROR_NOT_FOUND,
  RUNNEL_CLI_ERROR_STORE,
} RunnelCliError;
GQuark runnel_cli_error_quark (void);

/* A row of the table in main.c. A command returns its exit code; when it sets an error, the
 * message is printed and the exit code chosen in one place. argv[0] is the command's name. */
typedef struct
{
  const char *name;
  int       (*function) (int argc, char **argv, GError **error);
  const char *arguments;
  const char *summary;
} RunnelCliCommand;

int runnel_cli_run       (int argc, char **argv, GError **error);
int runnel_cli_rerun     (int argc, char **argv, GError **error);
int runnel_cli_rollback  (int argc, char **argv, GError **error);
int runnel_cli_validate  (int argc, char **argv, GError **error);
int runnel_cli_format    (int argc, char **argv, GError **error);
int runnel_cli_tidy      (int argc, char **argv, GError **error);
int runnel_cli_find      (int argc, char **argv, GError **error);
int runnel_cli_list      (int argc, char **argv, GError **error);
int runnel_cli_show      (int argc, char **argv, GError **error);
int runnel_cli_logs      (int argc, char **argv, GError **error);
int runnel_cli_artifacts (int argc, char **argv, GError **error);
int runnel_cli_cache     (int argc, char **argv, GError **error);
int runnel_cli_gantt     (int argc, char **argv, GError **error);
int runnel_cli_gc        (int argc, char **argv, GError **error);
int runnel_cli_history   (int argc, char **argv, GError **error);
int runnel_cli_explain   (int argc, char **argv, GError **error);
int runnel_cli_extract   (int argc, char **argv, GError **error);
int runnel_cli_simulate  (int argc, char **argv, GError **error);
int runnel_cli_stats     (int argc, char **argv, GError **error);
int runnel_cli_draw      (int argc, char **argv, GError **error);
int runnel_cli_diff      (int argc, char **argv, GError **error);
int runnel_cli_merge     (int argc, char **argv, GError **error);
int runnel_cli_export    (int argc, char **argv, GError **error);
int runnel_cli_import    (int argc, char **argv, GError **error);
int runnel_cli_systems   (int argc, char **argv, GError **error);
int runnel_cli_cancel    (int argc, char **argv, GError **error);
int runnel_cli_approve   (int argc, char **argv, GError **error);
int runnel_cli_reject    (int argc, char **argv, GError **error);
int runnel_cli_audit     (int argc, char **argv, GError **error);
int runnel_cli_pin       (int argc, char **argv, GError **error);
int runnel_cli_unpin     (int argc, char **argv, GError **error);
int runnel_cli_label     (int argc, char **argv, GError **error);
int runnel_cli_breakers  (int argc, char **argv, GError **error);
int runnel_cli_alerts    (int argc, char **argv, GError **error);
int runnel_cli_after_run (int argc, char **argv, GError **error);
int runnel_cli_metrics   (int argc, char **argv, GError **error);
int runnel_cli_telemetry (int argc, char **argv, GError **error);
int runnel_cli_settings  (int argc, char **argv, GError **error);
int runnel_cli_pause     (int argc, char **argv, GError **error);
int runnel_cli_resume    (int argc, char **argv, GError **error);
int runnel_cli_freeze    (int argc, char **argv, GError **error);
int runnel_cli_thaw      (int argc, char **argv, GError **error);
int runnel_cli_secrets   (int argc, char **argv, GError **error);
int runnel_cli_kinds     (int argc, char **argv, GError **error);
int runnel_cli_schema    (int argc, char **argv, GError **error);
int runnel_cli_designer  (int argc, char **argv, GError **error);

gboolean        runnel_cli_parse           (int                 *argc,
                                            char              ***argv,
                                            const GOptionEntry  *entries,
                                            const char          *arguments,
                                            const char          *summary,
                                            int                  min_arguments,
                                            int                  max_arguments,
                                            GError             **error);
gint64          runnel_cli_parse_run       (const char          *text,
                                            GError             **error);
RunnelHistory  *runnel_cli_open_history    (GError             **error);
char           *runnel_cli_read_file       (const char          *path,
                                            gsize               *ret_length,
                                            GError             **error);
GBytes         *runnel_cli_read_document   (RunnelFile          *file,
                                            GError             **error);
char           *runnel_cli_read_stdin      (gsize               *ret_length,
                                            GError             **error);
RunnelPipeline *runnel_cli_read_pipeline   (const char          *path,
                                            const char          *text,
                                            gsize                length,
                                            GError             **error);
RunnelPipeline *runnel_cli_load_pipeline   (const char          *path,
                                            GError             **error);
void            runnel_cli_print_json      (JsonNode            *node);
int             runnel_cli_get_exit_code   (const GError        *error);

G_END_DECLS
