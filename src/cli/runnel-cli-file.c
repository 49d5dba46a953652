/* runnel-cli-file.c: reads what a command was given, in full but never without end
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "cli/runnel-cli.h"
#include "model/runnel-json-read.h"

#define PIECE_SIZE 65536

/* One byte more than JSON may have is enough for the reader of JSON to tell that it is too much. A
 * device such as /dev/zero would fill the memory instead. */
static gboolean
read_all (int      fd,
          GString *text)
{
  char piece[PIECE_SIZE];
  gssize n = 1;

  while (n > 0 && text->len <= RUNNEL_JSON_MAX_LENGTH)
    {
      n = read (fd, piece, MIN (sizeof piece, RUNNEL_JSON_MAX_LENGTH + 1 - text->len));
      if (n > 0)
        g_string_append_len (text, piece, n);
      else if (n < 0 && errno == EINTR)
        n = 1;
    }

  return n >= 0;
}

static char *
read_from (int          fd,
           const char  *name,
           gsize       *ret_length,
           GError     **error)
{
  g_autoptr(GString) text = g_string_new (NULL);

  if (fd < 0 || !read_all (fd, text))
    {
      int code = errno;

      g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_NOT_FOUND, "%s can't be read: %s",
                   name, g_strerror (code));
      return NULL;
    }

  *ret_length = text->len;

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * runnel_cli_read_file:
 * @path: (type filename): a file, or a pipe (as with `<(…)`)
 * @ret_length: (out): its length in bytes, at most one more than JSON may have
 * @error: return location for a %RUNNEL_CLI_ERROR_NOT_FOUND
 *
 * Returns: (transfer full): what the file holds, or %NULL with @error set
 */
char *
runnel_cli_read_file (const char  *path,
                      gsize       *ret_length,
                      GError     **error)
{
  g_autofree char *name = g_strdup_printf ("“%s”", path);
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  char *text = read_from (fd, name, ret_length, error);

  if (fd >= 0)
    close (fd);

  return text;
}

/**
 * runnel_cli_read_document:
 * @file: a file that may be replaced afterwards
 * @error: return location for a %RUNNEL_CLI_ERROR_NOT_FOUND
 *
 * Returns: (transfer full): what it holds, or %NULL with @error set
 */
GBytes *
runnel_cli_read_document (RunnelFile  *file,
                          GError     **error)
{
  g_autoptr(GError) problem = NULL;
  GBytes *content = runnel_file_read (file, &problem);

  if (!content)
    g_set_error_literal (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_NOT_FOUND, problem->message);

  return content;
}

/**
 * runnel_cli_read_stdin:
 * @ret_length: (out): as for runnel_cli_read_file()
 * @error: return location for a %RUNNEL_CLI_ERROR_NOT_FOUND
 *
 * Returns: (transfer full): what comes from standard input, or %NULL with @error set
 */
char *
runnel_cli_read_stdin (gsize   *ret_length,
                       GError **error)
{
  return read_from (STDIN_FILENO, "standard input", ret_length, error);
}
