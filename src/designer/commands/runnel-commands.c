/* runnel-commands.c: all commands of the application
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The canvas and the application each have a table of their own beside the functions that do the
 * work. They are collected here for those who want to see all.
 */
#include "config.h"

#include "designer/commands/runnel-commands.h"

static GPtrArray *
get_list (void)
{
  static GPtrArray *list;

  if (!list)
    list = g_ptr_array_new ();
  return list;
}

/* Groups in their order, within one as they were added. */
static int
compare (gconstpointer a,
         gconstpointer b)
{
  const RunnelCommand *left = *(const RunnelCommand *const *) a;
  const RunnelCommand *right = *(const RunnelCommand *const *) b;

  return (int) left->group - (int) right->group;
}

/**
 * runnel_commands_add:
 * @command: a row of a table that is never freed
 *
 * Makes a command known. It is an error to add a name twice.
 */
void
runnel_commands_add (const RunnelCommand *command)
{
  g_return_if_fail (command);
  g_return_if_fail (!runnel_commands_lookup (command->name));

  g_ptr_array_add (get_list (), (gpointer) command);
}

/**
 * runnel_commands_lookup:
 * @name: an action with its target, such as "canvas.connect::success"
 *
 * Returns: (transfer none) (nullable): the command of that name
 */
const RunnelCommand *
runnel_commands_lookup (const char *name)
{
  GPtrArray *list = get_list ();

  g_return_val_if_fail (name, NULL);

  for (guint i = 0; i < list->len; i++)
    {
      const RunnelCommand *command = g_ptr_array_index (list, i);

      if (g_str_equal (command->name, name))
        return command;
    }
  return NULL;
}

/**
 * runnel_commands_list:
 *
 * Returns: (transfer container) (element-type RunnelCommand): all commands, group by group
 */
GPtrArray *
runnel_commands_list (void)
{
  GPtrArray *list = g_ptr_array_copy (get_list (), NULL, NULL);

  g_ptr_array_sort (list, compare);
  return list;
}
