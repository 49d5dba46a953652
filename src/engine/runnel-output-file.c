/* runnel-output-file.c: what a process wrote into the file named by $RUNNEL_OUTPUT
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/runnel-output-file.h"

/* The format is that of GitHub Actions' $GITHUB_OUTPUT:
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 *
 *   version=1.2
 *   notes<<EOF
 *   several
 *   lines
 *   EOF
 */

G_DEFINE_QUARK (runnel-output-file-error-quark, runnel_output_file_error)

/* A walk along the lines of a text. */
typedef struct
{
  const char *next;
  const char *end;
  guint number; /* of the line last taken, from 1 */
} Lines;

static gboolean
take_line (Lines *self, const char **ret_line, gsize *ret_length)
{
  const char *newline;

  if (self->next == self->end)
    return FALSE;
  newline = memchr (self->next, '\n', self->end - self->next);
  *ret_line = self->next;
  *ret_length = (newline != NULL ? newline : self->end) - self->next;
  self->next = newline != NULL ? newline + 1 : self->end;
  self->number++;
  if (*ret_length > 0 && (*ret_line)[*ret_length - 1] == '\r')
    (*ret_length)--;
  return TRUE;
}

static guint
count_lines (const char *text, const char *end)
{
  guint n = 1;

  for (; (text = memchr (text, '\n', end - text)) != NULL; text++)
    n++;
  return n;
}

static gboolean
is_name (const char *text, gsize length)
{
  if (length == 0 || length > 100 || !(g_ascii_isalpha (text[0]) || text[0] == '_'))
    return FALSE;
  for (gsize i = 1; i < length; i++)
    {
      if (!g_ascii_isalnum (text[i]) && text[i] != '_' && text[i] != '-')
        return FALSE;
    }
  return TRUE;
}

static gboolean
fail_at (guint line, GError **error, const char *what)
{
  g_set_error (error, RUNNEL_OUTPUT_FILE_ERROR, RUNNEL_OUTPUT_FILE_ERROR_SYNTAX,
               "line %u of $RUNNEL_OUTPUT %s", line, what);
  return FALSE;
}

/* Takes the lines up to the one that is `mark`. */
static gboolean
take_block (Lines *lines, const char *name, const char *mark, JsonObject *outputs, GError **error)
{
  g_autoptr(GString) value = g_string_new (NULL);
  g_autofree char *what = NULL;
  guint first = lines->number;
  const char *line;
  gsize length;

  while (take_line (lines, &line, &length))
    {
      if (length == strlen (mark) && memcmp (line, mark, length) == 0)
        {
          json_object_set_string_member (outputs, name, value->str);
          return TRUE;
        }
      if (lines->number > first + 1)
        g_string_append_c (value, '\n');
      g_string_append_len (value, line, length);
    }
  what = g_strdup_printf ("begins \"%s\", but no line \"%s\" ends it", name, mark);
  return fail_at (first, error, what);
}

static gboolean
take_output (Lines *lines, const char *line, gsize length, JsonObject *outputs, GError **error)
{
  const char *equals = memchr (line, '=', length);
  const char *heredoc = memmem (line, length, "<<", 2);
  gboolean is_block = heredoc != NULL && (equals == NULL || heredoc < equals);
  const char *separator = is_block ? heredoc : equals;
  gsize name_length = separator != NULL ? (gsize) (separator - line) : 0;
  gsize skip = name_length + (is_block ? 2 : 1);
  g_autofree char *name = NULL;
  g_autofree char *rest = NULL;

  if (separator == NULL)
    return fail_at (lines->number, error, "is neither name=value nor name<<EOF");
  if (!is_name (line, name_length))
    return fail_at (lines->number, error,
                    "has no valid name: letters, digits, _ and -, not beginning with a digit");

  name = g_strndup (line, name_length);
  rest = g_strndup (line + skip, length - skip);
  if (!is_block)
    json_object_set_string_member (outputs, name, rest);
  else if (*rest == '\0')
    return fail_at (lines->number, error, "has no word after << to end the value with");
  else
    return take_block (lines, name, rest, outputs, error);
  return TRUE;
}

