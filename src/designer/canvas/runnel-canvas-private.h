/* runnel-canvas-private.h: what the files of the canvas share; one file per topic
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "designer/canvas/runnel-canvas.h"
#include "designer/canvas/runnel-output.h"
#include "designer/canvas/runnel-part-proxy.h"
#include "designer/canvas/runnel-pick.h"
#include "designer/canvas/runnel-snap.h"
#include "designer/canvas/runnel-tiles.h"
#include "layout/runnel-align.h"
#include "layout/runnel-arrange.h"

G_BEGIN_DECLS

typedef enum
{
  RUNNEL_EDGE_LEFT   = 1 << 0,
  RUNNEL_EDGE_TOP    = 1 << 1,
  RUNNEL_EDGE_RIGHT  = 1 << 2,
  RUNNEL_EDGE_BOTTOM = 1 << 3,
} RunnelEdges;

/* What the pointer is doing while a button is down, or between the two clicks of a connection. */
typedef enum
{
  RUNNEL_DRAG_NONE,
  RUNNEL_DRAG_PAN,
  RUNNEL_DRAG_MOVE,    /* what is selected */
  RUNNEL_DRAG_RESIZE,  /* a note */
  RUNNEL_DRAG_CLONE,   /* copies of the selected steps */
  RUNNEL_DRAG_BOX,     /* selects what the box touches */
  RUNNEL_DRAG_CUT,     /* links, by a stroke across them */
  RUNNEL_DRAG_CONNECT, /* from a port, or an end of a link */
  RUNNEL_DRAG_PRESS,   /* on the + of a link, until it is released there */
} RunnelDrag;

/* What of the scene a point means, from the most particular on. */
typedef enum
{
  RUNNEL_HIT_NOTHING,
  RUNNEL_HIT_PORT,  /* of a node */
  RUNNEL_HIT_PLUS,  /* in the middle of a link */
  RUNNEL_HIT_START, /* of a link, beside the port it leaves */
  RUNNEL_HIT_END,   /* of a link, beside the port it enters */
  RUNNEL_HIT_NODE,
  RUNNEL_HIT_LINK,
} RunnelHitType;

typedef struct
{
  RunnelHitType type;
  guint node; /* RUNNEL_NO_INDEX for none */
  guint link;
  RunnelPort port;
} RunnelHit;

/* A group or note of the document, and what shows it. A group is shown by a frame when it is open,
 * and by a card when it is closed. */
typedef struct _RunnelShownArea RunnelShownArea;
struct _RunnelShownArea
{
  RunnelAreaKind kind;
  char *id;
  char *text;              /* a group's title, a note's text */
  guint tint;
  RunnelBox box;           /* of the frame, the card or the note */
  guint area;              /* the scene's index, RUNNEL_NO_INDEX = there is no frame */
  gboolean selected;
  gboolean selected_before; /* when a box began to be drawn */

  /* of groups */
  GArray *nodes;           /* its steps (guint) */
  RunnelShownArea *parent; /* the group around it, or NULL */
  GPtrArray *inner;        /* of RunnelShownArea, not owned: the groups directly in it */
  guint depth;             /* how many there are around it */
  gboolean closed;
  guint node;              /* its card, RUNNEL_NO_INDEX = there is none */
  guint n_moved;           /* while things are moved: how many of its steps */
  RunnelBox before;        /* and its box before that */
};

typedef struct
{
  RunnelDrag drag;
  gboolean inside;         /* the canvas */
  gboolean moved;          /* farther than a click may */
  gboolean space_down;
  double x, y;             /* where it is, logical pixels of the widget */
  double press_x, press_y;
  double world_x, world_y; /* where the button went down, in the world */
  guint press_node;        /* RUNNEL_NO_INDEX for none */
  guint press_link;
  RunnelShownArea *press_area; /* NULL for none */
  RunnelEdges press_edges; /* of a note, that follow the pointer */
  GdkModifierType press_modifiers;
  GdkModifierType modifiers;
  GArray *moved_nodes;     /* RunnelMovedNode */
  GPtrArray *moved_notes;  /* of RunnelShownArea, not owned */
  GPtrArray *moved_groups; /* those of which a step is moved, from the innermost */
  GPtrArray *drop_groups;  /* those into which a step can be moved */
  double moved_x, moved_y; /* how far, world units */
  GHashTable *box_before;  /* selection when the box began */
  GArray *stroke;          /* RunnelPoint, in the world: the way of a cut */
  GHashTable *cut_links;   /* set of links that it crossed */
  guint edge_pan_id;       /* tick callback, 0 = none */
  gint64 edge_pan_time;    /* of the last tick, microseconds */
} RunnelPointer;

typedef struct
{
  guint node;
  float x, y; /* on the canvas before the drag */
} RunnelMovedNode;

