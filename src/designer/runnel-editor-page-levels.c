/* runnel-editor-page-levels.c: into the pipelines that steps run, and out again
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each level is an editor page of its own, and one of them is in the tab. It owns the one around
 * it, which owns those that were entered from it and left again; so all of them stay as they were,
 * with their views, selections and unsaved changes, until the tab is closed.
 */
#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "designer/runnel-editor-page-private.h"
#include "designer/runnel-window.h"

static RunnelWindow *
get_window (RunnelEditorPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return RUNNEL_IS_WINDOW (root) ? RUNNEL_WINDOW (root) : NULL;
}

/* --- Breadcrumb --- */

static void
crumb_cb (GtkWidget        *button,
          RunnelEditorPage *level)
{
  RunnelEditorPage *self =
    RUNNEL_EDITOR_PAGE (gtk_widget_get_ancestor (button, RUNNEL_TYPE_EDITOR_PAGE));

  runnel_editor_page_go_to_level (self, level);
}

static char *
get_crumb (RunnelEditorPage *level)
{
  const char *title = runnel_page_get_title (RUNNEL_PAGE (level));

  return runnel_page_get_modified (RUNNEL_PAGE (level)) ? g_strconcat ("• ", title, NULL)
                                                        : g_strdup (title);
}

static GtkWidget *
create_crumb (RunnelEditorPage *self,
              RunnelEditorPage *level)
{
  g_autofree char *title = get_crumb (level);
  GtkWidget *label = gtk_label_new (title), *button;

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (level == self)
    {
      gtk_widget_add_css_class (label, "heading");
      return label;
    }
  button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect (button, "clicked", G_CALLBACK (crumb_cb), level);
  return button;
}

static void
update_breadcrumb (RunnelEditorPage *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->breadcrumb)))
    gtk_box_remove (GTK_BOX (self->breadcrumb), child);
  gtk_widget_set_visible (self->breadcrumb, self->outer != NULL);
  for (RunnelEditorPage *level = self; self->outer && level; level = level->outer)
    {
      if (level != self)
        gtk_box_prepend (GTK_BOX (self->breadcrumb), gtk_label_new ("›"));
      gtk_box_prepend (GTK_BOX (self->breadcrumb), create_crumb (self, level));
    }
}

/* --- Going from level to level --- */

static void
put_in_front (RunnelEditorPage *self,
              RunnelEditorPage *level)
{
  RunnelWindow *window = get_window (self);

  update_breadcrumb (level);
  _runnel_editor_page_actions_update (level);
  if (window)
    runnel_window_replace_page (window, RUNNEL_PAGE (self), RUNNEL_PAGE (level));
}

/* From a level to the one around it, which keeps it. Both stay alive. */
static RunnelEditorPage *
step_out (RunnelEditorPage *self)
{
  RunnelEditorPage *outer = self->outer;

  g_ptr_array_add (outer->inner, g_object_ref (self));
  g_object_unref (g_steal_pointer (&self->outer));
  return outer;
}

static void
step_in (RunnelEditorPage *self,
         RunnelEditorPage *level)
{
  level->came_from = self;
  level->outer = g_object_ref (self);
  g_ptr_array_remove (self->inner, level);
}

static gboolean
is_around (RunnelEditorPage *self,
           RunnelEditorPage *level)
{
  for (RunnelEditorPage *page = self; page; page = page->outer)
    if (page == level)
      return TRUE;
  return FALSE;
}

/* Down to a level that was entered before, through those between. */
static void
descend (RunnelEditorPage *self,
         RunnelEditorPage *level)
{
  if (level == self)
    return;
  descend (self, level->came_from);
  step_in (level->came_from, level);
}

static RunnelEditorPage *
find_in (RunnelEditorPage *self,
         GFile            *file)
{
  if (self->file && g_file_equal (self->file, file))
    return self;
  for (guint i = 0; i < self->inner->len; i++)
    {
      RunnelEditorPage *found = find_in (g_ptr_array_index (self->inner, i), file);

      if (found)
        return found;
    }
  return NULL;
}

