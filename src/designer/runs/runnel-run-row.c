/* runnel-run-row.c: a run as a row of the Runs page
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All rows have the same height, so that a list of a hundred thousand knows where each of them is.
 * A narrow row leaves out what is less asked for.
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/runs/runnel-duration-bar.h"
#include "designer/runs/runnel-run-row.h"
#include "designer/runs/runnel-run-words.h"
#include "designer/runs/runnel-state-label.h"
#include "util/runnel-format.h"

#define SPACING 12

/* What is not shown below these widths. */
#define BAR_MIN_WIDTH 480
#define ORIGIN_MIN_WIDTH 720

/* Labels that are shown by name; of more there is a number. */
#define MAX_LABELS 3

struct _RunnelRunRow
{
  GtkWidget parent_instance;

  /* Template widgets */
  GtkWidget *check;
  GtkImage *state_image;
  GtkWidget *main_box;
  GtkLabel *title_label;
  GtkLabel *number_label;
  GtkWidget *pin_image;
  GtkBox *labels_box;
  GtkLabel *detail_label;
  GtkWidget *origin_box;
  GtkLabel *trigger_label;
  GtkLabel *user_label;
  RunnelDurationBar *bar;
  GtkWidget *time_box;
  GtkLabel *duration_label;
  GtkLabel *age_label;

  GSignalGroup *item_signals;
  const char *state_class; /* that the image has */
  gboolean selecting;
};

G_DEFINE_FINAL_TYPE (RunnelRunRow, runnel_run_row, GTK_TYPE_WIDGET)

enum { PROP_SELECTED = 1, N_PROPS };
static GParamSpec *properties[N_PROPS];
static guint toggled_signal;

static const RunnelRunRecord *
get_record (RunnelRunRow *self)
{
  RunnelRunItem *item = runnel_run_row_get_item (self);

  return item != NULL ? runnel_run_item_get_record (item) : NULL;
}

/* --- Size ------------------------------------------------------------------------------- */

static void
runnel_run_row_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  RunnelRunRow *self = RUNNEL_RUN_ROW (widget);
  GtkWidget *const needed[] = { self->check, GTK_WIDGET (self->state_image), self->main_box,
                                self->time_box };

  *minimum = *natural = 0;
  for (guint i = 0; i < G_N_ELEMENTS (needed); i++)
    {
      gboolean is_width = orientation == GTK_ORIENTATION_HORIZONTAL;
      int child_minimum, child_natural;

      if (!gtk_widget_should_layout (needed[i]))
        continue;
      gtk_widget_measure (needed[i], orientation, -1, &child_minimum, &child_natural, NULL, NULL);
      *minimum = is_width ? *minimum + child_minimum + SPACING : MAX (*minimum, child_minimum);
      *natural = is_width ? *natural + child_natural + SPACING : MAX (*natural, child_natural);
    }
}

static void
allocate (GtkWidget *row,
          GtkWidget *child,
          int        x,
          int        width)
{
  GtkAllocation box = { x, 0, width, gtk_widget_get_height (row) };

  if (gtk_widget_get_direction (row) == GTK_TEXT_DIR_RTL)
    box.x = gtk_widget_get_width (row) - x - width;
  gtk_widget_size_allocate (child, &box, -1);
}

static int
get_natural_width (GtkWidget *widget)
{
  int width;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  return width;
}

/* Places a child at its natural width at the end of what is left of the row. */
static void
allocate_end (GtkWidget *row,
              GtkWidget *child,
              gboolean   is_visible,
              int       *end)
{
  int width;

  gtk_widget_set_child_visible (child, is_visible);
  if (!is_visible)
    return;
  width = get_natural_width (child);
  allocate (row, child, *end - width, width);
  *end -= width + SPACING;
}

static void
runnel_run_row_size_allocate (GtkWidget *widget,
                              int        width,
                              int        height,
                              int        baseline)
{
  RunnelRunRow *self = RUNNEL_RUN_ROW (widget);
  GtkWidget *const first[] = { self->check, GTK_WIDGET (self->state_image) };
  int start = 0, end = width;

  for (guint i = 0; i < G_N_ELEMENTS (first); i++)
    {
      int natural;

      if (!gtk_widget_should_layout (first[i]))
        continue;
      natural = get_natural_width (first[i]);
      allocate (widget, first[i], start, natural);
      start += natural + SPACING;
    }
  allocate_end (widget, self->time_box, TRUE, &end);
  allocate_end (widget, GTK_WIDGET (self->bar), width >= BAR_MIN_WIDTH, &end);
  allocate_end (widget, self->origin_box, width >= ORIGIN_MIN_WIDTH, &end);
  allocate (widget, self->main_box, start, MAX (end - start, 0));
}

