/* runnel-csv.c: rows of a table for spreadsheets
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Format: RFC 4180, "Common Format and MIME Type for Comma-Separated Values (CSV) Files", but for
 * its line ends: those of Unix, which every reader takes.
 */
#include "config.h"

#include <string.h>

#include "util/runnel-csv.h"

static void
append_field (GString    *csv,
              const char *field)
{
  if (strpbrk (field, ",\"\r\n") == NULL)
    {
      g_string_append (csv, field);
      return;
    }
  g_string_append_c (csv, '"');
  for (; *field != '\0'; field++)
    {
      if (*field == '"')
        g_string_append_c (csv, '"');
      g_string_append_c (csv, *field);
    }
  g_string_append_c (csv, '"');
}

/**
 * runnel_csv_append_row:
 * @csv: what to append to
 * @fields: (array zero-terminated=1): the row's fields, UTF-8
 */
void
runnel_csv_append_row (GString           *csv,
                       const char *const *fields)
{
  for (guint i = 0; fields[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (csv, ',');
      append_field (csv, fields[i]);
    }
  g_string_append_c (csv, '\n');
}
