/* runnel-label-dialog.c: gives runs labels, and takes them away
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every label there is has a check mark: set when all of the runs have it, a line when some do. An
 * entry takes new ones.
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/compat/runnel-message-dialog.h"
#include "designer/runs/runnel-label-dialog.h"

#define APPLY "apply"
#define LIST_HEIGHT 240

/* Of more runs than these the check marks do not tell which labels they have. */
#define MAX_LOOKED_AT 2000

typedef struct
{
  GtkWindow *parent; /* or NULL */
  RunnelHistoryService *history;
  GArray *runs;      /* of gint64 */
  char **labels;     /* all there are */
  GtkWidget *list;   /* of GtkCheckButton */
  char *typed;       /* in the entry */
  GPtrArray *checks; /* of GtkCheckButton: those that were changed and are to be carried out */
} Labelling;

static void
labelling_free (gpointer data)
{
  Labelling *self = data;

  g_clear_object (&self->parent);
  g_object_unref (self->history);
  g_array_unref (self->runs);
  g_strfreev (self->labels);
  g_free (self->typed);
  g_clear_object (&self->list);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  g_free (self);
}

static const char *
get_label (GtkWidget *check)
{
  return g_object_get_data (G_OBJECT (check), "label");
}

/* --- Carrying it out ------------------------------------------------------------------------ */

static void apply_next (GTask *task);

static void
applied_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask *task = user_data;
  GError *error = NULL;

  if (runnel_history_service_set_label_finish (RUNNEL_HISTORY_SERVICE (object), result, &error))
    {
      apply_next (task);
      return;
    }
  g_task_return_error (task, error);
  g_object_unref (task);
}

/* Takes @task. */
static void
apply_next (GTask *task)
{
  Labelling *self = g_task_get_task_data (task);
  g_autoptr(GtkWidget) check = NULL;

  if (self->checks->len == 0)
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }
  check = g_ptr_array_steal_index (self->checks, 0);
  runnel_history_service_set_label_async (self->history, (const gint64 *) self->runs->data,
                                          self->runs->len, get_label (check),
                                          gtk_check_button_get_active (GTK_CHECK_BUTTON (check)),
                                          g_task_get_cancellable (task), applied_cb, task);
}

static gboolean
is_changed (GtkWidget *check)
{
  return g_object_get_data (G_OBJECT (check), "changed") != NULL;
}

static GPtrArray *
list_changed (Labelling *self)
{
  GPtrArray *changed = g_ptr_array_new_with_free_func (g_object_unref);

  for (GtkWidget *check = gtk_widget_get_first_child (self->list); check != NULL;
       check = gtk_widget_get_next_sibling (check))
    if (is_changed (check))
      g_ptr_array_add (changed, g_object_ref (check));
  return changed;
}

/* --- The question ------------------------------------------------------------------------------ */

static void
toggled_cb (GtkCheckButton *check)
{
  gtk_check_button_set_inconsistent (check, FALSE);
  g_object_set_data (G_OBJECT (check), "changed", check);
}

static GtkWidget *
find_check (Labelling  *self,
            const char *label)
{
  GtkWidget *check = gtk_widget_get_first_child (self->list);

  while (check != NULL && !g_str_equal (get_label (check), label))
    check = gtk_widget_get_next_sibling (check);
  return check;
}

static GtkWidget *
add_check (Labelling  *self,
           const char *label)
{
  GtkWidget *check = gtk_check_button_new_with_label (label);

  g_object_set_data_full (G_OBJECT (check), "label", g_strdup (label), g_free);
  gtk_box_append (GTK_BOX (self->list), check);
  return check;
}

static void
add_typed (Labelling *self)
{
  GtkWidget *check;

  if (self->typed == NULL || !runnel_history_check_label (self->typed, NULL))
    return;
  check = find_check (self, self->typed);
  if (check == NULL)
    {
      check = add_check (self, self->typed);
      g_signal_connect (check, "toggled", G_CALLBACK (toggled_cb), NULL);
    }
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
}

/* Enter in the entry makes the label one of the list, checked. */
static void
activate_cb (Labelling   *self,
             GtkEditable *entry)
{
  add_typed (self);
  gtk_editable_set_text (entry, "");
}

static void
typed_cb (Labelling   *self,
          GtkEditable *entry)
{
  g_autoptr(GError) error = NULL;

  g_free (self->typed);
  self->typed = g_strstrip (g_strdup (gtk_editable_get_text (entry)));
  if (*self->typed == '\0' || runnel_history_check_label (self->typed, &error))
    gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
  gtk_widget_set_tooltip_text (GTK_WIDGET (entry), error != NULL ? error->message : NULL);
}

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  GTask *task = user_data;
  Labelling *self = g_task_get_task_data (task);
  g_autofree char *answer = runnel_message_dialog_ask_finish (result);

  if (!g_str_equal (answer, APPLY))
    {
      g_task_return_boolean (task, FALSE);
      g_object_unref (task);
      return;
    }
  add_typed (self);
  self->checks = list_changed (self);
  apply_next (task);
}

