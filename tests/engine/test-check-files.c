/* test-check-files.c: circles of pipelines that run each other
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>
#include <unistd.h>

#include "engine/kinds/runnel-kinds.h"
#include "engine/runnel-check-files.h"
#include "pipeline-text.h"

#define CALL(id, file) "{`id`: `" id "`, `kind`: `pipeline`, `with`: {`file`: `" file "`}}"
#define STEPS(steps) "{`format`: 1, `steps`: [" steps "]}"

typedef struct
{
  char *folder;
  GPtrArray *files;
} Fixture;

static char *
write_file (Fixture *self, const char *name, const char *text)
{
  char *path = g_build_filename (self->folder, name, NULL);
  g_autofree char *json = g_strdelimit (g_strdup (text), "`", '"');

  g_assert_true (g_file_set_contents (path, json, -1, NULL));
  g_ptr_array_add (self->files, g_strdup (path));
  return path;
}

/* What is found in the pipeline that is in main.json. */
static char *
check (Fixture *self, const char *text)
{
  g_autofree char *file = write_file (self, "main.json", text);
  g_autoptr(RunnelPipeline) pipeline = pipeline_from_text (text);
  g_autoptr(RunnelDiagnostics) diagnostics = runnel_diagnostics_new ();
  GString *found = g_string_new (NULL);

  runnel_check_files (pipeline, file, diagnostics);
  for (guint i = 0; i < runnel_diagnostics_get_size (diagnostics); i++)
    {
      const RunnelDiagnostic *finding = runnel_diagnostics_get (diagnostics, i);

      g_string_append_printf (found, "%s: %s\n", finding->path, finding->message);
    }
  return g_string_free (found, FALSE);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autofree char *made = g_dir_make_tmp ("runnel-check-XXXXXX", NULL);

  self->folder = g_steal_pointer (&made);
  self->files = g_ptr_array_new_with_free_func (g_free);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < self->files->len; i++)
    g_unlink (g_ptr_array_index (self->files, i));
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_ptr_array_unref (self->files);
  g_free (self->folder);
}

static void
test_fine (Fixture *self, gconstpointer data)
{
  g_autofree char *found = NULL;

  g_free (write_file (self, "a.json", STEPS (CALL ("x", "b.json") "," CALL ("y", "b.json"))));
  g_free (write_file (self, "b.json", STEPS ("")));
  found = check (self, STEPS (CALL ("x", "a.json") "," CALL ("y", "b.json") ","
                              CALL ("z", "${{ params.f }}")));
  g_assert_cmpstr (found, ==, "");
}

static void
test_itself (Fixture *self, gconstpointer data)
{
  g_autofree char *found = check (self, STEPS (CALL ("x", "main.json")));
  g_autofree char *expected = g_strdup_printf (
    "steps[0].with.file: The pipelines run each other in a circle: %s/main.json → %s/main.json\n",
    self->folder, self->folder);

  g_assert_cmpstr (found, ==, expected);
}

/* Through a hook and an undo of other files, with a name that is a symbolic link. */
static void
test_far (Fixture *self, gconstpointer data)
{
  g_autofree char *link = g_build_filename (self->folder, "link.json", NULL);
  g_autofree char *found = NULL;

  g_assert_cmpint (symlink ("main.json", link), ==, 0);
  g_ptr_array_add (self->files, g_strdup (link));
  g_free (write_file (self, "a.json", "{`format`: 1, `hooks`: {`on-finish`: [" CALL ("h", "b.json")
                                      "]}, `steps`: []}"));
  g_free (write_file (self, "b.json",
                      STEPS ("{`id`: `s`, `kind`: `wait`, `undo`: {`kind`: `pipeline`, `with`: "
                             "{`file`: `link.json`}}}")));
  found = check (self, STEPS (CALL ("x", "b.json") "," CALL ("y", "a.json")));
  g_assert_true (g_pattern_match_simple (
    "steps?0?.with.file: *circle: */main.json → */b.json → */main.json\n"
    "steps?1?.with.file: *circle: */main.json → */a.json → */b.json → */main.json\n", found));
}

static void
test_missing (Fixture *self, gconstpointer data)
{
  g_autofree char *found = check (self, STEPS (CALL ("x", "nowhere.json")));

  g_assert_cmpstr (found, ==, "steps[0].with.file: there is no pipeline “nowhere.json” in the "
                              "folder of this one\n");
}

static void
test_disabled (Fixture *self, gconstpointer data)
{
  g_autofree char *found =
    check (self, STEPS ("{`id`: `x`, `kind`: `pipeline`, `disabled`: true, `with`: {`file`: "
                        "`main.json`}}"));

  g_assert_cmpstr (found, ==, "");
}

static void
test_deep (Fixture *self, gconstpointer data)
{
  g_autofree char *found = NULL;

  for (guint i = 0; i <= RUNNEL_PIPELINE_MAX_DEPTH; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.json", i);
      g_autofree char *text =
        g_strdup_printf ("{`format`: 1, `steps`: [{`id`: `x`, `kind`: `pipeline`, `with`: {`file`: "
                         "`%u.json`}}]}", i + 1);

      g_free (write_file (self, name, text));
    }
  found = check (self, STEPS (CALL ("x", "2.json")));
  g_assert_cmpstr (found, ==, "");
  g_free (write_file (self, "65.json", STEPS ("")));
  g_free (found);
  found = check (self, STEPS (CALL ("x", "1.json")));
  g_assert_cmpstr (found, ==, "steps[0].with.file: Pipelines run pipelines more than 64 levels deep\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  runnel_kinds_init ();
#define ADD(name, function) \
  g_test_add ("/engine/check-files/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("fine", test_fine);
  ADD ("itself", test_itself);
  ADD ("far", test_far);
  ADD ("missing", test_missing);
  ADD ("disabled", test_disabled);
  ADD ("deep", test_deep);
  return g_test_run ();
}
