/* runnel-argo-step.c: a step as a task of the graph and the template that it runs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-argo-private.h"

#include <string.h>

#include "model/runnel-duration.h"

static void
add_links (RunnelArgoMaker *self)
{
  const RunnelFlowStep *step = self->made->step;
  g_autofree char *depends = _runnel_argo_say_depends (self->scope.flow, step, self->scope.names);
  JsonObject *foreign = runnel_flow_get_foreign (step->foreign, "argo");
  const char *kept = runnel_kube_get_string (runnel_kube_get_object (foreign, "task"), "depends");

  if (depends == NULL)
    return;
  if (kept != NULL)
    {
      json_object_set_string_member (self->made->task, "depends", kept);
      return;
    }
  json_object_set_string_member (self->made->task, "depends", depends);
  runnel_kube_remember (self->said, depends, runnel_kube_needs_to_json (self->scope.flow, step));
}

static void
add_condition (RunnelArgoMaker *self)
{
  const RunnelFlowStep *step = self->made->step;
  g_autofree char *when = NULL;

  if (step->enabled != RUNNEL_ENABLED)
    {
      when = g_strdup ("false");
      json_object_set_member (self->step, "disabled",
                              step->enabled == RUNNEL_BYPASSED
                                ? runnel_kube_string_node ("bypass")
                                : json_node_init_boolean (json_node_alloc (), TRUE));
      if (step->condition != NULL)
        json_object_set_string_member (self->step, "if", step->condition);
    }
  else if (step->condition != NULL)
    {
      when = _runnel_argo_say_condition (&self->scope, step->condition, NULL);
      if (when != NULL)
        runnel_kube_remember (self->said, when, runnel_kube_string_node (step->condition));
    }
  if (when != NULL)
    json_object_set_string_member (self->made->task, "when", when);
}

static void
add_timeout (RunnelArgoMaker *self)
{
  const RunnelFlowStep *step = self->made->step;
  gint64 seconds = (step->timeout + G_TIME_SPAN_SECOND - 1) / G_TIME_SPAN_SECOND;
  g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT, seconds);
  g_autofree char *span = NULL;

  if (step->timeout <= 0 || self->made->template == NULL || step->body != RUNNEL_FLOW_SHELL)
    return;
  span = runnel_duration_to_string (step->timeout);
  json_object_set_int_member (self->made->template, "activeDeadlineSeconds", seconds);
  runnel_kube_remember (self->said, key, runnel_kube_string_node (span));
}

/* The legs of a matrix, and a pool, are held by semaphores. */
static void
add_semaphores (RunnelArgoMaker *self)
{
  const RunnelFlowStep *step = self->made->step;
  g_autofree char *legs = g_strdup_printf ("legs-%s", step->id);
  const char *keys[] = { step->pool,
                         step->legs != NULL && step->legs->max_parallel > 0 ? legs : NULL };
  g_autofree char *map = _runnel_argo_make_limits (self->scope.flow);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      JsonObject *entry;
      JsonObject *ref;

      if (keys[i] == NULL || self->made->template == NULL)
        continue;
      entry = json_object_new ();
      ref = runnel_kube_add_object (entry, "configMapKeyRef");
      json_object_set_string_member (ref, "name", map);
      json_object_set_string_member (ref, "key", keys[i]);
      json_array_add_object_element (
        runnel_kube_add_array (runnel_kube_add_object (self->made->template, "synchronization"),
                               "semaphores"),
        entry);
    }
}

/* What was kept of another file of Argo's. */
static void
add_kept (RunnelArgoMaker *self)
{
  JsonObject *kept = runnel_flow_get_foreign (self->made->step->foreign, "argo");

  runnel_kube_merge (self->made->task, runnel_kube_get_object (kept, "task"));
  if (self->made->template != NULL)
    runnel_kube_merge (self->made->template, runnel_kube_get_object (kept, "template"));
}

static void
add_annotations (RunnelArgoMaker *self)
{
  const RunnelFlowStep *step = self->made->step;
  JsonObject *owner = self->made->template;
  JsonObject *annotations;

  if (owner == NULL)
    return;
  if (!g_str_equal (step->title, step->id))
    json_object_set_string_member (runnel_kube_add_object (owner, "annotations"),
                                   RUNNEL_ARGO_DISPLAY_NAME, step->title);
  annotations = runnel_kube_add_object (runnel_kube_add_object (owner, "metadata"), "annotations");
  if (json_object_get_size (self->step) > 0)
    {
      g_autofree char *text = runnel_kube_to_annotation (self->step);

      json_object_set_string_member (annotations, RUNNEL_KUBE_STEP, text);
    }
  if (json_object_get_size (self->said) > 0)
    {
      g_autofree char *text = runnel_kube_to_annotation (self->said);

      json_object_set_string_member (annotations, RUNNEL_KUBE_SAID, text);
    }
  if (json_object_get_size (annotations) == 0)
    json_object_remove_member (owner, "metadata");
}

static void
add_id (RunnelArgoMaker      *self,
        const char *name)
{
  const RunnelFlowStep *step = self->made->step;
  JsonObject *doubles = runnel_kube_find_doubles (self->scope.flow, step);

  if (!g_str_equal (name, step->id))
    json_object_set_string_member (self->step, "id", step->id);
  if (step->continues)
    json_object_set_boolean_member (self->step, "continue-on-error", TRUE);
  if (doubles != NULL && step->body == RUNNEL_FLOW_SHELL)
    json_object_set_object_member (self->step, "env", doubles);
}

/* Makes the task and the template of a step. What Argo can't say of it is left out; who calls has
 * told of it. */
RunnelArgoStep *
_runnel_argo_step_new (const RunnelFlow          *flow,
                       const RunnelFlowStep      *step,
                       const RunnelExportOptions *options,
                       RunnelKubeNames           *names,
                       gboolean                   is_hook)
{
  g_autoptr(JsonObject) said = json_object_new ();
  g_autoptr(JsonObject) rest = json_object_new ();
  RunnelArgoMaker self = { .options = options, .said = said, .step = rest };
  const char *name = runnel_kube_names_get (names, step->id);
  g_autofree char *template_name = g_ascii_strdown (name, -1); /* pods are named by it */

  self.scope = (RunnelArgoScope) { .flow = flow, .step = step, .names = names, .in_hook = is_hook };
  self.made = g_new0 (RunnelArgoStep, 1);
  self.made->step = step;
  self.made->task = json_object_new ();
  self.made->template = json_object_new ();
  json_object_set_string_member (self.made->task, "name", name);
  json_object_set_string_member (self.made->task, "template", template_name);
  json_object_set_string_member (self.made->template, "name", template_name);
  /* the place of annotations is behind the name */
  runnel_kube_add_object (self.made->template, "metadata");
  add_id (&self, name);
  if (!is_hook)
    add_links (&self);
  add_condition (&self);
  if (step->matrix != NULL)
    _runnel_argo_add_matrix (self.made, &self.scope, said);
  _runnel_argo_add_body (&self);
  if (self.made->template != NULL)
    _runnel_argo_add_retry (self.made->template, said, &self.scope);
  add_timeout (&self);
  add_semaphores (&self);
  add_kept (&self);
  add_annotations (&self);
  return self.made;
}

void
_runnel_argo_step_free (RunnelArgoStep *self)
{
  json_object_unref (self->task);
  g_clear_pointer (&self->template, json_object_unref);
  g_free (self);
}
