/* pipeline.c: another pipeline, run as a run of its own
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "engine/kinds/runnel-kinds.h"

/* The other pipeline is a child process `runnel run`, so it has a guard, a folder and a place in
 * the history like any other run. What goes in and comes out is handed over in files that only
 * this user can read: nothing of it is seen in the list of processes. Secrets, and parameters when
 * there are secrets, are in no file: they go by standard input, which is memory. */

#define GRACE_PER_LEVEL (5 * G_USEC_PER_SEC)
#define ENV_DEPTH "RUNNEL_DEPTH"     /* how many runs are around this one */
#define ENV_PARENTS "RUNNEL_PARENTS" /* their files, outermost first, one per line */

static const RunnelField fields[] = {
  {
    .name = "file",
    .type = RUNNEL_FIELD_FILE,
    .flags = RUNNEL_FIELD_REQUIRED,
    .label = N_("Pipeline"),
    .description = N_("The file of the other pipeline, relative to the folder of this one."),
  },
  {
    .name = "parameters",
    .type = RUNNEL_FIELD_ANY,
    .flags = RUNNEL_FIELD_SECRETS,
    .label = N_("Parameters"),
    .description = N_("An object with the values of its parameters by name."),
  },
  {
    .name = "outputs",
    .type = RUNNEL_FIELD_MAP,
    .flags = RUNNEL_FIELD_DEFERRED,
    .label = N_("Outputs"),
    .description = N_("What this step gives out when the other pipeline is over: names, each with "
                      "an expression in terms of the other pipeline’s steps, such as "
                      "${{ steps.build.outputs.version }}."),
  },
  { NULL }
};

static char *
find_file (const RunnelAttempt  *attempt,
           GError              **error)
{
  const char *file = json_object_get_string_member_with_default (attempt->with, "file", NULL);
  g_autofree char *path = NULL;
  char *canonical;

  if (!file || !*file)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           "“file” names no pipeline to run");
      return NULL;
    }
  path = g_canonicalize_filename (file, attempt->base_dir);
  canonical = realpath (path, NULL);
  if (!canonical)
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
                 "The pipeline “%s” can't be opened: %s (looked for at “%s”)", file,
                 g_strerror (errno), path);
  return canonical;
}

static const char *
get_env (const RunnelAttempt *attempt,
         const char          *name)
{
  return g_environ_getenv ((char **) attempt->env, name);
}

/* The files of the runs around the new one, this one's the last. */
static char *
make_chain (const RunnelAttempt *attempt)
{
  const char *parents = get_env (attempt, ENV_PARENTS);
  const char *own = get_env (attempt, "RUNNEL_FILE");
  char *canonical = own ? realpath (own, NULL) : NULL;
  char *chain;

  if (parents && canonical)
    chain = g_strconcat (parents, "\n", canonical, NULL);
  else
    chain = g_strdup (canonical ? canonical : parents ? parents : "");
  free (canonical);
  return chain;
}

static gboolean
check_recursion (const char  *chain,
                 guint        depth,
                 const char  *file,
                 GError     **error)
{
  g_auto(GStrv) files = g_strsplit (chain, "\n", -1);
  g_autofree char *path = NULL;

  if (g_strv_contains ((const char *const *) files, file))
    {
      path = g_strjoinv (" → ", files);
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   "The pipelines run each other in a circle: %s → %s", path, file);
      return FALSE;
    }
  if (depth >= RUNNEL_PIPELINE_MAX_DEPTH)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   "Pipelines run pipelines more than %d levels deep", RUNNEL_PIPELINE_MAX_DEPTH);
      return FALSE;
    }
  return TRUE;
}

/* Returns: FALSE with an error when the field is there, but no object */
static gboolean
find_object (const RunnelAttempt  *attempt,
             const char           *field,
             JsonNode            **ret_object,
             GError              **error)
{
  JsonNode *node = json_object_get_member (attempt->with, field);

  *ret_object = node && !JSON_NODE_HOLDS_NULL (node) ? node : NULL;
  if (!*ret_object || JSON_NODE_HOLDS_OBJECT (node))
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
               "“%s” has to be an object with a value for each name", field);
  return FALSE;
}

/* Returns: (transfer full): the path of the file with the object, or NULL */
static char *
write_object (const RunnelAttempt  *attempt,
              const char           *field,
              JsonNode             *object,
              GError              **error)
{
  g_autofree char *name = g_strdup_printf ("%s.%u.%s.json", attempt->step, attempt->attempt, field);
  g_autofree char *path = g_build_filename (attempt->run_dir, name, NULL);
  g_autofree char *text = json_to_string (object, FALSE);

  if (!g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0600, error))
    return NULL;
  return g_steal_pointer (&path);
}

static gboolean
add_object (GPtrArray            *argv,
            const char           *option,
            const RunnelAttempt  *attempt,
            const char           *field,
            GError              **error)
{
  JsonNode *object;
  char *path;

  if (!find_object (attempt, field, &object, error))
    return FALSE;
  if (!object)
    return TRUE;
  path = write_object (attempt, field, object, error);
  if (!path)
    return FALSE;
  g_ptr_array_add (argv, g_strdup (option));
  g_ptr_array_add (argv, path);
  return TRUE;
}

