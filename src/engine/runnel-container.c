/* runnel-container.c: what a step starts, run inside of a container
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The container is run by podman or docker, whose command lines agree in what is used here. It sees
 * the folder of the pipeline and that of the run under the same paths as outside, belongs to the same
 * user, and has the variables that Runnel and the pipeline set, but not those of the machine: a PATH
 * or HOME of here would be wrong there.
 */
#include "config.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "engine/runnel-container.h"
#include "engine/runnel-trace-context.h"

G_DEFINE_QUARK (runnel-container-error-quark, runnel_container_error)

/* podman first: what is called docker may be a wrapper of it. */
static const char *const programs[] = { "podman", "docker" };

/**
 * runnel_container_find_program:
 * @error: #RUNNEL_CONTAINER_ERROR_NO_PROGRAM
 *
 * Returns: (transfer full) (nullable): the path of podman, or else of docker
 */
char *
runnel_container_find_program (GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (programs); i++)
    {
      char *path = g_find_program_in_path (programs[i]);

      if (path)
        return path;
    }

  g_set_error_literal (error, RUNNEL_CONTAINER_ERROR, RUNNEL_CONTAINER_ERROR_NO_PROGRAM,
                       _("There is neither podman nor docker on this machine to run containers: "
                         "install one of them, or run the pipeline without --container"));
  return NULL;
}

/**
 * runnel_container_make_name:
 * @attempt: an attempt
 *
 * Returns: (transfer full): a name by which people and runnel_container_make_kill_argv() find the
 *   container; no other has it
 */
char *
runnel_container_make_name (const RunnelAttempt *attempt)
{
  g_autofree char *run = g_path_get_basename (attempt->run_dir);
  char *name = g_strdup_printf ("runnel-%s-%s-%u-%08x", run, attempt->step, attempt->attempt,
                                g_random_int ());

  return g_strcanon (name, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-_.", '-');
}

static void
add (GPtrArray  *argv,
     const char *argument)
{
  g_ptr_array_add (argv, g_strdup (argument));
}

/* The value of --mount is a line of CSV: in quotes a path may have commas in it. */
static void
add_mount (GPtrArray  *argv,
           const char *path)
{
  g_auto(GStrv) parts = g_strsplit (path, "\"", -1);
  g_autofree char *quoted = g_strjoinv ("\"\"", parts);

  add (argv, "--mount");
  g_ptr_array_add (argv, g_strdup_printf ("type=bind,\"source=%s\",\"target=%s\"", quoted, quoted));
}

static gboolean
is_inside (const char *path,
           const char *folder)
{
  gsize length = strlen (folder);

  return g_str_has_prefix (path, folder) && (path[length] == '/' || path[length] == '\0');
}

static void
add_mounts (GPtrArray           *argv,
            const RunnelAttempt *attempt)
{
  add_mount (argv, attempt->base_dir);
  if (!is_inside (attempt->run_dir, attempt->base_dir))
    add_mount (argv, attempt->run_dir);
  if (!is_inside (attempt->working_directory, attempt->base_dir))
    add_mount (argv, attempt->working_directory);
}

/* Files that the step makes belong to the person who runs it. Without root, podman has to be told to
 * leave the numbers of users as they are. */
static void
add_user (GPtrArray  *argv,
          const char *program)
{
  g_autofree char *base = g_path_get_basename (program);

  if (g_str_equal (base, "podman") && geteuid () != 0)
    add (argv, "--userns=keep-id");
  add (argv, "--user");
  g_ptr_array_add (argv, g_strdup_printf ("%u:%u", (guint) geteuid (), (guint) getegid ()));
}

/* Only names: the values are in the environment of the program itself, where nobody else sees them. */
static void
add_variable (GPtrArray  *argv,
              const char *name)
{
  add (argv, "--env");
  add (argv, name);
}

static void
add_variables (GPtrArray           *argv,
               const RunnelAttempt *attempt)
{
  JsonObjectIter iter;
  const char *name;

  for (const char *const *entry = attempt->env; *entry; entry++)
    {
      g_autofree char *variable = g_strndup (*entry, strcspn (*entry, "="));

      if (g_str_has_prefix (variable, "RUNNEL_") || g_str_equal (variable, RUNNEL_TRACE_VARIABLE))
        add_variable (argv, variable);
    }

  json_object_iter_init_ordered (&iter, attempt->variables);
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    if (!g_str_has_prefix (name, "RUNNEL_"))
      add_variable (argv, name);
}

/**
 * runnel_container_make_argv:
 * @attempt: an attempt with a `container` and an `image`
 * @name: the container's name
 * @command: the program and its arguments
 * @has_stdin: whether the program reads a standard input that is not empty
 *
 * An entry point of the image is replaced by the program: it would get a command that is meant for a
 * shell as its own arguments.
 *
 * Returns: (transfer full): what runs @command in a container, which is gone when it ends, and
 *   passes signals on to it
 */
char **
runnel_container_make_argv (const RunnelAttempt *attempt,
                            const char          *name,
                            const char *const   *command,
                            gboolean             has_stdin)
{
  g_autoptr(GPtrArray) argv = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (attempt->container && attempt->image, NULL);
  g_return_val_if_fail (command && command[0], NULL);

  add (argv, attempt->container);
  add (argv, "run");
  add (argv, "--rm");
  add (argv, "--init");
  if (has_stdin)
    add (argv, "--interactive");
  add (argv, "--name");
  add (argv, name);
  add_user (argv, attempt->container);
  /* Where SELinux is in force, folders of a home are not for containers unless it is told so. */
  add (argv, "--security-opt");
  add (argv, "label=disable");
  add_mounts (argv, attempt);
  add (argv, "--workdir");
  add (argv, attempt->working_directory);
  add_variables (argv, attempt);
  add (argv, "--entrypoint");
  add (argv, command[0]);
  add (argv, "--");
  add (argv, attempt->image);
  for (guint i = 1; command[i]; i++)
    add (argv, command[i]);
  g_ptr_array_add (argv, NULL);

  return (char **) g_ptr_array_steal (argv, NULL);
}

/**
 * runnel_container_make_kill_argv:
 * @program: what ran the container
 * @name: its name
 *
 * The client can be killed without the container: this ends the container itself.
 *
 * Returns: (transfer full): what ends the container at once
 */
char **
runnel_container_make_kill_argv (const char *program,
                                 const char *name)
{
  const char *const argv[] = { program, "kill", name, NULL };

  return g_strdupv ((char **) argv);
}
