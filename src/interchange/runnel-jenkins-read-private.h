/* runnel-jenkins-read-private.h: a Jenkinsfile as it is read
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "interchange/runnel-import.h"

G_BEGIN_DECLS

typedef enum
{
  RUNNEL_JENKINS_NEWLINE,
  RUNNEL_JENKINS_NAME,
  RUNNEL_JENKINS_NUMBER,
  RUNNEL_JENKINS_TEXT,    /* a text with nothing to compute in it */
  RUNNEL_JENKINS_SPLICED, /* a text with ${...} or $NAME in it */
  RUNNEL_JENKINS_SIGN,    /* one character */
  RUNNEL_JENKINS_MARK,    /* a comment of ours, "// runnel: ..." */
} RunnelJenkinsTokenType;

typedef struct
{
  RunnelJenkinsTokenType type;
  gsize start; /* in the file */
  gsize end;
  guint line;
  guint column;
  char *text;  /* the name; what the text means; of SPLICED, a text of Runnel, or NULL =
                * it can't be said so; of a mark, what stands behind "runnel: "; else NULL */
  guint other; /* of a bracket: the position of its counterpart */
} RunnelJenkinsToken;

GArray *_runnel_jenkins_read_tokens (const char *text,
                                     gsize       length,
                                     GError    **error);

typedef struct _RunnelJenkinsNode RunnelJenkinsNode;

typedef enum
{
  RUNNEL_JENKINS_VALUE_TEXT,
  RUNNEL_JENKINS_VALUE_NUMBER,
  RUNNEL_JENKINS_VALUE_WORD,  /* true, any, scm, ... */
  RUNNEL_JENKINS_VALUE_LIST,  /* or a map: `items` have keys */
  RUNNEL_JENKINS_VALUE_CALL,
  RUNNEL_JENKINS_VALUE_BLOCK,
  RUNNEL_JENKINS_VALUE_OTHER, /* anything that would have to be computed */
} RunnelJenkinsValueType;

typedef struct
{
  RunnelJenkinsValueType type;
  char *key;               /* or NULL */
  char *text;              /* of TEXT, NUMBER, WORD; else NULL */
  GPtrArray *items;        /* of RunnelJenkinsValue: of LIST */
  RunnelJenkinsNode *call; /* of CALL; of BLOCK, a node with `children` */
  guint first;             /* tokens, without the key */
  guint last;              /* behind the last one */
} RunnelJenkinsValue;

/* A statement: a name, values, and a block, each of which may be missing. */
struct _RunnelJenkinsNode
{
  char *name;          /* NULL = it is something else, see the tokens */
  gboolean assigns;    /* NAME = VALUE */
  GPtrArray *values;   /* of RunnelJenkinsValue */
  GPtrArray *children; /* of RunnelJenkinsNode; NULL = it has no block */
  GPtrArray *marks;    /* of const char *: comments of ours before it */
  guint first;         /* tokens of it all */
  guint last;
  guint block_first;   /* tokens inside of the braces */
  guint block_last;
  guint line;
  guint column;
};

typedef struct
{
  const char *text;
  gsize length;
  GArray *tokens;    /* of RunnelJenkinsToken */
  GPtrArray *nodes;  /* of RunnelJenkinsNode */
} RunnelJenkinsFile;

RunnelJenkinsFile  *_runnel_jenkins_file_new   (const char               *text,
                                                gsize                     length,
                                                GError                  **error);
void                _runnel_jenkins_file_free  (RunnelJenkinsFile        *self);
RunnelJenkinsToken *_runnel_jenkins_get_token  (const RunnelJenkinsFile  *self,
                                                guint                     index);
gboolean            _runnel_jenkins_is_sign    (const RunnelJenkinsFile  *self,
                                                guint                     index,
                                                char                      sign);
gboolean            _runnel_jenkins_is_blank   (const RunnelJenkinsFile  *self,
                                                guint                     index);
char               *_runnel_jenkins_get_source (const RunnelJenkinsFile  *self,
                                                guint                     first,
                                                guint                     last);
RunnelJenkinsNode  *_runnel_jenkins_find       (GPtrArray                *nodes,
                                                const char               *name);
RunnelJenkinsValue *_runnel_jenkins_get_value  (const RunnelJenkinsNode  *node,
                                                const char               *key);
