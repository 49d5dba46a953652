/* runnel-pipeline-diff.c: how two pipelines differ, by step and key
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "model/runnel-json-write.h"
#include "model/runnel-pipeline-diff.h"
#include "model/runnel-pipeline-private.h"

#define LONGEST_VALUE 60 /* characters of a value that are printed */

/* The differences of one step, or of the pipeline's own keys. */
typedef struct
{
  GPtrArray *differences;
  const char *step;
  GString *key;
} Diff;

static void
add (Diff                 *self,
     RunnelDifferenceType  type,
     JsonNode             *from,
     JsonNode             *to)
{
  RunnelDifference *difference = g_new0 (RunnelDifference, 1);

  difference->type = type;
  difference->step = g_strdup (self->step);
  difference->key = g_strdup (self->key->str);
  difference->from = from != NULL ? json_node_ref (from) : NULL;
  difference->to = to != NULL ? json_node_ref (to) : NULL;
  g_ptr_array_add (self->differences, difference);
}

/* --- Values --- */

static void diff_objects (Diff       *self,
                          JsonObject *from,
                          JsonObject *to);

static void
diff_values (Diff     *self,
             JsonNode *from,
             JsonNode *to)
{
  if (from == NULL)
    add (self, RUNNEL_DIFFERENCE_ADDED, NULL, to);
  else if (to == NULL)
    add (self, RUNNEL_DIFFERENCE_REMOVED, from, NULL);
  else if (JSON_NODE_HOLDS_OBJECT (from) && JSON_NODE_HOLDS_OBJECT (to))
    diff_objects (self, json_node_get_object (from), json_node_get_object (to));
  else if (!json_node_equal (from, to))
    add (self, RUNNEL_DIFFERENCE_CHANGED, from, to);
}

static void
diff_member (Diff       *self,
             const char *key,
             JsonNode   *from,
             JsonNode   *to)
{
  gsize length = self->key->len;

  g_string_append_printf (self->key, "%s%s", length > 0 ? "." : "", key);
  diff_values (self, from, to);
  g_string_truncate (self->key, length);
}

/* Links have a comparison of their own, and the id is what makes two steps the same one. */
static gboolean
is_compared (Diff       *self,
             const char *key)
{
  static const char *const drawing[] = { "$schema", "groups", "layout", "notes", "steps" };

  if (self->key->len > 0)
    return TRUE;
  if (self->step != NULL)
    return strcmp (key, "needs") != 0 && strcmp (key, "id") != 0;

  for (guint i = 0; i < G_N_ELEMENTS (drawing); i++)
    if (strcmp (key, drawing[i]) == 0)
      return FALSE;

  return TRUE;
}

static void
diff_objects (Diff       *self,
              JsonObject *from,
              JsonObject *to)
{
  JsonObjectIter iter;
  const char *key;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, from);
  while (json_object_iter_next_ordered (&iter, &key, &value))
    if (is_compared (self, key))
      diff_member (self, key, value, json_object_get_member (to, key));

  json_object_iter_init_ordered (&iter, to);
  while (json_object_iter_next_ordered (&iter, &key, &value))
    if (is_compared (self, key) && !json_object_has_member (from, key))
      diff_member (self, key, NULL, value);
}

/* --- Links --- */

static JsonNode *
dup_link (RunnelStep *step,
          guint       index)
{
  g_autoptr(JsonNode) needs = runnel_step_dup_member (step, "needs");

  return json_array_dup_element (json_node_get_array (needs), step->needs[index].position);
}

static gboolean
links_are_equal (const RunnelNeed *a,
                 const RunnelNeed *b)
{
  return strcmp (a->step, b->step) == 0 && a->on == b->on && a->handles == b->handles;
}

/* Gives links without a partner one that matches; several links may come from one step. */
static void
pair_links (RunnelStep *from,
            RunnelStep *to,
            gboolean  (*match) (const RunnelNeed *a, const RunnelNeed *b),
            guint      *partners,
            gboolean   *taken)
{
  for (guint i = 0; i < from->n_needs; i++)
    for (guint j = 0; partners[i] == G_MAXUINT && j < to->n_needs; j++)
      if (!taken[j] && match (&from->needs[i], &to->needs[j]))
        {
          partners[i] = j;
          taken[j] = TRUE;
        }
}

static gboolean
have_same_source (const RunnelNeed *a,
                  const RunnelNeed *b)
{
  return strcmp (a->step, b->step) == 0;
}

