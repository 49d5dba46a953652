/* runnel-edit-links.c: edits of the links between steps
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "model/runnel-edit-private.h"
#include "model/runnel-step-needs.h"

#define PATH_HEAD 3 /* steps of a long path that are named, at its start and at its end */
#define PATH_TAIL 2

/* --- Connecting --- */

/* Names the steps along a path, in the order in which they run; of a long one the ends. */
static char *
describe_path (char **ids)
{
  GString *text = g_string_new (ids[0]);
  guint n = g_strv_length (ids);

  for (guint i = 1; i < n; i++)
    {
      if (i == PATH_HEAD && n > PATH_HEAD + 1 + PATH_TAIL)
        {
          guint n_hidden = n - PATH_HEAD - PATH_TAIL;

          g_string_append (text, " → ");
          g_string_append_printf (text, ngettext ("(%u more)", "(%u more)", n_hidden), n_hidden);
          i = n - PATH_TAIL;
        }

      g_string_append_printf (text, " → %s", ids[i]);
    }

  return g_string_free (text, FALSE);
}

static gboolean
check_order (RunnelPipeline *pipeline,
             const char     *from,
             const char     *to,
             GError        **error)
{
  g_auto(GStrv) path = runnel_pipeline_find_path (pipeline, to, from);
  g_autofree char *text = NULL;

  if (path == NULL)
    return TRUE;

  text = describe_path (path);
  g_set_error (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_INVALID,
               _("“%s” can't come before “%s”, because it comes after it: %s."), from, to, text);
  return FALSE;
}

static gboolean
check_link (RunnelPipeline *pipeline,
            const char     *from,
            const char     *to,
            RunnelOn        on,
            GError        **error)
{
  RunnelStep *step = _runnel_edit_find_step (pipeline, to, error);

  if (step == NULL || _runnel_edit_find_step (pipeline, from, error) == NULL)
    return FALSE;

  if (strcmp (from, to) == 0)
    g_set_error (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_INVALID,
                 _("“%s” can't come before itself."), from);
  else if (runnel_step_has_need (step, from, on))
    g_set_error (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_INVALID,
                 _("“%s” is linked to “%s” in this way already."), from, to);
  else
    return check_order (pipeline, from, to, error);

  return FALSE;
}

/* Adds the edit that links a step to one more. */
static void
add_link (GPtrArray  *edits,
          RunnelStep *to,
          const char *from,
          RunnelOn    on)
{
  g_autoptr(RunnelStep) linked = runnel_step_with_need (to, from, on);

  g_ptr_array_add (edits, runnel_edit_new_replace_step (to->id, linked));
}

/**
 * runnel_edit_new_connect:
 * @pipeline: a pipeline
 * @from: id of the step that comes before
 * @to: id of the step that needs it
 * @on: the outcome of @from on which the link fires
 * @error: %RUNNEL_PIPELINE_ERROR_INVALID; its message is one sentence for people
 *
 * Returns: (transfer full) (nullable): the edit, or %NULL when the link would
 *   lead to itself, is there already, or would close a circle
 */
RunnelEdit *
runnel_edit_new_connect (RunnelPipeline *pipeline,
                         const char     *from,
                         const char     *to,
                         RunnelOn        on,
                         GError        **error)
{
  GPtrArray *edits;

  g_return_val_if_fail (RUNNEL_IS_PIPELINE (pipeline), NULL);
  g_return_val_if_fail (from != NULL && to != NULL, NULL);

  if (!check_link (pipeline, from, to, on, error))
    return NULL;

  edits = _runnel_edit_list_new ();
  add_link (edits, _runnel_edit_find_step (pipeline, to, NULL), from, on);
  return _runnel_edit_combine (g_strdup_printf (_("Link %s to %s"), from, to), edits);
}

/* --- Disconnecting --- */

guint
_runnel_link_name_hash (gconstpointer data)
{
  const RunnelLinkName *link = data;

  return g_str_hash (link->from) * 31 + g_str_hash (link->to) * 7 + link->on;
}

gboolean
_runnel_link_name_equal (gconstpointer a,
                         gconstpointer b)
{
  const RunnelLinkName *left = a;
  const RunnelLinkName *right = b;

  return left->on == right->on && strcmp (left->from, right->from) == 0
         && strcmp (left->to, right->to) == 0;
}

typedef struct
{
  const char *to;
  GHashTable *links; /* set of RunnelLinkName */
} Cut;

