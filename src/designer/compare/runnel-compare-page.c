/* runnel-compare-page.c: two versions of a pipeline on one canvas
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/canvas/runnel-canvas.h"
#include "designer/canvas/runnel-scene-changes.h"
#include "designer/compare/runnel-compare-page.h"
#include "model/runnel-json-write.h"
#include "util/runnel-task.h"

struct _RunnelComparePage
{
  RunnelPage parent_instance;

  /* Template Widgets */
  GtkStack *stack;
  AdwStatusPage *error_page;
  AdwStatusPage *same_page;
  AdwBin *canvas_bin;
  GtkLabel *count_label;
  GtkListView *list;
  GtkLabel *from_title;
  GtkLabel *from_label;
  GtkLabel *to_title;
  GtkLabel *to_label;

  /* Borrowed References */
  RunnelCanvas *canvas;

  /* Owned References */
  RunnelVersion *from;
  RunnelVersion *to;
  RunnelComparison *comparison; /* NULL until both were read */
  GtkSingleSelection *selection;
  GCancellable *cancellable;

  gboolean only_changes;
  gboolean following;           /* list and canvas follow one another, but not in circles */
};

G_DEFINE_FINAL_TYPE (RunnelComparePage, runnel_compare_page, RUNNEL_TYPE_PAGE)

enum
{
  PROP_0,
  PROP_ONLY_CHANGES,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static const RunnelDifference *
get_difference (RunnelComparePage *self,
                guint              position)
{
  GPtrArray *differences = self->comparison != NULL
                             ? runnel_comparison_get_differences (self->comparison) : NULL;

  return differences != NULL && position < differences->len
           ? g_ptr_array_index (differences, position) : NULL;
}

/* --- The list --- */

static RunnelChange
get_change (const RunnelDifference *difference)
{
  static const RunnelChange changes[] = {
    [RUNNEL_DIFFERENCE_ADDED] = RUNNEL_CHANGE_ADDED,
    [RUNNEL_DIFFERENCE_REMOVED] = RUNNEL_CHANGE_REMOVED,
    [RUNNEL_DIFFERENCE_CHANGED] = RUNNEL_CHANGE_CHANGED,
    [RUNNEL_DIFFERENCE_MOVED] = RUNNEL_CHANGE_CHANGED,
  };

  return g_str_has_prefix (difference->key, "layout") ? RUNNEL_CHANGE_MOVED
                                                      : changes[difference->type];
}

static const char *const css_classes[RUNNEL_N_CHANGES] = {
  [RUNNEL_CHANGE_NONE] = "dim-label", [RUNNEL_CHANGE_ADDED] = "success",
  [RUNNEL_CHANGE_REMOVED] = "error",  [RUNNEL_CHANGE_CHANGED] = "warning",
  [RUNNEL_CHANGE_MOVED] = "accent",
};

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *mark = gtk_label_new (NULL);
  GtkWidget *text = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (mark), 0);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (text), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_margin_top (row, 6);
  gtk_widget_set_margin_bottom (row, 6);
  gtk_widget_set_margin_start (row, 10);
  gtk_widget_set_margin_end (row, 10);
  gtk_box_append (GTK_BOX (row), mark);
  gtk_box_append (GTK_BOX (row), text);
  gtk_list_item_set_child (item, row);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         RunnelComparePage        *self)
{
  GtkWidget *mark = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *text = gtk_widget_get_next_sibling (mark);
  const RunnelDifference *difference =
    get_difference (self, gtk_list_item_get_position (item));
  const char *classes[] = { "caption-heading", NULL, NULL };
  GtkStringObject *object = gtk_list_item_get_item (item);

  if (difference == NULL)
    return;

  classes[1] = css_classes[get_change (difference)];
  gtk_widget_set_css_classes (mark, classes);
  gtk_label_set_text (GTK_LABEL (mark), runnel_change_get_title (get_change (difference)));
  gtk_label_set_text (GTK_LABEL (text), gtk_string_object_get_string (object));
}

static char *
value_to_text (JsonNode *value)
{
  GString *text;

  if (value == NULL)
    return g_strdup (_("nothing"));

  text = g_string_new (NULL);
  runnel_json_write (text, value, NULL, 0);
  return g_string_free (text, FALSE);
}

static void
show_values (RunnelComparePage *self)
{
  const RunnelDifference *difference =
    get_difference (self, gtk_single_selection_get_selected (self->selection));
  g_autofree char *from = difference != NULL ? value_to_text (difference->from) : NULL;
  g_autofree char *to = difference != NULL ? value_to_text (difference->to) : NULL;

  gtk_label_set_text (self->from_label, from != NULL ? from : "");
  gtk_label_set_text (self->to_label, to != NULL ? to : "");
}