/* A connection being made, or a link of which one end is being taken elsewhere. */
typedef struct
{
  guint anchor;       /* the step at the end that stays; RUNNEL_NO_INDEX = none is being made */
  gboolean backwards; /* the anchor is the step that comes after */
  guint link;         /* the one taken elsewhere; RUNNEL_NO_INDEX = a new one is made */
  RunnelOn on;        /* as it began, and */
  RunnelOn target_on; /* at the target */
  guint target;       /* RUNNEL_NO_INDEX = empty space */
  gboolean away;      /* the pointer has been elsewhere than at the anchor */
  gboolean sticky;    /* goes on without a button, until a click, Enter or Escape */
  char *refusal;      /* why the target can't be connected, or NULL */
} RunnelConnecting;

/* Where a new step goes that is being searched for. */
typedef struct
{
  RunnelPoint point; /* upper left corner */
  char *from;        /* the step it follows, or NULL */
  char *to;          /* the step it precedes, or NULL; with both it goes between them */
  RunnelOn on;
} RunnelAdding;

/* The view on its way by itself. */
typedef struct
{
  AdwAnimation *jump;   /* or NULL */
  RunnelPlace from;     /* of a jump or glide */
  RunnelPlace to;
  gboolean fits;        /* there all is seen */
  guint glide_id;       /* tick callback, 0 = none */
  gint64 glide_start;   /* frame time, microseconds */
  double glide_x;       /* logical pixels per second at the start */
  double glide_y;
} RunnelMotion;

/* Cards on their way to where an edit has put them. */
typedef struct
{
  GArray *moves;           /* of runnel-canvas-travel.c */
  AdwAnimation *animation; /* or NULL */
  gboolean expected;       /* the next edit is one to follow with the eyes */
} RunnelTravel;

/* The links that lead to a step and on from it. */
typedef struct
{
  gboolean enabled;
  guint node;      /* whose path it is, RUNNEL_NO_INDEX = nobody's */
  GArray *links;   /* of guint */
  gboolean rested; /* the pointer, on the step under it */
  guint rest_id;   /* timeout until then, 0 = none */
} RunnelTrace;

/* What dims all but the path. */
typedef struct
{
  gboolean wanted;
  double opacity;
  AdwAnimation *fade;   /* or NULL */
  GdkTexture *texture;  /* or NULL */
  RunnelViewport view;  /* of the texture, as are the revisions */
  guint64 revision;
  guint64 raster_revision;
} RunnelVeil;

struct _RunnelCanvas
{
  GtkWidget parent_instance;

  RunnelDocument *document; /* NULL when only a pipeline is shown */
  RunnelPipeline *pipeline;
  GSignalGroup *document_signals;
  GSignalGroup *pipeline_signals;

  RunnelScene *scene;
  RunnelRaster *raster;
  RunnelTiles *tiles;
  RunnelOutput *output;
  RunnelViewport view;
  double rest_x, rest_y;    /* what scrolling left over of a device pixel */
  gboolean fit_pending;     /* as soon as there is a size */
  RunnelPlace pending_place; /* to show instead then; zoom 0 = none */
  gboolean fitted;          /* the view shows all, and was not moved since */
  RunnelMotion motion;
  RunnelTravel travel;
  gboolean snaps;           /* what is dragged: to the grid and to neighbours */
  gboolean wheel_zooms;     /* and scrolls together with Ctrl, instead of the other way round */
  RunnelBox guides[RUNNEL_SNAP_MAX_GUIDES];      /* lines that show with what the dragged card is in line */
  guint n_guides;
  gboolean tidy_down;       /* links of tidied steps go down, else right */
  GCancellable *tidying;    /* what a thread thinks about, or NULL */
  guint patience_id;        /* timeout until that is shown, 0 = none */
  GtkWidget *busy;          /* says so, or NULL */
  guint64 shown_revision;   /* of scene and raster, in the last frame */
  gboolean read_only;

  GHashTable *changed_ids;  /* set of char *, since the last "changed" */
  gboolean layout_changed;  /* since the last "changed" */
  GHashTable *arranged;     /* char * to RunnelPoint *: steps without a position in the file */
  GHashTable *pinned;       /* set of char *: steps that stay where they are */
  GHashTable *problems;     /* set of char * */
  GHashTable *found;        /* set of char *: steps in which something was found, or NULL */
  GHashTable *states;       /* char * to RunnelStepState * */
  GHashTable *trends;       /* char * to RunnelTrend *, or NULL */
  GHashTable *marks;        /* char * to RunnelStepMark *, or NULL */
  GPtrArray *areas;         /* of RunnelShownArea: groups, then notes, in the order of the file */
  GPtrArray *group_of;      /* the innermost group of each node, or NULL */
  guint groups_state_id;    /* idle source that shows the states of closed groups, 0 = none */
  GtkWidget *area_editor;   /* of a title or a note's text, NULL = nothing is edited */
  guint area_editor_id;     /* idle source that closes it when it was left, 0 = none */
  guint n_running;
  guint phase;
  guint phase_id;           /* timeout that turns the icons of running steps, 0 = none */

  GHashTable *selection;    /* set of node indices */
  guint selected_link;      /* RUNNEL_NO_INDEX = none */
  guint focus_node;         /* where the keyboard is, RUNNEL_NO_INDEX = nowhere */
  gboolean by_keyboard;     /* the keyboard was used last, not the pointer */
  guint hovered_node;
  guint hovered_link;
  RunnelHitType hovered_part;
  guint aimed_link;         /* on which the step held over it would go, RUNNEL_NO_INDEX = none */

