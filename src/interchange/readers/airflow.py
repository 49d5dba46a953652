"""Reads a DAG file of Apache Airflow from its syntax tree, and prints what it says as JSON. Runs nothing of it.

SPDX-License-Identifier: GPL-3.0-or-later

Standard input is the text. What can't be known without running the file is {"$source": its text}.
"""

import ast
import json
import sys
import textwrap

text = sys.stdin.read()
FOLDER = "$FOLDER"  # what exported files call the folder that tasks work in


class Unknown(Exception):
    pass


def source(node):
    return {"$source": ast.get_source_segment(text, node)}


def last_name(node):
    """Of `a.b.c` and `c`: c."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


class Reader:
    def __init__(self):
        self.names = {"FOLDER": FOLDER}  # constants of the module
        self.variables = {}  # Python name of a task: its id, or those of a list
        self.dags = []
        self.groups = []  # prefixes of the task groups around
        self.functions = {}  # decorated ones: name: definition

    # Values.

    def value(self, node):
        """A value that is plain to see; raises Unknown."""
        if isinstance(node, ast.Constant):
            return node.value if isinstance(node.value, (str, int, float, bool, type(None))) else str(node.value)
        if isinstance(node, ast.Name) and node.id in self.names:
            return self.names[node.id]
        if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
            return [self.value_or_source(item) for item in node.elts]
        if isinstance(node, ast.Dict):
            return self.dictionary(node)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            number = self.value(node.operand)
            if isinstance(number, (int, float)):
                return -number
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            left, right = self.value(node.left), self.value(node.right)
            if isinstance(left, str) and isinstance(right, str):
                return left + right
        if isinstance(node, ast.Call):
            return self.call_value(node)
        raise Unknown

    def value_or_source(self, node):
        try:
            return self.value(node)
        except Unknown:
            return source(node)

    def dictionary(self, node):
        values = {}
        for key, value in zip(node.keys, node.values):
            if key is None:
                more = self.value(value)
                if not isinstance(more, dict):
                    raise Unknown
                values.update(more)
            else:
                values[str(self.value(key))] = self.value_or_source(value)
        return values

    def call_value(self, node):
        name = last_name(node.func)
        if name == "timedelta":
            units = {"days": 86400, "hours": 3600, "minutes": 60, "seconds": 1, "milliseconds": 0.001, "weeks": 604800}
            seconds = self.value(node.args[0]) * 86400 if node.args else 0
            for keyword in node.keywords:
                if keyword.arg not in units:
                    raise Unknown
                seconds += self.value(keyword.value) * units[keyword.arg]
            return {"$seconds": seconds}
        if name == "Param":
            param = {keyword.arg: self.value_or_source(keyword.value) for keyword in node.keywords}
            if node.args:
                param["default"] = self.value_or_source(node.args[0])
            return {"$param": param}
        if name == "dict" and not node.args and all(keyword.arg for keyword in node.keywords):
            return {keyword.arg: self.value_or_source(keyword.value) for keyword in node.keywords}
        raise Unknown

    def arguments(self, call):
        """Arguments by name; None when some are only known while running."""
        values = {}
        for keyword in call.keywords:
            if keyword.arg is None:
                more = self.value_or_source(keyword.value)
                values.update(more if isinstance(more, dict) and "$source" not in more else {"**": more})
            else:
                values[keyword.arg] = self.value_or_source(keyword.value)
        return values

    # Tasks.

    @property
    def dag(self):
        if not self.dags:
            self.dags.append({"arguments": {}, "tasks": [], "edges": [], "line": 1})
        return self.dags[-1]

    def add_task(self, operator, arguments, node, name=None, function=None):
        task = arguments.get("task_id", name or "task")
        if not isinstance(task, str):
            task = name or f"task-{node.lineno}"
        task = ".".join([*self.groups, task])
        known = {item["id"] for item in self.dag["tasks"]}
        if task in known and function:
            task = next(f"{task}__{number}" for number in range(1, 100000) if f"{task}__{number}" not in known)
        self.dag["tasks"].append({
            "id": task, "operator": operator, "arguments": arguments, "line": node.lineno,
            "column": node.col_offset + 1, "source": ast.get_source_segment(text, node),
            **({"function": function} if function else {})})
        return task

    def is_operator(self, call):
        name = last_name(call.func)
        return name[:1].isupper() and any(keyword.arg == "task_id" for keyword in call.keywords)

    def task_call(self, node, name=None):
        """The id of the task that a call makes, or None."""
        function = node.func
        if isinstance(function, ast.Attribute) and function.attr in ("expand", "expand_kwargs", "override", "partial"):
            return self.mapped_call(node, name)
        if isinstance(function, ast.Name) and function.id in self.functions:
            return self.function_call(node, self.functions[function.id])
        if self.is_operator(node):
            return self.add_task(last_name(function), self.arguments(node), node, name)
        return None

    def mapped_call(self, node, name):
        parts, call = {}, node
        while isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
            parts[call.func.attr] = call
            call = call.func.value
        if isinstance(call, ast.Call):
            return self.task_call(call, name)
        if isinstance(call, ast.Name) and call.id in self.functions:
            return self.function_call(node, self.functions[call.id])
        if "partial" not in parts:
            return None
        arguments = self.arguments(parts["partial"])
        if "expand" in parts:
            arguments["$expand"] = self.arguments(parts["expand"])
        elif "expand_kwargs" in parts:
            arguments["$expand"] = source(parts["expand_kwargs"])
        return self.add_task(last_name(call), arguments, node, name)

    def function_call(self, node, definition):
        decorator, function = definition
        arguments = self.arguments(decorator) if isinstance(decorator, ast.Call) else {}
        kind = last_name(decorator.func if isinstance(decorator, ast.Call) else decorator)
        lines = self.definition(function)
        body = [item for item in function.body if not (isinstance(item, ast.Expr) and isinstance(item.value, ast.Constant))]
        if kind == "bash" and len(body) == 1 and isinstance(body[0], ast.Return) and body[0].value is not None:
            arguments["bash_command"] = self.value_or_source(body[0].value)
        before = [task for argument in [*node.args, *(keyword.value for keyword in node.keywords)]
                  for task in self.tasks(argument)]
        operator = "BashOperator" if kind == "bash" else f"@task.{kind}" if kind != "task" else "@task"
        task = self.add_task(operator, arguments, node, function.name, lines)
        self.link(before, [task])
        return task

    def definition(self, function):
        """A function with its decorators, as it would stand at the left margin."""
        first = min([function.lineno, *(decorator.lineno for decorator in function.decorator_list)])
        return textwrap.dedent("\n".join(text.splitlines()[first - 1:function.end_lineno]))

    def tasks(self, node):
        """The ids of the tasks that an expression stands for; makes those that it makes."""
        if isinstance(node, ast.Name):
            return self.variables.get(node.id, [])
        if isinstance(node, (ast.List, ast.Tuple)):
            return [task for item in node.elts for task in self.tasks(item)]
        if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.RShift, ast.LShift)):
            left, right = self.tasks(node.left), self.tasks(node.right)
            self.link(left, right) if isinstance(node.op, ast.RShift) else self.link(right, left)
            return right
        if isinstance(node, ast.Call):
            task = self.task_call(node)
            return [task] if task else []
        if isinstance(node, (ast.Attribute, ast.Subscript)):
            return self.tasks(node.value)
        return []

    def link(self, before, after):
        for first in before:
            for second in after:
                if [first, second] not in self.dag["edges"]:
                    self.dag["edges"].append([first, second])

    def call_statement(self, node):
        name = last_name(node.func)
        if name == "chain":
            items = [self.tasks(argument) for argument in node.args]
            for index, (left, right) in enumerate(zip(items, items[1:])):
                both = isinstance(node.args[index], ast.List) and isinstance(node.args[index + 1], ast.List)
                if both and len(left) == len(right):
                    for first, second in zip(left, right):
                        self.link([first], [second])
                else:
                    self.link(left, right)
        elif name == "cross_downstream" and len(node.args) == 2:
            self.link(self.tasks(node.args[0]), self.tasks(node.args[1]))
        elif name in ("set_upstream", "set_downstream") and isinstance(node.func, ast.Attribute) and node.args:
            own, other = self.tasks(node.func.value), self.tasks(node.args[0])
            self.link(other, own) if name == "set_upstream" else self.link(own, other)
        else:
            self.tasks(node)

    # Statements.

    def assign(self, target, node):
        if not isinstance(target, ast.Name):
            self.tasks(node)
            return
        if isinstance(node, ast.Call) and last_name(node.func) == "DAG":
            self.open_dag(node)
            return
        if isinstance(node, ast.Call) or isinstance(node, (ast.List, ast.Tuple, ast.BinOp)):
            found = [self.task_call(node, target.id)] if isinstance(node, ast.Call) else self.tasks(node)
            found = [task for task in found if task]
            if found:
                self.variables[target.id] = found
                return
        if target.id == "FOLDER":
            return
        try:
            self.names[target.id] = self.value(node)
        except Unknown:
            self.names.pop(target.id, None)

    def open_dag(self, call):
        arguments = self.arguments(call)
        if call.args:
            arguments.setdefault("dag_id", self.value_or_source(call.args[0]))
        self.dags.append({"arguments": arguments, "tasks": [], "edges": [], "line": call.lineno})

    def with_statement(self, node):
        n_groups = len(self.groups)
        opened = []
        for item in node.items:
            call = item.context_expr
            if isinstance(call, ast.Call) and last_name(call.func) == "DAG":
                self.open_dag(call)
            elif isinstance(call, ast.Call) and last_name(call.func) == "TaskGroup":
                arguments = self.arguments(call)
                group = self.value_or_source(call.args[0]) if call.args else arguments.get("group_id", "group")
                self.groups.append(group if isinstance(group, str) else "group")
                opened.append((item.optional_vars, ".".join(self.groups) + "."))
        self.statements(node.body)
        del self.groups[n_groups:]
        for variable, prefix in opened:
            if isinstance(variable, ast.Name):
                self.variables[variable.id] = [t["id"] for t in self.dag["tasks"] if t["id"].startswith(prefix)]

    def function(self, node):
        for decorator in node.decorator_list:
            name = last_name(decorator.func if isinstance(decorator, ast.Call) else decorator)
            base = decorator.func if isinstance(decorator, ast.Call) else decorator
            is_task = name == "task" or (isinstance(base, ast.Attribute) and last_name(base.value) == "task")
            if name == "dag":
                arguments = self.arguments(decorator) if isinstance(decorator, ast.Call) else {}
                arguments.setdefault("dag_id", node.name)
                self.dags.append({"arguments": arguments, "tasks": [], "edges": [], "line": node.lineno})
                self.statements(node.body)
                return
            if is_task:
                self.functions[node.name] = (decorator, node)
                return

    def statements(self, nodes):
        for node in nodes:
            if isinstance(node, ast.Assign):
                for target in node.targets:
                    self.assign(target, node.value)
            elif isinstance(node, ast.AnnAssign) and node.value is not None:
                self.assign(node.target, node.value)
            elif isinstance(node, ast.With):
                self.with_statement(node)
            elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                self.function(node)
            elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
                self.call_statement(node.value)
            elif isinstance(node, ast.Expr):
                self.tasks(node.value)
            elif isinstance(node, (ast.If, ast.For, ast.While, ast.Try)):
                self.dag.setdefault("skipped", []).append(node.lineno)


def main():
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as problem:
        print(json.dumps({"error": getattr(problem, "msg", None) or str(problem), "line": getattr(problem, "lineno", 0) or 0,
                          "column": getattr(problem, "offset", 0) or 0}))
        return
    reader = Reader()
    try:
        reader.statements(tree.body)
    except RecursionError:
        print(json.dumps({"error": "nested too deep", "line": 0, "column": 0}))
        return
    imports = [ast.get_source_segment(text, node) for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom))]
    names = {name: value for name, value in reader.names.items() if isinstance(value, (str, dict))}
    print(json.dumps({"dags": [dag for dag in reader.dags if dag["tasks"]], "imports": imports, "names": names}))


main()
