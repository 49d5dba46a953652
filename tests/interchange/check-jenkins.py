#!/usr/bin/env python3
"""Holds what Runnel reads of Jenkinsfiles against the syntax trees that Jenkins' own parser makes of them.

usage: check-jenkins.py CONVERT TREES
SPDX-License-Identifier: GPL-3.0-or-later

TREES is a folder of trees in JSON, as Jenkins gives them. Each is written as a Jenkinsfile here, read by CONVERT, and
written again. Compared are the stages with steps, their order, which of them wait for which, and variables with a
value that is a text. Prints counts; exits with 1 when too few are right, with 77 when the trees are not there.
"""
import json
import pathlib
import subprocess
import sys
import tempfile


# A tree as Groovy.

def say_text(text):
    escaped = text.replace('\\', '\\\\').replace("'", "\\'").replace('\n', '\\n').replace('\r', '\\r')
    return f"'{escaped}'"


def say_value(value):
    """A single value, a call, a list of named or unnamed values, or a map."""
    if isinstance(value, list):
        return '[' + ', '.join(f'{item["key"]}: {say_value(item["value"])}' for item in value) + ']'
    if 'name' in value:
        return f'{value["name"]}({say_values(value["arguments"])})'
    if 'key' in value:
        return f'{value["key"]}: {say_value(value["value"])}'
    if not value['isLiteral']:
        text = value['value']
        return text[2:-1] if text.startswith('${') and text.endswith('}') else text
    if isinstance(value['value'], str):
        return say_text(value['value'])
    return json.dumps(value['value'])


def say_values(values):
    if isinstance(values, list):
        return ', '.join(map(say_value, values))
    return say_value(values)


def say_statement(node, depth):
    name, values = node['name'], node.get('arguments')
    block = [child for each in node.get('children', []) for child in say_statement(each, depth + 1)]
    if name in ('script', 'expression'):
        block = values['value'].split('\n') if isinstance(values, dict) else values[0]['value']['value'].split('\n')
        return [name + ' {', *block, '}']
    head = name + (f'({say_values(values)})' if values is not None else '')
    return [head + ' {', *block, '}'] if 'children' in node else [head]


def say_block(head, lines):
    return [head + ' {', *lines, '}'] if lines else []


def say_agent(agent):
    if 'argument' in agent:
        return [f'agent {{ {agent["type"]} {say_value(agent["argument"])} }}']
    if 'arguments' not in agent:
        return [f'agent {agent["type"]}']
    lines = []
    for item in agent['arguments']:
        if isinstance(item['value'], list):
            lines += say_block(item['key'], [f'{each["key"]} {say_value(each["value"])}' for each in item['value']])
        else:
            lines.append(f'{item["key"]} {say_value(item["value"])}')
    return say_block('agent', say_block(agent['type'], lines))


def say_statements(nodes):
    return [line for node in nodes for line in say_statement(node, 0)]


def say_post(post):
    return say_block('post', [line for each in post['conditions']
                              for line in say_block(each['condition'], say_statements(each['branch']['steps']))])


def say_when(when):
    lines = [f'{key} {json.dumps(when[key])}' for key in ('beforeAgent', 'beforeInput', 'beforeOptions') if key in when]
    return say_block('when', lines + say_statements(when['conditions']))


def say_axes(axes):
    return [line for axis in axes for line in say_block('axis', [
        'name ' + say_text(axis['name']),
        ('notValues ' if axis.get('inverse') else 'values ') + ', '.join(map(say_value, axis['values']))])]


def say_input(node):
    lines = [f'{key} {say_value(value)}' for key, value in node.items() if key != 'parameters']
    return say_block('input', lines + say_calls('parameters', node.get('parameters')))


def say_calls(section, node):
    return say_block(section, [say_value(call) for call in node[section]]) if node else []


def say_directives(node):
    lines = say_agent(node['agent']) if 'agent' in node else []
    if 'environment' in node:
        lines += say_block('environment', [f'{each["key"]} = {say_value(each["value"])}' for each in node['environment']])
    if 'tools' in node:
        lines += say_block('tools', [f'{each["key"]} {say_value(each["value"])}' for each in node['tools']])
    for section in ('options', 'parameters', 'triggers'):
        lines += say_calls(section, node.get(section))
    if 'libraries' in node:
        lines += say_block('libraries', [f'lib({say_value(each)})' for each in node['libraries']['libraries']])
    lines += say_when(node['when']) if 'when' in node else []
    lines += say_input(node['input']) if 'input' in node else []
    lines += say_post(node['post']) if 'post' in node else []
    return lines


def say_matrix(matrix):
    lines = say_block('axes', say_axes(matrix['axes']))
    lines += say_block('excludes', [line for each in matrix.get('excludes', [])
                                    for line in say_block('exclude', say_axes(each))])
    return say_block('matrix', lines + say_directives(matrix) + say_stages('stages', matrix['stages']))


def say_stages(section, stages):
    return say_block(section, [line for stage in stages for line in say_stage(stage)])


