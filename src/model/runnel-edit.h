/* runnel-edit.h: a change of a pipeline as a value, with its inverse
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "model/runnel-areas.h"
#include "model/runnel-pipeline.h"

G_BEGIN_DECLS

/* An edit is immutable. Applying it to the document it was made for gives the
 * inverse edit, so undo, redo, the crash journal and the history list are all
 * the same mechanism. Edits serialise to JSON. */
typedef struct _RunnelEdit RunnelEdit;

/* A link, named as the document names it. */
typedef struct
{
  const char *from;
  const char *to;
  RunnelOn on;
} RunnelLinkName;

/* Primitive edits. */
RunnelEdit *runnel_edit_new_set_member   (const char       *key,       /* of the pipeline, not `steps` or `layout` */
                                          JsonNode         *value);    /* NULL removes it */
RunnelEdit *runnel_edit_new_insert_step  (guint             index,
                                          RunnelStep       *step);
RunnelEdit *runnel_edit_new_remove_step  (const char       *id);
RunnelEdit *runnel_edit_new_replace_step (const char       *id,        /* the step's id before; `step` may carry another */
                                          RunnelStep       *step);
RunnelEdit *runnel_edit_new_move_steps   (const char *const *ids,
                                          const RunnelPoint *points,
                                          guint              n_ids);
RunnelEdit *runnel_edit_new_replace_all  (RunnelPipeline   *pipeline); /* what the whole is to be */
RunnelEdit *runnel_edit_new_compound     (const char       *label,
                                          RunnelEdit      **edits,     /* (transfer full) each */
                                          guint             n_edits);

/* What a person does, each made of the primitives and labelled for the history list. */
RunnelEdit *runnel_edit_new_add_step     (RunnelPipeline   *pipeline,
                                          RunnelStep       *step,
                                          RunnelPoint       point);
RunnelEdit *runnel_edit_new_delete_steps (RunnelPipeline   *pipeline,  /* also takes them out of the `needs` of others */
                                          const char *const *ids);
RunnelEdit *runnel_edit_new_delete_and_heal (RunnelPipeline *pipeline, /* what came before them comes before what came after */
                                             const char *const *ids);
RunnelEdit *runnel_edit_new_connect      (RunnelPipeline   *pipeline,
                                          const char       *from,
                                          const char       *to,
                                          RunnelOn          on,
                                          GError          **error);    /* refuses self, duplicate, cycle */
RunnelEdit *runnel_edit_new_disconnect   (RunnelPipeline   *pipeline,
                                          const RunnelLinkName *links,
                                          guint             n_links);
RunnelEdit *runnel_edit_new_relink       (RunnelPipeline   *pipeline,
                                          const RunnelLinkName *before,
                                          const RunnelLinkName *after,
                                          GError          **error);    /* refuses what connect refuses */
RunnelEdit *runnel_edit_new_insert_on_link (RunnelPipeline *pipeline,
                                            RunnelStep     *step,      /* one of the pipeline's, or a new one */
                                            const RunnelLinkName *link,
                                            GError        **error);
RunnelEdit *runnel_edit_new_rename_step  (RunnelPipeline   *pipeline,  /* changes the id everywhere it is needed */
                                          const char       *id,
                                          const char       *new_id,
                                          GError          **error);
RunnelEdit *runnel_edit_new_set_field    (RunnelPipeline   *pipeline,
                                          const char       *id,
                                          const char       *key,       /* "timeout", or "with.run" for a kind's field */
                                          JsonNode         *value);    /* NULL removes it */
RunnelEdit *runnel_edit_new_paste        (RunnelPipeline   *pipeline,
                                          const char       *text,      /* JSON of runnel_pipeline_copy_steps() */
                                          RunnelPoint       point,
                                          char           ***ret_ids,
                                          GError          **error);
RunnelEdit *runnel_edit_new_merge        (RunnelPipeline   *pipeline,
                                          RunnelPipeline   *base,      /* what `wanted` was made from */
                                          RunnelPipeline   *wanted,
                                          GError          **error);
char       *runnel_pipeline_copy_steps   (RunnelPipeline   *pipeline,
                                          const char *const *ids);
char       *runnel_pipeline_copy_parts   (RunnelPipeline   *pipeline,
                                          const char *const *ids,
                                          const char *const *notes);   /* or NULL */

/* Which links from other steps pasted steps keep. */
typedef enum
{
  RUNNEL_PASTE_INNER_LINKS,    /* from steps that are pasted with them */
  RUNNEL_PASTE_INCOMING_LINKS, /* also from those that the pipeline has already */
} RunnelPasteLinks;

RunnelEdit *runnel_edit_new_paste_parts  (RunnelPipeline   *pipeline,
                                          const char       *text,
                                          RunnelPoint       point,
                                          RunnelPasteLinks  links,
                                          char           ***ret_ids,
                                          char           ***ret_notes,
                                          GError          **error);

/* Which steps a group has. */
typedef struct
{
  const char *id;            /* of the group */
  const char *const *steps;  /* ids, NULL-terminated */
} RunnelGroupSteps;

RunnelEdit *runnel_edit_new_pin_steps    (RunnelPipeline    *pipeline,
                                          const char *const *ids,
                                          gboolean           pinned);

/* Groups and notes (runnel-edit-areas.c). */
RunnelEdit *runnel_edit_new_delete_parts (RunnelPipeline   *pipeline,
                                          const char *const *steps,    /* each may be NULL */
                                          const char *const *groups,   /* their steps stay */
                                          const char *const *notes);
RunnelEdit *runnel_edit_new_add_group    (RunnelPipeline   *pipeline,
                                          const char       *name,
                                          const char *const *steps,
                                          char            **ret_id);
RunnelEdit *runnel_edit_new_set_group    (RunnelPipeline   *pipeline,
                                          const char       *id,
                                          const char       *key,       /* "name" or "color" */
                                          const char       *value);    /* NULL removes it */
RunnelEdit *runnel_edit_new_regroup      (RunnelPipeline   *pipeline,
                                          const RunnelGroupSteps *groups,
                                          guint             n_groups);
RunnelEdit *runnel_edit_new_add_note     (RunnelPipeline   *pipeline,
                                          const char       *text,
                                          const RunnelRect *rect,
                                          char            **ret_id);
RunnelEdit *runnel_edit_new_set_note     (RunnelPipeline   *pipeline,
                                          const char       *id,
                                          const char       *key,       /* "text" or "color" */
                                          const char       *value);
RunnelEdit *runnel_edit_new_color_areas  (RunnelPipeline   *pipeline,
                                          const char *const *groups,
                                          const char *const *notes,
                                          const char       *color);    /* NULL removes it */
RunnelEdit *runnel_edit_new_place_notes  (RunnelPipeline   *pipeline,
                                          const char *const *ids,
                                          const RunnelRect *rects,
                                          guint             n_ids);

RunnelEdit *runnel_edit_ref              (RunnelEdit       *self);
void        runnel_edit_unref            (RunnelEdit       *self);
const char *runnel_edit_get_label        (RunnelEdit       *self);
JsonNode   *runnel_edit_to_json          (RunnelEdit       *self);
RunnelEdit *runnel_edit_new_from_json    (JsonNode         *json,
                                          GError          **error);
RunnelEdit *runnel_edit_apply            (RunnelEdit       *self,      /* returns the inverse; unchanged document on error */
                                          RunnelPipeline   *pipeline,
                                          GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelEdit, runnel_edit_unref)

G_END_DECLS
