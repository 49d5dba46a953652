/* runnel-log-marker.c: what a line says to the one who shows it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "log/runnel-log-marker.h"

/* Sources:
 *   ::group::TITLE, ::error file=F,line=N::TEXT   docs.github.com, "Workflow commands"
 *   ##[group]TITLE, ##[error]TEXT                 GitHub's stored logs; Azure Pipelines, "Logging
 *                                                 commands", "Formatting commands"
 *   section_start:TIME:NAME[collapsed=true]\r ESC[0K TITLE, section_end:TIME:NAME
 *                                                 docs.gitlab.com, "Custom collapsible sections"
 *   travis_fold:start:NAME, travis_fold:end:NAME  Travis CI's build scripts */

typedef struct
{
  const char *name;
  RunnelLogMarkerType type;
} Word;

static const Word words[] = {
  { "group", RUNNEL_LOG_MARKER_GROUP },       { "endgroup", RUNNEL_LOG_MARKER_END_GROUP },
  { "error", RUNNEL_LOG_MARKER_ERROR },       { "warning", RUNNEL_LOG_MARKER_WARNING },
  { "notice", RUNNEL_LOG_MARKER_NOTICE },     { "debug", RUNNEL_LOG_MARKER_DEBUG },
  { "section", RUNNEL_LOG_MARKER_NOTICE },    { "command", RUNNEL_LOG_MARKER_COMMAND },
};

static RunnelLogMarkerType
find_word (const char *text,
           gsize       length)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strlen (words[i].name) == length && strncmp (words[i].name, text, length) == 0)
      return words[i].type;
  return 0;
}

static gboolean
has_prefix (const char *text,
            gsize       length,
            const char *prefix)
{
  gsize n = strlen (prefix);

  return length >= n && memcmp (text, prefix, n) == 0;
}

/**
 * runnel_log_marker_may_be:
 * @line: (array length=length): a line as it stands in the log
 * @length: of @line
 *
 * Returns: %FALSE if there is certainly no marker in it; for those who look at millions of lines
 */
gboolean
runnel_log_marker_may_be (const char *line,
                          gsize       length)
{
  return length > 4 && (strchr (":#st\033 \t", *line) || g_ascii_isdigit (*line)) && *line != '\0';
}

/* "2026-01-31T23:59:59.1234567Z " is what GitHub and Azure put before each line. */
static gsize
skip_time (const char *line,
           gsize       length)
{
  gsize i = 0;

  if (length < 20 || !g_ascii_isdigit (line[0]) || line[4] != '-' || line[10] != 'T')
    return 0;
  while (i < length && i < 40 && line[i] != ' ')
    i++;
  return i < length && line[i - 1] == 'Z' ? i + 1 : 0;
}

/* Blanks, and what GitLab writes to erase what stood there. */
static gsize
skip_blanks (const char *line,
             gsize       length,
             gsize       position)
{
  while (position < length)
    {
      if (has_prefix (line + position, length - position, "\033[0K"))
        position += 4;
      else if (strchr (" \t\r", line[position]) && line[position] != '\0')
        position++;
      else
        break;
    }
  return position;
}

/* "::group::", "::error file=F,line=N::" */
static gboolean
read_github (const char      *text,
             gsize            length,
             RunnelLogMarker *marker)
{
  const char *end = memmem (text + 2, length - 2, "::", 2);
  gsize n_word;

  if (!end)
    return FALSE;
  n_word = strcspn (text + 2, " :");
  marker->type = find_word (text + 2, n_word);
  marker->end = marker->start + (gsize) (end + 2 - text);
  return marker->type != 0;
}

/* "##[group]" */
static gboolean
read_azure (const char      *text,
            gsize            length,
            RunnelLogMarker *marker)
{
  const char *end = memchr (text, ']', MIN (length, 16));

  if (!end)
    return FALSE;
  marker->type = find_word (text + 3, (gsize) (end - text) - 3);
  marker->end = marker->start + (gsize) (end + 1 - text);
  return marker->type != 0;
}

