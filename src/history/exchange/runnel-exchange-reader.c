/* runnel-exchange-reader.c: lines out of a file or pipe, compressed or not
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <zstd.h>

#include "history/exchange/runnel-exchange-reader.h"
#include "history/runnel-history.h"

#define BUFFER_SIZE (256 * 1024)

static const guint8 zstd_magic[] = { 0x28, 0xb5, 0x2f, 0xfd };

struct _RunnelExchangeReader
{
  int fd;
  guint64 offset;      /* bytes read from fd */
  guint8 *input;       /* as they are in the file */
  gsize input_length;
  gsize input_start;
  ZSTD_DCtx *context;  /* NULL = not compressed */
  gboolean frame_open; /* a compressed file must not end in a frame */
  GString *text;       /* lines, from `start` on not yet given out */
  gsize start;
  gsize searched;      /* up to where there is no line feed */
  gboolean is_started;
  gboolean is_at_end;
  guint64 line;
};

/**
 * runnel_exchange_reader_new:
 * @fd: a descriptor open for reading, which stays the caller's
 *
 * Returns: (transfer full): a reader of lines, which sees itself whether they are compressed
 */
RunnelExchangeReader *
runnel_exchange_reader_new (int fd)
{
  RunnelExchangeReader *self = g_new0 (RunnelExchangeReader, 1);

  self->fd = fd;
  self->input = g_malloc (BUFFER_SIZE);
  self->text = g_string_new (NULL);
  return self;
}

void
runnel_exchange_reader_free (RunnelExchangeReader *self)
{
  ZSTD_freeDCtx (self->context);
  g_string_free (self->text, TRUE);
  g_free (self->input);
  g_free (self);
}

/* Fills the empty input; a pipe may give out a few bytes only, but @least are waited for.
 * Returns: whether nothing went wrong; `input_length` is 0 at the end */
static gboolean
read_input (RunnelExchangeReader  *self,
            gsize                  least,
            GError               **error)
{
  gssize n_read;

  self->input_start = 0;
  self->input_length = 0;
  do
    {
      n_read = read (self->fd, self->input + self->input_length,
                     BUFFER_SIZE - self->input_length);
      self->input_length += MAX (n_read, 0);
    }
  while ((n_read > 0 && self->input_length < least) || (n_read < 0 && errno == EINTR));
  self->offset += self->input_length;
  if (n_read >= 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "Can't read the file: %s",
               g_strerror (errno));
  return FALSE;
}

/* Room for more, before which what was given out is thrown away. */
static char *
make_room (RunnelExchangeReader *self,
           gsize                 length)
{
  gsize old_length;

  g_string_erase (self->text, 0, self->start);
  self->searched -= self->start;
  self->start = 0;
  old_length = self->text->len;
  g_string_set_size (self->text, old_length + length);
  return self->text->str + old_length;
}

static gboolean
decompress (RunnelExchangeReader  *self,
            GError               **error)
{
  ZSTD_inBuffer in = { self->input, self->input_length, self->input_start };
  char *room = make_room (self, BUFFER_SIZE);
  ZSTD_outBuffer out = { room, BUFFER_SIZE, 0 };
  size_t result = ZSTD_decompressStream (self->context, &out, &in);

  g_string_set_size (self->text, self->text->len - (BUFFER_SIZE - out.pos));
  self->input_start = in.pos;
  self->frame_open = result != 0;
  if (!ZSTD_isError (result))
    return TRUE;
  g_set_error (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_EXCHANGE,
               "The compressed file is damaged (%s)", ZSTD_getErrorName (result));
  return FALSE;
}

static void
take_input (RunnelExchangeReader *self)
{
  char *room = make_room (self, self->input_length - self->input_start);

  memcpy (room, self->input + self->input_start, self->input_length - self->input_start);
  self->input_start = self->input_length;
}

static gboolean
is_compressed (RunnelExchangeReader *self)
{
  return self->input_length >= sizeof zstd_magic &&
         memcmp (self->input, zstd_magic, sizeof zstd_magic) == 0;
}

/* Adds some text, or notes that there is no more. */
static gboolean
read_on (RunnelExchangeReader  *self,
         GError               **error)
{
  gsize least = self->is_started ? 1 : sizeof zstd_magic;

  if (self->input_start == self->input_length && !read_input (self, least, error))
    return FALSE;
  if (!self->is_started && is_compressed (self))
    self->context = ZSTD_createDCtx ();
  self->is_started = TRUE;

  self->is_at_end = self->input_length == 0;
  if (self->is_at_end && self->frame_open)
    {
      g_set_error_literal (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_EXCHANGE,
                           "The compressed file has no end");
      return FALSE;
    }
  if (self->is_at_end)
    return TRUE;
  if (self->context)
    return decompress (self, error);
  take_input (self);
  return TRUE;
}

static gboolean
find_end (RunnelExchangeReader *self,
          gsize                *ret_end)
{
  const char *end = memchr (self->text->str + self->searched, '\n',
                            self->text->len - self->searched);

  self->searched = self->text->len;
  *ret_end = end ? (gsize) (end - self->text->str) : self->text->len;
  return end != NULL;
}

/**
 * runnel_exchange_reader_next:
 * @self: a reader
 * @ret_length: (out): bytes of the line
 * @error: return location; %RUNNEL_HISTORY_ERROR_EXCHANGE, or a #GIOErrorEnum
 *
 * Returns: (transfer none) (nullable): the next line without its line feed, valid until the next
 *   call, not ended by NUL; %NULL without an error behind the last one
 */
const char *
runnel_exchange_reader_next (RunnelExchangeReader  *self,
                             gsize                 *ret_length,
                             GError               **error)
{
  gsize start, end;

  while (!find_end (self, &end) && !self->is_at_end)
    {
      if (self->text->len - self->start > RUNNEL_EXCHANGE_MAX_LINE)
        {
          self->line++;
          g_set_error_literal (error, RUNNEL_HISTORY_ERROR, RUNNEL_HISTORY_ERROR_EXCHANGE,
                               "The line is longer than any of an exported history");
          return NULL;
        }
      if (!read_on (self, error))
        return NULL;
    }
  start = self->start;
  if (start == self->text->len)
    return NULL;

  *ret_length = end - start;
  self->start = self->searched = MIN (end + 1, self->text->len);
  self->line++;
  return self->text->str + start;
}

/**
 * runnel_exchange_reader_get_line:
 *
 * Returns: the number of the last line that was given out, from 1
 */
guint64
runnel_exchange_reader_get_line (RunnelExchangeReader *self)
{
  return self->line;
}

/**
 * runnel_exchange_reader_get_offset:
 *
 * Returns: how many bytes of the file were read, as they are in it
 */
guint64
runnel_exchange_reader_get_offset (RunnelExchangeReader *self)
{
  return self->offset;
}
