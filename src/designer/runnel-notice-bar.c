/* runnel-notice-bar.c: a sentence above the canvas, with what can be done about it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/compat/runnel-tip.h"
#include "designer/runnel-notice-bar.h"

struct _RunnelNoticeBar
{
  AdwBin parent_instance;

  GtkRevealer *revealer;
  GtkLabel *label;
  GtkButton *button;
};

G_DEFINE_FINAL_TYPE (RunnelNoticeBar, runnel_notice_bar, ADW_TYPE_BIN)

static void
runnel_notice_bar_class_init (RunnelNoticeBarClass *klass)
{
}

static GtkWidget *
create_close (RunnelNoticeBar *self)
{
  GtkWidget *close = gtk_button_new_from_icon_name ("window-close-symbolic");

  gtk_widget_add_css_class (close, "flat");
  runnel_tip_set (close, _("Dismiss"));
  g_signal_connect_swapped (close, "clicked", G_CALLBACK (runnel_notice_bar_hide), self);
  return close;
}

/* What is not seen is nothing that a screen reader should find. */
static void
revealed_cb (RunnelNoticeBar *self)
{
  gtk_widget_set_visible (gtk_revealer_get_child (self->revealer),
                          gtk_revealer_get_reveal_child (self->revealer));
}

static void
runnel_notice_bar_init (RunnelNoticeBar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->revealer = GTK_REVEALER (gtk_revealer_new ());
  self->label = GTK_LABEL (gtk_label_new (NULL));
  self->button = GTK_BUTTON (gtk_button_new ());
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_xalign (self->label, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->label), TRUE);
  gtk_button_set_use_underline (self->button, TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self->button), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (box, "notice");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->label));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->button));
  gtk_box_append (GTK_BOX (box), create_close (self));
  gtk_widget_set_visible (box, FALSE);
  gtk_revealer_set_child (self->revealer, box);
  g_signal_connect_swapped (self->revealer, "notify::child-revealed", G_CALLBACK (revealed_cb),
                            self);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->revealer));
}

/**
 * runnel_notice_bar_show:
 * @text: one sentence
 * @action_label: the label of the button, with a mnemonic
 * @action_name: what the button does
 *
 * Shows a notice in place of the one before.
 */
void
runnel_notice_bar_show (RunnelNoticeBar *self,
                        const char      *text,
                        const char      *action_label,
                        const char      *action_name)
{
  g_return_if_fail (RUNNEL_IS_NOTICE_BAR (self));

  gtk_label_set_label (self->label, text);
  gtk_button_set_label (self->button, action_label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), action_name);
  gtk_widget_set_visible (gtk_revealer_get_child (self->revealer), TRUE);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
}

void
runnel_notice_bar_hide (RunnelNoticeBar *self)
{
  g_return_if_fail (RUNNEL_IS_NOTICE_BAR (self));

  gtk_revealer_set_reveal_child (self->revealer, FALSE);
}
