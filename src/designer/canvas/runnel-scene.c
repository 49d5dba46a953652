/* runnel-scene.c: what the canvas shows: nodes, and what became stale
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "designer/canvas/runnel-scene-private.h"

#define MAX_DAMAGE 8192       /* with more boxes than that, everything is stale */
#define WORLD_LIMIT 4.0e6     /* positions beyond would lose whole units in a float */

/**
 * runnel_scene_new:
 *
 * Returns: (transfer full): an empty scene, all of it stale
 */
RunnelScene *
runnel_scene_new (void)
{
  RunnelScene *self = g_new0 (RunnelScene, 1);

  self->nodes = g_array_new (FALSE, TRUE, sizeof (RunnelNode));
  self->details = g_array_new (FALSE, TRUE, sizeof (RunnelNodeDetail));
  self->free_nodes = g_array_new (FALSE, FALSE, sizeof (guint));
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->links = g_array_new (FALSE, TRUE, sizeof (RunnelLink));
  self->ends = g_array_new (FALSE, TRUE, sizeof (RunnelLinkEnds));
  self->free_links = g_array_new (FALSE, FALSE, sizeof (guint));
  self->areas = g_array_new (FALSE, TRUE, sizeof (RunnelArea));
  self->free_areas = g_array_new (FALSE, FALSE, sizeof (guint));
  self->area_order = g_array_new (FALSE, FALSE, sizeof (guint));
  self->node_grid = runnel_grid_new ();
  self->link_grid = runnel_grid_new ();
  runnel_scene_init_routes (self);
  self->damage = g_array_new (FALSE, FALSE, sizeof (RunnelBox));
  self->all_damaged = TRUE;
  return self;
}

void
runnel_scene_set_text (char       **text,
                       const char  *value)
{
  char *fresh = value != NULL ? g_ref_string_new_intern (value) : NULL;

  g_clear_pointer (text, g_ref_string_release);
  *text = fresh;
}

static void
clear_detail (RunnelNodeDetail *detail)
{
  g_clear_pointer (&detail->id, g_free);
  g_clear_pointer (&detail->title, g_ref_string_release);
  g_clear_pointer (&detail->summary, g_ref_string_release);
  g_clear_pointer (&detail->status, g_ref_string_release);
  g_clear_pointer (&detail->count, g_ref_string_release);
  g_clear_pointer (&detail->change_text, g_ref_string_release);
  g_clear_pointer (&detail->legs, g_free);
  g_clear_pointer (&detail->trend, g_free);
}

/**
 * runnel_scene_clear:
 *
 * Takes everything away. All indices become invalid.
 */
void
runnel_scene_clear (RunnelScene *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_remove_all (self->by_id);
  for (guint i = 0; i < self->details->len; i++)
    clear_detail (runnel_scene_detail (self, i));
  runnel_scene_clear_areas (self);

  g_array_set_size (self->nodes, 0);
  g_array_set_size (self->details, 0);
  g_array_set_size (self->free_nodes, 0);
  g_array_set_size (self->links, 0);
  g_array_set_size (self->ends, 0);
  g_array_set_size (self->free_links, 0);
  g_array_set_size (self->stale_links, 0);
  g_array_set_size (self->disturbed, 0);
  runnel_grid_build (self->node_grid, NULL, 0);
  runnel_grid_build (self->link_grid, NULL, 0);
  self->n_nodes = 0;
  self->n_links = 0;
  self->all_damaged = TRUE;
  self->revision++;
}

void
runnel_scene_free (RunnelScene *self)
{
  g_return_if_fail (self != NULL);

  runnel_scene_clear (self);
  g_hash_table_unref (self->by_id);
  g_array_unref (self->nodes);
  g_array_unref (self->details);
  g_array_unref (self->free_nodes);
  g_array_unref (self->links);
  g_array_unref (self->ends);
  g_array_unref (self->free_links);
  g_array_unref (self->areas);
  g_array_unref (self->free_areas);
  runnel_scene_clear_routes (self);
  g_array_unref (self->area_order);
  g_array_unref (self->damage);
  runnel_grid_free (self->node_grid);
  runnel_grid_free (self->link_grid);
  g_free (self);
}

