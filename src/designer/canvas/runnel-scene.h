/* runnel-scene.h: what the canvas shows: nodes, links, groups and notes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#include "designer/canvas/runnel-icons.h"
#include "designer/canvas/runnel-legs.h"
#include "engine/runnel-state.h"
#include "history/runnel-history-trends.h"
#include "layout/runnel-box.h"
#include "layout/runnel-measures.h"
#include "model/runnel-comparison.h"
#include "model/runnel-step.h"

G_BEGIN_DECLS

#define RUNNEL_PORT_RADIUS 5 /* world units */
#define RUNNEL_NO_INDEX G_MAXUINT

typedef enum
{
  RUNNEL_PORT_INPUT,   /* left edge, middle */
  RUNNEL_PORT_ALWAYS,  /* right edge, above; links on "finished" leave here too */
  RUNNEL_PORT_SUCCESS, /* right edge, middle: in a row of steps the links are straight */
  RUNNEL_PORT_FAILURE, /* right edge, below */
  RUNNEL_N_PORTS
} RunnelPort;

/* The port that links on an outcome leave from. */
RunnelPort runnel_port_for (RunnelOn on);

typedef enum
{
  RUNNEL_NODE_SELECTED = 1 << 0,
  RUNNEL_NODE_HOVERED  = 1 << 1,
  RUNNEL_NODE_FOCUSED  = 1 << 2, /* keyboard focus */
  RUNNEL_NODE_DISABLED = 1 << 3,
  RUNNEL_NODE_BYPASSED = 1 << 4,
  RUNNEL_NODE_DIMMED   = 1 << 5, /* not part of what is highlighted */
  RUNNEL_NODE_IN_RUN   = 1 << 6, /* its state is shown */
  RUNNEL_NODE_HIDDEN   = 1 << 7, /* behind its host; see runnel_scene_set_node_host() */
  RUNNEL_NODE_GROUP    = 1 << 8, /* stands for a closed group; see runnel_scene_set_node_group() */
  RUNNEL_NODE_FOUND    = 1 << 9, /* what is looked for is in it */
  RUNNEL_NODE_AFLOAT   = 1 << 10, /* held over the scene: links do not make way for it */
} RunnelNodeFlags;

/* How links go from step to step. */
typedef enum
{
  RUNNEL_LINKS_CURVED,
  RUNNEL_LINKS_ANGULAR, /* level and upright, with rounded corners */
} RunnelLinkStyle;

typedef enum
{
  RUNNEL_LINK_SELECTED    = 1 << 0,
  RUNNEL_LINK_HIGHLIGHTED = 1 << 1, /* hovered */
  RUNNEL_LINK_DIMMED      = 1 << 2,
  RUNNEL_LINK_UPSTREAM    = 1 << 3, /* on the way to the step whose path is shown */
  RUNNEL_LINK_DOWNSTREAM  = 1 << 4, /* on the way on from it */
  RUNNEL_LINK_HIDDEN      = 1 << 5, /* both ends are behind one host */
  RUNNEL_LINK_ADDED       = 1 << 6, /* not in the earlier version */
  RUNNEL_LINK_REMOVED     = 1 << 7, /* only in the earlier version */
  RUNNEL_LINK_DOOMED      = 1 << 8, /* goes when the button is released */
} RunnelLinkFlags;

/* Small marks in the corner of a card, drawn in this order from the right. */
typedef enum
{
  RUNNEL_BADGE_ERROR     = 1 << 0, /* the step has an error in the problems list */
  RUNNEL_BADGE_WARNING   = 1 << 1,
  RUNNEL_BADGE_CONDITION = 1 << 2,
  RUNNEL_BADGE_RETRY     = 1 << 3,
  RUNNEL_BADGE_TIMEOUT   = 1 << 4,
  RUNNEL_BADGE_MATRIX    = 1 << 5,
  RUNNEL_BADGE_POOL      = 1 << 6,
  RUNNEL_BADGE_UNDO      = 1 << 7,
  RUNNEL_BADGE_CACHE     = 1 << 8,
  RUNNEL_BADGE_SECRETS   = 1 << 9,
  RUNNEL_BADGE_ARTIFACTS = 1 << 10,
  RUNNEL_BADGE_BREAKER   = 1 << 11,
  RUNNEL_BADGE_CONTINUE  = 1 << 12, /* on error */
  RUNNEL_BADGE_PINNED    = 1 << 13, /* where it is */
  RUNNEL_BADGE_LOST      = 1 << 14, /* something of the step, on a system that is looked at */
  RUNNEL_BADGE_EMULATED  = 1 << 15,
} RunnelBadges;

/* World units. */
#define RUNNEL_AREA_PADDING 14.f   /* left and right of the text of a note, or of a group's title */
#define RUNNEL_NOTE_BASELINE 24.f  /* of the first line, from the upper edge */
#define RUNNEL_NOTE_BOTTOM 8.f     /* below the last line */
#define RUNNEL_FOLD_WIDTH 18.f     /* what the fold before a group's title takes */

