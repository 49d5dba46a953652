/* runnel-canvas-align.c: the selected steps in a line, or at equal distances
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/canvas/runnel-canvas-private.h"

/* The selected steps that may move: where they are, to be changed. */
typedef struct
{
  GStrv ids;
  RunnelPoint *points;
  guint n;
} Cards;

static void
cards_init (Cards        *self,
            RunnelCanvas *canvas)
{
  g_autoptr(GArray) nodes = runnel_canvas_list_movable (canvas);

  self->n = nodes->len;
  self->ids = runnel_canvas_list_ids (canvas, nodes);
  self->points = g_new (RunnelPoint, MAX (1, self->n));
  for (guint i = 0; i < self->n; i++)
    self->points[i] = runnel_canvas_layout_get_position (canvas, self->ids[i]);
}

static void
cards_clear (Cards *self)
{
  g_clear_pointer (&self->ids, g_strfreev);
  g_clear_pointer (&self->points, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Cards, cards_clear)

static void
cards_apply (Cards        *self,
             RunnelCanvas *canvas,
             const char   *label)
{
  RunnelEdit *move = runnel_edit_new_move_steps ((const char *const *) self->ids, self->points,
                                                 self->n);

  runnel_canvas_travel_expect (canvas);
  runnel_canvas_apply (canvas, runnel_edit_new_compound (label, &move, 1));
}

/* Puts the selected steps in a line, those apart that would lie upon each other. */
void
runnel_canvas_align (RunnelCanvas    *self,
                     RunnelAlignment  alignment)
{
  g_auto(Cards) cards = { NULL };

  cards_init (&cards, self);
  if (!runnel_canvas_can_edit (self) || cards.n < 2)
    return;

  runnel_align (alignment, cards.points, cards.n);
  cards_apply (&cards, self, _("Align"));
}

/* Makes the distances between the selected steps equal. */
void
runnel_canvas_distribute (RunnelCanvas *self,
                          gboolean      vertically)
{
  g_auto(Cards) cards = { NULL };

  cards_init (&cards, self);
  if (!runnel_canvas_can_edit (self) || cards.n < 3)
    return;

  runnel_distribute (vertically, cards.points, cards.n);
  cards_apply (&cards, self, _("Distribute"));
}
