/* runnel-code-completion.c: offers words while the text of a pipeline is typed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "designer/code/runnel-code-completion.h"
#include "designer/code/runnel-code-proposals.h"

/* --- One word --- */

#define TYPE_ITEM (item_get_type ())
G_DECLARE_FINAL_TYPE (Item, item, RUNNEL, CODE_ITEM, GObject)

struct _Item
{
  GObject parent_instance;

  RunnelCodeProposal proposal; /* its strings are owned */
};

static void
item_proposal_iface_init (GtkSourceCompletionProposalInterface *iface)
{
}

G_DEFINE_FINAL_TYPE_WITH_CODE (Item, item, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GTK_SOURCE_TYPE_COMPLETION_PROPOSAL,
                                                      item_proposal_iface_init))

static void
item_finalize (GObject *object)
{
  RunnelCodeProposal *proposal = &RUNNEL_CODE_ITEM (object)->proposal;

  g_free (proposal->label);
  g_free (proposal->text);
  g_free (proposal->description);
  G_OBJECT_CLASS (item_parent_class)->finalize (object);
}

static void
item_class_init (ItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = item_finalize;
}

static void
item_init (Item *self)
{
}

static Item *
item_new (RunnelCodeProposal *proposal)
{
  Item *self = g_object_new (TYPE_ITEM, NULL);

  self->proposal.label = g_steal_pointer (&proposal->label);
  self->proposal.text = g_steal_pointer (&proposal->text);
  self->proposal.description = g_steal_pointer (&proposal->description);
  return self;
}

/* --- All that fit --- */

struct _RunnelCodeCompletion
{
  GObject parent_instance;

  RunnelCodeSync *sync;
};

/* What is around the step whose text is looked at alone. */
#define AROUND_STEP "{\"steps\": ["

/* The context of the cursor. In a step only the text of the step is read, for it comes with every
 * letter that is typed, and there may be ten thousand of them. */
static RunnelCodeContext *
read_context (RunnelCodeCompletion *self,
              GtkTextBuffer        *buffer)
{
  g_autofree char *before = NULL, *after = NULL, *text = NULL;
  const RunnelCodeBlock *block;
  GtkTextIter start, end, cursor;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
  block = runnel_code_sync_find_block_at (self->sync, (guint) gtk_text_iter_get_line (&cursor));
  if (block && block->first < block->last)
    {
      gtk_text_buffer_get_iter_at_line (buffer, &start, (int) block->first);
      gtk_text_buffer_get_iter_at_line (buffer, &end, (int) block->last);
      gtk_text_iter_forward_to_line_end (&end);
    }
  before = gtk_text_buffer_get_text (buffer, &start, &cursor, TRUE);
  after = gtk_text_buffer_get_text (buffer, &cursor, &end, TRUE);
  text = g_strconcat (block && block->first < block->last ? AROUND_STEP : "", before, after, NULL);
  return runnel_code_context_new (text, strlen (text) - strlen (after));
}

static void
fill (RunnelCodeCompletion       *self,
      GtkSourceCompletionContext *context,
      GListStore                 *store)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (gtk_source_completion_context_get_buffer (context));
  g_autoptr(RunnelCodeContext) place = read_context (self, buffer);
  RunnelPipeline *pipeline = runnel_code_sync_get_pipeline (self->sync);
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) proposals = NULL;

  if (pipeline)
    proposals = runnel_code_proposals_new (place, pipeline);
  for (guint i = 0; proposals && i < proposals->len; i++)
    g_ptr_array_add (items, item_new (g_ptr_array_index (proposals, i)));
  g_list_store_splice (store, 0, g_list_model_get_n_items (G_LIST_MODEL (store)), items->pdata,
                       items->len);
}

static GListModel *
populate (GtkSourceCompletionProvider  *provider,
          GtkSourceCompletionContext   *context,
          GError                      **error)
{
  GListStore *store = g_list_store_new (TYPE_ITEM);

  fill (RUNNEL_CODE_COMPLETION (provider), context, store);
  return G_LIST_MODEL (store);
}

