/* runnel-canvas-travel.c: cards go to where an edit has put them so that eyes can follow
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The document is where it will be from the start; only the scene takes its time. Whatever the
 * person does next begins at the end.
 */
#include "config.h"

#include <adwaita.h>

#include "designer/canvas/runnel-canvas-private.h"

#define TRAVEL_TIME 200 /* milliseconds */
#define MAX_MOVES 300   /* more than these would cost frames, and no eye could follow */

typedef struct
{
  guint node;
  RunnelPoint from;
  RunnelPoint to;
} Move;

GArray *
runnel_canvas_travel_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (Move));
}

static void
show_cb (double   share,
         gpointer user_data)
{
  RunnelCanvas *self = user_data;

  for (guint i = 0; i < self->travel.moves->len; i++)
    {
      const Move *move = &g_array_index (self->travel.moves, Move, i);

      runnel_scene_move_node (self->scene, move->node,
                              move->from.x + (move->to.x - move->from.x) * share,
                              move->from.y + (move->to.y - move->from.y) * share);
    }

  runnel_canvas_areas_follow_all (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* The next edit moves steps in a way that eyes want to follow. */
void
runnel_canvas_travel_expect (RunnelCanvas *self)
{
  self->travel.expected = TRUE;
}

/* A node has another place in the document. */
void
runnel_canvas_travel_add (RunnelCanvas *self,
                          guint         node,
                          RunnelPoint   to)
{
  Move move = { .node = node, .to = to };
  RunnelBox box;

  runnel_scene_get_node_box (self->scene, node, &box);
  move.from = (RunnelPoint) { box.x0, box.y0 };
  if (box.x0 != (float) to.x || box.y0 != (float) to.y)
    g_array_append_val (self->travel.moves, move);
}

/* Takes the nodes that were added to their places. */
void
runnel_canvas_travel_start (RunnelCanvas *self)
{
  RunnelTravel *travel = &self->travel;

  if (!travel->expected || travel->moves->len > MAX_MOVES)
    {
      runnel_canvas_travel_finish (self);
    }
  else if (travel->moves->len > 0)
    {
      travel->animation = adw_timed_animation_new (
        GTK_WIDGET (self), 0, 1, TRAVEL_TIME,
        adw_callback_animation_target_new (show_cb, self, NULL));
      adw_animation_play (travel->animation);
    }

  travel->expected = FALSE;
}

/* Everything is where it was going to. */
void
runnel_canvas_travel_finish (RunnelCanvas *self)
{
  if (self->travel.moves->len > 0)
    show_cb (1, self);

  runnel_canvas_travel_forget (self);
}

/* The nodes are no more, or where they belong. */
void
runnel_canvas_travel_forget (RunnelCanvas *self)
{
  if (self->travel.animation != NULL)
    adw_animation_pause (self->travel.animation);
  g_clear_object (&self->travel.animation);
  g_array_set_size (self->travel.moves, 0);
}