  RunnelPointer pointer;
  RunnelConnecting connecting;
  RunnelTrace trace;
  RunnelVeil veil;

  GtkWidget *quick_add;
  RunnelAdding adding;
  GtkWidget *menu;
  gboolean dropping;        /* something that makes a step is held over the canvas */
  RunnelPoint drop_point;   /* where its card would be */

  GHashTable *proxies;      /* key of a part to RunnelPartProxy */
  guint proxies_id;         /* timeout that updates them, 0 = none */

  double pinch_zoom;        /* when the fingers came down */
};

typedef struct
{
  RunnelState state;
  double progress; /* 0..1, negative = not known */
  char *text;
  RunnelLegs *legs; /* or NULL */
} RunnelStepState;

/* A part of the canvas that is read out. */
typedef struct
{
  RunnelPart part;
  guint index; /* in the scene */
  RunnelBox box;
} RunnelReadPart;

/* runnel-canvas.c */
void        runnel_canvas_emit_selection_changed (RunnelCanvas       *self);
void        runnel_canvas_emit_view_changed      (RunnelCanvas       *self);
void        runnel_canvas_emit_step_activated    (RunnelCanvas       *self,
                                                  guint               node);
void        runnel_canvas_emit_rename            (RunnelCanvas       *self,
                                                  guint               node);
void        runnel_canvas_emit_enter            (RunnelCanvas       *self,
                                                  guint               node);
void        runnel_canvas_refuse                 (RunnelCanvas       *self,
                                                  const char         *message);
void        runnel_canvas_emit_folded            (RunnelCanvas       *self);
void        runnel_canvas_emit_link_followed     (RunnelCanvas       *self,
                                                  const char         *address);
gboolean    runnel_canvas_can_edit               (RunnelCanvas       *self);
gboolean    runnel_canvas_apply                  (RunnelCanvas       *self,
                                                  RunnelEdit         *edit);
const char *runnel_canvas_get_node_id            (RunnelCanvas       *self,
                                                  guint               node);
guint       runnel_canvas_find_node              (RunnelCanvas       *self,
                                                  const char         *id);
RunnelStep *runnel_canvas_get_node_step          (RunnelCanvas       *self,
                                                  guint               node);

/* runnel-canvas-view.c: what is seen of the world */
void        runnel_canvas_view_resize            (RunnelCanvas       *self,
                                                  int                 width,
                                                  int                 height);
void        runnel_canvas_view_set               (RunnelCanvas       *self,
                                                  const RunnelPlace  *place,
                                                  gboolean            fitted);
void        runnel_canvas_view_pan               (RunnelCanvas       *self,
                                                  double              dx,
                                                  double              dy);
void        runnel_canvas_view_zoom_at           (RunnelCanvas       *self,
                                                  double              zoom,
                                                  double              x,
                                                  double              y);
void        runnel_canvas_view_to_world          (RunnelCanvas       *self,
                                                  double              x,
                                                  double              y,
                                                  double             *ret_x,
                                                  double             *ret_y);
void        runnel_canvas_view_get_rect          (RunnelCanvas       *self,
                                                  const RunnelBox    *box,
                                                  graphene_rect_t    *ret_rect);
void        runnel_canvas_view_point_popover     (RunnelCanvas       *self,
                                                  GtkWidget          *popover,
                                                  double              x,
                                                  double              y);

/* runnel-canvas-place.c: where the view goes when it is told what to show */
double      runnel_canvas_clamp_zoom             (double              zoom);
void        runnel_canvas_place_fit              (RunnelCanvas       *self);
void        runnel_canvas_place_resized          (RunnelCanvas       *self);
void        runnel_canvas_view_reveal_box        (RunnelCanvas       *self,
                                                  const RunnelBox    *box);
void        runnel_canvas_view_reveal_node       (RunnelCanvas       *self,
                                                  guint               node);

/* runnel-canvas-motion.c: the view moves by itself */
void        runnel_canvas_motion_jump            (RunnelCanvas       *self,
                                                  const RunnelPlace  *to,
                                                  gboolean            fits);
void        runnel_canvas_motion_glide           (RunnelCanvas       *self,
                                                  double              speed_x,
                                                  double              speed_y);
void        runnel_canvas_motion_stop            (RunnelCanvas       *self);

/* runnel-canvas-sync.c: the scene follows the document */
void        runnel_canvas_sync_all               (RunnelCanvas       *self);
void        runnel_canvas_sync_init              (RunnelCanvas       *self);
void        runnel_canvas_sync_clear             (RunnelCanvas       *self);

/* runnel-canvas-areas.c: groups and notes */
void        runnel_canvas_areas_init             (RunnelCanvas       *self);
void        runnel_canvas_areas_clear            (RunnelCanvas       *self);
void        runnel_canvas_sync_areas             (RunnelCanvas       *self);
void        runnel_canvas_areas_follow           (RunnelCanvas       *self,
                                                  GPtrArray          *groups);
