/* runnel-run-filter-form.c: a popover in which runs are chosen
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each of its lists changes one part of the filter. What an entry of a list means is a filter that
 * has this part only, as words; so the entry that is chosen now is the one whose words are those of
 * the part.
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/runs/runnel-run-filter-form.h"
#include "designer/runs/runnel-run-words.h"
#include "designer/runs/runnel-state-label.h"

enum { FACET_PIPELINE, FACET_STATE, FACET_TRIGGER, FACET_TIME, FACET_LABEL, N_FACETS };

struct _RunnelRunFilterForm
{
  GtkPopover parent_instance;

  GtkDropDown *dropdowns[N_FACETS];
  GPtrArray *words[N_FACETS]; /* of char *: what each entry of the list means */
  GtkEntry *parameter_entry;
  GtkCheckButton *pinned_check;
  GtkCheckButton *top_level_check;

  RunnelRunQuery *query;
  RunnelHistoryService *history;
  GCancellable *cancellable;
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (RunnelRunFilterForm, runnel_run_filter_form, GTK_TYPE_POPOVER)

/* --- Parts of a filter ------------------------------------------------------------------- */

#define SWAP(type, a, b) \
  G_STMT_START { type value = a; a = b; b = value; } G_STMT_END

/* Exchanges one part of two filters. */
static void
swap_part (RunnelRunFilter *a,
           RunnelRunFilter *b,
           guint            facet)
{
  switch (facet)
    {
    case FACET_PIPELINE:
      SWAP (char *, a->pipeline, b->pipeline);
      break;
    case FACET_STATE:
      SWAP (guint, a->states, b->states);
      break;
    case FACET_TRIGGER:
      SWAP (char *, a->trigger, b->trigger);
      break;
    case FACET_TIME:
      SWAP (gint64, a->since, b->since);
      SWAP (gint64, a->until, b->until);
      break;
    case FACET_LABEL:
      SWAP (GPtrArray *, a->labels, b->labels);
      break;
    default:
      g_assert_not_reached ();
    }
}

/* The words of one part. */
static char *
describe_part (const RunnelRunFilter *filter,
               guint                  facet)
{
  g_autoptr(RunnelRunFilter) copy = runnel_run_filter_copy (filter);
  g_autoptr(RunnelRunFilter) part = runnel_run_filter_new ();

  swap_part (part, copy, facet);
  return runnel_run_filter_to_string (part);
}

/* --- Lists --------------------------------------------------------------------------------- */

static GtkStringList *
get_titles (RunnelRunFilterForm *self,
            guint                facet)
{
  return GTK_STRING_LIST (gtk_drop_down_get_model (self->dropdowns[facet]));
}

static void
append (RunnelRunFilterForm *self,
        guint                facet,
        const char          *title,
        RunnelRunFilter     *meaning)
{
  gtk_string_list_append (get_titles (self, facet), title);
  g_ptr_array_add (self->words[facet], runnel_run_filter_to_string (meaning));
  runnel_run_filter_free (meaning);
}

static void
clear (RunnelRunFilterForm *self,
       guint                facet)
{
  static const char *const any[N_FACETS] = {
    N_("Any pipeline"), N_("Any state"), N_("Anything"), N_("Any time"), N_("Any label"),
  };
  GtkStringList *titles = get_titles (self, facet);

  gtk_string_list_splice (titles, 0, g_list_model_get_n_items (G_LIST_MODEL (titles)), NULL);
  g_ptr_array_set_size (self->words[facet], 0);
  append (self, facet, _(any[facet]), runnel_run_filter_new ());
}

static RunnelRunFilter *
want_states (guint states)
{
  RunnelRunFilter *filter = runnel_run_filter_new ();

  filter->states = states;
  return filter;
}

static void
fill_states (RunnelRunFilterForm *self)
{
  static const guint choices[] = {
    RUNNEL_RUN_FILTER_ACTIVE,          RUNNEL_RUN_FILTER_FAILURES,      1u << RUNNEL_STATE_RUNNING,
    1u << RUNNEL_STATE_QUEUED,         1u << RUNNEL_STATE_SUCCEEDED,    1u << RUNNEL_STATE_FAILED,
    1u << RUNNEL_STATE_CANCELLED,      1u << RUNNEL_STATE_INTERRUPTED,
  };

  clear (self, FACET_STATE);
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      g_autofree char *title = runnel_run_describe_states (choices[i]);

      append (self, FACET_STATE, title, want_states (choices[i]));
    }
}

static void
fill_times (RunnelRunFilterForm *self)
{
  static const struct
  {
    const char *title;
    gint64 time;
  } choices[] = {
    { N_("In the last hour"), G_TIME_SPAN_HOUR },
    { N_("In the last 24 hours"), G_TIME_SPAN_DAY },
    { N_("In the last 7 days"), 7 * G_TIME_SPAN_DAY },
    { N_("In the last 30 days"), 30 * G_TIME_SPAN_DAY },
    { N_("In the last 12 months"), 365 * G_TIME_SPAN_DAY },
  };

  clear (self, FACET_TIME);
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      RunnelRunFilter *filter = runnel_run_filter_new ();

      filter->since = -choices[i].time;
      append (self, FACET_TIME, _(choices[i].title), filter);
    }
}

