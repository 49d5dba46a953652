/* runnel-area-form.c: the properties of a group or note
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/inspector/runnel-area-form.h"

#define TEXT_HEIGHT 160

struct _RunnelAreaForm
{
  AdwBin parent_instance;

  RunnelDocument *document;
  char *id;
  guint is_group : 1;
  guint is_showing : 1;
  GtkEditable *title;    /* of a group */
  GtkTextBuffer *text;   /* of a note */
  GtkDropDown *color;
  GtkLabel *steps;       /* of a group */
};

G_DEFINE_FINAL_TYPE (RunnelAreaForm, runnel_area_form, ADW_TYPE_BIN)

/* As runnel_area_list_colors() has them, behind none. */
static const char *const color_titles[] = {
  N_("None"), N_("Blue"), N_("Teal"), N_("Green"), N_("Yellow"), N_("Orange"), N_("Red"),
  N_("Pink"), N_("Purple"),
};

static RunnelPipeline *
get_pipeline (RunnelAreaForm *self)
{
  return runnel_document_get_pipeline (self->document);
}

static gboolean
is_there (RunnelAreaForm *self)
{
  return self->is_group ? runnel_pipeline_find_group (get_pipeline (self), self->id, NULL)
                        : runnel_pipeline_find_note (get_pipeline (self), self->id, NULL);
}

static void
apply (RunnelAreaForm *self,
       const char     *key,
       const char     *value)
{
  g_autoptr(RunnelEdit) edit = NULL;

  edit = self->is_group ? runnel_edit_new_set_group (get_pipeline (self), self->id, key, value)
                        : runnel_edit_new_set_note (get_pipeline (self), self->id, key, value);
  runnel_document_apply (self->document, edit, NULL);
}

static char *
dup_text (RunnelAreaForm *self)
{
  GtkTextIter start, end;

  if (self->is_group)
    return g_strstrip (g_strdup (gtk_editable_get_text (self->title)));

  gtk_text_buffer_get_bounds (self->text, &start, &end);
  return gtk_text_buffer_get_text (self->text, &start, &end, FALSE);
}

static const char *
get_shown_text (RunnelAreaForm *self)
{
  RunnelGroup group;
  RunnelNote note;

  if (self->is_group)
    return runnel_pipeline_find_group (get_pipeline (self), self->id, &group) ? group.title : "";

  return runnel_pipeline_find_note (get_pipeline (self), self->id, &note) ? note.text : "";
}

static const char *
get_shown_color (RunnelAreaForm *self)
{
  RunnelGroup group;
  RunnelNote note;

  if (self->is_group)
    return runnel_pipeline_find_group (get_pipeline (self), self->id, &group) ? group.color : NULL;

  return runnel_pipeline_find_note (get_pipeline (self), self->id, &note) ? note.color : NULL;
}

static void
color_cb (RunnelAreaForm *self)
{
  const guint selected = gtk_drop_down_get_selected (self->color);

  if (self->is_showing || !is_there (self))
    return;
  apply (self, "color", selected > 0 ? runnel_area_list_colors ()[selected - 1] : NULL);
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
append_field (GtkWidget  *box,
              const char *name,
              GtkWidget  *field,
              GtkWidget  *shown)
{
  GtkWidget *label = label_new (name, "heading");

  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), shown);
  gtk_widget_set_margin_bottom (shown, 12);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (field), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  label, NULL, -1);
}

static void
append_title (RunnelAreaForm *self,
              GtkWidget      *box)
{
  GtkWidget *entry = gtk_entry_new ();

  self->title = GTK_EDITABLE (entry);
  append_field (box, _("Title"), entry, entry);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (runnel_area_form_flush), self);
}

static void
append_text (RunnelAreaForm *self,
             GtkWidget      *box)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *view = gtk_text_view_new ();

  self->text = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 8);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 8);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 8);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), 8);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_scrolled_window_set_has_frame (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), TEXT_HEIGHT);
  append_field (box, _("Text"), view, scroller);
}

static void
append_color (RunnelAreaForm *self,
              GtkWidget      *box)
{
  g_autoptr(GtkStringList) titles = gtk_string_list_new (NULL);
  GtkWidget *drop_down;

  for (guint i = 0; i < G_N_ELEMENTS (color_titles); i++)
    gtk_string_list_append (titles, _(color_titles[i]));
  drop_down = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&titles)), NULL);
  self->color = GTK_DROP_DOWN (drop_down);
  append_field (box, _("Colour"), drop_down, drop_down);
  g_signal_connect_swapped (drop_down, "notify::selected", G_CALLBACK (color_cb), self);
}

