/* runnel-step-sections.c: the groups of rows in the form of a step
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/inspector/runnel-action-rows.h"
#include "designer/inspector/runnel-choice-row.h"
#include "designer/inspector/runnel-code-row.h"
#include "designer/inspector/runnel-list-row.h"
#include "designer/inspector/runnel-step-sections.h"
#include "designer/inspector/runnel-text-row.h"

/* Members of a matrix that are no axes. */
static const char *const matrix_keys[] = {
  "include", "exclude", "max-parallel", "fail-fast", "limit", NULL,
};

static void
add_text (RunnelForm      *form,
          const char      *key,
          const char      *title,
          const char      *description,
          RunnelFieldType  type,
          const char      *placeholder)
{
  runnel_form_add_row (form, key, title, description,
                       runnel_text_row_new_with_placeholder (type, placeholder));
}

void
runnel_step_sections_add_flow (RunnelForm *form)
{
  const RunnelChoice enabled[] = {
    { NULL, _("Runs") },
    { "true", _("Disabled: is skipped") },
    { "\"bypass\"", _("Bypassed: passes as succeeded") },
  };

  runnel_form_add_group (form, "flow", _("Flow"));
  runnel_form_add_row (form, "disabled", _("Enabled"), _("Whether the step runs at all"),
                       runnel_choice_row_new (enabled, G_N_ELEMENTS (enabled), FALSE));
  add_text (form, "if", _("Condition"), _("An expression: the step is skipped when it is false"),
            RUNNEL_FIELD_STRING, "success()");
  runnel_action_rows_add_timeout (form, "");
  runnel_form_add_row (form, "continue-on-error", _("Continue on error"),
                       _("A failure of this step counts as success for the steps that follow"),
                       runnel_choice_row_new_boolean (NULL, TRUE));
}

void
runnel_step_sections_add_retry (RunnelForm *form)
{
  runnel_form_add_group (form, "retry", _("Retry"));
  runnel_action_rows_add_retry (form, "");
}

static RunnelFieldRow *
combinations_row_new (void)
{
  RunnelFieldRow *row = runnel_list_row_new_strings ();

  runnel_list_row_set_line (RUNNEL_LIST_ROW (row), &runnel_field_line_combination,
                            _("os: debian, cc: clang"));
  runnel_list_row_allow_expression (RUNNEL_LIST_ROW (row));
  return row;
}

static RunnelFieldRow *
axes_row_new (void)
{
  RunnelFieldRow *row = runnel_list_row_new_map (_("Axis"), NULL);

  runnel_list_row_set_line (RUNNEL_LIST_ROW (row), &runnel_field_line_values,
                            _("Values, with commas"));
  runnel_list_row_set_hidden_keys (RUNNEL_LIST_ROW (row), matrix_keys);
  runnel_list_row_allow_expression (RUNNEL_LIST_ROW (row));
  return row;
}

void
runnel_step_sections_add_matrix (RunnelForm *form)
{
  runnel_form_add_group (form, "matrix", _("Matrix"));
  runnel_form_add_row (form, "matrix", _("Axes"),
                       _("The step runs once for each combination of the axes’ values; it finds "
                         "them as matrix.AXIS in expressions"),
                       axes_row_new ());
  runnel_form_add_row (form, "matrix.include", _("Also"), _("Combinations to add"),
                       combinations_row_new ());
  runnel_form_add_row (form, "matrix.exclude", _("Except"), _("Combinations to leave out"),
                       combinations_row_new ());
  add_text (form, "matrix.max-parallel", _("Combinations at once"),
            _("How many of them may run at the same time"), RUNNEL_FIELD_INTEGER, _("no limit"));
  runnel_form_add_row (form, "matrix.fail-fast", _("Fail fast"),
                       _("The first failure cancels the other combinations"),
                       runnel_choice_row_new_boolean ("true", TRUE));
  add_text (form, "matrix.limit", _("Most combinations"),
            _("With more than this the step fails instead of starting"), RUNNEL_FIELD_INTEGER,
            "1000");
}

