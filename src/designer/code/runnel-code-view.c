/* runnel-code-view.c: the pipeline as text, beside the canvas
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/code/runnel-code-completion.h"
#include "designer/code/runnel-code-marks.h"
#include "designer/code/runnel-code-search.h"
#include "designer/code/runnel-code-view.h"

struct _RunnelCodeView
{
  AdwBin parent_instance;

  RunnelCodeSync *sync;
  GtkTextBuffer *buffer;     /* borrowed from `sync` */
  GtkTextTag *selection_tag; /* borrowed */
  GtkWidget *view;
  RunnelCodeSearch *search;
  GtkWidget *message;        /* the line under the text */
  GtkImage *message_icon;
  GtkLabel *message_label;
  GtkWidget *message_buttons;
  GStrv selection;           /* ids of the steps selected, or NULL */
  guint scroll;              /* source id: the selection is to be scrolled to */
};

enum
{
  STEP_CHOSEN,
  LEAVE,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (RunnelCodeView, runnel_code_view, ADW_TYPE_BIN)

static guint signals[N_SIGNALS];

static guint
get_cursor_line (RunnelCodeView *self)
{
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_mark (self->buffer, &iter, gtk_text_buffer_get_insert (self->buffer));
  return (guint) gtk_text_iter_get_line (&iter);
}

/* --- The line under the text --- */

static const RunnelDiagnostic *
find_error (RunnelCodeView *self)
{
  RunnelDiagnostics *diagnostics = runnel_code_sync_get_diagnostics (self->sync);
  guint size = diagnostics ? runnel_diagnostics_get_size (diagnostics) : 0;

  for (guint i = 0; i < size; i++)
    if (runnel_diagnostics_get (diagnostics, i)->severity == RUNNEL_SEVERITY_ERROR)
      return runnel_diagnostics_get (diagnostics, i);
  return NULL;
}

static char *
describe_problem (RunnelCodeView *self)
{
  const RunnelDiagnostic *error = find_error (self);
  const char *problem = runnel_code_sync_get_problem (self->sync);
  const char *outcome =
    runnel_code_sync_holds_back (self->sync)
      ? _("What is changed on the canvas meanwhile is kept, and comes in here once this is right.")
      : _("The canvas shows the pipeline as it was before.");

  if (!error || error->line == 0)
    return g_strdup_printf ("%s\n%s", problem, outcome);
  /* translators: where something is wrong in a text, what is wrong, and a sentence on what follows */
  return g_strdup_printf (_("Line %u, column %u: %s\n%s"), error->line, error->column, problem,
                          outcome);
}

static gboolean
scroll_to_cursor_cb (gpointer user_data)
{
  RunnelCodeView *self = user_data;

  self->scroll = 0;
  gtk_text_view_scroll_mark_onscreen (GTK_TEXT_VIEW (self->view),
                                      gtk_text_buffer_get_insert (self->buffer));
  return G_SOURCE_REMOVE;
}

/* The message takes its room from the text; the line that is typed in must not be under it. */
static void
keep_cursor_in_sight (RunnelCodeView *self)
{
  if (!self->scroll && gtk_widget_is_focus (self->view))
    self->scroll = g_idle_add_full (G_PRIORITY_LOW, scroll_to_cursor_cb, self, NULL);
}

static void
show_message (RunnelCodeView *self,
              const char     *text,
              gboolean        is_problem)
{
  if (text && !gtk_widget_get_visible (self->message))
    keep_cursor_in_sight (self);
  gtk_widget_set_visible (self->message, text != NULL);
  gtk_widget_set_visible (self->message_buttons, is_problem);
  gtk_label_set_label (self->message_label, text ? text : "");
  gtk_image_set_from_icon_name (self->message_icon, is_problem ? "dialog-error-symbolic"
                                                               : "dialog-information-symbolic");
}

/* Why the text is not in the document, else what is wrong in the line of the cursor. */
static void
update_message (RunnelCodeView *self)
{
  g_autofree char *text = NULL;
  gboolean is_problem = runnel_code_sync_get_problem (self->sync) != NULL;

  if (is_problem)
    text = describe_problem (self);
  else
    text = runnel_code_marks_get_text (GTK_SOURCE_BUFFER (self->buffer), get_cursor_line (self));
  show_message (self, text, is_problem);
}

static void
revert_cb (RunnelCodeView *self)
{
  runnel_code_sync_revert (self->sync);
  gtk_widget_grab_focus (self->view);
}

/* --- Selection --- */

static gboolean
scroll_cb (gpointer user_data)
{
  RunnelCodeView *self = user_data;
  GtkTextIter iter;

  self->scroll = 0;
  gtk_text_buffer_get_start_iter (self->buffer, &iter);
  if (gtk_text_iter_starts_tag (&iter, self->selection_tag) ||
      gtk_text_iter_forward_to_tag_toggle (&iter, self->selection_tag))
    {
      gtk_text_buffer_place_cursor (self->buffer, &iter);
      gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self->view),
                                    gtk_text_buffer_get_insert (self->buffer), 0, TRUE, 0, 0.2);
    }
  return G_SOURCE_REMOVE;
}

