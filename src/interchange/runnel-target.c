/* runnel-target.c: another system, and what it makes of our pipelines
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-target.h"

#include <string.h>

#include <glib/gi18n.h>

#include "interchange/runnel-targets.h"

/* Less than that is a guess. */
#define CERTAIN_ENOUGH 20

#define STEM_CHARACTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-"

static const RunnelTarget *const targets[] = {
  &runnel_target_tekton,
  &runnel_target_argo,
  &runnel_target_jenkins,
  &runnel_target_github,
  &runnel_target_airflow,
  &runnel_target_shell,
  &runnel_target_gitlab,
  &runnel_target_make,
  &runnel_target_ninja,
  &runnel_target_systemd,
  &runnel_target_cron,
  &runnel_target_dot,
  &runnel_target_mermaid,
  &runnel_target_markdown,
  NULL,
};

G_DEFINE_QUARK (runnel-export-error-quark, runnel_export_error)

/**
 * runnel_target_list:
 * @ret_n_targets: (out): the number of targets
 *
 * Returns: (transfer none) (array length=ret_n_targets): all systems that are known, in the order
 * of lists
 */
const RunnelTarget *const *
runnel_target_list (guint *ret_n_targets)
{
  g_return_val_if_fail (ret_n_targets != NULL, NULL);

  *ret_n_targets = G_N_ELEMENTS (targets) - 1;

  return targets;
}

/**
 * runnel_target_lookup:
 * @name: the name of a system, such as "github-actions"
 *
 * Returns: (transfer none) (nullable): the system of that name
 */
const RunnelTarget *
runnel_target_lookup (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; targets[i] != NULL; i++)
    if (g_str_equal (targets[i]->name, name))
      return targets[i];

  return NULL;
}

/**
 * runnel_target_detect:
 * @path: the path that the text was read from
 * @text: the text of a file
 * @length: of @text, in bytes
 *
 * Returns: (transfer none) (nullable): the system that the file is most likely for
 */
const RunnelTarget *
runnel_target_detect (const char *path, const char *text, gsize length)
{
  const RunnelTarget *best = NULL;
  guint best_score = CERTAIN_ENOUGH - 1;

  g_return_val_if_fail (path != NULL && text != NULL, NULL);

  for (guint i = 0; targets[i] != NULL; i++)
    {
      guint score = targets[i]->detect != NULL ? targets[i]->detect (path, text, length) : 0;

      if (score > best_score)
        {
          best = targets[i];
          best_score = score;
        }
    }

  return best;
}

/**
 * runnel_target_get_stem:
 * @flow: a pipeline
 *
 * Returns: (transfer full): what files made of it are called: the name of its own file without
 *   suffix, or its title, with nothing in it but letters, digits, "_", "." and "-"
 */
char *
runnel_target_get_stem (const RunnelFlow *flow)
{
  g_autofree char *base = NULL;

  g_return_val_if_fail (flow != NULL, NULL);

  if (flow->file != NULL)
    base = g_path_get_basename (flow->file);
  else
    base =
      g_ascii_strdown (flow->name != NULL && *flow->name != '\0' ? flow->name : "pipeline", -1);
  if (g_str_has_suffix (base, RUNNEL_FILE_SUFFIX))
    base[strlen (base) - strlen (RUNNEL_FILE_SUFFIX)] = '\0';

  return g_strcanon (g_steal_pointer (&base), STEM_CHARACTERS, '-');
}

/**
 * runnel_target_get_path:
 * @self: a target that exports
 * @flow: a pipeline
 *
 * Returns: (transfer full): where its first file usually goes, relative to the project
 */
char *
runnel_target_get_path (const RunnelTarget *self, const RunnelFlow *flow)
{
  g_autofree char *stem = NULL;
  g_auto(GStrv) parts = NULL;

  g_return_val_if_fail (self != NULL && flow != NULL, NULL);

  stem = runnel_target_get_stem (flow);
  parts = g_strsplit (self->default_path, "%s", 2);

  return g_strjoinv (stem, parts);
}

static gboolean
is_own_construct (const RunnelTarget *self, const RunnelFlowStep *step)
{
  JsonNode *system = json_object_get_member (step->with, "system");

  return system != NULL && JSON_NODE_HOLDS_VALUE (system)
         && g_strcmp0 (json_node_get_string (system), self->name) == 0;
}

/**
 * runnel_target_judge:
 * @self: a target that exports
 * @flow: a pipeline
 * @step: (nullable): a step, hook or undo of it, or %NULL for the pipeline itself
 * @feature: something that it asks for
 * @options: what is chosen for the export
 *
 * Returns: how well the target does it for this step
 */
RunnelCapability
runnel_target_judge (const RunnelTarget *self,
                     const RunnelFlow *flow,
                     const RunnelFlowStep *step,
                     RunnelFeature feature,
                     const RunnelExportOptions *options)
{
  RunnelCapability verdict;

  g_return_val_if_fail (self != NULL && self->capabilities != NULL, (RunnelCapability){ 0 });
  g_return_val_if_fail (flow != NULL && feature < RUNNEL_N_FEATURES, (RunnelCapability){ 0 });

  if (feature == RUNNEL_FEATURE_FOREIGN && step != NULL && is_own_construct (self, step))
    return (RunnelCapability){ RUNNEL_FIDELITY_EXACT, N_ ("written back as it was"), NULL };

  verdict = self->capabilities[feature];
  if (self->judge != NULL)
    self->judge (flow, step, feature, options, &verdict);

  return verdict;
}

/**
 * runnel_target_list_losses:
 * @self: a target that exports
 * @flow: a pipeline
 * @step: (nullable): a step, hook or undo of it, or %NULL for the pipeline itself
 * @options: what is chosen for the export
 *
 * What an exporter writes as comments at the place.
 *
 * Returns: (transfer full) (element-type utf8): a line for each feature that is lost, such as
 *   "lost: priority: jobs start in the order in which runners are free"; empty when nothing is
 */
