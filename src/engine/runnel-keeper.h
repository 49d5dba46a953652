/* runnel-keeper.h: the seam between a run and the files that its steps take and leave
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "engine/runnel-clock.h"

G_BEGIN_DECLS

/* What a keeper is told of a step: everything is decided and evaluated by now. Strings and arrays
 * live until `open` returns, the object as long as it is referenced. */
typedef struct
{
  guint step_index;
  const char *step;
  gint64 run;
  const char *file;              /* of the pipeline, absolute */
  const char *run_dir;           /* absolute */
  const char *base_dir;          /* absolute: patterns are relative to it and name nothing outside */
  const char *const *artifacts;  /* patterns, NULL-terminated */
  gboolean cached;               /* the step has a `cache`; only then the rest counts */
  gboolean may_reuse;
  JsonObject *parts;             /* what its result depends on besides files: see runnel-cache-parts.h */
  const char *const *inputs;     /* patterns, NULL-terminated */
  const char *const *outputs;    /* patterns, NULL-terminated */
} RunnelKeepOrder;

/* What became of looking for an earlier result. */
typedef struct
{
  gboolean cancelled;
  gint64 reused;        /* the run whose result is in its place now, 0 = the step has to run */
  const char *reason;   /* why: "input src/a.c changed", "nothing it depends on changed (3 inputs)" */
  JsonObject *outputs;  /* of the result: strings by name, or NULL */
  JsonArray *artifacts; /* of the result: [{"path", "size", "sha256"}], or NULL */
} RunnelKeeperFound;

/* What became of keeping what a step left. */
typedef struct
{
  gboolean cancelled;
  const char *error;    /* why the artifacts can't be kept, or NULL */
  const char *note;     /* what else is to be said: a pattern names no file, the result is not cached; or NULL */
  JsonArray *artifacts; /* or NULL */
} RunnelKeeperKept;

typedef struct _RunnelKeeper RunnelKeeper;
typedef struct _RunnelKeeping RunnelKeeping; /* one step, from `open` to `close` */

/* Called on the main context, and never before the call that asked has returned. */
typedef struct
{
  void (*found) (gpointer user_data, guint step_index, const RunnelKeeperFound *found);
  void (*kept)  (gpointer user_data, guint step_index, const RunnelKeeperKept *kept);
} RunnelKeeperCallbacks;

struct _RunnelKeeper
{
  RunnelKeeping *(*open)    (RunnelKeeper *self, const RunnelKeepOrder *order);
  /* Look for an earlier result and put it into its place: `found` follows. */
  void           (*look_up) (RunnelKeeper *self, RunnelKeeping *keeping);
  /* The step succeeded: keep its artifacts, and its result for later runs: `kept` follows.
   * `not_cached` says why the result is not to be kept, or is NULL. */
  void           (*keep)    (RunnelKeeper *self, RunnelKeeping *keeping, JsonObject *outputs,
                             const char *not_cached);
  /* Give the leg `step` of a run the artifacts that `from_step` has in an earlier one: FALSE when
   * they are not all there. They are linked, which is quick. */
  gboolean       (*inherit) (RunnelKeeper *self, const char *from_run_dir, const char *from_step,
                             const char *run_dir, const char *step);
  /* Hurry up: the answer still comes. */
  void           (*cancel)  (RunnelKeeper *self, RunnelKeeping *keeping);
  /* Not while an answer is due. */
  void           (*close)   (RunnelKeeper *self, RunnelKeeping *keeping);
  void           (*free)    (RunnelKeeper *self);
  const RunnelKeeperCallbacks *callbacks; /* set by the run */
  gpointer user_data;
};

void          runnel_keeper_free     (RunnelKeeper *self);
/* Works in threads; with the cache of this user and the size that the settings give it. */
RunnelKeeper *runnel_real_keeper_new (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelKeeper, runnel_keeper_free)

G_END_DECLS
