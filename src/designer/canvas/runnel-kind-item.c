/* runnel-kind-item.c: a step kind as an item of a list
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/canvas/runnel-kind-item.h"

struct _RunnelKindItem
{
  GObject parent_instance;

  const RunnelKind *kind;
};

G_DEFINE_FINAL_TYPE (RunnelKindItem, runnel_kind_item, G_TYPE_OBJECT)

static void
runnel_kind_item_class_init (RunnelKindItemClass *klass)
{
}

static void
runnel_kind_item_init (RunnelKindItem *self)
{
}

const RunnelKind *
runnel_kind_item_get_kind (RunnelKindItem *self)
{
  g_return_val_if_fail (RUNNEL_IS_KIND_ITEM (self), NULL);

  return self->kind;
}

/**
 * runnel_kind_item_get_title:
 *
 * Returns: (transfer none): the kind's title in the person's language
 */
const char *
runnel_kind_item_get_title (RunnelKindItem *self)
{
  g_return_val_if_fail (RUNNEL_IS_KIND_ITEM (self), NULL);

  return _(self->kind->title);
}

/**
 * runnel_kind_item_get_description:
 *
 * Returns: (transfer none): what the kind does, in the person's language
 */
const char *
runnel_kind_item_get_description (RunnelKindItem *self)
{
  g_return_val_if_fail (RUNNEL_IS_KIND_ITEM (self), NULL);

  return _(self->kind->description);
}

static guint
rank_text (const char *text,
           const char *word,
           guint       prefix_rank,
           guint       inner_rank)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  if (g_str_has_prefix (folded, word))
    return prefix_rank;

  return strstr (folded, word) != NULL ? inner_rank : 0;
}

/**
 * runnel_kind_item_rank:
 * @self: a kind
 * @search: (nullable): what a person typed
 *
 * Tells how well the kind fits a search: each word must be found in its name, title or description.
 *
 * Returns: 0 when it does not fit; a larger number is a better fit
 */
guint
runnel_kind_item_rank (RunnelKindItem *self,
                       const char     *search)
{
  g_autofree char *folded = g_utf8_casefold (search != NULL ? search : "", -1);
  g_auto(GStrv) words = g_strsplit_set (folded, " \t", -1);
  guint total = 1;

  g_return_val_if_fail (RUNNEL_IS_KIND_ITEM (self), 0);

  for (guint i = 0; words[i] != NULL; i++)
    {
      guint rank;

      if (words[i][0] == '\0')
        continue;

      rank = MAX (rank_text (self->kind->name, words[i], 16, 8),
                  rank_text (runnel_kind_item_get_title (self), words[i], 16, 8));
      rank = MAX (rank, rank_text (runnel_kind_item_get_description (self), words[i], 1, 1));
      if (rank == 0)
        return 0;
      total += rank;
    }

  return total;
}

/**
 * runnel_kind_item_list:
 *
 * Returns: (transfer full): every registered kind as a #RunnelKindItem, in the order in which they
 *   were registered
 */
GListModel *
runnel_kind_item_list (void)
{
  GListStore *store = g_list_store_new (RUNNEL_TYPE_KIND_ITEM);
  guint n_kinds;
  const RunnelKind **kinds = runnel_kind_list (&n_kinds);

  for (guint i = 0; i < n_kinds; i++)
    {
      g_autoptr(RunnelKindItem) item = g_object_new (RUNNEL_TYPE_KIND_ITEM, NULL);

      item->kind = kinds[i];
      g_list_store_append (store, item);
    }

  return G_LIST_MODEL (store);
}
