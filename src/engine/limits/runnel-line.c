/* runnel-line.c: how a line stands for one who is in it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/limits/runnel-ancestry.h"
#include "engine/limits/runnel-line.h"

static gboolean
is_own (const RunnelTicketRecord *record,
        RunnelTicket             *own)
{
  return own != NULL && record->number == runnel_ticket_get_number (own);
}

/* Whoever waits for us lends us what it has: else both would wait for ever. */
static gboolean
is_lent (const RunnelTicketRecord *record,
         const char               *ancestry)
{
  return record->is_in && runnel_ancestry_has (ancestry, record->run, record->step);
}

/**
 * runnel_line_read:
 * @ret_self: (out): how the line stands
 * @records: (element-type RunnelTicketRecord): all who are in it; must outlive @ret_self
 * @own: (nullable): our ticket
 * @ancestry: the steps inside which we run, see runnel-ancestry.h
 */
void
runnel_line_read (RunnelLine   *ret_self,
                  GPtrArray    *records,
                  RunnelTicket *own,
                  const char   *ancestry)
{
  gboolean is_before = TRUE;

  *ret_self = (RunnelLine) { g_ptr_array_new (), g_ptr_array_new (), 0, FALSE };
  for (guint i = 0; i < records->len; i++)
    {
      RunnelTicketRecord *record = g_ptr_array_index (records, i);

      if (is_own (record, own))
        is_before = FALSE;
      else if (is_lent (record, ancestry))
        ret_self->is_lent = TRUE;
      else if (record->is_in)
        {
          g_ptr_array_add (ret_self->holders, record);
          ret_self->taken += record->slots;
        }
      else if (is_before)
        g_ptr_array_add (ret_self->before, record);
    }
}

void
runnel_line_clear (RunnelLine *self)
{
  g_clear_pointer (&self->holders, g_ptr_array_unref);
  g_clear_pointer (&self->before, g_ptr_array_unref);
}