guint
runnel_scene_take_slot (GArray *items,
                        GArray *free_slots)
{
  guint slot;

  if (free_slots->len == 0)
    {
      g_array_set_size (items, items->len + 1);
      return items->len - 1;
    }

  slot = g_array_index (free_slots, guint, free_slots->len - 1);
  g_array_set_size (free_slots, free_slots->len - 1);
  memset (items->data + (gsize) slot * g_array_get_element_size (items), 0,
          g_array_get_element_size (items));
  return slot;
}

/* --- What is stale --- */

void
runnel_scene_damage (RunnelScene     *self,
                     const RunnelBox *box)
{
  self->revision++;

  if (self->all_damaged)
    return;

  if (self->damage->len < MAX_DAMAGE)
    g_array_append_val (self->damage, *box);
  else
    self->all_damaged = TRUE;
}

void
runnel_scene_damage_node (RunnelScene *self,
                          guint        node)
{
  const RunnelBox box = runnel_node_get_box (runnel_scene_node (self, node));
  const RunnelBox painted = runnel_box_grow (&box, RUNNEL_NODE_OVERHANG);

  runnel_scene_damage (self, &painted);
}

/**
 * runnel_scene_get_damage:
 * @ret_all: whether all is stale, whatever the boxes are
 *
 * Settles the scene first: the new ways of links are part of what is stale.
 *
 * Returns: (transfer none) (array length=ret_n_boxes): valid until the next change
 */
const RunnelBox *
runnel_scene_get_damage (RunnelScene *self,
                         guint       *ret_n_boxes,
                         gboolean    *ret_all)
{
  g_return_val_if_fail (self != NULL, NULL);

  runnel_scene_settle (self);
  *ret_n_boxes = self->damage->len;
  *ret_all = self->all_damaged;
  return (const RunnelBox *) (gpointer) self->damage->data;
}

void
runnel_scene_clear_damage (RunnelScene *self)
{
  g_return_if_fail (self != NULL);

  g_array_set_size (self->damage, 0);
  self->all_damaged = FALSE;
}

guint64
runnel_scene_get_revision (RunnelScene *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->revision;
}

/* Nodes lie in the grid by their origin: each is then in one cell only. */
static void
build_node_grid (RunnelScene *self)
{
  g_autofree RunnelBox *boxes = g_new (RunnelBox, self->nodes->len);

  for (guint i = 0; i < self->nodes->len; i++)
    {
      const RunnelNode *node = runnel_scene_node (self, i);

      boxes[i] = (RunnelBox) { node->x, node->y, node->alive ? node->x : -INFINITY, node->y };
    }

  runnel_grid_build (self->node_grid, boxes, self->nodes->len);
}

static void
build_link_grid (RunnelScene *self)
{
  g_autofree RunnelBox *boxes = g_new (RunnelBox, self->links->len);

  for (guint i = 0; i < self->links->len; i++)
    {
      boxes[i] = runnel_scene_get_link_box (self, i);
      if (!runnel_scene_link (self, i)->alive)
        boxes[i].x1 = -INFINITY;
    }

  runnel_grid_build (self->link_grid, boxes, self->links->len);
}

void
runnel_scene_settle (RunnelScene *self)
{
  if (runnel_grid_is_worn (self->node_grid))
    build_node_grid (self);
  runnel_scene_route_links (self);
  if (runnel_grid_is_worn (self->link_grid))
    build_link_grid (self);
  if (self->areas_mixed)
    runnel_scene_sort_areas (self);
}

/* --- Nodes --- */

