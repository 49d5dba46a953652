/* runnel-environment.c: the environment variables of an attempt
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "engine/runnel-environment.h"

/* Kept as the block that exec takes, so that an attempt without variables of its own costs
 * no copying. Some hundred entries at most: a search along them is faster than a table. */
struct _RunnelEnvironment
{
  GPtrArray *block; /* "NAME=value", NULL at the end */
};

static gboolean
find (RunnelEnvironment *self, const char *name, gsize length, guint *ret_index)
{
  for (guint i = 0; i + 1 < self->block->len; i++)
    {
      const char *entry = g_ptr_array_index (self->block, i);

      if (entry[0] == name[0] && strncmp (entry, name, length) == 0 && entry[length] == '=')
        {
          *ret_index = i;
          return TRUE;
        }
    }
  return FALSE;
}

/**
 * runnel_environment_new:
 * @inherited: "NAME=value" strings, NULL-terminated; copied
 *
 * Returns: (transfer full): an environment
 */
RunnelEnvironment *
runnel_environment_new (const char *const *inherited)
{
  RunnelEnvironment *self = g_new0 (RunnelEnvironment, 1);

  self->block = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; inherited[i] != NULL; i++)
    g_ptr_array_add (self->block, g_strdup (inherited[i]));
  g_ptr_array_add (self->block, NULL);
  return self;
}

/**
 * runnel_environment_copy:
 * @self: an environment
 *
 * Returns: (transfer full): one like it
 */
RunnelEnvironment *
runnel_environment_copy (RunnelEnvironment *self)
{
  return runnel_environment_new (runnel_environment_get_block (self));
}

/**
 * runnel_environment_free:
 * @self: (transfer full): an environment
 */
void
runnel_environment_free (RunnelEnvironment *self)
{
  g_ptr_array_unref (self->block);
  g_free (self);
}

/**
 * runnel_environment_set:
 * @self: an environment
 * @name: a name as runnel_environment_is_name() likes it
 * @value: its value, in place of an earlier one
 */
void
runnel_environment_set (RunnelEnvironment *self, const char *name, const char *value)
{
  char *entry = g_strconcat (name, "=", value, NULL);
  guint i;

  if (find (self, name, strlen (name), &i))
    {
      g_free (g_ptr_array_index (self->block, i));
      g_ptr_array_index (self->block, i) = entry;
    }
  else
    g_ptr_array_insert (self->block, self->block->len - 1, entry);
}

/**
 * runnel_environment_unset:
 * @self: an environment
 * @name: a name; nothing happens if it is not set
 */
void
runnel_environment_unset (RunnelEnvironment *self, const char *name)
{
  guint i;

  if (find (self, name, strlen (name), &i))
    g_ptr_array_remove_index (self->block, i);
}

/**
 * runnel_environment_get_block:
 * @self: an environment
 *
 * Returns: (transfer none): "NAME=value" strings, NULL-terminated; good until the next change
 */
const char *const *
runnel_environment_get_block (RunnelEnvironment *self)
{
  return (const char *const *) self->block->pdata;
}

/**
 * runnel_environment_is_name:
 * @name: a name
 *
 * Returns: whether a variable can have this name: not empty, without "="
 */
gboolean
runnel_environment_is_name (const char *name)
{
  return *name != '\0' && strchr (name, '=') == NULL;
}
