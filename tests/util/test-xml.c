/* test-xml.c: text as XML may hold it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "util/runnel-xml.h"

static void
test_escapes (void)
{
  g_autoptr(GString) xml = g_string_new ("<a>");

  runnel_xml_append_text (xml, "</text><script>\"&'");
  g_assert_cmpstr (xml->str, ==, "<a>&lt;/text&gt;&lt;script&gt;&quot;&amp;&apos;");
}

static void
test_control_characters (void)
{
  g_autoptr(GString) xml = g_string_new (NULL);

  runnel_xml_append_text (xml, "a\001b\tc\nd\x7f" "e\xc2\x85" "f\xef\xbf\xbe" "g");
  g_assert_cmpstr (xml->str, ==, "a\xef\xbf\xbd" "b\tc\nd\xef\xbf\xbd" "e\xef\xbf\xbd" "f\xef\xbf\xbd" "g");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/util/xml/escapes", test_escapes);
  g_test_add_func ("/util/xml/control-characters", test_control_characters);

  return g_test_run ();
}
