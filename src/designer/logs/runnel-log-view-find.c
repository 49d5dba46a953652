/* runnel-log-view-find.c: finds text, and errors, in the log that is shown
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/commands/runnel-keymap.h"
#include "designer/logs/runnel-log-entry.h"
#include "designer/logs/runnel-log-view-private.h"

/* Returns: (transfer full) (nullable): what is looked for, if anything */
static RunnelLogPattern *
make_pattern (RunnelLogView *self)
{
  return gtk_search_bar_get_search_mode (self->search_bar)
           ? runnel_log_entry_make_pattern (self->entry, NULL) : NULL;
}

/* --- What is found --------------------------------------------------------------------------- */

static char *
describe (RunnelLogView *self)
{
  RunnelLogSearch *search = self->model ? runnel_log_model_get_search (self->model) : NULL;
  RunnelLogIndex *counts = search ? runnel_log_search_get_counts (search) : NULL;
  guint64 total;

  if (*runnel_pattern_entry_get_text (self->entry) == '\0')
    return g_strdup ("");
  if (runnel_pattern_entry_get_problem (self->entry) || !counts)
    return g_strdup (_("Not a regular expression"));
  total = runnel_log_index_get_total (counts);
  if (!runnel_log_index_is_exact (counts))
    return g_strdup (_("Searching…"));
  if (total == 0)
    return g_strdup (_("Nothing found"));
  if (!self->has_place)
    return g_strdup_printf (g_dngettext (NULL, "%'" G_GUINT64_FORMAT " found",
                                         "%'" G_GUINT64_FORMAT " found", total), total);
  /* translators: which of the places found is shown, and how many there are */
  return g_strdup_printf (_("%'" G_GUINT64_FORMAT " of %'" G_GUINT64_FORMAT), self->n + 1, total);
}

static void
update_errors (RunnelLogView *self)
{
  RunnelLogSearch *errors = self->model ? runnel_log_model_get_errors (self->model) : NULL;
  guint64 total =
    errors ? runnel_log_index_get_total (runnel_log_search_get_counts (errors)) : 0;
  gboolean is_known =
    errors && runnel_log_index_is_exact (runnel_log_search_get_counts (errors)) && total > 0;
  g_autofree char *text = g_strdup_printf (g_dngettext (NULL, "%'" G_GUINT64_FORMAT " error",
                                                        "%'" G_GUINT64_FORMAT " errors", total),
                                           total);

  gtk_widget_set_visible (GTK_WIDGET (self->errors_button), is_known);
  gtk_label_set_label (self->errors_label, text);
}

static void find (RunnelLogView      *self,
                  RunnelLogDirection  direction);
static void find_error (RunnelLogView      *self,
                        RunnelLogDirection  direction);

/* More is known: of what is looked for, and of the errors. */
void
_runnel_log_view_find_update (RunnelLogView *self)
{
  RunnelLogSearch *search = self->model ? runnel_log_model_get_search (self->model) : NULL;
  RunnelLogSearch *errors = self->model ? runnel_log_model_get_errors (self->model) : NULL;
  g_autofree char *text = describe (self);

  gtk_label_set_label (self->status, text);
  update_errors (self);
  if (self->is_typing && search && !runnel_log_search_is_busy (search) && self->wanted_line < 0)
    {
      self->is_typing = FALSE;
      find (self, RUNNEL_LOG_FORWARD);
    }
  if (self->wants_error && errors && !runnel_log_search_is_busy (errors))
    {
      self->wants_error = FALSE;
      find_error (self, RUNNEL_LOG_FORWARD);
    }
}

static void
sieve_changed_cb (RunnelLogView *self)
{
  g_autoptr(RunnelLogPattern) pattern = make_pattern (self);

  if (!self->model)
    return;
  if (!gtk_toggle_button_get_active (self->sieve_button))
    g_clear_pointer (&pattern, runnel_log_pattern_unref);
  runnel_log_model_set_sieve (self->model, pattern,
                              (guint) gtk_spin_button_get_value_as_int (self->context_button));
}