void        runnel_canvas_areas_follow_all       (RunnelCanvas       *self);
void        runnel_canvas_show_area              (RunnelCanvas       *self,
                                                  RunnelShownArea    *area);
void        runnel_canvas_extend_box             (RunnelBox          *box,
                                                  const RunnelBox    *by);
RunnelShownArea *runnel_canvas_find_area         (RunnelCanvas       *self,
                                                  RunnelAreaKind      kind,
                                                  const char         *id);
GPtrArray  *runnel_canvas_list_groups            (RunnelCanvas       *self);
RunnelShownArea *runnel_canvas_get_group_of      (RunnelCanvas       *self,
                                                  guint               node);
RunnelShownArea *runnel_canvas_get_closed_group  (RunnelCanvas       *self,
                                                  guint               node);

/* runnel-canvas-fold.c: groups closed to a card */
void        runnel_canvas_fold_update            (RunnelCanvas       *self);
void        runnel_canvas_set_group_closed       (RunnelCanvas       *self,
                                                  RunnelShownArea    *group,
                                                  gboolean            closed);
void        runnel_canvas_toggle_closed          (RunnelCanvas       *self);
void        runnel_canvas_set_all_closed         (RunnelCanvas       *self,
                                                  gboolean            closed);
void        runnel_canvas_open_around            (RunnelCanvas       *self,
                                                  guint               node);

/* runnel-canvas-group-state.c: how the run of a closed group's steps stands */
void        runnel_canvas_queue_group_states     (RunnelCanvas       *self);

/* runnel-canvas-area-selection.c */
gboolean    runnel_canvas_select_area            (RunnelCanvas       *self,
                                                  RunnelShownArea    *area,
                                                  gboolean            selected);
void        runnel_canvas_select_only_area       (RunnelCanvas       *self,
                                                  RunnelShownArea    *area);
guint       runnel_canvas_get_n_selected_areas   (RunnelCanvas       *self);
GPtrArray  *runnel_canvas_list_selected_areas    (RunnelCanvas       *self);
RunnelShownArea *runnel_canvas_get_current_area  (RunnelCanvas       *self);
GArray     *runnel_canvas_list_selected_deeply   (RunnelCanvas       *self);
GStrv       runnel_canvas_list_ids               (RunnelCanvas       *self,
                                                  GArray             *nodes);
void        runnel_canvas_select_around          (RunnelCanvas       *self);
void        runnel_canvas_select_inside          (RunnelCanvas       *self);

/* runnel-canvas-area-pointer.c: pressing and picking groups and notes */
RunnelShownArea *runnel_canvas_pick_area         (RunnelCanvas       *self,
                                                  double              x,
                                                  double              y);
RunnelEdges runnel_canvas_pick_edges             (RunnelCanvas       *self,
                                                  RunnelShownArea    *area,
                                                  double              x,
                                                  double              y);
const char *runnel_canvas_get_area_cursor        (RunnelCanvas       *self);
void        runnel_canvas_press_area             (RunnelCanvas       *self,
                                                  RunnelShownArea    *area);
void        runnel_canvas_click_area             (RunnelCanvas       *self,
                                                  RunnelShownArea    *area);
void        runnel_canvas_activate_area          (RunnelCanvas       *self,
                                                  RunnelShownArea    *area);
gboolean    runnel_canvas_follow_note_link       (RunnelCanvas       *self,
                                                  RunnelShownArea    *note,
                                                  double              x,
                                                  double              y);

/* runnel-canvas-area-edits.c: what the actions do to groups and notes */
RunnelRect  runnel_canvas_get_note_rect          (const RunnelShownArea *note);
void        runnel_canvas_set_area_color         (RunnelCanvas       *self,
                                                  const char         *color);

/* runnel-canvas-area-editor.c: titles and notes are edited in place */
void        runnel_canvas_edit_area              (RunnelCanvas       *self,
                                                  RunnelShownArea    *area);
void        runnel_canvas_edit_new_note          (RunnelCanvas       *self,
                                                  const RunnelRect   *rect);
void        runnel_canvas_area_editor_allocate   (RunnelCanvas       *self);
void        runnel_canvas_area_editor_close      (RunnelCanvas       *self);

/* runnel-canvas-resize.c: notes are made larger and smaller */
void        runnel_canvas_resize_update          (RunnelCanvas       *self,
                                                  double              dx,
                                                  double              dy);
void        runnel_canvas_resize_cancel          (RunnelCanvas       *self);
void        runnel_canvas_resize_end             (RunnelCanvas       *self);

/* runnel-canvas-regroup.c: steps dragged into and out of groups */
void        runnel_canvas_regroup_begin          (RunnelCanvas       *self);
void        runnel_canvas_regroup_update         (RunnelCanvas       *self);
void        runnel_canvas_regroup_cancel         (RunnelCanvas       *self);
RunnelEdit *runnel_canvas_regroup_make_edit      (RunnelCanvas       *self);
gboolean    runnel_canvas_regroup_stays          (RunnelCanvas       *self,
                                                  RunnelShownArea    *group,
                                                  guint               node);

