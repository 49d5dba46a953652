/* runnel-editor-page-actions.c: what can be asked of the page in front, as "page.NAME"
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/compat/runnel-message-dialog.h"
#include "designer/runnel-editor-page-private.h"
#include "designer/runnel-settings.h"

/* A save that failed was told of already, and one that was given up needs no word. */
static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  runnel_page_save_finish (RUNNEL_PAGE (object), result, NULL);
}

static void
save_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  _runnel_editor_page_save_async (user_data, saved_cb, NULL);
}

static void
save_as_action (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  _runnel_editor_page_save_as_async (user_data, saved_cb, NULL);
}

static void
reload_answered_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(RunnelEditorPage) self = user_data;
  g_autofree char *answer = runnel_message_dialog_ask_finish (result);

  if (!g_str_equal (answer, "reload"))
    return;
  runnel_document_discard_journal (self->document);
  _runnel_editor_page_load (self, self->file);
}

static void
reload_action (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  RunnelEditorPage *self = user_data;
  const RunnelAnswer answers[] = {
    { RUNNEL_ANSWER_CANCEL, _("_Cancel"), RUNNEL_ANSWER_PLAIN },
    { "reload", _("_Reload"), RUNNEL_ANSWER_DESTRUCTIVE },
  };
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));

  if (runnel_page_get_modified (RUNNEL_PAGE (self)))
    runnel_message_dialog_ask_async (window, _("Reload the File?"),
                                     _("What was changed here since the last save is lost then."),
                                     NULL, answers, G_N_ELEMENTS (answers), reload_answered_cb,
                                     g_object_ref (self));
  else
    _runnel_editor_page_load (self, self->file);
}

static void
open_text_action (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  RunnelEditorPage *self = user_data;
  g_autofree char *uri = g_file_get_uri (self->file);
  g_autoptr(GAppInfo) editor = g_app_info_get_default_for_type ("text/plain", TRUE);
  GList uris = { uri, NULL, NULL };

  if (editor)
    g_app_info_launch_uris_async (editor, &uris, NULL, NULL, NULL, NULL);
  else
    runnel_editor_page_add_toast (self, _("No text editor is installed"));
}

static void
undo_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  RunnelEditorPage *self = user_data;

  runnel_editor_page_flush (self);
  runnel_document_undo (self->document);
}

static void
redo_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  RunnelEditorPage *self = user_data;

  runnel_editor_page_flush (self);
  runnel_document_redo (self->document);
}

static void
problems_action (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  RunnelEditorPage *self = user_data;

  gtk_stack_set_visible_child_name (self->bottom_stack, "problems");
  gtk_widget_set_visible (self->bottom, TRUE);
  gtk_widget_child_focus (GTK_WIDGET (self->problems), GTK_DIR_TAB_FORWARD);
}

static void
outline_action (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  RunnelEditorPage *self = user_data;

  g_object_set (self->palette_flap, "reveal-flap", TRUE, NULL);
  gtk_stack_set_visible_child_name (self->side_stack, "steps");
  runnel_outline_focus (self->outline);
}

/* Actions of the canvas that have a place outside of it: "page.tidy" is "canvas.tidy". */
static void
canvas_action (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  RunnelEditorPage *self = user_data;
  g_autofree char *name = g_strconcat ("canvas.", g_action_get_name (G_ACTION (action)), NULL);

  gtk_widget_activate_action_variant (GTK_WIDGET (self->canvas), name, NULL);
}

static const GActionEntry actions[] = {
  { "save", save_action },
  { "save-as", save_as_action },
  { "reload", reload_action },
  { "open-text", open_text_action },
  { "undo", undo_action },
  { "redo", redo_action },
  { "problems", problems_action },
  { "outline", outline_action },
  { "tidy", canvas_action },
  { "fit", canvas_action },
  { "export", canvas_action },
  { "print", canvas_action },
  { "delete", canvas_action },
  { "duplicate", canvas_action },
  { "group", canvas_action },
  { "copy", canvas_action },
  { "disable", canvas_action },
  { "bypass", canvas_action },
};

