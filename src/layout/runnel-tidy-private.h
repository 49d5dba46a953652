/* runnel-tidy-private.h: what the files of tidying share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "layout/runnel-room.h"
#include "layout/runnel-tidy.h"

G_BEGIN_DECLS

#define RUNNEL_TIDY_GAP 16.0 /* that steps keep from those that stay, world units */

struct _RunnelTidy
{
  RunnelDirection direction;
  GPtrArray *ids;      /* of the steps to put in order, in order of the file */
  GArray *before;      /* RunnelPoint of each, NAN = nowhere */
  GArray *pinned;      /* gboolean of each: arranged with the others, but stays where it is */
  GArray *links;       /* RunnelArrangeLink among them */
  guint *group_of;     /* of each, G_MAXUINT = none; or NULL */
  guint n_groups;
  GArray *others;      /* RunnelBox of steps that stay, and of frames around such steps */
  GArray *notes;       /* of runnel-tidy-notes.c */
  RunnelPoint *points; /* the answer, or NULL */
};

/* runnel-tidy.c */
RunnelBox   _runnel_tidy_make_card       (RunnelPoint        point);
double      _runnel_tidy_snap            (double             value);
void        _runnel_tidy_move_all        (RunnelTidy        *self,
                                          RunnelPoint        shift);
gboolean    _runnel_tidy_is_somewhere    (const RunnelPoint *point);
RunnelPoint _runnel_tidy_get_place       (RunnelPipeline    *pipeline,
                                          GHashTable        *places,
                                          const char        *id);

/* runnel-tidy-arrange.c */
RunnelPoint *_runnel_tidy_arrange        (RunnelTidy        *self,
                                          RunnelTidyEffort   effort,
                                          GCancellable      *cancellable);

/* runnel-tidy-pins.c */
gboolean    _runnel_tidy_keep_pins       (RunnelTidy        *self);

/* runnel-tidy-groups.c; `ranks` has the index of each step to put in order. */
void        _runnel_tidy_read_groups     (RunnelTidy        *self,
                                          RunnelPipeline    *pipeline,
                                          GHashTable        *places,
                                          GHashTable        *ranks);

/* runnel-tidy-notes.c */
GArray     *_runnel_tidy_notes_new       (void);
void        _runnel_tidy_read_notes      (RunnelTidy        *self,
                                          RunnelPipeline    *pipeline);
void        _runnel_tidy_place_notes     (RunnelTidy        *self);
RunnelEdit *_runnel_tidy_make_notes_edit (RunnelTidy        *self,
                                          RunnelPipeline    *pipeline);

G_END_DECLS
