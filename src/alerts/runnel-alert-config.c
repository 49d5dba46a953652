/* runnel-alert-config.c: all rules and channels of this machine
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "alerts/runnel-alert-config.h"
#include "model/runnel-json-path.h"

static void
note_problem (RunnelAlertConfig *self,
              GError            *error)
{
  g_ptr_array_add (self->problems, g_strdup (error->message));
  g_error_free (error);
}

static JsonObject *
get_object (JsonObject *alerts,
            const char *name)
{
  return alerts && json_object_has_member (alerts, name)
           ? json_object_get_object_member (alerts, name) : NULL;
}

static void
read_channels (RunnelAlertConfig *self,
               JsonObject        *channels)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  g_ptr_array_add (self->channels, runnel_alert_channel_new (RUNNEL_ALERT_DESKTOP, NULL, NULL));
  if (channels == NULL)
    return;
  json_object_iter_init_ordered (&iter, channels);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      GError *error = NULL;
      RunnelAlertChannel *channel = runnel_alert_channel_new (name, json_node_get_object (value),
                                                              &error);

      if (channel == NULL)
        note_problem (self, error);
      else
        g_ptr_array_add (self->channels, channel);
    }
}

static void
check_channels (RunnelAlertConfig     *self,
                const RunnelAlertRule *rule)
{
  for (guint i = 0; rule->channels[i] != NULL; i++)
    if (runnel_alert_config_find_channel (self, rule->channels[i]) == NULL)
      g_ptr_array_add (self->problems,
                       g_strdup_printf ("the rule “%s” tells “%s”, and there is no such channel",
                                        rule->name,
                                        rule->channels[i]));
}

static void
read_rules (RunnelAlertConfig *self,
            JsonObject        *rules)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (rules == NULL)
    return;
  json_object_iter_init_ordered (&iter, rules);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      GError *error = NULL;
      RunnelAlertRule *rule = runnel_alert_rule_new (name, json_node_get_object (value), &error);

      if (rule == NULL)
        {
          note_problem (self, error);
          continue;
        }
      g_ptr_array_add (self->rules, rule);
      check_channels (self, rule);
    }
}

/**
 * runnel_alert_config_new_for:
 * @settings: the settings of this machine
 *
 * Returns: (transfer full): what they tell in `alerts`
 */
RunnelAlertConfig *
runnel_alert_config_new_for (RunnelSettings *settings)
{
  RunnelAlertConfig *self = g_new0 (RunnelAlertConfig, 1);
  JsonObject *alerts = get_object (runnel_settings_get_all (settings), "alerts");

  self->rules = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_alert_rule_free);
  self->channels = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_alert_channel_free);
  self->problems = g_ptr_array_new_with_free_func (g_free);
  read_channels (self, get_object (alerts, "channels"));
  read_rules (self, get_object (alerts, "rules"));
  return self;
}

/**
 * runnel_alert_config_make_key:
 * @table: "rules" or "channels"
 * @name: of one in it
 *
 * Returns: (transfer full): its key, as for runnel_settings_set()
 */
char *
runnel_alert_config_make_key (const char *table,
                              const char *name)
{
  GString *key = g_string_new ("alerts.");

  g_string_append (key, table);
  runnel_json_path_append_key (key, name);
  return g_string_free (key, FALSE);
}

/**
 * runnel_alert_config_free:
 * @self: (transfer full) (nullable): rules and channels
 */
void
runnel_alert_config_free (RunnelAlertConfig *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->rules);
  g_ptr_array_unref (self->channels);
  g_ptr_array_unref (self->problems);
  g_free (self);
}

/**
 * runnel_alert_config_find_rule:
 *
 * Returns: (transfer none) (nullable): the rule of that name
 */
const RunnelAlertRule *
runnel_alert_config_find_rule (const RunnelAlertConfig *self,
                               const char              *name)
{
  for (guint i = 0; i < self->rules->len; i++)
    {
      const RunnelAlertRule *rule = g_ptr_array_index (self->rules, i);

      if (g_str_equal (rule->name, name))
        return rule;
    }
  return NULL;
}

/**
 * runnel_alert_config_find_channel:
 *
 * Returns: (transfer none) (nullable): the channel of that name
 */
const RunnelAlertChannel *
runnel_alert_config_find_channel (const RunnelAlertConfig *self,
                                  const char              *name)
{
  for (guint i = 0; i < self->channels->len; i++)
    {
      const RunnelAlertChannel *channel = g_ptr_array_index (self->channels, i);

      if (g_str_equal (channel->name, name))
        return channel;
    }
  return NULL;
}