/* What is left over here and there was moved. */
static gboolean
have_same_outcome (const RunnelNeed *a,
                   const RunnelNeed *b)
{
  return a->on == b->on && a->handles == b->handles;
}

static void
diff_link (Diff       *self,
           RunnelStep *from,
           guint       index,
           RunnelStep *to,
           guint       partner)
{
  const RunnelNeed *link = &from->needs[index];
  g_autoptr(JsonNode) old = dup_link (from, index);
  g_autoptr(JsonNode) new = partner != G_MAXUINT ? dup_link (to, partner) : NULL;

  if (new == NULL)
    add (self, RUNNEL_DIFFERENCE_REMOVED, old, NULL);
  else if (!have_same_source (link, &to->needs[partner]))
    add (self, RUNNEL_DIFFERENCE_MOVED, old, new);
  else if (!links_are_equal (link, &to->needs[partner]))
    add (self, RUNNEL_DIFFERENCE_CHANGED, old, new);
}

static void
diff_links (Diff       *self,
            RunnelStep *from,
            RunnelStep *to)
{
  g_autofree guint *partners = g_new (guint, from->n_needs + 1);
  g_autofree gboolean *taken = g_new0 (gboolean, to->n_needs + 1);

  for (guint i = 0; i < from->n_needs; i++)
    partners[i] = G_MAXUINT;
  pair_links (from, to, links_are_equal, partners, taken);
  pair_links (from, to, have_same_source, partners, taken);
  pair_links (from, to, have_same_outcome, partners, taken);

  g_string_assign (self->key, "needs");
  for (guint i = 0; i < from->n_needs; i++)
    diff_link (self, from, i, to, partners[i]);
  for (guint j = 0; j < to->n_needs; j++)
    if (!taken[j])
      {
        g_autoptr(JsonNode) new = dup_link (to, j);

        add (self, RUNNEL_DIFFERENCE_ADDED, NULL, new);
      }
  g_string_truncate (self->key, 0);
}

/* --- Steps --- */

static void
add_whole_step (Diff                 *self,
                RunnelDifferenceType  type,
                RunnelStep           *step)
{
  g_autoptr(JsonObject) json = runnel_step_to_json (step);
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), json);

  self->step = step->id;
  add (self, type, type == RUNNEL_DIFFERENCE_REMOVED ? node : NULL,
       type == RUNNEL_DIFFERENCE_ADDED ? node : NULL);
}

static void
diff_step (Diff       *self,
           RunnelStep *from,
           RunnelStep *to)
{
  g_autoptr(JsonObject) old = NULL, new = NULL;

  if (runnel_step_equal (from, to))
    return;

  old = runnel_step_to_json (from);
  new = runnel_step_to_json (to);
  self->step = from->id;
  diff_objects (self, old, new);
  diff_links (self, from, to);
}

static void
diff_steps (Diff           *self,
            RunnelPipeline *from,
            RunnelPipeline *to)
{
  guint other;

  for (guint i = 0; i < runnel_pipeline_get_n_steps (from); i++)
    {
      RunnelStep *step = runnel_pipeline_get_step (from, i);

      if (runnel_pipeline_find_step (to, step->id, &other))
        diff_step (self, step, runnel_pipeline_get_step (to, other));
      else
        add_whole_step (self, RUNNEL_DIFFERENCE_REMOVED, step);
    }

  for (guint i = 0; i < runnel_pipeline_get_n_steps (to); i++)
    {
      RunnelStep *step = runnel_pipeline_get_step (to, i);

      if (!runnel_pipeline_find_step (from, step->id, NULL))
        add_whole_step (self, RUNNEL_DIFFERENCE_ADDED, step);
    }
}

/* --- For people --- */