static void
append_steps (RunnelAreaForm *self,
              GtkWidget      *box)
{
  GtkWidget *label = label_new (NULL, "dim-label");

  self->steps = GTK_LABEL (label);
  append_field (box, _("Steps"), label, label);
}

static void
append_button (GtkWidget  *box,
               const char *label,
               const char *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_box_append (GTK_BOX (box), button);
}

static void
build (RunnelAreaForm *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkEventController *focus = gtk_event_controller_focus_new ();

  if (self->is_group)
    append_title (self, box);
  else
    append_text (self, box);
  append_color (self, box);
  if (self->is_group)
    append_steps (self, box);
  append_button (box, _("D_uplicate"), "page.duplicate");
  append_button (box, self->is_group ? _("_Delete Frame") : _("_Delete"), "page.delete");
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (runnel_area_form_flush), self);
  gtk_widget_add_controller (box, focus);
  adw_bin_set_child (ADW_BIN (self), box);
  runnel_area_form_update (self);
}

static void
runnel_area_form_finalize (GObject *object)
{
  RunnelAreaForm *self = RUNNEL_AREA_FORM (object);

  g_clear_object (&self->document);
  g_clear_pointer (&self->id, g_free);
  G_OBJECT_CLASS (runnel_area_form_parent_class)->finalize (object);
}

static void
runnel_area_form_class_init (RunnelAreaFormClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = runnel_area_form_finalize;
}

static void
runnel_area_form_init (RunnelAreaForm *self)
{
}

static GtkWidget *
form_new (RunnelDocument *document,
          const char     *id,
          gboolean        is_group)
{
  RunnelAreaForm *self = g_object_new (RUNNEL_TYPE_AREA_FORM, NULL);

  self->document = g_object_ref (document);
  self->id = g_strdup (id);
  self->is_group = is_group;
  build (self);
  return GTK_WIDGET (self);
}

/**
 * runnel_area_form_new_for_group:
 *
 * Returns: (transfer floating): a form that edits a group
 */
GtkWidget *
runnel_area_form_new_for_group (RunnelDocument *document,
                                const char     *id)
{
  return form_new (document, id, TRUE);
}

/**
 * runnel_area_form_new_for_note:
 *
 * Returns: (transfer floating): a form that edits a note
 */
GtkWidget *
runnel_area_form_new_for_note (RunnelDocument *document,
                               const char     *id)
{
  return form_new (document, id, FALSE);
}

static void
show_steps (RunnelAreaForm *self)
{
  g_autoptr(GString) text = g_string_new (NULL);
  RunnelPipeline *pipeline = get_pipeline (self);
  RunnelGroup group;

  if (!runnel_pipeline_find_group (pipeline, self->id, &group) || !group.steps)
    return;
  for (guint i = 0; i < json_array_get_length (group.steps); i++)
    {
      const char *id = json_node_get_string (json_array_get_element (group.steps, i));
      guint index;

      if (id && runnel_pipeline_find_step (pipeline, id, &index))
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "",
                                runnel_step_get_title (runnel_pipeline_get_step (pipeline, index)));
    }
  gtk_label_set_label (self->steps, text->str);
}

static void
show_color (RunnelAreaForm *self)
{
  const char *color = get_shown_color (self);
  const char *const *colors = runnel_area_list_colors ();
  guint selected = color ? GTK_INVALID_LIST_POSITION : 0;

  for (guint i = 0; color && colors[i]; i++)
    if (g_str_equal (colors[i], color))
      selected = i + 1;
  gtk_drop_down_set_selected (self->color, selected);
}

/**
 * runnel_area_form_update:
 *
 * Shows the group or note as it is now.
 */
void
runnel_area_form_update (RunnelAreaForm *self)
{
  g_autofree char *written = NULL;
  const char *text;

  g_return_if_fail (RUNNEL_IS_AREA_FORM (self));

  if (!is_there (self))
    return;
  self->is_showing = TRUE;
  written = dup_text (self);
  text = get_shown_text (self);
  if (!g_str_equal (written, text) && self->is_group)
    gtk_editable_set_text (self->title, text);
  else if (!g_str_equal (written, text))
    gtk_text_buffer_set_text (self->text, text, -1);
  show_color (self);
  if (self->is_group)
    show_steps (self);
  self->is_showing = FALSE;
}

/**
 * runnel_area_form_flush:
 *
 * Applies what was typed.
 */
void
runnel_area_form_flush (RunnelAreaForm *self)
{
  g_autofree char *written = NULL;

  g_return_if_fail (RUNNEL_IS_AREA_FORM (self));

  if (!is_there (self))
    return;
  written = dup_text (self);
  if (g_str_equal (written, get_shown_text (self)) || (self->is_group && *written == '\0'))
    return;
  apply (self, self->is_group ? "name" : "text", written);
}