static GtkWidget *
make_content (Labelling *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *entry = gtk_entry_new ();

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), LIST_HEIGHT);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _("New label"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("New label"), -1);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (activate_cb), self);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (typed_cb), self);
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), scroller);
  return box;
}

/* Takes @task. */
static void
ask (GTask *task)
{
  const RunnelAnswer answers[] = {
    { RUNNEL_ANSWER_CANCEL, _("_Cancel"), RUNNEL_ANSWER_PLAIN },
    { APPLY, _("_Apply"), RUNNEL_ANSWER_SUGGESTED },
  };
  Labelling *self = g_task_get_task_data (task);
  g_autofree char *heading = g_strdup_printf (ngettext ("Labels of %u Run", "Labels of %u Runs",
                                                        self->runs->len), self->runs->len);

  runnel_message_dialog_ask_async (self->parent, heading, NULL, make_content (self), answers,
                                   G_N_ELEMENTS (answers), answered_cb, task);
}

/* --- Which labels the runs have --------------------------------------------------------------------- */

static void
set_count (GtkWidget *check,
           guint      n_having,
           guint      n_runs)
{
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), n_having == n_runs);
  gtk_check_button_set_inconsistent (GTK_CHECK_BUTTON (check), n_having > 0 && n_having < n_runs);
}

static guint
count_having (GPtrArray  *records,
              const char *label)
{
  guint n_having = 0;

  for (guint i = 0; i < records->len; i++)
    {
      const RunnelRunRecord *record = g_ptr_array_index (records, i);

      n_having += g_strv_contains ((const char *const *) record->labels, label);
    }
  return n_having;
}

static void
add_checks (Labelling *self,
            GPtrArray *records)
{
  self->list = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  for (guint i = 0; self->labels[i] != NULL; i++)
    {
      GtkWidget *check = add_check (self, self->labels[i]);

      if (self->runs->len > MAX_LOOKED_AT)
        gtk_check_button_set_inconsistent (GTK_CHECK_BUTTON (check), TRUE);
      else
        set_count (check, count_having (records, self->labels[i]), records->len);
      g_signal_connect (check, "toggled", G_CALLBACK (toggled_cb), NULL);
    }
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  GError *error = NULL;
  g_autoptr(GPtrArray) records =
    runnel_history_service_load_runs_finish (RUNNEL_HISTORY_SERVICE (object), result, &error);

  if (records == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  add_checks (g_task_get_task_data (task), records);
  ask (task);
}

static void
facets_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  Labelling *self = g_task_get_task_data (task);
  GError *error = NULL;
  RunnelRunFacets *facets =
    runnel_history_service_list_facets_finish (RUNNEL_HISTORY_SERVICE (object), result, &error);

  if (facets == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  self->labels = g_steal_pointer (&facets->labels);
  runnel_run_facets_free (facets);
  runnel_history_service_load_runs_async (self->history, (const gint64 *) self->runs->data,
                                          MIN (self->runs->len, MAX_LOOKED_AT),
                                          g_task_get_cancellable (task), loaded_cb, task);
}

/**
 * runnel_label_dialog_ask_async:
 * @parent: (nullable): the window that asks
 * @history: where the runs are
 * @runs: (array length=n_runs): their numbers; copied
 * @n_runs: how many
 * @cancellable: (nullable): to give up
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Asks which labels the runs shall have, and sees to it.
 */
void
runnel_label_dialog_ask_async (GtkWindow            *parent,
                               RunnelHistoryService *history,
                               const gint64         *runs,
                               guint                 n_runs,
                               GCancellable         *cancellable,
                               GAsyncReadyCallback   callback,
                               gpointer              user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Labelling *self = g_new0 (Labelling, 1);

  self->parent = parent != NULL ? g_object_ref (parent) : NULL;
  self->history = g_object_ref (history);
  self->runs = g_array_append_vals (g_array_new (FALSE, FALSE, sizeof *runs), runs, n_runs);
  g_task_set_source_tag (task, runnel_label_dialog_ask_async);
  g_task_set_task_data (task, self, labelling_free);
  runnel_history_service_list_facets_async (history, cancellable, facets_cb, task);
}

/**
 * runnel_label_dialog_ask_finish:
 *
 * Returns: whether labels are as the person wants them; %FALSE without an error when nothing is to
 *   change
 */
gboolean
runnel_label_dialog_ask_finish (GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