static void
refilter (GtkSourceCompletionProvider *provider,
          GtkSourceCompletionContext  *context,
          GListModel                  *model)
{
  fill (RUNNEL_CODE_COMPLETION (provider), context, G_LIST_STORE (model));
}

static gboolean
is_trigger (GtkSourceCompletionProvider *provider,
            const GtkTextIter           *iter,
            gunichar                     c)
{
  return c == '"' || c == '.' || c == '_' || g_unichar_isalnum (c);
}

static void
display (GtkSourceCompletionProvider *provider,
         GtkSourceCompletionContext  *context,
         GtkSourceCompletionProposal *proposal,
         GtkSourceCompletionCell     *cell)
{
  Item *item = RUNNEL_CODE_ITEM (proposal);

  switch (gtk_source_completion_cell_get_column (cell))
    {
    case GTK_SOURCE_COMPLETION_COLUMN_TYPED_TEXT:
      gtk_source_completion_cell_set_text (cell, item->proposal.label);
      break;
    case GTK_SOURCE_COMPLETION_COLUMN_AFTER:
      gtk_source_completion_cell_set_text (cell, item->proposal.description);
      break;
    default:
      gtk_source_completion_cell_set_text (cell, NULL);
    }
}

/* A word never goes over the end of its line, so the line is all that has to be counted in. */
static void
get_iter (GtkTextBuffer *buffer,
          gssize         distance,
          GtkTextIter   *iter)
{
  gtk_text_buffer_get_iter_at_mark (buffer, iter, gtk_text_buffer_get_insert (buffer));
  gtk_text_iter_set_line_index (iter, gtk_text_iter_get_line_index (iter) + (int) distance);
}

static void
activate (GtkSourceCompletionProvider *provider,
          GtkSourceCompletionContext  *context,
          GtkSourceCompletionProposal *proposal)
{
  RunnelCodeCompletion *self = RUNNEL_CODE_COMPLETION (provider);
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (gtk_source_completion_context_get_buffer (context));
  g_autoptr(RunnelCodeContext) place = read_context (self, buffer);
  /* The proposal may go with the list, which changes as the text does. */
  g_autofree char *word = g_strdup (RUNNEL_CODE_ITEM (proposal)->proposal.text);
  GtkTextIter start, end;

  get_iter (buffer, (gssize) place->start - (gssize) place->cursor, &start);
  get_iter (buffer, (gssize) place->end - (gssize) place->cursor, &end);
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &start, word, -1);
  gtk_text_buffer_end_user_action (buffer);
}

static void
provider_iface_init (GtkSourceCompletionProviderInterface *iface)
{
  iface->populate = populate;
  iface->refilter = refilter;
  iface->is_trigger = is_trigger;
  iface->display = display;
  iface->activate = activate;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RunnelCodeCompletion, runnel_code_completion, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GTK_SOURCE_TYPE_COMPLETION_PROVIDER,
                                                      provider_iface_init))

static void
runnel_code_completion_dispose (GObject *object)
{
  g_clear_object (&RUNNEL_CODE_COMPLETION (object)->sync);
  G_OBJECT_CLASS (runnel_code_completion_parent_class)->dispose (object);
}

static void
runnel_code_completion_class_init (RunnelCodeCompletionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = runnel_code_completion_dispose;
}

static void
runnel_code_completion_init (RunnelCodeCompletion *self)
{
}

/**
 * runnel_code_completion_new:
 * @sync: the text
 *
 * Returns: (transfer full): what offers words for it, by the file format and by its own steps
 */
RunnelCodeCompletion *
runnel_code_completion_new (RunnelCodeSync *sync)
{
  RunnelCodeCompletion *self;

  g_return_val_if_fail (RUNNEL_IS_CODE_SYNC (sync), NULL);

  self = g_object_new (RUNNEL_TYPE_CODE_COMPLETION, NULL);
  self->sync = g_object_ref (sync);
  return self;
}
