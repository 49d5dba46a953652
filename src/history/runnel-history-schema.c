/* runnel-history-schema.c: the tables, and how older databases become the present one
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "history/runnel-history-private.h"
#include "history/runnel-run-tally.h"

/* The size matters: a history holds millions of attempts. Hence everything that a definition
 * says is stored once for each definition, a step is a small number in it, the tables of many
 * rows are clustered by their key and have no further index, and a number that is 0 takes no
 * space. Times are microseconds since 1970, states are RunnelState. */
static const char *const version_1 =
  "CREATE TABLE definition ("
  "  id      INTEGER PRIMARY KEY,"
  "  sha256  BLOB NOT NULL UNIQUE,"
  "  n_steps INTEGER NOT NULL,"
  "  text    NOT NULL"                /* text as it is, or blob: deflated with zlib's header */
  ");"
  "CREATE TABLE definition_step ("
  "  definition INTEGER NOT NULL REFERENCES definition ON DELETE CASCADE,"
  "  step       INTEGER NOT NULL,"    /* position in the file */
  "  id         TEXT NOT NULL,"
  "  name       TEXT,"
  "  kind       TEXT NOT NULL,"
  "  PRIMARY KEY (definition, step)"
  ") WITHOUT ROWID;"
  "CREATE TABLE pipeline ("
  "  id   INTEGER PRIMARY KEY,"
  "  name TEXT NOT NULL,"
  "  file TEXT NOT NULL,"
  "  UNIQUE (name, file)"
  ");"
  /* AUTOINCREMENT: the number of a deleted run is never given again. */
  "CREATE TABLE run ("
  "  id         INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  uuid       TEXT NOT NULL UNIQUE,"
  "  pipeline   INTEGER NOT NULL REFERENCES pipeline,"
  "  definition INTEGER NOT NULL REFERENCES definition,"
  "  state      INTEGER NOT NULL,"
  "  started    INTEGER NOT NULL,"
  "  finished   INTEGER NOT NULL DEFAULT 0,"
  "  pid        INTEGER NOT NULL,"    /* of the process that added it ... */
  "  pid_start  INTEGER NOT NULL,"    /* ... and its start, field 22 of /proc/PID/stat */
  "  counts     TEXT,"                /* "state:steps ..." once the run is over */
  "  reason     TEXT,"
  "  details    TEXT"                 /* JSON */
  ");"
  "CREATE INDEX run_by_pipeline ON run (pipeline);"
  "CREATE INDEX run_by_definition ON run (definition);"
  "CREATE INDEX run_live ON run (id) WHERE state < 4;"
  "CREATE TABLE step ("
  "  run      INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,"
  "  step     INTEGER NOT NULL,"
  "  state    INTEGER NOT NULL,"
  "  flags    INTEGER NOT NULL DEFAULT 0,"   /* 1 tolerated, 2 handled */
  "  queued   INTEGER NOT NULL DEFAULT 0,"
  "  finished INTEGER NOT NULL DEFAULT 0,"
  "  reason   TEXT,"
  "  outputs  TEXT,"                         /* JSON */
  "  PRIMARY KEY (run, step)"
  ") WITHOUT ROWID;"
  "CREATE TABLE attempt ("
  "  run       INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,"
  "  step      INTEGER NOT NULL,"
  "  attempt   INTEGER NOT NULL,"            /* from 1 */
  "  state     INTEGER NOT NULL,"
  "  started   INTEGER NOT NULL DEFAULT 0,"
  "  finished  INTEGER NOT NULL DEFAULT 0,"
  "  exit_code INTEGER NOT NULL DEFAULT -1,"
  "  signal    INTEGER NOT NULL DEFAULT 0,"
  "  user_us   INTEGER NOT NULL DEFAULT 0,"
  "  system_us INTEGER NOT NULL DEFAULT 0,"
  "  rss_kb    INTEGER NOT NULL DEFAULT 0,"
  "  pid       INTEGER NOT NULL DEFAULT 0,"
  "  pid_start INTEGER NOT NULL DEFAULT 0,"
  "  reason    TEXT,"
  "  PRIMARY KEY (run, step, attempt)"
  ") WITHOUT ROWID;"
  "CREATE TABLE wait ("
  "  run      INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,"
  "  step     INTEGER NOT NULL,"
  "  started  INTEGER NOT NULL,"
  "  finished INTEGER NOT NULL DEFAULT 0,"
  "  reason   TEXT,"
  "  PRIMARY KEY (run, step, started)"
  ") WITHOUT ROWID;";

