/* runnel-chart-card.c: a chart under its title, with what can be done with it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "designer/charts/runnel-chart-painter.h"
#include "designer/compat/runnel-file-dialog.h"
#include "designer/insights/runnel-chart-card.h"
#include "designer/insights/runnel-chart-table.h"
#include "designer/insights/runnel-chart-view.h"
#include "designer/plots/runnel-chart-file.h"

/* A picture is as wide as it is read well in a document, however narrow the window is. */
#define EXPORT_WIDTH 640
#define PNG_SCALE 2

struct _RunnelChartCard
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkLabel *title;
  GtkMenuButton *menu_button;
  GtkStack *stack;
  RunnelChartView *view;
  RunnelChartTable *table;
  GtkLabel *empty;
  GtkLabel *caption;

  /* Owned references */
  GSimpleActionGroup *actions;
};

G_DEFINE_FINAL_TYPE (RunnelChartCard, runnel_chart_card, ADW_TYPE_BIN)

static guint run_activated_signal, message_signal;

static gboolean
shows_table (RunnelChartCard *self)
{
  g_autoptr(GVariant) state =
    g_action_group_get_action_state (G_ACTION_GROUP (self->actions), "table");

  return g_variant_get_boolean (state);
}

/* The table is filled only when it is looked at. */
static void
update_stack (RunnelChartCard *self)
{
  RunnelChart *chart = runnel_chart_view_get_chart (self->view);
  gboolean empty = chart == NULL || runnel_chart_is_empty (chart);
  gboolean table = !empty && shows_table (self);

  runnel_chart_table_set_chart (self->table, table ? chart : NULL);
  gtk_stack_set_visible_child_name (self->stack, empty ? "empty" : table ? "table" : "chart");
  gtk_widget_set_visible (GTK_WIDGET (self->caption), !empty && !table);
  gtk_widget_set_sensitive (GTK_WIDGET (self->menu_button), !empty);
}

static void
run_activated_cb (RunnelChartCard *self,
                  gint64           run)
{
  g_signal_emit (self, run_activated_signal, 0, run);
}

/* What can be read in a tooltip is read here, too, by those who have no pointer. */
static void
told_cb (RunnelChartCard *self,
         const char      *text)
{
  RunnelChart *chart = runnel_chart_view_get_chart (self->view);

  if (text == NULL && chart != NULL)
    text = runnel_chart_get_description (chart);
  gtk_label_set_text (self->caption, text ? text : "");
}

/* --- Export --- */

/* What is being written. */
typedef struct
{
  RunnelChartCard *card;
  char *format;
} Export;

static void
export_free (Export *self)
{
  g_object_unref (self->card);
  g_free (self->format);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Export, export_free)

static void
tell (RunnelChartCard *self,
      const char      *text)
{
  g_signal_emit (self, message_signal, 0, text);
}

static GBytes *
make_file (RunnelChart *chart,
           const char  *format,
           GError     **error)
{
  RunnelScheme scheme = runnel_chart_get_scheme ();
  double height = runnel_chart_get_height (chart);
  char *csv;

  if (g_str_equal (format, "svg"))
    return runnel_chart_to_svg (chart, scheme, EXPORT_WIDTH, height);
  if (g_str_equal (format, "png"))
    return runnel_chart_to_png (chart, scheme, EXPORT_WIDTH, height, PNG_SCALE, error);
  csv = runnel_chart_to_csv (chart);
  return g_bytes_new_take (csv, strlen (csv));
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(RunnelChartCard) self = user_data;
  g_autofree char *name = g_file_get_basename (G_FILE (object));
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (object), result, NULL, &error))
    text = g_strdup_printf (_("Saved as %s"), name);
  else
    text = g_strdup_printf (_("%s could not be saved: %s"), name, error->message);
  tell (self, text);
}

static void
chosen_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(Export) export = user_data;
  g_autoptr(GFile) file = runnel_file_dialog_save_finish (result, NULL);
  RunnelChart *chart = runnel_chart_view_get_chart (export->card->view);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = NULL;

  if (file == NULL || chart == NULL)
    return;
  bytes = make_file (chart, export->format, &error);
  if (bytes != NULL)
    g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                                         written_cb, g_object_ref (export->card));
  else
    tell (export->card, error->message);
}

