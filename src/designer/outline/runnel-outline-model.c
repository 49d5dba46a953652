/* runnel-outline-model.c: the steps of a pipeline as a list, in the groups they are in
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The list is kept up to date, not made anew: an edit that only changes what a step says reaches
 * that step's item alone, and one that adds or removes steps is told as the one run of rows that
 * differs. Whether what a step says gives it another place is looked up a moment after the edit.
 */
#include "config.h"

#include <string.h>

#include "designer/outline/runnel-outline-model.h"
#include "model/runnel-areas.h"

#define PAUSE 150 /* milliseconds from an edit to looking through all steps again */

typedef struct
{
  GRefString *id;
  RunnelOutlineItem *item; /* or NULL, until somebody asks */
  guint key;               /* of a step: with another one it may have another place */
  guint8 is_group;
  guint8 is_inside;
} Row;

struct _RunnelOutlineModel
{
  GObject parent_instance;

  RunnelPipeline *pipeline;  /* or NULL */
  GSignalGroup *signals;
  GArray *rows;              /* of Row */
  GHashTable *positions;     /* id of a step (borrowed from the rows) to position; NULL = unknown */
  GHashTable *closed;        /* set of ids of groups */
  char *filter;              /* folded, or NULL */
  RunnelOutlineOrder order;
  JsonNode *groups;          /* as they were in the pipeline; only compared */
  guint refresh_id;          /* timeout, 0 = none */
  guint is_active : 1;
  guint is_stale : 1;        /* steps or groups came or went */
  guint is_moved : 1;        /* a step may have another place */
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RunnelOutlineModel, runnel_outline_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
row_clear (gpointer data)
{
  Row *row = data;

  g_clear_pointer (&row->id, g_ref_string_release);
  g_clear_object (&row->item);
}

static GArray *
rows_new (void)
{
  GArray *rows = g_array_new (FALSE, TRUE, sizeof (Row));

  g_array_set_clear_func (rows, row_clear);
  return rows;
}

/* The same id is the same string, so that rows are compared by pointer. */
static void
append_row (GArray     *rows,
            const char *id,
            guint       key,
            gboolean    is_group,
            gboolean    is_inside)
{
  const Row row = { g_ref_string_new_intern (id), NULL, key, is_group, is_inside };

  g_array_append_val (rows, row);
}

/* --- Making rows --- */

/* Of all that the place of a step in the list depends on. */
static guint
make_key (RunnelOutlineModel *self,
          RunnelStep         *step,
          guint               index)
{
  guint key = index;

  if (self->order == RUNNEL_OUTLINE_BY_NAME || self->filter != NULL)
    key = key * 33 + g_str_hash (runnel_step_get_title (step));
  if (self->order == RUNNEL_OUTLINE_AS_RUN)
    for (guint i = 0; i < step->n_needs; i++)
      key = key * 33 + g_str_hash (step->needs[i].step);

  return key;
}

static gboolean
matches (RunnelOutlineModel *self,
         RunnelStep         *step)
{
  g_autofree char *title = NULL;
  g_autofree char *id = NULL;

  if (self->filter == NULL)
    return TRUE;

  title = g_utf8_casefold (runnel_step_get_title (step), -1);
  if (strstr (title, self->filter) != NULL)
    return TRUE;

  id = g_utf8_casefold (step->id, -1);
  return strstr (id, self->filter) != NULL;
}

/* The steps of one group, in the order of the list. */
typedef struct
{
  const char *id;   /* borrowed from the pipeline */
  GArray *steps;    /* of guint */
  gboolean is_listed;
} Members;

static void
members_free (Members *self)
{
  g_array_unref (self->steps);
  g_free (self);
}

/* Returns: (transfer full): for each step in a group (its id) the group; the first one counts */
static GHashTable *
map_groups (RunnelPipeline *pipeline,
            GPtrArray      *all)
{
  GHashTable *map = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GArray) groups = runnel_pipeline_list_groups (pipeline);

