/* runnel-step.c: one step of a pipeline, an immutable value
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "model/runnel-duration.h"
#include "model/runnel-json-copy.h"
#include "model/runnel-json-write.h"
#include "model/runnel-shape.h"
#include "model/runnel-step.h"

static const char *const on_names[] = { "success", "failure", "finished", "always" };
static const char *const join_names[] = { "all", "any", "none-failed" };

static gboolean
find_name (const char *const *names,
           guint              n_names,
           const char        *text,
           guint             *ret_index)
{
  for (guint i = 0; i < n_names; i++)
    if (strcmp (names[i], text) == 0)
      {
        *ret_index = i;
        return TRUE;
      }

  return FALSE;
}

/* --- Lenient reading: what has another type counts as not given; the check of the shape reports it --- */

static const char *
get_string (JsonObject *object,
            const char *key)
{
  JsonNode *value = json_object_get_member (object, key);

  return value != NULL && JSON_NODE_HOLDS_VALUE (value) ? json_node_get_string (value) : NULL;
}

static gint64
parse_duration (const char *text)
{
  gint64 duration;

  if (text != NULL && strstr (text, "${{") != NULL)
    return RUNNEL_DURATION_EXPRESSION;

  return text != NULL && runnel_duration_parse (text, &duration, NULL) ? duration : 0;
}

static gint64
get_duration (JsonObject *object,
              const char *key)
{
  return parse_duration (get_string (object, key));
}

static gboolean
is_number (JsonNode *value)
{
  return value != NULL && JSON_NODE_HOLDS_VALUE (value) &&
         (json_node_get_value_type (value) == G_TYPE_INT64 || json_node_get_value_type (value) == G_TYPE_DOUBLE);
}

static double
get_number (JsonObject *object,
            const char *key,
            double      minimum,
            double      maximum,
            double      otherwise)
{
  JsonNode *value = json_object_get_member (object, key);

  return is_number (value) ? CLAMP (json_node_get_double (value), minimum, maximum) : otherwise;
}

static void
read_exit_codes (RunnelRetry *retry,
                 JsonNode    *value)
{
  JsonArray *array;
  guint n;

  if (value == NULL || !JSON_NODE_HOLDS_ARRAY (value))
    return;

  array = json_node_get_array (value);
  n = json_array_get_length (array);
  retry->exit_codes = g_new0 (int, MAX (n, 1));
  for (guint i = 0; i < n; i++)
    if (is_number (json_array_get_element (array, i)))
      retry->exit_codes[retry->n_exit_codes++] = json_array_get_int_element (array, i);
}

/* --- Parts of a step --- */

/* The members that a step has as fields. */
typedef enum
{
  MEMBER_ID,
  MEMBER_NAME,
  MEMBER_KIND,
  MEMBER_NEEDS,
  MEMBER_JOIN,
  MEMBER_CONDITION,
  MEMBER_TIMEOUT,
  MEMBER_RETRY,
  MEMBER_PRIORITY,
  MEMBER_DISABLED,
  MEMBER_MATRIX,
  MEMBER_POOL,
  N_MEMBERS
} Member;

static const char *const member_keys[N_MEMBERS] = {
  "id", "name", "kind", "needs", "join", "if", "timeout", "retry", "priority", "disabled",
  "matrix", "pool",
};

/* What a step is read from. */
typedef struct
{
  RunnelJsonSlice members[N_MEMBERS];
  guint64 keys;
  char *texts; /* where the next text goes */
} Reader;

/* Most keys that somebody asks for are not there, which one bit tells faster than the text does. */
static guint64
get_bit (const char *key,
         gsize       length)
{
  guint32 hash = 0;

  for (gsize i = 0; i < length; i++)
    hash = hash * 31 + (guchar) key[i];

  return G_GUINT64_CONSTANT (1) << (hash * 2654435769u >> 26);
}

/* A key with escapes may be any. */
static guint64
get_bits_of_slice (RunnelJsonSlice key)
{
  if (memchr (key.at, '\\', key.length) != NULL)
    return G_MAXUINT64;

  return get_bit (key.at + 1, key.length - 2);
}

