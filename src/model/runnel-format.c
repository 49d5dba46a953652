/* runnel-format.c: the keys of the file format
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading, validation, canonical writing and the JSON Schema all follow these
 * tables. The order of keys is the order in which they are written.
 */
#include "config.h"

#include "model/runnel-areas.h"
#include "model/runnel-shape.h"

static const RunnelShape any = { RUNNEL_SHAPE_ANY, "any value" };
static const RunnelShape string = { RUNNEL_SHAPE_STRING, "a text" };
static const RunnelShape strings = { RUNNEL_SHAPE_ARRAY, "an array of texts", .values = &string };
static const RunnelShape string_map = { RUNNEL_SHAPE_MAP, "an object of texts", .values = &string };
static const RunnelShape id = { RUNNEL_SHAPE_ID, "an id" };
static const RunnelShape ids = { RUNNEL_SHAPE_ARRAY, "an array of step ids", .values = &id };
static const RunnelShape boolean = { RUNNEL_SHAPE_BOOLEAN, "true or false" };
static const RunnelShape duration = {
  RUNNEL_SHAPE_DURATION | RUNNEL_SHAPE_EXPRESSION, "a duration such as \"90s\" or \"1h30m\"",
};
static const RunnelShape span = {
  RUNNEL_SHAPE_DURATION, "a duration such as \"90s\" or \"1h30m\"",
};
static const RunnelShape condition = { RUNNEL_SHAPE_STRING | RUNNEL_SHAPE_BOOLEAN, "an expression" };
static const RunnelShape toggle = {
  RUNNEL_SHAPE_BOOLEAN | RUNNEL_SHAPE_EXPRESSION, "true, false or an expression",
};
static const RunnelShape count = {
  RUNNEL_SHAPE_INTEGER, "a whole number", .has_range = TRUE, .minimum = 1, .maximum = 1000000,
};
static const RunnelShape count_or_none = {
  RUNNEL_SHAPE_INTEGER, "a whole number", .has_range = TRUE, .minimum = 0, .maximum = 1000000,
};
static const RunnelShape priority = {
  RUNNEL_SHAPE_INTEGER, "a whole number", .has_range = TRUE, .minimum = -1000000, .maximum = 1000000,
};
static const RunnelShape share = {
  RUNNEL_SHAPE_NUMBER, "a number from 0 to 1", .has_range = TRUE, .minimum = 0, .maximum = 1,
};
static const RunnelShape factor = {
  RUNNEL_SHAPE_NUMBER, "a factor of at least 1", .has_range = TRUE, .minimum = 1, .maximum = 1000,
};

/* Retry */

static const RunnelShape exit_code = {
  RUNNEL_SHAPE_INTEGER, "an exit code", .has_range = TRUE, .minimum = 0, .maximum = 255,
};
static const RunnelShape exit_codes = { RUNNEL_SHAPE_ARRAY, "an array of exit codes", .values = &exit_code };

static const RunnelKey retry_keys[] = {
  { "max", &count_or_none, FALSE, "attempts after the first" },
  { "delay", &duration, FALSE, "time before the second attempt" },
  { "backoff", &factor, FALSE, "factor from one delay to the next; 1 keeps it constant" },
  { "max-delay", &duration, FALSE, "the delay grows no longer than this" },
  { "jitter", &share, FALSE, "share of the delay that is drawn at random, from 0 to 1" },
  { "exit-codes", &exit_codes, FALSE, "only these exit codes are retried" },
  { "if", &condition, FALSE, "a failed attempt is repeated only while this holds" },
  { NULL }
};
static const RunnelShape retry = {
  RUNNEL_SHAPE_INTEGER | RUNNEL_SHAPE_OBJECT, "a whole number or an object",
  .keys = retry_keys, .short_key = "max", .has_range = TRUE, .minimum = 0, .maximum = 1000000,
};

/* Links */

