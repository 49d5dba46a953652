/* runnel-yaml-writer-private.h: what becomes of the emitter's text
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <yaml.h>

#include "interchange/runnel-yaml.h"

G_BEGIN_DECLS

#define RUNNEL_YAML_PLACEHOLDER "text" /* stands where a text is to be put in */

/* What is put in at a node, which is the nth that the text has: comments and texts. */
typedef struct
{
  guint node;
  char *text;
} RunnelYamlInsert;

struct _RunnelYamlWriter
{
  yaml_emitter_t emitter;
  GByteArray *text;
  gboolean in_document;
  guint n_nodes;     /* documents, scalars, lists and mappings so far */
  guint flow;        /* lists and mappings around that are written on one line */
  char *tag;         /* of the next node, or NULL */
  GArray *comments;  /* of RunnelYamlInsert */
  GArray *texts;     /* of RunnelYamlInsert */
};

/* In runnel-yaml-writer.c */
void      _runnel_yaml_writer_emit   (RunnelYamlWriter    *self,
                                      const char          *text,
                                      yaml_scalar_style_t  style);

/* In runnel-yaml-quote.c */
gboolean  _runnel_yaml_needs_quotes  (const char          *text);
gboolean  _runnel_yaml_is_printable  (gunichar             c);
gboolean  _runnel_yaml_is_clean      (const char          *text);

/* In runnel-yaml-layout.c */
char     *_runnel_yaml_lay_out       (const char          *text,
                                      gsize                length,
                                      GArray              *comments,
                                      GArray              *texts);

G_END_DECLS
