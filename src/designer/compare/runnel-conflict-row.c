/* runnel-conflict-row.c: a value that both sides changed, and which is to be taken
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/compare/runnel-conflict-row.h"
#include "model/runnel-json-write.h"

struct _RunnelConflictRow
{
  GtkListBoxRow parent_instance;

  GtkCheckButton *buttons[2]; /* by RunnelMergeSide */
  char *path;
  char *step;
};

G_DEFINE_FINAL_TYPE (RunnelConflictRow, runnel_conflict_row, GTK_TYPE_LIST_BOX_ROW)

static guint chosen_signal;

static char *
value_to_text (JsonNode *value)
{
  GString *text;

  if (value == NULL)
    return g_strdup (_("nothing"));

  text = g_string_new (NULL);
  runnel_json_write_compact (text, value);
  return g_string_free (text, FALSE);
}

static GtkWidget *
label_new (const char *text,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
toggled_cb (RunnelConflictRow *self,
            GtkCheckButton    *button)
{
  if (gtk_check_button_get_active (button))
    g_signal_emit (self, chosen_signal, 0);
}

static GtkCheckButton *
button_new (RunnelConflictRow *self,
            const char        *side,
            JsonNode          *value)
{
  GtkWidget *button = gtk_check_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *text = value_to_text (value);
  g_autofree char *name = g_strdup_printf ("%s: %s", side, text);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_box_append (GTK_BOX (box), label_new (side, "caption"));
  gtk_box_append (GTK_BOX (box), label_new (text, "monospace"));
  gtk_check_button_set_child (GTK_CHECK_BUTTON (button), box);
  gtk_widget_set_margin_start (box, 6);
  g_signal_connect_swapped (button, "toggled", G_CALLBACK (toggled_cb), self);
  return GTK_CHECK_BUTTON (button);
}

static void
runnel_conflict_row_finalize (GObject *object)
{
  RunnelConflictRow *self = RUNNEL_CONFLICT_ROW (object);

  g_free (self->path);
  g_free (self->step);
  G_OBJECT_CLASS (runnel_conflict_row_parent_class)->finalize (object);
}

static void
runnel_conflict_row_class_init (RunnelConflictRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = runnel_conflict_row_finalize;
  chosen_signal = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 0);
}

static void
runnel_conflict_row_init (RunnelConflictRow *self)
{
}

/**
 * runnel_conflict_row_new:
 * @conflict: what is to be decided; copied
 * @ours: what our side is called
 * @theirs: what the other side is called
 *
 * Returns: (transfer floating): a row in which no side is chosen yet
 */
GtkWidget *
runnel_conflict_row_new (const RunnelMergeConflict *conflict,
                         const char                *ours,
                         const char                *theirs)
{
  RunnelConflictRow *self = g_object_new (RUNNEL_TYPE_CONFLICT_ROW, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_autofree char *base = value_to_text (conflict->base);
  /* translators: what a value was before two people changed it */
  g_autofree char *before = g_strdup_printf (_("Before: %s"), base);

  self->path = g_strdup (conflict->path);
  self->step = g_strdup (conflict->step);
  self->buttons[RUNNEL_MERGE_OURS] = button_new (self, ours, conflict->ours);
  self->buttons[RUNNEL_MERGE_THEIRS] = button_new (self, theirs, conflict->theirs);
  gtk_check_button_set_group (self->buttons[1], self->buttons[0]);

  gtk_box_append (GTK_BOX (box), label_new (conflict->path, "heading"));
  gtk_box_append (GTK_BOX (box), label_new (before, "dim-label"));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->buttons[0]));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->buttons[1]));
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  return GTK_WIDGET (self);
}

const char *
runnel_conflict_row_get_path (RunnelConflictRow *self)
{
  return self->path;
}

const char *
runnel_conflict_row_get_step (RunnelConflictRow *self)
{
  return self->step;
}

gboolean
runnel_conflict_row_is_chosen (RunnelConflictRow *self)
{
  return gtk_check_button_get_active (self->buttons[0])
         || gtk_check_button_get_active (self->buttons[1]);
}

/* Ours, until something is chosen. */
RunnelMergeSide
runnel_conflict_row_get_side (RunnelConflictRow *self)
{
  return gtk_check_button_get_active (self->buttons[RUNNEL_MERGE_THEIRS]) ? RUNNEL_MERGE_THEIRS
                                                                          : RUNNEL_MERGE_OURS;
}

void
runnel_conflict_row_choose (RunnelConflictRow *self,
                            RunnelMergeSide    side)
{
  gtk_check_button_set_active (self->buttons[side], TRUE);
}