/* Looks for what the field says, in a log that was just opened, too. */
void
_runnel_log_view_find_begin (RunnelLogView *self)
{
  g_autoptr(RunnelLogPattern) pattern = make_pattern (self);

  self->has_place = FALSE;
  runnel_log_lines_set_pattern (self->lines, pattern);
  if (self->model)
    runnel_log_model_set_search (self->model, pattern);
  sieve_changed_cb (self);
  _runnel_log_view_find_update (self);
}

static void
pattern_changed_cb (RunnelLogView *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->is_finding = FALSE;
  self->is_typing = TRUE;
  _runnel_log_view_find_begin (self);
}

static void
search_mode_cb (RunnelLogView *self)
{
  pattern_changed_cb (self);
  if (gtk_search_bar_get_search_mode (self->search_bar))
    gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->lines));
}

/* --- From place to place ------------------------------------------------------------------------ */

static void
found_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(RunnelLogView) self = user_data;
  g_autoptr(GError) error = NULL;
  RunnelLogSearch *search;

  if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    return; /* something else is looked for by now */
  self->is_finding = FALSE;
  search = runnel_log_model_get_search (self->model);
  self->has_place =
    runnel_log_search_find_finish (search, result, &self->place, &self->n, &error);
  runnel_log_lines_set_place (self->lines, self->has_place ? &self->place : NULL);
  _runnel_log_view_find_update (self);
}

/* Where to begin: at the place at hand, or else where a person looks. */
static RunnelLogPlace
get_start (RunnelLogView *self)
{
  RunnelLogPlace start = { { 0, 0 }, 0, 0 };

  if (self->has_place)
    return self->place;
  if (!runnel_log_lines_get_cursor (self->lines, &start.line))
    runnel_log_lines_get_first (self->lines, &start.line);
  return start;
}

static void
find (RunnelLogView      *self,
      RunnelLogDirection  direction)
{
  RunnelLogSearch *search = self->model ? runnel_log_model_get_search (self->model) : NULL;
  RunnelLogPlace start = get_start (self);

  if (!search || self->is_finding ||
      runnel_log_index_get_total (runnel_log_search_get_counts (search)) == 0)
    return;
  self->is_finding = TRUE;
  runnel_log_search_find_async (search, &start, direction, self->cancellable, found_cb,
                                g_object_ref (self));
}

static void
error_found_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(RunnelLogView) self = user_data;
  RunnelLogPlace place;
  guint64 n;

  if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    return;
  if (runnel_log_search_find_finish (runnel_log_model_get_errors (self->model), result, &place, &n,
                                     NULL))
    runnel_log_lines_go_to_line (self->lines, &place.line);
}

/* The first one, and from there on the next. */
static void
find_error (RunnelLogView      *self,
            RunnelLogDirection  direction)
{
  RunnelLogSearch *errors = self->model ? runnel_log_model_get_errors (self->model) : NULL;
  RunnelLogPlace start = { { 0, 0 }, 0, 0 };

  if (!errors)
    return;
  if (runnel_log_index_get_total (runnel_log_search_get_counts (errors)) == 0)
    {
      self->wants_error = runnel_log_search_is_busy (errors);
      if (!self->wants_error)
        _runnel_log_view_tell (self, _("No errors were found in this log"));
      return;
    }
  if (runnel_log_lines_get_cursor (self->lines, &start.line))
    start.end = direction == RUNNEL_LOG_FORWARD ? G_MAXSIZE : 0;
  runnel_log_search_find_async (errors, &start, direction, self->cancellable, error_found_cb,
                                g_object_ref (self));
}

static void
find_next_cb (RunnelLogView *self)
{
  find (self, RUNNEL_LOG_FORWARD);
}

static void
entry_next_cb (RunnelLogView *self,
               gboolean       back)
{
  find (self, back ? RUNNEL_LOG_BACKWARD : RUNNEL_LOG_FORWARD);
}

