/* runnel-run-launcher.c: starts runs as processes of their own
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "designer/runs/runnel-run-launcher.h"

/* With the last flag GLib starts a process without duplicating this one, which is large: the window
 * would stand still meanwhile. All our descriptors are closed on exec. */
#define FLAGS (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE                     \
               | G_SUBPROCESS_FLAGS_INHERIT_FDS)

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

/* Takes @argument. */
static void
add (GPtrArray *argv,
     char      *argument)
{
  g_ptr_array_add (argv, argument);
}

static void
add_part (GPtrArray       *argv,
          RunnelRerunVerb  verb,
          const char      *step)
{
  const char *const options[] = {
    [RUNNEL_RERUN_FAILED] = "--failed",
    [RUNNEL_RERUN_STEP] = "--step",
    [RUNNEL_RERUN_FROM] = "--from",
    [RUNNEL_RERUN_UNTIL] = "--until",
  };

  if (verb == RUNNEL_RERUN_FAILED)
    add (argv, g_strdup (options[verb]));
  else if (verb != RUNNEL_RERUN_ALL)
    add (argv, g_strdup_printf ("%s=%s", options[verb], step));
}

/* The command with its first argument, which other ones may follow. */
static GPtrArray *
command_new (const char *program,
             const char *name)
{
  GPtrArray *argv = g_ptr_array_new_with_free_func (g_free);

  add (argv, g_strdup (program));
  add (argv, g_strdup (name));
  add (argv, g_strdup ("--detach"));
  return argv;
}

static GPtrArray *
start_command_new (const char        *program,
                   const RunnelStart *start)
{
  GPtrArray *argv = command_new (program, "run");

  add (argv, g_strdup ("--stdin"));
  if (start->jobs > 0)
    add (argv, g_strdup_printf ("--jobs=%u", start->jobs));
  if (start->parameters != NULL)
    add_parameters (argv, start->parameters);
  add_part (argv, start->verb, start->step);
  add (argv, g_strdup ("--"));
  add (argv, start->file != NULL
               ? g_file_get_path (start->file)
               : g_build_filename (g_get_home_dir (), "untitled.runnel.json", NULL));
  add (argv, NULL);
  return argv;
}

static GPtrArray *
rerun_command_new (const char        *program,
                   const RunnelRerun *rerun)
{
  GPtrArray *argv = command_new (program, "rerun");

  if (rerun->current)
    add (argv, g_strdup (rerun->text != NULL ? "--stdin" : "--current"));
  add_part (argv, rerun->verb, rerun->step);
  add (argv, g_strdup_printf ("%" G_GINT64_FORMAT, rerun->run));
  add (argv, NULL);
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
  GError *error = NULL;
  g_autoptr(GSubprocess) process =
    g_subprocess_newv ((const char *const *) argv->pdata,
                       input != NULL ? FLAGS | G_SUBPROCESS_FLAGS_STDIN_PIPE : FLAGS, &error);

  if (process == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  g_subprocess_communicate_utf8_async (process, input, g_task_get_cancellable (task),
                                       communicate_cb, task);
}

/* Makes the task of a public function. Returns: (transfer full) (nullable): the task; %NULL when
 * there is nothing to run, and then @callback is told */
static GTask *
begin (GCancellable         *cancellable,
       GAsyncReadyCallback   callback,
       gpointer              user_data,
       gpointer              source_tag,
       char                **ret_program)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);
  *ret_program = runnel_run_launcher_find_program ();
  if (*ret_program != NULL)
    return task;
  return_no_program (task);
  g_object_unref (task);
  return NULL;
}

/**
 * runnel_run_launcher_start_async:
 * @start: what to run; what is relative in it is relative to its file's folder, or to the home
 *   folder when it was never saved
 * @cancellable: (nullable): to give up
 * @callback: called when the run has its number
 * @user_data: for @callback
 *
 * Starts a run in a process and session of its own, which outlives this one.
 */
