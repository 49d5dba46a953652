/* runnel-selection-form.c: what can be done with several steps at once
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/inspector/runnel-selection-form.h"

/* The actions are those of the page around the form. */
static const struct
{
  const char *label;
  const char *action;
  const char *css_class;
} buttons[] = {
  { N_("D_uplicate"), "page.duplicate", NULL },
  { N_("_Copy"), "page.copy", NULL },
  { N_("D_isable or Enable"), "page.disable", NULL },
  { N_("_Bypass or Enable"), "page.bypass", NULL },
  { N_("_Group"), "page.group", NULL },
  { N_("_Tidy"), "page.tidy", NULL },
  { N_("_Delete"), "page.delete", "destructive-action" },
};

/**
 * runnel_selection_form_new:
 * @n_steps: how many steps are selected
 *
 * Returns: (transfer floating): buttons for what can be done with them
 */
GtkWidget *
runnel_selection_form_new (guint n_steps)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_autofree char *title = g_strdup_printf (ngettext ("%u Step Selected", "%u Steps Selected",
                                                      n_steps), n_steps);
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_set_margin_bottom (label, 6);
  gtk_box_append (GTK_BOX (box), label);
  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    {
      GtkWidget *button = gtk_button_new_with_mnemonic (_(buttons[i].label));

      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), buttons[i].action);
      if (buttons[i].css_class)
        gtk_widget_add_css_class (button, buttons[i].css_class);
      gtk_box_append (GTK_BOX (box), button);
    }
  return box;
}
