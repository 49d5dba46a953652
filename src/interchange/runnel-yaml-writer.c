/* runnel-yaml-writer.c: writes YAML that people read
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The emitter of libyaml writes it. Three things it can't do are put in afterwards, see runnel-yaml-layout.c:
 * comments, lists that are indented below their key, and text with tabs or with characters beyond the basic
 * plane, which it would write with escapes on one long line.
 */
#include "config.h"

#include <string.h>

#include "interchange/runnel-yaml-writer-private.h"

static int
append (void          *data,
        unsigned char *bytes,
        size_t         size)
{
  g_byte_array_append (data, bytes, size);

  return 1;
}

static void
insert_clear (gpointer data)
{
  g_free (((RunnelYamlInsert *) data)->text);
}

/* Emitting can only fail for want of memory, or because the caller closes what was not opened. */
static void
emit (RunnelYamlWriter *self,
      yaml_event_t     *event)
{
  if (!yaml_emitter_emit (&self->emitter, event))
    g_error ("YAML can't be written: %s", self->emitter.problem);
}

static yaml_char_t *
get_tag (RunnelYamlWriter *self)
{
  return (yaml_char_t *) self->tag;
}

static void
add_insert (GArray     *inserts,
            guint       node,
            const char *text)
{
  RunnelYamlInsert insert = { node, g_strdup (text) };

  g_array_append_val (inserts, insert);
}

/* --- Scalars --- */

/* Writes a scalar in a style that must be right for it. */
void
_runnel_yaml_writer_emit (RunnelYamlWriter   *self,
                          const char         *text,
                          yaml_scalar_style_t style)
{
  yaml_event_t event;
  gboolean plain = style == YAML_PLAIN_SCALAR_STYLE && self->tag == NULL;

  self->n_nodes++;
  yaml_scalar_event_initialize (&event, NULL, get_tag (self), (const yaml_char_t *) text,
                                strlen (text), plain, self->tag == NULL, style);
  emit (self, &event);
  g_clear_pointer (&self->tag, g_free);
}

/* What the emitter would write with escapes though there is no need to. */
static gboolean
is_laid_out (const char *text)
{
  if (strpbrk (text, "\t\n") == NULL)
    {
      while (*text != '\0' && g_utf8_get_char (text) < 0x10000)
        text = g_utf8_next_char (text);
      return *text != '\0';
    }

  /* Nothing but space: a block would look as if it were empty. */
  return text[strspn (text, " \t\n")] != '\0';
}

static yaml_scalar_style_t
get_style (const char *text)
{
  if (strchr (text, '\n') != NULL || !_runnel_yaml_is_clean (text))
    return YAML_DOUBLE_QUOTED_SCALAR_STYLE;

  return _runnel_yaml_needs_quotes (text) ? YAML_SINGLE_QUOTED_SCALAR_STYLE
                                          : YAML_PLAIN_SCALAR_STYLE;
}

/* --- Lists and mappings --- */

static void
open_map (RunnelYamlWriter *self)
{
  yaml_mapping_style_t style = self->flow > 0 ? YAML_FLOW_MAPPING_STYLE : YAML_BLOCK_MAPPING_STYLE;
  yaml_event_t event;

  self->n_nodes++;
  yaml_mapping_start_event_initialize (&event, NULL, get_tag (self), self->tag == NULL, style);
  emit (self, &event);
  g_clear_pointer (&self->tag, g_free);
}

static void
open_list (RunnelYamlWriter *self)
{
  yaml_sequence_style_t style = self->flow > 0 ? YAML_FLOW_SEQUENCE_STYLE : YAML_BLOCK_SEQUENCE_STYLE;
  yaml_event_t event;

  self->n_nodes++;
  yaml_sequence_start_event_initialize (&event, NULL, get_tag (self), self->tag == NULL, style);
  emit (self, &event);
  g_clear_pointer (&self->tag, g_free);
}

/* --- Documents --- */

static void
end_document (RunnelYamlWriter *self)
{
  yaml_event_t event;

  if (!self->in_document)
    return;

  yaml_document_end_event_initialize (&event, TRUE);
  emit (self, &event);
  self->in_document = FALSE;
}

/**
 * runnel_yaml_writer_new:
 *
 * Returns: (transfer full): a writer of a file that has no document yet
 */
RunnelYamlWriter *
runnel_yaml_writer_new (void)
{
  RunnelYamlWriter *self = g_new0 (RunnelYamlWriter, 1);
  yaml_event_t event;

  self->text = g_byte_array_new ();
  self->comments = g_array_new (FALSE, FALSE, sizeof (RunnelYamlInsert));
  self->texts = g_array_new (FALSE, FALSE, sizeof (RunnelYamlInsert));
  g_array_set_clear_func (self->comments, insert_clear);
  g_array_set_clear_func (self->texts, insert_clear);

  if (!yaml_emitter_initialize (&self->emitter))
    g_error ("no memory for a YAML emitter");
  yaml_emitter_set_output (&self->emitter, append, self->text);
  yaml_emitter_set_unicode (&self->emitter, TRUE);
  yaml_emitter_set_width (&self->emitter, -1);
  yaml_emitter_set_indent (&self->emitter, 2);
  yaml_stream_start_event_initialize (&event, YAML_UTF8_ENCODING);
  emit (self, &event);

  return self;
}

/**
 * runnel_yaml_writer_free:
 * @self: (transfer full) (nullable): a writer
 */
void
runnel_yaml_writer_free (RunnelYamlWriter *self)
{
  if (self == NULL)
    return;

  yaml_emitter_delete (&self->emitter);
  g_byte_array_unref (self->text);
  g_array_unref (self->comments);
  g_array_unref (self->texts);
  g_free (self->tag);
  g_free (self);
}