static const char *const on_choices[] = { "success", "failure", "finished", "always", NULL };
static const RunnelShape on = { RUNNEL_SHAPE_CHOICE, "an outcome", .choices = on_choices };

static const RunnelKey need_keys[] = {
  { "step", &id, TRUE, "the id of the step that comes before" },
  { "on", &on, FALSE, "the outcome of that step on which the link fires; success when not given" },
  { "handles", &boolean, FALSE, "whether success here makes good the failure there; "
                                "true for links on failure when not given" },
  { NULL }
};
static const RunnelShape need = {
  RUNNEL_SHAPE_ID | RUNNEL_SHAPE_OBJECT, "a step id or an object", .keys = need_keys, .short_key = "step",
};
static const RunnelShape needs = { RUNNEL_SHAPE_ARRAY, "an array of links", .values = &need };

static const char *const join_choices[] = { "all", "any", "none-failed", NULL };
static const RunnelShape join = { RUNNEL_SHAPE_CHOICE, "a way to join links", .choices = join_choices };

/* What is kept of another system, by its name and the names it has there. Nobody here reads it. */
static const RunnelShape kept = { RUNNEL_SHAPE_MAP, "an object", .values = &any };
static const RunnelShape foreign = { RUNNEL_SHAPE_MAP, "an object by system", .values = &kept };

/* Parts of a step */

static const RunnelShape with = { RUNNEL_SHAPE_MAP, "an object", .values = &any };

static const RunnelKey undo_keys[] = {
  { "kind", &string, TRUE, "what kind of step undoes this one" },
  { "with", &with, FALSE, "the kind's own fields" },
  { "env", &string_map, FALSE, "environment variables" },
  { "working-directory", &string, FALSE, "the folder it runs in" },
  { "image", &string, FALSE, "the container image it runs in, on systems that need one" },
  { "timeout", &duration, FALSE, "an attempt that takes longer has failed" },
  { "retry", &retry, FALSE, "how often and when a failed attempt is repeated" },
  { NULL }
};
const RunnelShape runnel_undo_shape = { RUNNEL_SHAPE_OBJECT, "an object", .keys = undo_keys };

static const RunnelShape axis = {
  RUNNEL_SHAPE_ARRAY | RUNNEL_SHAPE_EXPRESSION, "an array of values or an expression", .values = &any,
};
static const RunnelShape combination = { RUNNEL_SHAPE_MAP, "an object of values", .values = &any };
static const RunnelShape combinations = {
  RUNNEL_SHAPE_ARRAY | RUNNEL_SHAPE_EXPRESSION, "an array of objects", .values = &combination,
};
static const RunnelKey matrix_keys[] = {
  { "include", &combinations, FALSE, "combinations to add" },
  { "exclude", &combinations, FALSE, "combinations to leave out" },
  { "max-parallel", &count, FALSE, "combinations that run at once" },
  { "fail-fast", &toggle, FALSE, "whether the first failure cancels the other combinations" },
  { "limit", &count, FALSE, "combinations there may be; 1000 when not given" },
  { NULL }
};
static const RunnelShape matrix = {
  RUNNEL_SHAPE_OBJECT | RUNNEL_SHAPE_MAP | RUNNEL_SHAPE_EXPRESSION, "an object of axes or an expression",
  .keys = matrix_keys, .values = &axis,
};

static const RunnelKey pool_keys[] = {
  { "name", &id, TRUE, "a pool of the pipeline or of this machine" },
  { "slots", &count, FALSE, "how much of it the step takes; 1 when not given" },
  { NULL }
};
static const RunnelShape pool = {
  RUNNEL_SHAPE_ID | RUNNEL_SHAPE_OBJECT, "the name of a pool or an object", .keys = pool_keys, .short_key = "name",
};

