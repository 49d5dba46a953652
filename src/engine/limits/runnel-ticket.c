/* runnel-ticket.c: a line of processes, kept as files in a folder
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each ticket is a file named by its number and locked with flock(2) by the process that drew it.
 * The lock goes with the process, however that dies, so a ticket that can be locked by somebody
 * else is void and is removed by whoever sees it. The descriptors are not inherited by programs
 * that are executed. A second lock, on the folder, makes looking and acting one.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>

#include "engine/limits/runnel-folder-lock.h"
#include "engine/limits/runnel-ticket.h"

#define LONGEST_TEXT 1024
#define PATIENCE (50 * G_TIME_SPAN_MILLISECOND) /* whoever is in line looks again anyway */

struct _RunnelTickets
{
  char *folder;
  int fd; /* of the folder while it is locked, else -1 */
};

struct _RunnelTicket
{
  char *path;
  guint64 number;
  int fd;
};

static gboolean
fail (GError    **error,
      const char *what,
      const char *path)
{
  int code = errno;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s “%s”: %s", what, path,
               g_strerror (code));

  return FALSE;
}

static void
record_free (gpointer data)
{
  RunnelTicketRecord *self = data;

  g_free (self->step);
  g_free (self);
}

/* --- What stands in a ticket --- */

static char *
format_record (const RunnelTicketRecord *record)
{
  g_autoptr(JsonObject) object = json_object_new ();
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char *text = NULL;

  json_object_set_string_member (object, "state", record->is_in ? "in" : "waiting");
  json_object_set_int_member (object, "run", record->run);
  if (record->step != NULL)
    json_object_set_string_member (object, "step", record->step);
  json_object_set_int_member (object, "slots", record->slots);
  json_object_set_int_member (object, "pid", getpid ());
  text = json_to_string (node, FALSE);

  return g_strconcat (text, "\n", NULL);
}

/* One that makes no sense still counts: somebody holds it. */
static RunnelTicketRecord *
parse_record (const char *text,
              guint64     number)
{
  RunnelTicketRecord *record = g_new0 (RunnelTicketRecord, 1);
  g_autoptr(JsonNode) node = json_from_string (text, NULL);
  JsonObject *object;

  record->number = number;
  record->slots = 1;
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return record;

  object = json_node_get_object (node);
  record->run = json_object_get_int_member_with_default (object, "run", 0);
  record->pid = json_object_get_int_member_with_default (object, "pid", 0);
  record->slots = json_object_get_int_member_with_default (object, "slots", 1);
  record->step = g_strdup (json_object_get_string_member_with_default (object, "step", NULL));
  record->is_in = g_strcmp0 (json_object_get_string_member_with_default (object, "state", NULL),
                             "in") == 0;

  return record;
}

static gboolean
write_record (int                        fd,
              const RunnelTicketRecord  *record,
              const char                *path,
              GError                   **error)
{
  g_autofree char *text = format_record (record);
  gssize length = strlen (text);

  if (pwrite (fd, text, length, 0) == length && ftruncate (fd, length) == 0)
    return TRUE;

  return fail (error, "Can't write the ticket", path);
}

/* --- The tickets that are there --- */

static int
compare_records (gconstpointer a,
                 gconstpointer b)
{
  const RunnelTicketRecord *const *first = a, *const *second = b;

  return ((*first)->number > (*second)->number) - ((*first)->number < (*second)->number);
}

