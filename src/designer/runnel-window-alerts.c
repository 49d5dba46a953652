/* runnel-window-alerts.c: a window's way to what is wrong by the rules
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/alerts/runnel-alert-watch.h"
#include "designer/alerts/runnel-alerts-page.h"
#include "designer/compat/runnel-tip.h"
#include "designer/runnel-window-private.h"

/* A tab can be dragged to another window, so the window is looked for when it is needed. */
static void
message_cb (RunnelPage *page,
            const char *text)
{
  runnel_window_add_toast (RUNNEL_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))), text);
}

static gboolean
is_page_of_alerts (RunnelPage *page,
                   gint64      run)
{
  return RUNNEL_IS_ALERTS_PAGE (page);
}

static void
alerts_action (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  RunnelWindow *self = user_data;
  RunnelPage *page = _runnel_window_find_page (self, is_page_of_alerts, 0);

  if (page != NULL)
    {
      runnel_window_show_page (self, page);
      return;
    }
  page = runnel_alerts_page_new ();
  g_signal_connect (page, "message", G_CALLBACK (message_cb), NULL);
  runnel_window_add_page (self, page);
}

/* There is a button as long as something is wrong. */
static void
show_open (RunnelWindow     *self,
           GParamSpec       *pspec,
           RunnelAlertWatch *watch)
{
  g_autofree char *number = NULL;
  g_autofree char *tip = NULL;
  guint n_open;

  g_object_get (watch, "n-open", &n_open, NULL);
  number = g_strdup_printf ("%u", n_open);
  tip = g_strdup_printf (g_dngettext (NULL, "%u Open Alert", "%u Open Alerts", n_open), n_open);
  adw_button_content_set_label (self->alerts_content, number);
  runnel_tip_set (self->alerts_button, tip);
  gtk_widget_set_visible (self->alerts_button, n_open > 0);
}

static const GActionEntry actions[] = {
  { "alerts", alerts_action },
};

void
_runnel_window_alerts_init (RunnelWindow *self)
{
  RunnelAlertWatch *watch = runnel_alert_watch_get ();

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  g_signal_connect_object (watch, "notify::n-open", G_CALLBACK (show_open), self, G_CONNECT_SWAPPED);
  show_open (self, NULL, watch);
}
