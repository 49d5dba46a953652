#!/usr/bin/env python3
"""Exports pipelines to Jenkins in all modes and reads them back; Groovy's own parser reads those of the usual mode.

usage: parse-jenkins.py CONVERT WRITE_RANDOM EXAMPLES
SPDX-License-Identifier: GPL-3.0-or-later

The pipelines are those in EXAMPLES, and some by chance. Groovy is that of the npm package npm-groovy-lint, below
$RUNNEL_TEST_NODE; where it or java is not there that part is left out. What comes back has the same steps with the same
titles, links and joins, unless levels, which wait for more, were asked for.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

COUNT = 50
HERE = pathlib.Path(__file__).parent


def convert(program, how, mode, folder, paths):
    pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
    environment = dict(os.environ)
    if mode:
        environment['RUNNEL_EXPORT_MODE'] = mode
    result = subprocess.run([program, how, 'jenkins', folder, *paths], env=environment, stdout=subprocess.PIPE,
                            text=True, check=True)
    return [json.loads(line) for line in result.stdout.splitlines()]


def find_steps(path):
    pipeline = json.loads(pathlib.Path(path).read_text())
    steps = {}
    for step in pipeline['steps']:
        links = set()
        for need in step.get('needs', []):
            need = {'step': need} if isinstance(need, str) else need
            on = need.get('on', 'success')
            links.add((need['step'], on, need.get('handles', on == 'failure')))
        steps[step['id']] = (step.get('name', step['id']), links, step.get('join', 'all') if len(links) > 1 else 'all')
    return steps


def reduce(steps):
    """Links that others imply, which stages have no need to say, are left out."""
    def reach(step, seen):
        for before, _, _ in steps[step][1]:
            if before not in seen:
                seen.add(before)
                reach(before, seen)
        return seen

    def is_implied(link, links):
        return any(link[0] in reach(other[0], set()) for other in links if other[0] != link[0])

    return {step: (title, {link for link in links if not is_implied(link, links)}, join)
            for step, (title, links, join) in steps.items()}


def parse(jars, paths, folder):
    names = pathlib.Path(folder, 'names')
    names.write_text('\n'.join(paths) + '\n')
    command = ['java', '-XX:TieredStopAtLevel=1', '-cp', f'{jars}/*', 'groovy.ui.GroovyMain']
    return subprocess.run([*command, HERE / 'parse-groovy.groovy', names], check=False).returncode


def main():
    program, write_random, examples = sys.argv[1:]
    node = os.environ.get('RUNNEL_TEST_NODE', HERE.parent.parent / 'build-test' / 'node')
    jars = pathlib.Path(node, 'node_modules/npm-groovy-lint/lib/java/groovy/lib')
    wrong = 0
    count = 0
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([write_random, folder, str(COUNT)], check=True)
        paths = [str(path) for path in [*sorted(pathlib.Path(examples).rglob('*.runnel.json')),
                                        *sorted(pathlib.Path(folder).glob('*.runnel.json'))]]
        for mode in ('', 'levels', 'graph'):
            exported = convert(program, 'export', mode, f'{folder}/{mode or "usual"}', paths)
            assert all(line['ok'] for line in exported), [line for line in exported if not line['ok']]
            made = [line['made'][0] for line in exported]
            if not mode:
                files = made
            count += len(made)
            for path, file in zip(paths, made):
                line, = convert(program, 'import', mode, str(pathlib.Path(file).parent), [file])
                before, after = (find_steps(path), find_steps(line['made'][0])) if line['ok'] else (0, line['message'])
                if mode == 'levels' and line['ok']:
                    before, after = before.keys(), after.keys()
                elif line['ok']:
                    before, after = reduce(before), reduce(after)
                if before != after:
                    wrong += 1
                    print(f'{path} ({mode}): {before}\n  came back as {after}')
        print(f'{count - wrong} of {count} exports of {len(paths)} pipelines came back right')
        if not jars.is_dir() or shutil.which('java') is None:
            print('java, or npm-groovy-lint below RUNNEL_TEST_NODE, is not there: Groovy has not parsed them')
        elif parse(jars, files, folder) != 0:
            wrong += 1
    sys.exit(1 if wrong else 0)


if __name__ == '__main__':
    main()