static gboolean
has_focus (RunnelCodeView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  return focus && gtk_widget_is_ancestor (focus, GTK_WIDGET (self));
}

/* Later, when the view has its size and the text its lines; not away from under somebody's hands. */
static void
scroll_to_selection (RunnelCodeView *self)
{
  if (!self->scroll && self->selection && !has_focus (self))
    self->scroll = g_idle_add_full (G_PRIORITY_LOW, scroll_cb, self, NULL);
}

static void
mark_block (RunnelCodeView        *self,
            const RunnelCodeBlock *block)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_iter_at_line (self->buffer, &start, (int) block->first);
  gtk_text_buffer_get_iter_at_line (self->buffer, &end, (int) block->last);
  gtk_text_iter_forward_to_line_end (&end);
  gtk_text_buffer_apply_tag (self->buffer, self->selection_tag, &start, &end);
}

static void
mark_selection (RunnelCodeView *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  gtk_text_buffer_remove_tag (self->buffer, self->selection_tag, &start, &end);
  for (guint i = 0; self->selection && self->selection[i]; i++)
    {
      const RunnelCodeBlock *block = runnel_code_sync_find_block (self->sync, self->selection[i]);

      if (block)
        mark_block (self, block);
    }
}

static void
cursor_moved_cb (RunnelCodeView *self)
{
  const char *id;

  update_message (self);
  if (!gtk_widget_is_focus (self->view) || runnel_code_sync_get_problem (self->sync))
    return;
  id = runnel_code_sync_find_step (self->sync, get_cursor_line (self));
  if (id && !(self->selection && g_strv_contains ((const char *const *) self->selection, id)))
    g_signal_emit (self, signals[STEP_CHOSEN], 0, id);
}

static void
updated_cb (RunnelCodeView *self)
{
  runnel_code_marks_show (GTK_SOURCE_BUFFER (self->buffer),
                          runnel_code_sync_get_diagnostics (self->sync));
  mark_selection (self);
  update_message (self);
}

/* --- Keys and focus --- */

/* What was typed and is not in the document is undone in the text, anything else in the document. */
static gboolean
undo_cb (GtkWidget *widget,
         GVariant  *arguments,
         gpointer   user_data)
{
  RunnelCodeView *self = user_data;

  if (gtk_text_buffer_get_can_undo (self->buffer))
    gtk_text_buffer_undo (self->buffer);
  else
    gtk_widget_activate_action (widget, "page.undo", NULL);
  return TRUE;
}

static gboolean
redo_cb (GtkWidget *widget,
         GVariant  *arguments,
         gpointer   user_data)
{
  RunnelCodeView *self = user_data;

  if (gtk_text_buffer_get_can_redo (self->buffer))
    gtk_text_buffer_redo (self->buffer);
  else
    gtk_widget_activate_action (widget, "page.redo", NULL);
  return TRUE;
}

static gboolean
find_cb (GtkWidget *widget,
         GVariant  *arguments,
         gpointer   user_data)
{
  RunnelCodeView *self = user_data;

  runnel_code_search_begin (self->search);
  return TRUE;
}

static gboolean
escape_cb (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   user_data)
{
  g_signal_emit (user_data, signals[LEAVE], 0);
  return TRUE;
}

static void
add_keys (RunnelCodeView      *self,
          GtkPropagationPhase  phase,
          const char          *trigger,
          GtkShortcutFunc      callback)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (controller),
    gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger),
                      gtk_callback_action_new (callback, self, NULL)));
  gtk_event_controller_set_propagation_phase (controller, phase);
  gtk_widget_add_controller (self->view, controller);
}

