/* runnel-about.c: who made this, and under which licence
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * AdwAboutWindow is there from libadwaita 1.2 on and deprecated since 1.6.
 */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "designer/compat/runnel-about.h"
#include "designer/runnel-settings.h"

G_GNUC_BEGIN_IGNORE_DEPRECATIONS

/**
 * runnel_about_present:
 * @parent: (nullable): the window it belongs to
 *
 * Shows the about window.
 */
void
runnel_about_present (GtkWindow *parent)
{
  const char *developers[] = { _("The Runnel developers"), NULL };

  adw_show_about_window (parent,
                         "application-name", _("Runnel"),
                         "application-icon", RUNNEL_APPLICATION_ID,
                         "version", RUNNEL_VERSION,
                         "comments", _("Draw pipelines, run them, see what happened."),
                         "developer-name", developers[0],
                         "developers", developers,
                         "license-type", GTK_LICENSE_GPL_3_0,
                         /* translators: put your name here, one per line */
                         "translator-credits", _("translator-credits"),
                         NULL);
}

G_GNUC_END_IGNORE_DEPRECATIONS
