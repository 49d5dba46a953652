/* runnel-real-keeper.c: keeps artifacts and results of steps on the disk
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Files are searched, read and copied in threads; the run is told on the main context.
 */
#include "config.h"

#include <string.h>

#include "engine/files/runnel-artifacts.h"
#include "engine/files/runnel-cache-inputs.h"
#include "engine/files/runnel-cache-parts.h"
#include "engine/files/runnel-cache.h"
#include "engine/limits/runnel-settings.h"
#include "engine/runnel-keeper.h"

typedef struct
{
  RunnelKeeper keeper; /* first: the keeper is this */
  RunnelCache *cache;  /* NULL until a step has one */
} RealKeeper;

struct _RunnelKeeping
{
  RealKeeper *keeper;
  GCancellable *cancellable; /* of the work under way */

  /* The order */
  guint step_index;
  char *step;
  gint64 run;
  char *file;
  char *run_dir;
  char *base_dir;
  char **artifacts;
  gboolean cached;
  gboolean may_reuse;
  JsonObject *parts;
  char **inputs;
  char **outputs;

  /* What the result is kept by; NULL if it can't be kept, or until it was looked for */
  JsonObject *all_parts; /* with the input files */
  char *key;
};

/* Answers. */

typedef struct
{
  gint64 reused;
  char *reason;
  JsonObject *outputs;
  GPtrArray *artifacts; /* of RunnelArtifact, or NULL */
} Found;

typedef struct
{
  char *error;
  char *note;
  GPtrArray *artifacts; /* of RunnelArtifact, or NULL */
} Kept;

static void
found_free (Found *self)
{
  g_free (self->reason);
  g_clear_pointer (&self->outputs, json_object_unref);
  g_clear_pointer (&self->artifacts, g_ptr_array_unref);
  g_free (self);
}

static void
kept_free (Kept *self)
{
  g_free (self->error);
  g_free (self->note);
  g_clear_pointer (&self->artifacts, g_ptr_array_unref);
  g_free (self);
}

static JsonArray *
to_json (GPtrArray *artifacts)
{
  if (artifacts == NULL || artifacts->len == 0)
    return NULL;
  return runnel_artifacts_to_json (artifacts, /* with_modes= */ FALSE);
}

static void
tell_found (RunnelKeeping *keeping, const Found *found)
{
  RunnelKeeper *keeper = &keeping->keeper->keeper;
  g_autoptr(JsonArray) artifacts = to_json (found->artifacts);
  const RunnelKeeperFound answer = {
    .cancelled = g_cancellable_is_cancelled (keeping->cancellable),
    .reused = found->reused,
    .reason = found->reason,
    .outputs = found->outputs,
    .artifacts = artifacts,
  };

  keeper->callbacks->found (keeper->user_data, keeping->step_index, &answer);
}

static void
tell_kept (RunnelKeeping *keeping, const Kept *kept)
{
  RunnelKeeper *keeper = &keeping->keeper->keeper;
  g_autoptr(JsonArray) artifacts = to_json (kept->artifacts);
  const RunnelKeeperKept answer = {
    .cancelled = g_cancellable_is_cancelled (keeping->cancellable),
    .error = kept->error,
    .note = kept->note,
    .artifacts = artifacts,
  };

  keeper->callbacks->kept (keeper->user_data, keeping->step_index, &answer);
}

/* Looking for a result, in a thread. */

static RunnelCachePlace
get_place (RunnelKeeping *self)
{
  return (RunnelCachePlace){ self->base_dir, self->run_dir, self->step };
}

static char *
explain_missing (RunnelKeeping *self)
{
  g_autoptr(JsonObject) last =
    runnel_cache_recall_parts (self->keeper->cache, self->file, self->step);
  char *reason = last != NULL ? runnel_cache_parts_explain (self->all_parts, last) : NULL;

  if (reason != NULL)
    return reason;
  return g_strdup (last != NULL ? "the cached result was evicted" : "nothing is cached yet");
}

static char *
explain_error (RunnelKeeping *self, const GError *error)
{
  if (g_error_matches (error, RUNNEL_CACHE_ERROR, RUNNEL_CACHE_ERROR_NONE))
    return explain_missing (self);
  if (g_error_matches (error, RUNNEL_CACHE_ERROR, RUNNEL_CACHE_ERROR_DAMAGED))
    return g_strdup ("the cached result was damaged");
  return g_strdup_printf ("the cached result can't be used: %s", error->message);
}

static char *
explain_reuse (guint n_inputs)
{
  return g_strdup_printf ("nothing it depends on changed (%u input%s)", n_inputs,
                          n_inputs == 1 ? "" : "s");
}

