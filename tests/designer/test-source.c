/* test-source.c: colours of code
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>

#include "designer/runnel-source.h"

static gboolean
is_comment (GtkSourceBuffer *buffer, int line)
{
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_line_offset (GTK_TEXT_BUFFER (buffer), &iter, line, 1);

  return gtk_source_buffer_iter_has_context_class (buffer, &iter, "comment");
}

/* A here-document ends where it says, with a quote around its word or without, and nothing is warned of. */
static void
test_here_documents (void)
{
  static const char *const words[] = { "'END'", "\"END\"", "END" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autoptr(GtkSourceBuffer) buffer = runnel_source_buffer_new ("bash");
      g_autofree char *text = g_strdup_printf ("cat <<%s\n# text\nEND\n# comment\n", words[i]);
      GtkTextIter start, end;

      gtk_text_buffer_set_text (GTK_TEXT_BUFFER (buffer), text, -1);
      gtk_text_buffer_get_bounds (GTK_TEXT_BUFFER (buffer), &start, &end);
      gtk_source_buffer_ensure_highlight (buffer, &start, &end);
      g_assert_false (is_comment (buffer, 1));
      g_assert_true (is_comment (buffer, 3));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/designer/source/here-documents", test_here_documents);
  return g_test_run ();
}
