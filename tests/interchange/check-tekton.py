#!/usr/bin/env python3
"""Compares imports from Tekton with what PyYAML finds in the files, and validates the way back.

    check-tekton.py SHARED FOLDER

FOLDER has, for each file of SHARED/corpus/tekton, a folder with N.json (what was imported) and N.yaml (exported
again), or `error`; or it has a folder `exports` of files to validate.
"""
import json
import pathlib
import re
import sys

import jsonschema
import yaml

RESULT = re.compile(r'\$\(tasks\.([A-Za-z0-9_-]+)\.(?:results|outputs)[.\[]')


def read(path):
    return [d for d in yaml.load_all(path.read_text(), yaml.SafeLoader) if d is not None]


def get_pipeline(document):
    """The specification of the pipeline in a document, if there is one."""
    if not str(document.get('apiVersion', '')).startswith('tekton.dev/'):
        return None
    spec = document.get('spec') or {}
    if document['kind'] == 'PipelineRun':
        spec = spec.get('pipelineSpec') or {}
    elif document['kind'] != 'Pipeline':
        return None
    return spec if isinstance(spec.get('tasks'), list) else None


def get_tasks(spec):
    names = {t['name'] for t in spec['tasks']}
    tasks = {}
    for task in spec['tasks']:
        before = set(task.get('runAfter') or []) | set(RESULT.findall(json.dumps(task, default=str)))
        tasks[task['name']] = before & names
    return tasks, {t['name'] for t in spec.get('finally') or []}


def expect(documents):
    found = [get_tasks(spec) for spec in map(get_pipeline, documents) if spec]
    others = [d['kind'] for d in documents if not get_pipeline(d)]
    return found + ([sorted(others)] if others else [])


def get_imported(path, index):
    document = json.loads(path.read_text())
    steps = document['steps']
    if any('document' in s.get('with', {}).get('definition', {}) for s in steps):
        return sorted(s['with']['definition']['document']['kind'] for s in steps)
    found = {}
    for step in steps:
        needs = [n if isinstance(n, str) else n['step'] for n in step.get('needs', [])]
        found[step['id']] = set(needs)
    hooks = {h['id'] for hooks in document.get('hooks', {}).values() for h in hooks}
    return found, hooks


def get_validators(shared):
    validators = {}
    for kind in ('pipeline', 'pipelinerun', 'task', 'taskrun'):
        crd = yaml.safe_load((shared / f'reference/schemas/tekton/crd-{kind}.yaml').read_text())
        for version in crd['spec']['versions']:
            key = (crd['spec']['names']['kind'], f'tekton.dev/{version["name"]}')
            validators[key] = jsonschema.Draft7Validator(version['schema']['openAPIV3Schema'])
    return validators


def check_pipeline(document):
    """What the schema does not know: names that lead nowhere, and circles."""
    spec = get_pipeline(document)
    if spec is None:
        return None
    tasks, final = get_tasks(spec)
    params = {p['name'] for p in spec.get('params') or []}
    for task in spec['tasks']:
        unknown = set(task.get('runAfter') or []) - set(tasks)
        unknown |= set(RESULT.findall(json.dumps(task, default=str))) - set(tasks)
        if unknown:
            return f'{task["name"]} comes after {unknown}, which are not there'
        if not re.fullmatch(r'[a-z0-9]([-a-z0-9]*[a-z0-9])?', task['name']):
            return f'{task["name"]} is no name'
    done = set()
    while len(done) < len(tasks):
        more = {t for t, before in tasks.items() if t not in done and before <= done}
        if not more:
            return 'the tasks form a circle'
        done |= more
    return None


def validate(validators, text):
    for document in yaml.load_all(text, yaml.SafeLoader):
        if document is None:
            continue
        validator = validators.get((document['kind'], document['apiVersion']))
        for error in validator.iter_errors(document) if validator else ():
            return f'{"/".join(map(str, error.path))}: {error.message[:200]}'
        error = check_pipeline(document)
        if error:
            return error
    return None


def validate_folder(shared, folder):
    validators = get_validators(shared)
    paths = sorted(folder.glob('*.yaml'))
    bad = [(p.name, e) for p in paths if (e := validate(validators, p.read_text()))]
    print(f'{len(paths)} exports: {len(bad)} refused by the schema')
    for name, error in bad:
        print(f'  {name}: {error}')
    sys.exit(1 if bad else 0)


def main():
    shared, folder = map(pathlib.Path, sys.argv[1:3])
    if (folder / 'exports').is_dir():
        validate_folder(shared, folder / 'exports')
    validators = get_validators(shared)
    n_files = n_imported = n_right = n_tasks = n_edges = n_valid = n_exports = 0
    for place in sorted(p for p in folder.iterdir() if p.is_dir()):
        n_files += 1
        if (place / 'error').exists():
            print(f'{place.name}: {(place / "error").read_text()}')
            continue
        n_imported += 1
        expected = expect(read(shared / 'corpus/tekton' / place.name))
        paths = sorted(place.glob('*.json'), key=lambda p: int(p.stem))
        found = [get_imported(p, i) for i, p in enumerate(paths)]
        for graph in expected:
            if isinstance(graph, tuple):
                n_tasks += len(graph[0]) + len(graph[1])
                n_edges += sum(map(len, graph[0].values()))
        if expected == found:
            n_right += 1
        else:
            print(f'{place.name}: expected {expected}\n  found {found}')
        for path in sorted(place.glob('*.yaml')):
            n_exports += 1
            error = validate(validators, path.read_text())
            n_valid += error is None
            if error:
                print(f'{place.name}/{path.name}: {error}')
    print(f'{n_imported} of {n_files} files imported, {n_right} with every task and dependency right '
          f'({n_tasks} tasks, {n_edges} dependencies); {n_valid} of {n_exports} exports valid')
    sys.exit(0 if n_right >= 0.97 * n_files and n_valid >= 0.9 * n_exports and n_files > 0 else 1)


main()
