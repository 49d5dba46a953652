/* runnel-run-query.c: which runs the person wants to see
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/runs/runnel-run-query.h"

struct _RunnelRunQuery
{
  GObject parent_instance;

  RunnelRunFilter *chosen; /* by tokens and drop-downs */
  char *text;              /* what is typed */
  RunnelRunFilter *filter; /* both together, as far as it could be understood */
  char *mistake;           /* in what is typed, for people, or NULL */
};

G_DEFINE_FINAL_TYPE (RunnelRunQuery, runnel_run_query, G_TYPE_OBJECT)

static guint changed_signal;

/* What can't be understood (yet) leaves the filter as it was. */
static void
combine (RunnelRunQuery *self)
{
  g_autofree char *words = runnel_run_filter_to_string (self->chosen);
  g_autofree char *line = g_strdup_printf ("%s %s", words, self->text);
  g_autoptr(GError) error = NULL;
  RunnelRunFilter *filter = runnel_run_filter_parse (line, &error);

  g_clear_pointer (&self->mistake, g_free);
  if (filter == NULL)
    {
      self->mistake = g_strdup (error->message);
      return;
    }
  runnel_run_filter_free (self->filter);
  self->filter = filter;
}

static void
changed (RunnelRunQuery *self)
{
  combine (self);
  g_signal_emit (self, changed_signal, 0);
}

/* Takes the texts out of a filter, and returns them as a person would type them. */
static char *
take_texts (RunnelRunFilter *filter)
{
  g_autoptr(RunnelRunFilter) texts = runnel_run_filter_new ();
  GPtrArray *empty = texts->texts;

  texts->texts = filter->texts;
  filter->texts = empty;
  return runnel_run_filter_to_string (texts);
}

static void
runnel_run_query_finalize (GObject *object)
{
  RunnelRunQuery *self = RUNNEL_RUN_QUERY (object);

  runnel_run_filter_free (self->chosen);
  runnel_run_filter_free (self->filter);
  g_free (self->text);
  g_free (self->mistake);

  G_OBJECT_CLASS (runnel_run_query_parent_class)->finalize (object);
}

static void
runnel_run_query_class_init (RunnelRunQueryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = runnel_run_query_finalize;

  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
runnel_run_query_init (RunnelRunQuery *self)
{
  self->chosen = runnel_run_filter_new ();
  self->filter = runnel_run_filter_new ();
  self->text = g_strdup ("");
}

/**
 * runnel_run_query_new:
 *
 * Returns: (transfer full): a query for all runs
 */
RunnelRunQuery *
runnel_run_query_new (void)
{
  return g_object_new (RUNNEL_TYPE_RUN_QUERY, NULL);
}

/**
 * runnel_run_query_get_default:
 *
 * Returns: (transfer none): the one query of the session, so that a page opened again shows what
 *   was looked for last
 */
RunnelRunQuery *
runnel_run_query_get_default (void)
{
  static RunnelRunQuery *query;

  if (query == NULL)
    query = runnel_run_query_new ();
  return query;
}

/**
 * runnel_run_query_get_filter:
 * @self: a query
 *
 * Returns: (transfer none): what was chosen and typed together
 */
const RunnelRunFilter *
runnel_run_query_get_filter (RunnelRunQuery *self)
{
  g_return_val_if_fail (RUNNEL_IS_RUN_QUERY (self), NULL);

  return self->filter;
}

/**
 * runnel_run_query_get_chosen:
 * @self: a query
 *
 * Returns: (transfer none): what was chosen, without what is being typed
 */
const RunnelRunFilter *
runnel_run_query_get_chosen (RunnelRunQuery *self)
{
  g_return_val_if_fail (RUNNEL_IS_RUN_QUERY (self), NULL);

  return self->chosen;
}

/**
 * runnel_run_query_choose:
 * @self: a query
 * @chosen: (transfer full): takes the place of what was chosen
 */
void
runnel_run_query_choose (RunnelRunQuery  *self,
                         RunnelRunFilter *chosen)
{
  g_return_if_fail (RUNNEL_IS_RUN_QUERY (self));
  g_return_if_fail (chosen != NULL);

  runnel_run_filter_free (self->chosen);
  self->chosen = chosen;
  changed (self);
}

/**
 * runnel_run_query_get_text:
 * @self: a query
 *
 * Returns: (transfer none): what is being typed
 */
const char *
runnel_run_query_get_text (RunnelRunQuery *self)
{
  g_return_val_if_fail (RUNNEL_IS_RUN_QUERY (self), NULL);

  return self->text;
}

/**
 * runnel_run_query_get_mistake:
 * @self: a query
 *
 * Returns: (transfer none) (nullable): a sentence about what is typed and can't be understood
 */
const char *
runnel_run_query_get_mistake (RunnelRunQuery *self)
{
  g_return_val_if_fail (RUNNEL_IS_RUN_QUERY (self), NULL);

  return self->mistake;
}

/**
 * runnel_run_query_type:
 * @self: a query
 * @text: what is typed now
 */
void
runnel_run_query_type (RunnelRunQuery *self,
                       const char     *text)
{
  g_return_if_fail (RUNNEL_IS_RUN_QUERY (self));
  g_return_if_fail (text != NULL);

  if (g_str_equal (self->text, text))
    return;
  g_free (self->text);
  self->text = g_strdup (text);
  changed (self);
}

/**
 * runnel_run_query_absorb:
 * @self: a query
 *
 * Makes what is typed part of what was chosen, except for plain text, as far as it is understood.
 */
void
runnel_run_query_absorb (RunnelRunQuery *self)
{
  RunnelRunFilter *chosen;
  g_autofree char *texts = NULL;

  g_return_if_fail (RUNNEL_IS_RUN_QUERY (self));

  if (self->mistake != NULL)
    return;
  chosen = runnel_run_filter_copy (self->filter);
  texts = take_texts (chosen);
  g_free (self->text);
  self->text = g_steal_pointer (&texts);
  runnel_run_query_choose (self, chosen);
}

/**
 * runnel_run_query_clear:
 * @self: a query
 *
 * Wants all runs again.
 */
void
runnel_run_query_clear (RunnelRunQuery *self)
{
  g_return_if_fail (RUNNEL_IS_RUN_QUERY (self));

  g_free (self->text);
  self->text = g_strdup ("");
  runnel_run_query_choose (self, runnel_run_filter_new ());
}