static void
fill_pipelines (RunnelRunFilterForm *self,
                GPtrArray           *pipelines)
{
  g_autoptr(GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  clear (self, FACET_PIPELINE);
  for (guint i = 0; i < pipelines->len; i++)
    {
      const RunnelPipelineRecord *pipeline = g_ptr_array_index (pipelines, i);
      RunnelRunFilter *filter;

      if (*pipeline->name == '\0' || !g_hash_table_add (names, pipeline->name))
        continue;
      filter = runnel_run_filter_new ();
      filter->pipeline = g_strdup (pipeline->name);
      append (self, FACET_PIPELINE, pipeline->name, filter);
    }
}

static void
fill_triggers (RunnelRunFilterForm *self,
               char               **triggers)
{
  clear (self, FACET_TRIGGER);
  for (guint i = 0; triggers[i] != NULL; i++)
    {
      RunnelRunFilter *filter = runnel_run_filter_new ();
      g_autofree char *title = runnel_trigger_describe (triggers[i]);

      filter->trigger = g_strdup (triggers[i]);
      append (self, FACET_TRIGGER, title, filter);
    }
}

static void
fill_labels (RunnelRunFilterForm *self,
             char               **labels)
{
  clear (self, FACET_LABEL);
  for (guint i = 0; labels[i] != NULL; i++)
    {
      RunnelRunFilter *filter = runnel_run_filter_new ();

      g_ptr_array_add (filter->labels, g_strdup (labels[i]));
      append (self, FACET_LABEL, labels[i], filter);
    }
}

/* --- What is chosen --------------------------------------------------------------------------- */

/* A choice that was typed and is in no list is shown by none. */
static void
update_facet (RunnelRunFilterForm *self,
              guint                facet)
{
  g_autofree char *words = describe_part (runnel_run_query_get_chosen (self->query), facet);
  guint selected = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; i < self->words[facet]->len && selected == GTK_INVALID_LIST_POSITION; i++)
    if (g_str_equal (self->words[facet]->pdata[i], words))
      selected = i;
  gtk_drop_down_set_selected (self->dropdowns[facet], selected);
}

static void
update (RunnelRunFilterForm *self)
{
  const RunnelRunFilter *chosen = runnel_run_query_get_chosen (self->query);

  self->updating = TRUE;
  for (guint facet = 0; facet < N_FACETS; facet++)
    update_facet (self, facet);
  gtk_check_button_set_active (self->pinned_check, chosen->pinned);
  gtk_check_button_set_active (self->top_level_check, chosen->top_level);
  self->updating = FALSE;
}

static RunnelRunFilter *
copy_chosen (RunnelRunFilterForm *self)
{
  return runnel_run_filter_copy (runnel_run_query_get_chosen (self->query));
}

static void
selected_cb (GtkDropDown         *dropdown,
             GParamSpec          *pspec,
             RunnelRunFilterForm *self)
{
  guint facet = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (dropdown), "facet"));
  guint selected = gtk_drop_down_get_selected (dropdown);
  g_autoptr(RunnelRunFilter) part = NULL;
  RunnelRunFilter *chosen;

  if (self->updating || selected >= self->words[facet]->len)
    return;
  part = runnel_run_filter_parse (self->words[facet]->pdata[selected], NULL);
  chosen = copy_chosen (self);
  swap_part (chosen, part, facet);
  runnel_run_query_choose (self->query, chosen);
}

static void
checked_cb (RunnelRunFilterForm *self)
{
  RunnelRunFilter *chosen;

  if (self->updating)
    return;
  chosen = copy_chosen (self);
  chosen->pinned = gtk_check_button_get_active (self->pinned_check);
  chosen->top_level = gtk_check_button_get_active (self->top_level_check);
  runnel_run_query_choose (self->query, chosen);
}

static void
parameter_cb (RunnelRunFilterForm *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->parameter_entry));
  RunnelRunFilter *chosen;

  if (*text == '\0' || *text == '=')
    return;
  chosen = copy_chosen (self);
  g_ptr_array_add (chosen->parameters, g_strdup (text));
  gtk_editable_set_text (GTK_EDITABLE (self->parameter_entry), "");
  runnel_run_query_choose (self->query, chosen);
}

/* --- What there is to choose from ----------------------------------------------------------------- */

static void
facets_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  RunnelRunFilterForm *self = user_data;
  RunnelRunFacets *facets =
    runnel_history_service_list_facets_finish (RUNNEL_HISTORY_SERVICE (object), result, NULL);

  /* Lists that can't be read stay as they were: the page tells why the history is not there. */
  if (facets == NULL)
    return;
  self->updating = TRUE;
  fill_pipelines (self, facets->pipelines);
  fill_triggers (self, facets->triggers);
  fill_labels (self, facets->labels);
  update (self);
  runnel_run_facets_free (facets);
}

static void
load (RunnelRunFilterForm *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  runnel_history_service_list_facets_async (self->history, self->cancellable, facets_cb, self);
}

