/* runnel-runs-page-exchange.c: runs out of the list and into it, and space freed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/compat/runnel-file-dialog.h"
#include "designer/compat/runnel-message-dialog.h"
#include "designer/runs/runnel-cleanup-dialog.h"
#include "designer/runs/runnel-history-job.h"
#include "designer/runs/runnel-runs-page-private.h"

#define FILE_NAME "runnel-history.jsonl.zst"

static GtkWindow *
get_window (RunnelRunsPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
progress_cb (double   fraction,
             gpointer user_data)
{
  RunnelRunsPage *self = user_data;

  if (!g_cancellable_is_cancelled (self->cancellable))
    runnel_job_bar_set_fraction (self->job_bar, fraction);
}

static GCancellable *
begin (RunnelRunsPage *self,
       const char     *text)
{
  GCancellable *cancellable = runnel_job_bar_begin (self->job_bar, text);

  _runnel_runs_page_actions_update (self);
  return cancellable;
}

/* @done is what was done, or NULL. What was stopped needs no words: somebody wanted it. A long
 * message is one to be read. */
static void
end (RunnelRunsPage *self,
     const char     *heading,
     const char     *done,
     const GError   *error)
{
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  runnel_job_bar_end (self->job_bar);
  _runnel_runs_page_actions_update (self);
  runnel_runs_feed_refresh (self->feed);
  if (done)
    g_signal_emit_by_name (self, "message", done);
  else if (error && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    runnel_message_dialog_tell (get_window (self), heading, error->message);
}

/* --- Export --- */

static void
exported_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(RunnelRunsPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *done = runnel_history_job_export_finish (result, &error);

  end (self, _("The Runs Could Not Be Exported"), done, error);
}

static void
export_chosen_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(RunnelRunsPage) self = user_data;
  g_autoptr(GFile) file = runnel_file_dialog_save_finish (result, NULL);
  g_autoptr(GArray) runs = NULL;

  if (!file || g_cancellable_is_cancelled (self->cancellable) ||
      runnel_job_bar_is_active (self->job_bar))
    return;
  runs = runnel_runs_model_get_selected (runnel_runs_feed_get_model (self->feed));
  runnel_history_job_export_async (runnel_run_query_get_filter (self->query),
                                   (const gint64 *) runs->data, runs->len, file, progress_cb,
                                   begin (self, _("Exporting")), exported_cb, g_object_ref (self));
}

/* What is selected, else what the list shows. */
static char *
describe_wanted (RunnelRunsPage *self)
{
  RunnelRunsModel *model = runnel_runs_feed_get_model (self->feed);
  guint n_runs = runnel_runs_model_n_selected (model);

  if (n_runs > 0)
    return g_strdup_printf (ngettext ("Export %'u Run", "Export %'u Runs", n_runs), n_runs);
  if (runnel_run_filter_is_empty (runnel_run_query_get_filter (self->query)))
    return g_strdup (_("Export All Runs"));
  n_runs = g_list_model_get_n_items (G_LIST_MODEL (model));
  return g_strdup_printf (ngettext ("Export the %'u Run Found", "Export the %'u Runs Found", n_runs),
                          n_runs);
}

void
_runnel_runs_page_export (RunnelRunsPage *self)
{
  g_autofree char *title = describe_wanted (self);

  runnel_file_dialog_save_async (get_window (self), title, NULL, FILE_NAME, self->cancellable,
                                 export_chosen_cb, g_object_ref (self));
}

/* --- Import --- */

static void
imported_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(RunnelRunsPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *done = runnel_history_job_import_finish (result, &error);

  end (self, _("The File Could Not Be Imported"), done, error);
}

static void
import_chosen_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(RunnelRunsPage) self = user_data;
  g_autoptr(GFile) file = runnel_file_dialog_open_finish (result, NULL);

  if (!file || g_cancellable_is_cancelled (self->cancellable) ||
      runnel_job_bar_is_active (self->job_bar))
    return;
  runnel_history_job_import_async (file, progress_cb, begin (self, _("Importing")), imported_cb,
                                   g_object_ref (self));
}

void
_runnel_runs_page_import (RunnelRunsPage *self)
{
  runnel_file_dialog_open_async (get_window (self), _("Import Runs"), RUNNEL_FILES_ANY, NULL,
                                 self->cancellable, import_chosen_cb, g_object_ref (self));
}

/* --- Space --- */

static void
cleaned_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(RunnelRunsPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *done = runnel_history_job_clean_finish (result, &error);

  end (self, _("The History Could Not Be Cleaned"), done, error);
}

static void
clean_answered_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(RunnelRunsPage) self = user_data;
  g_autoptr(GError) error = NULL;
  gboolean is_wanted = runnel_cleanup_dialog_ask_finish (result, &error);

  if (g_cancellable_is_cancelled (self->cancellable) || runnel_job_bar_is_active (self->job_bar))
    return;
  if (is_wanted)
    runnel_history_job_clean_async (progress_cb, begin (self, _("Cleaning")), cleaned_cb,
                                    g_object_ref (self));
  else if (error)
    end (self, _("The History Could Not Be Measured"), NULL, error);
}

void
_runnel_runs_page_free_space (RunnelRunsPage *self)
{
  runnel_cleanup_dialog_ask_async (get_window (self), self->cancellable, clean_answered_cb,
                                   g_object_ref (self));
}
