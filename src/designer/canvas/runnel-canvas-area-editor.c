/* runnel-canvas-area-editor.c: titles of groups and texts of notes are edited where they are
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/canvas/runnel-canvas-private.h"
#include "layout/runnel-measures.h"

#define TITLE_MIN_WIDTH 180 /* logical pixels: less can't be written in */
#define NOTE_MIN_WIDTH 220
#define NOTE_MIN_HEIGHT 110

/* What is edited, of the editor widget. */
typedef struct
{
  RunnelAreaKind kind;
  char *id;           /* NULL for a note that is not in the document yet */
  RunnelRect rect;    /* of such a note */
  GtkTextBuffer *text; /* of a note (owned), or NULL */
  GtkEditable *title; /* of a group, or NULL */
} Subject;

static void
subject_free (Subject *self)
{
  g_clear_object (&self->text);
  g_free (self->id);
  g_free (self);
}

static Subject *
get_subject (GtkWidget *editor)
{
  return g_object_get_data (G_OBJECT (editor), "subject");
}

static char *
dup_text (Subject *subject)
{
  GtkTextIter start, end;

  if (subject->title != NULL)
    return g_strstrip (g_strdup (gtk_editable_get_text (subject->title)));

  gtk_text_buffer_get_bounds (subject->text, &start, &end);
  return gtk_text_buffer_get_text (subject->text, &start, &end, FALSE);
}

static gboolean
is_blank (const char *text)
{
  return text[strspn (text, " \t\n")] == '\0';
}

static void
select_note (RunnelCanvas *self,
             const char   *id)
{
  RunnelShownArea *note = runnel_canvas_find_area (self, RUNNEL_AREA_NOTE, id);

  if (note != NULL)
    runnel_canvas_select_only_area (self, note);
}

static void
apply_new_note (RunnelCanvas     *self,
                const RunnelRect *rect,
                const char       *text)
{
  g_autofree char *id = NULL;

  if (is_blank (text))
    return;

  if (runnel_canvas_apply (self, runnel_edit_new_add_note (self->pipeline, text, rect, &id)))
    select_note (self, id);
}

/* A group keeps its title when none is given. */
static void
apply_text (RunnelCanvas    *self,
            RunnelShownArea *area,
            const char      *text)
{
  gboolean group = area->kind == RUNNEL_AREA_GROUP;

  if (g_str_equal (text, area->text) || (group && is_blank (text)))
    return;

  runnel_canvas_apply (self, group ? runnel_edit_new_set_group (self->pipeline, area->id, "name", text)
                                   : runnel_edit_new_set_note (self->pipeline, area->id, "text", text));
}

/* What was written becomes part of the document. */
static void
apply_subject (RunnelCanvas *self,
               Subject      *subject)
{
  g_autofree char *text = dup_text (subject);
  RunnelShownArea *area;

  if (!runnel_canvas_can_edit (self))
    return;

  if (subject->id == NULL)
    {
      apply_new_note (self, &subject->rect, text);
      return;
    }

  area = runnel_canvas_find_area (self, subject->kind, subject->id);
  if (area != NULL)
    apply_text (self, area, text);
}

/* Takes the editor away; what was written in it stays only with `keep`. */
static void
finish (RunnelCanvas *self,
        gboolean      keep)
{
  g_autoptr(GtkWidget) editor = NULL;
  gboolean had_focus;

  if (self->area_editor == NULL)
    return;

  g_clear_handle_id (&self->area_editor_id, g_source_remove);
  editor = g_object_ref (g_steal_pointer (&self->area_editor));
  had_focus = gtk_widget_get_focus_child (GTK_WIDGET (self)) == editor;
  gtk_widget_unparent (editor);
  if (had_focus && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (keep)
    apply_subject (self, get_subject (editor));
}

/* Ends editing, and keeps what was written. */
void
runnel_canvas_area_editor_close (RunnelCanvas *self)
{
  finish (self, TRUE);
}

/**
 * runnel_canvas_flush:
 *
 * Ends editing in place, as before a save: what was written becomes part of the document.
 */
void
runnel_canvas_flush (RunnelCanvas *self)
{
  g_return_if_fail (RUNNEL_IS_CANVAS (self));

  finish (self, TRUE);
}

static gboolean
ends_editing (Subject         *subject,
              guint            keyval,
              GdkModifierType  modifiers)
{
  gboolean enter = keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter;

  if (keyval == GDK_KEY_Escape || keyval == GDK_KEY_F2)
    return TRUE;

  return enter && (subject->title != NULL || (modifiers & GDK_CONTROL_MASK));
}

/* Escape keeps what was written in a note, but gives a changed title up, as everywhere. */
static gboolean
key_cb (RunnelCanvas          *self,
        guint                  keyval,
        guint                  keycode,
        GdkModifierType        modifiers,
        GtkEventControllerKey *keys)
{
  Subject *subject;

  g_assert (RUNNEL_IS_CANVAS (self));

  if (self->area_editor == NULL)
    return GDK_EVENT_PROPAGATE;

  subject = get_subject (self->area_editor);
  if (!ends_editing (subject, keyval, modifiers))
    return GDK_EVENT_PROPAGATE;

  finish (self, keyval != GDK_KEY_Escape || subject->title == NULL);
  return GDK_EVENT_STOP;
}

/* What the text has no use for is not meant for the canvas either. */
static gboolean
rest_key_cb (RunnelCanvas          *self,
             guint                  keyval,
             guint                  keycode,
             GdkModifierType        modifiers,
             GtkEventControllerKey *keys)
{
  gboolean letter = keyval < 0x80 && g_ascii_isalnum (keyval);

  return !(letter && (modifiers & GDK_CONTROL_MASK));
}

static gboolean
left_cb (RunnelCanvas *self)
{
  g_assert (RUNNEL_IS_CANVAS (self));

  self->area_editor_id = 0;
  if (gtk_widget_get_focus_child (GTK_WIDGET (self)) != self->area_editor)
    finish (self, TRUE);

  return G_SOURCE_REMOVE;
}

/* The keyboard goes somewhere else. Whoever takes it there is in the midst of something, and GTK
 * has the widgets around the editor to tell: that is no moment to change the document. */
static void
leave_cb (RunnelCanvas *self)
{
  g_assert (RUNNEL_IS_CANVAS (self));

  if (self->area_editor != NULL && self->area_editor_id == 0)
    self->area_editor_id = g_idle_add_full (G_PRIORITY_HIGH, G_SOURCE_FUNC (left_cb), self, NULL);
}

static void
claim_cb (GtkGesture *gesture)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
add_controllers (RunnelCanvas *self,
                 GtkWidget    *editor)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *rest = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (editor, keys);
  g_signal_connect_swapped (rest, "key-pressed", G_CALLBACK (rest_key_cb), self);
  gtk_widget_add_controller (editor, rest);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (editor, focus);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  g_signal_connect (click, "pressed", G_CALLBACK (claim_cb), NULL);
  gtk_widget_add_controller (editor, GTK_EVENT_CONTROLLER (click));
}

