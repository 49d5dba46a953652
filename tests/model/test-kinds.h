/* test-kinds.h: step kinds for tests of the model, which knows none of its own
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "model/runnel-kind.h"

static const char *const test_methods[] = { "GET", "POST", NULL };

static const RunnelField test_command_fields[] = {
  { "argv", RUNNEL_FIELD_STRINGS, RUNNEL_FIELD_REQUIRED, "Command", "the program and its arguments" },
  { "count", RUNNEL_FIELD_INTEGER, 0, "Count", "how often", "1" },
  { "input", RUNNEL_FIELD_FILE, 0, "Input", "a file" },
  { NULL }
};

static const RunnelField test_script_fields[] = {
  { "run", RUNNEL_FIELD_STRING, RUNNEL_FIELD_REQUIRED | RUNNEL_FIELD_MULTILINE | RUNNEL_FIELD_NO_EXPRESSIONS,
    "Script", "the text of the script" },
  { "method", RUNNEL_FIELD_CHOICE, 0, "Method", "which", "\"GET\"", test_methods },
  { "wait", RUNNEL_FIELD_DURATION, 0, "Wait", "how long" },
  { "headers", RUNNEL_FIELD_MAP, 0, "Headers", "what is sent along" },
  { "body", RUNNEL_FIELD_ANY, 0, "Body", "anything" },
  { "strict", RUNNEL_FIELD_BOOLEAN, 0, "Strict", "whether" },
  { "ratio", RUNNEL_FIELD_NUMBER, 0, "Ratio", "how much" },
  { NULL }
};

static const RunnelKind test_command = {
  "command", "Command", "Runs a program.", "utilities-terminal-symbolic", test_command_fields,
  "{\"id\": \"a\", \"kind\": \"command\", \"with\": {\"argv\": [\"true\"]}}", "argv",
};

static const RunnelKind test_script = {
  "script", "Script", "Runs a script.", "text-x-script-symbolic", test_script_fields,
  "{\"id\": \"a\", \"kind\": \"script\", \"with\": {\"run\": \"true\"}}", "run",
};

static inline void
register_test_kinds (void)
{
  runnel_kind_register (&test_command);
  runnel_kind_register (&test_script);
}
