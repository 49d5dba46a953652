/* runnel-ticket.h: a line of processes, kept as files in a folder
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a ticket says of the process that holds it. */
typedef struct
{
  guint64 number; /* the order in which they were drawn */
  gint64 run;
  gint64 pid;
  char *step;     /* NULL = the run itself */
  guint slots;    /* how much of what they stand in line for */
  gboolean is_in; /* it has what it stands in line for, and no longer waits */
} RunnelTicketRecord;

/* The folder. Belongs to one thread. Errors are of G_IO_ERROR. */
typedef struct _RunnelTickets RunnelTickets;
/* One of our own tickets; it is void as soon as this process is gone, however that ends. */
typedef struct _RunnelTicket RunnelTicket;

RunnelTickets *runnel_tickets_new     (const char                *folder);
void           runnel_tickets_free    (RunnelTickets             *self);
const char    *runnel_tickets_get_folder (RunnelTickets          *self);
/* What the others do is seen, and what we do is done, only between these two. */
gboolean       runnel_tickets_lock    (RunnelTickets             *self,
                                       GError                   **error);
void           runnel_tickets_unlock  (RunnelTickets             *self);
GPtrArray     *runnel_tickets_list    (RunnelTickets             *self,
                                       GError                   **error);
RunnelTicket  *runnel_tickets_draw    (RunnelTickets             *self,
                                       const RunnelTicketRecord  *record,
                                       GError                   **error);

/* These two need no lock. */
guint64        runnel_ticket_get_number (RunnelTicket            *self);
void           runnel_ticket_give_back  (RunnelTicket            *self);
gboolean       runnel_ticket_rewrite    (RunnelTicket              *self,
                                         const RunnelTicketRecord  *record,
                                         GError                   **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelTickets, runnel_tickets_free)

G_END_DECLS
