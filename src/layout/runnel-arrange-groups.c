/* runnel-arrange-groups.c: the members of a group stay together
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each group is arranged by itself first. Then it is one large box among the steps that are in no
 * group, so that nobody else can get inside its frame.
 */
#include "config.h"

#include <math.h>

#include "layout/runnel-arrange-private.h"
#include "layout/runnel-measures.h"

/* From the top of a frame to its first row of cards, in whole grid steps. */
#define FRAME_TOP 56

/* A group with its members, or all that is outside: a graph of its own. */
typedef struct
{
  GArray *steps;  /* guint, of the whole graph */
  GArray *sizes;  /* RunnelArrangeSize */
  GArray *before; /* RunnelPoint */
  GArray *links;  /* RunnelArrangeLink, of the steps here */
  RunnelPoint *points;
} Box;

static void
box_init (Box *self)
{
  self->steps = g_array_new (FALSE, FALSE, sizeof (guint));
  self->sizes = g_array_new (FALSE, FALSE, sizeof (RunnelArrangeSize));
  self->before = g_array_new (FALSE, FALSE, sizeof (RunnelPoint));
  self->links = g_array_new (FALSE, FALSE, sizeof (RunnelArrangeLink));
}

static void
box_clear (Box *self)
{
  g_clear_pointer (&self->steps, g_array_unref);
  g_clear_pointer (&self->sizes, g_array_unref);
  g_clear_pointer (&self->before, g_array_unref);
  g_clear_pointer (&self->links, g_array_unref);
  g_clear_pointer (&self->points, g_free);
}

static guint
box_add (Box               *self,
         guint              step,
         RunnelArrangeSize  size,
         RunnelPoint        before)
{
  g_array_append_val (self->steps, step);
  g_array_append_val (self->sizes, size);
  g_array_append_val (self->before, before);

  return self->steps->len - 1;
}

static guint64
box_arrange (Box                      *self,
             const RunnelArrangeGraph *whole)
{
  const RunnelArrangeGraph graph = {
    .n_steps = self->steps->len,
    .sizes = (const RunnelArrangeSize *) self->sizes->data,
    .before = (const RunnelPoint *) self->before->data,
    .links = (const RunnelArrangeLink *) self->links->data,
    .n_links = self->links->len,
    .direction = whole->direction,
    .cancellable = whole->cancellable,
  };

  self->points = g_new0 (RunnelPoint, MAX (1, graph.n_steps));
  return _runnel_arrange_flat (&graph, self->points);
}

/* The size of an arranged group with its frame, in whole grid steps. */
static RunnelArrangeSize
box_get_size (const Box *self)
{
  RunnelArrangeSize size = { 0, 0 };

  for (guint i = 0; i < self->steps->len; i++)
    {
      const RunnelArrangeSize *step = &g_array_index (self->sizes, RunnelArrangeSize, i);

      size.width = MAX (size.width, self->points[i].x + step->width);
      size.height = MAX (size.height, self->points[i].y + step->height);
    }

  size.width += 2 * RUNNEL_GROUP_PADDING;
  size.height += FRAME_TOP + RUNNEL_GROUP_PADDING;

  return size;
}

/* The left upper corner of where the members were; nowhere when none of them was anywhere. */
static RunnelPoint
box_get_before (const Box *self)
{
  RunnelPoint corner = { NAN, NAN };

  for (guint i = 0; i < self->before->len; i++)
    {
      const RunnelPoint *point = &g_array_index (self->before, RunnelPoint, i);

      corner.x = fmin (corner.x, point->x);
      corner.y = fmin (corner.y, point->y);
    }

  return corner;
}

typedef struct
{
  const RunnelArrangeGraph *graph;
  Box *groups;
  Box outside;     /* steps without a group, then the groups that have steps */
  guint *local;    /* of each step in its box */
  guint *outer_of; /* of each step: its index outside, or that of its group */
  guint64 crossings;
} Groups;

static void
groups_add_steps (Groups *self)
{
  const RunnelArrangeGraph *graph = self->graph;

  for (guint v = 0; v < graph->n_steps; v++)
    {
      guint group = graph->group_of[v];
      RunnelPoint before = graph->before != NULL ? graph->before[v] : (RunnelPoint) { NAN, NAN };
      Box *box = group == G_MAXUINT ? &self->outside : &self->groups[group];

      self->local[v] = box_add (box, v, graph->sizes[v], before);
      self->outer_of[v] = self->local[v];
    }
}

static void
groups_add_inner_links (Groups *self)
{
  const RunnelArrangeGraph *graph = self->graph;

  for (guint i = 0; i < graph->n_links; i++)
    {
      guint group = graph->group_of[graph->links[i].from];
      RunnelArrangeLink link = { self->local[graph->links[i].from],
                                 self->local[graph->links[i].to] };

      if (group != G_MAXUINT && group == graph->group_of[graph->links[i].to])
        g_array_append_val (self->groups[group].links, link);
    }
}

/* Arranges each group and puts it among the steps outside. */
static void
groups_add_outside (Groups *self)
{
  for (guint g = 0; g < self->graph->n_groups; g++)
    {
      Box *box = &self->groups[g];
      guint index;

      if (box->steps->len == 0)
        continue;

      self->crossings += box_arrange (box, self->graph);
      index = box_add (&self->outside, G_MAXUINT, box_get_size (box), box_get_before (box));
      for (guint i = 0; i < box->steps->len; i++)
        self->outer_of[g_array_index (box->steps, guint, i)] = index;
    }
}

static void
groups_add_outer_links (Groups *self)
{
  const RunnelArrangeGraph *graph = self->graph;

  for (guint i = 0; i < graph->n_links; i++)
    {
      RunnelArrangeLink link = { self->outer_of[graph->links[i].from],
                                 self->outer_of[graph->links[i].to] };

      if (link.from != link.to)
        g_array_append_val (self->outside.links, link);
    }
}

static void
groups_write (Groups      *self,
              RunnelPoint *points)
{
  for (guint v = 0; v < self->graph->n_steps; v++)
    {
      guint group = self->graph->group_of[v];

      points[v] = self->outside.points[self->outer_of[v]];
      if (group != G_MAXUINT)
        {
          const RunnelPoint *inner = &self->groups[group].points[self->local[v]];

          points[v].x += RUNNEL_GROUP_PADDING + inner->x;
          points[v].y += FRAME_TOP + inner->y;
        }
    }
}

guint64
_runnel_arrange_grouped (const RunnelArrangeGraph *graph,
                         RunnelPoint              *points)
{
  Groups self = { .graph = graph };

  self.groups = g_new0 (Box, graph->n_groups);
  self.local = g_new (guint, graph->n_steps);
  self.outer_of = g_new (guint, graph->n_steps);
  box_init (&self.outside);
  for (guint g = 0; g < graph->n_groups; g++)
    box_init (&self.groups[g]);

  groups_add_steps (&self);
  groups_add_inner_links (&self);
  groups_add_outside (&self);
  groups_add_outer_links (&self);
  self.crossings += box_arrange (&self.outside, graph);
  groups_write (&self, points);

  for (guint g = 0; g < graph->n_groups; g++)
    box_clear (&self.groups[g]);
  box_clear (&self.outside);
  g_free (self.groups);
  g_free (self.local);
  g_free (self.outer_of);

  return self.crossings;
}
