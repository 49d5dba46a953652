/* runnel-list-row.h: a field that is a list of values, or of names with a value each
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/inspector/runnel-field-line.h"
#include "designer/inspector/runnel-field-row.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_LIST_ROW (runnel_list_row_get_type ())
G_DECLARE_FINAL_TYPE (RunnelListRow, runnel_list_row, RUNNEL, LIST_ROW, RunnelFieldRow)

RunnelFieldRow *runnel_list_row_new_strings      (void);
RunnelFieldRow *runnel_list_row_new_map          (const char            *key_title,
                                                  const char            *value_title);
void            runnel_list_row_set_line         (RunnelListRow         *self,
                                                  const RunnelFieldLine *line,
                                                  const char            *value_title);
void            runnel_list_row_set_hidden_keys  (RunnelListRow         *self,
                                                  const char *const     *keys);
void            runnel_list_row_allow_expression (RunnelListRow         *self);

G_END_DECLS
