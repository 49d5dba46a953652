#!/usr/bin/env python3
"""Compares imports from Argo Workflows with what PyYAML finds in the files, and validates the way back.

    check-argo.py SHARED FOLDER

FOLDER has, for each file of SHARED/corpus/argo, a folder with N.json (what was imported) and N.yaml (exported
again), or `error`.
"""
import json
import pathlib
import re
import sys

import jsonschema
import yaml

GRAPH = re.compile(r'[A-Za-z0-9_-]+(?:\.[A-Z][A-Za-z]+)?')


def read(path):
    return [d for d in yaml.load_all(path.read_text(), yaml.SafeLoader) if d is not None]


def get_spec(document):
    spec = document.get('spec') or {}
    return spec.get('workflowSpec') or {} if document['kind'] == 'CronWorkflow' else spec


def is_workflow(document):
    return (str(document.get('apiVersion', '')).startswith('argoproj.io/')
            and document['kind'] in ('Workflow', 'WorkflowTemplate', 'ClusterWorkflowTemplate', 'CronWorkflow'))


def get_tasks(template):
    """The tasks of a template as {name: names before it}."""
    tasks = {}
    for task in (template.get('dag') or {}).get('tasks', []):
        words = GRAPH.findall(task.get('depends') or '')
        tasks[task['name']] = {w.split('.')[0] for w in words} | set(task.get('dependencies') or [])
    before = set()
    for group in template.get('steps') or []:
        group = group if isinstance(group, list) else [group]
        for step in group:
            tasks[step['name']] = set(before)
        before = {step['name'] for step in group}
    return tasks


def get_called(templates):
    called = set()
    for template in templates:
        for task in (template.get('dag') or {}).get('tasks', []):
            called.add(task.get('template'))
        for group in template.get('steps') or []:
            called.update(s.get('template') for s in (group if isinstance(group, list) else [group]))
    return called


def expect_workflow(document):
    spec = get_spec(document)
    if 'workflowTemplateRef' in spec or not spec:
        return [{document['kind']: set()}]
    templates = spec.get('templates') or []
    by_name = {t.get('name'): t for t in templates}
    graphs = [t for t in templates if 'dag' in t or 'steps' in t]
    entry = by_name.get(spec.get('entrypoint')) or (graphs[0] if graphs else None)
    on_exit = by_name.get(spec.get('onExit'))
    found = []
    if entry is None:
        called = get_called(templates)
        found.append({t.get('name') or 'main': set() for t in templates if t.get('name') not in called})
    elif entry in graphs:
        found.append(get_tasks(entry))
    else:
        found.append({entry.get('name') or 'main': set()})
    for template in graphs:
        if template is not entry and not (template is on_exit):
            found.append(get_tasks(template))
    return found


def get_imported(path):
    document = json.loads(path.read_text())
    steps = document['steps']
    labels = {s['id']: s.get('name', s['id']) for s in steps}
    if any('document' in s.get('with', {}).get('definition', {}) for s in steps):
        labels = {s['id']: s['with']['definition']['document']['kind'] for s in steps}
    found = {}
    for step in steps:
        needs = [n if isinstance(n, str) else n['step'] for n in step.get('needs', [])]
        found[labels[step['id']]] = {labels[n] for n in needs}
    return found


def get_validators(shared):
    schema = json.loads((shared / 'reference/schemas/argo/schema.json').read_text())
    schema.pop('$schema')
    definitions = schema['definitions']
    definitions['io.k8s.apimachinery.pkg.util.intstr.IntOrString'] = {'type': ['string', 'integer']}
    for name, definition in definitions.items():
        if name.endswith('.meta.v1.Time'):
            definition['type'] = ['string', 'null']
    kinds = ('Workflow', 'WorkflowTemplate', 'ClusterWorkflowTemplate', 'CronWorkflow', 'WorkflowEventBinding')
    return {kind: jsonschema.Draft7Validator({
        '$ref': f'#/definitions/io.argoproj.workflow.v1alpha1.{kind}', 'definitions': definitions}) for kind in kinds}


def validate(validators, text):
    for document in yaml.load_all(text, yaml.SafeLoader):
        validator = validators.get(document['kind'])
        if validator is not None and str(document['apiVersion']).startswith('argoproj'):
            for error in validator.iter_errors(document):
                return f'{"/".join(map(str, error.path))}: {error.message[:200]}'
    return None


def validate_folder(shared, folder):
    validators = get_validators(shared)
    bad = [(p.name, e) for p in sorted(folder.glob('*.yaml')) if (e := validate(validators, p.read_text()))]
    print(f'{len(list(folder.glob("*.yaml")))} exports: {len(bad)} refused by the schema')
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
        documents = read(shared / 'corpus/argo' / place.name)
        workflows = [d for d in documents if is_workflow(d)]
        expected = sum((expect_workflow(d) for d in workflows), [])
        if not workflows:
            expected = [{d['kind']: set() for d in documents}]
        found = [get_imported(p) for p in sorted(place.glob('*.json'), key=lambda p: int(p.stem))]
        n_tasks += sum(len(f) for f in expected)
        n_edges += sum(len(e) for f in expected for e in f.values())
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
