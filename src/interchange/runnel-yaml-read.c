/* runnel-yaml-read.c: reads YAML that may be hostile into a tree
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Scanned and parsed by libyaml; only its events are used. What is built here differs from libyaml's own
 * documents in what other systems' files need: scalars are told apart by the core schema of YAML 1.2, `<<` is
 * merged as in YAML 1.1, an anchor may be defined again, equal keys are an error, and no file may grow by its
 * aliases beyond bounds.
 */
#include "config.h"

#include <string.h>

#include "interchange/runnel-yaml-private.h"

#define MAX_DEPTH   100
#define MAX_LENGTH  (16 * 1024 * 1024)
#define MAX_ALIASED 1000000 /* nodes reached through aliases */

G_DEFINE_QUARK (runnel-yaml-error-quark, runnel_yaml_error)

/* --- Errors --- */

/**
 * _runnel_yaml_fail:
 * @self: what is being read
 * @code: a #RunnelYamlError
 * @line: from 1
 * @column: from 1, in characters
 * @format: what is wrong there
 *
 * Returns: NULL
 */
gpointer
_runnel_yaml_fail (RunnelYamlComposer *self,
                   int                 code,
                   guint               line,
                   guint               column,
                   const char         *format,
                   ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (self->error, RUNNEL_YAML_ERROR, code, "line %u, column %u: %s", line, column,
               message);

  return NULL;
}

static gpointer
fail_at_mark (RunnelYamlComposer *self,
              int                 code,
              yaml_mark_t         mark,
              const char         *message)
{
  return _runnel_yaml_fail (self, code, mark.line + 1, mark.column + 1, "%s", message);
}

#define fail_here(self, code, ...) \
  _runnel_yaml_fail ((self), (code), (self)->event.start_mark.line + 1, \
                     (self)->event.start_mark.column + 1, __VA_ARGS__)

/* The reader of libyaml tells bytes, not lines. */
static void
fail_at_offset (RunnelYamlComposer *self,
                gsize               offset,
                const char         *message)
{
  const char *end = self->text + offset;
  const char *line = self->text;
  const char *newline;
  guint n_lines = 1;

  while ((newline = memchr (line, '\n', end - line)) != NULL)
    {
      line = newline + 1;
      n_lines++;
    }
  _runnel_yaml_fail (self, RUNNEL_YAML_ERROR_SYNTAX, n_lines, g_utf8_strlen (line, end - line) + 1,
                     "%s", message);
}

static gboolean
fail_parser (RunnelYamlComposer *self)
{
  yaml_parser_t *parser = &self->parser;
  const char *problem = parser->problem != NULL ? parser->problem : "it can't be read";
  g_autofree char *message = NULL;

  if (parser->error == YAML_READER_ERROR)
    {
      fail_at_offset (self, parser->problem_offset, problem);
      return FALSE;
    }

  if (parser->context != NULL)
    message = g_strdup_printf ("%s, %s that begins in line %zu", problem, parser->context,
                               parser->context_mark.line + 1);
  fail_at_mark (self, RUNNEL_YAML_ERROR_SYNTAX, parser->problem_mark,
                message != NULL ? message : problem);

  return FALSE;
}

/* Goes on to the next event, or fails with what is wrong there. */
gboolean
_runnel_yaml_next_event (RunnelYamlComposer *self)
{
  yaml_event_delete (&self->event);

  return yaml_parser_parse (&self->parser, &self->event) || fail_parser (self);
}

/* --- Nodes --- */

static void
node_free (RunnelYamlNode *self)
{
  g_clear_pointer (&self->yaml.items, g_ptr_array_unref);
  g_clear_pointer (&self->index, g_hash_table_unref);
  g_free (self);
}

static const char *
keep_text (RunnelYamlComposer *self,
           const char         *text)
{
  return g_string_chunk_insert_const (self->store->texts, text);
}

/* Short for the tags of YAML itself, as people write them; the others as they came. */
static const char *
keep_tag (RunnelYamlComposer *self,
          const yaml_char_t  *tag)
{
  static const char standard[] = "tag:yaml.org,2002:";
  const char *text = (const char *) tag;
  g_autofree char *written = NULL;

  if (text == NULL || *text == '!')
    return text != NULL ? keep_text (self, text) : NULL;

  if (g_str_has_prefix (text, standard))
    written = g_strconcat ("!!", text + strlen (standard), NULL);
  else
    written = g_strdup_printf ("!<%s>", text);

  return keep_text (self, written);
}