static gboolean
cut_need (const RunnelNeed *need,
          JsonNode         *entry,
          JsonArray        *after,
          gpointer          user_data)
{
  const Cut *cut = user_data;
  const RunnelLinkName link = { need->step, cut->to, need->on };

  if (g_hash_table_contains (cut->links, &link))
    return TRUE;

  json_array_add_element (after, json_node_ref (entry));
  return FALSE;
}

static char *
label_disconnect (const RunnelLinkName *links,
                  guint                 n_links)
{
  if (n_links == 1)
    return g_strdup_printf (_("Unlink %s from %s"), links->to, links->from);

  return g_strdup_printf (ngettext ("Remove %u link", "Remove %u links", n_links), n_links);
}

/**
 * runnel_edit_new_disconnect:
 * @pipeline: a pipeline
 * @links: (array length=n_links): links to take out; those that are not there are passed over, and
 *   the steps that they come from need not be there
 *
 * Returns: (transfer full): the edit; it changes nothing when there is none of the links
 */
RunnelEdit *
runnel_edit_new_disconnect (RunnelPipeline       *pipeline,
                            const RunnelLinkName *links,
                            guint                 n_links)
{
  g_autoptr(GHashTable) set = NULL;
  g_autoptr(GHashTable) targets = NULL;
  GPtrArray *edits;

  g_return_val_if_fail (RUNNEL_IS_PIPELINE (pipeline), NULL);
  g_return_val_if_fail (links != NULL || n_links == 0, NULL);

  set = g_hash_table_new (_runnel_link_name_hash, _runnel_link_name_equal);
  for (guint i = 0; i < n_links; i++)
    g_hash_table_add (set, (gpointer) &links[i]);

  edits = _runnel_edit_list_new ();
  targets = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < n_links; i++)
    {
      Cut cut = { links[i].to, set };
      RunnelStep *step = _runnel_edit_find_step (pipeline, cut.to, NULL);
      g_autoptr(RunnelStep) freed = NULL;

      if (step != NULL && g_hash_table_add (targets, (gpointer) cut.to))
        freed = runnel_step_map_needs (step, cut_need, &cut);
      if (freed != NULL)
        g_ptr_array_add (edits, runnel_edit_new_replace_step (cut.to, freed));
    }

  return _runnel_edit_combine (label_disconnect (links, n_links), edits);
}

/* --- Links that go another way --- */

typedef struct
{
  const RunnelLinkName *link; /* the one to replace */
  const char *from;           /* NULL takes it out */
  RunnelOn on;
} Swap;

static gboolean
swap_need (const RunnelNeed *need,
           JsonNode         *entry,
           JsonArray        *after,
           gpointer          user_data)
{
  const Swap *swap = user_data;

  if (need->on != swap->link->on || strcmp (need->step, swap->link->from) != 0)
    {
      json_array_add_element (after, json_node_ref (entry));
      return FALSE;
    }

  if (swap->from != NULL)
    json_array_add_element (after, runnel_need_to_entry (swap->from, swap->on, entry));
  return TRUE;
}

static gboolean
check_is_there (RunnelPipeline       *pipeline,
                const RunnelLinkName *link,
                GError              **error)
{
  RunnelStep *step = _runnel_edit_find_step (pipeline, link->to, error);

  if (step == NULL)
    return FALSE;
  if (runnel_step_has_need (step, link->from, link->on))
    return TRUE;

  g_set_error (error, RUNNEL_PIPELINE_ERROR, RUNNEL_PIPELINE_ERROR_INVALID,
               _("“%s” is not linked to “%s” in this way."), link->from, link->to);
  return FALSE;
}

/* Adds the edit that lets a link come from another step, or on another outcome. */
static void
add_swap (GPtrArray            *edits,
          RunnelPipeline       *pipeline,
          const RunnelLinkName *link,
          const char           *from,
          RunnelOn              on)
{
  Swap swap = { link, from, on };
  RunnelStep *step = _runnel_edit_find_step (pipeline, link->to, NULL);
  g_autoptr(RunnelStep) swapped = runnel_step_map_needs (step, swap_need, &swap);

  g_ptr_array_add (edits, runnel_edit_new_replace_step (link->to, swapped));
}

/**
 * runnel_edit_new_relink:
 * @pipeline: a pipeline
 * @before: a link
 * @after: what becomes of it; may differ in every part
 * @error: %RUNNEL_PIPELINE_ERROR_INVALID; its message is one sentence for people
 *
 * Makes the edit that takes an end of a link elsewhere, or lets it fire on another outcome. What
 * else the file says about the link stays when it ends at the same step.
 *
 * Returns: (transfer full) (nullable): the edit, or %NULL when there is no such link, or @after
 *   would lead to itself, is there already, or would close a circle
 */
