/* runnel-machine-pools.c: resources that all runs on the machine share
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A pool is a line (runnel-ticket.h). Whoever has slots keeps a ticket that says how many; runs
 * that wait have one ticket each, and only the first of them may take what becomes free. So a
 * step that wants all slots is not overtaken for ever by steps that want one, and since slots are
 * taken all at once, two runs never hold what the other one lacks.
 */
#include "config.h"

#include "engine/limits/runnel-folder-watch.h"
#include "engine/limits/runnel-line.h"
#include "engine/limits/runnel-machine-pools.h"
#include "engine/limits/runnel-ticket.h"

#define MOST_NAMED 3 /* holders in a reason */

typedef struct _FilePools FilePools;

typedef struct
{
  FilePools *pools;
  char *name;
  guint size;
  RunnelTickets *tickets;
  RunnelTicket *waiting;    /* this run's place in the line, or NULL */
  RunnelFolderWatch *watch; /* while a step waits */
  gboolean is_asked;        /* since the last look */
} Pool;

struct _FilePools
{
  RunnelMachinePools pools;
  RunnelClock *clock;
  char *folder;
  gint64 run;
  char *ancestry;
  GHashTable *by_name; /* of Pool */
};

struct _RunnelPoolLease
{
  RunnelTicket *ticket;
};

static void
stop_waiting (Pool *self)
{
  g_clear_pointer (&self->watch, runnel_folder_watch_free);
  g_clear_pointer (&self->waiting, runnel_ticket_give_back);
}

static void
pool_free (gpointer data)
{
  Pool *self = data;

  stop_waiting (self);
  runnel_tickets_free (self->tickets);
  g_free (self->name);
  g_free (self);
}

static void
add_pool (FilePools  *self,
          const char *name,
          guint       size)
{
  g_autofree char *folder = g_build_filename (self->folder, name, NULL);
  Pool *pool = g_new0 (Pool, 1);

  pool->pools = self;
  pool->name = g_strdup (name);
  pool->size = size;
  pool->tickets = runnel_tickets_new (folder);
  g_hash_table_insert (self->by_name, pool->name, pool);
}

/* --- Waiting --- */

/* A run that has no use for its place any more must not keep others from theirs. */
static void
look_again_cb (gpointer user_data)
{
  Pool *self = user_data;
  RunnelMachinePools *pools = &self->pools->pools;

  self->is_asked = FALSE;
  if (pools->changed != NULL)
    pools->changed (pools->user_data);
  if (!self->is_asked)
    stop_waiting (self);
}

static void
watch (Pool *self)
{
  if (self->watch == NULL)
    self->watch = runnel_folder_watch_new (runnel_tickets_get_folder (self->tickets),
                                           self->pools->clock, look_again_cb, self);
}

/* --- The line --- */

/* Whoever is lent something does not wait for those who wait for its owner. */
static gboolean
is_free (Pool             *self,
         const RunnelLine *line,
         guint             slots)
{
  return (line->before->len == 0 || line->is_lent) && line->taken + slots <= self->size;
}

/* "run 42 step train" */
static void
append_names (GString   *text,
              GPtrArray *records)
{
  for (guint i = 0; i < MIN (records->len, MOST_NAMED); i++)
    {
      RunnelTicketRecord *record = g_ptr_array_index (records, i);

      g_string_append_printf (text, "%s run %" G_GINT64_FORMAT, i > 0 ? "," : "", record->run);
      if (record->step != NULL)
        g_string_append_printf (text, " step %s", record->step);
    }
  if (records->len > MOST_NAMED)
    g_string_append_printf (text, " and %u more", records->len - MOST_NAMED);
}

static char *
describe_wait (Pool             *self,
               const RunnelLine *line)
{
  GString *text = g_string_new (NULL);

  g_string_printf (text, "pool %s: %" G_GUINT64_FORMAT " of %u held", self->name, line->taken,
                   self->size);
  if (line->holders->len > 0)
    g_string_append (text, " by");
  append_names (text, line->holders);
  if (line->before->len > 0)
    g_string_append (text, "; before it comes");
  append_names (text, line->before);

  return g_string_free (text, FALSE);
}

/* Says in the ticket of this run, or in a new one, how it stands. */
static gboolean
put_ticket (Pool                      *self,
            const RunnelTicketRecord  *record,
            GError                   **error)
{
  if (self->waiting != NULL)
    return runnel_ticket_rewrite (self->waiting, record, error);

  self->waiting = runnel_tickets_draw (self->tickets, record, error);

  return self->waiting != NULL;
}

