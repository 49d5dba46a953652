/* runnel-zstd.c: files compressed with zstd that can be read from anywhere
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <zstd.h>

#include "util/runnel-zstd.h"

/* The format is the “Zstandard Seekable Format” 0.1.0 of zstd's contrib/seekable_format: frames
 * that stand alone, and after them a table of their sizes in a frame that decompressors skip. So
 * `zstd -d` reads such a file like any other. All numbers are little-endian:
 *
 *   0x184D2A5E, size of what follows, [compressed size, size] for each frame,
 *   number of frames, a byte 0, 0x8F92EAB1 */
#define TABLE_MAGIC 0x184D2A5E
#define FOOTER_MAGIC 0x8F92EAB1
#define HEAD_SIZE 8
#define ENTRY_SIZE 8
#define FOOTER_SIZE 9

/* One frame is read whole for a byte of it, so it is small; much smaller ones compress worse. */
#define FRAME_SIZE (1024 * 1024)
#define MAX_FRAME_SIZE (64 * 1024 * 1024) /* of those that others wrote */
#define MAX_FRAMES 0x8000000              /* as the format has it */
#define LEVEL 6

/* What is shown of a log may lie in two frames or three, and is looked at again and again. */
#define N_CACHED 4

/* Where a frame begins, in the file and in the text. */
typedef struct
{
  guint64 file_offset;
  guint64 offset;
} Frame;

/* A frame that is in memory. */
typedef struct
{
  char *text;   /* NULL = none */
  guint index;
  guint64 used; /* the larger, the later */
} Cached;

struct _RunnelZstdReader
{
  char *path;
  int fd;
  ZSTD_DCtx *context;
  Frame *frames;      /* and one more, where the last one ends */
  guint n_frames;
  Cached cached[N_CACHED];
  guint64 n_uses;
};

static gboolean
set_errno (GError     **error,
           const char  *what)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", what,
               g_strerror (errno));
  return FALSE;
}

/* --- Writing --- */

/* Fills the buffer, so that only the last frame is shorter. */
static gssize
read_frame (int          fd,
            char        *buffer,
            GError     **error)
{
  gsize length = 0;

  while (length < FRAME_SIZE)
    {
      gssize n_read = read (fd, buffer + length, FRAME_SIZE - length);

      if (n_read == 0)
        break;
      if (n_read > 0)
        length += n_read;
      else if (errno != EINTR)
        {
          set_errno (error, "Can't read what is to be compressed");
          return -1;
        }
    }
  return length;
}

static gboolean
write_all (int             fd,
           gconstpointer   data,
           gsize           length,
           GError        **error)
{
  const char *next = data;

  while (length > 0)
    {
      gssize n_written = write (fd, next, length);

      if (n_written < 0 && errno == EINTR)
        continue;
      if (n_written < 0)
        return set_errno (error, "Can't write the compressed file");
      next += n_written;
      length -= n_written;
    }
  return TRUE;
}

static void
append_uint32 (GByteArray *bytes,
               guint32     value)
{
  guint32 little = GUINT32_TO_LE (value);

  g_byte_array_append (bytes, (const guint8 *) &little, sizeof little);
}

static gboolean
write_table (int          fd,
             GByteArray  *entries,
             GError     **error)
{
  g_autoptr(GByteArray) table = g_byte_array_new ();
  const guint8 descriptor = 0; /* no checksums: the frames have them */

  append_uint32 (table, TABLE_MAGIC);
  append_uint32 (table, entries->len + FOOTER_SIZE);
  g_byte_array_append (table, entries->data, entries->len);
  append_uint32 (table, entries->len / ENTRY_SIZE);
  g_byte_array_append (table, &descriptor, 1);
  append_uint32 (table, FOOTER_MAGIC);
  return write_all (fd, table->data, table->len, error);
}

