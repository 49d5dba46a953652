/* runnel-insights-bar.c: of what statistics are to be: a pipeline, a step, a range of time
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/insights/runnel-insights-bar.h"
#include "designer/runnel-wrap-layout.h"
#include "history/runnel-history.h"

#define MAX_NAME 28      /* characters of a name in a button */
#define DEFAULT_RANGE 2

/* How long the ranges are, in the order of the drop-down; 0 is all time. */
static const struct
{
  const char *title;
  gint64 length;
} ranges[] = {
  { N_("24 Hours"), G_TIME_SPAN_DAY },
  { N_("7 Days"), 7 * G_TIME_SPAN_DAY },
  { N_("30 Days"), 30 * G_TIME_SPAN_DAY },
  { N_("90 Days"), 90 * G_TIME_SPAN_DAY },
  { N_("Year"), 365 * G_TIME_SPAN_DAY },
  { N_("All Time"), 0 },
};

#define ALL_TIME (G_N_ELEMENTS (ranges) - 1)
#define CUSTOM G_N_ELEMENTS (ranges)

struct _RunnelInsightsBar
{
  GtkWidget parent_instance;

  /* Template widgets */
  GtkDropDown *pipelines;
  GtkDropDown *steps;
  GtkDropDown *ranges;
  GtkEntry *since;
  GtkEntry *until;

  GStrv keys;             /* of the pipelines below “All Pipelines”: their files, or names */
  char *wanted;           /* the key that was asked for; NULL = all */
  guint filling : 1;      /* what is selected now changes by itself */
};

G_DEFINE_FINAL_TYPE (RunnelInsightsBar, runnel_insights_bar, GTK_TYPE_WIDGET)

static guint changed_signal;

/* --- Drop-downs with names of any length --- */

static void
setup_name_cb (GtkSignalListItemFactory *factory,
               GtkListItem              *list_item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MAX_NAME);
  gtk_list_item_set_child (list_item, label);
}

static void
bind_name_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *list_item)
{
  GtkStringObject *name = gtk_list_item_get_item (list_item);

  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (list_item)),
                      gtk_string_object_get_string (name));
}

static void
set_up_names (GtkDropDown *dropdown)
{
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr(GtkExpression) name =
    gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");

  g_signal_connect (factory, "setup", G_CALLBACK (setup_name_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_name_cb), NULL);
  gtk_drop_down_set_expression (dropdown, name);
  gtk_drop_down_set_factory (dropdown, factory);
}

static void
emit_changed (RunnelInsightsBar *self)
{
  if (!self->filling)
    g_signal_emit (self, changed_signal, 0);
}

static void
changed_cb (RunnelInsightsBar *self)
{
  emit_changed (self);
}

/* --- Pipelines and steps --- */

static const char *
get_pipeline (RunnelInsightsBar *self)
{
  guint selected = gtk_drop_down_get_selected (self->pipelines);

  if (self->keys == NULL)
    return self->wanted;
  return selected == 0 || selected == GTK_INVALID_LIST_POSITION ? NULL : self->keys[selected - 1];
}

static const char *
get_step (RunnelInsightsBar *self)
{
  GtkStringObject *selected = gtk_drop_down_get_selected_item (self->steps);

  if (!gtk_widget_get_visible (GTK_WIDGET (self->steps)) || selected == NULL ||
      gtk_drop_down_get_selected (self->steps) == 0)
    return NULL;
  return gtk_string_object_get_string (selected);
}

/* The steps of another pipeline are not known yet. */
static void
forget_steps (RunnelInsightsBar *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->steps), FALSE);
  gtk_drop_down_set_model (self->steps, NULL);
}

static void
pipeline_changed_cb (RunnelInsightsBar *self)
{
  if (self->filling)
    return;
  g_free (self->wanted);
  self->wanted = g_strdup (get_pipeline (self));
  self->filling = TRUE;
  forget_steps (self);
  self->filling = FALSE;
  emit_changed (self);
}

static void
range_changed_cb (RunnelInsightsBar *self)
{
  gboolean custom = gtk_drop_down_get_selected (self->ranges) == CUSTOM;

  gtk_widget_set_visible (GTK_WIDGET (self->since), custom);
  gtk_widget_set_visible (GTK_WIDGET (self->until), custom);
  if (custom)
    gtk_widget_grab_focus (GTK_WIDGET (self->since));
  else
    emit_changed (self);
}

static gboolean
is_listed (GListModel *model,
           guint       position,
           const char *text)
{
  g_autoptr(GtkStringObject) item = g_list_model_get_item (model, position);

  return item != NULL && g_str_equal (gtk_string_object_get_string (item), text);
}