/* Whether the result can be kept and found; else the reason says why not. */
static gboolean
complete_parts (RunnelKeeping *self, guint *ret_n_inputs, char **ret_reason)
{
  g_autoptr(GError) error = NULL;
  JsonObject *parts =
    runnel_cache_inputs_add (self->parts, self->base_dir, (const char *const *) self->inputs,
                             runnel_cache_get_digests (self->keeper->cache), ret_n_inputs,
                             self->cancellable, &error);

  if (parts == NULL)
    {
      *ret_reason = g_strdup (error->message);
      return FALSE;
    }
  self->all_parts = parts;
  self->key = runnel_cache_parts_make_key (parts);
  return TRUE;
}

static void
look_up (RunnelKeeping *self, Found *found)
{
  const RunnelCachePlace place = get_place (self);
  g_autoptr(RunnelCacheEntry) entry = NULL;
  g_autoptr(GError) error = NULL;
  guint n_inputs;

  if (!complete_parts (self, &n_inputs, &found->reason))
    return;
  if (!self->may_reuse)
    {
      found->reason = g_strdup ("cached results are not to be used in this run");
      return;
    }
  entry = runnel_cache_reuse (self->keeper->cache, self->key, &place, self->cancellable, &error);
  if (entry == NULL)
    {
      found->reason = explain_error (self, error);
      return;
    }
  found->reused = entry->run;
  found->reason = explain_reuse (n_inputs);
  found->outputs = entry->values != NULL ? json_object_ref (entry->values) : NULL;
  found->artifacts = g_ptr_array_ref (entry->artifacts);
}

static void
look_up_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Found *found = g_new0 (Found, 1);

  look_up (data, found);
  g_task_return_pointer (task, found, (GDestroyNotify) found_free);
}

static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Found *found = g_task_propagate_pointer (G_TASK (result), NULL);

  tell_found (user_data, found);
  found_free (found);
}

/* Keeping, in a thread. */

static gboolean
keep_artifacts (RunnelKeeping *self, Kept *kept)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *unmatched = NULL;

  if (self->artifacts[0] == NULL)
    return TRUE;
  kept->artifacts = runnel_artifacts_collect (self->run_dir, self->step, self->base_dir,
                                              (const char *const *) self->artifacts,
                                              self->cancellable, &unmatched, &error);
  if (kept->artifacts == NULL)
    kept->error = g_strdup (error->message);
  else if (unmatched != NULL)
    kept->note = g_strdup_printf ("no file matches the artifact “%s”", unmatched);
  return kept->artifacts != NULL;
}

static void
add_note (Kept *kept, char *note)
{
  char *notes = kept->note != NULL ? g_strconcat (kept->note, "; ", note, NULL) : g_strdup (note);

  g_free (kept->note);
  kept->note = notes;
  g_free (note);
}

/* An input that changed while the step ran: nobody knows which of both it has read. */
static char *
find_changed_input (RunnelKeeping *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonObject) now =
    runnel_cache_inputs_add (self->parts, self->base_dir, (const char *const *) self->inputs,
                             runnel_cache_get_digests (self->keeper->cache), NULL,
                             self->cancellable, &error);

  if (now == NULL)
    return g_strdup (error->message);
  return runnel_cache_parts_explain (now, self->all_parts);
}

static gboolean
store (RunnelKeeping *self, JsonObject *values, GPtrArray *artifacts, GError **error)
{
  const RunnelCachePlace place = get_place (self);
  g_autoptr(RunnelCacheEntry) entry = runnel_cache_entry_new (self->run, self->file, self->step);

  entry->values = values != NULL ? json_object_ref (values) : NULL;
  if (artifacts != NULL)
    runnel_cache_entry_set_artifacts (entry, artifacts);
  return runnel_cache_store (self->keeper->cache, self->key, entry, &place,
                             (const char *const *) self->outputs, self->cancellable, error)
         && runnel_cache_remember_parts (self->keeper->cache, self->file, self->step,
                                         self->all_parts, error);
}

typedef struct
{
  RunnelKeeping *keeping;
  JsonObject *values;
  char *not_cached; /* why, or NULL */
} Keep;

static void
keep_free (Keep *self)
{
  g_clear_pointer (&self->values, json_object_unref);
  g_free (self->not_cached);
  g_free (self);
}

static void
keep_result (RunnelKeeping *self, Keep *keep, Kept *kept)
{
  g_autofree char *changed = NULL;
  g_autoptr(GError) error = NULL;

  if (keep->not_cached != NULL)
    add_note (kept, g_strdup_printf ("not cached: %s", keep->not_cached));
  else if ((changed = find_changed_input (self)) != NULL)
    add_note (kept, g_strdup_printf ("not cached: %s while it ran", changed));
  else if (!store (self, keep->values, kept->artifacts, &error))
    add_note (kept, g_strdup_printf ("not cached: %s", error->message));
}

