/* runnel-kinds.c: the step kinds and how each is carried out
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/kinds/runnel-kinds.h"

/* In the order in which people see them. */
static const RunnelKindClass *const kinds[] = {
  &runnel_command_kind,
  &runnel_script_kind,
  &runnel_http_kind,
  &runnel_wait_kind,
  &runnel_approval_kind,
  &runnel_pipeline_kind,
  &runnel_foreign_kind,
};

void
runnel_process_spec_clear (RunnelProcessSpec *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->argv, g_strfreev);
  g_clear_pointer (&self->stdin_text, g_free);
  g_clear_pointer (&self->env, g_strfreev);
}

/**
 * runnel_kinds_init:
 *
 * Makes all kinds known to the model. To be called once at start, before any pipeline is read;
 * calling it again does nothing.
 */
void
runnel_kinds_init (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    runnel_kind_register (&kinds[i]->declaration);
}

/**
 * runnel_kinds_lookup:
 * @name: the value of a step's `kind`
 *
 * Returns: (nullable): the kind, or %NULL when there is no such
 */
const RunnelKindClass *
runnel_kinds_lookup (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i]->declaration.name, name))
      return kinds[i];

  return NULL;
}