static void
reader_init (Reader          *self,
             RunnelJsonSlice  source)
{
  RunnelJsonSlice key, value;
  RunnelJsonIter iter;

  *self = (Reader) { 0, };
  runnel_json_iter_init (&iter, source);
  while (runnel_json_iter_next (&iter, &key, &value))
    {
      self->keys |= get_bits_of_slice (key);
      for (guint i = 0; i < N_MEMBERS; i++)
        if (runnel_json_slice_has_text (key, member_keys[i]))
          {
            self->members[i] = value;
            break;
          }
    }
}

/* As much room as the texts can take: with its NUL, none is longer than in the file. */
static gsize
reader_measure_texts (Reader *self)
{
  static const Member texts[] = {
    MEMBER_ID, MEMBER_NAME, MEMBER_KIND, MEMBER_NEEDS, MEMBER_CONDITION,
  };
  gsize size = 0;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    size += self->members[texts[i]].length;

  return size;
}

static const char *
read_text (Reader          *self,
           RunnelJsonSlice  value)
{
  const char *text = self->texts;

  if (!runnel_json_slice_holds (value, RUNNEL_JSON_STRING))
    return NULL;

  self->texts = runnel_json_slice_copy_text (value, self->texts);
  return text;
}

static gboolean
read_need (Reader          *self,
           RunnelNeed      *need,
           RunnelJsonSlice  value)
{
  RunnelJsonSlice handles = { NULL, 0 };
  g_autofree char *on = NULL;

  need->on = RUNNEL_ON_SUCCESS;
  if (runnel_json_slice_holds (value, RUNNEL_JSON_OBJECT))
    {
      on = runnel_json_slice_dup_text (runnel_json_slice_get_member (value, "on"));
      if (on != NULL)
        runnel_on_from_string (on, &need->on);
      handles = runnel_json_slice_get_member (value, "handles");
      value = runnel_json_slice_get_member (value, "step");
    }

  need->step = read_text (self, value);
  need->handles = runnel_json_slice_holds (handles, RUNNEL_JSON_BOOLEAN)
                    ? runnel_json_slice_is_true (handles)
                    : need->on == RUNNEL_ON_FAILURE;

  return need->step != NULL;
}

static gboolean
has_needs (Reader *self)
{
  return runnel_json_slice_holds (self->members[MEMBER_NEEDS], RUNNEL_JSON_ARRAY);
}

static gsize
reader_measure_needs (Reader *self)
{
  if (!has_needs (self))
    return 0;

  return runnel_json_slice_count (self->members[MEMBER_NEEDS]) * sizeof (RunnelNeed);
}

static void
read_needs (Reader     *self,
            RunnelStep *step)
{
  RunnelJsonSlice value;
  RunnelJsonIter iter;

  if (!has_needs (self))
    return;

  runnel_json_iter_init (&iter, self->members[MEMBER_NEEDS]);
  for (guint i = 0; runnel_json_iter_next (&iter, NULL, &value); i++)
    if (read_need (self, &step->needs[step->n_needs], value))
      step->needs[step->n_needs++].position = i;
}

static RunnelEnabled
read_enabled (RunnelJsonSlice value)
{
  if (runnel_json_slice_is_true (value))
    return RUNNEL_DISABLED;

  return runnel_json_slice_has_text (value, "bypass") ? RUNNEL_BYPASSED : RUNNEL_ENABLED;
}

/* `if: true` is allowed and means what it says. */
static const char *
read_condition (Reader *self)
{
  RunnelJsonSlice value = self->members[MEMBER_CONDITION];

  if (runnel_json_slice_holds (value, RUNNEL_JSON_BOOLEAN))
    return runnel_json_slice_is_true (value) ? "true" : "false";

  return read_text (self, value);
}

static gint64
read_duration (RunnelJsonSlice value)
{
  g_autofree char *text = runnel_json_slice_dup_text (value);

  return parse_duration (text);
}

static RunnelRetry *
read_retry (RunnelJsonSlice value)
{
  g_autoptr(JsonNode) node = value.at != NULL ? runnel_json_slice_to_node (value) : NULL;

  return runnel_retry_new (node);
}

static RunnelJoin
read_join (RunnelJsonSlice value)
{
  g_autofree char *text = runnel_json_slice_dup_text (value);
  RunnelJoin join = RUNNEL_JOIN_ALL;

  if (text != NULL)
    runnel_join_from_string (text, &join);

  return join;
}