/* Added steps are numbered behind those of the definition. A run of a subpipeline has the run and
 * the step that started it as its parent; `origin` is the run that a run repeats or takes back. */
static const char *const version_2 =
  "ALTER TABLE run ADD COLUMN parent INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE run ADD COLUMN parent_step TEXT;"
  "ALTER TABLE run ADD COLUMN origin INTEGER NOT NULL DEFAULT 0;"
  "CREATE INDEX run_by_parent ON run (parent) WHERE parent > 0;"
  "CREATE INDEX run_by_origin ON run (origin) WHERE origin > 0;"
  "ALTER TABLE step ADD COLUMN cause TEXT;"
  "ALTER TABLE step ADD COLUMN reused INTEGER NOT NULL DEFAULT 0;"
  "CREATE TABLE added_step ("
  "  run    INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,"
  "  step   INTEGER NOT NULL,"
  "  role   INTEGER NOT NULL,"          /* RunnelRole */
  "  id     TEXT NOT NULL,"
  "  parent TEXT,"                      /* id of the step it belongs to */
  "  name   TEXT,"
  "  kind   TEXT NOT NULL,"
  "  matrix TEXT,"                      /* JSON */
  "  PRIMARY KEY (run, step)"
  ") WITHOUT ROWID;"
  "CREATE TABLE artifact ("
  "  run    INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,"
  "  step   INTEGER NOT NULL,"
  "  path   TEXT NOT NULL,"             /* relative to the step's folder of artifacts */
  "  size   INTEGER NOT NULL,"
  "  sha256 BLOB NOT NULL,"
  "  PRIMARY KEY (run, step, path)"
  ") WITHOUT ROWID;";

/* Counted on from one run to the next; see runnel-history-totals.c. The runs that are there are
 * counted, and when each pipeline ran last; how long they took is not looked up for all of them. */
static const char *const version_3 =
  "CREATE TABLE total ("
  "  pipeline TEXT NOT NULL,"           /* its name, or that of its file, shortened */
  "  type     INTEGER NOT NULL,"        /* RunnelTotalType */
  "  label    TEXT NOT NULL,"
  "  bucket   INTEGER NOT NULL,"
  "  n        INTEGER NOT NULL,"
  "  sum      INTEGER NOT NULL,"
  "  PRIMARY KEY (pipeline, type, label, bucket)"
  ") WITHOUT ROWID;"
  "INSERT INTO total VALUES ('', 0, '', 0, 0, strftime ('%s', 'now') * 1000000);"
  "CREATE TEMP VIEW over AS SELECT substr (iif (name <> '', name,"
  "   replace (file, rtrim (file, replace (file, '/', '')), '')), 1, 100) AS name, state, finished"
  "  FROM run JOIN pipeline ON pipeline.id = run.pipeline WHERE state >= 4;"
  "INSERT INTO total SELECT name, 1, CASE state WHEN 4 THEN 'succeeded'"
  "  WHEN 5 THEN 'failed' WHEN 6 THEN 'timed-out' WHEN 7 THEN 'skipped' WHEN 8 THEN 'cancelled'"
  "  ELSE 'interrupted' END, 0, count (*), 0 FROM over GROUP BY name, state;"
  "INSERT INTO total SELECT name, 9, '', 0, 0, max (finished) FROM over GROUP BY name;"
  "INSERT INTO total SELECT name, 10, '', 0, 0, max (finished) FROM over WHERE state = 4 GROUP BY name;"
  "DROP VIEW over;";

/* What a run is looked for by. One narrow index has the columns of all plain filters in the order
 * of a list, so that any combination of them is one walk through some megabytes; labels, parameters
 * and what went wrong are tables in the order in which they are asked for. Texts of failures repeat
 * themselves: each is there once, and a search looks through the distinct ones only. */
