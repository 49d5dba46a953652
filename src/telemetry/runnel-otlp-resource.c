/* runnel-otlp-resource.c: who it is that tells, and what states are called in OTLP
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "telemetry/runnel-otlp-resource.h"
#include "telemetry/runnel-otlp.h"

/* A key is there once: those of the settings win. */
static void
add (GString    *resource,
     GHashTable *attributes,
     const char *key,
     const char *value)
{
  if (!attributes || !g_hash_table_contains (attributes, key))
    runnel_otlp_add_string (resource, key, value);
}

static void
add_all (GString    *resource,
         GHashTable *attributes)
{
  g_autoptr(GList) keys = attributes ? g_hash_table_get_keys (attributes) : NULL;

  keys = g_list_sort (keys, (GCompareFunc) strcmp);
  for (GList *link = keys; link; link = link->next)
    runnel_otlp_add_string (resource, link->data, g_hash_table_lookup (attributes, link->data));
}

static void
add_service (GString    *resource,
             GHashTable *attributes,
             const char *host)
{
  add (resource, attributes, "service.name", "runnel");
  add (resource, attributes, "service.version", RUNNEL_VERSION);
  add (resource, attributes, "host.name", host);
  add (resource, attributes, "os.type", "linux");
}

/**
 * runnel_otlp_describe_machine:
 * @attributes: (nullable): more of them, text by name; they win
 *
 * All processes on a machine count for the same resource, so nothing in it is theirs alone.
 *
 * Returns: (transfer full): the attributes of the resource that metrics are about
 */
GString *
runnel_otlp_describe_machine (GHashTable *attributes)
{
  GString *resource = g_string_new (NULL);

  add_service (resource, attributes, g_get_host_name ());
  add_all (resource, attributes);
  return resource;
}

/**
 * runnel_otlp_describe_run:
 * @attributes: (nullable): more of them, text by name; they win
 *
 * Returns: (transfer full): the attributes of the resource that the spans of a run are about
 */
GString *
runnel_otlp_describe_run (RunnelRunFacts *facts,
                          GHashTable     *attributes)
{
  GString *resource = g_string_new (NULL);
  g_autofree char *url = runnel_run_facts_make_url (facts, NULL, 0);

  add_service (resource, attributes, facts->host);
  add (resource, attributes, "cicd.pipeline.name", facts->pipeline);
  add (resource, attributes, "cicd.pipeline.run.id", facts->uuid);
  add (resource, attributes, "cicd.pipeline.run.url.full", url);
  add (resource, attributes, "cicd.worker.name", facts->host);
  add_all (resource, attributes);
  return resource;
}

/**
 * runnel_otlp_get_result:
 * @state: a state in which a run or a step ended
 *
 * Returns: (transfer none): the value of cicd.pipeline.result
 */
const char *
runnel_otlp_get_result (RunnelState state)
{
  switch (state)
    {
    case RUNNEL_STATE_SUCCEEDED:
      return "success";
    case RUNNEL_STATE_FAILED:
      return "failure";
    case RUNNEL_STATE_TIMED_OUT:
      return "timeout";
    case RUNNEL_STATE_SKIPPED:
      return "skip";
    case RUNNEL_STATE_CANCELLED:
      return "cancellation";
    default:
      return "error";
    }
}