/* runnel-canvas-state.c: run states and problems */
GHashTable *runnel_canvas_state_table_new        (void);
void        runnel_canvas_state_show             (RunnelCanvas       *self,
                                                  guint               node);
RunnelBadges runnel_canvas_get_badges            (RunnelCanvas       *self,
                                                  guint               node);
void        runnel_canvas_state_update_animation (RunnelCanvas       *self);
void        runnel_canvas_state_stop_animation   (RunnelCanvas       *self);

/* runnel-canvas-snap.c: what is dragged falls in with the grid and with its neighbours */
void        runnel_canvas_snap_drag              (RunnelCanvas        *self,
                                                  const RunnelPoint   *hold,
                                                  double              *dx,
                                                  double              *dy);
void        runnel_canvas_snap_snapshot          (RunnelCanvas        *self,
                                                  GtkSnapshot         *snapshot,
                                                  const RunnelPalette *palette);

/* runnel-canvas-tidy.c */
void        runnel_canvas_tidy_to                (RunnelCanvas       *self,
                                                  RunnelDirection     direction);
gboolean    runnel_canvas_tidy_cancel            (RunnelCanvas       *self);

/* runnel-canvas-align.c */
void        runnel_canvas_align                  (RunnelCanvas       *self,
                                                  RunnelAlignment     alignment);
void        runnel_canvas_distribute             (RunnelCanvas       *self,
                                                  gboolean            vertically);

/* runnel-canvas-pins.c: steps that stay where they are */
gboolean    runnel_canvas_is_pinned              (RunnelCanvas       *self,
                                                  guint               node);
GArray     *runnel_canvas_list_movable           (RunnelCanvas       *self);
void        runnel_canvas_sync_pins              (RunnelCanvas       *self);
void        runnel_canvas_toggle_pinned          (RunnelCanvas       *self);

/* runnel-canvas-busy.c: something takes time */
void        runnel_canvas_busy_show              (RunnelCanvas       *self,
                                                  const char         *text);
void        runnel_canvas_busy_hide              (RunnelCanvas       *self);
void        runnel_canvas_busy_allocate          (RunnelCanvas       *self,
                                                  int                 width,
                                                  int                 height);
void        runnel_canvas_busy_snapshot          (RunnelCanvas       *self,
                                                  GtkSnapshot        *snapshot);

/* runnel-canvas-travel.c: cards go to where an edit has put them */
GArray     *runnel_canvas_travel_new             (void);
void        runnel_canvas_travel_expect          (RunnelCanvas       *self);
void        runnel_canvas_travel_add             (RunnelCanvas       *self,
                                                  guint               node,
                                                  RunnelPoint         to);
void        runnel_canvas_travel_start           (RunnelCanvas       *self);
void        runnel_canvas_travel_finish          (RunnelCanvas       *self);
void        runnel_canvas_travel_forget          (RunnelCanvas       *self);

/* runnel-canvas-trends.c: how long steps took in the latest runs */
void        runnel_canvas_trends_show            (RunnelCanvas       *self,
                                                  guint               node);
char       *runnel_canvas_trends_describe        (RunnelCanvas       *self,
                                                  guint               node);

/* runnel-canvas-marks.c: what becomes of steps on other systems */
RunnelBadges runnel_canvas_marks_get_badge       (RunnelCanvas       *self,
                                                  guint               node);
const char *runnel_canvas_marks_describe         (RunnelCanvas       *self,
                                                  guint               node);

/* runnel-canvas-found.c: steps in which something was found are marked */
void        runnel_canvas_found_show             (RunnelCanvas       *self,
                                                  guint               node);

/* runnel-canvas-layout.c: where steps are and where new ones go */
RunnelPoint runnel_canvas_layout_get_position    (RunnelCanvas       *self,
                                                  const char         *id);
void        runnel_canvas_layout_place_missing   (RunnelCanvas       *self);
RunnelEdit *runnel_canvas_layout_complete        (RunnelCanvas       *self,
                                                  RunnelEdit         *edit);
RunnelPoint runnel_canvas_layout_find_free       (RunnelCanvas       *self,
                                                  RunnelPoint         wanted);
RunnelPoint runnel_canvas_layout_find_room       (RunnelCanvas       *self,
                                                  const char         *text,
                                                  RunnelPoint         wanted);
gboolean    runnel_canvas_layout_is_shown        (RunnelCanvas       *self,
                                                  guint               index);
void        runnel_canvas_layout_rename          (RunnelCanvas       *self,
                                                  const char         *id,
                                                  const char         *new_id);
double      runnel_canvas_layout_snap            (double              value);

/* runnel-canvas-selection.c */
gboolean    runnel_canvas_is_selected            (RunnelCanvas       *self,
                                                  guint               node);
guint       runnel_canvas_get_only_selected      (RunnelCanvas       *self);
gboolean    runnel_canvas_select_node            (RunnelCanvas       *self,
                                                  guint               node,
                                                  gboolean            selected);
gboolean    runnel_canvas_clear_selection        (RunnelCanvas       *self);
void        runnel_canvas_select_only            (RunnelCanvas       *self,
                                                  guint               node);
