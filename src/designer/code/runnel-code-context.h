/* runnel-code-context.h: what may stand at a place in a text that is being typed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  RUNNEL_CODE_NOWHERE,    /* nothing that could be completed */
  RUNNEL_CODE_KEY,        /* a key of the object at `path` */
  RUNNEL_CODE_VALUE,      /* the value at `path` */
  RUNNEL_CODE_EXPRESSION, /* inside of ${{ }} */
} RunnelCodePlace;

/* The element of a path that stands for any element of an array. */
#define RUNNEL_CODE_ELEMENT "[]"

typedef struct
{
  RunnelCodePlace place;
  GPtrArray *path;     /* of char *, from the root */
  char *prefix;        /* what is there of the word already, without quotes */
  gsize cursor;        /* the place, in bytes */
  gsize start, end;    /* what a whole word would take the place of, with its quotes */
  gboolean has_colon;  /* of a key: a colon follows */
  GHashTable *members; /* of the innermost object: key to its value, when that is a string, or NULL */
  char *kind;          /* of the step, undo or hook around the place, or NULL */
  char *step;          /* its id, or NULL */
} RunnelCodeContext;

RunnelCodeContext *runnel_code_context_new  (const char        *text,
                                             gsize              offset);
void               runnel_code_context_free (RunnelCodeContext *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelCodeContext, runnel_code_context_free)

G_END_DECLS