/* Escape comes after the list of completions has had it. */
static void
add_all_keys (RunnelCodeView *self)
{
  add_keys (self, GTK_PHASE_CAPTURE, "<Control>z", undo_cb);
  add_keys (self, GTK_PHASE_CAPTURE, "<Control><Shift>z|<Control>y", redo_cb);
  add_keys (self, GTK_PHASE_CAPTURE, "<Control>f", find_cb);
  add_keys (self, GTK_PHASE_BUBBLE, "Escape", escape_cb);
}

static void
focus_left_cb (RunnelCodeView *self)
{
  runnel_code_sync_tidy (self->sync);
}

/* --- Widget --- */

static void
update_color (RunnelCodeView *self)
{
  gboolean is_dark = adw_style_manager_get_dark (adw_style_manager_get_default ());

  g_object_set (self->selection_tag, "paragraph-background", is_dark ? "#26384f" : "#dce9f9", NULL);
}

static GtkWidget *
create_button (RunnelCodeView *self,
               const char     *label,
               const char     *tooltip,
               GCallback       callback)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (button, "clicked", callback, self);
  return button;
}

static void
create_message (RunnelCodeView *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  self->message = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->message_icon = GTK_IMAGE (gtk_image_new ());
  self->message_label = GTK_LABEL (label);
  self->message_buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_label_set_wrap (self->message_label, TRUE);
  gtk_label_set_wrap_mode (self->message_label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (self->message_label, 0);
  gtk_label_set_lines (self->message_label, 6);
  gtk_label_set_ellipsize (self->message_label, PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_halign (self->message_buttons, GTK_ALIGN_END);
  gtk_widget_add_css_class (self->message, "code-message");
  gtk_box_append (GTK_BOX (self->message_buttons),
                  create_button (self, _("_Discard"), _("Show the pipeline as it was before"),
                                 G_CALLBACK (revert_cb)));
  gtk_box_append (GTK_BOX (self->message_buttons),
                  create_button (self, _("_Go to Error"), NULL,
                                 G_CALLBACK (runnel_code_view_show_problem)));
}

static GtkWidget *
create_message_line (RunnelCodeView *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_widget_set_valign (GTK_WIDGET (self->message_icon), GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->message_icon));
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->message_label));
  return line;
}

static void
add_completion (RunnelCodeView *self)
{
  GtkSourceCompletion *completion =
    gtk_source_view_get_completion (GTK_SOURCE_VIEW (self->view));
  g_autoptr(RunnelCodeCompletion) provider = runnel_code_completion_new (self->sync);

  gtk_source_completion_add_provider (completion, GTK_SOURCE_COMPLETION_PROVIDER (provider));
  g_object_set (completion, "show-icons", FALSE, "select-on-show", TRUE, NULL);
}

static void
create_view (RunnelCodeView *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->view = runnel_source_view_new (GTK_SOURCE_BUFFER (self->buffer));
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (self->view), TRUE);
  gtk_source_view_set_show_line_numbers (GTK_SOURCE_VIEW (self->view), TRUE);
  gtk_source_view_set_smart_backspace (GTK_SOURCE_VIEW (self->view), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("The pipeline as JSON"), -1);
  runnel_code_marks_set_up (GTK_SOURCE_VIEW (self->view));
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (focus_left_cb), self);
  gtk_widget_add_controller (self->view, focus);
  add_all_keys (self);
  add_completion (self);
}

static void
runnel_code_view_map (GtkWidget *widget)
{
  RunnelCodeView *self = RUNNEL_CODE_VIEW (widget);

  GTK_WIDGET_CLASS (runnel_code_view_parent_class)->map (widget);

  /* To read what a language looks like takes a quarter of the time up to the first frame: not
   * before somebody looks. */
  runnel_source_buffer_set_language (GTK_SOURCE_BUFFER (self->buffer), RUNNEL_SOURCE_PIPELINE);
  runnel_code_sync_set_visible (self->sync, TRUE);
  scroll_to_selection (self);
}

static void
runnel_code_view_unmap (GtkWidget *widget)
{
  runnel_code_sync_set_visible (RUNNEL_CODE_VIEW (widget)->sync, FALSE);

  GTK_WIDGET_CLASS (runnel_code_view_parent_class)->unmap (widget);
}

static gboolean
runnel_code_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (RUNNEL_CODE_VIEW (widget)->view);
}

