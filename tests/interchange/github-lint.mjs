// github-lint.mjs: what GitHub's own parser says of workflows
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reads paths from standard input, one a line; prints for each the first error as JSON, "" when
// there is none. Stands beside node_modules with @actions/workflow-parser, whose modules import
// JSON as only bundlers allow it.
import {register} from 'node:module';
import fs from 'node:fs';

register('data:text/javascript,' + encodeURIComponent(`
  import {readFile} from 'node:fs/promises';
  import {fileURLToPath} from 'node:url';
  export async function load (url, context, next) {
    if (!url.startsWith('file:') || !url.endsWith('.json'))
      return next(url, context);
    const source = 'export default ' + await readFile(fileURLToPath(url), 'utf8');
    return {format: 'module', shortCircuit: true, source};
  }`));

const {parseWorkflow, convertWorkflowTemplate, NoOperationTraceWriter} =
  await import('@actions/workflow-parser');

async function findError (path) {
  const file = {name: 'workflow', content: fs.readFileSync(path, 'utf8')};
  const parsed = parseWorkflow(file, new NoOperationTraceWriter());
  const errors = parsed.context.errors.getErrors().map(error => error.message);
  if (errors.length === 0 && parsed.value) {
    const template =
      await convertWorkflowTemplate(parsed.context, parsed.value, undefined, {errorPolicy: 1});
    errors.push(...(template.errors ?? []).map(error => error.Message));
  }
  return errors[0] ?? (parsed.value ? '' : 'it is no workflow');
}

for (const path of fs.readFileSync(0, 'utf8').split('\n'))
  console.log(JSON.stringify(await findError(path)));
