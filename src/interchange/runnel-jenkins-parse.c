/* runnel-jenkins-parse.c: the statements of a Jenkinsfile
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Declarative is statements of one form: a name, values, a block. What has another form, any other
 * Groovy, is a statement without a name, whose text is known. So nothing but texts, comments and
 * brackets can be wrong here; and recursion is as deep as brackets are nested, which has a limit.
 */
#include "config.h"

#include "interchange/runnel-jenkins-read-private.h"

#include <string.h>

static GPtrArray *parse_block (const RunnelJenkinsFile *self, guint first, guint last);
static RunnelJenkinsNode *parse_statement (const RunnelJenkinsFile *self, guint first, guint last);
static GPtrArray *parse_values (const RunnelJenkinsFile *self, guint first, guint last);

static void
node_free (RunnelJenkinsNode *self)
{
  g_free (self->name);
  g_clear_pointer (&self->values, g_ptr_array_unref);
  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_clear_pointer (&self->marks, g_ptr_array_unref);
  g_free (self);
}

static void
value_free (RunnelJenkinsValue *self)
{
  g_free (self->key);
  g_free (self->text);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->call, node_free);
  g_free (self);
}

static RunnelJenkinsNode *
node_new (const RunnelJenkinsFile *self, guint first, guint last)
{
  RunnelJenkinsNode *node = g_new0 (RunnelJenkinsNode, 1);
  const RunnelJenkinsToken *token = _runnel_jenkins_get_token (self, first);

  node->values = g_ptr_array_new_with_free_func ((GDestroyNotify) value_free);
  node->marks = g_ptr_array_new ();
  node->first = first;
  node->last = last;
  node->line = token->line;
  node->column = token->column;

  return node;
}

static gboolean
is_opening (const RunnelJenkinsFile *self, guint index)
{
  return _runnel_jenkins_get_token (self, index)->other > index;
}

/* The next token; a bracket and all in it count as one. */
static guint
get_next (const RunnelJenkinsFile *self, guint index)
{
  return (is_opening (self, index) ? _runnel_jenkins_get_token (self, index)->other : index) + 1;
}

gboolean
_runnel_jenkins_is_blank (const RunnelJenkinsFile *self, guint index)
{
  RunnelJenkinsTokenType type = _runnel_jenkins_get_token (self, index)->type;

  return type == RUNNEL_JENKINS_NEWLINE || type == RUNNEL_JENKINS_MARK;
}

static guint
skip_blank (const RunnelJenkinsFile *self, guint index, guint last)
{
  while (index < last && _runnel_jenkins_is_blank (self, index))
    index++;

  return index;
}

static gboolean
is_one_of (const RunnelJenkinsFile *self, guint index, const char *signs)
{
  const RunnelJenkinsToken *token = _runnel_jenkins_get_token (self, index);
  char c = self->text[token->start];

  return token->type == RUNNEL_JENKINS_SIGN && c != '\0' && strchr (signs, c) != NULL;
}

static gboolean
is_word (const RunnelJenkinsFile *self, guint index, const char *word)
{
  const RunnelJenkinsToken *token = _runnel_jenkins_get_token (self, index);

  return token->type == RUNNEL_JENKINS_NAME && g_str_equal (token->text, word);
}

/* Whether the statement goes on behind the newline at `index`. */
static gboolean
goes_on (const RunnelJenkinsFile *self, guint first, guint index, guint last)
{
  guint next = skip_blank (self, index, last);

  if (next == last || index == first)
    return FALSE;

  return is_one_of (self, index - 1, ",+=.&|?:-*<") || is_one_of (self, next, ".?&|:+")
         || (is_one_of (self, next, "{") && !is_one_of (self, index - 1, "}"))
         || is_word (self, next, "else") || is_word (self, next, "catch")
         || is_word (self, next, "finally");
}

static guint
find_end (const RunnelJenkinsFile *self, guint first, guint last)
{
  guint index = first;

  while (index < last && !is_one_of (self, index, ";"))
    {
      if (_runnel_jenkins_is_blank (self, index))
        {
          if (!goes_on (self, first, index, last))
            break;
          index = skip_blank (self, index, last);
        }
      else
        index = get_next (self, index);
    }

  return index;
}

/* Values. */

