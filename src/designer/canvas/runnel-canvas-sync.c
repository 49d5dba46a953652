/* runnel-canvas-sync.c: the scene follows the document
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-canvas-private.h"
#include "designer/canvas/runnel-scene-step.h"
#include "model/runnel-step-needs.h"
#include "util/runnel-sort.h"

static void
sync_card (RunnelCanvas *self,
           guint         node,
           RunnelStep   *step)
{
  runnel_scene_show_step (self->scene, node, step, runnel_canvas_get_badges (self, node));
}

static guint
add_node (RunnelCanvas *self,
          RunnelStep   *step)
{
  RunnelPoint point = runnel_canvas_layout_get_position (self, step->id);
  guint node = runnel_scene_add_node (self->scene, step->id, runnel_icon_for_kind (step->kind),
                                      point.x, point.y);

  sync_card (self, node, step);
  runnel_canvas_state_show (self, node);
  runnel_canvas_trends_show (self, node);
  runnel_canvas_found_show (self, node);

  return node;
}

static void
remove_old_links (RunnelCanvas *self,
                  guint         node,
                  RunnelStep   *step)
{
  guint link = runnel_scene_first_in (self->scene, node);

  while (link != RUNNEL_NO_INDEX)
    {
      guint next = runnel_scene_next_in (self->scene, link);
      guint from, to;
      RunnelOn on;

      runnel_scene_get_link (self->scene, link, &from, &to, &on);
      if (!runnel_step_has_need (step, runnel_canvas_get_node_id (self, from), on))
        {
          runnel_canvas_forget_link (self, link);
          runnel_scene_remove_link (self->scene, link);
        }

      link = next;
    }
}

static void
remove_node (RunnelCanvas *self,
             guint         node)
{
  for (guint link = runnel_scene_first_in (self->scene, node); link != RUNNEL_NO_INDEX;
       link = runnel_scene_next_in (self->scene, link))
    runnel_canvas_forget_link (self, link);

  for (guint link = runnel_scene_first_out (self->scene, node); link != RUNNEL_NO_INDEX;
       link = runnel_scene_next_out (self->scene, link))
    runnel_canvas_forget_link (self, link);

  runnel_canvas_forget_node (self, node);
  runnel_scene_remove_node (self->scene, node);
}

/* The ids of the last edit, sorted by what happened to them. */
typedef struct
{
  GPtrArray *gone;    /* ids of nodes without a step */
  GPtrArray *changed; /* steps with a node */
  GArray *added;      /* indices (guint) of steps without a node, ascending */
} Changes;

static void
changes_init (Changes      *changes,
              RunnelCanvas *self)
{
  GHashTableIter iter;
  const char *id;
  guint index;

  changes->gone = g_ptr_array_new ();
  changes->changed = g_ptr_array_new ();
  changes->added = g_array_new (FALSE, FALSE, sizeof (guint));

  g_hash_table_iter_init (&iter, self->changed_ids);
  while (g_hash_table_iter_next (&iter, (gpointer *) &id, NULL))
    {
      gboolean has_node = runnel_canvas_find_node (self, id) != RUNNEL_NO_INDEX;

      if (!runnel_pipeline_find_step (self->pipeline, id, &index))
        {
          if (has_node)
            g_ptr_array_add (changes->gone, (gpointer) id);
        }
      else if (has_node)
        g_ptr_array_add (changes->changed, runnel_pipeline_get_step (self->pipeline, index));
      else if (id[0] != '\0')
        g_array_append_val (changes->added, index);
    }

  g_array_sort (changes->added, runnel_compare_guint);
}

static void
changes_clear (Changes *changes)
{
  g_clear_pointer (&changes->gone, g_ptr_array_unref);
  g_clear_pointer (&changes->changed, g_ptr_array_unref);
  g_clear_pointer (&changes->added, g_array_unref);
}

static RunnelStep *
get_added (Changes      *changes,
           RunnelCanvas *self,
           guint         i)
{
  return runnel_pipeline_get_step (self->pipeline, g_array_index (changes->added, guint, i));
}