/* Returns: bytes that were read, 0 at the end, -1 on failure */
static gssize
compress_frame (ZSTD_CCtx   *context,
                int          from_fd,
                int          to_fd,
                char        *text,
                GByteArray  *packed,
                GByteArray  *entries,
                GError     **error)
{
  gssize length = read_frame (from_fd, text, error);
  size_t size;

  if (length <= 0)
    return length;
  size = ZSTD_compress2 (context, packed->data, packed->len, text, length);
  if (ZSTD_isError (size))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "Can't compress: %s",
                   ZSTD_getErrorName (size));
      return -1;
    }
  append_uint32 (entries, size);
  append_uint32 (entries, length);
  return write_all (to_fd, packed->data, size, error) ? length : -1;
}

/**
 * runnel_zstd_compress:
 * @from_fd: a descriptor open for reading; read from where it stands to the end
 * @to_fd: a descriptor open for writing
 * @cancellable: (nullable): stops it, between two frames
 * @error: return location for a #GIOErrorEnum
 *
 * Writes what one file holds to another, compressed, with a checksum for each
 * frame. Takes about 2 MB of memory whatever the size, and blocks as long as
 * it takes.
 *
 * Returns: whether everything is written; it may not have reached the disk
 */
gboolean
runnel_zstd_compress (int            from_fd,
                      int            to_fd,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_autofree char *text = g_malloc (FRAME_SIZE);
  g_autoptr(GByteArray) packed = g_byte_array_new ();
  g_autoptr(GByteArray) entries = g_byte_array_new ();
  ZSTD_CCtx *context = ZSTD_createCCtx ();
  gssize length;

  g_byte_array_set_size (packed, ZSTD_compressBound (FRAME_SIZE));
  ZSTD_CCtx_setParameter (context, ZSTD_c_compressionLevel, LEVEL);
  ZSTD_CCtx_setParameter (context, ZSTD_c_checksumFlag, 1);
  do
    length = g_cancellable_set_error_if_cancelled (cancellable, error)
               ? -1 : compress_frame (context, from_fd, to_fd, text, packed, entries, error);
  while (length > 0);
  ZSTD_freeCCtx (context);

  return length == 0 && write_table (to_fd, entries, error);
}

/* --- Reading --- */

static gboolean
set_damaged (RunnelZstdReader  *self,
             const char        *what,
             GError           **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
               "The compressed file “%s” is damaged: %s", self->path, what);
  return FALSE;
}

static guint32
get_uint32 (const guint8 *data)
{
  guint32 little;

  memcpy (&little, data, sizeof little);
  return GUINT32_FROM_LE (little);
}

static gboolean
read_at (RunnelZstdReader  *self,
         guint64            offset,
         void              *buffer,
         gsize              length,
         GError           **error)
{
  gsize n_done = 0;

  while (n_done < length)
    {
      gssize n_read = pread (self->fd, (char *) buffer + n_done, length - n_done, offset + n_done);

      if (n_read < 0 && errno == EINTR)
        continue;
      if (n_read < 0)
        return set_errno (error, self->path);
      if (n_read == 0)
        return set_damaged (self, "its end is missing", error);
      n_done += n_read;
    }
  return TRUE;
}

/* Where frames begin is the sum of the sizes before; the sum of all has to be what there is. */
static gboolean
take_entries (RunnelZstdReader  *self,
              const guint8      *entries,
              guint64            table_offset,
              GError           **error)
{
  Frame next = { 0, 0 };

  self->frames = g_new (Frame, self->n_frames + 1);
  for (guint i = 0; i < self->n_frames; i++, entries += ENTRY_SIZE)
    {
      if (get_uint32 (entries + 4) > MAX_FRAME_SIZE)
        return set_damaged (self, "one of its frames is too large", error);
      self->frames[i] = next;
      next.file_offset += get_uint32 (entries);
      next.offset += get_uint32 (entries + 4);
    }
  self->frames[self->n_frames] = next;

  return next.file_offset == table_offset
         || set_damaged (self, "its frames and its table differ", error);
}