static int
read_priority (RunnelJsonSlice value)
{
  if (!runnel_json_slice_is_number (value))
    return 0;

  return CLAMP (runnel_json_slice_get_double (value), -1000000, 1000000);
}

static void
read_members (Reader     *self,
              RunnelStep *step)
{
  const char *id = read_text (self, self->members[MEMBER_ID]);
  const char *kind = read_text (self, self->members[MEMBER_KIND]);

  step->id = id != NULL ? id : "";
  step->name = read_text (self, self->members[MEMBER_NAME]);
  step->kind = kind != NULL ? kind : "";
  step->condition = read_condition (self);
  step->timeout = read_duration (self->members[MEMBER_TIMEOUT]);
  step->priority = read_priority (self->members[MEMBER_PRIORITY]);
  step->retry = read_retry (self->members[MEMBER_RETRY]);
  step->join = read_join (self->members[MEMBER_JOIN]);
  step->enabled = read_enabled (self->members[MEMBER_DISABLED]);
  step->has_matrix = self->members[MEMBER_MATRIX].at != NULL;
  step->has_pool = self->members[MEMBER_POOL].at != NULL;
  read_needs (self, step);
}

/**
 * runnel_on_to_string:
 * @self: an outcome
 *
 * Returns: (transfer none): as it stands in a file
 */
const char *
runnel_on_to_string (RunnelOn self)
{
  g_return_val_if_fail ((guint) self < G_N_ELEMENTS (on_names), NULL);

  return on_names[self];
}

/**
 * runnel_on_from_string:
 * @text: as it stands in a file
 * @ret_on: (out): the outcome; left alone when there is none of that name
 *
 * Returns: whether there is one
 */
gboolean
runnel_on_from_string (const char *text,
                       RunnelOn   *ret_on)
{
  guint index;

  if (!find_name (on_names, G_N_ELEMENTS (on_names), text, &index))
    return FALSE;

  *ret_on = index;
  return TRUE;
}

/**
 * runnel_join_to_string:
 * @self: a way to join links
 *
 * Returns: (transfer none): as it stands in a file
 */
const char *
runnel_join_to_string (RunnelJoin self)
{
  g_return_val_if_fail ((guint) self < G_N_ELEMENTS (join_names), NULL);

  return join_names[self];
}

/**
 * runnel_join_from_string:
 * @text: as it stands in a file
 * @ret_join: (out): the way; left alone when there is none of that name
 *
 * Returns: whether there is one
 */
gboolean
runnel_join_from_string (const char *text,
                         RunnelJoin *ret_join)
{
  guint index;

  if (!find_name (join_names, G_N_ELEMENTS (join_names), text, &index))
    return FALSE;

  *ret_join = index;
  return TRUE;
}

/**
 * runnel_retry_new:
 * @value: (nullable): the value of a `retry` key, of a step or of the pipeline's defaults
 *
 * Returns: (transfer full) (nullable): what it says, or %NULL when it is
 *   neither a number nor an object
 */
RunnelRetry *
runnel_retry_new (JsonNode *value)
{
  RunnelRetry *self;
  JsonObject *object;

  if (!is_number (value) && !(value != NULL && JSON_NODE_HOLDS_OBJECT (value)))
    return NULL;

  self = g_new0 (RunnelRetry, 1);
  self->backoff = 1.0;
  if (is_number (value))
    {
      self->max = CLAMP (json_node_get_double (value), 0, 1000000);
      return self;
    }

  object = json_node_get_object (value);
  self->max = get_number (object, "max", 0, 1000000, 0);
  self->delay = get_duration (object, "delay");
  self->backoff = get_number (object, "backoff", 1, 1000, 1);
  self->max_delay = get_duration (object, "max-delay");
  self->jitter = get_number (object, "jitter", 0, 1, 0);
  read_exit_codes (self, json_object_get_member (object, "exit-codes"));

  return self;
}

/**
 * runnel_retry_free:
 * @self: (transfer full) (nullable): what a `retry` key says
 */
void
runnel_retry_free (RunnelRetry *self)
{
  if (self == NULL)
    return;

  g_free (self->exit_codes);
  g_free (self);
}