/* One step gone and one come is a step with another id: its node stays, and stays selected. */
static void
changes_take_rename (Changes      *changes,
                     RunnelCanvas *self)
{
  const char *before;
  RunnelStep *step;

  if (changes->gone->len != 1 || changes->added->len != 1)
    return;

  before = g_ptr_array_index (changes->gone, 0);
  step = get_added (changes, self, 0);
  runnel_canvas_layout_rename (self, before, step->id);
  runnel_scene_rename_node (self->scene, runnel_canvas_find_node (self, before), step->id);
  g_ptr_array_set_size (changes->gone, 0);
  g_ptr_array_add (changes->changed, step);
  g_array_set_size (changes->added, 0);
}

/* A step that comes back may be needed by steps that were not touched. */
static void
changes_link_to_added (Changes      *changes,
                       RunnelCanvas *self)
{
  g_autoptr(GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  guint n_steps = runnel_pipeline_get_n_steps (self->pipeline);

  for (guint i = 0; i < changes->added->len; i++)
    g_hash_table_add (ids, (gpointer) get_added (changes, self, i)->id);

  for (guint i = 0; i < n_steps && changes->added->len > 0; i++)
    {
      RunnelStep *step = runnel_pipeline_get_step (self->pipeline, i);
      gboolean touched = FALSE;

      for (guint n = 0; n < step->n_needs; n++)
        touched |= g_hash_table_contains (ids, step->needs[n].step);
      if (touched && runnel_canvas_layout_is_shown (self, i))
        runnel_scene_add_step_links (self->scene, runnel_canvas_find_node (self, step->id), step);
    }
}

static void
changes_show (Changes      *changes,
              RunnelCanvas *self)
{
  for (guint i = 0; i < changes->gone->len; i++)
    remove_node (self, runnel_canvas_find_node (self, g_ptr_array_index (changes->gone, i)));

  for (guint i = 0; i < changes->added->len; i++)
    add_node (self, get_added (changes, self, i));

  for (guint i = 0; i < changes->changed->len; i++)
    {
      RunnelStep *step = g_ptr_array_index (changes->changed, i);
      guint node = runnel_canvas_find_node (self, step->id);

      sync_card (self, node, step);
      remove_old_links (self, node, step);
      runnel_scene_add_step_links (self->scene, node, step);
    }

  for (guint i = 0; i < changes->added->len; i++)
    {
      RunnelStep *step = get_added (changes, self, i);

      runnel_scene_add_step_links (self->scene, runnel_canvas_find_node (self, step->id), step);
    }

  changes_link_to_added (changes, self);
}

static void
sync_positions (RunnelCanvas *self)
{
  guint n_steps = runnel_pipeline_get_n_steps (self->pipeline);

  for (guint i = 0; i < n_steps; i++)
    {
      const char *id = runnel_pipeline_get_step (self->pipeline, i)->id;
      RunnelPoint point = runnel_canvas_layout_get_position (self, id);
      guint node = runnel_canvas_find_node (self, id);

      if (node != RUNNEL_NO_INDEX
          && runnel_scene_get_node_host (self->scene, node) == RUNNEL_NO_INDEX)
        runnel_canvas_travel_add (self, node, point);
    }

  runnel_canvas_travel_start (self);
}

static void
step_changed_cb (RunnelCanvas *self,
                 const char   *id)
{
  g_assert (RUNNEL_IS_CANVAS (self));

  g_hash_table_add (self->changed_ids, g_strdup (id));
}

static void
layout_changed_cb (RunnelCanvas *self)
{
  g_assert (RUNNEL_IS_CANVAS (self));

  self->layout_changed = TRUE;
}

static void
changed_cb (RunnelCanvas *self)
{
  guint n_selected = runnel_canvas_get_n_selected (self);
  guint n_areas = runnel_canvas_get_n_selected_areas (self);
  guint link = self->selected_link;
  Changes changes;

  g_assert (RUNNEL_IS_CANVAS (self));

  runnel_canvas_pointer_cancel (self);
  runnel_canvas_travel_finish (self);
  runnel_canvas_tidy_cancel (self);
  runnel_canvas_trace_clear (self);
  self->fitted = FALSE;

  changes_init (&changes, self);
  changes_take_rename (&changes, self);
  if (self->layout_changed || changes.added->len > 0)
    runnel_canvas_layout_place_missing (self);
  changes_show (&changes, self);
  changes_clear (&changes);
  g_hash_table_remove_all (self->changed_ids);

  runnel_canvas_sync_areas (self);
  if (self->layout_changed)
    {
      runnel_canvas_sync_pins (self);
      sync_positions (self);
    }
  self->layout_changed = FALSE;
  runnel_canvas_trace_update (self);
  runnel_canvas_update_actions (self);
  runnel_canvas_a11y_queue_update (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));

  if (n_selected != runnel_canvas_get_n_selected (self) || link != self->selected_link
      || n_areas != runnel_canvas_get_n_selected_areas (self))
    runnel_canvas_emit_selection_changed (self);
}

