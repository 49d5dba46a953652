/* runnel-exchange-tables.h: which facts of a run are exchanged, and how they are called
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "history/runnel-history-private.h"

G_BEGIN_DECLS

typedef enum
{
  RUNNEL_EXCHANGE_NUMBER,  /* from 0 on; 0 is left out */
  RUNNEL_EXCHANGE_SIGNED,  /* 0 is left out */
  RUNNEL_EXCHANGE_STATE,   /* a number in the database, a word in the file */
  RUNNEL_EXCHANGE_TEXT,    /* what is not there is left out */
  RUNNEL_EXCHANGE_NAME,    /* of a step: it becomes the name of files */
  RUNNEL_EXCHANGE_PATH,    /* below a folder */
  RUNNEL_EXCHANGE_JSON,    /* an object, a text in the database */
  RUNNEL_EXCHANGE_DIGEST,  /* hexadecimal in the file */
  RUNNEL_EXCHANGE_RUN,     /* number of a run in the database, its UUID in the file */
} RunnelExchangeType;

typedef struct
{
  const char *column;
  const char *name;        /* in the file */
  RunnelExchangeType type;
  gboolean required;
  gint64 max;              /* of a number; 0 = any that makes sense */
} RunnelExchangeColumn;

/* The rows that a run has in a table. */
typedef struct
{
  const char *table;
  const char *type;        /* of a line */
  const RunnelExchangeColumn *columns; /* ended by one without a name */
} RunnelExchangeTable;

/* Ended by one without a name. */
extern const RunnelExchangeTable runnel_exchange_tables[];
/* The columns of a run that are no references. */
extern const RunnelExchangeColumn runnel_exchange_run_columns[];

void     runnel_exchange_append_columns (const RunnelExchangeColumn  *columns,
                                         const char                  *table,
                                         GString                     *sql);
void     runnel_exchange_read_columns   (const RunnelExchangeColumn  *columns,
                                         RunnelStatement             *row,
                                         guint                        first,
                                         JsonObject                  *object);
char    *runnel_exchange_make_insert    (const char                  *table,
                                         const char                  *others,
                                         guint                        n_others,
                                         const RunnelExchangeColumn  *columns);
gboolean runnel_exchange_bind_columns   (const RunnelExchangeColumn  *columns,
                                         JsonObject                  *object,
                                         RunnelStatement             *statement,
                                         guint                        first,
                                         GError                     **error);
gboolean runnel_exchange_name_is_safe   (const char                  *name);

G_END_DECLS