static const RunnelKey cache_keys[] = {
  { "key", &string, FALSE, "a text that the result depends on, besides what is looked at anyway" },
  { "inputs", &strings, FALSE, "patterns of the files that the result depends on" },
  { "outputs", &strings, FALSE, "patterns of the files that make the result" },
  { NULL }
};
static const RunnelShape cache = { RUNNEL_SHAPE_OBJECT, "an object", .keys = cache_keys };

static const RunnelKey breaker_keys[] = {
  { "failures", &count, TRUE, "failures in a row after which the step is no longer tried" },
  { "cool-down", &span, FALSE, "time after which it is tried again; 1h when not given" },
  { NULL }
};
static const RunnelShape breaker = { RUNNEL_SHAPE_OBJECT, "an object", .keys = breaker_keys };

static const char *const disabled_choices[] = { "bypass", NULL };
static const RunnelShape disabled = {
  RUNNEL_SHAPE_BOOLEAN | RUNNEL_SHAPE_CHOICE, "true, false or \"bypass\"", .choices = disabled_choices,
};

static const RunnelKey step_keys[] = {
  { "id", &id, TRUE, "the name by which the step is known in the file, in history and on disk" },
  { "name", &string, FALSE, "the title people see; the id when not given" },
  { "kind", &string, TRUE, "what kind of step it is" },
  { "with", &with, FALSE, "the kind's own fields" },
  { "needs", &needs, FALSE, "the links into the step: what comes before, and on which outcome" },
  { "join", &join, FALSE, "how several links are joined; all when not given" },
  { "if", &condition, FALSE, "the step runs only when this holds; else it is skipped" },
  { "env", &string_map, FALSE, "environment variables, on top of the pipeline's" },
  { "working-directory", &string, FALSE, "the folder it runs in, relative to the file's folder" },
  { "image", &string, FALSE, "the container image it runs in, on systems that need one" },
  { "timeout", &duration, FALSE, "an attempt that takes longer is ended and has failed" },
  { "retry", &retry, FALSE, "how often and when a failed attempt is repeated" },
  { "continue-on-error", &toggle, FALSE, "whether the run goes on as if the step had not failed" },
  { "undo", &runnel_undo_shape, FALSE, "the step that takes back what this one did" },
  { "matrix", &matrix, FALSE, "runs the step once for each combination of values" },
  { "pool", &pool, FALSE, "the pool whose slots the step takes while it runs" },
  { "priority", &priority, FALSE, "of the steps that may start, the higher starts first; 0 when not given" },
  { "cache", &cache, FALSE, "when an earlier result may be used again" },
  { "artifacts", &strings, FALSE, "patterns of the files that are kept with the run" },
  { "outputs", &string_map, FALSE, "the outputs the step promises, each with a description" },
  { "breaker", &breaker, FALSE, "gives up on a step that keeps failing from run to run" },
  { "disabled", &disabled, FALSE, "true skips the step, \"bypass\" passes it as if it had succeeded" },
  { "foreign", &foreign, FALSE, "what other systems know of it beyond this format, by system" },
  { NULL }
};
const RunnelShape runnel_step_shape = { RUNNEL_SHAPE_OBJECT, "an object", .keys = step_keys };

/* Hooks */

static const RunnelKey hook_keys[] = {
  { "id", &id, TRUE, "the name of the step; no other step or hook has it" },
  { "name", &string, FALSE, "the title people see; the id when not given" },
  { "kind", &string, TRUE, "what kind of step it is" },
  { "with", &with, FALSE, "the kind's own fields" },
  { "if", &condition, FALSE, "the hook runs only when this holds" },
  { "env", &string_map, FALSE, "environment variables, on top of the pipeline's" },
  { "working-directory", &string, FALSE, "the folder it runs in" },
  { "image", &string, FALSE, "the container image it runs in, on systems that need one" },
  { "timeout", &duration, FALSE, "an attempt that takes longer has failed" },
  { "retry", &retry, FALSE, "how often and when a failed attempt is repeated" },
  { NULL }
};
const RunnelShape runnel_hook_shape = { RUNNEL_SHAPE_OBJECT, "an object", .keys = hook_keys };
static const RunnelShape hook_list = {
  RUNNEL_SHAPE_ARRAY, "an array of steps", .values = &runnel_hook_shape,
};

