/* runnel-sqlite.h: all of sqlite3 behind GError
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How long a connection waits for the locks of others before an operation fails. */
#define RUNNEL_SQLITE_PATIENCE_SECONDS 60

/* A connection. It may move from thread to thread, but only one uses it at a time. */
typedef struct _RunnelSqlite RunnelSqlite;

/* One prepared statement. Positions of parameters and columns count from 0. */
typedef struct _RunnelStatement RunnelStatement;

RunnelSqlite    *runnel_sqlite_open            (const char       *path,
                                                GError          **error);
void             runnel_sqlite_close           (RunnelSqlite     *self);
const char      *runnel_sqlite_get_path        (RunnelSqlite     *self);
gboolean         runnel_sqlite_exec            (RunnelSqlite     *self,
                                                const char       *sql,
                                                GError          **error);
gboolean         runnel_sqlite_checkpoint      (RunnelSqlite     *self,
                                                GError          **error);
gboolean         runnel_sqlite_sync            (RunnelSqlite     *self,
                                                GError          **error);
gboolean         runnel_sqlite_read_int        (RunnelSqlite     *self,
                                                const char       *sql,
                                                gint64           *ret_value,
                                                GError          **error);
RunnelStatement *runnel_sqlite_prepare         (RunnelSqlite     *self,
                                                const char       *sql,
                                                GError          **error);
RunnelStatement *runnel_sqlite_get_statement   (RunnelSqlite     *self,
                                                const char       *sql,
                                                GError          **error);
gint64           runnel_sqlite_get_last_id     (RunnelSqlite     *self);
int              runnel_sqlite_get_n_changes   (RunnelSqlite     *self);
gint64           runnel_sqlite_get_total_changes (RunnelSqlite   *self);
gboolean         runnel_sqlite_in_transaction  (RunnelSqlite     *self);

void             runnel_statement_free         (RunnelStatement  *self);
void             runnel_statement_bind_int     (RunnelStatement  *self,
                                                int               position,
                                                gint64            value);
void             runnel_statement_bind_text    (RunnelStatement  *self,
                                                int               position,
                                                const char       *value);
void             runnel_statement_bind_blob    (RunnelStatement  *self,
                                                int               position,
                                                gconstpointer     data,
                                                gsize             length);
gboolean         runnel_statement_step         (RunnelStatement  *self,
                                                gboolean         *ret_row,
                                                GError          **error);
gboolean         runnel_statement_run          (RunnelStatement  *self,
                                                GError          **error);
void             runnel_statement_reset        (RunnelStatement  *self);
gint64           runnel_statement_get_int      (RunnelStatement  *self,
                                                int               column);
const char      *runnel_statement_get_text     (RunnelStatement  *self,
                                                int               column);
gconstpointer    runnel_statement_get_blob     (RunnelStatement  *self,
                                                int               column,
                                                gsize            *ret_length);
gboolean         runnel_statement_is_text      (RunnelStatement  *self,
                                                int               column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelSqlite, runnel_sqlite_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelStatement, runnel_statement_free)

G_END_DECLS
