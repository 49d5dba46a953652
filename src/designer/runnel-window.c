/* runnel-window.c: a group of tabs under one header bar
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "runnel-designer"

#include "config.h"

#include <glib/gi18n.h>

#include "designer/runnel-editor-page.h"
#include "designer/runnel-save-changes.h"
#include "designer/runnel-settings.h"
#include "designer/runnel-start-page.h"
#include "designer/runnel-window-private.h"

G_DEFINE_FINAL_TYPE (RunnelWindow, runnel_window, ADW_TYPE_APPLICATION_WINDOW)

static void
update_title (RunnelWindow *self)
{
  RunnelPage *page = self->active_page;
  const char *title = page ? runnel_page_get_title (page) : _("Runnel");
  const char *status = page ? runnel_page_get_status (page) : NULL;
  const char *subtitle = page ? runnel_page_get_subtitle (page) : "";
  g_autofree char *marked = NULL;

  if (page && runnel_page_get_modified (page))
    marked = g_strconcat ("• ", title, NULL);
  adw_window_title_set_title (self->title, marked ? marked : title);
  adw_window_title_set_subtitle (self->title, status ? status : subtitle);
  gtk_window_set_title (GTK_WINDOW (self), marked ? marked : title);
}

static void
update_progress (RunnelWindow *self)
{
  double progress = self->active_page ? runnel_page_get_progress (self->active_page) : -1;

  gtk_widget_set_visible (GTK_WIDGET (self->progress), progress >= 0);
  gtk_progress_bar_set_fraction (self->progress, MAX (progress, 0));
}

/* Only what the page in front can do is shown in the header bar. */
static void
update_buttons (RunnelWindow *self)
{
  GActionGroup *actions = NULL;
  gboolean is_editor = RUNNEL_IS_EDITOR_PAGE (self->active_page);
  gboolean can_stop;

  if (self->active_page)
    actions = G_ACTION_GROUP (runnel_page_get_actions (self->active_page));
  can_stop = actions && g_action_group_get_action_enabled (actions, "stop");
  gtk_widget_set_visible (self->palette_button, is_editor);
  gtk_widget_set_visible (self->inspector_button, is_editor);
  gtk_widget_set_visible (self->code_button, is_editor);
  gtk_widget_set_visible (self->edit_buttons, is_editor);
  gtk_widget_set_visible (self->stop_button, can_stop);
  gtk_widget_set_visible (self->run_box, is_editor && !can_stop);
}

static void
set_active_page (RunnelWindow *self,
                 RunnelPage   *page)
{
  GActionGroup *actions = page ? G_ACTION_GROUP (runnel_page_get_actions (page)) : NULL;

  self->active_page = page;
  gtk_widget_insert_action_group (GTK_WIDGET (self), "page", actions);
  g_signal_group_set_target (self->page_signals, page);
  g_signal_group_set_target (self->action_signals, actions);
  update_title (self);
  update_progress (self);
  update_buttons (self);
  _runnel_window_actions_update (self);
}

/* A window that goes away drops its tabs, which are then no reason to show anything. */
static gboolean
is_going_away (RunnelWindow *self)
{
  return !self->page_signals;
}

static void
selected_page_cb (RunnelWindow *self)
{
  AdwTabPage *tab = adw_tab_view_get_selected_page (self->tab_view);
  RunnelPage *page = tab ? RUNNEL_PAGE (adw_tab_page_get_child (tab)) : NULL;

  g_assert (RUNNEL_IS_WINDOW (self));

  if (is_going_away (self))
    return;
  gtk_stack_set_visible_child_name (self->stack, page ? "tabs" : "start");
  set_active_page (self, page);
  if (page)
    runnel_page_focus (page);
}

static void
page_state_cb (RunnelPage *page,
               GParamSpec *pspec,
               AdwTabPage *tab)
{
  const char *title = runnel_page_get_title (page);
  g_autofree char *marked = g_strconcat ("• ", title, NULL);

  adw_tab_page_set_title (tab, runnel_page_get_modified (page) ? marked : title);
  adw_tab_page_set_tooltip (tab, runnel_page_get_subtitle (page));
  adw_tab_page_set_loading (tab, runnel_page_get_status (page) != NULL);
}