gboolean
runnel_scene_has_node (RunnelScene *self,
                       guint        node)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return node < self->nodes->len && runnel_scene_node (self, node)->alive;
}

/**
 * runnel_scene_add_node:
 * @id: unique among the nodes
 * @x: left edge in world units
 * @y: top edge
 *
 * The title is @id until another is set.
 *
 * Returns: the node's index
 */
guint
runnel_scene_add_node (RunnelScene *self,
                       const char  *id,
                       RunnelIcon   icon,
                       double       x,
                       double       y)
{
  RunnelNodeDetail *detail;
  RunnelNode *node;
  guint index;

  g_return_val_if_fail (self != NULL && id != NULL, RUNNEL_NO_INDEX);
  g_return_val_if_fail (!g_hash_table_contains (self->by_id, id), RUNNEL_NO_INDEX);

  index = runnel_scene_take_slot (self->nodes, self->free_nodes);
  if (index >= self->details->len)
    g_array_set_size (self->details, index + 1);

  node = runnel_scene_node (self, index);
  node->x = CLAMP (x, -WORLD_LIMIT, WORLD_LIMIT);
  node->y = CLAMP (y, -WORLD_LIMIT, WORLD_LIMIT);
  node->icon = icon;
  node->progress = RUNNEL_PROGRESS_UNKNOWN;
  node->alive = TRUE;

  detail = runnel_scene_detail (self, index);
  *detail = (RunnelNodeDetail) { .id = g_strdup (id),
                                 .first_out = RUNNEL_NO_INDEX,
                                 .first_in = RUNNEL_NO_INDEX,
                                 .host = RUNNEL_NO_INDEX };
  runnel_scene_set_text (&detail->title, id);
  g_hash_table_insert (self->by_id, detail->id, GUINT_TO_POINTER (index));

  self->n_nodes++;
  runnel_grid_touch (self->node_grid, index);
  runnel_scene_disturb (self, index);
  runnel_scene_damage_node (self, index);
  return index;
}

/**
 * runnel_scene_remove_node:
 *
 * Takes the node's links away as well.
 */
void
runnel_scene_remove_node (RunnelScene *self,
                          guint        node)
{
  g_return_if_fail (runnel_scene_has_node (self, node));

  runnel_scene_unlink_all (self, node);
  runnel_scene_damage_node (self, node);
  runnel_scene_disturb (self, node);
  g_hash_table_remove (self->by_id, runnel_scene_detail (self, node)->id);
  clear_detail (runnel_scene_detail (self, node));
  runnel_scene_node (self, node)->alive = FALSE;
  runnel_grid_touch (self->node_grid, node);
  g_array_append_val (self->free_nodes, node);
  self->n_nodes--;
}

gboolean
runnel_scene_find_node (RunnelScene *self,
                        const char  *id,
                        guint       *ret_node)
{
  gpointer value;

  g_return_val_if_fail (self != NULL && id != NULL, FALSE);

  if (!g_hash_table_lookup_extended (self->by_id, id, NULL, &value))
    return FALSE;

  *ret_node = GPOINTER_TO_UINT (value);
  return TRUE;
}

guint
runnel_scene_get_node_limit (RunnelScene *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->nodes->len;
}

guint
runnel_scene_get_n_nodes (RunnelScene *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_nodes;
}

const char *
runnel_scene_get_node_id (RunnelScene *self,
                          guint        node)
{
  g_return_val_if_fail (runnel_scene_has_node (self, node), NULL);

  return runnel_scene_detail (self, node)->id;
}

void
runnel_scene_rename_node (RunnelScene *self,
                          guint        node,
                          const char  *id)
{
  RunnelNodeDetail *detail;

  g_return_if_fail (runnel_scene_has_node (self, node) && id != NULL);
  g_return_if_fail (!g_hash_table_contains (self->by_id, id));

  detail = runnel_scene_detail (self, node);
  g_hash_table_remove (self->by_id, detail->id);
  g_free (detail->id);
  detail->id = g_strdup (id);
  g_hash_table_insert (self->by_id, detail->id, GUINT_TO_POINTER (node));
}

