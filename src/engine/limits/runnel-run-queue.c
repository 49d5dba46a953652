/* runnel-run-queue.c: a run among the others of its group
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The group is a line (runnel-ticket.h). A run draws a ticket and keeps it until it is over, so
 * its place is free again however it ends.
 */
#include "config.h"

#include "engine/limits/runnel-folder-watch.h"
#include "engine/limits/runnel-line.h"
#include "engine/limits/runnel-run-queue.h"

#define MOST_NAMED 3 /* runs in a reason */

struct _RunnelRunQueue
{
  RunnelTickets *tickets;
  RunnelTicket *ticket;     /* NULL until it has lined up */
  RunnelFolderWatch *watch; /* while it waits */
  RunnelClock *clock;
  char *group;              /* as people know it */
  char *ancestry;
  char *reason;             /* the last one, or NULL */
  gint64 run;
  RunnelPolicy policy;
  guint max;
  RunnelRunQueueCallbacks callbacks;
  gpointer user_data;
};

/* --- Words --- */

static const char *
get_ordinal_suffix (guint number)
{
  if (number % 100 >= 11 && number % 100 <= 13)
    return "th";

  return number % 10 == 1 ? "st" : number % 10 == 2 ? "nd" : number % 10 == 3 ? "rd" : "th";
}

/* Those that have to be over before us, the earliest first. */
static guint
count_ahead (const RunnelLine *line)
{
  return line->holders->len + line->before->len;
}

static gint64
get_ahead (const RunnelLine *line,
           guint             i)
{
  GPtrArray *records = i < line->holders->len ? line->holders : line->before;
  guint position = i < line->holders->len ? i : i - line->holders->len;

  return ((RunnelTicketRecord *) g_ptr_array_index (records, position))->run;
}

static void
append_runs (GString          *text,
             const RunnelLine *line)
{
  guint n = count_ahead (line);

  for (guint i = 0; i < MIN (n, MOST_NAMED); i++)
    g_string_append_printf (text, "%srun %" G_GINT64_FORMAT, i > 0 ? ", " : "",
                            get_ahead (line, i));
  if (n > MOST_NAMED)
    g_string_append_printf (text, " and %u more", n - MOST_NAMED);
}

/* "2nd in the queue of group deploy, behind run 12" */
static char *
describe_place (RunnelRunQueue   *self,
                const RunnelLine *line)
{
  guint number = line->before->len + 1;
  GString *text = g_string_new (NULL);

  g_string_printf (text, "%u%s in the queue of %s, behind ", number, get_ordinal_suffix (number),
                   self->group);
  append_runs (text, line);

  return g_string_free (text, FALSE);
}

static char *
describe_skip (RunnelRunQueue   *self,
               const RunnelLine *line)
{
  GString *text = g_string_new (NULL);

  append_runs (text, line);
  g_string_append_printf (text, " of %s %s under way", self->group,
                          count_ahead (line) > 1 ? "are" : "is");

  return g_string_free (text, FALSE);
}

/* --- The place --- */

static guint64
count_before (const RunnelLine *line)
{
  return line->taken + (line->is_lent ? 0 : line->before->len);
}

static RunnelPlace
choose_place (RunnelRunQueue   *self,
              const RunnelLine *line)
{
  if (self->max == 0 || count_before (line) < self->max)
    return RUNNEL_PLACE_IN;

  return self->policy == RUNNEL_POLICY_SKIP ? RUNNEL_PLACE_SKIPPED : RUNNEL_PLACE_WAITING;
}

/* As many of the earliest as there are too many; those that wait, too, would only be in the way. */
static void
cancel_others (RunnelRunQueue   *self,
               const RunnelLine *line)
{
  guint n = count_ahead (line);
  guint n_too_many = n + 1 > self->max ? n + 1 - self->max : 0;
  g_autofree char *reason = g_strdup_printf ("run %" G_GINT64_FORMAT " of %s takes its place",
                                             self->run, self->group);

  for (guint i = 0; i < MIN (n, n_too_many); i++)
    self->callbacks.cancel (get_ahead (line, i), reason, self->user_data);
}

static gboolean
put_ticket (RunnelRunQueue  *self,
            RunnelPlace      place,
            GError         **error)
{
  RunnelTicketRecord record = { .run = self->run, .slots = 1, .is_in = place == RUNNEL_PLACE_IN };

  if (self->ticket != NULL)
    return runnel_ticket_rewrite (self->ticket, &record, error);

  self->ticket = runnel_tickets_draw (self->tickets, &record, error);

  return self->ticket != NULL;
}