/* --- The popover ----------------------------------------------------------------------------------- */

static void
attach (GtkGrid    *grid,
        int         row,
        const char *title,
        GtkWidget  *field)
{
  GtkWidget *label = gtk_label_new_with_mnemonic (title);

  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), field);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_set_hexpand (field, TRUE);
  gtk_grid_attach (grid, label, 0, row, 1, 1);
  gtk_grid_attach (grid, field, 1, row, 1, 1);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (field), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  label, NULL, -1);
}

static GtkWidget *
make_dropdown (RunnelRunFilterForm *self,
               guint                facet)
{
  GtkWidget *dropdown = gtk_drop_down_new_from_strings ((const char *const[]) { NULL });

  g_object_set_data (G_OBJECT (dropdown), "facet", GUINT_TO_POINTER (facet));
  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (dropdown),
                                   facet == FACET_PIPELINE || facet == FACET_LABEL);
  self->dropdowns[facet] = GTK_DROP_DOWN (dropdown);
  self->words[facet] = g_ptr_array_new_with_free_func (g_free);
  clear (self, facet);
  g_signal_connect_object (dropdown, "notify::selected", G_CALLBACK (selected_cb), self, 0);
  return dropdown;
}

static GtkWidget *
make_check (RunnelRunFilterForm *self,
            GtkGrid             *grid,
            int                  row,
            const char          *title)
{
  GtkWidget *check = gtk_check_button_new_with_mnemonic (title);

  gtk_grid_attach (grid, check, 1, row, 1, 1);
  g_signal_connect_object (check, "toggled", G_CALLBACK (checked_cb), self, G_CONNECT_SWAPPED);
  return check;
}

static GtkWidget *
make_parameter_entry (RunnelRunFilterForm *self)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _("name=value, or name"));
  g_signal_connect_object (entry, "activate", G_CALLBACK (parameter_cb), self, G_CONNECT_SWAPPED);
  self->parameter_entry = GTK_ENTRY (entry);
  return entry;
}

static GtkWidget *
make_grid (RunnelRunFilterForm *self)
{
  static const char *const titles[N_FACETS] = {
    N_("_Pipeline"), N_("_State"), N_("Started _by"), N_("_Time"), N_("_Label"),
  };
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  for (guint facet = 0; facet < N_FACETS; facet++)
    attach (GTK_GRID (grid), facet, _(titles[facet]), make_dropdown (self, facet));
  attach (GTK_GRID (grid), N_FACETS, _("Para_meter"), make_parameter_entry (self));
  self->pinned_check = GTK_CHECK_BUTTON (make_check (self, GTK_GRID (grid), N_FACETS + 1,
                                                     _("P_inned only")));
  self->top_level_check = GTK_CHECK_BUTTON (make_check (self, GTK_GRID (grid), N_FACETS + 2,
                                                        _("_Not inside of other runs")));
  return grid;
}

static void
runnel_run_filter_form_dispose (GObject *object)
{
  RunnelRunFilterForm *self = RUNNEL_RUN_FILTER_FORM (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->query);
  g_clear_object (&self->history);

  G_OBJECT_CLASS (runnel_run_filter_form_parent_class)->dispose (object);
}

static void
runnel_run_filter_form_finalize (GObject *object)
{
  RunnelRunFilterForm *self = RUNNEL_RUN_FILTER_FORM (object);

  g_object_unref (self->cancellable);
  for (guint facet = 0; facet < N_FACETS; facet++)
    g_ptr_array_unref (self->words[facet]);

  G_OBJECT_CLASS (runnel_run_filter_form_parent_class)->finalize (object);
}

static void
runnel_run_filter_form_class_init (RunnelRunFilterFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = runnel_run_filter_form_dispose;
  object_class->finalize = runnel_run_filter_form_finalize;
}

static void
runnel_run_filter_form_init (RunnelRunFilterForm *self)
{
  self->cancellable = g_cancellable_new ();
  self->updating = TRUE;
  gtk_popover_set_child (GTK_POPOVER (self), make_grid (self));
  fill_states (self);
  fill_times (self);
}

/**
 * runnel_run_filter_form_new:
 *
 * Returns: (transfer floating): a popover that changes no query yet
 */
GtkWidget *
runnel_run_filter_form_new (void)
{
  return g_object_new (RUNNEL_TYPE_RUN_FILTER_FORM, NULL);
}

/**
 * runnel_run_filter_form_bind:
 * @self: a form that was not bound before
 * @query: what it shows and changes
 * @history: tells what there is to choose from
 */
void
runnel_run_filter_form_bind (RunnelRunFilterForm  *self,
                             RunnelRunQuery       *query,
                             RunnelHistoryService *history)
{
  g_return_if_fail (RUNNEL_IS_RUN_FILTER_FORM (self) && self->query == NULL);
  g_return_if_fail (RUNNEL_IS_RUN_QUERY (query));
  g_return_if_fail (RUNNEL_IS_HISTORY_SERVICE (history));

  self->query = g_object_ref (query);
  self->history = g_object_ref (history);
  g_signal_connect_object (query, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self, "show", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  update (self);
}