static void
classify_word (const RunnelJenkinsFile *self, RunnelJenkinsValue *value)
{
  const RunnelJenkinsToken *token = _runnel_jenkins_get_token (self, value->first);

  if (token->type == RUNNEL_JENKINS_TEXT)
    value->type = RUNNEL_JENKINS_VALUE_TEXT;
  else if (token->type == RUNNEL_JENKINS_NUMBER)
    value->type = RUNNEL_JENKINS_VALUE_NUMBER;
  else if (token->type == RUNNEL_JENKINS_NAME)
    value->type = RUNNEL_JENKINS_VALUE_WORD;
  else
    return;
  value->text = g_strdup (token->text);
}

static void
classify (const RunnelJenkinsFile *self, RunnelJenkinsValue *value)
{
  guint first = value->first;
  gboolean is_call =
    value->last - first > 1 && _runnel_jenkins_get_token (self, first)->type == RUNNEL_JENKINS_NAME
    && _runnel_jenkins_is_sign (self, first + 1, '(') && get_next (self, first + 1) == value->last;
  gboolean is_bracket = is_opening (self, first) && get_next (self, first) == value->last;

  value->type = RUNNEL_JENKINS_VALUE_OTHER;
  if (value->last - first == 1)
    classify_word (self, value);
  else if (is_call)
    {
      value->type = RUNNEL_JENKINS_VALUE_CALL;
      value->call = parse_statement (self, first, value->last);
    }
  else if (is_bracket && _runnel_jenkins_is_sign (self, first, '['))
    {
      value->type = RUNNEL_JENKINS_VALUE_LIST;
      value->items = parse_values (self, first + 1, value->last - 1);
    }
  else if (is_bracket && _runnel_jenkins_is_sign (self, first, '{'))
    {
      value->type = RUNNEL_JENKINS_VALUE_BLOCK;
      value->call = node_new (self, first, value->last);
      value->call->block_first = first + 1;
      value->call->block_last = value->last - 1;
      value->call->children = parse_block (self, first + 1, value->last - 1);
    }
}

static void
add_value (const RunnelJenkinsFile *self, GPtrArray *values, guint first, guint last)
{
  RunnelJenkinsValue *value;

  first = skip_blank (self, first, last);
  while (last > first && _runnel_jenkins_is_blank (self, last - 1))
    last--;
  if (first == last)
    return;

  value = g_new0 (RunnelJenkinsValue, 1);
  if (last - first > 2 && _runnel_jenkins_get_token (self, first)->text != NULL
      && _runnel_jenkins_is_sign (self, first + 1, ':'))
    {
      value->key = g_strdup (_runnel_jenkins_get_token (self, first)->text);
      first = skip_blank (self, first + 2, last);
    }
  value->first = first;
  value->last = last;
  if (first < last)
    classify (self, value);
  g_ptr_array_add (values, value);
}

static GPtrArray *
parse_values (const RunnelJenkinsFile *self, guint first, guint last)
{
  GPtrArray *values = g_ptr_array_new_with_free_func ((GDestroyNotify) value_free);
  guint begin = first;

  for (guint i = first; i < last; i = get_next (self, i))
    if (is_one_of (self, i, ","))
      {
        add_value (self, values, begin, i);
        begin = i + 1;
      }
  add_value (self, values, begin, last);

  return values;
}

/* Statements. */

static void
set_values (const RunnelJenkinsFile *self, RunnelJenkinsNode *node, guint first, guint last)
{
  g_ptr_array_unref (node->values);
  node->values = parse_values (self, first, last);
}

static void
set_block (const RunnelJenkinsFile *self, RunnelJenkinsNode *node, guint brace)
{
  node->block_first = brace + 1;
  node->block_last = _runnel_jenkins_get_token (self, brace)->other;
  node->children = parse_block (self, node->block_first, node->block_last);
}

static gboolean
is_other_groovy (const char *word)
{
  static const char *const words[] = { "def",   "if",    "for",    "while",  "try", "switch",
                                       "class", "throw", "import", "return", NULL };

  return g_strv_contains (words, word);
}

/* The brace of the block at the end, if it is not a value. */
static guint
find_block (const RunnelJenkinsFile *self, guint first, guint last)
{
  guint brace;

  if (!_runnel_jenkins_is_sign (self, last - 1, '}'))
    return last;
  brace = _runnel_jenkins_get_token (self, last - 1)->other;

  return brace < first || (brace > first && is_one_of (self, brace - 1, ",:=")) ? last : brace;
}

