/* runnel-problems-list.c: what is wrong with a document, each finding leading to its place
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/runnel-problems-list.h"

struct _RunnelProblemsList
{
  AdwBin parent_instance;

  GtkStack *stack;
  GListStore *problems;
};

enum
{
  PROBLEM_ACTIVATED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (RunnelProblemsList, runnel_problems_list, ADW_TYPE_BIN)

static guint signals[N_SIGNALS];

static void
activate_cb (GtkListView        *list,
             guint               position,
             RunnelProblemsList *self)
{
  g_autoptr(RunnelProblem) problem = g_list_model_get_item (G_LIST_MODEL (self->problems),
                                                            position);

  g_signal_emit (self, signals[PROBLEM_ACTIVATED], 0, problem);
}

static GtkWidget *
label_new (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *list_item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *text = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *place = label_new ("dim-label");

  gtk_box_append (GTK_BOX (text), label_new (NULL));
  gtk_box_append (GTK_BOX (text), label_new ("caption"));
  gtk_widget_set_hexpand (text, TRUE);
  gtk_widget_add_css_class (gtk_widget_get_last_child (text), "dim-label");
  gtk_label_set_wrap (GTK_LABEL (place), FALSE);
  gtk_label_set_ellipsize (GTK_LABEL (place), PANGO_ELLIPSIZE_START);
  gtk_label_set_max_width_chars (GTK_LABEL (place), 24);
  gtk_widget_set_valign (place, GTK_ALIGN_START);
  gtk_widget_add_css_class (place, "caption");
  gtk_box_append (GTK_BOX (row), gtk_image_new ());
  gtk_box_append (GTK_BOX (row), text);
  gtk_box_append (GTK_BOX (row), place);
  gtk_widget_set_valign (gtk_widget_get_first_child (row), GTK_ALIGN_START);
  gtk_list_item_set_child (list_item, row);
}

static void
show_severity (GtkImage       *icon,
               RunnelSeverity  severity)
{
  gboolean is_error = severity == RUNNEL_SEVERITY_ERROR;

  gtk_image_set_from_icon_name (icon, is_error ? "dialog-error-symbolic"
                                               : "dialog-warning-symbolic");
  gtk_widget_set_css_classes (GTK_WIDGET (icon),
                              (const char *[]) { is_error ? "error" : "warning", NULL });
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  is_error ? _("Error") : _("Warning"), -1);
}

/* The terminal says "error: the field ...", a list of sentences begins each with a capital. */
static void
set_sentence (GtkWidget  *label,
              const char *text)
{
  g_autoptr(GString) sentence = g_string_new (NULL);

  if (text && *text)
    {
      g_string_append_unichar (sentence, g_unichar_totitle (g_utf8_get_char (text)));
      g_string_append (sentence, g_utf8_next_char (text));
    }
  gtk_label_set_label (GTK_LABEL (label), sentence->str);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *list_item)
{
  const RunnelDiagnostic *diagnostic =
    runnel_problem_get_diagnostic (gtk_list_item_get_item (list_item));
  GtkWidget *row = gtk_list_item_get_child (list_item);
  GtkWidget *icon = gtk_widget_get_first_child (row);
  GtkWidget *text = gtk_widget_get_next_sibling (icon);
  GtkWidget *suggestion = gtk_widget_get_last_child (text);

  show_severity (GTK_IMAGE (icon), diagnostic->severity);
  set_sentence (gtk_widget_get_first_child (text), diagnostic->message);
  set_sentence (suggestion, diagnostic->suggestion);
  gtk_widget_set_visible (suggestion, diagnostic->suggestion != NULL);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_last_child (row)),
                       diagnostic->step ? diagnostic->step : diagnostic->path);
  /* The row around it is what a screen reader reads. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (row)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, diagnostic->message, -1);
}

static GtkWidget *
create_list (RunnelProblemsList *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GListModel *model = G_LIST_MODEL (g_object_ref (self->problems));
  GtkSingleSelection *selection = gtk_single_selection_new (model);
  GtkWidget *list, *scroller = gtk_scrolled_window_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  list = gtk_list_view_new (GTK_SELECTION_MODEL (selection), factory);
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (list), TRUE);
  gtk_widget_add_css_class (list, "problems-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Problems"), -1);
  g_signal_connect (list, "activate", G_CALLBACK (activate_cb), self);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  return scroller;
}

static void
runnel_problems_list_dispose (GObject *object)
{
  g_clear_object (&RUNNEL_PROBLEMS_LIST (object)->problems);
  G_OBJECT_CLASS (runnel_problems_list_parent_class)->dispose (object);
}

static void
runnel_problems_list_class_init (RunnelProblemsListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = runnel_problems_list_dispose;

  signals[PROBLEM_ACTIVATED] = g_signal_new ("problem-activated", G_TYPE_FROM_CLASS (klass),
                                             G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                             RUNNEL_TYPE_PROBLEM);
}

static void
runnel_problems_list_init (RunnelProblemsList *self)
{
  GtkWidget *empty = gtk_label_new (_("No problems"));

  self->problems = g_list_store_new (RUNNEL_TYPE_PROBLEM);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_add_css_class (empty, "dim-label");
  gtk_stack_add_named (self->stack, empty, "empty");
  gtk_stack_add_named (self->stack, create_list (self), "problems");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));
}

GtkWidget *
runnel_problems_list_new (void)
{
  return g_object_new (RUNNEL_TYPE_PROBLEMS_LIST, NULL);
}

/**
 * runnel_problems_list_set_diagnostics:
 * @diagnostics: (nullable): what was found; errors are shown first
 */
void
runnel_problems_list_set_diagnostics (RunnelProblemsList *self,
                                      RunnelDiagnostics  *diagnostics)
{
  guint size = diagnostics ? runnel_diagnostics_get_size (diagnostics) : 0;
  g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_if_fail (RUNNEL_IS_PROBLEMS_LIST (self));

  for (int severity = RUNNEL_SEVERITY_ERROR; severity <= RUNNEL_SEVERITY_WARNING; severity++)
    for (guint i = 0; i < size; i++)
      if ((int) runnel_diagnostics_get (diagnostics, i)->severity == severity)
        g_ptr_array_add (problems, runnel_problem_new (runnel_diagnostics_get (diagnostics, i)));
  g_list_store_splice (self->problems, 0, g_list_model_get_n_items (G_LIST_MODEL (self->problems)),
                       problems->pdata, problems->len);
  gtk_stack_set_visible_child_name (self->stack, size > 0 ? "problems" : "empty");
}