static void
keep_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Keep *keep = data;
  Kept *kept = g_new0 (Kept, 1);

  if (keep_artifacts (keep->keeping, kept) && keep->keeping->key != NULL)
    keep_result (keep->keeping, keep, kept);
  g_task_return_pointer (task, kept, (GDestroyNotify) kept_free);
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Kept *kept = g_task_propagate_pointer (G_TASK (result), NULL);

  tell_kept (user_data, kept);
  kept_free (kept);
}

/* The seam. */

static void
ensure_cache (RealKeeper *self)
{
  g_autoptr(RunnelSettings) settings = NULL;
  g_autofree char *folder = NULL;

  if (self->cache != NULL)
    return;
  settings = runnel_settings_load ();
  folder = runnel_cache_get_default_folder ();
  self->cache = runnel_cache_new (folder, runnel_settings_get_max_cache_size (settings));
}

static RunnelKeeping *
real_keeper_open (RunnelKeeper *keeper, const RunnelKeepOrder *order)
{
  RunnelKeeping *self = g_new0 (RunnelKeeping, 1);

  self->keeper = (RealKeeper *) keeper;
  self->cancellable = g_cancellable_new ();
  self->step_index = order->step_index;
  self->step = g_strdup (order->step);
  self->run = order->run;
  self->file = g_strdup (order->file);
  self->run_dir = g_strdup (order->run_dir);
  self->base_dir = g_strdup (order->base_dir);
  self->artifacts = g_strdupv ((char **) order->artifacts);
  self->cached = order->cached;
  if (!order->cached)
    return self;
  self->may_reuse = order->may_reuse;
  self->parts = json_object_ref (order->parts);
  self->inputs = g_strdupv ((char **) order->inputs);
  self->outputs = g_strdupv ((char **) order->outputs);
  ensure_cache (self->keeper);
  return self;
}

static void
real_keeper_look_up (RunnelKeeper *keeper, RunnelKeeping *self)
{
  g_autoptr(GTask) task = g_task_new (NULL, NULL, looked_up_cb, self);

  g_task_set_source_tag (task, real_keeper_look_up);
  g_task_set_task_data (task, self, NULL);
  g_task_run_in_thread (task, look_up_in_thread);
}

static void
real_keeper_keep (RunnelKeeper *keeper,
                  RunnelKeeping *self,
                  JsonObject *outputs,
                  const char *not_cached)
{
  g_autoptr(GTask) task = g_task_new (NULL, NULL, kept_cb, self);
  Keep *keep = g_new0 (Keep, 1);

  keep->keeping = self;
  keep->values = outputs != NULL ? json_object_ref (outputs) : NULL;
  keep->not_cached = g_strdup (not_cached);
  g_task_set_source_tag (task, real_keeper_keep);
  g_task_set_task_data (task, keep, (GDestroyNotify) keep_free);
  g_task_run_in_thread (task, keep_in_thread);
}

static gboolean
real_keeper_inherit (RunnelKeeper *keeper,
                     const char *from_run_dir,
                     const char *from_step,
                     const char *run_dir,
                     const char *step)
{
  return runnel_artifacts_link (from_run_dir, from_step, run_dir, step, NULL);
}

static void
real_keeper_cancel (RunnelKeeper *keeper, RunnelKeeping *self)
{
  g_cancellable_cancel (self->cancellable);
}

static void
real_keeper_close (RunnelKeeper *keeper, RunnelKeeping *self)
{
  g_object_unref (self->cancellable);
  g_clear_pointer (&self->parts, json_object_unref);
  g_clear_pointer (&self->all_parts, json_object_unref);
  g_strfreev (self->artifacts);
  g_strfreev (self->inputs);
  g_strfreev (self->outputs);
  g_free (self->step);
  g_free (self->file);
  g_free (self->run_dir);
  g_free (self->base_dir);
  g_free (self->key);
  g_free (self);
}

static void
real_keeper_free (RunnelKeeper *keeper)
{
  RealKeeper *self = (RealKeeper *) keeper;

  if (self->cache != NULL)
    runnel_cache_finish (self->cache);
  g_clear_pointer (&self->cache, runnel_cache_free);
  g_free (self);
}

/**
 * runnel_real_keeper_new:
 *
 * Returns: (transfer full): a keeper; its answers come on the main context
 */
RunnelKeeper *
runnel_real_keeper_new (void)
{
  RealKeeper *self = g_new0 (RealKeeper, 1);

  self->keeper.open = real_keeper_open;
  self->keeper.look_up = real_keeper_look_up;
  self->keeper.keep = real_keeper_keep;
  self->keeper.inherit = real_keeper_inherit;
  self->keeper.cancel = real_keeper_cancel;
  self->keeper.close = real_keeper_close;
  self->keeper.free = real_keeper_free;
  return &self->keeper;
}
