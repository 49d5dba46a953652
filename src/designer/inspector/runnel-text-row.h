/* runnel-text-row.h: a field for one line: text, a number, a duration, the path of a file
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/inspector/runnel-field-row.h"
#include "model/runnel-kind.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_TEXT_ROW (runnel_text_row_get_type ())
G_DECLARE_FINAL_TYPE (RunnelTextRow, runnel_text_row, RUNNEL, TEXT_ROW, RunnelFieldRow)

RunnelFieldRow *runnel_text_row_new                  (RunnelFieldType    type);
RunnelFieldRow *runnel_text_row_new_with_placeholder (RunnelFieldType    type,
                                                      const char        *text);
void            runnel_text_row_set_placeholder      (RunnelTextRow     *self,
                                                      const char        *text);
void            runnel_text_row_set_base             (RunnelTextRow     *self,
                                                      GFile             *folder);
void            runnel_text_row_set_suggestions      (RunnelTextRow     *self,
                                                      const char *const *texts);

G_END_DECLS
