/* runnel-source.c: code, coloured as the desktop is
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>

#include "designer/runnel-source.h"

#define OWN_LANGUAGES "resource:///org/runnel/Runnel/language-specs"

/* Shells and interpreters whose name is not that of their language. */
static const struct
{
  const char *name;
  const char *language;
} languages[] = {
  { "bash", "sh" },
  { "dash", "sh" },
  { "node", "js" },
  { "python", "python3" },
  { "zsh", "sh" },
};

/* The language of pipelines is our own, and that of shells is the library's without a fault; so ours come first.
 * Where the language of pipelines can't be read, they are plain JSON. */
static GtkSourceLanguage *
find_language (const char *id)
{
  GtkSourceLanguageManager *manager = gtk_source_language_manager_get_default ();
  const char *const *paths = gtk_source_language_manager_get_search_path (manager);
  GtkSourceLanguage *language;

  if (!g_strv_contains (paths, OWN_LANGUAGES))
    gtk_source_language_manager_prepend_search_path (manager, OWN_LANGUAGES);
  language = gtk_source_language_manager_get_language (manager, id);
  if (!language && g_str_equal (id, RUNNEL_SOURCE_PIPELINE))
    language = gtk_source_language_manager_get_language (manager, "json");
  return language;
}

static void
follow_style (GtkSourceBuffer *buffer)
{
  gboolean is_dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  GtkSourceStyleSchemeManager *manager = gtk_source_style_scheme_manager_get_default ();

  const char *id = is_dark ? "Adwaita-dark" : "Adwaita";

  gtk_source_buffer_set_style_scheme (buffer,
                                      gtk_source_style_scheme_manager_get_scheme (manager, id));
}

/**
 * runnel_source_buffer_new:
 * @language: (nullable): see runnel_source_buffer_set_language()
 *
 * Returns: (transfer full): a buffer that is light or dark as the application is. It has no undo
 *   of its own: the document's undo is the only one.
 */
GtkSourceBuffer *
runnel_source_buffer_new (const char *language)
{
  GtkSourceBuffer *buffer = gtk_source_buffer_new (NULL);

  gtk_text_buffer_set_enable_undo (GTK_TEXT_BUFFER (buffer), FALSE);
  gtk_source_buffer_set_highlight_matching_brackets (buffer, TRUE);
  runnel_source_buffer_set_language (buffer, language);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (follow_style), buffer, G_CONNECT_SWAPPED);
  follow_style (buffer);
  return buffer;
}

/**
 * runnel_source_buffer_set_language:
 * @language: (nullable): the id of a language, or the name of a shell; unknown ones have no colours
 */
void
runnel_source_buffer_set_language (GtkSourceBuffer *buffer,
                                   const char      *language)
{
  g_return_if_fail (GTK_SOURCE_IS_BUFFER (buffer));

  for (guint i = 0; language && i < G_N_ELEMENTS (languages); i++)
    if (g_str_equal (language, languages[i].name))
      language = languages[i].language;
  gtk_source_buffer_set_language (buffer, language ? find_language (language) : NULL);
}

/**
 * runnel_source_view_new:
 *
 * Returns: (transfer floating): a view of @buffer
 */
GtkWidget *
runnel_source_view_new (GtkSourceBuffer *buffer)
{
  GtkWidget *view = gtk_source_view_new_with_buffer (buffer);

  gtk_text_view_set_monospace (GTK_TEXT_VIEW (view), TRUE);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 6);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), 6);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 6);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 6);
  gtk_source_view_set_auto_indent (GTK_SOURCE_VIEW (view), TRUE);
  gtk_source_view_set_indent_width (GTK_SOURCE_VIEW (view), 2);
  gtk_source_view_set_insert_spaces_instead_of_tabs (GTK_SOURCE_VIEW (view), TRUE);
  return view;
}