/**
 * runnel_step_new:
 * @json: (transfer none): the step as it stands in a file
 * @path: JSON path of the step
 * @diagnostics: (nullable): where what is misshapen is reported
 *
 * Reads a step as far as it can be read: a member of another type than it
 * should be counts as not given and is kept in the step's `source`.
 *
 * Returns: (transfer full): the step
 */
RunnelStep *
runnel_step_new (JsonObject        *json,
                 const char        *path,
                 RunnelDiagnostics *diagnostics)
{
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(GString) text = NULL;
  RunnelStep *self;

  g_return_val_if_fail (json != NULL, NULL);
  g_return_val_if_fail (path != NULL, NULL);

  node = json_node_init_object (json_node_alloc (), json);
  text = g_string_new (NULL);
  runnel_json_write_compact (text, node);
  self = runnel_step_new_from_slice (runnel_json_slice_new (text->str, text->len));

  if (diagnostics != NULL)
    runnel_step_check (self, path, diagnostics);

  return self;
}

/**
 * runnel_step_new_from_slice:
 * @source: the step as it stands in a file, an object; is copied
 *
 * Reads a step as runnel_step_new() does.
 *
 * Returns: (transfer full): the step
 */
RunnelStep *
runnel_step_new_from_slice (RunnelJsonSlice source)
{
  g_autofree char *buffer = NULL;
  RunnelStep *self;
  Reader reader;
  gsize needs_size, texts_size;

  g_return_val_if_fail (runnel_json_slice_holds (source, RUNNEL_JSON_OBJECT), NULL);

  buffer = g_malloc (source.length);
  source = (RunnelJsonSlice) { buffer, runnel_json_slice_compact (source, buffer) };
  reader_init (&reader, source);
  needs_size = reader_measure_needs (&reader);
  texts_size = reader_measure_texts (&reader);

  self = g_malloc0 (sizeof *self + needs_size + texts_size + source.length);
  g_atomic_ref_count_init (&self->ref_count);
  self->needs = (RunnelNeed *) (self + 1);
  reader.texts = (char *) self->needs + needs_size;
  self->source.at = memcpy (reader.texts + texts_size, source.at, source.length);
  self->source.length = source.length;
  self->keys = reader.keys;
  read_members (&reader, self);

  return self;
}

/**
 * runnel_step_new_undo:
 * @step: a step
 * @id: the id of the step to make; not necessarily one that a file may have
 *
 * Returns: (transfer full) (nullable): the step that takes back what @step did, or %NULL when
 *   it has no `undo`
 */
RunnelStep *
runnel_step_new_undo (RunnelStep *step,
                      const char *id)
{
  g_autoptr(JsonNode) id_node = NULL;
  g_autoptr(JsonObject) json = NULL;
  g_autoptr(JsonNode) undo = NULL;

  g_return_val_if_fail (step != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);

  undo = runnel_step_dup_member (step, "undo");
  if (undo == NULL || !JSON_NODE_HOLDS_OBJECT (undo))
    return NULL;

  id_node = json_node_init_string (json_node_alloc (), id);
  json = runnel_json_object_with_member (json_node_get_object (undo), "id", id_node, NULL);

  return runnel_step_new (json, "", NULL);
}

/**
 * runnel_step_check:
 * @self: a step
 * @path: its JSON path
 * @diagnostics: where findings go
 *
 * Reports every member that is not as the format has it.
 */
void
runnel_step_check (RunnelStep        *self,
                   const char        *path,
                   RunnelDiagnostics *diagnostics)
{
  g_autoptr(GString) buffer = g_string_new (path);
  const char *id = *self->id != '\0' ? self->id : NULL;

  runnel_shape_check_slice (&runnel_step_shape, self->source, buffer, id, diagnostics);
}

/**
 * runnel_step_ref:
 * @self: a step
 *
 * May be called in any thread.
 *
 * Returns: (transfer full): @self
 */