static RunnelPlace
take_place_locked (RunnelRunQueue  *self,
                   char           **ret_reason,
                   GError         **error)
{
  g_autoptr(GPtrArray) records = runnel_tickets_list (self->tickets, error);
  g_auto(RunnelLine) line = { 0, };
  RunnelPlace place;

  if (records == NULL)
    return RUNNEL_PLACE_FAILED;

  runnel_line_read (&line, records, self->ticket, self->ancestry);
  place = choose_place (self, &line);
  if (place == RUNNEL_PLACE_SKIPPED)
    {
      *ret_reason = describe_skip (self, &line);
      return place;
    }
  if (!put_ticket (self, place, error))
    return RUNNEL_PLACE_FAILED;
  if (place == RUNNEL_PLACE_IN)
    return place;

  *ret_reason = describe_place (self, &line);
  if (self->policy == RUNNEL_POLICY_CANCEL_RUNNING)
    cancel_others (self, &line);

  return place;
}

static RunnelPlace
take_place (RunnelRunQueue  *self,
            char           **ret_reason)
{
  g_autoptr(GError) error = NULL;
  RunnelPlace place = RUNNEL_PLACE_FAILED;

  if (runnel_tickets_lock (self->tickets, &error))
    {
      place = take_place_locked (self, ret_reason, &error);
      runnel_tickets_unlock (self->tickets);
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    {
      *ret_reason = g_strdup (self->reason ? self->reason : "others are lining up, too");
      if (self->watch != NULL)
        runnel_folder_watch_look_soon (self->watch);
      return RUNNEL_PLACE_WAITING;
    }
  if (error != NULL)
    *ret_reason = g_strdup_printf ("the queue of %s can't be used: %s", self->group, error->message);

  return place;
}

static void
look_again_cb (gpointer user_data)
{
  RunnelRunQueue *self = user_data;
  g_autofree char *reason = NULL;
  RunnelPlace place = take_place (self, &reason);

  if (place == RUNNEL_PLACE_WAITING && g_strcmp0 (reason, self->reason) == 0)
    return;

  g_free (self->reason);
  self->reason = g_strdup (reason);
  if (place != RUNNEL_PLACE_WAITING)
    g_clear_pointer (&self->watch, runnel_folder_watch_free);
  self->callbacks.moved (place, reason, self->user_data);
}

/**
 * runnel_run_queue_new:
 * @folder: where all groups are
 * @concurrency: what the pipeline says; its group has no expressions any more
 * @run: the number of the run
 * @ancestry: the steps inside which it takes place, see runnel-ancestry.h
 * @clock: (transfer none): must outlive the queue
 *
 * Returns: (transfer full): the queue of the group, as this run sees it
 */
RunnelRunQueue *
runnel_run_queue_new (const char              *folder,
                      const RunnelConcurrency *concurrency,
                      gint64                   run,
                      const char              *ancestry,
                      RunnelClock             *clock)
{
  RunnelRunQueue *self = g_new0 (RunnelRunQueue, 1);
  g_autofree char *id = runnel_concurrency_get_id (concurrency);
  g_autofree char *path = g_build_filename (folder, id, NULL);

  self->tickets = runnel_tickets_new (path);
  self->clock = clock;
  self->group = runnel_concurrency_describe (concurrency);
  self->ancestry = g_strdup (ancestry);
  self->run = run;
  self->policy = concurrency->policy;
  self->max = concurrency->max;

  return self;
}

/**
 * runnel_run_queue_free:
 * @self: (transfer full): its run is over, or is not to begin
 */
void
runnel_run_queue_free (RunnelRunQueue *self)
{
  g_clear_pointer (&self->watch, runnel_folder_watch_free);
  g_clear_pointer (&self->ticket, runnel_ticket_give_back);
  runnel_tickets_free (self->tickets);
  g_free (self->group);
  g_free (self->ancestry);
  g_free (self->reason);
  g_free (self);
}

/**
 * runnel_run_queue_enter:
 * @callbacks: called while the run waits
 * @ret_reason: (out) (transfer full) (nullable): a sentence for people without an end
 *
 * Takes a place. A run that has to wait hears of its further fate from @callbacks->moved.
 *
 * Returns: which
 */
RunnelPlace
runnel_run_queue_enter (RunnelRunQueue                 *self,
                        const RunnelRunQueueCallbacks  *callbacks,
                        gpointer                        user_data,
                        char                          **ret_reason)
{
  RunnelPlace place;

  g_return_val_if_fail (self->ticket == NULL, RUNNEL_PLACE_FAILED);

  self->callbacks = *callbacks;
  self->user_data = user_data;
  place = take_place (self, ret_reason);
  if (place != RUNNEL_PLACE_WAITING)
    return place;

  self->reason = g_strdup (*ret_reason);
  self->watch = runnel_folder_watch_new (runnel_tickets_get_folder (self->tickets), self->clock,
                                         look_again_cb, self);

  return place;
}
