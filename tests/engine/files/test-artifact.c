/* test-artifact.c: files that steps leave to the run, as JSON
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "engine/files/runnel-artifact.h"

#define SHA "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

static GPtrArray *
parse (const char *text, GError **error)
{
  g_autoptr(JsonNode) node = json_from_string (text, NULL);

  return runnel_artifacts_from_json (json_node_get_array (node), error);
}

static void
test_json (void)
{
  g_autoptr(GPtrArray) artifacts =
    parse ("[{\"path\": \"out/a\", \"size\": 3, \"sha256\": \"" SHA "\", \"mode\": 493},"
           " {\"path\": \"b\", \"size\": 0, \"sha256\": \"" SHA "\"}]", NULL);
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  g_autofree char *text = NULL;
  const RunnelArtifact *first;

  g_assert_cmpuint (artifacts->len, ==, 2);
  first = g_ptr_array_index (artifacts, 0);
  g_assert_cmpstr (first->path, ==, "out/a");
  g_assert_cmpint (first->size, ==, 3);
  g_assert_cmphex (first->mode, ==, 0755);
  json_node_take_array (node, runnel_artifacts_to_json (artifacts, TRUE));
  text = json_to_string (node, FALSE);
  g_assert_cmpstr (text, ==,
                   "[{\"path\":\"out/a\",\"size\":3,\"sha256\":\"" SHA "\",\"mode\":493},"
                   "{\"path\":\"b\",\"size\":0,\"sha256\":\"" SHA "\",\"mode\":0}]");
}

static void
assert_refused (const char *path, const char *sha256)
{
  g_autofree char *text =
    g_strdup_printf ("[{\"path\": \"%s\", \"size\": 3, \"sha256\": \"%s\"}]", path, sha256);
  g_autoptr(GError) error = NULL;

  g_assert_null (parse (text, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

static void
test_refused (void)
{
  assert_refused ("../../etc/passwd", SHA);
  assert_refused ("/etc/passwd", SHA);
  assert_refused ("a/../../b", SHA);
  assert_refused ("a//b", SHA);
  assert_refused ("./a", SHA);
  assert_refused ("", SHA);
  assert_refused ("a", "../../../etc/passwd");
  assert_refused ("a", SHA "0");
  assert_refused ("a", "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/files/artifact/json", test_json);
  g_test_add_func ("/files/artifact/refused", test_refused);

  return g_test_run ();
}