static guint
hash_name (const char *name,
           gsize       length)
{
  guint hash = 5381;

  for (gsize i = 0; i < length; i++)
    hash = hash * 33 + (guchar) name[i];
  return hash != 0 ? hash : 1;
}

/* A name ends at what erases it, or at its options. */
static void
read_name (const char      *text,
           gsize            length,
           gsize            name,
           RunnelLogMarker *marker)
{
  gsize end = name;

  while (end < length && !strchr ("\r\033 [", text[end]))
    end++;
  marker->name = hash_name (text + name, end - name);
  if (end < length && text[end] == '[')
    {
      const char *close = memchr (text + end, ']', length - end);
      gsize options = close ? (gsize) (close - text) : length;

      marker->is_closed = memmem (text + end, options - end, "collapsed=true", 14) != NULL;
      end = MIN (options + 1, length);
    }
  marker->end = marker->start + end;
}

/* "section_start:1560896352:NAME" */
static gboolean
read_gitlab (const char      *text,
             gsize            length,
             RunnelLogMarker *marker)
{
  gboolean starts = has_prefix (text, length, "section_start:");
  gsize time = strlen (starts ? "section_start:" : "section_end:"), name = time;

  if (!starts && !has_prefix (text, length, "section_end:"))
    return FALSE;
  while (name < length && g_ascii_isdigit (text[name]))
    name++;
  if (name == time || name >= length || text[name] != ':')
    return FALSE;
  marker->type = starts ? RUNNEL_LOG_MARKER_GROUP : RUNNEL_LOG_MARKER_END_GROUP;
  read_name (text, length, name + 1, marker);
  return TRUE;
}

static gboolean
read_travis (const char      *text,
             gsize            length,
             RunnelLogMarker *marker)
{
  gboolean starts = has_prefix (text, length, "travis_fold:start:");

  if (!starts && !has_prefix (text, length, "travis_fold:end:"))
    return FALSE;
  marker->type = starts ? RUNNEL_LOG_MARKER_GROUP : RUNNEL_LOG_MARKER_END_GROUP;
  read_name (text, length, strlen (starts ? "travis_fold:start:" : "travis_fold:end:"), marker);
  return TRUE;
}

/**
 * runnel_log_marker_next:
 * @line: (array length=length): a line, as it stands in the log or as it is shown
 * @length: of @line
 * @position: (inout): 0 at first; afterwards, where the marker ended
 * @marker: (out): the marker
 *
 * Reads the markers at the beginning of a line; only those of GitLab and Travis come one after the
 * other.
 *
 * Returns: whether there was one more
 */
gboolean
runnel_log_marker_next (const char      *line,
                        gsize            length,
                        gsize           *position,
                        RunnelLogMarker *marker)
{
  gsize start = skip_blanks (line, length, *position > 0 ? *position : skip_time (line, length));
  const char *text = line + start;
  gboolean found = FALSE;

  *marker = (RunnelLogMarker) { .start = start };
  length -= start;
  if (has_prefix (text, length, "::"))
    found = *position == 0 && read_github (text, length, marker);
  else if (has_prefix (text, length, "##["))
    found = *position == 0 && read_azure (text, length, marker);
  else if (has_prefix (text, length, "section_"))
    found = read_gitlab (text, length, marker);
  else if (has_prefix (text, length, "travis_fold:"))
    found = read_travis (text, length, marker);
  if (found)
    *position = marker->end;
  return found;
}

/**
 * runnel_log_marker_has_text:
 * @line: (array length=length): a line
 * @length: of @line
 * @position: where the last marker ended
 *
 * Returns: whether there is something for people behind it
 */
gboolean
runnel_log_marker_has_text (const char *line,
                            gsize       length,
                            gsize       position)
{
  return skip_blanks (line, length, position) < length;
}