  for (guint i = 0; i < groups->len; i++)
    {
      RunnelGroup *group = &g_array_index (groups, RunnelGroup, i);
      guint n_steps = group->steps != NULL ? json_array_get_length (group->steps) : 0;
      Members *members = g_new0 (Members, 1);

      members->id = group->id;
      members->steps = g_array_new (FALSE, FALSE, sizeof (guint));
      g_ptr_array_add (all, members);
      for (guint n = 0; n < n_steps; n++)
        {
          JsonNode *node = json_array_get_element (group->steps, n);
          const char *id = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;

          if (id != NULL && !g_hash_table_contains (map, id))
            g_hash_table_insert (map, (gpointer) id, members);
        }
    }

  return map;
}

static void
append_step (RunnelOutlineModel *self,
             GArray             *rows,
             guint               index,
             gboolean            is_inside)
{
  RunnelStep *step = runnel_pipeline_get_step (self->pipeline, index);

  append_row (rows, step->id, make_key (self, step, index), FALSE, is_inside);
}

static void
append_group (RunnelOutlineModel *self,
              GArray             *rows,
              Members            *members)
{
  members->is_listed = TRUE;
  append_row (rows, members->id, 0, TRUE, FALSE);
  if (self->filter == NULL && g_hash_table_contains (self->closed, members->id))
    return;

  for (guint i = 0; i < members->steps->len; i++)
    append_step (self, rows, g_array_index (members->steps, guint, i), TRUE);
}

/* A group stands where the first of its steps would. */
static GArray *
make_rows (RunnelOutlineModel *self)
{
  GArray *rows = rows_new ();
  g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) members_free);
  g_autoptr(GArray) shown = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr(GHashTable) map = NULL;
  g_autoptr(GArray) order = NULL;

  if (self->pipeline == NULL)
    return rows;

  map = map_groups (self->pipeline, all);
  order = runnel_outline_order_list (self->pipeline, self->order);
  for (guint i = 0; i < order->len; i++)
    {
      guint index = g_array_index (order, guint, i);
      RunnelStep *step = runnel_pipeline_get_step (self->pipeline, index);
      Members *members = g_hash_table_lookup (map, step->id);

      if (!matches (self, step))
        continue;
      g_array_append_val (shown, index);
      if (members != NULL)
        g_array_append_val (members->steps, index);
    }

  for (guint i = 0; i < shown->len; i++)
    {
      guint index = g_array_index (shown, guint, i);
      RunnelStep *step = runnel_pipeline_get_step (self->pipeline, index);
      Members *members = g_hash_table_lookup (map, step->id);

      if (members == NULL)
        append_step (self, rows, index, FALSE);
      else if (!members->is_listed)
        append_group (self, rows, members);
    }

  return rows;
}

/* --- Telling what differs --- */

static gboolean
is_same_row (const Row *a,
             const Row *b)
{
  return a->id == b->id && a->is_group == b->is_group && a->is_inside == b->is_inside;
}

static void
hand_items_on (GArray *from,
               GArray *to,
               guint   from_start,
               guint   to_start,
               guint   n_rows)
{
  for (guint i = 0; i < n_rows; i++)
    {
      Row *before = &g_array_index (from, Row, from_start + i);

      g_array_index (to, Row, to_start + i).item = g_steal_pointer (&before->item);
    }
}

/* Takes (transfer full) other rows, and tells the one run of them that is other. */
static void
take_rows (RunnelOutlineModel *self,
           GArray             *rows)
{
  g_autoptr(GArray) before = g_steal_pointer (&self->rows);
  guint shorter = MIN (before->len, rows->len);
  guint start = 0, end = 0;

  while (start < shorter && is_same_row (&g_array_index (before, Row, start),
                                         &g_array_index (rows, Row, start)))
    start++;
  while (end < shorter - start
         && is_same_row (&g_array_index (before, Row, before->len - end - 1),
                         &g_array_index (rows, Row, rows->len - end - 1)))
    end++;

  hand_items_on (before, rows, 0, 0, start);
  hand_items_on (before, rows, before->len - end, rows->len - end, end);
  self->rows = rows;
  g_clear_pointer (&self->positions, g_hash_table_unref);
  if (start + end < before->len || start + end < rows->len)
    g_list_model_items_changed (G_LIST_MODEL (self), start, before->len - start - end,
                                rows->len - start - end);
}

