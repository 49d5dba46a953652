/* runnel-link-form.c: the properties of one link
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/inspector/runnel-link-form.h"
#include "designer/inspector/runnel-needs-row.h"
#include "designer/inspector/runnel-needs.h"

struct _RunnelLinkForm
{
  AdwBin parent_instance;

  RunnelDocument *document;
  char *from;
  char *to;
  RunnelOn on;
  GtkDropDown *on_drop_down;
  GtkCheckButton *handles_check;
  GtkLabel *message;
  guint is_showing : 1;
};

enum
{
  CHANGED_ON,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (RunnelLinkForm, runnel_link_form, ADW_TYPE_BIN)

static guint signals[N_SIGNALS];

static RunnelStep *
find_step (RunnelLinkForm *self,
           const char     *id)
{
  RunnelPipeline *pipeline = runnel_document_get_pipeline (self->document);
  guint index;

  if (!runnel_pipeline_find_step (pipeline, id, &index))
    return NULL;
  return runnel_pipeline_get_step (pipeline, index);
}

static void
show_error (RunnelLinkForm *self,
            const char     *message)
{
  gtk_label_set_label (self->message, message ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), message != NULL);
}

/* Puts `changed` in the place of the link; NULL takes it away. */
static gboolean
replace_link (RunnelLinkForm   *self,
              const RunnelNeed *changed)
{
  RunnelStep *step = find_step (self, self->to);
  g_autoptr(GArray) needs = g_array_new (FALSE, FALSE, sizeof (RunnelNeed));
  g_autoptr(JsonNode) json = NULL;
  g_autoptr(RunnelEdit) edit = NULL;
  g_autoptr(GError) error = NULL;
  guint index;

  if (!step || !runnel_needs_find (step->needs, step->n_needs, self->from, self->on, &index))
    return FALSE;
  g_array_append_vals (needs, step->needs, step->n_needs);
  g_array_remove_index (needs, index);
  if (changed)
    g_array_insert_val (needs, index, *changed);
  json = runnel_needs_to_json ((RunnelNeed *) needs->data, needs->len);
  edit = runnel_edit_new_set_field (runnel_document_get_pipeline (self->document), self->to,
                                    "needs", json);
  if (!runnel_document_apply (self->document, edit, &error))
    {
      show_error (self, error->message);
      return FALSE;
    }
  show_error (self, NULL);
  return TRUE;
}

static gboolean
is_taken (RunnelLinkForm *self,
          RunnelOn        on)
{
  RunnelStep *step = find_step (self, self->to);
  guint index;

  return on != self->on && step &&
         runnel_needs_find (step->needs, step->n_needs, self->from, on, &index);
}

static void
on_cb (RunnelLinkForm *self)
{
  RunnelOn on = gtk_drop_down_get_selected (self->on_drop_down);
  RunnelNeed changed = { self->from, on, runnel_needs_handles_by_default (on) };

  if (self->is_showing || on == self->on)
    return;
  if (is_taken (self, on))
    {
      show_error (self, _("There is such a link between these steps already."));
      self->is_showing = TRUE;
      gtk_drop_down_set_selected (self->on_drop_down, self->on);
      self->is_showing = FALSE;
      return;
    }
  if (!replace_link (self, &changed))
    return;
  self->on = on;
  runnel_link_form_update (self);
  g_signal_emit (self, signals[CHANGED_ON], 0, (guint) on);
}

static void
handles_cb (RunnelLinkForm *self)
{
  RunnelNeed changed = { self->from, self->on, gtk_check_button_get_active (self->handles_check) };

  if (!self->is_showing)
    replace_link (self, &changed);
}

static void
delete_cb (RunnelLinkForm *self)
{
  replace_link (self, NULL);
}

static const char *
get_title (RunnelLinkForm *self,
           const char     *id)
{
  RunnelStep *step = find_step (self, id);

  return step ? runnel_step_get_title (step) : id;
}

static GtkWidget *
title_new (RunnelLinkForm *self)
{
  /* each title in the direction of its own script, the first of them always at the left */
  g_autofree char *text = g_strdup_printf ("\u200e\u2068%s\u2069 → \u2068%s\u2069",
                                           get_title (self, self->from),
                                           get_title (self, self->to));
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  return label;
}

static GtkWidget *
message_new (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "error");
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_set_visible (label, FALSE);
  return label;
}

static void
build (RunnelLinkForm *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *delete = gtk_button_new_with_mnemonic (_("_Delete Link"));

  self->on_drop_down = GTK_DROP_DOWN (runnel_needs_on_drop_down_new (self->on));
  self->handles_check = GTK_CHECK_BUTTON (runnel_needs_handles_check_new (FALSE));
  self->message = GTK_LABEL (message_new ());
  gtk_widget_add_css_class (delete, "destructive-action");
  gtk_widget_set_halign (delete, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), title_new (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->on_drop_down));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->message));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->handles_check));
  gtk_box_append (GTK_BOX (box), delete);
  g_signal_connect_swapped (self->on_drop_down, "notify::selected", G_CALLBACK (on_cb), self);
  g_signal_connect_swapped (self->handles_check, "notify::active", G_CALLBACK (handles_cb), self);
  g_signal_connect_swapped (delete, "clicked", G_CALLBACK (delete_cb), self);
  adw_bin_set_child (ADW_BIN (self), box);
}

static void
runnel_link_form_finalize (GObject *object)
{
  RunnelLinkForm *self = RUNNEL_LINK_FORM (object);

  g_clear_object (&self->document);
  g_clear_pointer (&self->from, g_free);
  g_clear_pointer (&self->to, g_free);
  G_OBJECT_CLASS (runnel_link_form_parent_class)->finalize (object);
}

static void
runnel_link_form_class_init (RunnelLinkFormClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = runnel_link_form_finalize;

  signals[CHANGED_ON] = g_signal_new ("changed-on", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
runnel_link_form_init (RunnelLinkForm *self)
{
}

/**
 * runnel_link_form_new:
 *
 * Returns: (transfer floating): a form that edits the link
 */
GtkWidget *
runnel_link_form_new (RunnelDocument *document,
                      const char     *from,
                      const char     *to,
                      RunnelOn        on)
{
  RunnelLinkForm *self = g_object_new (RUNNEL_TYPE_LINK_FORM, NULL);

  self->document = g_object_ref (document);
  self->from = g_strdup (from);
  self->to = g_strdup (to);
  self->on = on;
  build (self);
  runnel_link_form_update (self);
  return GTK_WIDGET (self);
}

/**
 * runnel_link_form_update:
 *
 * Shows the link as it is now.
 */
void
runnel_link_form_update (RunnelLinkForm *self)
{
  RunnelStep *step;
  guint index;

  g_return_if_fail (RUNNEL_IS_LINK_FORM (self));

  step = find_step (self, self->to);
  if (!step || !runnel_needs_find (step->needs, step->n_needs, self->from, self->on, &index))
    return;
  self->is_showing = TRUE;
  gtk_check_button_set_active (self->handles_check, step->needs[index].handles);
  self->is_showing = FALSE;
}