static const RunnelKey hooks_keys[] = {
  { "on-start", &hook_list, FALSE, "before the first step" },
  { "on-success", &hook_list, FALSE, "after the last step of a run that succeeded" },
  { "on-failure", &hook_list, FALSE, "after the last step, or the rollback, of a run that failed" },
  { "on-finish", &hook_list, FALSE, "at the end of every run, also of a cancelled one" },
  { NULL }
};
static const RunnelShape hooks = { RUNNEL_SHAPE_OBJECT, "an object", .keys = hooks_keys };

static const char *const on_failure_choices[] = { "keep", "rollback", NULL };
static const RunnelShape on_failure = {
  RUNNEL_SHAPE_CHOICE, "what follows a failure", .choices = on_failure_choices,
};

/* Fields of kinds */

static const RunnelShape field_shapes[] = {
  [RUNNEL_FIELD_STRING] = { RUNNEL_SHAPE_STRING, "a text" },
  [RUNNEL_FIELD_NUMBER] = { RUNNEL_SHAPE_NUMBER | RUNNEL_SHAPE_EXPRESSION, "a number" },
  [RUNNEL_FIELD_INTEGER] = { RUNNEL_SHAPE_INTEGER | RUNNEL_SHAPE_EXPRESSION, "a whole number" },
  [RUNNEL_FIELD_BOOLEAN] = { RUNNEL_SHAPE_BOOLEAN | RUNNEL_SHAPE_EXPRESSION, "true or false" },
  [RUNNEL_FIELD_CHOICE] = { RUNNEL_SHAPE_CHOICE | RUNNEL_SHAPE_EXPRESSION, "one of its choices" },
  [RUNNEL_FIELD_DURATION] = { RUNNEL_SHAPE_DURATION | RUNNEL_SHAPE_EXPRESSION, "a duration such as \"90s\"" },
  [RUNNEL_FIELD_STRINGS] = {
    RUNNEL_SHAPE_ARRAY | RUNNEL_SHAPE_EXPRESSION, "an array of texts", .values = &string,
  },
  [RUNNEL_FIELD_MAP] = { RUNNEL_SHAPE_MAP | RUNNEL_SHAPE_EXPRESSION, "an object of texts", .values = &string },
  [RUNNEL_FIELD_ANY] = { RUNNEL_SHAPE_ANY, "any value" },
  [RUNNEL_FIELD_FILE] = { RUNNEL_SHAPE_STRING, "the path of a file" },
};

/**
 * runnel_shape_of_field:
 * @field: a field of a kind
 *
 * Returns: what its value may be
 */
RunnelShape
runnel_shape_of_field (const RunnelField *field)
{
  RunnelShape shape = field_shapes[field->type];

  shape.choices = field->choices;

  return shape;
}

/* Parts of a pipeline */

static const RunnelShape format = {
  RUNNEL_SHAPE_INTEGER, "the number 1", .has_range = TRUE, .minimum = 1, .maximum = 1,
};

static const char *const parameter_types[] = { "string", "number", "boolean", "choice", NULL };
static const RunnelShape parameter_type = {
  RUNNEL_SHAPE_CHOICE, "the name of a type", .choices = parameter_types,
};
static const RunnelShape scalar = {
  RUNNEL_SHAPE_STRING | RUNNEL_SHAPE_NUMBER | RUNNEL_SHAPE_BOOLEAN, "a text, a number, true or false",
};
static const RunnelKey parameter_keys[] = {
  { "type", &parameter_type, FALSE, "string, number, boolean or choice; string when not given" },
  { "default", &scalar, FALSE, "the value when none is given" },
  { "required", &boolean, FALSE, "whether a run without a value is refused" },
  { "description", &string, FALSE, "what it is for" },
  { "choices", &strings, FALSE, "the values a choice may have" },
  { NULL }
};
static const RunnelShape parameter = { RUNNEL_SHAPE_OBJECT, "an object", .keys = parameter_keys };
static const RunnelShape parameters = {
  RUNNEL_SHAPE_MAP, "an object of parameters", .values = &parameter,
};