static void
runnel_code_view_dispose (GObject *object)
{
  RunnelCodeView *self = RUNNEL_CODE_VIEW (object);

  g_clear_handle_id (&self->scroll, g_source_remove);
  if (self->sync)
    {
      g_signal_handlers_disconnect_by_data (self->buffer, self);
      g_signal_handlers_disconnect_by_data (self->sync, self);
    }
  g_clear_object (&self->sync);
  g_clear_pointer (&self->selection, g_strfreev);
  G_OBJECT_CLASS (runnel_code_view_parent_class)->dispose (object);
}

static void
runnel_code_view_class_init (RunnelCodeViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = runnel_code_view_dispose;
  widget_class->map = runnel_code_view_map;
  widget_class->unmap = runnel_code_view_unmap;
  widget_class->grab_focus = runnel_code_view_grab_focus;

  signals[STEP_CHOSEN] = g_signal_new ("step-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[LEAVE] = g_signal_new ("leave", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
runnel_code_view_init (RunnelCodeView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->sync = runnel_code_sync_new ();
  self->buffer = GTK_TEXT_BUFFER (runnel_code_sync_get_buffer (self->sync));
  self->selection_tag = gtk_text_buffer_create_tag (self->buffer, NULL, NULL);
  create_view (self);
  create_message (self);
  self->search = RUNNEL_CODE_SEARCH (runnel_code_search_new (GTK_SOURCE_VIEW (self->view)));
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->view);
  gtk_box_append (GTK_BOX (self->message), create_message_line (self));
  gtk_box_append (GTK_BOX (self->message), self->message_buttons);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->search));
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_box_append (GTK_BOX (box), self->message);
  adw_bin_set_child (ADW_BIN (self), box);
  show_message (self, NULL, FALSE);
  g_signal_connect_swapped (self->sync, "updated", G_CALLBACK (updated_cb), self);
  g_signal_connect_swapped (self->buffer, "notify::cursor-position", G_CALLBACK (cursor_moved_cb),
                            self);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (update_color), self, G_CONNECT_SWAPPED);
  update_color (self);
}

GtkWidget *
runnel_code_view_new (void)
{
  return g_object_new (RUNNEL_TYPE_CODE_VIEW, NULL);
}

/**
 * runnel_code_view_get_sync:
 *
 * Returns: (transfer none): what keeps the text and the document together
 */
RunnelCodeSync *
runnel_code_view_get_sync (RunnelCodeView *self)
{
  g_return_val_if_fail (RUNNEL_IS_CODE_VIEW (self), NULL);

  return self->sync;
}

/**
 * runnel_code_view_set_selection:
 * @ids: (nullable): the ids of the steps selected on the canvas
 *
 * Marks the text of the steps and scrolls to the first of them.
 */
void
runnel_code_view_set_selection (RunnelCodeView    *self,
                                const char *const *ids)
{
  g_return_if_fail (RUNNEL_IS_CODE_VIEW (self));

  g_strfreev (self->selection);
  self->selection = ids && *ids ? g_strdupv ((char **) ids) : NULL;
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  mark_selection (self);
  scroll_to_selection (self);
}

/**
 * runnel_code_view_show_problem:
 *
 * Puts the cursor at the first error.
 */
void
runnel_code_view_show_problem (RunnelCodeView *self)
{
  const RunnelDiagnostic *error;
  GtkTextIter iter;

  g_return_if_fail (RUNNEL_IS_CODE_VIEW (self));

  gtk_widget_grab_focus (self->view);
  error = find_error (self);
  if (!error || error->line == 0)
    return;
  gtk_text_buffer_get_iter_at_line_offset (self->buffer, &iter, (int) error->line - 1,
                                           (int) error->column - 1);
  gtk_text_buffer_place_cursor (self->buffer, &iter);
  gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self->view),
                                gtk_text_buffer_get_insert (self->buffer), 0.2, FALSE, 0, 0);
}

/**
 * runnel_code_view_find:
 *
 * Begins a search in the text if the focus is there.
 *
 * Returns: whether it is
 */
gboolean
runnel_code_view_find (RunnelCodeView *self)
{
  g_return_val_if_fail (RUNNEL_IS_CODE_VIEW (self), FALSE);

  if (!has_focus (self))
    return FALSE;
  runnel_code_search_begin (self->search);
  return TRUE;
}