void        runnel_canvas_select_link            (RunnelCanvas       *self,
                                                  guint               link);
void        runnel_canvas_select_reachable       (RunnelCanvas       *self,
                                                  gboolean            downstream);
void        runnel_canvas_get_link_name          (RunnelCanvas       *self,
                                                  guint               link,
                                                  RunnelCanvasLink   *ret_link);
void        runnel_canvas_forget_node            (RunnelCanvas       *self,
                                                  guint               node);
void        runnel_canvas_forget_link            (RunnelCanvas       *self,
                                                  guint               link);
void        runnel_canvas_set_focus_node         (RunnelCanvas       *self,
                                                  guint               node);
gboolean    runnel_canvas_contains_focus         (RunnelCanvas       *self);
void        runnel_canvas_show_focus             (RunnelCanvas       *self);
GArray     *runnel_canvas_list_selected          (RunnelCanvas       *self);

/* runnel-canvas-gestures.c: the events that the canvas listens to */
void        runnel_canvas_gestures_init          (RunnelCanvas       *self);

/* runnel-canvas-hit.c: what a point means */
RunnelHit   runnel_canvas_hit                    (RunnelCanvas       *self,
                                                  double              x,
                                                  double              y);
void        runnel_canvas_get_link_end           (RunnelCanvas       *self,
                                                  guint               link,
                                                  gboolean            at_start,
                                                  double             *ret_x,
                                                  double             *ret_y);
gboolean    runnel_canvas_get_plus               (RunnelCanvas       *self,
                                                  guint               link,
                                                  double             *ret_x,
                                                  double             *ret_y);

/* runnel-canvas-hover.c: what is under the pointer */
void        runnel_canvas_update_cursor          (RunnelCanvas       *self);
void        runnel_canvas_update_hover           (RunnelCanvas       *self);
void        runnel_canvas_clear_hover            (RunnelCanvas       *self);
void        runnel_canvas_forget_hovered_link    (RunnelCanvas       *self);

/* runnel-canvas-pointer.c: buttons and motion */
void        runnel_canvas_pointer_press          (RunnelCanvas       *self,
                                                  guint               button,
                                                  guint               n_press,
                                                  double              x,
                                                  double              y,
                                                  GdkModifierType     modifiers);
void        runnel_canvas_pointer_motion         (RunnelCanvas       *self,
                                                  double              x,
                                                  double              y,
                                                  GdkModifierType     modifiers);
void        runnel_canvas_pointer_release        (RunnelCanvas       *self,
                                                  double              x,
                                                  double              y,
                                                  GdkModifierType     modifiers);
void        runnel_canvas_pointer_leave          (RunnelCanvas       *self);
void        runnel_canvas_pointer_cancel         (RunnelCanvas       *self);

/* runnel-canvas-scroll.c: wheel, touchpad and pinch */
void        runnel_canvas_scroll_init            (RunnelCanvas       *self);
gboolean    runnel_canvas_pointer_scroll         (RunnelCanvas       *self,
                                                  double              dx,
                                                  double              dy,
                                                  gboolean            wheel,
                                                  GdkModifierType     modifiers);

/* runnel-canvas-drag.c: what goes on while a button is down */
void        runnel_canvas_drag_begin             (RunnelCanvas       *self,
                                                  RunnelDrag          drag);
void        runnel_canvas_drag_update            (RunnelCanvas       *self);
void        runnel_canvas_drag_end               (RunnelCanvas       *self);
void        runnel_canvas_drag_cancel            (RunnelCanvas       *self);

/* runnel-canvas-edge-pan.c: the view goes on near an edge */
void        runnel_canvas_edge_pan_follow        (RunnelCanvas       *self);
void        runnel_canvas_edge_pan_stop          (RunnelCanvas       *self);

/* runnel-canvas-move.c: dragging steps, or copies of them, to another place */
void        runnel_canvas_move_update            (RunnelCanvas       *self,
                                                  double              dx,
                                                  double              dy);
void        runnel_canvas_move_remember          (RunnelCanvas       *self);
void        runnel_canvas_move_snap              (RunnelCanvas       *self,
                                                  double             *dx,
                                                  double             *dy);
void        runnel_canvas_move_end               (RunnelCanvas       *self);
RunnelEdit *runnel_canvas_make_move              (RunnelCanvas       *self,
                                                  double              dx,
                                                  double              dy);
void        runnel_canvas_move_cancel            (RunnelCanvas       *self);

/* runnel-canvas-clone.c: dragging copies of steps */
void        runnel_canvas_clone_update           (RunnelCanvas       *self,
                                                  double              dx,
                                                  double              dy);
void        runnel_canvas_clone_end              (RunnelCanvas       *self);

/* runnel-canvas-insert.c: steps that go between the ends of a link */
void        runnel_canvas_aim                    (RunnelCanvas       *self,
                                                  const RunnelBox    *card);
void        runnel_canvas_aim_at                 (RunnelCanvas       *self,
                                                  guint               link);