void
runnel_step_sections_add_pool (RunnelForm *form)
{
  runnel_form_add_group (form, "pool", _("Pool and Priority"));
  add_text (form, "pool.name", _("Pool"),
            _("Steps of a pool share its slots: one of the pipeline’s pools, or of the machine’s"),
            RUNNEL_FIELD_STRING, NULL);
  add_text (form, "pool.slots", _("Slots taken"), _("How much of the pool the step takes"),
            RUNNEL_FIELD_INTEGER, "1");
  add_text (form, "priority", _("Priority"),
            _("Of the steps that may start, those with a higher number go first"),
            RUNNEL_FIELD_INTEGER, "0");
}

void
runnel_step_sections_add_environment (RunnelForm *form)
{
  runnel_form_add_group (form, "environment", _("Environment"));
  runnel_action_rows_add_environment (form, "");
}

static RunnelFieldRow *
globs_row_new (const char *example)
{
  RunnelFieldRow *row = runnel_list_row_new_strings ();

  runnel_list_row_set_line (RUNNEL_LIST_ROW (row), &runnel_field_line_text, example);
  return row;
}

void
runnel_step_sections_add_results (RunnelForm *form)
{
  runnel_form_add_group (form, "results", _("Outputs and Artifacts"));
  runnel_form_add_row (form, "outputs", _("Outputs"),
                       _("Names the step promises to write to $RUNNEL_OUTPUT, and what they are"),
                       runnel_list_row_new_map (_("Name"), _("What it is")));
  runnel_form_add_row (form, "artifacts", _("Artifacts"),
                       _("Patterns of files that are kept with the run"),
                       globs_row_new ("dist/*.tar.gz"));
}

void
runnel_step_sections_add_cache (RunnelForm *form)
{
  runnel_form_add_group (form, "cache", _("Cache"));
  runnel_form_add_row (form, "cache.inputs", _("Inputs"),
                       _("Patterns of the files the result depends on"), globs_row_new ("src/**"));
  runnel_form_add_row (form, "cache.outputs", _("Results"),
                       _("Patterns of the files that are kept, and put back when it is reused"),
                       globs_row_new ("build/app"));
  add_text (form, "cache.key", _("Key"),
            _("A text, often with an expression; another text is another result"),
            RUNNEL_FIELD_STRING, NULL);
}

/**
 * runnel_step_sections_add_undo:
 * @kind: (nullable): the kind of the undo, %NULL when there is none
 * @base: (nullable): the folder that paths are relative to
 */
void
runnel_step_sections_add_undo (RunnelForm *form,
                               const char *kind,
                               GFile      *base)
{
  runnel_form_add_group (form, "undo", _("Undo"));
  runnel_action_rows_add_kind (form, "undo.", TRUE);
  if (!kind)
    return;
  runnel_action_rows_add_fields (form, "undo.", kind, base);
  runnel_action_rows_add_environment (form, "undo.");
  runnel_action_rows_add_timeout (form, "undo.");
  runnel_action_rows_add_retry (form, "undo.");
}

void
runnel_step_sections_add_breaker (RunnelForm *form)
{
  runnel_form_add_group (form, "breaker", _("Circuit Breaker"));
  add_text (form, "breaker.failures", _("Opens after failures"),
            _("After so many failed runs in a row the step fails at once, without being tried"),
            RUNNEL_FIELD_INTEGER, NULL);
  add_text (form, "breaker.cool-down", _("Tried again after"),
            _("After this time one attempt finds out whether it works again"),
            RUNNEL_FIELD_DURATION, _("such as 1h"));
}

void
runnel_step_sections_add_foreign (RunnelForm *form)
{
  runnel_form_add_group (form, "foreign", _("Other Systems, as JSON"));
  runnel_form_add_row (form, "foreign", _("Kept for them"),
                       _("What an import found beyond this format, by the name of the system; an "
                         "export to that system writes it back"),
                       runnel_code_row_new (RUNNEL_FIELD_ANY));
}
