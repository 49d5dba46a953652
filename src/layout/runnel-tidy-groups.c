/* runnel-tidy-groups.c: frames keep their members, and other frames are kept clear
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "layout/runnel-measures.h"
#include "layout/runnel-tidy-private.h"
#include "model/runnel-areas.h"

/* The members of a group that are steps of the pipeline, as far as they are put in order or not. */
typedef struct
{
  GArray *moving;  /* guint: ranks */
  GArray *staying; /* RunnelPoint */
} Members;

static void
members_init (Members           *self,
              const RunnelGroup *group,
              RunnelPipeline    *pipeline,
              GHashTable        *places,
              GHashTable        *ranks)
{
  guint n = group->steps != NULL ? json_array_get_length (group->steps) : 0;

  self->moving = g_array_new (FALSE, FALSE, sizeof (guint));
  self->staying = g_array_new (FALSE, FALSE, sizeof (RunnelPoint));

  for (guint i = 0; i < n; i++)
    {
      JsonNode *element = json_array_get_element (group->steps, i);
      const char *id = JSON_NODE_HOLDS_VALUE (element) ? json_node_get_string (element) : NULL;
      RunnelPoint place;
      gpointer rank;

      if (id == NULL || !runnel_pipeline_find_step (pipeline, id, NULL))
        continue;

      place = _runnel_tidy_get_place (pipeline, places, id);
      if (g_hash_table_lookup_extended (ranks, id, NULL, &rank))
        {
          guint index = GPOINTER_TO_UINT (rank);

          g_array_append_val (self->moving, index);
        }
      else if (_runnel_tidy_is_somewhere (&place))
        {
          g_array_append_val (self->staying, place);
        }
    }
}

static void
members_clear (Members *self)
{
  g_clear_pointer (&self->moving, g_array_unref);
  g_clear_pointer (&self->staying, g_array_unref);
}

/* The frame around steps that stay. */
static RunnelBox
members_get_frame (const Members *self)
{
  RunnelBox frame = { G_MAXFLOAT, G_MAXFLOAT, -G_MAXFLOAT, -G_MAXFLOAT };

  for (guint i = 0; i < self->staying->len; i++)
    {
      RunnelBox card = _runnel_tidy_make_card (g_array_index (self->staying, RunnelPoint, i));

      frame = (RunnelBox) { MIN (frame.x0, card.x0), MIN (frame.y0, card.y0),
                            MAX (frame.x1, card.x1), MAX (frame.y1, card.y1) };
    }

  return (RunnelBox) { frame.x0 - RUNNEL_GROUP_PADDING,
                       frame.y0 - RUNNEL_GROUP_PADDING - RUNNEL_GROUP_TITLE,
                       frame.x1 + RUNNEL_GROUP_PADDING, frame.y1 + RUNNEL_GROUP_PADDING };
}

/* A step belongs to the first group that has it. */
static void
add_group (RunnelTidy    *self,
           const Members *members)
{
  for (guint i = 0; i < members->moving->len; i++)
    {
      guint *group = &self->group_of[g_array_index (members->moving, guint, i)];

      if (*group == G_MAXUINT)
        *group = self->n_groups;
    }

  self->n_groups++;
}

/* Groups of which all steps are put in order stay together. Nothing is put into the frame of one
 * whose steps all stay. Where some move and some stay, the frame follows. */
void
_runnel_tidy_read_groups (RunnelTidy     *self,
                          RunnelPipeline *pipeline,
                          GHashTable     *places,
                          GHashTable     *ranks)
{
  g_autoptr(GArray) groups = runnel_pipeline_list_groups (pipeline);

  if (groups->len == 0)
    return;

  self->group_of = g_new (guint, self->ids->len);
  for (guint i = 0; i < self->ids->len; i++)
    self->group_of[i] = G_MAXUINT;

  for (guint i = 0; i < groups->len; i++)
    {
      Members members;

      members_init (&members, &g_array_index (groups, RunnelGroup, i), pipeline, places, ranks);
      if (members.staying->len == 0)
        {
          add_group (self, &members);
        }
      else if (members.moving->len == 0)
        {
          RunnelBox frame = members_get_frame (&members);

          g_array_append_val (self->others, frame);
        }
      members_clear (&members);
    }
}
