#!/usr/bin/env python3
"""Reads YAML from standard input with PyYAML and prints its documents as one JSON array.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import json
import sys

text = sys.stdin.buffer.read().decode('utf-8')
try:
    import yaml
except ImportError:
    sys.exit(77)


def construct_tagged(loader, suffix, node):
    """The same form as runnel_yaml_to_json()."""
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)
    return {'!' + suffix: value}


# The loader in Python: no code of libyaml.
yaml.SafeLoader.add_multi_constructor('!', construct_tagged)
documents = list(yaml.load_all(text, Loader=yaml.SafeLoader))
print(json.dumps(documents, ensure_ascii=False))
