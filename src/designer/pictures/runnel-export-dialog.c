/* runnel-export-dialog.c: asks how a picture is to be exported
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/pictures/runnel-export-dialog.h"

struct _RunnelExportDialog
{
  AdwWindow parent_instance;

  AdwComboRow *format_row;  /* in the order of RunnelPictureFormat */
  AdwComboRow *scale_row;   /* 1, 2, ... */
  AdwComboRow *content_row; /* all, selection */
  AdwComboRow *colors_row;  /* in the order of RunnelPaletteName */
  GtkWidget *export_button;
};

G_DEFINE_FINAL_TYPE (RunnelExportDialog, runnel_export_dialog, ADW_TYPE_WINDOW)

static guint export_signal;

static void
format_changed_cb (RunnelExportDialog *self)
{
  g_assert (RUNNEL_IS_EXPORT_DIALOG (self));

  gtk_widget_set_visible (GTK_WIDGET (self->scale_row),
                          adw_combo_row_get_selected (self->format_row) == RUNNEL_PICTURE_PNG);
}

static void
export_cb (RunnelExportDialog *self)
{
  g_assert (RUNNEL_IS_EXPORT_DIALOG (self));

  g_object_ref (self);
  gtk_window_close (GTK_WINDOW (self));
  g_signal_emit (self, export_signal, 0);
  g_object_unref (self);
}

static void
runnel_export_dialog_class_init (RunnelExportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  export_signal = g_signal_new ("export", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/runnel/Runnel/runnel-export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RunnelExportDialog, format_row);
  gtk_widget_class_bind_template_child (widget_class, RunnelExportDialog, scale_row);
  gtk_widget_class_bind_template_child (widget_class, RunnelExportDialog, content_row);
  gtk_widget_class_bind_template_child (widget_class, RunnelExportDialog, colors_row);
  gtk_widget_class_bind_template_child (widget_class, RunnelExportDialog, export_button);
  gtk_widget_class_bind_template_callback (widget_class, format_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, export_cb);
}

static void
runnel_export_dialog_init (RunnelExportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  format_changed_cb (self);
}

/**
 * runnel_export_dialog_new:
 * @parent: (nullable): the window it belongs to
 * @has_selection: whether a part can be chosen; it is then offered first
 * @palette: the colours offered first
 *
 * Returns: (transfer none): a dialog, to be presented
 */
RunnelExportDialog *
runnel_export_dialog_new (GtkWindow         *parent,
                          gboolean           has_selection,
                          RunnelPaletteName  palette)
{
  RunnelExportDialog *self = g_object_new (RUNNEL_TYPE_EXPORT_DIALOG, "transient-for", parent,
                                           NULL);

  gtk_widget_set_visible (GTK_WIDGET (self->content_row), has_selection);
  adw_combo_row_set_selected (self->colors_row, palette);
  return self;
}

/**
 * runnel_export_dialog_get_options:
 * @ret_options: (out): what was chosen; without a title
 */
void
runnel_export_dialog_get_options (RunnelExportDialog   *self,
                                  RunnelPictureOptions *ret_options)
{
  g_return_if_fail (RUNNEL_IS_EXPORT_DIALOG (self));

  *ret_options = (RunnelPictureOptions) { .format = adw_combo_row_get_selected (self->format_row),
                                          .palette = adw_combo_row_get_selected (self->colors_row) };
  if (ret_options->format == RUNNEL_PICTURE_PNG)
    ret_options->scale = adw_combo_row_get_selected (self->scale_row) + 1;
}

gboolean
runnel_export_dialog_wants_selection (RunnelExportDialog *self)
{
  g_return_val_if_fail (RUNNEL_IS_EXPORT_DIALOG (self), FALSE);

  return gtk_widget_get_visible (GTK_WIDGET (self->content_row))
         && adw_combo_row_get_selected (self->content_row) == 1;
}