static GtkWidget *
create_title (Subject    *subject,
              const char *text)
{
  GtkWidget *entry = gtk_entry_new ();

  subject->title = GTK_EDITABLE (entry);
  gtk_editable_set_text (subject->title, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Title of the group"), -1);
  return entry;
}

static GtkWidget *
create_text (Subject    *subject,
             const char *text,
             GtkWidget **ret_focus)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *view = gtk_text_view_new ();

  subject->text = g_object_ref (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)));
  gtk_text_buffer_set_text (subject->text, text, -1);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 10);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 10);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 8);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), 8);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Text of the note"), -1);
  gtk_scrolled_window_set_has_frame (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  *ret_focus = view;
  return scroller;
}

/* Takes `subject`. */
static void
open_editor (RunnelCanvas *self,
             Subject      *subject,
             const char   *text)
{
  GtkWidget *focus;
  GtkWidget *editor;

  finish (self, TRUE);
  if (subject->kind == RUNNEL_AREA_GROUP)
    editor = focus = create_title (subject, text);
  else
    editor = create_text (subject, text, &focus);

  g_object_set_data_full (G_OBJECT (editor), "subject", subject, (GDestroyNotify) subject_free);
  add_controllers (self, editor);
  self->area_editor = editor;
  gtk_widget_set_parent (editor, GTK_WIDGET (self));
  gtk_widget_grab_focus (focus);
}

/* Edits the title of a group or the text of a note, in its place. */
void
runnel_canvas_edit_area (RunnelCanvas    *self,
                         RunnelShownArea *area)
{
  g_autofree char *text = g_strdup (area->text);
  Subject *subject;

  if (!runnel_canvas_can_edit (self))
    return;

  subject = g_new0 (Subject, 1);
  subject->kind = area->kind;
  subject->id = g_strdup (area->id);
  runnel_canvas_view_reveal_box (self, &area->box);
  open_editor (self, subject, text);
}

/* Edits a note that will be in the document when something was written. */
void
runnel_canvas_edit_new_note (RunnelCanvas     *self,
                             const RunnelRect *rect)
{
  const RunnelBox box = { rect->x, rect->y, rect->x + rect->width, rect->y + rect->height };
  Subject *subject = g_new0 (Subject, 1);

  subject->kind = RUNNEL_AREA_NOTE;
  subject->rect = *rect;
  runnel_canvas_view_reveal_box (self, &box);
  open_editor (self, subject, "");
}

static gboolean
get_box (RunnelCanvas *self,
         Subject      *subject,
         RunnelBox    *ret_box)
{
  const RunnelRect *rect = &subject->rect;
  RunnelShownArea *area;

  *ret_box = (RunnelBox) { rect->x, rect->y, rect->x + rect->width, rect->y + rect->height };
  if (subject->id == NULL)
    return TRUE;

  area = runnel_canvas_find_area (self, subject->kind, subject->id);
  if (area != NULL)
    *ret_box = area->box;
  return area != NULL;
}

/* Lays the editor over what it edits; text is not zoomed while it is edited. */
void
runnel_canvas_area_editor_allocate (RunnelCanvas *self)
{
  Subject *subject;
  GtkAllocation allocation;
  graphene_rect_t rect;
  RunnelBox box;
  int width, height;

  if (self->area_editor == NULL)
    return;

  subject = get_subject (self->area_editor);
  if (!get_box (self, subject, &box))
    return;

  runnel_canvas_view_get_rect (self, &box, &rect);
  gtk_widget_measure (self->area_editor, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  gtk_widget_measure (self->area_editor, GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);
  if (subject->title != NULL)
    allocation = (GtkAllocation) { rect.origin.x, rect.origin.y,
                                   MAX (MAX (width, TITLE_MIN_WIDTH),
                                        MIN (rect.size.width, 2 * TITLE_MIN_WIDTH)), height };
  else
    allocation = (GtkAllocation) { rect.origin.x, rect.origin.y,
                                   MAX (width, MAX (rect.size.width, NOTE_MIN_WIDTH)),
                                   MAX (height, MAX (rect.size.height, NOTE_MIN_HEIGHT)) };

  gtk_widget_size_allocate (self->area_editor, &allocation, -1);
}
