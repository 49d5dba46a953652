/* runnel-jenkins-graph.c: steps as branches of one parallel, each of which waits for what it needs
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Declarative can't say every graph, and its stages know no outcomes. So this is the exact way:
 * each exported file brings the rules of links and joins with it, in a few lines of Groovy.
 */
#include "config.h"

#include "interchange/runnel-jenkins-private.h"
#include "model/runnel-json-write.h"

static const char engine[] =
  "// How a link stands: true once it has fired, false when it can't any more, null while that is "
  "open.\n"
  "@NonCPS\n"
  "def fired(states, need) {\n"
  "  def state = states[need.step]\n"
  "  if (state == null) return null\n"
  "  switch (need.on) {\n"
  "    case 'failure': return state == 'failure'\n"
  "    case 'finished': return state in ['success', 'failure']\n"
  "    case 'always': return true\n"
  "    default: return state == 'success'\n"
  "  }\n"
  "}\n"
  "\n"
  "// Whether a failure is why the link can't fire.\n"
  "@NonCPS\n"
  "def broken(states, need) {\n"
  "  fired(states, need) == false && states[need.step] in ['failure', 'blocked']\n"
  "}\n"
  "\n"
  "// Whether a step is to start: true, false when it is to be skipped, null while that is open.\n"
  "@NonCPS\n"
  "def decide(states, step) {\n"
  "  def links = step.needs.collect { fired(states, it) }\n"
  "  if (links.isEmpty()) return true\n"
  "  switch (step.join) {\n"
  "    case 'any':\n"
  "      return links.contains(true) ? true : links.contains(null) ? null : false\n"
  "    case 'none-failed':\n"
  "      if (links.contains(null)) return null\n"
  "      return links.contains(true) && !step.needs.any { broken(states, it) }\n"
  "    default:\n"
  "      return links.contains(false) ? false : links.contains(null) ? null : true\n"
  "  }\n"
  "}\n"
  "\n"
  "def runStep(states, step) {\n"
  "  def go = null\n"
  "  waitUntil(initialRecurrencePeriod: 250, quiet: true) { go = decide(states, step); go != null "
  "}\n"
  "  if (!go || !step.condition()) {\n"
  "    echo \"${step.title}: skipped\"\n"
  "    return !go && step.needs.any { broken(states, it) } ? 'blocked' : 'skipped'\n"
  "  }\n"
  "  try {\n"
  "    stage(step.title) { step.body() }\n"
  "    return 'success'\n"
  "  } catch (Exception problem) {\n"
  "    if (currentBuild.currentResult == 'ABORTED') throw problem\n"
  "    echo \"${step.title}: ${problem.message}\"\n"
  "    return step.continues ? 'success' : 'failure'\n"
  "  }\n"
  "}\n"
  "\n"
  "// Runs all steps, each as soon as its links let it; fails when a failure was made good by "
  "none.\n"
  "def runGraph(steps) {\n"
  "  def states = [:]\n"
  "  def branches = [:]\n"
  "  for (item in steps) {\n"
  "    def step = item\n"
  "    branches[step.id] = { states[step.id] = runStep(states, step) }\n"
  "  }\n"
  "  parallel branches\n"
  "  def handled = steps.collectMany { step ->\n"
  "    states[step.id] == 'success' ? step.needs.findAll { it.handles }.collect { it.step } : []\n"
  "  }\n"
  "  def failed = steps.findAll { states[it.id] == 'failure' && !(it.id in handled) }\n"
  "  if (failed) error(\"failed: ${failed.collect { it.title }.join(', ')}\")\n"
  "}\n"
  "\n"
  "// The legs of a matrix; so many at once, 0 is all.\n"
  "def runLegs(legs, most, failFast) {\n"
  "  def running = 0\n"
  "  def branches = [failFast: failFast]\n"
  "  for (item in legs) {\n"
  "    def leg = item\n"
  "    branches[leg.key] = {\n"
  "      waitUntil(initialRecurrencePeriod: 250, quiet: true) {\n"
  "        def free = most == 0 || running < most\n"
  "        if (free) running++\n"
  "        free\n"
  "      }\n"
  "      try { leg.value() } finally { running-- }\n"
  "    }\n"
  "  }\n"
  "  parallel branches\n"
  "}\n"
  "\n";

static const char *
get_join (const RunnelFlowStep *step)
{
  return step->needs->len > 1 ? runnel_join_to_string (step->join) : "all";
}

static void
add_needs (RunnelJenkins *self, const RunnelFlowStep *step)
{
  g_autoptr(GString) list = g_string_new (NULL);

  for (guint i = 0; i < step->needs->len; i++)
    {
      const RunnelFlowNeed *need = &g_array_index (step->needs, RunnelFlowNeed, i);
      const RunnelFlowStep *before = runnel_flow_get_step (self->flow, need->step);

      g_string_append_printf (list, "%s[step: '%s', on: '%s', handles: %s]", i > 0 ? ", " : "",
                              before->id, runnel_on_to_string (need->on),
                              need->handles ? "true" : "false");
    }
  _runnel_jenkins_line (self, "needs: [%s], join: '%s',", list->str, get_join (step));
}

static void
add_condition (RunnelJenkins *self, const RunnelFlowStep *step)
{
  RunnelJenkinsPlace place = { self->flow, NULL, FALSE };
  g_autofree char *said = NULL;

  if (step->condition != NULL)
    said = runnel_dialect_say_condition (&_runnel_jenkins_groovy, step->condition, &place, NULL);
  if (step->enabled == RUNNEL_DISABLED)
    _runnel_jenkins_line (self, "condition: { false }, // disabled");
  else
    _runnel_jenkins_line (self, "condition: { %s },", said != NULL ? said : "true");
}

