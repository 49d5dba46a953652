/* runnel-field-row.h: one field of a form: title, editor, and what is wrong with the value
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

#include "model/runnel-diagnostic.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_FIELD_ROW (runnel_field_row_get_type ())
G_DECLARE_DERIVABLE_TYPE (RunnelFieldRow, runnel_field_row, RUNNEL, FIELD_ROW, GtkBox)

/* Signal "commit" (JsonNode *value): a person gave the field another valid value, NULL = none.
 * What is typed is committed when the typing pauses or the field loses the focus, so that one pass
 * over a field is one step of the undo history. */
struct _RunnelFieldRowClass
{
  GtkBoxClass parent_class;

  void     (*show_value) (RunnelFieldRow *self, JsonNode *value);
  gboolean (*read_value) (RunnelFieldRow *self, JsonNode **ret_value, GError **error);
  void     (*flush)      (RunnelFieldRow *self); /* of fields within this one; may be NULL */
};

void       runnel_field_row_set_title   (RunnelFieldRow  *self,
                                         const char      *title,
                                         const char      *description);
void       runnel_field_row_set_value   (RunnelFieldRow  *self,
                                         JsonNode        *value);
JsonNode  *runnel_field_row_get_value   (RunnelFieldRow  *self);
gboolean   runnel_field_row_read_value  (RunnelFieldRow  *self,
                                         JsonNode       **ret_value,
                                         GError         **error);
void       runnel_field_row_flush       (RunnelFieldRow  *self);
void       runnel_field_row_set_problem (RunnelFieldRow  *self,
                                         RunnelSeverity   severity,
                                         const char      *message);
const char *runnel_field_row_get_message (RunnelFieldRow *self);

/* For subclasses */
void       _runnel_field_row_set_editor   (RunnelFieldRow *self,
                                           GtkWidget      *editor,
                                           GtkWidget      *labelled);
void       _runnel_field_row_add_to_header (RunnelFieldRow *self,
                                            GtkWidget      *widget);
void       _runnel_field_row_edited       (RunnelFieldRow *self);
void       _runnel_field_row_edited_now   (RunnelFieldRow *self);

G_END_DECLS
