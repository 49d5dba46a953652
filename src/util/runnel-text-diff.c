/* runnel-text-diff.c: how two texts differ, for people
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The unified format of diff (POSIX.1-2017, diff -U), as patch(1) reads it.
 */
#include "config.h"

#include <string.h>

#include "util/runnel-text-diff.h"
#include "util/runnel-text-hunks.h"

#define CONTEXT 3 /* lines around what differs */

typedef struct
{
  GString *result;
  const char *at; /* the line of the old text that comes next */
  guint line;     /* its number, from 0 */
  guint n_lines;  /* of the old text */
} Diff;

static guint
count_lines (const char *text,
             gsize       length)
{
  guint n_lines = length > 0 && text[length - 1] != '\n';

  for (const char *p = text; (p = memchr (p, '\n', text + length - p)) != NULL; p++)
    n_lines++;

  return n_lines;
}

/* Appends one line and returns where the next begins. */
static const char *
append_line (GString    *result,
             char        sign,
             const char *line,
             const char *end)
{
  const char *newline = memchr (line, '\n', end - line);
  const char *next = newline != NULL ? newline + 1 : end;

  g_string_append_c (result, sign);
  g_string_append_len (result, line, next - line);
  if (newline == NULL)
    g_string_append (result, "\n\\ No newline at end of file\n");

  return next;
}

/* Goes through the old text up to a line, appending what it passes behind `sign`; 0 appends nothing. */
static void
pass (Diff  *self,
      guint  line,
      char   sign)
{
  for (; self->line < line; self->line++)
    {
      const char *end = strchrnul (self->at, '\n');

      end += *end == '\n';
      if (sign != 0)
        append_line (self->result, sign, self->at, end);
      self->at = end;
    }
}

static void
append_added (GString              *result,
              const RunnelTextHunk *hunk)
{
  const char *end = hunk->text + hunk->length;

  for (const char *line = hunk->text; line < end;)
    line = append_line (result, '+', line, end);
}

/* Of no lines, the line before them is named. */
static void
append_range (GString *result,
              char     sign,
              guint    line,
              guint    n_lines)
{
  g_string_append_printf (result, "%c%u", sign, n_lines == 0 ? line : line + 1);
  if (n_lines != 1)
    g_string_append_printf (result, ",%u", n_lines);
}

/* Appends hunks that are near each other, with the lines around them; returns by how much the new text
 * has more lines than the old one there. */
static int
append_group (Diff           *self,
              RunnelTextHunk *hunks,
              guint           n_hunks,
              int             offset)
{
  const RunnelTextHunk *last = &hunks[n_hunks - 1];
  guint start = hunks[0].line > CONTEXT ? hunks[0].line - CONTEXT : 0;
  guint end = MIN (last->line + last->n_removed + CONTEXT, self->n_lines);
  int more = 0;

  for (guint i = 0; i < n_hunks; i++)
    more += (int) count_lines (hunks[i].text, hunks[i].length) - (int) hunks[i].n_removed;

  g_string_append (self->result, "@@ ");
  append_range (self->result, '-', start, end - start);
  g_string_append_c (self->result, ' ');
  append_range (self->result, '+', start + offset, end - start + more);
  g_string_append (self->result, " @@\n");

  pass (self, start, 0);
  for (guint i = 0; i < n_hunks; i++)
    {
      pass (self, hunks[i].line, ' ');
      pass (self, hunks[i].line + hunks[i].n_removed, '-');
      append_added (self->result, &hunks[i]);
    }
  pass (self, end, ' ');

  return more;
}

/* How many of the hunks belong together: their lines around them touch. */
static guint
count_near (RunnelTextHunk *hunks,
            guint           n_hunks)
{
  guint n = 1;

  while (n < n_hunks
         && hunks[n].line <= hunks[n - 1].line + hunks[n - 1].n_removed + 2 * CONTEXT)
    n++;

  return n;
}

/**
 * runnel_text_diff:
 * @from_name: what the old text is called
 * @to_name: what the new one is called
 * @from: a text
 * @to: another one
 *
 * Returns: (transfer full): what turns @from into @to, in the unified format; "" when they are equal
 */
char *
runnel_text_diff (const char *from_name,
                  const char *to_name,
                  const char *from,
                  const char *to)
{
  g_autoptr(GArray) hunks = NULL;
  Diff self = { g_string_new (NULL), from, 0, 0 };
  int offset = 0;

  g_return_val_if_fail (from_name != NULL && to_name != NULL && from != NULL && to != NULL, NULL);

  hunks = runnel_text_hunks_new (from, to);
  self.n_lines = count_lines (from, strlen (from));
  if (hunks->len > 0)
    g_string_append_printf (self.result, "--- %s\n+++ %s\n", from_name, to_name);
  for (guint i = 0; i < hunks->len;)
    {
      RunnelTextHunk *first = &g_array_index (hunks, RunnelTextHunk, i);
      guint n = count_near (first, hunks->len - i);

      offset += append_group (&self, first, n, offset);
      i += n;
    }

  return g_string_free (self.result, FALSE);
}