static void
add_property_action (RunnelEditorPage *self,
                     const char       *name,
                     gpointer          object,
                     const char       *property)
{
  g_autoptr(GPropertyAction) action = g_property_action_new (name, object, property);

  g_action_map_add_action (G_ACTION_MAP (runnel_page_get_actions (RUNNEL_PAGE (self))),
                           G_ACTION (action));
}

#define SETTING "runnel-setting"

/* In a narrow window a side panel lies over the canvas: it goes away at first, and whether it is
 * shown there is not worth remembering. */
static void
folded_cb (GObject *flap)
{
  const char *setting = g_object_get_data (flap, SETTING);
  gboolean is_folded;

  g_object_get (flap, "folded", &is_folded, NULL);
  g_object_set (flap, "reveal-flap",
                !is_folded && g_settings_get_boolean (runnel_settings_get (), setting), NULL);
}

static void
revealed_cb (GObject *flap)
{
  const char *setting = g_object_get_data (flap, SETTING);
  gboolean is_folded, is_revealed;

  g_object_get (flap, "folded", &is_folded, "reveal-flap", &is_revealed, NULL);
  if (!is_folded)
    g_settings_set_boolean (runnel_settings_get (), setting, is_revealed);
}

static void
add_side_panel (RunnelEditorPage *self,
                const char       *name,
                GtkWidget        *flap,
                const char       *setting)
{
  g_object_set_data (G_OBJECT (flap), SETTING, (gpointer) setting);
  folded_cb (G_OBJECT (flap));
  g_signal_connect (flap, "notify::folded", G_CALLBACK (folded_cb), NULL);
  g_signal_connect (flap, "notify::reveal-flap", G_CALLBACK (revealed_cb), NULL);
  add_property_action (self, name, flap, "reveal-flap");
}

void
_runnel_editor_page_actions_init (RunnelEditorPage *self)
{
  GActionMap *map = G_ACTION_MAP (runnel_page_get_actions (RUNNEL_PAGE (self)));

  g_action_map_add_action_entries (map, actions, G_N_ELEMENTS (actions), self);
  _runnel_editor_page_compare_init (self);
  add_side_panel (self, "palette", self->palette_flap, "palette-visible");
  add_side_panel (self, "inspector", self->inspector_flap, "inspector-visible");
  add_property_action (self, "bottom", self->bottom, "visible");
  add_property_action (self, "code", self->code_view, "visible");
  g_settings_bind (runnel_settings_get (), "bottom-visible", self->bottom, "visible",
                   G_SETTINGS_BIND_DEFAULT);
  _runnel_editor_page_actions_update (self);
}

static void
set_enabled (RunnelEditorPage *self,
             const char       *name,
             gboolean          is_enabled)
{
  GActionMap *map = G_ACTION_MAP (runnel_page_get_actions (RUNNEL_PAGE (self)));
  GAction *action = g_action_map_lookup_action (map, name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), is_enabled);
}

/* The one place that says which actions make sense now. */
void
_runnel_editor_page_actions_update (RunnelEditorPage *self)
{
  gboolean has_document = self->document != NULL;
  gboolean can_undo = FALSE, can_redo = FALSE;

  if (has_document)
    g_object_get (self->document, "can-undo", &can_undo, "can-redo", &can_redo, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    set_enabled (self, actions[i].name, has_document);
  set_enabled (self, "enter", _runnel_editor_page_can_enter (self));
  set_enabled (self, "leave", self->outer != NULL);
  set_enabled (self, "create", !has_document && self->file != NULL);
  set_enabled (self, "extract", has_document && runnel_canvas_get_n_selected (self->canvas) > 0);
  set_enabled (self, "undo", can_undo);
  set_enabled (self, "redo", can_redo);
  set_enabled (self, "portability", has_document);
  set_enabled (self, "export-code", has_document);
  set_enabled (self, "compare", has_document);
  set_enabled (self, "compare-saved", has_document && self->file != NULL);
  set_enabled (self, "compare-revision", has_document && self->file != NULL);
  set_enabled (self, "reload", self->file != NULL);
  set_enabled (self, "open-text", self->file != NULL);
}
