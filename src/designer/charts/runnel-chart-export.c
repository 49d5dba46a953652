/* runnel-chart-export.c: a chart as a file
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#include "designer/charts/runnel-chart-export.h"
#include "designer/compat/runnel-file-dialog.h"

typedef struct
{
  GtkWidget *widget;
  RunnelChartMaker maker;
  gpointer data;
  GDestroyNotify free_data;
  GFile *file;
} Order;

static void
order_free (Order *self)
{
  if (self->free_data != NULL)
    self->free_data (self->data);
  g_clear_object (&self->widget);
  g_clear_object (&self->file);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Order, order_free)

static void
tell (GtkWidget  *widget,
      const char *message)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);

  if (overlay != NULL)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), adw_toast_new (message));
}

static void
export_in_thread (GTask        *task,
                  gpointer      source_object,
                  gpointer      task_data,
                  GCancellable *cancellable)
{
  Order *order = task_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = order->maker (order->data, &error);

  if (bytes != NULL &&
      g_file_replace_contents (order->file, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                               NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
exported_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  Order *order = g_task_get_task_data (G_TASK (result));
  /* The order may be freed in the thread, where widgets must not be. */
  g_autoptr(GtkWidget) widget = g_steal_pointer (&order->widget);
  g_autofree char *name = g_file_get_basename (order->file);
  g_autoptr(GError) error = NULL;
  g_autofree char *message = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    /* Translators: the name of a file */
    message = g_strdup_printf (_("The chart is in “%s”"), name);
  else
    message = g_strdup_printf (_("The chart could not be written: %s"), error->message);
  tell (widget, message);
}

static void
chosen_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(Order) order = user_data;
  g_autoptr(GTask) task = NULL;

  order->file = runnel_file_dialog_save_finish (result, NULL);
  if (order->file == NULL)
    return;
  task = g_task_new (NULL, NULL, exported_cb, NULL);
  g_task_set_source_tag (task, chosen_cb);
  g_task_set_task_data (task, g_steal_pointer (&order), (GDestroyNotify) order_free);
  g_task_run_in_thread (task, export_in_thread);
}

/**
 * runnel_chart_export:
 * @widget: the chart; what became of it is told where it is
 * @title: of the dialog
 * @name: a name for the file, which the person may change
 * @maker: (scope notified): makes what it is to hold
 * @data: what @maker needs
 * @free_data: (nullable): frees @data
 *
 * Asks for a file, and writes it in a thread.
 */
void
runnel_chart_export (GtkWidget        *widget,
                     const char       *title,
                     const char       *name,
                     RunnelChartMaker  maker,
                     gpointer          data,
                     GDestroyNotify    free_data)
{
  GtkRoot *root;
  Order *order;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (maker != NULL);

  root = gtk_widget_get_root (widget);
  order = g_new0 (Order, 1);
  order->widget = g_object_ref (widget);
  order->maker = maker;
  order->data = data;
  order->free_data = free_data;
  runnel_file_dialog_save_async (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, title, NULL, name,
                                 NULL, chosen_cb, order);
}

static cairo_status_t
append_cb (void                *closure,
           const unsigned char *data,
           unsigned int         length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/**
 * runnel_chart_node_to_png:
 * @node: what is to be seen
 * @width: in pixels
 * @height: in pixels
 * @error: return location; %G_IO_ERROR_FAILED when there is no memory for so many pixels
 *
 * May run in any thread.
 *
 * Returns: (transfer full) (nullable): the picture
 */
GBytes *
runnel_chart_node_to_png (GskRenderNode  *node,
                          double          width,
                          double          height,
                          GError        **error)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, ceil (width),
                                                         ceil (height));
  cairo_t *cr = cairo_create (surface);
  GByteArray *png = g_byte_array_new ();
  cairo_status_t status;

  gsk_render_node_draw (node, cr);
  cairo_destroy (cr);
  status = cairo_surface_write_to_png_stream (surface, append_cb, png);
  cairo_surface_destroy (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    return g_byte_array_free_to_bytes (png);

  g_byte_array_unref (png);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, cairo_status_to_string (status));
  return NULL;
}
