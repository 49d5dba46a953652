/* runnel-added-step.c: what is known of a step that a run has beyond those in its file
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/runnel-added-step.h"

static const char *const role_names[] = {
  [RUNNEL_ROLE_STEP] = "step",
  [RUNNEL_ROLE_LEG] = "leg",
  [RUNNEL_ROLE_UNDO] = "undo",
  [RUNNEL_ROLE_HOOK] = "hook",
};

G_STATIC_ASSERT (G_N_ELEMENTS (role_names) == RUNNEL_N_ROLES);

static void
set_string (JsonObject *object, const char *key, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, key, value);
}

static const char *
get_string (JsonObject *object, const char *key)
{
  JsonNode *node = json_object_get_member (object, key);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

/**
 * runnel_role_to_string:
 * @self: a role
 *
 * Returns: (transfer none): its name
 */
const char *
runnel_role_to_string (RunnelRole self)
{
  g_return_val_if_fail ((guint) self < RUNNEL_N_ROLES, "unknown");

  return role_names[self];
}

/**
 * runnel_role_from_string:
 * @text: (nullable): a role's name
 * @ret_role: (out): the role; untouched when there is none of this name
 *
 * Returns: whether @text names a role
 */
gboolean
runnel_role_from_string (const char *text, RunnelRole *ret_role)
{
  for (guint i = 0; i < RUNNEL_N_ROLES; i++)
    {
      if (g_strcmp0 (text, role_names[i]) == 0)
        {
          *ret_role = i;
          return TRUE;
        }
    }
  return FALSE;
}

/**
 * runnel_added_step_to_json:
 * @self: an added step
 *
 * Returns: (transfer full): the details of its step-added event
 */
JsonObject *
runnel_added_step_to_json (const RunnelAddedStep *self)
{
  JsonObject *details = json_object_new ();

  json_object_set_string_member (details, "role", runnel_role_to_string (self->role));
  set_string (details, "parent", self->parent);
  set_string (details, "name", self->name);
  json_object_set_string_member (details, "kind", self->kind);
  if (self->matrix != NULL)
    json_object_set_object_member (details, "matrix", json_object_ref (self->matrix));
  return details;
}

/**
 * runnel_added_step_from_json:
 * @details: (nullable): the details of a step-added event
 * @ret_step: (out): what they say; borrows from @details
 *
 * Returns: whether @details tell of an added step of a known role
 */
gboolean
runnel_added_step_from_json (JsonObject *details, RunnelAddedStep *ret_step)
{
  RunnelAddedStep step = { 0 };
  JsonNode *matrix;

  if (details == NULL || !runnel_role_from_string (get_string (details, "role"), &step.role))
    return FALSE;
  step.parent = get_string (details, "parent");
  step.name = get_string (details, "name");
  step.kind = get_string (details, "kind");
  if (step.kind == NULL)
    step.kind = "";
  matrix = json_object_get_member (details, "matrix");
  if (matrix != NULL && JSON_NODE_HOLDS_OBJECT (matrix))
    step.matrix = json_node_get_object (matrix);
  *ret_step = step;
  return TRUE;
}