#define RUNNEL_TINT_PAPER G_MAXUINT /* of a note without a colour */

typedef enum
{
  RUNNEL_AREA_GROUP, /* a frame behind steps, with a title */
  RUNNEL_AREA_NOTE,  /* a sheet with text */
} RunnelAreaKind;

/* Nodes, links and areas are named by index: it stays valid until the item is
 * removed, and may be given to a later one. Drawing order is that of the
 * indices, selected nodes above the others. Every change adds what it makes
 * stale to the damage, old and new place. Not thread-safe. */
typedef struct _RunnelScene RunnelScene;

RunnelScene *runnel_scene_new                (void);
RunnelScene *runnel_scene_copy               (RunnelScene     *self);
void         runnel_scene_free               (RunnelScene     *self);
void         runnel_scene_clear              (RunnelScene     *self);

guint        runnel_scene_add_node           (RunnelScene     *self,
                                              const char      *id,
                                              RunnelIcon       icon,
                                              double           x,
                                              double           y);
void         runnel_scene_remove_node        (RunnelScene     *self,
                                              guint            node); /* and its links */
gboolean     runnel_scene_find_node          (RunnelScene     *self,
                                              const char      *id,
                                              guint           *ret_node);
gboolean     runnel_scene_has_node           (RunnelScene     *self,
                                              guint            node);
guint        runnel_scene_get_node_limit     (RunnelScene     *self); /* every index is below */
guint        runnel_scene_get_n_nodes        (RunnelScene     *self);
const char  *runnel_scene_get_node_id        (RunnelScene     *self,
                                              guint            node);
void         runnel_scene_rename_node        (RunnelScene     *self,
                                              guint            node,
                                              const char      *id);
void         runnel_scene_get_node_box       (RunnelScene     *self,
                                              guint            node,
                                              RunnelBox       *ret_box);
void         runnel_scene_get_port_position  (RunnelScene     *self,
                                              guint            node,
                                              RunnelPort       port,
                                              float           *ret_x,
                                              float           *ret_y);
void         runnel_scene_move_node          (RunnelScene     *self,
                                              guint            node,
                                              double           x,
                                              double           y);
void         runnel_scene_set_node_icon      (RunnelScene     *self,
                                              guint            node,
                                              RunnelIcon       icon);
void         runnel_scene_set_node_title     (RunnelScene     *self,
                                              guint            node,
                                              const char      *title);
void         runnel_scene_set_node_summary   (RunnelScene     *self,
                                              guint            node,
                                              const char      *summary); /* or NULL */
void         runnel_scene_set_node_badges    (RunnelScene     *self,
                                              guint            node,
                                              RunnelBadges     badges);
/* The number in the mark of a matrix, "6"; NULL when it is not known. */
void         runnel_scene_set_node_count     (RunnelScene     *self,
                                              guint            node,
                                              const char      *count);
const char  *runnel_scene_get_node_change    (RunnelScene     *self,
                                              guint            node); /* in words, or NULL */
/* What became of the step since an earlier version, in a word or two; NULL = none. */
void         runnel_scene_set_node_change    (RunnelScene     *self,
                                              guint            node,
                                              RunnelChange     change,
                                              const char      *text);
RunnelNodeFlags runnel_scene_get_node_flags  (RunnelScene     *self,
                                              guint            node);
void         runnel_scene_set_node_flags     (RunnelScene     *self,
                                              guint            node,
                                              RunnelNodeFlags  mask,     /* which to change */
                                              RunnelNodeFlags  values);
RunnelState  runnel_scene_get_node_state     (RunnelScene     *self,
                                              guint            node);
/* Shows the state with icon, colour and `text` ("Succeeded, 1.2 s"; translated; NULL = none).
 * `progress` 0..1 while running, negative = not known. Sets RUNNEL_NODE_IN_RUN. */
void         runnel_scene_set_node_state     (RunnelScene     *self,
                                              guint            node,
                                              RunnelState      state,
                                              double           progress,
                                              const char      *text);
/* The bar below the state of a matrix step; NULL = none. */
void         runnel_scene_set_node_legs      (RunnelScene     *self,
                                              guint            node,
                                              const RunnelLegs *legs);
/* The bars below the icon: how long the step took lately; NULL = none. */
void         runnel_scene_set_node_trend     (RunnelScene     *self,
                                              guint            node,
                                              const RunnelTrend *trend);
void         runnel_scene_clear_states       (RunnelScene     *self); /* no run is shown any more */
void         runnel_scene_set_phase          (RunnelScene     *self,
                                              guint            phase);   /* turns the icons of running steps by 1/8 each */