void
runnel_scene_get_node_box (RunnelScene *self,
                           guint        node,
                           RunnelBox   *ret_box)
{
  g_return_if_fail (runnel_scene_has_node (self, node));

  *ret_box = runnel_node_get_box (runnel_scene_node (self, node));
}

/**
 * runnel_scene_move_node:
 * @x: the new left edge in world units
 * @y: the new top edge
 */
void
runnel_scene_move_node (RunnelScene *self,
                        guint        node,
                        double       x,
                        double       y)
{
  RunnelNode *hot;

  g_return_if_fail (runnel_scene_has_node (self, node));

  hot = runnel_scene_node (self, node);
  x = CLAMP (x, -WORLD_LIMIT, WORLD_LIMIT);
  y = CLAMP (y, -WORLD_LIMIT, WORLD_LIMIT);
  if (hot->x == (float) x && hot->y == (float) y)
    return;

  runnel_scene_damage_node (self, node);
  runnel_scene_disturb (self, node);
  hot->x = x;
  hot->y = y;
  runnel_grid_touch (self->node_grid, node);
  runnel_scene_damage_node (self, node);
  runnel_scene_disturb (self, node);

  for (guint i = runnel_scene_first_out (self, node); i != RUNNEL_NO_INDEX;
       i = runnel_scene_next_out (self, i))
    runnel_scene_make_link_stale (self, i);
  for (guint i = runnel_scene_first_in (self, node); i != RUNNEL_NO_INDEX;
       i = runnel_scene_next_in (self, i))
    runnel_scene_make_link_stale (self, i);
}

void
runnel_scene_set_node_icon (RunnelScene *self,
                            guint        node,
                            RunnelIcon   icon)
{
  g_return_if_fail (runnel_scene_has_node (self, node));

  if (runnel_scene_node (self, node)->icon == icon)
    return;

  runnel_scene_node (self, node)->icon = icon;
  runnel_scene_damage_node (self, node);
}

void
runnel_scene_set_node_title (RunnelScene *self,
                             guint        node,
                             const char  *title)
{
  g_return_if_fail (runnel_scene_has_node (self, node) && title != NULL);

  if (g_str_equal (runnel_scene_detail (self, node)->title, title))
    return;

  runnel_scene_set_text (&runnel_scene_detail (self, node)->title, title);
  runnel_scene_damage_node (self, node);
}

void
runnel_scene_set_node_summary (RunnelScene *self,
                               guint        node,
                               const char  *summary)
{
  g_return_if_fail (runnel_scene_has_node (self, node));

  if (g_strcmp0 (runnel_scene_detail (self, node)->summary, summary) == 0)
    return;

  runnel_scene_set_text (&runnel_scene_detail (self, node)->summary, summary);
  runnel_scene_damage_node (self, node);
}

void
runnel_scene_set_node_badges (RunnelScene *self,
                              guint        node,
                              RunnelBadges badges)
{
  g_return_if_fail (runnel_scene_has_node (self, node));

  if (runnel_scene_node (self, node)->badges == badges)
    return;

  runnel_scene_node (self, node)->badges = badges;
  runnel_scene_damage_node (self, node);
}

const char *
runnel_scene_get_node_change (RunnelScene *self,
                              guint        node)
{
  g_return_val_if_fail (runnel_scene_has_node (self, node), NULL);

  return runnel_scene_detail (self, node)->change_text;
}

void
runnel_scene_set_node_change (RunnelScene  *self,
                              guint         node,
                              RunnelChange  change,
                              const char   *text)
{
  RunnelNodeDetail *detail;

  g_return_if_fail (runnel_scene_has_node (self, node) && change < RUNNEL_N_CHANGES);

  detail = runnel_scene_detail (self, node);
  if (detail->change == change && g_strcmp0 (detail->change_text, text) == 0)
    return;

  detail->change = change;
  runnel_scene_set_text (&detail->change_text, text);
  runnel_scene_damage_node (self, node);
}

