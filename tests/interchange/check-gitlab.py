#!/usr/bin/env python3
"""Holds what Runnel has read of files for GitLab CI against what another library finds in them.

usage: check-gitlab.py FILES RESULTS SCHEMA
SPDX-License-Identifier: GPL-3.0-or-later

Of each file in FILES there is in RESULTS either FILE.json, the pipeline, with FILE, written again, or FILE.error. Valid
is a file that GitLab's schema accepts. Prints counts; exits with 1 when too few are right.
"""
import json
import pathlib
import sys

try:
    import jsonschema
    import yaml
except ImportError:
    sys.exit(77)

GLOBAL = {'after_script', 'before_script', 'cache', 'default', 'image', 'include', 'pages:deploy', 'services', 'spec',
          'stages', 'types', 'variables', 'workflow'}


class Loader(yaml.SafeLoader):
    """PyYAML's own, in Python; on, off, yes and no are texts."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers if tag != 'tag:yaml.org,2002:timestamp']
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()}


class Reference(list):
    """!reference [job, key]"""


def construct_reference(loader, node):
    return Reference(loader.construct_sequence(node, deep=True))


Loader.add_constructor('!reference', construct_reference)


def plain(value):
    """For the schema, which knows !reference as a list."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


def merge(under, over):
    merged = dict(under)
    for key, value in over.items():
        if isinstance(value, dict) and isinstance(merged.get(key), dict):
            merged[key] = merge(merged[key], value)
        else:
            merged[key] = value
    return merged


def resolve(config, name, seen=()):
    job = config.get(name)
    if not isinstance(job, dict) or name in seen:
        return {}
    parents = job.get('extends', [])
    resolved = {}
    for parent in [parents] if isinstance(parents, str) else parents:
        resolved = merge(resolved, resolve(config, parent, (*seen, name)))
    return merge(resolved, job)


def follow(config, value, depth=10):
    """Replaces references, and takes lists in lists apart."""
    if isinstance(value, Reference) and depth:
        found = config
        for part in value:
            found = found.get(part) if isinstance(found, dict) else None
        return value if found is None else follow(config, found, depth - 1)
    if isinstance(value, list) and not isinstance(value, Reference):
        items = []
        for item in value:
            followed = follow(config, item, depth)
            if isinstance(item, Reference) and isinstance(followed, list):
                items += followed
            else:
                items.append(followed)
        return items
    return value


def find_links(config):
    """Each job with the set of jobs that it waits for."""
    jobs = {name: resolve(config, name) for name, job in config.items()
            if isinstance(job, dict) and name not in GLOBAL and not name.startswith('.')}
    stages = ['.pre', *config.get('stages', ['build', 'test', 'deploy']), '.post']
    waiting = set()
    links = {}
    for position, stage in enumerate(stages):
        if stage in stages[:position]:
            continue
        members = [name for name, job in jobs.items() if job.get('stage', 'test') == stage]
        for name in members:
            if 'needs' not in jobs[name]:
                links[name] = set(waiting)
        # A stage in which nobody waits for those before lets the next one wait for them, too.
        if any('needs' not in jobs[name] for name in members):
            waiting = set(members)
        else:
            waiting = waiting | set(members)
    for name, job in jobs.items():
        if 'needs' not in job:
            links.setdefault(name, set())
            continue
        needs = follow(config, job['needs']) or []
        if not isinstance(needs, list):
            needs = []
        names = [need.get('job') if isinstance(need, dict) and not {'pipeline', 'project'} & need.keys() else need
                 for need in needs]
        links[name] = {need for need in names if isinstance(need, str) and need in jobs}
    return links


def read_documents(text):
    documents = list(yaml.load_all(text, Loader=Loader))
    if len(documents) > 1 and isinstance(documents[0], dict) and 'spec' in documents[0]:
        return documents[1]
    return documents[0] if documents else None


def find_read_links(pipeline):
    names = {step['id']: step.get('name', step['id']) for step in pipeline['steps']}
    return {names[step['id']]: {names[need['step'] if isinstance(need, dict) else need] for need in step.get('needs', [])}
            for step in pipeline['steps']}


def is_valid(validator, path):
    try:
        return validator.is_valid(plain(read_documents(path.read_text())))
    except yaml.YAMLError as error:
        print(f'{path.name}: {error}')
        return False


def main():
    files, results, schema = map(pathlib.Path, sys.argv[1:])
    validator = jsonschema.Draft7Validator(json.loads(schema.read_text()))
    counts = dict.fromkeys(('files', 'valid', 'read', 'right', 'accepted again', 'jobs', 'links'), 0)
    for path in sorted(files.glob('*.yml')):
        counts['files'] += 1
        if not is_valid(validator, path):
            continue
        counts['valid'] += 1
        failure = results / (path.name + '.error')
        if failure.exists():
            print(f'{path.name}: {failure.read_text()}')
            continue
        counts['read'] += 1
        expected = find_links(read_documents(path.read_text()))
        found = find_read_links(json.loads((results / (path.name + '.json')).read_text()))
        counts['jobs'] += len(expected)
        counts['links'] += sum(map(len, expected.values()))
        if expected == found:
            counts['right'] += 1
        else:
            print(f'{path.name}: differs: {[(n, expected.get(n), found.get(n)) for n in {*expected, *found} if expected.get(n) != found.get(n)][:2]}')
        if is_valid(validator, results / path.name):
            counts['accepted again'] += 1
        else:
            print(f'{path.name}: written again, it is not accepted')
    print(', '.join(f'{count} {name}' for name, count in counts.items()))
    enough = counts['right'] >= 0.97 * counts['valid'] and counts['accepted again'] >= 0.9 * counts['valid']
    sys.exit(0 if enough else 1)


if __name__ == '__main__':
    main()
