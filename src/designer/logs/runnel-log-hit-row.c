/* runnel-log-hit-row.c: a line that was found in a log as a row of a list, or the heading of a run
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/logs/runnel-log-hit-row.h"
#include "designer/runs/runnel-state-label.h"
#include "util/runnel-format.h"

/* The steps are a column, and so are the numbers. */
#define STEP_CHARS 12
#define NUMBER_CHARS 5

struct _RunnelLogHitRow
{
  GtkWidget parent_instance;

  /* Of a run */
  GtkWidget *run_box;
  GtkImage *state_image;
  GtkLabel *title_label;
  GtkLabel *number_label;
  GtkLabel *time_label;

  /* Of a line */
  GtkWidget *line_box;
  GtkLabel *step_label;
  GtkLabel *line_label;
  GtkLabel *before_label;
  GtkLabel *text_label;

  GSignalGroup *run_signals; /* of RunnelRunItem; it has none in a row of a line */
  const char *state_class;   /* that the image has */
};

G_DEFINE_FINAL_TYPE (RunnelLogHitRow, runnel_log_hit_row, GTK_TYPE_WIDGET)

static void
describe (RunnelLogHitRow *self,
          const char      *text)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

/* --- Of a run ------------------------------------------------------------------------------ */

static void
set_state (RunnelLogHitRow *self,
           RunnelState      state)
{
  const char *state_class = runnel_state_get_css_class (state);

  gtk_image_set_from_icon_name (self->state_image, runnel_state_get_icon_name (state));
  if (self->state_class)
    gtk_widget_remove_css_class (GTK_WIDGET (self->state_image), self->state_class);
  gtk_widget_add_css_class (GTK_WIDGET (self->state_image), state_class);
  self->state_class = state_class;
}

static void
show_record (RunnelLogHitRow       *self,
             const RunnelRunRecord *record)
{
  g_autofree char *started = runnel_format_time (record->started);
  /* translators: "Run 12 of Build, test, package: Succeeded" */
  g_autofree char *text =
    g_strdup_printf (_("Run %" G_GINT64_FORMAT " of %s: %s"), record->id, record->pipeline,
                     runnel_state_get_title (record->state));

  set_state (self, record->state);
  gtk_label_set_label (self->title_label, record->pipeline);
  gtk_label_set_label (self->time_label, started);
  describe (self, text);
}

/* Until its record is read, the number is all there is. */
static void
update_run (RunnelLogHitRow *self)
{
  RunnelRunItem *run = runnel_log_hit_row_get_run (self);
  const RunnelRunRecord *record = run ? runnel_run_item_get_record (run) : NULL;
  g_autofree char *number = NULL;

  if (!run)
    return;
  number = g_strdup_printf ("#%" G_GINT64_FORMAT, runnel_run_item_get_run (run));
  gtk_label_set_label (self->number_label, number);
  if (record)
    {
      show_record (self, record);
      return;
    }
  gtk_image_clear (self->state_image);
  gtk_label_set_label (self->title_label, runnel_run_item_is_gone (run) ? _("Deleted") : "");
  gtk_label_set_label (self->time_label, "");
  describe (self, number);
}

/* --- The widget ------------------------------------------------------------------------------ */

static GtkLabel *
add_label (GtkWidget  *box,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static GtkWidget *
add_box (RunnelLogHitRow *self,
         const char      *css_class)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);

  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_add_css_class (box, css_class);
  gtk_widget_set_parent (box, GTK_WIDGET (self));
  return box;
}

static void
make_run_box (RunnelLogHitRow *self)
{
  self->run_box = add_box (self, "run");
  self->state_image = GTK_IMAGE (gtk_image_new ());
  gtk_box_append (GTK_BOX (self->run_box), GTK_WIDGET (self->state_image));
  self->title_label = add_label (self->run_box, "heading");
  self->number_label = add_label (self->run_box, "dim-label");
  gtk_label_set_ellipsize (self->number_label, PANGO_ELLIPSIZE_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->number_label), "numeric");
  self->time_label = add_label (self->run_box, "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->time_label), "numeric");
  gtk_widget_set_hexpand (GTK_WIDGET (self->time_label), TRUE);
  gtk_label_set_xalign (self->time_label, 1);
}

static void
set_width (GtkLabel *label,
           int       n_chars)
{
  gtk_label_set_width_chars (label, n_chars);
  gtk_label_set_max_width_chars (label, n_chars);
}

/* Where there is not room for all, what is left of both is what is next to the place. */
static void
add_text (RunnelLogHitRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_box_append (GTK_BOX (self->line_box), box);
  self->before_label = add_label (box, "monospace");
  gtk_label_set_ellipsize (self->before_label, PANGO_ELLIPSIZE_START);
  gtk_label_set_single_line_mode (self->before_label, TRUE);
  self->text_label = add_label (box, "monospace");
  gtk_label_set_single_line_mode (self->text_label, TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->text_label), TRUE);
}

