/* runnel-keymap.c: which keys do what, as the tables have it and as a person wants it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A person's keys are a JSON object: {"canvas.tidy": ["<Shift><Alt>t"], "canvas.bypass": []}. They
 * take the place of all keys of the command, and are taken from the commands that had them.
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/commands/runnel-commands.h"
#include "designer/commands/runnel-keymap.h"
#include "model/runnel-json-read.h"
#include "util/runnel-nearest.h"

struct _RunnelKeymap
{
  GObject parent_instance;

  GHashTable *keys;   /* char * to GStrv: commands that have other keys than in their table */
  GHashTable *owners; /* char * to GPtrArray of char *: key in its usual form to the commands that
                       * took it, in different places */
  GPtrArray *bindings; /* Binding */
};

/* A list of shortcuts that follows the keymap. */
typedef struct
{
  char *name;        /* of one command, or how the names of all begin */
  char *action;      /* that is activated in place of the command's own, or NULL */
  GListStore *store; /* GtkShortcut */
} Binding;

static guint changed_signal;

G_DEFINE_FINAL_TYPE (RunnelKeymap, runnel_keymap, G_TYPE_OBJECT)

static void
binding_free (gpointer data)
{
  Binding *self = data;

  g_free (self->name);
  g_free (self->action);
  g_object_unref (self->store);
  g_free (self);
}

/* --- Shortcuts ---------------------------------------------------------------------- */

static void
append_shortcuts (Binding             *self,
                  const RunnelCommand *command)
{
  g_autoptr(GPtrArray) shortcuts = runnel_command_list_shortcuts (command);

  for (guint i = 0; i < shortcuts->len; i++)
    {
      GtkShortcut *shortcut = g_ptr_array_index (shortcuts, i);

      if (self->action)
        gtk_shortcut_set_action (shortcut, gtk_named_action_new (self->action));
      g_list_store_append (self->store, shortcut);
    }
}

static void
binding_fill (Binding *self)
{
  g_autoptr(GPtrArray) commands = runnel_commands_list ();

  g_list_store_remove_all (self->store);
  for (guint i = 0; i < commands->len; i++)
    {
      const RunnelCommand *command = g_ptr_array_index (commands, i);

      if (self->action ? g_str_equal (command->name, self->name)
                       : g_str_has_prefix (command->name, self->name))
        append_shortcuts (self, command);
    }
}

static Binding *
get_binding (RunnelKeymap *self,
             const char   *name,
             const char   *action)
{
  Binding *binding;

  for (guint i = 0; i < self->bindings->len; i++)
    {
      binding = g_ptr_array_index (self->bindings, i);
      if (g_str_equal (binding->name, name) && g_strcmp0 (binding->action, action) == 0)
        return binding;
    }

  binding = g_new0 (Binding, 1);
  binding->name = g_strdup (name);
  binding->action = g_strdup (action);
  binding->store = g_list_store_new (GTK_TYPE_SHORTCUT);
  binding_fill (binding);
  g_ptr_array_add (self->bindings, binding);
  return binding;
}

/* --- A person's keys ------------------------------------------------------------------ */

static char *
normalize (const char *key)
{
  GdkModifierType modifiers;
  guint keyval;

  if (!gtk_accelerator_parse (key, &keyval, &modifiers) || keyval == 0)
    return NULL;
  return gtk_accelerator_name (keyval, modifiers);
}

/* Tab moves the keyboard on, whoever wants what. */
static gboolean
is_tab (guint keyval)
{
  return keyval == GDK_KEY_Tab || keyval == GDK_KEY_ISO_Left_Tab || keyval == GDK_KEY_KP_Tab;
}

/* A key that types something is for text fields, unless a widget has the keyboard that is none. */
static gboolean
types_something (guint           keyval,
                 GdkModifierType modifiers)
{
  return (modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) == 0
         && gdk_keyval_to_unicode (keyval) != 0;
}

/* Returns: (nullable): the command that a person gave a key to, in a place where it would be ours */
static const char *
find_owner (RunnelKeymap        *self,
            const char          *key,
            const RunnelCommand *command)
{
  GPtrArray *owners = g_hash_table_lookup (self->owners, key);

  for (guint i = 0; owners && i < owners->len; i++)
    if (!runnel_command_is_apart (g_ptr_array_index (owners, i), command->name))
      return g_ptr_array_index (owners, i);
  return NULL;
}

static void
add_owner (RunnelKeymap        *self,
           const char          *key,
           const RunnelCommand *command)
{
  g_autofree char *name = normalize (key);
  GPtrArray *owners = g_hash_table_lookup (self->owners, name);

  if (!owners)
    {
      owners = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (self->owners, g_steal_pointer (&name), owners);
    }
  g_ptr_array_add (owners, g_strdup (command->name));
}

