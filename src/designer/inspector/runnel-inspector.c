/* runnel-inspector.c: the properties of what is selected on the canvas
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/inspector/runnel-area-form.h"
#include "designer/inspector/runnel-inspector.h"
#include "designer/inspector/runnel-link-form.h"
#include "designer/inspector/runnel-pipeline-form.h"
#include "designer/inspector/runnel-selection-form.h"
#include "designer/inspector/runnel-step-form.h"

#define WIDTH 320

struct _RunnelInspector
{
  AdwBin parent_instance;

  AdwBin *content;
  GtkAdjustment *adjustment;
  GtkWidget *form;     /* the one form shown, or NULL */
  char *shown;         /* what the form is about, to tell when it need not be made again */

  RunnelDocument *document;
  RunnelChecker *checker;
  GSignalGroup *pipeline_signals;
  GSignalGroup *checker_signals;
};

enum
{
  LEAVE,
  STEP_RENAMED,
  LINK_CHANGED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (RunnelInspector, runnel_inspector, ADW_TYPE_BIN)

static guint signals[N_SIGNALS];

#define SHOWN_PIPELINE "pipeline"

static void
update_form (RunnelInspector *self)
{
  if (RUNNEL_IS_STEP_FORM (self->form))
    runnel_step_form_update (RUNNEL_STEP_FORM (self->form));
  else if (RUNNEL_IS_PIPELINE_FORM (self->form))
    runnel_pipeline_form_update (RUNNEL_PIPELINE_FORM (self->form));
  else if (RUNNEL_IS_LINK_FORM (self->form))
    runnel_link_form_update (RUNNEL_LINK_FORM (self->form));
  else if (RUNNEL_IS_AREA_FORM (self->form))
    runnel_area_form_update (RUNNEL_AREA_FORM (self->form));
}

static void
update_diagnostics (RunnelInspector *self)
{
  RunnelDiagnostics *diagnostics = runnel_checker_get_diagnostics (self->checker);

  if (RUNNEL_IS_STEP_FORM (self->form))
    runnel_step_form_set_diagnostics (RUNNEL_STEP_FORM (self->form), diagnostics);
  else if (RUNNEL_IS_PIPELINE_FORM (self->form))
    runnel_pipeline_form_set_diagnostics (RUNNEL_PIPELINE_FORM (self->form), diagnostics);
}

/* Takes `shown`. */
static void
set_form (RunnelInspector *self,
          GtkWidget       *form,
          char            *shown)
{
  g_free (self->shown);
  self->shown = shown;
  self->form = form;
  adw_bin_set_child (self->content, form);
  gtk_adjustment_set_value (self->adjustment, 0);
  if (self->checker)
    update_diagnostics (self);
}

static gboolean
is_shown (RunnelInspector *self,
          const char      *what)
{
  return g_strcmp0 (self->shown, what) == 0;
}

static void
renamed_cb (RunnelInspector *self,
            const char      *id)
{
  g_free (self->shown);
  self->shown = g_strconcat ("step ", id, NULL);
  g_signal_emit (self, signals[STEP_RENAMED], 0, id);
}

static void
changed_on_cb (RunnelInspector *self,
               guint            on)
{
  g_signal_emit (self, signals[LINK_CHANGED], 0, on);
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint                  keyval,
        guint                  keycode,
        GdkModifierType        state,
        RunnelInspector       *self)
{
  if (keyval != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  runnel_inspector_flush (self);
  g_signal_emit (self, signals[LEAVE], 0);
  return GDK_EVENT_STOP;
}

static void
runnel_inspector_dispose (GObject *object)
{
  RunnelInspector *self = RUNNEL_INSPECTOR (object);

  self->form = NULL;
  g_clear_object (&self->pipeline_signals);
  g_clear_object (&self->checker_signals);
  g_clear_object (&self->document);
  g_clear_object (&self->checker);
  G_OBJECT_CLASS (runnel_inspector_parent_class)->dispose (object);
}

static void
runnel_inspector_finalize (GObject *object)
{
  g_clear_pointer (&RUNNEL_INSPECTOR (object)->shown, g_free);
  G_OBJECT_CLASS (runnel_inspector_parent_class)->finalize (object);
}

static void
runnel_inspector_class_init (RunnelInspectorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = runnel_inspector_dispose;
  object_class->finalize = runnel_inspector_finalize;

  signals[LEAVE] = g_signal_new ("leave", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  signals[STEP_RENAMED] = g_signal_new ("step-renamed", G_TYPE_FROM_CLASS (klass),
                                        G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                        G_TYPE_STRING);
  signals[LINK_CHANGED] = g_signal_new ("link-changed", G_TYPE_FROM_CLASS (klass),
                                        G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                        G_TYPE_UINT);
}

static GtkWidget *
create_scroller (RunnelInspector *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *viewport = gtk_viewport_new (NULL, NULL);

  self->content = ADW_BIN (adw_bin_new ());
  gtk_widget_set_margin_top (GTK_WIDGET (self->content), 12);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->content), 18);
  gtk_widget_set_margin_start (GTK_WIDGET (self->content), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self->content), 12);
  gtk_viewport_set_child (GTK_VIEWPORT (viewport), GTK_WIDGET (self->content));
  gtk_viewport_set_scroll_to_focus (GTK_VIEWPORT (viewport), TRUE);
  /* The editors of code are as high as they like, not as low as they can be. */
  gtk_scrollable_set_vscroll_policy (GTK_SCROLLABLE (viewport), GTK_SCROLL_NATURAL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), viewport);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  self->adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  return scroller;
}

