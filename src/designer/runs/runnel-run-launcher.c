/* runnel-run-launcher.c: starts runs as processes of their own
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "designer/runs/runnel-run-launcher.h"

/* The folder of the program that is running, or NULL. */
static char *
get_own_folder (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);

  return program != NULL ? g_path_get_dirname (program) : NULL;
}

/**
 * runnel_run_launcher_find_program:
 *
 * Looks for the command beside the application: where both are installed, and
 * where both are built.
 *
 * Returns: (transfer full) (nullable) (type filename): the `runnel` command
 */
char *
runnel_run_launcher_find_program (void)
{
  const char *given = g_getenv ("RUNNEL_BINARY");
  g_autofree char *folder = get_own_folder ();

  if (given != NULL)
    return g_strdup (given);
  if (folder != NULL)
    {
      g_autofree char *installed = g_build_filename (folder, "runnel", NULL);
      g_autofree char *built = g_build_filename (folder, "..", "cli", "runnel", NULL);

      if (g_file_test (installed, G_FILE_TEST_IS_EXECUTABLE))
        return g_steal_pointer (&installed);
      if (g_file_test (built, G_FILE_TEST_IS_EXECUTABLE))
        return g_steal_pointer (&built);
    }
  return g_find_program_in_path ("runnel");
}

static char *
parameter_to_text (JsonNode *value)
{
  if (JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING)
    return json_node_dup_string (value);
  return json_to_string (value, FALSE);
}

static void
add_parameters (GPtrArray  *argv,
                JsonObject *parameters)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init (&iter, parameters);
  while (json_object_iter_next (&iter, &name, &value))
    {
      g_autofree char *text = parameter_to_text (value);

      g_ptr_array_add (argv, g_strdup ("-p"));
      g_ptr_array_add (argv, g_strdup_printf ("%s=%s", name, text));
    }
}

static GPtrArray *
make_command (const char *program,
              const char *path,
              JsonObject *parameters,
              guint       jobs)
{
  GPtrArray *argv = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (argv, g_strdup (program));
  g_ptr_array_add (argv, g_strdup ("run"));
  g_ptr_array_add (argv, g_strdup ("--detach"));
  g_ptr_array_add (argv, g_strdup ("--stdin"));
  if (jobs > 0)
    g_ptr_array_add (argv, g_strdup_printf ("--jobs=%u", jobs));
  if (parameters != NULL)
    add_parameters (argv, parameters);
  g_ptr_array_add (argv, g_strdup ("--"));
  g_ptr_array_add (argv, g_strdup (path));
  g_ptr_array_add (argv, NULL);
  return argv;
}

static void
communicate_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  GSubprocess *process = G_SUBPROCESS (object);
  g_autoptr(GTask) task = user_data;
  g_autofree char *output = NULL;
  g_autofree char *complaint = NULL;
  GError *error = NULL;

  if (!g_subprocess_communicate_utf8_finish (process, result, &output, &complaint, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  gint64 run = g_ascii_strtoll (output != NULL ? output : "", NULL, 10);
  if (run > 0)
    {
      g_task_return_int (task, run);
      return;
    }
  g_strstrip (complaint);
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "%s",
                           *complaint != '\0' ? complaint : _("The run did not start, and gave no reason."));
}

static void
return_no_program (GTask *task)
{
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                           _("The runnel command was found neither beside this application "
                             "nor in PATH. Install it, or set RUNNEL_BINARY."));
}

/* Runs @argv, which prints the number of the run it started. Takes @task; @input is for the
 * standard input, or NULL. */