static void
selected_cb (RunnelComparePage *self)
{
  const RunnelDifference *difference =
    get_difference (self, gtk_single_selection_get_selected (self->selection));

  show_values (self);
  if (self->following || difference == NULL)
    return;

  self->following = TRUE;
  if (difference->step != NULL)
    {
      const char *ids[] = { difference->step, NULL };

      runnel_canvas_set_selection (self->canvas, ids);
      runnel_canvas_reveal (self->canvas, difference->step);
    }
  else
    {
      runnel_canvas_select_none (self->canvas);
    }
  self->following = FALSE;
}

/* The first difference of the step that was selected on the canvas. */
static void
canvas_selected_cb (RunnelComparePage *self)
{
  g_auto(GStrv) ids = NULL;

  if (self->following || self->comparison == NULL)
    return;

  ids = runnel_canvas_get_selection (self->canvas);
  for (guint i = 0; ids[0] != NULL; i++)
    {
      const RunnelDifference *difference = get_difference (self, i);

      if (difference == NULL)
        break;
      if (g_strcmp0 (difference->step, ids[0]) != 0)
        continue;

      self->following = TRUE;
      gtk_single_selection_set_selected (self->selection, i);
      gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", i);
      self->following = FALSE;
      break;
    }
}

/* --- Both versions --- */

static void
show_canvas (RunnelComparePage *self)
{
  RunnelPipeline *pipeline = self->only_changes
                               ? runnel_comparison_get_changed_part (self->comparison)
                               : runnel_comparison_get_union (self->comparison);

  self->following = TRUE;
  runnel_canvas_set_pipeline (self->canvas, pipeline);
  runnel_canvas_show_changes (self->canvas, self->comparison);
  self->following = FALSE;
}

static void
show_list (RunnelComparePage *self)
{
  GPtrArray *differences = runnel_comparison_get_differences (self->comparison);
  g_autoptr(GtkStringList) lines = gtk_string_list_new (NULL);
  g_autofree char *count =
    g_strdup_printf (ngettext ("%u difference", "%u differences", differences->len),
                     differences->len);

  for (guint i = 0; i < differences->len; i++)
    gtk_string_list_take (lines, runnel_difference_to_string (differences->pdata[i]));

  gtk_label_set_text (self->count_label, count);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (lines));
}

static void
show_comparison (RunnelComparePage *self)
{
  if (runnel_comparison_get_differences (self->comparison)->len == 0)
    {
      gtk_stack_set_visible_child_name (self->stack, "same");
      return;
    }

  show_canvas (self);
  show_list (self);
  gtk_stack_set_visible_child_name (self->stack, "differences");
  selected_cb (self);
}

static void
compare_in_thread (GTask        *task,
                   gpointer      source_object,
                   gpointer      task_data,
                   GCancellable *cancellable)
{
  RunnelComparePage *self = source_object;
  GError *error = NULL;
  g_autoptr(RunnelPipeline) from = runnel_version_read (self->from, cancellable, &error);
  g_autoptr(RunnelPipeline) to =
    from != NULL ? runnel_version_read (self->to, cancellable, &error) : NULL;
  RunnelComparison *comparison;

  if (to == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  comparison = runnel_comparison_new (from, to);
  runnel_comparison_get_union (comparison); /* made here, where it may take its time */
  runnel_comparison_get_changed_part (comparison);
  g_task_return_pointer (task, comparison, (GDestroyNotify) runnel_comparison_free);
}

static void
compared_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  RunnelComparePage *self = RUNNEL_COMPARE_PAGE (object);
  g_autoptr(GError) error = NULL;
  RunnelComparison *comparison = g_task_propagate_pointer (G_TASK (result), &error);

  if (comparison != NULL)
    {
      self->comparison = comparison;
      show_comparison (self);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      adw_status_page_set_description (self->error_page, error->message);
      gtk_stack_set_visible_child_name (self->stack, "error");
    }
}

static void
compare (RunnelComparePage *self)
{
  g_autoptr(GTask) task = g_task_new (self, self->cancellable, compared_cb, NULL);

  g_task_set_source_tag (task, compare);
  runnel_task_run_in_thread (task, compare_in_thread);
}

/* --- Actions --- */

static void
go (RunnelComparePage *self,
    int                by)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  const guint selected = gtk_single_selection_get_selected (self->selection);

  if (n == 0)
    return;

  gtk_single_selection_set_selected (self->selection, (selected + n + by) % n);
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u",
                              gtk_single_selection_get_selected (self->selection));
}

static void
next_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  go (user_data, 1);
}

static void
previous_action (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  go (user_data, -1);
}

static void
add_actions (RunnelComparePage *self)
{
  const GActionEntry entries[] = {
    { "next-difference", next_action },
    { "previous-difference", previous_action },
  };
  GActionMap *map = G_ACTION_MAP (runnel_page_get_actions (RUNNEL_PAGE (self)));
  g_autoptr(GPropertyAction) only = g_property_action_new ("only-changes", self, "only-changes");

  g_action_map_add_action_entries (map, entries, G_N_ELEMENTS (entries), self);
  g_action_map_add_action (map, G_ACTION (only));
}