static void
forget_scene (RunnelCanvas *self)
{
  runnel_canvas_a11y_clear (self);
  runnel_canvas_trace_forget (self);
  g_hash_table_remove_all (self->selection);
  g_hash_table_remove_all (self->arranged);
  g_hash_table_remove_all (self->changed_ids);
  g_hash_table_remove_all (self->states);
  g_hash_table_remove_all (self->pinned);
  g_hash_table_remove_all (self->problems);
  runnel_canvas_areas_clear (self);
  runnel_canvas_state_stop_animation (self);
  runnel_canvas_tidy_cancel (self);
  runnel_canvas_travel_forget (self);
  self->n_running = 0;
  self->selected_link = RUNNEL_NO_INDEX;
  self->focus_node = RUNNEL_NO_INDEX;
  self->hovered_node = RUNNEL_NO_INDEX;
  self->hovered_link = RUNNEL_NO_INDEX;
  self->hovered_part = RUNNEL_HIT_NOTHING;
  self->aimed_link = RUNNEL_NO_INDEX;
  runnel_scene_clear (self->scene);
}

/* Builds the scene anew from the whole pipeline. */
void
runnel_canvas_sync_all (RunnelCanvas *self)
{
  guint n_steps = 0;

  forget_scene (self);

  if (self->pipeline != NULL)
    {
      runnel_canvas_layout_place_missing (self);
      runnel_canvas_sync_pins (self);
      n_steps = runnel_pipeline_get_n_steps (self->pipeline);

      for (guint i = 0; i < n_steps; i++)
        if (runnel_canvas_layout_is_shown (self, i))
          add_node (self, runnel_pipeline_get_step (self->pipeline, i));

      for (guint i = 0; i < n_steps; i++)
        {
          RunnelStep *step = runnel_pipeline_get_step (self->pipeline, i);

          if (runnel_canvas_layout_is_shown (self, i))
            runnel_scene_add_step_links (self->scene, runnel_canvas_find_node (self, step->id), step);
        }

      runnel_canvas_sync_areas (self);
    }

  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
runnel_canvas_sync_init (RunnelCanvas *self)
{
  self->changed_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->arranged = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->pinned = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->problems = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->states = runnel_canvas_state_table_new ();
  runnel_canvas_areas_init (self);

  self->pipeline_signals = g_signal_group_new (RUNNEL_TYPE_PIPELINE);
  g_signal_group_connect_swapped (self->pipeline_signals, "step-changed",
                                  G_CALLBACK (step_changed_cb), self);
  g_signal_group_connect_swapped (self->pipeline_signals, "layout-changed",
                                  G_CALLBACK (layout_changed_cb), self);
  g_signal_group_connect_swapped (self->pipeline_signals, "changed", G_CALLBACK (changed_cb), self);

  self->document_signals = g_signal_group_new (RUNNEL_TYPE_DOCUMENT);
  g_signal_group_connect_swapped (self->document_signals, "notify::can-undo",
                                  G_CALLBACK (runnel_canvas_update_actions), self);
  g_signal_group_connect_swapped (self->document_signals, "notify::can-redo",
                                  G_CALLBACK (runnel_canvas_update_actions), self);
}

void
runnel_canvas_sync_clear (RunnelCanvas *self)
{
  g_clear_pointer (&self->changed_ids, g_hash_table_unref);
  g_clear_pointer (&self->arranged, g_hash_table_unref);
  g_clear_pointer (&self->pinned, g_hash_table_unref);
  g_clear_pointer (&self->problems, g_hash_table_unref);
  g_clear_pointer (&self->found, g_hash_table_unref);
  g_clear_pointer (&self->states, g_hash_table_unref);
  g_clear_pointer (&self->trends, g_hash_table_unref);
  g_clear_pointer (&self->marks, g_hash_table_unref);
  g_clear_pointer (&self->areas, g_ptr_array_unref);
  g_clear_pointer (&self->group_of, g_ptr_array_unref);
}
