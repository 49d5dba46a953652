/* runnel-cli-hold.c: signals that hold a run back: Ctrl+Z, and those of an enclosing run
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Steps lead process groups of their own, so the terminal does not reach them: the run freezes
 * them, and then stops with its guard, as the shell expects. A run that is told by a program stays
 * there to be asked.
 */
#include "config.h"

#include <fcntl.h>
#include <glib-unix.h>
#include <signal.h>
#include <unistd.h>

#include "cli/runnel-cli-hold.h"
#include "engine/runnel-process.h"

struct _RunnelCliHold
{
  RunnelRun *run;
  char *who;
  RunnelCliStopFunc func;
  gpointer user_data;
  int fd;            /* where the handler's notes are read */
  guint source;
};

/* What the handler saw of a signal. */
typedef struct
{
  int number;
  int code;
  int value;
} Note;

static const int signals[] = { RUNNEL_HOLD_SIGNAL, SIGCONT };

static int note_fd = -1;

/* In a handler there is little that may be done; a note of this size is written at once or, when
 * nobody reads them any more, not at all. */
static void
signal_cb (int        number,
           siginfo_t *info,
           void      *context)
{
  const Note note = { number, info->si_code, info->si_value.sival_int };
  gssize written = write (note_fd, &note, sizeof note);

  (void) written;
}

static void
handle_signal (int number)
{
  struct sigaction action = { .sa_sigaction = signal_cb, .sa_flags = SA_SIGINFO | SA_RESTART };

  sigaction (number, &action, NULL);
}

static gboolean
is_ignored (int number)
{
  struct sigaction action;

  return sigaction (number, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

/* Stops as if nobody had handled the signal, so that the kernel can refuse it where no shell could
 * continue us. Returns when we have been continued. */
static void
stop_with_terminal (void)
{
  signal (SIGTSTP, SIG_DFL);
  raise (SIGTSTP);
  handle_signal (SIGTSTP);
}

static void
take_terminal_stop (RunnelCliHold *self)
{
  Note next;
  gboolean continued;

  runnel_run_hold (self->run, RUNNEL_HOLD_ALL, "its terminal");
  continued = read (self->fd, &next, sizeof next) == sizeof next && next.number == SIGCONT;
  self->func (TRUE, self->user_data);
  if (!continued)
    stop_with_terminal ();
  self->func (FALSE, self->user_data);
  runnel_run_hold (self->run, RUNNEL_HOLD_NONE, "its terminal");
}

static void
take_note (RunnelCliHold *self,
           const Note    *note)
{
  RunnelHold hold = RUNNEL_HOLD_ALL;

  if (note->number == SIGCONT)
    hold = RUNNEL_HOLD_NONE;
  else if (note->code > 0)
    {
      take_terminal_stop (self);
      return;
    }
  else if (note->code == SI_QUEUE && note->value == RUNNEL_HOLD_STARTS)
    hold = RUNNEL_HOLD_STARTS;
  runnel_run_hold (self->run, hold, self->who);
}

static gboolean
note_cb (int          fd,
         GIOCondition condition,
         gpointer     user_data)
{
  RunnelCliHold *self = user_data;
  Note note;

  if (read (fd, &note, sizeof note) == sizeof note)
    take_note (self, &note);

  return G_SOURCE_CONTINUE;
}

/**
 * runnel_cli_hold_new:
 * @run: (transfer none): must outlive the signals' being handled
 * @who: who sends signals to us, after "with": "the run around it"
 * @func: called before and after the process is stopped
 * @user_data: for @func
 *
 * Handles the signals on the main context. A shell that has them ignored keeps them so.
 *
 * Returns: (transfer full) (nullable): what ends it, or %NULL when they can't be handled
 */
RunnelCliHold *
runnel_cli_hold_new (RunnelRun         *run,
                     const char        *who,
                     RunnelCliStopFunc  func,
                     gpointer           user_data)
{
  RunnelCliHold *self;
  int fds[2];

  if (pipe2 (fds, O_CLOEXEC | O_NONBLOCK) < 0)
    return NULL;

  self = g_new0 (RunnelCliHold, 1);
  self->run = run;
  self->func = func;
  self->user_data = user_data;
  self->who = g_strdup (who);
  self->fd = fds[0];
  note_fd = fds[1];
  self->source = g_unix_fd_add (self->fd, G_IO_IN, note_cb, self);
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    if (!is_ignored (signals[i]))
      handle_signal (signals[i]);

  return self;
}

void
runnel_cli_hold_free (RunnelCliHold *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    if (!is_ignored (signals[i]))
      signal (signals[i], SIG_DFL);
  g_source_remove (self->source);
  close (self->fd);
  close (note_fd);
  note_fd = -1;
  g_free (self->who);
  g_free (self);
}
