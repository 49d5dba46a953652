/* runnel-extract-private.h: what the parts of an extraction share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "model/runnel-extract.h"

G_BEGIN_DECLS

typedef struct
{
  RunnelPipeline *pipeline;
  GHashTable *selected;  /* ids */
  GPtrArray *steps;      /* of RunnelStep: those selected, in the order of the file */
  const char *name;      /* what the new pipeline is called */
  const char *id;        /* of the step that runs it */

  JsonArray *needs;      /* the links into that step */
  RunnelJoin join;

  JsonObject *declared;  /* the parameters of the new pipeline */
  JsonObject *given;     /* what the step gives for them */
  JsonObject *outputs;   /* what the step gives out */

  GPtrArray *warnings;   /* of char * */
  const char *reader;    /* id of the step whose expressions are looked at, or NULL */
  GError *error;         /* why it can't be done; the first counts */
} RunnelExtract;

void        _runnel_extract_refuse          (RunnelExtract *self,
                                             const char    *format,
                                             ...) G_GNUC_PRINTF (2, 3);
void        _runnel_extract_warn            (RunnelExtract *self,
                                             const char    *format,
                                             ...) G_GNUC_PRINTF (2, 3);
const char *_runnel_extract_get_title       (RunnelExtract *self,
                                             const char    *id);

void        _runnel_extract_check_convex    (RunnelExtract *self);
void        _runnel_extract_find_needs      (RunnelExtract *self);
JsonNode   *_runnel_extract_make_outer_needs (RunnelExtract *self,
                                             RunnelStep    *step);

JsonObject *_runnel_extract_make_inner_step (RunnelExtract *self,
                                             RunnelStep    *step);
RunnelStep *_runnel_extract_make_outer_step (RunnelExtract *self,
                                             RunnelStep    *step);
JsonNode   *_runnel_extract_make_outer_json (RunnelExtract *self,
                                             JsonNode      *value);
void        _runnel_extract_pass_parameters (RunnelExtract *self,
                                             const char    *text);

G_END_DECLS
