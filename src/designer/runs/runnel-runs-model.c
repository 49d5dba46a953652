/* runnel-runs-model.c: the runs that pass a filter, as a list with a selection
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/runs/runnel-runs-model.h"

/* Beyond so many changes at once they are told as one: each costs the list a layout of its own. */
#define MAX_CHANGES 200

struct _RunnelRunsModel
{
  GObject parent_instance;

  RunnelRunLoader *loader;
  GArray *runs;        /* of gint64: their numbers */
  GtkBitset *selected; /* positions */
};

static void list_model_init (GListModelInterface *iface);
static void selection_model_init (GtkSelectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RunnelRunsModel, runnel_runs_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init)
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL, selection_model_init))

/* --- The list ------------------------------------------------------------------------ */

static GType
get_item_type (GListModel *model)
{
  return RUNNEL_TYPE_RUN_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return RUNNEL_RUNS_MODEL (model)->runs->len;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  RunnelRunsModel *self = RUNNEL_RUNS_MODEL (model);

  if (position >= self->runs->len)
    return NULL;
  return runnel_run_loader_get_item (self->loader, g_array_index (self->runs, gint64, position));
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* --- The selection --------------------------------------------------------------------- */

static gboolean
is_selected (GtkSelectionModel *model,
             guint              position)
{
  return gtk_bitset_contains (RUNNEL_RUNS_MODEL (model)->selected, position);
}

static GtkBitset *
get_selection_in_range (GtkSelectionModel *model,
                        guint              position,
                        guint              n_items)
{
  return gtk_bitset_ref (RUNNEL_RUNS_MODEL (model)->selected);
}

/* The positions in `mask` become as `selected` has them; the others stay. */
static gboolean
set_selection (GtkSelectionModel *model,
               GtkBitset         *selected,
               GtkBitset         *mask)
{
  RunnelRunsModel *self = RUNNEL_RUNS_MODEL (model);
  g_autoptr(GtkBitset) changed = gtk_bitset_copy (self->selected);
  guint first, last;

  /* Those that differ, of those that count and are there. */
  gtk_bitset_difference (changed, selected);
  gtk_bitset_intersect (changed, mask);
  if (self->runs->len < G_MAXUINT)
    gtk_bitset_remove_range_closed (changed, self->runs->len, G_MAXUINT);
  if (gtk_bitset_is_empty (changed))
    return TRUE;

  gtk_bitset_difference (self->selected, changed);
  first = gtk_bitset_get_minimum (changed);
  last = gtk_bitset_get_maximum (changed);
  gtk_selection_model_selection_changed (model, first, last - first + 1);
  return TRUE;
}

static void
selection_model_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = is_selected;
  iface->get_selection_in_range = get_selection_in_range;
  iface->set_selection = set_selection;
}

/* --- Other runs -------------------------------------------------------------------------- */

static GHashTable *
make_set (const gint64 *runs,
          guint         n_runs)
{
  GHashTable *set = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < n_runs; i++)
    g_hash_table_add (set, (gpointer) &runs[i]);
  return set;
}

/* A stretch of runs at `position` that is replaced by another. */
typedef struct
{
  guint position, n_removed, n_added;
} Change;

static void
append_change (GArray *changes,
               guint   position,
               guint   n_removed,
               guint   n_added)
{
  Change change = { position, n_removed, n_added };

  if (n_removed > 0 || n_added > 0)
    g_array_append_val (changes, change);
}

/* Where two lists differ, as positions that hold when the changes are made from first to last. */
static GArray *
compare (const gint64 *old,
         guint         n_old,
         const gint64 *new,
         guint         n_new,
         guint         offset)
{
  GArray *changes = g_array_new (FALSE, FALSE, sizeof (Change));
  g_autoptr(GHashTable) old_set = n_new > 0 ? make_set (old, n_old) : NULL;
  g_autoptr(GHashTable) new_set = n_old > 0 ? make_set (new, n_new) : NULL;
  guint i = 0, j = 0;

  while (i < n_old && j < n_new)
    {
      guint n_removed = 0, n_added = 0;

      while (i + n_removed < n_old && !g_hash_table_contains (new_set, &old[i + n_removed]))
        n_removed++;
      while (j + n_added < n_new && !g_hash_table_contains (old_set, &new[j + n_added]))
        n_added++;
      append_change (changes, offset + j, n_removed, n_added);
      i += n_removed;
      j += n_added;
      if (i < n_old && j < n_new && old[i] != new[j])
        break; /* what is in both stands in another order */
      for (; i < n_old && j < n_new && old[i] == new[j]; i++)
        j++;
    }
  append_change (changes, offset + j, n_old - i, n_new - j);
  return changes;
}

/* Everything from the first change to the last as one. */
static Change
join (GArray *changes)
{
  const Change *first = &g_array_index (changes, Change, 0);
  const Change *last = &g_array_index (changes, Change, changes->len - 1);
  Change all = { first->position, 0, last->position + last->n_added - first->position };

  all.n_removed = all.n_added;
  for (guint i = 0; i < changes->len; i++)
    {
      const Change *change = &g_array_index (changes, Change, i);

      all.n_removed = all.n_removed + change->n_removed - change->n_added;
    }
  return all;
}

static void
apply (RunnelRunsModel *self,
       const Change    *change,
       const gint64    *runs)
{
  g_array_remove_range (self->runs, change->position, change->n_removed);
  g_array_insert_vals (self->runs, change->position, runs + change->position, change->n_added);
  gtk_bitset_splice (self->selected, change->position, change->n_removed, change->n_added);
  g_list_model_items_changed (G_LIST_MODEL (self), change->position, change->n_removed,
                              change->n_added);
}

