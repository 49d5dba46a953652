/* runnel-journal.c: the edits since the last save, kept beside the file for after a crash
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The first line is {"format": 1, "base": "SHA-256 of the saved text"}, each
 * further one an edit, {"do": EDIT}, {"undo": EDIT} or {"redo": EDIT}, each as
 * it was applied, with the time in "at", milliseconds since 1970. A lock is held on the file as long as its writer lives, so
 * that another Runnel does not take it for the work of a crashed one.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "model/runnel-journal.h"
#include "model/runnel-json-read.h"
#include "model/runnel-json-write.h"

#define MAX_LENGTH (256 * 1024 * 1024)
#define MAX_DEPTH  (RUNNEL_JSON_MAX_DEPTH + 20) /* an edit wraps what may be as deep as a document */

typedef enum
{
  OP_APPEND,
  OP_ADOPT,
  OP_REMOVE,
  OP_SET_ASIDE,
  OP_FLUSH,
  OP_QUIT,
} OpType;

typedef struct
{
  OpType type;
  char *base; /* append, adopt */
  char *line; /* append */
} Op;

struct _RunnelJournal
{
  char *path;
  GThread *thread;
  GAsyncQueue *ops;
  GAsyncQueue *flushed; /* one entry for each OP_FLUSH that was reached */

  /* Only for the thread. */
  int fd;
  gboolean failed;      /* told once; without a journal one can still work */
};

static const char *const verb_names[] = { "do", "undo", "redo" };

static void
op_free (Op *op)
{
  g_free (op->base);
  g_free (op->line);
  g_free (op);
}

/* --- In the thread --- */

static void
fail (RunnelJournal *self,
      const char    *what)
{
  int code = errno;

  if (!self->failed)
    g_message ("Can't %s the crash journal %s: %s", what, self->path, g_strerror (code));
  self->failed = TRUE;
}

static gboolean
write_all (int         fd,
           const char *text,
           gsize       length)
{
  while (length > 0)
    {
      gssize written = write (fd, text, length);

      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        return FALSE;
      text += written;
      length -= written;
    }

  return TRUE;
}

/* Takes a last line away that a crash has torn, so that the next one starts on a line of its own. */
static gboolean
cut_torn_line (int fd)
{
  gint64 end = lseek (fd, 0, SEEK_END);
  char c = '\0';

  while (end > 0 && pread (fd, &c, 1, end - 1) == 1 && c != '\n')
    end--;

  return ftruncate (fd, end) == 0 && lseek (fd, 0, SEEK_END) == end;
}

static gboolean
write_header (RunnelJournal *self,
              const char    *base)
{
  g_autofree char *header = g_strdup_printf ("{\"format\": 1, \"base\": \"%s\"}\n", base);

  return write_all (self->fd, header, strlen (header));
}