/* docker.image ('x').inside { }, which is the only statement with dots that has a meaning here. */
static gboolean
parse_docker (const RunnelJenkinsFile *self, RunnelJenkinsNode *node)
{
  guint at = node->first;
  guint close;

  if (node->last - at < 9 || !is_word (self, at, "docker") || !is_one_of (self, at + 1, ".")
      || !is_word (self, at + 2, "image") || !_runnel_jenkins_is_sign (self, at + 3, '('))
    return FALSE;
  close = get_next (self, at + 3);
  if (node->last - close < 4 || !is_one_of (self, close, ".")
      || !is_word (self, close + 1, "inside") || !_runnel_jenkins_is_sign (self, close + 2, '{')
      || get_next (self, close + 2) != node->last)
    return FALSE;

  node->name = g_strdup ("docker.image");
  set_values (self, node, at + 4, close - 1);
  set_block (self, node, close + 2);

  return TRUE;
}

static RunnelJenkinsNode *
parse_statement (const RunnelJenkinsFile *self, guint first, guint last)
{
  RunnelJenkinsNode *node = node_new (self, first, last);
  const RunnelJenkinsToken *token = _runnel_jenkins_get_token (self, first);
  guint at = first + 1;
  guint block;

  if (token->type != RUNNEL_JENKINS_NAME || is_other_groovy (token->text)
      || parse_docker (self, node))
    return node;

  block = at < last ? find_block (self, at, last) : last;
  if (at == last || block == at)
    node->name = g_strdup (token->text);
  else if (is_one_of (self, at, "=") && at + 1 < last && !is_one_of (self, at + 1, "=~"))
    {
      node->name = g_strdup (token->text);
      node->assigns = TRUE;
      add_value (self, node->values, at + 1, last);
      return node;
    }
  else if (_runnel_jenkins_is_sign (self, at, '(')
           && skip_blank (self, get_next (self, at), last) == block)
    {
      node->name = g_strdup (token->text);
      set_values (self, node, at + 1, _runnel_jenkins_get_token (self, at)->other);
    }
  else if (!is_one_of (self, at, ".=+-*/%<>&|?:("))
    {
      node->name = g_strdup (token->text);
      set_values (self, node, at, block);
    }
  if (block < last && node->name != NULL)
    set_block (self, node, block);

  return node;
}

static GPtrArray *
parse_block (const RunnelJenkinsFile *self, guint first, guint last)
{
  GPtrArray *nodes = g_ptr_array_new_with_free_func ((GDestroyNotify) node_free);
  g_autoptr(GPtrArray) marks = g_ptr_array_new ();

  while (first < last)
    {
      const RunnelJenkinsToken *token = _runnel_jenkins_get_token (self, first);
      RunnelJenkinsNode *node;
      guint end;

      if (token->type == RUNNEL_JENKINS_MARK)
        g_ptr_array_add (marks, token->text);
      if (_runnel_jenkins_is_blank (self, first) || is_one_of (self, first, ";"))
        {
          first++;
          continue;
        }
      end = find_end (self, first, last);
      node = parse_statement (self, first, end);
      g_ptr_array_extend_and_steal (node->marks, g_steal_pointer (&marks));
      marks = g_ptr_array_new ();
      g_ptr_array_add (nodes, node);
      first = end;
    }

  return nodes;
}

/*
 * _runnel_jenkins_file_new:
 * @text: a Jenkinsfile, of any bytes; it must outlive the result
 * @length: its length in bytes
 * @error: location of an error, RUNNEL_IMPORT_ERROR_SYNTAX
 *
 * Returns: (transfer full): its statements; or %NULL
 */
RunnelJenkinsFile *
_runnel_jenkins_file_new (const char *text, gsize length, GError **error)
{
  g_autoptr(GArray) tokens = _runnel_jenkins_read_tokens (text, length, error);
  RunnelJenkinsFile *self;

  if (tokens == NULL)
    return NULL;

  self = g_new0 (RunnelJenkinsFile, 1);
  self->text = text;
  self->length = length;
  self->tokens = g_steal_pointer (&tokens);
  self->nodes = parse_block (self, 0, self->tokens->len);

  return self;
}

void
_runnel_jenkins_file_free (RunnelJenkinsFile *self)
{
  g_ptr_array_unref (self->nodes);
  g_array_unref (self->tokens);
  g_free (self);
}

RunnelJenkinsToken *
_runnel_jenkins_get_token (const RunnelJenkinsFile *self, guint index)
{
  return &g_array_index (self->tokens, RunnelJenkinsToken, index);
}

gboolean
_runnel_jenkins_is_sign (const RunnelJenkinsFile *self, guint index, char sign)
{
  const RunnelJenkinsToken *token = _runnel_jenkins_get_token (self, index);

  return token->type == RUNNEL_JENKINS_SIGN && self->text[token->start] == sign;
}
