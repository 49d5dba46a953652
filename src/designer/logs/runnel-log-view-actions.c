/* runnel-log-view-actions.c: what can be done with the log that is shown
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/compat/runnel-file-dialog.h"
#include "designer/compat/runnel-file-opener.h"
#include "designer/logs/runnel-log-view-private.h"

static GtkWindow *
get_window (RunnelLogView *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

/* What a person gave up needs no words. */
static void
tell_error (RunnelLogView *self,
            const GError  *error)
{
  if (error && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    _runnel_log_view_tell (self, error->message);
}

/* --- Copying ----------------------------------------------------------------------------- */

static void
copied_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(RunnelLogView) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = runnel_log_range_copy_finish (result, &error);

  if (text)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  tell_error (self, error);
}

/* What is selected, or else the line at hand. */
static gboolean
get_range (RunnelLogView *self,
           RunnelLogSpot *from,
           RunnelLogSpot *to)
{
  if (runnel_log_lines_get_selection (self->lines, from, to))
    return TRUE;
  if (!runnel_log_lines_get_cursor (self->lines, &from->line))
    return FALSE;
  *to = *from;
  from->byte = 0;
  to->byte = G_MAXSIZE;
  return TRUE;
}

static void
copy (RunnelLogView *self,
      gboolean       with_colors)
{
  RunnelLogSpot from, to;

  if (!self->model || !runnel_log_model_is_open (self->model) || !get_range (self, &from, &to))
    return;
  runnel_log_range_copy_async (runnel_log_model_get_source (self->model), &from, &to,
                               runnel_log_model_get_sifted (self->model), with_colors,
                               self->cancellable, copied_cb, g_object_ref (self));
}

static void
copy_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  copy (RUNNEL_LOG_VIEW (widget), g_str_equal (name, "log.copy-colored"));
}

/* "PATH:LINE", which editors and terminals take to go there. */
static void
copy_link_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  RunnelLogView *self = RUNNEL_LOG_VIEW (widget);
  g_autofree char *text = NULL;
  RunnelLogLine line;
  guint64 number;

  if (!self->path || (!runnel_log_lines_get_cursor (self->lines, &line) &&
                      !runnel_log_lines_get_first (self->lines, &line)))
    return;
  if (!runnel_log_model_get_number (self->model, &line, &number))
    return;
  text = g_strdup_printf ("%s:%" G_GUINT64_FORMAT, self->path, number + 1);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  _runnel_log_view_tell (self, _("The link to the line is copied"));
}

static void
select_all_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  runnel_log_lines_select_all (RUNNEL_LOG_VIEW (widget)->lines);
}

/* --- Files ----------------------------------------------------------------------------------- */

/* A log on its way to a file, and then perhaps to an editor. */
typedef struct
{
  RunnelLogView *view;
  RunnelLogSource *source;
  GFile *file;
  gboolean is_to_be_opened;
} Save;

static void
save_free (Save *save)
{
  g_object_unref (save->view);
  runnel_log_source_unref (save->source);
  g_clear_object (&save->file);
  g_free (save);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Save, save_free)

static void
opened_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(RunnelLogView) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!runnel_file_opener_finish (result, &error))
    tell_error (self, error);
}

static void
open_file (RunnelLogView *self,
           GFile         *file)
{
  runnel_file_opener_open_async (get_window (self), file, NULL, opened_cb, g_object_ref (self));
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(Save) save = user_data;
  g_autoptr(GError) error = NULL;

  if (!runnel_log_save_finish (result, &error))
    tell_error (save->view, error);
  else if (save->is_to_be_opened)
    open_file (save->view, save->file);
  else
    _runnel_log_view_tell (save->view, _("The log is saved"));
}

static Save *
save_new (RunnelLogView *self)
{
  Save *save = g_new0 (Save, 1);

  save->view = g_object_ref (self);
  save->source = runnel_log_source_ref (runnel_log_model_get_source (self->model));
  return save;
}

static void
file_chosen_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(Save) save = user_data;
  g_autoptr(GError) error = NULL;

  save->file = runnel_file_dialog_save_finish (result, &error);
  if (!save->file)
    return;
  runnel_log_save_async (save->source, save->file, NULL, saved_cb, save);
  save = NULL;
}

static char *
suggest_name (RunnelLogView *self)
{
  return self->path ? g_path_get_basename (self->path) : g_strdup ("run.log");
}

static void
save_as_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  RunnelLogView *self = RUNNEL_LOG_VIEW (widget);
  g_autofree char *suggestion = suggest_name (self);

  if (self->model && runnel_log_model_is_open (self->model))
    runnel_file_dialog_save_async (get_window (self), _("Save Log"), NULL, suggestion, NULL,
                                   file_chosen_cb, save_new (self));
}

/* Of a log that was compressed, or of several as one, an editor gets a copy. */
static void
open_copy (RunnelLogView *self)
{
  g_autofree char *name = suggest_name (self);
  g_autofree char *path = g_build_filename (g_get_user_cache_dir (), "runnel", name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  Save *save = save_new (self);

  save->file = g_file_new_for_path (path);
  save->is_to_be_opened = TRUE;
  g_mkdir_with_parents (folder, 0700);
  runnel_log_save_async (save->source, save->file, NULL, saved_cb, save);
}

static void
exists_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(RunnelLogView) self = user_data;
  g_autoptr(GFileInfo) info = g_file_query_info_finish (G_FILE (object), result, NULL);

  if (info)
    open_file (self, G_FILE (object));
  else if (self->model && runnel_log_model_is_open (self->model))
    open_copy (self);
}

