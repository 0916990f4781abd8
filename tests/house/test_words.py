"""Words are said when somebody reads them: one fixed when its module is imported would stay in one language."""

import ast

from tests.house.floors import PYPROJECT, WINGS


class _AtImport(ast.NodeVisitor):
    """Calls of gettext that are carried out when the module is imported."""

    def __init__(self):
        self.lines, self.eager = [], set()

    def visit_ImportFrom(self, node):
        if node.module == "django.utils.translation":
            self.eager |= {each.asname or each.name for each in node.names if each.name in ("gettext", "ngettext")}

    def visit_FunctionDef(self, node):
        for each in [*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults)]:
            self.visit(each)

    def visit_Lambda(self, node):
        """Carried out later."""

    def visit_Call(self, node):
        if isinstance(node.func, ast.Name) and node.func.id in self.eager:
            self.lines.append(node.lineno)
        self.generic_visit(node)


def test_no_word_is_said_when_its_module_is_imported():
    said = []
    for wing in WINGS:
        for path in (PYPROJECT.parent / wing).rglob("*.py"):
            visitor = _AtImport()
            visitor.visit(ast.parse(path.read_text()))
            said += [f"{path.relative_to(PYPROJECT.parent)}:{line}" for line in visitor.lines]
    assert said == []


def test_the_search_finds_a_word_that_is_said_too_early():
    visitor = _AtImport()
    visitor.visit(
        ast.parse('from django.utils.translation import gettext as _\nA = _("早")\ndef f():\n    return _("晚")')
    )
    assert visitor.lines == [2]
