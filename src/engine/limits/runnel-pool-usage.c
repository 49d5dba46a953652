/* runnel-pool-usage.c: how full the pools of the machine are
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/limits/runnel-pool-usage.h"
#include "engine/limits/runnel-ticket.h"

void
runnel_pool_usage_free (RunnelPoolUsage *self)
{
  g_free (self->pool);
  g_free (self);
}

static void
count_tickets (RunnelPoolUsage *self,
               GPtrArray       *records)
{
  for (guint i = 0; i < records->len; i++)
    {
      const RunnelTicketRecord *record = g_ptr_array_index (records, i);

      if (record->is_in)
        self->n_used += record->slots;
      else
        self->n_waiting++;
    }
}

/* A line that can't be read now counts as empty: whoever looks will look again. */
static void
read_line (RunnelPoolUsage *self,
           const char      *folder)
{
  RunnelTickets *tickets = runnel_tickets_new (folder);

  if (runnel_tickets_lock (tickets, NULL))
    {
      g_autoptr(GPtrArray) records = runnel_tickets_list (tickets, NULL);

      if (records != NULL)
        count_tickets (self, records);
      runnel_tickets_unlock (tickets);
    }
  runnel_tickets_free (tickets);
}

/**
 * runnel_pool_usage_list:
 * @settings: which pools there are
 * @folder: where runnel_machine_pools_new() keeps who has what
 *
 * Reads files.
 *
 * Returns: (transfer full) (element-type RunnelPoolUsage): the pools of the machine
 */
GPtrArray *
runnel_pool_usage_list (RunnelSettings *settings,
                        const char     *folder)
{
  GPtrArray *usages = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_pool_usage_free);
  g_auto(GStrv) pools = runnel_settings_list_pools (settings);

  for (char **pool = pools; *pool != NULL; pool++)
    {
      g_autofree char *line = g_build_filename (folder, *pool, NULL);
      RunnelPoolUsage *usage = g_new0 (RunnelPoolUsage, 1);

      usage->pool = g_strdup (*pool);
      usage->n_slots = runnel_settings_get_pool_size (settings, *pool);
      if (g_file_test (line, G_FILE_TEST_IS_DIR))
        read_line (usage, line);
      g_ptr_array_add (usages, usage);
    }

  return usages;
}
