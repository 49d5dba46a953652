/* runnel-kind.c: what a step kind declares about itself, as data
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "model/runnel-kind.h"

/* In the order of registration, which is the order people see. Declarations
 * are static data of the rooms above and are registered once at start, before
 * any thread reads them. */
static GPtrArray *registered;

/**
 * runnel_kind_register:
 * @kind: a declaration that stays valid for the life of the process
 *
 * Makes a kind known. Registering the same declaration again changes nothing.
 */
void
runnel_kind_register (const RunnelKind *kind)
{
  g_return_if_fail (kind != NULL && kind->name != NULL && kind->fields != NULL);

  if (runnel_kind_lookup (kind->name) != NULL)
    return;

  if (registered == NULL)
    registered = g_ptr_array_new ();
  g_ptr_array_add (registered, (gpointer) kind);
}

/**
 * runnel_kind_lookup:
 * @name: the value of a step's `kind`
 *
 * Returns: (nullable) (transfer none): the declaration, or %NULL when there is no such kind
 */
const RunnelKind *
runnel_kind_lookup (const char *name)
{
  guint n_kinds;
  const RunnelKind **kinds = runnel_kind_list (&n_kinds);

  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < n_kinds; i++)
    if (strcmp (kinds[i]->name, name) == 0)
      return kinds[i];

  return NULL;
}

/**
 * runnel_kind_list:
 * @ret_n_kinds: (out): how many there are
 *
 * Returns: (transfer none) (array length=ret_n_kinds): all kinds, in the order of registration
 */
const RunnelKind **
runnel_kind_list (guint *ret_n_kinds)
{
  g_return_val_if_fail (ret_n_kinds != NULL, NULL);

  *ret_n_kinds = registered != NULL ? registered->len : 0;

  return registered != NULL ? (const RunnelKind **) registered->pdata : NULL;
}

/**
 * runnel_kind_find_field:
 * @self: a kind
 * @name: a key of `with`
 *
 * Returns: (nullable) (transfer none): the field's declaration
 */
const RunnelField *
runnel_kind_find_field (const RunnelKind *self,
                        const char       *name)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  for (const RunnelField *field = self->fields; field->name != NULL; field++)
    if (strcmp (field->name, name) == 0)
      return field;

  return NULL;
}