/* --- What it says --------------------------------------------------------------------------- */

static void
add_label_chip (RunnelRunRow *self,
                const char   *text)
{
  GtkWidget *chip = gtk_label_new (text);

  gtk_label_set_ellipsize (GTK_LABEL (chip), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (chip), 16);
  gtk_widget_set_valign (chip, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (chip, "chip");
  gtk_box_append (self->labels_box, chip);
}

static void
update_labels (RunnelRunRow          *self,
               const RunnelRunRecord *record)
{
  guint n_labels = record->labels != NULL ? g_strv_length (record->labels) : 0;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->labels_box))) != NULL)
    gtk_box_remove (self->labels_box, child);
  for (guint i = 0; i < n_labels && i < MAX_LABELS; i++)
    add_label_chip (self, record->labels[i]);
  if (n_labels > MAX_LABELS)
    {
      g_autofree char *more = g_strdup_printf ("+%u", n_labels - MAX_LABELS);

      add_label_chip (self, more);
    }
}

static void
update_state (RunnelRunRow          *self,
              const RunnelRunRecord *record)
{
  const char *state_class = runnel_state_get_css_class (record->state);

  gtk_image_set_from_icon_name (self->state_image, runnel_state_get_icon_name (record->state));
  if (self->state_class == state_class)
    return;
  if (self->state_class != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self->state_image), self->state_class);
  self->state_class = state_class;
  gtk_widget_add_css_class (GTK_WIDGET (self->state_image), state_class);
}

static char *
describe_course (RunnelRunItem *item)
{
  const RunnelRunRecord *record = runnel_run_item_get_record (item);
  char *course = runnel_run_item_is_active (item) ? runnel_run_item_describe_current (item)
                                                  : runnel_run_item_describe_failure (item);

  if (course != NULL)
    return course;
  if (record->n_by_state[RUNNEL_STATE_SUCCEEDED] == record->n_steps)
    return g_strdup_printf (ngettext ("%u step", "%u steps", record->n_steps), record->n_steps);
  return runnel_run_describe_counts (record);
}

static void
update_detail (RunnelRunRow          *self,
               const RunnelRunRecord *record)
{
  g_autofree char *course = describe_course (runnel_run_row_get_item (self));
  /* translators: the state of a run, and what it does now or why it failed */
  g_autofree char *detail = g_strdup_printf (_("%s · %s"), runnel_state_get_title (record->state),
                                             course);

  gtk_label_set_label (self->detail_label, detail);
}

