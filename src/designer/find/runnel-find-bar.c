/* runnel-find-bar.c: finds steps of the pipeline on the canvas
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/find/runnel-find-bar.h"
#include "designer/find/runnel-pattern-entry.h"

#define NOWHERE G_MAXUINT

struct _RunnelFindBar
{
  AdwBin parent_instance;

  /* Template Widgets */
  GtkRevealer *revealer;
  RunnelPatternEntry *entry;
  GtkLabel *count_label;
  GtkLabel *place_label;
  GtkWidget *previous_button;
  GtkWidget *next_button;

  RunnelFinder *finder;
  guint current;        /* what is shown of what was found, or NOWHERE */
  gboolean is_typing;   /* what is found first is shown as soon as it is found */
};

enum
{
  FOUND,
  SHOW,
  STOP,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RunnelFindBar, runnel_find_bar, ADW_TYPE_BIN)

static char *
count (RunnelFindBar *self)
{
  guint size = runnel_finder_get_size (self->finder);

  if (runnel_pattern_entry_get_problem (self->entry))
    return g_strdup (_("Not a regular expression"));
  if (!runnel_pattern_entry_get_pattern (self->entry))
    return g_strdup ("");
  if (size == 0)
    return g_strdup (_("Nothing found"));
  if (self->current == NOWHERE)
    return g_strdup_printf (g_dngettext (NULL, "%u found", "%u found", size), size);
  /* translators: which of the things found is shown, and how many there are */
  return g_strdup_printf (_("%u of %u"), self->current + 1, size);
}

static void
update (RunnelFindBar *self)
{
  gboolean has_found = runnel_finder_get_size (self->finder) > 0;
  g_autofree char *text = count (self);
  g_autofree char *place = NULL;

  if (self->current != NOWHERE)
    place = runnel_finder_describe (self->finder, self->current);
  gtk_label_set_label (self->count_label, text);
  gtk_label_set_label (self->place_label, place ? place : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->place_label), place);
  gtk_widget_set_sensitive (self->previous_button, has_found);
  gtk_widget_set_sensitive (self->next_button, has_found);
}

static void
show (RunnelFindBar *self,
      guint          index)
{
  self->current = index;
  update (self);
  g_signal_emit (self, signals[SHOW], 0, runnel_finder_get_id (self->finder, index));
}

static void
tell_found (RunnelFindBar *self)
{
  g_autoptr(GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; i < runnel_finder_get_size (self->finder); i++)
    {
      const char *id = runnel_finder_get_id (self->finder, i);

      if (id)
        g_ptr_array_add (ids, (gpointer) id);
    }
  g_signal_emit (self, signals[FOUND], 0, ids);
}

/* After an edit the place where one is stays, if it still is one. */
static void
finder_changed_cb (RunnelFindBar *self)
{
  guint size = runnel_finder_get_size (self->finder);

  if (!runnel_find_bar_is_open (self))
    return;
  if (self->current != NOWHERE && self->current >= size)
    self->current = NOWHERE;
  tell_found (self);
  if (self->is_typing && size > 0)
    show (self, 0);
  else
    update (self);
  self->is_typing = FALSE;
}

static void
entry_changed_cb (RunnelFindBar *self)
{
  self->current = NOWHERE;
  self->is_typing = TRUE;
  runnel_finder_set_pattern (self->finder, runnel_pattern_entry_get_pattern (self->entry));
}

static void
next_cb (RunnelFindBar *self)
{
  runnel_find_bar_step (self, FALSE);
}

static void
previous_cb (RunnelFindBar *self)
{
  runnel_find_bar_step (self, TRUE);
}

static void
entry_next_cb (RunnelFindBar *self,
               gboolean       back)
{
  runnel_find_bar_step (self, back);
}

static void
stop_cb (RunnelFindBar *self)
{
  runnel_find_bar_close (self);
  g_signal_emit (self, signals[STOP], 0);
}

static void
runnel_find_bar_dispose (GObject *object)
{
  RunnelFindBar *self = RUNNEL_FIND_BAR (object);

  if (self->finder)
    g_signal_handlers_disconnect_by_data (self->finder, self);
  g_clear_object (&self->finder);

  G_OBJECT_CLASS (runnel_find_bar_parent_class)->dispose (object);
}

