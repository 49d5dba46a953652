/* runnel-xml.c: text as XML may hold it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "util/runnel-xml.h"

/* XML 1.0 has no place for control characters, not even escaped. */
static gboolean
is_xml_character (gunichar character)
{
  return (character >= 0x20 || character == '\t' || character == '\n') &&
         (character < 0x7f || character > 0x9f) && character != 0xfffe && character != 0xffff;
}

/**
 * runnel_xml_append_text:
 * @xml: what is being written
 * @text: UTF-8 from anywhere
 *
 * Appends the text escaped, for an element or an attribute. What XML can't hold becomes U+FFFD.
 */
void
runnel_xml_append_text (GString    *xml,
                        const char *text)
{
  g_autoptr(GString) clean = g_string_new (NULL);
  g_autofree char *escaped = NULL;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar character = g_utf8_get_char (text);

      g_string_append_unichar (clean, is_xml_character (character) ? character : 0xfffd);
    }
  escaped = g_markup_escape_text (clean->str, clean->len);
  g_string_append (xml, escaped);
}