static void
page_attached_cb (AdwTabView   *view,
                  AdwTabPage   *tab,
                  int           position,
                  RunnelWindow *self)
{
  RunnelPage *page = RUNNEL_PAGE (adw_tab_page_get_child (tab));

  g_signal_connect_object (page, "notify", G_CALLBACK (page_state_cb), tab, 0);
  page_state_cb (page, NULL, tab);
  gtk_stack_set_visible_child_name (self->stack, "tabs");
}

static void
page_detached_cb (AdwTabView   *view,
                  AdwTabPage   *tab,
                  int           position,
                  RunnelWindow *self)
{
  RunnelPage *page = RUNNEL_PAGE (adw_tab_page_get_child (tab));

  g_signal_handlers_disconnect_by_func (page, page_state_cb, tab);
  if (is_going_away (self))
    return;
  if (self->active_page == page)
    set_active_page (self, NULL);
  if (adw_tab_view_get_n_pages (view) == 0)
    gtk_stack_set_visible_child_name (self->stack, "start");
}

static AdwTabView *
create_window_cb (AdwTabView   *view,
                  RunnelWindow *self)
{
  RunnelWindow *window = runnel_window_new (gtk_window_get_application (GTK_WINDOW (self)));

  gtk_window_present (GTK_WINDOW (window));
  return window->tab_view;
}

static void
setup_menu_cb (AdwTabView   *view,
               AdwTabPage   *tab,
               RunnelWindow *self)
{
  self->menu_tab = tab;
  _runnel_window_actions_update (self);
}

static void
tab_asked_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(AdwTabPage) tab = user_data;
  GtkWidget *child = adw_tab_page_get_child (tab);
  GtkWidget *view = gtk_widget_get_ancestor (child, ADW_TYPE_TAB_VIEW);
  gboolean may_close = runnel_save_changes_finish (result);

  if (view)
    adw_tab_view_close_page_finish (ADW_TAB_VIEW (view), tab, may_close);
}

/* A page, with all levels of pipelines that are open in its tab. */
static void
add_levels (GPtrArray *pages,
            GtkWidget *page)
{
  g_autoptr(GPtrArray) levels = NULL;

  if (!RUNNEL_IS_EDITOR_PAGE (page))
    {
      g_ptr_array_add (pages, page);
      return;
    }
  levels = runnel_editor_page_list_levels (RUNNEL_EDITOR_PAGE (page));
  g_ptr_array_extend (pages, levels, NULL, NULL);
}

static gboolean
close_page_cb (AdwTabView   *view,
               AdwTabPage   *tab,
               RunnelWindow *self)
{
  g_autoptr(GPtrArray) pages = g_ptr_array_new ();

  if (self->is_replacing)
    {
      adw_tab_view_close_page_finish (view, tab, TRUE);
      return GDK_EVENT_STOP;
    }
  add_levels (pages, adw_tab_page_get_child (tab));
  runnel_save_changes_async (GTK_WINDOW (self), pages, tab_asked_cb, g_object_ref (tab));
  return GDK_EVENT_STOP;
}

static void
window_asked_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(RunnelWindow) self = user_data;

  if (!runnel_save_changes_finish (result))
    return;
  self->may_close = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

static GPtrArray *
list_all_levels (RunnelWindow *self)
{
  GPtrArray *pages = g_ptr_array_new ();

  for (int i = 0; i < adw_tab_view_get_n_pages (self->tab_view); i++)
    add_levels (pages, adw_tab_page_get_child (adw_tab_view_get_nth_page (self->tab_view, i)));
  return pages;
}

static GPtrArray *
list_pages (RunnelWindow *self)
{
  GPtrArray *pages = g_ptr_array_new ();

  for (int i = 0; i < adw_tab_view_get_n_pages (self->tab_view); i++)
    g_ptr_array_add (pages, adw_tab_page_get_child (adw_tab_view_get_nth_page (self->tab_view, i)));
  return pages;
}