static void
runnel_inspector_init (RunnelInspector *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkWidget *clamp = adw_clamp_new ();

  /* However long the texts in it are, it would not be wider. */
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), WIDTH);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), create_scroller (self));
  gtk_widget_set_size_request (clamp, WIDTH, -1);
  adw_bin_set_child (ADW_BIN (self), clamp);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  self->pipeline_signals = g_signal_group_new (RUNNEL_TYPE_PIPELINE);
  g_signal_group_connect_swapped (self->pipeline_signals, "changed", G_CALLBACK (update_form),
                                  self);
  self->checker_signals = g_signal_group_new (RUNNEL_TYPE_CHECKER);
  g_signal_group_connect_swapped (self->checker_signals, "checked", G_CALLBACK (update_diagnostics),
                                  self);
}

GtkWidget *
runnel_inspector_new (void)
{
  return g_object_new (RUNNEL_TYPE_INSPECTOR, NULL);
}

/**
 * runnel_inspector_set_document:
 * @document: what is edited
 * @checker: what knows the problems of @document
 *
 * Shows the properties of the pipeline of @document.
 */
void
runnel_inspector_set_document (RunnelInspector *self,
                               RunnelDocument  *document,
                               RunnelChecker   *checker)
{
  g_return_if_fail (RUNNEL_IS_INSPECTOR (self));
  g_return_if_fail (RUNNEL_IS_DOCUMENT (document));
  g_return_if_fail (RUNNEL_IS_CHECKER (checker));

  set_form (self, NULL, NULL);
  g_set_object (&self->document, document);
  g_set_object (&self->checker, checker);
  g_signal_group_set_target (self->pipeline_signals, runnel_document_get_pipeline (document));
  g_signal_group_set_target (self->checker_signals, checker);
  runnel_inspector_show_steps (self, (const char *const[]) { NULL });
}

static void
show_pipeline (RunnelInspector *self)
{
  if (!is_shown (self, SHOWN_PIPELINE))
    set_form (self, runnel_pipeline_form_new (self->document), g_strdup (SHOWN_PIPELINE));
}

static void
show_step (RunnelInspector *self,
           const char      *id)
{
  g_autofree char *what = g_strconcat ("step ", id, NULL);
  GtkWidget *form;

  if (is_shown (self, what))
    return;
  form = runnel_step_form_new (self->document, id);
  g_signal_connect_object (form, "renamed", G_CALLBACK (renamed_cb), self, G_CONNECT_SWAPPED);
  set_form (self, form, g_steal_pointer (&what));
}