gboolean    runnel_canvas_get_aim                (RunnelCanvas       *self,
                                                  RunnelCanvasLink   *ret_link);
void        runnel_canvas_aim_moved              (RunnelCanvas       *self);
void        runnel_canvas_aim_end                (RunnelCanvas       *self);
RunnelEdit *runnel_canvas_aim_make_edit          (RunnelCanvas       *self);

/* runnel-canvas-cut.c: removing links by a stroke across them */
void        runnel_canvas_stroke_begin           (RunnelCanvas       *self);
void        runnel_canvas_stroke_update          (RunnelCanvas       *self);
void        runnel_canvas_stroke_end             (RunnelCanvas       *self);
void        runnel_canvas_stroke_cancel          (RunnelCanvas       *self);

/* runnel-canvas-box.c: selecting what a box touches */
void        runnel_canvas_box_begin              (RunnelCanvas       *self);
void        runnel_canvas_box_update             (RunnelCanvas       *self);
void        runnel_canvas_box_get                (RunnelCanvas       *self,
                                                  RunnelBox          *ret_box);

/* runnel-canvas-connect.c */
gboolean    runnel_canvas_is_connecting          (RunnelCanvas       *self);
void        runnel_canvas_connect_begin          (RunnelCanvas       *self,
                                                  guint               from,
                                                  RunnelOn            on,
                                                  gboolean            sticky);
void        runnel_canvas_connect_begin_at_port  (RunnelCanvas       *self,
                                                  guint               node,
                                                  RunnelPort          port);
void        runnel_canvas_connect_begin_with_end (RunnelCanvas       *self,
                                                  guint               link,
                                                  gboolean            at_start);
void        runnel_canvas_connect_update         (RunnelCanvas       *self);
void        runnel_canvas_connect_set_target     (RunnelCanvas       *self,
                                                  guint               target,
                                                  RunnelOn            on);
void        runnel_canvas_connect_click          (RunnelCanvas       *self);
void        runnel_canvas_connect_end            (RunnelCanvas       *self,
                                                  gboolean            add_on_empty);
void        runnel_canvas_connect_cancel         (RunnelCanvas       *self);

/* runnel-canvas-edits.c: what the actions do to the document */
void        runnel_canvas_relink                 (RunnelCanvas       *self,
                                                  const RunnelCanvasLink *before,
                                                  const RunnelCanvasLink *after);
void        runnel_canvas_set_link_on            (RunnelCanvas       *self,
                                                  RunnelOn            on);
void        runnel_canvas_toggle_enabled         (RunnelCanvas       *self,
                                                  RunnelEnabled       enabled);
void        runnel_canvas_nudge                  (RunnelCanvas       *self,
                                                  double              dx,
                                                  double              dy);
void        runnel_canvas_add_pasted             (RunnelCanvas       *self,
                                                  const char         *text,
                                                  RunnelPoint         point);

/* runnel-canvas-clipboard.c */
char       *runnel_canvas_copy_text              (RunnelCanvas       *self);
void        runnel_canvas_select_pasted          (RunnelCanvas       *self,
                                                  GStrv               ids,
                                                  GStrv               notes);
RunnelPoint runnel_canvas_get_selected_corner    (RunnelCanvas       *self);

/* runnel-canvas-add.c: quick-add and dropping kinds */
void        runnel_canvas_add_init               (RunnelCanvas       *self);
void        runnel_canvas_add_at_hand            (RunnelCanvas       *self);
void        runnel_canvas_drop_motion            (RunnelCanvas       *self,
                                                  double              x,
                                                  double              y,
                                                  GdkModifierType     modifiers);
gboolean    runnel_canvas_drop_text              (RunnelCanvas       *self,
                                                  const char         *text,
                                                  double              x,
                                                  double              y);

/* runnel-canvas-walk.c: the keyboard goes from step to step */
void        runnel_canvas_walk                   (RunnelCanvas       *self,
                                                  GtkDirectionType    direction);

/* runnel-canvas-walk-parts.c: and from link to link, and to groups and notes */
void        runnel_canvas_walk_link              (RunnelCanvas       *self,
                                                  gboolean            forward);
void        runnel_canvas_walk_from_link         (RunnelCanvas       *self,
                                                  GtkDirectionType    direction);
void        runnel_canvas_go_to_area             (RunnelCanvas       *self,
                                                  RunnelShownArea    *area);
void        runnel_canvas_walk_area              (RunnelCanvas       *self,
                                                  gboolean            forward);

/* runnel-canvas-actions.c */
void        runnel_canvas_class_install_actions  (GtkWidgetClass     *klass);
void        runnel_canvas_actions_init           (RunnelCanvas       *self);
void        runnel_canvas_update_actions         (RunnelCanvas       *self);
void        runnel_canvas_activate_node          (RunnelCanvas       *self,
                                                  guint               node);
void        runnel_canvas_activate_focus         (RunnelCanvas       *self);

/* runnel-canvas-menu.c */
void        runnel_canvas_popup_menu             (RunnelCanvas       *self,
                                                  double              x,
                                                  double              y);
void        runnel_canvas_popup_menu_at_focus    (RunnelCanvas       *self);