static RunnelYamlNode *
add_node (RunnelYamlComposer *self,
          RunnelYamlType      type,
          const yaml_char_t  *tag)
{
  RunnelYamlNode *node = g_new0 (RunnelYamlNode, 1);

  node->yaml.type = type;
  node->yaml.tag = keep_tag (self, tag);
  node->yaml.line = self->event.start_mark.line + 1;
  node->yaml.column = self->event.start_mark.column + 1;
  if (type != RUNNEL_YAML_SCALAR)
    node->yaml.items = g_ptr_array_new ();
  node->height = type == RUNNEL_YAML_SCALAR ? 0 : 1;
  node->size = 1;
  g_ptr_array_add (self->store->nodes, node);

  return node;
}

/* An anchor may be defined again; aliases mean the last one before them. */
static void
set_anchor (RunnelYamlComposer *self,
            const yaml_char_t  *anchor,
            RunnelYamlNode     *node)
{
  if (anchor != NULL)
    g_hash_table_insert (self->anchors, g_strdup ((const char *) anchor), node);
}

/* Puts a node into a list, or a key or a value into a mapping. */
void
_runnel_yaml_add_item (RunnelYamlNode *self,
                       RunnelYamlNode *item)
{
  g_ptr_array_add (self->yaml.items, item);
  self->height = MAX (self->height, item->height + 1);
  self->size += item->size;
}

static gboolean
is_any_of (const char        *text,
           const char *const *words)
{
  return text != NULL && g_strv_contains (words, text);
}

/* Tags that only say of what type a scalar is. */
static void
resolve_scalar_tag (RunnelYamlNode *node)
{
  static const char *const plain[] = { "!!int", "!!float", "!!bool", "!!null", NULL };
  static const char *const text[] = { "!!str", "!", NULL };

  if (is_any_of (node->yaml.tag, plain))
    node->yaml.plain = TRUE;
  else if (is_any_of (node->yaml.tag, text))
    node->yaml.plain = FALSE;
  else
    return;

  node->yaml.tag = NULL;
}

static RunnelYamlNode *
compose_scalar (RunnelYamlComposer *self)
{
  const char *text = (const char *) self->event.data.scalar.value;
  RunnelYamlNode *node;

  if (strlen (text) != self->event.data.scalar.length)
    return fail_here (self, RUNNEL_YAML_ERROR_SYNTAX, "a text can't hold NUL");

  node = add_node (self, RUNNEL_YAML_SCALAR, self->event.data.scalar.tag);
  node->yaml.text = keep_text (self, text);
  node->yaml.plain = self->event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
  resolve_scalar_tag (node);
  set_anchor (self, self->event.data.scalar.anchor, node);

  return node;
}

static RunnelYamlNode *
compose_alias (RunnelYamlComposer *self)
{
  const char *name = (const char *) self->event.data.alias.anchor;
  RunnelYamlNode *node = g_hash_table_lookup (self->anchors, name);

  if (node == NULL)
    return fail_here (self, RUNNEL_YAML_ERROR_SYNTAX, "there is no anchor &%s before this alias",
                      name);
  if (node->open)
    return fail_here (self, RUNNEL_YAML_ERROR_RECURSIVE,
                      "the alias *%s stands inside of what it names, in line %u", name,
                      node->yaml.line);
  if (self->depth + node->height > MAX_DEPTH)
    return fail_here (self, RUNNEL_YAML_ERROR_TOO_LARGE,
                      "with the alias *%s it is nested more than %d levels deep", name, MAX_DEPTH);

  self->n_aliased += node->size;
  if (self->n_aliased > MAX_ALIASED)
    return fail_here (self, RUNNEL_YAML_ERROR_TOO_LARGE,
                      "the aliases stand for more than %d values", MAX_ALIASED);

  return node;
}

static gboolean
compose_items (RunnelYamlComposer *self,
               RunnelYamlNode     *node)
{
  while (_runnel_yaml_next_event (self))
    {
      RunnelYamlNode *item;

      if (self->event.type == YAML_SEQUENCE_END_EVENT)
        return TRUE;
      item = _runnel_yaml_compose (self);
      if (item == NULL)
        return FALSE;
      _runnel_yaml_add_item (node, item);
    }

  return FALSE;
}

/* The tags of a list or a mapping that say nothing new. */
static void
resolve_collection_tag (RunnelYamlNode *node)
{
  static const char *const usual[] = { "!!map", "!!seq", "!", NULL };

  if (is_any_of (node->yaml.tag, usual))
    node->yaml.tag = NULL;
}

static RunnelYamlNode *
compose_collection (RunnelYamlComposer *self,
                    RunnelYamlType      type,
                    const yaml_char_t  *tag,
                    const yaml_char_t  *anchor)
{
  RunnelYamlNode *node = add_node (self, type, tag);

  resolve_collection_tag (node);
  set_anchor (self, anchor, node);
  if (self->depth == MAX_DEPTH)
    return fail_here (self, RUNNEL_YAML_ERROR_TOO_LARGE, "it is nested more than %d levels deep",
                      MAX_DEPTH);

  self->depth++;
  node->open = TRUE;
  if (!(type == RUNNEL_YAML_SEQUENCE ? compose_items : _runnel_yaml_compose_pairs) (self, node))
    return NULL;
  node->open = FALSE;
  self->depth--;

  return node;
}