RunnelJenkinsValue *_runnel_jenkins_find_item  (GPtrArray                *items,
                                                const char               *key);
const char         *_runnel_jenkins_get_text   (const RunnelJenkinsNode  *node,
                                                const char               *key);
const char         *_runnel_jenkins_get_mark   (const RunnelJenkinsNode  *node,
                                                const char               *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelJenkinsFile, _runnel_jenkins_file_free)

/* runnel-jenkins-expr.c: expressions of Groovy as those of Runnel */
/* Names that expressions may use: what is known there. */
typedef struct
{
  JsonObject *parameters; /* of the pipeline, or NULL */
  JsonObject *env;        /* of the pipeline, or NULL */
  JsonObject *own_env;    /* of the step, or NULL */
} RunnelJenkinsNames;

char *_runnel_jenkins_read_condition (const RunnelJenkinsFile  *file,
                                      guint                     first,
                                      guint                     last,
                                      const RunnelJenkinsNames *names);
char *_runnel_jenkins_read_text      (const RunnelJenkinsFile  *file,
                                      guint                     first,
                                      guint                     last,
                                      const RunnelJenkinsNames *names);

/* runnel-jenkins-import*.c */
#define RUNNEL_JENKINS "jenkins"

/* An import on its way. */
typedef struct
{
  RunnelImport *import;
  RunnelJenkinsFile *file;
  JsonObject *root;
  RunnelJenkinsNames names;
  gboolean ours;     /* we have written it */
  GHashTable *taken; /* names of stages and hooks so far */
  GHashTable *secrets;
} RunnelJenkinsImport;

char       *_runnel_jenkins_take_name    (RunnelJenkinsImport      *self,
                                          const char               *name,
                                          const char               *around);
void        _runnel_jenkins_tell         (RunnelJenkinsImport      *self,
                                          const RunnelJenkinsNode  *node,
                                          JsonObject               *step,
                                          const char               *message);
void        _runnel_jenkins_keep         (RunnelJenkinsImport      *self,
                                          JsonObject               *object,
                                          const char               *section,
                                          const RunnelJenkinsNode  *node);
void        _runnel_jenkins_read_env     (RunnelJenkinsImport      *self,
                                          JsonObject               *object,
                                          const RunnelJenkinsNode  *environment);
void        _runnel_jenkins_set_env      (JsonObject               *object,
                                          const char               *name,
                                          const char               *value);
void        _runnel_jenkins_set_secret   (RunnelJenkinsImport      *self,
                                          JsonObject               *object,
                                          const char               *name,
                                          const char               *secret);
gboolean    _runnel_jenkins_is_variable  (const char               *name);
const char *_runnel_jenkins_find_secret  (const RunnelJenkinsNode  *call,
                                          const char               *key);
char       *_runnel_jenkins_read_time    (const RunnelJenkinsNode  *node);
const char *_runnel_jenkins_find_image   (const RunnelJenkinsNode  *agent);
void        _runnel_jenkins_read_work    (RunnelJenkinsImport      *self,
                                          GPtrArray                *nodes,
                                          JsonObject               *step);
void        _runnel_jenkins_read_head    (RunnelJenkinsImport      *self,
                                          const RunnelJenkinsNode  *pipeline);
void        _runnel_jenkins_read_post    (RunnelJenkinsImport      *self,
                                          const RunnelJenkinsNode  *pipeline);
gboolean    _runnel_jenkins_read_stages  (RunnelJenkinsImport      *self,
                                          const RunnelJenkinsNode  *stages,
                                          GError                  **error);
gboolean    _runnel_jenkins_read_graph   (RunnelJenkinsImport      *self,
                                          const RunnelJenkinsNode  *stages);
void        _runnel_jenkins_set_marked   (const char               *mark,
                                          JsonObject               *step);
char       *_runnel_jenkins_read_when    (RunnelJenkinsImport      *self,
                                          const RunnelJenkinsNode  *when);
JsonNode   *_runnel_jenkins_read_matrix  (const RunnelJenkinsNode  *matrix);
gboolean    _runnel_jenkins_fail        (GError                  **error,
                                         guint                     line,
                                         guint                     column,
                                         const char               *message);

G_END_DECLS