static const char *const version_4 =
  "ALTER TABLE run ADD COLUMN trigger TEXT NOT NULL DEFAULT 'manual';"
  "ALTER TABLE run ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;"
  "UPDATE run SET trigger = details ->> '$.trigger.kind'"
  " WHERE json_valid (details) AND details ->> '$.trigger.kind' IS NOT NULL;"
  "CREATE INDEX run_by_start ON run (started, id, state, pipeline, trigger, pinned, parent);"
  "CREATE TABLE run_label ("
  "  label TEXT NOT NULL,"
  "  run   INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,"
  "  PRIMARY KEY (label, run)"
  ") WITHOUT ROWID;"
  "CREATE INDEX run_label_by_run ON run_label (run);"
  "CREATE TABLE run_parameter ("
  "  name  TEXT NOT NULL,"
  "  value TEXT NOT NULL,"              /* its beginning: it is there to be found, not to be read */
  "  run   INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,"
  "  PRIMARY KEY (name, value, run)"
  ") WITHOUT ROWID;"
  "CREATE INDEX run_parameter_by_run ON run_parameter (run);"
  "CREATE TABLE reason ("
  "  id   INTEGER PRIMARY KEY,"
  "  text TEXT NOT NULL UNIQUE"
  ");"
  "CREATE TABLE run_reason ("           /* why a run that is over went wrong, and its steps */
  "  reason INTEGER NOT NULL REFERENCES reason,"
  "  run    INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,"
  "  PRIMARY KEY (reason, run)"
  ") WITHOUT ROWID;"
  "CREATE INDEX run_reason_by_run ON run_reason (run);"
  "INSERT INTO run_parameter (name, value, run)"
  " SELECT " RUNNEL_SQL_PARAMETER ", run.id FROM run,"
  "  json_each (iif (json_valid (details), details, '{}'), '$.parameters') parameter"
  " WHERE parameter.type <> 'null';"
  "INSERT OR IGNORE INTO reason (text)"
  " SELECT reason FROM run WHERE state >= 4 AND reason IS NOT NULL UNION"
  " SELECT step.reason FROM step JOIN run ON run.id = step.run"
  "  WHERE run.state >= 4 AND step.state IN (5, 6, 9) AND step.reason IS NOT NULL;"
  "INSERT OR IGNORE INTO run_reason (reason, run)"
  " SELECT reason.id, run.id FROM run JOIN reason ON reason.text = run.reason WHERE state >= 4 UNION"
  " SELECT reason.id, step.run FROM step JOIN run ON run.id = step.run"
  "  JOIN reason ON reason.text = step.reason"
  "  WHERE run.state >= 4 AND step.state IN (5, 6, 9);"
  /* It outlives the runs that it is about. A fact that is told twice is there once. */
  "CREATE TABLE audit ("
  "  run    INTEGER NOT NULL,"
  "  time   INTEGER NOT NULL,"
  "  action TEXT NOT NULL,"
  "  text   TEXT NOT NULL DEFAULT '',"  /* what was done it to, and with which words */
  "  user   TEXT,"
  "  host   TEXT,"
  "  origin TEXT,"                      /* from where: terminal, ssh, application, trigger */
  "  PRIMARY KEY (run, time, action, text)"
  ") WITHOUT ROWID;"
  "CREATE INDEX audit_by_time ON audit (time);"
  "ALTER TABLE wait ADD COLUMN kind INTEGER NOT NULL DEFAULT 0;" /* RunnelWaitKind */
  /* Of the attempt's control group, where it had one: all that it started, also what it left. */
  "ALTER TABLE attempt ADD COLUMN peak_kb INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE attempt ADD COLUMN cpu_us INTEGER NOT NULL DEFAULT 0;";

/* The statistics of each hour and day; see runnel-history-rollup.c. Runs that are there already are
 * counted by runnel_history_catch_up(), a few at a time. */
static const char *const version_5 =
  "ALTER TABLE run ADD COLUMN hour INTEGER;"  /* local hour it is counted in, NULL = it is not */
  "CREATE INDEX run_by_hour ON run (pipeline, hour);"
  "CREATE INDEX run_uncounted ON run (id) WHERE hour IS NULL AND state >= 4;"
  "CREATE TABLE tally_step ("
  "  id       INTEGER PRIMARY KEY,"
  "  pipeline INTEGER NOT NULL REFERENCES pipeline ON DELETE CASCADE,"
  "  step     TEXT NOT NULL,"
  "  UNIQUE (pipeline, step)"
  ");"
  "CREATE TABLE tally ("
  "  pipeline INTEGER NOT NULL REFERENCES pipeline ON DELETE CASCADE,"
  "  part     INTEGER NOT NULL,"              /* RunnelSheetPart */
  "  unit     INTEGER NOT NULL,"              /* hours that a period has */
  "  period   INTEGER NOT NULL,"              /* local hour / unit */
  "  sheet    BLOB NOT NULL,"                 /* see runnel-tally-sheet.c */
  "  PRIMARY KEY (pipeline, part, unit, period)"
  ");";

