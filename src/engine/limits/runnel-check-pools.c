/* runnel-check-pools.c: finds pools that are not there, or are too small
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/limits/runnel-check-pools.h"
#include "engine/limits/runnel-settings.h"
#include "model/runnel-hooks.h"
#include "util/runnel-nearest.h"

typedef struct
{
  RunnelPipeline *pipeline;
  RunnelDiagnostics *diagnostics;
  RunnelSettings *settings; /* NULL until a step has a pool: reading them takes time */
  RunnelStep *step;
  char *path;               /* of the pool of `step` */
  const char *pool;
  gint64 slots;
} Check;

static JsonObject *
get_own_pools (RunnelPipeline *pipeline)
{
  JsonNode *node = runnel_pipeline_get_member (pipeline, "pools");

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* The pipeline's pool of the name, or 0. */
static gint64
get_own_size (Check *self)
{
  JsonObject *pools = get_own_pools (self->pipeline);
  JsonNode *size = pools != NULL ? json_object_get_member (pools, self->pool) : NULL;

  return size != NULL && JSON_NODE_HOLDS_VALUE (size) ? json_node_get_int (size) : 0;
}

/* --- Pools that are not there --- */

static void
add_name (GString       *list,
          RunnelNearest *search,
          const char    *name)
{
  g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", name);
  runnel_nearest_consider (search, name);
}

static void
report_unknown (Check *self)
{
  g_autoptr(GString) known = g_string_new (NULL);
  g_auto(GStrv) shared = runnel_settings_list_pools (self->settings);
  RunnelNearest search = { .word = self->pool };
  JsonObject *own = get_own_pools (self->pipeline);
  g_autofree char *suggestion = NULL;
  JsonObjectIter iter;
  const char *name;

  if (own != NULL)
    {
      json_object_iter_init_ordered (&iter, own);
      while (json_object_iter_next_ordered (&iter, &name, NULL))
        add_name (known, &search, name);
    }
  for (guint i = 0; shared[i] != NULL; i++)
    add_name (known, &search, shared[i]);

  suggestion = runnel_nearest_suggest (&search);
  if (suggestion == NULL)
    suggestion = g_strdup_printf ("add \"%s\": 1 to the pipeline's “pools”, or give this machine one: "
                                  "runnel settings set pools.%s 1", self->pool, self->pool);
  runnel_diagnostics_add (self->diagnostics, RUNNEL_SEVERITY_ERROR, self->path, self->step->id,
                          suggestion, "there is no pool “%s”, neither in the pipeline nor in the "
                          "settings of this machine (there %s%s)", self->pool,
                          known->len > 0 ? "is: " : "are none", known->str);
}

static void
check_size (Check      *self,
            gint64      size,
            const char *whose)
{
  if (size > 0 && self->slots > size)
    runnel_diagnostics_add (self->diagnostics, RUNNEL_SEVERITY_ERROR, self->path, self->step->id, NULL,
                            "“%s” takes %" G_GINT64_FORMAT " slots of the pool “%s”, which has %"
                            G_GINT64_FORMAT " %s", self->step->id, self->slots, self->pool, size, whose);
}

/* --- Steps --- */

static void
check_pool (Check *self)
{
  gint64 own = get_own_size (self);
  gint64 shared;

  if (self->settings == NULL)
    self->settings = runnel_settings_load ();
  shared = runnel_settings_get_pool_size (self->settings, self->pool);

  if (own == 0 && shared == 0)
    report_unknown (self);
  check_size (self, own, "in the pipeline");
  check_size (self, shared, "on this machine");
}

/* A pool of the wrong shape has been told already. */
static void
check_step (Check      *self,
            RunnelStep *step,
            const char *path)
{
  g_autoptr(JsonNode) node = runnel_step_dup_member (step, "pool");
  JsonNode *name = node;
  JsonNode *slots = NULL;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    {
      name = json_object_get_member (json_node_get_object (node), "name");
      slots = json_object_get_member (json_node_get_object (node), "slots");
    }
  if (name == NULL || json_node_get_value_type (name) != G_TYPE_STRING)
    return;

  self->step = step;
  self->path = g_strconcat (path, ".pool", NULL);
  self->pool = json_node_get_string (name);
  self->slots = slots != NULL && JSON_NODE_HOLDS_VALUE (slots) ? json_node_get_int (slots) : 1;
  check_pool (self);
  g_clear_pointer (&self->path, g_free);
}

static void
check_hooks (Check           *self,
             RunnelHookPoint  point)
{
  g_autoptr(GPtrArray) hooks = runnel_hooks_get (self->pipeline, point);

  for (guint i = 0; i < hooks->len; i++)
    {
      g_autofree char *path = runnel_hooks_get_path (point, i);

      check_step (self, g_ptr_array_index (hooks, i), path);
    }
}

/**
 * runnel_check_pools:
 * @pipeline: a pipeline
 * @diagnostics: where findings go
 *
 * Reports steps that want a pool which neither the pipeline nor this machine has, or more slots
 * than there are. May read the settings: not for the application's thread.
 */
void
runnel_check_pools (RunnelPipeline    *pipeline,
                    RunnelDiagnostics *diagnostics)
{
  Check self = { .pipeline = pipeline, .diagnostics = diagnostics };

  for (guint i = 0; i < runnel_pipeline_get_n_steps (pipeline); i++)
    {
      RunnelStep *step = runnel_pipeline_get_step (pipeline, i);
      g_autofree char *path = NULL;

      if (!runnel_step_has_member (step, "pool"))
        continue;
      path = g_strdup_printf ("steps[%u]", i);
      check_step (&self, step, path);
    }
  for (guint point = 0; point < RUNNEL_N_HOOK_POINTS; point++)
    check_hooks (&self, point);

  g_clear_pointer (&self.settings, runnel_settings_free);
}
