/* runnel-script.h: a whole pipeline as a program for a POSIX shell
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "interchange/runnel-shell-dialect.h"
#include "interchange/runnel-target.h"

G_BEGIN_DECLS

/* Writes one script. The functions append to `text`, in this order. */
typedef struct
{
  const RunnelTarget *target; /* whose losses are told of in comments */
  const RunnelFlow *flow;
  const RunnelExportOptions *options;
  GString *text;
} RunnelScript;

/* A step as the script knows it. */
typedef struct
{
  const RunnelFlowStep *step;
  char *key;       /* its part of names of variables and functions */
  char *name;      /* what people are told: the id, "build.1" of a leg, "build.undo" of an undo */
  char *base; /* key of the step whose functions it uses: its own, of a leg that of the matrix */
  char *values;    /* key of the leg whose matrix values it has, or NULL */
  JsonObject *leg; /* these values, or NULL */
  GArray *needs;   /* of RunnelFlowNeed, or NULL when it has none */
  char *undo;      /* key of its undo, or NULL */
  gboolean is_leg;
} RunnelScriptItem;

extern const RunnelCapability runnel_script_capabilities[RUNNEL_N_FEATURES];

char      *runnel_script_write            (const RunnelTarget        *target,
                                           const RunnelFlow          *flow,
                                           const RunnelExportOptions *options,
                                           gboolean                   by_step,
                                           GError                   **error);
void       runnel_script_judge            (const RunnelFlow          *flow,
                                           const RunnelFlowStep      *step,
                                           RunnelFeature              feature,
                                           const RunnelExportOptions *options,
                                           RunnelCapability          *verdict);

char      *_runnel_script_get_key         (const char                *id);
GPtrArray *_runnel_script_list_items      (const RunnelFlow          *flow,
                                           GError                   **error);
void       _runnel_script_add_head        (RunnelScript              *self);
void       _runnel_script_add_parameters  (RunnelScript              *self);
void       _runnel_script_add_table       (RunnelScript              *self,
                                           GPtrArray                 *items);
void       _runnel_script_add_functions   (RunnelScript              *self,
                                           const RunnelScriptItem    *item);
void       _runnel_script_add_env         (RunnelScript              *self,
                                           GArray                    *env,
                                           const RunnelShellScope    *scope,
                                           const char                *indent);
char      *_runnel_script_say_patterns    (GPtrArray                 *patterns);

G_END_DECLS
