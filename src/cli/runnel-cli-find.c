/* runnel-cli-find.c: runnel find
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>

#include "cli/runnel-cli-terminal.h"
#include "cli/runnel-cli.h"
#include "find/runnel-find-folder.h"

typedef struct
{
  RunnelPattern *pattern;
  gboolean as_json;
  const char *path; /* of the file being searched */
  guint n_found;
  int problem;      /* exit code for what could not be searched, 0 = none */
} Find;

/* One line of JSON for each place. */
static void
print_json (Find              *self,
            const RunnelFound *found)
{
  g_autoptr(JsonObject) object = json_object_new ();
  g_autoptr(JsonNode) root = NULL;
  g_autofree char *json = NULL;

  json_object_set_string_member (object, "file", self->path);
  if (found->step)
    json_object_set_string_member (object, "step", found->step->id);
  else
    json_object_set_null_member (object, "step");
  json_object_set_string_member (object, "path", found->path);
  json_object_set_string_member (object, "text", found->text);
  json_object_set_int_member (object, "start", found->start);
  json_object_set_int_member (object, "end", found->end);
  root = json_node_init_object (json_node_alloc (), object);
  json = json_to_string (root, FALSE);
  printf ("%s\n", json);
}

static gboolean
found_cb (const RunnelFound *found,
          gpointer           user_data)
{
  Find *self = user_data;

  self->n_found++;
  if (self->as_json)
    print_json (self, found);
  else
    runnel_terminal_print (stdout, "%s:%s:%s: %s\n", self->path,
                           found->step ? found->step->id : "", found->path, found->text);
  return TRUE;
}

/* What can't be read is told of, and the search goes on. */
static void
find_in_file (Find       *self,
              const char *path)
{
  g_autoptr(GError) error = NULL;

  self->path = path;
  if (runnel_find_in_file (self->pattern, path, found_cb, self, &error))
    return;

  runnel_terminal_print (stderr, "runnel: %s\n", error->message);
  self->problem = RUNNEL_EXIT_USAGE;
}

static void
find_in_folder (Find       *self,
                const char *folder)
{
  gboolean is_cut;
  g_autoptr(GPtrArray) paths = runnel_find_list_files (folder, NULL, &is_cut);

  for (guint i = 0; i < paths->len; i++)
    {
      const char *path = g_ptr_array_index (paths, i);

      find_in_file (self, g_str_has_prefix (path, "./") ? path + 2 : path);
    }
  if (is_cut)
    runnel_terminal_print (stderr,
                           "runnel: “%s” has too many files; only the first %u pipelines were "
                           "searched\n", folder, paths->len);
}

static void
find_in_path (Find       *self,
              const char *path)
{
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    find_in_folder (self, path);
  else if (g_file_test (path, G_FILE_TEST_EXISTS))
    find_in_file (self, path);
  else
    {
      runnel_terminal_print (stderr, "runnel: there is no file or folder “%s”\n", path);
      self->problem = RUNNEL_EXIT_NOT_FOUND;
    }
}

static RunnelPattern *
make_pattern (const char  *text,
              gboolean     is_regex,
              gboolean     has_case,
              GError     **error)
{
  RunnelPatternFlags flags = (is_regex ? RUNNEL_PATTERN_REGEX : 0)
                             | (has_case ? RUNNEL_PATTERN_CASE : 0);
  g_autoptr(GError) problem = NULL;
  RunnelPattern *pattern = *text ? runnel_pattern_new (text, flags, &problem) : NULL;

  if (!pattern)
    g_set_error_literal (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE,
                         problem ? problem->message : "there is nothing to look for");
  return pattern;
}

int
runnel_cli_find (int      argc,
                 char   **argv,
                 GError **error)
{
  gboolean is_regex = FALSE, has_case = FALSE;
  g_autoptr(RunnelPattern) pattern = NULL;
  Find self = { 0 };
  const GOptionEntry entries[] = {
    { "regex", 'E', 0, G_OPTION_ARG_NONE, &is_regex, "TEXT is a regular expression", NULL },
    { "case", 's', 0, G_OPTION_ARG_NONE, &has_case, "Tell capitals from small letters", NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self.as_json, "Print a line of JSON for each place", NULL },
    { NULL }
  };

  if (!runnel_cli_parse (&argc, &argv, entries, "TEXT [PATH…]",
                         "Finds a text in the names, commands, parameters and all other values of "
                         "pipelines. Folders are searched with all folders in them; without PATH, "
                         "this one. Exits with 1 when nothing is found.", 1, -1, error))
    return RUNNEL_EXIT_USAGE;

  pattern = make_pattern (argv[1], is_regex, has_case, error);
  if (!pattern)
    return RUNNEL_EXIT_USAGE;

  self.pattern = pattern;
  for (int i = 2; i < argc; i++)
    find_in_path (&self, argv[i]);
  if (argc == 2)
    find_in_folder (&self, ".");
  if (self.problem)
    return self.problem;
  return self.n_found > 0 ? RUNNEL_EXIT_SUCCEEDED : RUNNEL_EXIT_FAILED;
}