/* `started` of a run that had to wait for others becomes its real start. */
static const char *const version_6 =
  "ALTER TABLE run ADD COLUMN queued INTEGER NOT NULL DEFAULT 0;";

/* From a run to the ones of its definition before and after it that say whether a step is flaky. */
static const char *const version_7 =
  "CREATE INDEX run_judged ON run (definition, id)"
  " WHERE hour IS NOT NULL AND " RUNNEL_SQL_RUN_IS_JUDGED ";";

/* What is to go is written down first, so that what was begun is brought to its end; and what a run
 * takes on disk, which would have to be looked up in many folders else. */
static const char *const version_8 =
  "CREATE TABLE doomed ("
  "  run   INTEGER PRIMARY KEY,"
  "  begun INTEGER NOT NULL DEFAULT 0"  /* 1: some of its rows are gone */
  ");"
  "CREATE TRIGGER rescue AFTER UPDATE OF pinned ON run WHEN new.pinned BEGIN"
  " DELETE FROM doomed WHERE run = new.id AND begun = 0; END;"
  "CREATE TABLE run_size ("             /* of runs that are over */
  "  run       INTEGER PRIMARY KEY REFERENCES run ON DELETE CASCADE,"
  "  n_rows    INTEGER NOT NULL,"       /* of steps, attempts, waits and artifacts */
  "  logs      INTEGER NOT NULL,"       /* bytes in its folder, but for ... */
  "  artifacts INTEGER NOT NULL,"       /* ... these */
  "  packed    INTEGER NOT NULL"        /* RunnelRunPacked: of its logs */
  ");"
  "CREATE INDEX run_size_unpacked ON run_size (run) WHERE packed < 2;";

/* What is done to a step says to which. Nothing was kept before. */
static const char *const version_9 =
  "DROP TABLE audit;"
  "CREATE TABLE audit ("
  "  run    INTEGER NOT NULL,"          /* may be gone */
  "  time   INTEGER NOT NULL,"
  "  action TEXT NOT NULL,"
  "  step   TEXT NOT NULL,"             /* id, or empty */
  "  text   TEXT NOT NULL,"
  "  user   TEXT,"
  "  host   TEXT,"
  "  origin TEXT,"                      /* from where: terminal, ssh, application, trigger */
  "  PRIMARY KEY (run, time, action, step, text)"
  ") WITHOUT ROWID;"
  "CREATE INDEX audit_by_time ON audit (time);"
  "INSERT INTO audit (run, time, action, step, text, user, host)"
  " SELECT id, started, 'started', '', trigger, details ->> '$.user', details ->> '$.host'"
  "  FROM run WHERE json_valid (details);";

/* Incidents keep the names of what they are about, for they outlive it; and who is to be told of
 * them is written down with them, see runnel-history-notices.c. */
static const char *const version_10 =
  "CREATE TABLE incident ("
  "  id        INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  rule      TEXT NOT NULL,"
  "  pipeline  TEXT NOT NULL,"
  "  file      TEXT NOT NULL,"
  "  step      TEXT NOT NULL,"             /* '' = none */
  "  opened    INTEGER NOT NULL,"
  "  resolved  INTEGER NOT NULL DEFAULT 0,"
  "  n_runs    INTEGER NOT NULL,"
  "  first_run INTEGER NOT NULL,"
  "  run       INTEGER NOT NULL,"
  "  text      TEXT NOT NULL,"
  "  end       TEXT"
  ");"
  "CREATE UNIQUE INDEX incident_open ON incident (rule, pipeline, file, step) WHERE resolved = 0;"
  "CREATE TABLE notice ("
  "  incident INTEGER NOT NULL REFERENCES incident ON DELETE CASCADE,"
  "  is_end   INTEGER NOT NULL,"
  "  channel  TEXT NOT NULL,"
  "  state    INTEGER NOT NULL DEFAULT 0,"
  "  begun    INTEGER NOT NULL,"
  "  next     INTEGER NOT NULL,"           /* when it is tried, again */
  "  tries    INTEGER NOT NULL DEFAULT 0,"
  "  problem  TEXT,"
  "  PRIMARY KEY (incident, is_end, channel)"
  ") WITHOUT ROWID;"
  "CREATE INDEX notice_due ON notice (next) WHERE state = 0;";