static RunnelPoolLease *
take_locked (Pool        *self,
             guint        slots,
             const char  *step,
             char       **ret_reason,
             GError     **error)
{
  RunnelTicketRecord record = { .run = self->pools->run, .step = (char *) step, .slots = slots };
  g_autoptr(GPtrArray) records = runnel_tickets_list (self->tickets, error);
  g_auto(RunnelLine) line = { 0, };
  RunnelPoolLease *lease;

  if (records == NULL)
    return NULL;

  runnel_line_read (&line, records, self->waiting, self->pools->ancestry);
  record.is_in = is_free (self, &line, slots);
  if (!put_ticket (self, &record, error))
    return NULL;
  if (!record.is_in)
    {
      *ret_reason = describe_wait (self, &line);
      return NULL;
    }

  /* The place in the line has become one among those who have their slots. */
  lease = g_new0 (RunnelPoolLease, 1);
  lease->ticket = g_steal_pointer (&self->waiting);

  return lease;
}

/* --- The table --- */

static guint
file_pools_get_size (RunnelMachinePools *pools,
                     const char         *name)
{
  FilePools *self = (FilePools *) pools;
  Pool *pool = g_hash_table_lookup (self->by_name, name);

  return pool != NULL ? pool->size : 0;
}

static RunnelPoolLease *
file_pools_take (RunnelMachinePools  *pools,
                 const char          *name,
                 guint                slots,
                 const char          *step,
                 char               **ret_reason,
                 GError             **error)
{
  FilePools *self = (FilePools *) pools;
  Pool *pool = g_hash_table_lookup (self->by_name, name);
  g_autoptr(GError) problem = NULL;
  RunnelPoolLease *lease = NULL;

  g_return_val_if_fail (pool != NULL, NULL);

  pool->is_asked = TRUE;
  if (runnel_tickets_lock (pool->tickets, &problem))
    {
      /* The settings may have shrunk since the pipeline was checked; waiting would be for ever. */
      lease = take_locked (pool, MIN (slots, pool->size), step, ret_reason, &problem);
      runnel_tickets_unlock (pool->tickets);
    }
  else if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    {
      *ret_reason = g_strdup_printf ("pool %s: others are being served", name);
      if (pool->watch != NULL)
        runnel_folder_watch_look_soon (pool->watch);
      g_clear_error (&problem);
    }

  if (problem == NULL && lease == NULL)
    watch (pool);
  if (problem != NULL)
    g_propagate_prefixed_error (error, g_steal_pointer (&problem), "pool %s can't be used: ", name);

  return lease;
}

static void
file_pools_give_back (RunnelMachinePools *pools,
                      RunnelPoolLease    *lease)
{
  runnel_ticket_give_back (lease->ticket);
  g_free (lease);
}

static void
file_pools_free (RunnelMachinePools *pools)
{
  FilePools *self = (FilePools *) pools;

  g_hash_table_unref (self->by_name);
  g_free (self->ancestry);
  g_free (self->folder);
  g_free (self);
}

/**
 * runnel_machine_pools_free:
 * @self: (transfer full) (nullable): pools of which the run holds nothing any more
 */
void
runnel_machine_pools_free (RunnelMachinePools *self)
{
  if (self != NULL)
    self->free (self);
}

/**
 * runnel_machine_pools_new:
 * @settings: (transfer none): say which pools there are
 * @folder: where all runs keep their tickets, "$XDG_STATE_HOME/runnel/pools"
 * @run: the number of the run that asks
 * @ancestry: the steps inside which it takes place, see runnel-ancestry.h
 * @clock: (transfer none): must outlive the pools
 *
 * Returns: (transfer full): the pools of this machine
 */
RunnelMachinePools *
runnel_machine_pools_new (RunnelSettings *settings,
                          const char     *folder,
                          gint64          run,
                          const char     *ancestry,
                          RunnelClock    *clock)
{
  FilePools *self = g_new0 (FilePools, 1);
  g_auto(GStrv) names = runnel_settings_list_pools (settings);

  self->pools.get_size = file_pools_get_size;
  self->pools.take = file_pools_take;
  self->pools.give_back = file_pools_give_back;
  self->pools.free = file_pools_free;
  self->clock = clock;
  self->folder = g_strdup (folder);
  self->run = run;
  self->ancestry = g_strdup (ancestry);
  self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, pool_free);
  for (guint i = 0; names[i] != NULL; i++)
    add_pool (self, names[i], runnel_settings_get_pool_size (settings, names[i]));

  return &self->pools;
}
