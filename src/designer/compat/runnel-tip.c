/* runnel-tip.c: what a button without a text is for
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/compat/runnel-tip.h"

/**
 * runnel_tip_set:
 * @widget: a button that has an icon and no text
 * @text: what it does, translated
 *
 * Shows the text as a tooltip, and lets a screen reader say it: GTK 4.8 does not take the one for
 * the other.
 */
void
runnel_tip_set (GtkWidget  *widget,
                const char *text)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (text != NULL);

  gtk_widget_set_tooltip_text (widget, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}