static void
add_levels (RunnelEditorPage *self,
            GPtrArray        *pages)
{
  g_ptr_array_add (pages, self);
  for (guint i = 0; i < self->inner->len; i++)
    add_levels (g_ptr_array_index (self->inner, i), pages);
}

/* --- The file of a step --- */

static char *
get_file_name (RunnelEditorPage *self,
               const char       *id)
{
  RunnelPipeline *pipeline = runnel_document_get_pipeline (self->document);
  g_autoptr(JsonObject) with = NULL;
  RunnelStep *step;
  guint index;

  if (!runnel_pipeline_find_step (pipeline, id, &index))
    return NULL;
  step = runnel_pipeline_get_step (pipeline, index);
  if (!g_str_equal (step->kind, "pipeline"))
    return NULL;
  with = runnel_step_dup_with (step);
  return with ? g_strdup (json_object_get_string_member_with_default (with, "file", "")) : g_strdup ("");
}

/* Returns NULL when there is no way to tell, and says so. */
static GFile *
find_file (RunnelEditorPage *self,
           const char       *id)
{
  g_autofree char *name = get_file_name (self, id);
  g_autoptr(GFile) folder = self->file ? g_file_get_parent (self->file) : NULL;

  if (!name)
    runnel_editor_page_add_toast (self, _("Only steps that run a pipeline can be entered"));
  else if (!*name)
    runnel_editor_page_add_toast (self, _("The step names no file yet"));
  else if (strstr (name, "${{"))
    runnel_editor_page_add_toast (self, _("Which file this is, only a run can tell"));
  else if (!folder && !g_path_is_absolute (name))
    runnel_editor_page_add_toast (self, _("Save this pipeline first: the file is looked for beside it"));
  else
    return folder ? g_file_resolve_relative_path (folder, name) : g_file_new_for_path (name);
  return NULL;
}

/* A file that is open in another tab is edited there. */
static gboolean
show_elsewhere (RunnelEditorPage *self,
                GFile            *file)
{
  RunnelWindow *window = get_window (self);
  GList *windows =
    window ? gtk_application_get_windows (gtk_window_get_application (GTK_WINDOW (window))) : NULL;

  for (GList *l = windows; l; l = l->next)
    if (RUNNEL_IS_WINDOW (l->data) && runnel_window_show_file (l->data, file))
      {
        gtk_window_present (l->data);
        return TRUE;
      }
  return FALSE;
}

/**
 * runnel_editor_page_enter:
 * @id: a step that runs another pipeline
 *
 * Shows that pipeline in the place of this one. What stands in the way is told.
 */
void
runnel_editor_page_enter (RunnelEditorPage *self,
                          const char       *id)
{
  g_autoptr(GFile) file = NULL;
  RunnelEditorPage *level;

  g_return_if_fail (RUNNEL_IS_EDITOR_PAGE (self));
  g_return_if_fail (id != NULL);

  file = find_file (self, id);
  if (!file)
    return;
  level = runnel_editor_page_find_level (self, file);
  if (level)
    {
      runnel_editor_page_go_to_level (self, level);
      return;
    }
  if (show_elsewhere (self, file))
    return;
  level = g_object_ref_sink (runnel_editor_page_new_for_file (file));
  step_in (self, level);
  put_in_front (self, level);
  g_object_unref (level);
}

/**
 * runnel_editor_page_find_level:
 * @file: a pipeline's file
 *
 * Returns: (transfer none) (nullable): the page of @file among those around this one and those
 *   that were entered from them
 */
RunnelEditorPage *
runnel_editor_page_find_level (RunnelEditorPage *self,
                               GFile            *file)
{
  g_return_val_if_fail (RUNNEL_IS_EDITOR_PAGE (self), NULL);
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  for (RunnelEditorPage *page = self; page; page = page->outer)
    {
      RunnelEditorPage *found = find_in (page, file);

      if (found)
        return found;
    }
  return NULL;
}

/**
 * runnel_editor_page_go_to_level:
 * @level: one of the pages that runnel_editor_page_find_level() finds
 *
 * Puts @level in the tab in the place of this page.
 */