/* Returns: (nullable): what is wrong with a key */
static char *
check_key (RunnelKeymap        *self,
           const RunnelCommand *command,
           const char          *key)
{
  g_autofree char *name = normalize (key);
  const char *owner = name ? find_owner (self, name, command) : NULL;
  GdkModifierType modifiers;
  guint keyval;

  if (!name)
    return g_strdup_printf (_("“%s” is no key; they are written like “<Control><Shift>t” or “F6”"),
                            key);
  gtk_accelerator_parse (name, &keyval, &modifiers);
  if (is_tab (keyval))
    return g_strdup (_("Tab always moves the keyboard on"));
  if (!runnel_command_is_local (command->name) && types_something (keyval, modifiers))
    return g_strdup_printf (_("“%s” could not be typed any more; add <Control> or <Alt>"), key);
  if (owner)
    return g_strdup_printf (_("“%s” is given to “%s” already"), key, owner);
  return NULL;
}

static char *
suggest (const char *name)
{
  g_autoptr(GPtrArray) commands = runnel_commands_list ();
  RunnelNearest nearest = { .word = name };

  for (guint i = 0; i < commands->len; i++)
    runnel_nearest_consider (&nearest, ((RunnelCommand *) g_ptr_array_index (commands, i))->name);
  return runnel_nearest_suggest (&nearest);
}

static void
take_keys (RunnelKeymap        *self,
           const RunnelCommand *command,
           JsonArray           *array,
           GStrvBuilder        *problems)
{
  g_autoptr(GStrvBuilder) keys = g_strv_builder_new ();

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      const char *key = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
      g_autofree char *problem = check_key (self, command, key ? key : "");
      g_autofree char *line = NULL;

      if (problem)
        {
          line = g_strdup_printf ("%s: %s", command->name, problem);
          g_strv_builder_add (problems, line);
          continue;
        }
      add_owner (self, key, command);
      g_strv_builder_add (keys, key);
    }
  g_hash_table_insert (self->keys, g_strdup (command->name), g_strv_builder_end (keys));
}

static void
take_member (RunnelKeymap *self,
             const char   *name,
             JsonNode     *value,
             GStrvBuilder *problems)
{
  const RunnelCommand *command = runnel_commands_lookup (name);
  g_autofree char *suggestion = command ? NULL : suggest (name);
  g_autofree char *line = NULL;

  if (command && JSON_NODE_HOLDS_ARRAY (value))
    {
      take_keys (self, command, json_node_get_array (value), problems);
      return;
    }
  if (command)
    line = g_strdup_printf (_("%s: the keys are written as a list: [\"<Control>t\"]"), name);
  else
    line = g_strdup_printf (_("%s: there is no such command%s%s"), name, suggestion ? "; " : "",
                            suggestion ? suggestion : "");
  g_strv_builder_add (problems, line);
}

static JsonObject *
parse (const char   *text,
       gsize         length,
       JsonNode    **ret_root,
       GStrvBuilder *problems)
{
  g_autoptr(GError) error = NULL;

  *ret_root = runnel_json_read (text, length, RUNNEL_JSON_MAX_DEPTH, NULL, &error);
  if (*ret_root && JSON_NODE_HOLDS_OBJECT (*ret_root))
    return json_node_get_object (*ret_root);
  g_strv_builder_add (problems, error ? error->message : _("The keys are to be a JSON object"));
  return NULL;
}

/* --- The object ------------------------------------------------------------------------ */

static void
runnel_keymap_finalize (GObject *object)
{
  RunnelKeymap *self = RUNNEL_KEYMAP (object);

  g_hash_table_unref (self->keys);
  g_hash_table_unref (self->owners);
  g_ptr_array_unref (self->bindings);

  G_OBJECT_CLASS (runnel_keymap_parent_class)->finalize (object);
}

static void
runnel_keymap_class_init (RunnelKeymapClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = runnel_keymap_finalize;

  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
runnel_keymap_init (RunnelKeymap *self)
{
  self->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_strfreev);
  self->owners = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify) g_ptr_array_unref);
  self->bindings = g_ptr_array_new_with_free_func (binding_free);
}

/**
 * runnel_keymap_get_default:
 *
 * Returns: (transfer none): the keymap of the application
 */
RunnelKeymap *
runnel_keymap_get_default (void)
{
  static RunnelKeymap *keymap;

  if (!keymap)
    keymap = g_object_new (RUNNEL_TYPE_KEYMAP, NULL);
  return keymap;
}