static void
runnel_find_bar_class_init (RunnelFindBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = runnel_find_bar_dispose;

  signals[FOUND] = g_signal_new ("found", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
  signals[SHOW] = g_signal_new ("show-step", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[STOP] = g_signal_new ("stop", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);

  g_type_ensure (RUNNEL_TYPE_PATTERN_ENTRY);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/runnel/Runnel/runnel-find-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, RunnelFindBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, RunnelFindBar, entry);
  gtk_widget_class_bind_template_child (widget_class, RunnelFindBar, count_label);
  gtk_widget_class_bind_template_child (widget_class, RunnelFindBar, place_label);
  gtk_widget_class_bind_template_child (widget_class, RunnelFindBar, previous_button);
  gtk_widget_class_bind_template_child (widget_class, RunnelFindBar, next_button);
  gtk_widget_class_bind_template_callback (widget_class, entry_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_next_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, previous_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
}

static void
runnel_find_bar_init (RunnelFindBar *self)
{
  self->current = NOWHERE;
  self->finder = runnel_finder_new ();
  g_signal_connect_swapped (self->finder, "changed", G_CALLBACK (finder_changed_cb), self);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * runnel_find_bar_set_pipeline:
 * @pipeline: (nullable): what is searched while the bar is open
 */
void
runnel_find_bar_set_pipeline (RunnelFindBar  *self,
                              RunnelPipeline *pipeline)
{
  g_return_if_fail (RUNNEL_IS_FIND_BAR (self));

  self->current = NOWHERE;
  runnel_finder_set_pipeline (self->finder, pipeline);
}

/**
 * runnel_find_bar_open:
 *
 * Shows the bar and gives it the keyboard; what was looked for last is there, to be typed over.
 */
void
runnel_find_bar_open (RunnelFindBar *self)
{
  g_return_if_fail (RUNNEL_IS_FIND_BAR (self));

  if (!runnel_find_bar_is_open (self))
    {
      gtk_widget_set_visible (GTK_WIDGET (self->revealer), TRUE);
      gtk_revealer_set_reveal_child (self->revealer, TRUE);
      entry_changed_cb (self);
    }
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

/**
 * runnel_find_bar_close:
 *
 * Hides the bar; nothing is marked as found any more.
 */
void
runnel_find_bar_close (RunnelFindBar *self)
{
  g_return_if_fail (RUNNEL_IS_FIND_BAR (self));

  if (!runnel_find_bar_is_open (self))
    return;
  runnel_finder_set_pattern (self->finder, NULL);
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
}

gboolean
runnel_find_bar_is_open (RunnelFindBar *self)
{
  g_return_val_if_fail (RUNNEL_IS_FIND_BAR (self), FALSE);

  return gtk_revealer_get_reveal_child (self->revealer);
}

/**
 * runnel_find_bar_step:
 * @back: whether to go to the one before
 *
 * Shows the next of what was found, behind the last the first again. Opens the bar when it is
 * closed.
 */
void
runnel_find_bar_step (RunnelFindBar *self,
                      gboolean       back)
{
  guint size;

  g_return_if_fail (RUNNEL_IS_FIND_BAR (self));

  if (!runnel_find_bar_is_open (self))
    {
      runnel_find_bar_open (self);
      return;
    }
  size = runnel_finder_get_size (self->finder);
  if (size == 0)
    gtk_widget_error_bell (GTK_WIDGET (self));
  else if (self->current == NOWHERE)
    show (self, back ? size - 1 : 0);
  else
    show (self, (self->current + (back ? size - 1 : 1)) % size);
}

/**
 * runnel_find_bar_set_text:
 * @text: what to look for
 */
void
runnel_find_bar_set_text (RunnelFindBar *self,
                          const char    *text)
{
  g_return_if_fail (RUNNEL_IS_FIND_BAR (self));
  g_return_if_fail (text);

  runnel_pattern_entry_set_text (self->entry, text);
}
