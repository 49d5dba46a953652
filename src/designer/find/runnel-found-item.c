/* runnel-found-item.c: a file in which something was found, or a place in it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "designer/find/runnel-found-item.h"

struct _RunnelFoundItem
{
  GObject parent_instance;

  gboolean is_file;
  char *path;
  char *step;   /* id, or NULL */
  char *title;  /* of the step or the file */
  char *markup; /* the line with the place in bold; of a file, its folder */
};

G_DEFINE_FINAL_TYPE (RunnelFoundItem, runnel_found_item, G_TYPE_OBJECT)

static void
runnel_found_item_finalize (GObject *object)
{
  RunnelFoundItem *self = RUNNEL_FOUND_ITEM (object);

  g_free (self->path);
  g_free (self->step);
  g_free (self->title);
  g_free (self->markup);

  G_OBJECT_CLASS (runnel_found_item_parent_class)->finalize (object);
}

static void
runnel_found_item_class_init (RunnelFoundItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = runnel_found_item_finalize;
}

static void
runnel_found_item_init (RunnelFoundItem *self)
{
}

/**
 * runnel_found_item_new_file:
 * @path: (type filename): of the file
 * @folder: (type filename): that was searched
 */
RunnelFoundItem *
runnel_found_item_new_file (const char *path,
                            const char *folder)
{
  RunnelFoundItem *self = g_object_new (RUNNEL_TYPE_FOUND_ITEM, NULL);
  g_autofree char *parent = NULL;
  g_autofree char *shown = NULL;

  g_return_val_if_fail (path && folder, self);

  self->is_file = TRUE;
  self->path = g_strdup (path);
  self->title = g_filename_display_basename (path);
  parent = g_path_get_dirname (path);
  if (g_str_has_prefix (parent, folder))
    shown = g_filename_display_name (parent + strlen (folder));
  else
    shown = g_filename_display_name (parent);
  self->markup = g_markup_escape_text (*shown == '/' ? shown + 1 : shown, -1);
  return self;
}

/**
 * runnel_found_item_new_place:
 * @path: (type filename): of the file
 * @found: a place in it
 */
RunnelFoundItem *
runnel_found_item_new_place (const char        *path,
                             const RunnelFound *found)
{
  RunnelFoundItem *self = g_object_new (RUNNEL_TYPE_FOUND_ITEM, NULL);
  g_autofree char *key = NULL, *before = NULL, *place = NULL, *after = NULL;

  g_return_val_if_fail (path && found, self);

  key = g_markup_escape_text (found->path, -1);
  before = g_markup_escape_text (found->text, found->start);
  place = g_markup_escape_text (found->text + found->start, found->end - found->start);
  after = g_markup_escape_text (found->text + found->end, -1);
  self->path = g_strdup (path);
  self->step = g_strdup (found->step ? found->step->id : NULL);
  self->title = g_strdup (found->step ? runnel_step_get_title (found->step) : _("Pipeline"));
  self->markup = g_strdup_printf ("%s: %s<b>%s</b>%s", key, before, place, after);
  return self;
}

gboolean
runnel_found_item_is_file (RunnelFoundItem *self)
{
  g_return_val_if_fail (RUNNEL_IS_FOUND_ITEM (self), FALSE);

  return self->is_file;
}

/**
 * runnel_found_item_get_path:
 *
 * Returns: (transfer none) (type filename): the file
 */
const char *
runnel_found_item_get_path (RunnelFoundItem *self)
{
  g_return_val_if_fail (RUNNEL_IS_FOUND_ITEM (self), NULL);

  return self->path;
}

/**
 * runnel_found_item_get_step:
 *
 * Returns: (transfer none) (nullable): the id of the step; %NULL for a file and the pipeline itself
 */
const char *
runnel_found_item_get_step (RunnelFoundItem *self)
{
  g_return_val_if_fail (RUNNEL_IS_FOUND_ITEM (self), NULL);

  return self->step;
}

const char *
runnel_found_item_get_title (RunnelFoundItem *self)
{
  g_return_val_if_fail (RUNNEL_IS_FOUND_ITEM (self), NULL);

  return self->title;
}

/**
 * runnel_found_item_get_markup:
 *
 * Returns: (transfer none): the line with the place in bold; of a file, the folder it is in
 */
const char *
runnel_found_item_get_markup (RunnelFoundItem *self)
{
  g_return_val_if_fail (RUNNEL_IS_FOUND_ITEM (self), NULL);

  return self->markup;
}
