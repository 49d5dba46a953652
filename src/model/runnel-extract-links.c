/* runnel-extract-links.c: links that cross the border of an extraction
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "model/runnel-extract-private.h"
#include "model/runnel-json-copy.h"
#include "model/runnel-json-write.h"

static gboolean
is_selected (RunnelExtract *self,
             const char    *id)
{
  return g_hash_table_contains (self->selected, id);
}

/* Whether a need is of a step that stays outside; one of no step at all is nobody's concern. */
static gboolean
is_outer (RunnelExtract    *self,
          const RunnelNeed *need)
{
  return !is_selected (self, need->step) && runnel_pipeline_find_step (self->pipeline, need->step, NULL);
}

/* --- No way leads out and in again --- */

/* Who needs a step, by its id: ids in GPtrArrays. */
static GHashTable *
make_followers (RunnelPipeline *pipeline)
{
  GHashTable *followers = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < runnel_pipeline_get_n_steps (pipeline); i++)
    {
      RunnelStep *step = runnel_pipeline_get_step (pipeline, i);

      for (guint j = 0; j < step->n_needs; j++)
        {
          GPtrArray *ids = g_hash_table_lookup (followers, step->needs[j].step);

          if (ids == NULL)
            {
              ids = g_ptr_array_new ();
              g_hash_table_insert (followers, (gpointer) step->needs[j].step, ids);
            }
          g_ptr_array_add (ids, (gpointer) step->id);
        }
    }

  return followers;
}

static void
refuse_way (RunnelExtract *self,
            GHashTable    *before,
            const char    *last,
            const char    *back)
{
  g_autoptr(GString) way = g_string_new (_runnel_extract_get_title (self, back));
  const char *first_outside = last;

  for (const char *id = last; id != NULL; id = g_hash_table_lookup (before, id))
    {
      g_string_prepend (way, " → ");
      g_string_prepend (way, _runnel_extract_get_title (self, id));
      if (!is_selected (self, id))
        first_outside = id;
    }
  _runnel_extract_refuse (self, _("A path leads out of the selection and back into it: %s. Select “%s” too."), way->str,
                          _runnel_extract_get_title (self, first_outside));
}

/* `before` says by which step each outside one was reached first. */
static void
follow (RunnelExtract *self,
        GHashTable    *followers,
        GHashTable    *before,
        GQueue        *queue,
        const char    *id)
{
  GPtrArray *next = g_hash_table_lookup (followers, id);

  for (guint i = 0; next != NULL && i < next->len; i++)
    {
      const char *follower = g_ptr_array_index (next, i);

      if (!is_selected (self, follower))
        {
          if (!g_hash_table_contains (before, follower))
            {
              g_hash_table_insert (before, (gpointer) follower, (gpointer) id);
              g_queue_push_tail (queue, (gpointer) follower);
            }
        }
      else if (!is_selected (self, id))
        {
          refuse_way (self, before, id, follower);
          return;
        }
    }
}

void
_runnel_extract_check_convex (RunnelExtract *self)
{
  g_autoptr(GHashTable) followers = make_followers (self->pipeline);
  g_autoptr(GHashTable) before = g_hash_table_new (g_str_hash, g_str_equal);
  GQueue queue = G_QUEUE_INIT;

  for (guint i = 0; i < self->steps->len; i++)
    follow (self, followers, before, &queue, ((RunnelStep *) g_ptr_array_index (self->steps, i))->id);
  while (self->error == NULL && !g_queue_is_empty (&queue))
    follow (self, followers, before, &queue, g_queue_pop_head (&queue));
  g_queue_clear (&queue);
}

/* --- Links in --- */

static JsonNode *
dup_need (RunnelStep *step,
          guint       index)
{
  g_autoptr(JsonNode) needs = runnel_step_dup_member (step, "needs");

  return json_array_dup_element (json_node_get_array (needs), step->needs[index].position);
}

static char *
describe_need (const RunnelNeed *need)
{
  return g_strdup_printf ("%s %d %d", need->step, need->on, need->handles);
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The links from outside into one step, as text that can be compared. */
static char *
describe_outer_needs (RunnelExtract *self,
                      RunnelStep    *step)
{
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < step->n_needs; i++)
    if (is_outer (self, &step->needs[i]))
      g_ptr_array_add (texts, describe_need (&step->needs[i]));
  g_ptr_array_sort (texts, compare_texts);
  g_ptr_array_add (texts, g_strdup_printf ("join %d", step->join));
  g_ptr_array_add (texts, NULL);

  return g_strjoinv ("\n", (char **) texts->pdata);
}

static guint
count_outer_needs (RunnelExtract *self,
                   RunnelStep    *step)
{
  guint n = 0;

  for (guint i = 0; i < step->n_needs; i++)
    n += is_outer (self, &step->needs[i]);

  return n;
}

/* Whether all steps that begin the new pipeline start on the same, and no other looks outside. */
static gboolean
is_uniform (RunnelExtract *self)
{
  g_autofree char *common = NULL;

  for (guint i = 0; i < self->steps->len; i++)
    {
      RunnelStep *step = g_ptr_array_index (self->steps, i);
      guint n_outer = count_outer_needs (self, step);
      g_autofree char *text = describe_outer_needs (self, step);

      if (n_outer > 0 && n_outer < step->n_needs)
        return FALSE;
      if (n_outer < step->n_needs)
        continue;
      if (common != NULL && strcmp (common, text) != 0)
        return FALSE;
      if (common == NULL)
        common = g_steal_pointer (&text);
    }

  return TRUE;
}