static void
refresh (RunnelOutlineModel *self)
{
  g_clear_handle_id (&self->refresh_id, g_source_remove);
  if (!self->is_active)
    {
      self->is_stale = TRUE;
      return;
    }

  self->is_stale = FALSE;
  self->is_moved = FALSE;
  self->groups = self->pipeline != NULL ? runnel_pipeline_get_member (self->pipeline, "groups")
                                        : NULL;
  take_rows (self, make_rows (self));
}

static gboolean
refresh_cb (gpointer user_data)
{
  RunnelOutlineModel *self = user_data;

  self->refresh_id = 0;
  refresh (self);
  return G_SOURCE_REMOVE;
}

/* --- Following the pipeline --- */

static void
step_changed_cb (RunnelOutlineModel *self,
                 const char         *id)
{
  guint index, position;
  RunnelStep *step;
  Row *row;

  /* In a group that is closed, or not what is looked for, it may be without being listed. */
  if (!runnel_outline_model_find_step (self, id, &position)
      || !runnel_pipeline_find_step (self->pipeline, id, &index))
    {
      self->is_stale = TRUE;
      return;
    }

  step = runnel_pipeline_get_step (self->pipeline, index);
  row = &g_array_index (self->rows, Row, position);
  self->is_moved |= make_key (self, step, index) != row->key;
  if (row->item != NULL)
    runnel_outline_item_changed (row->item);
}

static void
changed_cb (RunnelOutlineModel *self)
{
  if (self->is_stale || runnel_pipeline_get_member (self->pipeline, "groups") != self->groups)
    refresh (self);
  else if (self->is_moved && self->refresh_id == 0)
    self->refresh_id = g_timeout_add (PAUSE, refresh_cb, self);
}

