/* runnel-yaml.h: YAML documents as trees
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define RUNNEL_YAML_ERROR (runnel_yaml_error_quark ())
typedef enum
{
  RUNNEL_YAML_ERROR_SYNTAX = 1, /* message: "line 3, column 7: ..." */
  RUNNEL_YAML_ERROR_TOO_LARGE,  /* deeper, longer, or with more in its aliases than allowed */
  RUNNEL_YAML_ERROR_RECURSIVE,  /* an alias stands inside of what it names */
} RunnelYamlError;
GQuark runnel_yaml_error_quark (void);

typedef enum
{
  RUNNEL_YAML_SCALAR,
  RUNNEL_YAML_SEQUENCE,
  RUNNEL_YAML_MAPPING,
} RunnelYamlType;

/* A node. Read-only; an alias is the very node it names, so a tree may share nodes but never has
 * a cycle. */
typedef struct _RunnelYaml RunnelYaml;
struct _RunnelYaml
{
  RunnelYamlType type;
  const char *tag;      /* as written, "!reference", or NULL */
  guint line;           /* from 1 */
  guint column;         /* from 1, in characters */
  const char *text;     /* of a scalar */
  /* a scalar without quotes: may be a number, a boolean or null by the core schema of YAML 1.2 */
  gboolean plain;
  /* of RunnelYaml: of a sequence; of a mapping key, value, key, value, ... with `<<` merged in */
  GPtrArray *items;
};

/* What one file holds. */
typedef struct
{
  GPtrArray *documents; /* of RunnelYaml; an empty one is a null scalar */
} RunnelYamlStream;

RunnelYamlStream *runnel_yaml_read         (const char        *text,
                                            gsize              length,
                                            GError           **error);
void              runnel_yaml_stream_free  (RunnelYamlStream  *self);

RunnelYaml       *runnel_yaml_get          (const RunnelYaml  *self,  /* NULL gives NULL */
                                            const char        *key);
guint             runnel_yaml_get_size     (const RunnelYaml  *self);  /* items, or pairs */
RunnelYaml       *runnel_yaml_get_item     (const RunnelYaml  *self,
                                            guint              index);
RunnelYaml       *runnel_yaml_get_key      (const RunnelYaml  *self,
                                            guint              index);
RunnelYaml       *runnel_yaml_get_value    (const RunnelYaml  *self,
                                            guint              index);
const char       *runnel_yaml_get_text     (const RunnelYaml  *self);  /* of a scalar, else NULL */
gboolean          runnel_yaml_is_null      (const RunnelYaml  *self);
gboolean          runnel_yaml_get_boolean  (const RunnelYaml  *self,
                                            gboolean          *ret_value);
/* The same as JSON; a tag becomes {"!tag": value}. (transfer full) */
JsonNode         *runnel_yaml_to_json      (const RunnelYaml  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelYamlStream, runnel_yaml_stream_free)

/* Writes block style with an indent of 2; texts of several lines as literal blocks, quotes
 * wherever YAML 1.1 or 1.2 would read another value, or Kubernetes' and GitLab's readers would. */
typedef struct _RunnelYamlWriter RunnelYamlWriter;

RunnelYamlWriter *runnel_yaml_writer_new        (void);
void              runnel_yaml_writer_free       (RunnelYamlWriter *self);
/* another document; the first one too */
void              runnel_yaml_writer_begin      (RunnelYamlWriter *self);
/* The key of what is written next; inside of a mapping. */
void              runnel_yaml_writer_key        (RunnelYamlWriter *self,
                                                 const char       *key);
void              runnel_yaml_writer_open_map   (RunnelYamlWriter *self);
void              runnel_yaml_writer_close_map  (RunnelYamlWriter *self);
void              runnel_yaml_writer_open_list  (RunnelYamlWriter *self);
void              runnel_yaml_writer_close_list (RunnelYamlWriter *self);
void              runnel_yaml_writer_string     (RunnelYamlWriter *self,
                                                 const char       *text);
void              runnel_yaml_writer_integer    (RunnelYamlWriter *self,
                                                 gint64            value);
void              runnel_yaml_writer_boolean    (RunnelYamlWriter *self,
                                                 gboolean          value);
void              runnel_yaml_writer_null       (RunnelYamlWriter *self);
/* Key and text in one; nothing at all for NULL. */
void              runnel_yaml_writer_pair       (RunnelYamlWriter *self,
                                                 const char       *key,
                                                 const char       *text);
/* What was kept of another file, as it stands in JSON; {"!tag": x} becomes !tag x. */
void              runnel_yaml_writer_json       (RunnelYamlWriter *self,
                                                 JsonNode         *value);
/* A comment on lines of its own before the next key, item or document; may have several lines. */
void              runnel_yaml_writer_comment    (RunnelYamlWriter *self,
                                                 const char       *text);
/* Ends it and returns the text (transfer full). */
char             *runnel_yaml_writer_finish     (RunnelYamlWriter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelYamlWriter, runnel_yaml_writer_free)

G_END_DECLS