static gboolean
read_table (RunnelZstdReader  *self,
            guint64            file_size,
            GError           **error)
{
  guint8 footer[FOOTER_SIZE], head[HEAD_SIZE];
  g_autofree guint8 *entries = NULL;
  guint64 table_size;

  if (file_size < HEAD_SIZE + FOOTER_SIZE)
    return set_damaged (self, "it is too short", error);
  if (!read_at (self, file_size - FOOTER_SIZE, footer, FOOTER_SIZE, error))
    return FALSE;
  self->n_frames = get_uint32 (footer);
  table_size = HEAD_SIZE + (guint64) self->n_frames * ENTRY_SIZE + FOOTER_SIZE;
  if (get_uint32 (footer + 5) != FOOTER_MAGIC || footer[4] != 0 ||
      self->n_frames > MAX_FRAMES || table_size > file_size)
    return set_damaged (self, "it does not end in a table of its frames", error);

  entries = g_malloc (MAX (self->n_frames, 1) * ENTRY_SIZE);
  if (!read_at (self, file_size - table_size, head, HEAD_SIZE, error) ||
      !read_at (self, file_size - table_size + HEAD_SIZE, entries,
                (gsize) self->n_frames * ENTRY_SIZE, error))
    return FALSE;
  if (get_uint32 (head) != TABLE_MAGIC || get_uint32 (head + 4) != table_size - HEAD_SIZE)
    return set_damaged (self, "its table of frames has no beginning", error);

  return take_entries (self, entries, file_size - table_size, error);
}

/**
 * runnel_zstd_reader_open:
 * @path: (type filename): a file that runnel_zstd_compress() wrote
 * @error: return location for a #GIOErrorEnum: %G_IO_ERROR_INVALID_DATA when it is not such a
 *   file
 *
 * Returns: (transfer full) (nullable): the file, open for reading
 */
RunnelZstdReader *
runnel_zstd_reader_open (const char  *path,
                         GError     **error)
{
  g_autoptr(RunnelZstdReader) self = g_new0 (RunnelZstdReader, 1);
  struct stat status;

  self->path = g_strdup (path);
  self->fd = open (path, O_RDONLY | O_CLOEXEC);
  if (self->fd < 0 || fstat (self->fd, &status) < 0)
    {
      set_errno (error, path);
      return NULL;
    }
  if (!read_table (self, status.st_size, error))
    return NULL;
  self->context = ZSTD_createDCtx ();

  return g_steal_pointer (&self);
}

void
runnel_zstd_reader_free (RunnelZstdReader *self)
{
  if (self->fd >= 0)
    close (self->fd);
  ZSTD_freeDCtx (self->context);
  for (guint i = 0; i < N_CACHED; i++)
    g_free (self->cached[i].text);
  g_free (self->frames);
  g_free (self->path);
  g_free (self);
}

/**
 * runnel_zstd_reader_get_size:
 *
 * Returns: bytes of what was compressed
 */
guint64
runnel_zstd_reader_get_size (RunnelZstdReader *self)
{
  return self->frames[self->n_frames].offset;
}

static guint
find_frame (RunnelZstdReader *self,
            guint64           offset)
{
  guint low = 0, high = self->n_frames;

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (self->frames[middle].offset <= offset)
        low = middle;
      else
        high = middle;
    }
  return low;
}

static Cached *
find_cached (RunnelZstdReader *self,
             guint             index)
{
  for (guint i = 0; i < N_CACHED; i++)
    if (self->cached[i].text != NULL && self->cached[i].index == index)
      return &self->cached[i];
  return NULL;
}

static Cached *
find_least_used (RunnelZstdReader *self)
{
  Cached *least = &self->cached[0];

  for (guint i = 1; i < N_CACHED; i++)
    if (self->cached[i].used < least->used)
      least = &self->cached[i];
  return least;
}