static void
stop_finding_cb (RunnelLogView *self)
{
  gtk_search_bar_set_search_mode (self->search_bar, FALSE);
}

/* The field knows Escape by itself; its neighbours don't. */
static gboolean
search_key_cb (RunnelLogView   *self,
               guint            keyval,
               guint            keycode,
               GdkModifierType  state)
{
  if (keyval != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  stop_finding_cb (self);
  return GDK_EVENT_STOP;
}

/* --- Actions ----------------------------------------------------------------------------------------- */

static void
find_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RunnelLogView *self = RUNNEL_LOG_VIEW (widget);

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
find_next_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  find (RUNNEL_LOG_VIEW (widget), RUNNEL_LOG_FORWARD);
}

static void
find_previous_action (GtkWidget  *widget,
                      const char *name,
                      GVariant   *parameter)
{
  find (RUNNEL_LOG_VIEW (widget), RUNNEL_LOG_BACKWARD);
}

static void
next_error_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  find_error (RUNNEL_LOG_VIEW (widget), RUNNEL_LOG_FORWARD);
}

static void
previous_error_action (GtkWidget  *widget,
                       const char *name,
                       GVariant   *parameter)
{
  find_error (RUNNEL_LOG_VIEW (widget), RUNNEL_LOG_BACKWARD);
}

static void
only_matches_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  RunnelLogView *self = RUNNEL_LOG_VIEW (widget);

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_toggle_button_set_active (self->sieve_button,
                                !gtk_toggle_button_get_active (self->sieve_button));
}

void
_runnel_log_view_find_class (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_callback (klass, pattern_changed_cb);
  gtk_widget_class_bind_template_callback (klass, find_next_cb);
  gtk_widget_class_bind_template_callback (klass, entry_next_cb);
  gtk_widget_class_bind_template_callback (klass, stop_finding_cb);
  gtk_widget_class_bind_template_callback (klass, search_key_cb);
  gtk_widget_class_bind_template_callback (klass, sieve_changed_cb);
  gtk_widget_class_install_action (klass, "log.find", NULL, find_action);
  gtk_widget_class_install_action (klass, "log.find-next", NULL, find_next_action);
  gtk_widget_class_install_action (klass, "log.find-previous", NULL, find_previous_action);
  gtk_widget_class_install_action (klass, "log.next-error", NULL, next_error_action);
  gtk_widget_class_install_action (klass, "log.previous-error", NULL, previous_error_action);
  gtk_widget_class_install_action (klass, "log.only-matches", NULL, only_matches_action);
}

/* The keys for finding are those of the page. */
static void
add_keys (RunnelLogView *self,
          const char    *command,
          const char    *action)
{
  GListModel *shortcuts =
    runnel_keymap_get_shortcuts_as (runnel_keymap_get_default (), command, action);

  gtk_widget_add_controller (GTK_WIDGET (self), gtk_shortcut_controller_new_for_model (shortcuts));
}

void
_runnel_log_view_find_init (RunnelLogView *self)
{
  runnel_pattern_entry_set_placeholder (self->entry, _("Find in log"));
  g_signal_connect_object (self->search_bar, "notify::search-mode-enabled",
                           G_CALLBACK (search_mode_cb), self, G_CONNECT_SWAPPED);
  add_keys (self, "page.find", "log.find");
  add_keys (self, "page.find-next", "log.find-next");
  add_keys (self, "page.find-previous", "log.find-previous");
}

/**
 * runnel_log_view_find:
 * @self: a log view
 * @text: what to look for
 * @flags: how it is meant
 *
 * Looks for a text as if a person had typed it, from where they are, or are about to be, on.
 */
void
runnel_log_view_find (RunnelLogView      *self,
                      const char         *text,
                      RunnelPatternFlags  flags)
{
  g_return_if_fail (RUNNEL_IS_LOG_VIEW (self));
  g_return_if_fail (text);

  runnel_pattern_entry_set_flags (self->entry, flags);
  runnel_pattern_entry_set_text (self->entry, text);
  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  pattern_changed_cb (self);
}