RunnelEdit *
runnel_edit_new_relink (RunnelPipeline       *pipeline,
                        const RunnelLinkName *before,
                        const RunnelLinkName *after,
                        GError              **error)
{
  GPtrArray *edits;

  g_return_val_if_fail (RUNNEL_IS_PIPELINE (pipeline), NULL);
  g_return_val_if_fail (before != NULL && after != NULL, NULL);

  if (!check_is_there (pipeline, before, error)
      || !check_link (pipeline, after->from, after->to, after->on, error))
    return NULL;

  edits = _runnel_edit_list_new ();
  if (strcmp (before->to, after->to) == 0)
    {
      add_swap (edits, pipeline, before, after->from, after->on);
    }
  else
    {
      add_swap (edits, pipeline, before, NULL, 0);
      add_link (edits, _runnel_edit_find_step (pipeline, after->to, NULL), after->from, after->on);
    }

  return _runnel_edit_combine (g_strdup_printf (_("Link %s to %s"), after->from, after->to), edits);
}

/* Whoever waits for any end goes on doing so; whoever waits for a failure follows the step that now
 * handles it. */
static RunnelOn
get_second_half (RunnelOn on)
{
  return on == RUNNEL_ON_FINISHED || on == RUNNEL_ON_ALWAYS ? on : RUNNEL_ON_SUCCESS;
}

static gboolean
check_insertion (RunnelPipeline       *pipeline,
                 RunnelStep           *step,
                 const RunnelLinkName *link,
                 RunnelOn              second,
                 GError              **error)
{
  gboolean is_new = !runnel_pipeline_find_step (pipeline, step->id, NULL);

  if (link->from != NULL && link->to != NULL && !check_is_there (pipeline, link, error))
    return FALSE;
  if (link->from != NULL && !is_new
      && !check_link (pipeline, link->from, step->id, link->on, error))
    return FALSE;
  if (link->to != NULL && is_new)
    return _runnel_edit_find_step (pipeline, link->to, error) != NULL;

  return link->to == NULL || check_link (pipeline, step->id, link->to, second, error);
}

static char *
label_insertion (RunnelStep           *step,
                 const RunnelLinkName *link)
{
  const char *title = runnel_step_get_title (step);

  if (link->from == NULL || link->to == NULL)
    return g_strdup_printf (_("Add %s"), title);

  return g_strdup_printf (_("Insert %s between %s and %s"), title, link->from, link->to);
}

/**
 * runnel_edit_new_insert_on_link:
 * @pipeline: a pipeline
 * @step: (transfer none): a step of the pipeline, or a new one with an id that is free
 * @link: the link between the ends of which it goes; where an end is %NULL there is no link yet, and
 *   the step is linked to the other end
 * @error: %RUNNEL_PIPELINE_ERROR_INVALID; its message is one sentence for people
 *
 * Makes the edit that replaces a link by two, through a step. The first fires as the link did; the
 * second on success, or, where the link did not ask how its step ended (finished, always), on the
 * same as before.
 *
 * Returns: (transfer full) (nullable): the edit, or %NULL when there is no such link, or one of the
 *   two would lead to itself, is there already, or would close a circle
 */
RunnelEdit *
runnel_edit_new_insert_on_link (RunnelPipeline       *pipeline,
                                RunnelStep           *step,
                                const RunnelLinkName *link,
                                GError              **error)
{
  g_autoptr(RunnelStep) linked = NULL;
  RunnelOn second;
  GPtrArray *edits;

  g_return_val_if_fail (RUNNEL_IS_PIPELINE (pipeline), NULL);
  g_return_val_if_fail (step != NULL && link != NULL, NULL);

  second = link->from != NULL ? get_second_half (link->on) : link->on;
  if (!check_insertion (pipeline, step, link, second, error))
    return NULL;

  edits = _runnel_edit_list_new ();
  linked = link->from != NULL ? runnel_step_with_need (step, link->from, link->on)
                              : runnel_step_ref (step);
  g_ptr_array_add (edits, runnel_pipeline_find_step (pipeline, step->id, NULL)
                          ? runnel_edit_new_replace_step (step->id, linked)
                          : runnel_edit_new_insert_step (G_MAXUINT, linked));

  if (link->from != NULL && link->to != NULL)
    add_swap (edits, pipeline, link, step->id, second);
  else if (link->to != NULL)
    add_link (edits, _runnel_edit_find_step (pipeline, link->to, NULL), step->id, second);

  return _runnel_edit_combine (label_insertion (step, link), edits);
}