static gboolean
open_file (RunnelJournal *self,
           const char    *base)
{
  if (self->fd >= 0)
    return TRUE;

  self->fd = g_open (self->path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (self->fd >= 0 && flock (self->fd, LOCK_EX | LOCK_NB) == 0 && cut_torn_line (self->fd) &&
      (lseek (self->fd, 0, SEEK_CUR) > 0 || write_header (self, base)))
    return TRUE;

  fail (self, "open");
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;

  return FALSE;
}

static void
close_file (RunnelJournal *self)
{
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
}

/* The disk is waited for once for all edits made in the meantime. */
static void
do_append (RunnelJournal *self,
           const Op      *op)
{
  if (!open_file (self, op->base))
    return;

  if (!write_all (self->fd, op->line, strlen (op->line)))
    fail (self, "write");
  else if (g_async_queue_length (self->ops) <= 0 && fdatasync (self->fd) != 0)
    fail (self, "write");
}

static void
do_remove (RunnelJournal *self)
{
  if (self->fd >= 0 && g_unlink (self->path) != 0)
    fail (self, "remove");
  close_file (self);
}

static void
do_set_aside (RunnelJournal *self)
{
  g_autofree char *orphan = g_strconcat (self->path, ".orphan", NULL);

  close_file (self);
  if (g_rename (self->path, orphan) != 0 && errno != ENOENT)
    fail (self, "set aside");
}

static gpointer
journal_thread (gpointer data)
{
  RunnelJournal *self = data;

  for (;;)
    {
      Op *op = g_async_queue_pop (self->ops);
      OpType type = op->type;

      switch (type)
        {
        case OP_APPEND:
          do_append (self, op);
          break;
        case OP_ADOPT:
          open_file (self, op->base);
          break;
        case OP_REMOVE:
          do_remove (self);
          break;
        case OP_SET_ASIDE:
          do_set_aside (self);
          break;
        case OP_FLUSH:
          g_async_queue_push (self->flushed, self);
          break;
        case OP_QUIT:
          close_file (self);
          break;
        }
      op_free (op);
      if (type == OP_QUIT)
        return NULL;
    }
}

static void
push (RunnelJournal *self,
      OpType         type,
      const char    *base,
      char          *line)
{
  Op *op = g_new (Op, 1);

  *op = (Op) { type, g_strdup (base), line };
  g_async_queue_push (self->ops, op);
}

/* --- Reading --- */

static gboolean
read_header (const char *line,
             gsize       length,
             const char *base)
{
  g_autoptr(JsonNode) node = runnel_json_read (line, length, MAX_DEPTH, NULL, NULL);
  JsonNode *value;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;

  value = json_object_get_member (json_node_get_object (node), "base");

  return value != NULL && JSON_NODE_HOLDS_VALUE (value) && g_strcmp0 (json_node_get_string (value), base) == 0;
}

static gint64
read_time (JsonObject *object)
{
  JsonNode *node = json_object_get_member (object, "at");

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_int (node) * 1000 : 0;
}

static RunnelJournalEntry *
read_entry (const char *line,
            gsize       length)
{
  g_autoptr(JsonNode) node = runnel_json_read (line, length, MAX_DEPTH, NULL, NULL);

  for (guint i = 0; node != NULL && JSON_NODE_HOLDS_OBJECT (node) && i < G_N_ELEMENTS (verb_names); i++)
    {
      JsonNode *value = json_object_get_member (json_node_get_object (node), verb_names[i]);
      RunnelEdit *edit = value != NULL ? runnel_edit_new_from_json (value, NULL) : NULL;
      RunnelJournalEntry *entry;

      if (edit == NULL)
        continue;
      entry = g_new (RunnelJournalEntry, 1);
      *entry = (RunnelJournalEntry) { i, edit, read_time (json_node_get_object (node)) };
      return entry;
    }

  return NULL;
}

/* Reads up to the first line that is torn or makes no sense. NULL when the journal is of another text. */
static GPtrArray *
parse (const char *text,
       gsize       length,
       const char *base)
{
  g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_journal_entry_free);
  const char *line = text, *end = text + length, *newline;
  gboolean is_header = TRUE;

  while ((newline = memchr (line, '\n', end - line)) != NULL)
    {
      if (is_header && !read_header (line, newline - line, base))
        return NULL;
      if (!is_header)
        {
          RunnelJournalEntry *entry = read_entry (line, newline - line);

          if (entry == NULL)
            break;
          g_ptr_array_add (entries, entry);
        }
      is_header = FALSE;
      line = newline + 1;
    }

  return g_steal_pointer (&entries);
}

static gboolean
read_file (int      fd,
           char   **ret_text,
           gsize   *ret_length)
{
  struct stat status;
  gsize length = 0;
  gssize n;

  if (fstat (fd, &status) != 0 || !S_ISREG (status.st_mode) || status.st_size > MAX_LENGTH)
    return FALSE;

  *ret_text = g_malloc (status.st_size + 1);
  while ((n = read (fd, *ret_text + length, status.st_size - length)) > 0)
    length += n;
  *ret_length = length;

  return n == 0;
}

/* --- Public --- */

/**
 * runnel_journal_entry_free:
 * @self: (transfer full): an entry
 */
void
runnel_journal_entry_free (RunnelJournalEntry *self)
{
  runnel_edit_unref (self->edit);
  g_free (self);
}

/**
 * runnel_journal_make_path:
 * @document: path of a document's file
 *
 * Returns: (transfer full): path of its journal, ".NAME.journal" in the same folder
 */
char *
runnel_journal_make_path (const char *document)
{
  g_autofree char *folder = g_path_get_dirname (document);
  g_autofree char *name = g_path_get_basename (document);
  g_autofree char *journal = g_strdup_printf (".%s.journal", name);

  return g_build_filename (folder, journal, NULL);
}

