/* runnel-portability.c: what becomes of a pipeline on other systems
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-portability.h"

#include <glib/gi18n.h>

static void
row_clear (RunnelPortabilityRow *row)
{
  g_free (row->step);
  g_free (row->verdicts);
}

/**
 * runnel_portability_list_targets:
 *
 * Returns: (transfer container) (element-type RunnelTarget): the systems that pipelines are written for
 */
GPtrArray *
runnel_portability_list_targets (void)
{
  GPtrArray *targets = g_ptr_array_new ();
  guint n_targets;
  const RunnelTarget *const *all = runnel_target_list (&n_targets);

  for (guint i = 0; i < n_targets; i++)
    if (all[i]->export != NULL)
      g_ptr_array_add (targets, (gpointer) all[i]);

  return targets;
}

static void
add_rows (RunnelPortability         *self,
          const RunnelFlow          *flow,
          const RunnelFlowStep      *step,
          const RunnelExportOptions *options)
{
  for (RunnelFeature feature = 0; feature < RUNNEL_N_FEATURES; feature++)
    {
      RunnelPortabilityRow row = { NULL, feature, NULL };

      if (!runnel_flow_step_asks (flow, step, feature))
        continue;
      row.step = step != NULL ? g_strdup (step->id) : NULL;
      row.verdicts = g_new (RunnelCapability, self->targets->len);
      for (guint i = 0; i < self->targets->len; i++)
        row.verdicts[i] = runnel_target_judge (g_ptr_array_index (self->targets, i), flow, step,
                                               feature, options);
      g_array_append_val (self->rows, row);
    }
}

/* An undo counts where it may be run. */
static void
add_rows_of_all (RunnelPortability         *self,
                 const RunnelFlow          *flow,
                 GPtrArray                 *steps,
                 const RunnelExportOptions *options)
{
  for (guint i = 0; i < steps->len; i++)
    {
      const RunnelFlowStep *step = g_ptr_array_index (steps, i);

      add_rows (self, flow, step, options);
      if (step->undo != NULL && flow->rolls_back)
        add_rows (self, flow, step->undo, options);
    }
}

/**
 * runnel_portability_new:
 * @flow: a pipeline
 * @targets: (element-type RunnelTarget): systems that export
 * @options: what is chosen for the exports
 *
 * Finds all that the pipeline, its steps, hooks and undos ask for, and how well each of the systems
 * does it.
 *
 * Returns: (transfer full): the findings
 */
RunnelPortability *
runnel_portability_new (const RunnelFlow          *flow,
                        GPtrArray                 *targets,
                        const RunnelExportOptions *options)
{
  RunnelPortability *self;

  g_return_val_if_fail (flow != NULL && targets != NULL && options != NULL, NULL);

  self = g_new0 (RunnelPortability, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->targets = g_ptr_array_ref (targets);
  self->rows = g_array_new (FALSE, FALSE, sizeof (RunnelPortabilityRow));
  g_array_set_clear_func (self->rows, (GDestroyNotify) row_clear);
  add_rows (self, flow, NULL, options);
  add_rows_of_all (self, flow, flow->on_start, options);
  add_rows_of_all (self, flow, flow->steps, options);
  add_rows_of_all (self, flow, flow->on_success, options);
  add_rows_of_all (self, flow, flow->on_failure, options);
  add_rows_of_all (self, flow, flow->on_finish, options);

  return self;
}

RunnelPortability *
runnel_portability_ref (RunnelPortability *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
runnel_portability_unref (RunnelPortability *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_array_unref (self->rows);
  g_ptr_array_unref (self->targets);
  g_free (self);
}

/**
 * runnel_portability_get_row:
 * @self: findings
 * @index: which
 *
 * Returns: (transfer none): the row
 */
RunnelPortabilityRow *
runnel_portability_get_row (const RunnelPortability *self,
                            guint                    index)
{
  g_return_val_if_fail (self != NULL && index < self->rows->len, NULL);

  return &g_array_index (self->rows, RunnelPortabilityRow, index);
}

/**
 * runnel_portability_get_target:
 * @self: findings
 * @index: which
 *
 * Returns: (transfer none): the system that verdict @index of each row is about
 */
const RunnelTarget *
runnel_portability_get_target (const RunnelPortability *self,
                               guint                    index)
{
  g_return_val_if_fail (self != NULL && index < self->targets->len, NULL);

  return g_ptr_array_index (self->targets, index);
}

/**
 * runnel_portability_count:
 * @self: findings
 * @target: position of a system in `targets`
 *
 * Returns: how many of the rows that system does how well
 */
RunnelPortabilityCount
runnel_portability_count (const RunnelPortability *self,
                          guint                    target)
{
  RunnelPortabilityCount count = { { 0 } };

  g_return_val_if_fail (self != NULL && target < self->targets->len, count);

  for (guint i = 0; i < self->rows->len; i++)
    count.n[runnel_portability_get_row (self, i)->verdicts[target].fidelity]++;

  return count;
}

static void
add_text (JsonBuilder *builder,
          const char  *name,
          const char  *text)
{
  if (text == NULL)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, _(text));
}

static void
add_verdict (JsonBuilder            *builder,
             const RunnelTarget     *target,
             const RunnelCapability *verdict)
{
  json_builder_set_member_name (builder, target->name);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "fidelity");
  json_builder_add_string_value (builder, runnel_fidelity_to_string (verdict->fidelity));
  add_text (builder, "how", verdict->how);
  add_text (builder, "fix", verdict->fix);
  json_builder_end_object (builder);
}

static void
add_counts (JsonBuilder             *builder,
            const RunnelPortability *self,
            guint                    target)
{
  RunnelPortabilityCount count = runnel_portability_count (self, target);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "system");
  json_builder_add_string_value (builder, runnel_portability_get_target (self, target)->name);
  for (RunnelFidelity fidelity = 0; fidelity <= RUNNEL_FIDELITY_LOST; fidelity++)
    {
      json_builder_set_member_name (builder, runnel_fidelity_to_string (fidelity));
      json_builder_add_int_value (builder, count.n[fidelity]);
    }
  json_builder_end_object (builder);
}

static void
add_row_as_json (JsonBuilder             *builder,
                 const RunnelPortability *self,
                 RunnelPortabilityRow    *row)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "step");
  if (row->step != NULL)
    json_builder_add_string_value (builder, row->step);
  else
    json_builder_add_null_value (builder);
  json_builder_set_member_name (builder, "feature");
  json_builder_add_string_value (builder, runnel_feature_to_string (row->feature));
  json_builder_set_member_name (builder, "systems");
  json_builder_begin_object (builder);
  for (guint i = 0; i < self->targets->len; i++)
    add_verdict (builder, runnel_portability_get_target (self, i), &row->verdicts[i]);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

/**
 * runnel_portability_to_json:
 * @self: findings
 *
 * Returns: (transfer full): `{"systems": [{"system", "exact", "emulated", "lost"}], "features":
 *   [{"step", "feature", "systems": {NAME: {"fidelity", "how", "fix"}}}]}`; `step` is null for the
 *   pipeline itself, `fix` is there when there is one
 */
JsonNode *
runnel_portability_to_json (const RunnelPortability *self)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  g_return_val_if_fail (self != NULL, NULL);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "systems");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->targets->len; i++)
    add_counts (builder, self, i);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "features");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->rows->len; i++)
    add_row_as_json (builder, self, runnel_portability_get_row (self, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}