static void
open_external_action (GtkWidget  *widget,
                      const char *name,
                      GVariant   *parameter)
{
  RunnelLogView *self = RUNNEL_LOG_VIEW (widget);
  g_autoptr(GFile) file = self->path ? g_file_new_for_path (self->path) : NULL;

  if (file)
    g_file_query_info_async (file, G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE,
                             G_PRIORITY_DEFAULT, NULL, exists_cb, g_object_ref (self));
  else if (self->model && runnel_log_model_is_open (self->model))
    open_copy (self);
}

/* --- What is seen -------------------------------------------------------------------------------- */

static void
go_action (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  RunnelLogView *self = RUNNEL_LOG_VIEW (widget);

  if (g_str_equal (name, "log.start"))
    runnel_log_lines_scroll_to_start (self->lines);
  else
    runnel_log_lines_scroll_to_end (self->lines);
}

static void
cycle_times_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  RunnelLogTimesColumn times = runnel_log_lines_get_times (RUNNEL_LOG_VIEW (widget)->lines);

  g_object_set (widget, "times", (times + 1) % (RUNNEL_LOG_TIMES_ABSOLUTE + 1), NULL);
}

static void
fold_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  runnel_log_lines_toggle_fold (RUNNEL_LOG_VIEW (widget)->lines);
}

static void
go_to_fold_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  runnel_log_lines_go_to_fold (RUNNEL_LOG_VIEW (widget)->lines,
                               g_str_equal (name, "log.next-fold") ? RUNNEL_LOG_FORWARD
                                                                   : RUNNEL_LOG_BACKWARD);
}

static void
fold_all_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  RunnelLogView *self = RUNNEL_LOG_VIEW (widget);
  RunnelLogFolds *folds = self->model ? runnel_log_model_get_folds (self->model) : NULL;

  if (!folds)
    return;
  runnel_log_folds_set_all_closed (folds, g_str_equal (name, "log.fold-all"));
  runnel_log_model_update_folds (self->model);
}

/* @x and @y are in the lines. */
static void
menu_cb (RunnelLogView *self,
         double         x,
         double         y)
{
  double at_x, at_y;

  if (!gtk_widget_translate_coordinates (GTK_WIDGET (self->lines), GTK_WIDGET (self), x, y, &at_x,
                                         &at_y))
    return;
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu),
                               &(GdkRectangle) { (int) at_x, (int) at_y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
menu_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  menu_cb (RUNNEL_LOG_VIEW (widget), 24, 24);
}

/* --- All of them --------------------------------------------------------------------------------- */

/* What an action needs before it is of any use. */
typedef enum
{
  NEEDS_LOG = 1,
  NEEDS_FILE,    /* one, not several as one */
  NEEDS_GROUPS,
} Needs;

static const struct
{
  const char *name;
  GtkWidgetActionActivateFunc activate; /* NULL = it is in another file */
  Needs needs;
} actions[] = {
  { "log.copy", copy_action, NEEDS_LOG },
  { "log.copy-colored", copy_action, NEEDS_LOG },
  { "log.copy-link", copy_link_action, NEEDS_FILE },
  { "log.select-all", select_all_action, NEEDS_LOG },
  { "log.save-as", save_as_action, NEEDS_LOG },
  { "log.open-external", open_external_action, NEEDS_LOG },
  { "log.start", go_action, NEEDS_LOG },
  { "log.end", go_action, NEEDS_LOG },
  { "log.cycle-times", cycle_times_action, NEEDS_LOG },
  { "log.fold", fold_action, NEEDS_GROUPS },
  { "log.next-fold", go_to_fold_action, NEEDS_GROUPS },
  { "log.previous-fold", go_to_fold_action, NEEDS_GROUPS },
  { "log.fold-all", fold_all_action, NEEDS_GROUPS },
  { "log.unfold-all", fold_all_action, NEEDS_GROUPS },
  { "log.menu", menu_action, NEEDS_LOG },
  { "log.next-error", NULL, NEEDS_LOG },
  { "log.previous-error", NULL, NEEDS_LOG },
  { "log.only-matches", NULL, NEEDS_LOG },
};

static gboolean
has_what_is_needed (RunnelLogView *self,
                    Needs          needs)
{
  RunnelLogFolds *folds = self->model ? runnel_log_model_get_folds (self->model) : NULL;

  switch (needs)
    {
    case NEEDS_LOG:
      return self->model != NULL;
    case NEEDS_FILE:
      return self->path != NULL;
    case NEEDS_GROUPS:
    default:
      return folds && runnel_log_folds_get_n (folds) > 0;
    }
}

void
_runnel_log_view_actions_update (RunnelLogView *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i].name,
                                   has_what_is_needed (self, actions[i].needs));
}

/**
 * runnel_log_view_get_obstacle:
 * @self: a log view
 * @command: one of the commands of logs
 *
 * Returns: (nullable): why it is of no use now
 */
const char *
runnel_log_view_get_obstacle (RunnelLogView *self,
                              const char    *command)
{
  if (!self->model)
    return _("No log is shown");
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_str_equal (actions[i].name, command) && !has_what_is_needed (self, actions[i].needs))
      return actions[i].needs == NEEDS_GROUPS ? _("The log has no groups")
                                              : _("Several logs are shown as one");
  return NULL;
}

void
_runnel_log_view_actions_class (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_callback (klass, menu_cb);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (actions[i].activate)
      gtk_widget_class_install_action (klass, actions[i].name, NULL, actions[i].activate);
  gtk_widget_class_install_property_action (klass, "log.wrap", "wrap");
  gtk_widget_class_install_property_action (klass, "log.times", "times");
}