static void
update_accessible_label (RunnelRunRow          *self,
                         const RunnelRunRecord *record)
{
  /* translators: "Run 12 of Build, test, package: Succeeded" */
  g_autofree char *label =
    g_strdup_printf (_("Run %" G_GINT64_FORMAT " of %s: %s"), record->id, record->pipeline,
                     runnel_state_get_title (record->state));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/* While its record is read, a row has the number only; that is a frame or two. */
static void
update_without_record (RunnelRunRow *self)
{
  RunnelRunItem *item = runnel_run_row_get_item (self);
  gboolean is_gone = item != NULL && runnel_run_item_is_gone (item);

  gtk_label_set_label (self->title_label, is_gone ? _("Deleted") : "");
  gtk_image_clear (self->state_image);
  gtk_widget_set_visible (self->pin_image, FALSE);
  for (GtkWidget *chip; (chip = gtk_widget_get_first_child (GTK_WIDGET (self->labels_box))) != NULL;)
    gtk_box_remove (self->labels_box, chip);
  gtk_label_set_label (self->detail_label, "");
  gtk_label_set_label (self->trigger_label, "");
  gtk_label_set_label (self->user_label, "");
  gtk_label_set_label (self->duration_label, "");
  gtk_label_set_label (self->age_label, "");
  runnel_duration_bar_set (self->bar, 0, 0, FALSE);
}

static void
update_number (RunnelRunRow *self)
{
  RunnelRunItem *item = runnel_run_row_get_item (self);
  g_autofree char *number =
    item != NULL ? g_strdup_printf ("#%" G_GINT64_FORMAT, runnel_run_item_get_run (item)) : NULL;

  gtk_label_set_label (self->number_label, number != NULL ? number : "");
}

static void
update (RunnelRunRow *self)
{
  const RunnelRunRecord *record = get_record (self);
  g_autofree char *trigger = record != NULL ? runnel_run_describe_trigger (record) : NULL;

  update_number (self);
  if (record == NULL)
    {
      update_without_record (self);
      return;
    }
  update_state (self, record);
  gtk_label_set_label (self->title_label, record->pipeline);
  gtk_widget_set_visible (self->pin_image, record->pinned);
  update_labels (self, record);
  update_detail (self, record);
  gtk_label_set_label (self->trigger_label, trigger);
  gtk_label_set_label (self->user_label, record->user != NULL ? record->user : "");
  update_accessible_label (self, record);
  runnel_run_row_tick (self);
}

/* --- Tooltips ------------------------------------------------------------------------------------ */

/* @title is NULL for a value that speaks for itself. */
static void
append_line (GString    *text,
             const char *title,
             const char *value)
{
  if (value == NULL || *value == '\0')
    return;
  if (text->len > 0)
    g_string_append_c (text, '\n');
  if (title != NULL)
    g_string_append_printf (text, _("%s: %s"), title, value);
  else
    g_string_append (text, value);
}

/* Everything, since a narrow row leaves things out. */
static char *
describe_all (RunnelRunItem         *item,
              const RunnelRunRecord *record)
{
  GString *text = g_string_new (NULL);
  g_autofree char *started = runnel_format_time (record->started);
  g_autofree char *usual = runnel_format_duration (runnel_run_item_get_usual (item));
  g_autofree char *trigger = runnel_run_describe_trigger (record);
  g_autofree char *labels = record->labels != NULL ? g_strjoinv (", ", record->labels) : NULL;

  append_line (text, NULL, record->file);
  append_line (text, _("Started"), started);
  append_line (text, _("Trigger"), trigger);
  append_line (text, _("User"), record->user);
  append_line (text, _("Machine"), record->host);
  append_line (text, _("Labels"), labels);
  append_line (text, _("Usual duration"), runnel_run_item_get_usual (item) > 0 ? usual : NULL);
  append_line (text, NULL, record->reason);
  return g_string_free (text, FALSE);
}

static gboolean
runnel_run_row_query_tooltip (GtkWidget  *widget,
                              int         x,
                              int         y,
                              gboolean    keyboard_tooltip,
                              GtkTooltip *tooltip)
{
  RunnelRunRow *self = RUNNEL_RUN_ROW (widget);
  const RunnelRunRecord *record = get_record (self);
  g_autofree char *text = NULL;

  if (record == NULL)
    return FALSE;
  text = describe_all (runnel_run_row_get_item (self), record);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

/* --- The widget ---------------------------------------------------------------------------------- */

static void
pressed_cb (RunnelRunRow    *self,
            int              n_press,
            double           x,
            double           y,
            GtkGestureClick *click)
{
  GdkModifierType modifiers =
    gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (click));

  if (!self->selecting || (modifiers & (GDK_SHIFT_MASK | GDK_CONTROL_MASK)) != 0)
    {
      gtk_gesture_set_state (GTK_GESTURE (click), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  gtk_gesture_set_state (GTK_GESTURE (click), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (gtk_widget_get_parent (GTK_WIDGET (self)));
  g_signal_emit (self, toggled_signal, 0);
}

static void
runnel_run_row_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  RunnelRunRow *self = RUNNEL_RUN_ROW (object);

  g_value_set_boolean (value, gtk_check_button_get_active (GTK_CHECK_BUTTON (self->check)));
}

static void
runnel_run_row_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  RunnelRunRow *self = RUNNEL_RUN_ROW (object);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->check), g_value_get_boolean (value));
}

static void
runnel_run_row_dispose (GObject *object)
{
  RunnelRunRow *self = RUNNEL_RUN_ROW (object);
  GtkWidget *child;

  g_clear_object (&self->item_signals);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUNNEL_TYPE_RUN_ROW);
  /* That took only the children that have a name here. */
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (runnel_run_row_parent_class)->dispose (object);
}