/* The first page that is wanted, of run number `run` where it matters; NULL when none is open. */
RunnelPage *
_runnel_window_find_page (RunnelWindow *self,
                          gboolean    (*is_wanted) (RunnelPage *page, gint64 run),
                          gint64        run)
{
  for (int i = 0; i < adw_tab_view_get_n_pages (self->tab_view); i++)
    {
      AdwTabPage *tab = adw_tab_view_get_nth_page (self->tab_view, i);
      RunnelPage *page = RUNNEL_PAGE (adw_tab_page_get_child (tab));

      if (is_wanted (page, run))
        return page;
    }
  return NULL;
}

static void
save_size (RunnelWindow *self)
{
  GSettings *settings = runnel_settings_get ();
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_boolean (settings, "window-maximized",
                          gtk_window_is_maximized (GTK_WINDOW (self)));
  g_settings_set (settings, "window-size", "(ii)", width, height);
}

/* For tests/bench/designer-bench.py, which reads the clock when this line arrives. */
static void
first_frame_cb (GdkFrameClock *clock,
                gpointer       user_data)
{
  g_debug ("first frame");
  g_signal_handlers_disconnect_by_func (clock, first_frame_cb, user_data);
}

static void
runnel_window_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (runnel_window_parent_class)->map (widget);
  g_signal_connect_object (gtk_widget_get_frame_clock (widget), "after-paint",
                           G_CALLBACK (first_frame_cb), widget, 0);
}

static gboolean
runnel_window_close_request (GtkWindow *window)
{
  RunnelWindow *self = RUNNEL_WINDOW (window);
  g_autoptr(GPtrArray) pages = NULL;

  if (!self->may_close)
    {
      pages = list_all_levels (self);
      runnel_save_changes_async (window, pages, window_asked_cb, g_object_ref (self));
      return GDK_EVENT_STOP;
    }
  save_size (self);
  return GTK_WINDOW_CLASS (runnel_window_parent_class)->close_request (window);
}

