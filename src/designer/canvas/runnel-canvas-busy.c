/* runnel-canvas-busy.c: says that something takes time, and lets it be given up
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/canvas/runnel-canvas-private.h"

#define MARGIN 24 /* logical pixels from the lower edge */

static GtkWidget *
make_box (const char *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *spinner = gtk_spinner_new ();
  GtkWidget *label = gtk_label_new (text);
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Cancel"));

  gtk_widget_add_css_class (box, "osd");
  gtk_widget_add_css_class (box, "toolbar");
  gtk_spinner_start (GTK_SPINNER (spinner));
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "canvas.escape");
  gtk_box_append (GTK_BOX (box), spinner);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), button);

  return box;
}

void
runnel_canvas_busy_show (RunnelCanvas *self,
                         const char   *text)
{
  runnel_canvas_busy_hide (self);
  self->busy = make_box (text);
  gtk_widget_set_parent (self->busy, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->busy), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                  -1);
}

void
runnel_canvas_busy_hide (RunnelCanvas *self)
{
  g_clear_pointer (&self->busy, gtk_widget_unparent);
}

/* Centred above the lower edge. */
void
runnel_canvas_busy_allocate (RunnelCanvas *self,
                             int           width,
                             int           height)
{
  GtkRequisition size;
  GtkAllocation place;

  if (self->busy == NULL)
    return;

  gtk_widget_get_preferred_size (self->busy, NULL, &size);
  place.width = MIN (size.width, width);
  place.height = size.height;
  place.x = (width - place.width) / 2;
  place.y = MAX (0, height - place.height - MARGIN);
  gtk_widget_size_allocate (self->busy, &place, -1);
}

void
runnel_canvas_busy_snapshot (RunnelCanvas *self,
                             GtkSnapshot  *snapshot)
{
  if (self->busy != NULL)
    gtk_widget_snapshot_child (GTK_WIDGET (self), self->busy, snapshot);
}