/**
 * runnel_inspector_show_steps:
 * @ids: (array zero-terminated=1): the steps selected; none shows the pipeline
 *
 * Shows the properties of a step, or what can be done with several.
 */
void
runnel_inspector_show_steps (RunnelInspector   *self,
                             const char *const *ids)
{
  guint n_ids = g_strv_length ((char **) ids);

  g_return_if_fail (RUNNEL_IS_INSPECTOR (self));
  g_return_if_fail (self->document);

  runnel_inspector_flush (self);
  if (n_ids == 0)
    show_pipeline (self);
  else if (n_ids == 1)
    show_step (self, ids[0]);
  else
    set_form (self, runnel_selection_form_new (n_ids), NULL);
}

/**
 * runnel_inspector_show_link:
 *
 * Shows the properties of a link.
 */
void
runnel_inspector_show_link (RunnelInspector *self,
                            const char      *from,
                            const char      *to,
                            RunnelOn         on)
{
  g_autofree char *what = g_strdup_printf ("link %s %s %u", from, to, on);
  GtkWidget *form;

  g_return_if_fail (RUNNEL_IS_INSPECTOR (self));
  g_return_if_fail (self->document);

  if (is_shown (self, what))
    return;
  runnel_inspector_flush (self);
  form = runnel_link_form_new (self->document, from, to, on);
  g_signal_connect_object (form, "changed-on", G_CALLBACK (changed_on_cb), self, G_CONNECT_SWAPPED);
  set_form (self, form, g_steal_pointer (&what));
}

/**
 * runnel_inspector_show_group:
 *
 * Shows the properties of a group.
 */
void
runnel_inspector_show_group (RunnelInspector *self,
                             const char      *id)
{
  g_autofree char *what = g_strconcat ("group ", id, NULL);

  g_return_if_fail (RUNNEL_IS_INSPECTOR (self));
  g_return_if_fail (self->document);

  if (is_shown (self, what))
    return;
  runnel_inspector_flush (self);
  set_form (self, runnel_area_form_new_for_group (self->document, id), g_steal_pointer (&what));
}

/**
 * runnel_inspector_show_note:
 *
 * Shows the properties of a note.
 */
void
runnel_inspector_show_note (RunnelInspector *self,
                            const char      *id)
{
  g_autofree char *what = g_strconcat ("note ", id, NULL);

  g_return_if_fail (RUNNEL_IS_INSPECTOR (self));
  g_return_if_fail (self->document);

  if (is_shown (self, what))
    return;
  runnel_inspector_flush (self);
  set_form (self, runnel_area_form_new_for_note (self->document, id), g_steal_pointer (&what));
}

/**
 * runnel_inspector_flush:
 *
 * Applies what was typed without waiting for a pause, as before a save.
 */
void
runnel_inspector_flush (RunnelInspector *self)
{
  g_return_if_fail (RUNNEL_IS_INSPECTOR (self));

  if (RUNNEL_IS_STEP_FORM (self->form))
    runnel_step_form_flush (RUNNEL_STEP_FORM (self->form));
  else if (RUNNEL_IS_PIPELINE_FORM (self->form))
    runnel_pipeline_form_flush (RUNNEL_PIPELINE_FORM (self->form));
  else if (RUNNEL_IS_AREA_FORM (self->form))
    runnel_area_form_flush (RUNNEL_AREA_FORM (self->form));
}

/**
 * runnel_inspector_focus:
 * @key: (nullable): the member to edit, or a path below it; %NULL for the first
 *
 * Gives the focus to a field.
 */
void
runnel_inspector_focus (RunnelInspector *self,
                        const char      *key)
{
  g_return_if_fail (RUNNEL_IS_INSPECTOR (self));

  if (key && RUNNEL_IS_STEP_FORM (self->form))
    runnel_step_form_reveal (RUNNEL_STEP_FORM (self->form), key);
  else if (key && RUNNEL_IS_PIPELINE_FORM (self->form))
    runnel_pipeline_form_reveal (RUNNEL_PIPELINE_FORM (self->form), key);
  else if (self->form)
    gtk_widget_child_focus (self->form, GTK_DIR_TAB_FORWARD);
}
