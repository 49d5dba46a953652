/* runnel-palette-item.c: a command or a step that the command palette offers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/commands/runnel-fuzzy.h"
#include "designer/commands/runnel-palette-item.h"

struct _RunnelPaletteItem
{
  GObject parent_instance;

  const RunnelCommand *command; /* NULL for a step */
  char *step;                   /* its id; NULL for a command */
  char *title;
  char *folded;                 /* title and heading, to be searched */
  const char *obstacle;         /* why it can't be chosen now, or NULL */
};

G_DEFINE_FINAL_TYPE (RunnelPaletteItem, runnel_palette_item, G_TYPE_OBJECT)

static void
runnel_palette_item_finalize (GObject *object)
{
  RunnelPaletteItem *self = RUNNEL_PALETTE_ITEM (object);

  g_free (self->step);
  g_free (self->title);
  g_free (self->folded);

  G_OBJECT_CLASS (runnel_palette_item_parent_class)->finalize (object);
}

static void
runnel_palette_item_class_init (RunnelPaletteItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = runnel_palette_item_finalize;
}

static void
runnel_palette_item_init (RunnelPaletteItem *self)
{
}

static void
fold (RunnelPaletteItem *self)
{
  g_autofree char *text = g_strconcat (self->title, " ", runnel_palette_item_get_heading (self), NULL);

  self->folded = g_utf8_casefold (text, -1);
}

/**
 * runnel_palette_item_new_command:
 * @command: a row of a table that is never freed
 * @obstacle: (nullable) (transfer none): why the command would do nothing now, a static string
 */
RunnelPaletteItem *
runnel_palette_item_new_command (const RunnelCommand *command,
                                 const char          *obstacle)
{
  RunnelPaletteItem *self = g_object_new (RUNNEL_TYPE_PALETTE_ITEM, NULL);

  g_return_val_if_fail (command, self);

  self->command = command;
  self->title = runnel_command_get_title (command);
  self->obstacle = obstacle;
  fold (self);
  return self;
}

/**
 * runnel_palette_item_new_step:
 * @step: a step to go to
 */
RunnelPaletteItem *
runnel_palette_item_new_step (RunnelStep *step)
{
  RunnelPaletteItem *self = g_object_new (RUNNEL_TYPE_PALETTE_ITEM, NULL);

  g_return_val_if_fail (step, self);

  self->step = g_strdup (step->id);
  self->title = g_strdup (runnel_step_get_title (step));
  fold (self);
  return self;
}

/**
 * runnel_palette_item_get_command:
 *
 * Returns: (transfer none) (nullable): the command; %NULL for a step
 */
const RunnelCommand *
runnel_palette_item_get_command (RunnelPaletteItem *self)
{
  g_return_val_if_fail (RUNNEL_IS_PALETTE_ITEM (self), NULL);

  return self->command;
}

/**
 * runnel_palette_item_get_step:
 *
 * Returns: (transfer none) (nullable): the step's id; %NULL for a command
 */
const char *
runnel_palette_item_get_step (RunnelPaletteItem *self)
{
  g_return_val_if_fail (RUNNEL_IS_PALETTE_ITEM (self), NULL);

  return self->step;
}

const char *
runnel_palette_item_get_title (RunnelPaletteItem *self)
{
  g_return_val_if_fail (RUNNEL_IS_PALETTE_ITEM (self), NULL);

  return self->title;
}

/**
 * runnel_palette_item_get_heading:
 *
 * Returns: (transfer none): the group of a command, or what says that this is a step
 */
const char *
runnel_palette_item_get_heading (RunnelPaletteItem *self)
{
  g_return_val_if_fail (RUNNEL_IS_PALETTE_ITEM (self), NULL);

  return self->command ? runnel_command_group_get_title (self->command->group) : _("Go to Step");
}

/**
 * runnel_palette_item_get_obstacle:
 *
 * Returns: (transfer none) (nullable): why this can't be chosen now
 */
const char *
runnel_palette_item_get_obstacle (RunnelPaletteItem *self)
{
  g_return_val_if_fail (RUNNEL_IS_PALETTE_ITEM (self), NULL);

  return self->obstacle;
}

/**
 * runnel_palette_item_get_keys:
 *
 * Returns: (transfer full): the first key of the command as people read it, or ""
 */
char *
runnel_palette_item_get_keys (RunnelPaletteItem *self)
{
  g_auto(GStrv) keys = NULL;
  GdkModifierType modifiers;
  guint key;

  g_return_val_if_fail (RUNNEL_IS_PALETTE_ITEM (self), NULL);

  if (self->command)
    keys = runnel_command_list_keys (self->command);
  if (!keys || !keys[0] || !gtk_accelerator_parse (keys[0], &key, &modifiers))
    return g_strdup ("");
  return gtk_accelerator_get_label (key, modifiers);
}

/**
 * runnel_palette_item_rank:
 * @typed: case folded
 *
 * Returns: how well this fits, see runnel_fuzzy_rank()
 */
guint
runnel_palette_item_rank (RunnelPaletteItem *self,
                          const char        *typed)
{
  g_return_val_if_fail (RUNNEL_IS_PALETTE_ITEM (self), 0);

  return runnel_fuzzy_rank (self->folded, typed);
}