def say_stage(stage):
    lines = [f'failFast {json.dumps(stage["failFast"])}'] if 'failFast' in stage else []
    lines += say_directives(stage)
    branches = stage.get('branches', [])
    if len(branches) == 1:
        lines += ['steps {', *say_statements(branches[0]['steps']), '}']
    elif branches:
        lines += ['steps {', 'parallel(' + ', '.join(
            f'{say_text(branch["name"])}: {{\n' + '\n'.join(say_statements(branch['steps'])) + '\n}'
            for branch in branches) + ')', '}']
    lines += say_stages('parallel', stage.get('parallel', [])) + say_stages('stages', stage.get('stages', []))
    lines += say_matrix(stage['matrix']) if 'matrix' in stage else []
    return say_block(f'stage({say_text(stage["name"])})', lines)


def say_pipeline(tree):
    pipeline = tree['pipeline']
    lines = say_directives(pipeline) + say_stages('stages', pipeline['stages'])
    return '\n'.join(say_block('pipeline', lines)) + '\n'


# What the tree says of order.

def list_stages(stages):
    """Stages with steps as [name, names of those it waits for], and the ends of them all."""
    found = []

    def walk(stage, before):
        if 'matrix' in stage:
            return walk_all(stage['matrix']['stages'], before)
        if 'stages' in stage:
            return walk_all(stage['stages'], before)
        if 'parallel' in stage:
            return [end for each in stage['parallel'] for end in walk(each, before)]
        found.append((stage['name'], before))
        return [stage['name']]

    def walk_all(all_stages, before):
        for stage in all_stages:
            before = walk(stage, before)
        return before

    walk_all(stages, [])
    return found


def list_steps(pipeline):
    """The same of a pipeline of Runnel. Links across steps that may be skipped, and questions, are no stages' own."""
    steps = {step['id']: step for step in pipeline['steps']}
    found = []
    for step in pipeline['steps']:
        name = step.get('name', step['id'])
        if step['kind'] == 'approval' and name.endswith(': input'):
            continue
        needs = list(step.get('needs', []))
        for need in step.get('needs', []):
            asked = steps[need]
            if asked.get('name', need) == name + ': input':
                needs = list(asked.get('needs', []))
        implied = {before for need in needs if 'if' in steps[need] for before in steps[need].get('needs', [])}
        found.append((name, [steps[need].get('name', need) for need in needs if need not in implied]))
    return found


def list_texts(tree):
    return {each['key']: each['value']['value'] for each in tree['pipeline'].get('environment', [])
            if each['value'].get('isLiteral') and isinstance(each['value'].get('value'), str)}


def is_right(tree, pipeline):
    expected, found = list_stages(tree['pipeline']['stages']), list_steps(pipeline)
    texts = list_texts(tree)
    env = {key: value for key, value in pipeline.get('env', {}).items() if key in texts}
    if expected == found and env == texts:
        return True
    print(f'  expected {expected} {texts}\n  found    {found} {env}')
    return False


def convert(program, how, folder, paths):
    result = subprocess.run([program, how, 'jenkins', folder, *paths], stdout=subprocess.PIPE, text=True, check=True)
    return [json.loads(line) for line in result.stdout.splitlines()]


def main():
    program, trees = sys.argv[1], pathlib.Path(sys.argv[2])
    if not trees.is_dir():
        print(f'{trees} is not there: nothing to compare with')
        sys.exit(77)
    counts = dict.fromkeys(('trees', 'read', 'right', 'written again', 'right again', 'stages'), 0)
    with tempfile.TemporaryDirectory() as folder:
        paths, parsed = [], []
        for path in sorted(trees.glob('*.json')):
            tree = json.loads(path.read_text())
            text = pathlib.Path(folder, path.stem + '.Jenkinsfile')
            text.write_text(say_pipeline(tree))
            paths.append(str(text))
            parsed.append(tree)
        first = convert(program, 'import', folder, paths)
        good = [(tree, line['made'][0]) for tree, line in zip(parsed, first) if line['ok']]
        written = convert(program, 'export', folder + '/written', [made for _, made in good])
        pathlib.Path(folder, 'again').mkdir()
        again = convert(program, 'import', folder + '/again', [line['made'][0] for line in written if line['ok']])
        counts['trees'] = len(parsed)
        for line in first:
            if not line['ok']:
                print(f'{line["file"]}: {line["message"]}')
        for tree, made in good:
            counts['read'] += 1
            counts['stages'] += len(list_stages(tree['pipeline']['stages']))
            right = is_right(tree, json.loads(pathlib.Path(made).read_text()))
            counts['right'] += right
            if not right:
                print(made)
        for line in written + again:
            if not line['ok']:
                print(f'{line["file"]}: {line["message"]}')
        counts['written again'] = sum(line['ok'] for line in written)
        counts['right again'] = sum(line['ok'] for line in again)
    print(', '.join(f'{count} {name}' for name, count in counts.items()))
    enough = counts['right'] >= 0.97 * counts['trees'] and counts['right again'] >= 0.9 * counts['trees']
    sys.exit(0 if enough and counts['trees'] else 1)


if __name__ == '__main__':
    main()
