/* command.c: a program run with its arguments, without a shell
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "engine/kinds/runnel-kinds.h"
#include "expr/runnel-expr.h"

static const RunnelField fields[] = {
  {
    .name = "argv",
    .type = RUNNEL_FIELD_STRINGS,
    .flags = RUNNEL_FIELD_REQUIRED,
    .label = N_("Command"),
    .description = N_("The program and its arguments, one entry each. The program is looked for in "
                      "PATH, or is a file when its name has a slash. There is no shell: nothing is "
                      "split, expanded or redirected."),
  },
  {
    .name = "stdin",
    .type = RUNNEL_FIELD_STRING,
    .flags = RUNNEL_FIELD_MULTILINE | RUNNEL_FIELD_SECRETS,
    .label = N_("Input"),
    .description = N_("Text that the program reads from its standard input. Without it the input "
                      "is empty."),
  },
  { NULL }
};

/* An expression that is a whole entry keeps its type: a number is as good as its text, but what
 * an array or an object would mean as one argument nobody can tell. */
static char *
make_argument (JsonNode  *node,
               guint      position,
               GError   **error)
{
  if (JSON_NODE_HOLDS_ARRAY (node) || JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   "Entry %u of “argv” is %s, not text; use toJSON() or join() to make it one",
                   position + 1, JSON_NODE_HOLDS_ARRAY (node) ? "a list" : "an object");
      return NULL;
    }
  return runnel_value_to_text (node);
}

static gboolean
command_prepare (const RunnelAttempt  *attempt,
                 RunnelProcessSpec    *ret_spec,
                 GError              **error)
{
  JsonNode *member = json_object_get_member (attempt->with, "argv");
  JsonArray *array = member && JSON_NODE_HOLDS_ARRAY (member) ? json_node_get_array (member) : NULL;
  guint length = array ? json_array_get_length (array) : 0;
  g_auto(GStrv) argv = NULL;

  if (length == 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           "“argv” names no program: give a list such as [\"make\", \"all\"]");
      return FALSE;
    }

  argv = g_new0 (char *, length + 1);
  for (guint i = 0; i < length; i++)
    {
      argv[i] = make_argument (json_array_get_element (array, i), i, error);
      if (!argv[i])
        return FALSE;
    }
  ret_spec->argv = g_steal_pointer (&argv);
  if (json_object_has_member (attempt->with, "stdin"))
    ret_spec->stdin_text = runnel_value_to_text (json_object_get_member (attempt->with, "stdin"));
  return TRUE;
}

const RunnelKindClass runnel_command_kind = {
  .declaration = {
    .name = "command",
    .title = N_("Command"),
    .description = N_("Runs a program with its arguments, without a shell. Succeeds when the "
                      "program exits with code 0."),
    .icon_name = "application-x-executable-symbolic",
    .fields = fields,
    .example = "{\"id\": \"compile\", \"kind\": \"command\", "
               "\"with\": {\"argv\": [\"make\", \"-j4\", \"all\"]}}",
    .summary_field = "argv",
  },
  .prepare = command_prepare,
  .for_containers = TRUE,
};