/* Leaves a list alone that says the same already: it may be open. */
static gboolean
is_same (GListModel *model,
         GPtrArray  *names)
{
  if (model == NULL || g_list_model_get_n_items (model) != names->len)
    return FALSE;
  for (guint i = 0; i < names->len; i++)
    if (!is_listed (model, i, names->pdata[i]))
      return FALSE;
  return TRUE;
}

static void
fill (RunnelInsightsBar *self,
      GtkDropDown       *dropdown,
      GPtrArray         *names,
      const char        *selected)
{
  g_autoptr(GtkStringList) list = NULL;
  guint position = 0;

  if (is_same (gtk_drop_down_get_model (dropdown), names))
    return;
  list = gtk_string_list_new (NULL);
  for (guint i = 0; i < names->len; i++)
    {
      gtk_string_list_append (list, names->pdata[i]);
      if (i > 0 && g_strcmp0 (names->pdata[i], selected) == 0)
        position = i;
    }
  self->filling = TRUE;
  gtk_drop_down_set_model (dropdown, G_LIST_MODEL (list));
  gtk_drop_down_set_selected (dropdown, position);
  self->filling = FALSE;
}

/* --- Times --- */

static gboolean
read_time (GtkEntry   *entry,
           const char *key,
           gint64      now,
           gint64     *ret_time)
{
  g_autoptr(RunnelRunFilter) filter = runnel_run_filter_new ();
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
  gboolean ok = *text == '\0' || runnel_run_filter_add (filter, key, text, NULL);
  gint64 time = g_str_equal (key, "since") ? filter->since : filter->until;

  if (ok)
    gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
  *ret_time = time < 0 ? now + time : time;
  return ok;
}

static gboolean
read_range (RunnelInsightsBar *self,
            RunnelStatsQuery  *query)
{
  guint range = gtk_drop_down_get_selected (self->ranges);
  gint64 now = g_get_real_time ();

  if (range < CUSTOM)
    {
      query->since = ranges[range].length != 0 ? now - ranges[range].length : 0;
      return TRUE;
    }
  return read_time (self->since, "since", now, &query->since) &&
         read_time (self->until, "until", now, &query->until);
}

/* --- The widget --- */

static void
fill_ranges (RunnelInsightsBar *self)
{
  g_autoptr(GtkStringList) titles = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++)
    gtk_string_list_append (titles, _(ranges[i].title));
  gtk_string_list_append (titles, _("From … To …"));
  self->filling = TRUE;
  gtk_drop_down_set_model (self->ranges, G_LIST_MODEL (titles));
  gtk_drop_down_set_selected (self->ranges, DEFAULT_RANGE);
  self->filling = FALSE;
}

static gboolean
runnel_insights_bar_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (RUNNEL_INSIGHTS_BAR (widget)->pipelines));
}

static void
runnel_insights_bar_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), RUNNEL_TYPE_INSIGHTS_BAR);
  G_OBJECT_CLASS (runnel_insights_bar_parent_class)->dispose (object);
}

static void
runnel_insights_bar_finalize (GObject *object)
{
  RunnelInsightsBar *self = RUNNEL_INSIGHTS_BAR (object);

  g_strfreev (self->keys);
  g_free (self->wanted);
  G_OBJECT_CLASS (runnel_insights_bar_parent_class)->finalize (object);
}

