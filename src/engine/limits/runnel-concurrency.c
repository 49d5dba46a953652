/* runnel-concurrency.c: which runs are not to be under way at the same time
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/limits/runnel-concurrency.h"

static const char *const policies[] = {
  [RUNNEL_POLICY_QUEUE] = "queue",
  [RUNNEL_POLICY_CANCEL_RUNNING] = "cancel-running",
  [RUNNEL_POLICY_SKIP] = "skip",
  [RUNNEL_POLICY_PARALLEL] = "parallel",
};

static const char *
get_string (JsonObject *object,
            const char *key)
{
  JsonNode *node = json_object_get_member (object, key);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node) : NULL;
}

static RunnelPolicy
read_policy (JsonObject *object)
{
  const char *text = get_string (object, "policy");

  for (guint i = 0; i < G_N_ELEMENTS (policies); i++)
    if (g_strcmp0 (text, policies[i]) == 0)
      return i;

  return RUNNEL_POLICY_QUEUE;
}

static guint
read_max (JsonObject   *object,
          RunnelPolicy  policy)
{
  JsonNode *node = json_object_get_member (object, "max");
  gint64 max = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_int (node) : 0;

  if (max > 0)
    return MIN (max, G_MAXINT);

  return policy == RUNNEL_POLICY_PARALLEL ? 0 : 1;
}

/**
 * runnel_concurrency_read:
 * @pipeline: a pipeline
 * @file: its file, absolute
 * @ret_self: (out): what it says of its runs; left alone when that is nothing
 *
 * Returns: whether its runs belong to a group
 */
gboolean
runnel_concurrency_read (RunnelPipeline    *pipeline,
                         const char        *file,
                         RunnelConcurrency *ret_self)
{
  JsonNode *node = runnel_pipeline_get_member (pipeline, "concurrency");
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node)
                                                                      : NULL;

  if (object == NULL ||
      (!json_object_has_member (object, "group") && !json_object_has_member (object, "policy") &&
       !json_object_has_member (object, "max")))
    return FALSE;

  ret_self->group = g_strdup (get_string (object, "group"));
  ret_self->file = g_strdup (file);
  ret_self->policy = read_policy (object);
  ret_self->max = read_max (object, ret_self->policy);

  return TRUE;
}

void
runnel_concurrency_clear (RunnelConcurrency *self)
{
  g_clear_pointer (&self->group, g_free);
  g_clear_pointer (&self->file, g_free);
}

/**
 * runnel_concurrency_get_id:
 * @self: with a group without expressions
 *
 * Returns: (transfer full): a name for the group that can be that of a folder, the same for all
 *   runs of the group
 */
char *
runnel_concurrency_get_id (const RunnelConcurrency *self)
{
  g_autofree char *text = self->group != NULL ? g_strconcat ("group:", self->group, NULL)
                                              : g_strconcat ("file:", self->file, NULL);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

/**
 * runnel_concurrency_describe:
 * @self: with a group without expressions
 *
 * Returns: (transfer full): the group as people know it: "group deploy"
 */
char *
runnel_concurrency_describe (const RunnelConcurrency *self)
{
  return self->group != NULL ? g_strconcat ("group ", self->group, NULL)
                             : g_strdup ("this pipeline");
}
