/* runnel-csv.h: rows of a table for spreadsheets
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void runnel_csv_append_row (GString           *csv,
                            const char *const *fields);

G_END_DECLS
