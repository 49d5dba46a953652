/* runnel-pattern-entry.c: a field for what is looked for, with its options
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/find/runnel-pattern-entry.h"

struct _RunnelPatternEntry
{
  AdwBin parent_instance;

  /* Template Widgets */
  GtkSearchEntry *entry;
  GtkToggleButton *case_button;
  GtkToggleButton *regex_button;

  RunnelPattern *pattern; /* NULL when there is nothing to look for */
  char *problem;          /* what is wrong with the expression, or NULL */
};

enum
{
  CHANGED,
  ACTIVATE,
  NEXT,
  STOP,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RunnelPatternEntry, runnel_pattern_entry, ADW_TYPE_BIN)

static void
changed_cb (RunnelPatternEntry *self)
{
  const char *text = runnel_pattern_entry_get_text (self);
  g_autoptr(GError) error = NULL;

  g_clear_pointer (&self->pattern, runnel_pattern_unref);
  g_clear_pointer (&self->problem, g_free);
  if (*text)
    self->pattern = runnel_pattern_new (text, runnel_pattern_entry_get_flags (self), &error);
  if (error)
    {
      self->problem = g_strdup (error->message);
      gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
    }
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->entry), self->problem);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
activate_cb (RunnelPatternEntry *self)
{
  g_signal_emit (self, signals[ACTIVATE], 0);
}

static void
next_match_cb (RunnelPatternEntry *self)
{
  g_signal_emit (self, signals[NEXT], 0, FALSE);
}

static void
previous_match_cb (RunnelPatternEntry *self)
{
  g_signal_emit (self, signals[NEXT], 0, TRUE);
}

static void
stop_cb (RunnelPatternEntry *self)
{
  g_signal_emit (self, signals[STOP], 0);
}

static gboolean
key_pressed_cb (RunnelPatternEntry *self,
                guint               keyval,
                guint               keycode,
                GdkModifierType     state)
{
  if (keyval == GDK_KEY_Down || keyval == GDK_KEY_Up)
    {
      g_signal_emit (self, signals[NEXT], 0, keyval == GDK_KEY_Up);
      return GDK_EVENT_STOP;
    }
  return GDK_EVENT_PROPAGATE;
}

static gboolean
runnel_pattern_entry_grab_focus (GtkWidget *widget)
{
  RunnelPatternEntry *self = RUNNEL_PATTERN_ENTRY (widget);

  gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
  return gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
runnel_pattern_entry_finalize (GObject *object)
{
  RunnelPatternEntry *self = RUNNEL_PATTERN_ENTRY (object);

  g_clear_pointer (&self->pattern, runnel_pattern_unref);
  g_free (self->problem);

  G_OBJECT_CLASS (runnel_pattern_entry_parent_class)->finalize (object);
}

static guint
add_signal (RunnelPatternEntryClass *klass,
            const char              *name)
{
  return g_signal_new (name, G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, 0);
}

static void
runnel_pattern_entry_class_init (RunnelPatternEntryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = runnel_pattern_entry_finalize;
  widget_class->grab_focus = runnel_pattern_entry_grab_focus;

  signals[CHANGED] = add_signal (klass, "changed");
  signals[ACTIVATE] = add_signal (klass, "activate");
  signals[STOP] = add_signal (klass, "stop");
  signals[NEXT] = g_signal_new ("next", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/runnel/Runnel/runnel-pattern-entry.ui");
  gtk_widget_class_bind_template_child (widget_class, RunnelPatternEntry, entry);
  gtk_widget_class_bind_template_child (widget_class, RunnelPatternEntry, case_button);
  gtk_widget_class_bind_template_child (widget_class, RunnelPatternEntry, regex_button);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_match_cb);
  gtk_widget_class_bind_template_callback (widget_class, previous_match_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
}

static void
runnel_pattern_entry_init (RunnelPatternEntry *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * runnel_pattern_entry_get_pattern:
 *
 * Returns: (transfer none) (nullable): what is looked for; %NULL when the field is empty or holds
 *   no regular expression and should
 */
RunnelPattern *
runnel_pattern_entry_get_pattern (RunnelPatternEntry *self)
{
  g_return_val_if_fail (RUNNEL_IS_PATTERN_ENTRY (self), NULL);

  return self->pattern;
}

/**
 * runnel_pattern_entry_get_problem:
 *
 * Returns: (transfer none) (nullable): what is wrong with the regular expression
 */
const char *
runnel_pattern_entry_get_problem (RunnelPatternEntry *self)
{
  g_return_val_if_fail (RUNNEL_IS_PATTERN_ENTRY (self), NULL);

  return self->problem;
}

const char *
runnel_pattern_entry_get_text (RunnelPatternEntry *self)
{
  g_return_val_if_fail (RUNNEL_IS_PATTERN_ENTRY (self), NULL);

  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

/**
 * runnel_pattern_entry_set_text:
 * @text: what to look for
 */
void
runnel_pattern_entry_set_text (RunnelPatternEntry *self,
                               const char         *text)
{
  g_return_if_fail (RUNNEL_IS_PATTERN_ENTRY (self));
  g_return_if_fail (text);

  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
}

/**
 * runnel_pattern_entry_get_flags:
 *
 * Returns: how the text is meant
 */
RunnelPatternFlags
runnel_pattern_entry_get_flags (RunnelPatternEntry *self)
{
  g_return_val_if_fail (RUNNEL_IS_PATTERN_ENTRY (self), RUNNEL_PATTERN_PLAIN);

  return (gtk_toggle_button_get_active (self->case_button) ? RUNNEL_PATTERN_CASE : 0)
         | (gtk_toggle_button_get_active (self->regex_button) ? RUNNEL_PATTERN_REGEX : 0);
}

/**
 * runnel_pattern_entry_set_flags:
 * @flags: how the text is meant
 */
void
runnel_pattern_entry_set_flags (RunnelPatternEntry *self,
                                RunnelPatternFlags  flags)
{
  g_return_if_fail (RUNNEL_IS_PATTERN_ENTRY (self));

  gtk_toggle_button_set_active (self->case_button, (flags & RUNNEL_PATTERN_CASE) != 0);
  gtk_toggle_button_set_active (self->regex_button, (flags & RUNNEL_PATTERN_REGEX) != 0);
}

/**
 * runnel_pattern_entry_set_placeholder:
 * @text: what the field says while it is empty
 */
void
runnel_pattern_entry_set_placeholder (RunnelPatternEntry *self,
                                      const char         *text)
{
  g_return_if_fail (RUNNEL_IS_PATTERN_ENTRY (self));

  g_object_set (self->entry, "placeholder-text", text, NULL);
}