static void
launch (GTask      *task,
        GPtrArray  *argv,
        const char *input)
{
  GSubprocessFlags flags = G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE;
  GError *error = NULL;
  g_autoptr(GSubprocess) process =
    g_subprocess_newv ((const char *const *) argv->pdata,
                       input != NULL ? flags | G_SUBPROCESS_FLAGS_STDIN_PIPE : flags, &error);

  if (process == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  g_subprocess_communicate_utf8_async (process, input, g_task_get_cancellable (task),
                                       communicate_cb, task);
}

/**
 * runnel_run_launcher_start_async:
 * @file: (nullable): where the pipeline is kept; what is relative in it is relative to this file's
 *   folder, or to the home folder when it was never saved
 * @text: the pipeline as it is now, saved or not
 * @parameters: (nullable): values of its parameters
 * @jobs: how many steps at once; 0 = as the pipeline says
 * @cancellable: (nullable): to give up
 * @callback: called when the run has its number
 * @user_data: for @callback
 *
 * Starts a run in a process and session of its own, which outlives this one.
 */
void
runnel_run_launcher_start_async (GFile               *file,
                                 const char          *text,
                                 JsonObject          *parameters,
                                 guint                jobs,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autofree char *program = runnel_run_launcher_find_program ();
  g_autofree char *path = file != NULL
                            ? g_file_get_path (file)
                            : g_build_filename (g_get_home_dir (), "untitled.runnel.json", NULL);

  g_task_set_source_tag (task, runnel_run_launcher_start_async);
  if (program == NULL)
    {
      return_no_program (task);
      return;
    }

  g_autoptr(GPtrArray) argv = make_command (program, path, parameters, jobs);
  launch (g_steal_pointer (&task), argv, text);
}

/**
 * runnel_run_launcher_start_finish:
 * @result: what the callback was given
 * @error: return location; its message is for people
 *
 * Returns: the number of the run, or 0 when it did not start
 */
gint64
runnel_run_launcher_start_finish (GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), 0);

  gssize run = g_task_propagate_int (G_TASK (result), error);
  return MAX (run, 0);
}

static GPtrArray *
make_rerun_command (const char        *program,
                    const RunnelRerun *rerun)
{
  const char *const options[] = {
    [RUNNEL_RERUN_FAILED] = "--failed",
    [RUNNEL_RERUN_STEP] = "--step",
    [RUNNEL_RERUN_FROM] = "--from",
    [RUNNEL_RERUN_UNTIL] = "--until",
  };
  GPtrArray *argv = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (argv, g_strdup (program));
  g_ptr_array_add (argv, g_strdup ("rerun"));
  g_ptr_array_add (argv, g_strdup ("--detach"));
  if (rerun->current)
    g_ptr_array_add (argv, g_strdup ("--current"));
  if (rerun->verb == RUNNEL_RERUN_FAILED)
    g_ptr_array_add (argv, g_strdup (options[rerun->verb]));
  else if (rerun->verb != RUNNEL_RERUN_ALL)
    g_ptr_array_add (argv, g_strdup_printf ("%s=%s", options[rerun->verb], rerun->step));
  g_ptr_array_add (argv, g_strdup_printf ("%" G_GINT64_FORMAT, rerun->run));
  g_ptr_array_add (argv, NULL);
  return argv;
}

/**
 * runnel_run_launcher_rerun_async:
 * @rerun: what to run again
 * @cancellable: (nullable): to give up
 * @callback: called when the new run has its number
 * @user_data: for @callback
 *
 * Starts a run that repeats an earlier one, or a part of it, in a process of its own.
 */
void
runnel_run_launcher_rerun_async (const RunnelRerun   *rerun,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autofree char *program = runnel_run_launcher_find_program ();

  g_return_if_fail (rerun != NULL);

  g_task_set_source_tag (task, runnel_run_launcher_rerun_async);
  if (program == NULL)
    {
      return_no_program (task);
      return;
    }

  g_autoptr(GPtrArray) argv = make_rerun_command (program, rerun);
  launch (g_steal_pointer (&task), argv, NULL);
}

/**
 * runnel_run_launcher_rerun_finish:
 * @result: what the callback was given
 * @error: return location; its message is for people
 *
 * Returns: the number of the new run, or 0 when it did not start
 */
gint64
runnel_run_launcher_rerun_finish (GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), 0);

  gssize run = g_task_propagate_int (G_TASK (result), error);
  return MAX (run, 0);
}
