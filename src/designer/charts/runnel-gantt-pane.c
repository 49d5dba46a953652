/* runnel-gantt-pane.c: the timing chart of a run with all that belongs to it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "charts/runnel-gantt-layout.h"
#include "designer/charts/runnel-gantt-legend.h"
#include "designer/charts/runnel-gantt-pane.h"
#include "designer/charts/runnel-resource-view.h"
#include "designer/charts/runnel-timing-list.h"
#include "designer/commands/runnel-commands.h"
#include "designer/commands/runnel-keymap.h"

#define CHART RUNNEL_COMMANDS_CHART

struct _RunnelGanttPane
{
  GtkWidget parent_instance;

  /* Template widgets */
  GtkSearchEntry *search_entry;
  GtkStack *stack;
  RunnelGantt *gantt;
  RunnelResourceView *curves;
  RunnelGanttLegend *legend;
  RunnelTimingList *table;

  char *states;         /* which steps are shown: a key of `choices` */
  guint shows_table : 1;
};

enum
{
  PROP_0,
  PROP_STATES,
  PROP_CURVES,
  PROP_TABLE,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (RunnelGanttPane, runnel_gantt_pane, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

#define BIT(state) (1u << RUNNEL_STATE_##state)

static const struct
{
  const char *key;
  guint states;
} choices[] = {
  { "all", 0 },
  { "failed", BIT (FAILED) | BIT (TIMED_OUT) | BIT (INTERRUPTED) },
  { "active", BIT (QUEUED) | BIT (WAITING) | BIT (RUNNING) },
  { "skipped", BIT (SKIPPED) | BIT (CANCELLED) },
};

/* --- What is seen -------------------------------------------------------------------------- */

static void
update_legend (RunnelGanttPane *self)
{
  const RunnelGanttTree *tree = runnel_gantt_get_tree (self->gantt);
  guint looks = runnel_gantt_list_looks (tree);
  gboolean critical;

  g_assert (RUNNEL_IS_GANTT_PANE (self));

  g_object_get (self->gantt, "critical-path", &critical, NULL);
  critical = critical && tree->timing != NULL && tree->timing->n_critical > 0;
  if (!critical)
    looks &= ~(1u << RUNNEL_LOOK_SLACK);
  runnel_gantt_legend_set_looks (self->legend, looks, critical);
}

static void
update_stack (RunnelGanttPane *self)
{
  const RunnelGanttTree *tree = runnel_gantt_get_tree (self->gantt);
  gboolean is_empty = tree->timing != NULL && tree->timing->n_rows > 0 && tree->n_lines == 0;

  gtk_stack_set_visible_child_name (self->stack, is_empty            ? "nothing"
                                                 : self->shows_table ? "table"
                                                                     : "chart");
}

static void
lines_changed_cb (RunnelGanttPane *self)
{
  g_assert (RUNNEL_IS_GANTT_PANE (self));

  update_legend (self);
  update_stack (self);
}

/* --- The filter ------------------------------------------------------------------------------ */

static guint
find_states (const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    if (g_strcmp0 (choices[i].key, key) == 0)
      return choices[i].states;
  return 0;
}

static void
filter_cb (RunnelGanttPane *self)
{
  g_assert (RUNNEL_IS_GANTT_PANE (self));

  runnel_gantt_set_filter (self->gantt, gtk_editable_get_text (GTK_EDITABLE (self->search_entry)),
                           find_states (self->states));
}

static void
focus_chart (RunnelGanttPane *self)
{
  g_assert (RUNNEL_IS_GANTT_PANE (self));

  gtk_widget_grab_focus (self->shows_table ? GTK_WIDGET (self->table) : GTK_WIDGET (self->gantt));
}

/* Who presses Enter does not wait until the entry believes that nothing more is typed. */
static void
found_cb (RunnelGanttPane *self)
{
  filter_cb (self);
  focus_chart (self);
}

static void
stop_search_cb (RunnelGanttPane *self)
{
  g_assert (RUNNEL_IS_GANTT_PANE (self));

  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  focus_chart (self);
}

/* --- Commands --------------------------------------------------------------------------------- */

static const RunnelCommand commands[] = {
  { "gantt.find", N_("_Filter the Steps"), CHART, "f" },
  { "gantt.states::all", N_("Show _All Steps"), CHART },
  { "gantt.states::failed", N_("Show Only _Failed Steps"), CHART },
  { "gantt.states::active", N_("Show Only Steps _Under Way"), CHART },
  { "gantt.states::skipped", N_("Show Only S_kipped and Cancelled Steps"), CHART },
  { "gantt.curves", N_("_Use of the Machine"), CHART, "u" },
  { "gantt.table", N_("_Table in Place of the Chart"), CHART, "t" },
};

static void
find_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (RUNNEL_GANTT_PANE (widget)->search_entry));
}

static void
set_states (RunnelGanttPane *self,
            const char      *states)
{
  if (g_strcmp0 (self->states, states) == 0)
    return;
  g_free (self->states);
  self->states = g_strdup (states);
  filter_cb (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATES]);
}

static void
set_table (RunnelGanttPane *self,
           gboolean         shown)
{
  if (self->shows_table == shown)
    return;
  self->shows_table = shown;
  update_stack (self);
  focus_chart (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TABLE]);
}

static void
set_curves (RunnelGanttPane *self,
            gboolean         shown)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self->curves)) == shown)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->curves), shown);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CURVES]);
}