/* Returns: (transfer full) (nullable): what is in a frame */
static char *
unpack_frame (RunnelZstdReader  *self,
              const Frame       *frame,
              GError           **error)
{
  gsize packed_size = frame[1].file_offset - frame->file_offset;
  gsize size = frame[1].offset - frame->offset;
  g_autofree char *packed = NULL;
  g_autofree char *text = NULL;
  size_t result;

  if (packed_size > ZSTD_compressBound (MAX_FRAME_SIZE))
    {
      set_damaged (self, "one of its frames is too large", error);
      return NULL;
    }
  packed = g_malloc (packed_size);
  if (!read_at (self, frame->file_offset, packed, packed_size, error))
    return NULL;
  text = g_malloc (MAX (size, 1));
  result = ZSTD_decompressDCtx (self->context, text, size, packed, packed_size);
  if (!ZSTD_isError (result) && result == size)
    return g_steal_pointer (&text);
  set_damaged (self, ZSTD_isError (result) ? ZSTD_getErrorName (result)
                                           : "a frame is not as long as its table says", error);
  return NULL;
}

/* Returns: (nullable): the frame; when it is not in memory and @wait is not set, NULL without an
 * error */
static const char *
load_frame (RunnelZstdReader  *self,
            guint              index,
            gboolean           wait,
            GError           **error)
{
  Cached *cached = find_cached (self, index);

  if (cached == NULL && wait)
    {
      char *text = unpack_frame (self, &self->frames[index], error);

      if (text == NULL)
        return NULL;
      cached = find_least_used (self);
      g_free (cached->text);
      cached->text = text;
      cached->index = index;
    }
  if (cached == NULL)
    return NULL;
  cached->used = ++self->n_uses;
  return cached->text;
}

static gssize
read_frames (RunnelZstdReader  *self,
             guint64            offset,
             void              *buffer,
             gsize              length,
             gboolean           wait,
             GError           **error)
{
  guint64 size = runnel_zstd_reader_get_size (self);
  gsize n_done = 0;

  while (n_done < length && offset < size)
    {
      guint index = find_frame (self, offset);
      gsize skip = offset - self->frames[index].offset;
      gsize rest = self->frames[index + 1].offset - offset;
      gsize n = MIN (rest, length - n_done);
      const char *text = load_frame (self, index, wait, error);

      if (text == NULL)
        return -1;
      memcpy ((char *) buffer + n_done, text + skip, n);
      n_done += n;
      offset += n;
    }
  return n_done;
}

/**
 * runnel_zstd_reader_read:
 * @self: a compressed file
 * @offset: where to begin in what was compressed, in bytes
 * @buffer: (array length=length): where the bytes go
 * @length: how many are wanted
 * @error: return location for a #GIOErrorEnum
 *
 * Reads like pread(2). Quick when one read goes on where the last one ended;
 * elsewhere about a megabyte has to be decompressed.
 *
 * Returns: how many bytes there are, less than @length only at the end; -1 on
 *   failure
 */
gssize
runnel_zstd_reader_read (RunnelZstdReader  *self,
                         guint64            offset,
                         void              *buffer,
                         gsize              length,
                         GError           **error)
{
  return read_frames (self, offset, buffer, length, /* wait= */ TRUE, error);
}

/**
 * runnel_zstd_reader_read_now:
 * @self: a compressed file
 * @offset: where to begin in what was compressed, in bytes
 * @buffer: (array length=length): where the bytes go
 * @length: how many are wanted
 *
 * Reads what is in memory, because it was read not long ago.
 *
 * Returns: as runnel_zstd_reader_read(), or -1 when that would have to be asked
 */
gssize
runnel_zstd_reader_read_now (RunnelZstdReader *self,
                             guint64           offset,
                             void             *buffer,
                             gsize             length)
{
  return read_frames (self, offset, buffer, length, /* wait= */ FALSE, NULL);
}