/* Returns: (transfer full) (nullable): what it says, or NULL when nobody holds it any more */
static RunnelTicketRecord *
read_ticket (RunnelTickets *self,
             const char    *name,
             guint64        number)
{
  int fd = openat (self->fd, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  RunnelTicketRecord *record = NULL;
  char text[LONGEST_TEXT + 1];
  gssize length;

  if (fd < 0)
    return NULL;

  if (flock (fd, LOCK_SH | LOCK_NB) == 0)
    unlinkat (self->fd, name, 0);
  else
    {
      length = pread (fd, text, LONGEST_TEXT, 0);
      text[MAX (length, 0)] = '\0';
      record = parse_record (text, number);
    }
  close (fd);

  return record;
}

static RunnelTicket *
make_ticket (RunnelTickets             *self,
             guint64                    number,
             const RunnelTicketRecord  *record,
             GError                   **error)
{
  g_autofree char *path = g_strdup_printf ("%s/%" G_GUINT64_FORMAT, self->folder, number);
  int fd = g_open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  RunnelTicket *ticket;

  if (fd < 0 || flock (fd, LOCK_EX | LOCK_NB) != 0)
    {
      fail (error, "Can't make the ticket", path);
      if (fd >= 0)
        close (fd);
      return NULL;
    }

  ticket = g_new0 (RunnelTicket, 1);
  ticket->path = g_steal_pointer (&path);
  ticket->number = number;
  ticket->fd = fd;
  if (write_record (fd, record, ticket->path, error))
    return ticket;

  runnel_ticket_give_back (ticket);

  return NULL;
}

/* --- The folder --- */

/**
 * runnel_tickets_new:
 * @folder: absolute; is made, for this user only, when it is used
 *
 * Returns: (transfer full): the line of those who have a ticket in @folder
 */
RunnelTickets *
runnel_tickets_new (const char *folder)
{
  RunnelTickets *self = g_new0 (RunnelTickets, 1);

  self->folder = g_strdup (folder);
  self->fd = -1;

  return self;
}

/**
 * runnel_tickets_free:
 * @self: (transfer full): not locked; its tickets live on
 */
void
runnel_tickets_free (RunnelTickets *self)
{
  g_free (self->folder);
  g_free (self);
}

const char *
runnel_tickets_get_folder (RunnelTickets *self)
{
  return self->folder;
}

/**
 * runnel_tickets_lock:
 * @error: %G_IO_ERROR_WOULD_BLOCK when somebody else has the lock for too long: ask again later
 *
 * Keeps everybody else from looking at the line and from drawing tickets.
 *
 * Returns: whether it is locked
 */
gboolean
runnel_tickets_lock (RunnelTickets  *self,
                     GError        **error)
{
  self->fd = runnel_folder_lock (self->folder, PATIENCE, error);

  return self->fd >= 0;
}

void
runnel_tickets_unlock (RunnelTickets *self)
{
  runnel_folder_unlock (self->fd);
  self->fd = -1;
}

/**
 * runnel_tickets_list:
 * @self: locked
 *
 * Reads all tickets, also our own, and removes those of processes that are gone.
 *
 * Returns: (transfer container) (element-type RunnelTicketRecord) (nullable): those that are
 *   held, the earliest first
 */
GPtrArray *
runnel_tickets_list (RunnelTickets  *self,
                     GError        **error)
{
  g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func (record_free);
  g_autoptr(GDir) folder = g_dir_open (self->folder, 0, error);
  const char *name;

  if (folder == NULL)
    return NULL;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      RunnelTicketRecord *record = NULL;
      guint64 number;

      if (g_ascii_string_to_unsigned (name, 10, 1, G_MAXUINT64 - 1, &number, NULL))
        record = read_ticket (self, name, number);
      if (record != NULL)
        g_ptr_array_add (records, record);
    }
  g_ptr_array_sort (records, compare_records);

  return g_steal_pointer (&records);
}

/**
 * runnel_tickets_draw:
 * @self: locked
 * @record: what the ticket says; number and pid are filled in
 *
 * Returns: (transfer full) (nullable): a ticket behind all others
 */
RunnelTicket *
runnel_tickets_draw (RunnelTickets             *self,
                     const RunnelTicketRecord  *record,
                     GError                   **error)
{
  g_autoptr(GPtrArray) records = runnel_tickets_list (self, error);
  guint64 number = 0;

  if (records == NULL)
    return NULL;
  if (records->len > 0)
    number = ((RunnelTicketRecord *) g_ptr_array_index (records, records->len - 1))->number;

  return make_ticket (self, number + 1, record, error);
}

guint64
runnel_ticket_get_number (RunnelTicket *self)
{
  return self->number;
}

/**
 * runnel_ticket_rewrite:
 * @self: a ticket whose folder is locked
 * @record: what it says from now on
 *
 * Returns: whether it could be written
 */
gboolean
runnel_ticket_rewrite (RunnelTicket              *self,
                       const RunnelTicketRecord  *record,
                       GError                   **error)
{
  return write_record (self->fd, record, self->path, error);
}

/**
 * runnel_ticket_give_back:
 * @self: (transfer full): a ticket
 *
 * Leaves the line. The file goes before its lock does, so nobody sees it in between.
 */
void
runnel_ticket_give_back (RunnelTicket *self)
{
  g_unlink (self->path);
  close (self->fd);
  g_free (self->path);
  g_free (self);
}