static const RunnelKey defaults_keys[] = {
  { "shell", &string, FALSE, "the shell of script steps" },
  { "working-directory", &string, FALSE, "the folder steps run in" },
  { "image", &string, FALSE, "the container image steps run in, on systems that need one" },
  { "timeout", &duration, FALSE, "the longest an attempt may take" },
  { "retry", &retry, FALSE, "how often and when failed attempts are repeated" },
  { "continue-on-error", &toggle, FALSE, "whether the run goes on as if a step had not failed" },
  { NULL }
};
static const RunnelShape defaults = { RUNNEL_SHAPE_OBJECT, "an object", .keys = defaults_keys };

static const char *const policy_choices[] = { "queue", "cancel-running", "skip", "parallel", NULL };
static const RunnelShape policy = { RUNNEL_SHAPE_CHOICE, "a policy", .choices = policy_choices };
static const RunnelKey concurrency_keys[] = {
  { "jobs", &count, FALSE, "steps that run at once; one per processor when not given" },
  { "group", &string, FALSE, "runs of the same group wait for each other; the runs of this file when not given" },
  { "policy", &policy, FALSE, "what happens to a run while others of its group are under way; queue when not given" },
  { "max", &count, FALSE, "runs of the group at once; 1 when not given, with parallel any number" },
  { NULL }
};
static const RunnelShape concurrency = { RUNNEL_SHAPE_OBJECT, "an object", .keys = concurrency_keys };

static const RunnelShape pools = { RUNNEL_SHAPE_MAP, "an object of numbers", .values = &count };

static const RunnelKey trigger_keys[] = {
  { "kind", &string, TRUE, "what starts a run: schedule, watch, webhook, ..." },
  { NULL }
};
static const RunnelShape trigger = {
  RUNNEL_SHAPE_OBJECT | RUNNEL_SHAPE_MAP, "an object", .keys = trigger_keys, .values = &any,
};
static const RunnelShape triggers = { RUNNEL_SHAPE_ARRAY, "an array of triggers", .values = &trigger };

static const RunnelKey export_keys[] = {
  { "system", &string, TRUE, "the system whose files are written: github-actions, gitlab, ..." },
  { "path", &string, FALSE, "where the file goes, relative to the folder of this one; a folder when it "
                            "ends with a slash; where the system looks for it when not given" },
  { "mode", &string, FALSE, "which of the forms that the system knows" },
  { "image", &string, FALSE, "the container image of steps that have none" },
  { "runner", &string, FALSE, "the machine that runs steps, by the name that the system has for it" },
  { "allow-loss", &boolean, FALSE, "whether what the system can't express may be left out" },
  { NULL }
};
static const RunnelShape export = { RUNNEL_SHAPE_OBJECT, "an object", .keys = export_keys };
static const RunnelShape exports = { RUNNEL_SHAPE_ARRAY, "an array of exports", .values = &export };

static const RunnelShape steps = { RUNNEL_SHAPE_ARRAY, "an array of steps", .values = &runnel_step_shape };

/* The palette of the canvas has them in this order. */
static const char *const color_choices[] = {
  "blue", "teal", "green", "yellow", "orange", "red", "pink", "purple", NULL
};
/* Others are taken, too: no pipeline should be refused because of how it is drawn. */
static const RunnelShape color = {
  RUNNEL_SHAPE_STRING | RUNNEL_SHAPE_CHOICE, "a colour", .choices = color_choices,
};

