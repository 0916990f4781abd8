"""Migrations: one line per room, none missing, none that speaks of a higher floor."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

from tests.house.floors import floor_of_rooms, is_ours


@pytest.fixture(scope="module")
def graph():
    return MigrationLoader(None).graph


def _room(label):
    return apps.get_app_config(label)


@pytest.mark.django_db
def test_no_model_waits_for_its_migration(capsys):
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)
    assert "No changes detected" in capsys.readouterr().out


def test_the_migrations_of_a_room_are_one_line(graph):
    forks = {}
    for config in apps.get_app_configs():
        own = [node for node in graph.nodes if node[0] == config.label]
        leaves = graph.leaf_nodes(config.label)
        if is_ours(config) and (len(leaves) > 1 or sorted(own) != own_line(graph, leaves)):
            forks[config.label] = leaves
    assert forks == {}


def own_line(graph, leaves):
    """The migrations of the room in the order of their numbers, walked back from its last one."""
    if not leaves:
        return []
    label, line, here = leaves[0][0], [], leaves[0]
    while here:
        line.append(here)
        parents = [node.key for node in graph.node_map[here].parents if node.key[0] == label]
        here = parents[0] if len(parents) == 1 else None
    return sorted(line) if line == sorted(line, reverse=True) else line


def test_a_migration_leans_only_on_lower_rooms(graph):
    floor = floor_of_rooms()
    climbing = [
        (key, parent.key)
        for key, node in graph.node_map.items()
        for parent in node.parents
        if parent.key[0] != key[0]
        and key[0] in {c.label for c in apps.get_app_configs()}
        and is_ours(_room(key[0]))
        and is_ours(_room(parent.key[0]))
        and floor[_room(parent.key[0]).name] >= floor[_room(key[0]).name]
    ]
    assert climbing == []
