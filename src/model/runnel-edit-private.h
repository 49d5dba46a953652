/* runnel-edit-private.h: the inside of an edit, for making and serialising it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "model/runnel-areas.h"
#include "model/runnel-edit.h"

G_BEGIN_DECLS

typedef enum
{
  RUNNEL_EDIT_SET_MEMBER,
  RUNNEL_EDIT_INSERT_STEP,
  RUNNEL_EDIT_REMOVE_STEP,
  RUNNEL_EDIT_REPLACE_STEP,
  RUNNEL_EDIT_MOVE_STEPS,
  RUNNEL_EDIT_COMPOUND,
  RUNNEL_EDIT_REPLACE_ALL,
} RunnelEditType;

struct _RunnelEdit
{
  gatomicrefcount ref_count;
  RunnelEditType type;
  char *label;
  gboolean restore;    /* brings back what was there, even two steps with one id */
  char *name;          /* key of a member, or id of a step */
  char *before;        /* set-member: a new member stands before this one; NULL = at the end */
  JsonNode *value;     /* set-member; NULL removes it */
  guint index;         /* insert-step; beyond the end = at the end */
  RunnelStep *step;    /* insert-step, replace-step */
  char **ids;          /* move-steps */
  RunnelPoint *points; /* move-steps; NAN takes the place away */
  GPtrArray *edits;    /* compound */
  RunnelPipeline *whole; /* replace-all; never changed */
};

RunnelEdit *_runnel_edit_alloc     (RunnelEditType  type,
                                    char           *label);
void        _runnel_edit_set_label (RunnelEdit     *self,
                                    const char     *label);

/* runnel-edit-make.c */
GPtrArray  *_runnel_edit_list_new     (void);
RunnelEdit *_runnel_edit_combine      (char           *label,
                                       GPtrArray      *edits);
gboolean    _runnel_edit_can_name     (RunnelPipeline *pipeline,
                                       guint           index);
RunnelStep *_runnel_edit_find_step    (RunnelPipeline *pipeline,
                                       const char     *id,
                                       GError        **error);
void        _runnel_edit_delete_steps (GPtrArray      *edits,
                                       RunnelPipeline *pipeline,
                                       GHashTable     *ids);

/* runnel-edit-links.c: links as keys */
guint       _runnel_link_name_hash    (gconstpointer   data);
gboolean    _runnel_link_name_equal   (gconstpointer   a,
                                       gconstpointer   b);

/* Gives the new id of a step in a group: itself, another, or NULL when it is gone. */
typedef const char *(*RunnelMapFunc) (const char    *id,
                                      gconstpointer  data);

/* runnel-edit-areas.c: what happens to groups and notes when steps are changed and pasted */
void        _runnel_edit_map_groups   (GPtrArray      *edits,
                                       RunnelPipeline *pipeline,
                                       RunnelMapFunc   map,
                                       gconstpointer   data);
void        _runnel_edit_copy_areas   (RunnelPipeline    *part,
                                       RunnelPipeline    *pipeline,
                                       GHashTable        *steps,
                                       const char *const *notes);
GStrv       _runnel_edit_paste_areas  (GPtrArray      *edits,
                                       RunnelPipeline *pipeline,
                                       RunnelPipeline *pasted,
                                       GHashTable     *names,
                                       RunnelPoint     offset);

/* runnel-pins.c */
void        _runnel_edit_map_pinned   (GPtrArray      *edits,
                                       RunnelPipeline *pipeline,
                                       RunnelMapFunc   map,
                                       gconstpointer   data);

/* runnel-areas.c */
JsonArray  *_runnel_areas_get_array   (JsonObject     *object,
                                       const char     *key);

G_END_DECLS
