/* runnel-import-private.h: pipelines that are being made
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "interchange/runnel-import.h"

G_BEGIN_DECLS

/* A link that is asked for, to be checked when all steps are there. */
typedef struct
{
  const char *step; /* ids */
  const char *need;
} RunnelImportLink;

/* One pipeline that is being made. All texts are owned by `names` and `ids`. */
typedef struct
{
  char *stem;
  JsonObject *root;
  JsonArray *steps;     /* of `root` */
  GHashTable *ids;      /* the other system's name -> id */
  GHashTable *names;    /* id -> the other system's name; the same pairs the other way round */
  GHashTable *added;    /* set of ids: the steps that are there */
  GArray *links;        /* of RunnelImportLink */
} RunnelImportDraft;

struct _RunnelImport
{
  char *folder;
  GPtrArray *drafts; /* of RunnelImportDraft; the last one is the present one */
  GPtrArray *notes;  /* of RunnelImportNote */
};

G_END_DECLS