void
runnel_editor_page_go_to_level (RunnelEditorPage *self,
                                RunnelEditorPage *level)
{
  RunnelEditorPage *around = level;
  g_autoptr(RunnelEditorPage) front = g_object_ref (self), wanted = g_object_ref (level);
  RunnelEditorPage *page = self;

  g_return_if_fail (RUNNEL_IS_EDITOR_PAGE (self));
  g_return_if_fail (RUNNEL_IS_EDITOR_PAGE (level));

  if (level == self)
    return;
  while (!is_around (self, around))
    around = around->came_from;
  g_object_ref (around);
  while (page != around)
    page = step_out (page);
  descend (around, level);
  g_object_unref (around);
  put_in_front (front, wanted);
}

/**
 * runnel_editor_page_list_levels:
 *
 * Returns: (transfer container) (element-type RunnelEditorPage): this page, those around it and
 *   those that were entered from them
 */
GPtrArray *
runnel_editor_page_list_levels (RunnelEditorPage *self)
{
  GPtrArray *pages = g_ptr_array_new ();

  g_return_val_if_fail (RUNNEL_IS_EDITOR_PAGE (self), pages);

  for (RunnelEditorPage *page = self; page; page = page->outer)
    add_levels (page, pages);
  return pages;
}

/* --- Actions --- */

static void
enter_action (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  RunnelEditorPage *self = user_data;
  g_auto(GStrv) ids = runnel_canvas_get_selection (self->canvas);

  if (ids && g_strv_length (ids) == 1)
    runnel_editor_page_enter (self, ids[0]);
}

static void
leave_action (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  RunnelEditorPage *self = user_data;

  if (self->outer)
    runnel_editor_page_go_to_level (self, self->outer);
}

static void
created_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(RunnelEditorPage) self = user_data;
  g_autoptr(GError) error = NULL;

  if (runnel_document_save_finish (RUNNEL_DOCUMENT (object), result, &error))
    _runnel_editor_page_load (self, self->file);
  else
    _runnel_editor_page_show_error (self, error);
}

/* The file that is missing, with a pipeline without steps. */
static void
create_action (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  RunnelEditorPage *self = user_data;
  g_autoptr(RunnelDocument) document = runnel_document_new ();

  runnel_document_save_async (document, self->file, FALSE, NULL, created_cb, g_object_ref (self));
}

static const GActionEntry actions[] = {
  { "enter", enter_action },
  { "leave", leave_action },
  { "create", create_action },
};

/* Alt+Up also changes the order of lists in the inspector, which therefore have it first. */
static void
add_leave_key (RunnelEditorPage *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (controller),
    gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Alt>Up"),
                      gtk_shortcut_action_parse_string ("action(page.leave)")));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

void
_runnel_editor_page_levels_init (RunnelEditorPage *self)
{
  GActionMap *map = G_ACTION_MAP (runnel_page_get_actions (RUNNEL_PAGE (self)));

  self->inner = g_ptr_array_new_with_free_func (g_object_unref);
  g_action_map_add_action_entries (map, actions, G_N_ELEMENTS (actions), self);
  add_leave_key (self);
  g_signal_connect (self, "notify::title", G_CALLBACK (update_breadcrumb), NULL);
  g_signal_connect (self, "notify::modified", G_CALLBACK (update_breadcrumb), NULL);
  g_signal_connect_object (self->canvas, "enter", G_CALLBACK (runnel_editor_page_enter), self,
                           G_CONNECT_SWAPPED);
}

/* Whether the one step selected runs a pipeline. */
gboolean
_runnel_editor_page_can_enter (RunnelEditorPage *self)
{
  g_auto(GStrv) ids = NULL;
  g_autofree char *name = NULL;

  if (!self->document || runnel_canvas_get_n_selected (self->canvas) != 1)
    return FALSE;
  ids = runnel_canvas_get_selection (self->canvas);
  name = get_file_name (self, ids[0]);
  return name != NULL;
}
