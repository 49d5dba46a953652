/* runnel-yaml-private.h: YAML while it is being read
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <yaml.h>

#include "interchange/runnel-yaml.h"

G_BEGIN_DECLS

/* What is known of a node besides what its readers see. */
typedef struct
{
  RunnelYaml yaml;
  GHashTable *index; /* text of a key -> its value, of a mapping with more than a few; or NULL */
  guint height;      /* lists and mappings within each other, this one included */
  guint64 size;      /* nodes below and with this node, those of aliases each time */
  gboolean open;     /* its end has not come yet */
} RunnelYamlNode;

typedef struct
{
  RunnelYamlStream stream;
  GPtrArray *nodes;    /* of RunnelYamlNode: all there are, each once */
  GStringChunk *texts;
} RunnelYamlStore;

typedef struct
{
  yaml_parser_t parser;
  yaml_event_t event;   /* the one that is being read */
  const char *text;
  RunnelYamlStore *store;
  GHashTable *anchors;  /* name -> RunnelYamlNode, of the present document */
  guint depth;
  guint64 n_aliased;
  GError **error;
} RunnelYamlComposer;

gpointer        _runnel_yaml_fail           (RunnelYamlComposer *self,
                                             int                 code,
                                             guint               line,
                                             guint               column,
                                             const char         *format,
                                             ...) G_GNUC_PRINTF (5, 6);
gboolean        _runnel_yaml_next_event     (RunnelYamlComposer *self);
RunnelYamlNode *_runnel_yaml_compose        (RunnelYamlComposer *self);
gboolean        _runnel_yaml_compose_pairs  (RunnelYamlComposer *self,
                                             RunnelYamlNode     *node);
void            _runnel_yaml_add_item       (RunnelYamlNode     *self,
                                             RunnelYamlNode     *item);

G_END_DECLS
