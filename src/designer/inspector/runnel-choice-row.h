/* runnel-choice-row.h: a field that is one of a few, or an expression
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/inspector/runnel-field-row.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_CHOICE_ROW (runnel_choice_row_get_type ())
G_DECLARE_FINAL_TYPE (RunnelChoiceRow, runnel_choice_row, RUNNEL, CHOICE_ROW, RunnelFieldRow)

/* One entry of the list. */
typedef struct
{
  const char *json;  /* the value as JSON, NULL = none: the default */
  const char *label; /* translated */
} RunnelChoice;

RunnelFieldRow *runnel_choice_row_new         (const RunnelChoice *choices,
                                               guint               n_choices,
                                               gboolean            with_expression);
RunnelFieldRow *runnel_choice_row_new_boolean (const char         *default_json,
                                               gboolean            with_expression);
RunnelFieldRow *runnel_choice_row_new_strings (const char *const  *strings,
                                               const char         *default_json,
                                               gboolean            with_expression);

G_END_DECLS
