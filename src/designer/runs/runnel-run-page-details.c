/* runnel-run-page-details.c: what a run page tells of its run beside the steps
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/compare/runnel-compare-page.h"
#include "designer/runnel-window.h"
#include "designer/runs/runnel-designer-history.h"
#include "designer/runs/runnel-label-dialog.h"
#include "designer/runs/runnel-run-page-private.h"
#include "history/runnel-history-family.h"

/* --- Reading ---------------------------------------------------------------------------------- */

static GPtrArray *
list_children (RunnelRunPage *self)
{
  GPtrArray *children = g_ptr_array_new ();

  for (guint i = 0; self->family != NULL && i < self->family->len; i++)
    {
      const RunnelInnerRun *inner = g_ptr_array_index (self->family, i);

      if (inner->run->parent == self->run)
        g_ptr_array_add (children, inner->run);
    }
  return children;
}

static void
audit_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  RunnelRunPage *self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) audit =
    runnel_history_service_list_audit_finish (RUNNEL_HISTORY_SERVICE (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* the page may be gone */
  if (audit != NULL)
    runnel_run_details_set_audit (self->details, audit);
}

static void
successors_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  RunnelRunPage *self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) successors =
    runnel_history_service_list_successors_finish (RUNNEL_HISTORY_SERVICE (object), result, &error);
  g_autoptr(GPtrArray) children = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* the page may be gone */
  children = list_children (self);
  runnel_run_details_set_run (self->details, self->record);
  runnel_run_details_set_relatives (self->details, children, successors);
  runnel_history_service_list_audit_async (RUNNEL_HISTORY_SERVICE (object), self->run, 0,
                                           self->cancellable, audit_cb, self);
}

/* What the details depend on that a run changes while it goes on. */
static char *
describe_version (RunnelRunPage *self)
{
  g_autofree char *labels = g_strjoinv ("\n", self->record->labels);

  return g_strdup_printf ("%d %d %u %s", self->record->state, self->record->pinned,
                          self->family != NULL ? self->family->len : 0, labels);
}

/* There is another record of the run. A person may be reading or selecting something: what stays
 * the same is not made anew. */
void
_runnel_run_page_update_details (RunnelRunPage *self)
{
  g_autofree char *version = describe_version (self);
  GAction *pin = g_action_map_lookup_action (
    G_ACTION_MAP (runnel_page_get_actions (RUNNEL_PAGE (self))), "pin-run");

  g_simple_action_set_state (G_SIMPLE_ACTION (pin), g_variant_new_boolean (self->record->pinned));
  if (g_strcmp0 (self->details_version, version) == 0)
    return;
  g_free (self->details_version);
  self->details_version = g_steal_pointer (&version);
  runnel_history_service_list_successors_async (runnel_designer_get_history (), self->run,
                                                self->cancellable, successors_cb, self);
}

/* --- Marks -------------------------------------------------------------------------------------- */

static void
pinned_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  RunnelRunPage *self = user_data;
  g_autoptr(GError) error = NULL;

  runnel_history_service_set_pinned_finish (RUNNEL_HISTORY_SERVICE (object), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* the page may be gone */
  if (error != NULL)
    _runnel_run_page_message_cb (self, error->message);
  _runnel_run_page_load (self);
}

static void
pin_cb (RunnelRunPage *self,
        GVariant      *state)
{
  runnel_history_service_set_pinned_async (runnel_designer_get_history (), &self->run, 1,
                                           g_variant_get_boolean (state), self->cancellable,
                                           pinned_cb, self);
}

static void
labelled_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(RunnelRunPage) self = user_data;
  g_autoptr(GError) error = NULL;

  runnel_label_dialog_ask_finish (result, &error);
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (error != NULL)
    _runnel_run_page_message_cb (self, error->message);
  _runnel_run_page_load (self);
}

static void
label_cb (RunnelRunPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  runnel_label_dialog_ask_async (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                 runnel_designer_get_history (), &self->run, 1, self->cancellable,
                                 labelled_cb, g_object_ref (self));
}

/* --- The definition -------------------------------------------------------------------------------- */

static void
compare_cb (RunnelRunPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autoptr(GFile) file = NULL;
  g_autofree char *title = NULL;

  if (self->text == NULL || self->record == NULL || !RUNNEL_IS_WINDOW (root))
    return;
  file = g_file_new_for_path (self->record->file);
  title = g_strdup_printf (_("Run %" G_GINT64_FORMAT), self->run);
  runnel_window_add_page (RUNNEL_WINDOW (root),
                          runnel_compare_page_new (runnel_version_new_text (self->text, title),
                                                   runnel_version_new_file (file, _("Now"))));
}

static void
add_action (RunnelRunPage *self,
            const char    *name,
            GCallback      callback)
{
  g_autoptr(GSimpleAction) action = g_simple_action_new (name, NULL);

  g_signal_connect_object (action, "activate", callback, self, G_CONNECT_SWAPPED);
  g_action_map_add_action (G_ACTION_MAP (runnel_page_get_actions (RUNNEL_PAGE (self))),
                           G_ACTION (action));
}

void
_runnel_run_page_details_init (RunnelRunPage *self)
{
  GActionMap *actions = G_ACTION_MAP (runnel_page_get_actions (RUNNEL_PAGE (self)));
  g_autoptr(GSimpleAction) pin =
    g_simple_action_new_stateful ("pin-run", NULL, g_variant_new_boolean (FALSE));
  g_autoptr(GPropertyAction) view =
    g_property_action_new ("run-view", self->views, "visible-child-name");

  g_signal_connect_object (pin, "change-state", G_CALLBACK (pin_cb), self, G_CONNECT_SWAPPED);
  g_action_map_add_action (actions, G_ACTION (pin));
  g_action_map_add_action (actions, G_ACTION (view));
  add_action (self, "label-run", G_CALLBACK (label_cb));
  add_action (self, "compare-definition", G_CALLBACK (compare_cb));
}