/**
 * runnel_keymap_load:
 * @text: a person's keys; "" for none
 * @length: of @text in bytes
 *
 * Takes the keys of a person in place of those taken before. What is wrong is left out.
 *
 * Returns: (transfer full): what was wrong, a line each; empty when all is well
 */
GStrv
runnel_keymap_load (RunnelKeymap *self,
                    const char   *text,
                    gsize         length)
{
  g_autoptr(GStrvBuilder) problems = g_strv_builder_new ();
  g_autoptr(JsonNode) root = NULL;
  JsonObject *object = NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  g_return_val_if_fail (RUNNEL_IS_KEYMAP (self), NULL);
  g_return_val_if_fail (text, NULL);

  g_hash_table_remove_all (self->keys);
  g_hash_table_remove_all (self->owners);
  if (length > 0)
    object = parse (text, length, &root, problems);
  if (object)
    {
      json_object_iter_init_ordered (&iter, object);
      while (json_object_iter_next_ordered (&iter, &name, &value))
        take_member (self, name, value, problems);
    }

  for (guint i = 0; i < self->bindings->len; i++)
    binding_fill (g_ptr_array_index (self->bindings, i));
  g_signal_emit (self, changed_signal, 0);
  return g_strv_builder_end (problems);
}

/**
 * runnel_keymap_get_keys:
 * @command: a command
 *
 * Returns: (transfer full): the keys of the command in GTK's form, as a person has set them, else
 *   those of the table that nobody else was given
 */
GStrv
runnel_keymap_get_keys (RunnelKeymap        *self,
                        const RunnelCommand *command)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) keys = NULL;
  const RunnelCommand *like;
  GStrv own;

  g_return_val_if_fail (RUNNEL_IS_KEYMAP (self), NULL);
  g_return_val_if_fail (command, NULL);

  own = g_hash_table_lookup (self->keys, command->name);
  if (own)
    return g_strdupv (own);
  like = command->like ? runnel_commands_lookup (command->like) : NULL;
  if (like)
    return runnel_keymap_get_keys (self, like);

  keys = g_strsplit (command->keys ? command->keys : "", " ", -1);
  for (guint i = 0; keys[i]; i++)
    {
      g_autofree char *name = normalize (keys[i]);

      if (name && !find_owner (self, name, command))
        g_strv_builder_add (builder, keys[i]);
    }
  return g_strv_builder_end (builder);
}

/**
 * runnel_keymap_get_shortcuts:
 * @prefix: how the names of commands begin: "canvas."
 *
 * Returns: (transfer none): shortcuts for these commands; the list follows the keymap
 */
GListModel *
runnel_keymap_get_shortcuts (RunnelKeymap *self,
                             const char   *prefix)
{
  g_return_val_if_fail (RUNNEL_IS_KEYMAP (self), NULL);
  g_return_val_if_fail (prefix, NULL);

  return G_LIST_MODEL (get_binding (self, prefix, NULL)->store);
}

/**
 * runnel_keymap_get_shortcuts_as:
 * @command: the name of a command
 * @action: what its keys activate
 *
 * For a place where the keys of a command are to do the same by another action.
 *
 * Returns: (transfer none): shortcuts; the list follows the keymap
 */
GListModel *
runnel_keymap_get_shortcuts_as (RunnelKeymap *self,
                                const char   *command,
                                const char   *action)
{
  g_return_val_if_fail (RUNNEL_IS_KEYMAP (self), NULL);
  g_return_val_if_fail (command && action, NULL);

  return G_LIST_MODEL (get_binding (self, command, action)->store);
}

/**
 * runnel_keymap_describe:
 *
 * Returns: (transfer full): all commands with their keys, as a JSON text to be changed and loaded
 */
char *
runnel_keymap_describe (RunnelKeymap *self)
{
  g_autoptr(GPtrArray) commands = runnel_commands_list ();
  GString *text = g_string_new ("{");

  g_return_val_if_fail (RUNNEL_IS_KEYMAP (self), NULL);

  for (guint i = 0; i < commands->len; i++)
    {
      const RunnelCommand *command = g_ptr_array_index (commands, i);
      g_auto(GStrv) keys = runnel_keymap_get_keys (self, command);
      g_autofree char *joined = g_strjoinv ("\", \"", keys);

      g_string_append_printf (text, "%s\n  \"%s\": [", i > 0 ? "," : "", command->name);
      if (keys[0])
        g_string_append_printf (text, "\"%s\"", joined);
      g_string_append_c (text, ']');
    }
  g_string_append (text, "\n}\n");
  return g_string_free (text, FALSE);
}