void
runnel_scene_set_node_count (RunnelScene *self,
                             guint        node,
                             const char  *count)
{
  g_return_if_fail (runnel_scene_has_node (self, node));

  if (g_strcmp0 (runnel_scene_detail (self, node)->count, count) == 0)
    return;

  runnel_scene_set_text (&runnel_scene_detail (self, node)->count, count);
  runnel_scene_damage_node (self, node);
}

RunnelNodeFlags
runnel_scene_get_node_flags (RunnelScene *self,
                             guint        node)
{
  g_return_val_if_fail (runnel_scene_has_node (self, node), 0);

  return runnel_scene_node (self, node)->flags;
}

void
runnel_scene_set_node_flags (RunnelScene    *self,
                             guint           node,
                             RunnelNodeFlags mask,
                             RunnelNodeFlags values)
{
  RunnelNode *hot;
  guint16 flags;

  g_return_if_fail (runnel_scene_has_node (self, node));

  hot = runnel_scene_node (self, node);
  flags = (hot->flags & ~mask) | (values & mask);
  if (hot->flags == flags)
    return;

  if ((hot->flags ^ flags) & RUNNEL_NODE_AFLOAT)
    runnel_scene_disturb (self, node);
  hot->flags = flags;
  runnel_scene_damage_node (self, node);
}

RunnelState
runnel_scene_get_node_state (RunnelScene *self,
                             guint        node)
{
  g_return_val_if_fail (runnel_scene_has_node (self, node), RUNNEL_STATE_PENDING);

  return runnel_scene_node (self, node)->state;
}

static guint8
to_percent (double progress)
{
  return progress < 0 ? RUNNEL_PROGRESS_UNKNOWN : (guint8) (MIN (progress, 1.0) * 100);
}

/**
 * runnel_scene_set_node_state:
 * @progress: share done, 0 to 1; negative when it is not known
 * @text: (nullable): the state in words, translated, with what else is known: "Failed, exit code 1"
 */
void
runnel_scene_set_node_state (RunnelScene *self,
                             guint        node,
                             RunnelState  state,
                             double       progress,
                             const char  *text)
{
  RunnelNodeDetail *detail;
  RunnelNode *hot;

  g_return_if_fail (runnel_scene_has_node (self, node) && state < RUNNEL_N_STATES);

  hot = runnel_scene_node (self, node);
  detail = runnel_scene_detail (self, node);
  if ((hot->flags & RUNNEL_NODE_IN_RUN) && hot->state == state
      && hot->progress == to_percent (progress) && g_strcmp0 (detail->status, text) == 0)
    return;

  hot->flags |= RUNNEL_NODE_IN_RUN;
  hot->state = state;
  hot->progress = to_percent (progress);
  runnel_scene_set_text (&detail->status, text);
  runnel_scene_damage_node (self, node);
}

/**
 * runnel_scene_set_node_legs:
 * @legs: (nullable): how the legs of a matrix step stand, %NULL for a step without
 */
void
runnel_scene_set_node_legs (RunnelScene      *self,
                            guint             node,
                            const RunnelLegs *legs)
{
  RunnelNodeDetail *detail;

  g_return_if_fail (runnel_scene_has_node (self, node));

  detail = runnel_scene_detail (self, node);
  if (runnel_legs_equal (detail->legs, legs))
    return;

  g_free (detail->legs);
  detail->legs = legs != NULL ? g_memdup2 (legs, sizeof *legs) : NULL;
  runnel_scene_damage_node (self, node);
}

static gboolean
trends_equal (const RunnelTrend *a,
              const RunnelTrend *b)
{
  if (a == NULL || b == NULL)
    return a == b;

  return a->n_runs == b->n_runs && memcmp (a->runs, b->runs, a->n_runs * sizeof a->runs[0]) == 0;
}