/**
 * runnel_area_list_colors:
 *
 * Returns: (transfer none) (array zero-terminated=1): the colours a group or note may have, in the
 *   order in which they are offered
 */
const char *const *
runnel_area_list_colors (void)
{
  return color_choices;
}

static const RunnelKey group_keys[] = {
  { "id", &id, TRUE, "the group's name in the file" },
  { "name", &string, FALSE, "the title people see" },
  { "steps", &ids, TRUE, "the steps in the group" },
  { "color", &color, FALSE, "colour of the frame; blue when not given" },
  { NULL }
};
static const RunnelShape group = { RUNNEL_SHAPE_OBJECT, "an object", .keys = group_keys };
static const RunnelShape groups = { RUNNEL_SHAPE_ARRAY, "an array of groups", .values = &group };

static const RunnelKey note_keys[] = {
  { "id", &id, TRUE, "the note's name in the file" },
  { "text", &string, TRUE, "what the note says, with simple markup" },
  { "color", &color, FALSE, "colour of the sheet; that of paper when not given" },
  { NULL }
};
static const RunnelShape note = { RUNNEL_SHAPE_OBJECT, "an object", .keys = note_keys };
static const RunnelShape notes = { RUNNEL_SHAPE_ARRAY, "an array of notes", .values = &note };

static const RunnelShape coordinate = { RUNNEL_SHAPE_NUMBER, "a number" };
static const RunnelShape box = {
  RUNNEL_SHAPE_ARRAY, "an array of numbers", .values = &coordinate,
};
static const RunnelShape boxes = { RUNNEL_SHAPE_MAP, "an object of places", .values = &box };
static const RunnelKey layout_keys[] = {
  { "steps", &boxes, FALSE, "left and top edge of each step, by id" },
  { "notes", &boxes, FALSE, "left and top edge, width and height of each note, by id" },
  { "pinned", &ids, FALSE, "steps that stay where they are" },
  { NULL }
};
const RunnelShape runnel_layout_shape = { RUNNEL_SHAPE_OBJECT, "an object", .keys = layout_keys };

static const RunnelKey pipeline_keys[] = {
  { "$schema", &string, FALSE, "address of the JSON Schema, for editors" },
  { "format", &format, TRUE, "the version of the format, 1" },
  { "name", &string, FALSE, "the title people see; the file's name when not given" },
  { "description", &string, FALSE, "what the pipeline is for" },
  { "labels", &strings, FALSE, "labels that all of its runs have" },
  { "parameters", &parameters, FALSE, "values given when a run is started" },
  { "env", &string_map, FALSE, "environment variables of all steps" },
  { "secrets", &strings, FALSE, "names of the secrets the steps use; never their values" },
  { "defaults", &defaults, FALSE, "what holds for steps that do not say otherwise" },
  { "concurrency", &concurrency, FALSE, "how much runs at once" },
  { "pools", &pools, FALSE, "named resources, each with its number of slots" },
  { "triggers", &triggers, FALSE, "what starts a run by itself" },
  { "on-failure", &on_failure, FALSE, "what follows when the run fails: keep what was done, or "
                                      "rollback, which runs the undo of every step that started; "
                                      "keep when not given" },
  { "hooks", &hooks, FALSE, "steps that run when the run begins and ends" },
  { "foreign", &foreign, FALSE, "what other systems know of it beyond this format, by system" },
  { "exports", &exports, FALSE, "files of other systems that are written again when this one is saved" },
  { "steps", &steps, TRUE, "the steps" },
  { "groups", &groups, FALSE, "frames around steps" },
  { "notes", &notes, FALSE, "notes on the canvas" },
  { "layout", &runnel_layout_shape, FALSE, "where steps and notes stand on the canvas" },
  { NULL }
};
const RunnelShape runnel_pipeline_shape = { RUNNEL_SHAPE_OBJECT, "an object", .keys = pipeline_keys };