static void
make_line_box (RunnelLogHitRow *self)
{
  self->line_box = add_box (self, "line");
  self->step_label = add_label (self->line_box, "dim-label");
  set_width (self->step_label, STEP_CHARS);
  self->line_label = add_label (self->line_box, "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->line_label), "numeric");
  gtk_label_set_xalign (self->line_label, 1);
  gtk_label_set_ellipsize (self->line_label, PANGO_ELLIPSIZE_NONE);
  gtk_label_set_width_chars (self->line_label, NUMBER_CHARS);
  add_text (self);
}

static void
runnel_log_hit_row_dispose (GObject *object)
{
  RunnelLogHitRow *self = RUNNEL_LOG_HIT_ROW (object);

  g_clear_object (&self->run_signals);
  g_clear_pointer (&self->run_box, gtk_widget_unparent);
  g_clear_pointer (&self->line_box, gtk_widget_unparent);

  G_OBJECT_CLASS (runnel_log_hit_row_parent_class)->dispose (object);
}

static void
runnel_log_hit_row_class_init (RunnelLogHitRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = runnel_log_hit_row_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "loghitrow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
runnel_log_hit_row_init (RunnelLogHitRow *self)
{
  make_run_box (self);
  make_line_box (self);
  self->run_signals = g_signal_group_new (RUNNEL_TYPE_RUN_ITEM);
  g_signal_group_connect_swapped (self->run_signals, "changed", G_CALLBACK (update_run), self);
}

/**
 * runnel_log_hit_row_new:
 *
 * Returns: (transfer floating): a row of nothing
 */
GtkWidget *
runnel_log_hit_row_new (void)
{
  return g_object_new (RUNNEL_TYPE_LOG_HIT_ROW, NULL);
}

/**
 * runnel_log_hit_row_set_line:
 * @item: a line, which the row shows from now on
 */
void
runnel_log_hit_row_set_line (RunnelLogHitRow  *self,
                             RunnelLogHitItem *item)
{
  const RunnelLogHit *hit;
  g_autofree char *step = NULL, *number = NULL, *before = NULL, *markup = NULL, *text = NULL;

  g_return_if_fail (RUNNEL_IS_LOG_HIT_ROW (self));
  g_return_if_fail (RUNNEL_IS_LOG_HIT_ITEM (item));

  hit = runnel_log_hit_item_get_hit (item);
  step = hit->attempt > 1 ? g_strdup_printf ("%s (%u)", hit->step, hit->attempt)
                          : g_strdup (hit->step);
  number = g_strdup_printf ("%" G_GUINT64_FORMAT, hit->number + 1);
  runnel_log_hit_item_get_texts (item, &before, &markup);
  /* translators: a step, the number of a line of its log, and the line */
  text = g_strdup_printf (_("%s, line %s: %s"), step, number, hit->text);
  g_signal_group_set_target (self->run_signals, NULL);
  gtk_widget_set_visible (self->run_box, FALSE);
  gtk_widget_set_visible (self->line_box, TRUE);
  gtk_label_set_label (self->step_label, step);
  gtk_label_set_label (self->line_label, number);
  gtk_label_set_label (self->before_label, before);
  gtk_widget_set_visible (GTK_WIDGET (self->before_label), *before != '\0');
  gtk_label_set_markup (self->text_label, markup);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), hit->text);
  describe (self, text);
}

/**
 * runnel_log_hit_row_set_run:
 * @run: (nullable): a run, of which the row is the heading from now on; %NULL for nothing
 */
void
runnel_log_hit_row_set_run (RunnelLogHitRow *self,
                            RunnelRunItem   *run)
{
  g_return_if_fail (RUNNEL_IS_LOG_HIT_ROW (self));

  g_signal_group_set_target (self->run_signals, run);
  gtk_widget_set_visible (self->run_box, TRUE);
  gtk_widget_set_visible (self->line_box, FALSE);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), NULL);
  update_run (self);
}

/**
 * runnel_log_hit_row_get_run:
 *
 * Returns: (transfer none) (nullable): the run of which the row is the heading
 */
RunnelRunItem *
runnel_log_hit_row_get_run (RunnelLogHitRow *self)
{
  g_autoptr(GObject) run = NULL;

  g_return_val_if_fail (RUNNEL_IS_LOG_HIT_ROW (self), NULL);

  run = g_signal_group_dup_target (self->run_signals);
  return run ? RUNNEL_RUN_ITEM (run) : NULL;
}