GPtrArray *
runnel_target_list_losses (const RunnelTarget *self,
                           const RunnelFlow *flow,
                           const RunnelFlowStep *step,
                           const RunnelExportOptions *options)
{
  GPtrArray *losses = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (self != NULL && flow != NULL, losses);

  for (RunnelFeature feature = 0; feature < RUNNEL_N_FEATURES; feature++)
    {
      RunnelCapability verdict;

      if (!runnel_flow_step_asks (flow, step, feature))
        continue;
      verdict = runnel_target_judge (self, flow, step, feature, options);
      if (verdict.fidelity == RUNNEL_FIDELITY_LOST)
        g_ptr_array_add (losses,
                         g_strdup_printf ("lost: %s: %s", runnel_feature_to_string (feature),
                                          verdict.how != NULL ? verdict.how : ""));
    }

  return losses;
}

/* Adds what is lost of one step, or of the pipeline, for an error that names it all. */
static void
collect_losses (const RunnelTarget *self,
                const RunnelFlow *flow,
                const RunnelFlowStep *step,
                const RunnelExportOptions *options,
                GString *text)
{
  g_autoptr(GPtrArray) losses = runnel_target_list_losses (self, flow, step, options);

  for (guint i = 0; i < losses->len; i++)
    g_string_append_printf (text, "\n  %s: %s", step != NULL ? step->id : _ ("the pipeline"),
                            (const char *) g_ptr_array_index (losses, i));
}

static void
collect_losses_of_all (const RunnelTarget *self,
                       const RunnelFlow *flow,
                       GPtrArray *steps,
                       const RunnelExportOptions *options,
                       GString *text)
{
  for (guint i = 0; i < steps->len; i++)
    {
      const RunnelFlowStep *step = g_ptr_array_index (steps, i);

      collect_losses (self, flow, step, options, text);
      if (step->undo != NULL && flow->rolls_back)
        collect_losses (self, flow, step->undo, options, text);
    }
}

static gboolean
check_losses (const RunnelTarget *self,
              const RunnelFlow *flow,
              const RunnelExportOptions *options,
              GError **error)
{
  g_autoptr(GString) text = g_string_new (NULL);

  collect_losses (self, flow, NULL, options, text);
  collect_losses_of_all (self, flow, flow->on_start, options, text);
  collect_losses_of_all (self, flow, flow->steps, options, text);
  collect_losses_of_all (self, flow, flow->on_success, options, text);
  collect_losses_of_all (self, flow, flow->on_failure, options, text);
  collect_losses_of_all (self, flow, flow->on_finish, options, text);
  if (text->len == 0)
    return TRUE;

  g_set_error (error, RUNNEL_EXPORT_ERROR, RUNNEL_EXPORT_ERROR_LOSS,
               _ ("%s can't express all of this pipeline:%s"), self->title, text->str);
  return FALSE;
}

/* Whether `options.mode` is one of the target. */
static gboolean
check_mode (const RunnelTarget *self, const RunnelExportOptions *options, GError **error)
{
  g_autofree char *known = NULL;

  if (options->mode == NULL
      || (self->modes != NULL && g_strv_contains (self->modes, options->mode)))
    return TRUE;

  known = self->modes != NULL ? g_strjoinv (", ", (char **) self->modes) : g_strdup (_ ("none"));
  g_set_error (error, RUNNEL_EXPORT_ERROR, RUNNEL_EXPORT_ERROR_OPTION,
               _ ("%s has no mode “%s”; its modes: %s"), self->title, options->mode, known);
  return FALSE;
}

/**
 * runnel_target_export:
 * @self: a target that exports
 * @flow: a pipeline without errors
 * @options: what is chosen for the export
 * @allow_loss: whether what the target can't express may be left out; comments in the files tell of
 * it
 * @error: return location for a %RUNNEL_EXPORT_ERROR
 *
 * Makes the files of the other system; writes none.
 *
 * Returns: (transfer full) (element-type RunnelExportFile): the files, the first is the main one,
 * or %NULL with
 *   @error set
 */
GPtrArray *
runnel_target_export (const RunnelTarget *self,
                      const RunnelFlow *flow,
                      const RunnelExportOptions *options,
                      gboolean allow_loss,
                      GError **error)
{
  g_autoptr(GPtrArray) files = NULL;

  g_return_val_if_fail (self != NULL && self->export != NULL, NULL);
  g_return_val_if_fail (flow != NULL && options != NULL, NULL);

  if (!check_mode (self, options, error)
      || (!allow_loss && !check_losses (self, flow, options, error)))
    return NULL;

  files = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_export_file_free);
  if (!self->export(flow, options, files, error))
    return NULL;

  return g_steal_pointer (&files);
}

/**
 * runnel_export_add_file:
 * @files: (element-type RunnelExportFile): the files of an export
 * @path: where it goes, relative to the place of use
 * @content: (transfer full): its text
 * @mode: its permissions, 0644 or 0755
 */
void
runnel_export_add_file (GPtrArray *files, const char *path, char *content, guint mode)
{
  RunnelExportFile *file = g_new0 (RunnelExportFile, 1);

  g_return_if_fail (files != NULL && path != NULL && content != NULL);

  file->path = g_strdup (path);
  file->content = g_bytes_new_take (content, strlen (content));
  file->mode = mode;
  g_ptr_array_add (files, file);
}

/**
 * runnel_export_file_free:
 * @self: (transfer full): a file
 */
void
runnel_export_file_free (RunnelExportFile *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->path);
  g_bytes_unref (self->content);
  g_free (self);
}
