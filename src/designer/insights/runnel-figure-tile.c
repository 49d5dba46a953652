/* runnel-figure-tile.c: one number, and how it changed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/insights/runnel-figure-tile.h"

static GtkWidget *
make_label (const char        *text,
            const char *const *classes)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  for (guint i = 0; classes[i] != NULL; i++)
    gtk_widget_add_css_class (label, classes[i]);
  return label;
}

/* Better and worse are words for those who don't see the colour. */
static GtkWidget *
make_change (const RunnelFigure *figure)
{
  g_autofree char *text = g_strdup_printf ("%s%s%s", runnel_figure_get_arrow (figure),
                                           figure->direction != 0 ? " " : "", figure->change);
  const char *classes[] = { "caption", "dim-label", NULL };

  if (figure->verdict == RUNNEL_VERDICT_BETTER)
    classes[1] = "success";
  else if (figure->verdict == RUNNEL_VERDICT_WORSE)
    classes[1] = "error";
  return make_label (text, classes);
}

static char *
describe (const RunnelFigure *figure)
{
  const char *verdict = figure->verdict == RUNNEL_VERDICT_BETTER ? _(", which is better")
                        : figure->verdict == RUNNEL_VERDICT_WORSE ? _(", which is worse") : "";

  if (figure->change == NULL)
    return g_strdup_printf ("%s: %s", figure->title, figure->value);
  /* translators: a number, its value, its change, whether that is good: "Median duration: 20 s;
   * against the same time before: 4 % less, which is better" */
  return g_strdup_printf (_("%s: %s; against the same time before: %s%s"), figure->title,
                          figure->value, figure->change, verdict);
}

/**
 * runnel_figure_tile_new:
 * @figure: a number
 *
 * Returns: (transfer floating): it on the screen
 */
GtkWidget *
runnel_figure_tile_new (const RunnelFigure *figure)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL,
                                 "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  g_autofree char *description = describe (figure);

  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "figure-tile");
  gtk_box_append (GTK_BOX (box), make_label (figure->title,
                                             (const char *[]) { "caption-heading", "dim-label", NULL }));
  gtk_box_append (GTK_BOX (box), make_label (figure->value,
                                             (const char *[]) { "title-2", "numeric", NULL }));
  if (figure->change != NULL)
    gtk_box_append (GTK_BOX (box), make_change (figure));
  gtk_widget_set_tooltip_text (box, description);
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL, description,
                                  -1);
  return box;
}