guint        runnel_scene_add_link           (RunnelScene     *self,
                                              guint            from,
                                              guint            to,
                                              RunnelOn         on);
void         runnel_scene_remove_link        (RunnelScene     *self,
                                              guint            link);
gboolean     runnel_scene_has_link           (RunnelScene     *self,
                                              guint            link);
guint        runnel_scene_get_link_limit     (RunnelScene     *self);
guint        runnel_scene_get_n_links        (RunnelScene     *self);
void         runnel_scene_get_link           (RunnelScene     *self,
                                              guint            link,
                                              guint           *ret_from,
                                              guint           *ret_to,
                                              RunnelOn        *ret_on);
gboolean     runnel_scene_find_link          (RunnelScene     *self,
                                              guint            from,
                                              guint            to,
                                              guint           *ret_link);
/* The point half way along a link. */
void         runnel_scene_get_link_middle    (RunnelScene     *self,
                                              guint            link,
                                              float           *ret_x,
                                              float           *ret_y);
/* Walk the links out of or into a node: start with the first, until RUNNEL_NO_INDEX. */
guint        runnel_scene_first_out          (RunnelScene     *self,
                                              guint            node);
guint        runnel_scene_next_out           (RunnelScene     *self,
                                              guint            link);
guint        runnel_scene_first_in           (RunnelScene     *self,
                                              guint            node);
guint        runnel_scene_next_in            (RunnelScene     *self,
                                              guint            link);
RunnelLinkFlags runnel_scene_get_link_flags  (RunnelScene     *self,
                                              guint            link);
void         runnel_scene_set_link_flags     (RunnelScene     *self,
                                              guint            link,
                                              RunnelLinkFlags  mask,
                                              RunnelLinkFlags  values);

guint        runnel_scene_add_area           (RunnelScene     *self,
                                              RunnelAreaKind   kind,
                                              const RunnelBox *box,
                                              const char      *text,     /* a group's title, a note's text */
                                              guint            tint);    /* one of the palette's, taken modulo */
void         runnel_scene_remove_area        (RunnelScene     *self,
                                              guint            area);
gboolean     runnel_scene_has_area           (RunnelScene     *self,
                                              guint            area);
guint        runnel_scene_get_area_limit     (RunnelScene     *self);
void         runnel_scene_get_area_box       (RunnelScene     *self,
                                              guint            area,
                                              RunnelBox       *ret_box);
RunnelAreaKind runnel_scene_get_area_kind    (RunnelScene     *self,
                                              guint            area);
void         runnel_scene_set_area           (RunnelScene     *self,
                                              guint            area,
                                              const RunnelBox *box,
                                              const char      *text,
                                              guint            tint,
                                              gboolean         selected);

/* How links go; they go round cards in any style. */
void         runnel_scene_set_link_style     (RunnelScene     *self,
                                              RunnelLinkStyle  style);
RunnelLinkStyle runnel_scene_get_link_style  (RunnelScene     *self);
void         runnel_scene_set_hasty          (RunnelScene     *self,
                                              gboolean         hasty);

/* Groups are drawn by their depth: those inside of others above them. 0 when not set. */
void         runnel_scene_set_area_depth     (RunnelScene     *self,
                                              guint            area,
                                              guint            depth);
/* Marks the group into which something would be dropped. */
void         runnel_scene_set_area_target    (RunnelScene     *self,
                                              guint            area,
                                              gboolean         target);

/* A node can be hidden behind another, its host: it is neither drawn nor picked, and its links end
 * where the host is. RUNNEL_NO_INDEX for a host shows it again; the caller puts it where it belongs. */
void         runnel_scene_set_node_host      (RunnelScene     *self,
                                              guint            node,
                                              guint            host);
guint        runnel_scene_get_node_host      (RunnelScene     *self,
                                              guint            node);
/* Makes a node the card of a closed group: in the group's colour, without ports. */
void         runnel_scene_set_node_group     (RunnelScene     *self,
                                              guint            node,
                                              guint            tint);

/* The box of all there is; FALSE when there is nothing. */
gboolean     runnel_scene_get_extents        (RunnelScene     *self,
                                              RunnelBox       *ret_box);
/* The same with the ways that links take round the steps. */
gboolean     runnel_scene_get_painted_extents (RunnelScene    *self,
                                              RunnelBox       *ret_box);
/* Grows with every visible change. */
guint64      runnel_scene_get_revision       (RunnelScene     *self);

/* What must be drawn again, in world units, since it was last cleared (the tiles do
 * that). With `ret_all` TRUE everything is stale and the boxes don't matter. */
const RunnelBox *runnel_scene_get_damage     (RunnelScene     *self,
                                              guint           *ret_n_boxes,
                                              gboolean        *ret_all);
void         runnel_scene_clear_damage       (RunnelScene     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelScene, runnel_scene_free)

G_END_DECLS