static void
runnel_run_row_class_init (RunnelRunRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = runnel_run_row_get_property;
  object_class->set_property = runnel_run_row_set_property;
  object_class->dispose = runnel_run_row_dispose;
  widget_class->measure = runnel_run_row_measure;
  widget_class->size_allocate = runnel_run_row_size_allocate;
  widget_class->query_tooltip = runnel_run_row_query_tooltip;

  properties[PROP_SELECTED] =
    g_param_spec_boolean ("selected", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  toggled_signal = g_signal_new ("toggled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (RUNNEL_TYPE_DURATION_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/runnel/Runnel/runnel-run-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RunnelRunRow, check);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunRow, state_image);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunRow, main_box);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunRow, number_label);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunRow, pin_image);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunRow, labels_box);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunRow, detail_label);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunRow, origin_box);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunRow, trigger_label);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunRow, user_label);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunRow, bar);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunRow, time_box);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunRow, duration_label);
  gtk_widget_class_bind_template_child (widget_class, RunnelRunRow, age_label);
  gtk_widget_class_bind_template_callback (widget_class, pressed_cb);
  gtk_widget_class_set_css_name (widget_class, "runrow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
runnel_run_row_init (RunnelRunRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);

  self->item_signals = g_signal_group_new (RUNNEL_TYPE_RUN_ITEM);
  g_signal_group_connect_swapped (self->item_signals, "changed", G_CALLBACK (update), self);
}

/**
 * runnel_run_row_new:
 *
 * Returns: (transfer floating): a row without a run
 */
GtkWidget *
runnel_run_row_new (void)
{
  return g_object_new (RUNNEL_TYPE_RUN_ROW, NULL);
}

/**
 * runnel_run_row_get_item:
 * @self: a run row
 *
 * Returns: (transfer none) (nullable): the run it shows
 */
RunnelRunItem *
runnel_run_row_get_item (RunnelRunRow *self)
{
  g_autoptr(RunnelRunItem) item = NULL;

  g_return_val_if_fail (RUNNEL_IS_RUN_ROW (self), NULL);

  item = g_signal_group_dup_target (self->item_signals);
  return item; /* the list keeps it as long as the row shows it */
}

/**
 * runnel_run_row_set_item:
 * @self: a run row
 * @item: (nullable): the run to show and follow
 */
void
runnel_run_row_set_item (RunnelRunRow  *self,
                         RunnelRunItem *item)
{
  g_return_if_fail (RUNNEL_IS_RUN_ROW (self));

  g_signal_group_set_target (self->item_signals, item);
  if (item != NULL)
    update (self);
}

/**
 * runnel_run_row_set_selecting:
 * @self: a run row
 * @selecting: whether rows are being chosen, so that it has a check mark and a click sets it
 */
void
runnel_run_row_set_selecting (RunnelRunRow *self,
                              gboolean      selecting)
{
  g_return_if_fail (RUNNEL_IS_RUN_ROW (self));

  self->selecting = selecting;
  gtk_widget_set_visible (self->check, selecting);
}

/* "12 s", or of a run that goes on also what is left of its usual time. */
static char *
describe_duration (RunnelRunItem         *item,
                   const RunnelRunRecord *record,
                   gint64                 duration)
{
  gint64 left = runnel_run_item_get_usual (item) - duration;
  g_autofree char *rough = NULL;

  if (!runnel_run_item_is_active (item))
    return runnel_format_duration (duration);
  if (left <= 0)
    return runnel_format_duration (duration / G_TIME_SPAN_SECOND * G_TIME_SPAN_SECOND);
  rough = runnel_format_duration_roughly (left);
  /* translators: how long a run will still take, probably */
  return g_strdup_printf (_("%s left"), rough);
}

/* Short enough that all rows have the same columns; the tooltip has the moment. */
static char *
describe_age (gint64 time,
              gint64 now)
{
  return now - time < 7 * G_TIME_SPAN_DAY ? runnel_format_age (time, now) : runnel_format_date (time);
}

/**
 * runnel_run_row_tick:
 * @self: a run row
 *
 * Shows what changes by the passing of time alone.
 */
void
runnel_run_row_tick (RunnelRunRow *self)
{
  RunnelRunItem *item;
  const RunnelRunRecord *record;
  g_autofree char *age = NULL;
  g_autofree char *duration = NULL;
  gint64 now, end;

  g_return_if_fail (RUNNEL_IS_RUN_ROW (self));

  item = runnel_run_row_get_item (self);
  record = get_record (self);
  if (record == NULL)
    return;

  now = g_get_real_time ();
  end = record->finished > 0 ? record->finished : now;
  age = describe_age (record->started, now);
  duration = describe_duration (item, record, end - record->started);
  gtk_label_set_label (self->age_label, age);
  gtk_label_set_label (self->duration_label, duration);
  runnel_duration_bar_set (self->bar, end - record->started, runnel_run_item_get_usual (item),
                           runnel_run_item_is_active (item));
}