RunnelStep *
runnel_step_ref (RunnelStep *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * runnel_step_unref:
 * @self: (transfer full): a step
 *
 * May be called in any thread.
 */
void
runnel_step_unref (RunnelStep *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  runnel_retry_free (self->retry);
  g_free (self);
}

/**
 * runnel_step_get_title:
 * @self: a step
 *
 * Returns: (transfer none): what people see: the name, or the id
 */
const char *
runnel_step_get_title (RunnelStep *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name != NULL && *self->name != '\0' ? self->name : self->id;
}

static RunnelJsonSlice
find_member (RunnelStep *self,
             const char *key)
{
  if ((self->keys & get_bit (key, strlen (key))) == 0)
    return (RunnelJsonSlice) { NULL, 0 };

  return runnel_json_slice_get_member (self->source, key);
}

/**
 * runnel_step_has_member:
 * @self: a step
 * @key: a key of a step
 *
 * Returns: whether the file gives it, with whatever value
 */
gboolean
runnel_step_has_member (RunnelStep *self,
                        const char *key)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (key != NULL, FALSE);

  return find_member (self, key).at != NULL;
}

/**
 * runnel_step_dup_member:
 * @self: a step
 * @key: a key of a step
 *
 * Returns: (transfer full) (nullable): its value as it stands in the file, made for the caller
 */
JsonNode *
runnel_step_dup_member (RunnelStep *self,
                        const char *key)
{
  RunnelJsonSlice member;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (key != NULL, NULL);

  member = find_member (self, key);

  return member.at != NULL ? runnel_json_slice_to_node (member) : NULL;
}

/**
 * runnel_step_dup_with:
 * @self: a step
 *
 * Returns: (transfer full) (nullable): the kind's own fields, made for the
 *   caller, or %NULL when there are none
 */
JsonObject *
runnel_step_dup_with (RunnelStep *self)
{
  g_autoptr(JsonNode) with = runnel_step_dup_member (self, "with");

  return with != NULL && JSON_NODE_HOLDS_OBJECT (with) ? json_node_dup_object (with) : NULL;
}

/**
 * runnel_step_dup_pool:
 * @self: a step
 * @ret_slots: (out) (optional): how many slots it wants, 1 when the file does not say; not checked
 *
 * Returns: (transfer full) (nullable): the name of the pool whose slots the step takes while it
 *   runs, or %NULL when it takes none
 */
char *
runnel_step_dup_pool (RunnelStep *self,
                      gint64     *ret_slots)
{
  g_autoptr(JsonNode) pool = NULL;
  JsonNode *name;
  gint64 slots = 1;

  g_return_val_if_fail (self != NULL, NULL);

  name = pool = self->has_pool ? runnel_step_dup_member (self, "pool") : NULL;
  if (pool != NULL && JSON_NODE_HOLDS_OBJECT (pool))
    {
      name = json_object_get_member (json_node_get_object (pool), "name");
      slots = json_object_get_int_member_with_default (json_node_get_object (pool), "slots", 1);
    }
  if (ret_slots != NULL)
    *ret_slots = slots;
  return name != NULL && JSON_NODE_HOLDS_VALUE (name) ? json_node_dup_string (name) : NULL;
}

/**
 * runnel_step_to_json:
 * @self: a step
 *
 * Returns: (transfer full): the step as it stands in a file, made for the caller
 */
JsonObject *
runnel_step_to_json (RunnelStep *self)
{
  g_autoptr(JsonNode) node = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  node = runnel_json_slice_to_node (self->source);

  return json_node_dup_object (node);
}

/**
 * runnel_step_with_member:
 * @self: a step
 * @key: a key of a step
 * @value: (nullable) (transfer none): its new value; %NULL takes the key out
 *
 * Returns: (transfer full): a step that differs from @self in that member only
 */
RunnelStep *
runnel_step_with_member (RunnelStep *self,
                         const char *key,
                         JsonNode   *value)
{
  g_autoptr(JsonObject) old = NULL, json = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (key != NULL, NULL);

  old = runnel_step_to_json (self);
  json = runnel_json_object_with_member (old, key, value, NULL);

  return runnel_step_new (json, "", NULL);
}

/**
 * runnel_step_equal:
 * @self: a step
 * @other: a step
 *
 * Returns: whether both have the same members with the same values
 */
gboolean
runnel_step_equal (RunnelStep *self,
                   RunnelStep *other)
{
  g_autoptr(JsonNode) one = NULL, two = NULL;

  g_return_val_if_fail (self != NULL && other != NULL, FALSE);

  if (self == other ||
      (self->source.length == other->source.length &&
       memcmp (self->source.at, other->source.at, self->source.length) == 0))
    return TRUE;

  one = runnel_json_slice_to_node (self->source);
  two = runnel_json_slice_to_node (other->source);

  return json_node_equal (one, two);
}
