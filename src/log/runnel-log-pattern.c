/* runnel-log-pattern.c: what is looked for in a log
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "log/runnel-log-literal.h"
#include "log/runnel-log-pattern.h"
#include "log/runnel-log-words.h"

/* A pattern that takes longer in one line than this many steps is not found there: a person who
 * types "(a+)+b" wants the window to live. */
#define MATCH_LIMIT 1000000

/* With neither a literal nor a code, it is for red text. */
struct _RunnelLogPattern
{
  gatomicrefcount ref_count;
  RunnelLogLiteral *literal;
  gsize length;              /* of the literal */
  pcre2_code *code;
  RunnelLogWords *words;     /* one of them is in each line that has the pattern; or NULL */
};

struct _RunnelLogMatcher
{
  RunnelLogPattern *pattern;
  RunnelLogText text;            /* of the line at hand, if it is not plain */
  pcre2_match_data *match;
  pcre2_match_context *context;
};

G_DEFINE_QUARK (runnel-log-pattern-error-quark, runnel_log_pattern_error)

static gboolean
is_ascii (const char *text)
{
  for (; *text != '\0'; text++)
    if ((guchar) *text >= 0x80)
      return FALSE;
  return TRUE;
}

static gboolean
set_syntax_error (GError     **error,
                  int          code,
                  PCRE2_SIZE   offset,
                  const char  *text)
{
  char message[200] = "";

  pcre2_get_error_message (code, (PCRE2_UCHAR *) message, sizeof message);
  g_set_error (error, RUNNEL_LOG_PATTERN_ERROR, RUNNEL_LOG_PATTERN_ERROR_SYNTAX,
               /* translators: what is wrong, and at which character */
               _("This is no regular expression: %s (at character %ld)"), message,
               g_utf8_strlen (text, (gssize) offset) + 1);
  return FALSE;
}

/* A line of a log may be anything, also no UTF-8. */
static gboolean
compile (RunnelLogPattern       *self,
         const char             *text,
         RunnelLogPatternFlags   flags,
         GError                **error)
{
  guint32 options = PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C;
  PCRE2_SIZE offset;
  int code;

  if (flags & RUNNEL_LOG_PATTERN_CASELESS)
    options |= PCRE2_CASELESS;
  options |= flags & RUNNEL_LOG_PATTERN_REGEX ? PCRE2_UCP : PCRE2_LITERAL;
  if (options & PCRE2_LITERAL)
    options &= ~(guint32) PCRE2_NEVER_BACKSLASH_C;
  self->code = pcre2_compile ((PCRE2_SPTR) text, PCRE2_ZERO_TERMINATED, options, &code, &offset,
                              NULL);
  if (!self->code)
    return set_syntax_error (error, code, offset, text);
  pcre2_jit_compile (self->code, PCRE2_JIT_COMPLETE); /* where there is none, it is slower */
  return TRUE;
}