/* Of runs that came from another machine, or from another history of this one: where they were, and
 * to which runs they belong that may come later. */
static const char *const version_11 =
  "CREATE TABLE import ("
  "  run    INTEGER PRIMARY KEY REFERENCES run ON DELETE CASCADE,"
  "  time   INTEGER NOT NULL,"
  "  host   TEXT NOT NULL,"
  "  number INTEGER NOT NULL,"           /* that it had there */
  "  parent_uuid TEXT,"
  "  origin_uuid TEXT"
  ");"
  "CREATE INDEX import_by_parent ON import (parent_uuid) WHERE parent_uuid IS NOT NULL;"
  "CREATE INDEX import_by_origin ON import (origin_uuid) WHERE origin_uuid IS NOT NULL;";

/* What has triggered runs, also those that are gone, so that nobody walks through all of them. */
static const char *const version_12 =
  "CREATE TABLE trigger_kind (name TEXT PRIMARY KEY) WITHOUT ROWID;"
  "INSERT INTO trigger_kind SELECT 'manual' UNION SELECT trigger FROM run;";

/* The latest runs of a pipeline, by their start: runs that are imported have their numbers from then,
 * whenever they were. */
static const char *const version_13 =
  "CREATE INDEX run_by_pipeline_start ON run (pipeline, started);";

/* What runs failed for is in every list of them: it must not cost a walk through all of their steps.
 * The condition is that of read_culprit() in runnel-history-outlook.c. */
static const char *const version_14 =
  "CREATE INDEX step_culprit ON step (run, finished) WHERE " RUNNEL_SQL_STEP_IS_CULPRIT ";";

/* migrations[n] makes a database of version n one of version n + 1. Append only. */
static const char *const migrations[] = {
  version_1,
  version_2,
  version_3,
  version_4,
  version_5,
  version_6,
  version_7,
  version_8,
  version_9,
  version_10,
  version_11,
  version_12,
  version_13,
  version_14,
};

static gboolean
read_version (RunnelSqlite *db,
              gint64       *ret_version,
              GError      **error)
{
  if (!runnel_sqlite_read_int (db, "PRAGMA user_version", ret_version, error))
    return FALSE;
  if (*ret_version <= (gint64) G_N_ELEMENTS (migrations))
    return TRUE;
  g_set_error (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_NEWER,
               "The history “%s” was written by a later version of Runnel (its format is %"
               G_GINT64_FORMAT ", this version knows up to %u). Use that version, or set "
               "XDG_DATA_HOME to another folder.",
               runnel_sqlite_get_path (db), *ret_version, (guint) G_N_ELEMENTS (migrations));
  return FALSE;
}

static gboolean
apply_migrations (RunnelSqlite *db,
                  GError      **error)
{
  gint64 version;

  /* Again, now under the lock: another process may have been quicker. */
  if (!read_version (db, &version, error))
    return FALSE;
  for (; version < (gint64) G_N_ELEMENTS (migrations); version++)
    {
      g_autofree char *bump = g_strdup_printf ("PRAGMA user_version = %" G_GINT64_FORMAT,
                                               version + 1);

      if (!runnel_sqlite_exec (db, migrations[version], error) ||
          !runnel_sqlite_exec (db, bump, error))
        return FALSE;
    }
  return TRUE;
}

/* Makes the tables of @db those of this version, in one transaction. */
gboolean
_runnel_history_migrate (RunnelSqlite *db,
                         GError      **error)
{
  gint64 version;

  if (!read_version (db, &version, error))
    return FALSE;
  if (version == (gint64) G_N_ELEMENTS (migrations))
    return TRUE;
  if (!runnel_sqlite_exec (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (apply_migrations (db, error) && runnel_sqlite_exec (db, "COMMIT", error))
    return TRUE;
  if (runnel_sqlite_in_transaction (db))
    runnel_sqlite_exec (db, "ROLLBACK", NULL);
  return FALSE;
}