/* All links in one bundle mean the same only when each of them is waited for, and for its success. */
static void
check_bundle (RunnelExtract *self,
              RunnelStep    *step)
{
  guint n_outer = count_outer_needs (self, step);

  for (guint i = 0; i < step->n_needs; i++)
    if (is_outer (self, &step->needs[i]) &&
        (step->needs[i].on != RUNNEL_ON_SUCCESS || step->join != RUNNEL_JOIN_ALL))
      {
        _runnel_extract_refuse (self, _("“%s” starts on another outcome of “%s” than the other steps that are selected. "
                                        "Select steps that start together, or leave it out."),
                                _runnel_extract_get_title (self, step->id),
                                _runnel_extract_get_title (self, step->needs[i].step));
        return;
      }
  if (n_outer > 0 || step->n_needs == 0)
    _runnel_extract_warn (self, _("“%s” now waits for everything that the extracted steps wait for."),
                          _runnel_extract_get_title (self, step->id));
}

static void
collect_needs (RunnelExtract *self,
               RunnelStep    *step,
               GHashTable    *seen)
{
  for (guint i = 0; i < step->n_needs; i++)
    if (is_outer (self, &step->needs[i]) && g_hash_table_add (seen, describe_need (&step->needs[i])))
      json_array_add_element (self->needs, dup_need (step, i));
}

/* In the new pipeline nothing has happened before its first steps. */
static void
check_condition (RunnelExtract *self,
                 RunnelStep    *step)
{
  if (step->condition == NULL ||
      !g_regex_match_simple ("\\b(success|failure|cancelled)\\s*\\(", step->condition, G_REGEX_CASELESS, 0))
    return;

  for (guint i = 0; i < step->n_needs; i++)
    if (is_outer (self, &step->needs[i]) && step->needs[i].on != RUNNEL_ON_SUCCESS)
      _runnel_extract_refuse (self, _("The condition of “%s” asks how “%s” ended, which it can't know in another pipeline."),
                              _runnel_extract_get_title (self, step->id),
                              _runnel_extract_get_title (self, step->needs[i].step));
}

void
_runnel_extract_find_needs (RunnelExtract *self)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean uniform = is_uniform (self);

  for (guint i = 0; i < self->steps->len; i++)
    {
      RunnelStep *step = g_ptr_array_index (self->steps, i);

      collect_needs (self, step, seen);
      check_condition (self, step);
      if (uniform && count_outer_needs (self, step) > 0)
        self->join = step->join;
      if (!uniform)
        check_bundle (self, step);
    }
}

/* --- Links out --- */

static guint
count_before (RunnelExtract *self,
              const char    *id,
              GHashTable    *seen)
{
  guint index, n = 1;
  RunnelStep *step;

  if (!is_selected (self, id) || !g_hash_table_add (seen, (gpointer) id))
    return 0;

  runnel_pipeline_find_step (self->pipeline, id, &index);
  step = runnel_pipeline_get_step (self->pipeline, index);
  for (guint i = 0; i < step->n_needs; i++)
    n += count_before (self, step->needs[i].step, seen);

  return n;
}

static gboolean
has_condition (RunnelExtract *self,
               const char    *id)
{
  guint index;

  return runnel_pipeline_find_step (self->pipeline, id, &index) &&
         runnel_pipeline_get_step (self->pipeline, index)->condition != NULL;
}

static void
check_link_out (RunnelExtract    *self,
                RunnelStep       *step,
                const RunnelNeed *need)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  const char *title = _runnel_extract_get_title (self, step->id);
  const char *from = _runnel_extract_get_title (self, need->step);

  if (need->on == RUNNEL_ON_FAILURE && self->steps->len > 1)
    _runnel_extract_refuse (self, _("“%s” runs when “%s” fails; outside of the new pipeline it could not tell that from the "
                                    "failure of another step. Select it too, or leave “%s” out."), title, from, from);
  else if (count_before (self, need->step, seen) < self->steps->len)
    _runnel_extract_warn (self, _("“%s” now waits for all extracted steps, not only for “%s”."), title, from);
  if (need->on == RUNNEL_ON_SUCCESS && has_condition (self, need->step))
    _runnel_extract_warn (self, _("When the condition of “%s” does not hold, “%s” now runs all the same."), from, title);
}

static JsonNode *
redirect (RunnelExtract *self,
          JsonNode      *need)
{
  g_autoptr(JsonNode) id = json_node_init_string (json_node_alloc (), self->id);
  g_autoptr(JsonObject) object = NULL;

  if (!JSON_NODE_HOLDS_OBJECT (need))
    return g_steal_pointer (&id);

  object = runnel_json_object_with_member (json_node_get_object (need), "step", id, NULL);

  return json_node_init_object (json_node_alloc (), object);
}

static void
add_once (JsonArray  *array,
          JsonNode   *need,
          GHashTable *seen)
{
  g_autoptr(GString) text = g_string_new (NULL);

  runnel_json_write_compact (text, need);
  if (g_hash_table_add (seen, g_strdup (text->str)))
    json_array_add_element (array, json_node_ref (need));
}

/* Returns the `needs` of a step outside with the new step in place of those selected, or NULL when it needs none. */
JsonNode *
_runnel_extract_make_outer_needs (RunnelExtract *self,
                                  RunnelStep    *step)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(JsonArray) needs = json_array_new ();
  gboolean changed = FALSE;

  for (guint i = 0; i < step->n_needs; i++)
    {
      g_autoptr(JsonNode) need = dup_need (step, i);
      g_autoptr(JsonNode) redirected = NULL;

      if (is_selected (self, step->needs[i].step))
        {
          check_link_out (self, step, &step->needs[i]);
          redirected = redirect (self, need);
          changed = TRUE;
        }
      add_once (needs, redirected != NULL ? redirected : need, seen);
    }

  return changed ? json_node_init_array (json_node_alloc (), needs) : NULL;
}