static void
set_up_drop (RunnelWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect (target, "drop", G_CALLBACK (_runnel_window_drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

static void
set_up_page_signals (RunnelWindow *self)
{
  const char *const title_signals[] = { "notify::title", "notify::subtitle", "notify::status",
                                        "notify::modified" };

  self->page_signals = g_signal_group_new (RUNNEL_TYPE_PAGE);
  for (guint i = 0; i < G_N_ELEMENTS (title_signals); i++)
    g_signal_group_connect_swapped (self->page_signals, title_signals[i],
                                    G_CALLBACK (update_title), self);
  g_signal_group_connect_swapped (self->page_signals, "notify::progress",
                                  G_CALLBACK (update_progress), self);
  self->action_signals = g_signal_group_new (G_TYPE_ACTION_GROUP);
  g_signal_group_connect_swapped (self->action_signals, "action-enabled-changed::stop",
                                  G_CALLBACK (update_buttons), self);
}

static void
restore_size (RunnelWindow *self)
{
  GSettings *settings = runnel_settings_get ();
  int width, height;

  g_settings_get (settings, "window-size", "(ii)", &width, &height);
  gtk_window_set_default_size (GTK_WINDOW (self), width, height);
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
}

static void
runnel_window_dispose (GObject *object)
{
  RunnelWindow *self = RUNNEL_WINDOW (object);

  g_clear_object (&self->page_signals);
  g_clear_object (&self->action_signals);
  G_OBJECT_CLASS (runnel_window_parent_class)->dispose (object);
}

static void
runnel_window_class_init (RunnelWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GtkWindowClass *window_class = GTK_WINDOW_CLASS (klass);

  object_class->dispose = runnel_window_dispose;
  widget_class->map = runnel_window_map;
  window_class->close_request = runnel_window_close_request;

  g_type_ensure (RUNNEL_TYPE_COMMAND_PALETTE);
  g_type_ensure (RUNNEL_TYPE_HISTORY_POPOVER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/runnel/Runnel/runnel-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RunnelWindow, tab_view);
  gtk_widget_class_bind_template_child (widget_class, RunnelWindow, tab_bar);
  gtk_widget_class_bind_template_child (widget_class, RunnelWindow, title);
  gtk_widget_class_bind_template_child (widget_class, RunnelWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, RunnelWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, RunnelWindow, progress);
  gtk_widget_class_bind_template_child (widget_class, RunnelWindow, command_palette);
  gtk_widget_class_bind_template_child (widget_class, RunnelWindow, palette_button);
  gtk_widget_class_bind_template_child (widget_class, RunnelWindow, inspector_button);
  gtk_widget_class_bind_template_child (widget_class, RunnelWindow, code_button);
  gtk_widget_class_bind_template_child (widget_class, RunnelWindow, edit_buttons);
  gtk_widget_class_bind_template_child (widget_class, RunnelWindow, history_button);
  gtk_widget_class_bind_template_child (widget_class, RunnelWindow, history_popover);
  gtk_widget_class_bind_template_child (widget_class, RunnelWindow, run_box);
  gtk_widget_class_bind_template_child (widget_class, RunnelWindow, stop_button);
  gtk_widget_class_bind_template_child (widget_class, RunnelWindow, alerts_button);
  gtk_widget_class_bind_template_child (widget_class, RunnelWindow, alerts_content);
  gtk_widget_class_bind_template_callback (widget_class, close_page_cb);
  gtk_widget_class_bind_template_callback (widget_class, create_window_cb);
  gtk_widget_class_bind_template_callback (widget_class, page_attached_cb);
  gtk_widget_class_bind_template_callback (widget_class, page_detached_cb);
  gtk_widget_class_bind_template_callback (widget_class, _runnel_window_command_cb);
  gtk_widget_class_bind_template_callback (widget_class, _runnel_window_step_cb);
  gtk_widget_class_bind_template_callback (widget_class, _runnel_window_go_to_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_menu_cb);
  gtk_widget_class_bind_template_callback (widget_class, selected_page_cb);

  g_type_ensure (RUNNEL_TYPE_START_PAGE);
}

static void
runnel_window_init (RunnelWindow *self)
{
  _runnel_window_actions_init (self);
  _runnel_window_runs_init (self);
  _runnel_window_insights_init (self);
  _runnel_window_interchange_init (self);
  _runnel_window_commands_init (self);
  _runnel_window_find_init (self);
  _runnel_window_logs_init (self);
  gtk_widget_init_template (GTK_WIDGET (self));
  _runnel_window_history_init (self);
  _runnel_window_alerts_init (self);
  set_up_page_signals (self);
  set_up_drop (self);
  restore_size (self);
  set_active_page (self, NULL);
}

RunnelWindow *
runnel_window_new (GtkApplication *application)
{
  return g_object_new (RUNNEL_TYPE_WINDOW, "application", application, NULL);
}

/**
 * runnel_window_get_active_page:
 *
 * Returns: (transfer none) (nullable): the page in front; %NULL while the start page is shown
 */
RunnelPage *
runnel_window_get_active_page (RunnelWindow *self)
{
  g_return_val_if_fail (RUNNEL_IS_WINDOW (self), NULL);

  return self->active_page;
}

/**
 * runnel_window_add_page:
 * @page: (transfer floating): a page that is in no window
 *
 * Opens a tab for @page beside the one in front, and shows it.
 */
void
runnel_window_add_page (RunnelWindow *self,
                        RunnelPage   *page)
{
  AdwTabPage *tab;

  g_return_if_fail (RUNNEL_IS_WINDOW (self));
  g_return_if_fail (RUNNEL_IS_PAGE (page));

  tab = adw_tab_view_append (self->tab_view, GTK_WIDGET (page));
  adw_tab_view_set_selected_page (self->tab_view, tab);
}

/**
 * runnel_window_replace_page:
 * @page: a page of this window
 * @other: a page that is in no window
 *
 * Puts @other into the tab of @page, which goes as it is if nobody else holds it.
 */
void
runnel_window_replace_page (RunnelWindow *self,
                            RunnelPage   *page,
                            RunnelPage   *other)
{
  AdwTabPage *tab, *new_tab;

  g_return_if_fail (RUNNEL_IS_WINDOW (self));
  g_return_if_fail (RUNNEL_IS_PAGE (page));
  g_return_if_fail (RUNNEL_IS_PAGE (other));

  tab = adw_tab_view_get_page (self->tab_view, GTK_WIDGET (page));
  new_tab = adw_tab_view_insert (self->tab_view, GTK_WIDGET (other),
                                 adw_tab_view_get_page_position (self->tab_view, tab) + 1);
  adw_tab_view_set_selected_page (self->tab_view, new_tab);
  self->is_replacing = TRUE;
  adw_tab_view_close_page (self->tab_view, tab);
  self->is_replacing = FALSE;
  runnel_page_focus (other);
}

/**
 * runnel_window_show_page:
 * @page: a page of this window
 *
 * Brings the tab of @page to the front.
 */
void
runnel_window_show_page (RunnelWindow *self,
                         RunnelPage   *page)
{
  g_return_if_fail (RUNNEL_IS_WINDOW (self));
  g_return_if_fail (RUNNEL_IS_PAGE (page));

  adw_tab_view_set_selected_page (self->tab_view,
                                  adw_tab_view_get_page (self->tab_view, GTK_WIDGET (page)));
}

/**
 * runnel_window_show_file:
 * @file: a pipeline's file
 *
 * Returns: %TRUE if @file is open in this window; its tab is then in front
 */
gboolean
runnel_window_show_file (RunnelWindow *self,
                         GFile        *file)
{
  g_autoptr(GPtrArray) pages = NULL;

  g_return_val_if_fail (RUNNEL_IS_WINDOW (self), FALSE);
  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  pages = list_pages (self);
  for (guint i = 0; i < pages->len; i++)
    {
      RunnelPage *page = g_ptr_array_index (pages, i);
      RunnelEditorPage *level = NULL;

      if (RUNNEL_IS_EDITOR_PAGE (page))
        level = runnel_editor_page_find_level (RUNNEL_EDITOR_PAGE (page), file);
      if (level)
        {
          runnel_editor_page_go_to_level (RUNNEL_EDITOR_PAGE (page), level);
          runnel_window_show_page (self, RUNNEL_PAGE (level));
          return TRUE;
        }
    }
  return FALSE;
}

/**
 * runnel_window_open_file:
 * @file: a pipeline's file
 *
 * Opens @file in a tab, or shows the tab that has it.
 */
void
runnel_window_open_file (RunnelWindow *self,
                         GFile        *file)
{
  g_return_if_fail (RUNNEL_IS_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));

  if (runnel_window_show_file (self, file))
    return;
  runnel_settings_set_folder (file);
  runnel_window_add_page (self, RUNNEL_PAGE (runnel_editor_page_new_for_file (file)));
}

/**
 * runnel_window_open_new:
 *
 * Opens a tab with an empty pipeline.
 */
void
runnel_window_open_new (RunnelWindow *self)
{
  g_return_if_fail (RUNNEL_IS_WINDOW (self));

  runnel_window_add_page (self, RUNNEL_PAGE (runnel_editor_page_new ()));
}

/**
 * runnel_window_add_toast_with_action:
 * @text: one sentence
 * @label: of a button
 * @action: what the button does
 *
 * Tells of something that a person should look at; it stays until they have.
 */
void
runnel_window_add_toast_with_action (RunnelWindow *self,
                                     const char   *text,
                                     const char   *label,
                                     const char   *action)
{
  AdwToast *toast;

  g_return_if_fail (RUNNEL_IS_WINDOW (self));
  g_return_if_fail (text && label && action);

  toast = adw_toast_new (text);
  adw_toast_set_timeout (toast, 0);
  adw_toast_set_button_label (toast, label);
  adw_toast_set_action_name (toast, action);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/**
 * runnel_window_add_toast:
 * @text: one sentence
 *
 * Tells of something that happened and needs no answer.
 */
void
runnel_window_add_toast (RunnelWindow *self,
                         const char   *text)
{
  AdwToast *toast;

  g_return_if_fail (RUNNEL_IS_WINDOW (self));
  g_return_if_fail (text);

  toast = adw_toast_new (text);
  adw_toast_set_timeout (toast, 4);
  adw_toast_overlay_add_toast (self->toasts, toast);
}
