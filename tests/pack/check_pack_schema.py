#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The JSON Schema of a pack is sound draft-07 and tells good packs from bad ones.

    check_pack_schema.py TEST_SCHEMA SOURCE

TEST_SCHEMA prints the schema and packs as JSON; SOURCE is the top of the tree. The keywords that the schema uses are
interpreted here, so that nothing needs to be installed; where the module jsonschema is there, it must say the same."""
import json
import pathlib
import re
import subprocess
import sys

try:
    import jsonschema
except ImportError:
    jsonschema = None

KEYWORDS = {"$schema", "$ref", "title", "description", "definitions", "type", "enum", "pattern", "items", "minItems", "maxLength", "properties",
            "additionalProperties", "required", "minProperties", "propertyNames", "anyOf", "allOf"}
TYPES = {"string": str, "array": list, "object": dict, "boolean": bool, "number": (int, float), "integer": int, "null": type(None)}
# Bad packs whose fault a schema can see, and some whose fault it cannot.
REFUSED = ["head_unknown_key", "head_missing_keys", "head_id", "head_uses_text", "head_title_language", "fact_type", "fact_type_missing", "fact_as_scalar",
           "fact_nullable", "definition_without_formula", "expression_bracket", "rounding", "table_missing", "table_hit", "pricing_missing",
           "pricing_steps", "eligibility_criteria", "indicator_target", "example_missing", "example_expect", "override_value", "parameter_value_list",
           "source_date", "head_empty_section"]


def problems_of_schema(schema, root, path="#"):
    for key in schema.keys() - KEYWORDS:
        yield f"{path}: the keyword {key} is not known here"
    types = schema.get("type", [])
    for name in [types] if isinstance(types, str) else types:
        if name not in TYPES:
            yield f"{path}: no type {name}"
    if "pattern" in schema:
        re.compile(schema["pattern"])
    if "$ref" in schema and not schema["$ref"].removeprefix("#/definitions/") in root["definitions"]:
        yield f"{path}: {schema['$ref']} leads nowhere"
    if set(schema.get("required", [])) - schema.get("properties", {}).keys():
        yield f"{path}: a key is required that is not described"
    below = [("items", schema.get("items")), ("additionalProperties", schema.get("additionalProperties")), ("propertyNames", schema.get("propertyNames"))]
    for key in ("properties", "definitions"):
        below += [(f"{key}/{name}", value) for name, value in schema.get(key, {}).items()]
    for key in ("anyOf", "allOf"):
        below += [(f"{key}/{index}", value) for index, value in enumerate(schema.get(key, []))]
    for name, value in below:
        if isinstance(value, dict):
            yield from problems_of_schema(value, root, f"{path}/{name}")


def accepts(schema, value, root):
    if "$ref" in schema:
        return accepts(root["definitions"][schema["$ref"].removeprefix("#/definitions/")], value, root)
    names = schema.get("type", [])
    names = [names] if isinstance(names, str) else names
    if names and not any(isinstance(value, TYPES[name]) for name in names):
        return False
    if "enum" in schema and value not in schema["enum"]:
        return False
    if isinstance(value, str) and "pattern" in schema and not re.search(schema["pattern"], value):
        return False
    if isinstance(value, str) and len(value) > schema.get("maxLength", len(value)):
        return False
    if isinstance(value, list):
        if len(value) < schema.get("minItems", 0) or not all(accepts(schema.get("items", {}), item, root) for item in value):
            return False
    if isinstance(value, dict) and not accepts_object(schema, value, root):
        return False
    return (all(accepts(part, value, root) for part in schema.get("allOf", []))
            and ("anyOf" not in schema or any(accepts(part, value, root) for part in schema["anyOf"])))


def accepts_object(schema, value, root):
    if len(value) < schema.get("minProperties", 0) or any(key not in value for key in schema.get("required", [])):
        return False
    others = schema.get("additionalProperties", {})
    for key, item in value.items():
        part = schema.get("properties", {}).get(key, others)
        if part is False or not accepts(part, item, root) or not accepts(schema.get("propertyNames", {}), key, root):
            return False
    return True


def main():
    program, source = sys.argv[1], pathlib.Path(sys.argv[2])
    run = lambda *arguments: json.loads(subprocess.run([program, *map(str, arguments)], check=True, capture_output=True, text=True).stdout)
    schema = run("--schema")
    failures = list(problems_of_schema(schema, schema))
    if jsonschema:
        jsonschema.Draft7Validator.check_schema(schema)
    good = [source / "tests/pack/good/everything.yaml", *sorted((source / "examples/packs").rglob("*.yaml"))]
    checks = [(path, True) for path in good] + [(source / f"tests/pack/bad/{name}.yaml", False) for name in REFUSED]
    for path, expected in checks:
        tree = run("--tree", path)
        verdicts = [accepts(schema, tree, schema)] + ([jsonschema.Draft7Validator(schema).is_valid(tree)] if jsonschema else [])
        if verdicts != [expected] * len(verdicts):
            failures.append(f"{path}: should be {'accepted' if expected else 'refused'}, got {verdicts}")
    print("\n".join(failures))
    print(f"{len(checks)} packs, {len(failures)} failures, jsonschema {'agrees' if jsonschema else 'is not there'}")
    return 1 if failures else 0


sys.exit(main())