static char *
describe_value (JsonNode *value)
{
  g_autoptr(GString) text = g_string_new (NULL);

  runnel_json_write_compact (text, value);
  if (g_utf8_strlen (text->str, -1) > LONGEST_VALUE)
    {
      g_string_truncate (text, g_utf8_offset_to_pointer (text->str, LONGEST_VALUE) - text->str);
      g_string_append (text, "…");
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* "build", or "build on failure". */
static char *
describe_link (JsonNode *link)
{
  JsonObject *object;
  const char *step, *on;

  if (!JSON_NODE_HOLDS_OBJECT (link))
    return g_strdup (json_node_get_string (link));

  object = json_node_get_object (link);
  step = json_object_get_string_member_with_default (object, "step", "");
  on = json_object_get_string_member_with_default (object, "on", "success");
  if (json_object_has_member (object, "handles"))
    return g_strdup_printf ("%s on %s (%s)", step, on,
                            json_object_get_boolean_member (object, "handles")
                              ? "makes its failure good" : "does not make its failure good");

  return g_strdup_printf ("%s on %s", step, on);
}

static char *
describe_links (const RunnelDifference *self)
{
  g_autofree char *from = self->from != NULL ? describe_link (self->from) : NULL;
  g_autofree char *to = self->to != NULL ? describe_link (self->to) : NULL;

  switch (self->type)
    {
    case RUNNEL_DIFFERENCE_ADDED:
      return g_strdup_printf ("needs %s, too", to);
    case RUNNEL_DIFFERENCE_REMOVED:
      return g_strdup_printf ("no longer needs %s", from);
    case RUNNEL_DIFFERENCE_CHANGED:
    case RUNNEL_DIFFERENCE_MOVED:
    default:
      return g_strdup_printf ("needs %s instead of %s", to, from);
    }
}

static char *
describe_key (const RunnelDifference *self)
{
  g_autofree char *from = self->from != NULL ? describe_value (self->from) : NULL;
  g_autofree char *to = self->to != NULL ? describe_value (self->to) : NULL;

  switch (self->type)
    {
    case RUNNEL_DIFFERENCE_ADDED:
      return g_strdup_printf ("%s added: %s", self->key, to);
    case RUNNEL_DIFFERENCE_REMOVED:
      return g_strdup_printf ("%s removed, it was %s", self->key, from);
    case RUNNEL_DIFFERENCE_CHANGED:
    case RUNNEL_DIFFERENCE_MOVED:
    default:
      return g_strdup_printf ("%s changed from %s to %s", self->key, from, to);
    }
}

/**
 * runnel_difference_free:
 * @self: (transfer full) (nullable): a difference
 */
void
runnel_difference_free (RunnelDifference *self)
{
  if (self == NULL)
    return;

  g_free (self->step);
  g_free (self->key);
  g_clear_pointer (&self->from, json_node_unref);
  g_clear_pointer (&self->to, json_node_unref);
  g_free (self);
}

/**
 * runnel_difference_to_string:
 * @self: a difference
 *
 * Returns: (transfer full): it on one line for people, such as
 *   `step build: with.argv changed from ["make"] to ["make", "-j4"]`
 */
char *
runnel_difference_to_string (const RunnelDifference *self)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->step != NULL && *self->key == '\0')
    return g_strdup_printf ("step %s %s", self->step,
                            self->type == RUNNEL_DIFFERENCE_ADDED ? "added" : "removed");

  if (self->step != NULL && strcmp (self->key, "id") == 0)
    return g_strdup_printf ("step %s renamed to %s", json_node_get_string (self->from), self->step);

  if (self->step != NULL && strcmp (self->key, "layout") == 0)
    return g_strdup_printf ("step %s moved", self->step);

  text = strcmp (self->key, "needs") == 0 ? describe_links (self) : describe_key (self);

  return self->step != NULL ? g_strdup_printf ("step %s: %s", self->step, text)
                            : g_steal_pointer (&text);
}

/**
 * runnel_pipeline_diff:
 * @from: a pipeline
 * @to: the pipeline it became
 *
 * Compares what the two do: their keys, and their steps by id, key by key, and link by link.
 * Where things stand on the canvas, notes, groups and the order of the steps in the file are
 * left out. Objects are followed to the member that differs, arrays are compared as a whole.
 *
 * Returns: (transfer full) (element-type RunnelDifference): the differences: those of the
 *   pipeline itself, then those of its steps in the order of @from, then new steps; empty when
 *   both do the same
 */
GPtrArray *
runnel_pipeline_diff (RunnelPipeline *from,
                      RunnelPipeline *to)
{
  g_autoptr(GString) key = g_string_new (NULL);
  Diff self = { .key = key };

  g_return_val_if_fail (RUNNEL_IS_PIPELINE (from), NULL);
  g_return_val_if_fail (RUNNEL_IS_PIPELINE (to), NULL);

  self.differences = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_difference_free);
  diff_objects (&self, from->members, to->members);
  diff_steps (&self, from, to);

  return self.differences;
}