/* What `runnel run --inherit` reads. */
static char *
make_inheritance (const RunnelAttempt  *attempt,
                  GError              **error)
{
  g_autoptr(JsonObject) object = json_object_new ();
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), object);
  JsonNode *parameters;

  if (!find_object (attempt, "parameters", &parameters, error))
    return NULL;
  json_object_set_object_member (object, "secrets", runnel_secrets_to_json (attempt->secrets));
  if (parameters)
    json_object_set_member (object, "parameters", json_node_ref (parameters));
  return json_to_string (node, FALSE);
}

/* We are `runnel`; tests, which are not, say where it is. */
static char *
find_runnel (GError **error)
{
  const char *binary = g_getenv ("RUNNEL_BINARY");

  return binary ? g_strdup (binary) : g_file_read_link ("/proc/self/exe", error);
}

static char **
make_argv (const RunnelAttempt  *attempt,
           const char           *file,
           GError              **error)
{
  const char *run = get_env (attempt, "RUNNEL_RUN_ID");
  g_autoptr(GPtrArray) argv = g_ptr_array_new_with_free_func (g_free);
  char *binary = find_runnel (error);

  if (!binary)
    return NULL;
  g_ptr_array_add (argv, binary);
  g_ptr_array_add (argv, g_strdup ("run"));
  g_ptr_array_add (argv, g_strdup (file));
  g_ptr_array_add (argv, g_strdup ("--parent"));
  g_ptr_array_add (argv, g_strdup_printf ("%s:%s", run ? run : "0", attempt->step));
  if (attempt->no_cache)
    g_ptr_array_add (argv, g_strdup ("--no-cache"));
  if (attempt->container)
    g_ptr_array_add (argv, g_strdup ("--container"));
  if (attempt->resumes)
    {
      g_ptr_array_add (argv, g_strdup ("--resume"));
      g_ptr_array_add (argv, g_strdup (attempt->resumes));
    }
  if (attempt->secrets)
    g_ptr_array_add (argv, g_strdup ("--inherit"));
  else if (!add_object (argv, "--parameters-file", attempt, "parameters", error))
    return NULL;
  if (!add_object (argv, "--outputs-file", attempt, "outputs", error))
    return NULL;
  g_ptr_array_add (argv, NULL);
  return (char **) g_ptr_array_steal (argv, NULL);
}

/* The runs of the step that is undone are rolled back, the latest first. */
static char **
make_rollback_argv (const RunnelAttempt  *attempt,
                    GError              **error)
{
  const char *run = get_env (attempt, "RUNNEL_RUN_ID");
  char *binary = find_runnel (error);
  char **argv;

  if (!binary)
    return NULL;
  argv = g_new0 (char *, 8);
  argv[0] = binary;
  argv[1] = g_strdup ("rollback");
  argv[2] = g_strdup ("--of");
  argv[3] = g_strdup (attempt->undoes);
  argv[4] = g_strdup ("--parent");
  argv[5] = g_strdup_printf ("%s:%s", run ? run : "0", attempt->step);
  argv[6] = attempt->secrets ? g_strdup ("--inherit") : NULL;
  return argv;
}

static char **
make_environment (const char *chain,
                  guint       depth)
{
  char **env = g_new0 (char *, 3);

  env[0] = g_strdup_printf (ENV_DEPTH "=%u", depth + 1);
  env[1] = g_strconcat (ENV_PARENTS "=", chain, NULL);
  return env;
}

static gboolean
pipeline_prepare (const RunnelAttempt  *attempt,
                  RunnelProcessSpec    *ret_spec,
                  GError              **error)
{
  const char *depth_text = get_env (attempt, ENV_DEPTH);
  guint depth = depth_text ? (guint) g_ascii_strtoull (depth_text, NULL, 10) : 0;
  gint64 grace = attempt->grace ? attempt->grace : RUNNEL_DEFAULT_GRACE;
  g_autofree char *chain = make_chain (attempt);
  char *file = find_file (attempt, error);
  gboolean ok;

  ok = file && check_recursion (chain, depth, file, error);
  if (ok && attempt->secrets)
    ok = (ret_spec->stdin_text = make_inheritance (attempt, error)) != NULL;
  if (ok)
    {
      ret_spec->argv = attempt->undoes ? make_rollback_argv (attempt, error)
                                       : make_argv (attempt, file, error);
      ret_spec->env = make_environment (chain, depth);
      ret_spec->holds_itself = TRUE;
      /* An inner run needs its own grace period, and time for its hooks, before ours is over, and
       * so on inwards. */
      ret_spec->grace = grace + (RUNNEL_PIPELINE_MAX_DEPTH - depth) * GRACE_PER_LEVEL;
    }
  free (file);
  return ok && ret_spec->argv;
}

const RunnelKindClass runnel_pipeline_kind = {
  .declaration = {
    .name = "pipeline",
    .title = N_("Pipeline"),
    .description = N_("Runs another pipeline as a run of its own, with parameters in and outputs "
                      "out. Succeeds when that run succeeds."),
    .icon_name = "view-grid-symbolic",
    .fields = fields,
    .example = "{\"id\": \"deploy\", \"kind\": \"pipeline\", "
               "\"with\": {\"file\": \"deploy.runnel.json\", "
               "\"parameters\": {\"target\": \"staging\"}, "
               "\"outputs\": {\"url\": \"${{ steps.publish.outputs.url }}\"}}}",
    .summary_field = "file",
  },
  .prepare = pipeline_prepare,
};
