/* foreign.c: a step of another system, kept as it is written there
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What an import finds and a step of ours can't say, such as an action or a call of a template, is
 * kept whole, so that it can be edited and goes back as it came. Nothing of it is ever carried out.
 */
#include "config.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "engine/kinds/runnel-kinds.h"

static const RunnelField fields[] = {
  {
    .name = "system",
    .type = RUNNEL_FIELD_STRING,
    .flags = RUNNEL_FIELD_REQUIRED,
    .label = N_("System"),
    .description = N_("The name of the system that the step comes from, such as github-actions."),
  },
  {
    .name = "definition",
    .type = RUNNEL_FIELD_ANY,
    .flags = RUNNEL_FIELD_REQUIRED | RUNNEL_FIELD_DEFERRED,
    .label = N_("Definition"),
    .description = N_("What stands in the file of that system, as JSON. Expressions in it are "
                      "those of that system and are left as they are."),
  },
  { NULL }
};

static gboolean
foreign_prepare (const RunnelAttempt  *attempt,
                 RunnelProcessSpec    *ret_spec,
                 GError              **error)
{
  const char *system = json_object_get_string_member_with_default (attempt->with, "system", "?");

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
               _("The step is written for %s, and only that can carry it out: write what it does as "
                 "a script, or disable or bypass it"), system);
  return FALSE;
}

const RunnelKindClass runnel_foreign_kind = {
  .declaration = {
    .name = "foreign",
    .title = N_("Foreign"),
    .description = N_("A step of another system, kept as it is written there. An export to that "
                      "system writes it back; here it can’t be carried out, and fails."),
    .icon_name = "runnel-foreign-symbolic",
    .fields = fields,
    .example = "{\"id\": \"checkout\", \"kind\": \"foreign\", \"with\": {\"system\": "
               "\"github-actions\", \"definition\": {\"runs-on\": \"ubuntu-latest\", \"steps\": "
               "[{\"uses\": \"actions/checkout@v4\"}]}}}",
    .summary_field = "system",
  },
  .prepare = foreign_prepare,
};