/**
 * runnel_yaml_writer_begin:
 * @self: a writer
 *
 * Begins another document, the first one too. It holds the one value that is written next.
 */
void
runnel_yaml_writer_begin (RunnelYamlWriter *self)
{
  yaml_event_t event;

  g_return_if_fail (self != NULL);

  end_document (self);
  yaml_document_start_event_initialize (&event, NULL, NULL, NULL, self->n_nodes == 0);
  self->n_nodes++;
  emit (self, &event);
  self->in_document = TRUE;
}

/**
 * runnel_yaml_writer_key:
 * @self: a writer, inside of a mapping
 * @key: the key of what is written next
 */
void
runnel_yaml_writer_key (RunnelYamlWriter *self,
                        const char       *key)
{
  g_return_if_fail (self != NULL && key != NULL);

  _runnel_yaml_writer_emit (self, key, get_style (key));
}

/**
 * runnel_yaml_writer_open_map:
 * @self: a writer
 *
 * Begins a mapping: keys and values follow until it is closed.
 */
void
runnel_yaml_writer_open_map (RunnelYamlWriter *self)
{
  g_return_if_fail (self != NULL);

  open_map (self);
}

/**
 * runnel_yaml_writer_close_map:
 * @self: a writer, inside of a mapping
 */
void
runnel_yaml_writer_close_map (RunnelYamlWriter *self)
{
  yaml_event_t event;

  g_return_if_fail (self != NULL);

  yaml_mapping_end_event_initialize (&event);
  emit (self, &event);
}

/**
 * runnel_yaml_writer_open_list:
 * @self: a writer
 *
 * Begins a list: items follow until it is closed.
 */
void
runnel_yaml_writer_open_list (RunnelYamlWriter *self)
{
  g_return_if_fail (self != NULL);

  open_list (self);
}

/**
 * runnel_yaml_writer_close_list:
 * @self: a writer, inside of a list
 */
void
runnel_yaml_writer_close_list (RunnelYamlWriter *self)
{
  yaml_event_t event;

  g_return_if_fail (self != NULL);

  yaml_sequence_end_event_initialize (&event);
  emit (self, &event);
}

/**
 * runnel_yaml_writer_string:
 * @self: a writer
 * @text: UTF-8
 *
 * Writes a text: as a block when it has several lines, with quotes where it could be read as something else.
 */
void
runnel_yaml_writer_string (RunnelYamlWriter *self,
                           const char       *text)
{
  g_return_if_fail (self != NULL && text != NULL);

  if (self->flow == 0 && self->tag == NULL && is_laid_out (text) && _runnel_yaml_is_clean (text))
    {
      add_insert (self->texts, self->n_nodes, text);
      _runnel_yaml_writer_emit (self, RUNNEL_YAML_PLACEHOLDER, YAML_PLAIN_SCALAR_STYLE);
    }
  else
    _runnel_yaml_writer_emit (self, text, get_style (text));
}

/**
 * runnel_yaml_writer_integer:
 * @self: a writer
 * @value: a number
 */
void
runnel_yaml_writer_integer (RunnelYamlWriter *self,
                            gint64            value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  g_return_if_fail (self != NULL);

  _runnel_yaml_writer_emit (self, text, YAML_PLAIN_SCALAR_STYLE);
}

/**
 * runnel_yaml_writer_boolean:
 * @self: a writer
 * @value: a boolean
 */
void
runnel_yaml_writer_boolean (RunnelYamlWriter *self,
                            gboolean          value)
{
  g_return_if_fail (self != NULL);

  _runnel_yaml_writer_emit (self, value ? "true" : "false", YAML_PLAIN_SCALAR_STYLE);
}

/**
 * runnel_yaml_writer_null:
 * @self: a writer
 */
void
runnel_yaml_writer_null (RunnelYamlWriter *self)
{
  g_return_if_fail (self != NULL);

  _runnel_yaml_writer_emit (self, "null", YAML_PLAIN_SCALAR_STYLE);
}

/**
 * runnel_yaml_writer_pair:
 * @self: a writer, inside of a mapping
 * @key: a key
 * @text: (nullable): its value; for %NULL nothing is written at all
 */
void
runnel_yaml_writer_pair (RunnelYamlWriter *self,
                         const char       *key,
                         const char       *text)
{
  g_return_if_fail (self != NULL && key != NULL);

  if (text == NULL)
    return;

  runnel_yaml_writer_key (self, key);
  runnel_yaml_writer_string (self, text);
}

/**
 * runnel_yaml_writer_comment:
 * @self: a writer
 * @text: what to say, in one line or several
 *
 * Puts a comment on lines of its own before the document, key or item that is written next.
 */
void
runnel_yaml_writer_comment (RunnelYamlWriter *self,
                            const char       *text)
{
  g_return_if_fail (self != NULL && text != NULL);

  add_insert (self->comments, self->n_nodes, text);
}

/**
 * runnel_yaml_writer_finish:
 * @self: a writer with all it was given closed
 *
 * Ends the file. Nothing can be written any more.
 *
 * Returns: (transfer full): its text
 */
char *
runnel_yaml_writer_finish (RunnelYamlWriter *self)
{
  yaml_event_t event;

  g_return_val_if_fail (self != NULL, NULL);

  end_document (self);
  yaml_stream_end_event_initialize (&event);
  emit (self, &event);
  yaml_emitter_flush (&self->emitter);

  return _runnel_yaml_lay_out ((const char *) self->text->data, self->text->len, self->comments,
                               self->texts);
}