/* --- The widget ------------------------------------------------------------------------------- */

static void
runnel_gantt_pane_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  RunnelGanttPane *self = RUNNEL_GANTT_PANE (object);

  switch (prop_id)
    {
    case PROP_STATES:
      g_value_set_string (value, self->states);
      break;
    case PROP_CURVES:
      g_value_set_boolean (value, gtk_widget_get_visible (GTK_WIDGET (self->curves)));
      break;
    case PROP_TABLE:
      g_value_set_boolean (value, self->shows_table);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
runnel_gantt_pane_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  RunnelGanttPane *self = RUNNEL_GANTT_PANE (object);

  switch (prop_id)
    {
    case PROP_STATES:
      set_states (self, g_value_get_string (value));
      break;
    case PROP_CURVES:
      set_curves (self, g_value_get_boolean (value));
      break;
    case PROP_TABLE:
      set_table (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
runnel_gantt_pane_dispose (GObject *object)
{
  GtkWidget *child;

  gtk_widget_insert_action_group (GTK_WIDGET (object), "gantt", NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), RUNNEL_TYPE_GANTT_PANE);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (runnel_gantt_pane_parent_class)->dispose (object);
}

static void
runnel_gantt_pane_finalize (GObject *object)
{
  g_free (RUNNEL_GANTT_PANE (object)->states);
  G_OBJECT_CLASS (runnel_gantt_pane_parent_class)->finalize (object);
}

static gboolean
runnel_gantt_pane_grab_focus (GtkWidget *widget)
{
  focus_chart (RUNNEL_GANTT_PANE (widget));
  return TRUE;
}

static void
install_commands (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "gantt.find", NULL, find_action);
  gtk_widget_class_install_property_action (widget_class, "gantt.states", "states");
  gtk_widget_class_install_property_action (widget_class, "gantt.curves", "curves");
  gtk_widget_class_install_property_action (widget_class, "gantt.table", "table");
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    runnel_commands_add (&commands[i]);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_STATES] = g_param_spec_string ("states", NULL, NULL, "all", flags);
  properties[PROP_CURVES] = g_param_spec_boolean ("curves", NULL, NULL, TRUE, flags);
  properties[PROP_TABLE] = g_param_spec_boolean ("table", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/runnel/Runnel/runnel-gantt-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, RunnelGanttPane, search_entry);
  gtk_widget_class_bind_template_child (widget_class, RunnelGanttPane, stack);
  gtk_widget_class_bind_template_child (widget_class, RunnelGanttPane, gantt);
  gtk_widget_class_bind_template_child (widget_class, RunnelGanttPane, curves);
  gtk_widget_class_bind_template_child (widget_class, RunnelGanttPane, legend);
  gtk_widget_class_bind_template_child (widget_class, RunnelGanttPane, table);
  gtk_widget_class_bind_template_callback (widget_class, lines_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_legend);
  gtk_widget_class_bind_template_callback (widget_class, filter_cb);
  gtk_widget_class_bind_template_callback (widget_class, found_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
}

static void
runnel_gantt_pane_class_init (RunnelGanttPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = runnel_gantt_pane_get_property;
  object_class->set_property = runnel_gantt_pane_set_property;
  object_class->dispose = runnel_gantt_pane_dispose;
  object_class->finalize = runnel_gantt_pane_finalize;
  widget_class->grab_focus = runnel_gantt_pane_grab_focus;

  g_type_ensure (RUNNEL_TYPE_GANTT);
  g_type_ensure (RUNNEL_TYPE_GANTT_LEGEND);
  g_type_ensure (RUNNEL_TYPE_RESOURCE_VIEW);
  g_type_ensure (RUNNEL_TYPE_TIMING_LIST);
  install_properties (object_class);
  install_commands (widget_class);
  bind_template (widget_class);
}

/* The chart has these keys already; the table is to have them, too. */
static void
add_keys_to_table (RunnelGanttPane *self)
{
  GListModel *shortcuts = runnel_keymap_get_shortcuts (runnel_keymap_get_default (), "gantt.");

  gtk_widget_add_controller (GTK_WIDGET (self->table),
                             gtk_shortcut_controller_new_for_model (shortcuts));
}

static void
runnel_gantt_pane_init (RunnelGanttPane *self)
{
  self->states = g_strdup ("all");
  gtk_widget_init_template (GTK_WIDGET (self));
  /* Menu and buttons stand beside the chart. */
  gtk_widget_insert_action_group (GTK_WIDGET (self), "gantt",
                                  runnel_gantt_get_actions (self->gantt));
  add_keys_to_table (self);
}

/**
 * runnel_gantt_pane_get_gantt:
 * @self: a pane
 *
 * Returns: (transfer none): its chart
 */
RunnelGantt *
runnel_gantt_pane_get_gantt (RunnelGanttPane *self)
{
  g_return_val_if_fail (RUNNEL_IS_GANTT_PANE (self), NULL);

  return self->gantt;
}

/**
 * runnel_gantt_pane_set_timing:
 * @self: a pane
 * @timing: (transfer full) (nullable): what to show
 */
void
runnel_gantt_pane_set_timing (RunnelGanttPane *self,
                              RunnelTiming    *timing)
{
  g_return_if_fail (RUNNEL_IS_GANTT_PANE (self));

  runnel_gantt_set_timing (self->gantt, timing);
}
