/* runnel-cli-detach.c: a run that goes on when the command that started it has returned
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The child gets a session of its own and has /dev/null for standard streams, but for what it
 * complains about until it has started: that goes to a file in memory, which the parent prints.
 * So nobody waits for the end of a pipe that the run would keep open.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/runnel-cli-detach.h"

/* Where the child tells the run's number; a socket, so that telling nobody does no harm. */
static int number_fd = -1;

static void
print_complaints (int fd)
{
  char buffer[4096];
  gssize length;
  off_t offset = 0;

  while ((length = pread (fd, buffer, sizeof buffer, offset)) > 0)
    {
      fwrite (buffer, 1, length, stderr);
      offset += length;
    }
}

static int
wait_for_child (pid_t child)
{
  int status;

  while (waitpid (child, &status, 0) < 0)
    if (errno != EINTR)
      return EXIT_FAILURE;

  return WIFEXITED (status) ? WEXITSTATUS (status) : 128 + WTERMSIG (status);
}

static int
be_parent (pid_t child,
           int   fd,
           int   complaints_fd)
{
  gint64 run = 0;
  gssize length;
  int code = 0;

  do
    length = recv (fd, &run, sizeof run, MSG_WAITALL);
  while (length < 0 && errno == EINTR);

  if (length == sizeof run)
    printf ("%" G_GINT64_FORMAT "\n", run);
  else
    code = wait_for_child (child);
  print_complaints (complaints_fd);

  return code;
}

static void
redirect (int fd,
          int to)
{
  while (dup2 (fd, to) < 0 && errno == EINTR)
    ;
}

static void
be_child (int fd,
          int complaints_fd)
{
  int null_fd = open ("/dev/null", O_RDWR | O_CLOEXEC);

  setsid ();
  redirect (null_fd, STDIN_FILENO);
  redirect (null_fd, STDOUT_FILENO);
  redirect (complaints_fd, STDERR_FILENO);
  close (null_fd);
  close (complaints_fd);
  number_fd = fd;
}

/**
 * runnel_cli_detach:
 * @ret_code: (out): the exit code, in the process that returns to its caller
 * @error: return location for a #GIOError
 *
 * Makes two processes of this one. The child goes on with the run, in a session of its own. The
 * parent waits until it hears from runnel_cli_detach_tell(), prints the number, and is done; or
 * until the child has failed, and prints why.
 *
 * Returns: %TRUE in the child; %FALSE in the parent, with @ret_code or @error set
 */
gboolean
runnel_cli_detach (int     *ret_code,
                   GError **error)
{
  int complaints_fd = memfd_create ("complaints", MFD_CLOEXEC);
  int fds[2];
  pid_t child = -1;

  if (complaints_fd >= 0 && socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) == 0)
    {
      fflush (NULL);
      child = fork ();
    }
  if (child < 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
                   "the run can't get a process of its own: %s", g_strerror (errno));
      return FALSE;
    }

  close (fds[child == 0 ? 0 : 1]);
  if (child == 0)
    be_child (fds[1], complaints_fd);
  else
    *ret_code = be_parent (child, fds[0], complaints_fd);

  return child == 0;
}

/**
 * runnel_cli_detach_tell:
 * @run: the run's number
 *
 * Tells the parent that the run has started. From now on nothing that is printed is seen.
 */
void
runnel_cli_detach_tell (gint64 run)
{
  int null_fd;

  if (number_fd < 0)
    return;

  null_fd = open ("/dev/null", O_RDWR | O_CLOEXEC);
  redirect (null_fd, STDERR_FILENO);
  close (null_fd);
  send (number_fd, &run, sizeof run, MSG_NOSIGNAL);
  close (number_fd);
  number_fd = -1;
}