static void
runnel_insights_bar_class_init (RunnelInsightsBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = runnel_insights_bar_dispose;
  object_class->finalize = runnel_insights_bar_finalize;
  widget_class->grab_focus = runnel_insights_bar_grab_focus;

  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (RUNNEL_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/runnel/Runnel/runnel-insights-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, RunnelInsightsBar, pipelines);
  gtk_widget_class_bind_template_child (widget_class, RunnelInsightsBar, steps);
  gtk_widget_class_bind_template_child (widget_class, RunnelInsightsBar, ranges);
  gtk_widget_class_bind_template_child (widget_class, RunnelInsightsBar, since);
  gtk_widget_class_bind_template_child (widget_class, RunnelInsightsBar, until);
  gtk_widget_class_bind_template_callback (widget_class, pipeline_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, range_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
runnel_insights_bar_init (RunnelInsightsBar *self)
{
  g_autoptr(GPtrArray) nothing = g_ptr_array_new ();

  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  set_up_names (self->pipelines);
  set_up_names (self->steps);
  g_ptr_array_add (nothing, _("All Pipelines"));
  fill (self, self->pipelines, nothing, NULL);
  fill_ranges (self);
}

/**
 * runnel_insights_bar_get_query:
 * @self: a bar
 *
 * Returns: (transfer full) (nullable): what is chosen; %NULL when a time is none, which is marked
 */
RunnelStatsQuery *
runnel_insights_bar_get_query (RunnelInsightsBar *self)
{
  g_autoptr(RunnelStatsQuery) query = g_new0 (RunnelStatsQuery, 1);

  g_return_val_if_fail (RUNNEL_IS_INSIGHTS_BAR (self), NULL);

  query->pipeline = g_strdup (get_pipeline (self));
  query->step = query->pipeline != NULL ? g_strdup (get_step (self)) : NULL;
  return read_range (self, query) ? g_steal_pointer (&query) : NULL;
}

/**
 * runnel_insights_bar_choose_pipeline:
 * @self: a bar
 * @pipeline: (nullable): a name or a file; %NULL for all. It may be one that never ran.
 */
void
runnel_insights_bar_choose_pipeline (RunnelInsightsBar *self,
                                     const char        *pipeline)
{
  guint position = 0;

  g_return_if_fail (RUNNEL_IS_INSIGHTS_BAR (self));

  g_free (self->wanted);
  self->wanted = g_strdup (pipeline);
  for (guint i = 0; self->keys != NULL && self->keys[i] != NULL; i++)
    if (g_strcmp0 (self->keys[i], pipeline) == 0)
      position = i + 1;
  if (position == gtk_drop_down_get_selected (self->pipelines))
    emit_changed (self);
  else
    gtk_drop_down_set_selected (self->pipelines, position);
}

/**
 * runnel_insights_bar_choose_all_time:
 * @self: a bar
 */
void
runnel_insights_bar_choose_all_time (RunnelInsightsBar *self)
{
  g_return_if_fail (RUNNEL_IS_INSIGHTS_BAR (self));

  gtk_drop_down_set_selected (self->ranges, ALL_TIME);
}

/**
 * runnel_insights_bar_has_pipelines:
 * @self: a bar
 *
 * Returns: whether any pipeline ran, as far as is known
 */
gboolean
runnel_insights_bar_has_pipelines (RunnelInsightsBar *self)
{
  g_return_val_if_fail (RUNNEL_IS_INSIGHTS_BAR (self), FALSE);

  return self->keys != NULL && self->keys[0] != NULL;
}

/* Two files may have a pipeline of one name. */
static char *
make_title (GPtrArray *pipelines,
            guint      position)
{
  const RunnelPipelineRecord *pipeline = pipelines->pdata[position];
  g_autofree char *file = g_path_get_basename (pipeline->file);
  const char *name = *pipeline->name != '\0' ? pipeline->name : file;

  for (guint i = 0; i < pipelines->len; i++)
    if (i != position &&
        g_strcmp0 (((const RunnelPipelineRecord *) pipelines->pdata[i])->name, pipeline->name) == 0)
      return g_strdup_printf ("%s (%s)", name, pipeline->file);
  return g_strdup (name);
}

/**
 * runnel_insights_bar_set_pipelines:
 * @self: a bar
 * @pipelines: (element-type RunnelPipelineRecord): those that ran
 *
 * What is chosen stays.
 */
void
runnel_insights_bar_set_pipelines (RunnelInsightsBar *self,
                                   GPtrArray         *pipelines)
{
  g_autoptr(GPtrArray) titles = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GStrvBuilder) keys = g_strv_builder_new ();
  const char *selected = NULL;

  g_return_if_fail (RUNNEL_IS_INSIGHTS_BAR (self));

  g_ptr_array_add (titles, g_strdup (_("All Pipelines")));
  for (guint i = 0; i < pipelines->len; i++)
    {
      const RunnelPipelineRecord *pipeline = pipelines->pdata[i];
      const char *key = *pipeline->file != '\0' ? pipeline->file : pipeline->name;

      g_ptr_array_add (titles, make_title (pipelines, i));
      g_strv_builder_add (keys, key);
      if (g_strcmp0 (key, self->wanted) == 0)
        selected = titles->pdata[titles->len - 1];
    }
  g_strfreev (self->keys);
  self->keys = g_strv_builder_end (keys);
  fill (self, self->pipelines, titles, selected);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return g_utf8_collate (*(const char *const *) a, *(const char *const *) b);
}

/**
 * runnel_insights_bar_set_steps:
 * @self: a bar
 * @members: (nullable) (element-type RunnelStatsMember): the steps of the chosen pipeline; %NULL
 *   when all are chosen
 *
 * What is chosen stays.
 */
void
runnel_insights_bar_set_steps (RunnelInsightsBar *self,
                               GPtrArray         *members)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  g_autofree char *selected = NULL;

  g_return_if_fail (RUNNEL_IS_INSIGHTS_BAR (self));

  selected = g_strdup (get_step (self));
  for (guint i = 0; members != NULL && i < members->len; i++)
    g_ptr_array_add (names, ((const RunnelStatsMember *) members->pdata[i])->id);
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_insert (names, 0, _("All Steps"));
  if (names->len > 1)
    fill (self, self->steps, names, selected);
  gtk_widget_set_visible (GTK_WIDGET (self->steps), names->len > 1);
}