/* --- The object --- */

static void
runnel_compare_page_grab_focus (RunnelPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (RUNNEL_COMPARE_PAGE (page)->canvas));
}

static void
runnel_compare_page_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  RunnelComparePage *self = RUNNEL_COMPARE_PAGE (object);

  switch (prop_id)
    {
    case PROP_ONLY_CHANGES:
      g_value_set_boolean (value, self->only_changes);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
runnel_compare_page_set_property (GObject      *object,
                                  guint         prop_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  RunnelComparePage *self = RUNNEL_COMPARE_PAGE (object);

  switch (prop_id)
    {
    case PROP_ONLY_CHANGES:
      self->only_changes = g_value_get_boolean (value);
      if (self->comparison != NULL)
        show_canvas (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
runnel_compare_page_dispose (GObject *object)
{
  RunnelComparePage *self = RUNNEL_COMPARE_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  /* What follows would take the child, which has a name here, without a word to its bin. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), RUNNEL_TYPE_COMPARE_PAGE);
  G_OBJECT_CLASS (runnel_compare_page_parent_class)->dispose (object);
}

static void
runnel_compare_page_finalize (GObject *object)
{
  RunnelComparePage *self = RUNNEL_COMPARE_PAGE (object);

  g_clear_pointer (&self->comparison, runnel_comparison_free);
  g_clear_pointer (&self->from, runnel_version_free);
  g_clear_pointer (&self->to, runnel_version_free);
  g_clear_object (&self->selection);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (runnel_compare_page_parent_class)->finalize (object);
}

static void
runnel_compare_page_class_init (RunnelComparePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = runnel_compare_page_get_property;
  object_class->set_property = runnel_compare_page_set_property;
  object_class->dispose = runnel_compare_page_dispose;
  object_class->finalize = runnel_compare_page_finalize;
  RUNNEL_PAGE_CLASS (klass)->grab_focus = runnel_compare_page_grab_focus;

  properties[PROP_ONLY_CHANGES] = g_param_spec_boolean (
    "only-changes", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/runnel/Runnel/runnel-compare-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RunnelComparePage, stack);
  gtk_widget_class_bind_template_child (widget_class, RunnelComparePage, error_page);
  gtk_widget_class_bind_template_child (widget_class, RunnelComparePage, same_page);
  gtk_widget_class_bind_template_child (widget_class, RunnelComparePage, canvas_bin);
  gtk_widget_class_bind_template_child (widget_class, RunnelComparePage, count_label);
  gtk_widget_class_bind_template_child (widget_class, RunnelComparePage, list);
  gtk_widget_class_bind_template_child (widget_class, RunnelComparePage, from_title);
  gtk_widget_class_bind_template_child (widget_class, RunnelComparePage, from_label);
  gtk_widget_class_bind_template_child (widget_class, RunnelComparePage, to_title);
  gtk_widget_class_bind_template_child (widget_class, RunnelComparePage, to_label);
}

static void
runnel_compare_page_init (RunnelComparePage *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  self->canvas = RUNNEL_CANVAS (runnel_canvas_new ());
  runnel_canvas_set_read_only (self->canvas, TRUE);
  runnel_canvas_set_traces_paths (self->canvas, FALSE); /* links have the colours of what changed */
  adw_bin_set_child (self->canvas_bin, GTK_WIDGET (self->canvas));

  self->selection = gtk_single_selection_new (NULL);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, 0);
  gtk_list_view_set_factory (self->list, factory);
  g_object_unref (factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->canvas, "selection-changed", G_CALLBACK (canvas_selected_cb),
                           self, G_CONNECT_SWAPPED);
  add_actions (self);
}

/**
 * runnel_compare_page_new:
 * @from: (transfer full): the earlier version
 * @to: (transfer full): the later one
 *
 * Returns: (transfer floating): a page that reads and compares both, and changes neither
 */
RunnelPage *
runnel_compare_page_new (RunnelVersion *from,
                         RunnelVersion *to)
{
  RunnelComparePage *self = g_object_new (RUNNEL_TYPE_COMPARE_PAGE, NULL);
  /* translators: an earlier and a later version of a pipeline */
  g_autofree char *subtitle = g_strdup_printf (_("%s → %s"), runnel_version_get_title (from),
                                               runnel_version_get_title (to));
  g_autofree char *same = g_strdup_printf (_("%s and %s are the same pipeline, drawn alike."),
                                           runnel_version_get_title (from),
                                           runnel_version_get_title (to));

  self->from = from;
  self->to = to;
  runnel_page_set_title (RUNNEL_PAGE (self), _("Differences"));
  runnel_page_set_subtitle (RUNNEL_PAGE (self), subtitle);
  gtk_label_set_text (self->from_title, runnel_version_get_title (from));
  gtk_label_set_text (self->to_title, runnel_version_get_title (to));
  adw_status_page_set_description (self->same_page, same);
  compare (self);
  return RUNNEL_PAGE (self);
}