static void
select_runs (RunnelRunsModel *self,
             GArray          *runs,
             const Change    *within)
{
  g_autoptr(GHashTable) set = make_set ((const gint64 *) runs->data, runs->len);

  if (runs->len == 0)
    return;
  for (guint i = within->position; i < within->position + within->n_added; i++)
    if (g_hash_table_contains (set, &g_array_index (self->runs, gint64, i)))
      gtk_bitset_add (self->selected, i);
  gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), within->position,
                                         within->n_added);
}

/* Tells many changes as one, after which the selected runs are looked for. */
static void
apply_joined (RunnelRunsModel *self,
              GArray          *changes,
              const gint64    *runs)
{
  Change all = join (changes);
  g_autoptr(GArray) selected = runnel_runs_model_get_selected (self);

  apply (self, &all, runs);
  select_runs (self, selected, &all);
}

/* --- The object ---------------------------------------------------------------------------- */

static void
runnel_runs_model_finalize (GObject *object)
{
  RunnelRunsModel *self = RUNNEL_RUNS_MODEL (object);

  g_object_unref (self->loader);
  g_array_unref (self->runs);
  gtk_bitset_unref (self->selected);

  G_OBJECT_CLASS (runnel_runs_model_parent_class)->finalize (object);
}

static void
runnel_runs_model_class_init (RunnelRunsModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = runnel_runs_model_finalize;
}

static void
runnel_runs_model_init (RunnelRunsModel *self)
{
  self->runs = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->selected = gtk_bitset_new_empty ();
}

/**
 * runnel_runs_model_new:
 * @loader: gives the items of runs
 *
 * Returns: (transfer full): a list without runs
 */
RunnelRunsModel *
runnel_runs_model_new (RunnelRunLoader *loader)
{
  RunnelRunsModel *self;

  g_return_val_if_fail (RUNNEL_IS_RUN_LOADER (loader), NULL);

  self = g_object_new (RUNNEL_TYPE_RUNS_MODEL, NULL);
  self->loader = g_object_ref (loader);
  return self;
}

/**
 * runnel_runs_model_set_runs:
 * @self: a model
 * @runs: (array length=n_runs): the numbers of the runs in their order, none twice
 * @n_runs: how many
 *
 * Tells no more changes than there are: runs that are in the list before and after keep their
 * place and stay selected.
 */
void
runnel_runs_model_set_runs (RunnelRunsModel *self,
                            const gint64    *runs,
                            guint            n_runs)
{
  const gint64 *old;
  g_autoptr(GArray) changes = NULL;
  guint n_old, head = 0, tail = 0;

  g_return_if_fail (RUNNEL_IS_RUNS_MODEL (self));
  g_return_if_fail (runs != NULL || n_runs == 0);

  old = (const gint64 *) self->runs->data;
  n_old = self->runs->len;
  while (head < n_old && head < n_runs && old[head] == runs[head])
    head++;
  while (tail < n_old - head && tail < n_runs - head && old[n_old - 1 - tail] == runs[n_runs - 1 - tail])
    tail++;
  if (head == n_old && head == n_runs)
    return;

  changes = compare (old + head, n_old - head - tail, runs + head, n_runs - head - tail, head);
  if (changes->len > MAX_CHANGES)
    apply_joined (self, changes, runs);
  else
    for (guint i = 0; i < changes->len; i++)
      apply (self, &g_array_index (changes, Change, i), runs);
}

/**
 * runnel_runs_model_get_run:
 * @self: a model
 * @position: a position
 *
 * Returns: the number of the run there; 0 beyond the end
 */
gint64
runnel_runs_model_get_run (RunnelRunsModel *self,
                           guint            position)
{
  g_return_val_if_fail (RUNNEL_IS_RUNS_MODEL (self), 0);

  return position < self->runs->len ? g_array_index (self->runs, gint64, position) : 0;
}

/**
 * runnel_runs_model_find_run:
 * @self: a model
 * @run: the number of a run
 *
 * Returns: its position; %GTK_INVALID_LIST_POSITION when it is not in the list
 */
guint
runnel_runs_model_find_run (RunnelRunsModel *self,
                            gint64           run)
{
  g_return_val_if_fail (RUNNEL_IS_RUNS_MODEL (self), GTK_INVALID_LIST_POSITION);

  for (guint i = 0; i < self->runs->len; i++)
    if (g_array_index (self->runs, gint64, i) == run)
      return i;
  return GTK_INVALID_LIST_POSITION;
}

/**
 * runnel_runs_model_get_selected:
 * @self: a model
 *
 * Returns: (transfer full) (element-type gint64): the numbers of the selected runs, in the order of
 *   the list
 */
GArray *
runnel_runs_model_get_selected (RunnelRunsModel *self)
{
  GArray *selected = g_array_new (FALSE, FALSE, sizeof (gint64));
  GtkBitsetIter iter;
  guint position;

  g_return_val_if_fail (RUNNEL_IS_RUNS_MODEL (self), selected);

  if (!gtk_bitset_iter_init_first (&iter, self->selected, &position))
    return selected;
  do
    g_array_append_val (selected, g_array_index (self->runs, gint64, position));
  while (gtk_bitset_iter_next (&iter, &position));
  return selected;
}

/**
 * runnel_runs_model_n_selected:
 * @self: a model
 *
 * Returns: how many runs are selected
 */
guint
runnel_runs_model_n_selected (RunnelRunsModel *self)
{
  g_return_val_if_fail (RUNNEL_IS_RUNS_MODEL (self), 0);

  return gtk_bitset_get_size (self->selected);
}