void
runnel_run_launcher_start_async (const RunnelStart   *start,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autofree char *program = NULL;
  GTask *task;

  g_return_if_fail (start != NULL && start->text != NULL);

  task = begin (cancellable, callback, user_data, runnel_run_launcher_start_async, &program);
  if (task == NULL)
    return;
  g_autoptr(GPtrArray) argv = start_command_new (program, start);
  launch (task, argv, start->text);
}

/**
 * runnel_run_launcher_rerun_async:
 * @rerun: what to run again
 * @cancellable: (nullable): to give up
 * @callback: called when the new run has its number
 * @user_data: for @callback
 *
 * Starts a run that repeats an earlier one, or a part of it.
 */
void
runnel_run_launcher_rerun_async (const RunnelRerun   *rerun,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autofree char *program = NULL;
  GTask *task;

  g_return_if_fail (rerun != NULL);

  task = begin (cancellable, callback, user_data, runnel_run_launcher_rerun_async, &program);
  if (task == NULL)
    return;
  g_autoptr(GPtrArray) argv = rerun_command_new (program, rerun);
  launch (task, argv, rerun->current ? rerun->text : NULL);
}

/**
 * runnel_run_launcher_roll_back_async:
 * @run: the number of a run that is over
 * @cancellable: (nullable): to give up
 * @callback: called when the new run has its number
 * @user_data: for @callback
 *
 * Starts a run that takes back what an earlier one did.
 */
void
runnel_run_launcher_roll_back_async (gint64               run,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  g_autofree char *program = NULL;
  GTask *task =
    begin (cancellable, callback, user_data, runnel_run_launcher_roll_back_async, &program);

  if (task == NULL)
    return;
  g_autoptr(GPtrArray) argv = command_new (program, "rollback");
  add (argv, g_strdup_printf ("%" G_GINT64_FORMAT, run));
  add (argv, NULL);
  launch (task, argv, NULL);
}

/**
 * runnel_run_launcher_start_finish:
 * @result: what the callback of any function that starts a run was given
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

/**
 * runnel_run_launcher_return_run:
 * @object: (nullable): not looked at
 * @result: what the callback of any function that starts a run was given
 * @user_data: (transfer full): the #GTask that waits for the run
 *
 * A #GAsyncReadyCallback that hands the number of the run, or why it did not
 * start, on to the task of a dialog that asked first.
 */
void
runnel_run_launcher_return_run (GObject      *object,
                                GAsyncResult *result,
                                gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  gint64 run = runnel_run_launcher_start_finish (result, &error);

  if (run > 0)
    g_task_return_int (task, run);
  else
    g_task_return_error (task, error);
}

static void
rehearsed_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autofree char *output = NULL;
  g_autofree char *complaint = NULL;
  GError *error = NULL;

  if (!g_subprocess_communicate_utf8_finish (G_SUBPROCESS (object), result, &output, &complaint,
                                             &error))
    g_task_return_error (task, error);
  else if (g_subprocess_get_successful (G_SUBPROCESS (object)))
    g_task_return_pointer (task, g_strdup (g_strstrip (output)), g_free);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "%s", g_strstrip (complaint));
}

/**
 * runnel_run_launcher_rehearse_async:
 * @run: the number of a run that is over
 * @cancellable: (nullable): to give up
 * @callback: called when it is known
 * @user_data: for @callback
 *
 * Finds out what would be done to take back what the run did; nothing is.
 */
void
runnel_run_launcher_rehearse_async (gint64               run,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_autofree char *program = NULL;
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, run);
  GTask *task =
    begin (cancellable, callback, user_data, runnel_run_launcher_rehearse_async, &program);
  GError *error = NULL;

  if (task == NULL)
    return;
  g_autoptr(GSubprocess) process =
    g_subprocess_new (FLAGS, &error, program, "rollback", "--rehearse", number, NULL);
  if (process == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  g_subprocess_communicate_utf8_async (process, NULL, cancellable, rehearsed_cb, task);
}

/**
 * runnel_run_launcher_rehearse_finish:
 *
 * Returns: (transfer full) (nullable): what would be done, for people; "" when nothing would;
 *   %NULL with an error whose message is for people
 */
char *
runnel_run_launcher_rehearse_finish (GAsyncResult  *result,
                                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
