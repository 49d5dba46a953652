/* runnel-cli-password.c: reads a value that nobody is to see
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "cli/runnel-cli-password.h"
#include "cli/runnel-cli.h"

static const int ending_signals[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };
static struct termios before;

/* A terminal that shows nothing of what is typed must not be left behind. */
static void
restore_and_end (int signal_number)
{
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &before);
  signal (signal_number, SIG_DFL);
  raise (signal_number);
}

static char *
read_from_terminal (const char *prompt)
{
  struct termios silent;
  char *line = NULL;
  size_t size = 0;
  ssize_t length;

  tcgetattr (STDIN_FILENO, &before);
  for (gsize i = 0; i < G_N_ELEMENTS (ending_signals); i++)
    signal (ending_signals[i], restore_and_end);
  silent = before;
  silent.c_lflag &= ~(tcflag_t) ECHO;
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &silent);

  fprintf (stderr, "%s", prompt);
  length = getline (&line, &size, stdin);
  fprintf (stderr, "\n");
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &before);
  for (gsize i = 0; i < G_N_ELEMENTS (ending_signals); i++)
    signal (ending_signals[i], SIG_DFL);
  if (length < 0)
    g_clear_pointer (&line, free);

  return line;
}

/* One line break at the end is that of whoever wrote the text, not of the value. */
static void
strip_line_break (char *text)
{
  gsize length = strlen (text);

  if (length > 0 && text[length - 1] == '\n')
    text[--length] = '\0';
  if (length > 0 && text[length - 1] == '\r')
    text[--length] = '\0';
}

/**
 * runnel_cli_read_password:
 * @prompt: what to ask for on a terminal
 * @error: return location for a #RunnelCliError
 *
 * Reads a line from the terminal without showing it, or all of standard input when that is
 * something else. A line break at the end does not count.
 *
 * Returns: (transfer full): the text, or %NULL with @error set
 */
char *
runnel_cli_read_password (const char  *prompt,
                          GError     **error)
{
  gsize length = 0;
  char *text = isatty (STDIN_FILENO) ? read_from_terminal (prompt)
                                     : runnel_cli_read_stdin (&length, error);

  if (text && length > 0 && strlen (text) != length)
    {
      g_clear_pointer (&text, g_free);
      g_set_error_literal (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE,
                           "there is a NUL in the value; secrets are texts");
    }
  else if (text)
    strip_line_break (text);
  else if (error && !*error)
    g_set_error_literal (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE, "nothing was typed");

  return text;
}
