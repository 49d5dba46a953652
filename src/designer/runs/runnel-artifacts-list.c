/* runnel-artifacts-list.c: the files that a step left to its run
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/compat/runnel-file-opener.h"
#include "designer/runs/runnel-artifact-row.h"
#include "designer/runs/runnel-artifacts-list.h"

struct _RunnelArtifactsList
{
  GtkWidget parent_instance;

  /* Template widgets */
  GtkBox *box;
  GtkLabel *title;
  GtkListView *view;

  GListStore *store; /* of RunnelArtifactItem */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (RunnelArtifactsList, runnel_artifacts_list, GTK_TYPE_WIDGET)

static guint message_signal;

/* --- What can be done with a file ------------------------------------------------ */

static void
opened_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  RunnelArtifactsList *self = user_data;
  g_autoptr(GError) error = NULL;

  if (!runnel_file_opener_finish (result, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, message_signal, 0, error->message);
  g_object_unref (self);
}

static GtkWindow *
get_window (RunnelArtifactsList *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
open_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  RunnelArtifactsList *self = RUNNEL_ARTIFACTS_LIST (widget);
  g_autoptr(GFile) file = g_file_new_for_path (g_variant_get_string (parameter, NULL));

  runnel_file_opener_open_async (get_window (self), file, self->cancellable, opened_cb,
                                 g_object_ref (self));
}

static void
reveal_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  RunnelArtifactsList *self = RUNNEL_ARTIFACTS_LIST (widget);
  g_autoptr(GFile) file = g_file_new_for_path (g_variant_get_string (parameter, NULL));

  runnel_file_opener_reveal_async (get_window (self), file, self->cancellable, opened_cb,
                                   g_object_ref (self));
}

static void
copy_path_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget),
                          g_variant_get_string (parameter, NULL));
}

static void
activate_cb (RunnelArtifactsList *self,
             guint                position)
{
  g_autoptr(RunnelArtifactItem) item =
    g_list_model_get_item (G_LIST_MODEL (self->store), position);

  gtk_widget_activate_action (GTK_WIDGET (self), "artifacts.open", "s",
                              runnel_artifact_item_get_path (item));
}

/* --- Rows ---------------------------------------------------------------------- */

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item)
{
  gtk_list_item_set_child (item, runnel_artifact_row_new ());
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item)
{
  runnel_artifact_row_set_item (RUNNEL_ARTIFACT_ROW (gtk_list_item_get_child (item)),
                                gtk_list_item_get_item (item));
}

static GtkListItemFactory *
make_factory (void)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  return factory;
}

static void
runnel_artifacts_list_dispose (GObject *object)
{
  RunnelArtifactsList *self = RUNNEL_ARTIFACTS_LIST (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUNNEL_TYPE_ARTIFACTS_LIST);

  G_OBJECT_CLASS (runnel_artifacts_list_parent_class)->dispose (object);
}

static void
runnel_artifacts_list_finalize (GObject *object)
{
  RunnelArtifactsList *self = RUNNEL_ARTIFACTS_LIST (object);

  g_object_unref (self->store);
  g_object_unref (self->cancellable);

  G_OBJECT_CLASS (runnel_artifacts_list_parent_class)->finalize (object);
}

static void
runnel_artifacts_list_class_init (RunnelArtifactsListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = runnel_artifacts_list_dispose;
  object_class->finalize = runnel_artifacts_list_finalize;
  message_signal = g_signal_new ("message", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/runnel/Runnel/runnel-artifacts-list.ui");
  gtk_widget_class_bind_template_child (widget_class, RunnelArtifactsList, box);
  gtk_widget_class_bind_template_child (widget_class, RunnelArtifactsList, title);
  gtk_widget_class_bind_template_child (widget_class, RunnelArtifactsList, view);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_install_action (widget_class, "artifacts.open", "s", open_action);
  gtk_widget_class_install_action (widget_class, "artifacts.reveal", "s", reveal_action);
  gtk_widget_class_install_action (widget_class, "artifacts.copy-path", "s", copy_path_action);
}

static void
runnel_artifacts_list_init (RunnelArtifactsList *self)
{
  g_autoptr(GtkListItemFactory) factory = make_factory ();
  g_autoptr(GtkNoSelection) selection = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  self->store = g_list_store_new (RUNNEL_TYPE_ARTIFACT_ITEM);
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->store)));
  gtk_list_view_set_factory (self->view, factory);
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * runnel_artifacts_list_new:
 *
 * Returns: (transfer floating): an empty list, which is not visible
 */
GtkWidget *
runnel_artifacts_list_new (void)
{
  return g_object_new (RUNNEL_TYPE_ARTIFACTS_LIST, NULL);
}

static guint64
take_files (RunnelArtifactsList *self,
            GPtrArray           *artifacts,
            const char          *step,
            const char          *run_dir)
{
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  guint64 size = 0;

  for (guint i = 0; artifacts != NULL && step != NULL && i < artifacts->len; i++)
    {
      const RunnelArtifactRecord *record = g_ptr_array_index (artifacts, i);

      if (!g_str_equal (record->step, step))
        continue;
      g_ptr_array_add (items, runnel_artifact_item_new (record, run_dir));
      size += record->file->size;
    }
  g_list_store_splice (self->store, 0, g_list_model_get_n_items (G_LIST_MODEL (self->store)),
                       items->pdata, items->len);
  return size;
}

/**
 * runnel_artifacts_list_set:
 * @self: a list
 * @artifacts: (nullable) (element-type RunnelArtifactRecord): those of a run
 * @step: (nullable): the id of the step whose files are to be shown
 * @run_dir: (type filename): the folder of the run
 *
 * The list is visible when there are any.
 */
void
runnel_artifacts_list_set (RunnelArtifactsList *self,
                           GPtrArray           *artifacts,
                           const char          *step,
                           const char          *run_dir)
{
  g_autofree char *size = NULL;
  g_autofree char *title = NULL;
  guint n_files;

  g_return_if_fail (RUNNEL_IS_ARTIFACTS_LIST (self));

  size = g_format_size (take_files (self, artifacts, step, run_dir));
  n_files = g_list_model_get_n_items (G_LIST_MODEL (self->store));
  /* translators: number of files, and their size together */
  title = g_strdup_printf (ngettext ("%u artifact, %s", "%u artifacts, %s", n_files), n_files,
                           size);
  gtk_label_set_label (self->title, title);
  gtk_widget_set_visible (GTK_WIDGET (self), n_files > 0);
}
