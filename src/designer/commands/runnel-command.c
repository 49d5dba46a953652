/* runnel-command.c: something the application can be told to do, as a row of a table
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/commands/runnel-command.h"
#include "designer/commands/runnel-keymap.h"

/* Keys that a keyboard has a second time, on its keypad. */
static const struct
{
  guint key;
  guint keypad;
} keypad_keys[] = {
  { GDK_KEY_plus, GDK_KEY_KP_Add },      { GDK_KEY_minus, GDK_KEY_KP_Subtract },
  { GDK_KEY_period, GDK_KEY_KP_Decimal }, { GDK_KEY_slash, GDK_KEY_KP_Divide },
  { GDK_KEY_0, GDK_KEY_KP_0 },           { GDK_KEY_1, GDK_KEY_KP_1 },
  { GDK_KEY_2, GDK_KEY_KP_2 },           { GDK_KEY_Return, GDK_KEY_KP_Enter },
  { GDK_KEY_Delete, GDK_KEY_KP_Delete }, { GDK_KEY_Insert, GDK_KEY_KP_Insert },
  { GDK_KEY_Home, GDK_KEY_KP_Home },     { GDK_KEY_End, GDK_KEY_KP_End },
  { GDK_KEY_Left, GDK_KEY_KP_Left },     { GDK_KEY_Right, GDK_KEY_KP_Right },
  { GDK_KEY_Up, GDK_KEY_KP_Up },         { GDK_KEY_Down, GDK_KEY_KP_Down },
  { GDK_KEY_Page_Up, GDK_KEY_KP_Page_Up }, { GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down },
};

/**
 * runnel_command_get_action:
 *
 * Returns: (transfer full): the name of the action without its target, such as "canvas.connect"
 */
char *
runnel_command_get_action (const RunnelCommand *self)
{
  const char *colons = strstr (self->name, "::");

  return colons ? g_strndup (self->name, colons - self->name) : g_strdup (self->name);
}

/**
 * runnel_command_get_target:
 *
 * Returns: (transfer none) (nullable): what the action is called with, such as "success"
 */
const char *
runnel_command_get_target (const RunnelCommand *self)
{
  const char *colons = strstr (self->name, "::");

  return colons ? colons + strlen ("::") : NULL;
}

/**
 * runnel_command_get_title:
 *
 * Returns: (transfer full): the translated title without its mnemonic
 */
char *
runnel_command_get_title (const RunnelCommand *self)
{
  g_auto(GStrv) parts = g_strsplit (_(self->title), "_", -1);

  return g_strjoinv (NULL, parts);
}

static char *
get_keypad_twin (const char *accelerator)
{
  GdkModifierType modifiers;
  guint key;

  if (!gtk_accelerator_parse (accelerator, &key, &modifiers))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (keypad_keys); i++)
    if (keypad_keys[i].key == key)
      return gtk_accelerator_name (keypad_keys[i].keypad, modifiers);
  return NULL;
}

/**
 * runnel_command_list_keys:
 *
 * Returns: (transfer full): the keys of the keymap in GTK's form, each followed by its twin on the
 *   keypad
 */
GStrv
runnel_command_list_keys (const RunnelCommand *self)
{
  g_auto(GStrv) keys = runnel_keymap_get_keys (runnel_keymap_get_default (), self);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; keys[i]; i++)
    {
      g_autofree char *twin = get_keypad_twin (keys[i]);

      g_strv_builder_add (builder, keys[i]);
      if (twin)
        g_strv_builder_add (builder, twin);
    }
  return g_strv_builder_end (builder);
}

/**
 * runnel_command_list_shortcuts:
 *
 * Returns: (transfer full) (element-type GtkShortcut): a shortcut for each of the keys
 */
GPtrArray *
runnel_command_list_shortcuts (const RunnelCommand *self)
{
  GPtrArray *shortcuts = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto(GStrv) keys = runnel_command_list_keys (self);
  g_autofree char *action = runnel_command_get_action (self);
  const char *target = runnel_command_get_target (self);

  for (guint i = 0; keys[i]; i++)
    {
      GtkShortcut *shortcut = gtk_shortcut_new (gtk_shortcut_trigger_parse_string (keys[i]),
                                                gtk_named_action_new (action));

      if (target)
        gtk_shortcut_set_arguments (shortcut, g_variant_new_string (target));
      g_ptr_array_add (shortcuts, shortcut);
    }
  return shortcuts;
}

/* Of the widgets that do their commands themselves, while they have the keyboard; 0 = of none. */
static guint
get_place (const char *name)
{
  static const char *const places[] = { "canvas.", "gantt.", "log." };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (g_str_has_prefix (name, places[i]))
      return i + 1;
  return 0;
}

/**
 * runnel_command_is_local:
 * @name: of a command
 *
 * Returns: whether its keys work only where a certain widget has the keyboard, in which nobody
 *   types
 */
gboolean
runnel_command_is_local (const char *name)
{
  return get_place (name) != 0;
}

/**
 * runnel_command_is_apart:
 * @name: of a command
 * @other: of another one
 *
 * Returns: whether the keys of both never work in the same place, so that they may be the same
 */
gboolean
runnel_command_is_apart (const char *name,
                         const char *other)
{
  guint place = get_place (name), other_place = get_place (other);

  return place != 0 && other_place != 0 && place != other_place;
}

/**
 * runnel_command_group_get_title:
 *
 * Returns: (transfer none): the translated heading of a group
 */
const char *
runnel_command_group_get_title (RunnelCommandGroup group)
{
  static const char *const titles[RUNNEL_N_COMMAND_GROUPS] = {
    [RUNNEL_COMMANDS_EDIT] = N_("Edit"),
    [RUNNEL_COMMANDS_STEPS] = N_("Steps"),
    [RUNNEL_COMMANDS_LINKS] = N_("Links"),
    [RUNNEL_COMMANDS_AREAS] = N_("Groups and Notes"),
    [RUNNEL_COMMANDS_SELECT] = N_("Select"),
    [RUNNEL_COMMANDS_ARRANGE] = N_("Arrange"),
    [RUNNEL_COMMANDS_VIEW] = N_("View"),
    [RUNNEL_COMMANDS_FILE] = N_("File"),
    [RUNNEL_COMMANDS_RUN] = N_("Run"),
    [RUNNEL_COMMANDS_CHART] = N_("Timing Chart"),
    [RUNNEL_COMMANDS_LOG] = N_("Log"),
    [RUNNEL_COMMANDS_FIND] = N_("Find"),
    [RUNNEL_COMMANDS_PANELS] = N_("Panels"),
    [RUNNEL_COMMANDS_WINDOW] = N_("Window"),
  };

  g_return_val_if_fail (group < RUNNEL_N_COMMAND_GROUPS, NULL);

  return _(titles[group]);
}