static void
export_action (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  RunnelChartCard *self = user_data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  RunnelChart *chart = runnel_chart_view_get_chart (self->view);
  Export *export;
  g_autofree char *name = NULL;

  if (chart == NULL)
    return;
  export = g_new0 (Export, 1);
  export->card = g_object_ref (self);
  export->format = g_variant_dup_string (parameter, NULL);
  name = g_strdup_printf ("%s.%s", runnel_chart_get_title (chart), export->format);
  runnel_file_dialog_save_async (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, _("Save Chart"),
                                 NULL, name, NULL, chosen_cb, export);
}

static void
table_action (GSimpleAction *action,
              GVariant      *state,
              gpointer       user_data)
{
  g_simple_action_set_state (action, state);
  update_stack (user_data);
}

static const GActionEntry actions[] = {
  { "table", NULL, NULL, "false", table_action },
  { "export", export_action, "s" },
};

/* --- The widget --- */

static void
runnel_chart_card_dispose (GObject *object)
{
  RunnelChartCard *self = RUNNEL_CHART_CARD (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RUNNEL_TYPE_CHART_CARD);
  g_clear_object (&self->actions);
  G_OBJECT_CLASS (runnel_chart_card_parent_class)->dispose (object);
}

static void
runnel_chart_card_class_init (RunnelChartCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = runnel_chart_card_dispose;

  run_activated_signal =
    g_signal_new ("run-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  message_signal =
    g_signal_new ("message", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);

  g_type_ensure (RUNNEL_TYPE_CHART_VIEW);
  g_type_ensure (RUNNEL_TYPE_CHART_TABLE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/runnel/Runnel/runnel-chart-card.ui");
  gtk_widget_class_bind_template_child (widget_class, RunnelChartCard, title);
  gtk_widget_class_bind_template_child (widget_class, RunnelChartCard, menu_button);
  gtk_widget_class_bind_template_child (widget_class, RunnelChartCard, stack);
  gtk_widget_class_bind_template_child (widget_class, RunnelChartCard, view);
  gtk_widget_class_bind_template_child (widget_class, RunnelChartCard, table);
  gtk_widget_class_bind_template_child (widget_class, RunnelChartCard, empty);
  gtk_widget_class_bind_template_child (widget_class, RunnelChartCard, caption);
  gtk_widget_class_bind_template_callback (widget_class, run_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, told_cb);
}

static void
runnel_chart_card_init (RunnelChartCard *self)
{
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), actions, G_N_ELEMENTS (actions),
                                   self);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "card", G_ACTION_GROUP (self->actions));
}

/**
 * runnel_chart_card_new:
 *
 * Returns: (transfer floating): a card without a chart
 */
GtkWidget *
runnel_chart_card_new (void)
{
  return g_object_new (RUNNEL_TYPE_CHART_CARD, NULL);
}

/**
 * runnel_chart_card_set_chart:
 * @self: a card
 * @chart: what to show
 */
void
runnel_chart_card_set_chart (RunnelChartCard *self,
                             RunnelChart     *chart)
{
  g_autofree char *menu = NULL;

  g_return_if_fail (RUNNEL_IS_CHART_CARD (self) && RUNNEL_IS_CHART (chart));

  gtk_label_set_text (self->title, runnel_chart_get_title (chart));
  gtk_label_set_text (self->empty, runnel_chart_get_empty_text (chart));
  menu = g_strdup_printf (_("Table and export of “%s”"), runnel_chart_get_title (chart));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, menu, -1);
  /* Rows keep their height; a curve takes what room there is. */
  gtk_widget_set_valign (GTK_WIDGET (self->view),
                         runnel_chart_has_rows (chart) ? GTK_ALIGN_START : GTK_ALIGN_FILL);
  runnel_chart_view_set_chart (self->view, chart);
  update_stack (self);
}

/**
 * runnel_chart_card_get_chart:
 * @self: a card
 *
 * Returns: (transfer none) (nullable): what it shows
 */
RunnelChart *
runnel_chart_card_get_chart (RunnelChartCard *self)
{
  g_return_val_if_fail (RUNNEL_IS_CHART_CARD (self), NULL);

  return runnel_chart_view_get_chart (self->view);
}
