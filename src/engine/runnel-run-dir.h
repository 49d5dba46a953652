/* runnel-run-dir.h: the folder of one run and its lock
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RUNNEL_RUN_DIR_EVENTS "events.jsonl"
#define RUNNEL_RUN_DIR_PIPELINE "pipeline.json"
#define RUNNEL_RUN_DIR_LOCK "lock"
#define RUNNEL_RUN_DIR_SOCKET "socket"

/* Held by the engine of a run as long as the run lives. Errors are of G_IO_ERROR. */
typedef struct _RunnelRunDir RunnelRunDir;

/* Makes `runs_dir`/`run` (and what is missing above it), for this user only, and locks it. */
RunnelRunDir *runnel_run_dir_create         (const char    *runs_dir,
                                             gint64         run,
                                             GError       **error);
void          runnel_run_dir_free           (RunnelRunDir  *self); /* gives the lock back */
const char   *runnel_run_dir_get_path       (RunnelRunDir  *self);
int           runnel_run_dir_get_fd         (RunnelRunDir  *self);
gboolean      runnel_run_dir_write_pipeline (RunnelRunDir  *self,
                                             const char    *text,
                                             gsize          length,
                                             GError       **error);

/* For everyone else. Takes the lock of a run whose engine is gone; while it lives that is
 * G_IO_ERROR_BUSY. */
RunnelRunDir *runnel_run_dir_adopt          (const char    *path,
                                             GError       **error);
gboolean      runnel_run_dir_is_alive       (const char    *path);

gboolean      runnel_run_dir_move_aside     (const char    *path,
                                             GError       **error);

char         *runnel_run_dir_make_path      (const char    *runs_dir,
                                             gint64         run);
char         *runnel_run_dir_log_name       (const char    *step,
                                             guint          attempt);
char         *runnel_run_dir_output_name    (const char    *step,
                                             guint          attempt);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelRunDir, runnel_run_dir_free)

G_END_DECLS