/**
 * runnel_journal_read:
 * @path: path of a journal
 * @base: SHA-256 of the document's text as it is in its file
 *
 * Looks for the work of a session that crashed. A journal that was made for
 * another text is kept beside as ".orphan". Reads files: not for the
 * application's thread.
 *
 * Returns: (transfer full) (nullable) (element-type RunnelJournalEntry): the
 *   edits, or %NULL when there are none to replay, or they are those of a
 *   session that still lives
 */
GPtrArray *
runnel_journal_read (const char *path,
                     const char *base)
{
  g_autofree char *text = NULL, *orphan = NULL;
  g_autoptr(GPtrArray) entries = NULL;
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0);
  gsize length;

  if (fd < 0)
    return NULL;
  if (flock (fd, LOCK_SH | LOCK_NB) != 0)
    {
      close (fd);
      return NULL;
    }

  if (read_file (fd, &text, &length))
    entries = parse (text, length, base);
  close (fd);

  if (entries == NULL)
    {
      orphan = g_strconcat (path, ".orphan", NULL);
      if (g_rename (path, orphan) != 0)
        g_message ("Can't set the crash journal %s aside: %s", path, g_strerror (errno));
      return NULL;
    }

  return entries->len > 0 ? g_steal_pointer (&entries) : NULL;
}

/**
 * runnel_journal_new:
 * @path: where the journal is to be; made with the first edit
 *
 * Returns: (transfer full): a journal
 */
RunnelJournal *
runnel_journal_new (const char *path)
{
  RunnelJournal *self = g_new0 (RunnelJournal, 1);

  self->path = g_strdup (path);
  self->fd = -1;
  self->ops = g_async_queue_new_full ((GDestroyNotify) op_free);
  self->flushed = g_async_queue_new ();
  self->thread = g_thread_new ("journal", journal_thread, self);

  return self;
}

/**
 * runnel_journal_free:
 * @self: (transfer full): a journal
 *
 * Waits until all is written. The file stays.
 */
void
runnel_journal_free (RunnelJournal *self)
{
  push (self, OP_QUIT, NULL, NULL);
  g_thread_join (self->thread);
  g_async_queue_unref (self->ops);
  g_async_queue_unref (self->flushed);
  g_free (self->path);
  g_free (self);
}

/**
 * runnel_journal_append:
 * @self: a journal
 * @base: SHA-256 of the saved text, for the first line of a new file
 * @entry: what was done
 *
 * Adds an edit. Returns at once; what goes wrong with the file is logged.
 */
void
runnel_journal_append (RunnelJournal            *self,
                       const char               *base,
                       const RunnelJournalEntry *entry)
{
  g_autoptr(JsonNode) json = runnel_edit_to_json (entry->edit);
  GString *line = g_string_new (NULL);

  g_string_append_printf (line, "{\"%s\": ", verb_names[entry->verb]);
  runnel_json_write_compact (line, json);
  g_string_append_printf (line, ", \"at\": %" G_GINT64_FORMAT "}\n", entry->time / 1000);

  push (self, OP_APPEND, base, g_string_free (line, FALSE));
}

/**
 * runnel_journal_adopt:
 * @self: a journal
 * @base: SHA-256 of the saved text
 *
 * Goes on with the file that a session that crashed has left.
 */
void
runnel_journal_adopt (RunnelJournal *self,
                      const char    *base)
{
  push (self, OP_ADOPT, base, NULL);
}

/**
 * runnel_journal_remove:
 * @self: a journal
 *
 * Removes the file, if this journal has written or adopted one. The next edit makes a new one.
 */
void
runnel_journal_remove (RunnelJournal *self)
{
  push (self, OP_REMOVE, NULL, NULL);
}

/**
 * runnel_journal_set_aside:
 * @self: a journal
 *
 * Renames a file that is there to ".orphan", where nothing looks for it but a person.
 */
void
runnel_journal_set_aside (RunnelJournal *self)
{
  push (self, OP_SET_ASIDE, NULL, NULL);
}

/**
 * runnel_journal_flush:
 * @self: a journal
 *
 * Waits until all that was asked for is done.
 */
void
runnel_journal_flush (RunnelJournal *self)
{
  push (self, OP_FLUSH, NULL, NULL);
  g_async_queue_pop (self->flushed);
}
