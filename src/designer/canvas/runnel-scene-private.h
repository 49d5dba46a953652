/* runnel-scene-private.h: the scene as picking and painting read it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/canvas/runnel-grid.h"
#include "designer/canvas/runnel-router.h"
#include "designer/canvas/runnel-palette.h"
#include "designer/canvas/runnel-scene.h"
#include "designer/canvas/runnel-wire.h"

G_BEGIN_DECLS

/* How far painting reaches beyond the boxes, world units. */
#define RUNNEL_NODE_OVERHANG 18.f /* shadow, ring, ports */
#define RUNNEL_LINK_OVERHANG 9.f  /* half the width, end marks */
#define RUNNEL_AREA_OVERHANG 18.f

/* Middle of the icon of the state on a card, and how far it reaches. */
#define RUNNEL_STATE_ICON_X 67
#define RUNNEL_STATE_ICON_Y 55
#define RUNNEL_STATE_ICON_REACH 8

#define RUNNEL_PROGRESS_UNKNOWN 255

/* What every pass over the nodes reads: 16 bytes. */
typedef struct
{
  float x;
  float y;
  guint16 flags;    /* RunnelNodeFlags */
  guint16 badges;   /* RunnelBadges */
  guint8 state;     /* RunnelState */
  guint8 icon;      /* RunnelIcon */
  guint8 progress;  /* 0..100 percent, or unknown */
  guint8 alive;
} RunnelNode;

/* What only the detailed picture and edits read. The texts are interned. */
typedef struct
{
  char *id;
  char *title;
  char *summary;     /* or NULL */
  char *status;      /* or NULL */
  char *count;       /* or NULL */
  char *change_text; /* or NULL */
  RunnelLegs *legs;  /* or NULL */
  RunnelTrend *trend; /* or NULL */
  guint first_out;
  guint first_in;
  guint host;        /* behind which it is hidden, or RUNNEL_NO_INDEX */
  guint tint;        /* of a closed group */
  guint8 n_links[RUNNEL_N_PORTS]; /* counted up to 255, where it stays */
  guint8 change;     /* RunnelChange */
} RunnelNodeDetail;

/* What every pass over the links reads: 108 bytes. */
typedef struct
{
  RunnelWire wire;
  guint16 flags;    /* RunnelLinkFlags */
  guint8 on;        /* RunnelOn */
  guint8 alive : 1;
  guint8 routed : 1; /* it has a way, maybe that of before */
  guint8 stale : 1;  /* it is in the list of those to route */
} RunnelLink;

typedef struct
{
  guint from;
  guint to;
  guint next_out;
  guint next_in;
  RunnelBox area; /* on the cards in there the way depends */
} RunnelLinkEnds;

typedef struct
{
  RunnelBox box;
  char *text;       /* interned, or NULL */
  guint tint;
  guint8 kind;      /* RunnelAreaKind */
  guint8 selected;
  guint8 target;    /* something would be dropped into it */
  guint8 depth;     /* of a group, by which it is drawn */
  guint8 alive;
} RunnelArea;

struct _RunnelScene
{
  GArray *nodes;          /* of RunnelNode */
  GArray *details;        /* of RunnelNodeDetail, same indices */
  GArray *free_nodes;     /* of guint */
  guint n_nodes;
  GHashTable *by_id;      /* id (borrowed) -> node */

  GArray *links;          /* of RunnelLink */
  GArray *ends;           /* of RunnelLinkEnds, same indices */
  GArray *free_links;
  guint n_links;

  RunnelRouter *router;
  RunnelLinkStyle link_style;
  gboolean hasty;         /* links look at no cards */
  GArray *stale_links;    /* of guint */
  GArray *disturbed;      /* of RunnelBox: where cards came or went */

  GArray *areas;          /* of RunnelArea: few, so they need no grid */
  GArray *free_areas;
  GArray *area_order;     /* of guint: from the back */
  gboolean areas_mixed;   /* the order must be made again */

  RunnelGrid *node_grid;
  RunnelGrid *link_grid;

  guint phase;
  guint64 revision;
  GArray *damage;         /* of RunnelBox */
  gboolean all_damaged;
};

#define runnel_scene_node(self, index) (&g_array_index ((self)->nodes, RunnelNode, (index)))
#define runnel_scene_detail(self, index) (&g_array_index ((self)->details, RunnelNodeDetail, (index)))
#define runnel_scene_link(self, index) (&g_array_index ((self)->links, RunnelLink, (index)))
#define runnel_scene_ends(self, index) (&g_array_index ((self)->ends, RunnelLinkEnds, (index)))
#define runnel_scene_area(self, index) (&g_array_index ((self)->areas, RunnelArea, (index)))

static inline RunnelBox
runnel_node_get_box (const RunnelNode *self)
{
  return (RunnelBox) { self->x, self->y, self->x + RUNNEL_NODE_WIDTH, self->y + RUNNEL_NODE_HEIGHT };
}

/* Whether there is a card to be drawn and picked. */
static inline gboolean
runnel_node_is_shown (const RunnelNode *self)
{
  return self->alive && !(self->flags & RUNNEL_NODE_HIDDEN);
}

static inline gboolean
runnel_link_is_shown (const RunnelLink *self)
{
  return self->alive && !(self->flags & RUNNEL_LINK_HIDDEN);
}

static inline RunnelBox
runnel_box_grow (const RunnelBox *self,
                 float            by)
{
  return (RunnelBox) { self->x0 - by, self->y0 - by, self->x1 + by, self->y1 + by };
}

/* The colour of its outcome, or of what became of it since an earlier version. */
RunnelColor runnel_link_get_color     (const RunnelLink *self,
                                       const RunnelPalette *palette);
RunnelDash runnel_link_get_dash       (const RunnelLink *self);
void       runnel_port_get_offset     (RunnelPort       self,
                                       float           *ret_x,
                                       float           *ret_y);

void       runnel_scene_damage        (RunnelScene     *self,
                                       const RunnelBox *box);
void       runnel_scene_damage_node   (RunnelScene     *self,
                                       guint            node);
void       runnel_scene_hide_link     (RunnelScene     *self,
                                       guint            link);
void       runnel_scene_unlink_all    (RunnelScene     *self,
                                       guint            node);
/* Routes links anew where something changed, and builds the grids again when much did. Call
 * before reading links, and before queries from other threads. */
void       runnel_scene_settle        (RunnelScene     *self);
/* Takes a free slot of zeroed elements, or makes one. */
guint      runnel_scene_take_slot     (GArray          *items,
                                       GArray          *free_slots);
void       runnel_scene_set_text      (char           **text,
                                       const char      *value);
void       runnel_scene_clear_areas   (RunnelScene     *self);
/* Makes the order in which areas are drawn. */
void       runnel_scene_sort_areas    (RunnelScene     *self);

/* runnel-scene-routes.c */
void       runnel_scene_init_routes   (RunnelScene     *self);
void       runnel_scene_clear_routes  (RunnelScene     *self);
void       runnel_scene_damage_link   (RunnelScene     *self,
                                       guint            link);
RunnelBox  runnel_scene_get_link_box  (RunnelScene     *self,
                                       guint            link);
void       runnel_scene_make_link_stale (RunnelScene   *self,
                                       guint            link);
void       runnel_scene_make_all_links_stale (RunnelScene *self);
void       runnel_scene_disturb       (RunnelScene     *self,
                                       guint            node);
void       runnel_scene_route_links   (RunnelScene     *self);

G_END_DECLS
