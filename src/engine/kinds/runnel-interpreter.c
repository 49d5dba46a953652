/* runnel-interpreter.c: the programs that run scripts
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/kinds/runnel-interpreter.h"

/* How an interpreter is called so that a failing line fails the step, and the suffix by which
 * it, and the editors of those who look into the folder of the run, know its language. */
typedef struct
{
  const char *name;
  const char *suffix;
  const char *arguments[6];
} Interpreter;

static const Interpreter interpreters[] = {
  { "sh", "sh", { "-e" } },
  { "bash", "sh", { "--noprofile", "--norc", "-euo", "pipefail" } },
  { "dash", "sh", { "-e" } },
  { "zsh", "sh", { "--no-rcs", "-euo", "pipefail" } },
  { "python3", "py", { "-u" } },
  { "python", "py", { "-u" } },
  { "node", "js", { NULL } },
  { "perl", "pl", { NULL } },
  { "ruby", "rb", { NULL } },
};

static const Interpreter *
find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (interpreters); i++)
    if (g_str_equal (interpreters[i].name, name))
      return &interpreters[i];
  return NULL;
}

/**
 * runnel_interpreter_get_arguments:
 * @name: a program, as in the `shell` of a step
 *
 * Returns: (transfer none) (nullable) (array zero-terminated=1): what stands between the program and the
 *   name of the script so that the first line that fails ends it, or %NULL for a program of which nothing is known
 */
const char *const *
runnel_interpreter_get_arguments (const char *name)
{
  const Interpreter *interpreter;

  g_return_val_if_fail (name != NULL, NULL);

  interpreter = find (name);

  return interpreter != NULL ? interpreter->arguments : NULL;
}

/**
 * runnel_interpreter_get_suffix:
 * @name: a program, as in the `shell` of a step
 *
 * Returns: (transfer none): the suffix that its scripts have, without the point
 */
const char *
runnel_interpreter_get_suffix (const char *name)
{
  const Interpreter *interpreter;

  g_return_val_if_fail (name != NULL, NULL);

  if (g_str_equal (name, "pwsh"))
    return "ps1";
  interpreter = find (name);

  return interpreter != NULL ? interpreter->suffix : "script";
}
