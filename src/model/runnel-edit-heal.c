/* runnel-edit-heal.c: steps go, and what came before them comes before what came after
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "model/runnel-edit-private.h"
#include "model/runnel-step-needs.h"

typedef struct
{
  RunnelPipeline *pipeline;
  GHashTable *ids;  /* set: the steps that go */
  RunnelStep *step; /* the one that stays and is being linked */
  GHashTable *seen; /* set of RunnelLinkName into `step`: those that are in the queue */
  GPtrArray *queue; /* of the same, in the order in which they were met */
} Heal;

/* The outcome on which a link fires that replaces two in a row, as if the step between them had been
 * passed through. Whoever handles a failure must not run without one, and whoever always runs goes on
 * doing so. */
static RunnelOn
join_outcomes (RunnelOn first,
               RunnelOn second)
{
  return second == RUNNEL_ON_FAILURE || second == RUNNEL_ON_ALWAYS ? second : first;
}

/* Puts a link into the queue, once. Returns: whether it was not there yet */
static gboolean
meet (Heal       *self,
      const char *from,
      RunnelOn    on)
{
  const RunnelLinkName link = { from, self->step->id, on };
  RunnelLinkName *kept;

  if (g_hash_table_contains (self->seen, &link))
    return FALSE;

  kept = g_memdup2 (&link, sizeof link);
  g_hash_table_add (self->seen, kept);
  g_ptr_array_add (self->queue, kept);
  return TRUE;
}

static gboolean
is_wanted (Heal       *self,
           const char *from,
           RunnelOn    on)
{
  return !g_hash_table_contains (self->ids, from) && strcmp (from, self->step->id) != 0
         && !runnel_step_has_need (self->step, from, on);
}

/* Looks through the step that goes at the start of a link: appends the links from those that stay. */
static void
look_through (Heal                 *self,
              const RunnelLinkName *link,
              JsonNode             *entry,
              JsonArray            *after)
{
  RunnelStep *gone = NULL;

  if (g_hash_table_contains (self->ids, link->from))
    gone = _runnel_edit_find_step (self->pipeline, link->from, NULL);

  for (guint i = 0; gone != NULL && i < gone->n_needs; i++)
    {
      const char *from = gone->needs[i].step;
      RunnelOn on = join_outcomes (gone->needs[i].on, link->on);

      if (meet (self, from, on) && is_wanted (self, from, on))
        json_array_add_element (after, runnel_need_to_entry (from, on,
                                                             on == link->on ? entry : NULL));
    }
}

static gboolean
heal_need (const RunnelNeed *need,
           JsonNode         *entry,
           JsonArray        *after,
           gpointer          user_data)
{
  Heal *self = user_data;
  guint next = self->queue->len;

  if (!g_hash_table_contains (self->ids, need->step))
    {
      json_array_add_element (after, json_node_ref (entry));
      return FALSE;
    }

  meet (self, need->step, need->on);
  for (; next < self->queue->len; next++)
    look_through (self, g_ptr_array_index (self->queue, next), entry, after);

  return TRUE;
}

/* Adds the edits that link all steps that stay to what came before those that go. */
static void
add_links (GPtrArray *edits,
           Heal      *self)
{
  for (guint i = 0; i < runnel_pipeline_get_n_steps (self->pipeline); i++)
    {
      g_autoptr(RunnelStep) healed = NULL;

      self->step = runnel_pipeline_get_step (self->pipeline, i);
      g_ptr_array_set_size (self->queue, 0);
      g_hash_table_remove_all (self->seen);

      if (!g_hash_table_contains (self->ids, self->step->id)
          && _runnel_edit_can_name (self->pipeline, i))
        healed = runnel_step_map_needs (self->step, heal_need, self);
      if (healed != NULL)
        g_ptr_array_add (edits, runnel_edit_new_replace_step (self->step->id, healed));
    }
}

static char *
make_label (GHashTable *ids)
{
  guint n_ids = g_hash_table_size (ids);
  GHashTableIter iter;
  gpointer id;

  if (n_ids != 1)
    return g_strdup_printf (ngettext ("Delete %u step and link its neighbours",
                                      "Delete %u steps and link their neighbours", n_ids), n_ids);

  g_hash_table_iter_init (&iter, ids);
  g_hash_table_iter_next (&iter, &id, NULL);
  return g_strdup_printf (_("Delete %s and link its neighbours"), (char *) id);
}

/**
 * runnel_edit_new_delete_and_heal:
 * @pipeline: a pipeline
 * @ids: (array zero-terminated=1): ids of steps; unknown ones are left out
 *
 * Makes the edit that removes steps as runnel_edit_new_delete_steps() does, and links what came
 * before them to what came after: on the outcome of the first link, but on failure or always when
 * the second link says so. No link is made twice.
 *
 * Returns: (transfer full): the edit
 */
RunnelEdit *
runnel_edit_new_delete_and_heal (RunnelPipeline    *pipeline,
                                 const char *const *ids)
{
  g_autoptr(GHashTable) set = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GHashTable) seen = g_hash_table_new_full (_runnel_link_name_hash,
                                                      _runnel_link_name_equal, g_free, NULL);
  g_autoptr(GPtrArray) queue = g_ptr_array_new ();
  Heal heal = { pipeline, set, NULL, seen, queue };
  GPtrArray *edits;

  g_return_val_if_fail (RUNNEL_IS_PIPELINE (pipeline), NULL);
  g_return_val_if_fail (ids != NULL, NULL);

  for (guint i = 0; ids[i] != NULL; i++)
    g_hash_table_add (set, (gpointer) ids[i]);

  edits = _runnel_edit_list_new ();
  g_ptr_array_add (edits, runnel_edit_new_delete_steps (pipeline, ids));
  add_links (edits, &heal);

  return _runnel_edit_combine (make_label (set), edits);
}
