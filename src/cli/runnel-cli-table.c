/* runnel-cli-table.c: columns that fit the terminal
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>
#include <unistd.h>

#include "cli/runnel-cli-table.h"
#include "cli/runnel-cli-terminal.h"

#define GAP 2
#define MIN_FLEXIBLE 8

typedef struct
{
  char **cells;
  RunnelState state;
} Row;

struct _RunnelCliTable
{
  const char *const *titles;
  guint n_columns;
  guint flexible;
  GArray *rows; /* of Row */
};

static void
row_clear (Row *row)
{
  for (guint i = 0; row->cells[i]; i++)
    g_free (row->cells[i]);
  g_free (row->cells);
}

/**
 * runnel_cli_table_new:
 * @titles: (array zero-terminated=1): the columns' titles, which stay valid
 * @flexible: the column that is cut when a row is too wide
 *
 * Returns: (transfer full): a table without rows
 */
RunnelCliTable *
runnel_cli_table_new (const char *const *titles,
                      guint              flexible)
{
  RunnelCliTable *self = g_new0 (RunnelCliTable, 1);

  self->titles = titles;
  self->n_columns = g_strv_length ((char **) titles);
  self->flexible = flexible;
  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  g_array_set_clear_func (self->rows, (GDestroyNotify) row_clear);

  return self;
}

void
runnel_cli_table_free (RunnelCliTable *self)
{
  g_array_unref (self->rows);
  g_free (self);
}

void
runnel_cli_table_take_row (RunnelCliTable  *self,
                           char           **cells,
                           RunnelState      state)
{
  Row row = { g_new0 (char *, self->n_columns + 1), state };

  for (guint i = 0; i < self->n_columns; i++)
    row.cells[i] = cells[i];
  g_array_append_val (self->rows, row);
}

static void
measure (RunnelCliTable *self,
         guint          *widths)
{
  guint total = GAP * (self->n_columns - 1);
  guint room = runnel_terminal_get_width ();

  for (guint i = 0; i < self->n_columns; i++)
    {
      widths[i] = runnel_text_get_width (self->titles[i]);
      for (guint j = 0; j < self->rows->len; j++)
        widths[i] = MAX (widths[i],
                         runnel_text_get_width (g_array_index (self->rows, Row, j).cells[i]));
      total += widths[i];
    }

  if (isatty (STDOUT_FILENO) && total > room)
    {
      guint excess = total - room;
      guint *flexible = &widths[self->flexible];

      *flexible = *flexible > excess + MIN_FLEXIBLE ? *flexible - excess : MIN_FLEXIBLE;
    }
}

static void
print_cells (RunnelCliTable    *self,
             const char *const *cells,
             const guint       *widths,
             const char        *color)
{
  g_autoptr(GString) line = g_string_new (NULL);

  for (guint i = 0; i < self->n_columns; i++)
    {
      runnel_text_append_padded (line, cells[i], widths[i]);
      if (i + 1 < self->n_columns)
        g_string_append (line, "  ");
    }
  while (line->len > 0 && line->str[line->len - 1] == ' ')
    g_string_truncate (line, line->len - 1);

  printf ("%s%s%s\n", color, line->str, *color ? runnel_terminal_get_reset () : "");
}

void
runnel_cli_table_print (RunnelCliTable *self)
{
  g_autofree guint *widths = g_new0 (guint, self->n_columns);

  measure (self, widths);
  print_cells (self, self->titles, widths, runnel_terminal_get_dim ());
  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = &g_array_index (self->rows, Row, i);
      gboolean is_plain = row->state == RUNNEL_STATE_SUCCEEDED;

      print_cells (self, (const char *const *) row->cells, widths,
                   is_plain ? "" : runnel_state_get_color (row->state));
    }
}