static gboolean
fail_to_read (const char *path, int code, GError **error)
{
  g_set_error (error, RUNNEL_OUTPUT_FILE_ERROR, RUNNEL_OUTPUT_FILE_ERROR_READ,
               "%s can't be read: %s", path, g_strerror (code));
  return FALSE;
}

static gboolean
fail_no_file (const char *path, GError **error)
{
  g_set_error (error, RUNNEL_OUTPUT_FILE_ERROR, RUNNEL_OUTPUT_FILE_ERROR_READ,
               "%s is no longer a file: append lines “name=value” to it, and leave it in its place",
               path);
  return FALSE;
}

static gboolean
fail_too_large (GError **error)
{
  g_set_error (error, RUNNEL_OUTPUT_FILE_ERROR, RUNNEL_OUTPUT_FILE_ERROR_TOO_LARGE,
               "$RUNNEL_OUTPUT is larger than %d KiB: outputs are for small values; "
               "write large ones into a file and output its name",
               RUNNEL_OUTPUT_FILE_MAX_SIZE / 1024);
  return FALSE;
}

/* Reads at most one byte more than allowed: what the file says of its size may change. */
static gboolean
read_descriptor (int fd, const char *path, GString *text, GError **error)
{
  struct stat info;
  char buffer[16 * 1024];
  gssize n;

  if (fstat (fd, &info) != 0)
    return fail_to_read (path, errno, error);
  if (!S_ISREG (info.st_mode))
    return fail_no_file (path, error);
  while ((n = read (fd, buffer, sizeof buffer)) != 0)
    {
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return fail_to_read (path, errno, error);
      g_string_append_len (text, buffer, n);
      if (text->len > RUNNEL_OUTPUT_FILE_MAX_SIZE)
        return fail_too_large (error);
    }
  return TRUE;
}

/**
 * runnel_output_file_parse:
 * @text: lines `name=value`, and `name<<WORD`, the lines of the value, `WORD`; empty lines do not
 *   count
 * @length: bytes of @text
 * @ret_outputs: (out) (transfer full) (nullable): strings by name; NULL when there are none
 * @error: #RUNNEL_OUTPUT_FILE_ERROR, naming the line
 *
 * The last value of a name counts.
 *
 * Returns: whether the text is right
 */
gboolean
runnel_output_file_parse (const char *text, gsize length, JsonObject **ret_outputs, GError **error)
{
  g_autoptr(JsonObject) outputs = json_object_new ();
  Lines lines = { text, text + length, 0 };
  const char *invalid;
  const char *line;
  gsize line_length;

  if (length > RUNNEL_OUTPUT_FILE_MAX_SIZE)
    return fail_too_large (error);
  if (!g_utf8_validate_len (text, length, &invalid))
    return fail_at (count_lines (text, invalid), error, "is not UTF-8 text");
  while (take_line (&lines, &line, &line_length))
    {
      if (line_length > 0 && !take_output (&lines, line, line_length, outputs, error))
        return FALSE;
    }
  *ret_outputs = json_object_get_size (outputs) > 0 ? g_steal_pointer (&outputs) : NULL;
  return TRUE;
}

/**
 * runnel_output_file_read:
 * @path: path of the file
 * @ret_outputs: (out) (transfer full) (nullable): strings by name; NULL when there are none or
 *   no file
 * @error: #RUNNEL_OUTPUT_FILE_ERROR
 *
 * Returns: whether the file is right; a missing one is
 */
gboolean
runnel_output_file_read (const char *path, JsonObject **ret_outputs, GError **error)
{
  g_autoptr(GString) text = NULL;
  gboolean ok;
  int fd;

  /* The step may have put anything there: do not follow it elsewhere, do not wait for a pipe. */
  fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (fd < 0 && errno == ENOENT)
    {
      *ret_outputs = NULL;
      return TRUE;
    }
  if (fd < 0)
    return errno == ELOOP ? fail_no_file (path, error) : fail_to_read (path, errno, error);

  text = g_string_new (NULL);
  ok = read_descriptor (fd, path, text, error);
  close (fd);
  return ok && runnel_output_file_parse (text->str, text->len, ret_outputs, error);
}