static void
add_legs (RunnelJenkins *self, const RunnelFlowStep *step)
{
  _runnel_jenkins_line (self, "runLegs([");
  self->depth++;
  for (guint i = 0; i < step->legs->combinations->len; i++)
    {
      JsonObject *leg = g_ptr_array_index (step->legs->combinations, i);
      g_autofree char *name = runnel_matrix_to_text (leg);
      g_autofree char *title = g_strdup_printf ("%s (%s)", step->title, name);
      g_autofree char *quoted = _runnel_jenkins_quote (title);

      _runnel_jenkins_open (self, "%s:", quoted);
      _runnel_jenkins_add_with_env (self, step, leg);
      self->depth--;
      _runnel_jenkins_line (self, "},");
    }
  self->depth--;
  _runnel_jenkins_line (self, "], %u, %s)", step->legs->max_parallel,
                        step->legs->fail_fast ? "true" : "false");
}

static void
add_inside_of_image (RunnelJenkins *self, const RunnelFlowStep *step)
{
  g_autofree char *image = step->image != NULL ? _runnel_jenkins_quote (step->image) : NULL;

  if (image != NULL)
    _runnel_jenkins_open (self, "docker.image(%s).inside", image);
  if (step->enabled == RUNNEL_BYPASSED)
    _runnel_jenkins_line (self, "echo 'bypassed'");
  else if (step->legs != NULL)
    add_legs (self, step);
  else
    _runnel_jenkins_add_with_env (self, step, NULL);
  if (image != NULL)
    _runnel_jenkins_close (self);
}

/* Comments by which the import finds what the Groovy does not say, or in another form: values of
 * the matrix are filled in there. */
void
_runnel_jenkins_add_marks (RunnelJenkins *self, const RunnelFlowStep *step)
{
  g_autoptr(JsonNode) values = json_node_new (JSON_NODE_OBJECT);
  g_autoptr(GString) text = g_string_new (NULL);
  JsonObject *object = json_object_new ();

  json_node_take_object (values, object);
  if (step->enabled == RUNNEL_DISABLED || step->enabled == RUNNEL_BYPASSED)
    _runnel_jenkins_line (self, "// runnel: disabled: %s",
                          step->enabled == RUNNEL_DISABLED ? "true" : "bypass");
  if (step->promises != NULL)
    json_object_set_object_member (object, "outputs", json_object_ref (step->promises));
  if (step->matrix != NULL)
    json_object_set_member (object, "matrix", json_node_copy (step->matrix));
  if (step->matrix != NULL && step->env->len > 0)
    {
      JsonObject *env = json_object_new ();

      for (guint i = 0; i < step->env->len; i++)
        {
          const RunnelFlowVariable *variable = &g_array_index (step->env, RunnelFlowVariable, i);

          json_object_set_string_member (env, variable->name, variable->value);
        }
      json_object_set_object_member (object, "env", env);
    }
  if (json_object_get_size (object) == 0)
    return;

  runnel_json_write_compact (text, values);
  _runnel_jenkins_line (self, "// runnel: values: %s", text->str);
}

/* What a stage of Jenkins had has no place in a branch. */
static void
add_kept_losses (RunnelJenkins *self, const RunnelFlowStep *step)
{
  JsonObject *own = runnel_flow_get_foreign (step->foreign, runnel_target_jenkins.name);
  GList *sections = own != NULL ? json_object_get_members (own) : NULL;

  for (GList *section = sections; section != NULL; section = section->next)
    _runnel_jenkins_line (self, "// runnel: lost: foreign: %s", (const char *) section->data);
  g_list_free (sections);
}

static void
add_step (RunnelJenkins *self, const RunnelFlowStep *step)
{
  g_autofree char *title = _runnel_jenkins_quote (step->title);

  _runnel_jenkins_add_losses (self, step);
  add_kept_losses (self, step);
  _runnel_jenkins_add_marks (self, step);
  _runnel_jenkins_line (self, "[id: '%s', title: %s, continues: %s,", step->id, title,
                        step->continues ? "true" : "false");
  self->depth++;
  add_needs (self, step);
  add_condition (self, step);
  _runnel_jenkins_open (self, "body:");
  add_inside_of_image (self, step);
  self->depth--;
  _runnel_jenkins_line (self, "}],");
  self->depth--;
}

/* The functions that the graph is run by. */
const char *
_runnel_jenkins_get_engine (void)
{
  return engine;
}

/* Writes the functions that the graph is run by, before the pipeline. */
void
_runnel_jenkins_add_engine (RunnelJenkins *self)
{
  g_string_append (self->text, engine);
}

/* Writes one stage with all steps in it. */
void
_runnel_jenkins_add_graph (RunnelJenkins *self)
{
  _runnel_jenkins_open (self, "stage('Steps')");
  _runnel_jenkins_open (self, "steps");
  _runnel_jenkins_open (self, "script");
  for (guint i = 0; i < self->flow->on_start->len; i++)
    {
      const RunnelFlowStep *hook = g_ptr_array_index (self->flow->on_start, i);

      _runnel_jenkins_add_hook_marks (self, hook);
      _runnel_jenkins_add_with_env (self, hook, NULL);
    }
  _runnel_jenkins_line (self, "runGraph([");
  self->depth++;
  for (guint i = 0; i < self->flow->order->len; i++)
    add_step (self, runnel_flow_get_step (self->flow, g_array_index (self->flow->order, guint, i)));
  self->depth--;
  _runnel_jenkins_line (self, "])");
  _runnel_jenkins_close (self);
  _runnel_jenkins_close (self);
  _runnel_jenkins_close (self);
}
