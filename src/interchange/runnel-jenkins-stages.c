/* runnel-jenkins-stages.c: steps as stages
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-jenkins-private.h"

static void
add_agent (RunnelJenkins *self, const RunnelFlowStep *step)
{
  g_autofree char *image = NULL;

  if (step->image == NULL)
    return;

  image = _runnel_jenkins_quote (step->image);
  _runnel_jenkins_open (self, "agent");
  _runnel_jenkins_open (self, "docker");
  _runnel_jenkins_line (self, "image %s", image);
  _runnel_jenkins_line (self, "reuseNode true");
  _runnel_jenkins_close (self);
  _runnel_jenkins_close (self);
}

/* Directives of a Jenkinsfile that was read before. */
static void
add_kept (RunnelJenkins *self, const RunnelFlowStep *step)
{
  static const char *const sections[] = { "tools", "when", "post", "failFast", "other" };
  static const char *const lists[] = { "options", "environment" };

  if (step->image == NULL)
    _runnel_jenkins_add_source (self, _runnel_jenkins_get_kept (step->foreign, "agent"));
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    _runnel_jenkins_add_source (self, _runnel_jenkins_get_kept (step->foreign, sections[i]));
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      const char *kept = _runnel_jenkins_get_kept (step->foreign, lists[i]);

      if (kept == NULL)
        continue;
      _runnel_jenkins_open (self, "%s", lists[i]);
      _runnel_jenkins_add_source (self, kept);
      _runnel_jenkins_close (self);
    }
}

static void
add_stage (RunnelJenkins *self, const RunnelFlowStep *step)
{
  g_autofree char *title = _runnel_jenkins_quote (step->title);

  if (!g_str_equal (step->title, step->id))
    _runnel_jenkins_line (self, "// runnel: id: %s", step->id);
  _runnel_jenkins_add_losses (self, step);
  _runnel_jenkins_add_marks (self, step);
  _runnel_jenkins_open (self, "stage(%s)", title);
  add_agent (self, step);
  add_kept (self, step);
  _runnel_jenkins_open (self, "steps");
  _runnel_jenkins_add_with_env (self, step, NULL);
  _runnel_jenkins_close (self);
  _runnel_jenkins_close (self);
}

static void
add_chain (RunnelJenkins *self, GPtrArray *chain)
{
  const RunnelFlowStep *first = g_ptr_array_index (chain, 0);
  const RunnelFlowStep *last = g_ptr_array_index (chain, chain->len - 1);
  g_autofree char *title = g_strdup_printf ("%s … %s", first->title, last->title);
  g_autofree char *quoted = _runnel_jenkins_quote (title);

  if (chain->len > 1)
    {
      _runnel_jenkins_open (self, "stage(%s)", quoted);
      _runnel_jenkins_open (self, "stages");
    }
  for (guint i = 0; i < chain->len; i++)
    add_stage (self, g_ptr_array_index (chain, i));
  if (chain->len > 1)
    {
      _runnel_jenkins_close (self);
      _runnel_jenkins_close (self);
    }
}

static void
add_level (RunnelJenkins *self, GPtrArray *level, guint number)
{
  if (level->len == 1)
    {
      GPtrArray *chain = g_ptr_array_index (level, 0);

      for (guint i = 0; i < chain->len; i++)
        add_stage (self, g_ptr_array_index (chain, i));
      return;
    }

  _runnel_jenkins_open (self, "stage('Side by side %u')", number);
  _runnel_jenkins_open (self, "parallel");
  for (guint i = 0; i < level->len; i++)
    add_chain (self, g_ptr_array_index (level, i));
  _runnel_jenkins_close (self);
  _runnel_jenkins_close (self);
}

/* Writes the stages of a graph that has their shape; hooks that come first are stages, too. */
void
_runnel_jenkins_add_stages (RunnelJenkins *self, GPtrArray *shape)
{
  guint n_parallel = 0;

  for (guint i = 0; i < self->flow->on_start->len; i++)
    {
      _runnel_jenkins_line (self, "// runnel: hook: on-start");
      add_stage (self, g_ptr_array_index (self->flow->on_start, i));
    }
  for (guint i = 0; i < shape->len; i++)
    {
      GPtrArray *level = g_ptr_array_index (shape, i);

      n_parallel += level->len > 1;
      add_level (self, level, n_parallel);
    }
}