/* What begins with the present event; afterwards the event is the one that ends it. */
RunnelYamlNode *
_runnel_yaml_compose (RunnelYamlComposer *self)
{
  const yaml_event_t *event = &self->event;

  switch (event->type)
    {
    case YAML_ALIAS_EVENT:
      return compose_alias (self);
    case YAML_SCALAR_EVENT:
      return compose_scalar (self);
    case YAML_SEQUENCE_START_EVENT:
      return compose_collection (self, RUNNEL_YAML_SEQUENCE, event->data.sequence_start.tag,
                                 event->data.sequence_start.anchor);
    case YAML_MAPPING_START_EVENT:
      return compose_collection (self, RUNNEL_YAML_MAPPING, event->data.mapping_start.tag,
                                 event->data.mapping_start.anchor);
    default:
      g_assert_not_reached ();
    }
}

/* --- Documents --- */

static gboolean
compose_document (RunnelYamlComposer *self)
{
  RunnelYamlNode *root;

  g_hash_table_remove_all (self->anchors);
  if (!_runnel_yaml_next_event (self))
    return FALSE;
  root = _runnel_yaml_compose (self);
  if (root == NULL)
    return FALSE;
  g_ptr_array_add (self->store->stream.documents, root);

  return _runnel_yaml_next_event (self);
}

static void
add_empty_document (RunnelYamlComposer *self)
{
  RunnelYamlNode *node = add_node (self, RUNNEL_YAML_SCALAR, NULL);

  node->yaml.text = "";
  node->yaml.plain = TRUE;
  g_ptr_array_add (self->store->stream.documents, node);
}

static gboolean
compose_stream (RunnelYamlComposer *self)
{
  do
    {
      if (!_runnel_yaml_next_event (self))
        return FALSE;
      if (self->event.type == YAML_DOCUMENT_START_EVENT && !compose_document (self))
        return FALSE;
    }
  while (self->event.type != YAML_STREAM_END_EVENT);

  if (self->store->stream.documents->len == 0)
    add_empty_document (self);

  return TRUE;
}

static gboolean
check_text (RunnelYamlComposer *self,
            gsize               length)
{
  const char *end;

  if (length > MAX_LENGTH)
    _runnel_yaml_fail (self, RUNNEL_YAML_ERROR_TOO_LARGE, 1, 1, "the file is larger than %d MB",
                       MAX_LENGTH / 1024 / 1024);
  else if (!g_utf8_validate (self->text, length, &end))
    fail_at_offset (self, end - self->text,
                    *end == '\0' ? "a text can't hold NUL" : "it is not UTF-8");
  else
    return TRUE;

  return FALSE;
}

static void
composer_clear (RunnelYamlComposer *self)
{
  yaml_event_delete (&self->event);
  yaml_parser_delete (&self->parser);
  g_hash_table_unref (self->anchors);
}

/**
 * runnel_yaml_read:
 * @text: (array length=length): what a file holds
 * @length: how many bytes that is
 * @error: %RUNNEL_YAML_ERROR of any code; the message begins with line and column
 *
 * Reads all documents of a file, as YAML 1.2 (https://yaml.org/spec/1.2.2/) with `<<` of YAML 1.1. What is nested
 * more than 100 levels deep, longer than 16 MB, or has more than a million values in its aliases is refused.
 *
 * Returns: (transfer full) (nullable): what it holds: at least one document
 */
RunnelYamlStream *
runnel_yaml_read (const char *text,
                  gsize       length,
                  GError    **error)
{
  RunnelYamlComposer self = { .text = text, .error = error };
  gboolean done;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!check_text (&self, length))
    return NULL;

  if (!yaml_parser_initialize (&self.parser))
    g_error ("no memory for a YAML parser");
  yaml_parser_set_encoding (&self.parser, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string (&self.parser, (const yaml_char_t *) text, length);
  self.anchors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.store = g_new0 (RunnelYamlStore, 1);
  self.store->stream.documents = g_ptr_array_new ();
  self.store->nodes = g_ptr_array_new_with_free_func ((GDestroyNotify) node_free);
  self.store->texts = g_string_chunk_new (4096);

  done = compose_stream (&self);
  composer_clear (&self);
  if (done)
    return &self.store->stream;

  runnel_yaml_stream_free (&self.store->stream);
  return NULL;
}
