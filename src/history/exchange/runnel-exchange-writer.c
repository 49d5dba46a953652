/* runnel-exchange-writer.c: lines of JSON into a file or pipe, compressed or not
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <unistd.h>

#include <zstd.h>

#include "history/exchange/runnel-exchange-writer.h"
#include "model/runnel-json-write.h"

#define BUFFER_SIZE (256 * 1024)
#define LEVEL 3

struct _RunnelExchangeWriter
{
  int fd;
  ZSTD_CCtx *context; /* NULL = not compressed */
  GByteArray *buffer; /* what is to be written */
  GString *line;
};

/**
 * runnel_exchange_writer_new:
 * @fd: a descriptor open for writing, which stays the caller's
 * @compress: whether to compress with zstd
 *
 * Returns: (transfer full): a writer that needs some hundred kilobytes, however much is written
 */
RunnelExchangeWriter *
runnel_exchange_writer_new (int      fd,
                            gboolean compress)
{
  RunnelExchangeWriter *self = g_new0 (RunnelExchangeWriter, 1);

  self->fd = fd;
  self->buffer = g_byte_array_sized_new (BUFFER_SIZE);
  self->line = g_string_new (NULL);
  if (!compress)
    return self;
  self->context = ZSTD_createCCtx ();
  ZSTD_CCtx_setParameter (self->context, ZSTD_c_compressionLevel, LEVEL);
  ZSTD_CCtx_setParameter (self->context, ZSTD_c_checksumFlag, 1);
  return self;
}

void
runnel_exchange_writer_free (RunnelExchangeWriter *self)
{
  ZSTD_freeCCtx (self->context);
  g_byte_array_unref (self->buffer);
  g_string_free (self->line, TRUE);
  g_free (self);
}

static gboolean
flush (RunnelExchangeWriter  *self,
       GError               **error)
{
  gsize n_done = 0;

  while (n_done < self->buffer->len)
    {
      gssize n_written = write (self->fd, self->buffer->data + n_done, self->buffer->len - n_done);

      if (n_written < 0 && errno == EINTR)
        continue;
      if (n_written < 0)
        {
          g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
                       "Can't write the exported history: %s", g_strerror (errno));
          return FALSE;
        }
      n_done += n_written;
    }
  g_byte_array_set_size (self->buffer, 0);
  return TRUE;
}

static gboolean
compress (RunnelExchangeWriter  *self,
          const char            *data,
          gsize                  length,
          ZSTD_EndDirective      directive,
          GError               **error)
{
  ZSTD_inBuffer in = { data, length, 0 };
  size_t rest;

  do
    {
      ZSTD_outBuffer out;

      g_byte_array_set_size (self->buffer, BUFFER_SIZE);
      out = (ZSTD_outBuffer) { self->buffer->data, BUFFER_SIZE, 0 };
      rest = ZSTD_compressStream2 (self->context, &out, &in, directive);
      if (ZSTD_isError (rest))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "Can't compress: %s",
                       ZSTD_getErrorName (rest));
          return FALSE;
        }
      g_byte_array_set_size (self->buffer, out.pos);
      if (!flush (self, error))
        return FALSE;
    }
  while (directive == ZSTD_e_end ? rest > 0 : in.pos < in.size);
  return TRUE;
}

static gboolean
add (RunnelExchangeWriter  *self,
     const char            *data,
     gsize                  length,
     GError               **error)
{
  if (self->context)
    return compress (self, data, length, ZSTD_e_continue, error);
  g_byte_array_append (self->buffer, (const guint8 *) data, length);
  return self->buffer->len < BUFFER_SIZE || flush (self, error);
}

/**
 * runnel_exchange_writer_add_line:
 * @line: JSON without a line feed in it
 * @length: its bytes
 * @error: return location for a #GIOErrorEnum
 *
 * Returns: whether nothing went wrong
 */
gboolean
runnel_exchange_writer_add_line (RunnelExchangeWriter  *self,
                                 const char            *line,
                                 gsize                  length,
                                 GError               **error)
{
  return add (self, line, length, error) && add (self, "\n", 1, error);
}

/**
 * runnel_exchange_writer_add_object:
 * @object: a line
 * @error: return location for a #GIOErrorEnum
 *
 * Returns: whether nothing went wrong
 */
gboolean
runnel_exchange_writer_add_object (RunnelExchangeWriter  *self,
                                   JsonObject            *object,
                                   GError               **error)
{
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), object);

  g_string_truncate (self->line, 0);
  runnel_json_write_compact (self->line, node);
  return runnel_exchange_writer_add_line (self, self->line->str, self->line->len, error);
}

/**
 * runnel_exchange_writer_finish:
 * @error: return location for a #GIOErrorEnum
 *
 * Writes what is left. Nothing may be added afterwards.
 *
 * Returns: whether everything is written; it may not have reached the disk
 */
gboolean
runnel_exchange_writer_finish (RunnelExchangeWriter  *self,
                               GError               **error)
{
  return self->context ? compress (self, "", 0, ZSTD_e_end, error) : flush (self, error);
}
