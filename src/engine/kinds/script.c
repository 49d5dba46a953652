/* script.c: lines for a shell or another interpreter
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "engine/kinds/runnel-interpreter.h"
#include "engine/kinds/runnel-kinds.h"

#define DEFAULT_SHELL "sh"

static const RunnelField fields[] = {
  {
    .name = "run",
    .type = RUNNEL_FIELD_STRING,
    .flags = RUNNEL_FIELD_REQUIRED | RUNNEL_FIELD_MULTILINE | RUNNEL_FIELD_NO_EXPRESSIONS,
    .label = N_("Script"),
    .description = N_("The text of the script. Values reach it as environment variables, such as "
                      "$RUNNEL_PARAM_NAME or those of the step’s “env”, never by being spliced "
                      "into the text."),
  },
  {
    .name = "shell",
    .type = RUNNEL_FIELD_STRING,
    .label = N_("Interpreter"),
    .description = N_("sh (run with -e), bash (-euo pipefail, no start-up files), python3, node, "
                      "perl, ruby, pwsh (stops at the first error), or any other program that "
                      "takes the name of a script, with its arguments if need be."),
    .default_value = "\"" DEFAULT_SHELL "\"",
  },
  { NULL }
};

static void
add (GPtrArray  *argv,
     const char *argument)
{
  g_ptr_array_add (argv, g_strdup (argument));
}

/* pwsh goes on after errors and forgets the exit code of the last program, unless told so. */
static void
add_pwsh (GPtrArray  *argv,
          const char *path)
{
  g_auto(GStrv) parts = g_strsplit (path, "'", -1);
  g_autofree char *quoted = g_strjoinv ("''", parts);

  add (argv, "pwsh");
  add (argv, "-NoProfile");
  add (argv, "-NonInteractive");
  add (argv, "-Command");
  g_ptr_array_add (argv, g_strdup_printf ("$ErrorActionPreference = 'Stop'; & '%s'; "
                                          "exit $LASTEXITCODE", quoted));
}

static char **
make_argv (const char  *shell,
           const char  *path,
           GError     **error)
{
  const char *const *arguments = runnel_interpreter_get_arguments (shell);
  g_autoptr(GPtrArray) argv = g_ptr_array_new_with_free_func (g_free);
  g_auto(GStrv) words = NULL;

  if (g_str_equal (shell, "pwsh"))
    {
      add_pwsh (argv, path);
    }
  else if (arguments)
    {
      add (argv, shell);
      for (const char *const *argument = arguments; *argument; argument++)
        add (argv, *argument);
      add (argv, path);
    }
  else
    {
      if (!g_shell_parse_argv (shell, NULL, &words, error))
        {
          g_prefix_error (error, "The interpreter “%s” can't be read: ", shell);
          return NULL;
        }
      for (char **word = words; *word; word++)
        add (argv, *word);
      add (argv, path);
    }
  g_ptr_array_add (argv, NULL);
  return (char **) g_ptr_array_steal (argv, NULL);
}

/* A file, so that messages name a line of it, the text is not seen in the list of processes, and
 * standard input stays free. */
static gboolean
write_script (const char  *path,
              const char  *text,
              GError     **error)
{
  if (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0600, error))
    return TRUE;
  g_prefix_error (error, "The script can't be handed over: ");
  return FALSE;
}

static gboolean
script_prepare (const RunnelAttempt  *attempt,
                RunnelProcessSpec    *ret_spec,
                GError              **error)
{
  const char *text = json_object_get_string_member_with_default (attempt->with, "run", NULL);
  const char *shell = json_object_get_string_member_with_default (attempt->with, "shell", NULL);
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;

  if (!shell || !*shell)
    shell = DEFAULT_SHELL;
  if (!text)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           "“run” gives no text to run");
      return FALSE;
    }
  name = g_strdup_printf ("%s.%u.%s", attempt->step, attempt->attempt, runnel_interpreter_get_suffix (shell));
  path = g_build_filename (attempt->run_dir, name, NULL);
  ret_spec->argv = make_argv (shell, path, error);
  return ret_spec->argv && write_script (path, text, error);
}

const RunnelKindClass runnel_script_kind = {
  .declaration = {
    .name = "script",
    .title = N_("Script"),
    .description = N_("Runs lines of shell, or of another language, and stops at the first that "
                      "fails."),
    .icon_name = "utilities-terminal-symbolic",
    .fields = fields,
    .example = "{\"id\": \"test\", \"kind\": \"script\", "
               "\"with\": {\"run\": \"cd build\\nctest --output-on-failure\\n\", "
               "\"shell\": \"bash\"}}",
    .summary_field = "run",
  },
  .prepare = script_prepare,
  .for_containers = TRUE,
};