static RunnelLogPattern *
pattern_new (void)
{
  RunnelLogPattern *self = g_new0 (RunnelLogPattern, 1);

  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

/**
 * runnel_log_pattern_new:
 * @text: what is looked for, in UTF-8, in one line
 * @flags: how it is meant
 * @error: return location for an error of #RunnelLogPatternError
 *
 * Returns: (transfer full) (nullable): the pattern
 */
RunnelLogPattern *
runnel_log_pattern_new (const char             *text,
                        RunnelLogPatternFlags   flags,
                        GError                **error)
{
  g_autoptr(RunnelLogPattern) self = NULL;
  gboolean caseless = (flags & RUNNEL_LOG_PATTERN_CASELESS) != 0;

  g_return_val_if_fail (text, NULL);

  self = pattern_new ();
  if (*text == '\0' || strchr (text, '\n'))
    {
      g_set_error_literal (error, RUNNEL_LOG_PATTERN_ERROR, RUNNEL_LOG_PATTERN_ERROR_LINE,
                           *text == '\0' ? _("There is nothing to look for")
                                         : _("Only what is in one line can be looked for"));
      return NULL;
    }
  if (!(flags & RUNNEL_LOG_PATTERN_REGEX) && (!caseless || is_ascii (text)))
    {
      self->length = strlen (text);
      self->literal = runnel_log_literal_new (text, self->length, caseless);
    }
  else if (!compile (self, text, flags, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * runnel_log_pattern_new_with_words:
 * @regex: a regular expression
 * @words: (array length=n_words): one of them is in each line that has it, in capitals or not
 * @n_words: how many
 *
 * Makes a pattern of our own that takes long to match, and is in few lines.
 *
 * Returns: (transfer full): the pattern
 */
RunnelLogPattern *
runnel_log_pattern_new_with_words (const char        *regex,
                                   const char *const *words,
                                   guint              n_words)
{
  g_autoptr(GError) error = NULL;
  RunnelLogPattern *self = runnel_log_pattern_new (regex, RUNNEL_LOG_PATTERN_REGEX, &error);

  g_assert_no_error (error);
  self->words = runnel_log_words_new (words, n_words);
  return self;
}

/**
 * runnel_log_pattern_new_red:
 *
 * What a program writes in red it takes to be bad.
 *
 * Returns: (transfer full): a pattern for text in one of the two reds of a terminal
 */
RunnelLogPattern *
runnel_log_pattern_new_red (void)
{
  return pattern_new ();
}

RunnelLogPattern *
runnel_log_pattern_ref (RunnelLogPattern *self)
{
  g_return_val_if_fail (self, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
runnel_log_pattern_unref (RunnelLogPattern *self)
{
  g_return_if_fail (self);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->literal, runnel_log_literal_free);
  g_clear_pointer (&self->code, pcre2_code_free);
  g_clear_pointer (&self->words, runnel_log_words_free);
  g_free (self);
}

/**
 * runnel_log_matcher_new:
 * @pattern: what is looked for
 *
 * Returns: (transfer full): what one thread needs to look for it
 */
RunnelLogMatcher *
runnel_log_matcher_new (RunnelLogPattern *pattern)
{
  RunnelLogMatcher *self = g_new0 (RunnelLogMatcher, 1);

  self->pattern = runnel_log_pattern_ref (pattern);
  runnel_log_text_init (&self->text);
  if (pattern->code)
    {
      self->match = pcre2_match_data_create_from_pattern (pattern->code, NULL);
      self->context = pcre2_match_context_create (NULL);
      pcre2_set_match_limit (self->context, MATCH_LIMIT);
    }
  return self;
}

void
runnel_log_matcher_free (RunnelLogMatcher *self)
{
  if (self->match)
    pcre2_match_data_free (self->match);
  if (self->context)
    pcre2_match_context_free (self->context);
  runnel_log_text_clear (&self->text);
  runnel_log_pattern_unref (self->pattern);
  g_free (self);
}

static gboolean
find_regex (RunnelLogMatcher *self,
            const char       *text,
            gsize             length,
            gsize             from,
            gsize            *ret_start,
            gsize            *ret_end)
{
  RunnelLogWords *words = self->pattern->words;
  PCRE2_SIZE *place;

  if (words && !runnel_log_words_find (words, text, length))
    return FALSE;
  if (pcre2_match (self->pattern->code, (PCRE2_SPTR) text, length, from, PCRE2_NOTEMPTY,
                   self->match, self->context) <= 0)
    return FALSE;
  place = pcre2_get_ovector_pointer (self->match);
  *ret_start = place[0];
  *ret_end = place[1];
  return *ret_start < *ret_end; /* \K may have put the start behind the end */
}

static gboolean
is_red (const RunnelLogStyle *style)
{
  return style->foreground == RUNNEL_LOG_COLOR_PALETTE (1) ||
         style->foreground == RUNNEL_LOG_COLOR_PALETTE (9);
}

/* In the line that was read last. */
static gboolean
find_red (RunnelLogMatcher *self,
          gsize             from,
          gsize            *ret_start,
          gsize            *ret_end)
{
  const RunnelLogRun *runs = (const RunnelLogRun *) self->text.runs->data;

  for (guint i = 0; i < self->text.runs->len; i++)
    {
      gsize end = i + 1 < self->text.runs->len ? runs[i + 1].start : self->text.text->len;

      if (runs[i].start < from || !is_red (&runs[i].style) || end == runs[i].start)
        continue;
      *ret_start = runs[i].start;
      *ret_end = end;
      return TRUE;
    }
  return FALSE;
}

/**
 * runnel_log_matcher_find:
 * @text: (array length=length): the text of one line; for red text, as it was read last
 * @length: of @text
 * @from: where to begin, in bytes
 * @ret_start: (out): where the next place begins
 * @ret_end: (out): where it ends; it is one character long at least
 *
 * Returns: whether there is one
 */
gboolean
runnel_log_matcher_find (RunnelLogMatcher *self,
                         const char       *text,
                         gsize             length,
                         gsize             from,
                         gsize            *ret_start,
                         gsize            *ret_end)
{
  const char *found;

  if (self->pattern->code)
    return find_regex (self, text, length, from, ret_start, ret_end);
  if (!self->pattern->literal)
    return find_red (self, from, ret_start, ret_end);
  found = runnel_log_literal_find (self->pattern->literal, text + from, length - from);
  if (!found)
    return FALSE;
  *ret_start = (gsize) (found - text);
  *ret_end = *ret_start + self->pattern->length;
  return TRUE;
}

/**
 * runnel_log_matcher_read:
 * @line: a line of a log
 * @ret_length: (out): of the text, in bytes
 *
 * Reads what a terminal would show of a line: colours and what was written over are not looked at.
 *
 * Returns: (transfer none): the text; valid until the next line is read
 */
const char *
runnel_log_matcher_read (RunnelLogMatcher    *self,
                         const RunnelLogSpan *line,
                         gsize               *ret_length)
{
  gsize length = line->length;

  if (!runnel_log_text_is_plain (line->text, length))
    {
      runnel_log_text_set (&self->text, line->text, length, NULL);
      *ret_length = self->text.text->len;
      return self->text.text->str;
    }
  g_array_set_size (self->text.runs, 0);
  if (length > 0 && line->text[length - 1] == '\r')
    length--;
  *ret_length = length;
  return line->text;
}

/**
 * runnel_log_matcher_has:
 * @line: a line of a log
 *
 * Returns: whether the pattern is in what a terminal would show of it
 */
gboolean
runnel_log_matcher_has (RunnelLogMatcher    *self,
                        const RunnelLogSpan *line)
{
  gsize length, start, end;
  const char *text = runnel_log_matcher_read (self, line, &length);

  return runnel_log_matcher_find (self, text, length, 0, &start, &end);
}

static guint
count_in_line (RunnelLogMatcher    *self,
               const RunnelLogSpan *line)
{
  gsize length, start, end = 0;
  const char *text = runnel_log_matcher_read (self, line, &length);
  guint n = 0;

  if (self->pattern->literal)
    return runnel_log_literal_count (self->pattern->literal, text, length);
  while (runnel_log_matcher_find (self, text, length, end, &start, &end))
    n++;
  return n;
}

/* Looks at the lines alone that have one of the words. */
static guint
count_by_words (RunnelLogMatcher     *self,
                const RunnelLogBlock *block)
{
  const char *start = block->data, *end = block->data + block->length, *word;
  guint n = 0;

  while ((word = runnel_log_words_find (self->pattern->words, start, (gsize) (end - start))))
    {
      const char *before = memrchr (start, '\n', (gsize) (word - start));
      gsize position = (gsize) ((before ? before + 1 : start) - block->data);
      RunnelLogSpan line;

      if (!runnel_log_block_next (block, &position, &line))
        break;
      n += count_in_line (self, &line);
      start = block->data + position;
    }
  return n;
}

/**
 * runnel_log_matcher_count:
 * @block: some lines of a log
 *
 * Returns: how often the pattern is in what a terminal would show of them, without places that
 *   overlap one before
 */
guint
runnel_log_matcher_count (RunnelLogMatcher     *self,
                          const RunnelLogBlock *block)
{
  gboolean is_plain = runnel_log_text_is_plain (block->data, block->length);
  RunnelLogSpan line;
  gsize position = 0;
  guint n = 0;

  /* A literal is in no two lines at once. */
  if (is_plain && self->pattern->literal)
    return runnel_log_literal_count (self->pattern->literal, block->data, block->length);
  if (is_plain && self->pattern->words)
    return count_by_words (self, block);
  if (is_plain && !self->pattern->code)
    return 0;
  while (runnel_log_block_next (block, &position, &line))
    n += count_in_line (self, &line);
  return n;
}

static guint
get_part (const RunnelLogBlock *block,
          gsize                 position)
{
  return (guint) (position * 64 / block->length);
}

/* Once one is found in a part, the rest of that does not matter. */
static guint64
find_literal_parts (RunnelLogMatcher     *self,
                    const RunnelLogBlock *block)
{
  gsize position = 0;
  guint64 parts = 0;
  const char *found;

  while (position < block->length &&
         (found = runnel_log_literal_find (self->pattern->literal, block->data + position,
                                           block->length - position)))
    {
      guint part = get_part (block, (gsize) (found - block->data));

      parts |= G_GUINT64_CONSTANT (1) << part;
      position = ((part + 1) * block->length + 63) / 64;
    }
  return parts;
}

/**
 * runnel_log_matcher_find_parts:
 * @block: some lines of a log
 *
 * Returns: in which 64th parts of the block the pattern is, as bits from the lowest on: what is
 *   needed to mark it beside a scrollbar
 */
guint64
runnel_log_matcher_find_parts (RunnelLogMatcher     *self,
                               const RunnelLogBlock *block)
{
  RunnelLogSpan line;
  gsize position = 0, start = 0;
  guint64 parts = 0;

  if (self->pattern->literal && runnel_log_text_is_plain (block->data, block->length))
    return find_literal_parts (self, block);
  for (; runnel_log_block_next (block, &position, &line); start = position)
    {
      guint64 part = G_GUINT64_CONSTANT (1) << get_part (block, start);

      if (!(parts & part) && runnel_log_matcher_has (self, &line))
        parts |= part;
    }
  return parts;
}