/* runnel-canvas-trace.c: the path through a step stands out */
void        runnel_canvas_trace_init             (RunnelCanvas       *self);
void        runnel_canvas_trace_finalize         (RunnelCanvas       *self);
void        runnel_canvas_trace_update           (RunnelCanvas       *self);
void        runnel_canvas_trace_hover            (RunnelCanvas       *self);
void        runnel_canvas_trace_press            (RunnelCanvas       *self);
void        runnel_canvas_trace_clear            (RunnelCanvas       *self);
void        runnel_canvas_trace_forget           (RunnelCanvas       *self);
void        runnel_canvas_trace_set_enabled      (RunnelCanvas       *self,
                                                  gboolean            enabled);

/* runnel-canvas-veil.c: everything else is dimmed */
void        runnel_canvas_veil_update            (RunnelCanvas       *self);
void        runnel_canvas_veil_clear             (RunnelCanvas       *self);
void        runnel_canvas_veil_snapshot          (RunnelCanvas       *self,
                                                  GtkSnapshot        *snapshot);

/* runnel-canvas-links.c: how links go, and what they say */
const char *runnel_canvas_describe_outcome       (RunnelOn            on);
char       *runnel_canvas_describe_link          (RunnelCanvas       *self,
                                                  guint               link);

/* runnel-canvas-overlay.c: what lies over the scene */
void        runnel_canvas_overlay_snapshot       (RunnelCanvas       *self,
                                                  GtkSnapshot        *snapshot);
GdkRGBA     runnel_canvas_overlay_color          (RunnelColor         color,
                                                  float               alpha);
void        runnel_canvas_overlay_append_frame   (GtkSnapshot        *snapshot,
                                                  const graphene_rect_t *rect,
                                                  float               radius,
                                                  float               width,
                                                  const GdkRGBA      *color);

/* runnel-canvas-overlay-links.c: links that are being made, moved and cut, and their handles */
void        runnel_canvas_overlay_links          (RunnelCanvas       *self,
                                                  GtkSnapshot        *snapshot,
                                                  const RunnelPalette *palette);

/* runnel-canvas-hint.c: what is said at the pointer */
char       *runnel_canvas_make_hint              (RunnelCanvas       *self);
void        runnel_canvas_overlay_hint           (RunnelCanvas       *self,
                                                  GtkSnapshot        *snapshot,
                                                  const RunnelPalette *palette);

/* runnel-canvas-style.c */
void        runnel_canvas_style_init             (RunnelCanvas       *self);
void        runnel_canvas_style_update           (RunnelCanvas       *self);
RunnelPaletteName runnel_canvas_style_get_palette (void);

/* runnel-canvas-picture.c: the canvas on paper and in files */
RunnelScene *runnel_canvas_dup_scene             (RunnelCanvas       *self,
                                                  gboolean            selection);
void        runnel_canvas_copy_picture           (RunnelCanvas       *self);
void        runnel_canvas_export                 (RunnelCanvas       *self);
void        runnel_canvas_print                  (RunnelCanvas       *self);

/* runnel-canvas-describe.c: what is on the canvas, in words */
char       *runnel_canvas_describe_node          (RunnelCanvas       *self,
                                                  guint               node);
char       *runnel_canvas_describe_further       (RunnelCanvas       *self,
                                                  guint               node);
char       *runnel_canvas_describe_area          (RunnelCanvas       *self,
                                                  RunnelShownArea    *area);
char       *runnel_canvas_describe_area_further  (RunnelCanvas       *self,
                                                  RunnelShownArea    *area);
char       *runnel_canvas_explain                (RunnelCanvas       *self,
                                                  guint               node);
char       *runnel_canvas_make_tooltip           (RunnelCanvas       *self,
                                                  guint               node);

/* runnel-canvas-reading.c: which parts are read out, and in which order */
gpointer    runnel_canvas_get_part_key           (RunnelPart          part,
                                                  guint               index);
RunnelPart  runnel_canvas_get_node_part          (RunnelCanvas       *self,
                                                  guint               node);
gboolean    runnel_canvas_get_part_box           (RunnelCanvas       *self,
                                                  RunnelPart          part,
                                                  guint               index,
                                                  RunnelBox          *ret_box);
GArray     *runnel_canvas_list_read              (RunnelCanvas       *self);

/* runnel-canvas-a11y.c: the parts of the canvas as assistive technology sees them */
void        runnel_canvas_a11y_queue_update      (RunnelCanvas       *self);
void        runnel_canvas_a11y_update            (RunnelCanvas       *self);
void        runnel_canvas_a11y_forget            (RunnelCanvas       *self,
                                                  guint               node);
void        runnel_canvas_a11y_clear             (RunnelCanvas       *self);
void        runnel_canvas_a11y_allocate          (RunnelCanvas       *self);
GtkWidget  *runnel_canvas_a11y_get_focus         (RunnelCanvas       *self);
void        runnel_canvas_a11y_grab_focus        (RunnelCanvas       *self);
void        runnel_canvas_a11y_follow_focus      (RunnelCanvas       *self);

G_END_DECLS