static GType
get_item_type (GListModel *model)
{
  return RUNNEL_TYPE_OUTLINE_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return RUNNEL_OUTLINE_MODEL (model)->rows->len;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  RunnelOutlineModel *self = RUNNEL_OUTLINE_MODEL (model);
  Row *row;

  if (position >= self->rows->len)
    return NULL;

  row = &g_array_index (self->rows, Row, position);
  if (row->item == NULL)
    row->item = runnel_outline_item_new (row->id, row->is_group, row->is_inside);
  return g_object_ref (row->item);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
runnel_outline_model_dispose (GObject *object)
{
  RunnelOutlineModel *self = RUNNEL_OUTLINE_MODEL (object);

  g_clear_handle_id (&self->refresh_id, g_source_remove);
  g_clear_object (&self->signals);
  g_clear_object (&self->pipeline);
  G_OBJECT_CLASS (runnel_outline_model_parent_class)->dispose (object);
}

static void
runnel_outline_model_finalize (GObject *object)
{
  RunnelOutlineModel *self = RUNNEL_OUTLINE_MODEL (object);

  g_clear_pointer (&self->positions, g_hash_table_unref);
  g_clear_pointer (&self->rows, g_array_unref);
  g_clear_pointer (&self->closed, g_hash_table_unref);
  g_clear_pointer (&self->filter, g_free);
  G_OBJECT_CLASS (runnel_outline_model_parent_class)->finalize (object);
}

static void
runnel_outline_model_class_init (RunnelOutlineModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = runnel_outline_model_dispose;
  object_class->finalize = runnel_outline_model_finalize;
}

static void
runnel_outline_model_init (RunnelOutlineModel *self)
{
  self->rows = rows_new ();
  self->closed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->is_active = TRUE;
  self->signals = g_signal_group_new (RUNNEL_TYPE_PIPELINE);
  g_signal_group_connect_swapped (self->signals, "step-changed", G_CALLBACK (step_changed_cb),
                                  self);
  g_signal_group_connect_swapped (self->signals, "changed", G_CALLBACK (changed_cb), self);
}

/**
 * runnel_outline_model_new:
 *
 * Returns: (transfer full): an empty list
 */
RunnelOutlineModel *
runnel_outline_model_new (void)
{
  return g_object_new (RUNNEL_TYPE_OUTLINE_MODEL, NULL);
}

/**
 * runnel_outline_model_set_pipeline:
 * @pipeline: (nullable): what to list and follow
 */
void
runnel_outline_model_set_pipeline (RunnelOutlineModel *self,
                                   RunnelPipeline     *pipeline)
{
  g_return_if_fail (RUNNEL_IS_OUTLINE_MODEL (self));

  if (!g_set_object (&self->pipeline, pipeline))
    return;

  g_signal_group_set_target (self->signals, pipeline);
  g_hash_table_remove_all (self->closed);
  refresh (self);
}

/**
 * runnel_outline_model_get_pipeline:
 *
 * Returns: (transfer none) (nullable): what is listed
 */
RunnelPipeline *
runnel_outline_model_get_pipeline (RunnelOutlineModel *self)
{
  g_return_val_if_fail (RUNNEL_IS_OUTLINE_MODEL (self), NULL);

  return self->pipeline;
}

void
runnel_outline_model_set_order (RunnelOutlineModel *self,
                                RunnelOutlineOrder  order)
{
  g_return_if_fail (RUNNEL_IS_OUTLINE_MODEL (self));

  if (self->order == order)
    return;

  self->order = order;
  refresh (self);
}

/**
 * runnel_outline_model_set_filter:
 * @text: (nullable): what names or ids of steps must contain, in upper or lower case
 */
void
runnel_outline_model_set_filter (RunnelOutlineModel *self,
                                 const char         *text)
{
  char *folded;

  g_return_if_fail (RUNNEL_IS_OUTLINE_MODEL (self));

  folded = text != NULL && *text != '\0' ? g_utf8_casefold (text, -1) : NULL;
  if (g_strcmp0 (folded, self->filter) == 0)
    {
      g_free (folded);
      return;
    }

  g_free (self->filter);
  self->filter = folded;
  refresh (self);
}

/**
 * runnel_outline_model_set_active:
 * @active: whether somebody sees the list: one that nobody sees costs nothing
 */
void
runnel_outline_model_set_active (RunnelOutlineModel *self,
                                 gboolean            active)
{
  g_return_if_fail (RUNNEL_IS_OUTLINE_MODEL (self));

  self->is_active = !!active;
  if (active && self->is_stale)
    refresh (self);
}

gboolean
runnel_outline_model_is_closed (RunnelOutlineModel *self,
                                const char         *group)
{
  g_return_val_if_fail (RUNNEL_IS_OUTLINE_MODEL (self), FALSE);

  return g_hash_table_contains (self->closed, group);
}

/**
 * runnel_outline_model_set_closed:
 * @group: id of a group
 * @closed: whether its steps are left out of the list
 */
void
runnel_outline_model_set_closed (RunnelOutlineModel *self,
                                 const char         *group,
                                 gboolean            closed)
{
  g_return_if_fail (RUNNEL_IS_OUTLINE_MODEL (self));
  g_return_if_fail (group != NULL);

  if (closed ? g_hash_table_add (self->closed, g_strdup (group))
             : g_hash_table_remove (self->closed, group))
    refresh (self);
}

/**
 * runnel_outline_model_find_step:
 * @id: id of a step
 * @ret_position: (out) (optional): where it is in the list
 *
 * Returns: whether it is listed
 */
gboolean
runnel_outline_model_find_step (RunnelOutlineModel *self,
                                const char         *id,
                                guint              *ret_position)
{
  gpointer position;

  g_return_val_if_fail (RUNNEL_IS_OUTLINE_MODEL (self), FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  if (self->positions == NULL)
    {
      self->positions = g_hash_table_new (g_str_hash, g_str_equal);
      for (guint i = 0; i < self->rows->len; i++)
        if (!g_array_index (self->rows, Row, i).is_group)
          g_hash_table_insert (self->positions, g_array_index (self->rows, Row, i).id,
                               GUINT_TO_POINTER (i));
    }

  if (!g_hash_table_lookup_extended (self->positions, id, NULL, &position))
    return FALSE;
  if (ret_position != NULL)
    *ret_position = GPOINTER_TO_UINT (position);
  return TRUE;
}
