/* fuzz-yaml.c: any bytes as YAML
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "fuzz.h"
#include "interchange/runnel-yaml.h"

static char *
write_documents (RunnelYamlStream *stream)
{
  g_autoptr(RunnelYamlWriter) writer = runnel_yaml_writer_new ();

  for (guint i = 0; i < stream->documents->len; i++)
    {
      g_autoptr(JsonNode) document = runnel_yaml_to_json (g_ptr_array_index (stream->documents, i));

      runnel_yaml_writer_begin (writer);
      runnel_yaml_writer_json (writer, document);
    }

  return runnel_yaml_writer_finish (writer);
}

/* What can be read is written in a form that is read as the same, unless that is deeper than allowed for its tags. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr(RunnelYamlStream) stream = runnel_yaml_read ((const char *) data, size, NULL);
  g_autoptr(RunnelYamlStream) again = NULL;
  g_autofree char *text = NULL;
  g_autofree char *text_again = NULL;
  g_autoptr(GError) error = NULL;

  if (stream == NULL || size > 4096)
    return 0;

  text = write_documents (stream);
  again = runnel_yaml_read (text, strlen (text), &error);
  g_assert_no_error (error);
  text_again = write_documents (again);
  g_assert_cmpstr (text, ==, text_again);

  return 0;
}