/**
 * runnel_scene_set_node_trend:
 * @trend: (nullable): how long the step took in the latest runs, %NULL when it never ran
 */
void
runnel_scene_set_node_trend (RunnelScene       *self,
                             guint              node,
                             const RunnelTrend *trend)
{
  RunnelNodeDetail *detail;

  g_return_if_fail (runnel_scene_has_node (self, node));

  detail = runnel_scene_detail (self, node);
  if (trends_equal (detail->trend, trend))
    return;

  g_free (detail->trend);
  detail->trend = trend != NULL ? g_memdup2 (trend, sizeof *trend) : NULL;
  runnel_scene_damage_node (self, node);
}

/**
 * runnel_scene_clear_states:
 *
 * All nodes look as they do while no run is shown.
 */
void
runnel_scene_clear_states (RunnelScene *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < self->nodes->len; i++)
    {
      RunnelNode *node = runnel_scene_node (self, i);

      if (!node->alive || !(node->flags & RUNNEL_NODE_IN_RUN))
        continue;

      node->flags &= ~RUNNEL_NODE_IN_RUN;
      node->state = RUNNEL_STATE_PENDING;
      node->progress = RUNNEL_PROGRESS_UNKNOWN;
      runnel_scene_set_text (&runnel_scene_detail (self, i)->status, NULL);
      g_clear_pointer (&runnel_scene_detail (self, i)->legs, g_free);
      runnel_scene_damage_node (self, i);
    }
}

/**
 * runnel_scene_set_phase:
 * @phase: counts eighths of a turn; for moving the icons of running steps
 */
void
runnel_scene_set_phase (RunnelScene *self,
                        guint        phase)
{
  g_return_if_fail (self != NULL);

  if (self->phase == phase % 8)
    return;

  self->phase = phase % 8;
  for (guint i = 0; i < self->nodes->len; i++)
    {
      const RunnelNode *node = runnel_scene_node (self, i);
      const float x = node->x + RUNNEL_STATE_ICON_X, y = node->y + RUNNEL_STATE_ICON_Y;
      const RunnelBox icon = { x, y, x, y };
      const RunnelBox painted = runnel_box_grow (&icon, RUNNEL_STATE_ICON_REACH);

      if (node->alive && node->state == RUNNEL_STATE_RUNNING && (node->flags & RUNNEL_NODE_IN_RUN))
        runnel_scene_damage (self, &painted);
    }
}

/**
 * runnel_scene_get_extents:
 *
 * Returns: %FALSE when the scene is empty; @ret_box is then unchanged
 */
gboolean
runnel_scene_get_extents (RunnelScene *self,
                          RunnelBox   *ret_box)
{
  RunnelBox all = { INFINITY, INFINITY, -INFINITY, -INFINITY };

  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0; i < self->nodes->len; i++)
    {
      const RunnelNode *node = runnel_scene_node (self, i);

      if (!runnel_node_is_shown (node))
        continue;
      all.x0 = MIN (all.x0, node->x);
      all.y0 = MIN (all.y0, node->y);
      all.x1 = MAX (all.x1, node->x + RUNNEL_NODE_WIDTH);
      all.y1 = MAX (all.y1, node->y + RUNNEL_NODE_HEIGHT);
    }

  for (guint i = 0; i < self->areas->len; i++)
    {
      const RunnelArea *area = runnel_scene_area (self, i);

      if (!area->alive)
        continue;
      all.x0 = MIN (all.x0, area->box.x0);
      all.y0 = MIN (all.y0, area->box.y0);
      all.x1 = MAX (all.x1, area->box.x1);
      all.y1 = MAX (all.y1, area->box.y1);
    }

  if (all.x0 > all.x1)
    return FALSE;

  *ret_box = all;
  return TRUE;
}
