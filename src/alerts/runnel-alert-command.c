/* runnel-alert-command.c: tells of an incident by starting a program
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "alerts/runnel-alert-channel-private.h"
#include "alerts/runnel-alert-rule.h"

#define MAX_COMPLAINT 300 /* bytes of what a program wrote about its failure */

/* A program that is waited for. */
typedef struct
{
  GMainLoop *loop;
  GSubprocess *process;
  gboolean is_late;
} Wait;

static void
waited_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Wait *wait = user_data;

  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  g_main_loop_quit (wait->loop);
}

/* It leads a group, so that what it started ends with it. */
static gboolean
late_cb (gpointer user_data)
{
  Wait *wait = user_data;
  const char *pid = g_subprocess_get_identifier (wait->process);

  wait->is_late = TRUE;
  if (pid)
    kill (-(pid_t) g_ascii_strtoll (pid, NULL, 10), SIGKILL);
  return G_SOURCE_REMOVE;
}

/* Returns: whether it ended in time */
static gboolean
wait_for (GSubprocess *process)
{
  g_autoptr(GMainContext) context = g_main_context_new ();
  g_autoptr(GMainLoop) loop = g_main_loop_new (context, FALSE);
  g_autoptr(GSource) timeout = g_timeout_source_new_seconds (RUNNEL_ALERT_TIMEOUT_S);
  Wait wait = { loop, process, FALSE };

  g_main_context_push_thread_default (context);
  g_source_set_callback (timeout, late_cb, &wait, NULL);
  g_source_attach (timeout, context);
  g_subprocess_wait_async (process, NULL, waited_cb, &wait);
  g_main_loop_run (loop);
  g_source_destroy (timeout);
  g_main_context_pop_thread_default (context);
  return !wait.is_late;
}

static void
lead_group (gpointer user_data)
{
  setpgid (0, 0);
}

/* Files in memory instead of pipes: a program that reads nothing then does not end us, and one that
 * writes much does not wait for us. */
static int
make_file (const char *content)
{
  int fd = memfd_create ("runnel-alert", MFD_CLOEXEC);
  gsize length = strlen (content);

  if (fd >= 0 && write (fd, content, length) == (gssize) length && lseek (fd, 0, SEEK_SET) == 0)
    return fd;
  if (fd >= 0)
    close (fd);
  return -1;
}

static char *
read_complaint (int fd)
{
  char text[MAX_COMPLAINT + 1];
  gssize length = pread (fd, text, MAX_COMPLAINT, 0);
  g_autofree char *valid = NULL;

  if (length <= 0)
    return g_strdup ("");
  text[length] = '\0';
  valid = g_utf8_make_valid (text, -1);
  return g_strconcat (": ", g_strstrip (valid), NULL);
}

static gboolean
check_end (GSubprocess  *process,
           const char   *name,
           int           complaint_fd,
           GError      **error)
{
  g_autofree char *complaint = read_complaint (complaint_fd);

  if (g_subprocess_get_successful (process))
    return TRUE;
  if (g_subprocess_get_if_exited (process))
    g_set_error (error, RUNNEL_ALERT_ERROR, RUNNEL_ALERT_ERROR_CHANNEL, "%s exited with code %d%s",
                 name, g_subprocess_get_exit_status (process), complaint);
  else
    g_set_error (error, RUNNEL_ALERT_ERROR, RUNNEL_ALERT_ERROR_CHANNEL, "%s was killed%s", name,
                 complaint);
  return FALSE;
}

static GSubprocess *
start (const char *const  *argv,
       const char *const  *environment,
       int                 input,
       int                 complaint,
       GError            **error)
{
  g_autoptr(GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);

  for (guint i = 0; environment != NULL && environment[i] != NULL; i += 2)
    g_subprocess_launcher_setenv (launcher, environment[i], environment[i + 1], TRUE);
  g_subprocess_launcher_set_child_setup (launcher, lead_group, NULL, NULL);
  g_subprocess_launcher_take_stdin_fd (launcher, input);
  g_subprocess_launcher_take_stderr_fd (launcher, dup (complaint));
  return g_subprocess_launcher_spawnv (launcher, argv, error);
}

/* Starts a program with @input as its standard input, and waits for its end.
 * @environment: (nullable): names and values by turns */
gboolean
_runnel_alert_feed (const char *const  *argv,
                    const char *const  *environment,
                    const char         *input,
                    GError            **error)
{
  int input_fd = make_file (input);
  int complaint_fd = make_file ("");
  g_autoptr(GSubprocess) process = NULL;
  g_autoptr(GError) problem = NULL;
  gboolean ok = FALSE;

  if (input_fd < 0 || complaint_fd < 0)
    {
      g_set_error (error, RUNNEL_ALERT_ERROR, RUNNEL_ALERT_ERROR_CHANNEL,
                   "there is no memory for what %s is told: %s",
                   argv[0], g_strerror (errno));
      if (input_fd >= 0)
        close (input_fd);
      if (complaint_fd >= 0)
        close (complaint_fd);
      return FALSE;
    }

  process = start (argv, environment, input_fd, complaint_fd, &problem);
  if (process == NULL)
    g_set_error_literal (error, RUNNEL_ALERT_ERROR, RUNNEL_ALERT_ERROR_CHANNEL, problem->message);
  else if (!wait_for (process))
    g_set_error (error, RUNNEL_ALERT_ERROR, RUNNEL_ALERT_ERROR_CHANNEL,
                 "%s took longer than %d seconds",
                 argv[0], RUNNEL_ALERT_TIMEOUT_S);
  else
    ok = check_end (process, argv[0], complaint_fd, error);
  close (complaint_fd);
  return ok;
}

gboolean
_runnel_alert_call (const RunnelAlertChannel  *channel,
                    const RunnelAlertMessage  *message,
                    GError                   **error)
{
  JsonObject *data = message->data;
  g_autofree char *json = runnel_alert_message_to_json (message);
  g_autofree char *run = g_strdup_printf ("%" G_GINT64_FORMAT,
                                          json_object_get_int_member_with_default (data, "run", 0));
  const char *environment[] = {
    "RUNNEL_ALERT_STATE", message->is_end ? "resolved" : "opened",
    "RUNNEL_ALERT_TITLE", message->title,
    "RUNNEL_ALERT_TEXT", message->body,
    "RUNNEL_ALERT_RULE", json_object_get_string_member (data, "rule"),
    "RUNNEL_ALERT_PIPELINE", json_object_get_string_member (data, "pipeline"),
    "RUNNEL_ALERT_FILE", json_object_get_string_member (data, "file"),
    "RUNNEL_ALERT_STEP", json_object_get_string_member_with_default (data, "step", ""),
    "RUNNEL_ALERT_RUN", run,
    NULL
  };

  return _runnel_alert_feed ((const char *const *) channel->command, environment, json, error);
}
